package graph

import (
	"slices"

	"proofpack/generator/evidence"
)

// Needs lists every system that a service needs, over hard, runs-on and any-of
// edges (all members), through whatever stands between; by id.
func (g *Graph) Needs(service string) []string {
	n, ok := g.service[service]
	if !ok {
		return nil
	}
	return g.names(g.needsOf[n])
}

// NeedsOf lists every system that a system needs, over the same edges, itself
// not among them; by id.
func (g *Graph) NeedsOf(system string) []string {
	return g.reachFrom(system, everyNeed)
}

// HardNeedsOf lists what a system needs over hard and runs-on edges only: a
// change there voids its restore proof (13-decisions); by id.
func (g *Graph) HardNeedsOf(system string) []string {
	return g.reachFrom(system, func(n need) bool { return n.kind != evidence.AnyOf })
}

func (g *Graph) reachFrom(system string, follow func(need) bool) []string {
	start := g.systemNode(system)
	if start < 0 {
		return nil
	}
	reached := g.reach([]int{start}, g.needs, follow)
	reached = slices.DeleteFunc(reached, func(n int) bool { return n == start })
	return g.systemsAmong(reached)
}

// Critical lists the systems that any service needs, by id.
func (g *Graph) Critical() []string {
	var ids []string
	for n := g.services; n < len(g.ids); n++ {
		if len(g.servicesOf[n]) > 0 {
			ids = append(ids, g.ids[n])
		}
	}
	return ids
}

// IsCritical tells whether any service needs the system.
func (g *Graph) IsCritical(system string) bool {
	n := g.systemNode(system)
	return n >= 0 && len(g.servicesOf[n]) > 0
}

// ServicesOf lists the services that need a system, by id.
func (g *Graph) ServicesOf(system string) []string {
	n := g.systemNode(system)
	if n < 0 {
		return nil
	}
	return g.names(g.servicesOf[n])
}

// RunningOn lists the systems that run on a system, directly or through
// another, by id.
func (g *Graph) RunningOn(system string) []string {
	n := g.systemNode(system)
	if n < 0 {
		return nil
	}
	nodes := slices.DeleteFunc(g.lostWith(n), func(m int) bool { return m == n })
	return g.systemsAmong(nodes)
}

// lostWith is a system and whatever runs on it.
func (g *Graph) lostWith(node int) []int {
	return g.reach([]int{node}, g.neededBy, func(n need) bool {
		return n.kind == evidence.RunsOn && g.isSystem(n.node)
	})
}

func everyNeed(need) bool { return true }

// reach is the nodes that can be reached, the starts among them, in the order
// they were found.
func (g *Graph) reach(starts []int, edges [][]need, follow func(need) bool) []int {
	seen := map[int]bool{}
	var found []int
	for _, n := range starts {
		if !seen[n] {
			seen[n] = true
			found = append(found, n)
		}
	}
	for i := 0; i < len(found); i++ {
		for _, e := range edges[found[i]] {
			if !seen[e.node] && follow(e) {
				seen[e.node] = true
				found = append(found, e.node)
			}
		}
	}
	return found
}

// reachAll works out once what every service needs, and the reverse.
func (g *Graph) reachAll() {
	g.needsOf = make([][]int, g.services)
	g.servicesOf = make([][]int, len(g.ids))
	for s := range g.services {
		for _, n := range g.reach([]int{s}, g.needs, everyNeed) {
			if g.isSystem(n) {
				g.needsOf[s] = append(g.needsOf[s], n)
				g.servicesOf[n] = append(g.servicesOf[n], s)
			}
		}
		slices.Sort(g.needsOf[s])
	}
}
