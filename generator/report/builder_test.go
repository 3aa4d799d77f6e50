package report

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/graph"
	"proofpack/generator/rank"
)

// month is a set of evidence put through judgement and ranking, as New gets it.
func month(t *testing.T, set *evidence.Set) *builder {
	t.Helper()
	if set.AsOf.IsZero() {
		set.AsOf = time.Date(2026, 5, 31, 23, 59, 59, 0, time.UTC)
	}
	set.Zone, set.Currency = time.UTC, "USD"
	in := &assess.Input{Set: set, Graph: graph.New(set), Policy: config.Defaults()}
	res := assess.Assess(in)
	if len(res.Faults) > 0 {
		t.Fatal(res.Faults)
	}
	return newBuilder(Input{Company: "Halden Supply Co.", Month: "2026-05", Set: set, Graph: in.Graph, Result: res, Ranking: rank.Rank(in, res), Policy: in.Policy})
}

func at(row int) diag.Pos { return diag.Pos{File: "exports/x.csv", Row: row} }

// shipping is one service on one system, with what the test adds.
func shipping(change func(*evidence.Set)) *evidence.Set {
	set := &evidence.Set{
		Services: []evidence.Service{{Pos: at(2), ID: "SVC-SHIP", Name: "Shipping", Stops: evidence.StopsRevenue, CostPerHour: evidence.Known(100), RTOHours: evidence.Known(4), Owner: "D. Ortiz"}},
		Systems:  []evidence.System{{Pos: at(3), ID: "SQL-01", InventoryID: "SQL-01", Class: evidence.ClassServer, Kind: "server", Services: []string{"SVC-SHIP"}, InInventory: true, Owner: "D. Ortiz"}},
		Inputs: []evidence.Input{
			{DataSet: evidence.Services, File: "exports/x.csv", Read: 1, Used: 1, Expected: -1},
			{DataSet: evidence.Inventory, File: "exports/y.csv", Read: 1, Used: 1, Expected: -1},
		},
	}
	if change != nil {
		change(set)
	}
	return set
}

func restored(minutes float64) func(*evidence.Set) {
	return func(set *evidence.Set) {
		set.Restores = []evidence.RestoreTest{{
			Pos: at(4), ID: "RST-1", System: "SQL-01", TestedOn: time.Date(2026, 5, 20, 23, 59, 59, 0, time.UTC), Scope: evidence.ScopeApplication, ScopeText: "application", Result: evidence.Success,
			Minutes: evidence.Known(minutes), Integrity: evidence.Yes, Permissions: evidence.Yes, Order: evidence.Yes, SizeBytes: evidence.Known(100),
		}}
		set.Jobs = []evidence.JobRun{{Pos: at(5), Job: "SNAP-SQL-01", System: "SQL-01", Kind: evidence.JobBackup, At: time.Date(2026, 5, 30, 23, 59, 59, 0, time.UTC), Result: evidence.Success, SizeBytes: evidence.Known(100)}}
		set.Inputs = append(set.Inputs, evidence.Input{DataSet: evidence.Jobs, File: "exports/j.csv", Read: 1, Used: 1, Expected: -1}, evidence.Input{DataSet: evidence.Restores, File: "exports/r.csv", Read: 1, Used: 1, Expected: -1},
			evidence.Input{DataSet: evidence.Changes, File: "exports/c.csv", Expected: -1})
	}
}

