package source

import (
	"errors"
	"strings"
	"testing"

	"proofpack/generator/diag"
)

var threeSheets = []string{
	inline(1, "Report of the month") + inline(3, "Made by somebody"),
	inline(1, "Systems of the company") + inline(3, "name", "owner", "os") + inline(4, "SRV-1", "Ann", "Linux"),
	inline(1, "system", "tested_on") + inline(2, "SRV-1", "2026-05-01") + inline(3, "SRV-2", "2026-05-02"),
}

func TestTheSheetWhoseHeaderKnowsMostNamesIsRead(t *testing.T) {
	for _, c := range []struct {
		name     string
		opts     Options
		sheet    string
		header   int
		notes    []string
		problems []string
	}{
		{"names decide", Options{Score: knows("name", "owner", "os", "system", "tested_on")}, "S2", 3,
			[]string{"1 row without any text is no row", `the sheet "S1" was not read (2 rows with text)`, `the sheet "S3" was not read (3 rows with text)`}, []string{"more-sheets"}},
		{"one name is not a table", Options{Score: knows("name", "owner", "os", "system")}, "S2", 3,
			[]string{"1 row without any text is no row", `the sheet "S1" was not read (2 rows with text)`, `the sheet "S3" was not read (3 rows with text)`}, nil},
		{"without names the first with a table", Options{}, "S2", 3,
			[]string{"1 row without any text is no row", `the sheet "S1" was not read (2 rows with text)`, `the sheet "S3" was not read (3 rows with text)`}, []string{"more-sheets"}},
		{"the sheet that is named", Options{Sheets: []string{"s3"}, Score: knows("name", "owner", "os")}, "S3", 1, nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := readBook(t, bookOf(threeSheets...), c.opts)
			same(t, "sheet", c.sheet, table.Sheet)
			same(t, "header", c.header, table.HeaderRow)
			same(t, "notes", c.notes, table.Notes)
			same(t, "problems", c.problems, codes(table))
		})
	}
}

func TestAHiddenSheetComesAfterAVisibleOne(t *testing.T) {
	book := bookOf(under(inline(2, "1", "2", "3")), under(inline(2, "4", "5", "6"))).edit("xl/workbook.xml", `sheetId="1"`, `sheetId="1" state="veryHidden"`)
	same(t, "sheet", "S2", readBook(t, book, Options{}).Sheet)
}

