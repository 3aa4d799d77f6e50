package graph_test

import (
	"math/rand"
	"slices"
	"testing"

	"proofpack/generator/evidence"
	"proofpack/generator/graph"
)

// TestAroundEnclosesWhateverABlankKindMeans takes the kinds of some edges of
// random sets away: what stops, and what is lost, lies between the least and the
// most, whatever the kinds were.
func TestAroundEnclosesWhateverABlankKindMeans(t *testing.T) {
	r := rand.New(rand.NewSource(11))
	within := func(some, all []string) bool {
		return !slices.ContainsFunc(some, func(id string) bool { return !slices.Contains(all, id) })
	}
	for range 300 {
		set := random(r)
		blank := *set
		blank.Dependencies = slices.Clone(set.Dependencies)
		for i := range blank.Dependencies {
			if r.Intn(4) == 0 {
				d := &blank.Dependencies[i]
				d.Kind, d.Group, d.Unqualified = evidence.Hard, "", true
			}
		}
		told := graph.New(set)
		most, least := graph.New(&blank).Around(&blank)
		for i := range set.Systems {
			id := set.Systems[i].ID
			if !within(told.DownServices(id), most.DownServices(id)) || !within(least.DownServices(id), told.DownServices(id)) {
				t.Fatalf("%s stops %v, at least %v, at most %v\nof %+v\nblank %+v", id, told.DownServices(id), least.DownServices(id), most.DownServices(id), set.Dependencies, blank.Dependencies)
			}
			if !within(told.RecoverySet(id), most.RecoverySet(id)) {
				t.Fatalf("%s loses %v, at most %v", id, told.RecoverySet(id), most.RecoverySet(id))
			}
		}
	}
	if g := graph.New(&evidence.Set{}); g != nil {
		if most, least := g.Around(&evidence.Set{}); most != g || least != g {
			t.Error("nothing is blank, and there is another graph")
		}
	}
}
