package report

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

func may(day int) time.Time { return time.Date(2026, 5, day, 23, 59, 59, 999999999, time.UTC) }

// scanned is Shipping with four systems more and what patch reports say: one
// patched, two that lack something, one seen from outside only, one that nobody
// looked at, and one that the inventory does not hold.
func scanned(change func(*evidence.Set)) *evidence.Set {
	scan := func(row int) diag.Pos { return diag.Pos{File: "exports/scan.csv", Row: row} }
	status := func(row int) diag.Pos { return diag.Pos{File: "exports/status.csv", Row: row} }
	return shipping(func(set *evidence.Set) {
		for i, id := range []string{"WEB-01", "APP-01", "NET-01", "OLD-01"} {
			set.Systems = append(set.Systems, evidence.System{Pos: at(10 + i), ID: id, InventoryID: id, Class: evidence.ClassServer, Kind: "server", InInventory: true, Owner: "D. Ortiz", Public: evidence.No})
		}
		set.Systems = append(set.Systems, evidence.System{Pos: scan(7), ID: "STRANGE", Class: evidence.ClassOther})
		set.Unknown = []evidence.UnknownSystem{{Name: "STRANGE", Rows: []diag.Pos{scan(7)}, DataSet: map[string]int{evidence.Patches: 1}}}
		inside := func(f evidence.PatchFinding) evidence.PatchFinding {
			f.Open, f.LastSeen, f.Authenticated = true, may(30), evidence.Yes
			return f
		}
		set.Patches = []evidence.PatchFinding{
			inside(evidence.PatchFinding{Pos: scan(2), ID: "100", System: "WEB-01", Title: "Kernel update", CVE: "CVE-2026-0001", Severity: "high", KEV: evidence.Yes, FirstSeen: may(1), Released: may(1)}),
			inside(evidence.PatchFinding{Pos: scan(3), ID: "101", System: "APP-01", Title: "Runtime <b>update</b>", CVE: "CVE-2026-0002", Severity: "critical", KEV: evidence.No, Released: may(1).AddDate(0, -2, 0)}),
			inside(evidence.PatchFinding{Pos: scan(4), ID: "102", System: "APP-01", Title: "Update of May", Severity: "high", KEV: evidence.No, Released: may(12)}),
			inside(evidence.PatchFinding{Pos: scan(5), ID: "103", System: "APP-01", Title: "Found lately", Severity: "low", KEV: evidence.No, FirstSeen: may(20)}),
			{Pos: scan(6), ID: "104", System: "NET-01", Title: "Answers", Severity: evidence.SeverityInfo, Open: true, LastSeen: may(30), Authenticated: evidence.No},
			inside(evidence.PatchFinding{Pos: scan(7), ID: "105", System: "STRANGE", Title: "Old update", Severity: "high", KEV: evidence.No, Released: may(1).AddDate(-1, 0, 0)}),
		}
		set.PatchStates = []evidence.PatchState{{Pos: status(2), System: "SQL-01", LastScan: may(30), Installed: evidence.Known(100), Missing: evidence.Known(0), PendingReboot: evidence.No, PatchWindow: "Sat 22:00-02:00"}}
		set.Inputs = append(set.Inputs,
			evidence.Input{DataSet: evidence.Patches, File: "exports/scan.csv", Read: 6, Used: 6, Expected: -1},
			evidence.Input{DataSet: evidence.PatchStatus, File: "exports/status.csv", Read: 1, Used: 1, Expected: -1})
		if change != nil {
			change(set)
		}
	})
}

// section finds a section of a page by its anchor.
func section(t *testing.T, p *Page, id string) Section {
	t.Helper()
	for _, s := range p.Sections {
		if s.ID == id {
			return s
		}
	}
	t.Fatalf("%s has no section %s", p.Path, id)
	return Section{}
}

// cells are the cells of the first table of a section as printed.
func cells(t *testing.T, s Section) [][]string {
	t.Helper()
	for _, block := range s.Blocks {
		table, is := block.(Table)
		if chart, drawn := block.(Chart); drawn && chart.Table != nil {
			table, is = *chart.Table, true
		}
		if !is {
			continue
		}
		var out [][]string
		for _, r := range append(table.Rows, TableRow{Cells: table.Foot}) {
			var row []string
			for _, c := range r.Cells {
				row = append(row, c.Plain())
			}
			if len(row) > 0 {
				out = append(out, row)
			}
		}
		return out
	}
	t.Fatalf("section %s has no table", s.ID)
	return nil
}

