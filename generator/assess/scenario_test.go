package assess

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/graph"
)

// scenarioDir is where the acceptance scenarios stand, beside the repository.
const scenarioDir = "../../../shared/scenarios"

// A sheet is one export of a scenario as text: the header, then the rows.
type sheet [][]string

// exports are the exports of a scenario by data set.
type exports map[string]sheet

var scenarioFiles = map[string]string{
	"services.csv": evidence.Services, "inventory.csv": evidence.Inventory, "restores.csv": evidence.Restores,
	"jobs.csv": evidence.Jobs, "alerts.csv": evidence.Alerts, "capacity.csv": evidence.Capacity, "tasks.csv": evidence.Tasks,
	"recovery_plan.csv": evidence.RecoveryPlan, "changes.csv": evidence.Changes, "exceptions.csv": evidence.Exceptions,
}

func scenario(t *testing.T, name string) exports {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(scenarioDir, name, "*.csv"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("the scenario %s is not at %s beside the repository (%v)", name, scenarioDir, err)
	}
	out := exports{}
	for _, path := range paths {
		dataSet, known := scenarioFiles[filepath.Base(path)]
		if !known {
			continue // incidents are of the month after
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
		out[dataSet] = rows
	}
	return out
}

// clone copies the exports, so that one may be changed.
func (e exports) clone() exports {
	out := exports{}
	for d, s := range e {
		rows := make(sheet, len(s))
		for i, r := range s {
			rows[i] = slices.Clone(r)
		}
		out[d] = rows
	}
	return out
}

// set changes a cell: the row whose first cell is key, in the column.
func (e exports) set(t *testing.T, dataSet, key, column, value string) {
	t.Helper()
	c := slices.Index(e[dataSet][0], column)
	for _, r := range e[dataSet][1:] {
		if r[0] == key && c >= 0 {
			r[c] = value
			return
		}
	}
	t.Fatalf("%s has no row %s with column %s", dataSet, key, column)
}

// without removes the rows for which something holds.
func (e exports) without(dataSet string, drop func(row []string) bool) {
	s := e[dataSet]
	e[dataSet] = append(slices.Clone(s[:1]), slices.DeleteFunc(slices.Clone(s[1:]), drop)...)
}

// read makes the evidence of exports; declared says how many rows each data
// set was said to have, and nothing is attested where it does not.
func (e exports) read(asOf string, declared map[string]int) *Input {
	set := &evidence.Set{AsOf: lastInstant(asOf), Zone: time.UTC, Currency: "USD"}
	r := &scenarioReader{set: set}
	var sets []string
	for d := range scenarioFiles {
		sets = append(sets, scenarioFiles[d])
	}
	slices.Sort(sets)
	for _, d := range sets {
		want, attested := declared[d]
		rows, here := e[d]
		if !here {
			if attested {
				set.Absent = append(set.Absent, evidence.Absence{Name: d, DataSet: d, Short: true})
			}
			continue
		}
		in := evidence.Input{DataSet: d, File: d + ".csv", Read: len(rows) - 1, Used: len(rows) - 1, Expected: -1, Standing: evidence.Unattested}
		if attested {
			in.Expected, in.Standing = want, evidence.Complete
			if in.Read < want {
				in.Standing = evidence.Short
			}
		}
		for i, cells := range rows[1:] {
			r.header, r.cells = rows[0], cells
			r.pos = diag.Pos{File: in.File, Row: i + 2}
			in.Rows = append(in.Rows, evidence.RowRecord{N: i + 2, Cells: cells, Status: evidence.RowUsed})
			r.row(d)
		}
		set.Inputs = append(set.Inputs, in)
	}
	r.unknown()
	return &Input{Set: set, Graph: graph.New(set), Policy: config.Defaults()}
}

// declare is the number of rows of each export.
func (e exports) declare() map[string]int {
	out := map[string]int{}
	for d, rows := range e {
		out[d] = len(rows) - 1
	}
	return out
}

func lastInstant(day string) time.Time {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return time.Time{}
	}
	return t.AddDate(0, 0, 1).Add(-time.Nanosecond)
}

