package evidence

import (
	"fmt"
	"strconv"
	"strings"

	"proofpack/generator/diag"
)

// A Figure is a number as printed, with how it was worked out and from which
// rows. Every number in a sentence of a finding is one.
type Figure struct {
	Text    string     // as printed: "95.6 %", "25.8 GB a day", "13 June 2026", "5"
	Value   float64    // the number behind Text, in Unit; of a date, days since 1970-01-01
	Unit    string     // "%", "GB/day", "days", "USD", "h", "count", "date"
	Formula string     // in words and names of columns: "count(alerts where system = VMH-01, acknowledged_by is a person)"
	Sources []diag.Pos // the rows it was worked out from
}

// A Statement is a sentence whose numbers are figures. Format holds {0}, {1}...
// where Figures stand; a literal brace is not used in sentences.
type Statement struct {
	Format  string
	Figures []Figure
}

// Say makes a statement; the n-th {} of format becomes the n-th figure.
func Say(format string, figures ...Figure) Statement {
	var b strings.Builder
	for i := 0; ; i++ {
		head, tail, found := strings.Cut(format, "{}")
		b.WriteString(head)
		if !found {
			break
		}
		fmt.Fprintf(&b, "{%d}", i)
		format = tail
	}
	return Statement{Format: b.String(), Figures: figures}
}

// Word makes a name fit to stand in a format: its braces become round, so that
// a name from an export never passes for the place of a figure.
func Word(name string) string { return strings.NewReplacer("{", "(", "}", ")").Replace(name) }

// A Part is a piece of a statement: words, or a figure.
type Part struct {
	Text   string
	Figure *Figure // nil for words
}

// Parts splits the statement into words and figures in reading order.
func (s Statement) Parts() []Part {
	var parts []Part
	rest := s.Format
	for rest != "" {
		open := strings.IndexByte(rest, '{')
		if open < 0 {
			break
		}
		end := strings.IndexByte(rest[open:], '}')
		if end < 0 {
			break
		}
		n, err := strconv.Atoi(rest[open+1 : open+end])
		if err != nil || n < 0 || n >= len(s.Figures) {
			break
		}
		if open > 0 {
			parts = append(parts, Part{Text: rest[:open]})
		}
		parts = append(parts, Part{Text: s.Figures[n].Text, Figure: &s.Figures[n]})
		rest = rest[open+end+1:]
	}
	if rest != "" {
		parts = append(parts, Part{Text: rest})
	}
	return parts
}

// String is the sentence as printed.
func (s Statement) String() string {
	var b strings.Builder
	for _, p := range s.Parts() {
		b.WriteString(p.Text)
	}
	return b.String()
}

// Empty tells that nothing is said.
func (s Statement) Empty() bool { return s.Format == "" }

// Count is a figure that counts rows: "5", or "no" words are the caller's.
func Count(n int, formula string, sources ...diag.Pos) Figure {
	return Figure{Text: Whole(n), Value: float64(n), Unit: "count", Formula: formula, Sources: sources}
}
