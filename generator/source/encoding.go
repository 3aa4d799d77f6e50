package source

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"proofpack/generator/diag"
)

// A coding is how bytes stand for characters.
type coding int

const (
	utf8Text coding = iota
	utf16LE
	utf16BE
	windows1252
)

// codings are the names an Options.Encoding may have.
var codings = map[string]coding{
	"utf-8": utf8Text, "utf-16-le": utf16LE, "utf-16-be": utf16BE, "windows-1252": windows1252,
}

// text decodes a file to valid UTF-8 without byte order mark and without NUL.
//
// The coding is decided by the mark, else it is UTF-8. A first byte that is not
// UTF-8 makes the whole file Windows-1252 as long as all before it is ASCII,
// which the two share; after other UTF-8 it makes the file one of two codings,
// which is refused. So the answer needs no second reading of a long file, and
// does not depend on where blocks end.
type text struct {
	in     *input
	coding coding
	label  string // as Table.Encoding
	assume bool   // Windows-1252 may be assumed
	high   bool   // characters beyond ASCII were seen
	raw    []byte // one block as read
	rest   []byte // its tail: half a character
	out    []byte // decoded, not yet taken
	made   []byte // memory of out where it differs from raw
	line   int    // physical lines decoded so far
	err    error
}

// decode starts decoding; assume says whether Windows-1252 may be assumed.
func (in *input) decode(assume bool) (*text, error) {
	t := &text{in: in, label: "UTF-8", raw: make([]byte, headBytes+utf8.UTFMax), assume: assume}
	bom := 0
	switch h := in.head; {
	case bytes.HasPrefix(h, []byte("\xef\xbb\xbf")):
		bom, t.label, t.assume = 3, "UTF-8 with BOM", false
	case bytes.HasPrefix(h, []byte("\xff\xfe")):
		bom, t.coding, t.label = 2, utf16LE, "UTF-16 LE"
	case bytes.HasPrefix(h, []byte("\xfe\xff")):
		bom, t.coding, t.label = 2, utf16BE, "UTF-16 BE"
	}
	if want := in.opts.Encoding; want != "" {
		c, ok := codings[strings.ToLower(want)]
		if !ok {
			return nil, in.problem(0, "unknown-encoding", fmt.Sprintf("The encoding %q is not one that can be read.", want),
				"Use utf-8, utf-16-le, utf-16-be or windows-1252.")
		}
		if bom > 0 && c != t.coding {
			return nil, in.problem(0, "wrong-encoding", fmt.Sprintf("The file starts with the mark of %s, but %s is declared.", t.label, want),
				"Take `encoding:` away for this source.")
		}
		if t.coding, t.assume = c, false; bom == 0 {
			t.label = map[coding]string{utf8Text: "UTF-8", utf16LE: "UTF-16 LE", utf16BE: "UTF-16 BE", windows1252: "Windows-1252"}[c]
		}
	}
	_, err := in.raw.Discard(bom)
	return t, err
}

func (t *text) Read(p []byte) (int, error) {
	for len(t.out) == 0 {
		if t.err != nil {
			return 0, t.err
		}
		t.fill()
	}
	n := copy(p, t.out)
	t.out = t.out[n:]
	return n, nil
}

// fill reads and decodes one block.
func (t *text) fill() {
	kept := copy(t.raw, t.rest)
	n, err := t.in.raw.Read(t.raw[kept:])
	block := t.raw[:kept+n]
	var used int
	var fault error
	switch t.coding {
	case utf8Text:
		used, fault = t.fromUTF8(block, err == io.EOF)
	case windows1252:
		used, fault = t.from1252(block)
	default:
		used, fault = t.fromUTF16(block, err == io.EOF)
	}
	t.rest = block[used:]
	t.err = err
	if fault != nil {
		t.err = fault
	} else if at := bytes.IndexByte(t.out, 0); at >= 0 {
		t.err = t.nul(at)
	}
	if t.err != nil && t.err != io.EOF {
		t.out = nil
	}
	t.line += bytes.Count(t.out, []byte{'\n'})
}

