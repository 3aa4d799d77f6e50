package assess

import (
	"testing"
	"time"

	"proofpack/generator/evidence"
	"proofpack/generator/graph"
)

func TestRestoreTested(t *testing.T) {
	good := func(day string) evidence.RestoreTest { return goodRestore("DB", day, 55) }
	file := evidence.RestoreTest{ID: "F", System: "DB", TestedOn: on("2026-05-30"), Scope: evidence.ScopeFile, ScopeText: "single file", Result: evidence.Success, Minutes: evidence.Known(6)}
	for _, c := range []fact{
		{"nothing but a test of another system", restored(goodRestore("HOST", "2026-05-20", 30)), "BKP-01/DB", Missing, "No full restore test of DB is on record."},
		{"on the last day allowed", restored(good("2026-03-02")), "BKP-01/DB", Proven,
			"Restored whole in 55 minutes on 2 March 2026; integrity, permissions and recovery order were checked."},
		{"one day too old", restored(good("2026-03-01")), "BKP-01/DB", Stale, "The last full restore test is of 1 March 2026, 91 days ago."},
		{"a single file", restored(file), "BKP-01/DB", Missing, "No full restore test of DB is on record. Last restore of any kind was one file on 30 May 2026."},
		{"a single file after a good test changes nothing", restored(good("2026-05-20"), file), "BKP-01/DB", Proven, ""},
		{"a later failure hides an earlier success", restored(good("2026-05-20"), but(good("2026-05-21"), func(r *evidence.RestoreTest) { r.Result = evidence.Failed })),
			"BKP-01/DB", Failed, "The restore test of 21 May 2026 failed."},
		{"a later test that did not finish voids an earlier proof", restored(good("2026-05-20"), but(good("2026-05-21"), func(r *evidence.RestoreTest) { r.Result = evidence.Running })),
			"BKP-01/DB", Failed, "The restore test of 21 May 2026 did not finish."},
		{"an earlier failure is made good", restored(but(good("2026-05-19"), func(r *evidence.RestoreTest) { r.Result = evidence.Failed }), good("2026-05-20")), "BKP-01/DB", Proven, ""},
		{"two tests of one day: the worse counts", restored(but(good("2026-05-20"), func(r *evidence.RestoreTest) { r.Result = evidence.Failed }), good("2026-05-20")), "BKP-01/DB", Failed, ""},
		{"ended with warnings", restored(but(good("2026-05-20"), func(r *evidence.RestoreTest) { r.Result = evidence.Warning })), "BKP-01/DB", Missing, "The restore test of 20 May 2026 ended with warnings."},
		{"without a result", restored(but(good("2026-05-20"), func(r *evidence.RestoreTest) { r.Result = "" })), "BKP-01/DB", Missing, "How the restore test of 20 May 2026 ended is not recorded."},
		{"without a scope", restored(but(good("2026-05-20"), func(r *evidence.RestoreTest) { r.Scope = "" })), "BKP-01/DB", Missing, "What the restore test of 20 May 2026 brought back is not recorded."},
		{"without a date", restored(but(good("2026-05-20"), func(r *evidence.RestoreTest) { r.TestedOn = time.Time{} })), "BKP-01/DB", Missing, "Restore test RST-DB has no date."},
		{"exactly on target", restored(goodRestore("DB", "2026-05-20", 240)), "BKP-01/DB", Proven, ""},
		{"one minute over target, however recent", restored(goodRestore("DB", "2026-05-31", 241)), "BKP-01/DB", Failed,
			"Restored on 31 May 2026, but too late: it took 241 minutes, its target is 4 hours."},
		{"integrity answered no", restored(but(good("2026-05-20"), func(r *evidence.RestoreTest) { r.Integrity = evidence.No })), "BKP-01/DB", Missing,
			"Restored on 20 May 2026, not proven sound: integrity answered no."},
		{"permissions and order blank", restored(but(good("2026-05-20"), func(r *evidence.RestoreTest) { r.Permissions, r.Order = 0, 0 })), "BKP-01/DB", Missing,
			"Restored on 20 May 2026, not proven sound: permissions not recorded and recovery order not recorded."},
		{"without minutes", restored(but(good("2026-05-20"), func(r *evidence.RestoreTest) { r.Minutes = evidence.Number{} })), "BKP-01/DB", Missing,
			"How long the restore test of 20 May 2026 took is not recorded."},
		{"no target to compare with", with(func(s *evidence.Set) {
			s.Restores = []evidence.RestoreTest{good("2026-05-20")}
			s.Services[0].RTOHours = evidence.Number{}
		}), "BKP-01/DB", Missing, "Shipping declares no recovery time target to compare the restore test of 20 May 2026 with."},
		{"a test of the whole service counts for its systems", restored(but(good("2026-05-20"), func(r *evidence.RestoreTest) {
			r.System, r.Service, r.Scope = "", "SHIP", evidence.ScopeService
		})), "BKP-01/HOST", Proven, ""},
	} {
		c.run(t)
	}
}

