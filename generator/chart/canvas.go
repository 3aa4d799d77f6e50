// Package chart draws the report's figures on a Canvas, one file a kind. The
// site's SVG surface and the packet's PDF surface are the two canvases, so that
// both show one drawing.
package chart

import "proofpack/generator/assess"

// X is a place across the canvas: a fraction of its width plus points, so that
// bars stretch while text keeps its size.
type X struct {
	Frac float64 // 0 left edge, 1 right edge
	Off  float64 // points
}

// A Role is what a mark means; the surface knows its colour.
type Role int

// The roles of marks; tokens of the theme carry the same names.
const (
	Ink   Role = iota
	Quiet      // second ink
	Grid
	Base   // the axis line
	Inside // inside the target
	Measured
	Assumed // hatched
	Beyond  // the one emphasis colour
	Target
	Link
	Proven
	Stale
	Failed
	MissingMark
	ExceptedMark
	Paper // the surface behind, for gaps
)

// An Anchor is the side of a text that X names.
type Anchor int

// The anchors.
const (
	Start Anchor = iota
	Middle
	End
)

// A Font is how a text on a canvas is set.
type Font struct {
	Size   float64 // points (CSS px on the site)
	Bold   bool
	Anchor Anchor
	Role   Role
}

// A Point is a place on the canvas, y in points from the top.
type Point struct {
	X X
	Y float64
}

// A Stroke is how a line is drawn.
type Stroke struct {
	Role  Role
	Width float64 // points
	Dash  bool
}

// A Canvas is a surface of known height whose width may stretch.
type Canvas interface {
	Rect(x0, x1 X, y, h float64, fill Role)
	Hatch(x0, x1 X, y, h float64, role Role) // hatched with an outline
	Box(x0, x1 X, y, h float64, s Stroke, radius float64)
	Line(a, b Point, s Stroke)
	Polyline(pts []Point, s Stroke)
	Curve(a, c1, c2, b Point, s Stroke, arrow bool)
	Dot(at Point, r float64, role Role, filled bool)
	Glyph(at Point, size float64, state assess.State) // centred
	Text(at Point, s string, f Font)                  // y is the baseline
	Link(x0, x1 X, y, h float64, href string)         // an area that leads somewhere; surfaces without links ignore it
	Width() float64                                   // a typical width in points, for laying out: 680 on the site, the column's on paper
	TextWidth(s string, f Font) float64               // an estimate on the site, exact on paper
}
