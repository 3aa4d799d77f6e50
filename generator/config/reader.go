package config

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"proofpack/generator/diag"
)

// A reader turns nodes into values and collects every problem on the way.
type reader struct {
	file     string
	problems []*diag.Problem
}

// say notes a problem; line 0 is the whole file.
func (r *reader) say(line int, code, message, fix string) {
	r.problems = append(r.problems, diag.At(diag.Pos{File: r.file, Row: line}, code, message, fix))
}

// sorted is every problem in the order of lines.
func (r *reader) sorted() []*diag.Problem {
	slices.SortStableFunc(r.problems, func(a, b *diag.Problem) int { return a.Row - b.Row })
	return r.problems
}

// fields reads the keys of a node; where names the place in words, for
// messages: `the top level`, `"policy"`.
func (r *reader) fields(n *node, where string, fields []field) {
	for _, e := range r.keys(n, where) {
		i := slices.IndexFunc(fields, func(f field) bool { return f.name == e.key })
		if i < 0 {
			r.unknown(e, where, fields)
			continue
		}
		fields[i].read(r, e)
	}
}

// keys are the keys of a node that must hold keys; a node that holds nothing
// has none.
func (r *reader) keys(n *node, where string) []entry {
	switch n.shape {
	case isKeys:
		return n.keys
	case isNothing, isSaid:
	case isWords, isList:
		r.say(n.line, "not-keys", where+" must hold keys, such as \"name: value\"", "write keys, indented alike")
	}
	return nil
}

func (r *reader) unknown(e entry, where string, fields []field) {
	names := namesOf(fields)
	message := fmt.Sprintf("unknown key %q", e.key)
	if near := diag.Nearest(e.key, names); near != "" {
		r.say(e.line, "unknown-key", fmt.Sprintf("%s. Did you mean %q?", message, near), "")
		return
	}
	if home := homeOf(e.key); home != "" && home != where {
		r.say(e.line, "unknown-key", message+" here", "move it: it belongs under "+home)
		return
	}
	fix := "remove it; " + where + " has " + strings.Join(names, ", ")
	if len(names) > 16 {
		fix = "remove it; the file that proofpack init writes explains every key"
	}
	r.say(e.line, "unknown-key", message+"; it was not read", fix)
}

// maxWords bounds one value; names and titles are far shorter.
const maxWords = 300

// words is a value of one line; ok is false when there is none, which is said.
func (r *reader) words(e entry) (string, bool) {
	switch e.value.shape {
	case isNothing:
		r.say(e.line, "no-value", fmt.Sprintf("%q has no value", e.key), "write a value, or remove the key")
		return "", false
	case isList, isKeys:
		r.say(e.value.line, "not-words", fmt.Sprintf("%q must be one value, not a list or keys", e.key), "write one value behind the colon")
		return "", false
	case isSaid:
		return "", false
	case isWords:
	}
	return r.checked(e.key, e.value)
}

func (r *reader) checked(key string, n *node) (string, bool) {
	words := strings.TrimSpace(n.words)
	switch {
	case words == "":
		r.say(n.line, "no-value", fmt.Sprintf("%q has no value", key), "write a value, or remove the key")
	case utf8.RuneCountInString(words) > maxWords:
		r.say(n.line, "too-long", fmt.Sprintf("the value of %q is longer than %d characters", key, maxWords), "write a shorter one")
	case strings.ContainsFunc(words, func(c rune) bool { return unicode.IsControl(c) || unicode.Is(unicode.Cf, c) }):
		r.say(n.line, "not-text", fmt.Sprintf("the value of %q holds a character that cannot be seen", key), "type the value again")
	default:
		return words, true
	}
	return "", false
}

// list is a value that is a list of words; one word alone is a list of one.
func (r *reader) list(e entry) []string {
	n := e.value
	if n.shape == isSaid {
		return nil
	}
	if n.shape == isWords {
		n = &node{line: n.line, shape: isList, items: []*node{n}}
	}
	if n.shape != isList {
		r.say(e.line, "not-list", fmt.Sprintf("%q must be a list, such as [one, two]", e.key), "write a list in brackets")
		return nil
	}
	var words []string
	for _, item := range n.items {
		if item.shape == isSaid {
			continue
		}
		if item.shape != isWords {
			r.say(max(item.line, e.line), "not-words", fmt.Sprintf("an entry of %q is not one value", e.key), "write one value for each entry")
			continue
		}
		if w, ok := r.checked(e.key, item); ok {
			words = append(words, w)
		}
	}
	return words
}

// choice is a value that is one of known.
func (r *reader) choice(e entry, known []string) (string, bool) {
	word, ok := r.words(e)
	if !ok || slices.Contains(known, word) {
		return word, ok
	}
	message := fmt.Sprintf("%q is none of the values of %q", word, e.key)
	if near := diag.Nearest(word, known); near != "" {
		r.say(e.value.line, "bad-value", fmt.Sprintf("%s. Did you mean %q?", message, near), "")
		return "", false
	}
	r.say(e.value.line, "bad-value", message, "write one of: "+strings.Join(known, ", "))
	return "", false
}
