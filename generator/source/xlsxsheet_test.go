package source

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestCellsOfEveryType(t *testing.T) {
	book := bookOf(under(`<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v> 1 </v></c><c r="C2" t="s"><v>2</v></c></row>`+
		`<row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3" t="b"><v>0</v></c><c r="C3" t="b"><v>true</v></c></row>`+
		`<row r="4"><c r="A4" t="e"><v>#N/A</v></c><c r="B4" t="str"><f>A1&amp;"x"</f><v>ax</v></c><c r="C4"><f>1+1</f><v>2</v></c></row>`+
		`<row r="5"><c r="A5" t="inlineStr"><is><r><t>rich </t></r><r><rPr><b/></rPr><t xml:space="preserve"> text</t></r><rPh sb="0" eb="1"><t>phonetic</t></rPh></is></c><c r="B5" t="d"><v>2026-05-31T14:05:00</v></c><c r="C5" s="1" t="d"><v>2026-05-31T00:00:00.000</v></c></row>`+
		`<row r="6"><c r="A6" s="1"><v>46173</v></c><c r="B6" s="2"><v>0.85</v></c><c r="C6" s="0" t="n"><v>9.8000000000000007</v></c></row>`+
		`<row r="7"><c r="A7" t="inlineStr"><is><t><![CDATA[<b>&amp;]]></t></is></c><c r="B7" t="inlineStr"><is><t>_x0041_ &lt; &#66;</t></is></c><c r="C7" t="str"><v>line
two</v></c></row>`+
		`<row><c t="str"><v>no</v></c><c/><c t="str"><v>references</v></c></row>`)).
		strings(`<t>plain</t>`, `<r><rPr><sz val="11"/></rPr><t>two</t></r><r><t xml:space="preserve"> runs</t></r><rPh sb="0" eb="1"><t>kana</t></rPh><phoneticPr fontId="1"/>`, `<t xml:space="preserve"> kept </t>`).
		styles("General", "yyyy-mm-dd", "0%")
	table := readBook(t, book, Options{})
	same(t, "cells", [][]string{
		{"plain", "two runs", " kept "},
		{"TRUE", "FALSE", "TRUE"},
		{"#N/A", "ax", "2"},
		{"rich  text", "2026-05-31T14:05:00", "2026-05-31"},
		{"2026-05-31", "85%", "9.8"},
		{"<b>&amp;", "A < B", "line\ntwo"},
		{"no", "", "references"},
	}, cells(table))
	same(t, "numbers", []int{2, 3, 4, 5, 6, 7, 8}, numbers(table))
	same(t, "notes", []string{"1 cell holds the error of a formula, which was read as its text: A4"}, table.Notes)
	if table.Format != "xlsx" || table.Sheet != "S1" || table.HeaderRow != 1 || table.Records != 7 || table.Encoding != "UTF-8" || len(table.Problems) > 0 {
		t.Errorf("%+v", table)
	}
}

func TestPrefixesOfOtherWriters(t *testing.T) {
	book := bookOf("")
	book["xl/worksheets/sheet1.xml"] = `<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:y="http://elsewhere"><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>a</x:v></x:c><x:c r="B1" t="str"><x:v>b</x:v></x:c></x:row>` +
		`<x:row r="2" y:any="1"><x:c r="A2"><x:v>1</x:v></x:c><x:c r="B2"><x:v>2</x:v><x:extLst><x:ext><y:v>9</y:v></x:ext></x:extLst></x:c></x:row></x:sheetData></x:worksheet>`
	table := readBook(t, book, Options{})
	same(t, "cells", [][]string{{"1", "2"}}, cells(table))
}

func TestQuickCellsAreReadAsAllOthers(t *testing.T) {
	quick := `<row r="2"><c r="A2" s="1" t="s"><v>0</v></c><c r="B2"><v>7</v></c><c r="C2" t="inlineStr"><is><t>x y</t></is></c></row>` +
		`<row r="3"><c r="A3" s="1"><v>46173</v></c><c r="B3" t="str"><v>s</v></c><c r="C3" t="inlineStr"><is><t xml:space="preserve"> z</t></is></c></row><row r="4"><c r="A4" s="1"/><c r="C4" t="n"><v>0.1</v></c></row>`
	slow := strings.NewReplacer(`<c r=`, "<c\nr=", `<v>`, `<v >`, "<t>", "<t><!-- c -->").Replace(quick)
	for name, rows := range map[string]string{"quick": quick, "slow": slow} {
		table := readBook(t, bookOf(under(rows)).strings("<t>shared</t>").styles("General", "yyyy-mm-dd"), Options{})
		same(t, name, [][]string{{"shared", "7", "x y"}, {"2026-05-31", "s", " z"}, {"", "", "0.1"}}, cells(table))
	}
}

