package chart

import (
	"proofpack/generator/assess"
	"proofpack/generator/report"
)

// How a list is set where the figure draws its own words, in points.
const (
	roomy     = 480.0 // from this width on, the second lines of labels are drawn
	columnGap = 10.0  // between label, plot and value
	rowGap    = 3.0   // between rows
	keyStep   = 20.0  // from one line of the key to the next
	keyMark   = 26.0  // width of a mark in the key
	glyphSize = 13.0
)

// A listing is a list laid out on a canvas that is width wide.
type listing struct {
	lines  []line
	key    []placedKey
	plot   Band
	value  X // left edge of the value column
	top    float64
	height float64
}

// A line is a row with its words broken to fit and its place.
type line struct {
	Row
	y           float64
	height      float64
	label, sub  []string
	value, note []string
}

type placedKey struct {
	KeyItem
	x, y float64
}

var (
	labelFont = Font{Size: textSize, Anchor: End, Role: Ink}
	subFont   = Font{Size: smallSize, Anchor: End, Role: Quiet}
	valueFont = Font{Size: textSize, Bold: true, Role: Ink}
	noteFont  = Font{Size: smallSize, Role: Quiet}
)

// layOut breaks the words of a list and places its rows. Both Height and Draw
// go by it.
func layOut(l list, width float64) listing {
	rows := l.rows()
	lab, val := 0.0, 0.0
	for _, r := range rows {
		lab = max(lab, TextWidth(r.Label.Plain(), labelFont))
		if width >= roomy {
			lab = max(lab, TextWidth(r.Sub, subFont))
		}
		val = max(val, TextWidth(valueWords(r), valueFont)+glyphRoom(r), TextWidth(r.Note, noteFont))
	}
	lab, val = min(lab, width*.3), min(val, width*.3)
	out := listing{plot: Whole}
	if lab > 0 {
		out.plot.Left = X{Off: lab + columnGap}
	}
	if val > 0 {
		out.plot.Right = X{Frac: 1, Off: -val - columnGap}
	}
	out.value = out.plot.Right.by(columnGap)
	out.key, out.top = placeKey(l.key(), width)
	y := out.top
	for _, r := range rows {
		n := line{Row: r, y: y}
		n.label = wrap(r.Label.Plain(), lab, labelFont)
		if width >= roomy {
			n.sub = wrap(r.Sub, lab, subFont)
		}
		n.value = wrap(valueWords(r), val-glyphRoom(r), valueFont)
		n.note = wrap(r.Note, val, noteFont)
		words := float64(max(len(n.label)+len(n.sub), len(n.value)+len(n.note)))
		n.height = max(r.Height, words*lineStep+2)
		out.lines = append(out.lines, n)
		y += n.height + rowGap
	}
	out.height = y
	return out
}

// valueWords is the value, or the word of the state that stands in its place.
func valueWords(r Row) string {
	if r.Judged && r.Value == "" {
		return report.StateWord(r.State)
	}
	return r.Value
}

func glyphRoom(r Row) float64 {
	if r.Judged {
		return glyphSize + 5
	}
	return 0
}

// placeKey sets the entries of a key side by side, on as many lines as needed.
func placeKey(items []KeyItem, width float64) ([]placedKey, float64) {
	var out []placedKey
	x, y := 0.0, 0.0
	for _, k := range items {
		w := keyMark + 7 + TextWidth(k.Words, noteFont)
		if x > 0 && x+w > width {
			x, y = 0, y+keyStep
		}
		out = append(out, placedKey{k, x, y})
		x += w + 20
	}
	if len(out) == 0 {
		return nil, 0
	}
	return out, y + keyStep + 4
}

// drawKey draws a key at the top of a canvas.
func drawKey(c Canvas, key []placedKey) {
	for _, k := range key {
		left := X{Off: k.x}
		k.Draw(shifted{c, k.y}, Band{left, left.by(keyMark)})
		c.Text(Point{left.by(keyMark + 7), k.y + 10}, k.Words, noteFont)
	}
}

// drawList draws a whole list with its words.
func drawList(c Canvas, l list) {
	out := layOut(l, c.Width())
	drawKey(c, out.key)
	for _, n := range out.lines {
		n.Draw(shifted{c, n.y + (n.height-n.Height)/2}, out.plot)
		left := column{c, out.plot.Left.by(-columnGap), n.middle(len(n.label) + len(n.sub))}
		left.write(n.label, labelFont)
		left.write(n.sub, subFont)
		right := column{c, out.value, n.middle(len(n.value) + len(n.note))}
		if n.Judged {
			c.Glyph(Point{right.x.by(glyphSize / 2), right.y + 7}, glyphSize, n.State)
		}
		right.x = right.x.by(glyphRoom(n.Row))
		right.write(n.value, valueFont)
		right.x = out.value
		right.write(n.note, noteFont)
		linkLabel(c, n, out.plot.Left)
	}
}

// middle is the top of so many lines of words, centred on the row.
func (n line) middle(words int) float64 {
	return n.y + (n.height-float64(words)*lineStep)/2
}

// A column is a stack of lines of words.
type column struct {
	c Canvas
	x X
	y float64
}

func (k *column) write(words []string, f Font) {
	for _, w := range words {
		k.c.Text(Point{k.x, k.y + 11.5}, w, f)
		k.y += lineStep
	}
}

// linkLabel makes the label of a row lead where its text does.
func linkLabel(c Canvas, n line, right X) {
	for _, s := range n.Label {
		if s.Href != "" {
			c.Link(X{}, right.by(-columnGap), n.y, n.height, s.Href)
			return
		}
	}
}

// shifted is a canvas moved down, for the row of a list.
type shifted struct {
	Canvas
	dy float64
}

func (s shifted) down(p Point) Point { return Point{p.X, p.Y + s.dy} }

func (s shifted) Rect(x0, x1 X, y, h float64, fill Role) { s.Canvas.Rect(x0, x1, y+s.dy, h, fill) }

func (s shifted) Hatch(x0, x1 X, y, h float64, r Role) { s.Canvas.Hatch(x0, x1, y+s.dy, h, r) }

func (s shifted) Box(x0, x1 X, y, h float64, k Stroke, radius float64) {
	s.Canvas.Box(x0, x1, y+s.dy, h, k, radius)
}

func (s shifted) Line(a, b Point, k Stroke) { s.Canvas.Line(s.down(a), s.down(b), k) }

func (s shifted) Polyline(pts []Point, k Stroke) {
	moved := make([]Point, len(pts))
	for i, p := range pts {
		moved[i] = s.down(p)
	}
	s.Canvas.Polyline(moved, k)
}

func (s shifted) Curve(a, c1, c2, b Point, k Stroke, arrow bool) {
	s.Canvas.Curve(s.down(a), s.down(c1), s.down(c2), s.down(b), k, arrow)
}

func (s shifted) Dot(at Point, r float64, role Role, filled bool) {
	s.Canvas.Dot(s.down(at), r, role, filled)
}

func (s shifted) Glyph(at Point, size float64, state assess.State) {
	s.Canvas.Glyph(s.down(at), size, state)
}

func (s shifted) Text(at Point, words string, f Font) { s.Canvas.Text(s.down(at), words, f) }

func (s shifted) Link(x0, x1 X, y, h float64, href string) {
	s.Canvas.Link(x0, x1, y+s.dy, h, href)
}
