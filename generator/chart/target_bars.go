package chart

import "proofpack/generator/report"

// targetBars are measured times against targets, one row a system.
type targetBars report.TargetBars

func (d targetBars) height(width float64) float64 { return layOut(d, width).height }
func (d targetBars) draw(c Canvas)                { drawList(c, d) }
func (d targetBars) says() string                 { return saysRows(d.rows()) }

func (d targetBars) rows() []Row {
	top := 0.0
	for _, r := range d.Rows {
		top = max(top, r.Target)
		if r.Known {
			top = max(top, r.Measured)
		}
	}
	top *= 1.02 // the line of the greatest target stays inside
	rows := make([]Row, 0, len(d.Rows))
	for _, r := range d.Rows {
		row := Row{
			Label: r.Label, Note: r.Note, Judged: true, State: r.State, Height: barRow,
			Draw: func(c Canvas, in Band) { drawTargetBar(c, in, r, top) },
		}
		measured := "no proof of a recovery time"
		if r.Known {
			measured = amount(r.Measured, d.Unit) + " measured"
		}
		target := "no target declared"
		if r.Target > 0 {
			target = "target " + amount(r.Target, d.Unit)
		}
		row.Says = r.Label.Plain() + ": " + joined(", ", report.StateWord(r.State), measured, target, r.Note)
		rows = append(rows, row)
	}
	return rows
}

func drawTargetBar(c Canvas, in Band, r report.TargetBar, top float64) {
	upright(c, in.Left, 1, barRow-1, Stroke{Role: Base, Width: 1})
	if r.Known {
		role := Measured
		if r.Target > 0 && r.Measured > r.Target {
			role = Beyond
		}
		c.Rect(in.at(0), in.at(max(share(r.Measured, top), .006)), 8, 14, role)
	} else {
		c.Hatch(in.at(0), in.at(1), 8.75, 12.5, Assumed)
		plate(c, in.at(.5), 19, "no proof")
	}
	if r.Target > 0 {
		upright(c, in.at(share(r.Target, top)), 2, barRow-2, Stroke{Role: Target, Width: 2})
	}
}

func (d targetBars) key() []KeyItem {
	inside, beyond, unknown := false, false, false
	for _, r := range d.Rows {
		late := r.Known && r.Target > 0 && r.Measured > r.Target
		beyond = beyond || late
		inside = inside || r.Known && !late
		unknown = unknown || !r.Known
	}
	var items []KeyItem
	if inside {
		items = append(items, swatch("measured", solid(Measured)))
	}
	if beyond {
		items = append(items, swatch("measured, beyond target", solid(Beyond)))
	}
	if unknown {
		items = append(items, swatch("no proof", hatched(Assumed)))
	}
	if len(items) == 0 {
		return nil
	}
	return append(items, swatch("target", func(c Canvas, x0, _ X) {
		upright(c, x0.by(keyMark/2), -1, 13, Stroke{Role: Target, Width: 2})
	}))
}
