package intake

import (
	"strconv"
	"strings"
	"time"
)

// A cadence is how often something is due: calendar months where the words say
// so, else a length of time.
type cadence struct {
	every  time.Duration // of a month: 30 days, a quarter: 91, half a year: 182, a year: 365
	months int           // 1, 3, 6, 12 ...; 0 when it is not counted in months
}

const aDay = 24 * time.Hour

var cadences = map[string]cadence{
	"continuous": {time.Hour, 0}, "hourly": {time.Hour, 0}, "every hour": {time.Hour, 0},
	"daily": {aDay, 0}, "nightly": {aDay, 0}, "every day": {aDay, 0}, "every night": {aDay, 0}, "each day": {aDay, 0}, "once a day": {aDay, 0}, "twice a day": {12 * time.Hour, 0}, "twice daily": {12 * time.Hour, 0},
	"weekdays": {aDay, 0}, "working days": {aDay, 0}, "every weekday": {aDay, 0}, "business days": {aDay, 0},
	"weekly": {7 * aDay, 0}, "every week": {7 * aDay, 0}, "once a week": {7 * aDay, 0},
	"biweekly": {14 * aDay, 0}, "bi weekly": {14 * aDay, 0}, "fortnightly": {14 * aDay, 0}, "every other week": {14 * aDay, 0},
	"twice a month": {15 * aDay, 0}, "semimonthly": {15 * aDay, 0}, "semi monthly": {15 * aDay, 0},
	"monthly": inMonths(1), "every month": inMonths(1), "once a month": inMonths(1), "each month": inMonths(1), "month end": inMonths(1),
	"bimonthly": inMonths(2), "every other month": inMonths(2),
	"quarterly": inMonths(3), "every quarter": inMonths(3), "once a quarter": inMonths(3),
	"half yearly": inMonths(6), "semi annual": inMonths(6), "semi annually": inMonths(6), "semiannual": inMonths(6), "semiannually": inMonths(6), "twice a year": inMonths(6), "biannual": inMonths(6), "biannually": inMonths(6),
	"yearly": inMonths(12), "annual": inMonths(12), "annually": inMonths(12), "every year": inMonths(12), "once a year": inMonths(12),
}

// inMonths is a cadence of whole months.
func inMonths(n int) cadence {
	days := map[int]int{1: 30, 2: 61, 3: 91, 6: 182, 12: 365}
	d, known := days[n]
	if !known {
		d = n * 30
	}
	return cadence{time.Duration(d) * aDay, n}
}

// parseCadence reads "monthly", "every 2 weeks", "90 days", "P3M". It knows no
// cron lines: those are answered with false and said.
func parseCadence(text string) (cadence, bool) {
	words := foldWords(text)
	if c, found := cadences[words]; found {
		return c, true
	}
	if iso, found := strings.CutPrefix(words, "p"); found && len(iso) > 1 && len(iso) < 6 {
		return perUnit(iso[:len(iso)-1], map[byte]string{'d': "day", 'w': "week", 'm': "month", 'y': "year"}[iso[len(iso)-1]])
	}
	words = strings.TrimPrefix(words, "every ")
	words = strings.TrimPrefix(words, "each ")
	n, unit, found := strings.Cut(words, " ")
	if !found {
		i := strings.IndexFunc(words, func(r rune) bool { return r < '0' || r > '9' })
		if i <= 0 {
			return cadence{}, false
		}
		n, unit = words[:i], words[i:]
	}
	return perUnit(n, strings.TrimSuffix(unit, "s"))
}

var countWords = map[string]int{"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "twelve": 12}

func perUnit(count, unit string) (cadence, bool) {
	n, err := strconv.Atoi(count)
	if err != nil {
		n = countWords[count]
	}
	if n < 1 || n > 1000 {
		return cadence{}, false
	}
	switch unit {
	case "minute", "min":
		return cadence{time.Duration(n) * time.Minute, 0}, true
	case "hour", "h", "hr":
		return cadence{time.Duration(n) * time.Hour, 0}, true
	case "day", "d":
		return cadence{time.Duration(n) * aDay, 0}, true
	case "week", "w":
		return cadence{time.Duration(n) * 7 * aDay, 0}, true
	case "month":
		return inMonths(n), true
	case "quarter":
		return inMonths(3 * n), true
	case "year", "y":
		return inMonths(12 * n), true
	}
	return cadence{}, false
}
