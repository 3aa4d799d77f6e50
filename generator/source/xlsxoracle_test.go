package source

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// A clerk fills workbooks with excelize from a seed.
type clerk struct {
	*rand.Rand
	t      testing.TB
	file   *excelize.File
	styles map[string]int
}

// formatsOfClerk show days and times the way we write them, so that what
// excelize shows can be compared as it is; and numbers in several ways.
var formatsOfClerk = map[string]string{
	"day": "yyyy-mm-dd", "moment": `yyyy-mm-dd"T"hh:mm:ss`, "clock": "hh:mm:ss", "elapsed": "[hh]:mm:ss", "share": "0.00%", "zeros": "00000",
}

func newClerk(t testing.TB, seed uint64, from1904 bool) *clerk {
	c := &clerk{Rand: rand.New(rand.NewPCG(seed, 11)), t: t, file: excelize.NewFile(), styles: map[string]int{}}
	if from1904 {
		c.must(c.file.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &from1904}))
	}
	for name, code := range formatsOfClerk {
		id, err := c.file.NewStyle(&excelize.Style{CustomNumFmt: &code})
		c.must(err)
		c.styles[name] = id
	}
	return c
}

func (c *clerk) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// save packs the workbook.
func (c *clerk) save() string {
	b, err := c.file.WriteToBuffer()
	c.must(err)
	return b.String()
}

var wordsOfClerk = []string{"x", "Ann Lee", " spaced ", "Łódź", "漢字", "😀", "a<b>&\"'", "line\nbreak", "=1+1", "_x0041_", "007", "TRUE", "#N/A", "1.5e3", "tab\there", strings.Repeat("long ", 50)}

// value is a random cell: what is set, and its style. Lengths of time are left
// out of workbooks from 1904, where excelize adds the 1,462 days between the two
// systems to them: 7:30 hours do not depend on a calendar.
func (c *clerk) value(from1904 bool) (value any, style string) {
	day := float64(20000 + c.IntN(30000))
	kind := c.IntN(12)
	if from1904 && kind == 8 {
		kind = 7
	}
	switch kind {
	case 0:
		return nil, ""
	case 1:
		return c.IntN(2_000_000) - 1_000_000, ""
	case 2:
		return math.Round(c.Float64()*1e6) / 1e3, ""
	case 3:
		return c.Float64() * math.Pow10(c.IntN(20)-6), ""
	case 4:
		return c.IntN(2) == 0, ""
	case 5:
		return day, "day"
	case 6:
		return day + float64(c.IntN(86400))/86400, "moment"
	case 7:
		return float64(c.IntN(86400)) / 86400, "clock"
	case 8:
		return float64(c.IntN(10*86400)) / 86400, "elapsed"
	case 9:
		return float64(c.IntN(20000)) / 10000, "share"
	case 10:
		return c.IntN(99999), "zeros"
	}
	return wordsOfClerk[c.IntN(len(wordsOfClerk))], ""
}

// fill fills a sheet under a header in row 1.
func (c *clerk) fill(sheet string, rows, columns int, from1904 bool) {
	for col := range columns {
		c.must(c.file.SetCellStr(sheet, cellName(col, 1), fmt.Sprintf("heading %d", col)))
	}
	for row := 2; row <= rows+1; row++ {
		if c.IntN(15) == 0 {
			continue // an empty row
		}
		for col := range columns {
			value, style := c.value(from1904)
			name := cellName(col, row)
			if text, ok := value.(string); ok && c.IntN(4) == 0 {
				c.must(c.file.SetCellRichText(sheet, name, []excelize.RichTextRun{{Text: text, Font: &excelize.Font{Bold: true}}, {Text: " and " + text}}))
			} else if value != nil {
				c.must(c.file.SetCellValue(sheet, name, value))
			}
			if style != "" {
				c.must(c.file.SetCellStyle(sheet, name, name, c.styles[style]))
			}
		}
	}
}

// agrees holds every cell of a table against excelize.
func agrees(t *testing.T, file string, table *Table) {
	t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want, err := f.GetRows(table.Sheet)
	if err != nil {
		t.Fatal(err)
	}
	got := map[int][]string{table.HeaderRow: table.Header}
	for _, r := range table.Rows {
		got[r.N] = r.Cells
	}
	differ := 0
	for i, cells := range want {
		ours := got[i+1]
		for col := range max(len(cells), len(ours)) {
			a, b := cellAt(cells, col), cellAt(ours, col)
			if !sameCell(a, b) {
				if differ++; differ < 10 {
					t.Errorf("%s: excelize has %q, we %q", cellName(col, i+1), a, b)
				}
			}
		}
		delete(got, i+1)
	}
	if len(got) > 0 || differ > 0 {
		t.Errorf("%d cells differ, %d rows are not in excelize's", differ, len(got))
	}
}

func cellAt(cells []string, col int) string {
	if col < len(cells) {
		return cells[col]
	}
	return ""
}

// sameCell says that two texts are one, or one number of 15 digits. Excelize
// fills shares up with zeros, and writes hours without.
func sameCell(theirs, ours string) bool {
	if theirs == ours || len(theirs) == 7 && theirs[1] == ':' && "0"+theirs == ours {
		return true
	}
	if share, found := strings.CutSuffix(theirs, "%"); found && strings.HasSuffix(ours, "%") {
		theirs, ours = share, strings.TrimSuffix(ours, "%")
	}
	a, err := strconv.ParseFloat(theirs, 64)
	b, other := strconv.ParseFloat(ours, 64)
	return err == nil && other == nil && strconv.FormatFloat(a, 'e', 14, 64) == strconv.FormatFloat(b, 'e', 14, 64)
}

