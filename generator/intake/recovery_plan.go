package intake

import (
	"math"

	"proofpack/generator/evidence"
)

// readStep reads one step of a written recovery order.
func readStep(r *row, set *evidence.Set) {
	s := evidence.PlanStep{
		Pos: r.pos(), Service: r.name("service_id"), System: r.name("system"), Needs: r.list("needs"),
		Owner: r.person("owner"), Runbook: r.text("runbook"), Updated: r.day("updated"), ExpectedMinutes: r.minutes("expected_minutes"),
	}
	if s.Service == "" {
		r.reject("service_id is empty")
	}
	if s.System == "" {
		r.reject("system is empty")
	}
	n := r.number("step")
	if !n.Known || n.Value != math.Trunc(n.Value) || n.Value < 0 || n.Value > 100_000 {
		v, _ := r.cell("step")
		r.reject("step " + quoted(clip(v)) + " is no whole number")
	}
	s.Step = int(n.Value)
	r.identify(s.Service, s.System, r.text("step"))
	if r.ok() {
		set.Plan = append(set.Plan, s)
	}
}

func stepNames(set *evidence.Set, visit visitor) {
	for i := range set.Plan {
		s := &set.Plan[i]
		visit(mention{pos: s.Pos, name: &s.System, subject: true})
		for k := range s.Needs {
			visit(mention{pos: s.Pos, name: &s.Needs[k], end: true})
		}
	}
}
