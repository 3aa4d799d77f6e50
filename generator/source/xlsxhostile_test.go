package source

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"proofpack/generator/diag"
)

// zipEntry is one entry of a zip written by hand, with what its header claims.
type zipEntry struct {
	name    string
	content string
	size    uint64 // claimed; 0 for the true one
	flags   uint16
	method  uint16
}

// zipOf packs entries as they are, good or bad.
func zipOf(entries ...zipEntry) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := flate.NewWriter(nil, flate.BestSpeed)
	if err != nil {
		panic(err)
	}
	for _, e := range entries {
		var packed bytes.Buffer
		f.Reset(&packed)
		_, err := io.WriteString(f, e.content)
		if err == nil {
			err = f.Close()
		}
		if strings.HasSuffix(e.name, "/") {
			packed.Reset()
		}
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate, Flags: e.flags, CRC32: crc32.ChecksumIEEE([]byte(e.content)), CompressedSize64: uint64(packed.Len()), UncompressedSize64: uint64(len(e.content))}
		if e.size > 0 {
			h.UncompressedSize64 = e.size
		}
		if e.method > 0 {
			h.Method = e.method
		}
		var to io.Writer
		if err == nil {
			to, err = w.CreateRaw(h)
		}
		if err == nil && !strings.HasSuffix(e.name, "/") {
			_, err = to.Write(packed.Bytes())
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

// without is the same workbook without one part.
func (p parts) without(name string) parts {
	p = maps.Clone(p)
	delete(p, name)
	return p
}

// entries are the parts of a workbook as entries.
func (p parts) entries() []zipEntry {
	var all []zipEntry
	for _, name := range slices.Sorted(maps.Keys(p)) {
		all = append(all, zipEntry{name: name, content: p[name]})
	}
	return all
}

// claiming is the zip of a workbook of which one part claims another size.
func (p parts) claiming(name string, size uint64) string {
	all := p.entries()
	for i := range all {
		if all[i].name == name {
			all[i].size = size
		}
	}
	return zipOf(all...)
}

const sheet1 = "xl/worksheets/sheet1.xml"

// sheetOf is a workbook whose only sheet is this text.
func sheetOf(content string) parts { return bookOf("").with(sheet1, content) }

// repeated is a text n times.
func repeated(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i+2)
	}
	return b.String()
}

