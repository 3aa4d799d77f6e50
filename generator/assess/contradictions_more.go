package assess

import (
	"strings"

	"proofpack/generator/evidence"
	"proofpack/generator/graph"
)

// closedNotDone (X05): a change ended, nobody verified it, and an alert of the
// same system came after it, or the system drifted without a change.
func closedNotDone(in *Input) []Contradiction {
	var out []Contradiction
	for _, s := range everySystem(in) {
		for _, c := range in.index().changes[s.ID] {
			if c.Cancelled || !c.Implemented || c.Ended.IsZero() || evidence.IsPerson(c.VerifiedBy) {
				continue
			}
			found := Contradiction{Subject: s, A: Quote{Pos: c.Pos, Text: changeKey(c) + " ended " + evidence.Day(in.zoned(c.Ended)) + ", verified by nobody"}}
			ended := in.on(c.Ended, "end of "+changeKey(c), c.Pos)
			if a := in.alertAfter(s.ID, c); a != nil {
				found.Says = say("{} ended on {} and nobody verified it; {} raised an alert on {}.", changeKey(c), ended, s.Name, in.on(a.Raised, "raised of "+a.ID, a.Pos))
				found.B = in.alertQuote(a, "raised", a.Raised.IsZero())
				out = append(out, found)
			} else if d := in.driftAfter(s.ID, c); d != nil {
				month := evidence.MonthName(in.Last().Name)
				found.Says = say("{} ended on {} and nobody verified it; the {} of {} is not what it was in {}, and no change on record made it so.", changeKey(c), ended, AttributeWords(d.Attribute), s.Name, month)
				found.B = Quote{DataSet: evidence.Inventory, Pos: d.Row, Text: s.ID + " " + AttributeWords(d.Attribute) + " " + d.Now + ", " + d.Was + " in " + month}
				out = append(out, found)
			}
		}
	}
	return out
}

// driftAfter is the first drift of a system that began after a change, inside
// the limit; nil when there is none. Drift is known by the month: it began
// after last month's as-of.
func (in *Input) driftAfter(system string, c *evidence.Change) *Drift {
	last := in.Last()
	if last == nil || c.Ended.After(last.AsOf) || last.AsOf.Sub(c.Ended) > in.Policy.DriftAfterChange {
		return nil
	}
	drifts := in.driftsOf(system, in.past(last).Kept[system], last)
	for i := range drifts {
		if drifts[i].Unrecorded() {
			return &drifts[i]
		}
	}
	return nil
}

// alertAfter is the first alert of a system after a change, inside the limit;
// nil when there is none.
func (in *Input) alertAfter(system string, c *evidence.Change) *evidence.Alert {
	var first *evidence.Alert
	for _, g := range in.index().signatures[system] {
		for _, a := range g.Alerts {
			if a.Raised.After(c.Ended) && a.Raised.Sub(c.Ended) <= in.Policy.DriftAfterChange && (first == nil || a.Raised.Before(first.Raised)) {
				first = a
			}
		}
	}
	return first
}

func (in *Input) alertQuote(a *evidence.Alert, what string, undated bool) Quote {
	words := a.ID + " " + a.Signature + " " + what
	if !undated {
		when := a.Raised
		if what != "raised" && !a.Closed.IsZero() {
			when = a.Closed
		}
		words += " " + evidence.Day(in.zoned(when))
	}
	return Quote{DataSet: evidence.Alerts, Pos: a.Pos, Text: words}
}

// closedAgain (X06): an alert was closed, and the same one came again inside
// the limit. One a signature: the last time.
func closedAgain(in *Input) []Contradiction {
	var out []Contradiction
	for _, s := range everySystem(in) {
		for _, g := range in.index().signatures[s.ID] {
			if r := in.reopened(g); r != nil && strings.TrimSpace(g.Name) != "" {
				out = append(out, in.ticketAgain(s, g, r))
				continue
			}
			var last *comeback
			n := 0
			for _, c := range g.comebacks(in.Policy.AlertRecurs, everyAlert) {
				if c.Sure {
					n++
					last = &c
				}
			}
			if last == nil || strings.TrimSpace(g.Name) == "" {
				continue
			}
			one, _ := g.nouns()
			out = append(out, Contradiction{
				Subject: s,
				Says: say("{} {} of {} was closed on {} and came again on {}.", article(one), one, s.Name,
					in.on(last.At, "closed of "+last.Closed.ID, last.Closed.Pos), in.on(last.Again.Raised, "raised of "+last.Again.ID, last.Again.Pos)),
				A: in.alertQuote(last.Closed, "closed", false), B: in.alertQuote(last.Again, "raised", false),
			})
		}
	}
	return out
}

