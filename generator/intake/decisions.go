package intake

import "proofpack/generator/evidence"

// readDecision reads one decision that is asked of leadership.
func readDecision(r *row, set *evidence.Set) {
	d := evidence.Decision{
		Pos: r.pos(), Decision: r.key("decision"), Why: r.text("why"), CostText: r.text("cost"),
		AskedBy: r.person("asked_by"), DecideBy: r.day("decide_by"), Closes: r.text("closes"),
	}
	if d.CostText != "" {
		d.Cost = r.money("cost")
	}
	r.identify(d.Decision)
	if r.ok() {
		set.Decisions = append(set.Decisions, d)
	}
}
