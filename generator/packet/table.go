package packet

import (
	"strings"

	"github.com/johnfercher/maroto/v2/pkg/consts/border"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"proofpack/generator/report"
)

var (
	tableText = setting{face: sans, size: 8.4, lead: 1.3, tone: ink, stacked: true}
	tableHead = setting{face: sansStrong, size: 7.6, lead: 1.24, tone: ink2}
	tableFoot = setting{face: sansStrong, size: 8.2, tone: ink2, stacked: true}
)

// smallestTable is the least size of type that a table of many columns is set
// in, in points.
const smallestTable = 6.2

// A grid is a table with the widths of its columns settled.
type tableGrid struct {
	report.Table
	setting setting
	columns []columnPlan
	width   float64
	pad     float64 // above and below the words of a cell
	gap     float64 // between columns
	answers []answer
}

// table sets a table: its head stands again on every page it reaches.
func (c *composer) table(t report.Table, width float64) []*item {
	if len(t.Columns) == 0 && len(t.Rows) == 0 {
		return nil
	}
	g := c.plan(t, width)
	e := c.parent.add("Table")
	e.alt = printable(t.Caption)
	var items []*item
	head := c.tableHead(g, e.add("THead").add("TR"))
	if head != nil {
		items = append(items, head)
	} else {
		items = append(items, ruled(ruleStrong, .75))
	}
	body := e.add("TBody")
	for n, r := range t.Rows {
		i := c.tableRow(g, r, body.add("TR"), n+1 < len(t.Rows))
		i.head = head
		i.keep = n+2 == len(t.Rows) && n > 0 && len(t.Foot) == 0 || n+1 == len(t.Rows) && len(t.Foot) > 0
		items = append(items, i)
	}
	if len(t.Foot) > 0 {
		foot := c.tableFoot(g, e.add("TFoot").add("TR"))
		foot.head = head
		items = append(items, foot)
	}
	return append(items, c.tableEnd(items))
}

// tableEnd closes a table; the last row is kept with it.
func (c *composer) tableEnd(items []*item) *item {
	items[len(items)-1].keep = true
	end := ruled(ruleStrong, .75)
	return end
}

// tableHead is the row of column titles; nil when no column has one.
func (c *composer) tableHead(g *tableGrid, tr *element) *item {
	any := false
	i := &item{keep: true, whole: true, style: &props.Cell{BorderType: border.Bottom, BorderColor: colorOf(ruleStrong), BorderThickness: .75}}
	s := tableHead
	s.size = min(s.size, g.setting.size*.92)
	for n, col := range g.columns {
		title := g.Columns[n].Title
		any = any || title != ""
		th := tr.add("TH")
		th.attr = columnHead
		p := c.passage(words(title), s, col.width, th, evenly)
		p.pad, p.bottom = pad{right: g.gapAfter(n), top: g.pad * .6, bottom: g.pad}, true
		if col.right {
			p.gutter = col.gutter
			right(p)
		}
		i.cells = append(i.cells, cell{part: p, share: (col.width + g.gapAfter(n)) / g.width})
	}
	if !any {
		return nil
	}
	return i
}

func (g *tableGrid) gapAfter(n int) float64 {
	if n+1 == len(g.columns) {
		return 0
	}
	return g.gap
}

// tableRow is one row; ruled tells that another follows.
func (c *composer) tableRow(g *tableGrid, r report.TableRow, tr *element, ruled bool) *item {
	i := &item{whole: true}
	if ruled || r.Mark {
		i.style = &props.Cell{}
		if ruled {
			i.style = &props.Cell{BorderType: border.Bottom, BorderColor: colorOf(rule), BorderThickness: .6}
		}
		if r.Mark {
			i.style.BackgroundColor = colorOf(tint)
		}
	}
	for n, col := range g.columns {
		var t report.Text
		if n < len(r.Cells) {
			t = r.Cells[n]
		}
		td := tr.add("TD")
		s := g.setting
		if n == 0 {
			td.role, td.attr = "TH", rowHead
			s.face = sansStrong
		}
		share := (col.width + g.gapAfter(n)) / g.width
		if a := g.answers[n]; a.by != byNobody && len(t) == 0 {
			i.cells = append(i.cells, cell{part: c.answer(a, g, td), share: share})
			continue
		}
		i.cells = append(i.cells, cell{part: c.tableCell(g, t, s, n, td), share: share})
	}
	return i
}

