package workbook

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"proofpack/generator/evidence"
	"proofpack/generator/report"
)

// Rows of every sheet: what it shows, how to read it, a gap, the heads, then
// the rows.
const (
	titleRow = 1
	noteRow  = 2
	headRow  = 4
	firstRow = 5
)

// sheet writes one sheet. What stands outside of the cells is set before the
// rows are streamed, which keeps memory flat however many there are.
func (w *writer) sheet(s *report.Worksheet) error {
	last := len(s.Columns) - 1
	if err := w.furnish(s, cell(0, headRow)+":"+cell(last, max(headRow, firstRow+len(s.Rows)-1))); err != nil {
		return err
	}
	out, err := w.file.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	for i, c := range slices.Backward(s.Columns) { // the library puts each before those it has; readers expect them in order
		if err := out.SetColWidth(i+1, i+1, float64(c.Width)); err != nil {
			return err
		}
	}
	pane := &excelize.Panes{Freeze: true, YSplit: headRow, TopLeftCell: cell(0, firstRow), ActivePane: "bottomLeft", Selection: []excelize.Selection{{SQRef: cell(0, firstRow), ActiveCell: cell(0, firstRow), Pane: "bottomLeft"}}}
	if err := out.SetPanes(pane); err != nil {
		return err
	}
	put := func(row int, values []any, opts ...excelize.RowOpts) {
		if err == nil {
			err = out.SetRow(cell(0, row), values, opts...)
		}
	}
	note := s.Note
	if s.More != "" {
		note += " " + s.More + "."
	}
	put(titleRow, []any{excelize.Cell{StyleID: w.styles.title, Value: text(s.Title.Plain())}}, excelize.RowOpts{Height: 24})
	put(noteRow, []any{excelize.Cell{StyleID: w.styles.note, Value: text(note)}})
	heads := make([]any, len(s.Columns))
	for i, c := range s.Columns {
		heads[i] = excelize.Cell{StyleID: w.styles.head, Value: text(c.Title)}
	}
	put(headRow, heads, excelize.RowOpts{Height: 32})
	for i, row := range s.Rows {
		values, lines := make([]any, len(row)), 1
		for n := range row {
			if values[n], err = w.value(&row[n]); err != nil {
				return err
			}
			lines = max(lines, linesOf(values[n], s.Columns[n].Width))
		}
		put(firstRow+i, values, excelize.RowOpts{Height: min(float64(lines)*lineHeight+3, mostHeight)})
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

// lineHeight is the height of a line of text, mostHeight that of the highest
// row there can be, both in points (Excel specifications and limits).
const (
	lineHeight = 13.5
	mostHeight = 409
)

// linesOf is about how many lines a cell of text fills in a column of a width
// in characters. Not every program works the height of a row out by itself.
func linesOf(v any, width int) int {
	words, is := v.(excelize.Cell).Value.(string)
	if !is || width <= 0 {
		return 1
	}
	n := 0
	for _, line := range strings.Split(words, "\n") {
		n += 1 + utf8.RuneCountInString(line)*11/10/width
	}
	return n
}

// value is one cell as it is written.
func (w *writer) value(v *report.Value) (excelize.Cell, error) {
	switch v.Kind {
	case report.ValueText:
		return excelize.Cell{StyleID: w.styles.text, Value: text(v.Text)}, nil
	case report.ValueState:
		return excelize.Cell{StyleID: w.styles.states[v.State], Value: report.StateWord(v.State)}, nil
	case report.ValueNumber:
		whole := v.Number == math.Trunc(v.Number)
		switch {
		case v.Recount == nil && whole:
			return excelize.Cell{StyleID: w.styles.number, Value: v.Number}, nil
		case v.Recount == nil:
			return excelize.Cell{StyleID: w.styles.decimal, Value: v.Number}, nil
		}
		formula, err := w.formula(v.Recount)
		style := w.styles.formula
		if !whole {
			style = w.styles.formulaDecimal
		}
		return excelize.Cell{StyleID: style, Value: v.Number, Formula: formula}, err
	case report.ValueAbsent:
	}
	return excelize.Cell{StyleID: w.styles.absent, Value: text(v.Text)}, nil
}

// formula is a recount in the language of spreadsheets.
func (w *writer) formula(r *report.Recount) (string, error) {
	for i := range w.report.Workbook {
		s := &w.report.Workbook[i]
		if s.Name != r.Sheet {
			continue
		}
		for col := range s.Columns {
			if s.Columns[col].Title != r.Column {
				continue
			}
			place := func(row int) string { return "$" + columnName(col) + "$" + strconv.Itoa(row) }
			on := "'" + strings.ReplaceAll(s.Name, "'", "''") + "'!"
			span := on + place(firstRow) + ":" + place(firstRow+len(s.Rows)-1)
			switch r.How {
			case report.CountRows:
				return "COUNTA(" + span + ")", nil
			case report.CountWhere:
				return "COUNTIF(" + span + `,"` + strings.ReplaceAll(r.Is, `"`, `""`) + `")`, nil
			case report.SumColumn:
				return "SUM(" + span + ")", nil
			case report.TheCell:
				return on + place(firstRow+r.Row), nil
			}
		}
	}
	return "", fmt.Errorf("no column %s in a sheet %s", r.Column, r.Sheet)
}

// furnish sets what surrounds the cells: filter, print set-up, tab.
func (w *writer) furnish(s *report.Worksheet, table string) error {
	f, landscape, fit, one, all := w.file, "landscape", true, 1, 0
	grid := false
	paper := 1 // letter
	if w.report.Paper == "a4" {
		paper = 9
	}
	colour := ink
	who := footerText(w.report.Company + ", " + w.report.MonthName + ", data to " + evidence.ShortDay(w.report.AsOf))
	head := ""
	if w.report.Draft {
		head = "&CDRAFT, unsigned"
	}
	for _, err := range []error{
		f.AutoFilter(s.Name, table, nil), // first: it forgets the properties that a sheet has
		f.SetSheetProps(s.Name, &excelize.SheetPropsOptions{FitToPage: &fit, TabColorRGB: &colour}),
		f.SetSheetView(s.Name, 0, &excelize.ViewOptions{ShowGridLines: &grid}),
		f.SetPageLayout(s.Name, &excelize.PageLayoutOptions{Size: &paper, Orientation: &landscape, FitToWidth: &one, FitToHeight: &all}),
		f.SetHeaderFooter(s.Name, &excelize.HeaderFooterOptions{OddHeader: head, OddFooter: "&L" + who + "&C" + footerText(s.Name) + "&RPage &P of &N, build " + footerText(w.report.BuildID)}),
		f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", s.Name, headRow, headRow), Scope: s.Name}),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// mostFooter is how long a part of a footer may be: Excel refuses 255 for all
// three together.
const mostFooter = 70

// footerText is words in a footer, where & begins a code.
func footerText(s string) string {
	if r := []rune(s); len(r) > mostFooter {
		s = string(r[:mostFooter]) + "..."
	}
	return strings.ReplaceAll(text(s), "&", "&&")
}

// cell is the name of a cell; columns count from 0, rows from 1.
func cell(col, row int) string { return columnName(col) + strconv.Itoa(row) }

// columnName is the letters of a column, the first being 0.
func columnName(col int) string {
	name := ""
	for n := col + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}
