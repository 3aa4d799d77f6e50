package generator_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"proofpack/generator"
	"proofpack/generator/evidence"
)

// A secret is put together here, so that no search for secrets finds this file.
const planted = "Hunter2-" + "zanzibar"

// changeRows are change records with a text in one column; the second lacks
// nothing, so that the file is read.
func changeRows(heading, text string) (head []string, rows [][]string) {
	head = []string{"change_id", "title", "type", "state", "risk", "system", "requested_by", "approved_by", "approved_at", "planned_start", "actual_start", "actual_end", "outcome", "verified_by"}
	for i := range 2 {
		row := []string{fmt.Sprint("CHG-", i+1), "Firmware of both controllers", "normal", "closed", "high", "SAN-01", "Noor Haddad", "Ines Calder", "2026-05-02", "2026-05-03", "2026-05-03", "2026-05-04", "successful", "Jonah Ekberg"}
		for at, h := range head {
			if h == heading && i == 1 {
				row[at] = text
			}
		}
		rows = append(rows, row)
	}
	return head, rows
}

// formats write rows as each kind of export.
var formats = []struct {
	file  string
	write func(t *testing.T, head []string, rows [][]string) string
	row   int // number of the second row in the file
}{
	{"changes.csv", asCSV, 3},
	{"changes.json", asJSON, 2},
	{"changes.jsonl", asLines, 2},
	{"changes.xlsx", asWorkbook, 3},
}

func asCSV(t *testing.T, head []string, rows [][]string) string {
	t.Helper()
	var b strings.Builder
	if err := csv.NewWriter(&b).WriteAll(append([][]string{head}, rows...)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func asLines(t *testing.T, head []string, rows [][]string) string {
	t.Helper()
	var b strings.Builder
	for _, r := range rows {
		record := map[string]string{}
		for i, h := range head {
			record[h] = r[i]
		}
		line, err := json.Marshal(record)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	return b.String()
}

func asJSON(t *testing.T, head []string, rows [][]string) string {
	t.Helper()
	return "[" + strings.ReplaceAll(strings.TrimSpace(asLines(t, head, rows)), "\n", ",\n") + "]"
}

func asWorkbook(t *testing.T, head []string, rows [][]string) string {
	t.Helper()
	var sheet strings.Builder
	for i, r := range append([][]string{head}, rows...) {
		fmt.Fprintf(&sheet, `<row r="%d">`, i+1)
		for c, cell := range r {
			fmt.Fprintf(&sheet, `<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+c, i+1, strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(cell))
		}
		sheet.WriteString("</row>")
	}
	const head1 = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	const main, office, packages = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://schemas.openxmlformats.org/package/2006/"
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="` + packages + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + packages + `relationships"><Relationship Id="r1" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="` + main + `" xmlns:r="` + office + `"><sheets><sheet name="Changes" sheetId="1" r:id="r1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + packages + `relationships"><Relationship Id="r1" Type="` + office + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", `<worksheet xmlns="` + main + `"><sheetData>` + sheet.String() + `</sheetData></worksheet>`},
	} {
		w, err := z.Create(part[0])
		if err == nil {
			_, err = w.Write([]byte(head1 + part[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestPlantedSecrets puts a secret into every column of every kind of export:
// nothing is built, and the place is said; waived, it is published masked.
func TestPlantedSecrets(t *testing.T) {
	head, _ := changeRows("", "")
	for _, f := range formats {
		for i, heading := range head {
			dir := client(t, "", nil)
			export := filepath.Join(dir, "exports", "2026-05", f.file)
			titles, rows := changeRows(heading, "door password="+planted)
			write(t, export, f.write(t, titles, rows))
			out := t.TempDir()
			o := options(dir, out)
			percent := 100.0 // a date that is none rejects its row
			o.MaxRejected = &percent
			_, err := generator.Build(o)
			var refused *generator.Refused
			if !errors.As(err, &refused) || refused.Usage {
				t.Errorf("%s, %s: %v", f.file, heading, err)
				continue
			}
			for _, p := range refused.Problems {
				if p.Code != "secret" || p.Row != f.row || p.Heading != heading || p.File != "exports/2026-05/"+f.file || strings.Contains(p.Error(), "zanzibar") {
					t.Errorf("%s, %s: %v", f.file, heading, p)
				}
			}
			nothing(t, out)
			if i%4 != 1 { // a month is built for some of them only
				continue
			}
			write(t, filepath.Join(dir, "proofpack.yml"), "company: Halden Supply Co.\nsecrets:\n  waive:\n    - {file: "+f.file+", row: "+fmt.Sprint(f.row)+", why: The door has a new lock, by: D. Ortiz}\n")
			b := build(t, dir, func(o *generator.Options) { o.MaxRejected = &percent })
			for where, text := range published(t, b) {
				if strings.Contains(text, "zanzibar") {
					t.Errorf("%s, %s: the secret stands in %s", f.file, heading, where)
				}
			}
			has(t, "the page of data quality", b.page(t, "data-quality.html"), "The door has a new lock")
		}
	}
}

// TestSecretsOfALog holds that rows of an access log, of which few are kept,
// are searched as any other.
func TestSecretsOfALog(t *testing.T) {
	_, err := generator.Build(options(sample(t, "", map[string]func(string) string{"sign-ins.jsonl": func(s string) string {
		return strings.ReplaceAll(s, `"appDisplayName": "Admin portal"`, `"appDisplayName": "Admin portal token=`+strings.Repeat("a1b2", 6)+`"`)
	}}), t.TempDir()))
	var refused *generator.Refused
	if !errors.As(err, &refused) || len(refused.Problems) == 0 || refused.Problems[0].Code != "secret" {
		t.Errorf("a secret of %s: %v", evidence.SignIns, err)
	}
}
