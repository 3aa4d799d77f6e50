package source

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Classes of bytes in text.
const (
	charPlain  uint8 = iota // part of the text as it is
	charSpace               // white space: the same
	charReturn              // CR: part of a line end
	charMark                // & < ] and 0xEF, which may begin something else
	charBad                 // no character of XML
)

// charClass is the class of every byte.
var charClass = func() (c [256]uint8) {
	for i := range 32 {
		c[i] = charBad
	}
	c[' '], c['\t'], c['\n'], c['\r'] = charSpace, charSpace, charSpace, charReturn
	c['<'], c['&'], c[']'], c[0xef] = charMark, charMark, charMark, charMark
	return c
}()

// chunk reads text at the start of the window: as much as is text as it stands,
// or one thing that stands for something else. Outside the root only white
// space may be, and nobody is told of it.
func (x *xmlReader) chunk(w []byte) (xmlKind, error) {
	n, white := 0, true
	for n < len(w) {
		class := charClass[w[n]]
		if class > charSpace {
			break
		}
		white = white && class == charSpace
		n++
	}
	if n == 0 {
		return x.special(w)
	}
	if len(x.open) == 0 && !white {
		return xmlDone, x.fail("there is text outside the root element")
	}
	x.begun = true
	x.chars = w[:n]
	x.take(n)
	return xmlText, nil
}

// special reads what is not plain text at the start of the window.
func (x *xmlReader) special(w []byte) (xmlKind, error) {
	if w[0] != '\r' && len(x.open) == 0 {
		return xmlDone, x.fail("there is text outside the root element")
	}
	if len(w) < 3 && !x.b.last() {
		return xmlDone, x.fill()
	}
	size := 1
	x.chars = w[:1]
	switch w[0] {
	case '\r':
		if bytes.HasPrefix(w, []byte("\r\n")) {
			size = 2
		}
		x.chars = []byte{'\n'}
	case ']':
		if bytes.HasPrefix(w, []byte("]]>")) {
			return xmlDone, x.fail("]]> stands in text")
		}
	case 0xef:
		if noCharacter(w) {
			return xmlDone, x.fail("there is a character that XML does not have")
		}
	case '&':
		end := bytes.IndexByte(w[:min(len(w), 16)], ';')
		if end < 0 {
			if len(w) < 16 && !x.b.last() {
				return xmlDone, x.fill()
			}
			return xmlDone, x.fail("there is a & that begins no entity")
		}
		var ok bool
		if x.scratch, ok = appendEntity(x.scratch[:0], w[1:end]); !ok {
			return xmlDone, x.fail("the entity &%.16s; is not one of XML", w[1:end])
		}
		x.chars, size = x.scratch, end+1
	default:
		return xmlDone, x.fail("there is a control character (0x%02X)", w[0])
	}
	x.take(size)
	return xmlText, nil
}

// noCharacter says that a text begins with U+FFFE or U+FFFF.
func noCharacter(w []byte) bool {
	return bytes.HasPrefix(w, []byte("\uFFFE")) || bytes.HasPrefix(w, []byte("\uFFFF"))
}

// appendEntity appends what an entity stands for.
func appendEntity(to, name []byte) ([]byte, bool) {
	switch string(name) {
	case "lt":
		return append(to, '<'), true
	case "gt":
		return append(to, '>'), true
	case "amp":
		return append(to, '&'), true
	case "quot":
		return append(to, '"'), true
	case "apos":
		return append(to, '\''), true
	}
	if len(name) < 2 || name[0] != '#' {
		return to, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(string(digits), base, 32)
	if err != nil || n > utf8.MaxRune || !xmlRune(rune(n)) {
		return to, false
	}
	return utf8.AppendRune(to, rune(n)), true
}

// xmlRune says that XML has a character.
func xmlRune(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= ' ' && r < 0xd800 || r > 0xdfff && r < 0xfffe || r > 0xffff && r <= utf8.MaxRune
}

// value decodes an attribute's value, which is most often what it is.
func (x *xmlReader) value(raw []byte) ([]byte, error) {
	plain := true
	for _, c := range raw {
		if c < ' ' || c == '&' || c == '<' || c == 0xef {
			plain = false
			break
		}
	}
	if plain {
		return raw, nil
	}
	from := len(x.values)
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case c == '\r' && i+1 < len(raw) && raw[i+1] == '\n': // one line end
		case isXMLSpace(c):
			x.values = append(x.values, ' ')
		case c == '&':
			end := bytes.IndexByte(raw[i:], ';')
			ok := end > 0
			if ok {
				x.values, ok = appendEntity(x.values, raw[i+1:i+end])
			}
			if !ok {
				return nil, x.fail("there is a & that begins no entity")
			}
			i += end
		case c == '<' || c < ' ' || c == 0xef && noCharacter(raw[i:]):
			return nil, x.fail("there is a character in an attribute that can't be there")
		default:
			x.values = append(x.values, c)
		}
	}
	return x.values[from:], nil
}

