package config

// limitRow is one limit: where it stands in the configuration, its default,
// what it means and who says so. limitTable is the single source of defaults,
// of the Rules page, of the JSON Schema and of the starter configuration.
type limitRow struct {
	name   string // "group.member" or a single key
	def    string // as written in the configuration; a range has three words
	unit   unit
	means  string
	checks string            // ids that use it
	source string            // where the default comes from
	like   string            // the limit whose value it takes while it has none of its own
	field  func(*Policy) any // where the value goes: *time.Duration, *int, *float64 or *Range
}

// judgement is the source of a default that nobody published.
const judgement = "judgement"

const (
	cis51  = "CIS Controls v8.1, 5.1 (quarterly)"
	cis53  = "CIS Controls v8.1, 5.3"
	cis68  = "CIS Controls v8.1, 6.8 (yearly)"
	cis73  = "CIS Controls v8.1, 7.3 and 7.4 (monthly)"
	bod23  = "BOD 23-01"
	bod26  = "BOD 26-04"
	retain = "45 CFR 164.316(b)(2)(i)"
)

// limitTable lists every limit in the order of the Rules page.
var limitTable = []limitRow{
	{"restore-test.default", "90d", span, "oldest a good full restore test may be", "BKP-01", judgement, "", func(p *Policy) any { return &p.RestoreTest.Default }},
	{"restore-test.revenue", "", span, "the same where a service that stops revenue needs the system", "BKP-01", "", "restore-test.default", func(p *Policy) any { return &p.RestoreTest.Revenue }},
	{"restore-test.service", "", span, "the same where a service that stops service delivery needs it", "BKP-01", "", "restore-test.default", func(p *Policy) any { return &p.RestoreTest.Service }},
	{"restore-test.compliance", "", span, "the same where a service that stops compliance needs it", "BKP-01", "", "restore-test.default", func(p *Policy) any { return &p.RestoreTest.Compliance }},
	{"restore-within", "none", spanOrNone, "longest a restore may take, whatever its own target", "BKP-02", judgement, "", func(p *Policy) any { return &p.RestoreWithin }},
	{"backup-age", "none", spanOrNone, "oldest the last good backup may be, whatever its own RPO", "BKP-03", judgement, "", func(p *Policy) any { return &p.BackupAge }},
	{"isolated-copy", "35d", span, "oldest the last good offline, immutable or isolated copy may be", "BKP-07", judgement, "", func(p *Policy) any { return &p.IsolatedCopy }},
	{"job-failures.in-a-row", "2", count("runs"), "failed runs in a row that are a finding", "BKP-04, MON-06", judgement, "", func(p *Policy) any { return &p.JobFailures.InARow }},
	{"job-failures.for", "7d", span, "or failing for so long without a good run", "MON-06", judgement, "", func(p *Policy) any { return &p.JobFailures.For }},
	{"integrity-failures", "1", count("runs"), "failed integrity runs after the last good one that void it", "BKP-10, X01", judgement, "", func(p *Policy) any { return &p.IntegrityFailures }},
	{"missed-runs", "1", count("cadences"), "how late an expected run may be before it did not happen", "MON-09", judgement, "", func(p *Policy) any { return &p.MissedRuns }},
	{"cadence-runs", "4", count("runs"), "fewest runs from which a cadence is read when none is declared", "MON-09", judgement, "", func(p *Policy) any { return &p.CadenceRuns }},
	{"plan-age", "365d", span, "oldest a runbook, plan or dependency list may be", "DOC-02", judgement, "", func(p *Policy) any { return &p.PlanAge }},
	{"session-age", "365d", span, "oldest the last planning or tabletop session may be", "DOC-04", judgement, "", func(p *Policy) any { return &p.SessionAge }},
	{"recovery-teams", "1", count("teams"), "teams that restore at the same time", "BKP-02", judgement, "", func(p *Policy) any { return &p.RecoveryTeams }},

	{"access-review.privileged", "90d", span, "oldest the review of a privileged account may be", "ACC-06", cis51, "", func(p *Policy) any { return &p.AccessReview.Privileged }},
	{"access-review.other", "365d", span, "oldest the review of any other account may be", "ACC-06", cis68, "", func(p *Policy) any { return &p.AccessReview.Other }},
	{"access-review.revenue", "none", spanOrNone, "shorter limit where a service stops revenue", "ACC-06", judgement, "", func(p *Policy) any { return &p.AccessReview.Revenue }},
	{"access-review.service", "none", spanOrNone, "shorter limit where a service stops service delivery", "ACC-06", judgement, "", func(p *Policy) any { return &p.AccessReview.Service }},
	{"access-review.compliance", "none", spanOrNone, "shorter limit where a service stops compliance", "ACC-06", judgement, "", func(p *Policy) any { return &p.AccessReview.Compliance }},
	{"access-removal", "7d", span, "from a decision to revoke to its being carried out", "ACC-07", judgement, "", func(p *Policy) any { return &p.AccessRemoval }},
	{"leaver-grace", "1d", span, "from leaving to the account being disabled", "ACC-01", judgement, "", func(p *Policy) any { return &p.LeaverGrace }},
	{"offboarding-record", "7d", span, "from leaving to an offboarding record", "ACC-17", judgement, "", func(p *Policy) any { return &p.OffboardingRecord }},
	{"account-dormant", "45d", span, "since the last sign-in of an enabled account", "ACC-03", cis53, "", func(p *Policy) any { return &p.AccountDormant }},
	{"secret-age", "365d", span, "oldest the secret of a service account may be", "ACC-11", judgement, "", func(p *Policy) any { return &p.SecretAge }},
	{"sign-in-failures.times", "10", count("failures"), "failed sign-ins before a good one that are a finding", "ACC-14", judgement, "", func(p *Policy) any { return &p.SignInFailures.Times }},
	{"sign-in-failures.within", "10m", span, "counted within", "ACC-14", judgement, "", func(p *Policy) any { return &p.SignInFailures.Within }},

	{"patch-window", "30d", span, "from the release of a security patch to its installation", "PAT-02", cis73, "", func(p *Policy) any { return &p.PatchWindow }},
	{"remediation-due.fastest", "3d", span, "shortest timeline for a vulnerability", "PAT-01", bod26, "", func(p *Policy) any { return &p.RemediationDue.Fastest }},
	{"remediation-due.standard", "14d", span, "middle timeline for a vulnerability", "PAT-01", bod26, "", func(p *Policy) any { return &p.RemediationDue.Standard }},
	{"remediation-due.slow", "60d", span, "longest timeline for a vulnerability", "PAT-01", bod26, "", func(p *Policy) any { return &p.RemediationDue.Slow }},
	{"scan-age", "14d", span, "oldest the last scan of a system may be", "PAT-03", bod23, "", func(p *Policy) any { return &p.ScanAge }},

	{"exception-longest", "365d", span, "longest an exception may run; one without an end is refused", "PAT-04", judgement, "", func(p *Policy) any { return &p.ExceptionLongest }},
	{"exception-ending", "30d", span, "how long before its end an exception is listed as ending", "", judgement, "", func(p *Policy) any { return &p.ExceptionEnding }},
	{"exception-renewals", "2", count("renewals"), "renewals that make an exception normal practice", "", judgement, "", func(p *Policy) any { return &p.ExceptionRenewals }},

	{"emergency-review", "5", count("working days"), "from an emergency change to its review", "CHG-03", judgement, "", func(p *Policy) any { return &p.EmergencyReview }},
	{"change-verify", "7d", span, "from the end of a change to its verification", "CHG-07", judgement, "", func(p *Policy) any { return &p.ChangeVerify }},
	{"change-before-outage", "30d", span, "changes so long before an outage are listed with it", "CHG-06", judgement, "", func(p *Policy) any { return &p.ChangeBeforeOutage }},
	{"drift-after-change", "30d", span, "drift or an alert so long after a change contradicts it", "X05", judgement, "", func(p *Policy) any { return &p.DriftAfterChange }},

	{"alert-ack.critical", "1h", span, "from a critical alert to a person's acknowledgement", "MON-01", judgement, "", func(p *Policy) any { return &p.AlertAck.Critical }},
	{"alert-ack.warning", "24h", span, "from any other alert to a person's acknowledgement", "MON-01", judgement, "", func(p *Policy) any { return &p.AlertAck.Warning }},
	{"alert-silence", "30d", span, "longest an alert may be silenced", "MON-02", judgement, "", func(p *Policy) any { return &p.AlertSilence }},
	{"alert-noise.times", "5", count("alerts"), "repeats of one alert that need a problem record", "MON-04", judgement, "", func(p *Policy) any { return &p.AlertNoise.Times }},
	{"alert-noise.within", "30d", span, "counted within", "MON-04", judgement, "", func(p *Policy) any { return &p.AlertNoise.Within }},
	{"alert-recurs", "14d", span, "the same alert again so soon was closed, not fixed", "MON-08, X06", judgement, "", func(p *Policy) any { return &p.AlertRecurs }},
	{"fix-validated", "30d", span, "from a fix to a later good record that validates it", "MON-10", judgement, "", func(p *Policy) any { return &p.FixValidated }},
	{"capacity.warn", "30d", span, "before a resource is full: warning, which fails", "MON-05", judgement, "", func(p *Policy) any { return &p.Capacity.Warn }},
	{"capacity.critical", "14d", span, "before a resource is full: critical", "MON-05", judgement, "", func(p *Policy) any { return &p.Capacity.Critical }},
	{"capacity.samples", "3", count("samples"), "fewest samples of a forecast", "MON-05", judgement, "", func(p *Policy) any { return &p.Capacity.Samples }},
	{"capacity.span", "7d", span, "shortest span of the samples of a forecast", "MON-05", judgement, "", func(p *Policy) any { return &p.Capacity.Span }},
	{"storage-margin", "3d", span, "how long before a disk is full a decision is asked for", "", judgement, "", func(p *Policy) any { return &p.StorageMargin }},
	{"credential-expiry.warn", "30d", span, "before a credential ends: warning", "MON-07", judgement, "", func(p *Policy) any { return &p.CredentialExpiry.Warn }},
	{"credential-expiry.fail", "0d", span, "before a credential ends: failure", "MON-07", judgement, "", func(p *Policy) any { return &p.CredentialExpiry.Fail }},
	{"monitored-seen", "35d", span, "oldest the last alert, sample or sighting of a monitored system may be", "X11", judgement, "", func(p *Policy) any { return &p.MonitoredSeen }},
	{"asset-seen", "30d", span, "oldest the last sighting of a system in the inventory may be", "INV-02", judgement, "", func(p *Policy) any { return &p.AssetSeen }},

	{"data-age", "35d", span, "oldest the newest row of a data set may be", "GOV-03", judgement, "", func(p *Policy) any { return &p.DataAge }},
	{"task-overdue", "1", count("periods"), "periods a recurring task may be late", "GOV-01", judgement, "", func(p *Policy) any { return &p.TaskOverdue }},
	{"vendor-case", "14d", span, "longest a vendor case may be open without an answer", "VEN-03", judgement, "", func(p *Policy) any { return &p.VendorCase }},
	{"cost-difference", "1", money, "by how much the cost parts of an incident may miss its cost", "GOV-08", judgement, "", func(p *Policy) any { return &p.CostDifference }},
	{"records-kept", "6y", span, "how long logs and backups of regulated systems are kept", "REG-01", retain, "", func(p *Policy) any { return &p.RecordsKept }},
	{"max-rejected", "5", percent, "rejected rows of an export at which the build is refused", "", judgement, "", func(p *Policy) any { return &p.MaxRejected }},

	{"horizon", "30d", wholeDays, "the span that exposure is worked out for", "", judgement, "", func(p *Policy) any { return &p.Horizon }},
	{"horizon-long", "90d", wholeDays, "the second span, printed beside it", "", judgement, "", func(p *Policy) any { return &p.HorizonLong }},
	{"hours-per-day", "24", hoursADay, "business hours a day of a service that declares none", "", judgement, "", func(p *Policy) any { return &p.HoursPerDay }},
	{"day-start", "08:00", clock, "start of the business day where none is declared", "", judgement, "", func(p *Policy) any { return &p.DayStart }},
	{"labour-rate", "300", moneyPerHour, "cost of hands-on recovery work (two engineers at 150)", "", judgement, "", func(p *Policy) any { return &p.LabourRate }},
	{"hands-on", "0.8", share, "share of a recovery that is hands-on work", "", judgement, "", func(p *Policy) any { return &p.HandsOn }},
	{"response-cost.edge", "5000 15000 60000", money, "response to an exploited VPN, firewall, router or switch", "", judgement, "", func(p *Policy) any { return &p.ResponseEdge }},
	{"response-cost.other", "2000 8000 20000", money, "response to any other exploited system", "", judgement, "", func(p *Policy) any { return &p.ResponseOther }},

	{"detect-hours", "1 2 4", hours, "until somebody acts, when nobody acknowledged any alert", "", judgement, "", func(p *Policy) any { return &p.Detect }},
	{"restore-hours.hypervisor", "1 3 6", hours, "to restore a hypervisor without restore proof", "", judgement, "", func(p *Policy) any { return &p.RestoreHours.Hypervisor }},
	{"restore-hours.storage", "1 3 6", hours, "the same for storage", "", judgement, "", func(p *Policy) any { return &p.RestoreHours.Storage }},
	{"restore-hours.database", "3 6 11", hours, "the same for a database", "", judgement, "", func(p *Policy) any { return &p.RestoreHours.Database }},
	{"restore-hours.web", "4 16 24", hours, "the same for a web server", "", judgement, "", func(p *Policy) any { return &p.RestoreHours.Web }},
	{"restore-hours.edge", "2 6 10", hours, "the same for a VPN, firewall, router or switch", "", judgement, "", func(p *Policy) any { return &p.RestoreHours.Edge }},
	{"restore-hours.domain-controller", "0.5 1 2", hours, "the same for a domain controller", "", judgement, "", func(p *Policy) any { return &p.RestoreHours.DomainController }},
	{"restore-hours.backup-server", "2 4 8", hours, "the same for a backup server", "", judgement, "", func(p *Policy) any { return &p.RestoreHours.BackupServer }},
	{"restore-hours.other", "1 2 4", hours, "the same for anything else", "", judgement, "", func(p *Policy) any { return &p.RestoreHours.Other }},
	{"restore-growth", "2", times, "at worst, growth since the restore test where the size then or now is not on record", "", judgement, "", func(p *Policy) any { return &p.RestoreGrowth }},
	{"database-repair-hours", "0 5 9", hours, "added for a database while its integrity job fails", "", judgement, "", func(p *Policy) any { return &p.DatabaseRepair }},
	{"base-rate.hypervisor", "0.3", perYear, "how often a hypervisor fails by itself", "", judgement, "", func(p *Policy) any { return &p.BaseRate.Hypervisor }},
	{"base-rate.other", "0.25", perYear, "how often anything else fails by itself", "", judgement, "", func(p *Policy) any { return &p.BaseRate.Other }},
	{"own-incidents.times", "3", count("incidents"), "incidents on file that replace the base rate", "", judgement, "", func(p *Policy) any { return &p.OwnIncidents.Times }},
	{"own-incidents.within", "365d", span, "counted within", "", judgement, "", func(p *Policy) any { return &p.OwnIncidents.Within }},
	{"epss.critical", "0.05", share, "EPSS assumed for a critical vulnerability without one", "", judgement, "", func(p *Policy) any { return &p.EPSS.Critical }},
	{"epss.high", "0.01", share, "the same for a high one", "", judgement, "", func(p *Policy) any { return &p.EPSS.High }},
	{"epss.other", "0.002", share, "the same for any other", "", judgement, "", func(p *Policy) any { return &p.EPSS.Other }},
	{"epss.known-exploited", "0.5", share, "least EPSS of a vulnerability in the KEV catalogue", "", judgement, "", func(p *Policy) any { return &p.EPSS.KnownExploited }},
	{"exposed.public", "1", share, "share of exploitation that reaches an internet-facing system", "", judgement, "", func(p *Policy) any { return &p.Exposed.Public }},
	{"exposed.internal", "0.1", share, "share of exploitation that reaches any other system", "", judgement, "", func(p *Policy) any { return &p.Exposed.Internal }},
}
