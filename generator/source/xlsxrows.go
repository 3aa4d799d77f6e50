package source

import (
	"fmt"
	"slices"
	"strings"

	"proofpack/generator/diag"
)

// A sheetTable makes the table of one sheet from its rows.
type sheetTable struct {
	*sink
	sheet  *sheet
	last   int       // number of the last row with text
	white  int       // rows whose text is white space alone
	full   []sampled // rows above the header of which most cells hold text
	held   []heldRow
	places int64 // rows by columns so far
	texts  int64 // of them with text
	bytes  int64 // of text
}

// table reads a sheet whole, header and all.
func (b *book) table(c *candidate, each RowFunc) (*Table, error) {
	t := b.in.table("xlsx")
	t.Notes = slices.Clone(t.Notes) // of the file, and of several sheets
	t.Sheet, t.HeaderRow = c.sheet.name, c.header
	s := &sheetTable{sink: newSink(b.in, t, each), sheet: c.sheet}
	count := newRowCounter(b.strings.filled)
	r, err := b.readSheet(c.sheet, count.add, s.take)
	if err != nil {
		return nil, err
	}
	if err := s.release(true); err != nil {
		return nil, err
	}
	if t.Header == nil {
		return nil, b.in.problem(0, "no-header", fmt.Sprintf("Row %d of the sheet %q, which is to be the header, holds no text.", c.header, c.sheet.name),
			"Set the number of the header's row for this source, the first row of the sheet being 1.")
	}
	t.Encoding = r.x.text.label
	t.Blank = s.last - 1 - len(t.Outside) - s.rows - len(t.Rejected)
	s.remarks(r)
	records := count.rows - 1 - len(t.Outside) - s.white
	if got := s.rows + len(t.Rejected); got != records {
		p := b.in.problem(0, "count-differs", fmt.Sprintf("Reading found %d rows with text in the sheet, an independent count %d; nothing of the file was used.", got, records), fixWorkbook)
		p.Sheet = c.sheet.name
		return nil, p
	}
	return t, s.close(records)
}

// take takes the next row that holds text.
func (s *sheetTable) take(row *sheetRow) error {
	gap := row.n > s.last+1
	s.last = row.n
	t := s.table
	switch white := row.reason == "" && blank(row.cells); {
	case white:
		s.white++
		return nil
	case row.n < t.HeaderRow:
		s.above(row)
		return nil
	case row.n == t.HeaderRow:
		return s.header(row)
	case t.Header == nil: // the header has no text: told at the end
		return nil
	case row.reason != "":
		if err := s.release(false); err != nil {
			return err
		}
		return s.reject(row.n, row.reason)
	}
	if err := s.measure(row); err != nil {
		return err
	}
	if row.texts > 2 || len(t.Header) < 3 {
		if err := s.release(false); err != nil {
			return err
		}
		return s.below(row.n, row.cells)
	}
	s.held = append(s.held, heldRow{n: row.n, cells: slices.Clone(row.cells), gap: gap})
	if len(s.held) <= maxFooter {
		return nil
	}
	first := s.held[0]
	s.held = s.held[1:]
	return s.below(first.n, first.cells)
}

// measure refuses a table that would take far more room than its text.
func (s *sheetTable) measure(row *sheetRow) error {
	s.places += int64(max(len(row.cells), len(s.table.Header)))
	s.texts += int64(row.texts)
	s.bytes += int64(row.bytes)
	said := ""
	switch {
	case s.places > maxPlaces:
		said = "more than 24 million cells"
	case s.places > sparseFrom && s.places/sparseShare > s.texts:
		said = "more than 4 million cells, of which fewer than one in 50 holds text"
	case s.bytes > maxText:
		said = "more than 512 MB of text, most of it the same strings again and again"
	default:
		return nil
	}
	return diag.At(s.table.Pos(row.n, -1), "too-many-cells", fmt.Sprintf("Up to this row the sheet has %s; nothing of the file was used.", said), "Export the table as CSV, or split it.")
}

// above takes a row above the header.
func (s *sheetTable) above(row *sheetRow) {
	text := row.reason
	if text == "" {
		text = lineOf(row.cells)
	}
	s.table.Outside = append(s.table.Outside, Line{N: row.n, Text: text})
	if row.texts > 1 && row.texts*2 > len(row.cells) {
		s.full = append(s.full, sampled{n: row.n, cells: slices.Clone(row.cells)})
	}
}

// lineOf is the cells of a line that is no row, without empty ones.
func lineOf(cells []string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(cells), func(c string) bool { return strings.TrimSpace(c) == "" }), "\t")
}

// header takes the headings, which are judged as those of a CSV.
func (s *sheetTable) header(row *sheetRow) error {
	if row.reason != "" {
		return diag.At(s.table.Pos(row.n, -1), "bad-header", "The header can't be read: "+row.reason+".", "Export the file again.")
	}
	c := csvReader{sink: s.sink, full: s.full}
	return c.header(record{n: row.n, cells: row.cells})
}

// below hands out a row under the header. In a sheet the last cells of a row
// are absent where they are empty, so a narrow row is nothing to speak of.
func (s *sheetTable) below(n int, cells []string) error {
	t := s.table
	width := len(t.Header)
	if len(cells) > width {
		s.problem(diag.At(t.Pos(n, width), "wide-row", fmt.Sprintf("The row has text in %d columns, the header in %d; the cells beyond it are kept as %s and on.", len(cells), width, t.ColumnName(width)),
			"Name the column in the sheet if it is needed, or take the stray cell away."))
	}
	for len(cells) < width {
		cells = append(cells, "")
	}
	return s.row(n, cells)
}

// release decides on the rows held: at the end of the sheet some may be
// footers, else all are rows.
func (s *sheetTable) release(end bool) error {
	rows := len(s.held)
	if end {
		rows = sheetFooters(s.held)
	}
	for _, h := range s.held[:rows] {
		if err := s.below(h.n, h.cells); err != nil {
			return err
		}
	}
	for _, h := range s.held[rows:] {
		s.table.Outside = append(s.table.Outside, Line{N: h.n, Text: lineOf(h.cells)})
	}
	s.held = s.held[:0]
	return nil
}

// sheetFooters is the index from which the last rows of a sheet, of at most two
// cells with text in a table of three columns or more, are footers. Unlike in a
// CSV a row with little in it may well be a row, and a row lost is a system
// lost: a footer is a line like those that tools write below a table, or a
// sentence alone under an empty row.
func sheetFooters(held []heldRow) int {
	from := len(held)
	for from > 0 && (toolLine(held[from-1].cells) || sentence(held[from-1].cells)) {
		from--
	}
	for from < len(held) && !held[from].gap && !toolLine(held[from].cells) {
		from++
	}
	return from
}

// toolLine says that the first text is one like "Total" or "Generated on ...";
// a name such as end-user-7 is none.
func toolLine(cells []string) bool {
	first, _, _ := strings.Cut(lineOf(cells), "\t")
	first = strings.TrimSpace(first)
	return footerText(first) && (strings.ContainsAny(first, " :(") || strings.Trim(strings.ToLower(first), "abcdefghijklmnopqrstuvwxyz") == "")
}

// sentence says that the only text is several words.
func sentence(cells []string) bool {
	line := lineOf(cells)
	return !strings.Contains(line, "\t") && len(strings.Fields(line)) > 2
}
