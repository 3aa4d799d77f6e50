package assess

import (
	"cmp"
	"slices"
	"time"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// backupFailing (BKP-04) finds backup jobs that fail again and again.
var backupFailing = Check{
	ID:          "BKP-04",
	Question:    "Does every backup job succeed?",
	Why:         "A job that fails twice in a row is no bad night, it is broken.",
	Needs:       []string{evidence.Jobs},
	Rests:       []string{evidence.Inventory},
	Discipline:  Recovery,
	Consequence: Downtime,
	Gap:         Visibility,
	Limit:       limitOf("job-failures.in-a-row"),
	LimitFrom:   "judgement",
	Controls:    controls("BKP-04"),
	Closes:      "a successful run of the job",
	Subjects:    func(in *Input) []Subject { return in.withSilent(in.systemsWithJobs(isBackup)) },
	Judge:       func(in *Input, s Subject) Answer { return in.judgeJobs(s, isBackup, 0) },
}

// jobFailing (MON-06) finds every other scheduled job that fails and that
// nobody mends.
var jobFailing = Check{
	ID:          "MON-06",
	Question:    "Does every scheduled job succeed?",
	Why:         "A failed job that is taken for a passing fault grows into an outage.",
	Needs:       []string{evidence.Jobs},
	Rests:       []string{evidence.Inventory},
	Discipline:  Monitoring,
	Consequence: Downtime,
	Gap:         Visibility,
	Limit:       jobFailuresLimit,
	LimitFrom:   "judgement",
	Controls:    controls("MON-06"),
	Closes:      "a successful run of the job",
	Subjects:    func(in *Input) []Subject { return in.withSilent(in.systemsWithJobs(isOther)) },
	Judge:       func(in *Input, s Subject) Answer { return in.judgeJobs(s, isOther, in.Policy.JobFailures.For) },
}

func isBackup(j *job) bool { return j.Kind == evidence.JobBackup }
func isOther(j *job) bool  { return j.Kind != evidence.JobBackup }

func jobFailuresLimit(p config.Policy) string {
	return p.Limit("job-failures.in-a-row").Text() + " in a row, or failing for " + p.Limit("job-failures.for").Text()
}

func integrityLimit(p config.Policy) string {
	return p.Limit("integrity-failures").Text() + " after the last good one"
}

// systemsWithJobs are the systems that have such jobs, and each such job that
// names no system.
func (in *Input) systemsWithJobs(such func(*job) bool) []Subject {
	var out []Subject
	for system, jobs := range in.index().jobs {
		if s := in.index().systems[system]; s != nil && !in.judged(s) {
			continue
		}
		for _, j := range jobs {
			switch {
			case !such(j):
				continue
			case system == "":
				out = append(out, Subject{Kind: "job", ID: j.Name, Name: j.Name})
			default:
				out = append(out, systemSubject(system))
			}
		}
	}
	slices.SortFunc(out, func(a, b Subject) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID)) })
	return slices.CompactFunc(out, func(a, b Subject) bool { return a.Kind == b.Kind && a.ID == b.ID })
}

// jobsAbout are the jobs that a subject is about.
func (in *Input) jobsAbout(s Subject, such func(*job) bool) []*job {
	var out []*job
	for _, j := range in.index().jobs[s.System] {
		if such(j) && (s.Kind != "job" || j.Name == s.ID) {
			out = append(out, j)
		}
	}
	return out
}

// judgeJobs answers for each job of a subject. failing for so long is a
// failure however few runs there were; 0 asks for runs only.
func (in *Input) judgeJobs(s Subject, such func(*job) bool, failingFor time.Duration) Answer {
	if s.Kind == "service" {
		return Answer{Says: say("No run of such a job is on record for what {} needs.", s.Name)}
	}
	return answers(in.jobsAbout(s, such), func(j *job) Answer {
		a := in.judgeStreak(j, failingFor)
		if s.Kind != "job" {
			a.Part = j.Name
		}
		return a
	})
}

// answers is the answer about the first of several parts, with those about
// the others in it.
func answers[T any](parts []T, judge func(T) Answer) Answer {
	var out Answer
	for i, p := range parts {
		if a := judge(p); i == 0 {
			out = a
		} else {
			out.More = append(out.More, a)
		}
	}
	return out
}

