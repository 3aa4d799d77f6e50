package report

import (
	"strings"

	"proofpack/generator/evidence"
)

// rejectedSheet is every row that was not used, with its reason and the cells
// that are published.
func (b *builder) rejectedSheet() Worksheet {
	w := Worksheet{
		Name: "Rows not used", Note: "Every row that was rejected, repeats another, or was set aside, with the reason. Columns that are not published are not here.", published: true,
		Columns: []WorksheetColumn{{Title: "What became of it", Width: 14}, {Title: "Data set", Width: 16}, {Title: "File", Width: 36}, {Title: "Sheet", Width: 16}, {Title: "Row", Width: 8}, {Title: "Reason", Width: 50}, {Title: "Cells", Width: 90}},
	}
	n := 0
	for i := range b.Set.Inputs {
		in := &b.Set.Inputs[i]
		columns := b.Publish.Columns(in)
		for _, r := range in.Rows {
			if r.Status == evidence.RowUsed {
				continue
			}
			n++
			w.Rows = append(w.Rows, []Value{
				value(string(r.Status)), value(in.DataSet), value(b.Publish.Text(in.File)), valueOr(b.Publish.Text(in.Sheet), "no workbook"), numeric(float64(r.N)), valueOr(b.Publish.Text(r.Reason), "not recorded"), valueOr(headedCells(columns.Header, columns.Row(r.Cells)), "no cell is published"),
			})
		}
	}
	switch {
	case n == 0:
		w.Title = words("Every row of every source was used")
	default:
		w.Title = words(b.count(n, notUsedCounted), " ", evidence.Noun(n, "row was", "rows were"), " not used")
	}
	w.cut("rejected.csv")
	return w
}

const notUsedCounted = "count(rows rejected, duplicate or set aside, of all sources)"

// headedCells are the cells of a row, each with its heading.
func headedCells(header, cells []string) string {
	var parts []string
	for i, c := range cells {
		if strings.TrimSpace(c) != "" {
			parts = append(parts, header[i]+": "+c)
		}
	}
	return strings.Join(parts, " | ")
}
