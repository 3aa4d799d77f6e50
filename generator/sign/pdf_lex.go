package sign

import (
	"bytes"
	"errors"
	"strconv"
)

// maxDepth bounds nesting in a PDF: a page tree of ours is three deep.
const maxDepth = 64

// errPDF is damage in the syntax of a PDF; where it matters is for the caller to say.
var errPDF = errors.New("damaged PDF syntax")

// A span is a value in the bytes of a PDF, from At up to End.
type span struct{ At, End int }

// A dict is a PDF dictionary: where each value stands, and the keys in order.
type dict struct {
	keys   []string // without slash, as written
	values map[string]span
	span   span
}

// A lexer finds the borders of PDF values; it never interprets more than it must.
type lexer []byte

func (l lexer) text(s span) string { return string(l[s.At:s.End]) }

func isSpace(c byte) bool { return bytes.IndexByte([]byte("\x00\t\n\f\r "), c) >= 0 }

func isRegular(c byte) bool { return !isSpace(c) && bytes.IndexByte([]byte("()<>[]{}/%"), c) < 0 }

// skip passes white space and comments.
func (l lexer) skip(at int) int {
	at = min(at, len(l))
	for at < len(l) {
		switch {
		case isSpace(l[at]):
			at++
		case l[at] == '%':
			for at < len(l) && l[at] != '\n' && l[at] != '\r' {
				at++
			}
		default:
			return at
		}
	}
	return at
}

// token is the run of regular characters at a place.
func (l lexer) token(at int) (string, int) {
	end := at
	for end < len(l) && isRegular(l[end]) {
		end++
	}
	return string(l[at:end]), end
}

// value is the value that begins at or after a place; a reference "12 0 R" is one value.
func (l lexer) value(at, depth int) (span, error) {
	at = l.skip(at)
	if at >= len(l) || depth > maxDepth {
		return span{}, errPDF
	}
	switch c := l[at]; {
	case bytes.HasPrefix(l[at:], []byte("<<")):
		d, err := l.dict(at, depth)
		return d.span, err
	case c == '<':
		end := bytes.IndexByte(l[at:], '>')
		if end < 0 {
			return span{}, errPDF
		}
		return span{at, at + end + 1}, nil
	case c == '(':
		return l.literal(at)
	case c == '[':
		items, err := l.array(at, depth)
		if err != nil {
			return span{}, err
		}
		return items[len(items)-1], nil
	case c == '/':
		_, end := l.token(at + 1)
		return span{at, end}, nil
	case isRegular(c):
		_, end := l.token(at)
		if _, after, ok := l.reference(at); ok {
			end = after
		}
		return span{at, end}, nil
	}
	return span{}, errPDF
}

// literal is a string in parentheses, which nest.
func (l lexer) literal(at int) (span, error) {
	open := 0
	for i := at; i < len(l); i++ {
		switch l[i] {
		case '\\':
			i++
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				return span{at, i + 1}, nil
			}
		}
	}
	return span{}, errPDF
}

// array gives the items of the array at a place, and last the span of the whole.
func (l lexer) array(at, depth int) ([]span, error) {
	var items []span
	for i := at + 1; ; {
		i = l.skip(i)
		if i < len(l) && l[i] == ']' {
			return append(items, span{at, i + 1}), nil
		}
		v, err := l.value(i, depth+1)
		if err != nil {
			return nil, err
		}
		items, i = append(items, v), v.End
	}
}

// dict reads the dictionary at a place. A key that stands twice is refused:
// readers differ on which one counts.
func (l lexer) dict(at, depth int) (dict, error) {
	d := dict{values: map[string]span{}}
	if at = l.skip(at); !bytes.HasPrefix(l[at:], []byte("<<")) || depth > maxDepth {
		return d, errPDF
	}
	for i := at + 2; ; {
		i = l.skip(i)
		if bytes.HasPrefix(l[min(i, len(l)):], []byte(">>")) {
			d.span = span{at, i + 2}
			return d, nil
		}
		if i >= len(l) || l[i] != '/' {
			return d, errPDF
		}
		key, end := l.token(i + 1)
		if _, twice := d.values[key]; twice || bytes.IndexByte([]byte(key), '#') >= 0 {
			return d, errPDF
		}
		v, err := l.value(end, depth+1)
		if err != nil {
			return d, err
		}
		d.keys, d.values[key], i = append(d.keys, key), v, v.End
	}
}

// number is the plain decimal number of at most 10 digits at or after a place.
func (l lexer) number(at int) (n, end int, ok bool) {
	t, end := l.token(l.skip(at))
	if t == "" || len(t) > 10 || bytes.ContainsFunc([]byte(t), func(r rune) bool { return r < '0' || r > '9' }) {
		return 0, at, false
	}
	n, err := strconv.Atoi(t)
	return n, end, err == nil
}

// reference is the object number of the "12 0 R" at or after a place.
// Generations other than 0 come from editors that delete objects: never here.
func (l lexer) reference(at int) (n, end int, ok bool) {
	n, end, ok = l.number(at)
	if !ok {
		return 0, at, false
	}
	gen, end, ok := l.number(end)
	if !ok || gen != 0 {
		return 0, at, false
	}
	t, end := l.token(l.skip(end))
	return n, end, t == "R"
}

// numberAt is the number under a key of a dictionary.
func (l lexer) numberAt(d dict, key string) (int, bool) {
	v, has := d.values[key]
	if !has {
		return 0, false
	}
	n, end, ok := l.number(v.At)
	return n, ok && end == v.End
}

// referenceAt is the object number that a key of a dictionary refers to.
func (l lexer) referenceAt(d dict, key string) (int, bool) {
	v, has := d.values[key]
	if !has {
		return 0, false
	}
	n, end, ok := l.reference(v.At)
	return n, ok && end == v.End
}

// says whether a key of a dictionary has exactly this text as its value.
func (l lexer) says(d dict, key, text string) bool {
	v, has := d.values[key]
	return has && l.text(v) == text
}
