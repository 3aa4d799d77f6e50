package assess

import (
	"encoding/csv"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
	"proofpack/generator/graph"
	"proofpack/generator/intake"
	"proofpack/generator/source"
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
	"patches.csv": evidence.Patches, "patch_status.csv": evidence.PatchStatus, "kev.csv": evidence.KEV,
	"credentials.csv": evidence.Credentials, "sessions.csv": evidence.Sessions, "acknowledgements.csv": evidence.Acknowledgements,
	"tickets.csv": evidence.Tickets, "vendors.csv": evidence.Vendors, "people.csv": evidence.People, "leavers.csv": evidence.Leavers,
	"incidents.csv": evidence.Incidents,
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

// read makes the evidence of exports as intake does; declared says how many
// rows each data set was said to have, and nothing is attested where it does
// not.
func (e exports) read(t testing.TB, asOf string, declared map[string]int) *Input {
	t.Helper()
	set, _ := e.load(t, asOf, declared)
	return &Input{Set: set, Graph: graph.New(set), Policy: config.Defaults()}
}

// refused tells whether a build of the exports would be: of some file it cannot
// be told what its rows are.
func (e exports) refused(t testing.TB, declared map[string]int) bool {
	t.Helper()
	_, readings := e.load(t, "2026-05-31", declared)
	return slices.ContainsFunc(readings, func(r intake.Reading) bool { return r.Status == intake.Undecided })
}

func (e exports) load(t testing.TB, asOf string, declared map[string]int) (*evidence.Set, []intake.Reading) {
	t.Helper()
	cfg := &config.Config{TimeZone: time.UTC, Currency: "USD"}
	var files []intake.File
	for _, file := range slices.Sorted(maps.Keys(scenarioFiles)) {
		d := scenarioFiles[file]
		src := config.Source{Name: d, DataSet: d, File: file}
		if n, attested := declared[d]; attested {
			src.Intake.RowsExpected = &n
		}
		rows, here := e[d]
		if !here {
			if _, attested := declared[d]; attested {
				cfg.Sources = append(cfg.Sources, src)
			}
			continue
		}
		table := &source.Table{File: "exports/" + file, Format: "csv", Header: rows[0], HeaderRow: 1, Records: len(rows) - 1}
		for i, cells := range rows[1:] {
			table.Rows = append(table.Rows, source.Row{N: i + 2, Cells: cells})
		}
		files = append(files, intake.File{Table: table, Source: &src})
	}
	set, readings, _ := intake.Load(intake.Options{Files: files, Config: cfg, AsOf: lastInstant(asOf), MaxRejected: 100, AllowMissing: true})
	return set, readings
}

// declare is the number of rows of each export.
func (e exports) declare() map[string]int {
	out := map[string]int{}
	for d, rows := range e {
		out[d] = len(rows) - 1
	}
	return out
}

// lastInstant is the end of a day in UTC; the zero time for "".
func lastInstant(day string) time.Time {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return time.Time{}
	}
	return t.AddDate(0, 0, 1).Add(-time.Nanosecond)
}
