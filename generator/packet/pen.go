package packet

import (
	"proofpack/generator/assess"

	"codeberg.org/go-pdf/fpdf"
)

// What follows draws shapes at places on the sheet. Every shape sets its own
// colour and line, since the library does not say which were last in force.

func (p *provider) fillTone(t tone) { p.pdf.SetFillColor(int(t.r), int(t.g), int(t.b)) }

func (p *provider) strokeTone(t tone, width float64) {
	p.pdf.SetDrawColor(int(t.r), int(t.g), int(t.b))
	p.pdf.SetLineWidth(width)
}

// fill fills a rectangle.
func (p *provider) fill(x, y, w, h float64, t tone) {
	p.fillTone(t)
	p.pdf.Rect(x, y, w, h, "F")
}

// stroke draws a straight line.
func (p *provider) stroke(x1, y1, x2, y2, width float64, t tone) {
	p.strokeTone(t, width)
	p.pdf.Line(x1, y1, x2, y2)
}

// frame outlines a rectangle.
func (p *provider) frame(x, y, w, h, width float64, t tone) {
	p.strokeTone(t, width)
	p.pdf.Rect(x, y, w, h, "D")
}

// dashed draws with dashes of on points and gaps of off points.
func (p *provider) dashed(on, off float64, draw func()) {
	p.pdf.SetDashPattern([]float64{on, off}, 0)
	draw()
	p.pdf.SetDashPattern([]float64{}, 0)
}

// hatch fills a rectangle with slanted lines, clipped to it, and outlines it.
// step is the distance of the lines along the edge.
func (p *provider) hatch(x, y, w, h, step, width, outline float64, t tone) {
	if w <= 0 || h <= 0 {
		return
	}
	p.pdf.ClipRect(x, y, w, h, false)
	p.strokeTone(t, width)
	for at := x - h + step/2; at < x+w; at += step {
		p.pdf.MoveTo(at, y+h)
		p.pdf.LineTo(at+h, y)
	}
	p.pdf.DrawPath("D")
	p.pdf.ClipEnd()
	p.frame(x+outline/2, y+outline/2, max(0, w-outline), max(0, h-outline), outline, t)
}

// glyph draws the sign of a state, centred; the same shapes as on the site,
// which has them on a field of 16 by 16.
func (p *provider) glyph(s assess.State, cx, cy, size float64) {
	k := size / 16
	x := func(v float64) float64 { return cx + float64((v-8)*k) }
	y := func(v float64) float64 { return cy + float64((v-8)*k) }
	t := toneOfState(s)
	switch s {
	case assess.Proven:
		p.fillTone(t)
		p.pdf.Circle(cx, cy, 7.5*k, "F")
		p.strokeTone(white, 1.9*k)
		p.path(x(4.4), y(8.3), x(6.9), y(10.8), x(11.7), y(5.3))
	case assess.Stale:
		p.strokeTone(t, 1.8*k)
		p.pdf.Circle(cx, cy, 6.6*k, "D")
		p.fillTone(t)
		p.pdf.Arc(cx, cy, 6.6*k, 6.6*k, 0, -90, 90, "F")
	case assess.Failed:
		p.fillTone(t)
		p.pdf.RoundedRect(x(1), y(1), 14*k, 14*k, 1.5*k, "1234", "F")
		p.strokeTone(white, 2*k)
		p.path(x(4.7), y(4.7), x(11.3), y(11.3))
		p.path(x(11.3), y(4.7), x(4.7), y(11.3))
	case assess.Excepted:
		p.strokeTone(t, 1.8*k)
		p.pdf.Polygon([]fpdf.PointType{{X: x(8), Y: y(1)}, {X: x(15), Y: y(8)}, {X: x(8), Y: y(15)}, {X: x(1), Y: y(8)}}, "D")
		p.fillTone(t)
		p.pdf.Circle(cx, cy, 2.1*k, "F")
	case assess.NotApplicable:
		p.fill(cx-float64(size*.3), cy-float64(.75*k), size*.6, 1.5*k, t)
	case assess.Missing:
		p.strokeTone(t, 1.7*k)
		p.dashed(2.6*k, 2.6*k, func() { p.pdf.Circle(cx, cy, 6.6*k, "D") })
	}
}

// path draws a line through places given as x and y in turn.
func (p *provider) path(at ...float64) {
	p.pdf.MoveTo(at[0], at[1])
	for i := 2; i+1 < len(at); i += 2 {
		p.pdf.LineTo(at[i], at[i+1])
	}
	p.pdf.DrawPath("D")
}

// tick draws an empty box to be ticked by hand.
func (p *provider) tick(x, y, size float64) { p.frame(x, y, size, size, .9, ink) }