func TestWorkbooksAgreeWithExcelize(t *testing.T) {
	for seed := range uint64(30) {
		from1904 := seed%3 == 2
		c := newClerk(t, seed, from1904)
		columns := 3 + c.IntN(12)
		if seed == 7 {
			columns = 700
		}
		c.fill("Sheet1", 5+c.IntN(40), columns, from1904)
		file := c.save()
		table := read(t, "x.xlsx", file, Options{HeaderRow: 1})
		reconciles(t, table)
		if len(table.Rejected) > 0 {
			t.Errorf("seed %d: rejected %v", seed, table.Rejected)
		}
		agrees(t, file, table)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func TestManySheetsAgreeWithExcelize(t *testing.T) {
	c := newClerk(t, 99, false)
	for i := range 12 {
		name := fmt.Sprintf("Sheet%d", i+1)
		if i > 0 {
			_, err := c.file.NewSheet(name)
			c.must(err)
		}
		c.fill(name, 20, 4, false)
	}
	c.must(c.file.SetSheetVisible("Sheet3", false))
	c.must(c.file.MergeCell("Sheet4", "A1", "B1"))
	c.must(c.file.MergeCell("Sheet4", "A5", "C8"))
	c.must(c.file.SetRowVisible("Sheet5", 4, false))
	c.must(c.file.SetColVisible("Sheet5", "B", false))
	c.must(c.file.SetCellStyle("Sheet6", "A40", "Z2000", c.styles["day"])) // a tail without text
	c.must(c.file.SetCellFormula("Sheet7", "A3", "SUM(B2:C2)"))
	file := c.save()
	for i := range 12 {
		name := fmt.Sprintf("Sheet%d", i+1)
		table := read(t, "x.xlsx", file, Options{HeaderRow: 1, Sheets: []string{name}})
		reconciles(t, table)
		agrees(t, file, table)
	}
	tables, err := ReadAll("x.xlsx", strings.NewReader(file), Options{Score: knows("heading 2", "heading 3")})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "sheets", 12, len(tables))
}

func TestInlineStringsAgreeWithExcelize(t *testing.T) {
	c := newClerk(t, 5, false)
	w, err := c.file.NewStreamWriter("Sheet1")
	c.must(err)
	c.must(w.SetRow("A1", []any{"name", "when", "number", "rich"}))
	for row := 2; row < 3000; row++ {
		cells := []any{
			wordsOfClerk[c.IntN(len(wordsOfClerk))], excelize.Cell{StyleID: c.styles["moment"], Value: time.Date(2026, 5, 1+c.IntN(30), c.IntN(24), c.IntN(60), c.IntN(60), 0, time.UTC)},
			c.Float64(), []excelize.RichTextRun{{Text: "a "}, {Text: "b", Font: &excelize.Font{Italic: true}}},
		}
		c.must(w.SetRow(cellName(0, row), cells[:1+c.IntN(4)]))
	}
	c.must(w.Flush())
	file := c.save()
	table := read(t, "x.xlsx", file, Options{})
	reconciles(t, table)
	agrees(t, file, table)
}

func TestHandWrittenSheetsAgreeWithExcelize(t *testing.T) {
	book := bookOf(under(`<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>2</v></c></row>`+
		`<row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3" t="b"><v>0</v></c><c r="C3" t="e"><v>#DIV/0!</v></c></row>`+
		`<row r="5"><c r="A5" t="str"><f>A2</f><v>text &amp; more</v></c><c r="C5"><f>1+1</f><v>2</v></c></row>`+
		`<row r="6"><c r="A6" t="inlineStr"><is><r><t>rich</t></r><r><rPr><b/></rPr><t xml:space="preserve"> text</t></r></is></c><c r="B6" s="1"><v>46173</v></c><c r="C6"><v>9.8000000000000007</v></c></row>`+
		`<row><c t="str"><v>no</v></c><c t="inlineStr"><is><t>_x0041_</t></is></c></row>`)).
		strings(`<t>plain</t>`, `<r><t>two</t></r><r><t xml:space="preserve"> runs</t></r>`, `<t xml:space="preserve"> kept </t>`).styles("General", "yyyy-mm-dd")
	agrees(t, book.zip(), readBook(t, book, Options{}))
}

func TestTheRealWorkbookAgreesWithExcelize(t *testing.T) {
	const name = "deepfence/vulnerability_report_newformat.xlsx"
	content := exports(t)[name]
	table, err := Read(name, bytes.NewReader(content), Options{})
	if err != nil {
		t.Fatal(err)
	}
	agrees(t, string(content), table)
}

func BenchmarkExcelizeRows(b *testing.B) {
	for _, c := range []struct {
		name   string
		shared bool
	}{{"inline", false}, {"shared", true}} {
		file := accessBook(100000, c.shared)
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				f, err := excelize.OpenReader(strings.NewReader(file))
				if err != nil {
					b.Fatal(err)
				}
				rows, err := f.Rows("S1")
				if err != nil {
					b.Fatal(err)
				}
				for rows.Next() {
					if _, err := rows.Columns(); err != nil {
						b.Fatal(err)
					}
				}
				rows.Close()
				f.Close()
			}
		})
	}
}
