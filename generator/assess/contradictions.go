package assess

import (
	"proofpack/generator/evidence"
)

// A contradiction is a rule: two exports that cannot both be good news about
// one thing.
type contradiction struct {
	ID    string
	A, B  string // data sets
	Means string // one sentence
	Find  func(*Input) []Contradiction
}

// contradictions are the rules, in the order they are printed.
var contradictions = []contradiction{
	{"X01", evidence.Jobs, evidence.Jobs, "Backups run, and the data in them is not proven sound.", soundNot},
	{"X02", evidence.Jobs, evidence.Restores, "A backup that ran is not a system that comes back.", ranNotRestored},
	{"X03", evidence.Leavers, evidence.Accounts, "A former person can still get in.", goneAndThere},
	{"X04", evidence.PatchStatus, evidence.Patches, "Patched on paper: what was installed is not in force.", patchedOnPaper},
	{"X05", evidence.Changes, evidence.Alerts, "A closed change is not a change that works.", closedNotDone},
	{"X06", evidence.Alerts, evidence.Alerts, "An alert that was closed is not a fault that was mended.", closedAgain},
	{"X07", evidence.Tasks, evidence.Tasks, "Done by word of mouth: nothing shows it.", doneNoRecord},
	{"X08", evidence.Jobs, evidence.Inventory, "The inventory is wrong about a system that is backed up.", backedUpUnknown},
	{"X09", evidence.Exceptions, evidence.Exceptions, "The exception rests on nothing.", restsOnNothing},
	{"X10", evidence.AccessReviews, evidence.Accounts, "What was decided was not carried out.", revokedAndThere},
	{"X11", evidence.Inventory, evidence.Alerts, "Monitored on paper: nothing shows that anything watches.", monitoredOnPaper},
	{"X12", evidence.RecoveryPlan, evidence.Inventory, "The written recovery order cannot work.", planAgainstGraph},
	{"X13", evidence.Restores, evidence.Services, "A restore that comes too late counts as failed.", restoredLate},
	{"X14", evidence.Incidents, evidence.Incidents, "Closed on paper: it will happen again.", closedNotMended},
}

// look finds what the rule says, with what it means.
func (rule contradiction) look(in *Input) []Contradiction {
	found := rule.Find(in)
	for i := range found {
		found[i].ID, found[i].Means = rule.ID, rule.Means
		if found[i].A.DataSet == "" {
			found[i].A.DataSet = rule.A
		}
		if found[i].B.DataSet == "" {
			found[i].B.DataSet = rule.B
		}
	}
	return found
}

// dated is a record in words: "SNAP-APP-02 success, 31 May 2026".
func (in *Input) dated(words string, r *evidence.JobRun) string {
	if r.At.IsZero() {
		return words + ", no date"
	}
	return words + ", " + evidence.Day(in.zoned(r.At))
}

func (in *Input) runQuote(j *job, r *evidence.JobRun) Quote {
	words := j.Name + " " + string(r.Result)
	if r.Message != "" {
		words += " (" + r.Message + ")"
	}
	return Quote{DataSet: evidence.Jobs, Pos: r.Pos, Text: in.dated(words, r)}
}

// soundNot (X01): the backups of a system succeed while its integrity job
// fails.
func soundNot(in *Input) []Contradiction {
	var out []Contradiction
	for _, s := range everySystem(in) {
		backup, last := in.newestBackup(s.ID)
		if last == nil {
			continue
		}
		for _, j := range in.jobsOfKind(s.ID, evidence.JobIntegrity) {
			k := j.streak()
			if len(k.Failed) < in.Policy.IntegrityFailures {
				continue
			}
			out = append(out, Contradiction{
				Subject: s, Says: join(in.ranThisMonth(backup), in.notSound(j, k)),
				A: in.runQuote(backup, last), B: in.runQuote(j, k.Failed[len(k.Failed)-1]),
			})
		}
	}
	return out
}

