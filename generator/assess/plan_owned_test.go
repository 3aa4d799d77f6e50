package assess

import (
	"testing"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

func TestPlanOwned(t *testing.T) {
	plan := func(owners ...string) *evidence.Set {
		set := &evidence.Set{Services: []evidence.Service{{Pos: diag.Pos{File: "services.csv", Row: 2}, ID: "S", Name: "Orders"}}}
		for i, owner := range owners {
			set.Plan = append(set.Plan, evidence.PlanStep{Pos: diag.Pos{File: "plan.csv", Row: i + 2}, Service: "S", Step: i + 1, System: "APP", Owner: owner})
		}
		return set
	}
	other := plan("D. Ortiz")
	other.Plan[0].Service = "T"
	for _, c := range []struct {
		name string
		set  *evidence.Set
		want State
		says string
	}{
		{"a person for each", plan("D. Ortiz", "L. Chen"), Proven, "A person is named for every one of 2 steps."},
		{"one without", plan("D. Ortiz", ""), Missing, "1 of 2 steps names no person who does it."},
		{"a mailbox is nobody", plan("it-support@x.example", "helpdesk"), Missing, "2 of 2 steps name no person who does it."},
		{"the plan of another service", other, Missing, "No recovery step of Orders is on record, and nobody who does it."},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := finding(t, assessed(c.set), "BKP-12/S")
			if f.State != c.want || f.Says.String() != c.says {
				t.Errorf("%s: %s\nwant %s: %s", f.State, f.Says, c.want, c.says)
			}
		})
	}
}
