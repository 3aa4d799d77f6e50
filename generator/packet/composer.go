package packet

import (
	"github.com/johnfercher/maroto/v2/pkg/consts/align"

	"proofpack/generator/report"
)

// A composer turns the pages of a report into rows.
type composer struct {
	*typeface
	report *report.Report
	width  float64 // between the margins
	room   float64 // between header and footer
	pages  map[string]bool
	dense  float64 // how far sizes and gaps are drawn together, 1: not at all
	drawn  bool    // the page under way is the summary, which holds much on one sheet
	under  string  // role of a heading inside the section under way
	parent *element
}

// The settings of the packet.
var (
	textSetting    = setting{face: sans, size: 9.2, lead: 1.38, tone: ink}
	closeSetting   = setting{face: sans, size: 8.4, lead: 1.3, tone: ink} // running text of the summary
	quietSetting   = setting{face: sans, size: 7.8, lead: 1.36, tone: ink2}
	ledeSetting    = setting{face: sans, size: 10.4, lead: 1.38, tone: ink2}
	kickerSetting  = setting{face: sansStrong, size: 8, tone: ink3}
	titleSetting   = setting{face: serif, size: 19.5, lead: 1.16, track: -.012, tone: ink}
	findingSetting = setting{face: serif, size: 12.4, lead: 1.22, track: -.005, tone: ink}
	smallHeading   = setting{face: sansStrong, size: 9.6, lead: 1.35, tone: ink}
)

// scaled is a setting drawn together on a page that must hold more.
func (c *composer) scaled(s setting) setting {
	s.size *= c.dense
	return s
}

func (c *composer) known(id string) bool { return c.pages[id] }

// A way says how lines are broken.
type way int

const (
	running way = iota // as text runs
	evenly             // as a headline
)

// passage sets a text in a width.
func (c *composer) passage(t report.Text, s setting, width float64, e *element, how way) *passage {
	words := c.set(t, s, c.known)
	p := &passage{element: e}
	if how == evenly {
		p.lines = c.breakEvenly(words, width, s)
	} else {
		p.lines = c.breakWell(words, width, s)
		p.least = 2
	}
	return p
}

// words is a text of one span.
func words(s string) report.Text { return report.Text{{Text: s}} }

// heading makes a headline that stays with what follows.
func (c *composer) heading(role string, t report.Text, s setting, width float64, mark *bookmark) *item {
	p := c.passage(t, s, width, c.parent.add(role), evenly)
	p.mark = mark
	i := one(p)
	i.keep, i.whole = true, true
	return i
}

// page composes a page without its layout's own parts.
func (c *composer) page(p *report.Page) []*item {
	items := c.head(p)
	return append(items, c.sections(p.Sections)...)
}

// head is what stands above the sections: kicker, headline, lede.
func (c *composer) head(p *report.Page) []*item {
	var items []*item
	mark := &bookmark{title: outlineTitle(p), id: p.Path}
	if p.Kicker != "" {
		k := one(c.passage(words(p.Kicker), c.scaled(kickerSetting), c.width, c.parent.add("P"), running))
		k.keep = true
		k.cells[0].part.(*passage).mark, mark = mark, nil
		items = append(items, k)
	}
	if len(p.Title) > 0 {
		h := c.heading("H1", p.Title, c.titleFor(p.Title), c.width, mark)
		h.before = 3 * c.dense
		items = append(items, h)
	}
	if len(p.Lede) > 0 {
		s := c.scaled(ledeSetting)
		if c.drawn {
			s.size *= .93
		}
		l := one(c.passage(p.Lede, s, c.width, c.parent.add("P"), running))
		l.before = 6 * c.dense
		items = append(items, l)
	}
	return items
}

// titleFor is the setting of a headline: a little smaller where that saves its
// third line.
func (c *composer) titleFor(t report.Text) setting {
	s := c.scaled(titleSetting)
	ws := c.set(t, s, nil)
	if len(c.breakLines(ws, c.width, s)) <= 2 {
		return s
	}
	for less := s; less.size > titleSetting.size*.84*c.dense; less.size -= .5 {
		if len(c.breakLines(c.set(t, less, nil), c.width, less)) <= 2 {
			return less
		}
	}
	if c.drawn {
		s.size *= .9
	}
	return s
}