// newestBackup is the backup job of a system with the newest good run; nil
// when none has one.
func (in *Input) newestBackup(system string) (*job, *evidence.JobRun) {
	last, _ := in.lastGoodBackup(system)
	for _, j := range in.jobsOfKind(system, evidence.JobBackup) {
		for _, r := range j.Runs {
			if r == last {
				return j, last
			}
		}
	}
	return nil, nil
}

// ranNotRestored (X02): the backups of a critical system succeed, and no full
// restore of it ever did.
func ranNotRestored(in *Input) []Contradiction {
	var out []Contradiction
	for _, s := range restorable(in) {
		backup, last := in.newestBackup(s.ID)
		tests := in.index().restores[s.ID]
		if last == nil || goodFull(tests) != nil {
			continue
		}
		kind, rows := in.lastOfAnyKind(tests)
		b := Quote{Text: "no full restore of " + s.ID}
		if none, absent := in.absent(evidence.Restores); absent {
			b.Text = none.String()
		}
		for _, r := range tests {
			if len(rows) > 0 && r.Pos == rows[0] {
				b.Pos, b.Text = r.Pos, in.testQuote(r)
			}
		}
		out = append(out, Contradiction{
			Subject: s, Says: join(say("Backups of {} succeed, and no full restore of it is on record.", s.Name), kind),
			A: in.runQuote(backup, last), B: b,
		})
	}
	return out
}

// testQuote is a restore test in words: "RST-41, single file, success, 14
// September 2025".
func (in *Input) testQuote(r *evidence.RestoreTest) string {
	words := testName(r)
	for _, w := range []string{r.ScopeText, string(r.Result)} {
		if w != "" {
			words += ", " + w
		}
	}
	if r.TestedOn.IsZero() {
		return words + ", no date"
	}
	return words + ", " + evidence.Day(in.zoned(r.TestedOn))
}

// backedUpUnknown (X08): a backup job protects what the inventory does not
// hold, or holds as retired.
func backedUpUnknown(in *Input) []Contradiction {
	if !in.usable(evidence.Inventory) {
		return nil
	}
	var out []Contradiction
	for _, s := range in.systemsWithJobs(isBackup) {
		if s.Kind != "system" {
			continue
		}
		system := in.index().systems[s.ID]
		backup, last := in.newestBackup(s.ID)
		switch {
		case last == nil:
		case system == nil || !system.InInventory:
			out = append(out, Contradiction{
				Subject: s, Says: say("{} is backed up, and the inventory does not hold it.", s.Name),
				A: in.runQuote(backup, last), B: Quote{Text: "no row for " + s.ID},
			})
		case system.Retired && !in.older(last.At, in.Policy.MonitoredSeen):
			out = append(out, Contradiction{
				Subject: s, Says: say("{} is still backed up, and the inventory says that it is retired.", s.Name),
				A: in.runQuote(backup, last), B: Quote{Pos: system.Pos, Text: s.ID + " " + system.Status},
			})
		}
	}
	return out
}

// restoredLate (X13): a restore test succeeded, over its target.
func restoredLate(in *Input) []Contradiction {
	var out []Contradiction
	for _, s := range restorable(in) {
		r := goodFull(in.index().restores[s.ID])
		if r == nil || !r.Minutes.Known {
			continue
		}
		t := in.target(in.Graph.ServicesOf(s.ID), rto)
		if !t.Known || r.Minutes.Value <= t.Hours*60 {
			continue
		}
		goal := evidence.InMinutes(t.Hours*60, "smallest rto_hours of the services that need it", t.Sources...)
		out = append(out, Contradiction{
			Subject: s, Says: say("The restore of {} on {} is marked successful and took {}; {} must be back in {}.", s.Name, in.testedOn(r), took(r), t.Service, goal),
			A: Quote{Pos: r.Pos, Text: testName(r) + " success, " + evidence.Minutes(r.Minutes.Value)},
			B: Quote{Pos: t.Sources[0], Text: t.Service + ", recovery time target " + evidence.Minutes(t.Hours*60)},
		})
	}
	return out
}