func TestRestoresUnderAService(t *testing.T) {
	backups := func(s *evidence.Set) {
		s.Jobs = append(runs("SNAP-DB", "DB", evidence.JobBackup, "success", "failed", "success"), runs("SNAP-HOST", "HOST", evidence.JobBackup, "success")...)
	}
	for _, c := range []fact{
		{"no restore of any kind", with(func(s *evidence.Set) {
			backups(s)
			s.Restores = []evidence.RestoreTest{{Pos: row(1), System: "OTHER", Scope: evidence.ScopeFile, Result: evidence.Success}}
		}), "BKP-01/SHIP", Missing, "Backups ran 3 of 4. This does not prove recovery: 0 of 2 systems have a full restore test; no restore of any kind is on record."},
		{"one of two", with(func(s *evidence.Set) {
			backups(s)
			s.Restores = []evidence.RestoreTest{goodRestore("DB", "2026-05-20", 55)}
		}), "BKP-01/SHIP", Missing, "Backups ran 3 of 4. This does not prove recovery: 1 of 2 systems has a full restore test, 1 of them recent, in time and checked."},
		{"all", restored(goodRestore("DB", "2026-05-20", 55), goodRestore("HOST", "2026-05-20", 30)), "BKP-01/SHIP", Proven,
			"2 of 2 systems have a full restore test, recent, in time and checked."},
		{"one too old makes the service stale", restored(goodRestore("DB", "2026-01-01", 55), goodRestore("HOST", "2026-05-20", 30)), "BKP-01/SHIP", Stale, ""},
		{"a service that needs nothing on record", with(func(s *evidence.Set) {
			s.Systems[0].Services = nil
			s.Restores = []evidence.RestoreTest{goodRestore("DB", "2026-05-20", 55)}
		}), "BKP-01/SHIP", Missing, "No export says which systems Shipping needs."},
	} {
		c.run(t)
	}
}

func TestRestoreTestAge(t *testing.T) {
	set := restored(goodRestore("DB", "2026-04-01", 55))
	in := &Input{Set: set, Graph: graph.New(set), Policy: policyWith(t, "restore-test.revenue", "59d")}
	if a := judgeRestoreTested(in, systemSubject("DB")); a.State != Stale {
		t.Errorf("60 days against a limit of 59 for revenue: %s (%s)", a.State, a.Says)
	}
	in.Policy = policyWith(t, "restore-test.revenue", "60d")
	if a := judgeRestoreTested(in, systemSubject("DB")); a.State != Proven {
		t.Errorf("60 days against a limit of 60 for revenue: %s (%s)", a.State, a.Says)
	}
	set.Services[0].Stops = ""
	in = &Input{Set: set, Graph: graph.New(set), Policy: policyWith(t, "restore-test.compliance", "59d")}
	if a := judgeRestoreTested(in, systemSubject("DB")); a.State != Stale {
		t.Errorf("what the service stops is blank, the strictest limit is 59: %s (%s)", a.State, a.Says)
	}
	if got, want := restoreTestLimit(in.Policy), "90 days, 59 days where it stops compliance"; got != want {
		t.Errorf("limit in words: %q, want %q", got, want)
	}
}

