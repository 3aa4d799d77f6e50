// Package graph knows what needs what: what stops when a system fails, what
// must be restored, and in which order. Nothing in it judges.
package graph

import (
	"cmp"
	"slices"

	"proofpack/generator/evidence"
)

// A Graph is the dependencies of services and systems. It is made once and
// never changes, so that several goroutines may ask it.
type Graph struct {
	ids      []string // node -> id; services come first
	services int      // nodes below are services, the others systems
	retired  []bool   // node -> the inventory says it is retired

	service map[string]int // id -> node
	system  map[string]int

	edges    []evidence.Dependency // both ends known, sorted
	dangling []evidence.Dependency // an end that nothing answers to, sorted

	needs    [][]need // node -> what it needs, by node; soft edges move nothing and are left out
	neededBy [][]need // node -> who needs it, by node
	groups   []group  // any-of groups; index 0 stands for "no group"

	servicesOf [][]int // node -> services that need it, by id
	needsOf    [][]int // service -> systems it needs, by id
	cycles     [][]string
}

// A need is one moving edge seen from one of its ends.
type need struct {
	node  int // the other end
	kind  evidence.EdgeKind
	group int // index into groups of an any-of edge; 0 else
}

// A group is the any-of group of one node: it needs one member.
type group struct {
	from int
	live int // members that are not retired: a retired one holds nothing up
}

// New makes the graph of a set: the dependencies data set and the inventory's
// service_id (a hard edge from the service), runs_on and depends_on (hard). A
// dependencies row of the same pair replaces the inventory's edge.
func New(set *evidence.Set) *Graph {
	g := &Graph{service: map[string]int{}, system: map[string]int{}}
	g.addNodes(set)
	pairs := map[[2]string]bool{}
	edges := make([]evidence.Dependency, 0, len(set.Dependencies)+2*len(set.Systems))
	for _, d := range set.Dependencies {
		if d.Kind == "" {
			d.Kind = evidence.Hard // an edge nobody qualified is taken at its worst
		}
		pairs[[2]string{d.From, d.To}] = true
		edges = append(edges, d)
	}
	for _, d := range inventoryEdges(set) {
		if !pairs[[2]string{d.From, d.To}] {
			edges = append(edges, d)
		}
	}
	slices.SortStableFunc(edges, byEnds)
	g.connect(edges)
	g.reachAll()
	g.cycles = g.findCycles()
	return g
}

// addNodes numbers services and systems by id, so that the order of nodes is
// the order of ids within each kind.
func (g *Graph) addNodes(set *evidence.Set) {
	var services, systems []string
	retired := map[string]bool{}
	for i := range set.Services {
		services = append(services, set.Services[i].ID)
	}
	for i := range set.Systems {
		s := &set.Systems[i]
		systems = append(systems, s.ID)
		retired[s.ID] = s.Retired
	}
	slices.Sort(services)
	slices.Sort(systems)
	services, systems = slices.Compact(services), slices.Compact(systems)
	g.services = len(services)
	g.ids = slices.Concat(services, systems)
	g.retired = make([]bool, len(g.ids))
	for n, id := range g.ids {
		if n < g.services {
			g.service[id] = n
			continue
		}
		g.system[id] = n
		g.retired[n] = retired[id]
	}
}

func inventoryEdges(set *evidence.Set) []evidence.Dependency {
	var edges []evidence.Dependency
	for i := range set.Systems {
		s := &set.Systems[i]
		for _, service := range s.Services {
			edges = append(edges, evidence.Dependency{Pos: s.Pos, From: service, To: s.ID, Kind: evidence.Hard})
		}
		for _, host := range s.RunsOn {
			edges = append(edges, evidence.Dependency{Pos: s.Pos, From: s.ID, To: host, Kind: evidence.RunsOn})
		}
		for _, other := range s.DependsOn {
			edges = append(edges, evidence.Dependency{Pos: s.Pos, From: s.ID, To: other, Kind: evidence.Hard})
		}
	}
	return edges
}

