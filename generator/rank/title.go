package rank

import (
	"cmp"
	"slices"
	"strings"

	"proofpack/generator/assess"
	"proofpack/generator/evidence"
)

// action is an act as it is printed.
func (s *site) action(a *act) Action {
	f := a.principal()
	out := Action{
		Why:     f.Says,
		Service: a.service,
		Gap:     a.gap(),
		Proof:   f.Check.Closes,
		Worth:   whole(a.worth),
	}
	for _, g := range a.findings {
		out.Closes = append(out.Closes, g.ID)
	}
	slices.Sort(out.Closes)
	out.Closes = slices.Compact(out.Closes)
	out.Title, out.By = s.title(a)
	return out
}

// title is what to do, as an order; by is the day it must be done, when one can
// be told.
func (s *site) title(a *act) (title evidence.Statement, by evidence.Figure) {
	who := s.subjects(a)
	switch a.kind {
	case actStorage:
		return s.storageTitle(a)
	case actImpact:
		return evidence.Say(s.impactTitle(a)), by
	case actOwner:
		return evidence.Say("Name an owner for " + who), by
	case actCapacity:
		return evidence.Say("Supply capacity samples of " + who), by
	case actScan:
		return evidence.Say("Scan " + who + " and supply the report"), by
	case actPatch:
		return evidence.Say(patchTitle(a, who)), by
	case actIntegrity:
		return evidence.Say("Run the database consistency check on " + word(a.systems[0]) +
			" to a good end and restore the application with integrity checked"), by
	case actBackup:
		return evidence.Say("Back up " + who), by
	case actDecide:
		return evidence.Say("Decide again on " + who), by
	case actAlerts:
		return evidence.Say("Answer the open alerts of " + who + ": a person and a ticket for each"), by
	case actPlan:
		return evidence.Say("Write a recovery order for " + word(s.serviceName(a.service)) + " that the dependencies allow, and date it"), by
	case actSupply:
		if s.Standing(a.of) == evidence.Short {
			return evidence.Say("Supply the whole export of " + a.of + ": it is short"), by
		}
		return evidence.Say("Supply an export of " + a.of), by
	case actSilent:
		what := shown[a.of]
		if what == "" {
			what = "records of " + a.of
		}
		return evidence.Say("Show the " + word(what) + " of " + who + ": none is on file"), by
	case actRestore:
		return evidence.Say(s.restoreTitle(a)), by
	case actOther:
	}
	f := a.principal()
	format := titleFormat(f)
	return evidence.Say(strings.Replace(format, "%", who, 1)), by
}

// titleFormat is what to do about a finding that has no kind of act of its own.
func titleFormat(f *assess.Finding) string {
	for _, key := range []string{f.Check.ID + " " + f.Drift, f.Check.ID + " " + f.State.String(), f.Check.ID} {
		if format := titles[key]; format != "" {
			return format
		}
	}
	return "Put on file for %: " + word(f.Check.Closes)
}

// shown is what a service has none of on file, by data set.
var shown = map[string]string{
	evidence.Jobs: "scheduled jobs", evidence.Alerts: "alerts", evidence.Tasks: "recurring tasks", evidence.Changes: "changes",
}

// impactTitle says what is to be declared of a service, or of systems that no
// service is named for.
func (s *site) impactTitle(a *act) string {
	if a.service == "" {
		return "Name the service of " + s.subjects(a)
	}
	name := word(s.serviceName(a.service))
	if _, known := s.cost(a.service); !known {
		return "Declare what an hour of " + name + " costs, and its recovery targets"
	}
	return "Declare the recovery targets of " + name + " that are not on file"
}

// restoreTitle asks for a date, not for a promise.
func (s *site) restoreTitle(a *act) string {
	if a.service == "" {
		return "Set a date for a full restore test of " + s.subjects(a)
	}
	title := "Set a date for a full restore test of " + word(s.serviceName(a.service))
	if len(a.systems) > 0 {
		title += ": " + listed(s.inOrder(a.service, a.systems), ", ")
	}
	return title
}

