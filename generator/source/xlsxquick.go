package source

import "bytes"

// quick reads a cell that is written as almost all are, and says whether it
// did:
//
//	<c r="B7" s="1" t="s"><v>12</v></c>
//	<c r="B7" t="inlineStr"><is><t>text</t></is></c>
//
// Whatever differs in a single byte is left to read, which knows all of XML:
// quick is a short cut through the same rules, tag by tag, and never another
// reading of them.
func (c *cellReader) quick() bool {
	x := c.x
	if x.ended || x.plain != spaceMain {
		return false
	}
	w := x.b.window()
	ref, style, kind, i := quickTag(w)
	if i == 0 {
		return false
	}
	column := c.column + 1
	if ref != nil {
		col, row, ok := parseRef(ref)
		if !ok || row != c.row.n || col-1 < column {
			return false
		}
		column = col - 1
	}
	format, known := c.styles.at(style)
	if !known || column >= maxSheetColumn {
		return false
	}
	if bytes.HasPrefix(w[i:], []byte("/>")) {
		x.take(i + 2)
		c.column = column
		return true
	}
	value, size := quickValue(w[i:], kind)
	if size == 0 {
		return false
	}
	from, shared := len(c.text), ""
	if kind == sharedCell {
		n, ok := stringIndex(value)
		if !ok || n >= c.strings.n {
			return false
		}
		shared = c.strings.at(n)
	} else {
		c.text = append(c.text, value...)
	}
	if c.column = column; kind == numberCell {
		c.number(from, format)
	}
	x.take(i + size)
	c.add(column, from, shared)
	return true
}

// quickTag reads the start tag of a cell up to its > or />; 0 when it is not
// written the usual way.
func quickTag(w []byte) (ref []byte, style int, kind cellType, i int) {
	if !bytes.HasPrefix(w, []byte("<c")) {
		return nil, 0, 0, 0
	}
	const hasRef, hasStyle, hasType = 1, 2, 4
	seen := 0
	for i = 2; i+4 < len(w) && w[i] == ' ' && w[i+2] == '=' && w[i+3] == '"'; {
		name := w[i+1]
		i += 4
		size := bytes.IndexByte(w[i:min(len(w), i+16)], '"')
		if size <= 0 {
			return nil, 0, 0, 0
		}
		value := w[i : i+size]
		i += size + 1
		bit := hasRef
		switch name {
		case 'r':
			ref = value
		case 's':
			n, ok := stringIndex(value)
			if !ok || isXMLSpace(value[0]) || isXMLSpace(value[size-1]) {
				return nil, 0, 0, 0
			}
			style, bit = n, hasStyle
		case 't':
			switch bit = hasType; string(value) {
			case "s":
				kind = sharedCell
			case "n":
			case "str":
				kind = textCell
			case "inlineStr":
				kind = inlineCell
			default:
				return nil, 0, 0, 0
			}
		default:
			return nil, 0, 0, 0
		}
		if seen&bit != 0 {
			return nil, 0, 0, 0
		}
		seen |= bit
	}
	if i+2 > len(w) || w[i] != '>' && (w[i] != '/' || w[i+1] != '>') {
		return nil, 0, 0, 0
	}
	return ref, style, kind, i
}

// The ways in which values are most often written.
var (
	valueOpen   = []byte("><v>")
	valueClose  = []byte("</v></c>")
	textOpen    = []byte("><is><t>")
	keptOpen    = []byte(`><is><t xml:space="preserve">`)
	inlineClose = []byte("</t></is></c>")
)

// quickValue reads from the > of a cell's start tag to behind its end tag; size
// is 0 when it is not written the usual way. The value is never empty.
func quickValue(w []byte, kind cellType) (value []byte, size int) {
	open, end := valueOpen, valueClose
	if kind == inlineCell {
		if open, end = textOpen, inlineClose; bytes.HasPrefix(w, keptOpen) {
			open = keptOpen
		}
	}
	if !bytes.HasPrefix(w, open) {
		return nil, 0
	}
	from, i := len(open), len(open)
	for i < len(w) && charClass[w[i]] <= charSpace {
		if kind >= textCell && w[i] == '_' {
			return nil, 0 // may begin an escape
		}
		i++
	}
	if i == from || i-from > maxTextBytes || !bytes.HasPrefix(w[i:], end) {
		return nil, 0
	}
	return w[from:i], i + len(end)
}
