package config

import (
	"time"

	"proofpack/generator/diag"
)

// A Policy is every limit that findings and figures are judged by. Each field
// is filled from its row of limitTable, then by the profile, then by the
// configuration; Limits says who set each.
type Policy struct {
	SetBy   string  // who set the limits that the configuration changes, as written: "Risk committee, 4 Feb 2026"; "" when nobody is named
	Profile Profile // what rules are applied on top of the defaults
	Limits  []Limit // every limit in the order of the Rules page

	// Recovery.
	RestoreTest       ByStop        // oldest a good full restore test may be
	RestoreWithin     time.Duration // longest a restore may take whatever its target; 0: only the target counts
	BackupAge         time.Duration // oldest a good backup may be whatever its RPO; 0: only the RPO counts
	IsolatedCopy      time.Duration // oldest the last good offline, immutable or isolated copy may be
	JobFailures       JobFailures   // when a failing job is a finding
	IntegrityFailures int           // failed integrity runs after the last good one
	MissedRuns        int           // cadences a run may be late before it did not happen
	CadenceRuns       int           // runs from which a cadence is read when none is declared
	PlanAge           time.Duration // oldest a runbook, plan or dependency list may be
	SessionAge        time.Duration // oldest the last planning session may be
	RecoveryTeams     int           // teams that restore at the same time

	// Access.
	AccessReview      AccessReview    // oldest a review of an account may be
	AccessRemoval     time.Duration   // from a decision to revoke to its being carried out
	LeaverGrace       time.Duration   // from leaving to the account being disabled
	OffboardingRecord time.Duration   // from leaving to an offboarding record
	AccountDormant    time.Duration   // since the last sign-in of an enabled account
	SecretAge         time.Duration   // oldest a service account's secret may be
	SignInFailures    TimesWithinSpan // failures before a success that are a finding

	// Patches.
	PatchWindow    time.Duration  // from release to installation
	RemediationDue RemediationDue // known-exploited vulnerabilities
	ScanAge        time.Duration  // oldest a system's last scan may be

	// Exceptions.
	ExceptionLongest  time.Duration // from approval to end
	ExceptionEnding   time.Duration // how long before its end an exception is listed
	ExceptionRenewals int           // renewals that make it normal practice

	// Changes.
	EmergencyReview    int           // working days from an emergency change to its review
	ChangeVerify       time.Duration // from the end of a change to its verification
	ChangeBeforeOutage time.Duration // changes so long before an outage are listed with it
	DriftAfterChange   time.Duration // drift or an alert so long after a change contradicts it

	// Monitoring.
	AlertAck         AlertAck        // from an alert to a person's acknowledgement
	AlertSilence     time.Duration   // longest a silence may last
	AlertNoise       TimesWithinSpan // repeats that need a problem record
	AlertRecurs      time.Duration   // the same signature again so soon after it was closed
	FixValidated     time.Duration   // from a fix to a later good record
	Capacity         Capacity        // before a resource is full
	StorageMargin    time.Duration   // how long before a disk is full a decision is asked for
	CredentialExpiry CredentialLimit // before a credential ends
	MonitoredSeen    time.Duration   // oldest the last sign of a monitored system may be
	AssetSeen        time.Duration   // oldest the last sign of a system in the inventory may be

	// Governance.
	DataAge        time.Duration // oldest the newest row of a data set may be
	TaskOverdue    int           // periods a recurring task may be late
	VendorCase     time.Duration // longest a vendor case may be open without an answer
	CostDifference float64       // currency units by which cost parts may miss the cost
	RecordsKept    time.Duration // how long logs and backups of regulated systems are kept
	MaxRejected    float64       // percent of an export's rows that may be rejected before the build is refused

	// Money and time.
	Horizon       time.Duration // the span that exposure is worked out for
	HorizonLong   time.Duration // the second span, printed beside it
	HoursPerDay   float64       // business hours a day of a service that declares none
	DayStart      time.Duration // start of the business day where none is declared, since midnight
	LabourRate    float64       // currency units per hour of hands-on recovery work
	HandsOn       float64       // share of a recovery that is hands-on work, 0 to 1
	ResponseEdge  Range         // currency units, response cost when the cause is exploitation of a VPN, firewall, router or switch
	ResponseOther Range         // currency units, response cost when the cause is exploitation of anything else

	// Recovery times without proof, and rates.
	Detect         Range        // hours until somebody acts, when nobody acknowledged any alert
	RestoreHours   RestoreHours // hours to restore a system without restore proof, by class
	RestoreGrowth  float64      // times, how much a system may have grown since its restore test when its size then or now is not on record
	DatabaseRepair Range        // hours added to a database while its integrity job fails
	BaseRate       BaseRate     // outages a year
	OwnIncidents   TimesWithinSpan
	EPSS           EPSS
	Exposed        Exposed
}

