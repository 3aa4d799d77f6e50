package source

import (
	"bytes"
	"strconv"
	"strings"
)

// A cellReader reads the cells of one row.
type cellReader struct {
	*sheetReader
	column int // of the cell before; -1 at first
}

// readAll reads all cells of the row just entered, and its end.
func (c *cellReader) readAll() error {
	for {
		for c.quick() {
		}
		more, err := c.x.child(c.x.depth())
		if err != nil || !more {
			return err
		}
		depth := c.x.depth() - 1
		if err := c.read(); err != nil {
			return err
		}
		if err := c.x.leave(depth); err != nil {
			return err
		}
	}
}

// read reads the cell just entered.
func (c *cellReader) read() error {
	x := c.x
	if !x.is("c") {
		return x.known("extLst")
	}
	if err := x.only(attrsOfCell[:]); err != nil {
		return err
	}
	column := c.column + 1
	if ref := x.attr("r"); len(ref) > 0 {
		col, row, ok := parseRef(ref)
		if !ok || row != c.row.n {
			return x.fail("the cell %.40q is in row %d", ref, c.row.n)
		}
		if col-1 < column {
			return x.fail("the cell %.40q comes after %s", ref, cellName(c.column, c.row.n))
		}
		column = col - 1
	}
	if column >= maxSheetColumn {
		return x.fail("row %d has more than 16,384 cells", c.row.n)
	}
	c.column = column
	style, err := x.index("s", 0)
	if err != nil {
		return err
	}
	format, known := c.styles.at(style)
	if !known {
		return x.fail("the cell %s has the format %d, which there is not", cellName(column, c.row.n), style)
	}
	kind, known := cellTypes[string(x.attr("t"))]
	if !known {
		return x.fail("the cell %s has the unknown type %.40q", cellName(column, c.row.n), x.attr("t"))
	}
	return c.value(kind, format)
}

// A cellType is how the value of a cell is written.
type cellType uint8

const (
	numberCell cellType = iota
	sharedCell
	textCell
	inlineCell
	booleanCell
	errorCell
	dateCell
)

// cellTypes are the types of ECMA-376 part 1, 18.18.11.
var cellTypes = map[string]cellType{"": numberCell, "n": numberCell, "s": sharedCell, "str": textCell, "inlineStr": inlineCell, "b": booleanCell, "e": errorCell, "d": dateCell}

// value reads what is in a cell and adds its text to the row.
func (c *cellReader) value(kind cellType, format numberFormat) error {
	x := c.x
	from := len(c.text)
	formula, values := false, 0
	err := x.strictly(func() error {
		switch {
		case x.is("v"):
			values++
			return x.plainText(&c.text, from+maxTextBytes)
		case x.is("is"):
			values++
			kind = inlineCell
			text, err := x.richText(c.text)
			c.text = text
			return err
		case x.is("f"):
			formula = true
			return nil
		}
		return x.known("extLst")
	})
	if err != nil {
		return err
	}
	if values > 1 {
		return x.fail("the cell %s has two values", cellName(c.column, c.row.n))
	}
	raw := c.text[from:]
	if len(raw) == 0 {
		if values > 0 && kind == sharedCell {
			return x.fail("the cell %s does not say which shared string it is", cellName(c.column, c.row.n))
		}
		if formula && kind != textCell {
			c.unstored++
			c.formulas = c.listed(c.formulas)
		}
		return nil
	}
	shared := ""
	switch kind {
	case sharedCell:
		i, ok := stringIndex(raw)
		if !ok || i >= c.strings.n {
			return x.fail("the cell %s is the shared string %.40q, which there is not", cellName(c.column, c.row.n), raw)
		}
		shared, c.text = c.strings.at(i), c.text[:from]
	case textCell, inlineCell:
		if text := unescapedBytes(raw); text != "" {
			c.text = append(c.text[:from], text...)
		}
	case numberCell:
		c.number(from, format)
	case booleanCell:
		c.boolean(from)
	case errorCell:
		c.mistakes++
		c.errors = c.listed(c.errors)
	case dateCell:
		if format.kind == dayFormat {
			c.text = append(c.text[:from], strings.TrimSuffix(strings.TrimSuffix(string(raw), ".000"), "T00:00:00")...)
		}
	}
	c.add(c.column, from, shared)
	return nil
}

// number makes the text of a number; what is none rejects the row.
func (c *cellReader) number(from int, format numberFormat) {
	raw := bytes.TrimSpace(c.text[from:])
	if format.kind == plainFormat && format.zeros == 0 && wholeNumber(raw) {
		c.text = append(c.text[:from], raw...)
		return
	}
	text, ok := format.number(string(raw), c.from)
	if !ok {
		c.reject(c.column, "holds %.40q, which is no number", raw)
		return
	}
	c.text = append(c.text[:from], text...)
}

// boolean makes the word that Excel shows.
func (c *cellReader) boolean(from int) {
	switch raw := string(bytes.TrimSpace(c.text[from:])); strings.ToLower(raw) {
	case "1", "true":
		c.text = append(c.text[:from], "TRUE"...)
	case "0", "false":
		c.text = append(c.text[:from], "FALSE"...)
	default:
		c.reject(c.column, "holds %.40q, which is neither true nor false", raw)
	}
}

// listed adds this cell to a list of examples.
func (c *cellReader) listed(list []string) []string {
	if len(list) < maxRepeats {
		list = append(list, cellName(c.column, c.row.n))
	}
	return list
}

// unescapedBytes is the text of raw where it differs, else "".
func unescapedBytes(raw []byte) string {
	if !bytes.Contains(raw, []byte("_x")) && bytes.IndexByte(raw, '\r') < 0 {
		return ""
	}
	return unescaped(string(raw))
}

// stringIndex reads the number of a shared string.
func stringIndex(raw []byte) (int, bool) {
	raw = bytes.TrimSpace(raw)
	n := 0
	for _, c := range raw {
		if c < '0' || c > '9' || n > 1<<30 {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, len(raw) > 0
}

// parseRef reads a reference such as B12: column and row from 1.
func parseRef(ref []byte) (column, row int, ok bool) {
	i := 0
	for ; i < len(ref) && i < 4 && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		column = column*26 + int(ref[i]-'A') + 1
	}
	letters := i
	for ; i < len(ref) && ref[i] >= '0' && ref[i] <= '9' && row <= maxSheetRow; i++ {
		row = row*10 + int(ref[i]-'0')
	}
	ok = letters > 0 && i > letters && i == len(ref) && ref[letters] != '0' && column <= maxSheetColumn && row <= maxSheetRow
	return column, row, ok
}

// columnName is the letters of a column; col counts from 0.
func columnName(col int) string {
	if col < 26 {
		return string(rune('A' + col))
	}
	return columnName(col/26-1) + string(rune('A'+col%26))
}

// cellName is a reference; col counts from 0.
func cellName(col, row int) string { return columnName(col) + strconv.Itoa(row) }
