package graph_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/graph"
)

// site reads a set from lines: "service Shipping", "system VMH-01 [retired]",
// "SQL-01 runs-on VMH-01", "ERP-01 needs SQL-01", "Shipping any-of:ad DC-01",
// "A soft B". Edges are rows of the dependencies data set.
func site(t testing.TB, text string) *evidence.Set {
	t.Helper()
	set := &evidence.Set{}
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		w := strings.Fields(line)
		row := diag.Pos{File: "exports/dependencies.csv", Row: i + 1}
		switch {
		case w[0] == "service":
			set.Services = append(set.Services, evidence.Service{ID: w[1], Name: w[1]})
		case w[0] == "system":
			set.Systems = append(set.Systems, evidence.System{ID: w[1], InInventory: true, Retired: len(w) > 2})
		default:
			d := evidence.Dependency{Pos: row, From: w[0], To: w[2]}
			kind, group, _ := strings.Cut(w[1], ":")
			switch kind {
			case "needs":
				d.Kind = evidence.Hard
			case "runs-on", "soft":
				d.Kind = evidence.EdgeKind(kind)
			case "any-of":
				d.Kind, d.Group = evidence.AnyOf, group
			default:
				t.Fatalf("line %q", line)
			}
			set.Dependencies = append(set.Dependencies, d)
		}
	}
	return set
}

// shipping is scenario A, as the inventory states it.
func shipping() *evidence.Set {
	row := func(n int) diag.Pos { return diag.Pos{File: "exports/inventory.csv", Row: n} }
	return &evidence.Set{
		Services: []evidence.Service{{ID: "SVC-SHIP", Name: "Shipping"}},
		Systems: []evidence.System{
			{Pos: row(2), ID: "VMH-01", InInventory: true},
			{Pos: row(3), ID: "SQL-01", RunsOn: []string{"VMH-01"}, Services: []string{"SVC-SHIP"}, InInventory: true},
			{Pos: row(4), ID: "ERP-01", RunsOn: []string{"VMH-01"}, DependsOn: []string{"SQL-01"}, Services: []string{"SVC-SHIP"}, InInventory: true},
			{Pos: row(5), ID: "WMS-01", RunsOn: []string{"VMH-01"}, DependsOn: []string{"SQL-01", "ERP-01"}, Services: []string{"SVC-SHIP"}, InInventory: true},
		},
	}
}

func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestTheStorageOutage(t *testing.T) {
	g := graph.New(shipping())
	all := []string{"ERP-01", "SQL-01", "VMH-01", "WMS-01"}
	same(t, "needs", all, g.Needs("SVC-SHIP"))
	same(t, "critical", all, g.Critical())
	same(t, "down services", []string{"SVC-SHIP"}, g.DownServices("VMH-01"))
	same(t, "down systems", []string{"ERP-01", "SQL-01", "WMS-01"}, g.DownSystems("VMH-01"))
	same(t, "running on", []string{"ERP-01", "SQL-01", "WMS-01"}, g.RunningOn("VMH-01"))
	same(t, "order", []string{"VMH-01", "SQL-01", "ERP-01", "WMS-01"}, g.Order("SVC-SHIP"))
	same(t, "waves", [][]string{{"VMH-01"}, {"SQL-01"}, {"ERP-01"}, {"WMS-01"}}, g.Waves("SVC-SHIP"))
	same(t, "recovery set", []string{"VMH-01", "SQL-01", "ERP-01", "WMS-01"}, g.RecoverySet("VMH-01"))
	same(t, "what ERP-01 needs", []string{"SQL-01", "VMH-01"}, g.NeedsOf("ERP-01"))
	same(t, "services of the host", []string{"SVC-SHIP"}, g.ServicesOf("VMH-01"))
	same(t, "cycles", [][]string(nil), g.Cycles())
}

func TestASwitchStopsServersThatNeedNotBeRestored(t *testing.T) {
	g := graph.New(site(t, `
service Shipping
system SW-01
system SQL-01
system ERP-01
Shipping needs ERP-01
ERP-01 needs SQL-01
SQL-01 needs SW-01
`))
	same(t, "down", []string{"ERP-01", "SQL-01"}, g.DownSystems("SW-01"))
	same(t, "recovery set", []string{"SW-01"}, g.RecoverySet("SW-01"))
}

func TestOneOfAGroupIsEnough(t *testing.T) {
	text := `
service Shipping
system DC-01
system DC-02
system DC-03 retired
system ERP-01
Shipping needs ERP-01
ERP-01 any-of:ad DC-01
ERP-01 any-of:ad DC-02
`
	g := graph.New(site(t, text))
	if g.SinglePoint("DC-01") || g.SinglePoint("DC-02") {
		t.Error("one of a pair is a single point of failure")
	}
	if !g.SinglePoint("ERP-01") {
		t.Error("ERP-01 is no single point of failure")
	}
	if !g.IsCritical("DC-02") {
		t.Error("a member of a group is not critical")
	}
	same(t, "hard needs", []string(nil), g.HardNeedsOf("ERP-01"))

	t.Run("a retired member holds nothing up", func(t *testing.T) {
		g := graph.New(site(t, strings.ReplaceAll(text, "ad DC-02", "ad DC-03")))
		if !g.SinglePoint("DC-01") {
			t.Error("DC-01 is no single point although the other member is retired")
		}
		if g.SinglePoint("DC-03") {
			t.Error("the loss of a retired member stops a service")
		}
	})
	t.Run("the host of both is a single point", func(t *testing.T) {
		g := graph.New(site(t, text+"system VMH-01\nDC-01 runs-on VMH-01\nDC-02 runs-on VMH-01\n"))
		same(t, "down", []string{"DC-01", "DC-02", "ERP-01"}, g.DownSystems("VMH-01"))
		if !g.SinglePoint("VMH-01") {
			t.Error("the host of both members is no single point")
		}
	})
	t.Run("a group of one is a need", func(t *testing.T) {
		g := graph.New(site(t, strings.ReplaceAll(text, "ERP-01 any-of:ad DC-02\n", "")))
		if !g.SinglePoint("DC-01") {
			t.Error("the only member is no single point")
		}
	})
}

