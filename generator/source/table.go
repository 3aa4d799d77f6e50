// Package source turns the bytes of an export into a table of text with
// positions. It decides encoding, delimiter and header row, refuses what it
// cannot read whole, and knows nothing of what the columns mean.
package source

import (
	"fmt"
	"strings"

	"proofpack/generator/diag"
)

// A Table is one export as read: nothing interpreted, nothing lost.
type Table struct {
	File      string // path as the user knows it, "/" separators
	Sheet     string // sheet of a workbook; "" elsewhere
	Format    string // "csv", "json", "json lines" or "xlsx"
	Encoding  string // "UTF-8", "UTF-8 with BOM", "UTF-16 LE", "UTF-16 BE", "Windows-1252 (assumed)"
	Delimiter string // "," ";" "tab" "|" of a CSV; "" elsewhere
	SHA256    string // lower-case hex of the file's bytes as received
	Bytes     int64  // size of the file as received

	Header    []string // headings as written, BOM stripped; JSON: flattened keys in order of first appearance
	HeaderRow int      // record number of the header; 0 for JSON
	Outside   []Line   // preamble above the header and footers below the rows: listed, no rows
	Rows      []Row    // records after the header that could be split
	Rejected  []Rejected
	Blank     int             // records without any text: no rows, counted so that every record is accounted for; 0 for JSON
	Records   int             // records after the header by an independent count: len(Rows)+len(Rejected)
	Declared  int             // records that the export itself says there are (`hits.total`, `@odata.count`); 0 when it says nothing
	Notes     []string        // decisions worth saying: "sep= line honoured", "unwrapped from value"
	Problems  []*diag.Problem // not fatal: a repeated or empty heading, a row wider than the header
}

// A Row is one record of text.
type Row struct {
	N     int      // record number in the file, first line = 1; row of the sheet; JSON: element index from 1
	Cells []string // same length as Header; a narrow record is padded, extra cells stay at the end
}

// A Line is a line that is no row.
type Line struct {
	N    int
	Text string
}

// A Rejected record could not be read; the reason says why.
type Rejected struct {
	N      int
	Reason string
}

// ColumnName is the heading of a column as written, spaces trimmed and
// collapsed, or col_14 for the 14th column when its heading is empty or the
// column lies beyond the header; col counts from 0.
func (t *Table) ColumnName(col int) string {
	if col < len(t.Header) {
		if name := strings.Join(strings.Fields(t.Header[col]), " "); name != "" {
			return name
		}
	}
	return fmt.Sprintf("col_%d", col+1)
}

// Pos is the place of a cell; col counts from 0, -1 for the whole row.
func (t *Table) Pos(row, col int) diag.Pos {
	p := diag.Pos{File: t.File, Sheet: t.Sheet, Row: row}
	if col >= 0 {
		p.Column = col + 1
		if col < len(t.Header) {
			p.Heading = t.Header[col]
		}
	}
	return p
}
