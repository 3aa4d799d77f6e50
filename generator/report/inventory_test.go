package report

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// stocked is an inventory of three systems and a retired one: one seen lately,
// one not seen for long, one with the serial number of another; and a backup
// job of a system that the inventory lacks.
func stocked(change func(*evidence.Set)) *evidence.Set {
	return shipping(func(set *evidence.Set) {
		set.Systems[0].LastSeen, set.Systems[0].Serial = may(30), "SN-4711"
		set.Systems = append(set.Systems,
			evidence.System{Pos: at(4), ID: "ERP-01", InventoryID: "ERP-01", InInventory: true, LastSeen: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)},
			evidence.System{Pos: at(5), ID: "ERP-02", InventoryID: "ERP-02", InInventory: true, LastSeen: may(29), Serial: "sn-4711", Added: may(20)},
			evidence.System{Pos: at(6), ID: "OLD-01", InventoryID: "OLD-01", InInventory: true, Retired: true, Status: "retired"},
			evidence.System{Pos: at(60), ID: "LAB-01"})
		set.Jobs = []evidence.JobRun{
			{Pos: diag.Pos{File: "exports/j.csv", Row: 60}, Job: "B-LAB", System: "LAB-01", Kind: evidence.JobBackup, At: may(9), Result: evidence.Success},
			{Pos: diag.Pos{File: "exports/j.csv", Row: 61}, Job: "B-ERP", System: "ERP-02", Kind: evidence.JobBackup, At: may(10), Result: evidence.Success},
		}
		set.Unknown = []evidence.UnknownSystem{{Name: "LAB-01", Rows: []diag.Pos{set.Jobs[0].Pos}, DataSet: map[string]int{evidence.Jobs: 1}}}
		set.Inputs = append(set.Inputs, evidence.Input{DataSet: evidence.Jobs, File: "exports/j.csv", Read: 2, Used: 2, Expected: -1, MaxDate: may(10), Systems: []string{"ERP-02", "LAB-01"}})
		if change != nil {
			change(set)
		}
	})
}

