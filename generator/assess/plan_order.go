package assess

import (
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/graph"
)

// planOrder (BKP-08) compares the written recovery order with what needs what.
var planOrder = Check{
	ID:          "BKP-08",
	Question:    "Is there a written recovery order that can work?",
	Why:         "An order that starts a system before what it needs stops at that step.",
	Needs:       []string{evidence.RecoveryPlan, evidence.Inventory},
	Rests:       []string{evidence.Dependencies, evidence.Services},
	Discipline:  Recovery,
	Consequence: Downtime,
	Gap:         UntestedRecovery,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("BKP-08"),
	Closes:      "a recovery plan with a step for every system the service needs, each after what it needs",
	Subjects:    everyService,
	Judge:       judgePlanOrder,
}

func judgePlanOrder(in *Input, s Subject) Answer {
	steps := in.index().plan[s.ID]
	rows := positions(steps, func(p *evidence.PlanStep) diag.Pos { return p.Pos })
	cycles := in.Graph.CyclesOf(s.ID)
	none, absent := in.absent(evidence.RecoveryPlan)
	problems := in.Graph.PlanProblems(in.Set, s.ID)
	switch {
	case len(steps) == 0 && len(cycles) > 0:
		return Answer{State: Failed, Says: say("{}: no order can hold them.", graph.CycleText(cycles[0])), Sources: in.cycleRows(cycles[0]), Drift: "no recovery order"}
	case absent:
		return Answer{Says: none, Drift: "no recovery order"}
	case len(steps) == 0:
		return Answer{Says: say("No recovery order is written for {}.", s.Name), Drift: "no recovery order"}
	case len(problems) > 0:
		for _, p := range problems {
			rows = append(rows, p.Sources...)
		}
		return Answer{State: Failed, Says: in.planSays(problems, steps), Sources: diag.Unique(rows), Drift: "recovery order does not work"}
	case len(in.Graph.Needs(s.ID)) == 0:
		return Answer{Says: say("A recovery order is written for {}, and no export says what the service needs.", s.Name), Sources: rows, Drift: "no recovery order"}
	}
	return Answer{
		State: Proven, Says: say("The written recovery order holds everything that {} needs in {}, each after what it needs.", s.Name,
			evidence.Counted(len(steps), "step", "steps", "count(recovery plan where service = "+s.ID+")", rows...)),
		Sources: rows,
	}
}

// planSays names what a plan misses in one sentence, and each other problem in
// one of its own.
func (in *Input) planSays(problems []graph.PlanProblem, steps []*evidence.PlanStep) evidence.Statement {
	var lacks []string
	var others []evidence.Statement
	for _, p := range problems {
		if p.Lacks != "" {
			lacks = append(lacks, p.Lacks)
		} else {
			others = append(others, sentence(p.Says))
		}
	}
	if len(lacks) == 0 {
		return join(append([]evidence.Statement{say("The written recovery order cannot work:")}, others...)...)
	}
	first := say("Written recovery order misses {}.", evidence.And(lacks))
	if updated, row := newestUpdate(steps); row != nil {
		first = say("Written recovery order misses {}, last updated {} ago.", evidence.And(lacks),
			in.since(updated, "the newest updated of the plan", row.Pos))
	}
	return join(append([]evidence.Statement{first}, others...)...)
}

// sentence makes words that stand in a list into a sentence.
func sentence(s evidence.Statement) evidence.Statement {
	s.Format = upper(s.Format) + "."
	return s
}

// cycleRows are the rows of the edges of a cycle.
func (in *Input) cycleRows(cycle []string) []diag.Pos {
	var rows []diag.Pos
	for i, from := range cycle {
		for _, e := range in.Graph.Direct(from) {
			if e.To == cycle[(i+1)%len(cycle)] {
				rows = append(rows, e.Pos)
			}
		}
	}
	return rows
}
