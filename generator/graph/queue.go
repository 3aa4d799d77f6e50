package graph

import "cmp"

// ranked is a node with its place in the waves.
type ranked struct{ rank, node int }

func (a ranked) before(b ranked) bool {
	return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.node, b.node)) < 0
}

// ranks is a heap of nodes, the first in the order of waves on top.
type ranks []ranked

func (h ranks) Len() int           { return len(h) }
func (h ranks) Less(i, j int) bool { return h[i].before(h[j]) }
func (h ranks) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *ranks) Push(x any)        { *h = append(*h, x.(ranked)) }
func (h *ranks) Pop() any          { return pop((*[]ranked)(h)) }

// finish is when a system being restored is up, in minutes.
type finish struct {
	at float64
	ranked
}

// finishes is a heap of restores, the first to end on top.
type finishes []finish

func (h finishes) Len() int { return len(h) }
func (h finishes) Less(i, j int) bool {
	if h[i].at != h[j].at {
		return h[i].at < h[j].at
	}
	return h[i].before(h[j].ranked)
}
func (h finishes) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *finishes) Push(x any)   { *h = append(*h, x.(finish)) }
func (h *finishes) Pop() any     { return pop((*[]finish)(h)) }

// pop takes the last of a slice.
func pop[T any](h *[]T) T {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
