package assess

import (
	"strings"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// runbookThere (DOC-01) asks for a runbook behind every step.
var runbookThere = Check{
	ID:          "DOC-01",
	Question:    "Is there a runbook for every step of every service's recovery?",
	Why:         "What stands in one person's head is on leave when that person is.",
	Needs:       []string{evidence.RecoveryPlan},
	Discipline:  Documentation,
	Consequence: Downtime,
	Gap:         UntestedRecovery,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("DOC-01"),
	Closes:      "the id of a runbook in every step of the recovery plan",
	Subjects:    everyService,
	Judge:       judgeRunbookThere,
}

// planAge (DOC-02) asks whether the plan is of the systems as they are.
var planAge = Check{
	ID:          "DOC-02",
	Question:    "Was every recovery plan updated lately?",
	Why:         "An old plan restores the systems of another time.",
	Needs:       []string{evidence.RecoveryPlan},
	Discipline:  Documentation,
	Consequence: Downtime,
	Gap:         UntestedRecovery,
	Limit:       limitOf("plan-age"),
	LimitFrom:   "judgement",
	Controls:    controls("DOC-02"),
	Closes:      "a date in the updated column of every step, inside the limit",
	Subjects:    everyService,
	Judge:       judgePlanAge,
}

func judgeRunbookThere(in *Input, s Subject) Answer {
	of, rows, without := in.planSteps(s, func(p *evidence.PlanStep) bool { return strings.TrimSpace(p.Runbook) == "" })
	switch {
	case len(rows) == 0:
		return Answer{Says: say("No runbook is on record for {}.", s.Name), Drift: "no runbook"}
	case len(without) > 0:
		return Answer{
			Says: say("{} of {} {} no runbook.", evidence.Count(len(without), "count(recovery plan where service = "+s.ID+", runbook is blank)", without...), of,
				evidence.Noun(len(without), "names", "name")),
			Sources: without, Drift: "no runbook",
		}
	}
	return Answer{State: Proven, Says: say("Every one of {} names its runbook.", of), Sources: rows}
}

// planSteps counts the steps of a service's recovery plan, with their rows and
// the rows of those that lack something.
func (in *Input) planSteps(s Subject, lacks func(*evidence.PlanStep) bool) (of evidence.Figure, rows, without []diag.Pos) {
	for _, p := range in.index().plan[s.ID] {
		rows = append(rows, p.Pos)
		if lacks(p) {
			without = append(without, p.Pos)
		}
	}
	return evidence.Counted(len(rows), "step", "steps", "count(recovery plan where service = "+s.ID+")", rows...), rows, without
}

func judgePlanAge(in *Input, s Subject) Answer {
	var oldest *evidence.PlanStep
	for _, p := range in.index().plan[s.ID] {
		if oldest == nil || p.Updated.Before(oldest.Updated) {
			oldest = p // a step without a date is the oldest
		}
	}
	switch {
	case oldest == nil:
		return Answer{Says: say("No recovery plan is on record for {}.", s.Name), Drift: "old plan"}
	case oldest.Updated.IsZero():
		return Answer{Says: say("When step {} of the plan was updated is not on record.", step(oldest)), Sources: at(oldest.Pos), Drift: "old plan"}
	case in.older(oldest.Updated, in.Policy.PlanAge):
		return Answer{State: Stale, Says: say("Last updated {} ago.", in.since(oldest.Updated, "the oldest updated of the plan", oldest.Pos)), Sources: at(oldest.Pos), Drift: "old plan"}
	}
	return Answer{State: Proven, Says: say("Last updated on {}.", in.on(oldest.Updated, "oldest updated of the plan", oldest.Pos)), Sources: at(oldest.Pos)}
}

func step(p *evidence.PlanStep) evidence.Figure {
	return evidence.Figure{Text: evidence.Whole(p.Step), Value: float64(p.Step), Unit: "step", Formula: "step of the row", Sources: at(p.Pos)}
}

// newestUpdate is the newest date of a plan's steps; nil when a step has none.
func newestUpdate(steps []*evidence.PlanStep) (time.Time, *evidence.PlanStep) {
	var newest *evidence.PlanStep
	for _, p := range steps {
		if p.Updated.IsZero() {
			return time.Time{}, nil
		}
		if newest == nil || p.Updated.After(newest.Updated) {
			newest = p
		}
	}
	if newest == nil {
		return time.Time{}, nil
	}
	return newest.Updated, newest
}
