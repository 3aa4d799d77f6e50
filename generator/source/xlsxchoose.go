package source

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// A candidate is a sheet that may be read, as its first rows show it.
type candidate struct {
	sheet  *sheet
	header int      // number of the header's row; 0 when the sheet holds no text
	cells  []string // its headings
	known  float64  // how many names it knows
	rows   int      // rows with text that were looked at
	more   bool     // there are more
}

// enoughNames is how many names a header must know for its sheet to be read
// beside the best one.
const enoughNames = 2

// errEnough ends the look at a sheet.
var errEnough = errors.New("enough rows")

// candidates looks at every sheet, or at those of some names.
func (b *book) candidates(only []string) ([]*candidate, error) {
	var all []*candidate
	for _, s := range b.sheets {
		if len(only) > 0 && !named(only, s.name) {
			continue
		}
		c, err := b.look(s)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	switch {
	case len(b.sheets) == 0:
		return nil, b.in.problem(0, "empty-file", "The workbook has no sheet of cells.", "Export the table again.")
	case len(all) == 0:
		return nil, b.noSuchSheet(only[0])
	}
	if at := best(all); all[at].header == 0 {
		return nil, b.in.problem(0, "empty-file", "The workbook holds no row, not even a header: it shows neither that there is something nor that there is nothing.",
			"Export it again; an export of nothing still has its headings.")
	}
	return all, nil
}

// wanted are the sheets that Options names; each must be there and hold a
// header.
func (b *book) wanted(all []*candidate) (map[*candidate]bool, error) {
	read := map[*candidate]bool{}
	for _, want := range b.in.opts.Sheets {
		at := slices.IndexFunc(all, func(c *candidate) bool { return strings.EqualFold(c.sheet.name, want) })
		switch {
		case at < 0:
			return nil, b.noSuchSheet(want)
		case all[at].header == 0:
			return nil, diag.At(diag.Pos{File: b.in.file, Sheet: all[at].sheet.name}, "empty-file", "The sheet holds no row, not even a header: it shows neither that there is something nor that there is nothing.",
				"Export it again; an export of nothing still has its headings.")
		}
		read[all[at]] = true
	}
	return read, nil
}

func named(names []string, sheet string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, sheet) })
}

func (b *book) noSuchSheet(want string) error {
	var names []string
	for _, s := range b.sheets {
		names = append(names, fmt.Sprintf("%q", s.name))
	}
	return b.in.problem(0, "no-such-sheet", fmt.Sprintf("The workbook has no sheet %q; it has %s.", want, strings.Join(names, ", ")), "Correct `sheet:` for this source.")
}

// look reads the first rows of a sheet and finds its header.
func (b *book) look(s *sheet) (*candidate, error) {
	c := &candidate{sheet: s}
	var records []sampled
	_, err := b.readSheet(s, nil, func(row *sheetRow) error {
		if len(records) == sampleRecords {
			c.more = true
			return errEnough
		}
		r := sampled{n: row.n, bad: row.reason != ""}
		r.cells = append(r.cells, row.cells...)
		r.aside = !r.bad && blank(r.cells)
		records = append(records, r)
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	for _, r := range records {
		if !r.aside {
			c.rows++
		}
	}
	score := b.in.opts.Score
	if n := b.in.opts.HeaderRow; n != 0 {
		if n < 0 || n > maxPreamble {
			return nil, b.in.problem(0, "no-header", fmt.Sprintf("Row %d can't be the header: it must be among the first 1,000.", n), "Set the number of the header's row for this source, the first row being 1.")
		}
		c.header = n
		for _, r := range records {
			if r.n == n {
				c.cells = r.cells
			}
		}
	} else if at := headerAt(level(records), !c.more, score); at >= 0 {
		c.header, c.cells = records[at].n, records[at].cells
	}
	if score != nil {
		c.known = known(c.cells, score)
	}
	return c, nil
}

// level gives the records of a sheet one width, as a CSV saved from it would
// have: in a sheet the last cells are absent where they are empty, so that
// their number says nothing. A column at the end that one record alone reaches
// is a stray cell, unless that is the last record: a header without rows.
func level(records []sampled) []sampled {
	first, second, last := 0, 0, 0
	for _, r := range records {
		if r.bad || r.aside {
			continue
		}
		last = len(r.cells)
		first, second = max(first, last), max(min(first, last), second)
	}
	width := first
	if len(records) > 3 && last < first {
		width = second
	}
	leveled := make([]sampled, len(records))
	for i, r := range records {
		leveled[i] = r
		if r.bad || r.aside {
			continue
		}
		leveled[i].cells = make([]string, width)
		copy(leveled[i].cells, r.cells)
	}
	return leveled
}

// best is the index of the candidate that knows the most names. Of equals, one
// with rows under a header of several columns goes before one without, a
// visible one before a hidden one, and the first before the others.
func best(all []*candidate) int {
	at := 0
	for i, c := range all[1:] {
		if c.better(all[at]) {
			at = i + 1
		}
	}
	return at
}

func (c *candidate) better(than *candidate) bool {
	switch {
	case (c.header > 0) != (than.header > 0):
		return c.header > 0
	case c.known != than.known:
		return c.known > than.known
	case c.isTable() != than.isTable():
		return c.isTable()
	}
	return !c.sheet.hidden && than.sheet.hidden
}

func (c *candidate) isTable() bool { return len(c.cells) > 1 && c.rows > 1 }

// counts says that a sheet is one of several tables of a workbook: its header
// knows names, or looks like a header where no names are known at all.
func (c *candidate) counts(scored bool) bool {
	if scored {
		return c.known >= enoughNames
	}
	return c.isTable() && headingForm(c.cells) >= likeHeader
}

// unread says which sheets with text are not among the tables; those that look
// like one are problems.
func (b *book) unread(t *Table, all []*candidate, read map[*candidate]bool) {
	for _, c := range all {
		if read[c] || c.header == 0 || c.rows == 0 {
			continue
		}
		more := ""
		if c.more {
			more = "more than "
		}
		t.Notes = append(t.Notes, fmt.Sprintf("the sheet %q was not read (%s%s)", c.sheet.name, more, evidence.Of(c.rows, "row with text", "rows with text")))
		if c.counts(b.in.opts.Score != nil) {
			t.Problems = append(t.Problems, diag.At(diag.Pos{File: t.File, Sheet: c.sheet.name}, "more-sheets", fmt.Sprintf("The sheet looks like a table too and was not read; %q was.", t.Sheet),
				"Name the sheet for a source of its own if it is needed."))
		}
	}
}
