package intake

import (
	"strings"
	"time"

	"proofpack/generator/evidence"
)

// overStates are words of a state that say that an outage is over and done
// with.
var overStates = map[string]bool{
	"closed": true, "closed complete": true, "done": true, "resolved": true, "solved": true, "complete": true, "completed": true, "finished": true,
}

// readIncident reads one outage. One that began on a day without a time began
// with that day, and one that ended on such a day ended with it: the longest
// that the row can mean. An end later than as-of has not come yet.
func readIncident(r *row, set *evidence.Set) {
	n := evidence.Incident{
		Pos: r.pos(), ID: r.key("incident_id"), Service: r.name("service_id"), RootSystem: r.name("root_system"), SystemsDown: r.list("systems_down"),
		Cost: r.money("cost"), CostParts: r.parts("cost_parts"),
		EscalationOwner: r.person("escalation_owner"), EscalatedOn: r.day("escalated_on"),
		State: r.text("state"), Runbook: r.text("runbook"),
		Lesson: r.text("lesson"), LessonOwner: r.person("lesson_owner"), LessonDue: r.day("lesson_due"), LessonFixed: r.day("lesson_fixed_on"),
	}
	if n.Service == "" {
		r.reject("service_id is empty")
	}
	n.IsClosed = overStates[foldWords(n.State)]
	n.Started = r.when("started")
	if !n.Started.IsZero() && !r.hasClock("started") {
		n.Started = time.Date(n.Started.Year(), n.Started.Month(), n.Started.Day(), 0, 0, 0, 0, n.Started.Location())
	}
	n.Restored = r.day("restored")
	switch v, col := r.cell("restored"); {
	case n.Restored.IsZero():
	case n.Restored.Before(n.Started):
		r.bad("restored", col, v, "bad-date", "is before the outage began")
		n.Restored = time.Time{}
	case later(n.Restored, r.opts.AsOf):
		r.say(issue{code: "not-yet", column: "restored", col: col, text: "%[1]q is later than as-of: the outage counts as going on", note: true}, v)
		n.Restored = time.Time{}
	}
	r.identify(n.ID)
	if r.ok() {
		set.Incidents = append(set.Incidents, n)
	}
}

// incidentNames are the systems that an outage names. The one that failed
// first is usually among those that were down.
func incidentNames(set *evidence.Set, visit visitor) {
	for i := range set.Incidents {
		n := &set.Incidents[i]
		visit(mention{pos: n.Pos, name: &n.RootSystem, subject: true})
		for k := range n.SystemsDown {
			visit(mention{pos: n.Pos, name: &n.SystemsDown[k], subject: true, again: strings.EqualFold(n.SystemsDown[k], n.RootSystem)})
		}
	}
}
