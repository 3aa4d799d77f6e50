package config

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// longestSpan is 100 years: a longer limit is a slip, and a permanent one is
// refused by whoever reads it.
const longestSpan = 100 * 365 * 24 * time.Hour

// spanUnits are the letters after the number of a length of time.
var spanUnits = []struct {
	letter, word string
	is           time.Duration
}{
	{"m", "minutes", time.Minute},
	{"h", "hours", time.Hour},
	{"d", "days", 24 * time.Hour},
	{"w", "weeks", 7 * 24 * time.Hour},
	{"y", "years", 365 * 24 * time.Hour}, // a year is 365 days, so that 2,190 days meet a rule of six years
}

// readSpan reads a length of time such as 90d; a day is 24 hours.
func readSpan(text string) (time.Duration, printed, string) {
	for _, u := range spanUnits {
		digits, found := strings.CutSuffix(text, u.letter)
		if !found {
			continue
		}
		n, err := strconv.Atoi(digits)
		if err != nil || n < 0 || strings.HasPrefix(digits, "+") || strings.HasPrefix(digits, "-") {
			break
		}
		if n > int(longestSpan/u.is) {
			return 0, printed{}, text + " is longer than 100 years"
		}
		return time.Duration(n) * u.is, printed{strconv.Itoa(n), plural(u.word, float64(n))}, ""
	}
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		return 0, printed{}, text + " has no unit"
	}
	return 0, printed{}, fmt.Sprintf("%q is not a length of time", text)
}

func putClock(at *time.Duration, text string) (printed, string) {
	t, err := time.Parse("15:04", text)
	if err != nil {
		return printed{}, fmt.Sprintf("%q is not a time of day", text)
	}
	*at = time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
	return printed{value: t.Format("15:04")}, ""
}
