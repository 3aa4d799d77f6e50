package assess

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// alertAnswered (MON-01) asks whether a person took every alert in time.
var alertAnswered = Check{
	ID:          "MON-01",
	Question:    "Did a person acknowledge every alert in time?",
	Why:         "An alert nobody reads is a warning nobody had.",
	Needs:       []string{evidence.Alerts},
	Discipline:  Monitoring,
	Consequence: Downtime,
	Gap:         Visibility,
	Limit:       alertAckLimit,
	LimitFrom:   "judgement",
	Controls:    controls("MON-01"),
	Closes:      "the person who acknowledged each alert and when",
	Subjects:    systemsWithAlerts,
	Judge:       func(in *Input, s Subject) Answer { return in.judgeAlerts(s, in.judgeAnswered) },
}

func alertAckLimit(p config.Policy) string {
	return p.Limit("alert-ack.critical").Text() + " for a critical alert, " + p.Limit("alert-ack.warning").Text() + " for any other"
}

// systemsWithAlerts are the systems that have an alert, and the services none
// of whose systems has one.
func systemsWithAlerts(in *Input) []Subject {
	var out []Subject
	for system := range in.index().signatures {
		if s := in.index().systems[system]; s != nil && !in.judged(s) {
			continue
		}
		if system == "" {
			out = append(out, Subject{Kind: "source", ID: evidence.Alerts, Name: "alerts that name no system"})
			continue
		}
		out = append(out, systemSubject(system))
	}
	slices.SortFunc(out, func(a, b Subject) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID)) })
	return in.withSilent(out)
}

// judgeAlerts answers for each signature of a subject. What the export calls
// by no name cannot be grouped, and an alert that names no system could be one
// of any system's: both prove nothing.
func (in *Input) judgeAlerts(s Subject, judge func(*signature) Answer) Answer {
	if s.Kind == "service" {
		return Answer{Says: say("No alert is on record for what {} needs.", s.Name)}
	}
	return answers(in.index().signatures[s.System], func(g *signature) Answer {
		a := judge(g)
		stray := in.stray(g)
		switch {
		case a.State != Proven:
		case strings.TrimSpace(g.Name) == "":
			a = Answer{Says: say("{} of {} carry no name that repeats.", g.counted("", everyAlert), s.Name), Sources: alertPlaces(g.Alerts)}
		case stray != nil:
			n := stray.counted("", everyAlert)
			a = Answer{
				Says:    say("Not proven: {} of the name {} {} no system.", n.As(evidence.Of(len(stray.Alerts), "alert", "alerts")), g.Name, evidence.Noun(len(stray.Alerts), "names", "name")),
				Sources: diag.Unique(append(alertPlaces(g.Alerts), alertPlaces(stray.Alerts)...)),
			}
		}
		a.Part = g.Name
		return a
	})
}

// stray are the alerts of a name that name no system; nil when there are none.
func (in *Input) stray(g *signature) *signature {
	for _, other := range in.index().signatures[""] {
		if other.Name == g.Name {
			return other
		}
	}
	return nil
}

func everyAlert(*evidence.Alert) bool { return true }

// An alert is answered in time, late, not yet and still inside the limit, or
// by a person nobody knows when.
type answered int

const (
	inTime answered = iota
	late
	pending
	undatedAck
)

func (in *Input) answeredBy(a *evidence.Alert) answered {
	limit := in.Policy.AlertAck.Warning
	if strings.EqualFold(a.Severity, "critical") {
		limit = in.Policy.AlertAck.Critical
	}
	switch {
	case !a.ByPerson && !a.Raised.IsZero() && in.AsOf.Sub(a.Raised) <= limit:
		return pending
	case !a.ByPerson:
		return late
	case a.AcknowledgedAt.IsZero() || a.Raised.IsZero():
		return undatedAck
	case a.AcknowledgedAt.Sub(a.Raised) > limit:
		return late
	}
	return inTime
}

func (in *Input) judgeAnswered(g *signature) Answer {
	var of [4]int
	for _, a := range g.Alerts {
		of[in.answeredBy(a)]++
	}
	rows := alertPlaces(g.Alerts)
	switch {
	case of[late] > 0:
		return Answer{State: Failed, Says: in.alertsSay(g), Sources: rows, Drift: "alerts unanswered"}
	case of[undatedAck] > 0:
		return Answer{Says: join(in.alertsSay(g), say("When {} acknowledged is not recorded.", evidence.Noun(len(g.Alerts), "it was", "they were"))), Sources: rows, Drift: "alerts unanswered"}
	case of[pending] > 0:
		return Answer{Says: join(in.alertsSay(g), say("There is still time to answer.")), Sources: rows}
	}
	return Answer{State: Proven, Says: join(in.alertsSay(g), say("Each was acknowledged in time.")), Sources: rows}
}

// alertsSay is the sentence about the alerts of one signature: within the last
// 30 days "5 storage warnings in 28 days: 0 acknowledged by a person, 0 with a
// ticket, 1 auto-closed."; over a longer time "15 shadow-copy warnings since 22
// April, nobody acknowledged them, no ticket."
func (in *Input) alertsSay(g *signature) evidence.Statement {
	first := g.Alerts[0]
	one, many := g.nouns()
	n := g.counted("", everyAlert)
	noun := evidence.Noun(len(g.Alerts), one, many)
	acked := g.counted("acknowledged_by is a person", acknowledged)
	tickets := g.counted("ticket is on record", ticketed)
	closed := g.counted("closed without person and ticket", autoClosed)
	switch days := in.daysSince(first.Raised); {
	case first.Raised.IsZero():
		return say("{} {}, not all dated: {} acknowledged by a person, {} with a ticket, {} auto-closed.", n, noun, acked, tickets, closed)
	case days <= 30:
		return say("{} {} in {}: {} acknowledged by a person, {} with a ticket, {} auto-closed.", n, noun,
			evidence.InDays(days, "days from the first raised to as-of", first.Pos), acked, tickets, closed)
	}
	since := in.by(first.Raised, "first raised of "+g.Name, first.Pos)
	if acked.Value > 0 || tickets.Value > 0 {
		return say("{} {} since {}: {} acknowledged by a person, {} with a ticket, {} auto-closed.", n, noun, since, acked, tickets, closed)
	}
	says := say("{} {} since {}, {} acknowledged {}, {} ticket.", n, noun, since, acked.As("nobody"),
		evidence.Noun(len(g.Alerts), "it", "them"), tickets.As("no"))
	if closed.Value > 0 {
		says = join(says, say("{} closed by {}.", closed, evidence.Noun(int(closed.Value), "itself", "themselves")))
	}
	return says
}

// within tells whether a time is inside a span before as-of.
func (in *Input) within(t time.Time, span time.Duration) bool {
	return !t.IsZero() && !in.older(t, span)
}