func TestAllSheetsThatLookLikeTablesAreRead(t *testing.T) {
	type sheet struct {
		name string
		rows []int
	}
	for _, c := range []struct {
		name string
		opts Options
		want []sheet
	}{
		{"those that know two names", Options{Score: knows("name", "owner", "os", "system", "tested_on")}, []sheet{{"S2", []int{4}}, {"S3", []int{2, 3}}}},
		{"one that knows one is left out", Options{Score: knows("name", "owner", "os", "system")}, []sheet{{"S2", []int{4}}}},
		{"the best where none knows two", Options{Score: knows("system")}, []sheet{{"S3", []int{2, 3}}}},
		{"by their form without names", Options{}, []sheet{{"S2", []int{4}}, {"S3", []int{2, 3}}}},
		{"one that is named, and one that knows names", Options{Sheets: []string{"s3"}, Score: knows("name", "owner", "os")}, []sheet{{"S2", []int{4}}, {"S3", []int{2, 3}}}},
		{"those that are named alone where the others know none", Options{Sheets: []string{"S3", "S2"}, Score: knows("nothing")}, []sheet{{"S2", []int{4}}, {"S3", []int{2, 3}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			tables, err := ReadAll("x.xlsx", strings.NewReader(bookOf(threeSheets...).zip()), c.opts)
			if err != nil {
				t.Fatal(err)
			}
			one, err := Read("x.xlsx", strings.NewReader(bookOf(threeSheets...).zip()), c.opts)
			if err != nil {
				t.Fatal(err)
			}
			var got []sheet
			hasOne := false
			for _, table := range tables {
				got = append(got, sheet{table.Sheet, numbers(table)})
				reconciles(t, table)
				if table.SHA256 != one.SHA256 || table.Bytes != one.Bytes || table.File != "x.xlsx" {
					t.Errorf("%s: %+v", table.Sheet, table)
				}
				hasOne = hasOne || table.Sheet == one.Sheet
			}
			if len(got) != len(c.want) || !hasOne {
				t.Fatalf("got %v, want %v; Read gives %s", got, c.want, one.Sheet)
			}
			for i := range got {
				same(t, "sheet", c.want[i].name, got[i].name)
				same(t, "rows", c.want[i].rows, got[i].rows)
			}
		})
	}
}

func TestAllOfACSVIsItsOneTable(t *testing.T) {
	for name, content := range map[string]string{"x.csv": "a,b\n1,2\n", "x.json": `[{"a":"1","b":"2"}]`, "x.csv.gz": packed("a,b\n1,2\n")} {
		tables, err := ReadAll(name, strings.NewReader(content), Options{})
		if err != nil || len(tables) != 1 {
			t.Fatalf("%s: %v, %v", name, tables, err)
		}
		same(t, name, read(t, name, content, Options{}), tables[0])
	}
	if _, err := ReadAll("x.pdf", strings.NewReader("%PDF-1.7"), Options{}); err == nil {
		t.Error("a PDF was read")
	}
}

func TestSheetsThatAreNotThere(t *testing.T) {
	p := refused(t, "x.xlsx", bookOf(threeSheets...).zip(), Options{Sheets: []string{"Restores"}})
	if p.Code != "no-such-sheet" || !strings.Contains(p.Message, `"S1", "S2", "S3"`) {
		t.Errorf("%+v", p)
	}
	for _, c := range []struct {
		name, want, code string
		sheets           []string
	}{
		{"one of several is not there", "Restores", "no-such-sheet", []string{"S2", "Restores"}},
		{"one is there and empty", "S4", "empty-file", []string{"S4"}},
	} {
		_, err := ReadAll("x.xlsx", strings.NewReader(bookOf(append(threeSheets, "")...).zip()), Options{Sheets: c.sheets})
		var p *diag.Problem
		if !errors.As(err, &p) || p.Code != c.code || !strings.Contains(p.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	refusedBook(t, bookOf(), "empty-file", "no sheet")
	refusedBook(t, bookOf("", `<row r="1"><c r="A1"/></row>`), "empty-file", "no row")
	refusedBook(t, bookOf(inline(1, " ")), "empty-file", "no row")
}

func TestHeaderOfASheet(t *testing.T) {
	for _, c := range []struct {
		name, rows string
		score      func(string) float64
		want       int
	}{
		{"rows narrower than the header", inline(1, "name", "owner", "notes") + inline(2, "a", "b") + inline(3, "c", "d") + inline(4, "e", "f"), nil, 1},
		{"titles above", inline(1, "UNCLASSIFIED") + inline(2, "Scan of May") + inline(4, "name", "owner", "os", "ip") + inline(5, "a", "b", "c", "10.0.0.1"), nil, 4},
		{"titles above a header without rows", inline(1, "One") + inline(2, "Two") + inline(3, "Three") + inline(4, "Four") + inline(5, "name", "owner", "os", "ip"), nil, 5},
		{"a stray cell far to the right", inline(1, "Title") + inline(2, "name", "owner", "os") + `<row r="3"><c r="A3" t="str"><v>a</v></c><c r="B3" t="str"><v>b</v></c><c r="AZ3"><v>1</v></c></row>` + inline(4, "c", "d", "e") + inline(5, "f", "g", "h"), nil, 2},
		{"names above, names below", inline(1, "Identity", "", "Care") + inline(2, "name", "os", "owner") + inline(3, "a", "b", "c"), knows("name", "os", "owner"), 2},
		{"a header that begins in the second column", inline(1, "", "name", "owner", "os") + inline(2, "", "a", "b", "c"), nil, 1},
	} {
		table := readBook(t, bookOf(c.rows), Options{Score: c.score})
		same(t, c.name, c.want, table.HeaderRow)
	}
}