// A scenarioReader turns the cells of a scenario into records.
type scenarioReader struct {
	set    *evidence.Set
	header []string
	cells  []string
	pos    diag.Pos
	names  map[string][]diag.Pos // systems named outside the inventory
	counts map[string]map[string]int
}

func (r *scenarioReader) text(column string) string {
	if i := slices.Index(r.header, column); i >= 0 {
		return r.cells[i]
	}
	return ""
}

func (r *scenarioReader) date(column string) time.Time { return lastInstant(r.text(column)) }

func (r *scenarioReader) number(column string) evidence.Number {
	v, err := strconv.ParseFloat(r.text(column), 64)
	if err != nil {
		return evidence.Number{}
	}
	return evidence.Known(v)
}

func (r *scenarioReader) list(column string) []string {
	if r.text(column) == "" {
		return nil
	}
	return strings.Split(r.text(column), ";")
}

func (r *scenarioReader) answer(column string) evidence.Answer {
	switch r.text(column) {
	case "yes":
		return evidence.Yes
	case "no":
		return evidence.No
	}
	return evidence.Unknown
}

func (r *scenarioReader) named(dataSet string, systems ...string) {
	if r.names == nil {
		r.names, r.counts = map[string][]diag.Pos{}, map[string]map[string]int{}
	}
	for _, s := range systems {
		if s == "" {
			continue
		}
		r.names[s] = append(r.names[s], r.pos)
		if r.counts[s] == nil {
			r.counts[s] = map[string]int{}
		}
		r.counts[s][dataSet]++
	}
}

