package report

import (
	"math"
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/graph"
)

func (b *builder) contradictionRecords() []any {
	list := []any{}
	quote := func(q assess.Quote) record {
		if q.Pos.Row == 0 {
			return record{"data_set": q.DataSet, "file": nil, "sheet": nil, "row": nil, "text": q.Text}
		}
		return record{"data_set": q.DataSet, "file": q.Pos.File, "sheet": q.Pos.Sheet, "row": q.Pos.Row, "text": q.Text}
	}
	for _, c := range b.rankedContradictions() {
		list = append(list, record{"id": c.ID, "subject": record{"kind": c.Subject.Kind, "id": c.Subject.ID}, "text": c.Says.String(), "means": c.Means, "a": quote(c.A), "b": quote(c.B)})
	}
	return list
}

func (b *builder) capacityRecords() []any {
	list := []any{}
	for _, r := range b.resources() {
		t, ok := r.Forecast(b.Policy.Capacity.Samples, b.Policy.Capacity.Span)
		if !ok {
			continue
		}
		out := record{"system": r.System, "resource": r.Resource, "used_percent": round1(t.Percent()), "per_day": round1(t.PerDay), "unit": t.Unit, "full_on": nil, "days": nil}
		if t.Fills {
			out["full_on"], out["days"] = date(t.FullOn), t.Days(b.Set.AsOf)
		}
		list = append(list, out)
	}
	return list
}

func (b *builder) recoveryRecords() []any {
	list := []any{}
	for i := range b.Ranking.Services {
		s := &b.Ranking.Services[i]
		r := &s.Recovery
		problems, cycles := []string{}, []string{}
		for _, p := range r.Problems {
			problems = append(problems, p.String())
		}
		for _, c := range r.Cycles {
			cycles = append(cycles, graph.CycleText(c))
		}
		out := record{
			"service": s.ID, "order": append([]string{}, r.Order...), "waves": waves(r.Waves), "minutes_at_least": any(r.MinutesAtLeast), "critical_path": append([]string{}, r.CriticalPath...), "critical_minutes": r.CriticalMinutes,
			"target_minutes": nil, "state": assess.RecoveryState(b.Result, s.ID).String(), "plan_problems": problems, "cycles": cycles, "measured": r.Measured, "needed": r.Total,
		}
		if r.TargetMinutes > 0 {
			out["target_minutes"] = r.TargetMinutes
		}
		list = append(list, out)
	}
	return list
}

func waves(w [][]string) [][]string {
	if w == nil {
		return [][]string{}
	}
	return w
}

func (b *builder) actionRecords() []any {
	list := []any{}
	for i, a := range b.Ranking.Actions {
		out := record{"n": i + 1, "next": i < b.Ranking.Cap, "text": a.Title.String(), "why": a.Why.String(), "service": nil, "class": gapName(a.Gap), "closes": append([]string{}, a.Closes...), "proof": a.Proof, "by": nil, "worth": a.Worth}
		if a.Service != "" {
			out["service"] = a.Service
		}
		if a.By.Text != "" {
			out["by"] = a.By.Text
		}
		list = append(list, out)
	}
	return list
}

func gapName(g assess.Gap) string {
	switch g {
	case assess.Visibility:
		return "visibility"
	case assess.Privilege:
		return "privilege"
	case assess.Unsupported:
		return "unsupported"
	case assess.UntestedRecovery:
		return "recovery"
	case assess.OtherGap:
	}
	return "other"
}

func (b *builder) decisionRecords() []any {
	list := []any{}
	for _, d := range b.Set.Decisions {
		out := record{"decision": d.Decision, "why": d.Why, "asked_by": d.AskedBy, "decide_by": nil, "cost": nil, "closes": d.Closes, "source": place(d.Pos)}
		if !d.DecideBy.IsZero() {
			out["decide_by"] = date(d.DecideBy)
		}
		if d.Cost.Known {
			out["cost"] = d.Cost.Value
		}
		list = append(list, out)
	}
	return list
}

func (b *builder) questionRecords() []any {
	list := []any{}
	for i, a := range b.answers() {
		list = append(list, record{"n": i + 1, "question": a.Question, "answer": a.Answer.Plain(), "can_be_answered": !a.Cannot, "supply": append([]string{}, a.Supply...), "counts": counts(a.Counts)})
	}
	return list
}

func (b *builder) figureRecords() []any {
	list := []any{}
	for _, f := range b.figures {
		list = append(list, record{"id": f.ID, "text": f.Text, "value": f.Value, "unit": f.Unit, "formula": f.Formula, "says": f.Says, "sources": places(f.Sources)})
	}
	return list
}

func (b *builder) sourceRecords() []any {
	list := []any{}
	for i := range b.Set.Inputs {
		in := &b.Set.Inputs[i]
		columns := b.Publish.Columns(in)
		out := record{
			"data_set": in.DataSet, "file": in.File, "sheet": in.Sheet, "sha256": in.SHA256, "bytes": in.Bytes, "encoding": in.Encoding, "format": in.Format,
			"rows_read": in.Read, "rows_used": in.Used, "rows_rejected": in.Rejected, "rows_duplicate": in.Duplicate, "rows_set_aside": in.SetAside, "rows_shown": len(in.Rows), "lines_outside": len(in.Outside),
			"rows_expected": nil, "completeness": string(in.Standing), "unmapped_columns": append([]string{}, in.Unmapped...), "min_date": nil, "max_date": nil, "columns": in.Columns,
			"withheld_columns": append([]string{}, columns.Withheld()...),
		}
		if in.Expected >= 0 {
			out["rows_expected"] = in.Expected
		}
		if !in.MinDate.IsZero() {
			out["min_date"], out["max_date"] = date(in.MinDate), date(in.MaxDate)
		}
		list = append(list, out)
	}
	return list
}

func (b *builder) unreadRecords() []any {
	list := []any{}
	for _, u := range b.Unread {
		out := record{"file": u.File, "sheet": u.Sheet, "data_set": nil, "reason": u.Reason}
		if u.DataSet != "" {
			out["data_set"] = u.DataSet
		}
		list = append(list, out)
	}
	return list
}

func (b *builder) unknownRecords() []any {
	list := []any{}
	for _, u := range b.Set.Unknown {
		list = append(list, record{"name": u.Name, "data_sets": u.DataSet, "rows": places(u.Rows)})
	}
	return list
}

// date is a day as files write it.
func date(t time.Time) string { return t.Format("2006-01-02") }

// round1 keeps one decimal, as the figures print.
func round1(v float64) float64 { return math.Round(v*10) / 10 }
