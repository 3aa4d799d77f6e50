package generator_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"proofpack/generator"
)

func TestScenarioStorage(t *testing.T) {
	b := build(t, client(t, "A-storage", nil))
	texts, service, packet := b.texts(), b.page(t, "services/shipping.html"), b.bare()

	top := b.doc.Services[0]
	if top.ID != "SVC-SHIP" || top.Rank != 1 || top.Drivers[0].System != "VMH-01" {
		t.Errorf("first is %s driven by %v, want SVC-SHIP driven by VMH-01", top.ID, top.Drivers)
	}
	for _, want := range []string{
		"3 line-of-business servers run on it: SQL-01, ERP-01, WMS-01",
		"DS-PROD-01 is 95.6 % full, growing 25.8 GB a day; full about 13 June 2026 (13 whole days after the last sample)",
		"5 storage warnings in 28 days: 0 acknowledged by a person, 0 with a ticket, 1 auto-closed.",
		"VMH-01 has no owner.",
		"Vendor support ended 241 days ago; no exception on file.",
		"Snapshot clean-up failed 8 runs in a row since 12 April.",
		"Backups ran 93 of 93. This does not prove recovery: 0 of 4 systems have a full restore test; last restore of any kind was one file on 14 Sep 2025.",
		"Written recovery order misses VMH-01 and WMS-01, last updated 557 days ago.",
	} {
		if want != "3 line-of-business servers run on it: SQL-01, ERP-01, WMS-01" {
			has(t, "report.json", texts, want)
		}
		has(t, "the page of Shipping", service, want)
		for _, word := range strings.Fields(want) {
			has(t, "the packet", packet, strings.Trim(word, ".,;:()"))
		}
	}
	has(t, "report.json", top.Drivers[0].Text, "3 line-of-business servers run on it: SQL-01, ERP-01, WMS-01")
	has(t, "report.json", texts, "Capacity review: monthly, no owner, 89 days overdue.")
	has(t, "the routine page", b.page(t, "routine.html"), "Capacity review: monthly, no owner, 89 days overdue.")
	has(t, "the summary", b.page(t, "index.html"), "13 June 2026")

	c := b.doc.Capacity[0]
	if c.UsedPercent != 95.6 || c.PerDay != 25.8 || *c.FullOn != "2026-06-13" || *c.Days != 13 {
		t.Errorf("capacity %+v", c)
	}
	if got := top.FourProofs["recovery"]; got != "missing" {
		t.Errorf("recovery is %s, want missing", got)
	}
	var amounts []int64
	for _, r := range top.Ladder {
		amounts = append(amounts, *r.Amount)
	}
	if want := []int64{13400, 25125, 50250}; !slices.Equal(amounts, want) {
		t.Errorf("ladder %v, want %v", amounts, want)
	}
	for _, amount := range []string{"$13,400", "$25,125", "$50,250"} {
		has(t, "the page of Shipping", service, amount)
		has(t, "the packet", packet, amount)
	}
	for i, want := range []string{"Name an owner for VMH-01", "before 10 June 2026", "full restore test"} {
		has(t, fmt.Sprintf("action %d", i+1), b.doc.Actions[i].Text, want)
	}
	if n := len(top.Drifts); n < 7 {
		t.Errorf("%d drifts on Shipping, want at least 7", n)
	}
}

func TestScenarioHidden(t *testing.T) {
	b := build(t, client(t, "B-hidden", nil))
	texts, summary := b.texts(), b.page(t, "index.html")
	for _, want := range []string{
		"The database has not been proven sound since 19 April 2026 (42 days, 42 snapshots): 6 consistency checks failed in a row.",
		"15 shadow-copy warnings since 22 April, nobody acknowledged them, no ticket.",
	} {
		has(t, "report.json", texts, want)
		has(t, "the page of Order entry", b.page(t, "services/order-entry.html"), want)
	}
	all := b.page(t, "contradictions.html") + summary + texts
	has(t, "the report", all, "31 of 31")
	var x01 bool
	for _, c := range b.doc.Contradictions {
		if c.ID == "X01" && c.A.File != nil && c.B.File != nil && *c.A.Row > 0 && *c.B.Row > 0 {
			x01 = true
		}
	}
	if !x01 {
		t.Errorf("no X01 with both rows: %+v", b.doc.Contradictions)
	}
	has(t, "the summary", summary, "X01")
	if s := b.doc.Services[0].FourProofs["recovery"]; s == "proven" {
		t.Error("recovery of Order entry is proven")
	}
	has(t, "the packet", b.bare(), "X01")
}

func TestControlsAreNotFlagged(t *testing.T) {
	for _, c := range []struct {
		scenario, service string
		minutes           float64
	}{{"A-storage-control", "SVC-SHIP", 200}, {"B-hidden-control", "SVC-ORD", 135}} {
		t.Run(c.scenario, func(t *testing.T) {
			b := build(t, client(t, c.scenario, nil))
			for _, f := range b.doc.Findings {
				if slices.Contains(f.Services, c.service) && (f.State == "failed" || f.State == "stale") {
					t.Errorf("%s is %s: %s", f.ID, f.State, f.Text)
				}
			}
			if got := b.doc.Services[0].FourProofs["recovery"]; got != "proven" {
				t.Errorf("recovery is %s, want proven", got)
			}
			if len(b.doc.Contradictions) > 0 {
				t.Errorf("contradictions: %+v", b.doc.Contradictions)
			}
			for _, r := range b.doc.Capacity {
				if r.FullOn != nil && *r.Days < 365 {
					t.Errorf("forecast %s", *r.FullOn)
				}
			}
			r := b.doc.Recovery[0]
			if r.MinutesAtLeast != c.minutes || r.State != "proven" || len(r.PlanProblems) > 0 {
				t.Errorf("recovery %+v, want %g minutes, proven", r, c.minutes)
			}
		})
	}
}

// A month before, no alert had been raised: the samples alone must warn.
func TestScenarioStorageInApril(t *testing.T) {
	b := build(t, client(t, "A-storage", nil), func(o *generator.Options) { o.AsOf = "2026-04-30" })
	if c := b.doc.Capacity[0]; c.FullOn == nil || *c.FullOn != "2026-06-12" || c.System != "VMH-01" {
		t.Errorf("capacity %+v, want full on 12 June 2026", c)
	}
	for _, page := range []string{"alerts-capacity.html", "systems/vmh-01.html", "services/shipping.html"} {
		has(t, page, b.page(t, page), "12 June 2026")
	}
	has(t, "the packet", b.bare(), "12 June 2026")
	if top := b.doc.Services[0]; top.ID != "SVC-SHIP" || top.Drivers[0].System != "VMH-01" {
		t.Errorf("first is %s driven by %v", top.ID, top.Drivers)
	}
	for _, s := range b.doc.Sources {
		if s.DataSet == "alerts" && (s.RowsRead != 5 || s.Aside != 5 || s.Used != 0) {
			t.Errorf("alerts of May are no news in April: %+v", s)
		}
	}
}
