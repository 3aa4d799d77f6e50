package source

import (
	"fmt"
	"slices"

	"proofpack/generator/diag"
)

// A sink takes what a format finds and keeps the table's books: every record
// is a row or rejected, and no file can make it list without end.
type sink struct {
	in      *input
	table   *Table
	each    RowFunc
	rows    int
	repeats map[string]int // problems by code
}

func newSink(in *input, table *Table, each RowFunc) *sink {
	return &sink{in: in, table: table, each: each, repeats: map[string]int{}}
}

// row hands out one row.
func (s *sink) row(n int, cells []string) error {
	s.rows++
	return s.each(s.table, Row{N: n, Cells: cells})
}

// reject lists a record that can't be read.
func (s *sink) reject(n int, reason string) error {
	s.table.Rejected = append(s.table.Rejected, Rejected{N: n, Reason: reason})
	if len(s.table.Rejected) > maxRejected {
		return s.in.problem(n, "too-many-rejected", fmt.Sprintf("More than 100,000 records can't be read, the first because %s; nothing of the file was used.", s.table.Rejected[0].Reason),
			"Export the file again.")
	}
	return nil
}

// problem lists something not fatal, the first few of each kind.
func (s *sink) problem(p *diag.Problem) {
	if s.repeats[p.Code]++; s.repeats[p.Code] <= maxRepeats {
		s.table.Problems = append(s.table.Problems, p)
	}
}

// note says a decision.
func (s *sink) note(format string, args ...any) {
	s.table.Notes = append(s.table.Notes, fmt.Sprintf(format, args...))
}

// close counts the problems that were not listed, and holds the books against
// the independent count of rows.
func (s *sink) close(records int) error {
	var codes []string
	for code, n := range s.repeats {
		if n > maxRepeats {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	for _, code := range codes {
		s.table.Problems = append(s.table.Problems, s.in.problem(0, code,
			fmt.Sprintf("The same holds for %d more places of the file.", s.repeats[code]-maxRepeats), "See the first of them."))
	}
	s.table.Records = records
	if got := s.rows + len(s.table.Rejected); got != records {
		return s.differ(got, records)
	}
	return nil
}

// differ refuses a file that was read to another number of records than an
// independent count found in it.
func (s *sink) differ(read, counted int) error {
	why := "a quote is out of place"
	if len(s.table.Rejected) > 0 {
		why = "the first record that can't be read: " + s.table.Rejected[0].Reason
	}
	return s.in.problem(0, "count-differs", fmt.Sprintf("Reading found %d records, an independent count %d, so it is not certain where records begin (%s); nothing of the file was used.", read, counted, why),
		"Export the file again; cells that hold quotes or line ends must be quoted.")
}