func TestRecoveryTime(t *testing.T) {
	two := func(db, host float64) *evidence.Set {
		return restored(goodRestore("DB", "2026-05-20", db), goodRestore("HOST", "2026-05-20", host))
	}
	for _, c := range []fact{
		{"never measured", restored(goodRestore("HOST", "2026-05-20", 30)), "BKP-02/DB", Missing, "How long DB takes to restore was never measured."},
		{"on target", two(240, 0), "BKP-02/DB", Proven, "The restore of 20 May 2026 took 4 hours, inside its target of 4 hours."},
		{"over target", two(240.5, 0), "BKP-02/DB", Failed, "The restore of 20 May 2026 took 240.5 minutes; its target is 4 hours."},
		{"a failed test measured nothing", restored(but(goodRestore("DB", "2026-05-20", 30), func(r *evidence.RestoreTest) { r.Result = evidence.Failed })), "BKP-02/DB", Missing, ""},
		{"too old", restored(goodRestore("DB", "2026-01-31", 60)), "BKP-02/DB", Stale, "The restore of 31 January 2026, 120 days ago, took 1 hour; its target is 4 hours."},
		{"the service in a chain on target", two(180, 60), "BKP-02/SHIP", Proven, "Recovery takes at least 4 hours by the measured restores of 2 of 2 systems; the target is 4 hours."},
		{"the service in a chain over target", two(180, 61), "BKP-02/SHIP", Failed, "Recovery takes at least 241 minutes by the measured restores of 2 of 2 systems; the target is 4 hours."},
		{"one system not measured", restored(goodRestore("DB", "2026-05-20", 55)), "BKP-02/SHIP", Missing,
			"Recovery time is not proven: 1 of 2 systems has a measured full restore, together at least 55 minutes; the target is 4 hours."},
		{"one system not measured, the other over target", restored(goodRestore("DB", "2026-05-20", 241)), "BKP-02/SHIP", Failed, ""},
		{"no target", with(func(s *evidence.Set) {
			s.Restores = two(60, 60).Restores
			s.Services[0].RTOHours = evidence.Number{}
		}), "BKP-02/SHIP", Missing, "Shipping declares no recovery time target; 2 of 2 systems have a measured restore."},
		{"one measure too old", restored(goodRestore("DB", "2026-01-31", 60), goodRestore("HOST", "2026-05-20", 60)), "BKP-02/SHIP", Stale,
			"Recovery takes at least 2 hours by measured restores, of which not all are proven; the target is 4 hours."},
	} {
		c.run(t)
	}
}

func TestRecoveryTimeTakesTheMeasuredMemberOfAGroup(t *testing.T) {
	set := restored(goodRestore("DB", "2026-05-20", 60), goodRestore("HOST", "2026-05-20", 30), goodRestore("WEB-1", "2026-05-20", 45))
	for _, id := range []string{"WEB-1", "WEB-2"} {
		set.Systems = append(set.Systems, evidence.System{Pos: row(113), ID: id, Class: evidence.ClassServer, InInventory: true})
		set.Dependencies = append(set.Dependencies, evidence.Dependency{Pos: row(1), From: "SHIP", To: id, Kind: evidence.AnyOf, Group: "web"})
	}
	f := finding(t, assessed(set), "BKP-02/SHIP")
	if want := "Recovery takes at least 135 minutes by the measured restores of 3 of 3 systems; the target is 4 hours."; f.State != Proven || f.Says.String() != want {
		t.Errorf("%s: %s, want proven: %s", f.State, f.Says, want)
	}
}