// connect keeps each edge once, apart from those with an end nothing answers
// to. An any-of group that a system belongs to itself is met by itself.
func (g *Graph) connect(edges []evidence.Dependency) {
	type key struct {
		from, to int
		kind     evidence.EdgeKind
		group    string
	}
	type groupKey struct {
		from  int
		group string
	}
	seen := map[key]bool{}
	own := map[groupKey]bool{}
	for _, d := range edges {
		from, to := g.from(d.From), g.to(d.To)
		if d.Kind == evidence.AnyOf && from >= 0 && from == to {
			own[groupKey{from, d.Group}] = true
		}
	}
	g.needs = make([][]need, len(g.ids))
	g.neededBy = make([][]need, len(g.ids))
	g.groups = make([]group, 1)
	groups := map[groupKey]int{}
	for _, d := range edges {
		from, to := g.from(d.From), g.to(d.To)
		if from < 0 || to < 0 {
			g.dangling = append(g.dangling, d)
			continue
		}
		k := key{from, to, d.Kind, d.Group}
		if seen[k] {
			continue
		}
		seen[k] = true
		g.edges = append(g.edges, d)
		if d.Kind == evidence.Soft {
			continue
		}
		n := 0
		if d.Kind == evidence.AnyOf {
			gk := groupKey{from, d.Group}
			if own[gk] {
				continue
			}
			if groups[gk] == 0 {
				g.groups = append(g.groups, group{from: from})
				groups[gk] = len(g.groups) - 1
			}
			n = groups[gk]
			if !g.retired[to] {
				g.groups[n].live++
			}
		}
		g.needs[from] = append(g.needs[from], need{to, d.Kind, n})
		g.neededBy[to] = append(g.neededBy[to], need{from, d.Kind, n})
	}
	for n := range g.needs {
		slices.SortStableFunc(g.needs[n], byNode)
		slices.SortStableFunc(g.neededBy[n], byNode)
	}
}

// from finds the node an edge starts at; where a service and a system share an
// id it is the service, which nothing else could start an edge for.
func (g *Graph) from(id string) int {
	if n, ok := g.service[id]; ok {
		return n
	}
	return g.systemNode(id)
}

// to finds the node an edge ends at; where a service and a system share an id
// it is the system.
func (g *Graph) to(id string) int {
	if n := g.systemNode(id); n >= 0 {
		return n
	}
	if n, ok := g.service[id]; ok {
		return n
	}
	return -1
}

func (g *Graph) systemNode(id string) int {
	if n, ok := g.system[id]; ok {
		return n
	}
	return -1
}

// isSystem tells systems from services.
func (g *Graph) isSystem(node int) bool { return node >= g.services }

// Edges lists every edge whose ends are known, soft ones among them, by ends,
// kind and group.
func (g *Graph) Edges() []evidence.Dependency { return slices.Clone(g.edges) }

// Dangling lists the edges with an end that nothing answers to: no service, no
// system in the inventory, and no system that another export names.
func (g *Graph) Dangling() []evidence.Dependency { return slices.Clone(g.dangling) }

// Direct lists the edges that start at a service or system, by their other end.
func (g *Graph) Direct(from string) []evidence.Dependency {
	at, _ := slices.BinarySearchFunc(g.edges, from, func(d evidence.Dependency, id string) int { return cmp.Compare(d.From, id) })
	end := at
	for end < len(g.edges) && g.edges[end].From == from {
		end++
	}
	return slices.Clone(g.edges[at:end])
}

func byEnds(a, b evidence.Dependency) int {
	return cmp.Or(
		cmp.Compare(a.From, b.From),
		cmp.Compare(a.To, b.To),
		cmp.Compare(a.Kind, b.Kind),
		cmp.Compare(a.Group, b.Group),
		cmp.Compare(a.Pos.File, b.Pos.File),
		cmp.Compare(a.Pos.Row, b.Pos.Row),
	)
}

func byNode(a, b need) int { return cmp.Compare(a.node, b.node) }

// names are the ids of nodes, in the order of the nodes given.
func (g *Graph) names(nodes []int) []string {
	ids := make([]string, len(nodes))
	for i, n := range nodes {
		ids[i] = g.ids[n]
	}
	return ids
}

// systemsAmong are the ids of the systems among nodes, by id.
func (g *Graph) systemsAmong(nodes []int) []string {
	slices.Sort(nodes)
	var ids []string
	for _, n := range nodes {
		if g.isSystem(n) {
			ids = append(ids, g.ids[n])
		}
	}
	return ids
}
