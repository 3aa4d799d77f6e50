package report

import (
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/evidence"
	"proofpack/generator/history"
)

// namedAmounts are amounts by a name that an export gives them.
type namedAmounts map[string]float64

func (b *builder) incidentRecords() []any {
	list := []any{}
	for _, o := range b.outages() {
		out := record{
			"id": o.ID, "service": o.Service, "root_system": nil, "systems_down": append([]string{}, o.SystemsDown...),
			"started": stamp(o.Started), "restored": nil, "business_hours": round2(o.Business), "elapsed_hours": round2(o.Elapsed), "target_hours": nil, "missed_by_hours": nil,
			"cost": nil, "parts": partsOf(&o), "parts_sum": o.PartsSum,
			"escalation_owner": orNil(o.EscalationOwner), "escalated_on": dayOrNil(o.EscalatedOn), "state": orNil(o.State), "lesson": b.lessonRecord(o.Incident),
			"changes_before": b.changeIDs(o.Incident), "warned": b.warnedRecords(o.Incident), "source": place(o.Pos),
		}
		if o.RootSystem != "" {
			out["root_system"] = o.RootSystem
		}
		if !o.Open {
			out["restored"] = stamp(o.Restored)
		}
		if o.Known {
			out["target_hours"] = o.Target
		}
		if o.Missed() {
			over, _ := o.Over()
			out["missed_by_hours"] = round2(over)
		}
		if o.Cost.Known {
			out["cost"] = o.Cost.Value
		}
		list = append(list, out)
	}
	return list
}

func partsOf(o *assess.Outage) namedAmounts {
	parts := namedAmounts{}
	for _, p := range o.CostParts {
		parts[p.Name] += p.Amount
	}
	return parts
}

func (b *builder) changeIDs(n *evidence.Incident) []string {
	ids := []string{}
	for _, c := range assess.ChangesBefore(b.judged(), n) {
		ids = append(ids, c.Key)
	}
	return ids
}

func (b *builder) warnedRecords(n *evidence.Incident) []any {
	list := []any{}
	for _, w := range history.Warned(b.Set, n) {
		out := record{"month": w.Month, "days_before": w.Days, "text": w.Text, "full_on": nil, "error_days": nil}
		if !w.FullOn.IsZero() {
			out["full_on"], out["error_days"] = date(w.FullOn), w.ErrorDays
		}
		list = append(list, out)
	}
	return list
}

func (b *builder) lessonRecord(n *evidence.Incident) record {
	l := b.lessonOf(n.Pos)
	return record{"text": orNil(l.Text), "owner": orNil(l.Owner), "due": dayOrNil(l.Due), "fixed_on": dayOrNil(l.Fixed), "confirmed_by": orNil(l.By), "state": l.State.String()}
}

// stamp is an instant as files write it, to the minute, in the zone of the
// report.
func stamp(t time.Time) string { return t.Format("2006-01-02T15:04") }

func dayOrNil(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return date(t)
}

// round2 keeps two decimals.
func round2(v float64) float64 { return float64(int64(v*100+.5)) / 100 }