// ByStop is a limit that may be set apart for what a service stops.
type ByStop struct{ Default, Revenue, Service, Compliance time.Duration }

// For is the limit for a service that stops revenue, service or compliance;
// any other word, and a system no service needs, has the default.
func (b ByStop) For(stops string) time.Duration {
	switch stops {
	case "revenue":
		return b.Revenue
	case "service":
		return b.Service
	case "compliance":
		return b.Compliance
	}
	return b.Default
}

// AccessReview is how old the review of an account may be. Revenue, Service
// and Compliance narrow it for systems under such a service; 0: they do not.
type AccessReview struct{ Privileged, Other, Revenue, Service, Compliance time.Duration }

// For is the limit for an account: the shorter of its own and its services'.
func (a AccessReview) For(privileged bool, stops ...string) time.Duration {
	limit := a.Other
	if privileged {
		limit = a.Privileged
	}
	narrower := ByStop{Revenue: a.Revenue, Service: a.Service, Compliance: a.Compliance}
	for _, s := range stops {
		if n := narrower.For(s); n > 0 {
			limit = min(limit, n)
		}
	}
	return limit
}

// JobFailures says when a failing job is a finding: so many failed runs in a
// row, or failing for so long.
type JobFailures struct {
	InARow int
	For    time.Duration
}

// TimesWithinSpan is a number of events within a span of time.
type TimesWithinSpan struct {
	Times  int
	Within time.Duration
}

// RemediationDue is how soon a vulnerability must be remediated, in the three
// timelines of BOD 26-04; the fourth, "on system upgrade", has no date.
type RemediationDue struct{ Fastest, Standard, Slow time.Duration }

// AlertAck is how soon a person must acknowledge an alert.
type AlertAck struct{ Critical, Warning time.Duration }

// Capacity is how long before a resource is full it is a finding, and what a
// forecast needs.
type Capacity struct {
	Warn, Critical time.Duration
	Samples        int           // fewest samples of a forecast
	Span           time.Duration // shortest span of the samples of a forecast
}

// CredentialLimit is how long before its end a credential is a warning, and
// how long before it is a failure.
type CredentialLimit struct{ Warn, Fail time.Duration }

// Range is low, likely and high of a figure of judgement.
type Range [3]float64

// RestoreHours is how long a system without restore proof takes to restore, in
// hours, by its class.
type RestoreHours struct {
	Hypervisor, Storage, Database, Web, Edge, DomainController, BackupServer, Other Range
}

// BaseRate is how often a system of a class fails by itself, in outages a year.
type BaseRate struct{ Hypervisor, Other float64 }

// EPSS is the probability of exploitation within 30 days that is assumed where
// no score is on file, 0 to 1.
type EPSS struct {
	Critical, High, Other float64 // by severity
	KnownExploited        float64 // at least so much for a vulnerability in the KEV catalogue
}

// Exposed is the share of exploitation that reaches a system, 0 to 1.
type Exposed struct{ Public, Internal float64 }

// A Limit is one limit as the Rules page prints it.
type Limit struct {
	Name   string // its place under policy: "restore-test.revenue"
	Value  string // "90", "1 / 3 / 6", "none"
	Unit   string // "days", "hours", "currency units"; "" when Value says all
	Means  string // what it limits, a phrase
	Checks string // ids of the checks and contradictions that use it, "" when it is for figures
	Source string // who set it: "judgement", "BOD 26-04", or the policy's set-by
	Like   string // name of the limit it follows; "" when it has a value of its own
	Line   int    // line of the configuration that sets it; 0 when none does
}

// Text is the value with its unit: "90 days".
func (l Limit) Text() string {
	if l.Unit == "" || l.Value == "none" {
		return l.Value
	}
	return l.Value + " " + l.Unit
}

// Limit finds a limit by its name; a name that no limit has gives the zero Limit.
func (p *Policy) Limit(name string) Limit {
	for _, l := range p.Limits {
		if l.Name == name {
			return l
		}
	}
	return Limit{}
}

// Defaults is the policy nobody has changed.
func Defaults() Policy {
	var p Policy
	p.Profile = ProfileNone
	p.fill(nil)
	return p
}

// Set changes one limit as if the configuration had set it, for an option of
// the command line; by says who set it: "option --max-rejected".
func (p *Policy) Set(name, value, by string) *diag.Problem {
	for i := range limitTable {
		row := &limitTable[i]
		if row.name != name {
			continue
		}
		printed, complaint := row.put(p, []string{value})
		if complaint != "" {
			return diag.At(diag.Pos{}, "bad-limit", by+": "+complaint, row.example())
		}
		p.record(i, printed, by, 0)
		p.follow()
		return nil
	}
	return diag.At(diag.Pos{}, "unknown-limit", by+": there is no limit "+name, "see proofpack help")
}