// bang reads a comment or a CDATA section, and refuses a document type.
func (x *xmlReader) bang(w []byte) (xmlKind, error) {
	const comment, section = "<!--", "<![CDATA["
	short := len(w) < len(section) && !x.b.last()
	switch {
	case bytes.HasPrefix(w, []byte(comment)):
		end := bytes.Index(w[len(comment):], []byte("--"))
		if end < 0 || len(w) < len(comment)+end+3 {
			return xmlDone, x.more()
		}
		end += len(comment)
		if w[end+2] != '>' || !xmlChars(w[len(comment):end]) {
			return xmlDone, x.fail("a comment can't be read")
		}
		x.take(end + 3)
		return xmlDone, nil
	case bytes.HasPrefix(w, []byte(section)):
		end := bytes.Index(w, []byte("]]>"))
		if end < 0 {
			return xmlDone, x.more()
		}
		if len(x.open) == 0 || !xmlChars(w[len(section):end]) {
			return xmlDone, x.fail("a CDATA section can't be read")
		}
		x.chars = w[len(section):end]
		if bytes.IndexByte(x.chars, '\r') >= 0 {
			x.scratch = append(x.scratch[:0], x.chars...)
			x.chars = bytes.ReplaceAll(bytes.ReplaceAll(x.scratch, []byte("\r\n"), []byte{'\n'}), []byte{'\r'}, []byte{'\n'})
		}
		x.take(end + 3)
		return xmlText, nil
	case short:
		return xmlDone, x.more()
	}
	return xmlDone, x.fail("there is a document type (DTD), which no workbook has")
}

// xmlChars says that all of a text is characters of XML.
func xmlChars(text []byte) bool {
	for i, c := range text {
		if charClass[c] == charBad || c == 0xef && noCharacter(text[i:]) {
			return false
		}
	}
	return true
}

// instruction reads a processing instruction; the one that declares XML comes
// first or not at all.
func (x *xmlReader) instruction(w []byte) error {
	end := bytes.Index(w, []byte("?>"))
	if end < 0 {
		return x.more()
	}
	size, colon, ok := xmlName(w[2:])
	i := 2 + size
	target := string(w[2:i])
	if !ok || colon > 0 || i != end && !isXMLSpace(w[i]) || !xmlChars(w[2:end]) {
		return x.fail("a processing instruction can't be read")
	}
	if strings.EqualFold(target, "xml") {
		if x.begun || target != "xml" {
			return x.fail("the declaration of XML is not at the start")
		}
		if err := x.declaration(w[i:end]); err != nil {
			return err
		}
	}
	x.take(end + 2)
	return nil
}

// declaration reads version and encoding as attributes are read.
func (x *xmlReader) declaration(text []byte) error {
	text = append(bytes.Clone(bytes.TrimRight(text, " \t\r\n")), ' ') // attributes end before the end of a window
	x.attrs, x.values = x.attrs[:0], x.values[:0]
	for i := 0; i < len(text)-1; {
		from := i
		for i < len(text) && isXMLSpace(text[i]) {
			i++
		}
		if i == from {
			return x.fail("the declaration of XML can't be read")
		}
		end, err := x.attribute(text, i)
		if err != nil {
			return err
		}
		if end == 0 {
			return x.fail("the declaration of XML can't be read")
		}
		i = end
	}
	if string(x.attr("version")) != "1.0" {
		return x.fail("it is not XML 1.0")
	}
	named := strings.ToLower(string(x.attr("encoding")))
	wide := strings.HasPrefix(x.text.label, "UTF-16")
	switch named {
	case "":
	case "utf-8", "us-ascii":
		if wide {
			return x.fail("the text says that it is %s and is %s", named, x.text.label)
		}
	case "utf-16":
		if !wide {
			return x.fail("the text says that it is UTF-16 and is not")
		}
	default:
		return x.fail("its encoding %.40q is not one that workbooks have (UTF-8 or UTF-16)", named)
	}
	return nil
}
