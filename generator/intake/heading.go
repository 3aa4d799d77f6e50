package intake

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// A heading is a column's heading as the matcher sees it: case, spaces,
// underscores, punctuation and bracketed remarks say nothing; a unit or a zone
// does.
type heading struct {
	key  string // folded letters and digits of the whole heading
	base string // the same without a unit at its end; "" when there is none
	unit string // "GB", "%", "min", "USD"; "" when the heading names none
	zone string // "UTC" when the heading says so; "" otherwise
}

// units are the words that a heading or a value can name a unit with.
var units = map[string]string{
	"b": "bytes", "byte": "bytes", "bytes": "bytes",
	"kb": "KB", "kib": "KB", "mb": "MB", "mib": "MB", "gb": "GB", "gib": "GB",
	"tb": "TB", "tib": "TB", "pb": "PB", "pib": "PB",
	"%": "%", "percent": "%", "pct": "%", "percentage": "%",
	"ms": "ms", "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s",
	"m": "min", "min": "min", "mins": "min", "minute": "min", "minutes": "min",
	"h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
	"d": "days", "day": "days", "days": "days",
	"usd": "USD", "eur": "EUR", "gbp": "GBP", "cad": "CAD", "aud": "AUD", "nzd": "NZD",
	"chf": "CHF", "jpy": "JPY", "inr": "INR", "sek": "SEK", "nok": "NOK", "dkk": "DKK",
	"pln": "PLN", "brl": "BRL", "mxn": "MXN", "zar": "ZAR", "sgd": "SGD", "hkd": "HKD",
}

// wrappers are the keys that JSON exports put around every field of a record.
var wrappers = []string{"fields.", "_source.", "properties."}

// parseHeading reads a heading as written.
func parseHeading(written string) heading {
	text := strings.TrimSpace(fold(written))
	for _, w := range wrappers {
		if rest, found := strings.CutPrefix(text, w); found && rest != "" {
			text = rest
		}
	}
	if inner, found := strings.CutPrefix(text, "custom field ("); found {
		text = strings.TrimSuffix(inner, ")")
	}
	var h heading
	outside, remarks := splitBrackets(text)
	for _, r := range remarks {
		switch u := units[r]; {
		case r == "utc" || r == "gmt" || r == "z":
			h.zone = "UTC"
		case u != "":
			h.unit = u
		}
	}
	words := headingWords(outside)
	if len(words) == 0 {
		words = headingWords(text)
	}
	h.key = joinWords(words)
	if h.unit != "" {
		h.base = h.key
		return h
	}
	if n := len(words); n > 1 {
		switch last := words[n-1]; {
		case last == "utc" || last == "gmt":
			h.zone = "UTC"
			h.base = joinWords(words[:n-1])
		case units[last] != "":
			h.unit = units[last]
			h.base = joinWords(words[:n-1])
		}
	}
	return h
}

// joinWords makes a key of words; marks that stood between them may combine
// with the letter before.
func joinWords(words []string) string { return fold(strings.Join(words, "")) }

// splitBrackets takes the bracketed remarks out of a heading.
func splitBrackets(text string) (outside string, remarks []string) {
	var out, in strings.Builder
	depth := 0
	for _, r := range text {
		switch r {
		case '(', '[':
			depth++
			out.WriteByte(' ')
		case ')', ']':
			if depth > 0 {
				depth--
				remarks = append(remarks, strings.TrimSpace(in.String()))
				in.Reset()
			}
		default:
			if depth > 0 {
				in.WriteRune(r)
			} else {
				out.WriteRune(r)
			}
		}
	}
	return out.String(), remarks
}

// headingWords splits at everything that is neither letter nor digit; "%" is
// the word percent.
func headingWords(text string) []string {
	text = strings.ReplaceAll(text, "%", " percent ")
	return strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

// fold is the form in which names and words are compared: compatibility
// composed, case folded, invisible marks dropped. It keeps scripts apart: a
// Cyrillic letter never equals a Latin one.
func fold(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(s)
	}
	s = strings.Map(dropInvisible, s)
	return norm.NFKC.String(cases.Fold().String(norm.NFKC.String(s)))
}

// dropInvisible drops what takes no room and makes a non-breaking space one.
func dropInvisible(r rune) rune {
	switch r {
	case '\uFEFF', '\u200B', '\u200C', '\u200D', '\u2060', '\u00AD', '\u200E', '\u200F', '\u202A', '\u202B', '\u202C', '\u202D', '\u202E':
		return -1
	case '\u00A0', '\u2007', '\u202F':
		return ' '
	}
	return r
}

// foldWords is the form in which words of a list are compared: folded, dashes
// and underscores as spaces, spaces collapsed.
func foldWords(s string) string {
	s = fold(s)
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r == '_' || r == '-' || r == '/'
	}), " ")
}
