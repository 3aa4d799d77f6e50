package report

import (
	"strings"

	"proofpack/generator/evidence"
)

// sourcesSheet is every source with its hash and control totals.
func (b *builder) sourcesSheet() Worksheet {
	w := Worksheet{
		Name: sourcesName, Note: "Rows read are used, rejected, duplicate or set aside. The exports themselves stand in the sealed archive under their SHA-256.",
		Columns: []WorksheetColumn{{Title: "Data set", Width: 16}, {Title: "File", Width: 36}, {Title: "Sheet", Width: 16}, {Title: "Completeness", Width: 14}, {Title: colRead, Width: 10}, {Title: colUsed, Width: 10}, {Title: colRejected, Width: 10}, {Title: colDuplicate, Width: 10}, {Title: colSetAside, Width: 10}, {Title: colDeclared, Width: 12},
			{Title: "First date", Width: 12}, {Title: "Last date", Width: 12}, {Title: "From", Width: 24}, {Title: "Exported by", Width: 20}, {Title: "Bytes", Width: 12}, {Title: "SHA-256", Width: 66}},
	}
	for i := range b.Set.Inputs {
		in := &b.Set.Inputs[i]
		declared := Value{Text: "not declared"}
		if in.Expected >= 0 {
			declared = numeric(float64(in.Expected))
		}
		w.Rows = append(w.Rows, []Value{
			value(in.DataSet), value(in.File), valueOr(in.Sheet, "no workbook"), value(string(in.Standing)), numeric(float64(in.Read)), numeric(float64(in.Used)), numeric(float64(in.Rejected)), numeric(float64(in.Duplicate)), numeric(float64(in.SetAside)), declared,
			dayValue(in.MinDate, "no dates"), dayValue(in.MaxDate, "no dates"), valueOr(strings.Trim(in.System+", "+in.Report, ", "), "no intake record"), valueOr(in.By, "not recorded"), numeric(float64(in.Bytes)), value(in.SHA256),
		})
	}
	w.Title = words(upper(counted(len(b.Set.Inputs), "source")), " with what became of every row")
	if len(b.Set.Inputs) == 0 {
		w.Title = words("No export was read")
	}
	return w
}

// Names that a recount finds cells by.
const (
	sourcesName  = "Sources"
	colRead      = "Rows read"
	colUsed      = "Used"
	colRejected  = "Rejected"
	colDuplicate = "Duplicate"
	colSetAside  = "Set aside"
	colDeclared  = "Declared"
)

// rulesSheet is every limit that was used, and who set it.
func (b *builder) rulesSheet() Worksheet {
	w := Worksheet{
		Name: "Rules used", Note: "\"Judgement\" means that nobody published a figure and ours is a choice.",
		Columns: []WorksheetColumn{{Title: "Limit", Width: 32}, {Title: "Value", Width: 24}, {Title: "What it limits", Width: 60}, {Title: "Used by", Width: 26}, {Title: "Set by", Width: 50}},
	}
	for _, l := range b.Policy.Limits {
		by := l.Source
		if l.Line > 0 {
			by = orWord(b.Policy.SetBy, "the configuration, nobody named") + " (line " + evidence.Whole(l.Line) + ")"
		}
		w.Rows = append(w.Rows, []Value{value(l.Name), value(l.Text()), value(upper(l.Means)), value(orWord(l.Checks, "figures")), value(by)})
	}
	w.Title = words(upper(counted(len(w.Rows), "limit")), " of this report, and who set each")
	return w
}
