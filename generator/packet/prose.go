package packet

import (
	"proofpack/generator/prose"
	"proofpack/generator/report"
)

// prose sets commentary. Its links are printed as text, since what they lead to
// is not in the packet.
func (c *composer) prose(p report.Prose, width float64) []*item {
	doc, _ := prose.Parse(p.Name, []byte(p.Markdown), func(string) bool { return true })
	var items []*item
	var list *element
	var rows []prose.Block
	put := func(i ...*item) {
		if len(i) > 0 && len(items) > 0 {
			i[0].before = max(i[0].before, 6*c.dense)
		}
		items = append(items, i...)
	}
	flush := func() {
		if len(rows) > 0 {
			put(c.table(proseTable(rows), width)...)
			rows = nil
		}
	}
	for _, b := range doc.Blocks() {
		if b.Kind == prose.Row {
			rows = append(rows, b)
			continue
		}
		flush()
		if b.Kind != prose.Item {
			list = nil
		}
		switch b.Kind {
		case prose.Heading:
			h := c.heading(c.under, words(b.Text), c.scaled(smallHeading), width, nil)
			h.before = 9 * c.dense
			put(h)
		case prose.Item:
			if list == nil {
				list = c.parent.add("L")
			}
			put(c.entry(list, b.Marker, max(1, b.Level), words(b.Text), width))
		case prose.Quote:
			put(c.paragraph(report.Paragraph{Text: words(b.Text), Alert: true}, width)...)
		case prose.Code:
			put(c.paragraph(report.Paragraph{Text: report.Text{{Text: b.Text, Kind: report.KindCode, Keep: true}}}, width)...)
		case prose.Paragraph, prose.Row:
			put(c.paragraph(report.Paragraph{Text: words(b.Text)}, width)...)
		}
	}
	flush()
	return items
}

// proseTable is a table of commentary as a table of the report.
func proseTable(rows []prose.Block) report.Table {
	var t report.Table
	if rows[0].Head {
		for _, title := range rows[0].Cells {
			t.Columns = append(t.Columns, report.Column{Title: title})
		}
		rows = rows[1:]
	}
	for _, r := range rows {
		row := report.TableRow{}
		for _, s := range r.Cells {
			row.Cells = append(row.Cells, words(s))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
