package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

func only(p diag.Pos) []diag.Pos { return []diag.Pos{p} }

// dayValue is a day as files write it.
func dayValue(t time.Time, absence string) Value {
	if t.IsZero() {
		return Value{Text: absence}
	}
	return value(date(t))
}

// restoreLog is how far back the log of restore tests reaches, in months: what
// insurers ask for.
const restoreLog = 12

// Formulas of what the log of restore tests counts.
const (
	restoresCounted = "count(restore tests of the last 12 months)"
	untestedCounted = "count(systems in scope of backup without a restore test in the last 12 months)"
)

// noTest is what the log says of a system that was not tested.
const noTest = "no test in 12 months"

// restoresSheet is the log of restore tests of twelve months, with the columns
// that insurers ask for. What should have been tested and was not stands in
// it, above what was.
func (b *builder) restoresSheet() Worksheet {
	w := Worksheet{
		Name: "Restore tests", Note: "Twelve months. Systems in scope of backup without a test come first; then tests, the newest first. \"Proof now\" is what stands for the system today, all tests considered.",
		Columns: []WorksheetColumn{{Title: "Proof now", Width: 12}, {Title: "Test", Width: 20}, {Title: "System", Width: 16}, {Title: "Service", Width: 24}, {Title: "Date", Width: 13}, {Title: "Scope", Width: 16}, {Title: "Result", Width: 12}, {Title: "Minutes", Width: 12}, {Title: "Target, minutes", Width: 10},
			{Title: "Within target", Width: 12}, {Title: "Integrity checked", Width: 12}, {Title: "Permissions checked", Width: 12}, {Title: "Order followed", Width: 12}, {Title: "Size, GB", Width: 12}, {Title: "Tester", Width: 18}, {Title: "Reviewed by", Width: 18}, {Title: "Unresolved", Width: 30}, {Title: "Notes", Width: 40},
			{Title: "Lesson", Width: 36}, {Title: "Lesson owner", Width: 18}, {Title: "Lesson due", Width: 13}, {Title: "Lesson fixed on", Width: 13}, {Title: "Source row", Width: 28}},
	}
	from := b.Set.AsOf.AddDate(0, -restoreLog, 0)
	tested := map[string]bool{}
	var tests []*evidence.RestoreTest
	var rows []diag.Pos
	for i := range b.Set.Restores {
		r := &b.Set.Restores[i]
		if !r.TestedOn.IsZero() && r.TestedOn.Before(from) {
			continue
		}
		tests, rows = append(tests, r), append(rows, r.Pos)
		if !r.TestedOn.IsZero() {
			tested[r.System] = true
		}
	}
	slices.SortStableFunc(tests, func(x, y *evidence.RestoreTest) int {
		return cmp.Or(y.TestedOn.Compare(x.TestedOn), strings.Compare(x.System, y.System), strings.Compare(x.ID, y.ID))
	})
	untested := 0
	for _, id := range b.inScopeOfBackup() {
		if !tested[id] {
			untested++
			w.Rows = append(w.Rows, b.untestedRow(id, len(w.Columns)))
		}
	}
	for _, r := range tests {
		w.Rows = append(w.Rows, b.restoreRow(r))
	}
	w.Title = words(b.count(len(tests), restoresCounted, rows...), " restore ", evidence.Noun(len(tests), "test", "tests"), " in twelve months; ",
		b.count(untested, untestedCounted), " ", evidence.Noun(untested, "system", "systems"), " in scope of backup without one")
	w.cut("report.json")
	return w
}

// inScopeOfBackup are the systems whose restore is asked for, the costliest first.
func (b *builder) inScopeOfBackup() []string {
	var all []string
	for i := range b.Ranking.Systems {
		id := b.Ranking.Systems[i].ID
		if len(b.findings(b.bySystem[id], "BKP-01")) > 0 {
			all = append(all, id)
		}
	}
	return all
}

func (b *builder) untestedRow(id string, width int) []Value {
	row := make([]Value, width)
	for i := range row {
		row[i] = Value{Text: "no record"}
	}
	row[0], row[1], row[2], row[3] = stateValue(b.recoveryProof(id)), Value{Text: noTest}, value(id), valueOr(b.servicesNamed(b.Graph.ServicesOf(id)), "no service needs it")
	if target := b.targetOf(id); target > 0 {
		row[8] = numeric(target * 60)
	}
	return row
}

// recoveryProof is the state of a system's restore proof.
func (b *builder) recoveryProof(id string) assess.State {
	return assess.SystemProofs(b.Result, id).Recovery
}

func (b *builder) servicesNamed(ids []string) string {
	var names []string
	for _, id := range ids {
		names = append(names, b.serviceName(id))
	}
	return strings.Join(names, ", ")
}

func (b *builder) restoreRow(r *evidence.RestoreTest) []Value {
	state, services, target := Value{Text: "of no known system"}, b.servicesNamed(b.Graph.ServicesOf(r.System)), b.targetOf(r.System)
	switch {
	case b.Set.System(r.System) != nil:
		state = stateValue(b.recoveryProof(r.System))
	case r.Service != "":
		state, services = stateValue(assess.FourProofs(b.Result, r.Service).Recovery), b.serviceName(r.Service)
		if s := b.Set.Service(r.Service); s != nil && s.RTOHours.Known {
			target = s.RTOHours.Value
		}
	}
	goal, within := Value{Text: "not declared"}, Value{Text: "not known"}
	if target > 0 {
		goal = numeric(target * 60)
		if r.Minutes.Known {
			within = value("no")
			if r.Minutes.Value <= target*60 {
				within = value("yes")
			}
		}
	}
	size := Value{Text: "not recorded"}
	if r.SizeBytes.Known {
		size = numeric(round1(r.SizeBytes.Value / (1 << 30)))
	}
	return []Value{
		state, valueOr(r.ID, "no id"), valueOr(r.System, "none named"), valueOr(services, "no service needs it"), dayValue(r.TestedOn, "no date"), valueOr(cmp.Or(string(r.Scope), r.ScopeText), "not recorded"), valueOr(string(r.Result), "not recorded"), numberOr(r.Minutes, "not recorded"), goal, within,
		answerValue(r.Integrity), answerValue(r.Permissions), answerValue(r.Order), size, valueOr(r.Tester, "not recorded"), valueOr(r.ReviewedBy, "nobody"), valueOr(r.Exceptions, "none recorded"), valueOr(r.Notes, "none recorded"),
		valueOr(r.Lesson, "none recorded"), valueOr(r.LessonOwner, "nobody"), dayValue(r.LessonDue, "not set"), dayValue(r.LessonFixed, "not recorded"), placesValue(only(r.Pos), "no row found"),
	}
}
