package evidence

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"

	"proofpack/generator/diag"
)

// A Series is every sample of one resource, oldest first, times in the
// configured zone.
type Series struct {
	System, Resource string
	Samples          []Sample
}

// A Trend is how a resource fills up, in the resource's own unit.
type Trend struct {
	System, Resource string
	Unit             string // "GB", "%", "bytes"
	First, Last      time.Time
	Samples          int     // samples the slope was worked out from
	Used, Total      float64 // at Last
	PerDay           float64 // Theil-Sen slope of Used
	Fills            bool    // false: flat or falling, no date; also when it would take more than ten years
	Whole            int     // whole days from Last until Used is Total; 0 unless Fills
	FullOn           time.Time
	Sources          []diag.Pos // the samples
}

const (
	// mostPoints bounds the pairs that a slope is the median of; a series with
	// more is thinned to the last sample of each day, then to its newest days.
	mostPoints = 500
	// farthest is how many days ahead a date is still a forecast: ten years. What
	// creeps more slowly is flat to anybody who plans.
	farthest = 3650
	// hair absorbs what floating point loses of a whole number of days.
	hair = 1e-9
)

// Resources sorts the samples into series, by system and resource.
func (s *Set) Resources() []Series {
	samples := slices.Clone(s.Samples)
	if s.Zone != nil {
		for i := range samples {
			samples[i].At = samples[i].At.In(s.Zone)
		}
	}
	slices.SortStableFunc(samples, func(a, b Sample) int {
		return cmp.Or(
			cmp.Compare(a.System, b.System),
			cmp.Compare(a.Resource, b.Resource),
			a.At.Compare(b.At),
			cmp.Compare(a.Used, b.Used), // of two at once the fuller one is the last
		)
	})
	var all []Series
	for i, p := range samples {
		if i == 0 || p.System != samples[i-1].System || p.Resource != samples[i-1].Resource {
			all = append(all, Series{System: p.System, Resource: p.Resource})
		}
		last := &all[len(all)-1]
		last.Samples = append(last.Samples, p)
	}
	return all
}

// Forecast works out when the resource is full: the median of the slopes of
// all pairs of samples (Theil-Sen), counted from the last sample in whole days.
// The unit is that of the last sample; samples in another are left out. It
// reports false when fewer samples remain than fewest, when they span less than
// span, or when the last has no total: then nothing can be said.
func (r Series) Forecast(fewest int, span time.Duration) (Trend, bool) {
	usable := r.usable()
	if len(usable) == 0 || len(usable) < fewest {
		return Trend{}, false
	}
	first, last := usable[0], usable[len(usable)-1]
	if wall(last.At).Sub(wall(first.At)) < span || total(last) <= 0 {
		return Trend{}, false
	}
	t := Trend{
		System: r.System, Resource: r.Resource, Unit: last.Unit,
		First: first.At, Last: last.At, Samples: len(usable),
		Used: last.Used, Total: total(last),
		PerDay: theilSen(thin(usable)),
	}
	for _, p := range usable {
		t.Sources = append(t.Sources, p.Pos)
	}
	switch left := t.Total - t.Used; {
	case left <= 0:
		t.Fills = true
	case t.PerDay > 0 && left/t.PerDay <= farthest:
		t.Fills = true
		t.Whole = int(math.Floor(left/t.PerDay + hair))
	}
	if t.Fills {
		t.FullOn = t.Last.AddDate(0, 0, t.Whole)
	}
	return t, true
}

// usable leaves out what is no number, and what is in another unit than the
// last sample.
func (r Series) usable() []Sample {
	var out []Sample
	for _, p := range r.Samples {
		if finite(p.Used) && finite(p.Total) {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return nil
	}
	unit := out[len(out)-1].Unit
	return slices.DeleteFunc(out, func(p Sample) bool { return p.Unit != unit })
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// total is what a sample's used is of: a percentage is of 100.
func total(p Sample) float64 {
	if p.Unit == "%" && p.Total == 0 {
		return 100
	}
	return p.Total
}

// wall is the reading of a clock on the wall, so that a week is seven days
// whether or not the hour changed in it.
func wall(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// thin keeps the work of a slope bounded.
func thin(samples []Sample) []Sample {
	if len(samples) <= mostPoints {
		return samples
	}
	var days []Sample
	for i, p := range samples {
		if i+1 == len(samples) || dayNumber(p.At) != dayNumber(samples[i+1].At) {
			days = append(days, p)
		}
	}
	return days[max(0, len(days)-mostPoints):]
}

// theilSen is the median slope over all pairs, a day; 0 when all are of one time.
func theilSen(samples []Sample) float64 {
	var slopes []float64
	for i, a := range samples {
		for _, b := range samples[i+1:] {
			if days := wall(b.At).Sub(wall(a.At)).Hours() / 24; days > 0 {
				slopes = append(slopes, (b.Used-a.Used)/days)
			}
		}
	}
	if len(slopes) == 0 {
		return 0
	}
	slices.Sort(slopes)
	middle := len(slopes) / 2
	if len(slopes)%2 == 1 {
		return slopes[middle]
	}
	return (slopes[middle-1] + slopes[middle]) / 2
}

// Days counts the calendar days from asOf to the day it is full, in the zone
// of asOf; below zero when that day is past. It means nothing unless t.Fills.
func (t Trend) Days(asOf time.Time) int { return DaysBetween(asOf, t.FullOn.In(asOf.Location())) }

// Percent is the share used at the last sample, in percent.
func (t Trend) Percent() float64 { return 100 * t.Used / t.Total }

// Fullness is the figure of Percent: "95.6 %".
func (t Trend) Fullness() Figure {
	return Figure{
		Text: strconv.FormatFloat(t.Percent(), 'f', 1, 64) + " %", Value: t.Percent(), Unit: "%",
		Formula: "used / total of the last sample", Sources: t.Sources[len(t.Sources)-1:],
	}
}

// Growth is the figure of PerDay: "25.8 GB a day".
func (t Trend) Growth() Figure {
	return Figure{
		Text: perDay(t.PerDay, t.Unit), Value: t.PerDay, Unit: t.Unit + "/day",
		Formula: "median of (used - earlier used) / days over all pairs of samples (Theil-Sen)", Sources: t.Sources,
	}
}

// Full is the figure of FullOn: "13 June 2026".
func (t Trend) Full() Figure {
	return OnDay(t.FullOn, "date of the last sample + whole days of (total - used) / growth a day", t.Sources...)
}

// perDay prints a slope with one decimal, and with two digits when that would
// be zero. Bytes are printed as GB.
func perDay(v float64, unit string) string {
	if unit == "bytes" {
		v, unit = v/1e9, "GB"
	}
	decimals := 1
	if size := math.Abs(v); size > 0 && size < 1 {
		decimals = min(1-int(math.Floor(math.Log10(size))), 6)
	}
	return strconv.FormatFloat(v, 'f', decimals, 64) + " " + unit + " a day"
}
