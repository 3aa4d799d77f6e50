package intake

import (
	"fmt"
	"slices"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/source"
)

// Recognised is the data set whose columns a table has, by itself or by what a
// source says of it; "" when that is undecided.
func Recognised(t *source.Table, src *config.Source) string {
	view, dump := t, openDump(t)
	if dump != nil {
		view = dump.view
	}
	if m, _ := recognise(view, src, dump != nil); m != nil {
		return m.set.Name
	}
	return ""
}

// settleSheets decides what concerns the sheets of one workbook together.
func settleSheets(found []*foundFile) {
	for from := 0; from < len(found); {
		to := from + 1
		for to < len(found) && found[to].path() == found[from].path() {
			to++
		}
		if to-from > 1 {
			settleBook(found[from:to])
		}
		from = to
	}
}

// settleBook sets aside sheets that only resemble a table beside sheets that
// are read: covers, sums, legends. A sheet that has half of what its nearest
// data set needs stays undecided, for it may be one whose heading was lost.
func settleBook(sheets []*foundFile) {
	var read []*foundFile
	for _, f := range sheets {
		if f.m != nil {
			read = append(read, f)
		}
	}
	if len(read) == 0 {
		return
	}
	tables := len(read)
	for _, f := range sheets {
		r := f.reading
		switch {
		case f.m != nil:
		case r.Status == Undecided && f.Source == nil && resembles(f.Table):
			r.Status, r.Problems, r.Proposal = NotRead, nil, ""
		case r.Status == Undecided:
			tables++
		}
		if r.Status == NotRead {
			f.Intake = withoutCount(f.Intake) // it counts rows of a table
		}
	}
	if tables > 1 {
		settleCount(read)
	}
}

// resembles tells that a table only resembles one: no data set has half of
// what it needs there, in two columns or by the name of the sheet, nor all of
// it where most columns are recognised.
func resembles(t *source.Table) bool {
	for i := range dataSets {
		m := matchColumns(&dataSets[i], t, headingsOf(t), nil)
		found := 0
		for j := range m.set.Columns {
			if c := &m.set.Columns[j]; len(c.Required) > 0 && m.has(c.Name) {
				found++
			}
		}
		switch {
		case len(m.missing) == 0 && 2*len(m.cols) > len(t.Header):
			return false
		case len(m.missing) > 0 && found >= len(m.missing) && (found > 1 || m.hinted):
			return false
		}
	}
	return true
}

// settleCount refuses a count of rows beside a workbook of several tables:
// nothing says of which of them it is. Where every table has a count under its
// source, that counts.
func settleCount(read []*foundFile) {
	beside := read[0].Intake
	if beside == nil || beside.RowsExpected == nil {
		return
	}
	open := slices.ContainsFunc(read, func(f *foundFile) bool { return f.Source == nil || f.Source.Intake.RowsExpected == nil })
	if !open {
		for _, f := range read {
			f.Intake = withoutCount(f.Intake)
		}
		return
	}
	r := read[0].reading
	r.Problems = append(r.Problems, diag.At(diag.Pos{File: beside.File, Row: beside.Line}, "count-of-which",
		fmt.Sprintf("rows-expected is %d, %s holds %d tables, and nothing says which sheet the count is of.", *beside.RowsExpected, read[0].path(), len(read)),
		"give each sheet a source in proofpack.yml, with file:, sheet: and its rows-expected under intake:."))
}

// withoutCount is the record without its count of rows.
func withoutCount(in *config.Intake) *config.Intake {
	if in == nil || in.RowsExpected == nil {
		return in
	}
	bare := *in
	bare.RowsExpected = nil
	return &bare
}
