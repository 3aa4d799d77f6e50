package prose

import (
	"bytes"
	"regexp"
)

// maxColumns is how many columns a table may have; each row is filled up to it.
const maxColumns = 24

// maxNesting is how many quotes and lists may stand in one another.
const maxNesting = 32

// opener is what opens a quote or the item of a list.
var opener = regexp.MustCompile(`^[ \t]*(>|[-+*]|[0-9]{1,9}[.)])`)

// deep is the first line that opens more quotes and lists than anybody writes,
// or 0. It is asked before the parser is, which recurses into each.
func deep(source []byte) int {
	for i, line := range bytes.Split(source, []byte("\n")) {
		indent := len(line) - len(bytes.TrimLeft(line, " \t"))
		if indent > 8*maxNesting || openers(line) > maxNesting && !rule(line) {
			return i + 1
		}
	}
	return 0
}

// wide is the first line that may be the rule under the head of a table with
// more columns than anybody reads, or 0.
func wide(source []byte) int {
	for i, line := range bytes.Split(source, []byte("\n")) {
		if bytes.Count(line, []byte("|")) > maxColumns && len(bytes.Trim(line, "|:->*+ \t0123456789.)")) == 0 {
			return i + 1
		}
	}
	return 0
}

// openers counts the quotes and lists that a line opens.
func openers(line []byte) int {
	n := 0
	for at := opener.FindIndex(line); at != nil; at = opener.FindIndex(line) {
		line = line[at[1]:]
		n++
	}
	return n
}

// rule tells whether a line is a thematic break, which may be long.
func rule(line []byte) bool {
	marks := bytes.ReplaceAll(bytes.TrimSpace(line), []byte(" "), nil)
	return len(marks) > 0 && bytes.Count(marks, marks[:1]) == len(marks) && bytes.IndexByte([]byte("-*_"), marks[0]) >= 0
}
