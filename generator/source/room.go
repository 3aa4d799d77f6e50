package source

import (
	"fmt"

	"proofpack/generator/diag"
)

// A room is how much a table that is kept takes: a file of a few megabytes can
// ask for gigabytes of empty cells, with a header of a thousand columns over a
// million rows of one cell. Limits are those of a sheet.
type room struct{ places, texts int64 }

// take counts a row as it is read, at least as wide as the header so far.
func (r *room) take(t *Table, row Row) error {
	r.places += int64(max(len(row.Cells), len(t.Header)))
	for _, c := range row.Cells {
		if c != "" {
			r.texts++
		}
	}
	return r.full(t, row)
}

// widen counts the cells that a row lacks of the whole header, which is known at
// the end; what take counted already stays counted.
func (r *room) widen(t *Table, row Row) error {
	if missing := len(t.Header) - len(row.Cells); missing > 0 {
		r.places += int64(missing)
	}
	return r.full(t, row)
}

func (r *room) full(t *Table, row Row) error {
	said := ""
	switch {
	case r.places-r.texts > maxPlaces:
		said = "more than 24 million empty cells"
	case r.places > sparseFrom && r.places/sparseShare > r.texts:
		said = "more than 4 million cells, of which fewer than one in 50 holds text"
	default:
		return nil
	}
	return diag.At(t.Pos(row.N, -1), "too-many-cells", fmt.Sprintf("Up to this row the table has %s; nothing of the file was used.", said),
		"Export only the columns that are filled, or split the file.")
}