// storageTitle says what to do about room and by when: so many days before the
// resource is full as the policy's margin.
func (s *site) storageTitle(a *act) (evidence.Statement, evidence.Figure) {
	system := a.systems[0]
	what := "Free space or add storage on "
	if s.snapshotsPile(system) {
		what = "Remove snapshots or add storage on "
	}
	what += word(a.of) + " (" + word(system) + ")"
	for _, r := range s.series[system] {
		t, known := r.Forecast(s.Policy.Capacity.Samples, s.Policy.Capacity.Span)
		if r.Resource != a.of || !known || !t.Fills {
			continue
		}
		full := t.Full()
		until := t.FullOn.AddDate(0, 0, -int(days(s.Policy.StorageMargin)))
		if evidence.DaysBetween(s.AsOf, until.In(s.AsOf.Location())) <= 0 {
			break
		}
		by := evidence.OnDay(until, "full_on - policy storage-margin ("+s.limit("storage-margin").Text+")", full.Sources...)
		return evidence.Say(what+" before {}", by), by
	}
	return evidence.Say(what + " at once"), evidence.Figure{}
}

// snapshotsPile tells whether a clean-up of snapshots fails on a system.
func (s *site) snapshotsPile(system string) bool {
	for i := range s.Jobs {
		r := &s.Jobs[i]
		if r.System == system && r.Kind == evidence.JobCleanup && r.Result == evidence.Failed {
			return true
		}
	}
	return false
}

// titles are what to do about checks that have no kind of act of their own, by
// check and, where the same check asks for different things, the drift or the
// state; % stands for the subjects.
var titles = map[string]string{
	"INV-01":                               "Enter % in the inventory, or as another name of a system in it",
	"INV-02":                               "Find %, or set it to retired in the inventory",
	"INV-05":                               "Replace %, or have an exception approved: vendor support has ended",
	"INV-05 missing":                       "Record the end of support of %",
	"INV-06":                               "Record what % rests on",
	"MON-03":                               "Put % under monitoring, and show that it is seen",
	"MON-06":                               "Mend the failing jobs of %",
	"MON-09":                               "Find out why expected runs of % did not happen",
	"BKP-03":                               "Bring the backups of % inside the data loss target",
	"BKP-04":                               "Mend the failing backups of %",
	"BKP-09":                               "Record what was learned from %, or that there was nothing to mend",
	"BKP-09 open lesson":                   "Fix the open lesson of %, and record when",
	"CHG-01":                               "Have % approved by a person, or taken back",
	"CHG-02":                               "Record the approval and the start of %",
	"CHG-03 missing":                       "Record of which type % is",
	"CHG-03 emergency change not reviewed": "Review the emergency change % and record who did",
	"CHG-04":                               "Record the change behind what differs on %, or undo it",
	"CHG-04 missing":                       "Record operating system and version of % every month",
	"CHG-04 left the inventory":            "Enter % in the inventory again, or record that it is retired",
	"CHG-04 unrecorded drift":              "Record the change behind what differs on %, or undo it",
	"CHG-06":                               "Find out whether a change had a part in %",
	"CHG-05":                               "Record how % ended",
	"CHG-05 failed change without record":  "File the test of %, or how it was taken back",
	"CHG-07":                               "Verify % and record who did",
	"MON-10":                               "Show by a later test that what was fixed after % works",
	"INC-01":                               "Record who was called when % missed its recovery target, and when",
	"GOV-05":                               "Name who is called when a recovery target of % is missed",
	"GOV-08":                               "Record what % cost, in parts that add up",
	"GOV-01":                               "Do %, and file the record of it",
	"GOV-01 task without record":           "File the record of %",
	"GOV-02":                               "Name an owner for %",
	"GOV-03":                               "Record the day of export and the number of rows of %",
	"GOV-03 export missing":                "Supply %",
	"GOV-03 old export":                    "Supply % of this month",
	"GOV-03 rows rejected":                 "Supply % again with the rows that could not be read",
	"PAT-04":                               "Complete %, or withdraw it",
	"PAT-01":                               "Look up the open findings of % in a catalogue of known exploited vulnerabilities (kev.json)",
	"PAT-01 old catalogue":                 "Supply this month's catalogue of known exploited vulnerabilities (kev.json)",
	"PAT-06":                               "Scan % with a login, or by an agent, and supply the report",
	"PAT-07":                               "Declare a patch window for %",
	"PAT-07 work outside the window":       "Keep the work on % inside its window, or move the window",
	"PAT-07 work of unknown hour":          "Record when work on % begins, with the hour",
	"PAT-07 work on no system named":       "Record which system each change was made to",
	"ACC-06":                               "Review the access to %",
	"ACC-01":                               "Close the accounts of %",
	"ACC-02":                               "Find out who signed in as %, and close the account",
	"ACC-03":                               "Close %, or show that it is used",
	"ACC-04":                               "Enforce a second factor for %",
	"ACC-05":                               "Enforce a second factor for %",
	"ACC-07":                               "Carry out what the review decided: %",
	"ACC-08":                               "Have the access that % reviewed reviewed by somebody else",
	"ACC-09":                               "Give % a sponsor, a purpose and an end",
	"ACC-10":                               "Replace % by accounts of those who use it",
	"ACC-11":                               "Give % an owner and a new secret",
	"ACC-13":                               "Close the old protocols for %",
	"ACC-14":                               "Find out whether somebody else got in as %",
	"ACC-15":                               "Supply the missing days of %",
	"ACC-16":                               "Take groups, licences and keys from %",
	"ACC-17":                               "File the offboarding record of %",
	"ACC-18":                               "Record reason, approver and review of %",
	"VEN-02":                               "Renew the contract with %, or name another vendor",
	"VEN-01":                               "Record a vendor and its contact for %",
	"VEN-03":                               "Chase the open cases with %",
	"VEN-03 vendor cases not recorded":     "Record for % which cases are open, since when, and when they were answered",
	"BKP-07":                               "Make a copy of % that is offline, immutable or isolated, and show it",
	"DOC-03":                               "Name for % a runbook that the recovery plan holds",
	"DOC-04":                               "Hold a planning session on %, and file its record",
	"GOV-07":                               "Name owners who are on the list of people as current, for %",
	"GOV-07 owner has left":                "Name another owner for %: the one on record has left",
	"REG-01":                               "Record the data class of %, and how long logs and backups are kept",
	"REG-01 records kept too short":        "Keep logs and backups of % as long as the rule asks",
	"GOV-06":                               "Record who read the %, and what was decided",
	"MON-07":                               "Renew % before it ends",
	"MON-07 credential without end":        "Record when % ends",
	"MON-07 credential ended":              "Renew %: it has ended",
}

