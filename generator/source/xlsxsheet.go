package source

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// A sheetReader reads the rows of one sheet as they come, and what stands
// around them.
type sheetReader struct {
	*book
	x    *xmlReader
	take func(*sheetRow) error
	row  sheetRow
	text []byte // of the row's cells, one after the other
	had  []foundCell

	// What was seen by the way.
	hidden   []int    // numbers of hidden rows with text
	columns  []span   // hidden columns
	merged   []merge  // ranges of more than one cell
	formulas []string // cells whose formula has no stored result, the first few
	unstored int      // how many
	errors   []string // cells that hold an error of a formula, the first few
	mistakes int      // how many
}

// A sheetRow is a row of a sheet that holds any text. It is valid until the
// next one.
type sheetRow struct {
	n      int      // in the sheet, from 1
	cells  []string // up to the last that holds text
	texts  int      // cells that hold text
	bytes  int      // of their text
	reason string   // why it can't be read; "" when it can
}

// A foundCell is a cell of the open row with its text: shared, or a piece of the
// reader's own text.
type foundCell struct {
	column   int // from 0
	from, to int
	shared   string
}

// A span is columns from and to, from 1.
type span struct{ from, to int }

// A merge is cells that are shown as one.
type merge struct {
	ref                   string
	top, bottom, from, to int
}

// attrsOfRow and attrsOfCell are what rows and cells may have; a slip in one of
// them would turn a text into the number under which it is kept.
var (
	attrsOfRow  = [...]string{"r", "spans", "s", "customFormat", "ht", "hidden", "customHeight", "outlineLevel", "collapsed", "thickTop", "thickBot", "ph"}
	attrsOfCell = [...]string{"r", "s", "t", "cm", "vm", "ph"}
)

// readSheet hands out every row with text of a sheet; tap sees every byte of the
// part. It reads the part to its end, unless take ends it with an error.
func (b *book) readSheet(s *sheet, tap func([]byte), take func(*sheetRow) error) (*sheetReader, error) {
	x, err := b.xml(s.part, tap)
	if err != nil {
		return nil, err
	}
	defer x.close()
	x.sheet = s.name
	r := &sheetReader{book: b, x: x, take: take}
	if err := x.root(spaceMain, "worksheet"); err != nil {
		return r, err
	}
	data := 0
	err = x.each(func() error {
		switch {
		case x.is("sheetData"):
			if data++; data > 1 {
				return x.fail("there are two sets of rows")
			}
			err := x.strictly(r.readRow)
			x.row = 0
			return err
		case x.is("cols"):
			return x.each(r.column)
		case x.is("mergeCells"):
			return x.each(r.merge)
		}
		return nil
	})
	if err != nil {
		return r, err
	}
	if data == 0 {
		return r, x.fail("there are no rows, not even an empty list of them")
	}
	return r, x.end()
}

// strictly is each for an element that holds nothing but elements.
func (x *xmlReader) strictly(f func() error) error {
	depth := x.depth()
	for {
		more, err := x.child(depth)
		if err != nil || !more {
			return err
		}
		if err := f(); err != nil {
			return err
		}
		if err := x.leave(depth); err != nil {
			return err
		}
	}
}

// child reads on to the next child of the element at a depth, or behind its
// end. There may be no text before it.
func (x *xmlReader) child(depth int) (bool, error) {
	for {
		kind, err := x.next()
		switch {
		case err != nil:
			return false, err
		case kind == xmlStart:
			return true, nil
		case kind == xmlEnd && x.depth() < depth:
			return false, nil
		case kind == xmlText && len(bytes.TrimLeft(x.chars, " \t\r\n")) > 0:
			return false, x.fail("there is text between cells or rows")
		}
	}
}

