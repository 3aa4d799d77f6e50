package chart

import (
	"proofpack/generator/assess"
	"proofpack/generator/report"
)

// strips are the last runs of jobs, oldest first and the newest at the right. A
// run that worked is a low bar, one that failed a full one with a heavier
// colour, one that never happened an empty dashed box: the shape alone tells.
type strips report.Strips

const (
	stripRow    = 26.0
	fewestSlots = 20 // a job with few runs on record does not fill the row
)

func (d strips) height(width float64) float64 { return layOut(d, width).height }
func (d strips) draw(c Canvas)                { drawList(c, d) }
func (d strips) says() string                 { return saysRows(d.rows()) }

func (d strips) rows() []Row {
	slots := fewestSlots
	for _, r := range d.Rows {
		slots = max(slots, len(r.Cells))
	}
	rows := make([]Row, 0, len(d.Rows))
	for _, r := range d.Rows {
		said := make([]string, 0, len(r.Cells))
		for _, cell := range r.Cells {
			said = append(said, cell.Says)
		}
		rows = append(rows, Row{
			Label: r.Label, Sub: r.Sub, Note: r.Note, Height: stripRow,
			Says: r.Label.Plain() + ": " + joined("; ", r.Note, joined(", ", said...)),
			Draw: func(c Canvas, in Band) { drawStrip(c, in, r.Cells, slots) },
		})
	}
	return rows
}

func drawStrip(c Canvas, in Band, cells []report.StripCell, slots int) {
	level(c, in, 24, Stroke{Role: Base, Width: 1})
	first := slots - len(cells)
	for i, cell := range cells {
		left := float64(first+i) / float64(slots)
		width := 1 / float64(slots)
		runMark(c, in.at(left+width*.12), in.at(left+width*.88), 4, cell.State)
	}
}

// runMark draws one run between top and 20 points beneath it.
func runMark(c Canvas, x0, x1 X, top float64, s assess.State) {
	switch s {
	case assess.Proven:
		c.Rect(x0, x1, top+10, 10, Inside)
	case assess.Failed:
		c.Rect(x0, x1, top, 20, Beyond)
	case assess.Stale:
		c.Hatch(x0, x1, top+5, 15, Stale)
	case assess.Excepted, assess.NotApplicable:
		c.Rect(x0, x1, top+17, 3, ExceptedMark)
	case assess.Missing:
		c.Box(x0, x1, top+.5, 19.5, Stroke{Role: MissingMark, Width: 1, Dash: true}, 0)
	}
}

func (d strips) key() []KeyItem {
	seen := map[assess.State]bool{}
	for _, r := range d.Rows {
		for _, cell := range r.Cells {
			seen[cell.State] = true
		}
	}
	words := []struct {
		state assess.State
		words string
	}{
		{assess.Proven, "ran"},
		{assess.Failed, "failed"},
		{assess.Stale, "ran with a warning"},
		{assess.Missing, "expected, and no run on record"},
		{assess.Excepted, "excepted"},
	}
	var items []KeyItem
	for _, w := range words {
		if seen[w.state] {
			items = append(items, swatch(w.words, func(c Canvas, x0, _ X) {
				runMark(c, x0.by(8), x0.by(18), -4, w.state)
			}))
		}
	}
	return items
}
