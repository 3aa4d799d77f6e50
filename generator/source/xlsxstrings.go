package source

import (
	"strconv"
	"strings"
	"unicode/utf16"
)

// sharedStrings are the texts that cells refer to by number. They are kept in
// pieces, so that a long table is never copied as it grows.
type sharedStrings struct {
	pieces [][]string
	n      int
	text   int64
	filled []bool // which hold any text by an independent reading, for the count of rows
}

const stringPiece = 4096

// at is the i-th string.
func (s *sharedStrings) at(i int) string { return s.pieces[i/stringPiece][i%stringPiece] }

// readStrings reads the part of the shared strings; a workbook may have none.
func (p *pack) readStrings(name string) (*sharedStrings, error) {
	s := &sharedStrings{}
	if name == "" {
		return s, nil
	}
	count := newStringCounter()
	x, err := p.xml(name, count.add)
	if err != nil {
		return nil, err
	}
	defer x.close()
	if err := x.root(spaceMain, "sst"); err != nil {
		return nil, err
	}
	var scratch []byte
	err = x.each(func() error {
		switch {
		case x.is("extLst"):
			return nil
		case !x.is("si"):
			return x.fail("there is a <%.60s> among the shared strings", x.name)
		}
		scratch, err = x.richText(scratch[:0])
		if err != nil {
			return err
		}
		return s.add(x, unescaped(string(scratch)))
	})
	if err != nil {
		return nil, err
	}
	if err := x.end(); err != nil {
		return nil, err
	}
	if s.filled = count.filled; len(s.filled) != s.n {
		return nil, x.fail("%d shared strings were read, an independent count finds %d", s.n, len(s.filled))
	}
	return s, nil
}

func (s *sharedStrings) add(x *xmlReader, text string) error {
	if s.n%stringPiece == 0 {
		s.pieces = append(s.pieces, make([]string, 0, stringPiece))
	}
	last := &s.pieces[len(s.pieces)-1]
	*last = append(*last, text)
	s.n++
	if s.text += int64(len(text)) + 16; s.text > maxStrings {
		return x.in.problem(0, "zip-too-large", "The shared strings of the workbook need more than 128 MB; nothing of it was used.", "Export the table as CSV, or split it.")
	}
	return nil
}

// richText reads the text of the element just entered: of its t, or of the t of
// all its runs, one after the other. How words are pronounced (rPh) is no part
// of the text. Spaces at the ends count whether xml:space says so or not:
// Excel always says so, other tools do not, and none means them to be lost.
// More text than a cell may hold is cut, but left too long.
func (x *xmlReader) richText(to []byte) ([]byte, error) {
	limit := len(to) + maxTextBytes
	err := x.each(func() error {
		switch {
		case x.is("t"):
			return x.plainText(&to, limit)
		case x.is("r"):
			return x.each(func() error {
				if x.is("t") {
					return x.plainText(&to, limit)
				}
				return x.known("rPr")
			})
		}
		return x.known("rPh", "phoneticPr", "extLst")
	})
	return to, err
}

// maxTextBytes is what more than a cell may hold is cut to.
const maxTextBytes = 4*maxCell + 4

// plainText appends the text of the element just entered, which has no other
// elements in it, as long as what it is appended to stays under a limit.
func (x *xmlReader) plainText(to *[]byte, limit int) error {
	depth := x.depth()
	for {
		kind, err := x.next()
		switch {
		case err != nil:
			return err
		case kind == xmlStart:
			return x.fail("there is a <%.60s> inside text", x.name)
		case kind == xmlEnd && x.depth() < depth:
			return nil
		case kind == xmlText:
			if room := limit - len(*to); room > 0 {
				*to = append(*to, x.chars[:min(room, len(x.chars))]...)
			}
		}
	}
}

// known refuses an element of a sheet's namespace that can't be there.
func (x *xmlReader) known(names ...string) error {
	if x.space != spaceMain {
		return nil
	}
	for _, n := range names {
		if string(x.name) == n {
			return nil
		}
	}
	return x.fail("there is a <%.60s> where none can be", x.name)
}

// unescaped is a text with its _xHHHH_ as what they stand for: characters that
// XML does not have, and underscores that would begin one. Line ends become
// LF, as in a CSV.
func unescaped(s string) string {
	at := strings.Index(s, "_x")
	if at < 0 && strings.IndexByte(s, '\r') < 0 {
		return s
	}
	var b strings.Builder
	for at >= 0 {
		b.WriteString(s[:at])
		unit, ok := escaped(s[at:])
		size := escapeSize
		switch low, more := rune(0), false; {
		case !ok:
			b.WriteString(s[at : at+2])
			size = 2
		case utf16.IsSurrogate(unit):
			if low, more = escaped(s[at+escapeSize:]); more && utf16.DecodeRune(unit, low) != '\ufffd' {
				unit, size = utf16.DecodeRune(unit, low), 2*escapeSize
			}
			b.WriteRune(unit)
		default:
			b.WriteRune(unit)
		}
		s = s[at+size:]
		at = strings.Index(s, "_x")
	}
	b.WriteString(s)
	return strings.ReplaceAll(b.String(), "\r\n", "\n")
}

// escapeSize is the length of _xHHHH_.
const escapeSize = 7

// escaped is the UTF-16 unit that a text begins with the escape of.
func escaped(s string) (rune, bool) {
	if len(s) < escapeSize || s[:2] != "_x" || s[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[2:6], 16, 16)
	return rune(n), err == nil
}
