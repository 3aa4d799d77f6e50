package chart

import "proofpack/generator/report"

// waterfall is steps in time, one row each, with the target as a line through
// all of them and an axis beneath.
type waterfall report.Waterfall

const axisRow = 20.0 // height of the row of an axis, points

func (d waterfall) height(width float64) float64 { return layOut(d, width).height }
func (d waterfall) draw(c Canvas)                { drawList(c, d) }

func (d waterfall) says() string {
	s := saysRows(d.rows())
	if d.Target > 0 {
		s += " Target " + amount(d.Target, d.Unit) + "."
	}
	return s
}

func (d waterfall) rows() []Row {
	top := d.Target
	for _, r := range d.Rows {
		top = max(top, r.End)
	}
	rows := make([]Row, 0, len(d.Rows)+1)
	for _, r := range d.Rows {
		length := amount(max(0, r.End-r.Start), d.Unit)
		row := Row{
			Label: report.Text{{Text: r.Label}}, Sub: r.Sub, Value: length, Note: r.Note, Height: barRow,
			Draw: func(c Canvas, in Band) { d.drawStep(c, in, r, top) },
		}
		how := "measured"
		if !r.Known {
			how = "assumed"
			row.Note = joined(", ", how, r.Note)
		}
		row.Says = r.Label + ": " + joined(", ", r.Sub, "from "+amount(r.Start, d.Unit)+" to "+amount(r.End, d.Unit), how, r.Note)
		if r.Beyond {
			row.Says += ", beyond the target"
		}
		rows = append(rows, row)
	}
	if len(rows) > 0 {
		rows = append(rows, Row{Height: axisRow, Draw: func(c Canvas, in Band) { drawScale(c, in, d.Target, top, d.Unit) }})
	}
	return rows
}

func (d waterfall) drawStep(c Canvas, in Band, r report.WaterfallRow, top float64) {
	role := Measured
	if r.Beyond {
		role = Beyond
	}
	from, to := share(r.Start, top), share(r.End, top)
	to = min(1, max(to, from+.006))
	from = min(from, to-.006)
	if r.Known {
		c.Rect(in.at(from), in.at(to), 6, 18, role)
	} else {
		if role == Measured {
			role = Assumed
		}
		c.Hatch(in.at(from), in.at(to), 6.75, 16.5, role)
	}
	if d.Target > 0 {
		upright(c, in.at(share(d.Target, top)), 0, barRow, Stroke{Role: Target, Width: 2})
	}
}

// drawScale writes the ends of a scale and its target beneath a list.
func drawScale(c Canvas, in Band, target, top float64, unit string) {
	level(c, in, .5, Stroke{Role: Base, Width: 1})
	f := Font{Size: smallSize, Role: Quiet}
	at := share(target, top)
	if target > 0 {
		upright(c, in.at(at), 0, 5, Stroke{Role: Target, Width: 2})
		c.Text(Point{in.at(at), 16}, "target "+amount(target, unit), Font{Size: smallSize, Bold: true, Role: Target, Anchor: sideOf(at)})
	}
	if target <= 0 || at > .4 {
		c.Text(Point{in.Left, 16}, "0", f)
	}
	if target <= 0 || at < .6 {
		f.Anchor = End
		c.Text(Point{in.Right, 16}, amount(top, unit), f)
	}
}

// sideOf keeps a label inside the plot: it leans away from the nearer end.
func sideOf(at float64) Anchor {
	switch {
	case at < .2:
		return Start
	case at > .8:
		return End
	}
	return Middle
}

func (d waterfall) key() []KeyItem {
	known, assumed, beyond := false, false, false
	for _, r := range d.Rows {
		known = known || r.Known && !r.Beyond
		assumed = assumed || !r.Known
		beyond = beyond || r.Beyond
	}
	if !assumed {
		return nil // the labels say it all
	}
	var items []KeyItem
	if known {
		items = append(items, swatch("measured", solid(Measured)))
	}
	if beyond {
		items = append(items, swatch("ends beyond the target", solid(Beyond)))
	}
	return append(items, swatch("assumed, no measured restore", hatched(Assumed)))
}
