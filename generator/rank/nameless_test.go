package rank_test

import (
	"slices"
	"testing"
)

// TestAFailingCheckThatNamesNoSystem is of nobody's database, so of any.
func TestAFailingCheckThatNamesNoSystem(t *testing.T) {
	before := ranked(scenario(t, "B-hidden").input(t, may, nil))
	e := scenario(t, "B-hidden")
	c := slices.Index(e["jobs.csv"][0], "asset_id")
	for _, row := range e["jobs.csv"][1:] {
		row[c] = ""
	}
	after := ranked(e.input(t, may, nil))
	for _, s := range after.Services {
		if was := service(t, before, s.ID); !higher(s.Exposure, was.Exposure) {
			t.Errorf("the high bound of %s falls from %d to %d", s.ID, was.Exposure.High, s.Exposure.High)
		}
	}
}

// TestAServiceThatNothingIsUnder has no high bound: nobody knows what stops it.
func TestAServiceThatNothingIsUnder(t *testing.T) {
	e := scenario(t, "B-hidden")
	c := slices.Index(e["inventory.csv"][0], "service_id")
	for _, row := range e["inventory.csv"][1:] {
		row[c] = ""
	}
	s := service(t, ranked(e.input(t, may, nil)), "SVC-ORD")
	if !s.Exposure.Unbounded || !s.Exposure90.Unbounded || len(s.Drivers) > 0 {
		t.Errorf("%+v, driven by %v, want no bound", s.Exposure, s.Drivers)
	}
}
