package chart

import "proofpack/generator/report"

// costBars are bars of what one outage costs: grey inside the recovery target,
// the emphasis colour beyond it, hatched where the time is assumed.
type costBars report.CostBars

const barRow = 30.0 // height of the row of a bar list, points

func (d costBars) height(width float64) float64 { return layOut(d, width).height }
func (d costBars) draw(c Canvas)                { drawList(c, d) }
func (d costBars) says() string                 { return saysRows(d.rows()) }

func (d costBars) rows() []Row {
	top := 0.0
	for _, b := range d.Bars {
		top = max(top, b.Inside+b.Beyond)
	}
	rows := make([]Row, 0, len(d.Bars))
	for _, b := range d.Bars {
		row := Row{
			Label: b.Label, Sub: b.Sub, Value: b.Value, Note: b.ValueNote, Figure: b.Figure,
			Says: b.Says, Height: barRow,
			Draw: func(c Canvas, in Band) { drawCostBar(c, in, b, top) },
		}
		if row.Value == "" && b.Unknown {
			row.Value = "impact not declared"
		}
		if row.Says == "" {
			row.Says = b.Label.Plain() + ": " + joined(", ", row.Value, row.Note, row.Sub)
		}
		rows = append(rows, row)
	}
	return rows
}

func drawCostBar(c Canvas, in Band, b report.CostBar, top float64) {
	upright(c, in.Left, 1, barRow-1, Stroke{Role: Base, Width: 1})
	if b.Unknown {
		c.Hatch(in.at(0), in.at(1), 5.75, 18.5, Assumed)
		return
	}
	inside, all := share(b.Inside, top), share(b.Inside+b.Beyond, top)
	if inside > 0 {
		c.Rect(in.at(0), in.at(inside), 5, 20, Inside)
	}
	if b.Beyond <= 0 {
		return
	}
	from := in.at(inside)
	to := in.at(min(1, max(all, inside+.006))) // however little, it is seen
	if b.Assumed {
		c.Hatch(from, to, 5.75, 18.5, Beyond)
	} else {
		c.Rect(from, to, 5, 20, Beyond)
	}
	if inside > 0 {
		upright(c, from, 3, 27, Stroke{Role: Paper, Width: 3})
	}
}

func (d costBars) key() []KeyItem {
	if !d.Key {
		return nil
	}
	measured, assumed, unknown := false, false, false
	for _, b := range d.Bars {
		measured = measured || b.Beyond > 0 && !b.Assumed
		assumed = assumed || b.Beyond > 0 && b.Assumed
		unknown = unknown || b.Unknown
	}
	items := []KeyItem{swatch("inside the recovery target", solid(Inside))}
	if measured {
		items = append(items, swatch("beyond target, measured in a real restore", solid(Beyond)))
	}
	if assumed {
		items = append(items, swatch("beyond target, assumed because nothing proves less", hatched(Beyond)))
	}
	if unknown {
		items = append(items, swatch("impact not declared, so the length is unknown", hatched(Assumed)))
	}
	return items
}
