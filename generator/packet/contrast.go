package packet

import (
	"github.com/johnfercher/maroto/v2/pkg/consts/border"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"proofpack/generator/report"
)

// contrast sets two rows of two exports side by side under what they mean
// together.
func (c *composer) contrast(x report.Contrast, width float64) []*item {
	const inset, between = 10.0, 16.0
	inner := width - inset
	title := report.Text{{Text: x.ID + " ", Kind: report.KindCode}}
	title = append(title, x.Subject...)
	s := c.scaled(smallHeading)
	h := c.passage(title, s, inner, c.parent.add(c.under), running)
	items := []*item{one(h)}
	if len(x.Says) > 0 {
		items = append(items, one(c.passage(x.Says, c.scaled(textSetting), min(inner, textSetting.size*measureOf), c.parent.add("P"), running)))
	}
	each := (inner - between) / 2
	pair := &item{before: 3}
	for n, q := range []report.Quoted{x.A, x.B} {
		if n > 0 {
			pair.cells = append(pair.cells, cell{share: between / inner})
		}
		e := c.parent.add("P")
		label := one(c.passage(q.Label, c.scaled(factLabel), each, e, running))
		said := one(c.passage(report.Text{{Text: q.Text, Kind: report.KindQuote}}, c.scaled(factValue), each, e, running))
		pair.cells = append(pair.cells, cell{share: each / inner, part: &stack{items: []*item{label, said}}})
	}
	items = append(items, pair)
	i := &item{whole: true, before: 10 * c.dense, cells: indent(inset, width, &stack{items: items})}
	i.style = &props.Cell{BorderType: border.Left, BorderColor: colorOf(ruleStrong), BorderThickness: 1.5}
	return []*item{i}
}
