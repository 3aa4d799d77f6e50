package rank_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/assess"
	"proofpack/generator/config"
	"proofpack/generator/evidence"
	"proofpack/generator/graph"
	"proofpack/generator/intake"
	"proofpack/generator/rank"
	"proofpack/generator/source"
)

// exports are the files of a scenario as rows, the header first.
type exports map[string][][]string

// scenario reads the exports of an acceptance scenario; incidents are of the
// month after.
func scenario(t testing.TB, name string) exports {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "scenarios", name, "*.csv"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("the scenario %s is not beside the repository (%v)", name, err)
	}
	out := exports{}
	for _, path := range paths {
		if strings.Contains(path, "incidents") {
			continue
		}
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(file).ReadAll()
		file.Close()
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(path)] = rows
	}
	return out
}

// drop removes the rows whose first cell is one of some keys.
func (e exports) drop(file string, keys ...string) exports {
	e[file] = slices.DeleteFunc(e[file], func(row []string) bool { return slices.Contains(keys, row[0]) })
	return e
}

// input makes evidence of the exports; declared says which files declare how
// many rows they have.
func (e exports) input(t testing.TB, asOf string, declared map[string]int) *assess.Input {
	t.Helper()
	day, err := time.Parse(time.DateOnly, asOf)
	if err != nil {
		t.Fatal(err)
	}
	cfg := &config.Config{TimeZone: time.UTC, Currency: "USD", Policy: config.Defaults()}
	var files []intake.File
	for name, rows := range e {
		table := &source.Table{File: "exports/" + name, Format: "csv", Header: rows[0], HeaderRow: 1, Records: len(rows) - 1}
		for i, cells := range rows[1:] {
			table.Rows = append(table.Rows, source.Row{N: i + 2, Cells: cells})
		}
		f := intake.File{Table: table}
		if n, ok := declared[name]; ok {
			f.Intake = &config.Intake{RowsExpected: &n}
		}
		files = append(files, f)
	}
	set, readings, problems := intake.Load(intake.Options{
		Files: files, Config: cfg, AsOf: day.AddDate(0, 0, 1).Add(-time.Nanosecond), MaxRejected: 100, AllowMissing: true,
	})
	for _, p := range problems {
		t.Fatal(p)
	}
	for _, r := range readings {
		if r.DataSet == "" {
			t.Fatalf("%s was not read: %s", r.File, r.Reason)
		}
	}
	return &assess.Input{Set: set, Graph: graph.New(set), Policy: cfg.Policy}
}

func ranked(in *assess.Input) *rank.Ranking { return rank.Rank(in, assess.Assess(in)) }

func service(t testing.TB, r *rank.Ranking, id string) rank.Service {
	t.Helper()
	for _, s := range r.Services {
		if s.ID == id {
			return s
		}
	}
	t.Fatalf("no service %s", id)
	return rank.Service{}
}

func system(t testing.TB, r *rank.Ranking, id string) rank.System {
	t.Helper()
	for _, s := range r.Systems {
		if s.ID == id {
			return s
		}
	}
	t.Fatalf("no system %s", id)
	return rank.System{}
}

const may = "2026-05-31"

func titles(r *rank.Ranking) []string {
	var out []string
	for _, a := range r.Actions {
		out = append(out, a.Title.String())
	}
	return out
}

