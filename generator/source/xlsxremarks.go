package source

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// remarks says what was met in a sheet that is not in its cells, or that the
// cells don't show.
func (s *sheetTable) remarks(r *sheetReader) {
	t := s.table
	if s.sheet.hidden {
		s.note("the sheet is hidden")
	}
	if r.from == from1904 {
		s.note("dates are counted from 1904")
	}
	if t.Blank > 0 {
		s.note("%s", evidence.Of(t.Blank, "row without any text is no row", "rows without any text are no rows"))
	}
	if n := len(r.hidden); n > 0 {
		s.note("%s: %s", evidence.Of(n, "hidden row was read", "hidden rows were read"), examples(n, r.hidden, strconv.Itoa))
	}
	if columns := hiddenColumns(r.columns, len(t.Header)); len(columns) > 0 {
		s.note("%s: %s", evidence.Of(len(columns), "hidden column was read", "hidden columns were read"), examples(len(columns), columns, columnName))
	}
	if r.mistakes > 0 {
		s.note("%s, which was read as its text: %s", evidence.Of(r.mistakes, "cell holds the error of a formula", "cells hold the error of a formula"), examples(r.mistakes, r.errors, func(c string) string { return c }))
	}
	if n := len(r.merged); n > 0 {
		s.note("%s; the text is in the first cell of each: %s", evidence.Of(n, "range of cells is merged", "ranges of cells are merged"), examples(n, r.merged, func(m merge) string { return m.ref }))
	}
	for _, m := range r.merged {
		if m.bottom > t.HeaderRow && m.top <= s.last && m.from <= len(t.Header) {
			s.problem(diag.At(t.Pos(max(m.top, t.HeaderRow), m.from-1), "merged-cells", fmt.Sprintf("The cells %s are merged; only the first of them has the text, the others are read as empty.", m.ref),
				"Take the merge off in the sheet and fill the cells, or export the table without merged cells."))
		}
	}
	for i, cell := range r.formulas {
		said := fmt.Sprintf("The cell %s is a formula whose result is not in the file; it is read as empty.", cell)
		if i == len(r.formulas)-1 && r.unstored > len(r.formulas) {
			said = fmt.Sprintf("The cell %s and %d more after it are formulas whose results are not in the file; they are read as empty.", cell, r.unstored-len(r.formulas))
		}
		col, row, _ := parseRef([]byte(cell))
		s.problem(diag.At(t.Pos(row, col-1), "formula-without-result", said, "Open the workbook in Excel, which works the formulas out, and save it."))
	}
}

// maxExamples is how many places a note names.
const maxExamples = 5

// examples are the first places of a list as words; n is how many there are.
func examples[T any](n int, list []T, word func(T) string) string {
	var words []string
	for _, place := range list[:min(len(list), maxExamples)] {
		words = append(words, word(place))
	}
	if n > len(words) {
		words = append(words, "...")
	}
	return strings.Join(words, ", ")
}

// hiddenColumns are the hidden ones among the columns of a table, from 0.
func hiddenColumns(spans []span, width int) []int {
	var all []int
	for _, s := range spans {
		for c := max(s.from, 1); c <= min(s.to, width); c++ {
			all = append(all, c-1)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
