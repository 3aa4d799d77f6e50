package packet

import (
	"math"

	"codeberg.org/go-pdf/fpdf"

	"proofpack/generator/assess"
	"proofpack/generator/chart"
	"proofpack/generator/report"
)

// A canvas is a piece of a page that figures are drawn on. Its own points are
// smaller than those of the sheet by scale.
type canvas struct {
	*provider
	x, y, width, scale float64 // place and width on the sheet
}

var _ chart.Canvas = (*canvas)(nil)

func (k *canvas) at(x chart.X) float64 { return k.x + float64(x.Frac*k.width) + float64(x.Off*k.scale) }

func (k *canvas) down(y float64) float64 { return k.y + float64(y*k.scale) }

// Width is the width in points of the canvas.
func (k *canvas) Width() float64 { return k.width / k.scale }

// Rect fills a rectangle.
func (k *canvas) Rect(x0, x1 chart.X, y, h float64, r chart.Role) {
	left, right := k.at(x0), k.at(x1)
	if right > left {
		k.fill(left, k.down(y), right-left, h*k.scale, toneOf(r))
	}
}

// Hatch fills a rectangle with slanted lines and outlines it.
func (k *canvas) Hatch(x0, x1 chart.X, y, h float64, r chart.Role) {
	left, right := k.at(x0), k.at(x1)
	step := 8.5 * k.scale // 6 points apart, measured across lines that slant by 45 degrees
	k.hatch(left, k.down(y), right-left, h*k.scale, step, 2.2*k.scale, 1.3*k.scale, toneOf(r))
}

// stroked draws with a stroke.
func (k *canvas) stroked(s chart.Stroke, draw func()) {
	k.strokeTone(toneOf(s.Role), s.Width*k.scale)
	if s.Dash {
		k.dashed(4*k.scale, 3*k.scale, draw)
		return
	}
	draw()
}

// Box outlines a rectangle.
func (k *canvas) Box(x0, x1 chart.X, y, h float64, s chart.Stroke, radius float64) {
	left, right := k.at(x0), k.at(x1)
	k.stroked(s, func() {
		if radius > 0 {
			k.pdf.RoundedRect(left, k.down(y), right-left, h*k.scale, radius*k.scale, "1234", "D")
			return
		}
		k.pdf.Rect(left, k.down(y), right-left, h*k.scale, "D")
	})
}

// Line draws a straight line.
func (k *canvas) Line(a, b chart.Point, s chart.Stroke) {
	k.stroked(s, func() { k.pdf.Line(k.at(a.X), k.down(a.Y), k.at(b.X), k.down(b.Y)) })
}

// Polyline draws a line through places.
func (k *canvas) Polyline(pts []chart.Point, s chart.Stroke) {
	if len(pts) < 2 {
		return
	}
	k.pdf.SetLineJoinStyle("round")
	k.stroked(s, func() {
		k.pdf.MoveTo(k.at(pts[0].X), k.down(pts[0].Y))
		for _, p := range pts[1:] {
			k.pdf.LineTo(k.at(p.X), k.down(p.Y))
		}
		k.pdf.DrawPath("D")
	})
	k.pdf.SetLineJoinStyle("miter")
}

// Curve draws a curve, with an arrow head at its end if asked.
func (k *canvas) Curve(a, c1, c2, b chart.Point, s chart.Stroke, arrow bool) {
	k.stroked(s, func() {
		k.pdf.MoveTo(k.at(a.X), k.down(a.Y))
		k.pdf.CurveBezierCubicTo(k.at(c1.X), k.down(c1.Y), k.at(c2.X), k.down(c2.Y), k.at(b.X), k.down(b.Y))
		k.pdf.DrawPath("D")
	})
	if arrow {
		k.arrow(c2, b, s.Role)
	}
}

// The size of an arrow head, in points of the canvas; the same as on the site.
const (
	arrowLong = 7.0
	arrowHalf = 3.2
)

func (k *canvas) arrow(from, to chart.Point, r chart.Role) {
	x, y := k.at(to.X), k.down(to.Y)
	dx, dy := x-k.at(from.X), y-k.down(from.Y)
	if n := math.Hypot(dx, dy); n > 0 {
		dx, dy = dx/n, dy/n
	} else {
		dx, dy = 1, 0
	}
	long, half := arrowLong*k.scale, arrowHalf*k.scale
	k.fillTone(toneOf(r))
	k.pdf.Polygon([]fpdf.PointType{
		{X: x, Y: y},
		{X: x - float64(long*dx) - float64(half*dy), Y: y - float64(long*dy) + float64(half*dx)},
		{X: x - float64(long*dx) + float64(half*dy), Y: y - float64(long*dy) - float64(half*dx)},
	}, "F")
}

// Dot draws a disc, or a ring on paper.
func (k *canvas) Dot(at chart.Point, r float64, role chart.Role, filled bool) {
	x, y := k.at(at.X), k.down(at.Y)
	if filled {
		k.fillTone(toneOf(role))
		k.pdf.Circle(x, y, r*k.scale, "F")
		return
	}
	k.fillTone(white)
	k.strokeTone(toneOf(role), 2*k.scale)
	k.pdf.Circle(x, y, r*k.scale, "FD")
}

// Glyph draws the sign of a state, centred.
func (k *canvas) Glyph(at chart.Point, size float64, s assess.State) {
	k.glyph(s, k.at(at.X), k.down(at.Y), size*k.scale)
}

func (k *canvas) setting(f chart.Font) setting {
	s := setting{face: sans, size: f.Size * k.scale, tone: toneOf(f.Role)}
	if f.Bold {
		s.face = sansStrong
	}
	return s
}

func (k *canvas) words(s string, f chart.Font) line {
	set := k.setting(f)
	return newLine(k.types.set(report.Text{{Text: s, Keep: true}}, set, nil), set)
}

// Text writes words with their baseline at y.
func (k *canvas) Text(at chart.Point, s string, f chart.Font) {
	l := k.words(s, f)
	x := k.at(at.X)
	switch f.Anchor {
	case chart.Middle:
		x -= l.width / 2
	case chart.End:
		x -= l.width
	case chart.Start:
	}
	for _, r := range l.runs {
		k.write(r.run, x+r.x, k.down(at.Y))
	}
}

// Link does nothing: what figures lead to is on the site.
func (k *canvas) Link(_, _ chart.X, _, _ float64, _ string) {}

// TextWidth is how wide words are, in points of the canvas.
func (k *canvas) TextWidth(s string, f chart.Font) float64 { return k.words(s, f).width / k.scale }
