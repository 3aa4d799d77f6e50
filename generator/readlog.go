package generator

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"proofpack/generator/config"
	"proofpack/generator/intake"
	"proofpack/generator/source"
)

// errEnough ends a reading of which enough was seen.
var errEnough = errors.New("enough was seen")

// log makes f the file of an access log, when its first rows say that it is
// one: they are read now, the whole of it later, as a stream. What cannot be
// read is left to the reader of whole files, which says why.
func (in *input) log(f *intake.File, src *config.Source) bool {
	head := in.head(f.Name)
	if head == nil || !strings.HasPrefix(head.Format, "json") && head.Format != "csv" || !intake.Unbounded(head, src) {
		return false
	}
	f.Table = head
	f.Stream = func(each source.RowFunc) (*source.Table, error) { return in.stream(f.Name, each) }
	return true
}

// head is the first rows of a file; nil when they cannot be read.
func (in *input) head(name string) *source.Table {
	r, err := in.root.Open(name)
	if err != nil {
		return nil
	}
	var head source.Table
	var rows []source.Row
	t, err := source.Stream(name, r, source.Options{Score: intake.Score}, func(t *source.Table, row source.Row) error {
		if len(rows) == intake.HeadRows() {
			head = *t
			return errEnough
		}
		rows = append(rows, source.Row{N: row.N, Cells: slices.Clone(row.Cells)})
		return nil
	})
	if cerr := r.Close(); cerr != nil {
		return nil
	}
	switch {
	case errors.Is(err, errEnough):
	case err != nil:
		return nil
	default:
		head = *t
	}
	for i, row := range rows {
		if missing := len(head.Header) - len(row.Cells); missing > 0 {
			rows[i].Cells = append(row.Cells, make([]string, missing)...)
		}
	}
	head.Header = slices.Clone(head.Header)
	head.Rows = rows
	return &head
}

// stream hands out every row of a file, and keeps its hash for the archive.
func (in *input) stream(name string, each source.RowFunc) (_ *source.Table, err error) {
	r, err := in.root.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	t, err := source.Stream(name, r, source.Options{Score: intake.Score}, each)
	if err != nil {
		return nil, err
	}
	in.received = slices.DeleteFunc(in.received, func(r received) bool { return r.name == name })
	in.received = append(in.received, received{name, t.SHA256})
	return t, nil
}
