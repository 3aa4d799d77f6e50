package source

import (
	"bytes"
	"strconv"
)

// Names on the way from the root of a part to the text of a cell.
const (
	otherTag byte = iota
	sheetDataTag
	rowTag
	cellTag
	valueTag
	inlineTag
	itemTag
	runTag
	textTag
)

func tagOf(name []byte) byte {
	switch string(name) {
	case "sheetData":
		return sheetDataTag
	case "row":
		return rowTag
	case "c":
		return cellTag
	case "v":
		return valueTag
	case "is":
		return inlineTag
	case "si":
		return itemTag
	case "r":
		return runTag
	case "t":
		return textTag
	}
	return otherTag
}

// maxWay is the longest way: worksheet, sheetData, row, c, is, r, t.
const maxWay = 7

// A way is where a tagWalker stands.
type way struct {
	tags  [maxWay + 1]byte // by depth; the root is at 1
	depth int
}

func (w *way) enter(name []byte) byte {
	tag := otherTag
	if w.depth++; w.depth > 0 && w.depth <= maxWay {
		tag = tagOf(name)
		w.tags[w.depth] = tag
	}
	return tag
}

// is says that the open elements below the root are these.
func (w *way) is(tags ...byte) bool {
	return w.depth == len(tags)+1 && bytes.Equal(w.tags[2:2+len(tags)], tags)
}

// A stringCounter counts the shared strings and says which hold text.
type stringCounter struct {
	tagWalker
	way
	filled []bool
}

func newStringCounter() *stringCounter {
	c := &stringCounter{}
	c.tagWalker.open = func(name, _ []byte) {
		if c.enter(name); c.is(itemTag) {
			c.filled = append(c.filled, false)
		}
	}
	c.tagWalker.close = func() { c.depth-- }
	c.tagWalker.text = func([]byte) {
		if c.is(itemTag, textTag) || c.is(itemTag, runTag, textTag) {
			c.filled[len(c.filled)-1] = true
		}
	}
	return c
}

// A rowCounter counts the rows of a sheet in which any cell holds text. What
// the reader delivers, rejects and sets apart must come to the same number, or
// the sheet is not read at all.
type rowCounter struct {
	tagWalker
	way
	filled []bool // of the shared strings
	rows   int
	some   bool   // the open row holds text
	shared bool   // the open cell refers to a shared string
	number []byte // the reference
	plain  bool   // the bytes at hand hold tags and text only
	end    []byte // the end tag of rows as they are written
}

func newRowCounter(filled []bool) *rowCounter {
	c := &rowCounter{filled: filled}
	c.tagWalker.open = c.opened
	c.tagWalker.close = c.closed
	c.tagWalker.text = c.wrote
	c.tagWalker.leap = c.rest
	return c
}

func (c *rowCounter) add(b []byte) {
	c.plain = !behindAngle(b, '!') && !behindAngle(b, '?')
	c.tagWalker.add(b)
}

// behindAngle says that a byte stands behind a < anywhere. It looks for the
// rarer of the two.
func behindAngle(b []byte, what byte) bool {
	for {
		at := bytes.IndexByte(b, what)
		if at < 0 {
			return false
		}
		if at > 0 && b[at-1] == '<' {
			return true
		}
		b = b[at+1:]
	}
}

// rest is how far it is to the end of a row of which all is known: that it
// holds text.
func (c *rowCounter) rest(b []byte) int {
	if !c.some || !c.plain || c.depth <= rowDepth {
		return 0
	}
	at := bytes.Index(b, c.end)
	if at < 0 {
		return 0
	}
	c.depth = rowDepth
	return at
}

// rowDepth is how deep a row is: worksheet, sheetData, row.
const rowDepth = 3

func (c *rowCounter) opened(name, tag []byte) {
	switch c.enter(name) {
	case rowTag:
		if c.is(sheetDataTag, rowTag) {
			c.some = false
			c.end = append(append(append(c.end[:0], "</"...), tag[:bytes.Index(tag, name)+len(name)]...), '>')
		}
	case cellTag:
		if c.is(sheetDataTag, rowTag, cellTag) {
			c.shared = sharedType(tag)
			c.number = c.number[:0]
		}
	}
}

// sharedType says that the tag of a cell has t="s", however it is written.
func sharedType(tag []byte) bool {
	for at := bytes.IndexByte(tag, '='); at > 0; at = bytes.IndexByte(tag, '=') {
		name := bytes.TrimRight(tag[:at], " \t\r\n")
		rest := bytes.TrimLeft(tag[at+1:], " \t\r\n")
		if len(rest) == 0 {
			return false
		}
		value, after, _ := bytes.Cut(rest[1:], rest[:1])
		if n := len(name); n > 1 && name[n-1] == 't' && name[n-2] <= ' ' {
			return string(value) == "s"
		}
		tag = after
	}
	return false
}

func (c *rowCounter) wrote(text []byte) {
	switch {
	case c.is(sheetDataTag, rowTag, cellTag, valueTag):
		if !c.shared {
			c.some = true
		} else if len(c.number) < 32 {
			c.number = append(c.number, text[:min(len(text), 32)]...)
		}
	case c.is(sheetDataTag, rowTag, cellTag, inlineTag, textTag), c.is(sheetDataTag, rowTag, cellTag, inlineTag, runTag, textTag):
		c.some = true
	}
}

func (c *rowCounter) closed() {
	switch {
	case c.is(sheetDataTag, rowTag):
		if c.some {
			c.rows++
		}
		c.some = false
	case c.is(sheetDataTag, rowTag, cellTag, valueTag) && c.shared:
		if i, err := strconv.Atoi(string(bytes.TrimSpace(c.number))); err == nil && i >= 0 && i < len(c.filled) {
			c.some = c.some || c.filled[i]
		}
	}
	c.depth--
}
