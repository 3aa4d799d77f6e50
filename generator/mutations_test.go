package generator_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"proofpack/generator"
)

// A said is what must stand on a page, in words.
type said struct{ page, words string }

// A stated is a finding that must be in report.json.
type stated struct{ id, state, begins string }

// TestMutations changes one thing of the exports and asks for what must follow,
// in report.json and on the pages. Numbers are those of the requirements.
func TestMutations(t *testing.T) {
	unchanged := map[string]*built{}
	for _, name := range []string{"A-storage", "A-storage-control", "B-hidden"} {
		unchanged[name] = build(t, client(t, name, nil))
	}
	for _, m := range []struct {
		name, scenario string
		file           string // that is changed
		change         func(string) string
		stated         []stated
		said           []said
		more           func(t *testing.T, before, after *built)
	}{
		{
			name: "M1 no capacity export", scenario: "A-storage", file: "capacity.csv", change: gone,
			stated: []stated{{"MON-05/VMH-01", "missing", "No capacity export supplied."}},
			said: []said{
				{"systems/vmh-01.html", "No capacity export supplied."}, {"index.html", "No export: "}, {"alerts-capacity.html", "No capacity samples are on record"},
				{"packet", "No capacity export supplied."},
			},
			more: func(t *testing.T, before, after *built) {
				if rank(after, "SVC-SHIP") > rank(before, "SVC-SHIP") {
					t.Errorf("Shipping sank to rank %d", rank(after, "SVC-SHIP"))
				}
				high := func(b *built) *int64 { return b.doc.Services[0].Exposure.High }
				if h := high(after); h != nil && (high(before) == nil || *h < *high(before)) {
					t.Errorf("the high bound of Shipping fell to %d", *h)
				}
			},
		},
		{
			name: "M2 a capacity export without rows", scenario: "A-storage", file: "capacity.csv", change: headerOnly,
			stated: []stated{{"MON-05/VMH-01", "missing", "The capacity export has 0 rows."}},
			said:   []said{{"systems/vmh-01.html", "The capacity export has 0 rows."}, {"data-quality.html", "capacity.csv"}},
		},
		{
			name: "M3 acknowledged by system", scenario: "A-storage", file: "alerts.csv", change: swap("%,,", "%,system,"),
			stated: []stated{{"MON-01/VMH-01/datastore-usage", "failed", "5 storage warnings in 28 days: 0 acknowledged by a person,"}},
			said:   []said{{"alerts-capacity.html", "0 of 5 alerts were answered by a person"}, {"services/shipping.html", "0 acknowledged by a person"}},
		},
		{
			name: "M3 acknowledged by auto", scenario: "A-storage", file: "alerts.csv", change: swap("%,,", "%,auto,"),
			stated: []stated{{"MON-01/VMH-01/datastore-usage", "failed", "5 storage warnings in 28 days: 0 acknowledged by a person,"}},
		},
		{
			name: "M3 and by a person, to see that it counts", scenario: "A-storage", file: "alerts.csv", change: swap("%,,", "%,D. Ortiz,"),
			stated: []stated{{"MON-01/VMH-01/datastore-usage", "missing", "5 storage warnings in 28 days: 5 acknowledged by a person,"}},
			said:   []said{{"alerts-capacity.html", "5 of 5 alerts were answered by a person"}},
		},
		{
			name: "M4 closed without a ticket", scenario: "A-storage", file: "alerts.csv", change: swap("86.8% > 85%,,,,open", "86.8% > 85%,,2026-05-04,,closed"),
			stated: []stated{{"MON-01/VMH-01/datastore-usage", "failed", "5 storage warnings in 28 days: 0 acknowledged by a person, 0 with a ticket, 2 auto-closed."}},
			said:   []said{{"systems/vmh-01.html", "2 auto-closed"}},
		},
		{
			name: "M6 the name with its domain", scenario: "A-storage", file: "capacity.csv", change: swap("VMH-01", "vmh-01.corp"),
			stated: []stated{{"MON-05/VMH-01/DS-PROD-01", "failed", "DS-PROD-01 is 95.6 % full"}},
			said:   []said{{"data-quality.html", "vmh-01.corp"}},
			more:   nobodyUnknown,
		},
		{
			name: "M6 the name with a blank behind it", scenario: "A-storage", file: "capacity.csv", change: swap("VMH-01", "VMH-01 "),
			stated: []stated{{"MON-05/VMH-01/DS-PROD-01", "failed", "DS-PROD-01 is 95.6 % full"}},
			more:   nobodyUnknown,
		},
		{
			name: "M6 a name that nothing resolves", scenario: "A-storage", file: "capacity.csv", change: swap("VMH-01", "HV-NEW"),
			stated: []stated{{"INV-01/HV-NEW", "failed", "Unknown system HV-NEW in capacity (9 rows)"}, {"MON-05/HV-NEW/DS-PROD-01", "failed", "DS-PROD-01 is 95.6 % full"}},
			said:   []said{{"data-quality.html", "HV-NEW"}, {"systems/hv-new.html", "95.6 %"}},
		},
		{
			name: "M7 gone from the inventory", scenario: "A-storage", file: "inventory.csv", change: dropLines("VMH-01,vmh-01.corp"),
			stated: []stated{
				{"INV-01/VMH-01", "failed", "Unknown system VMH-01 in capacity (9 rows), alerts (5), jobs (8)"},
				{"MON-05/VMH-01/DS-PROD-01", "failed", "DS-PROD-01 is 95.6 % full"},
				{"MON-01/VMH-01/datastore-usage", "failed", "5 storage warnings in 28 days: 0 acknowledged by a person"},
			},
			said: []said{{"systems/vmh-01.html", "Unknown system VMH-01"}, {"data-quality.html", "VMH-01"}, {"packet", "Unknown system VMH-01"}},
			more: func(t *testing.T, before, after *built) {
				if len(before.doc.Unknown) != 0 || len(after.doc.Unknown) != 1 || after.doc.Unknown[0].Name != "VMH-01" {
					t.Errorf("unknown systems %+v, before %+v", after.doc.Unknown, before.doc.Unknown)
				}
				if d := after.doc.Unknown[0].DataSets; d["capacity"] != 9 || d["alerts"] != 5 || d["jobs"] != 8 {
					t.Errorf("VMH-01 in %v, want 9 of capacity, 5 of alerts, 8 of jobs", d)
				}
			},
		},
		{
			name: "M8 no integrity check at all", scenario: "B-hidden", file: "jobs.csv", change: dropLines("DBCHECK-APP-02"),
			stated: []stated{{"BKP-10/APP-02", "missing", "No integrity check on record for APP-02."}},
			said:   []said{{"services/order-entry.html", "No integrity check on record for APP-02."}, {"systems/app-02.html", "No integrity check on record"}},
			more:   recoveryNotProven("SVC-ORD"),
		},
		{
			name: "M9 one run is skipped", scenario: "B-hidden", file: "jobs.csv", change: dropLines("DBCHECK-APP-02,APP-02,database-consistency,2026-05-17"),
			stated: []stated{
				{"BKP-10/APP-02", "failed", "The database has not been proven sound since 19 April 2026 (42 days, 42 snapshots): 5 consistency checks failed in a row."},
				{"MON-09/APP-02/DBCHECK-APP-02", "failed", "1 expected run of the consistency check DBCHECK-APP-02 did not happen: 17 May."},
			},
			said: []said{{"systems/app-02.html", "did not happen: 17 May"}},
		},
		{
			name: "M10 one more restore of a single file", scenario: "B-hidden", file: "restores.csv", change: added("RST-99,APP-02,2026-05-30,single file,success,5,yes,yes,yes,,,\n"),
			stated: []stated{{"BKP-01/APP-02", "missing", "No full restore test of APP-02 is on record. Last restore of any kind was one file on 30 May 2026."}},
			said:   []said{{"services/order-entry.html", "No full restore test of APP-02 is on record"}},
			more:   recoveryNotProven("SVC-ORD"),
		},
		{
			name: "M11 an exception without approver", scenario: "A-storage", file: "exceptions.csv", change: added("EXC-1,VMH-01,INV-05,hardware is ordered,,2026-05-01,2026-08-31\n"),
			stated: []stated{{"INV-05/VMH-01", "failed", "Vendor support ended 241 days ago; exception EXC-1 is incomplete."}},
			said:   []said{{"exceptions.html", "1 is incomplete"}, {"exceptions.html", "nobody"}},
		},
		{
			name: "M12 an exception that ended the day before", scenario: "A-storage", file: "exceptions.csv", change: added("EXC-1,VMH-01,INV-05,hardware is ordered,D. Ortiz,2026-05-01,2026-05-30\n"),
			stated: []stated{{"INV-05/VMH-01", "failed", "Vendor support ended 241 days ago; exception EXC-1 has expired."}},
			said:   []said{{"exceptions.html", "1 has lapsed"}},
		},
		{
			name: "M12 and one that ends today, to see that it counts", scenario: "A-storage", file: "exceptions.csv", change: added("EXC-1,VMH-01,INV-05,hardware is ordered,D. Ortiz,2026-05-01,2026-05-31\n"),
			stated: []stated{{"INV-05/VMH-01", "excepted", "Vendor support ended 241 days ago; exception EXC-1 is on file."}},
		},
		{
			name: "M13 an exception for ever", scenario: "A-storage", file: "exceptions.csv", change: added("EXC-1,VMH-01,INV-05,hardware is ordered,D. Ortiz,2026-05-01,9999-12-31\n"),
			stated: []stated{{"INV-05/VMH-01", "failed", "Vendor support ended 241 days ago; exception EXC-1 has no end that counts."}},
			said:   []said{{"exceptions.html", "1 is refused as permanent"}, {"rules.html", "exception-longest"}},
		},
		{
			name: "M13 an exception without end", scenario: "A-storage", file: "exceptions.csv", change: added("EXC-1,VMH-01,INV-05,hardware is ordered,D. Ortiz,2026-05-01,\n"),
			stated: []stated{{"INV-05/VMH-01", "failed", "Vendor support ended 241 days ago; exception EXC-1 has no end that counts."}},
			said:   []said{{"exceptions.html", "no end"}},
		},
		{
			name: "M14 cost parts that do not add up", scenario: "A-storage", file: "incidents.csv",
			change: func(string) string {
				return "incident_id,started,restored,service_id,root_asset,cost_usd,cost_parts\nINC-8,2026-05-13 06:00,2026-05-15 06:00,SVC-SHIP,VMH-01,50250,overtime=9450; recovery labor=4800; lost output=34750\n"
			},
			stated: []stated{{"GOV-08/INC-8", "failed", "The cost parts of INC-8 add up to $49,000, and its cost is $50,250."}},
			said: []said{
				{"incidents.html", "The parts add up to $49,000, and the row says $50,250."}, {"incidents.html", "INC-8 stopped Shipping for 15 business hours"},
				{"packet", "The parts add up to $49,000, and the row says $50,250."},
			},
		},
		{
			name: "M15 every job twice", scenario: "A-storage", file: "jobs.csv", change: twice,
			said: []said{{"data-quality.html", "101"}, {"services/shipping.html", "Backups ran 93 of 93."}},
			more: func(t *testing.T, before, after *built) {
				for _, s := range after.doc.Sources {
					if s.DataSet == "jobs" && (s.RowsRead != 202 || s.Used != 101 || s.Dup != 101) {
						t.Errorf("jobs: %+v, want 202 read, 101 used, 101 duplicate", s)
					}
				}
				for _, was := range before.doc.Findings { // but for the rows of the export itself
					if f := after.finding(was.ID); was.ID != "GOV-03/jobs" && (f.State != was.State || f.Text != was.Text) {
						t.Errorf("%s is %s: %q, was %s: %q", was.ID, f.State, f.Text, was.State, was.Text)
					}
				}
			},
		},
		{
			name: "M16 a change after the restore", scenario: "A-storage-control", file: "changes.csv", change: added("CHG-320,SQL-01,2026-05-25,2026-05-25,new cumulative update,D. Ortiz,L. Chen,\n"),
			stated: []stated{
				{"BKP-11/SQL-01", "missing", "Not proven since CHG-320: SQL-01 was changed on 25 May 2026, after the restore of 20 May 2026."},
				{"BKP-11/WMS-01", "missing", "Not proven since CHG-320"},
				{"BKP-11/VMH-01", "proven", ""},
			},
			said: []said{{"systems/sql-01.html", "Not proven since CHG-320"}, {"services/shipping.html", "Not proven since CHG-320"}, {"packet", "CHG-320"}},
			more: recoveryNotProven("SVC-SHIP"),
		},
		{
			name: "M17 two systems need each other", scenario: "A-storage", file: "inventory.csv", change: swap("line-of-business server,VMH-01,SQL-01,SVC", "line-of-business server,VMH-01,SQL-01;WMS-01,SVC"),
			said: []said{
				{"recovery.html", "Circle: ERP-01 needs WMS-01 needs ERP-01."}, {"services/shipping.html", "ERP-01 needs WMS-01 and WMS-01 needs ERP-01: no order can hold them."},
				{"packet", "ERP-01 needs WMS-01 and WMS-01 needs ERP-01: no order can hold them."},
			},
			more: func(t *testing.T, _, after *built) {
				f, r := after.finding("BKP-08/SVC-SHIP"), after.doc.Recovery[0]
				if f.State != "failed" || !strings.Contains(f.Text, "no order can hold them") {
					t.Errorf("the written order is %s: %q", f.State, f.Text)
				}
				if !slices.Equal(r.Cycles, []string{"ERP-01 needs WMS-01 and WMS-01 needs ERP-01"}) || slices.Contains(r.Order, "ERP-01") || slices.Contains(r.Order, "WMS-01") {
					t.Errorf("circles %q, order %v: an order was invented", r.Cycles, r.Order)
				}
			},
		},
	} {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			b := build(t, client(t, m.scenario, map[string]func(string) string{m.file: changed(t, m.file, m.change)}))
			for _, s := range m.stated {
				f := b.finding(s.id)
				if f.State != s.state || !strings.HasPrefix(f.Text, s.begins) {
					t.Errorf("%s is %s: %q, want %s: %q", s.id, f.State, f.Text, s.state, s.begins)
				}
			}
			for _, s := range m.said {
				if s.page == "packet" {
					has(t, s.page, b.bare(), s.words)
				} else {
					has(t, s.page, b.page(t, s.page), s.words)
				}
			}
			if m.more != nil {
				m.more(t, unchanged[m.scenario], b)
			}
			if t.Failed() {
				t.Logf("findings:\n%s", b.texts())
			}
		})
	}
}

