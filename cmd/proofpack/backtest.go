package main

import (
	"fmt"
	"math"

	"proofpack/generator"
	"proofpack/generator/evidence"
	"proofpack/generator/history"
)

func backtestCommand(s *session) *command {
	o := &buildOptions{}
	var incident string
	return &command{
		name: "backtest", group: everyMonth,
		summary: "Show which earlier packets warned of an incident",
		usage:   []string{"backtest --incident ID [options]"},
		examples: []example{
			{"proofpack backtest --incident INC-9", "which packet said it first, and how early", false},
			{"proofpack backtest --incident INC-9 --json", "the same as data", false},
		},
		options: []option{
			{"", "incident", "ID", "incident of the month's exports", &incident},
			{"", "month", "YYYY-MM", "month whose exports hold it (default: the newest month of exports)", &o.month},
			{"", "out", "DIR", "parent folder of packets (default: packets)", &o.out},
			{"", "archive", "DIR", "folder of the sealed archives (default: archive in DIR of --out)", &o.archive},
		},
		after: "Only archives that verify are read. A forecast counts as a warning when the day it\nnames lies within 90 days of its packet.",
		run:   func([]string) int { return s.backtest(incident, o) },
	}
}

// backtest says what earlier packets showed before an incident.
func (s *session) backtest(incident string, o *buildOptions) int {
	if incident == "" {
		return s.usage("backtest needs --incident.", "backtest")
	}
	opts, problem := s.generatorOptions(o)
	if problem != nil {
		s.refuse(problem)
		return exitUsage
	}
	opts.Draft, opts.PseudonymKey = true, s.pseudonymKey // it publishes nothing, so drafts may tell too
	b, err := generator.Retell(opts, incident)
	if err != nil {
		return s.refused(err, opts.Month)
	}
	s.retold(b)
	return exitOK
}

// retold prints the first warning and every one, oldest first.
func (s *session) retold(b *generator.Backtest) {
	s.answer(backtestJSON(b))
	if s.json {
		return
	}
	started := "at a time that is not recorded"
	if !b.Incident.Started.IsZero() {
		started = evidence.Day(b.Incident.Started.In(b.Zone))
	}
	s.say("%s, %s, began %s", b.Incident.ID, orWord(b.Service, "no service named"), started)
	for _, u := range b.Unused {
		s.say("  %s not used: %s", u.Month, u.Why)
	}
	if len(b.Warnings) == 0 {
		fmt.Fprintln(s.stdout, "not shown by any earlier packet: "+lookedAt(b))
		return
	}
	first, last := &b.Warnings[0], &b.Warnings[len(b.Warnings)-1]
	line := fmt.Sprintf("first shown %s packet, %s before", first.Month, evidence.Of(first.Days, "day", "days"))
	if f := forecastWords(b, last); f != "" {
		line += "; " + f
	}
	fmt.Fprintln(s.stdout, line)
	for i := range b.Warnings {
		w := &b.Warnings[i]
		f := forecastWords(b, w)
		if f != "" {
			f = "; " + f
		}
		fmt.Fprintf(s.stdout, "  %s  %s before%s. %s\n", w.Month, evidence.Of(w.Days, "day", "days"), f, w.Text)
	}
}

func lookedAt(b *generator.Backtest) string {
	if len(b.Months) == 0 {
		return "there is no earlier archive that can be used"
	}
	return "looked at " + evidence.And(b.Months)
}

// forecastWords hold a forecast against what came.
func forecastWords(b *generator.Backtest, w *history.Warning) string {
	if w.FullOn.IsZero() {
		return ""
	}
	off := int(math.Abs(float64(w.ErrorDays)))
	return fmt.Sprintf("forecast full %s, actual %s, error %s", w.FullOn.Format("2006-01-02"), b.Incident.Started.In(b.Zone).Format("2006-01-02"), evidence.Of(off, "day", "days"))
}

func backtestJSON(b *generator.Backtest) map[string]any {
	warnings := []map[string]any{}
	for _, w := range b.Warnings {
		out := map[string]any{"month": w.Month, "days_before": w.Days, "text": w.Text, "full_on": nil, "error_days": nil}
		if !w.FullOn.IsZero() {
			out["full_on"], out["error_days"] = w.FullOn.Format("2006-01-02"), w.ErrorDays
		}
		warnings = append(warnings, out)
	}
	out := map[string]any{"incident": b.Incident.ID, "service": b.Incident.Service, "started": nil, "months": append([]string{}, b.Months...), "warned": warnings}
	if !b.Incident.Started.IsZero() {
		out["started"] = b.Incident.Started.In(b.Zone).Format("2006-01-02T15:04:05Z07:00")
	}
	return out
}
