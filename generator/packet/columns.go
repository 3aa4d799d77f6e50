package packet

import (
	"strconv"

	"proofpack/generator/report"
)

// A columnPlan is how wide a column is and how it is aligned.
type columnPlan struct {
	width  float64 // without the gap after it
	gutter float64 // at the right, for figure codes beside the numbers
	right  bool
}

// need is what the words of a column ask for.
type need struct {
	least   float64 // its longest word
	natural float64 // its longest line
	gutter  float64
}

// plan settles the widths of a table's columns, and a size of type at which
// they hold their longest words.
func (c *composer) plan(t report.Table, width float64) *tableGrid {
	for _, r := range t.Rows {
		for len(t.Columns) < len(r.Cells) {
			t.Columns = append(t.Columns, report.Column{})
		}
	}
	g := &tableGrid{Table: t, setting: c.scaled(tableText), width: width, pad: 3 * c.dense, gap: 10}
	if n := len(t.Columns); n > 6 {
		g.gap = 7
		g.setting.size = min(g.setting.size, 7.9)
	}
	g.answers = answersOf(t)
	size, gap := g.setting.size, g.gap
	for {
		short := g.share(c.needs(g))
		if short <= 0 {
			return g
		}
		switch {
		case g.setting.size > smallestTable:
			g.setting.size = max(smallestTable, g.setting.size-.3)
			g.gap = max(5, g.gap-.7)
		case !g.setting.below: // no room for codes beside the numbers
			g.setting.below, g.setting.size, g.gap = true, size, gap
		default:
			return g
		}
	}
}

// needs measures every column.
func (c *composer) needs(g *tableGrid) []need {
	out := make([]need, len(g.Columns))
	head := tableHead
	head.size = min(head.size, g.setting.size*.92)
	see := func(n int, t report.Text, s setting) {
		if len(t) == 0 {
			return
		}
		s.numbers = g.Columns[n].Num
		ws := c.set(t, s, nil)
		out[n].least = max(out[n].least, longestWord(ws))
		out[n].natural = max(out[n].natural, naturalWidth(ws))
		if s.numbers {
			out[n].gutter = max(out[n].gutter, hanging(ws))
		}
	}
	for n, col := range g.Columns {
		out[n].least = g.answers[n].width
		out[n].natural = g.answers[n].width
		hs := c.set(words(col.Title), head, nil)
		out[n].least = max(out[n].least, longestWord(hs))
		out[n].natural = max(out[n].natural, min(naturalWidth(hs), max(longestWord(hs), 44)))
	}
	for _, r := range g.Rows {
		for n, t := range r.Cells {
			s := g.setting
			if n == 0 {
				s.face = sansStrong
			}
			see(n, t, s)
		}
	}
	for n, t := range g.Foot {
		if n < len(out) {
			s := tableFoot
			s.size = min(s.size, g.setting.size)
			see(n, t, s)
		}
	}
	return out
}

// share gives every column its width and returns how much too narrow the table
// is for its longest words; 0 when it is not. A share of the width that was
// asked for gives way before a word or a number is broken.
func (g *tableGrid) share(needs []need) float64 {
	g.columns = make([]columnPlan, len(needs))
	free := g.width - float64(g.gap*float64(len(needs)-1))
	least, wide := make([]float64, len(needs)), make([]float64, len(needs))
	sumLeast, sumWide := 0.0, 0.0
	asked := 0.0
	for n, d := range needs {
		g.columns[n].right, g.columns[n].gutter = g.Columns[n].Num, d.gutter
		least[n], wide[n] = d.least+d.gutter, max(d.least, d.natural)+d.gutter
		if s := g.Columns[n].Share; s > 0 {
			wide[n] = max(least[n], float64(s*g.width)-g.gap)
			asked += s
		}
		sumLeast += least[n]
		sumWide += wide[n]
	}
	switch {
	case sumLeast >= free:
		for n := range needs {
			g.columns[n].width = least[n] * free / sumLeast
		}
	case sumWide > free:
		part := (free - sumLeast) / (sumWide - sumLeast)
		for n := range needs {
			g.columns[n].width = least[n] + float64((wide[n]-least[n])*part)
		}
	default:
		for n := range needs {
			g.columns[n].width = wide[n]
		}
		g.spread(needs, free-sumWide, asked >= .99)
	}
	return sumLeast - free
}

// spread gives room to spare to the columns of words; numbers stay close to
// what they belong to. Where every column asked for a share, all keep to it.
func (g *tableGrid) spread(needs []need, spare float64, all bool) {
	sum := 0.0
	weight := make([]float64, len(needs))
	for n, d := range needs {
		switch {
		case all:
			weight[n] = g.Columns[n].Share
		case g.Columns[n].Share > 0:
		case g.Columns[n].Num:
			weight[n] = 14
		default:
			weight[n] = d.natural + 12
		}
		sum += weight[n]
	}
	if sum == 0 { // shares that do not fill the width
		for n := range weight {
			weight[n] = g.columns[n].width
			sum += weight[n]
		}
	}
	for n := range needs {
		g.columns[n].width += float64(spare * weight[n] / sum)
	}
}

// number is a whole number in digits.
func number(n int) string { return strconv.Itoa(n) }
