package assess

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/graph"
)

// on is the last instant of a day, as a date without a time is read; the zero
// time for "".
func on(day string) time.Time { return lastInstant(day) }

// clock is an instant: "2026-05-31 08:00".
func clock(text string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		panic(err)
	}
	return t
}

func row(n int) diag.Pos { return diag.Pos{File: "test.csv", Row: n} }

// small is Shipping, which needs DB, which runs on HOST; as of 31 May 2026.
func small() *evidence.Set {
	return &evidence.Set{
		AsOf: on("2026-05-31"), Zone: time.UTC, Currency: "USD",
		Services: []evidence.Service{{
			Pos: row(101), ID: "SHIP", Name: "Shipping", Stops: evidence.StopsRevenue, CostPerHour: evidence.Known(3350), RTOHours: evidence.Known(4), Owner: "Ada Byron",
		}},
		Systems: []evidence.System{
			{Pos: row(111), ID: "DB", Class: evidence.ClassDatabase, Kind: "database server", Owner: "Ada Byron", Services: []string{"SHIP"}, RunsOn: []string{"HOST"}, InInventory: true},
			{Pos: row(112), ID: "HOST", Class: evidence.ClassHypervisor, Kind: "host", Owner: "Ada Byron", InInventory: true},
		},
	}
}

// with is small with something more.
func with(change func(*evidence.Set)) *evidence.Set {
	set := small()
	change(set)
	return set
}

func assessed(set *evidence.Set) *Result {
	return Assess(&Input{Set: set, Graph: graph.New(set), Policy: config.Defaults()})
}

// finding is the finding of that id; the test fails when there is none.
func finding(t *testing.T, res *Result, id string) Finding {
	t.Helper()
	if len(res.Faults) > 0 {
		t.Fatalf("errors in our own code: %v", res.Faults)
	}
	for _, f := range res.Findings {
		if f.ID == id {
			return f
		}
	}
	var ids []string
	for _, f := range res.Findings {
		ids = append(ids, f.ID)
	}
	t.Fatalf("no finding %s among %v", id, ids)
	return Finding{}
}

// A fact is one case of a check: what the exports hold, and what it answers.
type fact struct {
	name  string
	set   *evidence.Set
	id    string // of the finding
	state State
	says  string // the whole sentence; "" where another case holds it
}

func (c fact) run(t *testing.T) {
	t.Helper()
	t.Run(c.name, func(t *testing.T) {
		t.Helper()
		f := finding(t, assessed(c.set), c.id)
		if f.State != c.state {
			t.Errorf("%s is %s (%s), want %s", c.id, f.State, f.Says, c.state)
		}
		if diff := cmp.Diff(c.says, f.Says.String()); c.says != "" && diff != "" {
			t.Errorf("%s says (-want +got):\n%s", c.id, diff)
		}
	})
}

func runs(job, system string, kind evidence.JobKind, results ...string) []evidence.JobRun {
	var out []evidence.JobRun
	for i, r := range results {
		out = append(out, evidence.JobRun{
			Pos: row(i + 1), Job: job, System: system, Kind: kind, Result: evidence.Result(r),
			At: on("2026-05-31").AddDate(0, 0, i+1-len(results)),
		})
	}
	return out
}

// goodRestore is a full restore test of a system that proves everything.
func goodRestore(system, day string, minutes float64) evidence.RestoreTest {
	return evidence.RestoreTest{
		Pos: row(1), ID: "RST-" + system, System: system, TestedOn: on(day), Scope: evidence.ScopeSystem, ScopeText: "full system",
		Result: evidence.Success, Minutes: evidence.Known(minutes), Integrity: evidence.Yes, Permissions: evidence.Yes, Order: evidence.Yes,
	}
}

// restored is small with restore tests.
func restored(tests ...evidence.RestoreTest) *evidence.Set {
	return with(func(s *evidence.Set) {
		for i := range tests {
			tests[i].Pos = row(i + 1)
		}
		s.Restores = tests
	})
}

func but(r evidence.RestoreTest, change func(*evidence.RestoreTest)) evidence.RestoreTest {
	change(&r)
	return r
}

// policyWith is the default policy with one limit changed.
func policyWith(t *testing.T, limit, value string) config.Policy {
	t.Helper()
	p := config.Defaults()
	if problem := p.Set(limit, value, "test"); problem != nil {
		t.Fatal(problem)
	}
	return p
}
