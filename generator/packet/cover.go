package packet

import (
	"proofpack/generator/report"
)

var (
	coverCompany  = setting{face: serif, size: 31, lead: 1.15, track: -.012, tone: ink}
	coverMonth    = setting{face: sans, size: 13, lead: 1.45, tone: ink2}
	coverHeadline = setting{face: serif, size: 20, lead: 1.2, track: -.012, tone: ink}
	blockName     = setting{face: sansStrong, size: 10.4, lead: 1.35, tone: ink}
	blockNote     = setting{face: sans, size: 7.8, lead: 1.4, tone: ink2}
)

// The signature block on the cover, in points.
const (
	blockWidth  = 262.0
	blockHeight = 84.0
	blockInset  = 10.0
)

// cover sets the first page: company, month, the finding of the month, what it
// is built on, and the block for the signature at the foot.
func (c *composer) cover(p *report.Page) []*item {
	r := c.report
	mark := &bookmark{title: "Cover", id: p.Path}
	company := one(c.passage(words(r.Company), coverCompany, c.width, c.parent.add("P"), evenly))
	company.cells[0].part.(*passage).mark = mark
	company.keep = true
	items := []*item{space(54 * c.dense), company}
	items[0].keep = true
	month := report.Text{{Text: "IT operations evidence, " + r.MonthName}}
	items = append(items, one(c.passage(month, coverMonth, c.width, c.parent.add("P"), running)))

	head := c.head(&report.Page{Kicker: p.Kicker, Layout: p.Layout})
	for n, i := range head {
		if n == 0 {
			i.before = 50 * c.dense
			i.cells[0].part.(*passage).mark = nil
		}
		items = append(items, i)
	}
	if len(p.Title) > 0 {
		s := coverHeadline
		s.size *= c.dense
		t := c.heading("H1", p.Title, s, c.width*.94, nil)
		t.before = 5
		if len(head) == 0 {
			t.before = 50 * c.dense
		}
		items = append(items, t)
	}
	if len(p.Lede) > 0 {
		l := one(c.passage(p.Lede, c.scaled(ledeSetting), c.width*.86, c.parent.add("P"), running))
		l.before = 10 * c.dense
		items = append(items, l)
	}
	if rest := c.sections(p.Sections); len(rest) > 0 {
		rest[0].before = 26 * c.dense
		items = append(items, rest...)
	}
	fill := space(0)
	fill.fill = true
	return append(items, fill, c.signatureBlock())
}

// signatureBlock is drawn on the cover; the signature's own field is laid over
// it when the file is signed.
func (c *composer) signatureBlock() *item {
	r := c.report
	e := c.parent.add("P")
	inner := blockWidth - 2*blockInset
	var rows []*item
	put := func(t report.Text, s setting) {
		rows = append(rows, one(c.shortened(c.passage(t, s, inner-8, e, running), 3)))
	}
	if r.Draft {
		s := blockName
		s.tone = crimson
		put(words(draftWord+", unsigned"), s)
		put(words("Nobody has signed this packet. It may change until it is signed, and it must not be relied on."), blockNote)
	} else {
		put(report.Text{{Text: "Signed by " + r.Signer.Name}}, blockName)
		put(report.Text{{Text: "Key "}, {Text: r.Signer.Fingerprint, Kind: report.KindCode, Keep: true}}, blockNote)
		put(words("The signature is part of this file and covers every page. Open the signature panel of your PDF reader, and compare the key with one that was read aloud to you."), blockNote)
		rows[2].before = 3
	}
	height := max(blockHeight, heightOf(rows)+float64(2*blockInset))
	inside := &stack{items: rows}
	frame := &drawn{height: height, draw: func(p *provider, x, y, _, _ float64) {
		p.signature = &SignatureBox{Page: p.page, Rect: [4]float64{x, p.paper.height - y - height, x + blockWidth, p.paper.height - y}}
		p.artifact(func() { p.frame(x, y, blockWidth, height, .9, ink) })
	}}
	return &item{whole: true, before: 14, cells: []cell{
		{part: &over{frame, inside}, share: blockWidth / c.width},
		{share: 1 - blockWidth/c.width},
	}}
}
