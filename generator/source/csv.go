package source

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"proofpack/generator/diag"
)

// A csvReader reads one CSV as a stream of records.
type csvReader struct {
	*sink
	blocks blocks
	split  splitter
	count  counter
	n      int // records so far
	line   int // physical lines so far
	held   []heldRow
	gap    bool      // a blank record came after the last full row
	spare  int       // rows that end in empty cells beyond the header
	full   []sampled // records above the header of which most cells hold text
}

// A record is one record of a CSV, or why it is none. It is valid until the
// next one is read.
type record struct {
	n      int
	cells  []string
	raw    []byte // as written, decoded
	reason string // why it can't be read; "" when it can
}

func readCSV(in *input, each RowFunc) (*Table, error) {
	text, err := in.decode(true)
	if err != nil {
		return nil, err
	}
	c := &csvReader{sink: newSink(in, in.table("csv"), each)}
	c.blocks.src = text
	if err := c.blocks.more(); err != nil {
		return nil, err
	}
	form, err := in.form(c.blocks.window(), c.blocks.last())
	if err != nil {
		return nil, err
	}
	t := c.table
	t.Notes = append(t.Notes, form.notes...)
	t.Delimiter = delimiterName(form.delim)
	t.HeaderRow = form.header
	c.split.delim, c.count.delim = form.delim, form.delim
	c.blocks.listen(c.count.add)
	if err := c.readAll(form); err != nil {
		return nil, err
	}
	t.Encoding = text.label
	return t, nil
}

// readAll reads every record and closes the books.
func (c *csvReader) readAll(form form) error {
	t := c.table
	for {
		rec, more, err := c.next()
		if err != nil {
			return err
		}
		if !more {
			break
		}
		switch {
		case form.header == 0:
			if rec.reason != "" {
				err = c.reject(rec.n, rec.reason)
			}
		case rec.n == form.sepLine || rec.n < form.header:
			c.above(rec)
		case rec.n == form.header:
			err = c.header(rec)
		default:
			err = c.below(rec)
		}
		if err != nil {
			return err
		}
	}
	if c.n < t.HeaderRow || t.HeaderRow == 0 {
		said := fmt.Sprintf("None of the %d records is a header.", c.n)
		if len(t.Rejected) > 0 {
			said += " The first that can't be read: " + t.Rejected[0].Reason + "."
		}
		return c.in.problem(0, "no-header", said, "Export the file with its column headings, or set the header's record number for this source.")
	}
	if err := c.release(true); err != nil {
		return err
	}
	if t.Blank > 0 {
		c.note("%d records without any text are no rows", t.Blank)
	}
	if c.spare > 0 {
		c.note("%d rows end in empty cells beyond the header", c.spare)
	}
	return c.close(c.count.records() - 1 - len(t.Outside) - t.Blank)
}

// next reads one record.
func (c *csvReader) next() (rec record, more bool, err error) {
	for {
		w, last := c.blocks.window(), c.blocks.last()
		if len(w) == 0 && last {
			return rec, false, nil
		}
		size, f := 0, (*fault)(nil)
		if len(w) > 0 {
			size, f = c.split.split(w, last)
		}
		if size == 0 {
			if len(w) > maxRecord {
				rec, err = c.overlong()
				return rec, err == nil, err
			}
			if err := c.blocks.more(); err != nil {
				return rec, false, err
			}
			continue
		}
		c.n++
		rec = record{n: c.n, cells: c.split.cells, raw: w[:size]}
		if f != nil {
			rec.reason = c.place(w[:f.at]) + ": " + f.reason
			if f.fatal {
				return rec, false, c.in.problem(c.n, "unclosed-quote", fmt.Sprintf("At %s, so it is not certain where the rows after it begin; nothing of the file was used.", rec.reason),
					"Export the file again; cells that hold quotes or line ends must be quoted.")
			}
		}
		c.line += c.split.lines
		c.blocks.take(size)
		return rec, true, nil
	}
}

// overlong skips a record of more than maxRecord bytes; not one that is still
// in quotes, for then most likely nothing ever closes them.
func (c *csvReader) overlong() (record, error) {
	c.n++
	place := c.place(nil)
	if c.split.open {
		return record{}, c.in.problem(c.n, "unclosed-quote", fmt.Sprintf("The record that begins on %s is still inside a quoted cell after 1 MiB: its closing quote is missing. Nothing of the file was used.", place),
			"Export the file again; cells that hold quotes or line ends must be quoted.")
	}
	for {
		w := c.blocks.window()
		if at := bytes.IndexByte(w, '\n'); at >= 0 {
			c.blocks.take(at + 1)
			break
		}
		c.blocks.take(len(w))
		if c.blocks.last() {
			break
		}
		if err := c.blocks.more(); err != nil {
			return record{}, err
		}
	}
	c.line++
	return record{n: c.n, reason: place + ": the record is longer than 1 MiB"}, nil
}

// place names the physical line and column behind the part of a record that
// comes before it.
func (c *csvReader) place(before []byte) string {
	return linePlace(c.line, before)
}

// linePlace names a place by what stands before it, after so many whole lines.
func linePlace(lines int, before []byte) string {
	lines += bytes.Count(before, []byte{'\n'})
	before = before[bytes.LastIndexByte(before, '\n')+1:]
	return fmt.Sprintf("line %d, column %d", lines+1, utf8.RuneCount(before)+1)
}

// above takes a record above the header.
func (c *csvReader) above(rec record) {
	if rec.reason == "" && blank(rec.cells) {
		c.table.Blank++
		return
	}
	c.table.Outside = append(c.table.Outside, Line{N: rec.n, Text: string(lineText(rec.raw))})
	texts := 0
	for _, cell := range rec.cells {
		if strings.TrimSpace(cell) != "" {
			texts++
		}
	}
	if rec.reason == "" && texts > 1 && texts*2 > len(rec.cells) {
		c.full = append(c.full, sampled{n: rec.n, cells: slices.Clone(rec.cells)})
	}
}

// header takes the headings as written, and says which can't be told apart.
func (c *csvReader) header(rec record) error {
	if rec.reason != "" {
		return c.in.problem(rec.n, "bad-header", "The header can't be read: "+rec.reason+".", "Export the file again.")
	}
	t := c.table
	t.Header = slices.Clone(rec.cells)
	for _, r := range c.full {
		if len(r.cells) == len(t.Header) && c.in.opts.HeaderRow == 0 {
			c.problem(diag.At(t.Pos(r.n, -1), "row-above-header", "The line is as wide as the header and stands above it; it was not read as a row.",
				"If it is the header or a row, set the header's record number for this source."))
		}
	}
	c.full = nil
	first := map[string]int{}
	for i := range t.Header {
		if strings.TrimSpace(t.Header[i]) == "" {
			c.problem(diag.At(t.Pos(rec.n, i), "empty-heading", fmt.Sprintf("Column %d has no heading; it is read as %s.", i+1, t.ColumnName(i)),
				"Name the column in the export if it is needed."))
			continue
		}
		name := strings.ToLower(t.ColumnName(i))
		if at, seen := first[name]; seen {
			c.problem(diag.At(t.Pos(rec.n, i), "repeated-heading", fmt.Sprintf("Columns %d and %d have the same heading; both are kept.", at+1, i+1),
				"Name the columns apart in the export if they mean different things."))
			continue
		}
		first[name] = i
	}
	return nil
}

// blank says that no cell holds any text.
func blank(cells []string) bool {
	for _, c := range cells {
		if c != "" && strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}
