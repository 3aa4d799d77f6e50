package graph

import "proofpack/generator/evidence"

// Around are the graphs of the most and of the least that edges without a kind
// may mean: an edge may lose what needs the other together with it, or move
// nothing, and an any-of group beside it may have one member more. Both are the
// graph itself where every edge has its kind.
func (g *Graph) Around(set *evidence.Set) (most, least *Graph) {
	open := map[string]bool{} // where an edge without a kind starts
	for _, e := range set.Dependencies {
		if e.Unqualified {
			open[e.From] = true
		}
	}
	if len(open) == 0 {
		return g, g
	}
	more, fewer := *set, *set
	more.Dependencies, fewer.Dependencies = nil, nil
	for _, e := range set.Dependencies {
		above, below := e, e
		if _, service := g.service[e.From]; e.Unqualified && !service {
			above.Kind = evidence.RunsOn
		}
		if e.Unqualified || e.Kind == evidence.AnyOf && open[e.From] {
			below.Kind = evidence.Soft
		}
		more.Dependencies = append(more.Dependencies, above)
		fewer.Dependencies = append(fewer.Dependencies, below)
	}
	return New(&more), New(&fewer)
}