func TestHostileWorkbooksAreRefusedAtOnce(t *testing.T) {
	plain := bookOf(under(inline(2, "1", "2", "3")))
	long := strings.Repeat("0", 300)
	shared := bookOf(under(`<row r="2"><c r="A2" t="s"><v>%</v></c></row>`)).strings("<t>x</t>")
	index := func(v string) string { return shared.edit(sheet1, "%", v).zip() }
	sheetWith := func(rows string) string { return bookOf(under(rows)).zip() }
	for _, c := range []struct{ name, file, code, says string }{
		// What makes other readers run on or fill the memory.
		{"a number format of zeros", bookOf(under("")).styles(long).zip(), "bad-workbook", "255"},
		{"a number format of decimals", bookOf(under("")).styles("0." + long).zip(), "bad-workbook", "255"},
		{"a bomb of spaces", sheetOf(xmlHead + "<worksheet " + mainNS + ">" + strings.Repeat(" ", 8<<20) + "<sheetData/></worksheet>").zip(), "zip-too-dense", sheet1},
		{"a bomb of cells", sheetWith(`<row r="2">` + strings.Repeat("<c/>", 1<<20) + "</row>"), "zip-too-dense", sheet1},
		{"a bomb that claims to be small", sheetOf(strings.Repeat(" ", 8<<20)).claiming(sheet1, 1000), "bad-zip", "can't be unpacked"},
		{"a bomb that claims to be larger still", plain.claiming(sheet1, 1<<40), "zip-too-large", "256 MB"},
		{"a small file that claims to be large", plain.claiming(sheet1, 200<<20), "zip-too-dense", sheet1},
		{"an inline string of 8 MB", sheetWith(inline(2, strings.Repeat("x", 8<<20))), "zip-too-dense", sheet1},
		{"elements nested very deep", sheetOf(xmlHead + "<worksheet " + mainNS + ">" + strings.Repeat("<a>", 20000) + strings.Repeat("</a>", 20000) + "</worksheet>").zip(), "bad-workbook", "64 deep"},
		{"entities of entities", sheetOf(`<!DOCTYPE w [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet ` + mainNS + "><sheetData/></worksheet>").zip(), "bad-workbook", "DTD"},
		{"an entity that reads a file", sheetOf(`<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet ` + mainNS + ">&a;</worksheet>").zip(), "bad-workbook", "DTD"},
		{"one string in very many cells", manyTimes(), "too-many-cells", "512 MB"},
		{"more cells than text", sparse(), "too-many-cells", "one in 50"},
		{"very many parts", manyParts(), "bad-zip", "10,000"},

		// What makes other readers lose rows without a word.
		{"a sheet cut off", plain.with(sheet1, plain[sheet1][:len(plain[sheet1])-30]).zip(), "bad-workbook", "cut off"},
		{"a byte that is not UTF-8", plain.edit(sheet1, "<t", "<t a='\xff'").zip(), "bad-workbook", "not UTF-8"},
		{"garbage between rows", plain.edit(sheet1, `<row r="2">`, `garbage<row r="2">`).zip(), "bad-workbook", "text between"},
		{"garbage between cells", plain.edit(sheet1, `<c r="B2"`, `garbage<c r="B2"`).zip(), "bad-workbook", "text between"},
		{"a shared string below zero", index("-1"), "bad-workbook", `"-1"`},
		{"a shared string far too large", index("99999999999"), "bad-workbook", `"99999999999"`},
		{"a shared string that is no number", index("x"), "bad-workbook", `"x"`},
		{"a shared string one too many", index("1"), "bad-workbook", `"1"`},
		{"a shared string that is not named", index(""), "bad-workbook", "does not say which"},
		{"no shared strings at all", bookOf(under(`<row r="2"><c r="A2" t="s"><v>0</v></c></row>`)).zip(), "bad-workbook", `"0"`},
		{"a cell in another row", sheetWith(`<row r="2"><c r="A7"><v>1</v></c></row>`), "bad-workbook", `"A7" is in row 2`},
		{"a cell that is nowhere", sheetWith(`<row r="2"><c r="2A"><v>1</v></c></row>`), "bad-workbook", `"2A"`},
		{"a cell twice", sheetWith(`<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>`), "bad-workbook", `"A2" comes after A2`},
		{"cells backwards", sheetWith(`<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>2</v></c></row>`), "bad-workbook", `"A2" comes after B2`},
		{"a cell in column 16,385", sheetWith(`<row r="2"><c r="XFE2"><v>1</v></c></row>`), "bad-workbook", `"XFE2"`},
		{"a cell with two values", sheetWith(`<row r="2"><c r="A2"><v>1</v><v>2</v></c></row>`), "bad-workbook", "two values"},
		{"rows backwards and twice", sheetWith(`<row r="5"/><row r="2"/><row r="2"/>`), "bad-workbook", "row 2 comes after row 5"},
		{"a row twice", sheetWith(`<row r="1"/>`), "bad-workbook", "row 1 comes after row 1"},
		{"row 0", sheetOf(`<worksheet ` + mainNS + `><sheetData><row r="0"/></sheetData></worksheet>`).zip(), "bad-workbook", "row 0"},
		{"row 1,048,577", sheetWith(`<row r="1048577"/>`), "bad-workbook", "1048577"},
		{"a cell of an unknown type", sheetWith(`<row r="2"><c r="A2" t="x"><v>1</v></c></row>`), "bad-workbook", "unknown type"},
		{"an unknown attribute of a cell", sheetWith(`<row r="2"><c r="A2" u="s"><v>1</v></c></row>`), "bad-workbook", `"u"`},
		{"an unknown attribute of a row", sheetWith(`<row r="2" x="1"/>`), "bad-workbook", `"x"`},
		{"an element that is none among the rows", sheetWith(`<rox r="2"></rox>`), "bad-workbook", "<rox>"},
		{"an element that is none in a cell", sheetWith(`<row r="2"><c r="A2"><w>1</w></c></row>`), "bad-workbook", "<w>"},
		{"a format that there is not", bookOf(under(`<row r="2"><c r="A2" s="2"><v>1</v></c></row>`)).styles("0", "0").zip(), "bad-workbook", "format 2"},
		{"no rows at all", bookOf("<sheetFata><sheetData2/></sheetFata>").zip(), "bad-workbook", "no rows"},
		{"rows twice", bookOf("<sheetData/><sheetData/>").zip(), "bad-workbook", "two sets"},
		{"another root", sheetOf("<html/>").zip(), "bad-workbook", "root"},
		{"a merge that is none", bookOf("<sheetData/><mergeCells><mergeCell ref='A1:'/></mergeCells>").zip(), "bad-workbook", "merged"},

		// Parts that lead nowhere.
		{"a part that is not there", plain.without(sheet1).zip(), "bad-zip", sheet1},
		{"a sheet that nothing leads to", plain.edit("xl/workbook.xml", `r:id="rId1"`, `r:id="rId9"`).zip(), "bad-workbook", `"S1"`},
		{"a sheet outside", plain.edit("xl/_rels/workbook.xml.rels", "Target=", `TargetMode="External" Target=`).zip(), "bad-workbook", `"S1"`},
		{"a sheet of an unknown kind", plain.edit("xl/_rels/workbook.xml.rels", "/worksheet\"", "/workshoot\"").zip(), "bad-workbook", "workshoot"},
		{"a sheet left out of the list", bookOf(under(""), under("")).edit("xl/workbook.xml", `<sheet name="S2" sheetId="2" r:id="rId2"/>`, "").zip(), "bad-zip", "sheet2.xml"},
		{"a sheet left out of list and relations", bookOf(under(""), under("")).edit("xl/workbook.xml", `<sheet name="S2" sheetId="2" r:id="rId2"/>`, "").edit("xl/_rels/workbook.xml.rels", `<Relationship Id="rId2" Type="`+relKind+`worksheet" Target="worksheets/sheet2.xml"/>`, "").zip(), "bad-zip", "sheet2.xml"},
		{"styles that nothing leads to", bookOf(under("")).styles("0").edit("xl/_rels/workbook.xml.rels", relKind+"styles", relKind+"stiles").zip(), "bad-zip", "styles.xml"},
		{"two sheets of one name", bookOf(under(""), under("")).edit("xl/workbook.xml", `name="S2"`, `name="s1"`).zip(), "bad-workbook", `"s1"`},
		{"two sheets in one part", bookOf(under(""), under("")).edit("xl/_rels/workbook.xml.rels", "sheet2.xml", "sheet1.xml").zip(), "bad-zip", "the same part"},
		{"a slip in the system of dates", plain.edit("xl/workbook.xml", "<workbookPr/>", `<workbookPr date1905="1"/>`).zip(), "bad-workbook", "date1905"},

		// The zip itself.
		{"a part twice", zipOf(append(plain.entries(), zipEntry{name: "XL/Worksheets/Sheet1.xml", content: "x"})...), "bad-zip", "twice"},
		{"a part above the root", zipOf(append(plain.entries(), zipEntry{name: "xl/../../x", content: "x"})...), "bad-zip", "unsafe"},
		{"a part from the root", zipOf(append(plain.entries(), zipEntry{name: "/etc/passwd", content: "x"})...), "bad-zip", "unsafe"},
		{"a part on a drive", zipOf(append(plain.entries(), zipEntry{name: `C:\x`, content: "x"})...), "bad-zip", "unsafe"},
		{"a part with a password", zipOf(append(plain.entries(), zipEntry{name: "x", content: "x", flags: 1})...), "encrypted-workbook", "password"},
		{"a part packed in another way", zipOf(append(plain.entries(), zipEntry{name: "x", content: "x", method: 12})...), "bad-zip", "method 12"},
		{"a byte of a part changed", changed(plain.zip(), sheet1, 40), "bad-zip", "can't be unpacked"},
		{"the end of the file missing", plain.zip()[:len(plain.zip())-30], "bad-zip", "directory"},
		{"parts that share their bytes", overlapping(), "bad-zip", "overlap"},

		// Other documents.
		{"a binary workbook", plain.edit("[Content_Types].xml", typeKind+"sheet.main+xml", "application/vnd.ms-excel.sheet.binary.macroEnabled.main").zip(), "binary-workbook", ".xlsb"},
		{"a text document with a workbook's parts", plain.edit("[Content_Types].xml", typeKind+"sheet.main+xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml").zip(), "not-a-workbook", "wordprocessingml"},
		{"a zip named as a workbook", zipOf(zipEntry{name: "a.csv", content: "a,b\n"}), "archive", "zip archive"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			p := refused(t, "x.xlsx", c.file, Options{})
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			if p.Code != c.code || !strings.Contains(p.Message, c.says) {
				t.Errorf("got %s: %s, want %s with %q", p.Code, p.Message, c.code, c.says)
			}
			// All that was allocated is more than was held at any time.
			if used := after.TotalAlloc - before.TotalAlloc; took > 10*time.Second || used > 256<<20 {
				t.Errorf("took %v and %d MiB for %d KiB", took, used>>20, len(c.file)>>10)
			}
		})
	}
}

