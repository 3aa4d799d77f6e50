package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
)

// packWorkbook packs CSV files into a workbook, a sheet each, named as given:
// workbook FILE SHEET=CSV... It is written by hand, so that neither our writer
// nor a library decides what we can read.
func packWorkbook(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: workbook FILE SHEET=CSV...")
	}
	const (
		office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
		sheets = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
		kind   = "application/vnd.openxmlformats-officedocument.spreadsheetml."
		pack   = "http://schemas.openxmlformats.org/package/2006/"
	)
	parts := map[string]string{}
	var types, list, rels strings.Builder
	for i, arg := range args[1:] {
		name, file, _ := strings.Cut(arg, "=")
		n := i + 1
		parts[fmt.Sprintf("xl/worksheets/sheet%d.xml", n)] = `<worksheet xmlns="` + sheets + `"><sheetData>` + sheetRows(ts, file) + `</sheetData></worksheet>`
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, n, kind)
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, name, n, n)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, n, office, n)
	}
	parts["[Content_Types].xml"] = `<Types xmlns="` + pack + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="` + kind + `sheet.main+xml"/>` + types.String() + `</Types>`
	parts["_rels/.rels"] = `<Relationships xmlns="` + pack + `relationships"><Relationship Id="rId1" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	parts["xl/workbook.xml"] = `<workbook xmlns="` + sheets + `" xmlns:r="` + office + `"><sheets>` + list.String() + `</sheets></workbook>`
	parts["xl/_rels/workbook.xml.rels"] = `<Relationships xmlns="` + pack + `relationships">` + rels.String() + `</Relationships>`
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range parts {
		f, err := w.Create(name)
		ts.Check(err)
		_, err = f.Write([]byte(content))
		ts.Check(err)
	}
	ts.Check(w.Close())
	to := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(to), 0o755))
	ts.Check(os.WriteFile(to, b.Bytes(), 0o644))
}

// sheetRows are the records of a CSV as rows of a sheet.
func sheetRows(ts *testscript.TestScript, file string) string {
	r := csv.NewReader(strings.NewReader(ts.ReadFile(file)))
	r.FieldsPerRecord = -1
	records, err := r.ReadAll()
	ts.Check(err)
	var b strings.Builder
	for _, record := range records {
		b.WriteString("<row>")
		for _, cell := range record {
			b.WriteString(`<c t="inlineStr"><is><t xml:space="preserve">`)
			ts.Check(xml.EscapeText(&b, []byte(cell)))
			b.WriteString("</t></is></c>")
		}
		b.WriteString("</row>")
	}
	return b.String()
}

// sayAlike fails unless two report.json hold the same findings: check, subject,
// state and sentence. Where their rows stand may differ.
func sayAlike(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: sayalike ONE OTHER")
	}
	said := func(file string) []string {
		var doc struct {
			Findings []struct {
				Check, State, Text string
				Subject            struct{ Kind, ID string }
			}
		}
		ts.Check(json.Unmarshal([]byte(ts.ReadFile(file)), &doc))
		if len(doc.Findings) == 0 {
			ts.Fatalf("%s holds no finding", file)
		}
		var lines []string
		for _, f := range doc.Findings {
			lines = append(lines, fmt.Sprintf("%+v", f))
		}
		return lines
	}
	if diff := cmp.Diff(said(args[0]), said(args[1])); diff != "" {
		ts.Fatalf("(-%s +%s)\n%s", args[0], args[1], diff)
	}
}
