package source

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
)

func zipped(names ...string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, n := range names {
		f, _ := w.Create(n)
		io.WriteString(f, "text")
	}
	w.Close()
	return b.String()
}

func TestOtherKindsOfFilesAreRefusedEachForItsReason(t *testing.T) {
	cfb := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	for _, c := range []struct{ name, content, code, says string }{
		{"a workbook", zipped("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"), "bad-workbook", "[Content_Types].xml"},
		{"a workbook with its parts in another order", zipped("docProps/app.xml", "xl/workbook.xml", "[Content_Types].xml"), "bad-workbook", "[Content_Types].xml"},
		{"a text document", zipped("[Content_Types].xml", "word/document.xml"), "archive", "zip"},
		{"a zip of exports", zipped("a.csv", "b.csv"), "archive", "zip"},
		{"an empty zip", zipped(), "archive", "zip"},
		{"an old workbook", cfb + strings.Repeat("\x00", 600), "old-workbook", "97-2003"},
		{"a protected workbook", cfb + strings.Repeat("\x00", 600) + wide("EncryptedPackage"), "encrypted-workbook", "password"},
		{"a large protected workbook", cfb + strings.Repeat("\x00", 3*headBytes-21) + wide("EncryptedPackage"), "encrypted-workbook", "password"},
		{"7-Zip", "7z\xbc\xaf\x27\x1c\x00\x04", "archive", "7-Zip"},
		{"RAR", "Rar!\x1a\x07\x01\x00", "archive", "RAR"},
		{"bzip2", "BZh91AY&SY\x00\x00", "archive", "bzip2"},
		{"xz", "\xfd7zXZ\x00\x00", "archive", "xz"},
		{"Zstandard", "\x28\xb5\x2f\xfd\x00", "archive", "Zstandard"},
		{"tar", "a.csv" + strings.Repeat("\x00", 252) + "ustar\x0000" + strings.Repeat("\x00", 300), "archive", "tar"},
		{"tar in gzip", packed("a.csv" + strings.Repeat("\x00", 252) + "ustar\x0000" + strings.Repeat("\x00", 300)), "archive", "tar"},
		{"gzip in gzip", packed(packed("a,b\n")), "archive", "gzip inside gzip"},
		{"PDF", "%PDF-1.7\n", "pdf", "PDF"},
		{"a sign-in page", "\xef\xbb\xbf\r\n<!DOCTYPE html>\n<html>", "html", "sign-in page"},
		{"a table saved as .xls", "<html xmlns:x=\"urn\"><table>", "html", "web page"},
		{"XML", "<?xml version=\"1.0\"?><a/>", "xml", "XML"},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "bad-encoding", ""},
		{"columns of spaces", "Username         Port     From\nroot             tty1     10.0.0.1\nadm              tty2\n", "fixed-width", "spaces"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := refused(t, "x.csv", c.content, Options{})
			if c.code == "bad-encoding" {
				return // any reason is right as long as it is one
			}
			if p.Code != c.code || !strings.Contains(p.Message, c.says) {
				t.Errorf("got %s: %s, want %s with %q", p.Code, p.Message, c.code, c.says)
			}
		})
	}
}

// wide is ASCII as UTF-16 LE.
func wide(s string) string { return toUTF16(s, false)[2:] }

func TestOneColumnOfNamesIsNoFixedWidth(t *testing.T) {
	table := read(t, "x.txt", "name\nProduction  database server\nMail\nWeb\n", Options{})
	same(t, "rows", 3, len(table.Rows))
}
