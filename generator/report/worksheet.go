package report

import (
	"slices"
	"strings"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// WorkbookFile is the evidence workbook, beside the pages.
const WorkbookFile = "evidence.xlsx"

// A Worksheet is one sheet of the evidence workbook: a table under its heads.
type Worksheet struct {
	Name    string // of the tab: letters and spaces, at most 31 characters
	Title   Text   // what it shows, one sentence
	Note    string // how to read it
	Columns []WorksheetColumn
	Rows    [][]Value // each as long as Columns
	More    string    // what there was no room for, and where it stands; "" when all is here

	published bool // its cells were made by the publish policy, one by one
}

// A WorksheetColumn is a head of a Worksheet.
type WorksheetColumn struct {
	Title string
	Width int // in characters
}

// A Value is one cell.
type Value struct {
	Kind    ValueKind
	Text    string // of words and absent
	Number  float64
	State   assess.State
	Recount *Recount // how the number is worked out again from cells of the workbook; nil when it can't be
}

// A ValueKind is what a cell holds.
type ValueKind int

// The kinds of cells. The zero value names an absence.
const (
	ValueAbsent ValueKind = iota // Text says what is absent
	ValueText
	ValueNumber
	ValueState
)

// A Recount works a number out again from the cells of a worksheet.
type Recount struct {
	How    RecountBy
	Sheet  string // Name of the worksheet
	Column string // Title of its column
	Is     string // of CountWhere: what the cell says
	Row    int    // of TheCell: index of the row
}

// A RecountBy is a way to work a number out.
type RecountBy int

// The ways to work a number out.
const (
	CountRows  RecountBy = iota // how many rows there are
	CountWhere                  // in how many rows the column says something
	SumColumn                   // the sum of the column
	TheCell                     // one cell of the column
)

// mostWorksheetRows bounds a worksheet. A spreadsheet holds a million rows; a
// reader does not. Judgement.
const mostWorksheetRows = 50000

// worksheets are the sheets of the evidence workbook but for the figures, which
// some of these count.
func (b *builder) worksheets(r *Report) []Worksheet {
	sheets := []Worksheet{b.findingsSheet(), b.exceptionsSheet(), b.restoresSheet(), b.rejectedSheet(), b.rulesSheet(), b.sourcesSheet()}
	return slices.Insert(sheets, 0, b.aboutSheet(r, sheets))
}

// withFigures puts the sheet of figures behind the findings, once all are
// numbered.
func (b *builder) withFigures(sheets []Worksheet) []Worksheet {
	return slices.Insert(sheets, 2, b.figuresSheet(sheets))
}

func value(s string) Value { return Value{Kind: ValueText, Text: s} }

// valueOr is a text, or the absence of it in words.
func valueOr(s, absence string) Value {
	if strings.TrimSpace(s) == "" {
		return Value{Text: absence}
	}
	return value(s)
}

func numeric(v float64) Value { return Value{Kind: ValueNumber, Number: v} }

// numberOr is a number that may be unknown.
func numberOr(n evidence.Number, absence string) Value {
	if !n.Known {
		return Value{Text: absence}
	}
	return numeric(n.Value)
}

func stateValue(s assess.State) Value { return Value{Kind: ValueState, State: s} }

// answerValue is a yes, a no, or that nobody wrote one.
func answerValue(a evidence.Answer) Value {
	switch a {
	case evidence.Yes:
		return value("yes")
	case evidence.No:
		return value("no")
	case evidence.Unknown:
	}
	return Value{Text: "not recorded"}
}

// mostPlaces bounds the places in one cell; report.json has all.
const mostPlaces = 40

// placesValue are rows of sources in words.
func placesValue(at []diag.Pos, none string) Value {
	if len(at) == 0 {
		return Value{Text: none}
	}
	var b strings.Builder
	file := ""
	for i, p := range at {
		if i == mostPlaces {
			b.WriteString(" and " + evidence.Whole(len(at)-i) + " more, in report.json")
			break
		}
		switch here := called(p); {
		case here != file:
			if i > 0 {
				b.WriteString("; ")
			}
			file = here
			b.WriteString(here + rowWords(p))
		case p.Row > 0:
			b.WriteString(", " + evidence.Whole(p.Row))
		}
	}
	return value(b.String())
}

// cut keeps a worksheet within its bound and says what is elsewhere.
func (w *Worksheet) cut(where string) {
	if more := len(w.Rows) - mostWorksheetRows; more > 0 {
		w.Rows = w.Rows[:mostWorksheetRows]
		w.More = evidence.Of(more, "row", "rows") + " more in " + where
	}
}
