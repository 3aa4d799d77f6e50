package assess

import (
	"strings"
	"testing"
	"time"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
)

func jobbed(kind evidence.JobKind, results string) *evidence.Set {
	return with(func(s *evidence.Set) { s.Jobs = runs("JOB-1", "DB", kind, words(results)...) })
}

// words are results of runs, a day apart, the last on as-of: S, F, W, R, K and ?.
func words(results string) []string {
	of := map[rune]string{'S': "success", 'F': "failed", 'W': "warning", 'R': "running", 'K': "skipped", '?': ""}
	var out []string
	for _, r := range results {
		out = append(out, of[r])
	}
	return out
}

func TestABlankKindAddsNoProofOfSoundData(t *testing.T) {
	set := func(kind string) *evidence.Set {
		s := restored(goodRestore("DB", "2026-05-20", 60))
		s.Jobs = runs("SNAP", "DB", evidence.JobBackup, "success")
		s.Systems[0].Kind = kind
		return s
	}
	fact{"a full restore of a database", set("database server"), "BKP-10/DB", Proven, ""}.run(t)
	fact{"a full restore of what is not said to be one", set(""), "BKP-10/DB", Missing,
		"The kind of DB is not on record, so nothing says whether it holds a database that a job should check."}.run(t)
}

func TestBackupFailing(t *testing.T) {
	for _, c := range []fact{
		{"all good", jobbed(evidence.JobBackup, "SSSS"), "BKP-04/DB/JOB-1", Proven, "Nightly backups 4 of 4 successful in May. The last good run is of 31 May 2026."},
		{"one failure is inside the limit, and said", jobbed(evidence.JobBackup, "SSF"), "BKP-04/DB/JOB-1", Proven,
			"Backup failed 1 run since 31 May. That is inside the limit; the last good run is of 30 May 2026."},
		{"two failures in a row", jobbed(evidence.JobBackup, "SFF"), "BKP-04/DB/JOB-1", Failed, "Backup failed 2 runs in a row since 30 May."},
		{"a skipped run does not end a streak", jobbed(evidence.JobBackup, "SFKFK"), "BKP-04/DB/JOB-1", Failed, "Backup failed 2 runs in a row since 28 May."},
		{"a warning does not end a streak", jobbed(evidence.JobBackup, "SFWF"), "BKP-04/DB/JOB-1", Failed, ""},
		{"a success does", jobbed(evidence.JobBackup, "FFFS"), "BKP-04/DB/JOB-1", Proven, ""},
		{"a run without a result could be the second failure", jobbed(evidence.JobBackup, "SF?"), "BKP-04/DB/JOB-1", Missing,
			"How the last run of the backup JOB-1 ended is not recorded; the last good one is of 29 May 2026."},
		{"one running run after a good one", jobbed(evidence.JobBackup, "SSR"), "BKP-04/DB/JOB-1", Proven, ""},
		{"never a good run, one failure", jobbed(evidence.JobBackup, "F"), "BKP-04/DB/JOB-1", Missing, "No successful run of the backup JOB-1 is on record."},
		{"no backup job at all", jobbed(evidence.JobCleanup, "S"), "BKP-04/SHIP", Missing, "No run of such a job is on record for what Shipping needs."},
		{"the last good run is on the last day allowed", aged(jobbed(evidence.JobBackup, "S"), 35), "BKP-04/DB/JOB-1", Proven, ""},
		{"the last good run is too old", aged(jobbed(evidence.JobBackup, "S"), 36), "BKP-04/DB/JOB-1", Stale, "The last good run of the backup JOB-1 is of 25 April 2026, 36 days ago."},
	} {
		c.run(t)
	}
}

// aged moves every run so many days back.
func aged(set *evidence.Set, days int) *evidence.Set {
	for i := range set.Jobs {
		set.Jobs[i].At = set.Jobs[i].At.AddDate(0, 0, -days)
	}
	return set
}

func TestJobFailing(t *testing.T) {
	for _, c := range []fact{
		{"a single failure six days ago", aged(jobbed(evidence.JobCleanup, "SF"), 6), "MON-06/DB/JOB-1", Proven, ""},
		{"a single failure seven days ago", aged(jobbed(evidence.JobCleanup, "SF"), 7), "MON-06/DB/JOB-1", Failed, "Clean-up failed 1 run since 24 May."},
		{"a run without a result seven days ago", aged(jobbed(evidence.JobCleanup, "S?"), 7), "MON-06/DB/JOB-1", Missing, ""},
		{"backups are judged by BKP-04", jobbed(evidence.JobBackup, "SFF"), "MON-06/SHIP", Missing, "No run of such a job is on record for what Shipping needs."},
		{"an integrity job counts", jobbed(evidence.JobIntegrity, "SFF"), "MON-06/DB/JOB-1", Failed, "Consistency check failed 2 runs in a row since 30 May."},
	} {
		c.run(t)
	}
}

