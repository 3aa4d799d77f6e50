package chart

import "proofpack/generator/report"

// A figure is one kind of drawing that knows how to draw itself.
type figure interface {
	height(width float64) float64
	draw(c Canvas)
	says() string
}

// of finds the kind of a drawing.
func of(d report.Drawing) figure {
	switch d := d.(type) {
	case report.CostBars:
		return costBars(d)
	case report.CapacityLine:
		return capacityLine(d)
	case report.RestoreDots:
		return restoreDots(d)
	case report.Waterfall:
		return waterfall(d)
	case report.Layers:
		return layers(d)
	case report.TargetBars:
		return targetBars(d)
	case report.Histogram:
		return histogram(d)
	case report.Strips:
		return strips(d)
	case report.Calendar:
		return calendar(d)
	case report.MonthColumns:
		return monthColumns(d)
	case report.StateColumns:
		return stateColumns(d)
	case report.Shares:
		return shares(d)
	case report.Spans:
		return spans(d)
	}
	return nothing{}
}

// nothing is what is drawn of a drawing that nobody set: it says so.
type nothing struct{}

func (nothing) height(float64) float64 { return 24 }

func (n nothing) draw(c Canvas) {
	c.Text(Point{X{}, 16}, n.says(), Font{Size: textSize, Role: Quiet})
}

func (nothing) says() string { return "No figure: there are no numbers to draw." }

// Height is how many points a drawing needs on a canvas of the given width. A
// point is the canvas's own: the site makes it a CSS pixel, paper a smaller
// length, since a figure's text is set at 13 points.
func Height(d report.Drawing, width float64) float64 { return of(d).height(width) }

// Draw puts a whole drawing on a canvas, labels and all. The site uses Rows
// instead for the figures that are lists.
func Draw(c Canvas, d report.Drawing) { of(d).draw(c) }

// Says is every value of a drawing in words, for those who do not see it.
func Says(d report.Drawing) string { return of(d).says() }

// Natural is the width in points at which a drawing whose width can't stretch
// is best read; 0 for one that fills whatever width there is.
func Natural(d report.Drawing) float64 {
	if l, ok := d.(report.Layers); ok {
		return layers(l).natural()
	}
	return 0
}
