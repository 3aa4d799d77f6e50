package intake

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/config"
	"proofpack/generator/source"
)

// sheetFile is a sheet of the workbook book.xlsx.
func sheetFile(name string, rows int, header ...string) File {
	t := &source.Table{File: "book.xlsx", Sheet: name, Format: "xlsx", Header: header, HeaderRow: 1, Records: rows}
	for n := range rows {
		cells := make([]string, len(header))
		for i := range cells {
			cells[i] = "2026-05-01"
		}
		t.Rows = append(t.Rows, source.Row{N: n + 2, Cells: cells})
	}
	return File{Table: t}
}

func TestSheetsBesideATable(t *testing.T) {
	inventory := sheetFile("Systems", 1, "system_id", "name", "os", "owner")
	for _, c := range []struct {
		name  string
		files []File
		want  []Status // by name of the sheet
	}{
		{"a cover is set aside", []File{sheetFile("A cover", 1, "Severity", "Owner"), inventory}, []Status{NotRead, Read}},
		{"four of five that restores need: a heading was lost", []File{sheetFile("A", 1, "test_id", "system", "scope", "result"), inventory}, []Status{Undecided, Read}},
		{"half of what dependencies need", []File{sheetFile("A dependencies", 1, "from", "note"), inventory}, []Status{Undecided, Read}},
		{"alone it is undecided", []File{sheetFile("A cover", 1, "Severity", "Owner")}, []Status{Undecided}},
		{"beside nothing that is read it is undecided", []File{sheetFile("A", 1, "Severity", "Owner"), sheetFile("B", 1, "Owner", "State")}, []Status{Undecided, Undecided}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, readings, _ := Load(Options{Files: c.files, AsOf: time.Date(2026, 5, 31, 23, 0, 0, 0, time.UTC), MaxRejected: 100})
			var got []Status
			for _, r := range readings {
				got = append(got, r.Status)
				if stops := len(r.Problems) > 0; stops != (r.Status == Undecided) {
					t.Errorf("%s: %s with problems %v; %s", r.Sheet, r.Status, r.Problems, r.Reason)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestACountBesideAWorkbook(t *testing.T) {
	two := 2
	beside := &config.Intake{File: "book.xlsx.intake.yml", Line: 1, RowsExpected: &two}
	own := func(set string) *config.Source {
		return &config.Source{Name: set, DataSet: set, Intake: config.Intake{RowsExpected: &two}}
	}
	table := sheetFile("Systems", 2, "system_id", "name", "os", "owner")
	other := sheetFile("Jobs", 1, "job_id", "system", "run_date", "result")
	with := func(f File, src *config.Source) File {
		f.Source, f.Intake = src, beside
		return f
	}
	for _, c := range []struct {
		name     string
		files    []File
		code     string
		expected []int
	}{
		{"of its one table", []File{with(table, nil)}, "", []int{2}},
		{"of the table, not of the cover", []File{with(sheetFile("A cover", 1, "Severity", "Owner"), nil), with(table, nil)}, "", []int{-1, 2}},
		{"of which of two tables", []File{with(other, nil), with(table, nil)}, "count-of-which", nil},
		{"of which, where one has its own", []File{with(other, own("jobs")), with(table, nil)}, "count-of-which", nil},
		{"each has its own", []File{with(other, own("jobs")), with(table, own("inventory"))}, "", []int{2, 2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, readings, problems := Load(Options{Files: c.files, AsOf: time.Date(2026, 5, 31, 23, 0, 0, 0, time.UTC), MaxRejected: 100})
			code := ""
			for _, p := range problems {
				code = p.Code
			}
			if code != c.code {
				t.Fatalf("problems %v, want %q", problems, c.code)
			}
			if code != "" {
				return
			}
			var got []int
			for _, r := range readings {
				got = append(got, r.Input.Expected)
			}
			if diff := cmp.Diff(c.expected, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
