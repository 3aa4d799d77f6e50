package assess

import (
	"proofpack/generator/evidence"
)

// planOwned (BKP-12) asks for a person behind every step. That each step comes
// after what it needs is BKP-08.
var planOwned = Check{
	ID:          "BKP-12",
	Question:    "Does a named person do every step of every service's recovery?",
	Why:         "In an outage a step that is nobody's waits until somebody asks whose it is.",
	Needs:       []string{evidence.RecoveryPlan},
	Rests:       []string{evidence.Services},
	Discipline:  Recovery,
	Consequence: Downtime,
	Gap:         UntestedRecovery,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("BKP-12"),
	Closes:      "the name of a person in every step of the recovery plan",
	Subjects:    everyService,
	Judge:       judgePlanOwned,
}

func judgePlanOwned(in *Input, s Subject) Answer {
	of, rows, without := in.planSteps(s, func(p *evidence.PlanStep) bool { return !evidence.IsPerson(p.Owner) })
	switch {
	case len(rows) == 0:
		return Answer{Says: say("No recovery step of {} is on record, and nobody who does it.", s.Name), Drift: "recovery step without owner"}
	case len(without) > 0:
		return Answer{
			Says: say("{} of {} {} no person who does it.", evidence.Count(len(without), "count(recovery plan where service = "+s.ID+", owner is no person)", without...), of,
				evidence.Noun(len(without), "names", "name")),
			Sources: without, Drift: "recovery step without owner",
		}
	}
	return Answer{State: Proven, Says: say("A person is named for every one of {}.", of), Sources: rows}
}