func TestInventoryHeadlines(t *testing.T) {
	for _, c := range []struct {
		name string
		set  *evidence.Set
		want string
	}{
		{"no export", &evidence.Set{}, "No inventory was supplied, so nothing shows which systems there are"},
		{"an empty export", &evidence.Set{Inputs: []evidence.Input{{DataSet: evidence.Inventory, File: "exports/x.csv", Expected: -1}}}, "The inventory holds no system that counts, and no export names one"},
		{"something of everything", stocked(nil), "2 of 4 systems are in the inventory and were seen lately; 1 is not in it, and 1 was seen by no tool; 1 system stands in it more than once"},
		{"one of one", shipping(func(s *evidence.Set) { s.Systems[0].LastSeen = may(30) }), "1 of 1 system is in the inventory and was seen lately; none is not in it, and none was seen by no tool"},
		{"an export that is short proves nothing", stocked(func(s *evidence.Set) { s.Inputs[1].Expected, s.Inputs[1].Standing = 9, evidence.Short }), "0 of 4 systems are in the inventory and were seen lately; 1 is not in it, and 3 were seen by no tool; 1 system stands in it more than once"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, month(t, c.set).inventory().Title.Plain()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestInventorySections(t *testing.T) {
	p := month(t, stocked(nil)).inventory()
	for id, want := range map[string][][]string{
		"accuracy": {
			{"In it and seen in the inventory, and seen by a tool within 30 days", "2", "ERP-02 and SQL-01"},
			{"Not in the inventory named by other exports only", "1", "LAB-01"},
			{"Seen by no tool in the inventory, and nothing saw it within 30 days", "1", "ERP-01"},
			{"All", "4", ""},
		},
		"unknown":    {{"LAB-01", "jobs (1 row)", "9 May 2026 in jobs", "j.csv row 60"}},
		"duplicates": {{"ERP-02 and SQL-01", "serial number sn-4711", "x.csv row 3, 5"}},
		"lag": {
			{"LAB-01", "9 May 2026 j.csv row 60", "22 days", "still not in it"},
			{"ERP-02", "10 May 2026 j.csv row 61", "10 days", "20 May 2026"},
		},
		"exports": {
			{"x.csv services", "not dated", "unknown", "Missing", "names no system", "none"},
			{"y.csv inventory", "not dated", "unknown", "Missing", "names no system", "none"},
			{"j.csv jobs", "10 May 2026", "21 d", "Proven", "1 of 4", "LAB-01"},
		},
	} {
		got := cells(t, section(t, p, id))
		if id == "unknown" || id == "duplicates" || id == "lag" {
			for i := range got {
				for k := range got[i] {
					got[i][k] = strings.TrimSpace(got[i][k])
				}
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", id, diff)
		}
	}
	if got, want := section(t, p, "lag").Title.Plain(), "2 of 2 systems that can be dated were known to a tool before the inventory"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestWithoutDatesTheLagIsNotKnown(t *testing.T) {
	sec := section(t, month(t, stocked(func(s *evidence.Set) { s.Jobs, s.Systems = nil, s.Systems[:3] })).inventory(), "lag")
	if got, want := sec.Title.Plain(), "How long tools knew of a system before the inventory did cannot be told for any of 4 systems"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// neglectedSet is SQL-01 with every sign of neglect but one, which no export
// rules out, and ERP-02 with none.
func neglectedSet(change func(*evidence.Set)) *evidence.Set {
	return stocked(func(set *evidence.Set) {
		set.Systems[0].Owner, set.Systems[0].SupportEnds = "", may(1)
		set.Systems[2].Owner, set.Systems[2].SupportEnds = "D. Ortiz", may(31).AddDate(1, 0, 0)
		set.Alerts = []evidence.Alert{{Pos: at(70), ID: "A-1", System: "SQL-01", Signature: "disk", Raised: may(2)}}
		set.Tasks = []evidence.Task{{Pos: at(80), ID: "T-1", Name: "Alert review", Owner: "D. Ortiz", Cadence: "monthly", Months: 1, LastDone: time.Date(2026, 2, 3, 0, 0, 0, 0, time.UTC)}}
		set.Inputs = append(set.Inputs, evidence.Input{DataSet: evidence.Alerts, File: "exports/x.csv", Read: 1, Used: 1, Expected: -1}, evidence.Input{DataSet: evidence.Tasks, File: "exports/x.csv", Read: 1, Used: 1, Expected: -1})
		if change != nil {
			change(set)
		}
	})
}

func TestSignsOfNeglect(t *testing.T) {
	sec := section(t, month(t, neglectedSet(nil)).inventory(), "neglect")
	if got, want := sec.Title.Plain(), "4 of five signs of neglect hold for SQL-01: no owner, review overdue, support ended and alerts ignored"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	want := [][]string{
		{"SQL-01", "4 of 5", "no owner", "overdue", "ended", "ignored", "not reported"},
		{"ERP-01", "1 of 5", "no owner", "none on record", "not on record", "none on record", "not reported"},
	}
	if diff := cmp.Diff(want, cells(t, sec)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	b := month(t, neglectedSet(func(s *evidence.Set) {
		s.Alerts[0].AcknowledgedBy, s.Alerts[0].ByPerson, s.Alerts[0].AcknowledgedAt = "D. Ortiz", true, may(2)
		s.Tasks[0].LastDone, s.Tasks[0].Record = may(30), "TK-1"
		s.Systems[0].Owner, s.Systems[0].SupportEnds = "D. Ortiz", may(31).AddDate(1, 0, 0)
	}))
	n := b.signs("SQL-01")
	var said []string
	for _, s := range n.signs {
		said = append(said, s.says)
	}
	if diff := cmp.Diff([]string{"named", "none on record", "supported", "answered", "not reported"}, said); diff != "" || n.held() != 0 {
		t.Errorf("%d hold (-want +got)\n%s", n.held(), diff)
	}
}

// TestNoSignIsRuledOutByNothing takes the records away that rule signs out: a
// sign may then be unknown, never absent.
func TestNoSignIsRuledOutByNothing(t *testing.T) {
	n := month(t, &evidence.Set{
		Systems: []evidence.System{{Pos: at(3), ID: "SQL-01", InInventory: true}},
		Inputs:  []evidence.Input{{DataSet: evidence.Inventory, File: "exports/x.csv", Read: 1, Used: 1, Expected: -1}},
	}).signs("SQL-01")
	for k, s := range n.signs {
		if s.absent {
			t.Errorf("%s is said to be %q, and no record shows it", signHeads[k], s.says)
		}
	}
	if !n.signs[signOwner].holds {
		t.Error("a system without an owner has one")
	}
}

func TestLeaderHasFourBlocks(t *testing.T) {
	for name, set := range map[string]*evidence.Set{"everything": neglectedSet(nil), "patches too": scanned(nil), "nothing": {}} {
		p := month(t, set).leader()
		var ids []string
		for _, s := range p.Sections {
			ids = append(ids, s.ID)
			link := slices.ContainsFunc(s.Blocks, func(b Block) bool {
				para, is := b.(Paragraph)
				return is && len(para.Text) > 0 && strings.HasSuffix(para.Text[0].Href, ".html")
			})
			if !link || len(s.Title) == 0 {
				t.Errorf("%s: block %s has no sentence, or leads to no page", name, s.ID)
			}
		}
		if diff := cmp.Diff([]string{"patches", "risks", "alerts", "accuracy"}, ids); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
	for _, c := range []struct {
		set  *evidence.Set
		want string
	}{
		{&evidence.Set{}, "No system is on record, so no risk can be counted; no export shows patch status, alert handling and asset accuracy"},
		{neglectedSet(nil), "2 of 4 systems carry a risk that a record shows; no export shows patch status"},
	} {
		if diff := cmp.Diff(c.want, month(t, c.set).leader().Title.Plain()); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
}
