package packet

import (
	"math"

	"github.com/johnfercher/go-tree/node"
	"github.com/johnfercher/maroto/v2/pkg/consts/align"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
)

// A part is a component of known height that can be cut, so that a page never
// has to lose what it has no room for.
type part interface {
	core.Component
	tall() float64
	// cut parts it so that head is no taller than room; head is nil when not
	// even a line fits, or when it cannot be cut.
	cut(room float64) (head, rest part)
}

// still is what parts share: they take no settings from maroto.
type still struct{}

// SetConfig does nothing: a part is set when it is made.
func (still) SetConfig(*entity.Config) {}

// GetStructure names the part in maroto's tree, which the packet does not use.
func (still) GetStructure() *node.Node[core.Structure] {
	return node.New(core.Structure{Type: "part"})
}

// pad is room around the words of a part, in points.
type pad struct{ left, top, right, bottom float64 }

// A passage is lines of text.
type passage struct {
	still
	lines   []line
	pad     pad
	align   align.Type
	gutter  float64 // at the right, for figure codes that hang beside a column of numbers
	bottom  bool    // stands at the foot of its cell
	least   int     // lines that stay together at a cut
	element *element
	mark    *bookmark
}

// A bookmark is an entry of the outline.
type bookmark struct {
	title string
	level int    // 0 or 1
	id    string // by which links find the place; may be empty
	at    place
}

func (p *passage) tall() float64 {
	t := p.pad.top + p.pad.bottom
	for _, l := range p.lines {
		t += l.height
	}
	return t
}

// GetHeight is the height of the passage in any cell.
func (p *passage) GetHeight(core.Provider, *entity.Cell) float64 { return p.tall() }

func (p *passage) cut(room float64) (head, rest part) {
	n := 0
	used := p.pad.top + p.pad.bottom
	for _, l := range p.lines {
		if used+l.height > room+.01 {
			break
		}
		used += l.height
		n++
	}
	least := max(1, p.least)
	if n < len(p.lines) {
		n = min(n, len(p.lines)-least)
	}
	if n < least {
		return nil, p
	}
	if n == len(p.lines) {
		return p, nil
	}
	a, b := *p, *p
	a.lines, b.lines, b.mark = p.lines[:n], p.lines[n:], nil
	return &a, &b
}

// Render draws the lines at the top of the cell, or at its foot.
func (p *passage) Render(to core.Provider, cell *entity.Cell) {
	pr, ok := to.(*provider)
	if !ok {
		return
	}
	if p.mark != nil {
		p.mark.at = place{pr.page, cell.Y}
		pr.marked(p.mark)
	}
	y := cell.Y + p.pad.top
	if p.bottom {
		y = max(y, cell.Y+cell.Height-p.pad.bottom-(p.tall()-p.pad.top-p.pad.bottom))
	}
	inner := cell.Width - p.pad.left - p.pad.right
	var plain []func()
	flush := func() {
		if len(plain) > 0 {
			pr.tagged(p.element, func() {
				for _, draw := range plain {
					draw()
				}
			})
			plain = nil
		}
	}
	for _, l := range p.lines {
		x := cell.X + p.pad.left
		switch p.align {
		case align.Right:
			x += max(0, inner-p.gutter-(l.width-l.trail))
		case align.Center:
			x += max(0, (inner-l.width)/2)
		}
		base := y + l.rise
		for _, r := range l.runs {
			at := x + r.x
			draw := func() { pr.write(r.run, at, base) }
			if r.to == "" || p.element == nil {
				plain = append(plain, draw)
				continue
			}
			flush()
			pr.linked(p.element.add("Link"), r.run, at, base, draw)
		}
		y += l.height
	}
	flush()
}

// A bar is a level line across a cell, or a gap when it has no width.
type bar struct {
	still
	height, width float64
	tone          tone
}

func (b *bar) tall() float64 { return b.height }

// GetHeight is the height that the line takes.
func (b *bar) GetHeight(core.Provider, *entity.Cell) float64 { return b.height }

func (b *bar) cut(float64) (head, rest part) { return nil, b }

// Render draws the line in the middle of its height.
func (b *bar) Render(to core.Provider, cell *entity.Cell) {
	if pr, ok := to.(*provider); ok && b.width > 0 {
		pr.artifact(func() {
			y := cell.Y + b.height/2
			pr.stroke(cell.X, y, cell.X+cell.Width, y, b.width, b.tone)
		})
	}
}

// A drawn part is drawn by a function of its own and is not cut.
type drawn struct {
	still
	height float64
	draw   func(p *provider, x, y, w, h float64)
}

func (d *drawn) tall() float64 { return d.height }

// GetHeight is the height that was asked for.
func (d *drawn) GetHeight(core.Provider, *entity.Cell) float64 { return d.height }

func (d *drawn) cut(float64) (head, rest part) { return nil, d }

// Render calls the function with the place of the cell.
func (d *drawn) Render(to core.Provider, cell *entity.Cell) {
	if pr, ok := to.(*provider); ok {
		d.draw(pr, cell.X, cell.Y, cell.Width, math.Max(cell.Height, d.height))
	}
}

// over is a part inside a frame that was drawn first.
type over struct {
	*drawn
	inside *stack
}

// SetConfig passes the settings on.
func (o *over) SetConfig(c *entity.Config) { o.inside.SetConfig(c) }

// Render draws the frame and what is in it.
func (o *over) Render(to core.Provider, cell *entity.Cell) {
	o.drawn.Render(to, cell)
	in := *cell
	in.X, in.Y = in.X+blockInset, in.Y+blockInset
	in.Width = blockWidth - 2*blockInset
	o.inside.Render(to, &in)
}