func TestRowsThatCantBeReadAreRejectedByName(t *testing.T) {
	long := strings.Repeat("x", maxCell)
	fits := bookOf(under(inline(2, long, "é"+long[1:], "z"))).strings("<t>" + long + "</t>")
	if table := readBook(t, fits, Options{}); len(table.Rejected) > 0 {
		t.Errorf("rejected: %+v", table.Rejected)
	}
	shared := `<row r="2"><c r="A2" t="s"><v>0</v></c></row>`
	for _, c := range []struct{ name, row, says string }{
		{"no number", `<row r="2"><c r="B2"><v>x</v></c></row>`, `cell B2 holds "x", which is no number`},
		{"no boolean", `<row r="2"><c r="B2" t="b"><v>2</v></c></row>`, `cell B2 holds "2", which is neither true nor false`},
		{"a cell too long", inline(2, "a", long+"x"), "cell B2 is longer than 32,767 characters"},
		{"a shared string too long", shared, "cell A2 is longer than 32,767 characters"},
		{"a column too far", `<row r="2"><c r="AMJ2"><v>1</v></c><c r="AMK2"><v>1</v></c></row>`, "cell AMK2 is beyond the 1,024 columns"},
		{"NUL", inline(2, "_x0000_"), "cell A2 holds a NUL character"},
		{"a row too long", inline(2, manyOf(noise(maxCell), 33)...), "the row is longer than 1 MiB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := readBook(t, bookOf(under(c.row+inline(3, "next"))).strings("<t>"+long+"x</t>"), Options{})
			if len(table.Rejected) != 1 || table.Rejected[0].N != 2 || !strings.Contains(table.Rejected[0].Reason, c.says) {
				t.Errorf("rejected %.300v, want row 2: %s", table.Rejected, c.says)
			}
			same(t, "rows", []int{3}, numbers(table))
			same(t, "records", 2, table.Records)
		})
	}
}

// noise is letters that don't pack well.
func noise(n int) string {
	dice := rand.New(rand.NewPCG(uint64(n), 1))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('a' + dice.IntN(26))
	}
	return string(b)
}

func manyOf(s string, n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = s
	}
	return all
}

func TestAFarCellWithoutTextIsNothing(t *testing.T) {
	table := readBook(t, bookOf(under(`<row r="2"><c r="A2"><v>1</v></c><c r="XFD2" s="0"/></row>`)), Options{})
	same(t, "cells", [][]string{{"1", "", ""}}, cells(table))
}

func TestRowsWithoutTextAreNoRows(t *testing.T) {
	var tail strings.Builder
	for n := 10; n < 1010; n++ {
		fmt.Fprintf(&tail, `<row r="%d" ht="15"><c r="A%d" s="0"/></row>`, n, n)
	}
	table := readBook(t, bookOf(under(inline(2, "1")+inline(4, " ", "\u00a0")+`<row r="5"/>`+inline(6, "2")+tail.String())), Options{})
	same(t, "numbers", []int{2, 6}, numbers(table))
	same(t, "blank", 3, table.Blank)
	same(t, "records", 2, table.Records)
	same(t, "notes", []string{"3 rows without any text are no rows"}, table.Notes)
}

func TestAHeaderWithoutRows(t *testing.T) {
	table := readBook(t, bookOf(under("")), Options{})
	if table.Records != 0 || len(table.Rows) != 0 || len(table.Header) != 3 {
		t.Errorf("%+v", table)
	}
}

func TestMergedHiddenAndUnstoredAreSaid(t *testing.T) {
	sheet := `<cols><col min="2" max="3" hidden="1"/><col min="9" max="16384" hidden="1"/></cols><sheetData>` + inline(1, "Title of it all") +
		inline(2, "a", "b", "c") + inline(3, "1", "x") + `<row r="4" hidden="1"><c r="B4"><v>2</v></c></row>` + `<row r="5"><c r="A5"><f>SUM(B3:B4)</f></c><c r="B5" t="str"><f>""</f><v></v></c><c r="C5"><v>3</v></c></row></sheetData>` +
		`<mergeCells count="3"><mergeCell ref="A1:C1"/><mergeCell ref="A3:A4"/><mergeCell ref="B7"/></mergeCells>`
	book := bookOf(sheet).edit("xl/workbook.xml", "<workbookPr/>", `<workbookPr date1904="1"/>`).edit("xl/workbook.xml", `sheetId="1"`, `sheetId="1" state="hidden"`)
	table := readBook(t, book, Options{})
	same(t, "cells", [][]string{{"1", "x", ""}, {"", "2", ""}, {"", "", "3"}}, cells(table))
	same(t, "outside", []Line{{N: 1, Text: "Title of it all"}}, table.Outside)
	same(t, "notes", []string{
		"the sheet is hidden",
		"dates are counted from 1904",
		"1 hidden row was read: 4",
		"2 hidden columns were read: B, C",
		"2 ranges of cells are merged; the text is in the first cell of each: A1:C1, A3:A4",
	}, table.Notes)
	same(t, "problems", []string{"merged-cells", "formula-without-result"}, codes(table))
	same(t, "place of the merge", `x.xlsx sheet "S1" row 3, column "a"`, table.Problems[0].Pos.String())
	same(t, "place of the formula", `x.xlsx sheet "S1" row 5, column "a"`, table.Problems[1].Pos.String())
}

