package source

import (
	"strconv"
	"strings"
	"time"
)

// number is the text of a number as a cell of this format means it; false when
// it is none. v is as written in the file.
func (f numberFormat) number(v string, from dateSystem) (string, bool) {
	x, ok := parseNumber(v)
	if !ok {
		return "", false
	}
	switch f.kind {
	case percent:
		return decimal(x*100) + "%", true
	case dayFormat, dayAndClock, clockFormat, elapsed:
		if text, ok := f.moment(x, from); ok {
			return text, true
		}
	case plainFormat:
	}
	text := v
	if !wholeNumber(v) {
		text = decimal(x)
	}
	if missing := f.zeros - len(text); missing > 0 && wholeNumber(text) && text[0] != '-' {
		text = strings.Repeat("0", missing) + text
	}
	return text, true
}

// wholeNumber says that a text is a number in its shortest form without a
// point: it is kept as it is, however long, for it may be an identifier.
func wholeNumber[T string | []byte](v T) bool {
	start := 0
	if len(v) > 1 && v[0] == '-' {
		start = 1
	}
	for i := start; i < len(v); i++ {
		if v[i] < '0' || v[i] > '9' {
			return false
		}
	}
	return len(v) > start && (v[start] != '0' || len(v) == 1)
}

// parseNumber reads a number as files have it: digits, point, exponent.
func parseNumber(v string) (float64, bool) {
	digits := 0
	for i := range len(v) {
		switch c := v[i]; {
		case c >= '0' && c <= '9':
			digits++
		case (c == 'e' || c == 'E') && digits > 0, c == '.', c == '+', c == '-':
		default:
			return 0, false
		}
	}
	x, err := strconv.ParseFloat(v, 64)
	return x, err == nil && digits > 0
}

// decimal is a number in 15 significant digits, as Excel shows it: the
// 9.8000000000000007 of a file is 9.8.
func decimal(x float64) string {
	var scratch [32]byte
	e := string(strconv.AppendFloat(scratch[:0], x, 'e', 14, 64))
	mantissa, exponent, _ := strings.Cut(e, "e")
	sign := ""
	if mantissa[0] == '-' {
		sign, mantissa = "-", mantissa[1:]
	}
	digits := strings.TrimRight(mantissa[:1]+mantissa[2:], "0")
	at, _ := strconv.Atoi(exponent) // of the first digit
	switch {
	case digits == "":
		return "0"
	case at < -9 || at > 20:
		if len(digits) > 1 {
			digits = digits[:1] + "." + digits[1:]
		}
		return sign + digits + "E" + exponent
	case at < 0:
		return sign + "0." + strings.Repeat("0", -at-1) + digits
	case at+1 >= len(digits):
		return sign + digits + strings.Repeat("0", at+1-len(digits))
	}
	return sign + digits[:at+1] + "." + digits[at+1:]
}

// A dateSystem is the day from which a workbook counts.
type dateSystem int

const (
	from1900 dateSystem = iota // day 1 is 1900-01-01, and 1900 has a 29 February
	from1904                   // day 0 is 1904-01-01; workbooks of old Macs
)

// lengths is up to how many days a number in a time's format is a length of
// time: no log is from before 1927, no duration as long as 27 years.
const lengths = 10000

// moment is a number of days as ISO text; false when it is before or after what
// Excel can show. A time of day is told wherever there is one, even where the
// format shows the day alone: nobody's clock is lost.
func (f numberFormat) moment(x float64, from dateSystem) (string, bool) {
	if f.kind == elapsed || f.kind == clockFormat && x >= 1 && x < lengths {
		return f.length(x)
	}
	if x < 0 || x > 3e6 {
		return "", false
	}
	second := 1.0
	if f.fraction {
		second = 1000
	}
	day := int(x)
	units := int((x-float64(day))*86400*second + 0.5)
	if units == 86400*int(second) {
		day, units = day+1, 0
	}
	clock := time.Duration(units) * time.Second / time.Duration(second)
	switch date, ok := from.date(day); {
	case !ok:
		return "", false
	case f.kind == clockFormat && day == 0:
		return clockText(clock), true
	case f.kind == dayFormat && clock == 0:
		return date, true
	default:
		return date + "T" + clockText(clock), true
	}
}

// length is a number of days as hours, minutes and seconds.
func (f numberFormat) length(x float64) (string, bool) {
	sign := ""
	if x < 0 {
		sign, x = "-", -x
	}
	if x > 3e6 {
		return "", false
	}
	unit := time.Second
	if f.fraction {
		unit = time.Millisecond
	}
	units := time.Duration(x*float64(24*time.Hour/unit) + 0.5)
	if units == 0 {
		sign = ""
	}
	return sign + clockText(units*unit), true
}

// clockText is hh:mm:ss, with milliseconds where there are any.
func clockText(d time.Duration) string {
	var b []byte
	two := func(n time.Duration) {
		if n < 10 {
			b = append(b, '0')
		}
		b = strconv.AppendInt(b, int64(n), 10)
	}
	two(d / time.Hour)
	b = append(b, ':')
	two(d / time.Minute % 60)
	b = append(b, ':')
	two(d / time.Second % 60)
	if ms := d / time.Millisecond % 1000; ms > 0 {
		b = append(b, '.', byte('0'+ms/100), byte('0'+ms/10%10), byte('0'+ms%10))
	}
	return string(b)
}

// date is a day by its number. Day 60 of 1900 was never, and day 0 is written
// as Excel shows it, so that it is taken for no date.
func (s dateSystem) date(day int) (string, bool) {
	first, last := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC), 2958465
	switch {
	case s == from1904:
		first, last = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC), 2957003
	case day == 0:
		return "1900-01-00", true
	case day == 60:
		return "1900-02-29", true
	case day < 60:
		day++
	}
	return first.AddDate(0, 0, day).Format("2006-01-02"), day <= last
}
