package chart

import (
	"strconv"

	"proofpack/generator/report"
)

// stateColumns are proofs a month by their state, stacked from zero: proven
// below, failed over it, and hatched on top what nothing proves.
type stateColumns report.StateColumns

func (d stateColumns) height(width float64) float64 {
	_, key := placeKey(d.key(), width)
	return key + d.plotHeight()
}

func (d stateColumns) plotHeight() float64 { return columnsFoot + 6 + lineStep }

func (d stateColumns) draw(c Canvas) {
	if len(d.Columns) == 0 {
		nothing{}.draw(c)
		return
	}
	key, below := placeKey(d.key(), c.Width())
	drawKey(c, key)
	d.plot(shifted{c, below})
}

// plot draws the columns without their key, which the site sets as HTML.
func (d stateColumns) plot(c Canvas) (height float64) {
	most := 0
	for _, m := range d.Columns {
		most = max(most, m.Proven+m.Failed+m.NotProven+m.Other)
	}
	n := float64(max(len(d.Columns), fewestMonths))
	for i, m := range d.Columns {
		left, right, mid := Whole.at((float64(i)+.16)/n), Whole.at((float64(i)+.84)/n), Whole.at((float64(i)+.5)/n)
		y := columnsFoot
		stack := func(count int, mark func(top, tall float64)) {
			if tall := share(float64(count), float64(most)) * (columnsFoot - columnsTop); tall > 0 {
				y -= tall
				mark(y, tall)
			}
		}
		stack(m.Proven, func(top, tall float64) { c.Rect(left, right, top, tall, Measured) })
		stack(m.Other, func(top, tall float64) { c.Rect(left, right, top, tall, Inside) })
		stack(m.Failed, func(top, tall float64) { c.Rect(left, right, top, tall, Beyond) })
		stack(m.NotProven, func(top, tall float64) { c.Hatch(left, right, top, tall, Assumed) })
		if m.None {
			c.Box(left, right, columnsTop, columnsFoot-columnsTop, Stroke{Role: Grid, Width: 1}, 0)
			c.Text(Point{mid, (columnsTop + columnsFoot) / 2}, "none", Font{Size: smallSize, Anchor: Middle, Role: Quiet})
		} else {
			c.Text(Point{mid, y - 6}, strconv.Itoa(m.Proven), Font{Size: textSize, Bold: true, Anchor: Middle, Role: Ink})
		}
		c.Text(Point{mid, columnsFoot + 16}, m.Label, Font{Size: smallSize, Anchor: Middle, Role: Quiet})
	}
	level(c, Whole, columnsFoot, Stroke{Role: Base, Width: 1})
	return d.plotHeight()
}

// fewestMonths keeps the columns of two months from being walls.
const fewestMonths = 6

func (d stateColumns) key() []KeyItem {
	items := []KeyItem{swatch("proven, with their number", solid(Measured))}
	var other, none bool
	for _, m := range d.Columns {
		other, none = other || m.Other > 0, none || m.None
	}
	if other {
		items = append(items, swatch("excepted or not applicable", solid(Inside)))
	}
	items = append(items, swatch("failed", solid(Beyond)), swatch("missing or stale: not proven", hatched(Assumed)))
	if none {
		items = append(items, swatch("no packet of that month", func(c Canvas, x0, x1 X) {
			c.Box(x0.by(.5), x1.by(-.5), .5, 11, Stroke{Role: Grid, Width: 1}, 0)
		}))
	}
	return items
}

func (d stateColumns) says() string {
	said := make([]string, 0, len(d.Columns))
	for _, m := range d.Columns {
		if m.None {
			said = append(said, m.Label+": no packet")
			continue
		}
		s := m.Label + ": " + strconv.Itoa(m.Proven) + " proven, " + strconv.Itoa(m.Failed) + " failed, " + strconv.Itoa(m.NotProven) + " not proven"
		if m.Other > 0 {
			s += ", " + strconv.Itoa(m.Other) + " excepted or not applicable"
		}
		said = append(said, s)
	}
	if len(said) == 0 {
		return nothing{}.says()
	}
	return joined("; ", said...) + "."
}
