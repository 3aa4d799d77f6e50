package assess

import (
	"proofpack/generator/evidence"
)

// jobMissed (MON-09) finds runs that should have been and were not.
var jobMissed = Check{
	ID:          "MON-09",
	Question:    "Did every expected run of every job happen?",
	Why:         "A job that does not start raises no alarm.",
	Needs:       []string{evidence.Jobs},
	Rests:       []string{evidence.Inventory},
	Discipline:  Monitoring,
	Consequence: Downtime,
	Gap:         Visibility,
	Limit:       limitOf("missed-runs"),
	LimitFrom:   "judgement",
	Controls:    controls("MON-09"),
	Closes:      "a row for each expected run",
	Subjects:    func(in *Input) []Subject { return in.withSilent(in.systemsWithJobs(anyJob)) },
	Judge:       judgeJobMissed,
}

func anyJob(*job) bool { return true }

func judgeJobMissed(in *Input, s Subject) Answer {
	if s.Kind == "service" {
		return Answer{Says: say("No run of any job is on record for what {} needs.", s.Name)}
	}
	return answers(in.jobsAbout(s, anyJob), func(j *job) Answer {
		a := in.judgeMissed(j)
		if s.Kind != "job" {
			a.Part = j.Name
		}
		return a
	})
}

func (in *Input) judgeMissed(j *job) Answer {
	cadence := j.cadence(in.Policy.CadenceRuns)
	gone := j.missed(cadence, in.Policy.MissedRuns, in)
	rows := runPlaces(j.Runs)
	n := evidence.Counted(len(j.Runs), "run", "runs", "count(jobs where job = "+j.Name+")", rows...)
	switch {
	case cadence == 0:
		return Answer{Says: say("How often {} runs is not declared, and {} on record cannot tell.", j.called(), n), Sources: rows}
	case gone.N > 0:
		return Answer{State: Failed, Says: in.missedRuns(j, gone), Sources: rows, Drift: "missed run"}
	case len(j.times()) == 0:
		return Answer{Says: say("No run of {} has a date.", j.called()), Sources: rows}
	}
	return Answer{State: Proven, Says: say("No expected run of {} is missing; {} on record.", j.called(), n.As(
		evidence.Of(len(j.Runs), "run is", "runs are"))), Sources: rows}
}

// missedRuns is the sentence about runs that did not happen: "1 expected run of
// the consistency check DBCHECK-APP-02 did not happen: 17 May."
func (in *Input) missedRuns(j *job, gone absence) evidence.Statement {
	rows := runPlaces(j.Runs)
	formula := "dates at which " + j.Name + " was due by its cadence and has no run"
	args := []any{evidence.Counted(gone.N, "expected run", "expected runs", "count("+formula+")", rows...), j.called()}
	format := "{} of {} did not happen: "
	for i, due := range gone.First {
		if i > 0 {
			format += ", "
		}
		format += "{}"
		args = append(args, in.by(due, formula, rows...))
	}
	if more := gone.N - len(gone.First); more > 0 {
		format += " and {} more"
		args = append(args, evidence.Count(more, "those not named", rows...).As(evidence.Whole(more)))
	}
	return say(format+".", args...)
}
