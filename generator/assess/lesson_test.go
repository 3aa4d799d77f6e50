package assess

import (
	"testing"
	"time"

	"proofpack/generator/evidence"
)

// taught is small with a full restore test of DB on 1 March 2026 that has a
// lesson.
func taught(change func(*evidence.RestoreTest), later ...evidence.RestoreTest) *evidence.Set {
	r := but(goodRestore("DB", "2026-03-01", 60), func(r *evidence.RestoreTest) {
		r.ID, r.Lesson, r.LessonOwner, r.LessonDue = "RST-1", "label the cables", "Ada Byron", on("2026-05-20")
		change(r)
	})
	for i := range later {
		later[i].ID, later[i].Lesson = "RST-2", "none"
	}
	return restored(append([]evidence.RestoreTest{r}, later...)...)
}

func fixedOn(day string) func(*evidence.RestoreTest) {
	return func(r *evidence.RestoreTest) { r.LessonFixed = on(day) }
}

func TestLessonDone(t *testing.T) {
	due := func(day string) func(*evidence.RestoreTest) {
		return func(r *evidence.RestoreTest) { r.LessonDue = on(day) }
	}
	blank := func(r *evidence.RestoreTest) { r.Lesson, r.LessonOwner, r.LessonDue = "", "", time.Time{} }
	for _, c := range []fact{
		{"due today", taught(due("2026-05-31")), "BKP-09/RST-1", Missing, "The lesson of RST-1 is open; it is due on 31 May 2026. Ada Byron is to fix it."},
		{"due yesterday", taught(due("2026-05-30")), "BKP-09/RST-1", Failed, "The lesson of RST-1 is open and was due on 30 May 2026, 1 day ago. Ada Byron is to fix it."},
		{"due yesterday, nobody's", taught(func(r *evidence.RestoreTest) { due("2026-05-30")(r); r.LessonOwner = "" }), "BKP-09/RST-1", Failed, "The lesson of RST-1 is open and was due on 30 May 2026, 1 day ago. Nobody is named to fix it."},
		{"due nobody knows when", taught(due("")), "BKP-09/RST-1", Missing, "The lesson of RST-1 is open, and nothing says until when it is to be fixed. Ada Byron is to fix it."},
		{"fixed on the day it was due", taught(fixedOn("2026-05-20")), "BKP-09/RST-1", Proven, "The lesson of RST-1 was fixed on 20 May 2026."},
		{"fixed a day late", taught(fixedOn("2026-05-21")), "BKP-09/RST-1", Proven, "The lesson of RST-1 was fixed on 21 May 2026, after it was due on 20 May 2026."},
		{"said to be fixed after as-of", taught(fixedOn("2026-06-01")), "BKP-09/RST-1", Failed, ""},
		{"none recorded", taught(blank), "BKP-09/RST-1", Missing, "RST-1 records no lesson, so it stays open."},
		{"nothing to mend", taught(func(r *evidence.RestoreTest) { blank(r); r.Lesson = "None" }), "BKP-09/RST-1", Proven, "RST-1 records that there was nothing to mend."},
		{"none, and yet due", taught(func(r *evidence.RestoreTest) { r.Lesson = "none" }), "BKP-09/RST-1", Failed, ""},
		{"no test at all", small(), "BKP-09/SHIP", Missing, "No restore test export supplied."},
		{"of an outage, fixed", outageOf(func(*evidence.Incident, *evidence.Set) {}), "BKP-09/INC-1", Proven, "The lesson of INC-1 was fixed on 19 May 2026."},
		{"of an outage, late", outageOf(func(n *evidence.Incident, _ *evidence.Set) { n.LessonFixed = time.Time{} }), "BKP-09/INC-1", Failed, "The lesson of INC-1 is open and was due on 20 May 2026, 11 days ago. Nobody is named to fix it."},
		{"of an outage, none recorded", outageOf(func(n *evidence.Incident, _ *evidence.Set) {
			n.Lesson, n.LessonDue, n.LessonFixed = "", time.Time{}, time.Time{}
		}), "BKP-09/INC-1", Missing, "INC-1 records no lesson, so it stays open."},
	} {
		c.run(t)
	}
}

func TestFixValidated(t *testing.T) {
	later := func(day string, change func(*evidence.RestoreTest)) evidence.RestoreTest {
		return but(goodRestore("DB", day, 60), change)
	}
	as := func(*evidence.RestoreTest) {}
	verified := func(by, incident, day string) *evidence.Set {
		return outageOf(func(_ *evidence.Incident, s *evidence.Set) {
			s.Changes = append(s.Changes, evidence.Change{Pos: row(7), ID: "CHG-2", Systems: []string{"OTHER"}, Incident: incident, Started: on(day), Ended: on(day), Implemented: true, VerifiedBy: by})
		})
	}
	for _, c := range []fact{
		{"fixed 30 days ago", taught(fixedOn("2026-05-01")), "MON-10/RST-1", Missing, "The lesson of RST-1 was fixed on 1 May 2026; no later record confirms it yet."},
		{"fixed 31 days ago", taught(fixedOn("2026-04-30")), "MON-10/RST-1", Failed, "The lesson of RST-1 was fixed on 30 April 2026, 31 days ago, and no later record confirms it."},
		{"a sound restore the day after", taught(fixedOn("2026-04-30"), later("2026-05-01", as)), "MON-10/RST-1", Proven, "The fix of RST-1 on 30 April 2026 is confirmed by RST-2 of 1 May 2026."},
		{"a sound restore the same day", taught(fixedOn("2026-04-30"), later("2026-04-30", as)), "MON-10/RST-1", Failed, ""},
		{"a later restore that failed", taught(fixedOn("2026-04-30"), later("2026-05-01", func(r *evidence.RestoreTest) { r.Result = evidence.Failed })), "MON-10/RST-1", Failed, ""},
		{"a later restore of files", taught(fixedOn("2026-04-30"), later("2026-05-01", func(r *evidence.RestoreTest) { r.Scope = evidence.ScopeFile })), "MON-10/RST-1", Failed, ""},
		{"a later restore, integrity not recorded", taught(fixedOn("2026-04-30"), later("2026-05-01", func(r *evidence.RestoreTest) { r.Integrity = evidence.Unknown })), "MON-10/RST-1", Failed, ""},
		{"a later restore of another system", taught(fixedOn("2026-04-30"), later("2026-05-01", func(r *evidence.RestoreTest) { r.System = "HOST" })), "MON-10/RST-1", Failed, ""},
		{"of an outage, a verified change that names it", verified("Ada Byron", "INC-1", "2026-05-20"), "MON-10/INC-1", Proven, "The fix of INC-1 on 19 May 2026 is confirmed by CHG-2 of 20 May 2026."},
		{"of an outage, a change that nobody verified", verified("", "INC-1", "2026-05-20"), "MON-10/INC-1", Missing, ""},
		{"of an outage, a change that names another", verified("Ada Byron", "INC-11", "2026-05-20"), "MON-10/INC-1", Missing, ""},
		{"of an outage, a change before the fix", verified("Ada Byron", "INC-1", "2026-05-19"), "MON-10/INC-1", Missing, ""},
	} {
		c.run(t)
	}
}

