package assess

import (
	"cmp"
	"math"
	"slices"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// An Outage is what an incident comes to: how long by the clock and by the
// business day, against which target, at what cost.
type Outage struct {
	*evidence.Incident
	Of       *evidence.Service // nil: no service of that id is on record
	Name     string            // of the service, as printed
	Ended    time.Time         // when it was restored; as-of while it is not
	Open     bool              // not restored, as far as the row shows
	Elapsed  float64           // hours by the clock from start to Ended
	Business float64           // business hours within them, half-open
	HoursDay float64           // business hours of a day that were counted by
	Declared bool              // the service declares its business hours
	Target   float64           // recovery target, hours
	Known    bool              // the service declares a target
	PartsSum float64           // sum of the cost parts
	rows     []diag.Pos        // of the incident and its service
}

// Outages are the incidents on record, the newest first.
func Outages(in *Input) []Outage {
	out := make([]Outage, 0, len(in.Incidents))
	for i := range in.Incidents {
		out = append(out, in.outage(&in.Incidents[i]))
	}
	slices.SortStableFunc(out, func(a, b Outage) int {
		return cmp.Or(b.Started.Compare(a.Started), cmp.Compare(a.ID, b.ID), byPlace(a.Pos, b.Pos))
	})
	return out
}

func (in *Input) outage(n *evidence.Incident) Outage {
	o := Outage{Incident: n, Of: in.index().services[n.Service], Name: in.serviceName(n.Service), Ended: n.Restored, rows: at(n.Pos)}
	if o.Ended.IsZero() {
		o.Ended, o.Open = in.AsOf, true
	}
	day := in.businessDay(o.Of)
	o.Elapsed = max(0, o.Ended.Sub(n.Started).Hours())
	o.Business, o.HoursDay, o.Declared = day.Hours(in.zoned(n.Started), in.zoned(o.Ended)), day.Length.Hours(), day.Declared
	if o.Of != nil {
		o.rows = append(o.rows, o.Of.Pos)
		o.Target, o.Known = o.Of.RTOHours.Value, o.Of.RTOHours.Known
	}
	for _, p := range n.CostParts {
		o.PartsSum += p.Amount
	}
	return o
}

// Missed tells whether the recovery target was missed. Targets are elapsed
// hours: an outage over a weekend is none the shorter.
func (o *Outage) Missed() bool { return o.Known && o.Elapsed > o.Target }

// Over is by how many hours the target was missed: in business hours where
// those alone exceed it, else by the clock.
func (o *Outage) Over() (hours float64, business bool) {
	if o.Business > o.Target {
		return o.Business - o.Target, true
	}
	return o.Elapsed - o.Target, false
}

// BusinessFigure is the business hours as a figure: "15 business hours".
func (o *Outage) BusinessFigure() evidence.Figure {
	return evidence.Figure{
		Text: hoursText(o.Business) + " business " + evidence.Noun(plural(o.Business), "hour", "hours"), Value: o.Business, Unit: "h",
		Formula: "hours of business days from started to restored of " + o.ID + ", the first instant in and the last out, " + hoursText(o.HoursDay) + " hours a day", Sources: o.rows,
	}
}

// ElapsedFigure is the hours by the clock as a figure: "48 hours".
func (o *Outage) ElapsedFigure() evidence.Figure {
	formula := "restored - started of " + o.ID
	if o.Open {
		formula = "as-of - started of " + o.ID
	}
	return hoursFigure(o.Elapsed, formula, o.Pos)
}

// TargetFigure is the recovery target as a figure: "4 hours".
func (o *Outage) TargetFigure() evidence.Figure {
	return hoursFigure(o.Target, "rto_hours of the service", o.rows[1:]...)
}

// OverFigure is by how much the target was missed as a figure: "11 hours".
func (o *Outage) OverFigure() evidence.Figure {
	over, business := o.Over()
	formula := "hours from started to restored - rto_hours"
	if business {
		formula = "business hours from started to restored - rto_hours"
	}
	return hoursFigure(over, formula, o.rows...)
}

func hoursFigure(h float64, formula string, rows ...diag.Pos) evidence.Figure {
	return evidence.Figure{Text: hoursText(h) + " " + evidence.Noun(plural(h), "hour", "hours"), Value: h, Unit: "h", Formula: formula, Sources: rows}
}

// hoursText is hours with two decimals at most, rounded up, so that a time over
// its target never reads like the target.
func hoursText(h float64) string {
	hundredths := math.Ceil(h*100 - 1e-6)
	whole, rest := int(hundredths)/100, int(hundredths)%100
	text := evidence.Whole(whole)
	switch {
	case rest == 0:
		return text
	case rest%10 == 0:
		return text + "." + string(rune('0'+rest/10))
	}
	return text + "." + string(rune('0'+rest/10)) + string(rune('0'+rest%10))
}

// plural is 1 for a length that is printed as one hour.
func plural(h float64) int {
	if hoursText(h) == "1" {
		return 1
	}
	return 2
}
