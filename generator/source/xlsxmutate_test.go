package source

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"proofpack/generator/diag"
)

// goodBook is a workbook with something of everything.
func goodBook() parts {
	var rows strings.Builder
	for n := 2; n < 20; n++ {
		if n%7 == 0 {
			continue
		}
		fmt.Fprintf(&rows, `<row r="%d" spans="1:5"><c r="A%[1]d" t="s"><v>%d</v></c><c r="B%[1]d" s="1"><v>%d.5</v></c><c r="C%[1]d" t="inlineStr"><is><t>text %[1]d</t></is></c><c r="D%[1]d" t="b"><v>1</v></c><c r="E%[1]d"><f>B%[1]d*2</f><v>%[1]d</v></c></row>`, n, n%4, 46000+n)
	}
	sheet := `<dimension ref="A1:E19"/><cols><col min="1" max="2" width="9" hidden="1"/></cols><sheetData>` + inline(1, "name", "when", "note", "on", "twice") + rows.String() + `</sheetData><mergeCells count="1"><mergeCell ref="G1:H1"/></mergeCells>`
	return bookOf(sheet, under(inline(2, "1", "2", "3"))).strings("<t>one</t>", "<t>two</t>", "<r><t>th</t></r><r><t>ree</t></r>", "<t>four</t><rPh sb='0' eb='1'><t>x</t></rPh>").styles("General", "yyyy-mm-dd hh:mm")
}

// mutated changes, drops or adds a byte, or cuts the end off.
func mutated(dice *rand.Rand, s string) string {
	at := dice.IntN(len(s))
	odd := "<>/\"'=&; 09asx-]!?\x00\xff"
	b := odd[dice.IntN(len(odd))]
	switch dice.IntN(8) {
	case 0:
		return s[:at]
	case 1, 2:
		return s[:at] + s[at+1:]
	case 3, 4:
		return s[:at] + string([]byte{b}) + s[at:]
	case 5:
		return s[:at] + string([]byte{s[at] ^ 1<<dice.IntN(8)}) + s[at+1:]
	}
	return s[:at] + string([]byte{b}) + s[at+1:]
}

func TestDamagedWorkbooksNeverLoseARow(t *testing.T) {
	good := goodBook()
	want := readBook(t, good, Options{Sheets: []string{"S1"}, HeaderRow: 1})
	if len(want.Rejected) > 0 || len(want.Rows) != 16 {
		t.Fatalf("%+v", want)
	}
	names := slices.Sorted(maps.Keys(good))
	file := good.zip()
	dice := rand.New(rand.NewPCG(8, 9))
	read, same := 0, 0
	for i := range 4000 {
		var damaged string
		if i%3 == 0 {
			damaged = mutated(dice, file)
		} else {
			name := names[dice.IntN(len(names))]
			if i%3 == 1 {
				name = sheet1
			}
			damaged = good.with(name, mutated(dice, good[name])).pack(zip.Store)
		}
		table, err := Read("x.xlsx", strings.NewReader(damaged), Options{Sheets: []string{"S1"}, HeaderRow: 1})
		if err != nil {
			var p *diag.Problem
			if !errors.As(err, &p) {
				t.Fatalf("mutant %d: %v: not a *diag.Problem", i, err)
			}
			continue
		}
		reconciles(t, table)
		read++
		if got := len(table.Rows) + len(table.Rejected); got != 16 {
			t.Errorf("mutant %d: %d rows of 16, and no word\n%+v", i, got, table)
		}
		if len(table.Rejected) == 0 && fmt.Sprint(cells(table)) == fmt.Sprint(cells(want)) {
			same++
		}
	}
	if read < 200 || same == 0 {
		t.Errorf("%d mutants were read, %d of them to the same cells: the test shows nothing", read, same)
	}
}

