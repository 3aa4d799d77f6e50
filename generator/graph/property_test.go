package graph_test

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"

	"proofpack/generator/evidence"
	"proofpack/generator/graph"
)

// random is a small site with every kind of edge, cycles among them.
func random(r *rand.Rand) *evidence.Set {
	set := &evidence.Set{}
	n := 2 + r.Intn(7)
	for i := range 2 {
		set.Services = append(set.Services, evidence.Service{ID: fmt.Sprint("S", i)})
	}
	for i := range n {
		set.Systems = append(set.Systems, evidence.System{ID: fmt.Sprint("N", i), Retired: r.Intn(8) == 0})
	}
	pick := func() string { return fmt.Sprint("N", r.Intn(n)) }
	for range 2 + r.Intn(2*n) {
		d := evidence.Dependency{From: pick(), To: pick()}
		if r.Intn(4) == 0 {
			d.From = fmt.Sprint("S", r.Intn(2))
		}
		d.Kind = []evidence.EdgeKind{evidence.Hard, evidence.Hard, evidence.RunsOn, evidence.AnyOf, evidence.AnyOf, evidence.Soft}[r.Intn(6)]
		if d.Kind == evidence.AnyOf {
			d.Group = fmt.Sprint("g", r.Intn(2))
		}
		set.Dependencies = append(set.Dependencies, d)
	}
	return set
}

// stops is the fixpoint by its definition: go over all edges until nothing
// changes.
func stops(set *evidence.Set, system string) map[string]bool {
	retired := map[string]bool{}
	for _, s := range set.Systems {
		retired[s.ID] = s.Retired
	}
	down := map[string]bool{system: true}
	for changed := true; changed; {
		changed = false
		for _, d := range set.Dependencies {
			if down[d.From] || !down[d.To] {
				continue
			}
			fails := d.Kind == evidence.Hard || d.Kind == evidence.RunsOn
			if d.Kind == evidence.AnyOf {
				live, up, own := 0, 0, false
				for _, e := range set.Dependencies {
					if e.From != d.From || e.Kind != evidence.AnyOf || e.Group != d.Group {
						continue
					}
					own = own || e.To == e.From
					if !retired[e.To] {
						live++
						if !down[e.To] {
							up++
						}
					}
				}
				fails = !own && up == 0 && (live == 0 || !retired[d.To])
			}
			if fails {
				down[d.From], changed = true, true
			}
		}
	}
	return down
}

func TestWhatStopsIsTheFixpoint(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 3000 {
		set := random(r)
		g := graph.New(set)
		for _, s := range set.Systems {
			want := stops(set, s.ID)
			for _, v := range set.Services {
				if got := slices.Contains(g.DownServices(s.ID), v.ID); got != want[v.ID] {
					t.Fatalf("%s stops %s: %v, want %v\n%+v", s.ID, v.ID, got, want[v.ID], set.Dependencies)
				}
			}
			for _, v := range set.Systems {
				if got := slices.Contains(g.DownSystems(s.ID), v.ID); v.ID != s.ID && got != want[v.ID] {
					t.Fatalf("%s stops %s: %v, want %v\n%+v", s.ID, v.ID, got, want[v.ID], set.Dependencies)
				}
			}
		}
	}
}

func TestOrderPutsEveryoneAfterWhatTheyNeed(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	for range 3000 {
		set := random(r)
		g := graph.New(set)
		cyclic := g.Cycles()
		for _, s := range set.Services {
			order, unordered := g.Order(s.ID), g.Unordered(s.ID)
			both := append(slices.Clone(order), unordered...)
			slices.Sort(both)
			if !slices.Equal(both, g.Needs(s.ID)) {
				t.Fatalf("order %v and unordered %v are not what %s needs: %v", order, unordered, s.ID, g.Needs(s.ID))
			}
			if (len(unordered) > 0) != (len(g.CyclesOf(s.ID)) > 0) && len(unordered) > 0 {
				t.Fatalf("unordered %v without a cycle of %s among %v", unordered, s.ID, cyclic)
			}
			for i, id := range order {
				for _, d := range g.Direct(id) {
					if (d.Kind == evidence.Hard || d.Kind == evidence.RunsOn) && slices.Index(order, d.To) >= i {
						t.Fatalf("%s stands before %s, which it needs: %v", id, d.To, order)
					}
				}
			}
		}
	}
}

