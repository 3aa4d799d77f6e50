package assess

import (
	"slices"
	"strings"

	"proofpack/generator/evidence"
)

// lessonDone (BKP-09) asks what came of what a test or an outage taught.
var lessonDone = Check{
	ID:          "BKP-09",
	Question:    "Is the lesson of every restore test and every outage on record, and fixed by its due date?",
	Why:         "A lesson nobody mended is the next outage, already known.",
	Needs:       []string{evidence.Restores, evidence.Incidents},
	Discipline:  Recovery,
	Consequence: Downtime,
	Gap:         UntestedRecovery,
	Limit:       always("due date before as-of"),
	LimitFrom:   "judgement",
	Controls:    controls("BKP-09"),
	Closes:      "the date the lesson was fixed, or the word none where there was nothing to mend",
	Subjects:    lessonSubjects,
	Judge:       judgeLessonDone,
}

// lessonSubjects are every restore test and every incident, each with its
// lesson or without one, and each service that no restore test is of.
func lessonSubjects(in *Input) []Subject {
	var out []Subject
	for _, l := range in.lessons() {
		out = append(out, l.Subject)
	}
	slices.SortStableFunc(out, bySubject)
	return in.withSilent(slices.CompactFunc(out, func(a, b Subject) bool { return bySubject(a, b) == 0 }))
}

func bySubject(a, b Subject) int {
	if a.Kind != b.Kind {
		return strings.Compare(a.Kind, b.Kind)
	}
	return strings.Compare(a.ID, b.ID)
}

// judgeLessons judges the lessons of a subject; of several under one key the
// worse counts.
func (in *Input) judgeLessons(s Subject, judge func(*Lesson) (Answer, bool)) Answer {
	var out Answer
	lessons := in.lessons()
	for i := range lessons {
		l := &lessons[i]
		if bySubject(l.Subject, s) != 0 {
			continue
		}
		if a, ok := judge(l); ok && (out.Says.Empty() || Worse(a.State, out.State)) {
			out = a
		}
	}
	return out
}

func judgeLessonDone(in *Input, s Subject) Answer {
	if s.Kind == "service" {
		return Answer{Says: say("No restore test and no outage of {} is on record, so no lesson is.", s.Name)}
	}
	return in.judgeLessons(s, func(l *Lesson) (Answer, bool) { return in.lessonDone(l), true })
}

func (in *Input) lessonDone(l *Lesson) Answer {
	rows, name := at(l.Pos), l.Subject.Name
	due := in.on(l.Due, "lesson_due of "+name, l.Pos)
	switch l.State {
	case LessonNone:
		return Answer{Says: say("{} records no lesson, so it stays open.", upper(name)), Sources: rows}
	case LessonNothing:
		return Answer{State: Proven, Says: say("{} records that there was nothing to mend.", upper(name)), Sources: rows}
	case LessonFixed, LessonConfirmed:
		fixed := in.on(l.Fixed, "lesson_fixed_on of "+name, l.Pos)
		if !l.Due.IsZero() && l.Fixed.After(l.Due) {
			return Answer{State: Proven, Says: say("The lesson of {} was fixed on {}, after it was due on {}.", name, fixed, due), Sources: rows}
		}
		return Answer{State: Proven, Says: say("The lesson of {} was fixed on {}.", name, fixed), Sources: rows}
	case LessonOpen:
	}
	owner := in.lessonOwner(l)
	switch {
	case l.Late(in.AsOf):
		return Answer{
			State: Failed, Says: join(say("The lesson of {} is open and was due on {}, {} ago.", name, due, in.since(l.Due, "lesson_due of "+name, l.Pos)), owner),
			Sources: rows, Drift: "open lesson",
		}
	case l.Due.IsZero():
		return Answer{Says: join(say("The lesson of {} is open, and nothing says until when it is to be fixed.", name), owner), Sources: rows, Drift: "open lesson"}
	}
	return Answer{Says: join(say("The lesson of {} is open; it is due on {}.", name, due), owner), Sources: rows}
}

// lessonOwner says who fixes a lesson, and that nobody does.
func (in *Input) lessonOwner(l *Lesson) evidence.Statement {
	if strings.TrimSpace(l.Owner) == "" {
		return say("Nobody is named to fix it.")
	}
	return say("{} is to fix it.", l.Owner)
}
