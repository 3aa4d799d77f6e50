package intake

import (
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/source"
)

// mayEnd is the as-of of the scenarios.
var mayEnd = time.Date(2026, 5, 31, 23, 59, 59, 0, time.UTC)

// table is a table as written in a test: the first line is the header.
func table(t testing.TB, file, text string) *source.Table {
	t.Helper()
	r := csv.NewReader(strings.NewReader(strings.TrimLeft(text, "\n")))
	r.FieldsPerRecord = -1
	records, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	tb := &source.Table{File: file, Format: "csv", Encoding: "UTF-8", Delimiter: ",", Header: records[0], HeaderRow: 1}
	for i, cells := range records[1:] {
		for len(cells) < len(tb.Header) {
			cells = append(cells, "")
		}
		tb.Rows = append(tb.Rows, source.Row{N: i + 2, Cells: cells})
	}
	tb.Records = len(tb.Rows)
	return tb
}

// problemsOf are the problems that an error of a reader holds.
func problemsOf(t testing.TB, err error) []*diag.Problem {
	t.Helper()
	var p *diag.Problem
	if !errors.As(err, &p) {
		t.Fatalf("%v is no *diag.Problem", err)
	}
	return []*diag.Problem{p}
}

// shared is a path beside the repository; a test that needs it fails loudly
// when it is absent.
func shared(t testing.TB, parts ...string) string {
	t.Helper()
	at := filepath.Join(append([]string{"..", "..", "..", "shared"}, parts...)...)
	if _, err := os.Stat(at); err != nil {
		t.Fatalf("this test reads %s, which is absent: %v", filepath.Join(parts...), err)
	}
	return at
}

// loaded loads files as of the end of May 2026 in UTC.
func loaded(files ...File) (*evidence.Set, []Reading, []string) {
	set, readings, problems := Load(Options{Files: files, Config: &config.Config{TimeZone: time.UTC, Currency: "USD"}, AsOf: mayEnd, MaxRejected: DefaultMaxRejected})
	var said []string
	for _, p := range problems {
		said = append(said, p.Error())
	}
	return set, readings, said
}