// M5 is no report at all: what cannot be told apart is refused.
func TestUndecidedDatesAreRefused(t *testing.T) {
	both := func(s string) string {
		lines := strings.SplitAfter(s, "\n")
		return strings.NewReplacer("2026-04-05", "05/04/2026", "2026-04-12", "12/04/2026").Replace(strings.Join(lines[:3], ""))
	}
	o := options(client(t, "A-storage", map[string]func(string) string{"capacity.csv": both}), t.TempDir())
	_, err := generator.Build(o)
	var refused *generator.Refused
	if !errors.As(err, &refused) || refused.Usage || len(refused.Problems) != 1 {
		t.Fatalf("%v, want one problem", err)
	}
	text := refused.Problems[0].Error()
	for _, want := range []string{"capacity.csv", `column "sample_date"`, "every one of its 2 dates fits both day first and month first", "No date was guessed."} {
		has(t, "the refusal", text, want)
	}
	nothing(t, o.Out)
}

// M18: with nothing at all a month is built that says so of everything.
func TestNothingSuppliedIsNothingProven(t *testing.T) {
	b := build(t, client(t, "", nil))
	if len(b.doc.Questions) != 8 {
		t.Fatalf("%d questions, want 8", len(b.doc.Questions))
	}
	for i, q := range b.doc.Questions {
		if q.CanBeAnswered {
			t.Errorf("question %d is answered from nothing", i+1)
		}
	}
	if n := strings.Count(b.page(t, "questions.html"), "cannot be answered"); n < 8 {
		t.Errorf("%d of 8 questions say that they cannot be answered", n)
	}
	for state, n := range b.doc.Counts {
		if n > 0 && state != "missing" && state != "total" {
			t.Errorf("%d findings are %s", n, state)
		}
	}
	for _, c := range b.doc.Cells {
		if c != 0 {
			t.Errorf("cells %v: there is no service", b.doc.Cells)
		}
	}
	has(t, "the packet", b.packet, "No export names a business service")
	for _, page := range b.pages(t) {
		if strings.Contains(b.page(t, page), "NaN") {
			t.Errorf("%s prints no number as NaN", page)
		}
	}
}

func rank(b *built, service string) int {
	for _, s := range b.doc.Services {
		if s.ID == service {
			return s.Rank
		}
	}
	return len(b.doc.Services) + 1
}

func nobodyUnknown(t *testing.T, _, after *built) {
	if len(after.doc.Unknown) > 0 {
		t.Errorf("unknown: %+v", after.doc.Unknown)
	}
}

func recoveryNotProven(service string) func(*testing.T, *built, *built) {
	return func(t *testing.T, _, after *built) {
		for _, s := range after.doc.Services {
			if s.ID == service && s.FourProofs["recovery"] != "missing" && s.FourProofs["recovery"] != "failed" {
				t.Errorf("recovery of %s is %s", service, s.FourProofs["recovery"])
			}
		}
	}
}
