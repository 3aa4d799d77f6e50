package source

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
)

// A writer of random, well-formed CSV.
type scribe struct {
	*rand.Rand
	delim rune
	eol   string
}

func (s scribe) cell() string {
	alphabet := []string{"a", "B", "7", " ", "é", "€", "𝄞", string(s.delim), `"`, "\n", "\r\n", "'", ",", ";", "#", "=", "longer text"}
	var b strings.Builder
	for range s.IntN(6) {
		b.WriteString(alphabet[s.IntN(len(alphabet))])
	}
	return b.String()
}

func (s scribe) file(rows, columns int) string {
	var b strings.Builder
	for i := range columns {
		fmt.Fprintf(&b, "%sh%d", map[bool]string{true: string(s.delim)}[i > 0], i)
	}
	b.WriteString(s.eol)
	for range rows {
		if s.IntN(20) == 0 {
			b.WriteString(s.eol) // a blank record
		}
		for i := range columns {
			if i > 0 {
				b.WriteRune(s.delim)
			}
			c := s.cell()
			if strings.ContainsAny(c, "\"\r\n"+string(s.delim)) || s.IntN(4) == 0 {
				c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			b.WriteString(c)
		}
		b.WriteString(s.eol)
	}
	if s.IntN(2) == 0 {
		return strings.TrimSuffix(b.String(), s.eol)
	}
	return b.String()
}

// oracle reads with the standard library, and leaves out what holds no text.
func oracle(t *testing.T, content string, delim rune) [][]string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(content))
	r.Comma, r.FieldsPerRecord = delim, -1
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var full [][]string
	for _, rec := range all {
		if !blank(rec) {
			full = append(full, rec)
		}
	}
	return full
}

func TestCSVAgreesWithTheStandardLibrary(t *testing.T) {
	for seed := range uint64(300) {
		s := scribe{Rand: rand.New(rand.NewPCG(seed, 7))}
		s.delim = rune(delimiters[s.IntN(len(delimiters))])
		s.eol = []string{"\n", "\r\n"}[s.IntN(2)]
		content := s.file(1+s.IntN(60), 2+s.IntN(6))
		want := oracle(t, content, s.delim)

		got, err := Read("x.csv", iotest.OneByteReader(strings.NewReader(content)), Options{Delimiter: string(s.delim), HeaderRow: 1})
		if err != nil {
			t.Fatalf("seed %d: %v\n%q", seed, err, content)
		}
		same(t, fmt.Sprintf("seed %d: read", seed), want, append([][]string{got.Header}, cells(got)...))
		if got.Records != len(got.Rows) {
			t.Errorf("seed %d: %d records, %d rows", seed, got.Records, len(got.Rows))
		}
		for _, size := range []int{1, 2, 7, 64} {
			same(t, fmt.Sprintf("seed %d: blocks of %d", seed, size), want, inBlocks(t, content, byte(s.delim), size))
		}
	}
}

// inBlocks cuts records out of blocks far smaller than a record, and counts
// them by the way.
func inBlocks(t *testing.T, content string, delim byte, size int) [][]string {
	t.Helper()
	in, err := open("x.csv", strings.NewReader(content), Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := &csvReader{sink: newSink(in, in.table("csv"), nil), blocks: blocks{src: strings.NewReader(content), size: size}}
	c.split.delim, c.count.delim = delim, delim
	c.blocks.listen(c.count.add)
	var all [][]string
	for {
		rec, more, err := c.next()
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			break
		}
		if rec.reason != "" {
			t.Fatalf("record %d: %s", rec.n, rec.reason)
		}
		if !blank(rec.cells) {
			all = append(all, append([]string(nil), rec.cells...))
		}
	}
	if c.n != c.count.records() {
		t.Errorf("blocks of %d: %d records cut, %d counted", size, c.n, c.count.records())
	}
	return all
}

func TestALongFileAgreesWithTheStandardLibrary(t *testing.T) {
	s := scribe{Rand: rand.New(rand.NewPCG(1, 2)), delim: ';', eol: "\r\n"}
	content := s.file(20000, 5) // several blocks
	want := oracle(t, content, ';')
	got := read(t, "x.csv", content, Options{})
	same(t, "delimiter", ";", got.Delimiter)
	same(t, "table", want, append([][]string{got.Header}, cells(got)...))
}

func BenchmarkStreamCSV(b *testing.B) {
	var file bytes.Buffer
	file.WriteString("timestamp,account,display_name,source_ip,application,result,mfa_method,privileged,user_agent\n")
	for i := range 100000 {
		fmt.Fprintf(&file, "2026-05-%02dT08:%02d:41Z,user%d@example.com,User %d,10.0.%d.%d,Portal,Success,push,false,Mozilla/5.0 (X11)\n", i%28+1, i%60, i%5000, i%5000, i%250, i%200)
	}
	b.SetBytes(int64(file.Len()))
	for b.Loop() {
		_, err := Stream("x.csv", bytes.NewReader(file.Bytes()), Options{}, func(*Table, Row) error { return nil })
		if err != nil && err != io.EOF {
			b.Fatal(err)
		}
	}
}
