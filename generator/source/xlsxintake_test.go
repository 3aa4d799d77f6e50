package source_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/intake"
	"proofpack/generator/source"
)

// exportsOf are the exports of a scenario by their name without an ending: their
// text, and their records by the standard library.
func exportsOf(t *testing.T, scenario string, only ...string) (names, texts []string, tables [][][]string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "scenarios", scenario, "*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("the scenarios are absent: %v", err)
	}
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".csv")
		if len(only) > 0 && !strings.Contains(strings.Join(only, " "), name) {
			continue
		}
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		names, texts, tables = append(names, name), append(texts, string(text)), append(tables, records)
	}
	return names, texts, tables
}

// loaded is the evidence of tables.
func loaded(t *testing.T, tables ...*source.Table) *evidence.Set {
	t.Helper()
	var files []intake.File
	for _, table := range tables {
		files = append(files, intake.File{Table: table})
	}
	set, readings, problems := intake.Load(intake.Options{Files: files, Config: &config.Config{TimeZone: time.UTC, Currency: "USD"}, AsOf: time.Date(2026, 5, 31, 23, 59, 59, 0, time.UTC), MaxRejected: intake.DefaultMaxRejected})
	for _, p := range problems {
		t.Errorf("problem: %v", p)
	}
	for _, r := range readings {
		if r.Status == intake.Refused {
			t.Errorf("%s %s: %s", r.File, r.Sheet, r.Reason)
		}
	}
	return set
}

func TestAWorkbookIsTheSameEvidenceAsItsCSVs(t *testing.T) {
	for _, c := range []struct {
		name     string
		scenario string
		only     []string
	}{
		{"inventory and capacity", "A-storage", []string{"inventory", "capacity"}},
		{"all of scenario A", "A-storage", nil},
		{"all of its control", "A-storage-control", nil},
		{"all of scenario B", "B-hidden", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			names, texts, records := exportsOf(t, c.scenario, c.only...)
			opts := source.Options{Score: intake.Score}
			var fromCSV []*source.Table
			for i, name := range names {
				table, err := source.Read("exports/"+name+".csv", strings.NewReader(texts[i]), opts)
				if err != nil {
					t.Fatal(err)
				}
				fromCSV = append(fromCSV, table)
			}
			book := source.TypedBook(names, records)
			fromBook, err := source.ReadAll("exports/all.xlsx", strings.NewReader(book), opts)
			if err != nil {
				t.Fatal(err)
			}
			if len(fromBook) != len(names) {
				t.Fatalf("%d sheets were read of %v", len(fromBook), names)
			}
			for i, table := range fromBook {
				if table.Sheet != names[i] {
					t.Errorf("sheet %d is %q, want %q", i, table.Sheet, names[i])
				}
				if diff := cmp.Diff(fromCSV[i].Header, table.Header); diff != "" {
					t.Errorf("%s: header (-csv +workbook):\n%s", names[i], diff)
				}
			}
			// A place is the same but for the file; an input is another file.
			place := cmp.Transformer("place", func(p diag.Pos) [3]any { return [3]any{p.Row, p.Column, p.Heading} })
			zone := cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })
			want, got := loaded(t, fromCSV...), loaded(t, fromBook...)
			if diff := cmp.Diff(want, got, place, zone, cmpopts.IgnoreFields(evidence.Set{}, "Inputs")); diff != "" {
				t.Errorf("evidence (-csv +workbook):\n%s", diff)
			}
			if len(got.Systems) == 0 {
				t.Error("no system was read: the test shows nothing")
			}
			for i, in := range got.Inputs {
				if w := want.Inputs[i]; in.DataSet != w.DataSet || in.Read != w.Read || in.Used != w.Used || in.Format != "xlsx" {
					t.Errorf("%s: read %d, used %d as %q of %s; the CSV read %d, used %d as %q", in.Sheet, in.Read, in.Used, in.DataSet, in.Format, w.Read, w.Used, w.DataSet)
				}
			}

			// The sheet that Read takes is one of them.
			one, err := source.Read("exports/all.xlsx", strings.NewReader(book), opts)
			if err != nil {
				t.Fatal(err)
			}
			if unread := len(one.Notes); unread != len(names)-1 {
				t.Errorf("%d sheets are named as not read: %q", unread, one.Notes)
			}
		})
	}
}
