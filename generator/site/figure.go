package site

import (
	"html/template"

	"proofpack/generator/chart"
	"proofpack/generator/report"
)

// A chartView is what chart.html sees.
type chartView struct {
	ID      string
	Small   bool // a picture that reads no better when it is wide
	Measure string
	Key     []keyView
	Picture template.HTML
	Scroll  string // name of the region that scrolls a picture of its own width; "" none
}

type keyView struct {
	Mark  template.HTML
	Words string
}

func (s *sheet) chart(c report.Chart) error {
	view := chartView{ID: c.ID, Measure: chart.Visible(c.Measure)}
	for _, k := range chart.Key(c.Drawing) {
		view.Key = append(view.Key, keyView{trusted(chart.AppendKeyMark(nil, k)), chart.Visible(k.Words)})
	}
	if rows, ok := chart.Rows(c.Drawing); ok {
		view.Picture = trusted(s.appendRows(nil, rows, c.Drawing))
	} else {
		view.Picture = trusted(chart.AppendSVG(nil, c.Drawing, s.base))
	}
	if chart.Natural(c.Drawing) > 0 {
		view.Scroll = s.label("Figure: " + c.Measure)
	}
	switch c.Drawing.(type) {
	case report.Histogram, report.CapacityLine, report.RestoreDots:
		view.Small = true
	}
	if err := s.fill("partials/chart.html", view); err != nil || c.Table == nil {
		return err
	}
	s.body.WriteByte('\n')
	return s.table(*c.Table)
}

// appendRows appends a figure that is a list: its words as HTML, the mark of
// each row as a picture.
func (s *sheet) appendRows(b []byte, rows []chart.Row, d report.Drawing) []byte {
	if len(rows) == 0 {
		return append(b, `<p class="note">No figure: there are no numbers to draw.</p>`...)
	}
	class := "bars"
	if plain(rows) {
		class += " plain"
	}
	switch d.(type) {
	case report.Calendar:
		class += " tight"
	}
	b = append(b, `<ol class="`...)
	b = append(b, class...)
	b = append(b, `">`...)
	for _, r := range rows {
		b = s.appendRow(b, r)
	}
	return append(b, `</ol>`...)
}

// plain tells a list without values.
func plain(rows []chart.Row) bool {
	for _, r := range rows {
		if r.Value != "" || r.Note != "" || r.Judged {
			return false
		}
	}
	return true
}

func (s *sheet) appendRow(b []byte, r chart.Row) []byte {
	if r.Says == "" {
		b = append(b, `<li class="axis" aria-hidden="true"><span class="lab"></span>`...)
		b = chart.AppendRow(b, r)
		return append(b, "</li>\n"...)
	}
	b = append(b, `<li><span class="lab">`...)
	b = s.appendText(b, r.Label)
	if r.Sub != "" {
		b = append(b, "<small>"...)
		b = chart.AppendEscaped(b, r.Sub)
		b = append(b, "</small>"...)
	}
	b = append(b, "</span>"...)
	b = chart.AppendRow(b, r)
	if r.Value == "" && r.Note == "" && !r.Judged {
		return append(b, "</li>\n"...)
	}
	b = append(b, `<span class="val">`...)
	if r.Value != "" {
		b = s.appendSpan(b, report.Span{Text: r.Value, Kind: report.KindStrong, Figure: r.Figure})
		b = append(b, ' ')
	}
	if r.Judged {
		b = appendState(b, r.State, "")
		b = append(b, ' ')
	}
	if r.Note != "" {
		b = append(b, "<small>"...)
		b = chart.AppendEscaped(b, r.Note)
		b = append(b, "</small>"...)
	}
	return append(b, "</span></li>\n"...)
}
