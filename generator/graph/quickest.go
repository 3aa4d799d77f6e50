package graph

import (
	"cmp"
	"slices"

	"proofpack/generator/evidence"
)

// Quickest lists what must be up for a service to run when nothing more is
// restored than it needs: of every any-of group the member that takes the
// fewest minutes, unless one of the group is needed anyway; by id. Minutes
// that are not known count 0: what was never measured may be the quickest.
func (g *Graph) Quickest(service string, minutes func(string) (float64, bool)) []string {
	s, ok := g.service[service]
	if !ok {
		return nil
	}
	q := quickest{g: g, in: map[int]bool{}, seen: map[int]bool{}}
	q.add(s)
	for len(q.open) > 0 {
		round := q.open
		q.open = nil
		slices.SortFunc(round, q.fewest)
		for _, group := range round {
			if member := q.choose(group, minutes); member >= 0 {
				q.add(member)
			}
		}
	}
	var nodes []int
	for n := range q.in {
		nodes = append(nodes, n)
	}
	return g.systemsAmong(nodes)
}

type quickest struct {
	g    *Graph
	in   map[int]bool
	seen map[int]bool // any-of groups of what is in
	open []int        // of those, the ones not yet looked at
}

// fewest puts the groups with the smallest choice first: what they leave no
// choice about may meet the others.
func (q *quickest) fewest(a, b int) int {
	return cmp.Or(cmp.Compare(q.g.groups[a].live, q.g.groups[b].live), cmp.Compare(a, b))
}

// add takes a node and all it needs without a choice.
func (q *quickest) add(node int) {
	added := q.g.reach([]int{node}, q.g.needs, func(n need) bool {
		return n.kind != evidence.AnyOf && !q.in[n.node]
	})
	for _, n := range added {
		q.in[n] = true
		for _, e := range q.g.needs[n] {
			if e.kind == evidence.AnyOf && !q.seen[e.group] {
				q.seen[e.group] = true
				q.open = append(q.open, e.group)
			}
		}
	}
}

// choose is the member of a group to restore; -1 when one is in already.
func (q *quickest) choose(group int, minutes func(string) (float64, bool)) int {
	best := -1
	for _, e := range q.g.needs[q.g.groups[group].from] {
		if e.group != group || e.kind != evidence.AnyOf {
			continue
		}
		if q.in[e.node] {
			return -1
		}
		if best < 0 || q.compare(e.node, best, minutes) < 0 {
			best = e.node
		}
	}
	return best
}

// compare puts a retired member last, then goes by minutes, then by id.
func (q *quickest) compare(a, b int, minutes func(string) (float64, bool)) int {
	if q.g.retired[a] != q.g.retired[b] {
		if q.g.retired[a] {
			return 1
		}
		return -1
	}
	x, _ := minutes(q.g.ids[a])
	y, _ := minutes(q.g.ids[b])
	return cmp.Or(cmp.Compare(x, y), cmp.Compare(a, b))
}
