package assess

import (
	"slices"
	"strings"

	"proofpack/generator/evidence"
)

// fixValidated (MON-10) asks what shows that a fix works.
var fixValidated = Check{
	ID:          "MON-10",
	Question:    "Does a later good record show that every fix works?",
	Why:         "Fixed on paper is a hope until something later shows it.",
	Needs:       []string{evidence.Restores, evidence.Incidents, evidence.Jobs},
	Rests:       []string{evidence.Restores},
	Discipline:  Recovery,
	Consequence: Downtime,
	Gap:         UntestedRecovery,
	Limit:       limitOf("fix-validated"),
	LimitFrom:   "judgement",
	Controls:    controls("MON-10"),
	Closes:      "a full restore test with its integrity checked after the fix; for an outage also a change that names it and that a person verified",
	Subjects:    fixes,
	Judge:       judgeFixValidated,
}

// fixes are the lessons that are said to be fixed, and the integrity jobs that
// succeed again after they failed.
func fixes(in *Input) []Subject {
	var out []Subject
	for _, l := range in.lessons() {
		if l.State == LessonFixed || l.State == LessonConfirmed {
			out = append(out, l.Subject)
		}
	}
	for _, j := range in.jobsAgain() {
		out = append(out, Subject{Kind: "job", ID: j.Name, Name: j.Name, System: j.System})
	}
	slices.SortStableFunc(out, bySubject)
	return slices.CompactFunc(out, func(a, b Subject) bool { return bySubject(a, b) == 0 })
}

// jobsAgain are the integrity jobs whose last run is good and that did not
// always succeed, with the first good run since.
func (in *Input) jobsAgain() []*again {
	var out []*again
	for i := range in.Systems {
		for _, j := range in.jobsOfKind(in.Systems[i].ID, evidence.JobIntegrity) {
			var first *evidence.JobRun
			broken, failed := false, false
			for _, r := range j.Runs {
				switch {
				case r.Result == evidence.Success && broken && first == nil:
					first = r
				case r.Result != evidence.Success && r.Result != evidence.Skipped:
					broken, first = true, nil
					failed = failed || r.Result == evidence.Failed
				}
			}
			if first != nil {
				out = append(out, &again{job: j, First: first, Failed: failed})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b *again) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// An again is a job that succeeds again.
type again struct {
	*job
	First  *evidence.JobRun // the first good run after the last that was none
	Failed bool             // a run before it failed; else how one ended is not recorded
}

func judgeFixValidated(in *Input, s Subject) Answer {
	if s.Kind == "job" {
		return in.judgeAgain(s)
	}
	return in.judgeLessons(s, func(l *Lesson) (Answer, bool) {
		if l.State != LessonFixed && l.State != LessonConfirmed {
			return Answer{}, false
		}
		name, fixed := l.Subject.Name, in.on(l.Fixed, "lesson_fixed_on of "+l.Subject.Name, l.Pos)
		switch {
		case l.State == LessonConfirmed:
			return Answer{
				State: Proven, Says: say("The fix of {} on {} is confirmed by {} of {}.", name, fixed, l.By, in.on(l.ByOn, "day of "+l.By, l.ByPos)),
				Sources: at(l.Pos, l.ByPos),
			}, true
		case in.older(l.Fixed, in.Policy.FixValidated):
			return Answer{
				State: Failed, Says: say("The lesson of {} was fixed on {}, {} ago, and no later record confirms it.", name, fixed, in.since(l.Fixed, "lesson_fixed_on of "+name, l.Pos)),
				Sources: at(l.Pos), Drift: "fixed, not validated",
			}, true
		}
		return Answer{Says: say("The lesson of {} was fixed on {}; no later record confirms it yet.", name, fixed), Sources: at(l.Pos), Drift: "fixed, not validated"}, true
	})
}

// judgeAgain asks of an integrity job that succeeds again for the restore that
// shows that what it checks can be used.
func (in *Input) judgeAgain(s Subject) Answer {
	var out Answer
	for _, j := range in.jobsAgain() {
		if j.Name != s.ID || j.System != s.System {
			continue
		}
		good := in.on(j.First.At, "first good run of "+j.Name, j.First.Pos)
		a := Answer{
			Says:    say("{} succeeds again since {}; no full restore with its integrity checked is on record since.", j.Name, good),
			Sources: at(j.First.Pos), Drift: "fixed, not validated",
		}
		if in.older(j.First.At, in.Policy.FixValidated) {
			a.State = Failed
		}
		if !j.Failed { // a proof must not rest on what is not recorded
			a.State, a.Says = Missing, say("{} succeeds since {}; how a run before it ended is not recorded.", j.Name, good)
		}
		for _, r := range in.index().restores[j.System] {
			if j.Failed && soundFull(r) && r.TestedOn.After(j.First.At) {
				a = Answer{State: Proven, Says: say("{} succeeds again since {}, and the restore of {} was sound.", j.Name, good, in.testedOn(r)), Sources: at(j.First.Pos, r.Pos)}
				break
			}
		}
		if out.Says.Empty() || Worse(a.State, out.State) {
			out = a
		}
	}
	return out
}
