package chart

import (
	"strconv"

	"proofpack/generator/report"
)

// shares are the rows of sources by what became of them, each source out of its
// own rows: those it declared, or those it held when it held more.
type shares report.Shares

const shareRow = 24.0

func (d shares) height(width float64) float64 { return layOut(d, width).height }
func (d shares) draw(c Canvas)                { drawList(c, d) }
func (d shares) says() string                 { return saysRows(d.rows()) }

func (d shares) rows() []Row {
	rows := make([]Row, 0, len(d.Rows))
	for _, r := range d.Rows {
		declared := "row count not declared"
		if r.Expected >= 0 {
			declared = counted(r.Expected, "row", "rows") + " declared"
		}
		rows = append(rows, Row{
			Label: r.Label, Note: r.Note, Height: shareRow,
			Says: r.Label.Plain() + ": " + joined(", ",
				counted(r.Used, "row", "rows")+" used", strconv.Itoa(r.Rejected)+" rejected",
				strconv.Itoa(r.Duplicate)+" duplicate", strconv.Itoa(r.SetAside)+" set aside", declared, r.Note),
			Draw: func(c Canvas, in Band) { drawShare(c, in, r) },
		})
	}
	return rows
}

func read(r report.Share) int { return r.Used + r.Rejected + r.Duplicate + r.SetAside }

func drawShare(c Canvas, in Band, r report.Share) {
	total := max(read(r), r.Expected)
	if total == 0 {
		c.Hatch(in.at(0), in.at(1), 5.75, 12.5, Assumed)
		plate(c, in.at(.5), 16, "no rows")
		return
	}
	// The marks are set from the right, so that a part too small to see takes
	// its sliver from the rows that were used, the largest by far.
	parts := []struct {
		n    int
		mark func(a, b X)
	}{
		{total - read(r), func(a, b X) { c.Hatch(a, b, 5.75, 12.5, Assumed) }},
		{r.Rejected, func(a, b X) { c.Rect(a, b, 5, 14, Beyond) }},
		{r.SetAside, func(a, b X) { c.Box(a, b, 5.5, 13, Stroke{Role: Inside, Width: 1}, 0) }},
		{r.Duplicate, func(a, b X) { c.Rect(a, b, 5, 14, Inside) }},
	}
	right := 1.0
	for _, p := range parts {
		if p.n > 0 {
			left := max(0, right-max(float64(p.n)/float64(total), .008))
			p.mark(in.at(left), in.at(right))
			right = left
		}
	}
	if r.Used > 0 {
		c.Rect(in.at(0), in.at(right), 5, 14, Measured)
	}
}

func (d shares) key() []KeyItem {
	var rejected, duplicate, aside, short bool
	for _, r := range d.Rows {
		rejected = rejected || r.Rejected > 0
		duplicate = duplicate || r.Duplicate > 0
		aside = aside || r.SetAside > 0
		short = short || r.Expected > read(r)
	}
	items := []KeyItem{swatch("used", solid(Measured))}
	if duplicate {
		items = append(items, swatch("duplicate", solid(Inside)))
	}
	if aside {
		items = append(items, swatch("set aside", func(c Canvas, x0, x1 X) {
			c.Box(x0.by(.5), x1.by(-.5), .5, 11, Stroke{Role: Inside, Width: 1}, 0)
		}))
	}
	if rejected {
		items = append(items, swatch("rejected", solid(Beyond)))
	}
	if short {
		items = append(items, swatch("declared, and not there", hatched(Assumed)))
	}
	return items
}
