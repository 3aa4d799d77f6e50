package chart

import "proofpack/generator/report"

// layers is the dependency and recovery-order figure: what must be up first
// stands first, an arrow leads from it to what needs it. It runs across while
// its columns have room, and down where they do not.
type layers report.Layers

const (
	nodeWidth  = 172.0 // of a system, where there is room
	nodeLeast  = 104.0 // under it the figure runs down instead
	nodePad    = 10.0
	nodeEdge   = 1.5  // room for the outline of a system at the edge
	acrossGap  = 52.0 // between columns, where there is room
	acrossMin  = 30.0
	betweenGap = 16.0 // between systems of one column
	downGap    = 34.0 // between rows
	titleRoom  = 34.0 // over a column, or beside a row
	nodeSub    = 11.5
)

var (
	nodeFont  = Font{Size: textSize, Bold: true, Role: Ink}
	nodeNote  = Font{Size: nodeSub, Role: Quiet}
	nodeAlarm = Font{Size: nodeSub, Bold: true, Role: Ink}
	aboutFont = Font{Size: smallSize, Role: Quiet}
)

// A plan is a figure laid out: boxes and routes in points.
type plan struct {
	boxes  []box
	titles []placed
	routes [][]spot // each from what is needed to what needs it
	down   bool
	node   float64 // width of a box
	tall   float64 // height of a box
	height float64
	notes  []placed
}

type box struct {
	report.LayerNode
	spot
	label, sub []string
}

type spot struct{ x, y float64 }

type placed struct {
	words string
	spot
	rule float64 // length of the line under a title
}

func (d layers) natural() float64 {
	n := float64(len(d.Columns))
	return max(n*nodeWidth+max(0, n-1)*acrossGap+2*nodeEdge, 320)
}

func (d layers) height(width float64) float64 {
	_, key := placeKey(d.key(), width)
	return key + d.plan(width).height
}

// plan lays the figure out in a width.
func (d layers) plan(width float64) plan {
	n := float64(len(d.Columns))
	if n == 0 {
		return plan{height: 24}
	}
	gap := acrossGap
	node := nodeWidth
	if n*node+(n-1)*gap+2*nodeEdge > width {
		gap = acrossMin
		node = (width - 2*nodeEdge - (n-1)*gap) / n
	}
	p := plan{down: node < nodeLeast, node: node}
	if p.down {
		p.node = min(nodeWidth, (width-titleRoom-2*betweenGap)/3)
	}
	p.fit(d)
	if p.down {
		p.layDown(d, width)
	} else {
		p.layAcross(d, gap)
	}
	if len(d.Cycles) > 0 {
		p.height += 6
	}
	for _, cycle := range d.Cycles {
		for _, words := range wrap("Set aside, a circle: "+cycle, width, aboutFont) {
			p.height += lineStep
			p.notes = append(p.notes, placed{words: words, spot: spot{0, p.height - 3}})
		}
	}
	return p
}

// fit breaks the words of every box; all boxes are as tall as the tallest needs.
func (p *plan) fit(d layers) {
	room := p.node - 2*nodePad
	lines := 1
	for _, column := range d.Columns {
		for _, node := range column.Nodes {
			b := box{LayerNode: node, label: wrap(node.Label, room, nodeFont), sub: wrap(node.Sub, room, nodeAlarm)}
			lines = max(lines, len(b.label)+len(b.sub))
			p.boxes = append(p.boxes, b)
		}
	}
	p.tall = float64(lines)*lineStep + 14
}

func (d layers) draw(c Canvas) {
	key, below := placeKey(d.key(), c.Width())
	drawKey(c, key)
	d.plot(shifted{c, below})
}

// plot draws the figure without its key, which the site sets as HTML.
func (d layers) plot(c Canvas) (height float64) {
	p := d.plan(c.Width())
	if len(p.boxes) == 0 {
		nothing{}.draw(c)
		return p.height
	}
	for _, t := range p.titles {
		c.Text(Point{X{Off: t.x}, t.y}, t.words, aboutFont)
		if t.rule > 0 {
			c.Line(Point{X{Off: t.x}, t.y + 7}, Point{X{Off: t.x + t.rule}, t.y + 7}, Stroke{Role: Grid, Width: 1})
		}
	}
	for _, r := range p.routes {
		p.drawRoute(c, r)
	}
	for _, b := range p.boxes {
		p.drawBox(c, b)
	}
	for _, n := range p.notes {
		c.Text(Point{X{Off: n.x}, n.y}, n.words, aboutFont)
	}
	return p.height
}

