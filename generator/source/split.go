package source

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// A splitter cuts one record of CSV at a time from the start of a window. It
// is strict (RFC 4180): a quote stands only around a whole cell or doubled
// inside one.
//
// Line ends are LF or CR LF (also the CR CR LF that a text mode written twice
// makes). Inside quotes they are part of the cell, CR LF as LF, so that the
// same table exported on two systems has the same cells.
type splitter struct {
	delim byte

	// Of the last record; valid until the next call.
	cells []string
	lines int  // line ends used up
	open  bool // the window ends inside a quoted cell

	text []byte // cells of a quoted record, one after the other
	ends []int  // where they end in text
}

// A fault is why a record can't be read.
type fault struct {
	at     int // offset in the window
	reason string
	fatal  bool // where the next record starts can't be told either
}

// split reads the record at the start of b. size is what it used, line end
// included; 0 means that b ends before the record does and more is needed,
// which is never so when last. After a fault, size reaches to the next physical
// line.
func (s *splitter) split(b []byte, last bool) (size int, f *fault) {
	s.cells, s.lines, s.open = s.cells[:0], 1, false
	if size = bytes.IndexByte(b, '\n') + 1; size == 0 {
		size = len(b)
	}
	if bytes.IndexByte(b[:size], '"') >= 0 {
		return s.quoted(b, last)
	}
	if !last && (size == 0 || b[size-1] != '\n') {
		return 0, nil
	}
	line := lineText(b[:size])
	if at := bytes.IndexByte(line, '\r'); at >= 0 {
		return size, &fault{at: at, reason: bareCR}
	}
	s.cut(string(line))
	return size, s.tooBig(size)
}

const bareCR = "a line end of old Macs (CR alone) stands among the cells"

// lineText is a physical line without its line end.
func lineText(line []byte) []byte {
	n := len(line)
	if n > 0 && line[n-1] == '\n' {
		n--
	}
	for n > 0 && line[n-1] == '\r' {
		n--
	}
	return line[:n]
}

// cut splits a line that has no quotes.
func (s *splitter) cut(line string) {
	for {
		at := strings.IndexByte(line, s.delim)
		if at < 0 || len(s.cells) > maxColumns {
			s.cells = append(s.cells, line)
			return
		}
		s.cells = append(s.cells, line[:at])
		line = line[at+1:]
	}
}

// quoted splits a record that has quotes, and perhaps line ends inside them.
func (s *splitter) quoted(b []byte, last bool) (int, *fault) {
	s.text, s.ends = s.text[:0], s.ends[:0]
	at, lineEnd := 0, -1
	for {
		start := at
		if at < len(b) && b[at] == '"' {
			if at = s.quotedCell(b, at, last); at < 0 {
				if !last {
					return 0, nil
				}
				return len(b), &fault{at: start, reason: "a quote opens a cell and never closes it", fatal: true}
			}
		} else {
			if lineEnd < at {
				switch n := bytes.IndexByte(b[at:], '\n'); {
				case n >= 0:
					lineEnd = at + n
				case last:
					lineEnd = len(b)
				default:
					return 0, nil
				}
			}
			cell := lineText(b[at:lineEnd])
			if n := bytes.IndexByte(cell, s.delim); n >= 0 {
				cell = cell[:n]
			}
			if n := bytes.IndexByte(cell, '"'); n >= 0 {
				return s.resume(b, last, &fault{at: at + n, reason: "a quote stands inside a cell that does not begin with one"})
			}
			if n := bytes.IndexByte(cell, '\r'); n >= 0 {
				return s.resume(b, last, &fault{at: at + n, reason: bareCR})
			}
			s.text = append(s.text, cell...)
			at += len(cell)
		}
		if len(s.ends) <= maxColumns {
			s.ends = append(s.ends, len(s.text))
		}
		if at < len(b) && b[at] == s.delim {
			at++
			continue
		}
		n, whole := lineEndAt(b[at:], last)
		switch {
		case n < 0 && !whole:
			return 0, nil
		case n < 0:
			// A cell of several lines that goes wrong where it seems to end most
			// likely began where a quote was forgotten: no line after it is safe.
			spans := bytes.IndexByte(b[start:at], '\n') >= 0
			return s.resume(b, last, &fault{at: at, reason: "text follows the quote that closes a cell", fatal: spans})
		}
		s.slice()
		s.lines = bytes.Count(b[:at+n], []byte{'\n'})
		return at + n, s.tooBig(at + n)
	}
}

// quotedCell copies the cell whose opening quote is at b[at] and is the offset
// behind its closing quote, or -1 when b ends before that is certain.
func (s *splitter) quotedCell(b []byte, at int, last bool) int {
	s.open = true
	for at++; ; at++ {
		n := bytes.IndexByte(b[at:], '"')
		if n < 0 {
			return -1
		}
		s.text = appendLF(s.text, b[at:at+n])
		at += n + 1
		if at == len(b) && !last {
			return -1
		}
		if at == len(b) || b[at] != '"' {
			s.open = false
			return at
		}
		s.text = append(s.text, '"')
	}
}

// appendLF appends text with every CR LF as LF.
func appendLF(to, text []byte) []byte {
	for {
		at := bytes.Index(text, []byte("\r\n"))
		if at < 0 {
			return append(to, text...)
		}
		to = append(to, text[:at]...)
		text = text[at+1:]
	}
}

// lineEndAt is the length of the line end at the start of b, or -1; whole says
// that b was long enough to tell.
func lineEndAt(b []byte, last bool) (n int, whole bool) {
	for n < len(b) && b[n] == '\r' {
		n++
	}
	switch {
	case n < len(b) && b[n] == '\n':
		return n + 1, true
	case n < len(b):
		return -1, true
	case last:
		return n, true
	}
	return -1, false
}

// resume ends a broken record at the next physical line.
func (s *splitter) resume(b []byte, last bool, f *fault) (int, *fault) {
	size := len(b)
	if n := bytes.IndexByte(b[f.at:], '\n'); n >= 0 {
		size = f.at + n + 1
	} else if !last {
		return 0, nil
	}
	s.lines = bytes.Count(b[:size], []byte{'\n'})
	return size, f
}

// slice makes the cells from one string.
func (s *splitter) slice() {
	text, from := string(s.text), 0
	for _, end := range s.ends {
		s.cells = append(s.cells, text[from:end])
		from = end
	}
}

// tooBig is the limit that a well-formed record breaks, or nil.
func (s *splitter) tooBig(size int) *fault {
	if size > maxRecord {
		return &fault{reason: "the record is longer than 1 MiB"}
	}
	if len(s.cells) > maxColumns {
		return &fault{reason: "the record has more than 1,024 cells"}
	}
	if size > maxCell {
		for _, c := range s.cells {
			if tooLong(c) {
				return &fault{reason: "a cell is longer than 32,767 characters"}
			}
		}
	}
	return nil
}

// tooLong says that a cell is longer than maxCell characters.
func tooLong(cell string) bool {
	return len(cell) > maxCell && utf8.RuneCountInString(cell) > maxCell
}