func TestHeadline(t *testing.T) {
	filling := func(set *evidence.Set) {
		for i := range 5 {
			set.Samples = append(set.Samples, evidence.Sample{Pos: at(10 + i), System: "SQL-01", Resource: "D:", At: time.Date(2026, 5, 3+7*i, 23, 59, 59, 0, time.UTC), Used: float64(880 + 20*i), Total: 1000, Unit: "GB"})
		}
		set.Inputs = append(set.Inputs, evidence.Input{DataSet: evidence.Capacity, File: "exports/k.csv", Read: 5, Used: 5, Expected: -1})
	}
	for _, c := range []struct {
		name string
		set  *evidence.Set
		want string
	}{
		{"nothing was supplied", &evidence.Set{}, "No export names a business service, so nothing in this report can be ranked by impact."},
		{"no restore is on record", shipping(nil), "Shipping has no proof that it can be recovered within its 4-hour target."},
		{"and its storage fills", shipping(filling), "Shipping has no proof that it can be recovered within its 4-hour target, and storage D: under it will be full about 14 June 2026."},
		{"a restore inside the target", shipping(restored(239)), "Shipping has a proven recovery within its 4-hour target."},
		{"a restore over the target", shipping(restored(241)), "Shipping cannot be recovered within its 4-hour target."},
		{"no target is declared", shipping(func(s *evidence.Set) { s.Services[0].RTOHours = evidence.Number{} }), "Shipping has no proof that it can be recovered within its target."},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := month(t, c.set).headline().Plain(); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestAFigureHasOneIDWhereverItStands(t *testing.T) {
	b := month(t, shipping(nil))
	one := b.count(5, "count(alerts)", at(2), at(3))
	same := b.count(5, "count(alerts)", at(2), at(3))
	other := b.count(5, "count(alerts)", at(2))
	if one.Figure != same.Figure || one.Figure == other.Figure {
		t.Errorf("ids %s, %s, %s: the first two are one figure, the third rests on other rows", one.Figure, same.Figure, other.Figure)
	}
}

// TestTheRankingIsNotThePriceList holds that the first service of the ranking is
// not called the costliest where another costs more.
func TestTheRankingIsNotThePriceList(t *testing.T) {
	b := month(t, shipping(func(set *evidence.Set) {
		more := set.Services[0]
		more.Pos, more.ID, more.Name, more.CostPerHour = at(6), "SVC-LAB", "Labelling", evidence.Known(20)
		set.Services = append(set.Services, more)
		set.Systems[0].Services = append(set.Systems[0].Services, more.ID)
	}))
	services := b.Ranking.Services
	if len(services) != 2 || services[0].ID != "SVC-SHIP" {
		t.Fatalf("ranked %v", services)
	}
	services[0], services[1] = services[1], services[0]
	if got := b.costKey().Label.Plain(); got != "Costliest single outage: Shipping" {
		t.Errorf("the figure on the summary: %q", got)
	}
	services[0].Exposure.Known = false
	if key := b.costKey(); key.Label.Plain() != "Costliest single outage: Labelling" || key.Value.Plain() != "not declared" {
		t.Errorf("a cost that nobody declared: %q, %q", key.Label.Plain(), key.Value.Plain())
	}
}

func TestTheRankingSaysWhoseRecoveryIsProven(t *testing.T) {
	labelling := func(set *evidence.Set) {
		more := set.Services[0]
		more.Pos, more.ID, more.Name, more.CostPerHour = at(6), "SVC-LAB", "Labelling", evidence.Known(20)
		set.Services = append(set.Services, more)
		set.Systems = append(set.Systems, evidence.System{Pos: at(7), ID: "LAB-01", InventoryID: "LAB-01", Class: evidence.ClassServer, Kind: "server", Services: []string{"SVC-LAB"}, InInventory: true})
	}
	for _, c := range []struct {
		fact string
		set  *evidence.Set
		want string
	}{
		{"one, not restored", shipping(nil), "Shipping carries the largest exposure, and it does not have a proven recovery to rely on"},
		{"one, restored", shipping(restored(100)), "Shipping carries the largest exposure; its recovery is proven"},
		{"two, neither restored", shipping(labelling), "Shipping and Labelling carry the largest exposure, and none of them has a proven recovery to rely on"},
		{"two, one of them restored", shipping(func(set *evidence.Set) { restored(100)(set); labelling(set) }), "Labelling and Shipping carry the largest exposure, and one of them has no proven recovery to rely on"},
	} {
		if got := month(t, c.set).rankingTitle().Plain(); got != c.want {
			t.Errorf("%s: %q, want %q", c.fact, got, c.want)
		}
	}
}

// TestADriftSaysAThingOnce holds that checks which lack one thing of one system
// are not quoted one after another with the same words.
func TestADriftSaysAThingOnce(t *testing.T) {
	b := month(t, shipping(func(set *evidence.Set) {
		set.Systems = append(set.Systems, evidence.System{Pos: at(7), ID: "LAB-01", InventoryID: "LAB-01", Class: evidence.ClassServer, Kind: "server", InInventory: true})
		set.Patches = []evidence.PatchFinding{{Pos: at(9), ID: "P-1", System: "LAB-01", Severity: evidence.SeverityHigh, LastSeen: time.Date(2026, 5, 28, 23, 59, 59, 0, time.UTC)}}
		set.Inputs = append(set.Inputs, evidence.Input{DataSet: evidence.Patches, File: "exports/p.csv", Read: 1, Used: 1, Expected: -1})
	}))
	section := b.driftSection(&b.Ranking.Services[0], mostOfDrift)
	said := map[string]int{}
	for _, block := range section.Blocks {
		if table, is := block.(Table); is {
			for _, row := range table.Rows {
				said[row.Cells[1].Plain()+" "+row.Cells[2].Plain()]++
			}
		}
	}
	const want = "No scan of SQL-01 is on record."
	found := false
	for line, n := range said {
		found = found || strings.HasPrefix(line, want)
		if n > 1 {
			t.Errorf("said %d times: %s", n, line)
		}
	}
	if !found {
		t.Errorf("%q is not among %v", want, said)
	}
}

func TestATaskIsJudgedByItsOwnerAndRecord(t *testing.T) {
	b := month(t, shipping(func(set *evidence.Set) {
		set.Tasks = []evidence.Task{{Pos: at(8), ID: "T-1", Name: "Alert review", Owner: "D. Ortiz", Cadence: "monthly", Months: 1, LastDone: time.Date(2026, 5, 20, 23, 59, 59, 0, time.UTC), Record: "TK-1", Service: "SVC-SHIP"}}
		set.Inputs = append(set.Inputs, evidence.Input{DataSet: evidence.Tasks, File: "exports/x.csv", Read: 1, Used: 1, Expected: -1})
	}))
	if state, says, _ := b.taskState(&b.Set.Tasks[0]); state != assess.Proven {
		t.Errorf("a task with owner and record that names no runbook is %v: %s", state, says.Plain())
	}
}

func TestFigureHref(t *testing.T) {
	for id, want := range map[string]string{
		"F-0001": "figures/f-00001.html#F-0001", "F-0500": "figures/f-00001.html#F-0500", "F-0501": "figures/f-00002.html#F-0501", "F-10000": "figures/f-00020.html#F-10000",
		"F-0000": "", "": "", "x": "",
	} {
		if got := FigureHref(id); got != want {
			t.Errorf("%s leads to %q, want %q", id, got, want)
		}
	}
}

func TestRowsStandOnPagesOfAThousand(t *testing.T) {
	set := shipping(nil)
	in := &set.Inputs[0]
	for n := 2; n <= 2002; n++ { // 2,001 rows
		in.Rows = append(in.Rows, evidence.RowRecord{N: n, Status: evidence.RowUsed})
	}
	in.Read, in.Used = len(in.Rows), len(in.Rows)
	b := month(t, set)
	for row, want := range map[int]string{
		2: "data/x-csv-00001.html#r2", 1001: "data/x-csv-00001.html#r1001", 1002: "data/x-csv-00002.html#r1002", 2001: "data/x-csv-00002.html#r2001", 2002: "data/x-csv-00003.html#r2002",
		0: "data/x-csv-00001.html", 9999: "data/x-csv-00001.html",
	} {
		if got := b.rowPath(at(row)); got != want {
			t.Errorf("row %d is at %q, want %q", row, got, want)
		}
	}
	if got := b.rowPath(diag.Pos{File: "elsewhere.csv", Row: 2}); got != "" {
		t.Errorf("a row of no source leads to %q", got)
	}
	pages := 0
	for _, p := range b.recordPages() {
		if strings.HasPrefix(p.Path, "data/x-csv-") {
			pages++
		}
	}
	if pages != 3 {
		t.Errorf("%d pages, want 3", pages)
	}
}

func TestDecisionsSayWhatTheyCost(t *testing.T) {
	ask := func(costs ...evidence.Number) *evidence.Set {
		return shipping(func(s *evidence.Set) {
			for i, c := range costs {
				s.Decisions = append(s.Decisions, evidence.Decision{Pos: at(20 + i), Decision: fmt.Sprintf("Decision %d", i+1), Cost: c})
			}
		})
	}
	for _, c := range []struct {
		name string
		set  *evidence.Set
		want string
	}{
		{"all costs are known", ask(evidence.Known(6800), evidence.Known(0)), "Two decisions are asked of leadership this month, for $6,800 in total"},
		{"one is not", ask(evidence.Known(6800), evidence.Number{}), "Two decisions are asked of leadership this month; one cost is not stated"},
		{"one decision", ask(evidence.Known(100)), "One decision is asked of leadership this month, for $100 in total"},
		{"all are free", ask(evidence.Known(0), evidence.Known(0)), "Two decisions are asked of leadership this month"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := month(t, c.set).decisions().Title.Plain(); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestEveryQuestionIsAnsweredOrSaysWhatToSupply(t *testing.T) {
	for _, a := range month(t, &evidence.Set{}).answers() {
		if !a.Cannot || !strings.HasPrefix(a.Answer.Plain(), "This cannot be answered: supply ") {
			t.Errorf("%s\n%s", a.Question, a.Answer.Plain())
		}
	}
	cannot := 0
	for _, a := range month(t, shipping(restored(100))).answers() {
		if a.Cannot {
			cannot++
		}
	}
	if cannot == 0 || cannot == 8 {
		t.Errorf("%d of 8 cannot be answered", cannot)
	}
}

// TestAMissingProofIsNeverGoodNews holds the one idea: with no evidence at all
// no cell, proof or word of the report is good.
func TestAMissingProofIsNeverGoodNews(t *testing.T) {
	set := shipping(nil)
	b := month(t, set)
	for _, c := range assess.Cells(b.Result, set.Services) {
		if c.State == assess.Proven && len(c.Findings) == 0 {
			t.Errorf("%s is proven by nothing", c.Discipline)
		}
	}
	r := New(b.Input)
	for _, p := range r.Pages {
		for _, s := range p.Sections {
			for _, x := range s.Blocks {
				m, is := x.(Matrix)
				if !is {
					continue
				}
				for _, row := range m.Rows {
					for _, c := range row.Cells {
						if strings.Contains(c.Says, "Recover") && c.State == assess.Proven {
							t.Errorf("%s: %s", p.Path, c.Says)
						}
					}
				}
			}
		}
	}
}

// TestThePacketKeepsTheWorst holds that what is cut for paper is the best of it.
func TestThePacketKeepsTheWorst(t *testing.T) {
	b := month(t, shipping(func(set *evidence.Set) {
		for i := range paperRows + 2 {
			task := evidence.Task{Pos: at(8 + i), ID: fmt.Sprint("T-", i), Name: fmt.Sprint("Review ", i), Owner: "D. Ortiz", Cadence: "monthly", Months: 1, LastDone: time.Date(2026, 5, 20, 23, 59, 59, 0, time.UTC), Record: "TK-1"}
			if i == paperRows+1 {
				task.Record = "" // done by word of mouth, and the last row of the export
			}
			set.Tasks = append(set.Tasks, task)
		}
	}))
	sec := section(t, b.packetOperations(), "tasks")
	rows := sec.Blocks[0].(Chart).Table.Rows
	if len(rows) != paperRows || rows[0].Cells[0].Plain() != fmt.Sprint("Review ", paperRows+1) {
		t.Errorf("%d rows, the first of %q", len(rows), rows[0].Cells[0].Plain())
	}
	if got, want := sec.Blocks[1].(Paragraph).Text.Plain(), "The first 10 of 12. All of them stand on the Routine page of the site."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestACalendarSaysWhatItsTableSays holds that a month without its record has
// the state that the checks give the task.
func TestACalendarSaysWhatItsTableSays(t *testing.T) {
	for fact, record := range map[string]string{"an old record": "TK-1", "no record at all": ""} {
		b := month(t, shipping(func(set *evidence.Set) {
			set.Tasks = []evidence.Task{{Pos: at(8), ID: "T-1", Name: "Alert review", Owner: "D. Ortiz", Cadence: "monthly", Every: 30 * 24 * time.Hour, Months: 1, LastDone: time.Date(2026, 2, 3, 23, 59, 59, 0, time.UTC), Record: record}}
		}))
		drawn := section(t, b.routine(), "tasks").Blocks[0].(Chart)
		cells := drawn.Drawing.(Calendar).Rows[0].Cells
		state, _, _ := b.taskState(&b.Set.Tasks[0])
		if got := cells[len(cells)-1]; got.State != state || state == assess.Proven || !strings.HasPrefix(got.Says, "overdue since") {
			t.Errorf("%s: the calendar says %v, %q, the table %v", fact, got.State, got.Says, state)
		}
	}
}