func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestTheStorageOutage(t *testing.T) {
	r := ranked(scenario(t, "A-storage").input(t, may, nil))
	s := service(t, r, "SVC-SHIP")
	if s.Rank != 1 || s.Drivers[0].System != "VMH-01" {
		t.Errorf("rank %d, driver %s; want 1, VMH-01", s.Rank, s.Drivers[0].System)
	}
	same(t, "driver says", "3 line-of-business servers run on it: SQL-01, ERP-01, WMS-01", s.Drivers[0].Says.String())
	var ladder []string
	for _, l := range s.Ladder {
		ladder = append(ladder, l.Label+": "+l.Formula+" = "+evidence.Money(float64(l.Amount), "USD"))
	}
	same(t, "ladder", []string{
		"RTO 4 h: 4 h x $3,350 = $13,400",
		"1 business day: 7.5 h x $3,350 = $25,125",
		"2 business days: 15 h x $3,350 = $50,250",
	}, ladder)
	same(t, "ladder of the host", s.Ladder, system(t, r, "VMH-01").Ladder)

	names := map[string]bool{}
	for _, d := range s.Drifts {
		names[d.Name] = true
		if len(d.Findings) == 0 {
			t.Errorf("drift %s names no finding", d.Name)
		}
	}
	for _, want := range []string{"no owner", "alerts unanswered", "storage filling", "job failing", "overdue task", "unsupported", "untested recovery"} {
		if !names[want] {
			t.Errorf("no drift %q on Shipping", want)
		}
	}

	same(t, "order", []string{"VMH-01", "SQL-01", "ERP-01", "WMS-01"}, s.Recovery.Order)
	if s.Recovery.State == assess.Proven || s.Recovery.Measured != 0 || s.Recovery.Total != 4 || s.Recovery.TargetMinutes != 240 {
		t.Errorf("recovery %s, %d of %d measured, target %v", s.Recovery.State, s.Recovery.Measured, s.Recovery.Total, s.Recovery.TargetMinutes)
	}
	if s.Measured {
		t.Error("the recovery of the driver is said to be measured")
	}
	same(t, "the written plan", 2, len(s.Recovery.Problems))
}

func TestTheActionsOfTheStorageOutage(t *testing.T) {
	r := ranked(scenario(t, "A-storage").input(t, may, nil))
	same(t, "the first three", []string{
		"Name an owner for VMH-01 and WMS-01",
		"Remove snapshots or add storage on DS-PROD-01 (VMH-01) before 10 June 2026",
		"Set a date for a full restore test of Shipping: VMH-01, SQL-01, ERP-01, WMS-01",
	}, titles(r)[:3])
	same(t, "how many are next", 5, r.Cap)
	storage := r.Actions[1]
	same(t, "the storage action closes", []string{
		"MON-01/VMH-01/datastore-usage", "MON-02/VMH-01/datastore-usage", "MON-04/VMH-01/datastore-usage",
		"MON-05/VMH-01/DS-PROD-01", "MON-06/VMH-01/CONSOLIDATE-VMH-01", "MON-08/VMH-01/datastore-usage",
	}, storage.Closes)
	same(t, "by", "10 June 2026", storage.By.Text)
	if len(storage.By.Sources) != 9 {
		t.Errorf("the day rests on %d rows, want the 9 samples", len(storage.By.Sources))
	}
	if storage.Worth <= 0 || r.Actions[2].Worth <= 0 {
		t.Errorf("worth %d and %d: closing the gap moves the exposure", storage.Worth, r.Actions[2].Worth)
	}
	closed := map[string]int{}
	for _, a := range r.Actions {
		if a.Proof == "" || a.Why.Empty() || len(a.Closes) == 0 {
			t.Errorf("%s: proof %q, why %q, closes %d", a.Title, a.Proof, a.Why, len(a.Closes))
		}
		for _, id := range a.Closes {
			closed[id]++
		}
	}
	res := assess.Assess(scenario(t, "A-storage").input(t, may, nil))
	for _, f := range res.Findings {
		open := f.State == assess.Failed || f.State == assess.Missing || f.State == assess.Stale
		if open && closed[f.ID] != 1 {
			t.Errorf("%s (%s) is closed by %d actions, want 1", f.ID, f.State, closed[f.ID])
		}
		if !open && closed[f.ID] > 0 {
			t.Errorf("%s is %s and an action closes it", f.ID, f.State)
		}
	}
}

func TestTheStorageOutageInApril(t *testing.T) {
	e := scenario(t, "A-storage")
	e.drop("alerts.csv", "ALR-2001", "ALR-2044", "ALR-2107", "ALR-2160", "ALR-2212")
	r := ranked(e.input(t, "2026-04-30", nil))
	for _, c := range system(t, r, "VMH-01").Causes {
		if c.Name == "DS-PROD-01 full in 43 days" {
			same(t, "full on", "12 June 2026", c.From[2].Text)
			return
		}
	}
	t.Errorf("no forecast in April: %+v", system(t, r, "VMH-01").Causes)
}

