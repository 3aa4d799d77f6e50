package chart

import (
	"strconv"

	"proofpack/generator/report"
)

// monthColumns are changes a month: not approved on top of approved, and drift
// found as dots over them.
type monthColumns report.MonthColumns

const (
	dotBand  = 44.0 // room over the columns for dots
	mostDots = 4    // more are written as a number over one dot
)

func (d monthColumns) drifted() bool {
	for _, m := range d.Columns {
		if m.Dots > 0 {
			return true
		}
	}
	return false
}

func (d monthColumns) foot() (top, foot float64) {
	if d.drifted() {
		return columnsTop + dotBand, columnsFoot + dotBand
	}
	return columnsTop, columnsFoot
}

func (d monthColumns) height(width float64) float64 {
	_, key := placeKey(d.key(), width)
	return key + d.plotHeight()
}

func (d monthColumns) plotHeight() float64 {
	_, foot := d.foot()
	return foot + 6 + lineStep
}

func (d monthColumns) draw(c Canvas) {
	key, below := placeKey(d.key(), c.Width())
	drawKey(c, key)
	d.plot(shifted{c, below})
}

// plot draws the columns without their key, which the site sets as HTML.
func (d monthColumns) plot(c Canvas) (height float64) {
	top, foot := d.foot()
	most := 0
	for _, m := range d.Columns {
		most = max(most, m.Good+m.Bad)
	}
	n := float64(len(d.Columns))
	for i, m := range d.Columns {
		left, right, mid := Whole.at((float64(i)+.16)/n), Whole.at((float64(i)+.84)/n), Whole.at((float64(i)+.5)/n)
		bad := share(float64(m.Bad), float64(most)) * (foot - top)
		good := share(float64(m.Good), float64(most)) * (foot - top)
		y := foot - good
		if good > 0 {
			c.Rect(left, right, y, good, Inside)
		}
		y -= bad
		if bad > 0 {
			c.Rect(left, right, y, bad, Beyond)
			c.Text(Point{mid, y - 6}, strconv.Itoa(m.Bad), Font{Size: textSize, Bold: true, Anchor: Middle, Role: Failed})
		} else if m.Good == 0 {
			c.Text(Point{mid, y - 6}, "0", Font{Size: smallSize, Anchor: Middle, Role: Quiet})
		}
		drawDots(c, mid, m.Dots)
		c.Text(Point{mid, foot + 16}, m.Label, Font{Size: smallSize, Anchor: Middle, Role: Quiet})
	}
	level(c, Whole, foot, Stroke{Role: Base, Width: 1})
	return d.plotHeight()
}

func drawDots(c Canvas, mid X, n int) {
	if n > mostDots {
		c.Dot(Point{mid, 6}, 3.5, Ink, true)
		c.Text(Point{mid, 24}, strconv.Itoa(n), Font{Size: smallSize, Bold: true, Anchor: Middle, Role: Ink})
		return
	}
	for k := range n {
		c.Dot(Point{mid, 6 + 10*float64(k)}, 3.5, Ink, true)
	}
}

func (d monthColumns) key() []KeyItem {
	items := []KeyItem{swatch("approved", solid(Inside)), swatch("no approval on file, with their number", solid(Beyond))}
	if d.drifted() {
		items = append(items, swatch("drift found without a change", func(c Canvas, x0, _ X) {
			c.Dot(Point{x0.by(keyMark / 2), 6}, 3.5, Ink, true)
		}))
	}
	return items
}

func (d monthColumns) says() string {
	said := make([]string, 0, len(d.Columns))
	for _, m := range d.Columns {
		s := m.Label + ": " + strconv.Itoa(m.Good) + " approved, " + strconv.Itoa(m.Bad) + " not approved"
		if m.Dots > 0 {
			s += ", drift found " + counted(m.Dots, "time", "times")
		}
		said = append(said, s)
	}
	if len(said) == 0 {
		return nothing{}.says()
	}
	return joined("; ", said...) + "."
}