// unknown adds the systems that the inventory lacks.
func (r *scenarioReader) unknown() {
	known := map[string]bool{}
	for i := range r.set.Systems {
		known[r.set.Systems[i].ID] = true
	}
	var names []string
	for n := range r.names {
		if !known[n] {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	for _, n := range names {
		r.set.Unknown = append(r.set.Unknown, evidence.UnknownSystem{Name: n, Rows: r.names[n], DataSet: r.counts[n]})
		r.set.Systems = append(r.set.Systems, evidence.System{ID: n, Name: n, Pos: r.names[n][0]})
	}
}

var scenarioClasses = map[string]evidence.Class{
	"virtualization host": evidence.ClassHypervisor, "database server": evidence.ClassDatabase,
	"line-of-business server": evidence.ClassServer, "application server": evidence.ClassServer,
}

var scenarioKinds = map[string]evidence.JobKind{
	"backup": evidence.JobBackup, "snapshot-cleanup": evidence.JobCleanup, "database-consistency": evidence.JobIntegrity,
}

var scenarioScopes = map[string]evidence.Scope{"single file": evidence.ScopeFile, "full application": evidence.ScopeApplication}

func (r *scenarioReader) row(dataSet string) {
	system := r.text("asset_id")
	if dataSet != evidence.Inventory {
		r.named(dataSet, system)
	}
	switch s := r.set; dataSet {
	case evidence.Services:
		s.Services = append(s.Services, evidence.Service{
			Pos: r.pos, ID: r.text("svc_id"), Name: r.text("name"), Stops: evidence.Stops(r.text("stops")), CostPerHour: r.number("cost_per_hour_usd"),
			HoursPerDay: r.number("business_hours_per_day"), PeakWindow: r.text("peak_window"), RTOHours: r.number("rto_hours"), Owner: r.text("owner"),
		})
	case evidence.Inventory:
		r.named(dataSet, append(r.list("runs_on"), r.list("depends_on")...)...)
		class, ok := scenarioClasses[r.text("kind")]
		if !ok {
			class = evidence.ClassOther
		}
		s.Systems = append(s.Systems, evidence.System{
			Pos: r.pos, ID: system, InventoryID: system, Name: r.text("name"), Kind: r.text("kind"), Class: class, OS: r.text("os"), Owner: r.text("owner"),
			Services: r.list("service_id"), RunsOn: r.list("runs_on"), DependsOn: r.list("depends_on"), Monitored: r.answer("monitored"),
			SupportEnds: r.date("support_ends"), LastSeen: r.date("last_seen"), InInventory: true,
		})
	case evidence.Restores:
		s.Restores = append(s.Restores, evidence.RestoreTest{
			Pos: r.pos, ID: r.text("test_id"), System: system, TestedOn: r.date("tested_on"), Scope: scenarioScopes[r.text("scope")], ScopeText: r.text("scope"),
			Result: evidence.Result(r.text("result")), Minutes: r.number("minutes"), Integrity: r.answer("integrity_checked"),
			Permissions: r.answer("permissions_checked"), Order: r.answer("order_followed"), Lesson: r.text("lesson"), LessonFixed: r.date("lesson_fixed_on"),
		})
	case evidence.Jobs:
		s.Jobs = append(s.Jobs, evidence.JobRun{
			Pos: r.pos, Job: r.text("job_id"), System: system, Kind: scenarioKinds[r.text("kind")], At: r.date("run_date"),
			Result: evidence.Result(r.text("result")), Message: r.text("message"),
		})
	case evidence.Alerts:
		by, state := r.text("acknowledged_by"), r.text("state")
		s.Alerts = append(s.Alerts, evidence.Alert{
			Pos: r.pos, ID: r.text("alert_id"), System: system, Signature: r.text("signature"), Raised: r.date("raised"), Severity: r.text("severity"),
			Text: r.text("text"), AcknowledgedBy: by, ByPerson: person(by), Closed: r.date("closed"), Ticket: r.text("ticket"), State: state,
			IsClosed: state == "auto-closed" || state == "resolved" || !r.date("closed").IsZero(),
		})
	case evidence.Capacity:
		s.Samples = append(s.Samples, evidence.Sample{
			Pos: r.pos, System: system, Resource: r.text("resource"), At: r.date("sample_date"),
			Used: r.number("used_gb").Value, Total: r.number("total_gb").Value, Unit: "GB",
		})
	case evidence.Tasks:
		t := evidence.Task{
			Pos: r.pos, ID: r.text("task_id"), Name: r.text("task"), Owner: r.text("owner"), Cadence: r.text("cadence"),
			LastDone: r.date("last_done"), Record: r.text("record"),
		}
		switch t.Cadence {
		case "daily":
			t.Every = day
		case "monthly":
			t.Every, t.Months = 30*day, 1
		case "quarterly":
			t.Every, t.Months = 91*day, 3
		}
		if strings.Contains(t.Name, "shipping") {
			t.Service = "SVC-SHIP"
		}
		s.Tasks = append(s.Tasks, t)
	case evidence.RecoveryPlan:
		step, _ := strconv.Atoi(r.text("step"))
		s.Plan = append(s.Plan, evidence.PlanStep{
			Pos: r.pos, Service: r.text("service_id"), Step: step, System: system, Needs: r.list("needs"), Owner: r.text("owner"),
			Runbook: r.text("runbook"), Updated: r.date("updated"),
		})
	case evidence.Changes:
		s.Changes = append(s.Changes, evidence.Change{
			Pos: r.pos, ID: r.text("change_id"), Title: r.text("what"), Implemented: !r.date("opened").IsZero() || !r.date("closed").IsZero(),
			Systems: r.list("asset_id"), ApprovedBy: r.text("approved_by"), Started: r.date("opened"), NotActual: true, Ended: r.date("closed"),
			VerifiedBy: r.text("verified_by"),
		})
	case evidence.Exceptions:
		s.Exceptions = append(s.Exceptions, evidence.Exception{
			Pos: r.pos, ID: r.text("exception_id"), System: system, Rule: r.text("rule"), Why: r.text("why"), ApprovedBy: r.text("approved_by"),
			ApprovedOn: r.date("approved_on"), Until: r.date("until"), UntilText: r.text("until"),
		})
	}
}
