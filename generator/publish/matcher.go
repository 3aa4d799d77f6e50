package publish

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A matcher replaces values in words, whole words only, whatever their case,
// and the longest value that fits.
type matcher struct {
	first map[string][]value // by the first word of the value
}

// A value is looked for, folded, and replaced.
type value struct{ text, with string }

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// trimmed is a value from its first to its last letter or digit, where words begin and end.
func trimmed(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return !isWord(r) })
}

func (m *matcher) add(text, with string) {
	if m.first == nil {
		m.first = map[string][]value{}
	}
	if end := strings.IndexFunc(text, func(r rune) bool { return !isWord(r) }); end != 0 && text != "" {
		word := text
		if end > 0 {
			word = text[:end]
		}
		if v := (value{text, with}); !slices.ContainsFunc(m.first[word], func(o value) bool { return o.text == text }) {
			m.first[word] = append(m.first[word], v)
		}
	}
}

func (m *matcher) order() {
	for _, list := range m.first {
		slices.SortFunc(list, func(a, b value) int {
			return cmp.Or(len(b.text)-len(a.text), strings.Compare(a.text, b.text))
		})
	}
}

func (m *matcher) replace(s string) string {
	if len(m.first) == 0 {
		return s
	}
	var out strings.Builder
	var word []byte
	kept := 0
	for at := 0; at < len(s); {
		r, size := utf8.DecodeRuneInString(s[at:])
		if !isWord(r) {
			at += size
			continue
		}
		word = word[:0]
		end := at
		for end < len(s) {
			if r, size = utf8.DecodeRuneInString(s[end:]); !isWord(r) {
				break
			}
			word = utf8.AppendRune(word, lower(r))
			end += size
		}
		next := end
		for _, v := range m.first[string(word)] {
			if n := fits(s[at:], v.text); n > 0 {
				out.WriteString(s[kept:at])
				out.WriteString(v.with)
				next, kept = at+n, at+n
				break
			}
		}
		at = next
	}
	if kept == 0 {
		return s
	}
	out.WriteString(s[kept:])
	return out.String()
}

// fits is how many bytes of s a value takes, from the start of s to the end of
// a word; 0 when it isn't there. One space of the value is any white space.
func fits(s, value string) int {
	at := 0
	for _, want := range value {
		if want == ' ' {
			start := at
			for at < len(s) {
				r, size := utf8.DecodeRuneInString(s[at:])
				if !unicode.IsSpace(r) {
					break
				}
				at += size
			}
			if at == start {
				return 0
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(s[at:])
		if size == 0 || lower(r) != want {
			return 0
		}
		at += size
	}
	if r, _ := utf8.DecodeRuneInString(s[at:]); at < len(s) && isWord(r) {
		return 0
	}
	return at
}
