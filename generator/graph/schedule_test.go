package graph_test

import (
	"testing"

	"proofpack/generator/evidence"
	"proofpack/generator/graph"
)

func minutesOf(m map[string]float64) func(string) (float64, bool) {
	return func(id string) (float64, bool) { v, ok := m[id]; return v, ok }
}

func TestSchedule(t *testing.T) {
	pair := site(t, `
service S
system HOST
system A
system B
system APP
A runs-on HOST
B runs-on HOST
APP needs A
APP needs B
S needs APP
`)
	all := []string{"HOST", "A", "B", "APP"}
	minutes := minutesOf(map[string]float64{"HOST": 30, "A": 50, "B": 20, "APP": 10})
	for _, c := range []struct {
		name     string
		ids      []string
		teams    int
		total    float64
		start    map[string]float64
		critical []string
		longest  float64
	}{
		{"one team", all, 1, 110, map[string]float64{"HOST": 0, "A": 30, "B": 80, "APP": 100}, []string{"HOST", "A", "APP"}, 90},
		{"two teams", all, 2, 90, map[string]float64{"HOST": 0, "A": 30, "B": 30, "APP": 80}, []string{"HOST", "A", "APP"}, 90},
		{"no team is one team", all, 0, 110, map[string]float64{"HOST": 0, "A": 30, "B": 80, "APP": 100}, []string{"HOST", "A", "APP"}, 90},
		{"named twice", append(all, all...), 1, 110, map[string]float64{"HOST": 0, "A": 30, "B": 80, "APP": 100}, []string{"HOST", "A", "APP"}, 90},
		{"what is not restored takes no time", []string{"HOST", "APP"}, 9, 40, map[string]float64{"HOST": 0, "APP": 30}, []string{"HOST", "APP"}, 40},
		{"nothing", nil, 1, 0, map[string]float64{}, nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := graph.New(pair).Schedule(c.ids, minutes, c.teams)
			same(t, "start", c.start, p.Start)
			same(t, "critical path", c.critical, p.CriticalPath)
			if p.Total != c.total || p.CriticalTotal != c.longest {
				t.Errorf("total %v, critical %v; want %v, %v", p.Total, p.CriticalTotal, c.total, c.longest)
			}
		})
	}
}

func TestScheduleOfTheControlScenario(t *testing.T) {
	g := graph.New(shipping())
	minutes := minutesOf(map[string]float64{"VMH-01": 30, "SQL-01": 55, "ERP-01": 70, "WMS-01": 45})
	for _, teams := range []int{1, 3} {
		p := g.Schedule(g.Quickest("SVC-SHIP", minutes), minutes, teams)
		if p.Total != 200 || p.CriticalTotal != 200 {
			t.Errorf("%d teams: total %v, critical %v; want 200 for the serial chain", teams, p.Total, p.CriticalTotal)
		}
	}
	none := g.Schedule(g.Needs("SVC-SHIP"), minutesOf(nil), 1)
	if none.Total != 0 {
		t.Errorf("total %v without a measurement, want 0", none.Total)
	}
	same(t, "the chain is named without a measurement", []string{"VMH-01", "SQL-01", "ERP-01", "WMS-01"}, none.CriticalPath)
}

func TestScheduleWaitsForTheQuickestOfAGroup(t *testing.T) {
	set := site(t, `
service S
system DC-01
system DC-02
system APP
S needs APP
APP any-of:ad DC-01
APP any-of:ad DC-02
`)
	g := graph.New(set)
	minutes := minutesOf(map[string]float64{"DC-01": 50, "DC-02": 20, "APP": 10})
	same(t, "quickest", []string{"APP", "DC-02"}, g.Quickest("S", minutes))
	if p := g.Schedule(g.Quickest("S", minutes), minutes, 1); p.Total != 30 {
		t.Errorf("total %v, want 30", p.Total)
	}
	p := g.Schedule(g.Needs("S"), minutes, 2)
	if p.Start["APP"] != 20 || p.Total != 50 {
		t.Errorf("APP begins at %v, total %v; want 20, and 50 for the slower member", p.Start["APP"], p.Total)
	}
	same(t, "one never measured may be the quickest", []string{"APP", "DC-01"}, g.Quickest("S", minutesOf(map[string]float64{"DC-02": 20})))
}

func TestQuickestTakesWhatIsNeededAnyway(t *testing.T) {
	g := graph.New(site(t, `
service S
system A
system B
system C
S needs A
S any-of:x B
S any-of:x C
A any-of:y C
`))
	same(t, "quickest", []string{"A", "C"}, g.Quickest("S", minutesOf(map[string]float64{"A": 1, "B": 1, "C": 50})))
}