func TestRestoreSound(t *testing.T) {
	good := goodRestore("DB", "2026-05-20", 55)
	for _, c := range []fact{
		{"no full restore", restored(goodRestore("HOST", "2026-05-20", 30)), "BKP-06/DB", Missing, "No full restore of DB is on record whose data could have been checked."},
		{"checked", restored(good), "BKP-06/DB", Proven, "The data restored on 20 May 2026 was checked for integrity."},
		{"answered no", restored(but(good, func(r *evidence.RestoreTest) { r.Integrity = evidence.No })), "BKP-06/DB", Missing, "Restored on 20 May 2026, not proven sound: its data was not checked for integrity."},
		{"blank", restored(but(good, func(r *evidence.RestoreTest) { r.Integrity = 0 })), "BKP-06/DB", Missing, "Restored on 20 May 2026, not proven sound: no integrity check is recorded."},
		{"the newest without a check hides an older one with", restored(goodRestore("DB", "2026-05-01", 55), but(good, func(r *evidence.RestoreTest) { r.Integrity = 0 })), "BKP-06/DB", Missing, ""},
		{"on the last day allowed", restored(goodRestore("DB", "2026-03-02", 55)), "BKP-06/DB", Proven, ""},
		{"too old", restored(goodRestore("DB", "2026-03-01", 55)), "BKP-06/DB", Stale, "The data was last checked in the restore of 1 March 2026, 91 days ago."},
	} {
		c.run(t)
	}
}

func TestRestoreVoid(t *testing.T) {
	changed := func(change evidence.Change) *evidence.Set {
		return with(func(s *evidence.Set) {
			s.Restores = []evidence.RestoreTest{goodRestore("DB", "2026-05-20", 55)}
			change.Pos, change.ID = row(1), "CHG-1"
			s.Changes = []evidence.Change{change}
		})
	}
	begun := func(system, day string) evidence.Change {
		return evidence.Change{Systems: []string{system}, Started: on(day), Implemented: true, State: "closed"}
	}
	alter := func(c evidence.Change, change func(*evidence.Change)) evidence.Change { change(&c); return c }
	for _, c := range []fact{
		{"a change the day after", changed(begun("DB", "2026-05-21")), "BKP-11/DB", Missing, "Not proven since CHG-1: DB was changed on 21 May 2026, after the restore of 20 May 2026."},
		{"a change on the day itself", changed(begun("DB", "2026-05-20")), "BKP-11/DB", Proven, ""},
		{"a change to what it runs on", changed(begun("HOST", "2026-05-21")), "BKP-11/DB", Missing, "Not proven since CHG-1: HOST was changed on 21 May 2026, after the restore of 20 May 2026."},
		{"a change to something else", changed(begun("OTHER", "2026-05-21")), "BKP-11/DB", Proven, ""},
		{"a standard change", changed(alter(begun("DB", "2026-05-21"), func(c *evidence.Change) { c.Type = "standard" })), "BKP-11/DB", Proven, ""},
		{"a change of unknown type", changed(alter(begun("DB", "2026-05-21"), func(c *evidence.Change) { c.Type = "" })), "BKP-11/DB", Missing, ""},
		{"a cancelled change", changed(alter(begun("DB", "2026-05-21"), func(c *evidence.Change) { c.Cancelled = true })), "BKP-11/DB", Proven, ""},
		{"a change only planned", changed(alter(begun("DB", "2026-05-21"), func(c *evidence.Change) { c.Implemented, c.State = false, "scheduled" })), "BKP-11/DB", Proven, ""},
		{"a change that does not say whether it began", changed(alter(begun("DB", "2026-05-21"), func(c *evidence.Change) { c.Implemented, c.State = false, "" })), "BKP-11/DB", Missing, ""},
		{"a change without any date", changed(alter(begun("DB", "2026-05-21"), func(c *evidence.Change) { c.Started = time.Time{} })), "BKP-11/DB", Missing,
			"Not proven since CHG-1: DB was changed, nobody recorded when; the restore is of 20 May 2026."},
		{"no change export", restored(goodRestore("DB", "2026-05-20", 55)), "BKP-11/DB", Proven, "Nothing on record voids the restore of 20 May 2026; no change export supplied."},
		{"nothing to void", restored(goodRestore("HOST", "2026-05-20", 55)), "BKP-11/DB", Missing, "No full restore of DB is on record that would still count."},
	} {
		c.run(t)
	}
}
