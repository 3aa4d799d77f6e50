package chart

import (
	"strconv"

	"proofpack/generator/report"
)

// histogram is counts by bucket, columns from zero with their count on top.
type histogram report.Histogram

const (
	columnsTop   = 24.0  // top of the highest column
	columnsFoot  = 176.0 // the base line
	narrowCanvas = 340.0 // width of a phone's picture, for breaking labels
)

func (d histogram) height(float64) float64 {
	return columnsFoot + 6 + lineStep*float64(d.labelLines())
}

func (d histogram) labels(i int) []string {
	slot := narrowCanvas / float64(len(d.Buckets))
	return wrap(d.Buckets[i].Label, slot-4, Font{Size: smallSize})
}

func (d histogram) labelLines() int {
	n := 1
	for i := range d.Buckets {
		n = max(n, len(d.labels(i)))
	}
	return n
}

func (d histogram) draw(c Canvas) {
	top := 0
	for _, b := range d.Buckets {
		top = max(top, b.N)
	}
	n := float64(len(d.Buckets))
	for i, b := range d.Buckets {
		left, mid := float64(i)/n, (float64(i)+.5)/n
		h := share(float64(b.N), float64(top)) * (columnsFoot - columnsTop)
		role, ink := Measured, Ink
		switch {
		case b.N == 0:
			ink = Quiet
		case b.Emphasis:
			role, ink = Beyond, Failed
		}
		if b.N > 0 {
			c.Rect(Whole.at(left+.14/n), Whole.at(left+.86/n), columnsFoot-h, h, role)
		}
		c.Text(Point{Whole.at(mid), columnsFoot - h - 7}, strconv.Itoa(b.N), Font{Size: textSize, Bold: true, Anchor: Middle, Role: ink})
		for k, words := range d.labels(i) {
			c.Text(Point{Whole.at(mid), columnsFoot + 16 + lineStep*float64(k)}, words, Font{Size: smallSize, Anchor: Middle, Role: Quiet})
		}
	}
	level(c, Whole, columnsFoot, Stroke{Role: Base, Width: 1})
}

func (d histogram) says() string {
	said := make([]string, 0, len(d.Buckets))
	for _, b := range d.Buckets {
		said = append(said, b.Label+": "+strconv.Itoa(b.N))
	}
	if len(said) == 0 {
		return nothing{}.says()
	}
	return joined(", ", said...) + "."
}
