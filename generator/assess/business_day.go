package assess

import (
	"strings"
	"time"

	"proofpack/generator/evidence"
)

// A BusinessDay is when a service does business: so long from a time of day, on
// some days of the week.
type BusinessDay struct {
	Days     [7]bool       // by time.Weekday
	Start    time.Duration // since midnight
	Length   time.Duration
	Declared bool // the service declares how many hours a day has
}

// businessDay is the business day of a service. Where nothing is declared it
// is Monday to Friday, from the start of the peak window, else from the policy's
// day-start, and as long as the policy says.
func (in *Input) businessDay(s *evidence.Service) BusinessDay {
	day := BusinessDay{Start: in.Policy.DayStart, Length: hours(in.Policy.HoursPerDay)}
	days := ""
	if s != nil {
		days = s.BusinessDays
		if s.HoursPerDay.Known {
			day.Length, day.Declared = hours(s.HoursPerDay.Value), true
		}
		if peak, ok := parseWindow(s.PeakWindow); ok {
			day.Start = time.Duration(peak[0].Start) * time.Minute
		}
	}
	var read bool
	if day.Days, read = daysOf(days); !read {
		day.Days, _ = daysOf("Mon-Fri")
	}
	return day
}

func hours(h float64) time.Duration { return time.Duration(h * float64(time.Hour)) }

// daysOf reads days of the week: "Mon-Fri", "Mon, Wed and Sat", "daily". Words
// that it cannot read whole are none.
func daysOf(words string) ([7]bool, bool) {
	var s windowSpan
	text := strings.NewReplacer("–", "-", "—", "-", " to ", "-", " - ", "-", " and ", ",", "&", ",").Replace(strings.ToLower(words))
	found := false
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '\t' }) {
		switch {
		case eachDay[word] || word == "7" || word == "all":
			s.addDays(time.Sunday, time.Saturday)
		case word == "weekdays":
			s.addDays(time.Monday, time.Friday)
		case word == "weekends" || word == "weekend":
			s.addDays(time.Saturday, time.Sunday)
		case filler[word]:
			continue
		case !s.takeDays(word):
			return s.Days, false
		}
		found = true
	}
	return s.Days, found
}

// Hours counts the business hours from one instant to another, the first in
// and the last out, in the zone of the first.
func (d BusinessDay) Hours(from, to time.Time) float64 {
	to = to.In(from.Location())
	var total time.Duration
	if weeks := int(to.Sub(from).Hours())/(7*24) - 1; weeks > 0 { // whole weeks are alike
		for _, open := range d.Days {
			if open {
				total += time.Duration(weeks) * d.Length
			}
		}
		from = from.AddDate(0, 0, 7*weeks)
	}
	for day := from.AddDate(0, 0, -1); !day.After(to.AddDate(0, 0, 1)); day = day.AddDate(0, 0, 1) {
		if !d.Days[day.Weekday()] {
			continue
		}
		opens := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, int(d.Start/time.Second), 0, day.Location())
		closes := opens.Add(d.Length)
		if opens.Before(from) {
			opens = from
		}
		if closes.After(to) {
			closes = to
		}
		if closes.After(opens) {
			total += closes.Sub(opens)
		}
	}
	return total.Hours()
}
