package intake

import (
	"slices"

	"proofpack/generator/evidence"
)

// A DataSet is a kind of fact that exports state: what one row is, which
// columns it has, and how a row becomes a record.
type DataSet struct {
	Name      string   // the same in configuration, pages and report.json
	Row       string   // what one row is, in words
	Columns   []Column // canonical columns in order
	Template  bool     // no tool exports it: people fill in our own table
	hints     []string // words of file names that suggest it
	min       int      // columns that must be recognised before a file is taken for it, the file's name counting as one
	most      int      // columns a file of it may have; 0: any number
	reference bool     // a list to look things up in: none of its rows is a fact about the company
	typical   []string // columns that tell the data set by their headings; nil: those that are required
	read      func(*row, *evidence.Set)
	names     func(*evidence.Set, visitor) // every system its records name; nil when none
	log       bool                         // it knows no bounds: its rows are counted as they pass; see signins.go
}

// column finds a canonical column; nil when the data set has none of the name.
func (d *DataSet) column(name string) *Column {
	for i := range d.Columns {
		if d.Columns[i].Name == name {
			return &d.Columns[i]
		}
	}
	return nil
}

// knows tells whether a heading key is one of the data set's.
func (d *DataSet) knows(key string) bool {
	return slices.ContainsFunc(d.Columns, func(c Column) bool { return slices.Contains(c.keys, key) })
}

// dataSets lists every data set in the order of the report. To add one: a file
// with its read function, a line here, its columns in columns.tsv.
var dataSets = withColumns([]DataSet{
	{Name: evidence.Services, Row: "a business service", Template: true, hints: []string{"service"}, read: readService},
	{Name: evidence.Inventory, Row: "a system", hints: []string{"inventory", "asset", "cmdb", "netbox", "device", "systems"}, min: 3, typical: []string{"system_id", "fqdn", "serial", "ip", "mac", "os", "runs_on", "depends_on", "support_ends"}, read: readSystem, names: systemNames},
	{Name: evidence.Dependencies, Row: "one thing that needs another", Template: true, hints: []string{"dependenc", "edges", "rel ci"}, min: 3, read: readDependency, names: dependencyNames},
	{Name: evidence.Restores, Row: "one restore test", Template: true, hints: []string{"restore"}, read: readRestore, names: restoreNames},
	{Name: evidence.Jobs, Row: "one run of a backup or scheduled job", hints: []string{"job", "backup", "session"}, read: readJob, names: jobNames},
	{Name: evidence.Alerts, Row: "one alert", hints: []string{"alert", "problem", "alarm", "event"}, read: readAlert, names: alertNames},
	{Name: evidence.Capacity, Row: "one measurement of a resource that can fill up", hints: []string{"capacity", "storage", "disk", "volume"}, read: readSample, names: sampleNames},
	{Name: evidence.Tasks, Row: "a recurring task", Template: true, hints: []string{"task", "routine"}, read: readTask, names: taskNames},
	{Name: evidence.RecoveryPlan, Row: "a step of a written recovery order", Template: true, hints: []string{"recovery", "plan"}, read: readStep, names: stepNames},
	{Name: evidence.Changes, Row: "a change record", hints: []string{"change"}, typical: []string{"change_id", "type", "risk", "planned_start", "actual_start", "approved_by"}, read: readChange, names: changeNames},
	{Name: evidence.Exceptions, Row: "an accepted departure from policy", Template: true, hints: []string{"exception", "waiver"}, read: readException, names: exceptionNames},
	{Name: evidence.Decisions, Row: "a decision asked of leadership", Template: true, hints: []string{"decision"}, min: 3, read: readDecision},

	{Name: evidence.Patches, Row: "a finding of a scanner, or a missing update", hints: []string{"patch", "vuln", "scan", "nessus", "qualys", "wazuh", "openvas"}, read: readPatch, names: patchNames},
	{Name: evidence.PatchStatus, Row: "the patch state of one system", hints: []string{"patch status", "wsus"}, read: readPatchState, names: patchStateNames},
	{Name: evidence.KEV, Row: "a vulnerability known to be exploited", hints: []string{"kev", "known exploited"}, min: 3, reference: true, read: readKnown},
	{Name: evidence.EPSS, Row: "the exploitation score of a CVE", hints: []string{"epss"}, min: 3, most: 5, reference: true, read: readScore},
	{Name: evidence.Accounts, Row: "an account", hints: []string{"account", "user"}, read: readAccount},
	{Name: evidence.SignIns, Row: "one sign-in", hints: []string{"sign in", "signin", "login", "access"}, log: true},
	{Name: evidence.AccessAggregate, Row: "sign-ins of one account, counted", hints: []string{"aggregate"}, read: readAggregate},
	{Name: evidence.AccessReviews, Row: "one decision of an access review", Template: true, hints: []string{"review"}, read: readReview},
	{Name: evidence.Leavers, Row: "a person who left", hints: []string{"leaver", "terminat"}, read: readLeaver},
	{Name: evidence.Credentials, Row: "a certificate, secret, key or licence", typical: []string{"not_after", "not_before"}, hints: []string{"credential", "cert", "secret", "licence", "license"}, read: readCredential, names: credentialNames},
	{Name: evidence.Incidents, Row: "an outage", Template: true, hints: []string{"incident", "outage"}, read: readIncident, names: incidentNames},
	{Name: evidence.Vendors, Row: "a supplier", Template: true, hints: []string{"vendor", "supplier"}, read: readVendor, names: vendorNames},
	{Name: evidence.Acknowledgements, Row: "a reader of last month's packet", hints: []string{"acknowledge"}, read: readAcknowledgement},
	{Name: evidence.People, Row: "a person", Template: true, typical: []string{"left_on"}, hints: []string{"people", "person", "staff"}, read: readPerson},
	{Name: evidence.Tickets, Row: "a ticket of the help desk", hints: []string{"ticket", "incident"}, read: readTicket, names: ticketNames},
	{Name: evidence.Sessions, Row: "a planning or tabletop session", Template: true, typical: []string{"held_on", "people"}, read: readSession, hints: []string{"session", "tabletop", "exercise"}},
})

// withColumns gives each data set its columns from columns.tsv.
func withColumns(sets []DataSet) []DataSet {
	for i := range sets {
		sets[i].Columns = columnTable[sets[i].Name]
	}
	return sets
}

// DataSets lists every data set in the order of the report, for templates and
// help. The caller may change the copy.
func DataSets() []DataSet { return slices.Clone(dataSets) }

// dataSet finds a data set by name; nil when there is none.
func dataSet(name string) *DataSet {
	for i := range dataSets {
		if dataSets[i].Name == name {
			return &dataSets[i]
		}
	}
	return nil
}

// Score tells how much a cell looks like a heading of any known export: 1 when
// it is one, 0 when it is not. It chooses the header row of a file.
func Score(cell string) float64 {
	h := parseHeading(cell)
	if h.key == "" {
		return 0
	}
	for i := range dataSets {
		for j := range dataSets[i].Columns {
			keys := dataSets[i].Columns[j].keys
			if slices.Contains(keys, h.key) || h.base != "" && slices.Contains(keys, h.base) {
				return 1
			}
		}
	}
	return 0
}
