package packet

import (
	"fmt"

	"proofpack/generator/chart"
	"proofpack/generator/report"
)

// A figure's text is set at 13 points of its canvas; on paper those are drawn
// as so many points of text.
const (
	canvasText = 13.0
	figureText = 8.2
)

// smallestFigure is how far a figure is made smaller to fit on a page; one that
// needs more is cut instead.
const smallestFigure = .75

// chart sets a figure: the quiet line, the picture, the table of its numbers.
func (c *composer) chart(f report.Chart, width float64) []*item {
	var items []*item
	if f.Measure != "" {
		m := one(c.passage(words(f.Measure), c.scaled(quietSetting), min(width, quietSetting.size*measureOf*1.2), c.parent.add("P"), running))
		m.keep = true
		items = append(items, m)
	}
	for n, p := range c.pictures(f, width) {
		i := one(p)
		i.whole = true
		if n == 0 && len(items) > 0 {
			i.before = 4 * c.dense
		}
		items = append(items, i)
	}
	if f.Table != nil {
		rows := c.table(*f.Table, width)
		if len(rows) > 0 {
			rows[0].before = 8 * c.dense
		}
		items = append(items, rows...)
	}
	return items
}

// pictures draws a figure in one piece where a page holds it, smaller if need
// be; a figure much taller than a page is cut into pieces.
func (c *composer) pictures(f report.Chart, width float64) []part {
	scale := figureText / canvasText * c.dense
	if w := chart.Natural(f.Drawing); w > 0 && w*scale > width {
		scale = max(scale*.72, width/w)
	}
	// The room that the picture may take: a headline, its quiet line and some
	// words stand above it.
	room := c.room - 90
	tall := chart.Height(f.Drawing, width/scale) * scale
	for less := scale; tall > room && less > scale*smallestFigure; less *= .96 {
		if t := chart.Height(f.Drawing, width/less) * less; t <= room {
			tall, scale = t, less
		}
	}
	e := c.parent.add("Figure")
	e.alt = printable(chart.Says(f.Drawing))
	cuts := []float64{0, tall / scale}
	if tall > room {
		cuts = cutsOf(f.Drawing, &canvas{provider: &provider{types: c.typeface}, width: width, scale: scale}, tall/scale, room/scale)
	}
	out := make([]part, len(cuts)-1)
	for n := range out {
		top, bottom := cuts[n], cuts[n+1]
		height := (bottom - top) * scale
		out[n] = &drawn{height: height, draw: func(p *provider, x, y, w, _ float64) {
			if n == 0 {
				e.attr = fmt.Sprintf("<</O/Layout/Placement/Block/BBox[%.2f %.2f %.2f %.2f]>>", x, p.paper.height-y-height, x+w, p.paper.height-y)
			}
			k := &canvas{provider: p, x: x, y: y - float64(top*scale), width: w, scale: scale}
			p.tagged(e, func() {
				if len(out) == 1 {
					chart.Draw(k, f.Drawing)
				} else {
					chart.Draw(&slice{canvas: k, top: top, bottom: bottom}, f.Drawing)
				}
			})
		}}
	}
	return out
}
