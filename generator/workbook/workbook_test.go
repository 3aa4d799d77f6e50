package workbook

import (
	"archive/zip"
	"bytes"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"proofpack/generator/assess"
	"proofpack/generator/report"
	"proofpack/generator/source"
)

// texts are what a cell may be given, and what it must hold: what a
// spreadsheet would change or run is still there, as words.
var texts = []struct{ name, given, want string }{
	{"plain", "Shipping", "Shipping"},
	{"a formula", "=1+1", "=1+1"},
	{"a call of a program", "=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"},
	{"an address", "@SUM(A1)", "@SUM(A1)"},
	{"digits keep their zeros", "007", "007"},
	{"a date stays words", "1-2", "1-2"},
	{"markup", `<b>&"'`, `<b>&"'`},
	{"an escape of spreadsheets", "_x0041_ and _x005F_", "_x0041_ and _x005F_"},
	{"an escape of half a character", "_xD800_", "[U+005F]xD800_"},
	{"control characters", "a\x00b\x1bc\rd", "a[U+0000]b[U+001B]c[U+000D]d"},
	{"a turned direction", "a\u202eb\u200bc", "a[U+202E]b[U+200B]c"},
	{"lines", "one\ntwo\r\nthree", "one\ntwo\nthree"},
	{"spaces around", "  x  ", "  x  "},
	{"emoji and other scripts", "😀 Łódź 漢字", "😀 Łódź 漢字"},
	{"bytes that are no text", "a\xffb", "a\ufffdb"},
	{"as long as a cell", strings.Repeat("x", mostCell), strings.Repeat("x", mostCell)},
}

// sample is a report with every kind of cell.
func sample() *report.Report {
	findings := report.Worksheet{Name: "Findings", Title: report.Text{{Text: "What was found"}}, Note: "Read it so.",
		Columns: []report.WorksheetColumn{{Title: "State", Width: 12}, {Title: "Text", Width: 40}, {Title: "Minutes", Width: 10}}}
	for _, c := range texts {
		findings.Rows = append(findings.Rows, []report.Value{{Kind: report.ValueState, State: assess.Missing}, {Kind: report.ValueText, Text: c.given}, {Kind: report.ValueNumber, Number: 1.5}})
	}
	findings.Rows[0][0] = report.Value{Kind: report.ValueState, State: assess.Proven}
	findings.Rows[1][2] = report.Value{Text: "not recorded"}
	about := report.Worksheet{Name: "About", Title: report.Text{{Text: "About & more"}}, Columns: []report.WorksheetColumn{{Title: "What", Width: 20}, {Title: "Counted here", Width: 20}}}
	n := float64(len(texts))
	for _, c := range []struct {
		value float64
		by    report.Recount
	}{
		{n, report.Recount{How: report.CountRows, Sheet: "Findings", Column: "State"}},
		{n - 1, report.Recount{How: report.CountWhere, Sheet: "Findings", Column: "State", Is: "Missing"}},
		{1.5 * (n - 1), report.Recount{How: report.SumColumn, Sheet: "Findings", Column: "Minutes"}},
		{1.5, report.Recount{How: report.TheCell, Sheet: "Findings", Column: "Minutes", Row: 2}},
	} {
		about.Rows = append(about.Rows, []report.Value{{Kind: report.ValueText, Text: "x"}, {Kind: report.ValueNumber, Number: c.value, Recount: &c.by}})
	}
	return &report.Report{
		Company: "Fish & Sons \u202e", MonthName: "May 2026", BuildID: "0000 1111 2222 3333", AsOf: time.Date(2026, 5, 31, 23, 59, 59, 0, time.UTC), Draft: true,
		Workbook: []report.Worksheet{about, findings, {Name: "Empty", Title: report.Text{{Text: "Nothing"}}, Columns: []report.WorksheetColumn{{Title: "A", Width: 10}}}},
	}
}

