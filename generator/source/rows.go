package source

import (
	"fmt"
	"slices"
	"strings"

	"proofpack/generator/diag"
)

// A heldRow is a record narrower than the header, held until it is known
// whether rows come after it.
type heldRow struct {
	n     int
	cells []string
	text  string
	gap   bool // a blank record stands above it
	torn  bool // the file ends in it without a line end
}

// below takes a record under the header.
func (c *csvReader) below(rec record) error {
	switch {
	case rec.reason != "":
		if err := c.release(false); err != nil {
			return err
		}
		return c.reject(rec.n, rec.reason)
	case blank(rec.cells):
		c.table.Blank++
		c.gap = true
		return nil
	case len(rec.cells) < len(c.table.Header):
		end := rec.raw[len(rec.raw)-1]
		c.held = append(c.held, heldRow{rec.n, slices.Clone(rec.cells), string(lineText(rec.raw)), c.gap, end != '\n'})
		c.gap = false
		if len(c.held) <= maxFooter {
			return nil
		}
		first := c.held[0]
		c.held = c.held[1:]
		return c.narrow(first)
	}
	if err := c.release(false); err != nil {
		return err
	}
	c.gap = false
	return c.wide(rec.n, rec.cells)
}

// release decides on the records held: at the end of the file some may be
// footers, else all are rows.
func (c *csvReader) release(end bool) error {
	rows := len(c.held)
	if end {
		rows = footersFrom(c.held)
	}
	for _, h := range c.held[:rows] {
		if err := c.narrow(h); err != nil {
			return err
		}
	}
	for _, h := range c.held[rows:] {
		c.table.Outside = append(c.table.Outside, Line{N: h.n, Text: h.text})
	}
	c.held = c.held[:0]
	return nil
}

// narrow hands out a row with fewer cells than the header.
func (c *csvReader) narrow(h heldRow) error {
	width := len(c.table.Header)
	said := fmt.Sprintf("The row has %d cells, the header %d; the missing ones are read as empty.", len(h.cells), width)
	if h.torn {
		said += " The file ends in the middle of the line: it may be cut off."
	}
	c.problem(diag.At(c.table.Pos(h.n, -1), "narrow-row", said, "Compare the row with the tool that made it; export again if it is cut off."))
	return c.row(h.n, append(h.cells, make([]string, width-len(h.cells))...))
}

// wide hands out a row with at least as many cells as the header. Cells beyond
// it are kept where they are: shifting them would put values under headings
// that are not theirs.
func (c *csvReader) wide(n int, cells []string) error {
	if width := len(c.table.Header); len(cells) > width {
		if blank(cells[width:]) {
			c.spare++
		} else {
			c.problem(diag.At(c.table.Pos(n, width), "wide-row",
				fmt.Sprintf("The row has %d cells, the header %d; the cells beyond it are kept as %s and on.", len(cells), width, c.table.ColumnName(width)),
				"Look whether a cell of the row holds the delimiter without quotes around it; name the column in the export if it is real."))
		}
	}
	return c.row(n, cells)
}

// footersFrom is the index from which the records held at the end of a file are
// footers. A footer is never as wide as the header. The longest run of lines
// at the very end counts in which each has at most two cells with text, and
// the first stands under a blank line or begins like a footer. Any other
// narrow line is a row: the last line of a file cut off looks just like it.
func footersFrom(held []heldRow) int {
	from := len(held)
	for i := len(held) - 1; i >= 0; i-- {
		texts := 0
		first := ""
		for _, cell := range held[i].cells {
			if cell = strings.TrimSpace(cell); cell != "" {
				if texts++; texts == 1 {
					first = cell
				}
			}
		}
		if texts > 2 {
			break
		}
		if held[i].gap || footerText(first) {
			from = i
		}
	}
	return from
}

// footerText says that a text begins like the line that tools write below a
// table: "Total: 12 rows", "(12 rows affected)", "Generated on ...".
func footerText(s string) bool {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return strings.ContainsRune(" \t:=.,;()[]*-#", r)
	})
	if len(words) == 0 {
		return false
	}
	if len(words) > 1 && strings.Trim(words[0], "0123456789") == "" {
		words = words[1:]
	}
	switch words[0] {
	case "total", "totals", "count", "row", "rows", "record", "records", "result", "results",
		"generated", "exported", "printed", "end", "page", "copyright", "©":
		return true
	}
	return false
}
