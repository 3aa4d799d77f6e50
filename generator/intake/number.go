package intake

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// A numberStyle says what a comma means in a column of numbers.
type numberStyle struct {
	decimalComma bool
}

// styleOf decides the style of a column from its values: of two signs in one
// number the last is the decimal one, and one that is not followed by three
// digits is. Where nothing decides, a file with semicolons has decimal commas.
func styleOf(cells []string, delimiter string) numberStyle {
	comma, point := 0, 0
	for _, c := range cells {
		digits := numericPart(c)
		switch lastComma, lastPoint := strings.LastIndexByte(digits, ','), strings.LastIndexByte(digits, '.'); {
		case lastComma >= 0 && lastPoint >= 0:
			if lastComma > lastPoint {
				comma++
			} else {
				point++
			}
		case lastComma >= 0 && strings.Count(digits, ",") == 1 && len(digits)-lastComma-1 != 3:
			comma++
		case lastPoint >= 0 && strings.Count(digits, ".") == 1 && len(digits)-lastPoint-1 != 3:
			point++
		}
	}
	return numberStyle{decimalComma: comma > 0 && point == 0 || comma == 0 && point == 0 && delimiter == ";"}
}

// numericPart is the first run of digits and signs that can stand in a number.
func numericPart(c string) string {
	start := strings.IndexFunc(c, func(r rune) bool { return r >= '0' && r <= '9' })
	if start < 0 {
		return ""
	}
	end := start
	for end < len(c) && (c[end] >= '0' && c[end] <= '9' || c[end] == ',' || c[end] == '.' || c[end] == '\'') {
		end++
	}
	return strings.TrimRight(c[start:end], ".,'")
}

// number reads digits with thousands separators; nothing but a number may be
// in the text.
func (st numberStyle) number(text string) (float64, bool) {
	text = strings.TrimSpace(strings.Map(dropInvisible, text))
	negative := false
	if rest, found := strings.CutPrefix(text, "-"); found {
		negative, text = true, strings.TrimSpace(rest)
	} else {
		text = strings.TrimPrefix(text, "+")
	}
	if inner, found := strings.CutPrefix(text, "("); found && strings.HasSuffix(inner, ")") {
		negative, text = true, strings.TrimSuffix(inner, ")")
	}
	point, group := '.', ','
	if st.decimalComma {
		point, group = ',', '.'
	}
	plain, ok := plainNumber(text, byte(point), byte(group))
	if !ok {
		return 0, false
	}
	v, err := strconv.ParseFloat(plain, 64)
	if err != nil || math.IsInf(v, 0) {
		return 0, false
	}
	if negative {
		v = -v
	}
	return v, true
}

// plainNumber takes the thousands separators out: each must be followed by
// exactly three digits.
func plainNumber(text string, point, group byte) (string, bool) {
	mantissa, exponent := text, ""
	if i := strings.IndexAny(text, "eE"); i > 0 {
		mantissa, exponent = text[:i], text[i:]
	}
	whole, fraction, has := strings.Cut(mantissa, string(rune(point)))
	if has && !allDigits(fraction) || strings.ContainsRune(fraction, rune(point)) {
		return "", false
	}
	var out strings.Builder
	run := 0
	grouped := false
	for i := range len(whole) {
		switch c := whole[i]; {
		case c >= '0' && c <= '9':
			out.WriteByte(c)
			run++
		case (c == group || c == ' ' || c == '\'') && run > 0 && (!grouped && run <= 3 || run == 3):
			grouped, run = true, 0
		default:
			return "", false
		}
	}
	if run == 0 && (grouped || !has) || grouped && run != 3 {
		return "", false
	}
	if fraction != "" {
		out.WriteString("." + fraction)
	}
	if exponent != "" {
		if _, err := strconv.ParseFloat("1"+exponent, 64); err != nil {
			return "", false
		}
		out.WriteString(exponent)
	}
	return out.String(), true
}

// withUnit reads a number with a unit behind or before it: "5.56 GB", "95 %",
// "$3,350", "USD 3350". unit is "" when there is none, "?" when it is unknown.
func (st numberStyle) withUnit(text string) (v float64, unit string, ok bool) {
	text = strings.TrimSpace(strings.Map(dropInvisible, text))
	if r, size := firstRune(text); unicode.Is(unicode.Sc, r) {
		v, ok = st.number(text[size:])
		return v, string(r), ok
	}
	if r, size := lastRune(text); unicode.Is(unicode.Sc, r) {
		v, ok = st.number(text[:len(text)-size])
		return v, string(r), ok
	}
	if v, ok = st.number(text); ok {
		return v, "", true
	}
	i := strings.LastIndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '%' }) + 1
	if v, ok = st.number(text[:i]); ok && i < len(text) {
		return v, unitWord(text[i:]), true
	}
	i = strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '%' })
	if i > 0 {
		if v, ok = st.number(text[i:]); ok {
			return v, unitWord(text[:i]), true
		}
	}
	return 0, "", false
}