func written(t *testing.T, r *report.Report) []byte {
	t.Helper()
	data, err := Write(r)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestCellsHoldTheirWords reads every text back by our own reader and by
// excelize.
func TestCellsHoldTheirWords(t *testing.T) {
	data := written(t, sample())
	tables, err := source.ReadAll("evidence.xlsx", bytes.NewReader(data), source.Options{Sheets: []string{"Findings"}, HeaderRow: headRow})
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var ours *source.Table
	for _, table := range tables {
		if table.Sheet == "Findings" {
			ours = table
		}
	}
	if len(ours.Rejected) > 0 {
		t.Error(ours.Rejected)
	}
	for i, c := range texts {
		if got := ours.Rows[i].Cells[1]; got != c.want {
			t.Errorf("%s: our reader finds %.80q, want %.80q", c.name, got, c.want)
		}
		name := cell(1, firstRow+i)
		if got, err := f.GetCellValue("Findings", name); err != nil || got != c.want {
			t.Errorf("%s: excelize finds %.80q, want %.80q (%v)", c.name, got, c.want, err)
		}
		if formula, err := f.GetCellFormula("Findings", name); err != nil || formula != "" {
			t.Errorf("%s is the formula %q (%v)", c.name, formula, err)
		}
	}
	if got := ours.Rows[1].Cells[2]; got != "not recorded" {
		t.Errorf("an absence is %q", got)
	}
	if got, want := ours.Rows[0].Cells[0]+ours.Rows[1].Cells[0], "ProvenMissing"; got != want {
		t.Errorf("states are %q, want %q", got, want)
	}
}

func TestWhatDoesNotFitIsMarked(t *testing.T) {
	for _, c := range []struct{ name, given string }{
		{"one character too many", strings.Repeat("x", mostCell+1)},
		{"characters of two units", strings.Repeat("😀", 20000)},
	} {
		got := text(c.given)
		mark := " [cut: " + strconv.Itoa(len([]rune(c.given))) + " characters in all]"
		if !strings.HasSuffix(got, mark) || units(got) > mostCell || units(got) < mostCell-1 {
			t.Errorf("%s: %d units, ending in %q", c.name, units(got), got[len(got)-50:])
		}
	}
}

// TestFormulasAgree has excelize work out every formula: each gives the figure
// that stands stored beside it.
func TestFormulasAgree(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(written(t, sample())))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{strconv.Itoa(len(texts)), strconv.Itoa(len(texts) - 1), strconv.FormatFloat(1.5*float64(len(texts)-1), 'f', -1, 64), "1.5"} {
		name := cell(1, firstRow+i)
		got, err := f.CalcCellValue("About", name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		stored, err := f.GetCellValue("About", name, excelize.Options{RawCellValue: true})
		if err != nil || got != want || stored != want {
			t.Errorf("%s: worked out %s, stored %s, want %s (%v)", name, got, stored, want, err)
		}
	}
	if _, err := (&writer{report: sample()}).formula(&report.Recount{Sheet: "Findings", Column: "Nothing"}); err == nil {
		t.Error("a formula over a column that is not there was written")
	}
}

func TestTheSameReportGivesTheSameBytes(t *testing.T) {
	first := written(t, sample())
	for range 20 { // the order of a map differs soon
		if !bytes.Equal(first, written(t, sample())) {
			t.Fatal("the bytes differ")
		}
	}
	z, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil {
		t.Fatal(err)
	}
	if z.File[0].Name != contentTypes {
		t.Errorf("the first part is %s", z.File[0].Name)
	}
	for _, f := range z.File {
		if f.ModifiedDate != 0 || f.ModifiedTime != 0 || len(f.Extra) > 0 {
			t.Errorf("%s has a date of its own: %v", f.Name, f.Modified)
		}
	}
}

// TestASheetIsMadeForReading holds what surrounds the cells.
func TestASheetIsMadeForReading(t *testing.T) {
	data := written(t, sample())
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	panes, err := f.GetPanes("Findings")
	if err != nil || !panes.Freeze || panes.YSplit != headRow {
		t.Errorf("panes %+v (%v)", panes, err)
	}
	if width, err := f.GetColWidth("Findings", "B"); err != nil || width != 40 {
		t.Errorf("width %v (%v)", width, err)
	}
	layout, err := f.GetPageLayout("Findings")
	if err != nil || *layout.Orientation != "landscape" || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 {
		t.Errorf("layout %+v (%v)", layout, err)
	}
	around, err := f.GetHeaderFooter("Findings")
	if err != nil || !strings.Contains(around.OddHeader, "DRAFT") || !strings.Contains(around.OddFooter, "Fish && Sons [U+202E]") || len(around.OddFooter) > 255 {
		t.Errorf("header and footer %+v (%v)", around, err)
	}
	parts := map[string]string{}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[part.Name] = string(content)
	}
	if s := parts["xl/worksheets/sheet2.xml"]; !strings.Contains(s, `autoFilter ref="$A$4:$C$20"`) || strings.Index(s, `<col min="1"`) > strings.Index(s, `<col min="2"`) {
		t.Error("no filter over the table, or columns out of order")
	}
	if !strings.Contains(parts["xl/workbook.xml"], "_xlnm.Print_Titles") {
		t.Error("the heads are not repeated in print")
	}
	if diff := cmp.Diff([]string{"About", "Findings", "Empty"}, f.GetSheetList()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
