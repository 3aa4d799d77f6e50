package source

import (
	"bufio"
	"io"
	"path"
	"path/filepath"
	"strings"

	"proofpack/generator/diag"
)

// Options say how to read one source. The zero value decides everything from
// the bytes themselves.
type Options struct {
	// Score is how well one heading matches the names the product knows: 0 for
	// no match, 1 for a known name. nil judges headings by their form alone.
	Score func(cell string) float64

	// Delimiter of a CSV: one ASCII character or "tab"; "" decides.
	Delimiter string

	// Encoding is "utf-8", "utf-16-le", "utf-16-be" or "windows-1252"; "" decides.
	Encoding string

	// MaxBytes is the size from which a document that must be held whole is
	// refused; 0 means 200 MB.
	MaxBytes int64

	// HeaderRow is the record number of the header of a CSV, or the number of
	// its row in a sheet; 0 decides.
	HeaderRow int

	// Sheets are names of sheets of a workbook; letter case does not count. Read
	// looks at no others and takes the one whose header knows the most names;
	// ReadAll reads these whatever they look like.
	Sheets []string
}

// A RowFunc takes one row. The table holds what is known so far: its Header
// has a name for every cell of a JSON row (it may grow with later rows), and is
// complete for CSV. The row's Cells are valid only during the call, the strings
// in them for ever.
type RowFunc func(t *Table, row Row) error

// Read reads a whole export. What is wrong with the export itself is a
// *diag.Problem; a failure of r is wrapped. name is the file's name as the
// user knows it; nothing but its ending is ever looked at.
func Read(name string, r io.Reader, opts Options) (*Table, error) {
	in, err := begin(name, r, opts)
	if err != nil {
		return nil, err
	}
	return whole(in.stream)
}

// ReadAll is Read for a file that may hold several tables: a workbook. It gives
// a table for every sheet that Options names and for every other whose header
// knows names enough, in the order of the sheets, and at least one.
func ReadAll(name string, r io.Reader, opts Options) ([]*Table, error) {
	in, err := begin(name, r, opts)
	if err != nil {
		return nil, err
	}
	if isWorkbook(in) {
		return readSheets(in)
	}
	t, err := whole(in.stream)
	if err != nil {
		return nil, err
	}
	return []*Table{t}, nil
}

// whole keeps the rows that read hands out.
func whole(read func(RowFunc) (*Table, error)) (*Table, error) {
	var rows []Row
	var shelf shelf
	var room room
	t, err := read(func(t *Table, row Row) error {
		rows = append(rows, Row{N: row.N, Cells: shelf.keep(row.Cells)})
		return room.take(t, row)
	})
	if err != nil {
		return nil, err
	}
	// A heading that a later record brought widens all rows before it.
	for _, row := range rows {
		if err := room.widen(t, row); err != nil {
			return nil, err
		}
	}
	for i, row := range rows {
		if missing := len(t.Header) - len(row.Cells); missing > 0 {
			rows[i].Cells = append(row.Cells, make([]string, missing)...)
		}
	}
	t.Rows = rows
	return t, nil
}

// Stream is Read without keeping rows: the table it returns has none. Memory
// does not grow with the number of rows of a CSV or of JSON lines. An error may
// come after rows were handed out; they are then worth nothing, for a file is
// read whole or not at all. An error of each ends the reading and is returned
// as it is.
func Stream(name string, r io.Reader, opts Options, each RowFunc) (*Table, error) {
	in, err := begin(name, r, opts)
	if err != nil {
		return nil, err
	}
	return in.stream(each)
}

// begin opens a file that is of no kind that is refused.
func begin(name string, r io.Reader, opts Options) (*input, error) {
	in, err := open(name, r, opts)
	if err != nil {
		return nil, err
	}
	return in, in.refusal()
}

// stream reads the file in its format.
func (in *input) stream(each RowFunc) (*Table, error) {
	for _, f := range formats {
		if !f.is(in) {
			continue
		}
		t, err := f.read(in, each)
		if err != nil {
			return nil, err
		}
		if err := in.finish(t); err != nil {
			return nil, err
		}
		return t, nil
	}
	return nil, in.problem(0, "unknown-format", "The file is neither a workbook nor CSV nor JSON.", "Export it again as CSV.")
}

// A format is a kind of file that can be read. is may look at the name and the
// head; the first that says yes reads the file.
type format struct {
	name string
	is   func(*input) bool
	read func(*input, RowFunc) (*Table, error)
}

// formats are asked in this order; CSV has no mark of its own and takes what is
// left.
var formats = []format{
	{"xlsx", isWorkbook, readWorkbook},
	{"json", isJSON, readJSON},
	{"csv", func(*input) bool { return true }, readCSV},
}

// An input is one file being read.
type input struct {
	file     string // as the user knows it, "/" separators
	ending   string // lower-case, without ".gz": ".csv"
	opts     Options
	head     []byte // the first bytes, unpacked, not decoded
	raw      *bufio.Reader
	received *received
	notes    []string
}

// open hashes from the first byte and takes off one layer of gzip.
func open(name string, r io.Reader, opts Options) (*input, error) {
	if opts.MaxBytes <= 0 {
		opts.MaxBytes = maxDocument
	}
	in := &input{file: filepath.ToSlash(name), opts: opts}
	in.ending = strings.ToLower(path.Ext(in.file))
	in.received = newReceived(in.file, r)
	in.raw = bufio.NewReaderSize(in.received, headBytes)
	if magic, err := in.raw.Peek(2); isGzip(magic) {
		in.raw = bufio.NewReaderSize(&unpacked{in: in, packed: in.raw}, headBytes)
		in.ending = strings.ToLower(path.Ext(strings.TrimSuffix(strings.ToLower(in.file), ".gz")))
		in.notes = append(in.notes, "unpacked from gzip")
	} else if err != nil && err != io.EOF {
		return nil, err
	}
	head, err := in.raw.Peek(headBytes)
	if err != nil && err != io.EOF {
		return nil, err
	}
	in.head = append([]byte(nil), head...)
	return in, nil
}

// finish reads what a format left over, so that the hash is that of the whole
// file, and fills in what every table says of its file.
func (in *input) finish(t *Table) error {
	if _, err := io.Copy(io.Discard, in.received); err != nil {
		return err
	}
	t.File = in.file
	t.Bytes, t.SHA256 = in.received.sum()
	return nil
}

// table starts the table that a format fills.
func (in *input) table(format string) *Table {
	return &Table{File: in.file, Format: format, Notes: in.notes}
}

// problem is something wrong with this file; row 0 is the whole file.
func (in *input) problem(row int, code, message, fix string) *diag.Problem {
	return diag.At(diag.Pos{File: in.file, Row: row}, code, message, fix)
}

// A shelf keeps copies of rows' cells in few large pieces.
type shelf struct{ free []string }

func (s *shelf) keep(cells []string) []string {
	n := len(cells)
	if n > len(s.free) {
		s.free = make([]string, max(4096, n))
	}
	kept := s.free[:n:n]
	s.free = s.free[n:]
	copy(kept, cells)
	return kept
}