func TestAJobThatNamesNoSystem(t *testing.T) {
	alone := jobbed(evidence.JobCleanup, "FF")
	for i := range alone.Jobs {
		alone.Jobs[i].System = ""
	}
	f := finding(t, assessed(alone), "MON-06/JOB-1")
	if f.State != Failed || f.Subject.Kind != "job" || len(f.Services) != 0 {
		t.Errorf("%s, subject %+v, services %v", f.State, f.Subject, f.Services)
	}
	one := jobbed(evidence.JobCleanup, "SFF")
	one.Jobs[2].System = ""
	if f := finding(t, assessed(one), "MON-06/DB/JOB-1"); f.State != Failed {
		t.Errorf("the last failure lost its system, and its job is %s", f.State)
	}
}

func TestRunsAtOneTime(t *testing.T) {
	set := jobbed(evidence.JobBackup, "SFFS")
	for i := range set.Jobs {
		set.Jobs[i].At = on("2026-05-31")
	}
	if f := finding(t, assessed(set), "BKP-04/DB/JOB-1"); f.State != Failed {
		t.Errorf("two failures of the day of two successes are %s: the worse counts as the later", f.State)
	}
	set = jobbed(evidence.JobBackup, "SFF")
	set.Jobs[1].At = time.Time{}
	if f := finding(t, assessed(set), "BKP-04/DB/JOB-1"); f.State != Failed {
		t.Errorf("a failure without a date is %s", f.State)
	}
}

func TestBackupAgeAndExistence(t *testing.T) {
	rpo := func(set *evidence.Set, hours float64) *evidence.Set {
		set.Services[0].RPOHours = evidence.Known(hours)
		return set
	}
	at := func(hoursBefore time.Duration) *evidence.Set {
		set := jobbed(evidence.JobBackup, "S")
		set.Jobs[0].At = set.AsOf.Add(-hoursBefore * time.Hour)
		return set
	}
	for _, c := range []fact{
		{"no backup", jobbed(evidence.JobCleanup, "S"), "BKP-03/DB", Missing, "No good backup of DB is on record."},
		{"only failed ones", rpo(jobbed(evidence.JobBackup, "F"), 24), "BKP-03/DB", Missing, "No good backup of DB is on record."},
		{"no target", at(1), "BKP-03/DB", Missing, "The last good backup is of 31 May 2026; Shipping declares no data loss target to compare it with."},
		{"exactly on target", rpo(at(24), 24), "BKP-03/DB", Proven, "The last good backup is of 30 May 2026, inside the data loss target of 24 hours."},
		{"an hour over target", rpo(at(25), 24), "BKP-03/DB", Failed, "The last good backup is of 30 May 2026, 25 hours before as-of; the data loss target is 24 hours."},
		{"no job", jobbed(evidence.JobCleanup, "S"), "BKP-05/DB", Missing, "No backup job of DB is on record."},
		{"a job that never succeeded", jobbed(evidence.JobBackup, "FW"), "BKP-05/DB", Failed, "No backup of DB on record succeeded."},
		{"a job that succeeded", jobbed(evidence.JobBackup, "FSF"), "BKP-05/DB", Proven, "DB is backed up by JOB-1."},
	} {
		c.run(t)
	}
}

func TestScopeOfBackup(t *testing.T) {
	for _, c := range []struct {
		name  string
		class evidence.Class
		says  evidence.Answer
		want  bool
	}{
		{"a database", evidence.ClassDatabase, evidence.Unknown, true},
		{"an unknown kind", evidence.ClassOther, evidence.Unknown, true},
		{"a switch", evidence.ClassEdge, evidence.Unknown, false},
		{"a switch that the inventory wants backed up", evidence.ClassEdge, evidence.Yes, true},
		{"a line", evidence.ClassLine, evidence.Unknown, false},
		{"a cloud service", evidence.ClassCloud, evidence.No, false},
	} {
		set := jobbed(evidence.JobCleanup, "S")
		set.Systems[0].Class, set.Systems[0].BackupInScope = c.class, c.says
		found := false
		for _, f := range assessed(set).Findings {
			found = found || f.ID == "BKP-05/DB"
		}
		if found != c.want {
			t.Errorf("%s is judged: %v, want %v", c.name, found, c.want)
		}
	}
}

