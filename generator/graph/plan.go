package graph

import (
	"cmp"
	"slices"
	"strconv"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// A PlanProblem is one way in which a written recovery order and the graph
// cannot both be right.
type PlanProblem struct {
	Says    evidence.Statement
	Sources []diag.Pos // rows of the plan, and of the edge it contradicts
	Lacks   string     // the system that has no step; "" when the problem is another
}

// PlanProblems compares the written recovery order of a service with the
// graph: what it needs and no step names, a step before what it needs, names
// that nothing answers to, cycles. A service without a written order has none;
// that it has none is for the caller to say.
func (g *Graph) PlanProblems(set *evidence.Set, service string) []PlanProblem {
	p := g.written(set, service)
	if len(p.steps) == 0 {
		return nil
	}
	p.missing()
	p.misplaced()
	p.unknown()
	p.cyclic()
	return p.problems
}

// A writtenPlan is the steps of one service and what was found about them.
type writtenPlan struct {
	g        *Graph
	service  int
	steps    []evidence.PlanStep // by step and row
	first    map[int]int         // system -> index of its first step
	rows     []diag.Pos
	problems []PlanProblem
}

func (g *Graph) written(set *evidence.Set, service string) *writtenPlan {
	p := &writtenPlan{g: g, service: -1, first: map[int]int{}}
	if n, ok := g.service[service]; ok {
		p.service = n
	}
	for _, s := range set.Plan {
		if s.Service == service && p.service >= 0 {
			p.steps = append(p.steps, s)
		}
	}
	slices.SortStableFunc(p.steps, func(a, b evidence.PlanStep) int {
		return cmp.Or(cmp.Compare(a.Step, b.Step), cmp.Compare(a.Pos.Row, b.Pos.Row))
	})
	for i, s := range p.steps {
		p.rows = append(p.rows, s.Pos)
		if n := g.systemNode(s.System); n >= 0 {
			if _, twice := p.first[n]; !twice {
				p.first[n] = i
			}
		}
	}
	return p
}

func (p *writtenPlan) say(sources []diag.Pos, format string, figures ...evidence.Figure) {
	p.problems = append(p.problems, PlanProblem{Says: evidence.Say(format, figures...), Sources: sources})
}

func (p *writtenPlan) has(node int) bool {
	_, ok := p.first[node]
	return ok
}

// missing names what must be restored and has no step, in recovery order. One
// member of an any-of group is enough.
func (p *writtenPlan) missing() {
	required := map[int]bool{p.service: true}
	queue := []int{p.service}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		for _, e := range p.g.needs[n] {
			if !required[e.node] && p.requires(n, e) {
				required[e.node] = true
				queue = append(queue, e.node)
			}
		}
	}
	id := p.g.ids[p.service]
	for _, system := range slices.Concat(p.g.Order(id), p.g.Unordered(id)) {
		n := p.g.system[system]
		if !required[n] || p.has(n) {
			continue
		}
		if by := p.neededByStep(n); by != "" {
			p.say(p.rows, evidence.Word(system)+" has no step though "+evidence.Word(by)+" needs it")
		} else {
			p.say(p.rows, evidence.Word(system)+" has no step")
		}
		p.problems[len(p.problems)-1].Lacks = system
	}
}

// requires tells whether an edge asks for a step: any-of edges do for the
// members that have one, and for all when none has.
func (p *writtenPlan) requires(from int, e need) bool {
	if e.kind != evidence.AnyOf || p.has(e.node) {
		return true
	}
	for _, other := range p.g.needs[from] {
		if other.kind == evidence.AnyOf && other.group == e.group && p.has(other.node) {
			return false
		}
	}
	return true
}

// neededByStep is the first system of the plan that needs a system directly.
func (p *writtenPlan) neededByStep(node int) string {
	first := len(p.steps)
	for _, e := range p.g.neededBy[node] {
		if i, ok := p.first[e.node]; ok {
			first = min(first, i)
		}
	}
	if first == len(p.steps) {
		return ""
	}
	return p.steps[first].System
}

// misplaced names steps that stand before what they need, or beside it.
func (p *writtenPlan) misplaced() {
	_, left := p.g.wavesOf(p.g.ids[p.service])
	for i, s := range p.steps {
		n := p.g.systemNode(s.System)
		if n < 0 || p.first[n] != i {
			continue
		}
		if s.Step == 0 {
			p.say([]diag.Pos{s.Pos}, evidence.Word(s.System)+" has a row without a step number")
			continue
		}
		for _, m := range p.stepsNeeded(n, s) {
			needed := p.steps[p.first[m]]
			bothCyclic := slices.Contains(left, n) && slices.Contains(left, m)
			switch rows := []diag.Pos{s.Pos, needed.Pos}; {
			case needed.Step == 0 || needed.Step < s.Step || bothCyclic:
			case needed.Step == s.Step:
				p.say(rows, evidence.Word(s.System)+" shares step {} with "+evidence.Word(needed.System)+", which it needs", stepFigure(s))
			default:
				p.say(rows, evidence.Word(s.System)+" has step {}, before "+evidence.Word(needed.System)+", which it needs and which has step {}", stepFigure(s), stepFigure(needed))
			}
		}
	}
}