func (t *text) fromUTF8(b []byte, last bool) (int, error) {
	whole := len(b)
	if !last {
		whole -= halfRune(b)
	}
	bad := -1
	if !utf8.Valid(b[:whole]) {
		for bad = 0; ; {
			r, n := utf8.DecodeRune(b[bad:])
			if r == utf8.RuneError && n == 1 {
				break
			}
			bad += n
		}
	}
	if bad < 0 {
		t.high = t.high || !ascii(b[:whole])
		t.out = b[:whole]
		return whole, nil
	}
	if t.assume && !t.high && ascii(b[:bad]) {
		t.coding, t.label = windows1252, "Windows-1252 (assumed)"
		return t.from1252(b)
	}
	if t.high || !ascii(b[:bad]) {
		return 0, t.fault("mixed-encoding", b[:bad], "there is a byte that is not UTF-8, though the text before it is: the file mixes two encodings",
			"Export the file again as UTF-8, or set `encoding: windows-1252` for this source if its accents come out right then.")
	}
	return 0, t.fault("bad-encoding", b[:bad], "there is a byte that is not "+t.label, "Export the file again as UTF-8.")
}

// halfRune is the length of the character that b ends in the middle of.
func halfRune(b []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if c := b[len(b)-n]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(b[len(b)-n:]) {
				return n
			}
			break
		}
	}
	return 0
}

// ascii looks at eight bytes at a time, for it sees every byte of a long file.
func ascii(b []byte) bool {
	for ; len(b) >= 8; b = b[8:] {
		if binary.LittleEndian.Uint64(b)&0x8080808080808080 != 0 {
			return false
		}
	}
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// high1252 is what Windows-1252 has at 0x80 to 0x9F; 0 where it has nothing.
// Source: the Unicode Consortium's table CP1252.TXT.
var high1252 = [32]rune{
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
	0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
}

func (t *text) from1252(b []byte) (int, error) {
	t.made = t.made[:0]
	for i, c := range b {
		r := rune(c)
		if c >= 0x80 && c < 0xa0 {
			if r = high1252[c-0x80]; r == 0 {
				return 0, t.fault("bad-encoding", b[:i], fmt.Sprintf("there is the byte 0x%02X, which neither UTF-8 nor Windows-1252 knows", c), "Export the file again as UTF-8.")
			}
		}
		t.made = utf8.AppendRune(t.made, r)
	}
	t.out = t.made
	return len(b), nil
}

func (t *text) fromUTF16(b []byte, last bool) (int, error) {
	var order binary.ByteOrder = binary.LittleEndian
	if t.coding == utf16BE {
		order = binary.BigEndian
	}
	const fix = "Copy the file again from where it was made, or export it as UTF-8."
	t.made = t.made[:0]
	i := 0
	for ; i+2 <= len(b); i += 2 {
		r := rune(order.Uint16(b[i:]))
		if utf16.IsSurrogate(r) {
			if i+4 > len(b) && !last {
				break
			}
			low := rune(0)
			if i+4 <= len(b) {
				low = rune(order.Uint16(b[i+2:]))
			}
			if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
				return 0, t.fault("bad-encoding", t.made, "there is half a character of UTF-16", fix)
			}
			i += 2
		}
		t.made = utf8.AppendRune(t.made, r)
	}
	if last && i < len(b) {
		return 0, t.fault("bad-encoding", t.made, "the file ends in the middle of a character of UTF-16: it is cut off", fix)
	}
	t.out = t.made
	return i, nil
}

// fault is a problem on the physical line after what was decoded before.
func (t *text) fault(code string, before []byte, what, fix string) *diag.Problem {
	line := t.line + bytes.Count(before, []byte{'\n'}) + 1
	return t.in.problem(0, code, fmt.Sprintf("On line %d %s; nothing of the file was used.", line, what), fix)
}

func (t *text) nul(at int) *diag.Problem {
	fix := "Export it again as CSV or JSON in UTF-8."
	what := "there is a NUL character, so this is no text"
	if n := min(len(t.in.head), 64) &^ 1; t.coding == utf8Text && n > 0 {
		var even, odd int
		for i := 0; i < n; i += 2 {
			if t.in.head[i] == 0 {
				even++
			}
			if t.in.head[i+1] == 0 {
				odd++
			}
		}
		switch {
		case odd > n/4 && even == 0:
			what, fix = "there is a NUL character: the file looks like UTF-16 without its mark", "Set `encoding: utf-16-le` for this source, or export it as UTF-8."
		case even > n/4 && odd == 0:
			what, fix = "there is a NUL character: the file looks like UTF-16 without its mark", "Set `encoding: utf-16-be` for this source, or export it as UTF-8."
		}
	}
	return t.fault("nul", t.out[:at], what, fix)
}
