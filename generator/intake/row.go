package intake

import (
	"slices"
	"strings"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// A row is one record being read. A column that identifies the record, or says
// when it happened, rejects the row when it is blank or unreadable; in any
// other column an unreadable value counts as missing and is said.
type row struct {
	*batch
	n        int
	cells    []string
	at       time.Time // when what it records happened; zero when it does not say
	rejected string    // why it is no record; "" when it is one
	later    string    // why it is set aside
}

// ok tells whether the record counts.
func (r *row) ok() bool { return r.rejected == "" && r.later == "" }

// reject drops the row; the first reason counts.
func (r *row) reject(reason string) {
	if r.rejected == "" {
		r.rejected = reason
	}
}

func (r *row) pos() diag.Pos { return r.t.Pos(r.n, -1) }

// cell is the value of a canonical column as written, and the column it stands
// in; -1 when the value is a constant or there is no such column.
func (r *row) cell(column string) (string, int) {
	if v, fixed := r.m.fixed[column]; fixed {
		return v, -1
	}
	if list := r.m.composed[column]; len(list) > 0 {
		var parts []string
		for _, col := range list {
			if v := r.raw(col); !isBlank(v) {
				parts = append(parts, strings.TrimSpace(v))
			}
		}
		return strings.Join(parts, " "), list[0]
	}
	col, found := r.m.cols[column]
	if !found {
		return "", -1
	}
	v := r.raw(col)
	switch k := r.m.set.column(column).Kind; {
	case k == KindSystems || k == KindServices || k == KindList:
		for _, other := range r.m.also[column] { // a heading that stands more than once is a list
			if more := r.raw(other); r.m.headings[other].key == r.m.headings[col].key && !isBlank(more) {
				v += ";" + more
			}
		}
	case (k == KindSystem || k == KindService) && isBlank(v):
		for _, other := range r.m.also[column] {
			if more := r.raw(other); !isBlank(more) {
				return more, other
			}
		}
	}
	if r.src != nil {
		if meant, found := r.src.Meaning(column, strings.TrimSpace(v)); found {
			v = meant
		}
	}
	return v, col
}

func (r *row) raw(col int) string {
	if col < len(r.cells) {
		return r.cells[col]
	}
	return ""
}

// text is a value as written, without the spaces around it; "" when blank.
func (r *row) text(column string) string {
	v, _ := r.cell(column)
	if isBlank(v) {
		return ""
	}
	return strings.TrimSpace(strings.Map(dropInvisible, v))
}

// key is what identifies the row.
func (r *row) key(column string) string {
	v := r.text(column)
	if v == "" {
		r.reject(column + " is empty")
	}
	return v
}

// person is a name; "" where the cell says that there is nobody.
func (r *row) person(column string) string {
	v := r.text(column)
	if nobody[fold(v)] {
		return ""
	}
	return v
}

// name is a name of a system or service exactly as written, for joining; ""
// when blank.
func (r *row) name(column string) string {
	v, _ := r.cell(column)
	if isBlank(v) || nobody[strings.ToLower(strings.TrimSpace(v))] {
		return ""
	}
	return v
}

// list is every value of a cell that holds several.
func (r *row) list(column string) []string {
	v, _ := r.cell(column)
	return splitList(v)
}

// splitList parts a cell at ";", "," "|" and line ends; JSON lists too.
func splitList(cell string) []string {
	cell = strings.TrimSpace(cell)
	if isBlank(cell) {
		return nil
	}
	if strings.HasPrefix(cell, "[") && strings.HasSuffix(cell, "]") {
		cell = strings.NewReplacer(`"`, "", `'`, "").Replace(cell[1 : len(cell)-1])
	}
	var out []string
	for _, v := range strings.FieldsFunc(cell, func(c rune) bool { return strings.ContainsRune(";,|\n\r", c) }) {
		if v = strings.TrimSpace(v); !isBlank(v) && !nobody[strings.ToLower(v)] && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// answer is yes, no, or unknown when blank or another word.
func (r *row) answer(column string) evidence.Answer {
	v, col := r.cell(column)
	if isBlank(v) {
		return evidence.Unknown
	}
	a, found := answers[foldWords(v)]
	if !found {
		r.bad(column, col, v, "bad-word", "is neither yes nor no")
	}
	return a
}

// word is the meaning of a word by a table; the zero value when blank or
// unknown, which is said.
func word[T any](r *row, column string, table map[string]T, not string) T {
	v, col := r.cell(column)
	m, found := table[foldWords(v)]
	if !found && !isBlank(v) {
		r.bad(column, col, v, "bad-word", not)
	}
	return m
}

// cadence is how often; the zero cadence when blank or unreadable.
func (r *row) cadence(column string) cadence {
	v, col := r.cell(column)
	if isBlank(v) {
		return cadence{}
	}
	c, ok := parseCadence(v)
	if !ok {
		r.bad(column, col, v, "bad-word", "is not a cadence that is known (daily, weekly, every 2 weeks, monthly ...)")
	}
	return c
}

// identify notes the key of a row that counts. Rows of one key with different
// content are all kept, and said.
func (r *row) identify(parts ...string) {
	if !r.ok() {
		return
	}
	for i, p := range parts {
		parts[i] = fold(strings.TrimSpace(p))
	}
	key := r.m.set.Name + "\x1e" + strings.Join(parts, "\x1f")
	if _, found := r.keyed[key]; found {
		r.say(issue{code: "same-key", col: -1, text: "%[1]q stands in more than one row with different content; all count, and the worse is judged", note: true}, strings.Join(compact(parts), " "))
		return
	}
	r.keyed[key] = r.pos()
}

func compact(parts []string) []string {
	return slices.DeleteFunc(slices.Clone(parts), func(p string) bool { return p == "" })
}

// clip keeps quoted cells short.
func clip(cell string) string {
	cell = strings.TrimSpace(cell)
	if r := []rune(cell); len(r) > 60 {
		return string(r[:57]) + "..."
	}
	return cell
}
