package packet

import (
	"fmt"
	"strings"

	"github.com/johnfercher/maroto/v2/pkg/components/text"
	"github.com/johnfercher/maroto/v2/pkg/consts/align"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"proofpack/generator/report"
)

var (
	headerSetting = setting{face: sans, size: 8.4, tone: ink2}
	footerSetting = setting{face: sans, size: 7.6, tone: ink2}
)

// draftWord stands on every page of a packet that is not signed.
const draftWord = "DRAFT"

// furniture is the composer of what stands on every page. It gives no elements,
// so readers pass over it.
func (b *binder) furniture() *composer {
	return &composer{typeface: b.types, report: b.report, width: b.paper.measure(), dense: 1}
}

// composeHeader is company and month over a rule, with a clear word between
// them when the packet is not signed.
func (b *binder) composeHeader() []*item {
	c := b.furniture()
	left := report.Text{{Text: b.report.Company, Kind: report.KindStrong}, {Text: " IT operations evidence"}}
	end := words("Board packet, " + b.report.MonthName)
	i := &item{}
	mid := 0.0
	if b.report.Draft {
		mid = 92
	}
	side := (c.width - mid) / c.width
	i.cells = append(i.cells, cell{part: c.shortened(c.passage(left, headerSetting, float64(c.width*side*.6)-12, nil, running), 2), share: side * .6})
	if b.report.Draft {
		s := headerSetting
		s.face, s.tone = sansBold, crimson
		d := c.passage(words(draftWord+", UNSIGNED"), s, mid, nil, running)
		d.align = align.Center
		i.cells = append(i.cells, cell{part: d, share: mid / c.width})
	}
	i.cells = append(i.cells, cell{part: right(c.shortened(c.passage(end, headerSetting, float64(c.width*side*.4)-12, nil, running), 2)), share: side * .4})
	line := ruled(ink, .75)
	line.before = 5
	return []*item{i, line}
}

// composeFooter is the day of the data, the build and the number of the page.
func (b *binder) composeFooter(n, of int) []*item {
	c := b.furniture()
	left := report.Text{
		{Text: "Data to " + b.report.AsOf.Format("2 January 2006") + " · Build "},
		{Text: b.report.BuildID, Kind: report.KindCode},
	}
	number := text.New(fmt.Sprintf("%d of %d", n, of), props.Text{Size: footerSetting.size, Align: align.Right, Color: colorOf(footerSetting.tone), Family: "0"})
	i := &item{before: 5, cells: []cell{
		{part: c.shortened(c.passage(left, footerSetting, float64(c.width*.8)-12, nil, running), 1), share: .8},
		{part: &component{Component: number, height: footerSetting.lineHeight()}, share: .2},
	}}
	return []*item{ruled(rule, .75), i}
}

// A component is one of maroto's, as a part.
type component struct {
	core.Component
	height float64
}

func (c *component) tall() float64 { return c.height }

// GetHeight is the height it was given.
func (c *component) GetHeight(core.Provider, *entity.Cell) float64 { return c.height }

func (c *component) cut(float64) (head, rest part) { return nil, c }

// shortened is a passage of at most so many lines; what is left out stands on
// the cover in full.
func (c *composer) shortened(p *passage, most int) *passage {
	if len(p.lines) <= most {
		return p
	}
	p.lines = p.lines[:most]
	last := &p.lines[most-1]
	if n := len(last.runs) - 1; n >= 0 {
		last.runs[n].text = strings.TrimRight(last.runs[n].text, " ") + "…"
	}
	return p
}

// markDraft draws the word DRAFT, large and pale, behind a page.
func (b *binder) markDraft(p *provider) {
	const size = 168
	w := b.types.width(draftWord, sansBold, size)
	x, y := b.paper.width/2, b.paper.height/2
	p.artifact(func() {
		p.pdf.TransformBegin()
		p.pdf.TransformRotate(52, x, y)
		p.write(run{text: draftWord, face: sansBold, size: size, tone: pale, width: w}, x-w/2, y+float64(size*.36))
		p.pdf.TransformEnd()
		p.face = -1
	})
}
