package assess

import (
	"time"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// alertRecurring (MON-04) finds alerts that come again and again and that
// nobody looks into.
var alertRecurring = Check{
	ID:          "MON-04",
	Question:    "Is there a ticket behind every alert that keeps recurring?",
	Why:         "An alert that repeats has a cause that nobody has looked for.",
	Needs:       []string{evidence.Alerts},
	Rests:       []string{evidence.Tickets},
	Discipline:  Monitoring,
	Consequence: Downtime,
	Gap:         Visibility,
	Limit:       alertNoiseLimit,
	LimitFrom:   "judgement",
	Controls:    controls("MON-04"),
	Closes:      "a ticket that names the cause",
	Subjects:    systemsWithAlerts,
	Judge:       func(in *Input, s Subject) Answer { return in.judgeAlerts(s, in.judgeRecurring) },
}

// closedNotFixed (MON-08) finds alerts that were closed by nobody and came
// again.
var closedNotFixed = Check{
	ID:          "MON-08",
	Question:    "Does an alert that was closed stay away?",
	Why:         "An alert that closes by itself and returns was never mended.",
	Needs:       []string{evidence.Alerts},
	Rests:       []string{evidence.Tickets},
	Discipline:  Monitoring,
	Consequence: Downtime,
	Gap:         Visibility,
	Limit:       limitOf("alert-recurs"),
	LimitFrom:   "judgement",
	Controls:    controls("MON-08"),
	Closes:      "the person or the ticket that closed it, and no alert of the name after it was closed",
	Subjects:    systemsWithAlerts,
	Judge:       func(in *Input, s Subject) Answer { return in.judgeAlerts(s, in.judgeClosed) },
}

func alertNoiseLimit(p config.Policy) string {
	return p.Limit("alert-noise.times").Text() + " in " + p.Limit("alert-noise.within").Text()
}

func (in *Input) judgeRecurring(g *signature) Answer {
	span := in.Policy.AlertNoise.Within
	recent := func(a *evidence.Alert) bool { return a.Raised.IsZero() || in.within(a.Raised, span) }
	withTicket := func(a *evidence.Alert) bool { return recent(a) && in.held(a) }
	unverified := g.counted("raised in the last "+evidence.Lasting(span)+", names a ticket that the ticket export does not hold", func(a *evidence.Alert) bool { return recent(a) && ticketed(a) && !in.held(a) })
	n := g.counted("raised in the last "+evidence.Lasting(span), recent)
	tickets := g.counted("raised in the last "+evidence.Lasting(span)+", ticket is on record", withTicket)
	one, many := g.nouns()
	noun := evidence.Noun(int(n.Value), one, many)
	rows := alertPlaces(g.those(recent))
	days := evidence.Figure{Text: evidence.Lasting(span), Value: span.Hours() / 24, Unit: "days", Formula: "policy limit alert-noise.within"}
	switch {
	case int(n.Value) >= in.Policy.AlertNoise.Times && tickets.Value == 0 && unverified.Value > 0:
		return Answer{Says: say("{} {} in the last {}, {} of them with a ticket number that the ticket export does not hold.", n, noun, days, unverified), Sources: rows, Drift: "alerts recurring"}
	case int(n.Value) >= in.Policy.AlertNoise.Times && tickets.Value == 0:
		return Answer{State: Failed, Says: say("{} {} in the last {}, and no ticket looks into them.", n, noun, days), Sources: rows, Drift: "alerts recurring"}
	case tickets.Value > 0:
		return Answer{State: Proven, Says: say("{} {} in the last {}, {} of them with a ticket.", n, noun, days, tickets), Sources: rows}
	case len(rows) == 0:
		return Answer{State: Proven, Says: say("No {} in the last {}; the last one is of {}.", one, days,
			in.on(g.Alerts[len(g.Alerts)-1].Raised, "last raised of "+g.Name, g.Alerts[len(g.Alerts)-1].Pos)), Sources: alertPlaces(g.Alerts)}
	}
	return Answer{State: Proven, Says: say("{} {} in the last {}, fewer than {}.", n, noun, days,
		evidence.Figure{Text: evidence.Whole(in.Policy.AlertNoise.Times), Value: float64(in.Policy.AlertNoise.Times), Unit: "count", Formula: "policy limit alert-noise.times"}), Sources: rows}
}

// A comeback is an alert that was closed and the next of the same name.
type comeback struct {
	Closed, Again *evidence.Alert
	At            time.Time // when it was closed; when it was raised where no closing time is recorded
	Sure          bool      // false: no closing time is recorded, and the next came later than the limit after it was raised
}

// silentAbout are the alerts that say neither whether they were closed nor who
// took them, and that came again inside a limit.
func (g *signature) silentAbout(limit time.Duration) []*evidence.Alert {
	var out []*evidence.Alert
	for i, a := range g.Alerts[:max(len(g.Alerts)-1, 0)] {
		next := g.Alerts[i+1]
		if a.State == "" && !a.IsClosed && !a.ByPerson && a.Ticket == "" && next.Raised.Sub(a.Raised) <= limit {
			out = append(out, a, next)
		}
	}
	return out
}

// comebacks are the closed alerts for which something holds that came again
// inside a limit, oldest first.
func (g *signature) comebacks(limit time.Duration, such func(*evidence.Alert) bool) []comeback {
	var out []comeback
	for i, a := range g.Alerts[:max(len(g.Alerts)-1, 0)] {
		if !a.IsClosed || !such(a) {
			continue
		}
		at := a.Closed
		if at.IsZero() {
			at = a.Raised
		}
		for _, next := range g.Alerts[i+1:] {
			if !next.Raised.After(at) {
				continue
			}
			sure := next.Raised.Sub(at) <= limit
			if sure || a.Closed.IsZero() {
				out = append(out, comeback{Closed: a, Again: next, At: at, Sure: sure})
			}
			break
		}
	}
	return out
}

func (in *Input) judgeClosed(g *signature) Answer {
	all := g.comebacks(in.Policy.AlertRecurs, autoClosed)
	one, many := g.nouns()
	var sure []comeback
	var rows []*evidence.Alert
	reopened, untaken := in.untaken(g)
	unclear := append(g.silentAbout(in.Policy.AlertRecurs), untaken...)
	for _, c := range all {
		if c.Sure {
			sure = append(sure, c)
			rows = append(rows, c.Closed, c.Again)
		} else {
			unclear = append(unclear, c.Closed, c.Again)
		}
	}
	switch {
	case len(sure) > 0:
		last := sure[len(sure)-1]
		return Answer{
			State: Failed, Says: say("{} {} closed without a person or a ticket came again; the last was closed on {} and came again on {}.",
				evidence.Count(len(sure), "count(alerts closed without person and ticket, raised again within the limit)", alertPlaces(rows)...),
				evidence.Noun(len(sure), one, many),
				in.on(last.At, "closed of "+last.Closed.ID, last.Closed.Pos), in.on(last.Again.Raised, "raised of "+last.Again.ID, last.Again.Pos)),
			Sources: diag.Unique(alertPlaces(rows)), Drift: "closed, not fixed",
		}
	case len(reopened) > 0:
		last := reopened[len(reopened)-1]
		return Answer{
			State: Failed, Says: say("Ticket {} was closed on {}, and a {} came again on {}.", last.Ticket.ID,
				in.on(last.Ticket.Closed, "closed of "+last.Ticket.ID, last.Ticket.Pos), one, in.on(last.Again.Raised, "raised of "+last.Again.ID, last.Again.Pos)),
			Sources: diag.Unique(append(alertPlaces(g.Alerts), last.Ticket.Pos)), Drift: "closed, not fixed",
		}
	case len(unclear) > 0:
		return Answer{Says: say("{} {} that no person and no ticket took came again; whether and when it was closed is not recorded.", article(one), one), Sources: diag.Unique(alertPlaces(unclear))}
	}
	return Answer{State: Proven, Says: say("No {} that was closed without a person or a ticket came again.", one), Sources: alertPlaces(g.Alerts)}
}