func TestTheControlOfTheStorageOutage(t *testing.T) {
	r := ranked(scenario(t, "A-storage-control").input(t, may, nil))
	s := service(t, r, "SVC-SHIP")
	if s.Recovery.State != assess.Proven || s.Recovery.MinutesAtLeast != 200 || s.Recovery.Measured != 4 || s.Recovery.CriticalMinutes != 200 {
		t.Errorf("recovery %s, at least %v, %d measured, longest chain %v", s.Recovery.State, s.Recovery.MinutesAtLeast, s.Recovery.Measured, s.Recovery.CriticalMinutes)
	}
	same(t, "problems of the plan", 0, len(s.Recovery.Problems))
	if !system(t, r, "VMH-01").Measured {
		t.Error("the host's recovery is not measured")
	}
	for _, c := range system(t, r, "VMH-01").Causes {
		if strings.Contains(c.Name, "full") {
			t.Errorf("a storage forecast: %s", c.Name)
		}
	}
	for _, title := range titles(r) {
		if strings.Contains(title, "storage on") || strings.Contains(title, "full restore") || strings.Contains(title, "owner") {
			t.Errorf("the control is asked to: %s", title)
		}
	}
}

func TestTheGreenDashboard(t *testing.T) {
	r := ranked(scenario(t, "B-hidden").input(t, may, nil))
	s := service(t, r, "SVC-ORD")
	if s.Recovery.State == assess.Proven || s.Recovery.Measured != 0 {
		t.Errorf("recovery %s, %d measured", s.Recovery.State, s.Recovery.Measured)
	}
	same(t, "driver says", "1 line-of-business server runs on it: APP-02", s.Drivers[0].Says.String())
	at := slices.Index(titles(r), "Run the database consistency check on APP-02 to a good end and restore the application with integrity checked")
	if at < 0 || at >= r.Cap {
		t.Fatalf("mending the database is not among the next actions: %v", titles(r))
	}
	for _, want := range []string{"BKP-10/APP-02", "BKP-01/APP-02", "MON-06/APP-02/DBCHECK-APP-02"} {
		if !slices.Contains(r.Actions[at].Closes, want) {
			t.Errorf("it does not close %s: %v", want, r.Actions[at].Closes)
		}
	}
	control := service(t, ranked(scenario(t, "B-hidden-control").input(t, may, nil)), "SVC-ORD")
	if control.Recovery.State != assess.Proven || control.Recovery.MinutesAtLeast != 135 {
		t.Errorf("control: recovery %s, at least %v", control.Recovery.State, control.Recovery.MinutesAtLeast)
	}
	if control.Exposure.High >= s.Exposure.High {
		t.Errorf("high %d with proofs, %d without", control.Exposure.High, s.Exposure.High)
	}
}

// both is one company with the two scenarios.
func both(t testing.TB) exports {
	e := scenario(t, "A-storage")
	for name, rows := range scenario(t, "B-hidden") {
		if have, ok := e[name]; ok {
			e[name] = append(have, rows[1:]...)
		} else {
			e[name] = rows
		}
	}
	return e
}

func TestMissingCapacityNeverRanksLower(t *testing.T) {
	before := ranked(both(t).input(t, may, nil))
	e := both(t)
	delete(e, "capacity.csv")
	after := ranked(e.input(t, may, nil))
	x, y := service(t, before, "SVC-SHIP"), service(t, after, "SVC-SHIP")
	if y.Rank > x.Rank || y.Exposure.High < x.Exposure.High {
		t.Errorf("rank %d to %d, high %d to %d", x.Rank, y.Rank, x.Exposure.High, y.Exposure.High)
	}
	if !slices.Contains(titles(after)[:after.Cap], "Supply capacity samples of VMH-01 and SQL-01") {
		t.Errorf("nobody asks for capacity samples: %v", titles(after))
	}
}

