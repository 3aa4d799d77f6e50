package packet

import "proofpack/generator/report"

// summary sets the second page, drawn to be read alone: headline, key figures,
// cost and proof side by side, decisions, and lines to sign at the foot.
func (c *composer) summary(p *report.Page) []*item {
	items := c.head(p)
	var foot []*item
	for n := 0; n < len(p.Sections); n++ {
		s := p.Sections[n]
		if rest, signs := parted(s); len(signs) > 0 {
			if len(rest.Blocks) > 0 || len(rest.Title) > 0 {
				items = append(items, c.sections([]report.Section{rest})...)
			}
			for _, b := range signs {
				foot = append(foot, c.signatures(b, c.width)...)
			}
			continue
		}
		if s.Half && n+1 < len(p.Sections) && p.Sections[n+1].Half {
			left, first := withoutLegends(s)
			right, second := withoutLegends(p.Sections[n+1])
			items = append(items, c.sections([]report.Section{left, right})...)
			for _, l := range append(first, second...) {
				rows := c.legend(l, c.width)
				rows[0].before = 5 * c.dense
				items = append(items, rows...)
			}
			n++
			continue
		}
		items = append(items, c.sections(p.Sections[n:n+1])...)
	}
	if len(foot) > 0 {
		fill := space(0)
		fill.fill = true
		items = append(append(items, fill), foot...)
	}
	return items
}

// parted takes the lines to sign out of a section.
func parted(s report.Section) (rest report.Section, signs []report.Signatures) {
	rest = s
	rest.Blocks = nil
	for _, b := range s.Blocks {
		if g, ok := b.(report.Signatures); ok {
			signs = append(signs, g)
			continue
		}
		rest.Blocks = append(rest.Blocks, b)
	}
	return rest, signs
}

// withoutLegends takes the explanations of the states out of a half section:
// across the page they need two lines instead of five.
func withoutLegends(s report.Section) (rest report.Section, legends []report.Legend) {
	rest = s
	rest.Blocks = nil
	for _, b := range s.Blocks {
		if l, ok := b.(report.Legend); ok {
			legends = append(legends, l)
			continue
		}
		rest.Blocks = append(rest.Blocks, b)
	}
	return rest, legends
}