// outlineTitle is how a page is listed in the outline.
func outlineTitle(p *report.Page) string {
	switch {
	case p.Kicker != "" && p.Layout != report.LayoutCover:
		return printable(p.Kicker)
	case len(p.Title) > 0:
		return printable(p.Title.Plain())
	}
	return printable(p.Path)
}

// sections composes sections; two halves that follow each other stand side by
// side where they are not taller than a page.
func (c *composer) sections(sections []report.Section) []*item {
	var items []*item
	for n := 0; n < len(sections); n++ {
		s := sections[n]
		if s.Half && n+1 < len(sections) && sections[n+1].Half {
			if pair := c.pair(s, sections[n+1]); pair != nil {
				items = append(items, pair)
				n++
				continue
			}
		}
		items = append(items, c.section(s, c.width)...)
	}
	return items
}

const betweenHalves = 20.0

// pair sets two sections side by side; nil when they are too tall for it.
func (c *composer) pair(a, b report.Section) *item {
	before := len(c.parent.content)
	left := (c.width - betweenHalves) * .515
	right := c.width - betweenHalves - left
	l := &stack{items: c.section(a, left)}
	r := &stack{items: c.section(b, right)}
	if l.tall() > c.room || r.tall() > c.room {
		c.parent.content = c.parent.content[:before]
		return nil
	}
	i := &item{whole: true, before: 13 * c.dense, cells: []cell{
		{part: l, share: left / c.width},
		{share: betweenHalves / c.width},
		{part: r, share: right / c.width},
	}}
	return i
}

// section composes a section in a width.
func (c *composer) section(s report.Section, width float64) []*item {
	var items []*item
	half := width < c.width
	c.under = "H2" // levels are not jumped over where a section has no title
	if s.Kicker != "" {
		k := one(c.passage(words(s.Kicker), c.scaled(kickerSetting), width, c.parent.add("P"), running))
		k.keep = true
		items = append(items, k)
	}
	if len(s.Title) > 0 {
		set := c.scaled(findingSetting)
		if half || c.drawn {
			set.size *= .9
		}
		mark := &bookmark{title: printable(s.Title.Plain()), level: 1}
		h := c.heading("H2", s.Title, set, width, mark)
		c.under = "H3"
		if len(items) > 0 {
			h.before = 2
		}
		items = append(items, h)
	}
	for n, b := range s.Blocks {
		rows := c.block(b, width)
		if len(rows) == 0 {
			continue
		}
		switch {
		case n > 0:
			rows[0].before = max(rows[0].before, 8*c.dense)
		case len(items) > 0:
			rows[0].before = max(rows[0].before, 6*c.dense)
		}
		items = append(items, rows...)
	}
	if len(items) > 0 {
		items[0].before = 15 * c.dense
		if c.drawn {
			items[0].before = 11 * c.dense
		}
	}
	return items
}

// block composes one block.
func (c *composer) block(b report.Block, width float64) []*item {
	switch b := b.(type) {
	case report.Paragraph:
		return c.paragraph(b, width)
	case report.List:
		return c.list(b, width)
	case report.Keys:
		return c.keys(b, width)
	case report.Facts:
		return c.facts(b, width)
	case report.Decisions:
		return c.decisions(b, width)
	case report.Signatures:
		return c.signatures(b, width)
	case report.Prose:
		return c.prose(b, width)
	case report.Legend:
		return c.legend(b, width)
	case report.Table:
		return c.table(b, width)
	case report.Matrix:
		return c.matrix(b, width)
	case report.Contrast:
		return c.contrast(b, width)
	case report.Records:
		return c.table(recordsTable(b), width)
	case report.Chart:
		return c.chart(b, width)
	}
	return nil
}

// indent is a part of a row that stands in from the left.
func indent(left, width float64, p part) []cell {
	return []cell{{share: left / width}, {part: p, share: 1 - left/width}}
}

// right aligns a passage to the right.
func right(p *passage) *passage {
	p.align = align.Right
	return p
}
