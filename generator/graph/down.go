package graph

import (
	"slices"

	"proofpack/generator/evidence"
)

// DownServices lists the services that stop when a system fails, and others
// with it, by id: over hard and runs-on edges, and any-of groups none of whose
// members is left.
func (g *Graph) DownServices(system string, others ...string) []string {
	n := g.systemNode(system)
	if n < 0 {
		return nil
	}
	nodes := []int{n}
	for _, id := range others {
		if m := g.systemNode(id); m >= 0 {
			nodes = append(nodes, m)
		}
	}
	var ids []string
	for _, m := range g.down(nodes...) {
		if !g.isSystem(m) {
			ids = append(ids, g.ids[m])
		}
	}
	slices.Sort(ids)
	return ids
}

// DownSystems lists the systems that stop with a system, itself not among
// them, by id.
func (g *Graph) DownSystems(system string) []string {
	n := g.systemNode(system)
	if n < 0 {
		return nil
	}
	return g.systemsAmong(g.down(n)[1:])
}

// SinglePoint tells whether the failure of this one system stops a service.
func (g *Graph) SinglePoint(system string) bool { return len(g.DownServices(system)) > 0 }

// down is everything that stops when some nodes fail, they themselves first.
// Each edge of what stops is looked at once.
func (g *Graph) down(nodes ...int) []int {
	seen := map[int]bool{}
	lost := map[int]int{}
	var stopped []int
	for _, n := range nodes {
		if !seen[n] {
			seen[n] = true
			stopped = append(stopped, n)
		}
	}
	for i := 0; i < len(stopped); i++ {
		n := stopped[i]
		for _, e := range g.neededBy[n] {
			if seen[e.node] || e.kind == evidence.AnyOf && !g.exhausts(n, e.group, lost) {
				continue
			}
			seen[e.node] = true
			stopped = append(stopped, e.node)
		}
	}
	return stopped
}

// exhausts counts a lost member of an any-of group and tells whether it was
// the last. A retired member held nothing up, so that its loss changes nothing
// while another is left; a group of retired members only has none to spare.
func (g *Graph) exhausts(member, group int, lost map[int]int) bool {
	if g.groups[group].live == 0 {
		return true
	}
	if g.retired[member] {
		return false
	}
	lost[group]++
	return lost[group] >= g.groups[group].live
}
