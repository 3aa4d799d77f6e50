package packet

import (
	"bytes"
	"fmt"

	"github.com/johnfercher/maroto/v2/pkg/components/page"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"proofpack/generator/report"
)

// A binder makes sheets of the pages of a report.
type binder struct {
	report *report.Report
	types  *typeface
	paper  paper
	root   *element
	header []*item
	room   float64 // between header and footer
	sheets [][]*item

	attached []Attachment
}

// Room between what stands on every page and the rest, in points.
const (
	underHeader = 12.0
	overFooter  = 8.0
	footerRoom  = 18.0
)

// How far a page is drawn together, as a factor of sizes and gaps.
const (
	denseStep   = .02
	mostDense   = .82 // the cover and the summary, before they run over to a second sheet
	littleDense = .87 // other pages, so that no more than littleLeft of a sheet is left over
	littleLeft  = .3
)

// compose sets every page of the packet.
func (b *binder) compose() error {
	b.header = b.composeHeader()
	b.room = b.paper.height - marginTop - marginBottom - heightOf(b.header) - underHeader - overFooter - footerRoom
	ids := map[string]bool{}
	for _, p := range b.report.Packet {
		ids[p.Path] = true
	}
	for _, p := range b.report.Packet {
		sheets, err := b.composePage(p, ids)
		if err != nil {
			return err
		}
		b.sheets = append(b.sheets, sheets...)
	}
	if len(b.sheets) == 0 {
		b.sheets = [][]*item{nil}
	}
	return nil
}

// composePage sets one page of the report on as many sheets as it needs. What
// is drawn to be read at one glance is drawn together until it fits on one
// sheet, and other pages when little of them would stand on the last.
func (b *binder) composePage(p *report.Page, ids map[string]bool) ([][]*item, error) {
	before := len(b.root.content)
	first, err := b.composeAt(p, ids, 1)
	if err != nil || len(first) == 1 {
		return first, err
	}
	want, least := 1, mostDense
	if p.Layout == report.LayoutPlain {
		want, least = len(first)-1, littleDense
		if heightOf(first[want]) > b.room*littleLeft {
			return first, nil
		}
	}
	kept := b.root.content[before:]
	for dense := 1 - denseStep; dense >= least; dense -= denseStep {
		b.root.content = b.root.content[:before:before]
		sheets, err := b.composeAt(p, ids, dense)
		if err != nil {
			return nil, err
		}
		if len(sheets) <= want {
			return sheets, nil
		}
	}
	b.root.content = append(b.root.content[:before:before], kept...)
	return first, nil
}

func (b *binder) composeAt(p *report.Page, ids map[string]bool, dense float64) ([][]*item, error) {
	c := &composer{typeface: b.types, report: b.report, width: b.paper.measure(), room: b.room, pages: ids, dense: dense,
		drawn: p.Layout == report.LayoutSummary, parent: b.root.add("Sect")}
	var items []*item
	switch p.Layout {
	case report.LayoutCover:
		items = c.cover(p)
	case report.LayoutSummary:
		items = c.summary(p)
	case report.LayoutPlain:
		items = c.page(p)
	}
	sheets, err := paginate(items, b.room)
	if err != nil {
		return nil, fmt.Errorf("%w (page %s)", err, p.Path)
	}
	return sheets, nil
}

// bind draws the sheets and finishes the file.
func (b *binder) bind() (out *Packet, err error) {
	// The PDF library falls over fonts that are damaged in ways that only show
	// when a part of them is cut out.
	defer func() {
		if r := recover(); r != nil {
			out, err = nil, fmt.Errorf("the PDF library gave up: %v", r)
		}
	}()
	p := newProvider(b.paper, b.types)
	config := &entity.Config{
		Dimensions:  &entity.Dimensions{Width: b.paper.width, Height: b.paper.height},
		Margins:     &entity.Margins{},
		DefaultFont: &props.Font{Family: "0", Size: textSetting.size, Color: colorOf(ink)},
		MaxGridSize: grid,
	}
	for n, sheet := range b.sheets {
		p.turn()
		if b.report.Draft {
			b.markDraft(p)
		}
		pg := page.New()
		add := func(items []*item) {
			for k, i := range items {
				if k > 0 && i.before > 0 {
					pg.Add(space(i.before).row(i.before))
				}
				h := i.tall()
				pg.Add(i.row(h))
			}
		}
		gap := func(h float64) { pg.Add(space(h).row(h)) }
		add(b.header)
		gap(underHeader)
		sheet = filled(sheet, b.room)
		add(sheet)
		gap(max(0, b.room-heightOf(sheet)) + overFooter)
		add(b.composeFooter(n+1, len(b.sheets)))
		pg.SetConfig(config)
		pg.Render(p, entity.Cell{X: marginSide, Y: marginTop, Width: b.paper.measure(), Height: b.room})
	}
	if p.err != nil {
		return nil, p.err
	}
	var raw bytes.Buffer
	if err := p.pdf.Output(&raw); err != nil {
		return nil, fmt.Errorf("the PDF library: %w", err)
	}
	f := &finisher{report: b.report, provider: p, root: b.root, attached: b.attached}
	pdf, err := f.finish(raw.Bytes())
	if err != nil {
		return nil, err
	}
	out = &Packet{PDF: pdf, Pages: len(b.sheets)}
	if p.signature != nil {
		out.Signature = *p.signature
	}
	return out, nil
}

// filled stretches the row that pushes others to the foot of the page.
func filled(sheet []*item, room float64) []*item {
	left := room - heightOf(sheet)
	if left <= 0 {
		return sheet
	}
	out := make([]*item, len(sheet))
	for n, i := range sheet {
		out[n] = i
		if i.fill {
			out[n], left = space(left), 0
		}
	}
	return out
}
