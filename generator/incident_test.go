package generator_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"proofpack/generator/evidence"
)

// TestScenarioStorageInJune builds April, May and June of the storage outage
// and holds June to what it must say of it, on the pages and on paper. The sums
// are made here, from the rows.
func TestScenarioStorageInJune(t *testing.T) {
	c := threeMonths(t)
	for _, month := range []string{"2026-04", "2026-05"} {
		c.build(t, month, asDraft)
	}
	b := open(t, filepath.Join(c.out, c.build(t, "2026-06", asDraft).Folder))
	page, packet := b.page(t, "incidents.html"), b.bare()

	o := outageRow(t)
	if o.parts != o.cost {
		t.Fatalf("the scenario's parts are %g of %g", o.parts, o.cost)
	}
	cost := evidence.Money(o.cost, "USD")
	for _, want := range []string{
		"INC-9 stopped Shipping for " + strconv.Itoa(o.hours) + " business hours and cost " + cost + "; its 4-hour target was missed by " + strconv.Itoa(o.hours-4) + " hours",
		"Warned in April (48 days before) and May (17 days before), not acted on; the forecasts were 5 and 4 days early",
		"overtime $9,450 + recovery labor $4,800 + lost output $36,000 = " + cost,
		"The parts add up to the recorded cost of " + cost,
		"15 h x $3,350 = " + cost,
		"no escalation owner",
		"No change is on record in the 30 days before INC-9; one older change was never verified",
		"16 rows of four exports in time order",
	} {
		has(t, "incidents.html", page, want)
		for _, word := range strings.Fields(want) {
			has(t, "the packet", packet, strings.Trim(word, ".,;:()"))
		}
	}
	for _, want := range []string{"CHG-311", "CONSOLIDATE-VMH-01", "DS-PROD-01 95.6%", "17 Jun 2026, 06:00"} {
		has(t, "incidents.html", page, want)
		has(t, "the packet", packet, want)
	}
	has(t, "the summary", b.page(t, "index.html"), "INC-9 stopped Shipping for 15 business hours")
	has(t, "the summary", b.page(t, "index.html"), "no escalation owner is on record")

	for id, want := range map[string]string{"GOV-08/INC-9": "proven", "INC-01/INC-9": "failed", "GOV-05/SVC-SHIP": "failed", "BKP-09/INC-9": "missing", "CHG-06/INC-9": "missing"} {
		if f := b.finding(id); f.State != want {
			t.Errorf("%s is %s (%s), want %s", id, f.State, f.Text, want)
		}
	}
	if len(b.doc.Incidents) != 1 {
		t.Fatalf("%d incidents in report.json, want 1", len(b.doc.Incidents))
	}
	n := b.doc.Incidents[0]
	sum := 0.0
	for _, amount := range n.Parts {
		sum += amount
	}
	if n.ID != "INC-9" || n.BusinessHours != float64(o.hours) || n.Cost != o.cost || sum != o.cost || !slices.Contains(n.ChangesBefore, "CHG-311") {
		t.Errorf("report.json says %+v", n)
	}
	if len(n.Warned) != 2 || n.Warned[0].Month != "2026-04" || n.Warned[0].DaysBefore != 48 || n.Warned[1].Month != "2026-05" || n.Warned[1].DaysBefore != 17 {
		t.Errorf("warned %+v", n.Warned)
	}
}

// An outageOf is what the scenario's own row comes to.
type outageOf struct {
	hours       int // business hours, 06:00 to 13:30 on weekdays, counted minute by minute
	cost, parts float64
}

func outageRow(t *testing.T) outageOf {
	t.Helper()
	f, err := os.Open(filepath.Join(shared(t, "scenarios", "A-storage"), "incidents-june.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	cell := func(name string) string { return rows[1][slices.Index(rows[0], name)] }
	at := func(name string) time.Time {
		moment, err := time.Parse("2006-01-02 15:04", cell(name))
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	minutes := 0
	for m := at("started"); m.Before(at("restored")); m = m.Add(time.Minute) {
		if of := m.Hour()*60 + m.Minute(); m.Weekday() != time.Saturday && m.Weekday() != time.Sunday && of >= 6*60 && of < 13*60+30 {
			minutes++
		}
	}
	amount := func(text string) float64 {
		v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	o := outageOf{hours: minutes / 60, cost: amount(cell("cost_usd"))}
	for part := range strings.SplitSeq(cell("cost_parts"), ";") {
		_, value, _ := strings.Cut(part, "=")
		o.parts += amount(value)
	}
	return o
}

// An export of incidents that is absent or empty is no count of outages.
func TestNoIncidentRecordIsNoGoodNews(t *testing.T) {
	header := map[string]func(string) string{"incidents.csv": func(string) string { return "incident_id,started,restored,service_id,cost,cost_parts\n" }}
	for fact, change := range map[string]map[string]func(string) string{"absent": nil, "empty": header} {
		t.Run(fact, func(t *testing.T) {
			b := build(t, client(t, "A-storage", change))
			page := b.page(t, "incidents.html")
			has(t, "incidents.html", page, "No incident record supplied")
			has(t, "the packet", b.bare(), "No incident record supplied")
			for _, where := range []string{page, b.bare()} {
				if strings.Contains(where, "0 outages") {
					t.Error("0 outages are counted from no record")
				}
			}
		})
	}
}