func (c *composer) tableCell(g *tableGrid, t report.Text, s setting, n int, td *element) part {
	col := g.columns[n]
	s.numbers = g.Columns[n].Num
	room := col.width
	if s.numbers {
		room -= col.gutter
	}
	p := c.passage(t, s, room, td, running)
	p.pad = pad{right: g.gapAfter(n), top: g.pad, bottom: g.pad}
	if col.right {
		p.gutter = col.gutter
		right(p)
	}
	return p
}

// tableFoot is the row under a table that sums it up.
func (c *composer) tableFoot(g *tableGrid, tr *element) *item {
	i := &item{whole: true, style: &props.Cell{BorderType: border.Top, BorderColor: colorOf(ruleStrong), BorderThickness: .75}}
	s := tableFoot
	s.size = min(s.size, g.setting.size)
	for n, col := range g.columns {
		var t report.Text
		if n < len(g.Foot) {
			t = g.Foot[n]
		}
		td := tr.add("TD")
		i.cells = append(i.cells, cell{part: c.tableCell(g, t, s, n, td), share: (col.width + g.gapAfter(n)) / g.width})
	}
	return i
}

// recordsTable is the rows of a source as a table.
func recordsTable(r report.Records) report.Table {
	t := report.Table{Caption: "Rows as read", Columns: []report.Column{{Title: "Row", Num: true}}}
	for _, h := range r.Header {
		t.Columns = append(t.Columns, report.Column{Title: h})
	}
	t.Columns = append(t.Columns, report.Column{Title: "Became"}, report.Column{Title: "Reason"})
	for _, rec := range r.Rows {
		row := report.TableRow{Cells: []report.Text{words(number(rec.N))}}
		for n := range r.Header {
			var s string
			if n < len(rec.Cells) {
				s = rec.Cells[n]
			}
			row.Cells = append(row.Cells, report.Text{{Text: s, Kind: report.KindCode}})
		}
		row.Cells = append(row.Cells, words(rec.Status), words(rec.Reason))
		t.Rows = append(t.Rows, row)
	}
	return t
}

// longestWord is the width of the widest word of a text, its codes aside.
func longestWord(ws []word) float64 {
	most := 0.0
	for _, w := range ws {
		most = max(most, w.width-w.codes())
		if w.bare() {
			most = max(most, w.width)
		}
	}
	return most
}

// codes is the width of the figure codes at the end of a word, or of a word
// that is a code.
func (w word) codes() float64 {
	if n := len(w.runs) - 1; n >= 0 && w.runs[n].code {
		return w.runs[n].width
	}
	return 0
}

// bare tells that a word is a code only.
func (w word) bare() bool { return len(w.runs) == 1 && w.runs[0].code }

// hanging is the width of the codes that end a line of a column of numbers.
func hanging(ws []word) float64 {
	most, sum := 0.0, 0.0
	for _, w := range ws {
		if w.fresh || !w.bare() {
			sum = 0
		}
		if !w.fresh || !w.bare() {
			sum += w.codes()
			if w.bare() {
				sum += w.space
			}
		}
		most = max(most, sum)
	}
	return most
}

// naturalWidth is the width of a text on as few lines as its breaks allow,
// without the code that ends a line.
func naturalWidth(ws []word) float64 {
	most, used := 0.0, 0.0
	for _, w := range ws {
		if w.fresh {
			used = 0
		}
		if w.bare() && !w.fresh {
			continue
		}
		used += w.space
		most = max(most, used+w.width-w.codes())
		used += w.width
	}
	return most
}

// blank tells that a text has no words.
func blank(t report.Text) bool {
	for _, s := range t {
		if strings.TrimSpace(s.Text) != "" || s.Kind == report.KindState {
			return false
		}
	}
	return true
}
