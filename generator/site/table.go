package site

import (
	"html/template"
	"strconv"

	"proofpack/generator/chart"
	"proofpack/generator/report"
)

// A tableView is what table.html sees. The body of a table is appended, not
// rendered by a template, since there may be a thousand rows.
type tableView struct {
	Label, Caption string
	Columns        []columnView
	Wide           bool
	Body           template.HTML
}

type columnView struct {
	Title string
	Num   bool
}

func (s *sheet) table(t report.Table) error {
	view := tableView{Label: s.label(t.Caption), Caption: chart.Visible(t.Caption), Wide: t.Wide}
	for _, c := range t.Columns {
		view.Columns = append(view.Columns, columnView{chart.Visible(c.Title), c.Num})
	}
	b := append([]byte(nil), "<tbody>"...)
	for _, row := range t.Rows {
		b = append(b, "<tr"...)
		b = appendAttr(b, "id", row.ID)
		if row.Mark {
			b = append(b, ` class="mark"`...)
		}
		b = append(b, '>')
		b = s.appendCells(b, t, row.Cells)
		b = append(b, "</tr>\n"...)
	}
	if len(t.Rows) == 0 {
		b = append(b, `<tr><td colspan="`...)
		b = strconv.AppendInt(b, int64(max(1, len(t.Columns))), 10)
		b = append(b, `">nothing on record</td></tr>`...)
	}
	b = append(b, "</tbody>"...)
	if len(t.Foot) > 0 {
		b = append(b, "<tfoot><tr>"...)
		b = s.appendCells(b, t, t.Foot)
		b = append(b, "</tr></tfoot>"...)
	}
	view.Body = trusted(b)
	return s.fill("partials/table.html", view)
}

// appendCells appends one cell a column; the first is the head of its row.
func (s *sheet) appendCells(b []byte, t report.Table, cells []report.Text) []byte {
	for i := range t.Columns {
		var cell report.Text
		if i < len(cells) {
			cell = cells[i]
		}
		tag := "td"
		if i == 0 && len(cell) > 0 {
			tag = "th"
		}
		b = append(append(b, '<'), tag...)
		if tag == "th" {
			b = append(b, ` scope="row"`...)
		}
		if t.Columns[i].Num {
			b = append(b, ` class="n"`...)
		}
		b = append(b, '>')
		b = s.appendText(b, cell)
		b = append(append(append(b, "</"...), tag...), '>')
	}
	return b
}

// A matrixView is what matrix.html sees.
type matrixView struct {
	Label, Caption, Corner string
	Columns                []report.MatrixHead
	Body                   template.HTML
}

func (s *sheet) matrix(m report.Matrix) error {
	view := matrixView{Label: s.label(m.Caption), Caption: chart.Visible(m.Caption), Corner: chart.Visible(m.Corner)}
	for _, c := range m.Columns {
		view.Columns = append(view.Columns, report.MatrixHead{Long: chart.Visible(c.Long), Short: chart.Visible(c.Short)})
	}
	b := append([]byte(nil), "<tbody>"...)
	for _, row := range m.Rows {
		b = append(b, `<tr><th scope="row">`...)
		b = s.appendText(b, row.Label)
		if row.Sub != "" {
			b = append(b, "<small>"...)
			b = chart.AppendEscaped(b, row.Sub)
			b = append(b, "</small>"...)
		}
		b = append(b, "</th>"...)
		for _, cell := range row.Cells {
			b = append(b, "<td>"...)
			b = s.appendCell(b, cell)
			b = append(b, "</td>"...)
		}
		b = append(b, "</tr>\n"...)
	}
	b = append(b, "</tbody>"...)
	if len(m.Foot) > 0 {
		b = append(b, "<tfoot><tr>"...)
		for i, foot := range m.Foot {
			open, shut := "<td>", "</td>"
			if i == 0 {
				open, shut = `<th scope="row">`, "</th>"
			}
			b = append(b, open...)
			b = chart.AppendEscaped(b, foot)
			b = append(b, shut...)
		}
		b = append(b, "</tr></tfoot>"...)
	}
	view.Body = trusted(b)
	return s.fill("partials/matrix.html", view)
}

// appendCell appends the glyph of a cell, as a link to what it rests on.
func (s *sheet) appendCell(b []byte, cell report.MatrixCell) []byte {
	says := cell.Says
	if says == "" {
		says = report.StateWord(cell.State)
	}
	if cell.Href == "" {
		return appendGlyph(b, cell.State, says)
	}
	b = append(b, "<a"...)
	b = appendAttr(b, "href", s.href(cell.Href))
	b = append(b, '>')
	b = appendGlyph(b, cell.State, says)
	return append(b, "</a>"...)
}

// A recordsView is what records.html sees.
type recordsView struct {
	Label, Caption string
	Header         []string
	Body           template.HTML
}

// records renders the rows of a source as read. Their anchor is "r" and the
// number of the row in the file.
func (s *sheet) records(r report.Records) error {
	const caption = "Rows as read, with what became of each"
	view := recordsView{Label: s.label(caption), Caption: caption}
	for _, h := range r.Header {
		view.Header = append(view.Header, chart.Visible(h))
	}
	b := append(make([]byte, 0, 128*len(r.Rows)), "<tbody>"...)
	for i := range r.Rows {
		b = appendRecord(b, &r.Rows[i])
	}
	if len(r.Rows) == 0 {
		b = append(b, `<tr><td class="n">none</td><td>no rows</td></tr>`...)
	}
	b = append(b, "</tbody>"...)
	view.Body = trusted(b)
	return s.fill("partials/records.html", view)
}

func appendRecord(b []byte, r *report.Record) []byte {
	b = append(b, `<tr id="r`...)
	b = strconv.AppendInt(b, int64(r.N), 10)
	b = append(b, `"><th scope="row" class="n">`...)
	b = strconv.AppendInt(b, int64(r.N), 10)
	b = append(b, `</th><td class="what`...)
	if r.Status == "rejected" {
		b = append(b, " rejected"...)
	}
	b = append(b, `">`...)
	b = chart.AppendEscaped(b, r.Status)
	if r.Reason != "" {
		b = append(b, "<small>"...)
		b = chart.AppendEscaped(b, r.Reason)
		b = append(b, "</small>"...)
	}
	b = append(b, "</td>"...)
	for _, cell := range r.Cells {
		if cell == "" { // as blank as it is in the source
			b = append(b, "<td></td>"...)
			continue
		}
		b = append(b, "<td><code>"...)
		b = chart.AppendEscaped(b, cell)
		b = append(b, "</code></td>"...)
	}
	return append(b, "</tr>\n"...)
}
