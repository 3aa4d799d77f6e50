package assess

import (
	"proofpack/generator/evidence"
)

// integrityJob (BKP-10) asks whether the data in the backups is sound.
var integrityJob = Check{
	ID:          "BKP-10",
	Question:    "Is the data that is backed up proven sound?",
	Why:         "Backups of a broken database succeed every night.",
	Needs:       []string{evidence.Jobs},
	Rests:       []string{evidence.Restores, evidence.Inventory},
	Discipline:  Recovery,
	Consequence: Downtime,
	Gap:         UntestedRecovery,
	Limit:       integrityLimit,
	LimitFrom:   "judgement",
	Controls:    controls("BKP-10"),
	Closes:      "a successful run of the integrity job, and a full restore test with integrity checked",
	Subjects:    needIntegrity,
	Judge:       judgeIntegrityJob,
}

// needIntegrity are the critical systems that hold a database: by kind, by an
// integrity job, and servers, which may hold one that no export names.
func needIntegrity(in *Input) []Subject {
	return in.systemsWhere(func(s *evidence.System) bool {
		if len(in.jobsOfKind(s.ID, evidence.JobIntegrity)) > 0 {
			return true
		}
		holds := s.Class == evidence.ClassDatabase || s.Class == evidence.ClassServer || s.Class == evidence.ClassOther || s.Class == ""
		return holds && in.inScopeOfBackup(s)
	})
}

func judgeIntegrityJob(in *Input, s Subject) Answer {
	jobs := in.jobsOfKind(s.ID, evidence.JobIntegrity)
	if len(jobs) == 0 {
		a := in.soundByRestore(s)
		if a.State == Proven && in.index().systems[s.ID].Kind == "" {
			// It is asked only because it could hold a database; a kind that
			// is blanked must not add a proof.
			return Answer{Says: say("The kind of {} is not on record, so nothing says whether it holds a database that a job should check.", s.Name), Sources: a.Sources}
		}
		return a
	}
	out := in.judgeIntegrity(jobs[0])
	for _, j := range jobs[1:] {
		if a := in.judgeIntegrity(j); Worse(a.State, out.State) {
			out = a
		}
	}
	return out
}

func (in *Input) judgeIntegrity(j *job) Answer {
	k := j.streak()
	switch {
	case len(k.Failed) >= in.Policy.IntegrityFailures:
		return Answer{
			State: Failed, Says: in.notSound(j, k), Sources: append(places(k.Good), runPlaces(k.Failed)...),
			Drift: "integrity job failing",
		}
	case k.Good == nil:
		return Answer{Says: say("No successful consistency check of {} is on record.", j.System), Sources: runPlaces(j.Runs), Drift: "no integrity check"}
	case len(k.Failed)+len(k.Open) >= in.Policy.IntegrityFailures:
		return Answer{
			Says: say("How the last consistency check of {} ended is not recorded; the last good one is of {}.", j.System,
				in.on(k.Good.At, "last successful run of "+j.Name, k.Good.Pos)),
			Sources: append(places(k.Good), runPlaces(k.Open)...), Drift: "no integrity check",
		}
	case in.older(k.Good.At, in.Policy.DataAge):
		return Answer{
			State: Stale, Says: say("The last consistency check that found the database sound is of {}, {} ago.",
				in.on(k.Good.At, "last successful run of "+j.Name, k.Good.Pos), in.since(k.Good.At, "the last good run", k.Good.Pos)),
			Sources: places(k.Good), Drift: "no integrity check",
		}
	}
	return Answer{
		State: Proven, Says: say("The consistency check of {} found the database sound.", in.on(k.Good.At, "last successful run of "+j.Name, k.Good.Pos)),
		Sources: places(k.Good),
	}
}

// notSound is the sentence about an integrity job that fails: since when, and
// how many backups were made of data that nobody proved since.
func (in *Input) notSound(j *job, k streak) evidence.Statement {
	one, many := j.nouns()
	failed := evidence.Count(len(k.Failed), "count(jobs where job = "+j.Name+", result = failed, after its last success)", runPlaces(k.Failed)...)
	checks := evidence.Noun(len(k.Failed), one, many)
	row := ""
	if len(k.Failed) > 1 {
		row = " in a row"
	}
	if k.Good == nil {
		return say("The database has not been proven sound by any run on record: {} {} failed{}.", failed, checks, row)
	}
	since := in.on(k.Good.At, "last successful run of "+j.Name, k.Good.Pos)
	days := in.since(k.Good.At, "the last good run", k.Good.Pos)
	taken, name := in.backupsSince(j.System, k.Good)
	if taken.Value == 0 {
		return say("The database has not been proven sound since {} ({}): {} {} failed{}.", since, days, failed, checks, row)
	}
	return say("The database has not been proven sound since {} ({}, {} {}): {} {} failed{}.", since, days, taken, name, failed, checks, row)
}

// backupsSince counts the successful backup runs of a system after a run.
func (in *Input) backupsSince(system string, after *evidence.JobRun) (evidence.Figure, string) {
	var taken []*evidence.JobRun
	one, many := "backup", "backups"
	for _, j := range in.jobsOfKind(system, evidence.JobBackup) {
		for _, r := range withResult(j.Runs, evidence.Success) {
			if r.At.After(after.At) {
				taken = append(taken, r)
				one, many = j.nouns()
			}
		}
	}
	count := evidence.Count(len(taken), "count(jobs where system = "+system+", kind = backup, result = success, after the last good integrity run)", runPlaces(taken)...)
	return count, evidence.Noun(len(taken), one, many)
}

// soundByRestore lets a full restore whose integrity was checked stand in
// where no integrity job is on record.
func (in *Input) soundByRestore(s Subject) Answer {
	none := Answer{Says: say("No integrity check on record for {}.", s.Name), Drift: "no integrity check"}
	for _, j := range in.jobsOfKind("", evidence.JobIntegrity) {
		if k := j.streak(); k.Good == nil || len(k.Failed)+len(k.Open) > 0 {
			none.Says = say("No integrity check on record for {}; the failing job {} names no system.", s.Name, j.Name)
			none.Sources = runPlaces(j.Runs)
			return none
		}
	}
	services := in.Graph.ServicesOf(s.ID)
	answer, found := in.lastFull(s.ID, func(r *evidence.RestoreTest) Answer { return in.judgeSound(r, services) })
	if !found || answer.State == Missing {
		none.Sources = answer.Sources
		return none
	}
	answer.Says = join(say("No integrity job is on record."), answer.Says)
	return answer
}