func TestPatchHeadlines(t *testing.T) {
	for _, c := range []struct {
		name string
		set  *evidence.Set
		want string
	}{
		{"nothing was supplied", shipping(nil), "No patch export was supplied, so nothing shows that any system is patched"},
		{"the numbers", scanned(nil), "1 of 5 systems is patched, 2 lack patches, 2 do not report; 1 known-exploited vulnerability is past due"},
		{"nothing is past due", scanned(func(s *evidence.Set) { s.Patches = s.Patches[1:] }), "1 of 5 systems is patched, 1 lacks patches, 3 do not report"},
		{"a retired system is in no count", scanned(func(s *evidence.Set) { s.Systems[4].Retired = true }), "1 of 4 systems is patched, 2 lack patches, 1 does not report; 1 known-exploited vulnerability is past due"},
		{"a restart that is due", scanned(func(s *evidence.Set) { s.PatchStates[0].PendingReboot = evidence.Yes }), "0 of 5 systems are patched, 3 lack patches, 2 do not report; 1 known-exploited vulnerability is past due"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := month(t, c.set).patches().Title.Plain(); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestTheThreeCountsAreTheInventory: whatever the reports say, patched, lacking
// and not reporting are together every system of the inventory, in the headline
// and in the table.
func TestTheThreeCountsAreTheInventory(t *testing.T) {
	for name, set := range map[string]*evidence.Set{
		"of everything something": scanned(nil),
		"only a patch status":     scanned(func(s *evidence.Set) { s.Patches = nil }),
		"only a scan":             scanned(func(s *evidence.Set) { s.PatchStates = nil }),
		"an old scan":             scanned(func(s *evidence.Set) { s.PatchStates[0].LastScan = may(1) }),
	} {
		b := month(t, set)
		p := b.patches()
		numbers := regexp.MustCompile(`\d+`).FindAllString(p.Title.Plain(), 4)
		rows := cells(t, section(t, p, "standing"))
		want := []string{rows[0][1], rows[3][1], rows[1][1], rows[2][1]}
		if diff := cmp.Diff(want, numbers); diff != "" {
			t.Errorf("%s: headline %q (-table +headline)\n%s", name, p.Title.Plain(), diff)
		}
		sum := 0
		for _, r := range rows[:3] {
			n, _ := strconv.Atoi(r[1])
			sum += n
		}
		if fmt.Sprint(sum) != rows[3][1] || sum != 5 {
			t.Errorf("%s: %d systems in three counts, inventory %s", name, sum, rows[3][1])
		}
	}
}

func TestSystemsByPatchState(t *testing.T) {
	b := month(t, scanned(nil))
	var got []string
	for _, r := range cells(t, section(t, b.patches(), "standing")) {
		got = append(got, r[2])
	}
	if diff := cmp.Diff([]string{"SQL-01", "WEB-01 and APP-01", "NET-01 and OLD-01", ""}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	s := section(t, b.patches(), "standing")
	if alert, is := s.Blocks[1].(Paragraph); !is || alert.Text.Plain() != "Patch reports also name 1 system that the inventory does not hold: STRANGE." {
		t.Errorf("%+v", s.Blocks)
	}
}

func TestWhatIsMissingAndWhoApprovedIt(t *testing.T) {
	excepted := func(s *evidence.Set) {
		s.Exceptions = []evidence.Exception{{Pos: diag.Pos{File: "exports/e.csv", Row: 2}, ID: "EXC-1", Rule: "PAT-02", System: "APP-01", Why: "the maker forbids it", ApprovedBy: "Ada Byron", ApprovedOn: may(1), Until: may(31).AddDate(0, 2, 0)}}
		s.Inputs = append(s.Inputs, evidence.Input{DataSet: evidence.Exceptions, File: "exports/e.csv", Read: 1, Used: 1, Expected: -1})
		s.Patches[0].State = evidence.FindingAccepted
	}
	p := month(t, scanned(excepted)).patches()
	want := [][]string{
		{"WEB-01", "Kernel update CVE-2026-0001", "30 d", "high", "yes, due 4 May 2026", "accepted in the tool, no exception", "nobody", "none", "Failed"},
		{"APP-01", "Runtime <b>update</b> CVE-2026-0002", "91 d", "critical", "no", "the maker forbids it EXC-1", "Ada Byron", "31 Jul 2026", "Excepted"},
		{"STRANGE", "Old update", "395 d", "high", "no", "no exception", "nobody", "none", "Failed"},
		{"APP-01", "Update of May", "19 d", "high", "no", "not needed", "not needed", "not needed", "inside its time"},
		{"APP-01", "Found lately", "11 d", "low", "no", "no exception", "nobody", "none", "age unknown"},
	}
	if diff := cmp.Diff(want, cells(t, section(t, p, "missing"))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got, want := section(t, p, "missing").Title.Plain(), "3 of 5 missing updates are past their time, the gravest first"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	spans := section(t, p, "exceptions")
	if got, want := spans.Title.Plain(), "1 of 1 exception for missing updates holds"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	chart, is := spans.Blocks[0].(Chart)
	if !is || len(chart.Drawing.(Spans).Rows) != 1 || chart.Drawing.(Spans).Rows[0].State != assess.Excepted {
		t.Errorf("%+v", spans.Blocks)
	}
	t.Run("on paper only what needs a word", func(t *testing.T) {
		paper := month(t, scanned(excepted)).packetPatches()
		if got := cells(t, section(t, paper, "missing")); len(got) != 4 {
			t.Errorf("%q", got)
		}
	})
	t.Run("without an exception the section says so", func(t *testing.T) {
		if got := section(t, month(t, scanned(nil)).patches(), "exceptions").Title.Plain(); got != "No exception for a missing update is on file" {
			t.Error(got)
		}
	})
}

func TestAgesOfWhatIsMissing(t *testing.T) {
	p := month(t, scanned(nil)).patches()
	want := [][]string{
		{"Inside the window", "0", "2", "0", "1", "0"},
		{"Up to 90 days", "0", "0", "0", "0", "0"},
		{"Up to a year", "1", "0", "0", "0", "0"},
		{"Over a year", "0", "1", "0", "0", "0"},
	}
	if diff := cmp.Diff(want, cells(t, section(t, p, "ages"))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got, want := section(t, p, "ages").Title.Plain(), "The oldest missing update has waited 395 days, on STRANGE"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestSystemBySystem(t *testing.T) {
	rows := cells(t, section(t, month(t, scanned(nil)).patches(), "systems"))
	got := map[string]string{}
	for _, r := range rows {
		got[r[0]] = strings.Join(r[1:], " | ")
	}
	want := map[string]string{
		"SQL-01": "patched | 0 | none dated | 30 May 2026 | Proven | no | Sat 22:00-02:00",
		"WEB-01": "lacking | 1 | 30 days | 30 May 2026 | Proven | not on record | none declared",
		"APP-01": "lacking | 3 | 91 days | 30 May 2026 | Proven | not on record | none declared",
		"NET-01": "not reporting | 0 | none dated | 30 May 2026 | Failed | not on record | none declared",
		"OLD-01": "not reporting | unknown | unknown | none on record | Missing | not on record | none declared",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestKnownExploitedOnThePage: what is past due, what nobody looked up, and the
// forms without any.
func TestKnownExploitedOnThePage(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*evidence.Set)
		want   string
	}{
		{"past due", nil, "1 of 1 open vulnerability known to be exploited is past due"},
		{"none", func(s *evidence.Set) { s.Patches = s.Patches[1:] }, "No open finding on record is known to be exploited"},
		{"nobody looked it up", func(s *evidence.Set) { s.Patches[0].KEV = 0 }, "Whether anything is known to be exploited is not on record for 1 system"},
	} {
		if got := section(t, month(t, scanned(c.change)).patches(), "exploited").Title.Plain(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestTablesOfPatchesAreBounded: thousands of findings are counted, not listed.
func TestTablesOfPatchesAreBounded(t *testing.T) {
	set := scanned(func(s *evidence.Set) {
		for i := range 3000 {
			s.Patches = append(s.Patches, evidence.PatchFinding{Pos: diag.Pos{File: "exports/scan.csv", Row: 100 + i}, ID: fmt.Sprint(i), System: "APP-01", Title: "Update", Severity: "high", Open: true, Released: may(1), LastSeen: may(30)})
		}
	})
	b := month(t, set)
	s := section(t, b.patches(), "missing")
	if got := len(cells(t, s)); got != mostUpdates {
		t.Errorf("%d rows, want %d", got, mostUpdates)
	}
	if note := s.Blocks[1].(Paragraph).Text.Plain(); note != "2,805 further rows are in the exports and not shown here." {
		t.Error(note)
	}
}
