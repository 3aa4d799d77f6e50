package source

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"proofpack/generator/diag"
)

// An xmlReader reads one part of a workbook as strict XML 1.0 with namespaces,
// to its end: every tag is closed by its own, every character and entity is
// one that XML has, and there is no document type. encoding/xml is as strict
// and ten times slower.
type xmlReader struct {
	in     *input
	part   *part
	text   *text // the decoder, for the name of the encoding
	b      blocks
	at     int64  // bytes of the part, decoded, before the window
	sheet  string // where it is, for messages; "" and 0 outside sheets
	row    int
	begun  bool // something came before
	rooted bool // the root element is closed or open
	ended  bool // the last start tag closed itself; its end comes next

	// Of the last start tag, valid until the next call.
	space xmlSpace
	name  []byte
	attrs []xmlAttr
	chars []byte // of the last text

	open     []openTag
	names    []byte // of the open tags, one after the other
	bindings []binding
	plain    xmlSpace // of a name without prefix
	values   []byte   // attribute values that had to be decoded
	scratch  []byte
}

// An xmlKind is what an xmlReader came upon.
type xmlKind int

const (
	xmlDone  xmlKind = iota // the end of the part
	xmlStart                // a start tag
	xmlEnd                  // an end tag
	xmlText                 // text, perhaps not all of it
)

// An openTag is an element that is not closed yet.
type openTag struct {
	name  int // where its name as written begins in names
	local int // where it begins without its prefix
	space xmlSpace
}

// xml opens a part to be read as XML; tap sees every byte of it, decoded. The
// caller closes it.
func (p *pack) xml(name string, tap func([]byte)) (*xmlReader, error) {
	r, err := p.open(name)
	if err != nil {
		return nil, err
	}
	in := &input{file: p.in.file, opts: Options{MaxBytes: p.in.opts.MaxBytes}, raw: bufio.NewReaderSize(r, 512), received: p.in.received}
	head, err := in.raw.Peek(4)
	if err != nil && err != io.EOF {
		r.close()
		return nil, err
	}
	in.head = bytes.Clone(head)
	switch {
	case bytes.Equal(head, []byte("<\x00?\x00")):
		in.opts.Encoding = "utf-16-le"
	case bytes.Equal(head, []byte("\x00<\x00?")):
		in.opts.Encoding = "utf-16-be"
	}
	x := &xmlReader{in: p.in, part: r}
	if x.text, err = in.decode(false); err != nil {
		r.close()
		return nil, err
	}
	x.b = blocks{src: x.text, size: xmlBlock, tap: tap}
	return x, nil
}

// xmlBlock is how much of a part is read at a time.
const xmlBlock = 64 << 10

func (x *xmlReader) close() { x.part.close() }

// fail is a fault of the part at the start of the window.
func (x *xmlReader) fail(format string, args ...any) error {
	return diag.At(diag.Pos{File: x.in.file, Sheet: x.sheet, Row: x.row}, "bad-workbook",
		fmt.Sprintf("In %s at byte %d: %s; nothing of the file was used.", x.part.name, x.at+1, fmt.Sprintf(format, args...)), fixWorkbook)
}

// take gives up the first n bytes of the window.
func (x *xmlReader) take(n int) {
	x.b.take(n)
	x.at += int64(n)
}

// more makes the window longer; what is in it was not enough.
func (x *xmlReader) more() error {
	if x.b.last() {
		return x.fail("the text ends in the middle: it is cut off")
	}
	if len(x.b.window()) > maxMarkup {
		return x.fail("a tag is longer than 1 MiB")
	}
	return x.fill()
}

func (x *xmlReader) fill() error {
	err := x.b.more()
	var p *diag.Problem
	if errors.As(err, &p) && (p.Code == "bad-encoding" || p.Code == "nul") {
		return x.in.problem(0, "bad-workbook", "In "+x.part.name+": "+strings.ToLower(p.Message[:1])+p.Message[1:], fixWorkbook)
	}
	return err
}

// depth is how many elements are open.
func (x *xmlReader) depth() int { return len(x.open) }

// next reads on to the next tag or text.
func (x *xmlReader) next() (xmlKind, error) {
	if x.ended {
		x.ended = false
		x.pop()
		return xmlEnd, nil
	}
	for {
		w := x.b.window()
		if len(w) == 0 {
			if !x.b.last() {
				if err := x.fill(); err != nil {
					return xmlDone, err
				}
				continue
			}
			if len(x.open) > 0 {
				return xmlDone, x.fail("the text ends before <%s> is closed: it is cut off", x.names[x.open[len(x.open)-1].name:])
			}
			if !x.rooted {
				return xmlDone, x.fail("there is no element")
			}
			return xmlDone, nil
		}
		if w[0] != '<' {
			kind, err := x.chunk(w)
			if err != nil {
				return xmlDone, err
			}
			if kind == xmlText && len(x.open) > 0 {
				return xmlText, nil
			}
			continue
		}
		before := x.at
		kind, err := x.markup(w)
		if err != nil {
			return xmlDone, err
		}
		x.begun = x.begun || x.at > before
		if kind != xmlDone {
			return kind, nil
		}
	}
}

// markup reads one tag, comment, instruction or section; xmlDone is one that
// nobody is told of, or that more is needed.
func (x *xmlReader) markup(w []byte) (xmlKind, error) {
	if len(w) < 2 {
		return xmlDone, x.more()
	}
	switch w[1] {
	case '/':
		return x.endTag(w)
	case '!':
		return x.bang(w)
	case '?':
		return xmlDone, x.instruction(w)
	}
	return x.startTag(w)
}

// pop closes the innermost element.
func (x *xmlReader) pop() {
	top := x.open[len(x.open)-1]
	x.names = x.names[:top.name]
	x.open = x.open[:len(x.open)-1]
	x.unbind()
}

func (x *xmlReader) endTag(w []byte) (xmlKind, error) {
	end := bytes.IndexByte(w, '>')
	if end < 0 {
		return xmlDone, x.more()
	}
	name := w[2:end]
	for len(name) > 0 && isXMLSpace(name[len(name)-1]) {
		name = name[:len(name)-1]
	}
	if len(x.open) == 0 || !bytes.Equal(name, x.names[x.open[len(x.open)-1].name:]) {
		return xmlDone, x.fail("</%.60s> closes nothing that is open there", name)
	}
	x.take(end + 1)
	x.pop()
	return xmlEnd, nil
}

// isXMLSpace says that a byte is white space in XML.
func isXMLSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