func TestFootersOfASheet(t *testing.T) {
	for _, c := range []struct {
		name, rows string
		footers    []int
	}{
		{"a total", inline(2, "x", "y", "1") + inline(3, "Total", "", "1"), []int{3}},
		{"a total with a colon", inline(2, "x", "y", "1") + inline(3, "Total: 1"), []int{3}},
		{"a sentence under an empty row", inline(2, "x", "y", "1") + inline(4, "As of this morning"), []int{4}},
		{"two lines", inline(2, "x", "y", "1") + inline(4, "Generated on 2026-05-31") + inline(5, "Confidential to the company"), []int{4, 5}},
		{"a name under an empty row is a row", inline(2, "x", "y", "1") + inline(4, "SRV-9"), nil},
		{"a sentence right below is a row", inline(2, "x", "y", "1") + inline(3, "File server two"), nil},
		{"a name that begins like a footer", inline(2, "x", "y", "1") + inline(4, "end-user-7", "bob"), nil},
		{"a total of three cells is a row", inline(2, "x", "y", "1") + inline(3, "Total", "1", "1"), nil},
		{"a total in the middle", inline(2, "Total", "1") + inline(3, "x", "y", "z"), nil},
		{"more than can be footers", inline(2, "Total", "1") + names(3, 40), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := readBook(t, bookOf(under(c.rows)), Options{})
			var got []int
			for _, l := range table.Outside {
				got = append(got, l.N)
			}
			same(t, "footers", c.footers, got)
		})
	}
	table := readBook(t, bookOf(inline(1, "name", "owner")+inline(2, "x", "y")+inline(3, "Total: 1")), Options{})
	same(t, "rows of a narrow table", []int{2, 3}, numbers(table))
}

// names are rows of one name each.
func names(from, to int) string {
	var b strings.Builder
	for n := from; n <= to; n++ {
		b.WriteString(inline(n, fmt.Sprintf("SRV-%d", n)))
	}
	return b.String()
}

func TestHeadingsOfASheetAreJudgedAsThoseOfACSV(t *testing.T) {
	table := readBook(t, bookOf(inline(3, "x", "y", "z", "q")+inline(4, "name", "", "Name", "os")+inline(5, "1", "2", "3", "4", "5")), Options{Score: knows("name", "os")})
	same(t, "problems", []string{"row-above-header", "empty-heading", "repeated-heading", "wide-row"}, codes(table))
	same(t, "header", 4, table.HeaderRow)
	same(t, "blank", 2, table.Blank)
	same(t, "cells", [][]string{{"1", "2", "3", "4", "5"}}, cells(table))
}

// knows scores the headings that are among these.
func knows(names ...string) func(string) float64 {
	return func(cell string) float64 {
		if slices.Contains(names, strings.ToLower(cell)) {
			return 1
		}
		return 0
	}
}

func TestAHeaderThatCantBeRead(t *testing.T) {
	for name, c := range map[string]struct {
		opts Options
		code string
	}{
		"a row without text":   {Options{HeaderRow: 3}, "no-header"},
		"a row below the last": {Options{HeaderRow: 900}, "no-header"},
		"too far":              {Options{HeaderRow: 1001}, "no-header"},
		"before the first":     {Options{HeaderRow: -1}, "no-header"},
		"a row that is bad":    {Options{HeaderRow: 2}, "bad-header"},
	} {
		book := bookOf(under(`<row r="2"><c r="A2"><v>x</v></c></row>` + inline(4, "1")))
		if p := refused(t, "x.xlsx", book.zip(), c.opts); p.Code != c.code {
			t.Errorf("%s: %s", name, p.Code)
		}
	}
}
