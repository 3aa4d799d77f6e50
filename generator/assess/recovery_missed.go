package assess

import (
	"slices"
	"strings"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// missEscalated (INC-01) asks who was called when a recovery took too long.
var missEscalated = Check{
	ID:          "INC-01",
	Question:    "Was every outage that missed its recovery target escalated to a named person, on a date on record?",
	Why:         "A target that can be missed without anybody being called is a wish.",
	Needs:       []string{evidence.Incidents},
	Rests:       []string{evidence.Services},
	Discipline:  Recovery,
	Consequence: Downtime,
	Gap:         OtherGap,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("INC-01"),
	Closes:      "the person the outage was escalated to, and when",
	Subjects:    everyIncident,
	Judge:       judgeMissEscalated,
}

// escalationOwned (GOV-05) asks who is called the next time.
var escalationOwned = Check{
	ID:          "GOV-05",
	Question:    "Does every service name the person who is called when a recovery target is missed?",
	Why:         "In the hour a target is missed nobody should have to look for who decides.",
	Needs:       []string{evidence.Services},
	Discipline:  Recovery,
	Consequence: Downtime,
	Gap:         OtherGap,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("GOV-05"),
	Closes:      "the name of a person as escalation owner of the service",
	Subjects:    everyService,
	Judge:       judgeEscalationOwned,
	after:       true,
}

func judgeMissEscalated(in *Input, s Subject) Answer {
	return in.judgeIncidents(s, func(o *Outage) Answer {
		lasted := in.lasted(o)
		switch {
		case !o.Known:
			return Answer{Says: join(lasted, say("{} declares no recovery target to compare it with.", o.Name)), Sources: o.rows}
		case !o.Missed() && o.Open:
			return Answer{Says: join(lasted, say("It is not restored yet; the recovery target of {} is {}.", o.Name, o.TargetFigure())), Sources: o.rows}
		case !o.Missed():
			return Answer{State: Proven, Says: join(lasted, say("The recovery target of {} is {}.", o.Name, o.TargetFigure())), Sources: o.rows}
		}
		missed := say("The recovery target of {} was missed by {}", o.TargetFigure(), o.OverFigure())
		owner := strings.TrimSpace(o.EscalationOwner)
		bad := func(what string) Answer {
			return Answer{State: Failed, Says: join(lasted, ending(missed, what)), Sources: o.rows, Drift: "missed target not escalated"}
		}
		switch {
		case owner == "":
			return bad(", and no escalation owner is on record.")
		case !evidence.IsPerson(owner):
			return bad(", and was escalated to “" + owner + "”, which is no person.")
		case o.EscalatedOn.IsZero():
			return bad("; it was escalated to " + owner + ", and when is not on record.")
		}
		return Answer{
			State: Proven, Says: join(lasted, ending(missed, ";"), say("it was escalated to {} on {}.", owner, in.on(o.EscalatedOn, "escalated_on of "+o.ID, o.Pos))),
			Sources: o.rows,
		}
	})
}

// lasted begins the sentence about an outage: "INC-9 stopped Shipping for 15
// business hours (48 hours by the clock)."
func (in *Input) lasted(o *Outage) evidence.Statement {
	verb := "stopped"
	if o.Open {
		verb = "has stopped"
	}
	return say("{} "+verb+" {} for {} ({} by the clock).", o.ID, o.Name, o.BusinessFigure(), o.ElapsedFigure())
}

// ending puts words behind a statement, as they are.
func ending(s evidence.Statement, words string) evidence.Statement {
	s.Format += evidence.Word(words)
	return s
}

func judgeEscalationOwned(in *Input, s Subject) Answer {
	service := in.index().services[s.ID]
	missed, rows := in.missedTargets(s.ID)
	owner := strings.TrimSpace(service.EscalationOwner)
	rows = append(at(service.Pos), rows...)
	answer := Answer{Sources: rows, Drift: "no escalation owner"}
	what := evidence.And(missed)
	switch {
	case evidence.IsPerson(owner):
		return Answer{State: Proven, Says: say("When a recovery target of {} is missed, {} is called.", s.Name, owner), Sources: at(service.Pos)}
	case owner != "":
		answer.State, answer.Says = Failed, say("When a recovery target of {} is missed, “{}” is called, which is no person.", s.Name, owner)
	case len(missed) > 0:
		answer.State, answer.Says = Failed, say("{} names no escalation owner, and a recovery target of it was missed: {}.", s.Name, what)
	default:
		answer.Says = say("{} names no escalation owner.", s.Name)
	}
	return answer
}

// missedTargets are the outages, restore tests and backups of a service that
// missed a target, in words, with their rows.
func (in *Input) missedTargets(service string) (missed []string, rows []diag.Pos) {
	for i := range in.Incidents {
		if o := in.outage(&in.Incidents[i]); o.Service == service && o.Missed() {
			missed, rows = append(missed, o.ID), append(rows, o.Pos)
		}
	}
	for _, f := range in.found {
		if f.State != Failed || !slices.Contains(f.Services, service) {
			continue
		}
		switch f.Check.ID {
		case "BKP-02":
			missed, rows = append(missed, "the restore of "+f.Subject.Name), append(rows, f.Sources...)
		case "BKP-03":
			missed, rows = append(missed, "the backup of "+f.Subject.Name), append(rows, f.Sources...)
		}
	}
	slices.Sort(missed)
	return slices.Compact(missed), rows
}
