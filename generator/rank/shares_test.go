package rank

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/config"
	"proofpack/generator/evidence"
	"proofpack/generator/graph"
)

func TestSharesAddUpToTheLoss(t *testing.T) {
	for _, costs := range [][]float64{{1000, 250, 0}, {0, 0}, {400}} {
		set := company(func(set *evidence.Set) {
			set.Services, set.Systems[0].Services = nil, nil
			for i, c := range costs {
				id := fmt.Sprint("S", i)
				set.Services = append(set.Services, evidence.Service{ID: id, CostPerHour: evidence.Known(c), FixedCost: evidence.Known(float64(100 * i)), HoursPerDay: evidence.Known(float64(6 + i))})
				set.Systems[0].Services = append(set.Systems[0].Services, id)
			}
			set.PatchStates = nil
		})
		s := siteOf(set)
		e := s.event("APP", proofs{})
		for i := range e.causes {
			for b := range e.causes[i].Loss {
				sum := 0.0
				for _, id := range e.down {
					sum += s.share(e, &e.causes[i], id, b)
				}
				if math.Abs(sum-e.causes[i].Loss[b]) > 1e-6 {
					t.Errorf("costs %v, %s: shares %v of %v", costs, e.causes[i].Name, sum, e.causes[i].Loss[b])
				}
			}
		}
	}
}

func TestASystemUnderOneServiceWithoutAPrice(t *testing.T) {
	set := company(func(set *evidence.Set) {
		set.Services = append(set.Services, evidence.Service{ID: "X", Name: "Archive"})
		set.Systems[0].Services = []string{"S", "X"}
	})
	r := siteOf(set).rank()
	v := r.Systems[0]
	if !v.Exposure.Known || !v.Exposure.Undeclared || !v.Exposure.Unbounded || v.Exposure.Likely == 0 {
		t.Errorf("%+v", v.Exposure)
	}
	if r.Services[0].ID != "X" || r.Services[1].Exposure.Unbounded {
		t.Errorf("%+v", r.Services)
	}
	if got := v.Ladder[1].Formula; got != "8 h x $1,000 + 24 h x cost of Archive, not declared" || v.Ladder[1].Known {
		t.Errorf("ladder %q, known %v", got, v.Ladder[1].Known)
	}
}

func TestTheWorseOfTwoRowsOfAService(t *testing.T) {
	for _, c := range []struct {
		second evidence.Number
		want   string
	}{{evidence.Known(2000), "8 h x $2,000"}, {evidence.Known(10), "8 h x $1,000"}, {evidence.Number{}, "8 h x cost of Orders, not declared"}} {
		s := siteOf(company(func(set *evidence.Set) {
			twice := set.Services[0]
			twice.CostPerHour = c.second
			set.Services = append(set.Services, twice)
		}))
		if got := s.ladder([]string{"S"})[1].Formula; got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestCostParts(t *testing.T) {
	v := evidence.Service{CostParts: map[string]float64{"lost_output": 1800, "overtime": 472.5}}
	if got, known := costOf(&v); got != 2272.5 || !known {
		t.Errorf("%v, %v", got, known)
	}
	v.CostPerHour = evidence.Known(math.NaN())
	v.CostParts = nil
	if _, known := costOf(&v); known {
		t.Error("a cost that is no number is declared")
	}
}

func TestTwoTeamsAreNeverSlowerAtAHigherBound(t *testing.T) {
	set := company(func(set *evidence.Set) {
		for i := range 4 {
			set.Systems = append(set.Systems, evidence.System{ID: fmt.Sprint("VM", i), Kind: "server", Class: evidence.ClassServer, RunsOn: []string{"APP"}})
		}
	})
	policy := config.Defaults()
	policy.RecoveryTeams = 2
	two := newSite(&assess.Input{Set: set, Policy: policy}, &assess.Result{}).event("APP", proofs{})
	one := siteOf(set).event("APP", proofs{})
	if two.hours != (Range{1 + 3, 2 + 6, 4 + 12}) || one.hours != (Range{1 + 5, 2 + 10, 4 + 20}) {
		t.Errorf("two teams %v, one %v", two.hours, one.hours)
	}
}

func TestARestoreOfTheWholeServiceIsItsTime(t *testing.T) {
	set := company(func(set *evidence.Set) {
		set.Restores = []evidence.RestoreTest{{Service: "S", Result: evidence.Success, Scope: evidence.ScopeService, Minutes: evidence.Known(75)}}
	})
	r := siteOf(set, restoreFinding("BKP-01", "APP", assess.Proven)).recovery("S")
	if r.MinutesAtLeast != 75 || r.Measured != 1 || r.Total != 1 {
		t.Errorf("%+v", r)
	}
}

// Where nobody exports the samples any more, the likely day is the last one that
// an earlier packet forecast; the high bound excludes nothing, as before.
func TestForecastIsCarriedForward(t *testing.T) {
	day := func(s string) time.Time {
		d, err := time.Parse("2006-01-02", s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	host := func(earlier ...evidence.Month) *evidence.Set {
		return company(func(s *evidence.Set) {
			s.Systems[0].Class, s.Systems[0].Kind, s.Earlier = evidence.ClassHypervisor, "host", earlier
		})
	}
	april := evidence.Month{Name: "2026-04", Forecasts: []evidence.PastForecast{
		{System: "APP", Resource: "DS-2", FullOn: day("2026-08-01")}, {System: "APP", Resource: "DS-1", FullOn: day("2026-06-12")}, {System: "OTHER", Resource: "X", FullOn: day("2026-06-01")},
	}}
	flat := evidence.Month{Name: "2026-05", Forecasts: []evidence.PastForecast{{System: "APP", Resource: "DS-1"}}}
	for _, c := range []struct {
		fact   string
		set    *evidence.Set
		name   string
		likely float64
	}{
		{"no earlier month", host(), "no capacity evidence", 1. / 30},
		{"the soonest of the last month that had one", host(april, flat), "no capacity evidence: DS-1 full about 12 June 2026, carried forward from April 2026", 1. / 12},
		{"a day that is past", host(evidence.Month{Name: "2026-03", Forecasts: []evidence.PastForecast{{System: "APP", Resource: "DS-1", FullOn: day("2026-05-20")}}}), "no capacity evidence: DS-1 full about 20 May 2026, carried forward from March 2026", 1},
		{"flat before says nothing now", host(flat), "no capacity evidence", 1. / 30},
	} {
		t.Run(c.fact, func(t *testing.T) {
			found := false
			bare := rankingOf(t, host())
			r := rankingOf(t, c.set)
			for _, x := range r.Systems[0].Causes {
				if strings.HasPrefix(x.Name, "no capacity evidence") {
					found = true
					if x.Name != c.name || math.Abs(x.Rate[Likely]-c.likely) > 1e-12 || x.P[High] != 1 || x.P[Low] != 0 || !x.Missing {
						t.Errorf("%+v, want %q at %v a day", x, c.name, c.likely)
					}
				}
			}
			if !found || r.Systems[0].Exposure.High != bare.Systems[0].Exposure.High {
				t.Errorf("high bound %d, want that of no evidence at all, %d", r.Systems[0].Exposure.High, bare.Systems[0].Exposure.High)
			}
		})
	}
}

func rankingOf(t *testing.T, set *evidence.Set) *Ranking {
	t.Helper()
	in := &assess.Input{Set: set, Graph: graph.New(set), Policy: config.Defaults()}
	return Rank(in, assess.Assess(in))
}
