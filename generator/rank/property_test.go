package rank_test

import (
	"math/rand"
	"slices"
	"testing"

	"proofpack/generator/assess"
	"proofpack/generator/evidence"
	"proofpack/generator/graph"
	"proofpack/generator/rank"
)

// higher tells whether a high bound is at least another: none is higher than
// any.
func higher(now, before rank.Exposure) bool {
	return now.Unbounded || !before.Unbounded && now.High >= before.High
}

// TestDeletingARowNeverLowersAHighBound holds for sources whose number of rows
// is declared: principle 2 of the product.
func TestDeletingARowNeverLowersAHighBound(t *testing.T) {
	for _, name := range []string{"A-storage", "A-storage-control", "B-hidden", "B-hidden-control"} {
		t.Run(name, func(t *testing.T) {
			e := scenario(t, name)
			declared := map[string]int{}
			for file, rows := range e {
				declared[file] = len(rows) - 1
			}
			before := ranked(e.input(t, may, declared))
			for file, rows := range e {
				for i := 1; i < len(rows); i++ {
					if file == "jobs.csv" && i%7 != 0 && i < len(rows)-9 {
						continue // the nightly runs are alike
					}
					changed := exports{}
					for f, r := range e {
						changed[f] = r
					}
					changed[file] = slices.Delete(slices.Clone(rows), i, i+1)
					after := ranked(changed.input(t, may, declared))
					for _, s := range after.Services {
						if was := service(t, before, s.ID); !higher(s.Exposure, was.Exposure) || !higher(s.Exposure90, was.Exposure90) {
							t.Errorf("without %v of %s the high bound of %s falls from %+v to %+v", rows[i], file, s.ID, was.Exposure, s.Exposure)
						}
					}
				}
			}
		})
	}
}

// TestDeletingAnExportNeverLowersAHighBound holds even where nothing is
// declared, for the exports that lower an exposure by what they prove.
func TestDeletingAnExportNeverLowersAHighBound(t *testing.T) {
	for _, name := range []string{"A-storage", "A-storage-control", "B-hidden-control"} {
		before := ranked(scenario(t, name).input(t, may, nil))
		for _, file := range []string{"capacity.csv", "restores.csv", "alerts.csv", "changes.csv", "recovery_plan.csv", "tasks.csv", "exceptions.csv"} {
			e := scenario(t, name)
			delete(e, file)
			after := ranked(e.input(t, may, nil))
			for _, s := range after.Services {
				if was := service(t, before, s.ID); !higher(s.Exposure, was.Exposure) {
					t.Errorf("%s without %s: the high bound falls from %d to %d", name, file, was.Exposure.High, s.Exposure.High)
				}
			}
		}
	}
}

// TestBlankCellsNeverLowerAHighBound holds for the cells that say what a system
// is and what a service costs.
func TestBlankCellsNeverLowerAHighBound(t *testing.T) {
	for _, name := range []string{"A-storage", "A-storage-control", "B-hidden", "B-hidden-control"} {
		before := ranked(scenario(t, name).input(t, may, nil))
		for file, columns := range map[string][]string{
			"inventory.csv": {"kind", "owner", "monitored", "os", "support_ends", "last_seen"},
			"services.csv":  {"cost_per_hour_usd", "business_hours_per_day", "rto_hours", "owner", "peak_window"},
			"restores.csv":  {"minutes", "integrity_checked", "permissions_checked", "order_followed", "scope", "result", "tested_on"},
		} {
			for _, column := range columns {
				e := scenario(t, name)
				c := slices.Index(e[file][0], column)
				for _, row := range e[file][1:] {
					row[c] = ""
				}
				after := ranked(e.input(t, may, nil))
				for _, s := range after.Services {
					if was := service(t, before, s.ID); !higher(s.Exposure, was.Exposure) {
						t.Errorf("%s without %s of %s: the high bound falls from %d to %d", name, column, file, was.Exposure.High, s.Exposure.High)
					}
				}
			}
		}
	}
}

func TestTheSameRankingWhateverTheOrderOfRows(t *testing.T) {
	in := both(t).input(t, may, nil)
	want := rank.Rank(in, assess.Assess(in))
	r := rand.New(rand.NewSource(5))
	for range 5 {
		set := *in.Set
		set.Systems = slices.Clone(set.Systems)
		set.Services = slices.Clone(set.Services)
		set.Samples = slices.Clone(set.Samples)
		set.Jobs = slices.Clone(set.Jobs)
		r.Shuffle(len(set.Systems), func(i, j int) { set.Systems[i], set.Systems[j] = set.Systems[j], set.Systems[i] })
		r.Shuffle(len(set.Services), func(i, j int) { set.Services[i], set.Services[j] = set.Services[j], set.Services[i] })
		r.Shuffle(len(set.Samples), func(i, j int) { set.Samples[i], set.Samples[j] = set.Samples[j], set.Samples[i] })
		r.Shuffle(len(set.Jobs), func(i, j int) { set.Jobs[i], set.Jobs[j] = set.Jobs[j], set.Jobs[i] })
		mixed := &assess.Input{Set: &set, Graph: graph.New(&set), Policy: in.Policy}
		got := rank.Rank(mixed, assess.Assess(mixed))
		same(t, "services", want.Services, got.Services)
		same(t, "systems", want.Systems, got.Systems)
		same(t, "titles", titles(want), titles(got))
	}
}

func TestNothingAtAllIsRanked(t *testing.T) {
	in := &assess.Input{Set: &evidence.Set{}}
	r := rank.Rank(in, assess.Assess(in))
	if len(r.Services) != 0 || len(r.Systems) != 0 {
		t.Errorf("%d services, %d systems", len(r.Services), len(r.Systems))
	}
}
