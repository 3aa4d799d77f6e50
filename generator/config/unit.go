package config

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// A unit says how the value of a limit is written and printed.
type unit struct {
	kind  kind
	words string  // as printed after the value: "runs"; of a span, what was written decides
	least float64 // smallest value; of a span, in nanoseconds
	most  float64 // largest value; 0 for no bound
}

type kind int

const (
	kindSpan  kind = iota // a length of time with its unit: 90d
	kindCount             // a whole number
	kindFigure
	kindClock // a time of day: 08:00
)

// The units of limits. Bounds keep slips of the keyboard out, not opinions.
var (
	span         = unit{kind: kindSpan}
	spanOrNone   = unit{kind: kindSpan, words: "none"}
	wholeDays    = unit{kind: kindSpan, least: float64(24 * time.Hour)}
	clock        = unit{kind: kindClock}
	percent      = unit{kind: kindFigure, words: "%", most: 100}
	share        = unit{kind: kindFigure, most: 1}
	hours        = unit{kind: kindFigure, words: "hours", most: 8760}
	times        = unit{kind: kindFigure, words: "times", least: 1, most: 1000}
	hoursADay    = unit{kind: kindFigure, words: "hours", least: 0.25, most: 24}
	money        = unit{kind: kindFigure, words: currencyUnits}
	moneyPerHour = unit{kind: kindFigure, words: currencyUnits + " an hour"}
	perYear      = unit{kind: kindFigure, words: "a year", most: 8760}
)

// currencyUnits stands in a limit's unit until the currency is known.
const currencyUnits = "currency units"

func count(words string) unit { return unit{kind: kindCount, words: words, least: 1, most: 10000} }

// optional tells whether the limit may be "none".
func (u unit) optional() bool { return u.kind == kindSpan && u.words == "none" }

// written is how a value of the unit is written, for the fix of a problem.
func (u unit) written() string {
	switch u.kind {
	case kindSpan:
		if u.optional() {
			return "write a number and its unit, such as 48h or 90d, or none"
		}
		return "write a number and its unit, such as 90d, 24h or 6y"
	case kindCount:
		return "write a whole number"
	case kindClock:
		return "write a time of day in quotes, such as \"08:00\""
	case kindFigure:
	}
	if u.most > 0 {
		return "write a number from " + figure(u.least) + " to " + figure(u.most)
	}
	return "write a number, such as 300"
}

// A printed value is how a limit stands on the Rules page.
type printed struct{ value, unit string }

// put reads the words of a value into the row's field; the complaint is "" when
// they are good, else it says what is wrong with them.
func (row *limitRow) put(p *Policy, words []string) (printed, string) {
	switch at := row.field(p).(type) {
	case *Range:
		return row.unit.putRange(at, words)
	case *time.Duration:
		if len(words) != 1 {
			return printed{}, "one value is expected, not a list"
		}
		if row.unit.kind == kindClock {
			return putClock(at, words[0])
		}
		if row.unit.optional() && words[0] == "none" {
			*at = 0
			return printed{value: "none"}, ""
		}
		d, out, complaint := readSpan(words[0])
		if complaint == "" && float64(d) < row.unit.least {
			complaint = words[0] + " is less than a day"
		}
		if complaint == "" {
			*at = d
		}
		return out, complaint
	case *int:
		if len(words) != 1 {
			return printed{}, "one value is expected, not a list"
		}
		n, err := strconv.Atoi(words[0])
		if err != nil || n < 1 || float64(n) > row.unit.most {
			return printed{}, fmt.Sprintf("%q is not a whole number from 1 to %s", words[0], figure(row.unit.most))
		}
		*at = n
		return printed{strconv.Itoa(n), plural(row.unit.words, float64(n))}, ""
	case *float64:
		if len(words) != 1 {
			return printed{}, "one value is expected, not a list"
		}
		v, complaint := row.unit.number(words[0])
		if complaint == "" {
			*at = v
		}
		return printed{figure(v), plural(row.unit.words, v)}, complaint
	}
	return printed{}, "this limit cannot be set"
}

func (u unit) putRange(at *Range, words []string) (printed, string) {
	if len(words) != len(at) {
		return printed{}, "three numbers are expected: low, likely, high"
	}
	var r Range
	var shown [len(r)]string
	for i, w := range words {
		v, complaint := u.number(w)
		if complaint != "" {
			return printed{}, complaint
		}
		if i > 0 && v < r[i-1] {
			return printed{}, "low, likely and high must not fall: " + strings.Join(words, ", ")
		}
		r[i], shown[i] = v, figure(v)
	}
	*at = r
	return printed{strings.Join(shown[:], " / "), u.words}, ""
}

// follow copies the value of another row's field; only spans follow one another.
func (row *limitRow) follow(p *Policy, like *limitRow) {
	to, ok := row.field(p).(*time.Duration)
	from, too := like.field(p).(*time.Duration)
	if ok && too {
		*to = *from
	}
}

// example is how the row's value is written, with its default.
func (row *limitRow) example() string {
	if _, ok := row.field(&Policy{}).(*Range); ok {
		return "write three numbers, low to high, such as [" + strings.Join(strings.Fields(row.def), ", ") + "]"
	}
	return row.unit.written()
}

// number reads a figure of the unit; a percent may carry its sign.
func (u unit) number(word string) (float64, string) {
	digits := word
	if u == percent {
		digits = strings.TrimSpace(strings.TrimSuffix(word, "%"))
	}
	v, err := strconv.ParseFloat(digits, 64)
	plain := strings.Trim(digits, "0123456789.") == "" // no exponent, sign, "inf", "nan" or hexadecimal
	switch {
	case err != nil || !plain:
		return 0, fmt.Sprintf("%q is not a number", word)
	case v < u.least:
		return 0, fmt.Sprintf("%s is less than %s", word, figure(u.least))
	case u.most > 0 && v > u.most:
		return 0, fmt.Sprintf("%s is more than %s", word, figure(u.most))
	case v > 1e12:
		return 0, word + " is too large"
	}
	return v, ""
}

// figure prints a number without needless digits.
func figure(v float64) string {
	if math.Abs(v) < 1e15 && v == math.Trunc(v) {
		return strconv.FormatInt(int64(v), 10)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// plural drops the s of a unit that stands after one.
func plural(words string, n float64) string {
	if n == 1 {
		return strings.TrimSuffix(words, "s")
	}
	return words
}
