package packet

import (
	"math"

	"github.com/johnfercher/maroto/v2/pkg/components/col"
	"github.com/johnfercher/maroto/v2/pkg/components/row"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"
)

// grid is into how many columns maroto parts a row: fine enough to place to a
// twentieth of a point.
const grid = 1 << 14

// An item is a row on its way to a page.
type item struct {
	cells  []cell
	style  *props.Cell
	before float64 // space above it, but not at the top of a page
	keep   bool    // stays on one page with what follows
	whole  bool    // cut only when it is taller than a page
	fill   bool    // pushes what follows to the foot of the page
	head   *item   // stands again above it at the top of a page
	repeat bool    // is such a head, standing again
}

// A cell is a part with its share of the width.
type cell struct {
	part  part // nil: empty
	share float64
	style *props.Cell
}

// one is a row of one part.
func one(p part) *item { return &item{cells: []cell{{part: p, share: 1}}} }

// space is an empty row.
func space(height float64) *item { return one(&bar{height: height}) }

// line is a row that is a rule.
func ruled(t tone, width float64) *item { return one(&bar{height: width, width: width, tone: t}) }

func (i *item) tall() float64 {
	t := 0.0
	for _, c := range i.cells {
		if c.part != nil {
			t = max(t, c.part.tall())
		}
	}
	return t
}

// row makes the row for maroto.
func (i *item) row(height float64) core.Row {
	r := row.New(height)
	edge, at := 0, 0.0
	for _, c := range i.cells {
		at += c.share
		end := int(math.Round(at * grid))
		k := col.New(end - edge)
		edge = end
		if c.part != nil {
			k.Add(c.part)
		}
		if c.style != nil {
			k.WithStyle(c.style)
		}
		r.Add(k)
	}
	if i.style != nil {
		r.WithStyle(i.style)
	}
	return r
}

// cut parts a row between the lines of its cells. head is nil when nothing of
// it fits.
func (i *item) cut(room float64) (head, rest *item) {
	a, b := *i, *i
	a.cells, b.cells = make([]cell, len(i.cells)), make([]cell, len(i.cells))
	some, left := false, false
	for k, c := range i.cells {
		a.cells[k], b.cells[k] = c, c
		a.cells[k].part, b.cells[k].part = nil, nil
		if c.part == nil {
			continue
		}
		x, y := c.part.cut(room)
		if x == nil && c.part.tall() <= room {
			x, y = c.part, nil
		}
		if x != nil {
			a.cells[k].part, some = x, true
		}
		if y != nil {
			b.cells[k].part, left = y, true
		}
	}
	switch {
	case !some:
		return nil, i
	case !left:
		return i, nil
	}
	b.before = 0
	return &a, &b
}

// A stack is rows inside a cell: one of two columns side by side.
type stack struct {
	still
	items  []*item
	config *entity.Config
}

func (s *stack) tall() float64 { return heightOf(s.items) }

// heightOf is the height of rows under each other.
func heightOf(items []*item) float64 {
	t := 0.0
	for n, i := range items {
		if n > 0 {
			t += i.before
		}
		t += i.tall()
	}
	return t
}

// GetHeight is the height of all its rows.
func (s *stack) GetHeight(core.Provider, *entity.Cell) float64 { return s.tall() }

// SetConfig keeps the settings for its rows.
func (s *stack) SetConfig(c *entity.Config) { s.config = c }

func (s *stack) cut(room float64) (head, rest part) {
	pages, err := paginate(s.items, room)
	if err != nil || len(pages) == 0 {
		return nil, s
	}
	if len(pages) == 1 {
		return s, nil
	}
	a, b := *s, *s
	a.items, b.items = pages[0], nil
	for _, p := range pages[1:] {
		b.items = append(b.items, p...)
	}
	return &a, &b
}

// Render draws the rows from the top of the cell.
func (s *stack) Render(to core.Provider, cell *entity.Cell) {
	pr, ok := to.(*provider)
	if !ok {
		return
	}
	left, x, y := pr.left, pr.x, pr.y
	pr.rows(s.items, s.config, *cell)
	pr.left, pr.x, pr.y = left, x, y
}

// rows draws rows under each other in a cell.
func (p *provider) rows(items []*item, config *entity.Config, cell entity.Cell) {
	for n, i := range items {
		if n > 0 {
			cell.Y += i.before
		}
		h := i.tall()
		r := i.row(h)
		r.SetConfig(config)
		p.left, p.x, p.y = cell.X, cell.X, cell.Y
		cell.Height = h
		r.Render(p, cell)
		cell.Y += h
	}
}
