// Package diag says what is wrong, where it stands, and how to mend it.
package diag

import (
	"fmt"
	"path"
	"strings"
)

// A Pos is the place of a fact in a source: the address that every printed
// number leads back to.
type Pos struct {
	File    string // path as the user knows it, with "/" separators; "" for no place
	Sheet   string // sheet of a workbook; "" elsewhere
	Row     int    // record number, the first line of the file being 1; JSON: element index from 1; 0 for the whole file
	Column  int    // column number from 1; 0 for the whole row
	Heading string // heading of that column as written in the file; "" when unknown
}

// String is the place in words, such as `exports/jobs.csv row 12, column "End Time"`.
func (p Pos) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Sheet != "" {
		fmt.Fprintf(&b, " sheet %q", p.Sheet)
	}
	if p.Row > 0 {
		fmt.Fprintf(&b, " %s %d", p.rowWord(), p.Row)
	}
	if p.Heading != "" {
		fmt.Fprintf(&b, ", column %q", p.Heading)
	} else if p.Column > 0 {
		fmt.Fprintf(&b, ", column %d", p.Column)
	}
	return b.String()
}

// rowWord is what a row of the file is called: exports have rows, files that
// people write have lines.
func (p Pos) rowWord() string {
	switch path.Ext(p.File) {
	case ".yml", ".yaml", ".md":
		return "line"
	}
	return "row"
}

// A Problem is one thing that is wrong with what the user gave us.
type Problem struct {
	Pos
	Code    string // stable, kebab-case: "bad-date", "unclosed-quote", "not-found"
	Message string // what was found and what we did about it, one or two sentences
	Fix     string // the one thing to do
}

// Error is the problem on one line, for logs and tests; the command line
// prints the parts on lines of their own.
func (p *Problem) Error() string {
	s := p.Message
	if at := p.Pos.String(); at != "" {
		s = at + ": " + s
	}
	if p.Fix != "" {
		s += " Fix: " + p.Fix
	}
	return s
}

// At makes a problem at a place.
func At(pos Pos, code, message, fix string) *Problem {
	return &Problem{Pos: pos, Code: code, Message: message, Fix: fix}
}

// Unique keeps the first of each place, in their order.
func Unique(places []Pos) []Pos {
	seen := map[Pos]bool{}
	var out []Pos
	for _, p := range places {
		if !seen[p] {
			seen[p] = true
			out = append(out, p)
		}
	}
	return out
}
