package chart

import (
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/report"
)

// spans are periods on an axis of time with a line at as-of. What an exception
// has run past its end stands in the emphasis colour; one without an end is
// hatched to the edge.
type spans report.Spans

const spanRow = 26.0

func (d spans) height(width float64) float64 { return layOut(d, width).height }
func (d spans) draw(c Canvas)                { drawList(c, d) }

func (d spans) says() string {
	return saysRows(d.rows()) + " As of " + day(d.AsOf) + "."
}

// axis is a stretch of time.
type axis struct{ from, to time.Time }

func (a axis) share(t time.Time) float64 {
	return share(t.Sub(a.from).Hours(), a.to.Sub(a.from).Hours())
}

func (d spans) rows() []Row {
	rows := make([]Row, 0, len(d.Rows)+1)
	for _, r := range d.Rows {
		period := "from " + day(r.Start)
		if r.Start.IsZero() {
			period = "no start on record"
		}
		if r.End.IsZero() {
			period += ", no end on record"
		} else {
			period += " to " + day(r.End)
		}
		rows = append(rows, Row{
			Label: r.Label, Note: r.Note, Judged: true, State: r.State, Height: spanRow,
			Says: r.Label.Plain() + ": " + joined(", ", report.StateWord(r.State), period, r.Note),
			Draw: func(c Canvas, in Band) { d.drawSpan(c, in, r) },
		})
	}
	if len(rows) > 0 {
		rows = append(rows, Row{Height: axisRow, Draw: d.drawAxis})
	}
	return rows
}

func (d spans) drawSpan(c Canvas, in Band, r report.SpanRow) {
	a := axis{d.From, d.To}
	start, now := a.share(r.Start), a.share(d.AsOf)
	level(c, in, spanRow-1, Stroke{Role: Grid, Width: 1})
	end := a.share(r.End)
	switch lapsed := r.State == assess.Failed; {
	case r.End.IsZero():
		c.Hatch(in.at(start), in.at(1), 6.75, 11.5, Beyond)
	case lapsed && end < now:
		if end > start {
			c.Rect(in.at(start), in.at(end), 6, 13, Inside)
		}
		c.Rect(in.at(end), in.at(now), 6, 13, Beyond)
	default:
		c.Rect(in.at(start), in.at(min(1, max(end, start+.006))), 6, 13, Inside)
	}
	upright(c, in.at(now), 0, spanRow, Stroke{Role: Target, Width: 2})
}

func (d spans) drawAxis(c Canvas, in Band) {
	now := axis{d.From, d.To}.share(d.AsOf)
	upright(c, in.at(now), 0, 5, Stroke{Role: Target, Width: 2})
	c.Text(Point{in.at(now), 17}, "as of "+day(d.AsOf), Font{Size: smallSize, Bold: true, Role: Target, Anchor: sideOf(now)})
	f := Font{Size: smallSize, Role: Quiet}
	if now > .45 {
		c.Text(Point{in.Left, 17}, d.From.Format("Jan 2006"), f)
	}
	if now < .6 {
		f.Anchor = End
		c.Text(Point{in.Right, 17}, d.To.Format("Jan 2006"), f)
	}
}

func (d spans) key() []KeyItem {
	var running, lapsed, open bool
	for _, r := range d.Rows {
		open = open || r.End.IsZero()
		late := r.State == assess.Failed && !r.End.IsZero() && r.End.Before(d.AsOf)
		lapsed = lapsed || late
		running = running || !r.End.IsZero()
	}
	var items []KeyItem
	if running {
		items = append(items, swatch("in force", solid(Inside)))
	}
	if lapsed {
		items = append(items, swatch("past its end", solid(Beyond)))
	}
	if open {
		items = append(items, swatch("no end on record", hatched(Beyond)))
	}
	return items
}