func TestACycleInventsNoOrder(t *testing.T) {
	e := scenario(t, "A-storage-control")
	before := service(t, ranked(e.input(t, may, nil)), "SVC-SHIP")
	for _, row := range e["inventory.csv"] {
		if row[0] == "ERP-01" {
			row[4] = "SQL-01;WMS-01"
		}
	}
	s := service(t, ranked(e.input(t, may, nil)), "SVC-SHIP")
	same(t, "cycles", [][]string{{"ERP-01", "WMS-01"}}, s.Recovery.Cycles)
	same(t, "order", []string{"VMH-01", "SQL-01"}, s.Recovery.Order)
	if s.Recovery.State == assess.Proven {
		t.Error("a recovery without an order is proven")
	}
	if s.Exposure.High < before.Exposure.High {
		t.Errorf("high %d to %d", before.Exposure.High, s.Exposure.High)
	}
}

func TestAServiceNobodyPutAPriceOnComesFirst(t *testing.T) {
	e := both(t)
	for _, row := range e["services.csv"] {
		if row[0] == "SVC-ORD" {
			row[3] = ""
		}
	}
	r := ranked(e.input(t, may, nil))
	s := service(t, r, "SVC-ORD")
	if s.Rank != 1 || s.Exposure.Known || !s.Exposure.Undeclared || !s.Exposure.Unbounded || s.Ladder[1].Known {
		t.Errorf("rank %d, exposure %+v, ladder %+v", s.Rank, s.Exposure, s.Ladder)
	}
	same(t, "the first action", "Declare what an hour of Order entry costs, and its recovery targets", titles(r)[0])
	if v := system(t, r, "APP-02"); v.Exposure.Known || v.Rank > 2 {
		t.Errorf("APP-02: rank %d, %+v", v.Rank, v.Exposure)
	}
}

func TestAShortSourceLeavesNoHighBound(t *testing.T) {
	for _, name := range []string{"capacity.csv", "inventory.csv", "services.csv", "jobs.csv", "alerts.csv", "restores.csv"} {
		t.Run(name, func(t *testing.T) {
			e := both(t)
			r := ranked(e.input(t, may, map[string]int{name: len(e[name])})) // one row more than there is
			for _, s := range r.Services {
				if !s.Exposure.Unbounded || !s.Exposure.Known {
					t.Errorf("%s: %+v", s.ID, s.Exposure)
				}
			}
			if !strings.HasPrefix(titles(r)[0], "Supply the whole export of ") {
				t.Errorf("first action: %s", titles(r)[0])
			}
		})
	}
}

func TestAShortExportThatNoExposureRestsOnComesLast(t *testing.T) {
	e := scenario(t, "A-storage-control")
	r := ranked(e.input(t, may, map[string]int{"tasks.csv": 5})) // of which 2 are here
	if s := service(t, r, "SVC-SHIP"); s.Exposure.Unbounded {
		t.Errorf("tasks are short, and Shipping has no high bound: %+v", s.Exposure)
	}
	at := slices.Index(titles(r), "Supply the whole export of tasks: it is short")
	if at < 0 {
		t.Fatalf("nobody asks for the whole export: %v", titles(r))
	}
	for i, a := range r.Actions {
		if i < at && a.Service == "" || i > at && a.Service != "" {
			t.Errorf("action %d, %s, is on the wrong side of %d", i, a.Title, at)
		}
		for _, id := range a.Closes {
			if strings.HasPrefix(id, "GOV-01/") && i != at {
				t.Errorf("%s: %s waits for the whole export", a.Title, id)
			}
		}
	}
}

func TestAnActIsNamedOnce(t *testing.T) {
	r := ranked(both(t).input(t, may, nil))
	seen := map[string]bool{}
	for _, title := range titles(r) {
		if seen[title] {
			t.Errorf("twice: %s", title)
		}
		seen[title] = true
	}
	for _, a := range r.Actions {
		if a.Title.String() != "Supply an export of access reviews" {
			continue
		}
		same(t, "the service that asks first", "SVC-SHIP", a.Service)
		if !slices.Contains(a.Closes, "ACC-06/APP-02") || !slices.Contains(a.Closes, "ACC-06/VMH-01") {
			t.Errorf("it closes %v", a.Closes)
		}
	}
}