func TestARowOfDependenciesReplacesTheInventorysEdge(t *testing.T) {
	set := shipping()
	set.Dependencies = []evidence.Dependency{
		{From: "SVC-SHIP", To: "WMS-01", Kind: evidence.Soft},
		{From: "SQL-01", To: "VMH-01", Kind: evidence.Hard},
	}
	g := graph.New(set)
	same(t, "needs", []string{"ERP-01", "SQL-01", "VMH-01"}, g.Needs("SVC-SHIP"))
	same(t, "running on", []string{"ERP-01", "WMS-01"}, g.RunningOn("VMH-01"))
	for _, d := range g.Direct("SQL-01") {
		if d.To == "VMH-01" && d.Kind != evidence.Hard {
			t.Errorf("the inventory's %s edge stands beside the row", d.Kind)
		}
	}
}

func TestAnEdgeWithoutAKindIsHard(t *testing.T) {
	set := shipping()
	set.Systems = append(set.Systems, evidence.System{ID: "SW-01"})
	set.Dependencies = []evidence.Dependency{{From: "VMH-01", To: "SW-01"}}
	if g := graph.New(set); !g.SinglePoint("SW-01") {
		t.Error("an edge nobody qualified moves nothing")
	}
}

func TestNamesThatNothingAnswersTo(t *testing.T) {
	set := shipping()
	set.Systems[0].DependsOn = []string{"SAN-09"}
	set.Dependencies = []evidence.Dependency{{From: "SVC-GONE", To: "SQL-01", Kind: evidence.Hard}}
	g := graph.New(set)
	var got []string
	for _, d := range g.Dangling() {
		got = append(got, d.From+">"+d.To)
	}
	same(t, "dangling", []string{"SVC-GONE>SQL-01", "VMH-01>SAN-09"}, got)
	same(t, "needs", []string{"ERP-01", "SQL-01", "VMH-01", "WMS-01"}, g.Needs("SVC-SHIP"))
	if n := len(g.DanglingOf("SVC-SHIP")); n != 1 {
		t.Errorf("%d dangling edges of the service, want 1", n)
	}
}

func TestNobodyIsAskedInVain(t *testing.T) {
	g := graph.New(&evidence.Set{})
	if g.Needs("X") != nil || g.NeedsOf("X") != nil || g.DownServices("X") != nil || g.RecoverySet("X") != nil ||
		g.Waves("X") != nil || g.ServicesOf("X") != nil || g.IsCritical("X") || g.SinglePoint("X") || g.Quickest("X", nil) != nil {
		t.Error("an unknown id has an answer")
	}
}

func TestCycles(t *testing.T) {
	for _, c := range []struct {
		name      string
		text      string
		cycles    [][]string
		order     []string
		unordered []string
	}{
		{
			"two that need each other (M17)", `
service Shipping
system VMH-01
system SQL-01
system ERP-01
system WMS-01
system WEB-01
SQL-01 runs-on VMH-01
ERP-01 needs SQL-01
ERP-01 needs WMS-01
WMS-01 needs ERP-01
WEB-01 needs WMS-01
Shipping needs WEB-01
`,
			[][]string{{"ERP-01", "WMS-01"}},
			[]string{"VMH-01", "SQL-01"},
			[]string{"ERP-01", "WEB-01", "WMS-01"},
		},
		{
			"one that needs itself", "service S\nsystem A\nA needs A\nS needs A",
			[][]string{{"A"}}, nil, []string{"A"},
		},
		{
			"a pair of which each names the pair", `
service S
system DC-01
system DC-02
S any-of:ad DC-01
S any-of:ad DC-02
DC-01 any-of:dns DC-01
DC-01 any-of:dns DC-02
DC-02 any-of:dns DC-01
DC-02 any-of:dns DC-02
`,
			nil, []string{"DC-01", "DC-02"}, nil,
		},
		{
			"a group with a way around", `
service S
system A
system B
system C
S needs A
A any-of:x B
A any-of:x C
B needs A
`,
			nil, []string{"C", "A", "B"}, nil,
		},
		{
			"two that share a system", `
service S
system A
system B
system C
A needs B
B needs A
B needs C
C needs B
S needs A
`,
			[][]string{{"A", "B"}, {"B", "C"}}, nil, []string{"A", "B", "C"},
		},
		{
			"three in a ring", "service S\nsystem A\nsystem B\nsystem C\nA needs C\nC needs B\nB needs A\nS needs B",
			[][]string{{"A", "C", "B"}}, nil, []string{"A", "B", "C"},
		},
		{"soft edges make none", "service S\nsystem A\nsystem B\nA needs B\nB soft A\nS needs A", nil, []string{"B", "A"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			set := site(t, c.text)
			g := graph.New(set)
			service := set.Services[0].ID
			same(t, "cycles", c.cycles, g.Cycles())
			same(t, "cycles of the service", c.cycles, g.CyclesOf(service))
			same(t, "order", c.order, g.Order(service))
			same(t, "unordered", c.unordered, g.Unordered(service))
		})
	}
	if got := graph.CycleText([]string{"ERP-01", "WMS-01"}); got != "ERP-01 needs WMS-01 and WMS-01 needs ERP-01" {
		t.Errorf("cycle in words: %q", got)
	}
}
