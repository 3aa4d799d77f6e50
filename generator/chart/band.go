package chart

// The sizes of a figure's text, in points of the canvas.
const (
	textSize  = 13.0
	smallSize = 12.0
	lineStep  = 15.0 // from one baseline to the next
)

// A Band is the part of a canvas, from left to right, that a plot fills. On the
// site it is all of the picture, since labels stand beside it; on paper it is
// what the labels leave.
type Band struct{ Left, Right X }

// Whole is a band that is all of the canvas.
var Whole = Band{Left: X{}, Right: X{Frac: 1}}

// at is the place at a share of the band, 0 to 1. The conversions keep the
// compiler from fusing, so that every machine draws the same figures.
func (b Band) at(share float64) X {
	return X{
		Frac: b.Left.Frac + float64((b.Right.Frac-b.Left.Frac)*share),
		Off:  b.Left.Off + float64((b.Right.Off-b.Left.Off)*share),
	}
}

// by moves a place by points.
func (x X) by(points float64) X { return X{x.Frac, x.Off + points} }

// share is v of top, held to 0..1; 0 when there is nothing to share.
func share(v, top float64) float64 {
	if top <= 0 || v <= 0 {
		return 0
	}
	return min(v/top, 1)
}

// upright is a vertical line.
func upright(c Canvas, x X, y0, y1 float64, s Stroke) {
	c.Line(Point{x, y0}, Point{x, y1}, s)
}

// level is a horizontal line across a band.
func level(c Canvas, in Band, y float64, s Stroke) {
	c.Line(Point{in.Left, y}, Point{in.Right, y}, s)
}

// plate writes centred words on a piece of the surface, so that they can be
// read over a hatched mark.
func plate(c Canvas, mid X, baseline float64, words string) {
	f := Font{Size: smallSize, Anchor: Middle, Role: Ink}
	half := TextWidth(words, f)/2 + 5
	c.Rect(mid.by(-half), mid.by(half), baseline-11, 15, Paper)
	c.Text(Point{mid, baseline}, words, f)
}