// manyTimes is a workbook in which 30 KiB of text stand in each of many cells.
func manyTimes() string {
	return bookOf(under(repeated(20000, `<row r="%d"><c t="s"><v>0</v></c></row>`))).strings("<t>" + noise(30<<10) + "</t>").zip()
}

// sparse is a workbook of rows with one cell each, far to the right.
func sparse() string {
	return bookOf(under(repeated(5000, `<row r="%d"><c t="str"><v>x</v></c><c r="AMJ%[1]d"><v>1</v></c></row>`))).zip()
}

func manyParts() string {
	all := bookOf(under("")).entries()
	for i := range maxParts {
		all = append(all, zipEntry{name: fmt.Sprintf("xl/media/%d.png", i)})
	}
	return zipOf(all...)
}

// changed is a zip with a byte of a part changed.
func changed(file, name string, at int) string {
	b := []byte(file)
	b[bytes.Index(b, []byte(name))+len(name)+at] ^= 0x10
	return string(b)
}

// overlapping is a zip of which two entries lead to the same bytes.
func overlapping() string {
	file := zipOf(append(bookOf(under("")).entries(), zipEntry{name: "xl/y1.xml", content: noise(1000)}, zipEntry{name: "xl/y2.xml", content: noise(1000)})...)
	b := []byte(file)
	at := bytes.LastIndex(b, []byte("xl/y1.xml"))
	second := bytes.LastIndex(b, []byte("xl/y2.xml"))
	copy(b[second-4:second], b[at-4:at]) // the offset of the local header
	return string(b)
}

