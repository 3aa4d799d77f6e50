package report

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/evidence"
)

// stopped is Shipping with outages, each of so many hours from 09:00 of a day.
func stopped(outages ...evidence.Incident) func(*evidence.Set) {
	return func(set *evidence.Set) {
		set.Services[0].HoursPerDay = evidence.Known(8)
		set.Inputs = append(set.Inputs, evidence.Input{DataSet: evidence.Incidents, File: "exports/n.csv", Read: len(outages), Used: len(outages), Expected: -1})
		for i, n := range outages {
			n.Pos, n.ID, n.Service, n.RootSystem = at(20+i), fmt.Sprintf("INC-%d", i+1), "SVC-SHIP", "SQL-01"
			n.Pos.File = "exports/n.csv"
			set.Incidents = append(set.Incidents, n)
		}
	}
}

func outage(day string, hours int, cost float64) evidence.Incident {
	began, err := time.Parse("2006-01-02 15:04", day+" 09:00")
	if err != nil {
		panic(err)
	}
	n := evidence.Incident{Started: began, Restored: began.Add(time.Duration(hours) * time.Hour)}
	if cost > 0 {
		n.Cost = evidence.Known(cost)
	}
	return n
}

func TestOutagesByMonth(t *testing.T) {
	b := month(t, shipping(stopped(outage("2026-05-13", 6, 700), outage("2026-03-10", 2, 200), outage("2026-03-11", 1, 0))))
	sec := b.outageMonths()
	if want := "Three months of rows: 3 outages, 9 business hours, at least $900, the cost of one outage not recorded"; sec.Title.Plain() != want {
		t.Errorf("%q, want %q", sec.Title.Plain(), want)
	}
	var got [][]string
	for _, r := range sec.Blocks[0].(Chart).Table.Rows {
		var cells []string
		for _, c := range r.Cells {
			cells = append(cells, c.Plain())
		}
		got = append(got, cells)
	}
	want := [][]string{
		{"June 2025 to February 2026", "no row so early", "unknown", "unknown", "unknown"},
		{"March 2026", "2", "3 h", "0", "at least $200"},
		{"April 2026", "none on record", "none on record", "none on record", "none on record"},
		{"May 2026", "1", "6 h", "1", "$700"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestHeadlineOfIncidents(t *testing.T) {
	open := outage("2026-05-29", 0, 0)
	open.Restored = time.Time{}
	for _, c := range []struct {
		fact string
		set  *evidence.Set
		want string
	}{
		{"no export", shipping(nil), "No incident record supplied, so nothing shows how often services stopped"},
		{"no row", shipping(stopped()), "No incident record supplied, so nothing shows how often services stopped"},
		{"inside the target", shipping(stopped(outage("2026-05-13", 2, 100))), "INC-1 stopped Shipping for 2 business hours and cost $100, inside its 4-hour target"},
		{"one hour", shipping(stopped(outage("2026-05-13", 1, 100))), "INC-1 stopped Shipping for 1 business hour and cost $100, inside its 4-hour target"},
		{"over the target, cost not recorded", shipping(stopped(outage("2026-05-13", 5, 0))), "INC-1 stopped Shipping for 5 business hours; its 4-hour target was missed by 1 hour"},
		{"the costliest of the month", shipping(stopped(outage("2026-05-13", 1, 100), outage("2026-05-14", 1, 300), outage("2026-04-14", 1, 900))), "INC-2 stopped Shipping for 1 business hour and cost $300, inside its 4-hour target"},
		{"none in the month: the newest", shipping(stopped(outage("2026-03-13", 1, 900), outage("2026-04-14", 1, 300))), "INC-2 stopped Shipping for 1 business hour and cost $300, inside its 4-hour target"},
		{"over a weekend the clock counts", shipping(stopped(outage("2026-05-23", 24, 0))), "INC-1 stopped Shipping for 0 business hours; its 4-hour target was missed by 20 hours"},
	} {
		if got := month(t, c.set).incidentsTitle().Plain(); got != c.want {
			t.Errorf("%s: %q, want %q", c.fact, got, c.want)
		}
	}
	if got := month(t, shipping(stopped(open))).incidentsTitle().Plain(); got != "INC-1 stopped Shipping for 7 business hours so far; its 4-hour target was missed by 3 hours" { // Friday from nine to four; the weekend has no business hours
		t.Errorf("going on: %q", got)
	}
}
