package graph

import (
	"slices"

	"proofpack/generator/evidence"
)

// Cycles names the cycles that leave no order: each is a list in which every
// one needs the next and the last needs the first, beginning with the lowest
// id. Each is named once, and whoever is on a cycle is on one that is named. A
// cycle that an any-of group has a way around is none.
func (g *Graph) Cycles() [][]string { return slices.Clone(g.cycles) }

// CyclesOf names the cycles among what a service needs.
func (g *Graph) CyclesOf(service string) [][]string {
	if len(g.cycles) == 0 {
		return nil
	}
	needed := map[string]bool{service: true}
	for _, id := range g.Needs(service) {
		needed[id] = true
	}
	return slices.DeleteFunc(g.Cycles(), func(c []string) bool { return !needed[c[0]] })
}

func (g *Graph) findCycles() [][]string {
	every := make([]int, len(g.ids))
	for n := range every {
		every[n] = n
	}
	_, left := g.layers(every)
	blocked := g.blocking(left)
	var cycles [][]string
	for _, component := range components(left, blocked) {
		in := map[int]bool{}
		for _, n := range component {
			in[n] = true
		}
		named := map[int]bool{}
		for _, n := range component {
			if named[n] {
				continue
			}
			cycle := shortest(n, blocked, in)
			for _, m := range cycle {
				named[m] = true
			}
			if len(cycle) > 0 {
				cycles = append(cycles, g.names(fromLowest(cycle)))
			}
		}
	}
	slices.SortFunc(cycles, slices.Compare)
	return cycles
}

// blocking is, for each node that no order holds, the others it waits for.
func (g *Graph) blocking(left []int) map[int][]int {
	in := map[int]bool{}
	for _, n := range left {
		in[n] = true
	}
	blocked := make(map[int][]int, len(left))
	for _, n := range left {
		met := map[int]bool{}
		for _, e := range g.needs[n] {
			if e.kind == evidence.AnyOf && !in[e.node] {
				met[e.group] = true
			}
		}
		for _, e := range g.needs[n] {
			if in[e.node] && !met[e.group] {
				blocked[n] = append(blocked[n], e.node)
			}
		}
	}
	return blocked
}

// components are the strongly connected components (Tarjan), members by id.
func components(nodes []int, edges map[int][]int) [][]int {
	index, low := map[int]int{}, map[int]int{}
	on := map[int]bool{}
	var stack []int
	var out [][]int
	var visit func(n int)
	visit = func(n int) {
		index[n] = len(index) + 1
		low[n] = index[n]
		stack = append(stack, n)
		on[n] = true
		for _, m := range edges[n] {
			if index[m] == 0 {
				visit(m)
				low[n] = min(low[n], low[m])
			} else if on[m] {
				low[n] = min(low[n], index[m])
			}
		}
		if low[n] != index[n] {
			return
		}
		at := len(stack) - 1
		for stack[at] != n {
			at--
		}
		component := slices.Clone(stack[at:])
		stack = stack[:at]
		for _, m := range component {
			on[m] = false
		}
		slices.Sort(component)
		out = append(out, component)
	}
	for _, n := range nodes {
		if index[n] == 0 {
			visit(n)
		}
	}
	return out
}

// shortest is the shortest way from a node back to itself inside a component;
// nil when there is none.
func shortest(start int, edges map[int][]int, in map[int]bool) []int {
	before := map[int]int{}
	queue := []int{start}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		for _, m := range edges[n] {
			if m == start {
				way := []int{n}
				for n != start {
					n = before[n]
					way = append(way, n)
				}
				slices.Reverse(way)
				return way
			}
			if _, seen := before[m]; !seen && in[m] {
				before[m] = n
				queue = append(queue, m)
			}
		}
	}
	return nil
}

// fromLowest turns a cycle so that it begins with its lowest node.
func fromLowest(cycle []int) []int {
	at := slices.Index(cycle, slices.Min(cycle))
	return slices.Concat(cycle[at:], cycle[:at])
}
