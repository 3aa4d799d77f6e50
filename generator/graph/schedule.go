package graph

import (
	"cmp"
	"container/heap"
	"slices"

	"proofpack/generator/evidence"
)

// A Plan is a recovery in time: who is begun when.
type Plan struct {
	Start         map[string]float64 // system -> minutes from the beginning
	Total         float64            // minutes until the last is up
	CriticalPath  []string           // the chain that no number of teams shortens, in order
	CriticalTotal float64            // its minutes
	Unordered     []string           // systems of a cycle, and those that need one: begun last, in no order that means anything
}

// Schedule restores systems in dependency order with so many teams at once:
// whenever a team is free it takes the first that is ready, by wave and id. A
// system is ready when what it needs is up; of an any-of group the member that
// is up first. What is needed and not restored is up as soon as what it needs
// itself is. Minutes that are not known count 0, so that Total is "at least".
// Less than one team counts as one.
func (g *Graph) Schedule(ids []string, minutes func(string) (float64, bool), teams int) Plan {
	s := g.schedule(ids, minutes)
	s.run(max(teams, 1))
	s.plan.CriticalPath, s.plan.CriticalTotal = s.critical()
	return s.plan
}

// A schedule is one run of Schedule.
type schedule struct {
	g        *Graph
	minutes  map[int]float64 // of the systems being restored
	waves    [][]int         // of those and what they need
	rank     map[int]int     // node -> place in waves
	left     []int           // systems to restore that no wave holds
	waiting  map[int]*pending
	now      float64
	ready    ranks    // systems a team could begin
	underway finishes // systems being restored
	plan     Plan
}

func (g *Graph) schedule(ids []string, minutes func(string) (float64, bool)) *schedule {
	s := &schedule{
		g:       g,
		minutes: map[int]float64{},
		rank:    map[int]int{},
		plan:    Plan{Start: map[string]float64{}},
	}
	var nodes []int
	for _, id := range ids {
		n := g.systemNode(id)
		if _, twice := s.minutes[n]; n < 0 || twice {
			continue
		}
		m, _ := minutes(id)
		s.minutes[n] = max(m, 0)
		nodes = append(nodes, n)
	}
	closure := g.reach(nodes, g.needs, everyNeed)
	waves, left := g.layers(closure)
	s.waves = waves
	s.waiting = g.waiting(closure)
	for _, n := range slices.Concat(waves...) {
		s.rank[n] = len(s.rank)
	}
	for _, n := range left {
		if _, restored := s.minutes[n]; restored {
			s.left = append(s.left, n)
		}
	}
	s.plan.Unordered = g.names(s.left)
	return s
}

// run moves from one finished restore to the next.
func (s *schedule) run(teams int) {
	if len(s.waves) > 0 {
		for _, n := range s.waves[0] {
			s.begin(n)
		}
	}
	for {
		for len(s.underway) < teams && len(s.ready) > 0 {
			s.take(heap.Pop(&s.ready).(ranked).node)
		}
		if len(s.underway) == 0 {
			if len(s.left) == 0 {
				return
			}
			for _, n := range s.left { // nothing can make these ready
				s.waiting[n].placed = true
				heap.Push(&s.ready, ranked{len(s.rank), n})
			}
			s.left = nil
			continue
		}
		f := heap.Pop(&s.underway).(finish)
		s.now = f.at
		s.plan.Total = max(s.plan.Total, f.at)
		s.up(f.node)
	}
}

// begin is called when a node waits for nothing more.
func (s *schedule) begin(n int) {
	if _, restored := s.minutes[n]; restored {
		heap.Push(&s.ready, ranked{s.rank[n], n})
		return
	}
	s.up(n)
}

func (s *schedule) take(n int) {
	s.plan.Start[s.g.ids[n]] = s.now
	heap.Push(&s.underway, finish{s.now + s.minutes[n], ranked{s.rank[n], n}})
}

// up tells those that need a node; one that lacks only further members of
// any-of groups is ready.
func (s *schedule) up(node int) {
	queue := []int{node}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		for _, e := range s.g.neededBy[n] {
			p := s.waiting[e.node]
			if p == nil || p.placed {
				continue
			}
			p.tell(e)
			if p.any > 0 {
				continue
			}
			p.placed = true
			if _, restored := s.minutes[e.node]; restored {
				heap.Push(&s.ready, ranked{s.rank[e.node], e.node})
			} else {
				queue = append(queue, e.node)
			}
		}
	}
}

// A chain is the longest way to the end of one node.
type chain struct {
	minutes float64
	steps   int // systems restored on it, so that of two equal ways the one that names more is taken
	before  int // node before; -1 at the beginning
}

func (c chain) compare(d chain) int {
	return cmp.Or(cmp.Compare(c.minutes, d.minutes), cmp.Compare(c.steps, d.steps))
}

// critical is the chain of needs that takes longest. A node that waits for an
// any-of group waits for its quickest member.
func (s *schedule) critical() ([]string, float64) {
	chains := map[int]chain{}
	last := -1
	for _, n := range slices.Concat(s.waves...) {
		c := s.longestBefore(n, chains)
		if m, restored := s.minutes[n]; restored {
			c.minutes += m
			c.steps++
		}
		chains[n] = c
		if last < 0 || c.compare(chains[last]) > 0 {
			last = n
		}
	}
	if last < 0 {
		return nil, 0
	}
	var path []string
	for n := last; n >= 0; n = chains[n].before {
		if _, restored := s.minutes[n]; restored {
			path = append(path, s.g.ids[n])
		}
	}
	slices.Reverse(path)
	return path, chains[last].minutes
}

func (s *schedule) longestBefore(n int, chains map[int]chain) chain {
	longest := chain{before: -1}
	quickest := map[int]int{} // any-of group -> node
	later := func(m int) {
		c := chains[m]
		c.before = m
		if longest.before < 0 || c.compare(longest) > 0 {
			longest = c
		}
	}
	for _, e := range s.g.needs[n] {
		c, placed := chains[e.node]
		switch {
		case !placed: // a member of an any-of group that is up later
		case e.kind != evidence.AnyOf:
			later(e.node)
		default:
			if q, seen := quickest[e.group]; !seen || c.compare(chains[q]) < 0 {
				quickest[e.group] = e.node
			}
		}
	}
	for _, e := range s.g.needs[n] {
		if q, seen := quickest[e.group]; seen && q == e.node && e.kind == evidence.AnyOf {
			later(q)
		}
	}
	return longest
}
