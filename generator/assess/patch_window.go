package assess

import (
	"strconv"
	"strings"
	"time"
)

// A window is when a system may be changed: the union of its spans.
type window []windowSpan

// A windowSpan is a span of hours on some days of the week or the month. One
// that ends at or before its start runs into the next day.
type windowSpan struct {
	Days       [7]bool // by time.Weekday
	Nth        int     // 0: every week; 1 to 4: the nth of the month; -1: the last
	Start, End int     // minutes since midnight
}

// parseWindow reads the words of a patch window: "Sat 22:00-02:00", "Mon-Fri
// 20:00-23:30; Sun 04:00-08:00", "daily 1am-5am", "3rd Sun 22:00-04:00". What
// it cannot read whole is none.
func parseWindow(words string) (window, bool) {
	var out window
	for part := range strings.FieldsFuncSeq(strings.ToLower(words), func(r rune) bool { return r == ';' || r == '\n' }) {
		if strings.TrimSpace(part) == "" {
			continue
		}
		s, ok := parseSpan(part)
		if !ok {
			return nil, false
		}
		out = append(out, s)
	}
	return out, len(out) > 0
}

func parseSpan(part string) (windowSpan, bool) {
	s := windowSpan{Start: -1}
	part = strings.NewReplacer("–", "-", "—", "-", " to ", "-", " - ", "-", " am", "am", " pm", "pm", " and ", ",", "&", ",", "(", " ", ")", " ").Replace(part)
	days := false
	for word := range strings.FieldsFuncSeq(part, func(r rune) bool { return r == ' ' || r == ',' || r == '\t' }) {
		switch {
		case eachDay[word]:
			s.Days, days = [7]bool{true, true, true, true, true, true, true}, true
		case word == "weekdays":
			s.addDays(time.Monday, time.Friday)
			days = true
		case word == "weekends" || word == "weekend":
			s.addDays(time.Saturday, time.Sunday)
			days = true
		case nths[word] != 0 && s.Nth == 0:
			s.Nth = nths[word]
		case filler[word]:
		case s.takeDays(word):
			days = true
		case s.Start < 0 && s.takeHours(word):
		default:
			return s, false
		}
	}
	if !days {
		s.Days = [7]bool{true, true, true, true, true, true, true}
	}
	return s, s.Start >= 0 && (s.Nth == 0 || days)
}

// Words of a window beside days and hours.
var (
	eachDay = map[string]bool{"daily": true, "nightly": true, "any": true}
	filler  = map[string]bool{"every": true, "of": true, "the": true, "month": true, "each": true, "on": true, "from": true, "at": true, "weekly": true, "monthly": true, "day": true, "days": true, "night": true}
	nths    = map[string]int{"1st": 1, "first": 1, "2nd": 2, "second": 2, "3rd": 3, "third": 3, "4th": 4, "fourth": 4, "last": -1}
)

// takeDays takes "sat", "saturdays" or "mon-fri".
func (s *windowSpan) takeDays(word string) bool {
	from, to, ranged := strings.Cut(word, "-")
	first, ok := weekday(from)
	if !ok {
		return false
	}
	last := first
	if ranged {
		if last, ok = weekday(to); !ok {
			return false
		}
	}
	s.addDays(first, last)
	return true
}

func (s *windowSpan) addDays(first, last time.Weekday) {
	for d := first; ; d = (d + 1) % 7 {
		s.Days[d] = true
		if d == last {
			return
		}
	}
}

// weekday reads the name of a day, shortened to three letters or more.
func weekday(word string) (time.Weekday, bool) {
	word = strings.TrimSuffix(strings.TrimSuffix(word, "."), "s")
	if len(word) < 3 {
		return 0, false
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if name := strings.ToLower(d.String()); strings.HasPrefix(name, word) {
			return d, true
		}
	}
	return 0, false
}

// takeHours takes "22:00-02:00", "22-2" or "10pm-2am".
func (s *windowSpan) takeHours(word string) bool {
	from, to, ranged := strings.Cut(word, "-")
	if !ranged {
		return false
	}
	start, ok := minutesOf(from)
	end, too := minutesOf(to)
	if !ok || !too {
		return false
	}
	s.Start, s.End = start%(24*60), end
	return true
}

// minutesOf reads a time of day as minutes since midnight; 24:00 is the end.
func minutesOf(text string) (int, bool) {
	half := 0
	if rest, found := strings.CutSuffix(text, "pm"); found {
		text, half = rest, 12
	} else if rest, found := strings.CutSuffix(text, "am"); found {
		text, half = rest, -12
	}
	hour, minute, found := strings.Cut(text, ":")
	h, err := strconv.Atoi(hour)
	m := 0
	if found && err == nil {
		if len(minute) != 2 {
			return 0, false
		}
		m, err = strconv.Atoi(minute)
	}
	switch {
	case err != nil || h < 0 || m < 0 || m > 59 || h > 24 || h == 24 && m > 0 || half != 0 && (h < 1 || h > 12):
		return 0, false
	case half == 12 && h < 12:
		h += 12
	case half == -12 && h == 12:
		h = 0
	}
	return h*60 + m, true
}

// holds tells whether an instant lies in the window, in the instant's own zone.
// The first minute belongs to it, the last does not.
func (w window) holds(t time.Time) bool {
	minute := t.Hour()*60 + t.Minute()
	for _, s := range w {
		overnight := s.End <= s.Start
		switch {
		case !overnight && s.on(t) && minute >= s.Start && minute < s.End,
			overnight && s.on(t) && minute >= s.Start,
			overnight && s.on(t.AddDate(0, 0, -1)) && minute < s.End:
			return true
		}
	}
	return false
}

// touches tells whether any minute of a day lies in the window.
func (w window) touches(t time.Time) bool {
	for _, s := range w {
		if s.on(t) || s.End <= s.Start && s.End > 0 && s.on(t.AddDate(0, 0, -1)) {
			return true
		}
	}
	return false
}

// on tells whether the span begins on the day of an instant.
func (s *windowSpan) on(t time.Time) bool {
	if !s.Days[t.Weekday()] {
		return false
	}
	switch {
	case s.Nth > 0:
		return (t.Day()-1)/7+1 == s.Nth
	case s.Nth < 0:
		return t.AddDate(0, 0, 7).Month() != t.Month()
	}
	return true
}
