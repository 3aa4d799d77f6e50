package assess

import (
	"proofpack/generator/evidence"
)

// closedNotMended (X14): an incident is closed while a lesson of it, or of a
// restore test of what failed, is open past its due date; or nothing was
// changed since. One an incident: the lesson before the change.
func closedNotMended(in *Input) []Contradiction {
	var out []Contradiction
	for i := range in.Incidents {
		n := &in.Incidents[i]
		if !n.IsClosed {
			continue
		}
		s := incidentSubject(n)
		a := Quote{Pos: n.Pos, Text: s.Name + " " + n.State}
		if l := in.lateLesson(n); l != nil {
			due := in.on(l.Due, "lesson_due of "+l.Subject.Name, l.Pos)
			b := Quote{Pos: l.Pos, Text: "lesson of " + l.Subject.Name + " due " + evidence.Day(in.zoned(l.Due)) + ", not fixed"}
			if l.Subject.Kind == "restore" {
				b.DataSet = evidence.Restores
			}
			out = append(out, Contradiction{Subject: s, Says: say("{} is closed, and the lesson of {} is open since it was due on {}.", s.Name, l.Subject.Name, due), A: a, B: b})
			continue
		}
		if !in.usable(evidence.Changes) || in.changedSince(n) {
			continue // without change records nobody can say that nothing was changed
		}
		out = append(out, Contradiction{
			Subject: s, Says: say("{} is closed, and no change since it began names it or what failed in it.", s.Name),
			A: a, B: Quote{DataSet: evidence.Changes, Text: "no change for " + s.Name},
		})
	}
	return out
}

// lateLesson is the lesson of an incident, or of a restore test of the system
// that failed first, that is open past its due date; nil when none is.
func (in *Input) lateLesson(n *evidence.Incident) *Lesson {
	lessons := in.lessons()
	var found *Lesson
	for i := range lessons {
		l := &lessons[i]
		switch {
		case !l.Late(in.AsOf):
		case l.Pos == n.Pos:
			return l
		case found == nil && l.incident == "" && l.system != "" && l.system == n.RootSystem:
			found = l
		}
	}
	return found
}

// changedSince tells whether a change that was carried out names an incident,
// or was made since it began to the system that failed first or to what that
// needs. Of an incident that names no such system nothing can be said.
func (in *Input) changedSince(n *evidence.Incident) bool {
	if n.RootSystem == "" {
		return true
	}
	for i := range in.Changes {
		c := &in.Changes[i]
		if !MaybeImplemented(c) {
			continue
		}
		if namesIncident(c, n.ID) {
			return true
		}
	}
	for _, id := range in.restsUpon(n.RootSystem) {
		for _, c := range in.index().changes[id] {
			if MaybeImplemented(c) && !changeEnd(c).Before(n.Started) {
				return true
			}
		}
	}
	return false
}
