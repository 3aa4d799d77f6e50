package chart

import (
	"math"

	"proofpack/generator/report"
)

// calendar is tasks against periods: a state in each period in which the task
// was due, a small dash where nothing was.
type calendar report.Calendar

const (
	calendarRow    = 28.0
	calendarGlyph  = 15.0
	mostHeads      = 6    // heads of columns that fit a phone side by side
	narrowestPlot  = 330. // points of the plot on a phone
	calendarMargin = 3.
)

func (d calendar) height(width float64) float64 { return layOut(d, width).height }
func (d calendar) draw(c Canvas)                { drawList(c, d) }
func (d calendar) says() string                 { return saysRows(d.rows()) }
func (d calendar) key() []KeyItem               { return nil }

func (d calendar) rows() []Row {
	rows := make([]Row, 0, len(d.Rows)+1)
	if len(d.Rows) > 0 {
		rows = append(rows, Row{Height: axisRow, Draw: d.drawHeads})
	}
	for _, r := range d.Rows {
		said := make([]string, 0, len(r.Cells))
		for i, cell := range r.Cells {
			words := cell.Says
			switch {
			case words != "":
			case cell.Blank:
				words = "nothing due"
			default:
				words = report.StateWord(cell.State)
			}
			if i < len(d.Columns) {
				words = d.Columns[i] + " " + words
			}
			said = append(said, words)
		}
		rows = append(rows, Row{
			Label: report.Text{{Text: r.Label}}, Sub: r.Sub, Height: calendarRow,
			Says: r.Label + ": " + joined(", ", append([]string{r.Sub}, said...)...),
			Draw: func(c Canvas, in Band) { d.drawTask(c, in, r.Cells) },
		})
	}
	return rows
}

// slot is the middle of a column.
func (d calendar) slot(in Band, i, cells int) X {
	n := max(len(d.Columns), cells, 1)
	return in.at((float64(i) + .5) / float64(n))
}

func (d calendar) drawHeads(c Canvas, in Band) {
	step := (len(d.Columns) + mostHeads - 1) / mostHeads
	for i := len(d.Columns) - 1; i >= 0; i -= max(step, 1) {
		f, at := Font{Size: smallSize, Role: Quiet, Anchor: Middle}, d.slot(in, i, 0)
		switch i {
		case len(d.Columns) - 1:
			f.Anchor, at = End, at.by(calendarGlyph/2)
		case 0:
			f.Anchor, at = Start, at.by(-calendarGlyph/2)
		}
		c.Text(Point{at, 13}, d.Columns[i], f)
	}
}

func (d calendar) drawTask(c Canvas, in Band, cells []report.CalendarCell) {
	level(c, in, calendarRow, Stroke{Role: Grid, Width: 1})
	n := float64(max(len(d.Columns), len(cells), 1))
	size := math.Min(calendarGlyph, narrowestPlot/n-calendarMargin)
	for i, cell := range cells {
		at := d.slot(in, i, len(cells))
		if cell.Blank {
			c.Rect(at.by(-3), at.by(3), calendarRow/2, 1, Base)
			continue
		}
		c.Glyph(Point{at, calendarRow / 2}, max(size, 6), cell.State)
	}
}