func firstRune(s string) (r rune, size int) {
	for _, r := range s {
		return r, len(string(r))
	}
	return 0, 0
}

func lastRune(s string) (r rune, size int) {
	for i, r := range s {
		if i+len(string(r)) == len(s) {
			return r, len(string(r))
		}
	}
	return 0, 0
}

func unitWord(w string) string {
	if u := units[strings.ToLower(w)]; u != "" {
		return u
	}
	return "?"
}

// signs are the signs of currencies that name one; "$" is any dollar or peso.
var signs = map[string]string{"€": "EUR", "£": "GBP", "₹": "INR", "₺": "TRY", "₽": "RUB", "₴": "UAH", "₩": "KRW", "₪": "ILS", "₦": "NGN", "₱": "PHP", "฿": "THB", "₫": "VND"}

// inCurrency tells whether an amount with a unit can be in the currency.
func inCurrency(unit, currency string) bool {
	if named := signs[unit]; named != "" {
		return named == currency
	}
	return len(unit) != 3 || unit == "min" || unit == currency
}

// sizes are bytes of each unit, in powers of 1024 as backup tools and
// Windows count them.
var sizes = map[string]float64{
	"bytes": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30, "TB": 1 << 40, "PB": 1 << 50,
}

// spans are the lengths of the units of time.
var spans = map[string]time.Duration{
	"ms": time.Millisecond, "s": time.Second, "min": time.Minute, "h": time.Hour, "days": 24 * time.Hour,
}

// span reads a length of time: "00:01:35.8830000", "1.02:03:04", "95 min",
// "1h 35m", "PT1H35M", or a plain number in the unit of the column.
func (st numberStyle) span(text, unit string) (time.Duration, bool) {
	text = strings.ToLower(strings.TrimSpace(strings.Map(dropInvisible, text)))
	if v, ok := st.number(text); ok {
		return scaled(v, unit)
	}
	if strings.Contains(text, ":") {
		return timeSpan(text)
	}
	if rest, found := strings.CutPrefix(text, "p"); found && strings.ContainsAny(rest, "0123456789") {
		text = strings.Replace(rest, "t", "", 1)
	}
	var total time.Duration
	found := false
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimLeft(text, " ,") {
		i := strings.IndexFunc(text, unicode.IsLetter)
		if i <= 0 {
			return 0, false
		}
		end := i
		for end < len(text) && text[end] >= 'a' && text[end] <= 'z' {
			end++
		}
		v, ok := st.number(text[:i])
		if !ok {
			return 0, false
		}
		d, ok := scaled(v, units[text[i:end]])
		if !ok {
			return 0, false
		}
		total += d
		found = true
		text = text[end:]
	}
	return total, found && total >= 0
}

func scaled(v float64, unit string) (time.Duration, bool) {
	each, known := spans[unit]
	ns := v * float64(each)
	if !known || v < 0 || ns > math.MaxInt64/2 {
		return 0, false
	}
	return time.Duration(ns), true
}

// timeSpan reads [d.]hh:mm:ss[.fffffff] and mm:ss is refused: hh:mm is meant
// where two parts stand.
func timeSpan(text string) (time.Duration, bool) {
	parts := strings.Split(text, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, false
	}
	days := 0
	if d, h, found := strings.Cut(parts[0], "."); found {
		n, err := strconv.Atoi(d)
		if err != nil || n < 0 || n > 100_000 {
			return 0, false
		}
		days, parts[0] = n, h
	}
	total := time.Duration(days) * 24 * time.Hour
	for i, each := range []time.Duration{time.Hour, time.Minute, time.Second}[:len(parts)] {
		whole, _, _ := strings.Cut(parts[i], ".")
		if !allDigits(whole) || len(whole) > 6 || i > 0 && len(whole) != 2 || i < 2 && whole != parts[i] {
			return 0, false
		}
		v, err := strconv.ParseFloat(parts[i], 64)
		if err != nil || i > 0 && v >= 60 {
			return 0, false
		}
		total += time.Duration(v * float64(each))
	}
	return total, true
}
