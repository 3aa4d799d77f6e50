package packet

import (
	"cmp"
	"slices"

	"proofpack/generator/assess"
	"proofpack/generator/chart"
	"proofpack/generator/report"
)

// An extent is how far down a mark of a figure reaches, in points of its canvas.
type extent struct{ top, bottom float64 }

// tallMark is the height from which on a mark is an axis or a frame that may be
// cut through, in points of the canvas.
const tallMark = 80.0

// A surveyor is a canvas that draws nothing and notes where marks would stand.
type surveyor struct {
	*canvas
	marks []extent
}

func (s *surveyor) note(top, bottom float64) {
	if bottom < top {
		top, bottom = bottom, top
	}
	if bottom-top < tallMark {
		s.marks = append(s.marks, extent{top, bottom})
	}
}

// Rect notes a rectangle; and so on for the other marks.
func (s *surveyor) Rect(_, _ chart.X, y, h float64, _ chart.Role)  { s.note(y, y+h) }
func (s *surveyor) Hatch(_, _ chart.X, y, h float64, _ chart.Role) { s.note(y, y+h) }
func (s *surveyor) Box(_, _ chart.X, y, h float64, _ chart.Stroke, _ float64) {
	s.note(y, y+h)
}
func (s *surveyor) Line(a, b chart.Point, _ chart.Stroke)                { s.note(a.Y, b.Y) }
func (s *surveyor) Polyline([]chart.Point, chart.Stroke)                 {}
func (s *surveyor) Curve(_, _, _, _ chart.Point, _ chart.Stroke, _ bool) {}
func (s *surveyor) Dot(at chart.Point, r float64, _ chart.Role, _ bool)  { s.note(at.Y-r, at.Y+r) }
func (s *surveyor) Glyph(at chart.Point, size float64, _ assess.State) {
	s.note(at.Y-size/2, at.Y+size/2)
}
func (s *surveyor) Text(at chart.Point, _ string, f chart.Font) {
	s.note(at.Y-f.Size, at.Y+float64(f.Size*.3))
}

// cutsOf are the heights at which a figure is cut so that no piece is taller
// than room; between two marks wherever there is such a place.
func cutsOf(d report.Drawing, k *canvas, tall, room float64) []float64 {
	s := &surveyor{canvas: k}
	chart.Draw(s, d)
	slices.SortFunc(s.marks, func(a, b extent) int { return cmp.Compare(a.top, b.top) })
	cuts := []float64{0}
	for from := 0.0; tall-from > room; from = cuts[len(cuts)-1] {
		best, reach := from+room, from
		for _, m := range s.marks {
			if m.top > reach && reach > from && m.top <= from+room {
				best = (reach + m.top) / 2
			}
			reach = max(reach, m.bottom)
			if m.top > from+room {
				break
			}
		}
		cuts = append(cuts, best)
	}
	return append(cuts, tall)
}

// A slice is a canvas that draws only the marks between two heights.
type slice struct {
	*canvas
	top, bottom float64
}

func (s *slice) has(top, bottom float64) bool {
	if bottom < top {
		top, bottom = bottom, top
	}
	return bottom > s.top && top < s.bottom
}

// within holds a mark to the slice.
func (s *slice) within(y, h float64) (float64, float64) {
	top, bottom := max(y, s.top), min(y+h, s.bottom)
	return top, bottom - top
}

// Rect draws the part of a rectangle that is in the slice; and so on.
func (s *slice) Rect(x0, x1 chart.X, y, h float64, r chart.Role) {
	if s.has(y, y+h) {
		y, h = s.within(y, h)
		s.canvas.Rect(x0, x1, y, h, r)
	}
}

// Hatch draws a hatched rectangle that is in the slice.
func (s *slice) Hatch(x0, x1 chart.X, y, h float64, r chart.Role) {
	if s.has(y, y+h) {
		y, h = s.within(y, h)
		s.canvas.Hatch(x0, x1, y, h, r)
	}
}

// Box draws a frame that is in the slice.
func (s *slice) Box(x0, x1 chart.X, y, h float64, k chart.Stroke, radius float64) {
	if s.has(y, y+h) {
		y, h = s.within(y, h)
		s.canvas.Box(x0, x1, y, h, k, radius)
	}
}

// Line draws the part of a line that is in the slice.
func (s *slice) Line(a, b chart.Point, k chart.Stroke) {
	if !s.has(a.Y, b.Y+.01) && a.Y != b.Y || a.Y == b.Y && (a.Y < s.top || a.Y >= s.bottom) {
		return
	}
	a.Y, b.Y = min(max(a.Y, s.top), s.bottom), min(max(b.Y, s.top), s.bottom)
	s.canvas.Line(a, b, k)
}

// Polyline draws a line whose middle is in the slice.
func (s *slice) Polyline(pts []chart.Point, k chart.Stroke) {
	sum := 0.0
	for _, p := range pts {
		sum += p.Y
	}
	if n := float64(len(pts)); n > 0 && s.has(sum/n, sum/n+.01) {
		s.canvas.Polyline(pts, k)
	}
}

// Curve draws a curve whose middle is in the slice.
func (s *slice) Curve(a, c1, c2, b chart.Point, k chart.Stroke, arrow bool) {
	if mid := (a.Y + b.Y) / 2; s.has(mid, mid+.01) {
		s.canvas.Curve(a, c1, c2, b, k, arrow)
	}
}

// Dot draws a dot whose middle is in the slice.
func (s *slice) Dot(at chart.Point, r float64, role chart.Role, filled bool) {
	if s.has(at.Y, at.Y+.01) {
		s.canvas.Dot(at, r, role, filled)
	}
}

// Glyph draws a glyph whose middle is in the slice.
func (s *slice) Glyph(at chart.Point, size float64, state assess.State) {
	if s.has(at.Y, at.Y+.01) {
		s.canvas.Glyph(at, size, state)
	}
}

// Text writes words that stand in the slice.
func (s *slice) Text(at chart.Point, words string, f chart.Font) {
	if mid := at.Y - float64(f.Size*.35); s.has(mid, mid+.01) {
		s.canvas.Text(at, words, f)
	}
}
