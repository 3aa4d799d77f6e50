package source

import (
	"bytes"
	"encoding/binary"
	"strings"
)

// isWorkbook tells an XLSX from any other zip by the names of the first parts.
func isWorkbook(in *input) bool {
	mark := []byte("PK\x03\x04")
	if !bytes.HasPrefix(in.head, mark) {
		return false
	}
	office := false
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
		case name == "[Content_Types].xml":
			office = true
		}
		h = h[at+30:]
	}
}

// laterWorkbook refuses a workbook: sheets are not read by this version.
func laterWorkbook(in *input, _ RowFunc) (*Table, error) {
	return nil, in.problem(0, "xlsx-later", "The file is an Excel workbook, which this version does not read.",
		"Open it in Excel and save the sheet as CSV.")
}
