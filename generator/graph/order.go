package graph

import (
	"slices"

	"proofpack/generator/evidence"
)

// Order lists what a service needs in the order it can be recovered: wave by
// wave, by id within one. Systems of a cycle, and what needs one, have no
// order and are left out: see Unordered.
func (g *Graph) Order(service string) []string { return slices.Concat(g.Waves(service)...) }

// Waves lists what a service needs in waves: a system's wave is after
// everything it needs. After all members of an any-of group where that can be,
// else after the first.
func (g *Graph) Waves(service string) [][]string {
	waves, _ := g.wavesOf(service)
	var out [][]string
	for _, w := range waves {
		if ids := g.systemsAmong(w); len(ids) > 0 {
			out = append(out, ids)
		}
	}
	return out
}

// Unordered lists the systems a service needs that no order can hold: those of
// a cycle, and those that need one; by id.
func (g *Graph) Unordered(service string) []string {
	_, left := g.wavesOf(service)
	return g.systemsAmong(left)
}

// RecoverySet lists what must be restored when a system is lost: itself and
// whatever runs on it, in dependency order; those of a cycle come last, by id.
func (g *Graph) RecoverySet(system string) []string {
	n := g.systemNode(system)
	if n < 0 {
		return nil
	}
	lost := g.lostWith(n)
	member := map[int]bool{}
	for _, m := range lost {
		member[m] = true
	}
	placed, left := g.layers(g.reach(lost, g.needs, everyNeed))
	var ids []string
	for _, nodes := range append(placed, left) {
		slices.Sort(nodes)
		for _, m := range nodes {
			if member[m] {
				ids = append(ids, g.ids[m])
			}
		}
	}
	return ids
}

func (g *Graph) wavesOf(service string) (waves [][]int, left []int) {
	s, ok := g.service[service]
	if !ok {
		return nil, nil
	}
	return g.layers(g.reach([]int{s}, g.needs, everyNeed))
}

// layers places nodes in waves. The nodes must hold everything they need. A
// node is ready when all it needs is placed; when none is, the nodes that lack
// only further members of any-of groups are. Left are those of a cycle and
// those that need one. Each edge is looked at once.
func (g *Graph) layers(nodes []int) (waves [][]int, left []int) {
	w := g.waiting(nodes)
	var wave, enough []int // ready; lacking nothing but further members
	for _, n := range nodes {
		if w[n].all == 0 {
			wave = append(wave, n)
		}
	}
	for {
		if len(wave) == 0 {
			wave, enough = slices.DeleteFunc(enough, func(n int) bool { return w[n].placed }), nil
			if len(wave) == 0 {
				break
			}
		}
		slices.Sort(wave)
		waves = append(waves, wave)
		for _, n := range wave {
			w[n].placed = true
		}
		var next []int
		for _, n := range wave {
			for _, e := range g.neededBy[n] {
				switch m := w[e.node]; m.tell(e) {
				case hasAll:
					next = append(next, e.node)
				case hasEnough:
					enough = append(enough, e.node)
				case waits:
				}
			}
		}
		wave = next
	}
	for _, n := range nodes {
		if !w[n].placed {
			left = append(left, n)
		}
	}
	slices.Sort(left)
	return waves, left
}

// A pending is what one node still waits for.
type pending struct {
	all    int          // edges to what is not placed
	any    int          // hard and runs-on edges to what is not placed, and any-of groups with no member placed
	met    map[int]bool // any-of groups with a member placed
	placed bool
}

// waiting is what each of the nodes waits for before any is placed.
func (g *Graph) waiting(nodes []int) map[int]*pending {
	w := make(map[int]*pending, len(nodes))
	for _, n := range nodes {
		p := &pending{all: len(g.needs[n])}
		groups := map[int]bool{}
		for _, e := range g.needs[n] {
			if e.kind != evidence.AnyOf {
				p.any++
			} else if !groups[e.group] {
				groups[e.group] = true
				p.any++
			}
		}
		w[n] = p
	}
	return w
}

// readiness is what a node lacks after one more of its needs was placed.
type readiness int

const (
	waits     readiness = iota // it waits, or is placed already
	hasEnough                  // only further members of any-of groups are not placed
	hasAll
)

// tell says that what edge e leads to was placed. A nil pending is a node that
// is not among those being placed.
func (p *pending) tell(e need) readiness {
	if p == nil || p.placed {
		return waits
	}
	p.all--
	was := p.any
	if e.kind != evidence.AnyOf {
		p.any--
	} else if !p.met[e.group] {
		if p.met == nil {
			p.met = map[int]bool{}
		}
		p.met[e.group] = true
		p.any--
	}
	switch {
	case p.all == 0:
		return hasAll
	case p.any == 0 && was > 0:
		return hasEnough
	}
	return waits
}
