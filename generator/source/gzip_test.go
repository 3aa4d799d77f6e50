package source

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"
)

func packed(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

func TestGzipIsReadAsAStream(t *testing.T) {
	table := read(t, "in/Logs.CSV.gz", packed("a,b\n1,2\n"), Options{})
	same(t, "cells", [][]string{{"1", "2"}}, cells(table))
	same(t, "notes", []string{"unpacked from gzip"}, table.Notes)
	table = read(t, "x.json.gz", packed(`[{"a":1}]`), Options{})
	same(t, "format", "json", table.Format)
	table = read(t, "x.jsonl.gz", packed(`{"a":1}`+"\n"), Options{})
	same(t, "format", "json lines", table.Format)
	table = read(t, "named-wrong.csv", packed("a,b\n1,2\n")+packed("3,4\n"), Options{})
	same(t, "rows of two members", 2, len(table.Rows))
}

func TestGzipOutOfProportionIsRefused(t *testing.T) {
	same(t, "bomb", "gzip-too-dense", refused(t, "x.csv.gz", packed("a,b\n"+strings.Repeat("1,2\n", 1<<20)), Options{}).Code)
	same(t, "bomb that is one line", "gzip-too-dense", refused(t, "x.csv.gz", packed(strings.Repeat(",", 8<<20)), Options{}).Code)
	if table := read(t, "x.csv.gz", packed("a,b\n"+strings.Repeat("1,2\n", 1<<17)), Options{}); len(table.Rows) != 1<<17 {
		t.Errorf("got %d rows of a small dense file", len(table.Rows))
	}
}

func TestBrokenGzipIsRefused(t *testing.T) {
	whole := packed(strings.Repeat("some,row\n", 1000))
	flipped := []byte(whole)
	flipped[len(flipped)-6] ^= 1
	for name, content := range map[string]string{
		"cut off": whole[:len(whole)-9], "only its mark": "\x1f\x8b", "wrong checksum": string(flipped), "garbage behind it": whole + "garbage",
	} {
		same(t, name, "bad-gzip", refused(t, "x.csv.gz", content, Options{}).Code)
	}
}
