package assess

import (
	"math"

	"proofpack/generator/evidence"
)

// costAddsUp (GOV-08) asks what an outage cost, in parts that add up.
var costAddsUp = Check{
	ID:          "GOV-08",
	Question:    "Do the cost parts of every outage add up to its cost?",
	Why:         "A sum that its parts do not make is an estimate of somebody's.",
	Needs:       []string{evidence.Incidents},
	Discipline:  Documentation,
	Consequence: AuditIssue,
	Gap:         OtherGap,
	Limit:       limitOf("cost-difference"),
	LimitFrom:   "judgement",
	Controls:    controls("GOV-08"),
	Closes:      "the cost of the outage and its parts, which add up to it",
	Subjects:    everyIncident,
	Judge:       judgeCostAddsUp,
}

func judgeCostAddsUp(in *Input, s Subject) Answer {
	return in.judgeIncidents(s, func(o *Outage) Answer {
		rows := at(o.Pos)
		cost, sum := in.CostFigure(o), in.PartsFigure(o)
		switch {
		case !o.Cost.Known && len(o.CostParts) == 0:
			return Answer{Says: say("What {} cost is not on record.", s.Name), Sources: rows, Drift: "cost of an outage not recorded"}
		case len(o.CostParts) == 0:
			return Answer{Says: say("{} cost {}, and its parts are not on record.", s.Name, cost), Sources: rows, Drift: "cost of an outage not recorded"}
		case !o.Cost.Known:
			return Answer{Says: say("The cost parts of {} add up to {}, and its whole cost is not on record.", s.Name, sum), Sources: rows, Drift: "cost of an outage not recorded"}
		case math.Abs(o.PartsSum-o.Cost.Value) > in.Policy.CostDifference+1e-6: // sums of cents are not exact
			return Answer{
				State: Failed, Says: say("The cost parts of {} add up to {}, and its cost is {}.", s.Name, sum, cost),
				Sources: rows, Drift: "cost parts do not add up",
			}
		}
		return Answer{State: Proven, Says: say("The {} of {} add up to its cost, {}.",
			evidence.Counted(len(o.CostParts), "cost part", "cost parts", "parts of cost_parts", o.Pos), s.Name, cost), Sources: rows}
	})
}

// CostFigure is what an outage cost, as a figure.
func (in *Input) CostFigure(o *Outage) evidence.Figure {
	return evidence.InMoney(o.Cost.Value, in.Currency, "cost of "+o.ID, o.Pos)
}

// PartsFigure is the sum of the cost parts of an outage, as a figure.
func (in *Input) PartsFigure(o *Outage) evidence.Figure {
	return evidence.InMoney(o.PartsSum, in.Currency, "sum of cost_parts of "+o.ID, o.Pos)
}