func TestIntegrityJob(t *testing.T) {
	both := func(results string) *evidence.Set {
		set := jobbed(evidence.JobIntegrity, results)
		set.Jobs = append(set.Jobs, runs("SNAP", "DB", evidence.JobBackup, words("SSSSS")...)...)
		return set
	}
	sound := func(set *evidence.Set, day string) *evidence.Set {
		set.Restores = []evidence.RestoreTest{goodRestore("DB", day, 55)}
		return set
	}
	for _, c := range []fact{
		{"the last run is good", both("FFS"), "BKP-10/DB", Proven, "The consistency check of 31 May 2026 found the database sound."},
		{"one failed run after the last good one", both("SSF"), "BKP-10/DB", Failed,
			"The database has not been proven sound since 30 May 2026 (1 day, 1 snapshot): 1 consistency check failed."},
		{"three failed runs", both("SFFF"), "BKP-10/DB", Failed, "The database has not been proven sound since 28 May 2026 (3 days, 3 snapshots): 3 consistency checks failed in a row."},
		{"a skipped run does not end it (M9)", both("SFKF"), "BKP-10/DB", Failed, "The database has not been proven sound since 28 May 2026 (3 days, 3 snapshots): 2 consistency checks failed in a row."},
		{"without a good run", both("FF"), "BKP-10/DB", Failed, "The database has not been proven sound by any run on record: 2 consistency checks failed in a row."},
		{"without a backup", jobbed(evidence.JobIntegrity, "SF"), "BKP-10/DB", Failed, "The database has not been proven sound since 30 May 2026 (1 day): 1 consistency check failed."},
		{"the last run has no result", both("SS?"), "BKP-10/DB", Missing, "How the last consistency check of DB ended is not recorded; the last good one is of 30 May 2026."},
		{"only skipped", both("KK"), "BKP-10/DB", Missing, "No successful consistency check of DB is on record."},
		{"the last good run is too old", aged(jobbed(evidence.JobIntegrity, "S"), 36), "BKP-10/DB", Stale, ""},
		{"no integrity job (M8)", jobbed(evidence.JobBackup, "S"), "BKP-10/DB", Missing, "No integrity check on record for DB."},
		{"no integrity job, a restore that was checked", sound(jobbed(evidence.JobBackup, "S"), "2026-05-20"), "BKP-10/DB", Proven,
			"No integrity job is on record. The data restored on 20 May 2026 was checked for integrity."},
		{"no integrity job, and that restore is too old", sound(jobbed(evidence.JobBackup, "S"), "2026-03-01"), "BKP-10/DB", Stale, ""},
		{"a failing job beats a restore that was checked", sound(both("SF"), "2026-05-20"), "BKP-10/DB", Failed, ""},
	} {
		c.run(t)
	}
	stray := sound(jobbed(evidence.JobIntegrity, "F"), "2026-05-20")
	stray.Jobs[0].System = ""
	if f := finding(t, assessed(stray), "BKP-10/DB"); f.State != Missing {
		t.Errorf("a failing integrity job names no system, and a restore stands in for it: %s", f.State)
	}
}

func TestJobMissed(t *testing.T) {
	gap := func(set *evidence.Set, drop ...int) *evidence.Set {
		var kept []evidence.JobRun
		for i, r := range set.Jobs {
			out := false
			for _, d := range drop {
				out = out || d == i
			}
			if !out {
				kept = append(kept, r)
			}
		}
		set.Jobs = kept
		return set
	}
	declared := func(set *evidence.Set, d time.Duration) *evidence.Set {
		for i := range set.Jobs {
			set.Jobs[i].Expected = d
		}
		return set
	}
	seven := jobbed(evidence.JobBackup, "SSSSSSS")
	for _, c := range []fact{
		{"every day", seven, "MON-09/DB/JOB-1", Proven, "No expected run of the backup JOB-1 is missing; 7 runs are on record."},
		{"three runs and no cadence", jobbed(evidence.JobBackup, "SSS"), "MON-09/DB/JOB-1", Missing, "How often the backup JOB-1 runs is not declared, and 3 runs on record cannot tell."},
		{"four runs tell", jobbed(evidence.JobBackup, "SSSS"), "MON-09/DB/JOB-1", Proven, ""},
		{"three runs and a declared cadence", declared(jobbed(evidence.JobBackup, "SSS"), day), "MON-09/DB/JOB-1", Proven, ""},
		{"one gap in the middle (M9)", gap(jobbed(evidence.JobBackup, "SSSSSSS"), 3), "MON-09/DB/JOB-1", Failed, "1 expected run of the backup JOB-1 did not happen: 28 May."},
		{"a skipped run did not happen", jobbed(evidence.JobBackup, "SSSKSSS"), "MON-09/DB/JOB-1", Failed, "1 expected run of the backup JOB-1 did not happen: 28 May."},
		{"a failed run did happen", jobbed(evidence.JobBackup, "SSSFSSS"), "MON-09/DB/JOB-1", Proven, ""},
		{"the last run is a day late", aged(jobbed(evidence.JobBackup, "SSSSSSS"), 1), "MON-09/DB/JOB-1", Proven, ""},
		{"the last run is two days late", aged(jobbed(evidence.JobBackup, "SSSSSSS"), 2), "MON-09/DB/JOB-1", Failed, "2 expected runs of the backup JOB-1 did not happen: 30 May, 31 May."},
		{"more than are named", aged(jobbed(evidence.JobBackup, "SSSSSSS"), 10), "MON-09/DB/JOB-1", Failed, "10 expected runs of the backup JOB-1 did not happen: 22 May, 23 May, 24 May and 7 more."},
		{"the shortest declared cadence counts", func() *evidence.Set {
			set := declared(jobbed(evidence.JobBackup, "SSSSSSS"), 7*day)
			set.Jobs[0].Expected = 6 * time.Hour
			return set
		}(), "MON-09/DB/JOB-1", Failed, ""},
	} {
		c.run(t)
	}
}

