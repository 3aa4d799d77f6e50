package packet

import (
	"github.com/johnfercher/maroto/v2/pkg/consts/align"
	"github.com/johnfercher/maroto/v2/pkg/consts/border"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"proofpack/generator/report"
)

var (
	matrixText = setting{face: sansStrong, size: 8.4, lead: 1.24, tone: ink}
	matrixHead = setting{face: sans, size: 7.2, lead: 1.2, tone: ink2}
	legendText = setting{face: sans, size: 7.6, lead: 1.5, tone: ink2}
)

// smallestHead is the least size of the heads over the marks, in points.
const smallestHead = 5.6

// widestHead is the widest word of the heads.
func (c *composer) widestHead(names []string, s setting) float64 {
	most := 0.0
	for _, name := range names {
		most = max(most, longestWord(c.set(words(name), s, nil)))
	}
	return most
}

// matrix draws the proof matrix: a glyph in each cell.
func (c *composer) matrix(m report.Matrix, width float64) []*item {
	half := width < c.width*.7
	text, head := c.scaled(matrixText), c.scaled(matrixHead)
	first := c.matrixLabels(m, text, width)
	each := (width - first) / max(1, float64(len(m.Columns)))
	e := c.parent.add("Table")
	e.alt = printable(m.Caption)

	names := make([]string, len(m.Columns))
	fits := !half
	for n, col := range m.Columns {
		names[n] = col.Long
		if longestWord(c.set(words(col.Long), head, nil)) > each-2 {
			fits = false
		}
	}
	if !fits {
		for n, col := range m.Columns {
			if names[n] = col.Short; col.Short == "" {
				names[n] = col.Long
			}
		}
	}
	for head.size > smallestHead && c.widestHead(names, head) > each-1.5 {
		head.size -= .2
	}
	hs := head
	hs.face = sansStrong
	top := c.matrixRow(e.add("THead").add("TR"), "TH", words(m.Corner), hs, first, width)
	top.keep, top.whole = true, true
	top.style = &props.Cell{BorderType: border.Bottom, BorderColor: colorOf(ruleStrong), BorderThickness: .75}
	tr := e.content[0].child.content[0].child
	for _, name := range names {
		th := tr.add("TH")
		th.attr = columnHead
		p := c.passage(words(name), head, each, th, running)
		p.align, p.bottom, p.pad = align.Center, true, pad{top: 2, bottom: 2.2}
		top.cells = append(top.cells, cell{part: p, share: each / width})
	}
	items := []*item{ruled(ruleStrong, .75), top}
	items[0].keep = true
	body := e.add("TBody")
	for n, r := range m.Rows {
		i := c.matrixBody(body.add("TR"), r, text, first, each, width)
		i.head = top
		if n+1 < len(m.Rows) {
			i.style = &props.Cell{BorderType: border.Bottom, BorderColor: colorOf(rule), BorderThickness: .6}
		}
		items = append(items, i)
	}
	if len(m.Foot) > 0 {
		items = append(items, c.matrixFoot(m, e.add("TFoot").add("TR"), text, first, each, width, top))
	}
	return append(items, c.tableEnd(items))
}

// matrixLabels is the width of the column of labels.
func (c *composer) matrixLabels(m report.Matrix, s setting, width float64) float64 {
	most := 0.0
	for _, r := range m.Rows {
		most = max(most, naturalWidth(c.set(r.Label, s, nil)))
	}
	return min(max(most+8, width*.24), width*.34)
}

// matrixRow begins a row with its label.
func (c *composer) matrixRow(tr *element, role string, label report.Text, s setting, first, width float64) *item {
	th := tr.add(role)
	th.role, th.attr = "TH", rowHead
	p := c.passage(label, s, first-6, th, running)
	p.pad = pad{top: 2.1 * c.dense, bottom: 2.1 * c.dense, right: 6}
	return &item{whole: true, cells: []cell{{part: p, share: first / width}}}
}

func (c *composer) matrixBody(tr *element, r report.MatrixRow, s setting, first, each, width float64) *item {
	label := r.Label
	if r.Sub != "" {
		label = c.onOneLine(label, r.Sub, s, first-6)
	}
	i := c.matrixRow(tr, "TH", label, s, first, width)
	size := s.size * 1.3
	for _, k := range r.Cells {
		td := tr.add("TD")
		f := td.add("Figure")
		f.alt = printable(k.Says)
		if f.alt == "" {
			f.alt = k.State.String()
		}
		i.cells = append(i.cells, cell{share: each / width, part: &drawn{height: size + float64(4*c.dense), draw: func(p *provider, x, y, w, h float64) {
			p.tagged(f, func() { p.glyph(k.State, x+w/2, y+h/2, size) })
		}}})
	}
	return i
}

func (c *composer) matrixFoot(m report.Matrix, tr *element, s setting, first, each, width float64, head *item) *item {
	s.tone, s.size = ink2, s.size*.95
	i := c.matrixRow(tr, "TH", words(m.Foot[0]), s, first, width)
	i.head = head
	i.style = &props.Cell{BorderType: border.Top, BorderColor: colorOf(ruleStrong), BorderThickness: .75}
	s.numbers = true
	for _, n := range m.Foot[1:] {
		p := c.passage(words(n), s, each, tr.add("TD"), running)
		p.align, p.pad = align.Center, pad{top: 2.1, bottom: 2.1}
		i.cells = append(i.cells, cell{part: p, share: each / width})
	}
	return i
}

// legend explains the states, one after the other on as many lines as needed.
func (c *composer) legend(l report.Legend, width float64) []*item {
	var t report.Text
	for n, i := range l.Items {
		if n > 0 {
			t = append(t, report.Span{Text: string(emSpace)})
		}
		t = append(t, report.Span{Kind: report.KindState, State: i.State})
		if i.Means != "" {
			t = append(t, report.Span{Text: " " + i.Means})
		}
	}
	return []*item{one(c.passage(t, c.scaled(legendText), width, c.parent.add("P"), running))}
}