// TestAnyRowLeftOutByTheReaderIsNoticed shows that the independent count can
// differ: it reads a sheet and forgets each row in turn.
func TestAnyRowLeftOutByTheReaderIsNoticed(t *testing.T) {
	file := goodBook().zip()
	for forgotten := 2; forgotten < 20; forgotten++ {
		in, err := begin("x.xlsx", strings.NewReader(file), Options{Sheets: []string{"S1"}, HeaderRow: 1})
		if err != nil {
			t.Fatal(err)
		}
		b, err := openBook(in)
		if err != nil {
			t.Fatal(err)
		}
		count := newRowCounter(b.strings.filled)
		got := 0
		if _, err := b.readSheet(b.sheets[0], count.add, func(r *sheetRow) error {
			if r.n != forgotten {
				got++
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if differ := forgotten%7 != 0; (count.rows != got) != differ {
			t.Errorf("without row %d: %d read, %d counted", forgotten, got, count.rows)
		}
	}
}

// TestTheIndependentCount holds what counts as a row with text, in all ways to
// write it and for any size of the pieces that it comes in.
func TestTheIndependentCount(t *testing.T) {
	for _, c := range []struct {
		name, rows string
		want       int
	}{
		{"nothing", "", 0},
		{"a row without cells", `<row r="1"/><row r="2"></row>`, 0},
		{"cells without text", `<row r="1"><c r="A1"/><c r="B1" s="1"></c><c r="C1"><v/></c><c r="D1" t="inlineStr"><is><t></t></is></c></row>`, 0},
		{"numbers", `<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"/><c r="B2"><v>2</v></c></row>`, 2},
		{"shared strings with and without text", `<row r="1"><c t="s"><v>0</v></c></row><row r="2"><c t="s"><v>1</v></c></row><row r="3"><c t = 's' ><v> 0 </v></c></row><row r="4"><c
t="s"><v>1</v></c></row>`, 2},
		{"runs", `<row r="1"><c t="inlineStr"><is><r><t>x</t></r></is></c></row>`, 1},
		{"a formula is no text", `<row r="1"><c><f>A1</f></c></row><row r="2"><c><f>A1</f><v>1</v></c></row>`, 1},
		{"how it is pronounced is no text", `<row r="1"><c t="inlineStr"><is><t/><rPh sb="0" eb="1"><t>x</t></rPh></is></c></row>`, 0},
		{"comments and sections", `<row r="1"><c><!-- <v>1</v> --><v><!-- x --></v></c></row><row r="2"><c><v><![CDATA[1]]></v></c></row><row r="3"><c t="str"><v><![CDATA[]]></v></c></row><row r="4"><c t="str"><v><![CDATA[]]]]></v></c></row><row r="5"><c t="str"><v><![CDATA[>]]></v></c></row><!-- </row> -->`, 3},
		{"> in a value of an attribute", `<row r="1" x=">"><c y='">' t="s"><v>1</v></c></row><row r="2"><c y=">"><v>1</v></c></row>`, 1},
		{"an instruction", `<?x <row><c><v>1</v></c></row>?><row r="2"><c><v>1</v></c></row>`, 1},
		{"text elsewhere", `<row r="1">x<c>y</c></row>`, 0},
		{"prefixes", `<p:row r="1"><p:c t="s"><p:v>1</p:v></p:c></p:row><p:row r="1"><p:c><p:v>1</p:v></p:c></p:row>`, 1},
		{"a long tag", `<row r="1"><c t="s" x="` + strings.Repeat("y", 600) + `"><v>1</v></c></row><row r="2"><c x="` + strings.Repeat("y", 600) + `"/><c><v>1</v></c></row>`, 1},
	} {
		sheet := xmlHead + "<worksheet><sheetData>" + c.rows + "</sheetData><row><c><v>1</v></c></row></worksheet>"
		for _, size := range []int{1, 2, 3, 7, 64, len(sheet)} {
			count := newRowCounter([]bool{true, false})
			for b := []byte(sheet); len(b) > 0; b = b[min(size, len(b)):] {
				count.add(b[:min(size, len(b))])
			}
			if count.rows != c.want {
				t.Errorf("%s, in pieces of %d: %d rows, want %d", c.name, size, count.rows, c.want)
			}
		}
	}
}

// TestCounterAndReaderAgreeOnOddSheets holds the two readings against one
// another where sheets are written as nobody writes them.
func TestCounterAndReaderAgreeOnOddSheets(t *testing.T) {
	for name, rows := range map[string]string{
		"comments":            `<row r="2"><!-- </row> --><c r="A2"><v>1<!-- x --></v></c></row><row r="3"><c r="A3"><v>2</v></c></row>`,
		"sections":            `<row r="2"><c r="A2" t="str"><v><![CDATA[</row>]]></v></c></row><row r="3"><c r="A3"><v><![CDATA[2]]></v></c></row>`,
		"white space in tags": "<row r=\"2\" ><c\nr = 'A2' t\t=\t\"s\" ><v >0</v ></c ></row ><row r=\"3\"><c r=\"A3\"><v>1</v></c></row>",
		"empty values":        `<row r="2"><c r="A2"><v></v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="str"><v/></c></row><row r="3"><c r="A3" t="s"><v>0</v></c></row><row r="4"><c r="A4" t="s"><v>0</v></c></row>`,
	} {
		table := readBook(t, bookOf(under(rows)).strings("<t>x</t>", "<t/>"), Options{HeaderRow: 1})
		same(t, name, 2, len(table.Rows))
	}
}

func FuzzWorkbook(f *testing.F) {
	good := goodBook()
	f.Add(good[sheet1], good["xl/sharedStrings.xml"], good["xl/styles.xml"])
	f.Add(bookOf(under(inline(2, "1", "2", "3")))[sheet1], "", "")
	f.Add(`<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>`, good["xl/sharedStrings.xml"], "")
	f.Fuzz(func(t *testing.T, sheet, shared, styles string) {
		book := good.with(sheet1, sheet).with("xl/sharedStrings.xml", shared).with("xl/styles.xml", styles)
		table := check(t, "x.xlsx", []byte(book.pack(zip.Store)))
		if table == nil {
			return
		}
		if table.Format != "xlsx" {
			t.Errorf("read as %s", table.Format)
		}
		if slow := slowly(sheet); slow != "" {
			again := check(t, "x.xlsx", []byte(book.with(sheet1, slow).pack(zip.Store)))
			if again == nil {
				t.Fatal("refused with other white space in its tags")
			}
			again.SHA256, again.Bytes = table.SHA256, table.Bytes
			same(t, "with other white space in its tags", table, again)
		}
	})
}

// slowly is a sheet with more white space in the tags of its cells, so that none
// is read by the short cut; "" where a text that looks like a tag may be none.
func slowly(sheet string) string {
	if strings.Contains(sheet, "<!") || strings.Contains(sheet, "<?") && !strings.HasPrefix(sheet, xmlHead) {
		return ""
	}
	return strings.NewReplacer("<c ", "<c  ", "<c>", "<c >").Replace(sheet)
}

func TestTheShortCutIsNoOtherReading(t *testing.T) {
	good := goodBook()
	dice := rand.New(rand.NewPCG(4, 2))
	read := 0
	for range 1500 {
		sheet := mutated(dice, good[sheet1])
		slow := slowly(sheet)
		if slow == "" {
			continue
		}
		var texts [2]string
		for i, s := range []string{sheet, slow} {
			table, err := Read("x.xlsx", strings.NewReader(good.with(sheet1, s).pack(zip.Store)), Options{Sheets: []string{"S1"}, HeaderRow: 1})
			if texts[i] = "refused"; err == nil {
				texts[i] = fmt.Sprint(table.Header, table.Rows, table.Rejected, table.Notes, codes(table), table.Blank)
				read++
			}
		}
		if texts[0] != texts[1] {
			t.Errorf("by the short cut:\n%s\nwithout:\n%s\nof %s", texts[0], texts[1], sheet)
		}
	}
	if read < 100 {
		t.Errorf("only %d were read", read)
	}
}

func TestAWorkbookDoesNotDependOnHowItArrives(t *testing.T) {
	file := goodBook().zip()
	want := read(t, "x.xlsx", file, Options{})
	for how, r := range map[string]io.Reader{"one byte at a time": iotest.OneByteReader(strings.NewReader(file)), "the end with the last bytes": iotest.DataErrReader(strings.NewReader(file)), "in gzip": strings.NewReader(packed(file))} {
		got, err := Read("x.xlsx", r, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if how == "in gzip" {
			got.SHA256, got.Bytes, got.Notes = want.SHA256, want.Bytes, got.Notes[1:]
		}
		same(t, how, want, got)
	}
}

func TestAFailureOfTheDiskIsNoFaultOfTheWorkbook(t *testing.T) {
	file := goodBook().zip()
	broken := errors.New("the disk is gone")
	for _, at := range []int{100, len(file) - 10} {
		_, err := ReadAll("x.xlsx", io.MultiReader(strings.NewReader(file[:at]), iotest.ErrReader(broken)), Options{})
		var p *diag.Problem
		if !errors.Is(err, broken) || errors.As(err, &p) {
			t.Errorf("after %d bytes: %v", at, err)
		}
	}
}

func TestAnErrorOfTheCallerEndsTheReading(t *testing.T) {
	enough := errors.New("enough")
	calls := 0
	_, err := Stream("x.xlsx", strings.NewReader(goodBook().zip()), Options{}, func(*Table, Row) error { calls++; return enough })
	if err != enough || calls != 1 {
		t.Errorf("%d calls, error %v", calls, err)
	}
}

func FuzzWorkbookZip(f *testing.F) {
	f.Add([]byte(goodBook().zip()))
	f.Add([]byte(bookOf(under("")).zip()))
	f.Fuzz(func(t *testing.T, file []byte) { check(t, "x.xlsx", file) })
}