func TestScheduleBeginsCyclesLast(t *testing.T) {
	g := graph.New(site(t, `
service S
system SQL
system ERP
system WMS
ERP needs SQL
ERP needs WMS
WMS needs ERP
S needs ERP
`))
	p := g.Schedule(g.Needs("S"), minutesOf(map[string]float64{"SQL": 10, "ERP": 5, "WMS": 7}), 1)
	if p.Total != 22 {
		t.Errorf("total %v, want 22: a cycle takes its time too", p.Total)
	}
	same(t, "unordered", []string{"ERP", "WMS"}, p.Unordered)
	same(t, "critical path", []string{"SQL"}, p.CriticalPath)
	same(t, "each begins once", 3, len(p.Start))
}

func TestPlanProblems(t *testing.T) {
	step := func(n int, system string, needs ...string) evidence.PlanStep {
		return evidence.PlanStep{Service: "SVC-SHIP", Step: n, System: system, Needs: needs}
	}
	whole := []evidence.PlanStep{step(1, "VMH-01"), step(2, "SQL-01", "VMH-01"), step(3, "ERP-01", "SQL-01"), step(4, "WMS-01", "SQL-01", "ERP-01")}
	for _, c := range []struct {
		name  string
		plan  []evidence.PlanStep
		edges []evidence.Dependency
		want  []string
	}{
		{"of the storage outage", []evidence.PlanStep{step(1, "SQL-01", "VMH-01"), step(2, "ERP-01", "SQL-01")}, nil,
			[]string{"VMH-01 has no step though SQL-01 needs it", "WMS-01 has no step"}},
		{"of its control", whole, nil, nil},
		{"of another service only", []evidence.PlanStep{{Service: "SVC-X", Step: 1, System: "VMH-01"}}, nil, nil},
		{"a step before what it needs", []evidence.PlanStep{step(1, "VMH-01"), step(3, "SQL-01"), step(2, "ERP-01"), step(4, "WMS-01")}, nil,
			[]string{"ERP-01 has step 2, before SQL-01, which it needs and which has step 3"}},
		{"two in one step", []evidence.PlanStep{step(1, "VMH-01"), step(2, "SQL-01"), step(2, "ERP-01"), step(3, "WMS-01")}, nil,
			[]string{"ERP-01 shares step 2 with SQL-01, which it needs"}},
		{"through one without a step", []evidence.PlanStep{step(1, "WMS-01"), step(2, "VMH-01"), step(3, "SQL-01")}, nil,
			[]string{"ERP-01 has no step though WMS-01 needs it", "WMS-01 has step 1, before VMH-01, which it needs and which has step 2", "WMS-01 has step 1, before SQL-01, which it needs and which has step 3"}},
		{"its own row contradicts it", []evidence.PlanStep{step(1, "VMH-01", "WMS-01"), step(2, "SQL-01"), step(3, "ERP-01"), step(4, "WMS-01")}, nil,
			[]string{"VMH-01 has step 1, before WMS-01, which it needs and which has step 4"}},
		{"a row without a number", append([]evidence.PlanStep{step(0, "VMH-01")}, whole[1:]...), nil, []string{"VMH-01 has a row without a step number"}},
		{"a name nothing answers to", append([]evidence.PlanStep{step(5, "WMS-{9}", "FOO")}, whole...), nil,
			[]string{"step 5 names WMS-(9), which no system answers to", "step 5 needs FOO, which no system answers to"}},
		{"an edge nothing answers to", whole, []evidence.Dependency{{From: "VMH-01", To: "SAN-09", Kind: evidence.Hard}},
			[]string{"VMH-01 needs SAN-09, which no system answers to"}},
		{"a cycle", whole, []evidence.Dependency{{From: "ERP-01", To: "WMS-01", Kind: evidence.Hard}},
			[]string{"ERP-01 needs WMS-01 and WMS-01 needs ERP-01: no order can hold them"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			set := shipping()
			set.Plan, set.Dependencies = c.plan, c.edges
			var got []string
			for _, p := range graph.New(set).PlanProblems(set, "SVC-SHIP") {
				got = append(got, p.Says.String())
				if len(p.Sources) == 0 {
					t.Errorf("%q rests on no row", p.Says)
				}
			}
			same(t, "problems", c.want, got)
		})
	}
}

func TestAPlanNeedsOneOfAGroup(t *testing.T) {
	set := site(t, `
service SVC
system DC-01
system DC-02
system APP
SVC needs APP
APP any-of:ad DC-01
APP any-of:ad DC-02
`)
	g := graph.New(set)
	plan := func(systems ...string) []string {
		set.Plan = nil
		for i, s := range systems {
			set.Plan = append(set.Plan, evidence.PlanStep{Service: "SVC", Step: i + 1, System: s})
		}
		var got []string
		for _, p := range g.PlanProblems(set, "SVC") {
			got = append(got, p.Says.String())
		}
		return got
	}
	same(t, "one has a step", []string(nil), plan("DC-02", "APP"))
	same(t, "the other comes later", []string(nil), plan("DC-01", "APP", "DC-02"))
	same(t, "none has", []string{"DC-01 has no step though APP needs it", "DC-02 has no step though APP needs it"}, plan("APP"))
	same(t, "both come later", []string{"APP has step 1, before DC-02, which it needs and which has step 2"}, plan("APP", "DC-02", "DC-01"))
}
