package source

import (
	"encoding/csv"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzCSV(f *testing.F) {
	for _, seed := range []string{
		"a,b\n1,2\n", "a;b\r\n\"x;\"\"y\";2\r\n", "\xef\xbb\xbfsep=;\na;b\n1;2", "#TYPE x\n\"a\"\n\"1\"\n", "a,b\n\"x\ny\",2\n1,\"2\n",
		"a,b\nx\"y,2\n\"x\"y,2\n", "R,1\n\na,b,c\n1,2,3,4\n1,2\n\nTotal: 2\n", "a\rb\r", "caf\xe9,b\n1,2\n", "\xff\xfea\x00,\x00b\x00\n\x00", ",,\n,,\n", "\"\"\"\"\n\"\"\n", "a\tb\n1\t2\r\r\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		table := check(t, "x.csv", data)
		if table == nil || table.Format != "csv" || table.Encoding != "UTF-8" || len(table.Rejected) > 0 {
			return
		}
		// What the standard library reads whole, ours must read to as many records.
		delim, _ := utf8.DecodeRuneInString(table.Delimiter)
		if table.Delimiter == "tab" {
			delim = '\t'
		}
		r := csv.NewReader(strings.NewReader(string(data)))
		r.Comma, r.FieldsPerRecord = delim, -1
		all, err := r.ReadAll()
		if err != nil || strings.Contains(strings.ReplaceAll(string(data), "\r\n", "\n"), "\r") {
			return
		}
		records := 0
		for _, rec := range all {
			if !blank(rec) {
				records++
			}
		}
		if got := 1 + len(table.Outside) + len(table.Rows); got != records {
			t.Errorf("%d records, the standard library has %d", got, records)
		}
	})
}

func FuzzJSON(f *testing.F) {
	for _, seed := range []string{
		`[{"a":1,"b":[1,"x"],"c":{"d":null}}]`, "{\"a\":1}\n{\"b\":2}\n", `{"value":[{"a":1}],"@odata.count":2}`, `{"hits":{"total":{"value":2},"hits":[{"_id":"1","_source":{"a":{"b":1}}}]}}`,
		`{"data":{"events":[]}}`, `[{"model":"m","pk":1,"fields":{"model":"x"}}]`, `"[{\"a\":1}]"`, `["{\"a\":1}",2,null]`, "{}\n{}\n", `{"a":[{}],"b":[]}`, "[{\"a\":1},]", "{\"a\":NaN}", `{"a":1,"A":2}`, "\xff\xfe[\x00]\x00",
		"{\"a\":1\n}{\"a\":2}", `[{"a.b":1,"a":{"b":2}}]`,
	} {
		f.Add([]byte(seed), true)
		f.Add([]byte(seed), false)
	}
	f.Fuzz(func(t *testing.T, data []byte, lines bool) {
		name := "x.json"
		if lines {
			name = "x.jsonl"
		}
		check(t, name, data)
	})
}

func FuzzGzip(f *testing.F) {
	f.Add([]byte(packed("a,b\n1,2\n")))
	f.Add([]byte(packed(`[{"a":1}]`)))
	f.Fuzz(func(t *testing.T, data []byte) { check(t, "x.gz", data) })
}