// readRow reads the row just entered.
func (r *sheetReader) readRow() error {
	x := r.x
	if !x.is("row") {
		return x.fail("there is a <%.60s> among the rows", x.name)
	}
	if err := x.only(attrsOfRow[:]); err != nil {
		return err
	}
	n, err := x.index("r", r.row.n+1)
	if err != nil {
		return err
	}
	if n <= r.row.n || n > maxSheetRow {
		return x.fail("row %d comes after row %d", n, r.row.n)
	}
	hidden, err := x.boolean("hidden")
	if err != nil {
		return err
	}
	r.row.n, r.row.reason = n, ""
	r.row.texts, r.row.bytes = 0, 0
	r.text, r.had = r.text[:0], r.had[:0]
	x.row = n
	c := cellReader{sheetReader: r, column: -1}
	if err := c.readAll(); err != nil {
		return err
	}
	if r.row.reason == "" && len(r.had) == 0 {
		return nil
	}
	if hidden {
		r.hidden = append(r.hidden, n)
	}
	r.finish()
	return r.take(&r.row)
}

// finish makes the cells of the row from one string.
func (r *sheetReader) finish() {
	row := &r.row
	if row.reason == "" && row.bytes > maxRecord {
		row.reason = "the row is longer than 1 MiB"
	}
	if row.reason != "" {
		row.cells = row.cells[:0]
		return
	}
	width := r.had[len(r.had)-1].column + 1
	if cap(row.cells) < width {
		row.cells = make([]string, width)
	}
	row.cells = row.cells[:width]
	clear(row.cells)
	text := string(r.text)
	for _, c := range r.had {
		if row.cells[c.column] = c.shared; c.shared == "" {
			row.cells[c.column] = text[c.from:c.to]
		}
	}
	row.texts = len(r.had)
}

// reject says why the row can't be read; the first reason is told.
func (r *sheetReader) reject(column int, format string, args ...any) {
	if r.row.reason == "" {
		r.row.reason = "cell " + cellName(column, r.row.n) + " " + fmt.Sprintf(format, args...)
	}
}

// add takes a cell's text, which is the end of r.text from there, or shared.
func (r *sheetReader) add(column, from int, shared string) {
	text := len(r.text) - from + len(shared)
	switch r.row.bytes += text; {
	case text == 0:
		return
	case column >= maxColumns:
		r.reject(column, "is beyond the 1,024 columns that are read")
	case shared != "" && tooLong(shared), shared == "" && text > maxCell && utf8.RuneCount(r.text[from:]) > maxCell:
		r.reject(column, "is longer than 32,767 characters")
	case shared != "" && strings.IndexByte(shared, 0) >= 0, bytes.IndexByte(r.text[from:], 0) >= 0:
		r.reject(column, "holds a NUL character, which is no text")
	case r.row.bytes <= maxRecord && r.row.reason == "":
		r.had = append(r.had, foundCell{column: column, from: from, to: len(r.text), shared: shared})
		return
	}
	r.text = r.text[:from]
}

// column takes note of hidden columns.
func (r *sheetReader) column() error {
	hidden, err := r.x.boolean("hidden")
	if err != nil || !hidden {
		return err
	}
	from, err := r.x.index("min", -1)
	if err != nil {
		return err
	}
	to, err := r.x.index("max", -1)
	if err != nil {
		return err
	}
	if len(r.columns) < maxSheetColumn {
		r.columns = append(r.columns, span{from, to})
	}
	return nil
}

// merge takes note of merged cells.
func (r *sheetReader) merge() error {
	ref := string(r.x.attr("ref"))
	first, last, both := strings.Cut(ref, ":")
	if !both {
		last = first
	}
	m := merge{ref: ref}
	var ok, end bool
	m.from, m.top, ok = parseRef([]byte(first))
	m.to, m.bottom, end = parseRef([]byte(last))
	if !ok || !end || m.top > m.bottom || m.from > m.to {
		return r.x.fail("cells can't be merged as %.40q", ref)
	}
	if m.top != m.bottom || m.from != m.to {
		r.merged = append(r.merged, m)
	}
	return nil
}
