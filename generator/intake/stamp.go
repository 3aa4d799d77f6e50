package intake

import (
	"strconv"
	"strings"
	"time"
	"unicode"
)

// A stamp is a date as written, before anybody decided which part of
// 05/06/2026 is the month and in which zone 10:00 was.
type stamp struct {
	year        int
	month, day  int            // when the value itself says which is which
	first, next int            // the two parts of a numeric date whose order is open; 0 otherwise
	sep         byte           // what stands between them: '/', '.', '-'
	clock       bool           // a time of day is written
	h, m, s, ns int            // the time of day
	zone        *time.Location // as written; nil when none is
}

// open tells whether the order of day and month is not in the value.
func (s *stamp) open() bool { return s.first != 0 }

// parseStamp reads one cell. It knows ISO 8601 and its relatives, numeric
// dates with a year at the end, dates with the month's name, and counts of
// seconds, milli-, micro- and nanoseconds since 1970 by their magnitude.
func parseStamp(cell string) (stamp, bool) {
	text := strings.TrimSpace(strings.Map(dropInvisible, cell))
	if text == "" || len(text) > 80 {
		return stamp{}, false
	}
	if s, found := parseDigits(text); found {
		return s, true
	}
	p := &stampParser{tokens: stampTokens(text)}
	s, ok := p.date()
	if !ok || !p.rest(&s) || p.at != len(p.tokens) {
		return stamp{}, false
	}
	if s.year < 1 || s.year > 9999 || !s.open() && !realDay(s.year, s.month, s.day) {
		return stamp{}, false
	}
	return s, true
}

func realDay(y, m, d int) bool {
	if m < 1 || m > 12 || d < 1 {
		return false
	}
	return d <= time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// parseDigits reads values that are one number.
func parseDigits(text string) (stamp, bool) {
	whole, fraction, _ := strings.Cut(text, ".")
	if !allDigits(whole) || fraction != "" && !allDigits(fraction) {
		return stamp{}, false
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return stamp{}, false
	}
	var t time.Time
	switch len(whole) {
	case 8: // 20260531
		s := stamp{year: int(n / 10000), month: int(n / 100 % 100), day: int(n % 100)}
		return s, fraction == "" && s.year > 1900 && s.year < 2200 && realDay(s.year, s.month, s.day)
	case 14: // 20260531080000
		t, err := time.Parse("20060102150405", whole)
		s := ofTime(t)
		s.zone = nil
		return s, err == nil && fraction == ""
	case 10:
		ns, _ := strconv.Atoi((fraction + "000000000")[:9]) // all digits, by the test above
		t = time.Unix(n, int64(ns))
	case 13:
		t = time.UnixMilli(n)
	case 16:
		t = time.UnixMicro(n)
	case 18: // Windows FILETIME: 100 ns since 1601
		const to1970 = 11644473600
		t = time.Unix(n/1e7-to1970, n%1e7*100)
	case 19:
		t = time.Unix(0, n)
	default:
		return stamp{}, false
	}
	return ofTime(t.UTC()), true
}

func ofTime(t time.Time) stamp {
	return stamp{
		year: t.Year(), month: int(t.Month()), day: t.Day(), clock: true,
		h: t.Hour(), m: t.Minute(), s: t.Second(), ns: t.Nanosecond(), zone: time.UTC,
	}
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// A stampToken is a run of digits, a run of letters, or one sign.
type stampToken struct {
	text string
	kind byte // '0' digits, 'a' letters, ' ' spaces, else the sign itself
}

func stampTokens(text string) []stampToken {
	var tokens []stampToken
	kindOf := func(r rune) byte {
		switch {
		case r >= '0' && r <= '9':
			return '0'
		case unicode.IsLetter(r):
			return 'a'
		case unicode.IsSpace(r):
			return ' '
		case r < 0x80:
			return byte(r)
		}
		return '?'
	}
	start, last := 0, byte(0)
	for i, r := range text {
		k := kindOf(r)
		if i > 0 && (k != last || k != '0' && k != 'a' && k != ' ') {
			tokens = append(tokens, stampToken{text[start:i], last})
			start = i
		}
		last = k
	}
	return append(tokens, stampToken{text[start:], last})
}

// stampParser walks over tokens; every method leaves at where it stood when it
// finds nothing.
type stampParser struct {
	tokens []stampToken
	at     int
}

func (p *stampParser) kind(ahead int) byte {
	if p.at+ahead < len(p.tokens) {
		return p.tokens[p.at+ahead].kind
	}
	return 0
}

func (p *stampParser) text(ahead int) string {
	if p.at+ahead < len(p.tokens) {
		return p.tokens[p.at+ahead].text
	}
	return ""
}

// digits takes a number of at most max digits.
func (p *stampParser) digits(least, most int) (int, bool) {
	t := p.text(0)
	if p.kind(0) != '0' || len(t) < least || len(t) > most {
		return 0, false
	}
	n, err := strconv.Atoi(t)
	if err != nil {
		return 0, false
	}
	p.at++
	return n, true
}

// sign takes one of the signs.
func (p *stampParser) sign(signs string) byte {
	k := p.kind(0)
	if k == 0 || k == '0' || k == 'a' || !strings.Contains(signs, string(rune(k))) {
		return 0
	}
	p.at++
	return k
}

// gap skips spaces and commas.
func (p *stampParser) gap() bool {
	from := p.at
	for p.kind(0) == ' ' || p.kind(0) == ',' {
		p.at++
	}
	return p.at > from
}

// word takes a run of letters that the list knows, folded.
func (p *stampParser) word(list map[string]int) (int, bool) {
	if p.kind(0) != 'a' {
		return 0, false
	}
	n, found := list[strings.ToLower(p.text(0))]
	if found {
		p.at++
	}
	return n, found
}