// subjects are what an act is about, as printed: systems in recovery order,
// then the rest by name.
func (s *site) subjects(a *act) string {
	var systems, others []string
	for _, f := range a.findings {
		name := f.Subject.Name
		if name == "" {
			name = f.Subject.ID
		}
		switch f.Subject.Kind {
		case "task", "change", "credential", "restore", "incident":
			others = append(others, name)
		case "exception":
			others = append(others, "exception "+name)
		case "source":
			others = append(others, "the "+name)
		default:
			if f.Subject.System != "" {
				systems = append(systems, f.Subject.System)
			} else {
				others = append(others, name)
			}
		}
	}
	slices.Sort(others)
	return listed(append(s.inOrder(a.service, unique(systems)), slices.Compact(others)...), " and ")
}

// inOrder puts systems in the recovery order of a service; those it does not
// order come after, by id.
func (s *site) inOrder(service string, systems []string) []string {
	place := map[string]int{}
	order := s.Graph.Order(service)
	for i, id := range order {
		place[id] = i - len(order) // below the 0 of what has no place
	}
	out := slices.Clone(systems)
	slices.SortFunc(out, func(a, b string) int {
		return cmp.Or(cmp.Compare(place[a], place[b]), cmp.Compare(a, b))
	})
	return out
}

// mostListed is how many names a title holds before it counts the rest.
const mostListed = 6

// listed joins names; last stands before the last one.
func listed(names []string, last string) string {
	var out []string
	for i, n := range names {
		if i == mostListed && len(names) > mostListed+1 {
			out = append(out, evidence.Whole(len(names)-mostListed)+" more")
			last = " and "
			break
		}
		out = append(out, word(n))
	}
	if len(out) < 2 {
		return strings.Join(out, "")
	}
	n := len(out) - 1
	return strings.Join(out[:n], ", ") + last + out[n]
}
