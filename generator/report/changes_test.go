package report

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/evidence"
)

// tracked is Shipping with changes of two months: one approved, one not, one
// that was rolled back, one without a date, one that is only planned, and one
// of the year before last.
func tracked(change func(*evidence.Set)) *evidence.Set {
	return shipping(func(set *evidence.Set) {
		add := func(row int, id string, began time.Time, approver string, more func(*evidence.Change)) {
			c := evidence.Change{Pos: at(row), ID: id, Title: "work", Type: "normal", State: "closed", Implemented: true, Systems: []string{"SQL-01"}, ApprovedBy: approver, Started: began, Ended: began}
			if more != nil {
				more(&c)
			}
			set.Changes = append(set.Changes, c)
		}
		add(40, "CHG-1", time.Date(2026, 5, 3, 9, 0, 0, 0, time.UTC), "D. Ortiz", func(c *evidence.Change) {
			c.VerifiedBy, c.Outcome, c.Result = "L. Chen", "successful", evidence.Success
		})
		add(41, "CHG-2", time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), "", func(c *evidence.Change) { c.Result, c.BackedOut, c.Outcome = evidence.Failed, true, "rolled back" })
		add(42, "CHG-3", time.Time{}, "auto", nil)
		add(43, "CHG-4", time.Date(2026, 6, 9, 9, 0, 0, 0, time.UTC), "", func(c *evidence.Change) { c.State, c.Implemented, c.NotActual = "scheduled", false, true })
		add(44, "CHG-5", time.Date(2024, 3, 9, 9, 0, 0, 0, time.UTC), "D. Ortiz", nil)
		set.Inputs = append(set.Inputs, evidence.Input{DataSet: evidence.Changes, File: "exports/x.csv", Read: 5, Used: 5, Expected: -1})
		set.Systems[0].OS, set.Systems[0].Version = "Linux", "9"
		if change != nil {
			change(set)
		}
	})
}

// april is an earlier month whose inventory held SQL-01 with a version.
func april(version string) func(*evidence.Set) {
	return func(set *evidence.Set) {
		set.Earlier = []evidence.Month{{
			Name: "2026-04", AsOf: time.Date(2026, 4, 30, 23, 59, 59, 0, time.UTC),
			Systems:  []evidence.PastSystem{{ID: "SQL-01", Name: "SQL-01", Attributes: map[string]string{"version": version}}, {ID: "OLD-1", Name: "OLD-1"}},
			Findings: []evidence.PastFinding{{Check: "CHG-04", State: "failed"}, {Check: "CHG-04", State: "failed"}, {Check: "CHG-04", State: "missing"}},
		}}
	}
}

func TestChangeHeadlines(t *testing.T) {
	for _, c := range []struct {
		name string
		set  *evidence.Set
		want string
	}{
		{"no export", shipping(nil), "No change record was supplied, so nothing shows that changes are controlled; drift is unknown, for there is no earlier month to compare with"},
		{"an approval is missing", tracked(nil), "2 of 4 implemented changes have no approval on file; drift is unknown, for there is no earlier month to compare with"},
		{"one change, approved", tracked(func(s *evidence.Set) { s.Changes = s.Changes[:1] }), "The one implemented change has an approval on file; drift is unknown, for there is no earlier month to compare with"},
		{"only planned", tracked(func(s *evidence.Set) { s.Changes = s.Changes[3:4] }), "No implemented change is on record; drift is unknown, for there is no earlier month to compare with"},
		{"an empty export", tracked(func(s *evidence.Set) { s.Changes = nil }), "The change export holds no change; drift is unknown, for there is no earlier month to compare with"},
		{"a difference with its change", tracked(april("8")), "2 of 4 implemented changes have no approval on file; no system is known to differ from April 2026 without a change record"},
		{"a difference without one", tracked(func(s *evidence.Set) {
			april("8")(s)
			s.Changes[0].Systems = []string{"ERP-01"}
			s.Changes = s.Changes[:1]
		}), "The one implemented change has an approval on file; 1 system differs from April 2026 without a change record"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, month(t, c.set).changes().Title.Plain()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestMonthsOfChanges(t *testing.T) {
	p := month(t, tracked(april("9"))).changes()
	months := section(t, p, "months")
	var got [][]string
	rows := cells(t, months)
	if len(rows) != mostMonths {
		t.Fatalf("%d months, want the most, for a change is older than all: %v", len(rows), rows)
	}
	got = rows[mostMonths-3:]
	want := [][]string{{"March 2026", "0", "1", "not compared"}, {"April 2026", "0", "0", "2"}, {"May 2026", "1", "0", "0"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	var said []string
	for _, block := range months.Blocks {
		if para, is := block.(Paragraph); is {
			said = append(said, para.Text.Plain())
		}
	}
	if diff := cmp.Diff([]string{"1 implemented change has no date and stands in no month.", "1 older change is in the table and not in the columns."}, said); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	young := month(t, tracked(func(s *evidence.Set) { s.Changes = s.Changes[:2] })).changes()
	if rows := cells(t, section(t, young, "months")); len(rows) != 3 || rows[0][0] != "March 2026" {
		t.Errorf("the columns begin with %v, want the month of the first row", rows)
	}
}

func TestDriftOnThePage(t *testing.T) {
	with := func(change func(*evidence.Set)) Section {
		return section(t, month(t, tracked(func(s *evidence.Set) {
			april("8")(s)
			change(s)
		})).changes(), "drift")
	}
	for _, c := range []struct {
		name string
		sec  Section
		want [][]string
	}{
		{"its change", with(func(s *evidence.Set) { s.Changes = s.Changes[:1] }), [][]string{
			{"OLD-1", "the system itself", "in the inventory", "not in the inventory", "not on record", "none in this inventory"},
			{"SQL-01", "version", "8", "9", "CHG-1", "x.csv row 3"}}},
		{"no change", with(func(s *evidence.Set) { s.Changes = nil }), [][]string{
			{"SQL-01", "version", "8", "9", "no matching change", "x.csv row 3"},
			{"OLD-1", "the system itself", "in the inventory", "not in the inventory", "not on record", "none in this inventory"}}},
		{"perhaps a change", with(func(s *evidence.Set) { s.Changes = s.Changes[2:3] }), [][]string{
			{"SQL-01", "version", "8", "9", "perhaps CHG-3", "x.csv row 3"},
			{"OLD-1", "the system itself", "in the inventory", "not in the inventory", "not on record", "none in this inventory"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, cells(t, c.sec)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestTableOfChanges(t *testing.T) {
	sec := section(t, month(t, tracked(april("8"))).changes(), "changes")
	if got, want := sec.Title.Plain(), "1 of 4 implemented changes was verified by a person"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	want := [][]string{
		{"CHG-4 normal", "work", "SQL-01", "scheduled", "nobody", "nobody", "no work on record", "not compared"},
		{"CHG-1 normal", "work", "SQL-01", "3 May 2026", "D. Ortiz", "L. Chen", "successful", "SQL-01 version, by this change"},
		{"CHG-2 normal", "work", "SQL-01", "1 Mar 2026", "no approval on file", "no verification on file", "rolled back", "none known"},
		{"CHG-5 normal", "work", "SQL-01", "9 Mar 2024", "D. Ortiz", "no verification on file", "not recorded", "none known"},
		{"CHG-3 normal", "work", "SQL-01", "not recorded", "auto", "no verification on file", "not recorded", "none known"},
	}
	if diff := cmp.Diff(want, cells(t, sec)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