func stepFigure(s evidence.PlanStep) evidence.Figure {
	return evidence.Figure{Text: strconv.Itoa(s.Step), Value: float64(s.Step), Unit: "step", Formula: "step of the row", Sources: []diag.Pos{s.Pos}}
}

// stepsNeeded is the systems of the plan that a system needs: by the graph,
// directly or through what has no step, and by its own row. Of an any-of group
// that no earlier step meets it is the member with the earliest step. In the order of the plan.
func (p *writtenPlan) stepsNeeded(n int, s evidence.PlanStep) []int {
	found := map[int]bool{}
	through := p.g.reach([]int{n}, p.g.needs, func(e need) bool {
		return e.kind != evidence.AnyOf && !p.has(e.node)
	})
	for _, m := range through {
		for _, e := range p.g.needs[m] {
			if p.has(e.node) && e.node != n && (e.kind != evidence.AnyOf || p.earliest(m, e.group) == e.node) {
				found[e.node] = true
			}
		}
	}
	for _, id := range s.Needs {
		if m := p.g.systemNode(id); m >= 0 && m != n && p.has(m) {
			found[m] = true
		}
	}
	nodes := make([]int, 0, len(found))
	for m := range found {
		nodes = append(nodes, m)
	}
	slices.SortFunc(nodes, func(a, b int) int { return cmp.Compare(p.first[a], p.first[b]) })
	return nodes
}

// earliest is the member of an any-of group with the first step.
func (p *writtenPlan) earliest(from, group int) int {
	best := -1
	for _, e := range p.g.needs[from] {
		if e.kind == evidence.AnyOf && e.group == group && p.has(e.node) && (best < 0 || p.first[e.node] < p.first[best]) {
			best = e.node
		}
	}
	return best
}

// unknown lists names of the plan, and of the edges the service rests on, that
// nothing answers to.
func (p *writtenPlan) unknown() {
	for _, s := range p.steps {
		if s.System == "" {
			p.say([]diag.Pos{s.Pos}, "step {} names no system", stepFigure(s))
		} else if p.g.to(s.System) < 0 {
			p.say([]diag.Pos{s.Pos}, "step {} names "+evidence.Word(s.System)+", which no system answers to", stepFigure(s))
		}
		for _, id := range s.Needs {
			if p.g.to(id) < 0 {
				p.say([]diag.Pos{s.Pos}, "step {} needs "+evidence.Word(id)+", which no system answers to", stepFigure(s))
			}
		}
	}
	for _, d := range p.g.DanglingOf(p.g.ids[p.service]) {
		p.say([]diag.Pos{d.Pos}, evidence.Word(d.From)+" needs "+evidence.Word(d.To)+", which no system answers to")
	}
}

func (p *writtenPlan) cyclic() {
	for _, c := range p.g.CyclesOf(p.g.ids[p.service]) {
		p.say(p.cycleRows(c), evidence.Word(CycleText(c))+": no order can hold them")
	}
}

// cycleRows are the rows of the edges of a cycle.
func (p *writtenPlan) cycleRows(cycle []string) []diag.Pos {
	var rows []diag.Pos
	for i, from := range cycle {
		to := cycle[(i+1)%len(cycle)]
		for _, d := range p.g.Direct(from) {
			if d.To == to && d.Kind != evidence.Soft {
				rows = append(rows, d.Pos)
			}
		}
	}
	return rows
}

// CycleText is a cycle in words: "ERP-01 needs WMS-01 and WMS-01 needs ERP-01".
func CycleText(cycle []string) string {
	var parts []string
	for i, from := range cycle {
		parts = append(parts, from+" needs "+cycle[(i+1)%len(cycle)])
	}
	return evidence.And(parts)
}

// DanglingOf lists the dangling edges of a service and of what it needs: what
// it needs besides, nobody knows. Soft edges move nothing and are left out.
func (g *Graph) DanglingOf(service string) []evidence.Dependency {
	needed := map[string]bool{service: true}
	for _, id := range g.Needs(service) {
		needed[id] = true
	}
	var out []evidence.Dependency
	for _, d := range g.dangling {
		if needed[d.From] && d.Kind != evidence.Soft {
			out = append(out, d)
		}
	}
	return out
}