func TestScheduleHoldsItsPromises(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	for range 3000 {
		set := random(r)
		g := graph.New(set)
		minutes := map[string]float64{}
		sum := 0.0
		ids := g.Needs("S0")
		for _, id := range ids {
			minutes[id] = float64(r.Intn(90))
			sum += minutes[id]
		}
		teams := 1 + r.Intn(3)
		p := g.Schedule(ids, minutesOf(minutes), teams)
		if teams == 1 && p.Total != sum {
			t.Fatalf("one team takes %v for %v minutes of work", p.Total, sum)
		}
		if p.Total > sum || p.Total < p.CriticalTotal || p.Total*float64(teams) < sum {
			t.Fatalf("%d teams take %v for %v minutes of work, critical %v", teams, p.Total, sum, p.CriticalTotal)
		}
		if len(p.Start) != len(ids) {
			t.Fatalf("%d begun of %d", len(p.Start), len(ids))
		}
		for _, id := range ids {
			for _, d := range g.Direct(id) {
				hard := d.Kind == evidence.Hard || d.Kind == evidence.RunsOn
				if hard && !slices.Contains(p.Unordered, id) && p.Start[id] < p.Start[d.To]+minutes[d.To] {
					t.Fatalf("%s begins at %v, %s is up at %v", id, p.Start[id], d.To, p.Start[d.To]+minutes[d.To])
				}
			}
		}
	}
}

func TestTheSameGraphWhateverTheOrderOfRows(t *testing.T) {
	r := rand.New(rand.NewSource(4))
	for range 300 {
		set := random(r)
		a := graph.New(set)
		mixed := *set
		mixed.Systems = slices.Clone(set.Systems)
		mixed.Dependencies = slices.Clone(set.Dependencies)
		r.Shuffle(len(mixed.Systems), func(i, j int) { mixed.Systems[i], mixed.Systems[j] = mixed.Systems[j], mixed.Systems[i] })
		r.Shuffle(len(mixed.Dependencies), func(i, j int) {
			mixed.Dependencies[i], mixed.Dependencies[j] = mixed.Dependencies[j], mixed.Dependencies[i]
		})
		b := graph.New(&mixed)
		same(t, "edges", a.Edges(), b.Edges())
		same(t, "waves", a.Waves("S0"), b.Waves("S0"))
		same(t, "cycles", a.Cycles(), b.Cycles())
	}
}

// TestTwentyThousandSystems holds the promise of linear cost by finishing within
// the time a test is given: a quadratic answer to any of these takes minutes.
func TestTwentyThousandSystems(t *testing.T) {
	set := &evidence.Set{}
	const n = 20000
	for i := range n {
		s := evidence.System{ID: fmt.Sprintf("N%05d", i)}
		switch {
		case i == 0: // the switch everything needs
		case i < 400:
			s.DependsOn = []string{"N00000"}
		default:
			s.RunsOn = []string{fmt.Sprintf("N%05d", 1+i%399)}
			if i > 800 {
				s.DependsOn = []string{fmt.Sprintf("N%05d", i-1-i%7)}
			}
		}
		set.Systems = append(set.Systems, s)
	}
	for i := range 50 {
		id := fmt.Sprintf("S%02d", i)
		set.Services = append(set.Services, evidence.Service{ID: id})
		for k := range 4 {
			set.Dependencies = append(set.Dependencies, evidence.Dependency{From: id, To: fmt.Sprintf("N%05d", 500+i*300+k*50), Kind: evidence.Hard})
		}
	}
	g := graph.New(set)
	minutes := func(string) (float64, bool) { return 1, true }
	for _, s := range set.Services {
		g.Schedule(g.Quickest(s.ID, minutes), minutes, 2)
	}
	for _, s := range set.Systems[:400] {
		g.RecoverySet(s.ID)
		g.DownServices(s.ID)
	}
	g.Cycles()
}
