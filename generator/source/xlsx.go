package source

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
)

// isWorkbook tells an XLSX from any other zip by the names of the first parts;
// where they don't say, by the name of the file.
func isWorkbook(in *input) bool {
	mark := []byte("PK\x03\x04")
	if !bytes.HasPrefix(in.head, mark) {
		return false
	}
	office := slices.Contains(endingsOfWorkbooks, in.ending)
	for h := in.head; ; {
		at := bytes.Index(h, mark)
		if at < 0 || len(h) < at+30 {
			return office
		}
		size := int(binary.LittleEndian.Uint16(h[at+26:]))
		name := string(h[at+30 : min(len(h), at+30+size)])
		switch {
		case strings.HasPrefix(name, "xl/"):
			return true
		case strings.HasPrefix(name, "word/"), strings.HasPrefix(name, "ppt/"):
			return false
		case strings.EqualFold(name, contentTypesPart):
			office = true
		}
		h = h[at+30:]
	}
}

var endingsOfWorkbooks = []string{".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb"}

// readWorkbook reads the best sheet of a workbook.
func readWorkbook(in *input, each RowFunc) (*Table, error) {
	b, err := openBook(in)
	if err != nil {
		return nil, err
	}
	all, err := b.candidates(in.opts.Sheets)
	if err != nil {
		return nil, err
	}
	c := all[best(all)]
	t, err := b.table(c, each)
	if err != nil {
		return nil, err
	}
	b.unread(t, all, map[*candidate]bool{c: true})
	return t, nil
}

// readSheets reads every sheet of a workbook that is asked for or looks like a
// table, in the order of its tabs, and at least the best.
func readSheets(in *input) ([]*Table, error) {
	b, err := openBook(in)
	if err != nil {
		return nil, err
	}
	all, err := b.candidates(nil)
	if err != nil {
		return nil, err
	}
	read, err := b.wanted(all)
	if err != nil {
		return nil, err
	}
	if len(read) == 0 {
		read[all[best(all)]] = true
	}
	for _, c := range all {
		if c.counts(in.opts.Score != nil) {
			read[c] = true
		}
	}
	var tables []*Table
	for _, c := range all {
		if !read[c] {
			continue
		}
		t, err := whole(func(each RowFunc) (*Table, error) { return b.table(c, each) })
		if err != nil {
			return nil, err
		}
		if err := in.finish(t); err != nil {
			return nil, err
		}
		tables = append(tables, t)
	}
	b.unread(tables[0], all, read)
	return tables, nil
}
