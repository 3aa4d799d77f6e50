package chart

import (
	"math"
	"strconv"

	"proofpack/generator/assess"
)

// typical is the width in CSS pixels that a picture has on the site more often
// than not; only what can't be said in percent goes by it.
const typical = 680.0

// svg is the site's canvas. Places are percent of the width with their points
// as a move, so that bars stretch while text keeps its size; colours are
// classes, since the pages forbid style attributes; hatches are the page's own
// patterns. With exact set the picture has a width and all places are points.
type svg struct {
	b     []byte
	width float64
	exact bool
	base  string // "../" to the folder's root
	links []byte // apart from the picture, which is hidden from a reader
}

// appendNumber writes a coordinate: at most two decimals, no exponent.
func appendNumber(b []byte, v float64) []byte {
	const most = 1e9              // beyond any picture; it keeps the whole number in range
	if !(v > -most && v < most) { // neither is a number that is none
		return append(b, '0')
	}
	hundredths := int64(math.Round(float64(v * 100)))
	if hundredths < 0 {
		b = append(b, '-')
		hundredths = -hundredths
	}
	b = strconv.AppendInt(b, hundredths/100, 10)
	if rest := hundredths % 100; rest != 0 {
		b = append(b, '.', byte('0'+rest/10))
		if rest%10 != 0 {
			b = append(b, byte('0'+rest%10))
		}
	}
	return b
}

func (c *svg) open(tag string) {
	c.b = append(c.b, '<')
	c.b = append(c.b, tag...)
}

func (c *svg) end() { c.b = append(c.b, "/>"...) }

func (c *svg) class(classes ...string) {
	c.b = append(c.b, ` class="`...)
	for _, s := range classes {
		c.b = append(c.b, s...)
	}
	c.b = append(c.b, '"')
}

func (c *svg) name(attribute string) {
	c.b = append(c.b, ' ')
	c.b = append(c.b, attribute...)
	c.b = append(c.b, `="`...)
}

func (c *svg) attr(name string, v float64) {
	c.name(name)
	c.b = appendNumber(c.b, v)
	c.b = append(c.b, '"')
}

// attrX writes a place as an attribute and returns the points left to move by.
func (c *svg) attrX(name string, x X) float64 {
	if c.exact {
		c.attr(name, float64(x.Frac*c.width)+x.Off)
		return 0
	}
	c.name(name)
	c.b = appendNumber(c.b, float64(x.Frac*100))
	c.b = append(c.b, `%"`...)
	return x.Off
}

func (c *svg) move(dx float64) {
	if dx == 0 {
		return
	}
	c.b = append(c.b, ` transform="translate(`...)
	c.b = appendNumber(c.b, dx)
	c.b = append(c.b, `)"`...)
}

// folded is a place all in shares; its points count at the typical width.
func (c *svg) folded(x X) X { return X{Frac: x.Frac + x.Off/c.width} }

// area writes x, y, width and height of a rectangle.
func (c *svg) area(x0, x1 X, y, h float64) {
	if !c.exact && x0.Frac != x1.Frac && x0.Off != x1.Off {
		x0, x1 = c.folded(x0), c.folded(x1)
	}
	move := c.attrX("x", x0)
	c.attr("y", y)
	if c.exact || x0.Frac == x1.Frac {
		c.attr("width", max(0, float64((x1.Frac-x0.Frac)*c.width)+x1.Off-x0.Off))
	} else {
		c.attrX("width", X{Frac: max(0, x1.Frac-x0.Frac)})
	}
	c.attr("height", max(0, h))
	c.move(move)
}

func (c *svg) stroke(s Stroke) {
	dash := ""
	if s.Dash {
		dash = " dash"
	}
	c.class("s-", s.Role.String(), dash)
	c.attr("stroke-width", s.Width)
}

func (c *svg) Rect(x0, x1 X, y, h float64, fill Role) {
	c.open("rect")
	c.class("f-", fill.String())
	c.area(x0, x1, y, h)
	c.end()
}

func (c *svg) Hatch(x0, x1 X, y, h float64, role Role) {
	pattern := "hatch"
	switch role {
	case Beyond, Failed:
		pattern = "hatchf"
	case Quiet, Base, Grid:
		pattern = "hatchq"
	case Stale:
		pattern = "hatchs"
	default:
	}
	c.open("rect")
	c.class("h-", role.String())
	c.name("fill")
	c.b = append(c.b, "url(#"...)
	c.b = append(c.b, pattern...)
	c.b = append(c.b, `)"`...)
	c.area(x0, x1, y, h)
	c.end()
}

func (c *svg) Box(x0, x1 X, y, h float64, s Stroke, radius float64) {
	c.open("rect")
	c.stroke(s)
	c.area(x0, x1, y, h)
	if radius > 0 {
		c.attr("rx", radius)
	}
	c.end()
}

func (c *svg) Line(a, b Point, s Stroke) {
	if !c.exact && a.X.Off != b.X.Off {
		a.X, b.X = c.folded(a.X), c.folded(b.X)
	}
	c.open("line")
	c.stroke(s)
	move := c.attrX("x1", a.X)
	c.attrX("x2", b.X)
	c.attr("y1", a.Y)
	c.attr("y2", b.Y)
	c.move(move)
	c.end()
}