func TestSharedStringsHaveALimit(t *testing.T) {
	for left, want := range map[int64]string{17: "", 16: "zip-too-large"} {
		in, err := open("x.xlsx", strings.NewReader(""), Options{})
		if err != nil {
			t.Fatal(err)
		}
		s := &sharedStrings{text: maxStrings - left}
		got := ""
		if err := s.add(&xmlReader{in: in}, "x"); err != nil {
			got = err.(*diag.Problem).Code
		}
		same(t, "code", want, got)
	}
}

func TestAWideSheetIsReadWithoutItsFarCells(t *testing.T) {
	table := readBook(t, bookOf(under(repeated(10000, `<row r="%d"><c r="XFD%[1]d"><v>1</v></c></row>`))), Options{})
	if len(table.Rejected) != 10000 || len(table.Rows) != 0 {
		t.Errorf("%d rejected, %d rows", len(table.Rejected), len(table.Rows))
	}
}

func TestWorkbooksOverTheSizeAreRefused(t *testing.T) {
	file := bookOf(under("")).with("xl/media/noise.png", noise(1<<20)).zip()
	if p := refused(t, "x.xlsx", file, Options{MaxBytes: int64(len(file)) - 1}); p.Code != "workbook-too-large" {
		t.Error(p)
	}
	read(t, "x.xlsx", file, Options{MaxBytes: int64(len(file))})
}

func TestWorkbooksOfOtherWritersAreFound(t *testing.T) {
	plain := bookOf(under(inline(2, "1", "2", "3")))
	moved := parts{}
	for name, content := range plain {
		moved[strings.Replace(name, "xl/", "book/", 1)] = strings.ReplaceAll(content, "xl/", "book/")
	}
	absolute := plain.edit("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml")
	cased := plain.edit("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "../XL/Worksheets/Sheet1.xml")
	back := plain.edit("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", `worksheets\sheet1.xml`)
	first := zipOf(append([]zipEntry{{name: "docProps/thumbnail.jpeg", content: noise(2 * headBytes)}}, plain.entries()...)...)
	for name, file := range map[string]string{
		"parts of other names": moved.zip(), "an absolute target": absolute.zip(), "another case": cased.zip(), "backslashes": back.zip(), "a picture first": first,
		"folders": zipOf(append([]zipEntry{{name: "xl/", content: ""}}, plain.entries()...)...), "UTF-16": plain.with(sheet1, toUTF16(strings.Replace(plain[sheet1], "UTF-8", "UTF-16", 1), true)).zip(),
	} {
		table := read(t, "x.xlsx", file, Options{})
		same(t, name, [][]string{{"1", "2", "3"}}, cells(table))
	}
}
