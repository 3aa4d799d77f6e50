package generator_test

import (
	"archive/zip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"proofpack/generator/assess"
	"proofpack/generator/report"
	"proofpack/generator/source"
)

// workbookParts is the evidence workbook as it is packed: its parts by name.
func (b *built) workbookParts(t *testing.T) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(filepath.Join(b.dir, "evidence.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }()
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(data)
	}
	return parts
}

// workbook is the evidence workbook as our own reader sees it.
func (b *built) workbook(t *testing.T) map[string]*source.Table {
	t.Helper()
	f, err := os.Open(filepath.Join(b.dir, "evidence.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	names := []string{"About", "Findings", "Figures", "Exceptions", "Restore tests", "Rows not used", "Rules used", "Sources"}
	tables, err := source.ReadAll("evidence.xlsx", f, source.Options{Sheets: names, HeaderRow: 4})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*source.Table{}
	for _, table := range tables {
		all[table.Sheet] = table
	}
	return all
}

// cellsOf is one column of a sheet.
func cellsOf(t *testing.T, table *source.Table, heading string) []string {
	t.Helper()
	at := slices.Index(table.Header, heading)
	if at < 0 {
		t.Fatalf("the sheet %s has no column %s: %v", table.Sheet, heading, table.Header)
	}
	var all []string
	for _, r := range table.Rows {
		all = append(all, r.Cells[at])
	}
	return all
}

// TestTheWorkbookSaysWhatTheReportSays counts the rows of the workbook, read
// back by our own reader, and holds them against report.json.
func TestTheWorkbookSaysWhatTheReportSays(t *testing.T) {
	for _, name := range []string{"A-storage", "B-hidden"} {
		b := build(t, client(t, name, nil))
		book := b.workbook(t)
		states := map[string]int{}
		for _, s := range cellsOf(t, book["Findings"], "State") {
			states[s]++
		}
		for _, s := range assess.States {
			if got, want := states[report.StateWord(s)], b.doc.Counts[s.String()]; got != want {
				t.Errorf("%s: %d rows are %s, report.json has %d", name, got, s, want)
			}
		}
		var doc struct {
			Findings []struct{ ID, Text, Check string }
			Figures  []struct{ ID, Text, Formula string }
			Sources  []struct {
				File string `json:"file"`
				Read int    `json:"rows_read"`
				Used int    `json:"rows_used"`
			}
		}
		data, err := os.ReadFile(filepath.Join(b.dir, "report.json"))
		if err == nil {
			err = json.Unmarshal(data, &doc)
		}
		if err != nil {
			t.Fatal(err)
		}
		says := cellsOf(t, book["Findings"], "What the record says")
		for i, id := range cellsOf(t, book["Findings"], "Id") {
			at := slices.IndexFunc(doc.Findings, func(f struct{ ID, Text, Check string }) bool { return f.ID == id })
			if at < 0 || !strings.HasPrefix(says[i], doc.Findings[at].Text) {
				t.Errorf("%s: the finding %s says %q in the workbook", name, id, says[i])
			}
		}
		if got := cellsOf(t, book["Figures"], "As printed"); len(got) != len(doc.Figures) || len(got) == 0 {
			t.Errorf("%s: %d figures in the workbook, %d in report.json", name, len(got), len(doc.Figures))
		} else {
			for i, f := range doc.Figures {
				if got[i] != f.Text {
					t.Errorf("%s: %s is %q in the workbook, %q in report.json", name, f.ID, got[i], f.Text)
				}
			}
		}
		read, used := cellsOf(t, book["Sources"], "Rows read"), cellsOf(t, book["Sources"], "Used")
		for i, s := range doc.Sources {
			if read[i] != strconv.Itoa(s.Read) || used[i] != strconv.Itoa(s.Used) {
				t.Errorf("%s: %s has %s rows read and %s used in the workbook", name, s.File, read[i], used[i])
			}
		}
		recounted(t, name, book)
	}
}

// recounted works every formula out from the cells that our reader found, in
// words of its own, and holds it against the figure beside it.
func recounted(t *testing.T, name string, book map[string]*source.Table) {
	t.Helper()
	count := func(sheet, column, is string) int {
		n := 0
		for _, c := range cellsOf(t, book[sheet], column) {
			if is == "" && c != "" || c == is {
				n++
			}
		}
		return n
	}
	about := map[string]string{}
	value, again := cellsOf(t, book["About"], "Value"), cellsOf(t, book["About"], "Counted here")
	for i, what := range cellsOf(t, book["About"], "What") {
		about[what] = again[i]
		if again[i] != "" && again[i] != value[i] {
			t.Errorf("%s: %s is %s, counted %s", name, what, value[i], again[i])
		}
	}
	for what, want := range map[string]int{
		"Findings that are proven": count("Findings", "State", "Proven"), "Findings that are missing": count("Findings", "State", "Missing"), "Findings that are failed": count("Findings", "State", "Failed"),
		"Findings": count("Findings", "State", ""), "Sources": count("Sources", "File", ""),
	} {
		if about[what] != strconv.Itoa(want) {
			t.Errorf("%s: %s is %q on the sheet About, %d rows say so", name, what, about[what], want)
		}
	}
}

// TestTheLogOfRestoreTests holds the insurers' log to what stands in the
// exports: systems that nobody tested stand in it, first.
func TestTheLogOfRestoreTests(t *testing.T) {
	b := build(t, client(t, "A-storage", nil))
	log := b.workbook(t)["Restore tests"]
	tests, systems, states := cellsOf(t, log, "Test"), cellsOf(t, log, "System"), cellsOf(t, log, "Proof now")
	if len(tests) < 2 || tests[len(tests)-1] != "RST-41" {
		t.Fatalf("the log holds %v", tests)
	}
	for i, test := range tests[:len(tests)-1] {
		if test != "no test in 12 months" || states[i] != "Missing" {
			t.Errorf("row %d: %s of %s is %s", i, test, systems[i], states[i])
		}
	}
	if slices.Contains(states, "Proven") {
		t.Errorf("a restore of one file proves nothing: %v", states)
	}
	// Without the one test there is no row of it, and its system is named as untested.
	none := build(t, client(t, "A-storage", map[string]func(string) string{"restores.csv": func(s string) string { return strings.SplitAfter(s, "\n")[0] }}))
	log = none.workbook(t)["Restore tests"]
	if got := cellsOf(t, log, "System"); !slices.Contains(got, "ERP-01") || slices.Contains(cellsOf(t, log, "Test"), "RST-41") {
		t.Errorf("untested: %v", got)
	}
}
