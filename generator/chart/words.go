package chart

import (
	"strconv"
	"strings"
	"time"
)

// number is v with at most one decimal, none where it is 0.
func number(v float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(v, 'f', 1, 64), ".0")
}

// amount is v and its unit: "31 h".
func amount(v float64, unit string) string {
	if unit == "" {
		return number(v)
	}
	return number(v) + " " + unit
}

// day is a date as tables print it.
func day(t time.Time) string { return t.Format("2 Jan 2006") }

// counted is n with the word for one or for several: "1 row", "no rows".
func counted(n int, one, several string) string {
	switch n {
	case 0:
		return "no " + several
	case 1:
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + several
}

// joined puts the parts that are not empty together.
func joined(sep string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}

// sentence ends s with a full stop, unless it has an end or is empty.
func sentence(s string) string {
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}
