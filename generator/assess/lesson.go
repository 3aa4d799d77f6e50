package assess

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// A LessonState is how far a lesson got. The zero value is the bad news.
type LessonState int

// The states of a lesson.
const (
	LessonNone      LessonState = iota // nothing was written: what was learned is not on record
	LessonOpen                         // written, not fixed
	LessonFixed                        // fixed by its date, confirmed by nothing later
	LessonConfirmed                    // a later good record confirms it
	LessonNothing                      // the row says that there was nothing to mend
)

// String is the word of the state, as printed.
func (s LessonState) String() string {
	switch s {
	case LessonOpen:
		return "open"
	case LessonFixed:
		return "fixed, not confirmed"
	case LessonConfirmed:
		return "fixed and confirmed"
	case LessonNothing:
		return "nothing to mend"
	case LessonNone:
	}
	return "none recorded"
}

// A Lesson is what a restore test or an outage taught, and what came of it.
type Lesson struct {
	Subject    Subject // the test or the incident
	Pos        diag.Pos
	At         time.Time // when it was learned: the test, or the end of the outage
	Text       string
	Owner      string
	Due, Fixed time.Time // zero: not recorded
	State      LessonState
	By         string // what confirmed it: "RST-92", "CHG-320"
	ByOn       time.Time
	ByPos      diag.Pos

	service, system string
	incident        string
}

// noLessons are words that say that there was nothing to mend.
var noLessons = map[string]bool{"none": true, "no lesson": true, "no lessons": true, "nothing": true, "nothing to mend": true, "no finding": true, "no findings": true}

// Lessons are the lessons of every restore test and every incident, in the
// order of the exports.
func Lessons(in *Input) []Lesson { return slices.Clone(in.lessons()) }

// lessons are the same, followed once.
func (in *Input) lessons() []Lesson {
	x := in.index()
	if x.lessons == nil {
		x.lessons = in.followLessons()
	}
	return x.lessons
}

func (in *Input) followLessons() []Lesson {
	out := make([]Lesson, 0, len(in.Restores)+len(in.Incidents))
	for i := range in.Restores {
		r := &in.Restores[i]
		l := Lesson{
			Subject: Subject{Kind: "restore", ID: cmp.Or(r.ID, r.Pos.String()), Name: testName(r), System: r.System, Service: r.Service},
			Pos:     r.Pos, At: r.TestedOn, Text: r.Lesson, Owner: r.LessonOwner, Due: r.LessonDue, Fixed: r.LessonFixed, system: r.System, service: r.Service,
		}
		out = append(out, in.follow(l))
	}
	for i := range in.Incidents {
		n := &in.Incidents[i]
		l := Lesson{
			Subject: incidentSubject(n), Pos: n.Pos, At: cmpTime(n.Restored, n.Started), Text: n.Lesson, Owner: n.LessonOwner, Due: n.LessonDue, Fixed: n.LessonFixed,
			system: n.RootSystem, service: n.Service, incident: n.ID,
		}
		out = append(out, in.follow(l))
	}
	return out
}

func cmpTime(times ...time.Time) time.Time {
	for _, t := range times {
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

// incidentSubject is an incident as checks are asked of it. It concerns the
// service that stopped, whatever else its row names.
func incidentSubject(n *evidence.Incident) Subject {
	return Subject{Kind: "incident", ID: cmp.Or(n.ID, n.Pos.String()), Name: cmp.Or(n.ID, n.Pos.String()), Service: n.Service}
}

// follow says how far a lesson got. A date of fixing after as-of is a plan.
func (in *Input) follow(l Lesson) Lesson {
	switch {
	case noLessons[strings.TrimRight(folded(l.Text), ".")] && l.Fixed.IsZero() && l.Due.IsZero():
		l.State = LessonNothing
	case l.Text == "" && l.Owner == "" && l.Due.IsZero() && l.Fixed.IsZero():
		l.State = LessonNone
	case l.Fixed.IsZero() || l.Fixed.After(in.AsOf):
		l.State = LessonOpen
	default:
		l.State = LessonFixed
		in.confirm(&l)
	}
	return l
}

// confirm looks for the first later record that shows that the fix holds: a
// full restore test with its integrity checked, of the same system or service;
// of an incident also a change that names it and that a person verified.
func (in *Input) confirm(l *Lesson) {
	confirmed := func(by string, on time.Time, at diag.Pos) {
		if l.ByOn.IsZero() || on.Before(l.ByOn) {
			l.State, l.By, l.ByOn, l.ByPos = LessonConfirmed, by, on, at
		}
	}
	tests := in.index().restores[l.system]
	if l.system == "" {
		tests = in.index().ofService[l.service]
	}
	for _, r := range tests {
		if r.Pos != l.Pos && soundFull(r) && r.TestedOn.After(l.Fixed) {
			confirmed(testName(r), r.TestedOn, r.Pos)
		}
	}
	if l.incident == "" {
		return
	}
	for i := range in.Changes {
		c := &in.Changes[i]
		if namesIncident(c, l.incident) && c.Implemented && !c.Cancelled && evidence.IsPerson(c.VerifiedBy) && changeEnd(c).After(l.Fixed) {
			confirmed(changeKey(c), changeEnd(c), c.Pos)
		}
	}
}

// soundFull tells whether a test is a dated full success with its integrity
// checked.
func soundFull(r *evidence.RestoreTest) bool {
	return full(r) && r.Result == evidence.Success && r.Integrity == evidence.Yes && !r.TestedOn.IsZero()
}

// namesIncident tells whether a change record says that it belongs to an
// incident.
func namesIncident(c *evidence.Change, id string) bool {
	return id != "" && slices.ContainsFunc(strings.FieldsFunc(c.Incident, func(r rune) bool { return r == ';' || r == ',' || r == ' ' }), func(w string) bool { return strings.EqualFold(w, id) })
}

// Late tells whether a lesson is open past its due date.
func (l *Lesson) Late(asOf time.Time) bool {
	return l.State == LessonOpen && !l.Due.IsZero() && l.Due.Before(asOf)
}
