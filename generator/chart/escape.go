package chart

import (
	"fmt"
	"unicode/utf8"
)

// AppendEscaped appends words for HTML text or a double-quoted attribute. It is
// the one escaper beside html/template: pictures and bodies of big tables are
// written with it. Characters that can't be seen, or that turn the order of
// others, are written as visible tokens, such as [U+202E].
func AppendEscaped(b []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if e := entity[c]; e != "" {
				b = append(b, s[from:i]...)
				b = append(b, e...)
				from = i + 1
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || hidden(r) {
			b = append(b, s[from:i]...)
			b = append(b, token(r)...)
			from = i + size
		}
		i += size
	}
	return append(b, s[from:]...)
}

// Visible is s with the characters that can't be seen as tokens, for words that
// html/template will escape.
func Visible(s string) string {
	clean := true
	for _, r := range s {
		if hidden(r) || r == utf8.RuneError {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var b []byte
	for _, r := range s {
		if hidden(r) {
			b = append(b, token(r)...)
			continue
		}
		b = utf8.AppendRune(b, r)
	}
	return string(b)
}

// entity is what an ASCII character is written as; "" as itself.
var entity = func() (e [utf8.RuneSelf]string) {
	for c := range e {
		if hidden(rune(c)) {
			e[c] = token(rune(c))
		}
	}
	e['&'], e['<'], e['>'], e['"'], e['\''] = "&amp;", "&lt;", "&gt;", "&#34;", "&#39;"
	return e
}()

func token(r rune) string {
	if r == utf8.RuneError {
		return string(utf8.RuneError)
	}
	return fmt.Sprintf("[U+%04X]", r)
}

// hidden tells a character that leaves no mark: controls but for tab and line
// ends, zero widths, marks and overrides of direction, other line separators.
func hidden(r rune) bool {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return false
	case r < ' ' || r >= 0x7f && r < 0xa0:
		return true
	case r == 0xad || r == 0x61c || r == 0x180e || r == 0xfeff:
		return true
	case r >= 0x200b && r <= 0x200f, r >= 0x2028 && r <= 0x202e, r >= 0x2060 && r <= 0x206f:
		return true
	case r >= 0xfff9 && r <= 0xfffb, r >= 0xe0000 && r <= 0xe007f:
		return true
	}
	return false
}