// ticketAgain (X06): the ticket about an alert was closed, and the alert came
// again inside the limit.
func (in *Input) ticketAgain(s Subject, g *signature, r *reopening) Contradiction {
	one, _ := g.nouns()
	return Contradiction{
		Subject: s,
		Says: say("Ticket {} was closed on {}, and a {} of {} came again on {}.", r.Ticket.ID, in.on(r.Ticket.Closed, "closed of "+r.Ticket.ID, r.Ticket.Pos),
			one, s.Name, in.on(r.Again.Raised, "raised of "+r.Again.ID, r.Again.Pos)),
		A: Quote{DataSet: evidence.Tickets, Pos: r.Ticket.Pos, Text: r.Ticket.ID + " closed " + evidence.Day(in.zoned(r.Ticket.Closed))},
		B: in.alertQuote(r.Again, "raised", false),
	}
}

// doneNoRecord (X07): a task is said to be done, and no record is named.
func doneNoRecord(in *Input) []Contradiction {
	var out []Contradiction
	for i := range in.Tasks {
		t := &in.Tasks[i]
		if t.LastDone.IsZero() || strings.TrimSpace(t.Record) != "" {
			continue
		}
		out = append(out, Contradiction{
			Subject: Subject{Kind: "task", ID: taskKey(t), Name: taskName(t), System: t.System, Service: t.Service},
			Says:    say("{} is said to be done on {}, and no record is named.", taskName(t), in.on(t.LastDone, "last_done of "+taskKey(t), t.Pos)),
			A:       Quote{Pos: t.Pos, Text: taskName(t) + " last done " + evidence.Day(in.zoned(t.LastDone))},
			B:       Quote{Pos: t.Pos, Text: "record is blank"},
		})
	}
	return out
}

// monitoredOnPaper (X11): the inventory says that a system is monitored, and
// nothing has seen it inside the limit.
func monitoredOnPaper(in *Input) []Contradiction {
	var out []Contradiction
	for _, s := range inventorySystems(in) {
		system, seen := in.index().systems[s.ID], in.lastSeen(s.ID)
		if system.Monitored != evidence.Yes || in.within(seen.At, in.Policy.MonitoredSeen) {
			continue
		}
		a := Quote{Pos: system.Pos, Text: s.ID + " monitored: yes"}
		if seen.At.IsZero() {
			out = append(out, Contradiction{
				Subject: s, Says: say("{} is said to be monitored, and no export shows that anything has seen it.", s.Name),
				A: a, B: Quote{Text: "no alert, sample or last-seen date of " + s.ID},
			})
			continue
		}
		out = append(out, Contradiction{
			Subject: s, Says: say("{} is said to be monitored, and was last seen {} ago.", s.Name, in.since(seen.At, "the day it was last seen", seen.Pos)),
			A: a, B: Quote{DataSet: seen.DataSet, Pos: seen.Pos, Text: s.ID + " last seen " + evidence.Day(in.zoned(seen.At))},
		})
	}
	return out
}

// planAgainstGraph (X12): the written recovery order and what needs what
// cannot both be right.
func planAgainstGraph(in *Input) []Contradiction {
	var out []Contradiction
	for _, s := range everyService(in) {
		problems := in.Graph.PlanProblems(in.Set, s.ID)
		if len(problems) == 0 {
			continue
		}
		steps := in.index().plan[s.ID]
		a, b := in.planQuotes(problems[0], steps)
		out = append(out, Contradiction{Subject: s, Says: in.planSays(problems, steps), A: a, B: b})
	}
	return out
}

// planQuotes are the step and the edge that a problem of a plan is about.
func (in *Input) planQuotes(p graph.PlanProblem, steps []*evidence.PlanStep) (Quote, Quote) {
	step := steps[0]
	for _, s := range steps {
		if len(p.Sources) > 0 && s.Pos == p.Sources[0] {
			step = s
			break
		}
	}
	words := func(s *evidence.PlanStep) Quote {
		return Quote{Pos: s.Pos, Text: "step " + evidence.Whole(s.Step) + ": " + s.System}
	}
	edge := func(e evidence.Dependency) Quote {
		verb := " needs "
		if e.Kind == evidence.RunsOn {
			verb = " runs on "
		}
		return Quote{DataSet: in.index().dataSet(e.Pos), Pos: e.Pos, Text: e.From + verb + e.To}
	}
	if p.Lacks != "" {
		for _, s := range steps {
			for _, e := range in.Graph.Direct(s.System) {
				if e.To == p.Lacks && e.Kind != evidence.Soft {
					return words(s), edge(e)
				}
			}
		}
		for _, e := range in.index().into[p.Lacks] {
			if e.Kind != evidence.Soft {
				return words(step), edge(e)
			}
		}
	}
	for _, e := range in.Graph.Direct(step.System) {
		for _, s := range steps {
			if e.Kind != evidence.Soft && s.System == e.To && s.Step >= step.Step {
				return words(step), edge(e)
			}
		}
	}
	return words(step), Quote{Text: p.Says.String()}
}