// drawRoute draws one edge through its places, curved towards the next wave,
// with an arrow at its end.
func (p plan) drawRoute(c Canvas, route []spot) {
	s := Stroke{Role: Base, Width: 1.3}
	at := func(q spot) Point { return Point{X{Off: q.x}, q.y} }
	for i := 1; i < len(route); i++ {
		a, b := route[i-1], route[i]
		last := i == len(route)-1
		c1, c2 := spot{(a.x + b.x) / 2, a.y}, spot{(a.x + b.x) / 2, b.y}
		if p.down {
			c1, c2 = spot{a.x, (a.y + b.y) / 2}, spot{b.x, (a.y + b.y) / 2}
		}
		c.Curve(at(a), at(c1), at(c2), at(b), s, last)
		if !last && !p.down { // straight on past the column in between
			over := spot{b.x + p.node, b.y}
			c.Line(at(b), at(over), s)
			route[i] = over
		}
	}
}

func (p plan) drawBox(c Canvas, b box) {
	x0, x1 := X{Off: b.x}, X{Off: b.x + p.node}
	c.Rect(x0, x1, b.y, p.tall, Paper)
	s := Stroke{Role: Ink, Width: 1.2}
	if !b.Proven {
		s = Stroke{Role: MissingMark, Width: 1.5, Dash: true}
	}
	if b.Mark {
		s.Role, s.Width = Beyond, 2.2
	}
	c.Box(x0, x1, b.y, p.tall, s, 3)
	y := b.y + (p.tall-float64(len(b.label)+len(b.sub))*lineStep)/2 + 11.5
	for _, words := range b.label {
		c.Text(Point{x0.by(nodePad), y}, words, nodeFont)
		y += lineStep
	}
	f := nodeNote
	if !b.Proven {
		f = nodeAlarm
	}
	for _, words := range b.sub {
		c.Text(Point{x0.by(nodePad), y}, words, f)
		y += lineStep
	}
	if b.Href == "" {
		return
	}
	if named, ok := c.(namedLinker); ok {
		named.namedLink(x0, x1, b.y, p.tall, b.Href, joined(", ", b.Label, b.Sub))
		return
	}
	c.Link(x0, x1, b.y, p.tall, b.Href)
}

// A namedLinker is a surface whose links are read out by name.
type namedLinker interface {
	namedLink(x0, x1 X, y, h float64, href, name string)
}

func (d layers) says() string {
	name := map[string]string{}
	needs := map[string][]string{}
	for _, column := range d.Columns {
		for _, node := range column.Nodes {
			name[node.ID] = node.Label
		}
	}
	for _, e := range d.Edges {
		if name[e[0]] != "" && name[e[1]] != "" {
			needs[e[0]] = append(needs[e[0]], name[e[1]])
		}
	}
	var said []string
	for _, column := range d.Columns {
		for _, node := range column.Nodes {
			s := column.Title + ": " + joined(", ", node.Label, node.Sub)
			if n := needs[node.ID]; len(n) > 0 {
				s += ", needs " + joined(" and ", n...)
			}
			said = append(said, sentence(s))
		}
	}
	for _, c := range d.Cycles {
		said = append(said, sentence("Set aside, a circle: "+c))
	}
	if len(said) == 0 {
		return nothing{}.says()
	}
	return joined(" ", said...)
}

func (d layers) key() []KeyItem {
	proven, unproven, driver := false, false, false
	for _, column := range d.Columns {
		for _, node := range column.Nodes {
			proven = proven || node.Proven
			unproven = unproven || !node.Proven
			driver = driver || node.Mark
		}
	}
	frame := func(s Stroke) func(Canvas, X, X) {
		return func(c Canvas, x0, x1 X) { c.Box(x0.by(1), x1.by(-1), 1, 10, s, 2) }
	}
	var items []KeyItem
	if proven {
		items = append(items, swatch("restored, with proof", frame(Stroke{Role: Ink, Width: 1.2})))
	}
	if unproven {
		items = append(items, swatch("no restore proof", frame(Stroke{Role: MissingMark, Width: 1.5, Dash: true})))
	}
	if driver {
		items = append(items, swatch("drives the exposure", frame(Stroke{Role: Beyond, Width: 2.2})))
	}
	return items
}
