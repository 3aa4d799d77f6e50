package assess

import (
	"strings"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
)

// alertOwned (MON-02) asks who answers for an alert, and until when one may be
// silenced.
var alertOwned = Check{
	ID:          "MON-02",
	Question:    "Does a person own every alert, and does every silence have a reason and an end?",
	Why:         "A silenced alert nobody owns is switched off.",
	Needs:       []string{evidence.Alerts},
	Discipline:  Monitoring,
	Consequence: Downtime,
	Gap:         Visibility,
	Limit:       alertOwnerLimit,
	LimitFrom:   "judgement",
	Controls:    controls("MON-02"),
	Closes:      "an owner for each alert, and a reason and an end inside the limit for each silence",
	Subjects:    systemsWithAlerts,
	Judge:       func(in *Input, s Subject) Answer { return in.judgeAlerts(s, in.judgeOwned) },
}

func alertOwnerLimit(p config.Policy) string {
	return "an owner; a silence of " + p.Limit("alert-silence").Text() + " at most"
}

// owned tells whether a person answers for an alert: its owner, or whoever
// acknowledged it.
func owned(a *evidence.Alert) bool { return a.ByPerson || evidence.IsPerson(a.Owner) }

func unowned(a *evidence.Alert) bool { return !owned(a) }

// silenced tells whether an alert is silenced at as-of.
func (in *Input) silenced(a *evidence.Alert) bool {
	return !a.SilencedUntil.Before(in.AsOf) || a.SilencedUntil.IsZero() && (a.SilencedBy != "" || a.SilenceReason != "")
}

// badSilence tells whether a silence has no end, no reason, or lasts too long.
func (in *Input) badSilence(a *evidence.Alert) bool {
	if !in.silenced(a) {
		return false
	}
	if a.SilencedUntil.IsZero() || strings.TrimSpace(a.SilenceReason) == "" {
		return true
	}
	return in.zoned(a.SilencedUntil).After(in.later(in.AsOf, in.Policy.AlertSilence))
}

func (in *Input) judgeOwned(g *signature) Answer {
	one, many := g.nouns()
	noun := evidence.Noun(len(g.Alerts), one, many)
	n, without := g.counted("", everyAlert), g.counted("owner and acknowledged_by name no person", unowned)
	silent := g.those(in.badSilence)
	rows := alertPlaces(g.Alerts)
	switch {
	case len(silent) > 0:
		return Answer{
			State: Failed, Says: say("{} of {} {} {} silenced without an end inside the limit and a reason.",
				g.counted("silenced without end or reason", in.badSilence), n, noun, evidence.Noun(len(silent), "is", "are")),
			Sources: alertPlaces(silent), Drift: "alerts silenced",
		}
	case without.Value > 0:
		return Answer{
			Says:    say("{} of {} {} {} no owner.", without, n, noun, evidence.Noun(int(without.Value), "has", "have")),
			Sources: alertPlaces(g.those(unowned)), Drift: "alerts without owner",
		}
	}
	return Answer{State: Proven, Says: say("A person answers for {} of {} {}.", n, n, noun), Sources: rows}
}
