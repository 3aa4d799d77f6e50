package rank

import (
	"slices"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// readAlerts works out how long it takes until somebody acts: the median over
// the alerts that a person acknowledged. A day without a time of day says
// nothing about hours, so that an alert acknowledged on the day it was raised
// counts only where the hours are on record. At the high bound, what is half
// told is taken at its worst.
func (s *site) readAlerts() {
	var hours, doubtful []float64
	var half []diag.Pos
	figure := evidence.Figure{Unit: "h", Formula: "median(acknowledged_at - raised) over alerts that a person acknowledged"}
	for i := range s.Alerts {
		a := &s.Alerts[i]
		k := partKey(a.System, a.Signature)
		if text := a.Signature + " " + a.Text; !slices.Contains(s.alerts[k], text) && len(s.alerts[k]) < mostTexts {
			s.alerts[k] = append(s.alerts[k], text)
		}
		took := a.AcknowledgedAt.Sub(a.Raised)
		switch {
		case a.Raised.IsZero():
		case a.AcknowledgedAt.IsZero() && a.ByPerson:
			if wait := s.longest(a); wait > 0 || !endsDay(a.Raised) {
				doubtful, half = append(doubtful, wait.Hours()), append(half, a.Pos)
			}
		case a.AcknowledgedAt.IsZero() || took < 0 || took == 0 && endsDay(a.Raised):
		case a.ByPerson:
			hours = append(hours, took.Hours())
			figure.Sources = append(figure.Sources, a.Pos)
		case a.AcknowledgedBy == "":
			doubtful, half = append(doubtful, took.Hours()), append(half, a.Pos)
		}
	}
	lost, rows := s.lostAcknowledgements()
	doubtful, half = append(doubtful, lost...), append(half, rows...)
	if len(hours) == 0 {
		s.detect = Range(s.Policy.Detect)
		s.detected = s.limit("detect-hours")
	} else {
		m := median(hours)
		s.detect = Range{m, m, m}
		figure.Text, figure.Value = hoursText(m), m
		s.detected = figure
	}
	if worst := worstMedian(hours, doubtful); worst > s.detect[High] {
		s.detect[High] = worst
		s.detected.Text += ", and up to " + hoursText(worst) + ": " + evidence.Of(len(half), "acknowledgement", "acknowledgements") + " without its time or its person"
		s.detected.Sources = append(s.detected.Sources, half...)
	}
}

// longest is the longest that an alert can have waited for the person who
// acknowledged it at a time nobody recorded: until it was closed, else until
// now. It is nothing where it was closed on the day it was raised and no hours
// are on record: then its time would say nothing about hours either.
func (s *site) longest(a *evidence.Alert) time.Duration {
	if a.IsClosed && !a.Closed.IsZero() && !a.Closed.Before(a.Raised) {
		return a.Closed.Sub(a.Raised)
	}
	return max(s.AsOf.Sub(a.Raised), 0)
}

// lostAcknowledgements are the waits of rejected rows that say somebody took
// the alert: each may be the longest there is room for in the export.
func (s *site) lostAcknowledgements() (hours []float64, rows []diag.Pos) {
	for i := range s.Inputs {
		src := &s.Inputs[i]
		if src.DataSet != evidence.Alerts || src.Rejected == 0 {
			continue
		}
		by, at := slices.Index(src.Header, src.Columns["acknowledged_by"]), slices.Index(src.Header, src.Columns["acknowledged_at"])
		filled := func(r *evidence.RowRecord, column int) bool {
			return column >= 0 && column < len(r.Cells) && r.Cells[column] != ""
		}
		first := s.AsOf.AddDate(0, 0, -year)
		if !src.MinDate.IsZero() {
			first = src.MinDate
		}
		for j := range src.Rows {
			r := &src.Rows[j]
			if r.Status == evidence.RowRejected && (filled(r, by) || filled(r, at)) {
				hours = append(hours, max(s.AsOf.Sub(first).Hours(), 0))
				rows = append(rows, diag.Pos{File: src.File, Sheet: src.Sheet, Row: r.N})
			}
		}
	}
	return hours, rows
}

// worstMedian is the highest median of some values with any of those that may
// belong to them; 0 without any.
func worstMedian(certain, doubtful []float64) float64 {
	all := slices.Clone(certain)
	worst := median(all)
	doubtful = slices.Clone(doubtful)
	slices.Sort(doubtful)
	for _, v := range slices.Backward(doubtful) {
		all = append(all, v)
		worst = max(worst, median(all))
	}
	return worst
}

// endsDay tells whether an instant is the last of its day, which is what a date
// without a time means.
func endsDay(t time.Time) bool {
	return t.Add(time.Second).Day() != t.Day()
}

// median is the middle value; 0 of none.
func median(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	v = slices.Clone(v)
	slices.Sort(v)
	middle := len(v) / 2
	if len(v)%2 == 1 {
		return v[middle]
	}
	return (v[middle-1] + v[middle]) / 2
}
