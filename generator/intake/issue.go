package intake

import (
	"fmt"
	"slices"
	"strings"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// An issue is one thing that is wrong in several rows of a column. It is said
// once, with how many rows have it and the first of them.
type issue struct {
	code   string
	column string // canonical; "" for the whole row
	col    int    // in the table; -1 for none
	text   string // a format of the first cell
	note   bool   // a remark on the file rather than a problem with it
	count  int
	rows   []int // the first of them
	cell   string
}

// quotedRows is how many rows an issue names.
const quotedRows = 3

// bad says that a cell cannot be read and counts as missing.
func (r *row) bad(column string, col int, cell, code, not string) {
	r.say(issue{code: code, column: column, col: col, text: "%[1]q " + not + "; it counts as missing"}, cell)
}

// say adds the row to an issue.
func (r *row) say(is issue, cell string) {
	i := slices.IndexFunc(r.issues, func(o *issue) bool {
		return o.code == is.code && o.column == is.column && o.text == is.text
	})
	if i < 0 {
		is.cell = clip(cell)
		r.issues = append(r.issues, &is)
		i = len(r.issues) - 1
	}
	o := r.issues[i]
	o.count++
	if len(o.rows) < quotedRows {
		o.rows = append(o.rows, r.n)
	}
}

// sayIssues puts the issues into the intake record.
func (b *batch) sayIssues() {
	for _, is := range b.issues {
		text := fmt.Sprintf(is.text, is.cell) + "."
		if is.count > 1 {
			text += fmt.Sprintf(" %s like it; the first: %s.", evidence.Of(is.count, "row", "rows"), numbers(is.rows))
		}
		pos := b.t.Pos(is.rows[0], is.col)
		if is.note {
			b.in.Notes = append(b.in.Notes, fmt.Sprintf("row %d: %s", is.rows[0], text))
			continue
		}
		b.in.Problems = append(b.in.Problems, diag.At(pos, is.code, text, is.fix()))
	}
}

// fix is what mends an issue.
func (is *issue) fix() string {
	switch is.code {
	case "bad-date":
		return "correct the cell in the tool, or export again with one form of date."
	case "bad-number":
		return "correct the cell in the tool, or export the number without words."
	case "bad-parts":
		return "write the parts as name=amount; name=amount."
	case "bad-word":
		return fmt.Sprintf("correct the word, or say what it means: `values: {%s: {%q: our word}}` for this source in proofpack.yml.", is.column, is.cell)
	case "other-currency":
		return "give the amount in the configured currency; nothing is converted."
	case "excel-date":
		return fmt.Sprintf("export the column again as text, or say what the score was: `values: {%s: {%q: ...}}` for this source in proofpack.yml.", is.column, is.cell)
	case "columns-differ":
		return fmt.Sprintf("say which counts: `columns: {%s: ...}` for this source in proofpack.yml.", is.column)
	case "part-blank":
		return "write 0 where the part costs nothing, or fill in cost_per_hour."
	case "part-absent":
		return "add the column, with 0 where the part costs nothing, or fill in cost_per_hour."
	case "no-system":
		return "fill in the system in the tool; until then the row counts for no system."
	}
	return "look at the rows named."
}

func numbers(list []int) string {
	var words []string
	for _, n := range list {
		words = append(words, fmt.Sprint(n))
	}
	return strings.Join(words, ", ")
}
