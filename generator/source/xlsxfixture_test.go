package source

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// parts are the parts of a workbook by name.
type parts map[string]string

const (
	xmlHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainNS   = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	refNS    = `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relNS    = `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	typeNS   = `xmlns="http://schemas.openxmlformats.org/package/2006/content-types"`
	relKind  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	typeKind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// bookOf is a workbook of sheets "S1", "S2" and on, each given as the XML of its
// rows, or of all that is in the worksheet when that has a sheetData.
func bookOf(sheets ...string) parts {
	p := parts{}
	var types, list, rels strings.Builder
	for i, s := range sheets {
		n := i + 1
		if !strings.Contains(s, "sheetData") {
			s = "<sheetData>" + s + "</sheetData>"
		}
		p[fmt.Sprintf("xl/worksheets/sheet%d.xml", n)] = xmlHead + "<worksheet " + mainNS + " " + refNS + ">" + s + "</worksheet>"
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, n, typeKind)
		fmt.Fprintf(&list, `<sheet name="S%d" sheetId="%d" r:id="rId%d"/>`, n, n, n)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%sworksheet" Target="worksheets/sheet%d.xml"/>`, n, relKind, n)
	}
	p["[Content_Types].xml"] = xmlHead + "<Types " + typeNS + `><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + typeKind + `sheet.main+xml"/>` + types.String() + "</Types>"
	p["_rels/.rels"] = xmlHead + "<Relationships " + relNS + `><Relationship Id="rId1" Type="` + relKind + `officeDocument" Target="xl/workbook.xml"/></Relationships>`
	p["xl/workbook.xml"] = xmlHead + "<workbook " + mainNS + " " + refNS + `><workbookPr/><sheets>` + list.String() + "</sheets></workbook>"
	p["xl/_rels/workbook.xml.rels"] = xmlHead + "<Relationships " + relNS + ">" + rels.String() + "</Relationships>"
	return p
}

// with is the same workbook with one part changed or added.
func (p parts) with(name, content string) parts {
	p = maps.Clone(p)
	p[name] = content
	return p
}

// edit is the same with a text of a part replaced, which must be in it.
func (p parts) edit(name, old, new string) parts {
	if !strings.Contains(p[name], old) {
		panic(fmt.Sprintf("%s holds no %q", name, old))
	}
	return p.with(name, strings.Replace(p[name], old, new, 1))
}

// related adds a part that the workbook refers to.
func (p parts) related(kind, file, content string) parts {
	p = p.with("xl/"+file, content)
	p = p.edit("xl/_rels/workbook.xml.rels", "</Relationships>", `<Relationship Id="x`+kind+`" Type="`+relKind+kind+`" Target="`+file+`"/></Relationships>`)
	return p.edit("[Content_Types].xml", "</Types>", `<Override PartName="/xl/`+file+`" ContentType="`+typeKind+kind+`+xml"/></Types>`)
}

// strings adds shared strings, each the XML inside its si.
func (p parts) strings(items ...string) parts {
	var b strings.Builder
	for _, s := range items {
		b.WriteString("<si>" + s + "</si>")
	}
	return p.related("sharedStrings", "sharedStrings.xml", xmlHead+"<sst "+mainNS+">"+b.String()+"</sst>")
}

// styles adds a style for each format: its code, or the number of one of Excel's
// own as "#14". Style 0 is the first of them.
func (p parts) styles(codes ...string) parts {
	var custom, xfs strings.Builder
	for i, c := range codes {
		id := fmt.Sprint(164 + i)
		if n, own := strings.CutPrefix(c, "#"); own && len(n) < 3 {
			id = n
		} else {
			fmt.Fprintf(&custom, `<numFmt numFmtId="%s" formatCode="%s"/>`, id, escapeXML(c))
		}
		fmt.Fprintf(&xfs, `<xf numFmtId="%s"/>`, id)
	}
	return p.related("styles", "styles.xml", xmlHead+"<styleSheet "+mainNS+"><numFmts>"+custom.String()+"</numFmts><cellXfs>"+xfs.String()+"</cellXfs></styleSheet>")
}

var escapeXML = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace

// zip packs the parts in the order of their names.
func (p parts) zip() string { return p.pack(zip.Deflate) }

func (p parts) pack(method uint16) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(p)) {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err == nil {
			_, err = f.Write([]byte(p[name]))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

// inline is a row of inline strings; an empty text is no cell.
func inline(n int, texts ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<row r="%d">`, n)
	for i, t := range texts {
		if t != "" {
			fmt.Fprintf(&b, `<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, cellName(i, n), escapeXML(t))
		}
	}
	return b.String() + "</row>"
}

// under is rows under the header a, b, c.
func under(rows string) string { return inline(1, "a", "b", "c") + rows }

// readBook reads parts as a workbook.
func readBook(t *testing.T, p parts, opts Options) *Table {
	t.Helper()
	table := read(t, "x.xlsx", p.zip(), opts)
	reconciles(t, table)
	return table
}

// refusedBook is the problem that parts are refused for; says must be in its
// message.
func refusedBook(t *testing.T, p parts, code, says string) {
	t.Helper()
	problem := refused(t, "x.xlsx", p.zip(), Options{})
	if problem.Code != code || !strings.Contains(problem.Message, says) {
		t.Errorf("got %s: %s, want %s with %q", problem.Code, problem.Message, code, says)
	}
}
