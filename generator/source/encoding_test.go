package source

import (
	"strings"
	"testing"
	"unicode/utf16"
)

// toUTF16 is a text with its mark.
func toUTF16(s string, big bool) string {
	var b strings.Builder
	for _, u := range append([]uint16{0xfeff}, utf16.Encode([]rune(s))...) {
		if big {
			b.WriteByte(byte(u >> 8))
		}
		b.WriteByte(byte(u))
		if !big {
			b.WriteByte(byte(u >> 8))
		}
	}
	return b.String()
}

func TestEncodingIsDecidedByTheBytes(t *testing.T) {
	long := strings.Repeat("plain,text\n", 20000)
	for _, c := range []struct {
		name, content, encoding, cell string
	}{
		{"ASCII is UTF-8", "a,b\nx,y\n", "UTF-8", "x"},
		{"UTF-8", "a,b\nŁódź,y\n", "UTF-8", "Łódź"},
		{"a mark before the first quote", "\xef\xbb\xbf\"a\",\"b\"\n\"x\",\"y\"\n", "UTF-8 with BOM", "x"},
		{"UTF-16 of PowerShell", toUTF16("a,b\r\nŁódź,y\r\n", false), "UTF-16 LE", "Łódź"},
		{"UTF-16 BE", toUTF16("a,b\n𝄞,y\n", true), "UTF-16 BE", "𝄞"},
		{"not UTF-8 is taken for Windows-1252", "a,b\ncaf\xe9 \x80,y\n", "Windows-1252 (assumed)", "café €"},
		{"also when it shows late", "a,b\n" + long + "caf\xe9,y\n", "Windows-1252 (assumed)", "plain"},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := read(t, "x.csv", c.content, Options{})
			same(t, "encoding", c.encoding, table.Encoding)
			same(t, "header", []string{"a", "b"}, table.Header)
			same(t, "first cell", c.cell, table.Rows[0].Cells[0])
		})
	}
}

func TestTheLastCellOfALateGuessIsDecoded(t *testing.T) {
	table := read(t, "x.csv", "a,b\n"+strings.Repeat("plain,text\n", 20000)+"caf\xe9,y\n", Options{})
	same(t, "last row", []string{"café", "y"}, table.Rows[len(table.Rows)-1].Cells)
}

func TestADeclaredEncodingIsUsed(t *testing.T) {
	table := read(t, "x.csv", "a,b\nx,caf\xc3\xa9\n", Options{Encoding: "windows-1252"})
	same(t, "encoding", "Windows-1252", table.Encoding)
	same(t, "cells", [][]string{{"x", "cafÃ©"}}, cells(table))
	table = read(t, "x.csv", toUTF16("a,b\n1,2\n", false)[2:], Options{Encoding: "utf-16-le"})
	same(t, "encoding", "UTF-16 LE", table.Encoding)
	same(t, "cells", [][]string{{"1", "2"}}, cells(table))
}

func TestTextThatCannotBeDecodedIsRefused(t *testing.T) {
	utf16le := toUTF16("a,b\n1,2\n", false)
	for _, c := range []struct {
		name, content string
		opts          Options
		code, says    string
	}{
		{"a NUL", "a,b\n1,\x002\n", Options{}, "nul", "line 2"},
		{"a NUL in UTF-16", toUTF16("a,b\n1,\x00\n", false), Options{}, "nul", "line 2"},
		{"UTF-16 LE without its mark", utf16le[2:], Options{}, "nul", "looks like UTF-16"},
		{"UTF-16 BE without its mark", toUTF16("a,b\n1,2\n", true)[2:], Options{}, "nul", "looks like UTF-16"},
		{"UTF-16 cut in a character", utf16le[:len(utf16le)-1], Options{}, "bad-encoding", "cut off"},
		{"half a surrogate pair", utf16le + "\x00\xd8", Options{}, "bad-encoding", "half a character"},
		{"two halves in the wrong order", utf16le + "\x00\xdc\x00\xd8", Options{}, "bad-encoding", "half a character"},
		{"two encodings in one file", "a,b\nŁódź,1\ncaf\xe9,2\n", Options{}, "mixed-encoding", "line 3"},
		{"UTF-8 cut in a character", "a,b\n1,Ł\n2,\xc5", Options{}, "mixed-encoding", "line 3"},
		{"a mark that lies", "\xef\xbb\xbfa,b\ncaf\xe9,2\n", Options{}, "bad-encoding", "line 2"},
		{"neither UTF-8 nor Windows-1252", "a,b\ncaf\x81,2\n", Options{}, "bad-encoding", "0x81"},
		{"not what was declared", "a,b\ncaf\xe9,2\n", Options{Encoding: "utf-8"}, "bad-encoding", "line 2"},
		{"a mark against what was declared", utf16le, Options{Encoding: "utf-8"}, "wrong-encoding", "UTF-16 LE"},
		{"an encoding nobody knows", "a,b\n", Options{Encoding: "ebcdic"}, "unknown-encoding", "ebcdic"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := refused(t, "x.csv", c.content, c.opts)
			if p.Code != c.code || !strings.Contains(p.Message, c.says) {
				t.Errorf("got %s: %s, want %s with %q", p.Code, p.Message, c.code, c.says)
			}
		})
	}
}

func TestHalfRune(t *testing.T) {
	for _, c := range []struct {
		in   string
		want int
	}{
		{"", 0}, {"abc", 0}, {"ab\xc3", 1}, {"é", 0}, {"€", 0}, {"€"[:2], 2}, {"𝄞"[:3], 3}, {"𝄞", 0}, {"\x80\x80\x80\x80", 0}, {"a\xff", 0},
	} {
		same(t, c.in, c.want, halfRune([]byte(c.in)))
	}
}