func TestAJobThatRestsAtWeekends(t *testing.T) {
	set := small()
	for d := on("2026-05-04"); !d.After(on("2026-05-29")); d = d.AddDate(0, 0, 1) { // Monday to Friday of four weeks
		if !restDay(d) {
			set.Jobs = append(set.Jobs, evidence.JobRun{Pos: row(len(set.Jobs) + 1), Job: "JOB-1", System: "DB", Kind: evidence.JobBackup, At: d, Result: evidence.Success})
		}
	}
	if f := finding(t, assessed(set), "MON-09/DB/JOB-1"); f.State != Proven {
		t.Errorf("%s: %s", f.State, f.Says)
	}
	set.Jobs = append(set.Jobs[:5], set.Jobs[6:]...) // Monday 11 May
	if f := finding(t, assessed(set), "MON-09/DB/JOB-1"); f.State != Failed || !strings.HasSuffix(f.Says.String(), "did not happen: 11 May.") {
		t.Errorf("%s: %s", f.State, f.Says)
	}
}

func TestCadenceOverAChangeOfTheClock(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	set := &evidence.Set{AsOf: time.Date(2026, 4, 5, 23, 59, 59, 0, berlin), Zone: berlin}
	for _, d := range []int{8, 15, 22, 29, 36} { // Sundays; summer time begins on 29 March
		set.Jobs = append(set.Jobs, evidence.JobRun{Pos: row(d), Job: "J", System: "S", At: time.Date(2026, 3, d, 23, 59, 59, 0, berlin), Result: evidence.Success})
	}
	in := &Input{Set: set, Policy: config.Defaults()}
	j := jobsOf(set.Jobs)["S"][0]
	if got := j.cadence(4); got != 7*day {
		t.Errorf("cadence %s", got)
	}
	set.AsOf = time.Date(2026, 4, 19, 23, 59, 59, 0, berlin)
	got := j.missed(7*day, 1, in)
	if got.N != 2 || got.First[0].Day() != 12 || got.First[1].Day() != 19 {
		t.Errorf("missed %+v", got)
	}
}

func TestJobNames(t *testing.T) {
	for _, c := range []struct {
		job           job
		title, called string
	}{
		{job{Name: "Nightly backup of files", Kind: evidence.JobBackup}, "Nightly backup of files", "Nightly backup of files"},
		{job{Name: "SNAP-1", Kind: evidence.JobBackup}, "Snapshot", "the snapshot SNAP-1"},
		{job{Name: "VM-7", Kind: evidence.JobBackup}, "Backup", "the backup VM-7"},
		{job{Name: "CONSOLIDATE-1", Kind: evidence.JobCleanup}, "Snapshot clean-up", "the snapshot clean-up CONSOLIDATE-1"},
		{job{Name: "LOGS", Kind: evidence.JobCleanup}, "Clean-up", "the clean-up LOGS"},
		{job{Name: "DBCC", Kind: evidence.JobIntegrity}, "Consistency check", "the consistency check DBCC"},
		{job{Name: "REP-1", Kind: evidence.JobReplication}, "Replication", "the replication REP-1"},
		{job{Name: "X-12", Kind: evidence.JobOther}, "Job X-12", "job X-12"},
	} {
		if got := c.job.title(); got != c.title {
			t.Errorf("title of %s: %q, want %q", c.job.Name, got, c.title)
		}
		if got := c.job.called(); got != c.called {
			t.Errorf("%s is called %q, want %q", c.job.Name, got, c.called)
		}
	}
}
