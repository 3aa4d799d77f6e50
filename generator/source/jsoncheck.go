package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// A jsonFault is why a text is not strict JSON.
type jsonFault struct {
	at     int // byte offset
	reason string
}

// checkJSON reads all of a text and gives its values, one after the other. It
// is strict: RFC 8259, valid UTF-8, no member twice in an object (also not in
// another case, for readers differ on which counts), nested at most maxDepth.
func checkJSON(text []byte) ([]jsontext.Value, *jsonFault) {
	dec := jsontext.NewDecoder(bytes.NewBuffer(text), jsontext.AllowDuplicateNames(true))
	var values []jsontext.Value
	var names [maxDepth + 1]map[string]bool
	start := 0
	for {
		if dec.StackDepth() == 0 {
			start = int(dec.InputOffset())
		}
		tok, err := dec.ReadToken()
		at := int(dec.InputOffset())
		switch {
		case err == io.EOF:
			return values, nil
		case err != nil:
			return nil, jsonReason(text, at, err)
		case dec.StackDepth() > maxDepth:
			return nil, &jsonFault{at - 1, "the JSON is nested deeper than 64 levels"}
		}
		depth := dec.StackDepth()
		if depth == 0 {
			values = append(values, bytes.Trim(text[start:at], jsonSpace))
			continue
		}
		switch kind, n := dec.StackIndex(depth); {
		case kind != '{':
		case n == 0 && tok.Kind() == '{':
			if names[depth] == nil || len(names[depth]) > 64 {
				names[depth] = map[string]bool{} // clearing costs what the largest object cost
			}
			clear(names[depth])
		case n%2 == 1:
			name := foldName(tok.String())
			if names[depth][name] {
				return nil, &jsonFault{at - 1, "a member stands twice in its object, perhaps in another case"}
			}
			names[depth][name] = true
		}
	}
}

// foldName is the same for names that differ only in case.
func foldName(name string) string {
	for i := range len(name) {
		if c := name[i]; c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf {
			return strings.ToLower(strings.ToUpper(name))
		}
	}
	return name
}

// jsonReason says in words what a decoder found.
func jsonReason(text []byte, at int, err error) *jsonFault {
	reason := "the text is not JSON"
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		at = int(syntax.ByteOffset)
		reason = syntax.Err.Error()
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return &jsonFault{len(text), "the JSON ends in the middle of a value: the file is cut off"}
	}
	at = min(max(at, 0), len(text))
	rest := bytes.TrimLeft(text[at:], jsonSpace)
	mark := len(text) - len(rest)
	starts := func(marks ...string) bool {
		for _, m := range marks {
			if bytes.HasPrefix(rest, []byte(m)) {
				return true
			}
		}
		return false
	}
	switch {
	case starts("NaN", "Infinity", "-Infinity", "nan", "inf", "-inf"):
		return &jsonFault{mark, "a number that is none (NaN or Infinity), which JSON does not have"}
	case starts("//", "/*", "#"):
		return &jsonFault{mark, "a comment, which JSON does not have"}
	case starts("'"):
		return &jsonFault{mark, "a text in single quotes, which JSON does not have"}
	case starts(",") && bytes.HasSuffix(bytes.TrimRight(text[:at], jsonSpace), []byte(",")):
		return &jsonFault{mark, "a comma with nothing before it"}
	case starts(","):
		if next := bytes.TrimLeft(rest[1:], jsonSpace); len(next) > 0 && strings.IndexByte("]},", next[0]) >= 0 {
			return &jsonFault{mark, "a comma with nothing behind it"}
		}
	}
	return &jsonFault{at, reason}
}

// eachMember calls f for the members of an object that checkJSON passed; the
// values are parts of object.
func eachMember(object jsontext.Value, f func(name string, value jsontext.Value)) {
	dec := jsontext.NewDecoder(bytes.NewBuffer(object), jsontext.AllowDuplicateNames(true))
	if _, err := dec.ReadToken(); err != nil {
		return
	}
	for dec.PeekKind() == '"' {
		name, err := dec.ReadToken()
		if err != nil {
			return
		}
		key := name.String()
		value, err := dec.ReadValue()
		if err != nil {
			return
		}
		end := int(dec.InputOffset())
		f(key, object[end-len(value):end:end])
	}
}

// eachElement calls f for the elements of an array that checkJSON passed, until
// one fails; they are parts of array.
func eachElement(array jsontext.Value, f func(jsontext.Value) error) error {
	dec := jsontext.NewDecoder(bytes.NewBuffer(array), jsontext.AllowDuplicateNames(true))
	if _, err := dec.ReadToken(); err != nil {
		return fmt.Errorf("source: json: %w", err)
	}
	for dec.PeekKind() != ']' {
		value, err := dec.ReadValue()
		if err != nil {
			return fmt.Errorf("source: json: %w", err)
		}
		end := int(dec.InputOffset())
		if err := f(array[end-len(value) : end : end]); err != nil {
			return err
		}
	}
	return nil
}

// countJSON counts the values at a depth of a text, 0 for the values of the
// text itself and 1 for the elements of its one array, by brackets and quotes
// alone. It stands beside the decoder as the independent count of rows.
func countJSON(text []byte, depth int) int {
	n, at := 0, 0
	quoted, escaped, word := false, false, false
	for _, c := range text {
		if quoted {
			switch {
			case escaped:
				escaped = false
			case c == '\\':
				escaped = true
			case c == '"':
				quoted = false
			}
			continue
		}
		begins := false
		switch c {
		case ' ', '\t', '\r', '\n', ',', ':':
			word = false
			continue
		case '}', ']':
			at--
			word = false
			continue
		case '{', '[':
			begins, word = at == depth, false
			at++
		case '"':
			begins, quoted, word = at == depth, true, false
		default:
			begins, word = at == depth && !word, true
		}
		if begins {
			n++
		}
	}
	return n
}
