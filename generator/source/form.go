package source

import (
	"bytes"
	"fmt"
	"strings"
)

// A form is how a CSV is laid out.
type form struct {
	delim   byte
	header  int // record number; 0 when none was found
	sepLine int // record number of a sep= line; 0 for none
	notes   []string
}

// A sampled record is one of the first records of a file, cut with a delimiter
// that may be wrong.
type sampled struct {
	n     int
	cells []string
	bad   bool // can't be read with this delimiter
	aside bool // blank, or a line that is never a header
}

// form decides delimiter and header row from the start of a file; last says
// that start is all of it.
func (in *input) form(start []byte, last bool) (form, error) {
	if last && len(bytes.Trim(start, " \t\r\n")) == 0 {
		return form{}, in.problem(0, "empty-file", "The file holds no record, not even a header: it shows neither that there is something nor that there is nothing.",
			"Export it again; an export of nothing still has its headings.")
	}
	if bytes.IndexByte(start, '\n') < 0 && bytes.IndexByte(bytes.TrimRight(start, "\r"), '\r') >= 0 {
		return form{}, in.problem(0, "cr-only", "The lines end in CR alone, as on old Macs, which can't be told from text in a cell.",
			"Save the file again with Windows or Unix line ends.")
	}
	f := form{}
	if sep, ok := sepLine(start); ok {
		f.sepLine, f.delim = 1, sep
		f.notes = append(f.notes, "sep= line honoured")
	}
	if in.opts.Delimiter != "" {
		d, ok := delimiterOf(in.opts.Delimiter)
		if !ok {
			return form{}, in.problem(0, "unknown-delimiter", fmt.Sprintf("%q can't be a delimiter.", in.opts.Delimiter), `Use one of , ; | or "tab".`)
		}
		f.delim = d
	}
	var records []sampled
	if f.delim != 0 {
		records = sample(start, last, f.delim, f.sepLine)
	} else {
		f.delim, records = bestDelimiter(start, last, in.opts.Score)
	}
	if f.header = in.opts.HeaderRow; f.header < 0 || f.header > maxPreamble {
		return form{}, in.problem(0, "no-header", fmt.Sprintf("Record %d can't be the header: it must be among the first 1,000.", f.header),
			"Set the header's record number for this source, the first line being 1.")
	}
	if f.header == 0 {
		if at := headerAt(records, last, in.opts.Score); at >= 0 {
			f.header = records[at].n
		}
	}
	if f.header > 0 && in.opts.Delimiter == "" && f.sepLine == 0 && widest(records) <= 1 && fixedWidth(start) {
		return form{}, in.problem(0, "fixed-width", "The columns are lined up with spaces, so where one ends is a guess.", "Export it again as CSV or JSON.")
	}
	if f.header > 1 && bytes.HasPrefix(start, []byte(psType)) {
		f.notes = append(f.notes, "#TYPE line of PowerShell is no row")
	}
	return f, nil
}

// psType begins the line that Export-Csv of PowerShell 5 writes above the header.
const psType = "#TYPE "

// sample cuts the first records of a file.
func sample(start []byte, last bool, delim byte, skip int) []sampled {
	s := splitter{delim: delim}
	var list []sampled
	for n := 1; len(start) > 0 && n <= sampleRecords; n++ {
		size, f := s.split(start, last)
		if size == 0 {
			break
		}
		start = start[size:]
		rec := sampled{n: n, bad: f != nil}
		if !rec.bad {
			rec.cells = append(rec.cells, s.cells...)
			rec.aside = n == skip || blank(rec.cells) || n == 1 && strings.HasPrefix(rec.cells[0], psType)
		}
		list = append(list, rec)
	}
	return list
}

// widest is the most cells of a record.
func widest(records []sampled) int {
	n := 0
	for _, r := range records {
		n = max(n, len(r.cells))
	}
	return n
}

// fixedWidth says that lines have gaps of several spaces where a table has
// delimiters: in the first line at least two, in most lines at least one.
func fixedWidth(start []byte) bool {
	var lines, gaps, first int
	for _, line := range bytes.Split(start, []byte{'\n'}) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		n := len(bytes.FieldsFunc(bytes.ReplaceAll(line, []byte("  "), []byte{0}), func(r rune) bool { return r == 0 })) - 1
		if lines == 0 {
			first = n
		}
		if n > 0 {
			gaps++
		}
		if lines++; lines == sampleRecords {
			break
		}
	}
	return first >= 2 && gaps*2 > lines
}