// stretch opens an inner picture whose x runs from 0 to 100 over the width
// while y stays in points, for marks that percent can't describe.
func (c *svg) stretch() {
	if !c.exact {
		c.b = append(c.b, `<svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100" overflow="visible">`...)
	}
}

func (c *svg) unstretch() {
	if !c.exact {
		c.b = append(c.b, "</svg>"...)
	}
}

// pair appends a place inside stretch.
func (c *svg) pair(p Point) {
	x := float64(p.X.Frac*c.width) + p.X.Off
	if !c.exact {
		x = c.folded(p.X).Frac * 100
	}
	c.b = appendNumber(c.b, x)
	c.b = append(c.b, ',')
	c.b = appendNumber(c.b, p.Y)
}

func (c *svg) Polyline(pts []Point, s Stroke) {
	c.stretch()
	c.open("polyline")
	c.stroke(s)
	c.name("points")
	for i, p := range pts {
		if i > 0 {
			c.b = append(c.b, ' ')
		}
		c.pair(p)
	}
	c.b = append(c.b, '"')
	c.end()
	c.unstretch()
}

// The size of an arrow head, in points.
const (
	arrowLong = 7.0
	arrowHalf = 3.2
)

func (c *svg) Curve(a, c1, c2, b Point, s Stroke, arrow bool) {
	c.stretch()
	c.open("path")
	c.stroke(s)
	c.name("d")
	c.b = append(c.b, 'M')
	c.pair(a)
	c.b = append(c.b, 'C')
	c.pair(c1)
	c.b = append(c.b, ' ')
	c.pair(c2)
	c.b = append(c.b, ' ')
	c.pair(b)
	c.b = append(c.b, '"')
	c.end()
	c.unstretch()
	if arrow && c.exact {
		c.arrow(c2, b, s.Role)
	}
}

// arrow draws a head at b that comes from the side of c2.
func (c *svg) arrow(c2, b Point, role Role) {
	dx := (b.X.Frac-c2.X.Frac)*c.width + b.X.Off - c2.X.Off
	dy := b.Y - c2.Y
	if n := math.Hypot(dx, dy); n > 0 {
		dx, dy = dx/n, dy/n
	} else {
		dx, dy = 1, 0
	}
	back := func(side float64) Point {
		return Point{b.X.by(-arrowLong*dx - side*arrowHalf*dy), b.Y - arrowLong*dy + side*arrowHalf*dx}
	}
	c.open("path")
	c.class("f-", role.String())
	c.name("d")
	c.b = append(c.b, 'M')
	c.pair(b)
	c.b = append(c.b, 'L')
	c.pair(back(1))
	c.b = append(c.b, 'L')
	c.pair(back(-1))
	c.b = append(c.b, `Z"`...)
	c.end()
}

func (c *svg) Dot(at Point, r float64, role Role, filled bool) {
	c.open("circle")
	if filled {
		c.class("f-", role.String())
	} else {
		c.class("f-paper s-", role.String())
		c.attr("stroke-width", 2)
	}
	move := c.attrX("cx", at.X)
	c.attr("cy", at.Y)
	c.attr("r", r)
	c.move(move)
	c.end()
}

func (c *svg) Glyph(at Point, size float64, state assess.State) {
	if state == assess.NotApplicable {
		c.Rect(at.X.by(-size*.3), at.X.by(size*.3), at.Y-.75, 1.5, Quiet)
		return
	}
	c.open("use")
	c.class("g-", state.String())
	c.name("href")
	c.b = append(c.b, "#g-"...)
	c.b = append(c.b, state.String()...)
	c.b = append(c.b, '"')
	move := c.attrX("x", at.X.by(-size/2))
	c.attr("y", at.Y-size/2)
	c.attr("width", size)
	c.attr("height", size)
	c.move(move)
	c.end()
}

func (c *svg) Text(at Point, words string, f Font) {
	if words == "" {
		return
	}
	c.open("text")
	weight, size, side := "", "", ""
	if f.Bold {
		weight = " tb"
	}
	if f.Size < textSize {
		size = " ts"
	}
	switch f.Anchor {
	case Middle:
		side = " mid"
	case End:
		side = " end"
	case Start:
	}
	c.class("t-", f.Role.String(), weight, size, side)
	move := c.attrX("x", at.X)
	c.attr("y", at.Y)
	if move != 0 {
		c.attr("dx", move)
	}
	c.b = append(c.b, '>')
	c.b = AppendEscaped(c.b, words)
	c.b = append(c.b, "</text>"...)
}

func (c *svg) Link(x0, x1 X, y, h float64, href string) { c.namedLink(x0, x1, y, h, href, href) }

// namedLink lays a link over an area, apart from the picture.
func (c *svg) namedLink(x0, x1 X, y, h float64, href, name string) {
	drawn := c.b
	c.b = c.links
	c.open("a")
	c.name("href")
	c.b = AppendEscaped(c.b, c.base+href)
	c.b = append(c.b, `" aria-label="`...)
	c.b = AppendEscaped(c.b, name)
	c.b = append(c.b, `"><rect class="area"`...)
	c.area(x0, x1, y, h)
	c.b = append(c.b, "/></a>"...)
	c.links, c.b = c.b, drawn
}

func (c *svg) Width() float64 { return c.width }

func (c *svg) TextWidth(s string, f Font) float64 { return TextWidth(s, f) }
