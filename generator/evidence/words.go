package evidence

import (
	"math"
	"strconv"
	"strings"
	"time"

	"proofpack/generator/diag"
)

// Day is a day in a sentence: "31 October 2026". The day is that of t's own
// zone.
func Day(t time.Time) string { return t.Format("2 January 2006") }

// ShortDay is a day in a table: "31 Oct 2026".
func ShortDay(t time.Time) string { return t.Format("2 Jan 2006") }

// DayBy is a day in a sentence, without its year where that is the year of
// asOf: "12 April".
func DayBy(t, asOf time.Time) string {
	if t.Year() == asOf.In(t.Location()).Year() {
		return t.Format("2 January")
	}
	return Day(t)
}

// MonthBy is a month in a sentence, without its year where that is the year of
// asOf: "May".
func MonthBy(t, asOf time.Time) string {
	if t.Year() == asOf.In(t.Location()).Year() {
		return t.Format("January")
	}
	return t.Format("January 2006")
}

// DaysBetween counts the midnights from one instant to another, in the zone of
// the second: from 2 to 4 October are 2 days, whatever the hours.
func DaysBetween(from, to time.Time) int {
	return dayNumber(to) - dayNumber(from.In(to.Location()))
}

// dayNumber counts days since 1 January 1970 in t's own zone.
func dayNumber(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// Whole is a whole number as printed, with commas: "12,345".
func Whole(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

// Noun is one or many by the number: "run", "runs".
func Noun(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// Of is a number with its noun: "1 run", "2 runs".
func Of(n int, one, many string) string { return Whole(n) + " " + Noun(n, one, many) }

// And joins words: "A", "A and B", "A, B and C".
func And(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// Minutes is a length of time in a sentence: minutes below ten hours, then
// hours, and days above 96 hours. Whole hours are said in hours. What does not
// come out even is rounded up, so that a time over its target never reads like
// the target.
func Minutes(m float64) string {
	hours := m / 60
	switch {
	case hours > 96:
		return ofRounded(hours/24, "day", "days")
	case hours >= 1 && hours == math.Trunc(hours), hours >= 10:
		return ofRounded(hours, "hour", "hours")
	}
	return ofRounded(m, "minute", "minutes")
}

// Lasting is a duration in a sentence, by the rule of Minutes.
func Lasting(d time.Duration) string { return Minutes(d.Minutes()) }

// ofRounded prints one decimal, rounded up, and none when it is zero.
func ofRounded(v float64, one, many string) string {
	tenths := int(math.Ceil(v*10 - 1e-6))
	if tenths%10 == 0 {
		return Of(tenths/10, one, many)
	}
	return Whole(tenths/10) + "." + strconv.Itoa(tenths%10) + " " + many
}

// OnDay is a figure that is a date, as Day prints it.
func OnDay(t time.Time, formula string, sources ...diag.Pos) Figure {
	return Figure{Text: Day(t), Value: float64(dayNumber(t)), Unit: "date", Formula: formula, Sources: sources}
}

// InDays is a figure that counts days, printed with its noun: "13 days".
func InDays(n int, formula string, sources ...diag.Pos) Figure {
	return Figure{Text: Of(n, "day", "days"), Value: float64(n), Unit: "days", Formula: formula, Sources: sources}
}

// Counted is a figure that counts rows, printed with its noun: "2 runs".
func Counted(n int, one, many, formula string, sources ...diag.Pos) Figure {
	return Figure{Text: Of(n, one, many), Value: float64(n), Unit: "count", Formula: formula, Sources: sources}
}

// InMinutes is a figure that is a length of time, as Minutes prints it.
func InMinutes(m float64, formula string, sources ...diag.Pos) Figure {
	return Figure{Text: Minutes(m), Value: m, Unit: "minutes", Formula: formula, Sources: sources}
}

// As is the same figure in other words: "nobody" for 0.
func (f Figure) As(text string) Figure {
	f.Text = text
	return f
}
