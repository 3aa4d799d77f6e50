package rank_test

import (
	"fmt"
	"testing"
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/config"
	"proofpack/generator/evidence"
	"proofpack/generator/graph"
	"proofpack/generator/rank"
)

// estate is a large company: a switch, hosts, and servers that need one
// another, under many services.
func estate(systems, services int) *evidence.Set {
	set := &evidence.Set{AsOf: time.Date(2026, 5, 31, 23, 59, 59, 0, time.UTC), Zone: time.UTC, Currency: "USD"}
	hosts := systems / 50
	for i := range systems {
		s := evidence.System{ID: fmt.Sprintf("N%05d", i), Kind: "server", Class: evidence.ClassServer, InInventory: true}
		switch {
		case i == 0:
			s.Kind, s.Class = "switch", evidence.ClassEdge
		case i <= hosts:
			s.Kind, s.Class, s.DependsOn = "host", evidence.ClassHypervisor, []string{"N00000"}
		default:
			s.RunsOn = []string{fmt.Sprintf("N%05d", 1+i%hosts)}
			if i%4 > 0 {
				s.DependsOn = []string{fmt.Sprintf("N%05d", i-1)}
			}
		}
		set.Systems = append(set.Systems, s)
	}
	for i := range services {
		id := fmt.Sprintf("S%03d", i)
		set.Services = append(set.Services, evidence.Service{ID: id, Name: id, CostPerHour: evidence.Known(float64(100 + i)), RTOHours: evidence.Known(8)})
		for k := range 12 {
			set.Dependencies = append(set.Dependencies, evidence.Dependency{From: id, To: fmt.Sprintf("N%05d", hosts+1+(i*37+k*4)%(systems-hosts-1)), Kind: evidence.Hard})
		}
	}
	return set
}

// TestALargeCompany holds the promise of linear cost by finishing within the
// time a test is given.
func TestALargeCompany(t *testing.T) {
	set := estate(20000, 200)
	in := &assess.Input{Set: set, Graph: graph.New(set), Policy: config.Defaults()}
	r := rank.Rank(in, assess.Assess(in))
	if len(r.Systems) != 20000 || len(r.Services) != 200 {
		t.Errorf("%d systems, %d services", len(r.Systems), len(r.Services))
	}
	for _, s := range r.Systems {
		if s.ID == "N00000" && len(s.Down) != 200 {
			t.Errorf("the switch stops %d services, want all", len(s.Down))
		}
	}
}