// An integrity job that succeeds again is fixed on paper until a restore shows
// that the data can be used.
func TestAJobThatSucceedsAgain(t *testing.T) {
	check := func(results string, tests ...evidence.RestoreTest) *evidence.Set {
		set := jobbed(evidence.JobIntegrity, results)
		set.Restores = tests
		return set
	}
	sound := goodRestore("DB", "2026-05-31", 60)
	for _, c := range []fact{
		{"again, no restore since", check("FS"), "MON-10/JOB-1", Missing, "JOB-1 succeeds again since 31 May 2026; no full restore with its integrity checked is on record since."},
		{"again for 30 days", check("F" + repeat("S", 31)), "MON-10/JOB-1", Missing, ""},
		{"again for 31 days", check("F" + repeat("S", 32)), "MON-10/JOB-1", Failed, ""},
		{"again, and a sound restore since", check("FSS", sound), "MON-10/JOB-1", Proven, "JOB-1 succeeds again since 30 May 2026, and the restore of 31 May 2026 was sound."},
		{"again, a sound restore of the same day", check("FS", sound), "MON-10/JOB-1", Missing, ""},
	} {
		c.run(t)
	}
	for _, f := range assessed(check("SSS")).Findings {
		if f.Check.ID == "MON-10" {
			t.Errorf("a job that never failed was not fixed: %s", f.Says)
		}
	}
}

func repeat(s string, n int) string {
	out := ""
	for range n {
		out += s
	}
	return out
}

func TestClosedAndOpen(t *testing.T) {
	closed := func(change func(*evidence.Incident, *evidence.Set)) *evidence.Set {
		return outageOf(func(n *evidence.Incident, s *evidence.Set) {
			n.State, n.IsClosed = "closed", true
			s.Changes = append(s.Changes, evidence.Change{Pos: row(4), ID: "CHG-3", Systems: []string{"HOST"}, Started: on("2026-05-16"), Ended: on("2026-05-16"), Implemented: true})
			change(n, s)
		})
	}
	open := func(day string) func(*evidence.Incident, *evidence.Set) {
		return func(n *evidence.Incident, _ *evidence.Set) { n.LessonFixed, n.LessonDue = time.Time{}, on(day) }
	}
	ofTest := func(_ *evidence.Incident, s *evidence.Set) {
		s.Restores = []evidence.RestoreTest{but(goodRestore("HOST", "2026-05-01", 60), func(r *evidence.RestoreTest) {
			r.Pos, r.ID, r.Lesson, r.LessonDue = row(8), "RST-8", "label", on("2026-05-30")
		})}
	}
	for _, c := range []struct {
		name, says string
		set        *evidence.Set
	}{
		{"the lesson is fixed", "", closed(func(*evidence.Incident, *evidence.Set) {})},
		{"the lesson was due yesterday", "INC-1 is closed, and the lesson of INC-1 is open since it was due on 30 May 2026.", closed(open("2026-05-30"))},
		{"the lesson is due today", "", closed(open("2026-05-31"))},
		{"the lesson of a restore test of what failed is late", "INC-1 is closed, and the lesson of RST-8 is open since it was due on 30 May 2026.", closed(ofTest)},
		{"nothing was changed since", "INC-1 is closed, and no change since it began names it or what failed in it.", closed(func(_ *evidence.Incident, s *evidence.Set) { s.Changes = s.Changes[:1] })},
		{"a change names it", "", closed(func(_ *evidence.Incident, s *evidence.Set) {
			s.Changes = s.Changes[:1]
			s.Changes[0].Incident = "INC-1"
		})},
		{"no change export", "", closed(func(_ *evidence.Incident, s *evidence.Set) { s.Changes = nil })},
		{"not closed", "", closed(func(n *evidence.Incident, _ *evidence.Set) { open("2026-05-01")(n, nil); n.IsClosed = false })},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := contradicting(c.set, "X14")
			switch {
			case c.says == "" && len(got) > 0:
				t.Errorf("there is one: %s", got[0].Says)
			case c.says != "" && (len(got) != 1 || got[0].Says.String() != c.says):
				t.Errorf("%d contradictions %v, want %q", len(got), got, c.says)
			}
		})
	}
}
