package chart

import (
	"proofpack/generator/assess"
	"proofpack/generator/report"
)

// A Row is one line of a figure that is a list. The site sets its words as HTML
// beside a picture of the mark alone, so that they keep their size and can be
// found and followed; on paper the figure draws them too.
type Row struct {
	Label  report.Text // may link; empty on the row of an axis
	Sub    string      // quieter, under the label
	Value  string      // the number, strong
	Figure string      // figure id of Value; "" none
	Note   string      // quieter, after the value
	Judged bool        // State stands before the note, glyph and word
	State  assess.State
	Says   string  // the row in words; "" where the row is an axis, which says nothing new
	Height float64 // points of the mark alone
	Draw   func(c Canvas, in Band)
}

// A KeyItem is one entry of a figure's key: a mark of 26 by 12 points and what
// it means.
type KeyItem struct {
	Words string
	Draw  func(c Canvas, in Band)
}

// A list is a figure made of rows.
type list interface {
	figure
	rows() []Row
	key() []KeyItem
}

// Rows are the lines of a drawing that is a list; ok is false for one that is
// drawn whole.
func Rows(d report.Drawing) (rows []Row, ok bool) {
	l, ok := of(d).(list)
	if !ok {
		return nil, false
	}
	return l.rows(), true
}

// Key is what the marks of a drawing mean; none where they are labelled directly.
func Key(d report.Drawing) []KeyItem {
	if k, ok := of(d).(interface{ key() []KeyItem }); ok {
		return k.key()
	}
	return nil
}

// saysRows puts the rows of a list into words.
func saysRows(rows []Row) string {
	said := make([]string, 0, len(rows))
	for _, r := range rows {
		said = append(said, sentence(r.Says))
	}
	if s := joined(" ", said...); s != "" {
		return s
	}
	return nothing{}.says()
}

// swatch makes an entry of a key.
func swatch(words string, mark func(c Canvas, x0, x1 X)) KeyItem {
	return KeyItem{Words: words, Draw: func(c Canvas, in Band) { mark(c, in.Left, in.Right) }}
}

// solid is the mark of a key filled with one role.
func solid(r Role) func(Canvas, X, X) {
	return func(c Canvas, x0, x1 X) { c.Rect(x0, x1, 0, 12, r) }
}

// hatched is the mark of a key hatched with one role.
func hatched(r Role) func(Canvas, X, X) {
	return func(c Canvas, x0, x1 X) { c.Hatch(x0.by(.75), x1.by(-.75), .75, 10.5, r) }
}