func (in *Input) judgeStreak(j *job, failingFor time.Duration) Answer {
	k := j.streak()
	limit := in.Policy.JobFailures.InARow
	lasting := func(runs []*evidence.JobRun) bool {
		return failingFor > 0 && len(runs) > 0 && !runs[0].At.IsZero() && in.AsOf.Sub(runs[0].At) >= failingFor
	}
	switch {
	case len(k.Failed) >= limit || lasting(k.Failed):
		return Answer{State: Failed, Says: in.failedInARow(j, k), Sources: append(places(k.Good), runPlaces(k.Failed)...), Drift: "job failing"}
	case k.Good == nil:
		return Answer{Says: say("No successful run of {} is on record.", j.called()), Sources: runPlaces(j.Runs), Drift: "job failing"}
	case len(k.Failed)+len(k.Open) >= limit || lasting(k.Open):
		return Answer{
			Says:    say("How the last run of {} ended is not recorded; the last good one is of {}.", j.called(), in.goodRun(j, k)),
			Sources: append(places(k.Good), runPlaces(k.Open)...), Drift: "job failing",
		}
	case in.older(k.Good.At, in.Policy.DataAge):
		return Answer{
			State: Stale, Says: say("The last good run of {} is of {}, {} ago.", j.called(), in.goodRun(j, k), in.since(k.Good.At, "the last good run", k.Good.Pos)),
			Sources: places(k.Good), Drift: "job failing",
		}
	case len(k.Failed) > 0:
		return Answer{
			State: Proven, Says: join(in.failedInARow(j, k), say("That is inside the limit; the last good run is of {}.", in.goodRun(j, k))),
			Sources: append(places(k.Good), runPlaces(k.Failed)...),
		}
	}
	return Answer{State: Proven, Says: join(in.ranThisMonth(j), say("The last good run is of {}.", in.goodRun(j, k))), Sources: places(k.Good)}
}

func (in *Input) goodRun(j *job, k streak) evidence.Figure {
	return in.on(k.Good.At, "last successful run of "+j.Name, k.Good.Pos)
}

// failedInARow is the sentence about a streak: "Snapshot clean-up failed 8 runs
// in a row since 12 April."
func (in *Input) failedInARow(j *job, k streak) evidence.Statement {
	failed := evidence.Counted(len(k.Failed), "run", "runs", "count(jobs where job = "+j.Name+", result = failed, after its last success)", runPlaces(k.Failed)...)
	row := ""
	if len(k.Failed) > 1 {
		row = " in a row"
	}
	if k.Failed[0].At.IsZero() {
		return say("{} failed {}{}.", j.title(), failed, row)
	}
	return say("{} failed {}{} since {}.", j.title(), failed, row,
		in.by(k.Failed[0].At, "first failed run of "+j.Name+" after its last success", k.Failed[0].Pos))
}

// ranThisMonth says how a job ran in the month of as-of: "Nightly snapshots 31
// of 31 successful in May." Empty when it did not run.
func (in *Input) ranThisMonth(j *job) evidence.Statement {
	asOf := in.zoned(in.AsOf)
	var ran []*evidence.JobRun
	for _, r := range j.Runs {
		if t := in.zoned(r.At); t.Year() == asOf.Year() && t.Month() == asOf.Month() && r.Result != evidence.Skipped {
			ran = append(ran, r)
		}
	}
	if len(ran) == 0 {
		return evidence.Statement{}
	}
	good := withResult(ran, evidence.Success)
	month := asOf.Format("2006-01")
	_, many := j.nouns()
	subject := many
	if word := every(j.cadence(in.Policy.CadenceRuns)); word != "" {
		subject = word + " " + many
	}
	if many == "runs" {
		subject = j.title() + ":"
	}
	return say("{} {} of {} successful in {}.", upper(subject),
		evidence.Count(len(good), "count(jobs where job = "+j.Name+", result = success, in "+month+")", runPlaces(good)...),
		evidence.Count(len(ran), "count(jobs where job = "+j.Name+", in "+month+")", runPlaces(ran)...),
		asOf.Format("January"))
}

// places is the row of a run; none when there is no run.
func places(r *evidence.JobRun) []diag.Pos {
	if r == nil {
		return nil
	}
	return at(r.Pos)
}
