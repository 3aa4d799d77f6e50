package source

import (
	"fmt"
	"strings"
	"testing"
)

func TestCSVIsReadAsItStands(t *testing.T) {
	for _, c := range []struct {
		name, content string
		header        []string
		rows          [][]string
	}{
		{"commas", "a,b\n1,2\n", []string{"a", "b"}, [][]string{{"1", "2"}}},
		{"CR LF", "a,b\r\n1,2\r\n", []string{"a", "b"}, [][]string{{"1", "2"}}},
		{"CR CR LF of a text mode written twice", "a,b\r\r\n\"1\",2\r\r\n", []string{"a", "b"}, [][]string{{"1", "2"}}},
		{"no line end after the last row", "a,b\n1,2", []string{"a", "b"}, [][]string{{"1", "2"}}},
		{"a CR where the LF was cut off", "a,b\n1,\"2\"\r", []string{"a", "b"}, [][]string{{"1", "2"}}},
		{"empty cells", "a,b,c\n,,1\n\"\",\"\",2\n3,,\n", []string{"a", "b", "c"}, [][]string{{"", "", "1"}, {"", "", "2"}, {"3", "", ""}}},
		{"delimiters, quotes and line ends in quotes", "a,b\n\"x,y\",\"say \"\"hi\"\"\nthere\"\n", []string{"a", "b"}, [][]string{{"x,y", "say \"hi\"\nthere"}}},
		{"CR LF in quotes becomes LF", "a,b\r\n\"x\r\ny\",2\r\n", []string{"a", "b"}, [][]string{{"x\ny", "2"}}},
		{"a CR alone in quotes is text", "a,b\n\"x\ry\",2\n", []string{"a", "b"}, [][]string{{"x\ry", "2"}}},
		{"spaces are kept", "a,b\n 1 ,2\t\n", []string{"a", "b"}, [][]string{{" 1 ", "2\t"}}},
		{"a heading keeps its spaces", "Application ID ,Autonomous system  number\n1,2\n", []string{"Application ID ", "Autonomous system  number"}, [][]string{{"1", "2"}}},
		{"one column", "login\nj.doe\nm.roe\n", []string{"login"}, [][]string{{"j.doe"}, {"m.roe"}}},
		{"HTML in cells", "a,b\n\"<a href='x'>y</a>\",<BR>\n", []string{"a", "b"}, [][]string{{"<a href='x'>y</a>", "<BR>"}}},
		{"formulas in cells", "a,b\n=1+3 MSO,@x\n", []string{"a", "b"}, [][]string{{"=1+3 MSO", "@x"}}},
		{"a header and no rows", "a,b\n", []string{"a", "b"}, nil},
		{"a header without line end and no rows", "a,b", []string{"a", "b"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := read(t, "x.csv", c.content, Options{})
			same(t, "header", c.header, table.Header)
			same(t, "rows", c.rows, cells(table))
			if table.Records != len(c.rows) || len(table.Rejected)+len(table.Problems)+len(table.Outside) != 0 || table.HeaderRow != 1 {
				t.Errorf("got %+v", table)
			}
		})
	}
}

func TestARowsNumberIsItsRecordInTheFile(t *testing.T) {
	table := read(t, "x.csv", "Report of May\n\na,b,c\n1,\"two\nlines\",3\n\n,,\n4,5,6\n7,8\"9,0\n1,2,3\n\n", Options{})
	same(t, "header row", 3, table.HeaderRow)
	same(t, "rows", []int{4, 7, 9}, numbers(table))
	same(t, "rejected", []Rejected{{8, `line 9, column 4: a quote stands inside a cell that does not begin with one`}}, table.Rejected)
	same(t, "outside", []Line{{1, "Report of May"}}, table.Outside)
	same(t, "blank", 4, table.Blank)
	same(t, "records", 4, table.Records)
}

func TestABrokenRecordIsRejectedWhereTheRestIsCertain(t *testing.T) {
	for _, c := range []struct{ name, record, reason string }{
		{"a quote in a bare cell", `5" disk,x`, "line 3, column 2: a quote stands inside a cell that does not begin with one"},
		{"a space before the quote", `x, "y"`, "line 3, column 4: a quote stands inside a cell that does not begin with one"},
		{"text behind the closing quote", `é,"He said "no", then"`, "line 3, column 13: text follows the quote that closes a cell"},
		{"a bare CR", "x\ry,z", "line 3, column 2: a line end of old Macs (CR alone) stands among the cells"},
		{"a bare CR after quotes", "\"x\"\r\"y\",z", "line 3, column 4: text follows the quote that closes a cell"},
		{"a cell too long", strings.Repeat("é", maxCell+1) + ",y", "line 3, column 1: a cell is longer than 32,767 characters"},
		{"a quoted cell too long", `"` + strings.Repeat("é", maxCell+1) + `",y`, "line 3, column 1: a cell is longer than 32,767 characters"},
		{"a record too long", strings.Repeat("x,", maxRecord/2) + "y", "line 3, column 1: the record is longer than 1 MiB"},
		{"too many cells", strings.Repeat(",", maxColumns) + "x", "line 3, column 1: the record has more than 1,024 cells"},
		{"too many quoted cells", strings.Repeat(`"x",`, maxColumns) + "x", "line 3, column 1: the record has more than 1,024 cells"},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := read(t, "x.csv", "a,b\n1,2\n"+c.record+"\n3,4\n", Options{})
			same(t, "rows", []int{2, 4}, numbers(table))
			same(t, "rejected", []Rejected{{3, c.reason}}, table.Rejected)
			same(t, "records", 3, table.Records)
		})
	}
}

func TestTheLimitsThemselvesAreAllowed(t *testing.T) {
	table := read(t, "x.csv", "a,b\n"+strings.Repeat("é", maxCell)+",y\n", Options{})
	same(t, "rejected", []Rejected(nil), table.Rejected)
	wide := strings.TrimSuffix(strings.Repeat("x,", maxColumns), ",")
	table = read(t, "x.csv", wide+"\n"+wide+"\n", Options{HeaderRow: 1})
	same(t, "columns", maxColumns, len(table.Header))
	same(t, "rows", 1, len(table.Rows))
}

func TestARecordWhoseEndIsNotCertainRefusesTheFile(t *testing.T) {
	for _, c := range []struct{ name, content, code string }{
		{"a quote never closed", "a,b\n1,\"2\n3,4\n5,6\n", "unclosed-quote"},
		{"a quote never closed in the header", "a,\"b\n1,2\n", "unclosed-quote"},
		{"a quote closed by that of a later row", "a,b\n1,\"2\n3,\"4\"\n5,6\n", "unclosed-quote"},
		{"a quote closed by chance in the middle of a cell", "a,b\n1,\"2\n3,x\"y\n5,6\n", "unclosed-quote"},
		{"an open quote over 1 MiB", "a,b\n1,\"" + strings.Repeat("x\n", maxRecord), "unclosed-quote"},
		{"counts that differ", "a,b\n1,\"x\" y \"z\n2,3\n", "count-differs"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := refused(t, "x.csv", c.content, Options{})
			same(t, "code", c.code, p.Code)
		})
	}
}

func TestAnUnclosedQuoteIsNamedWithItsPlace(t *testing.T) {
	p := refused(t, "x.csv", "a,b\n1,2\n3,\"4\n5,6\n", Options{})
	if p.Row != 3 || !strings.Contains(p.Message, "line 3, column 3") {
		t.Errorf("got %v", p)
	}
}

func TestFilesThatHoldNoTableAreRefused(t *testing.T) {
	for _, c := range []struct {
		name, content string
		opts          Options
		code          string
	}{
		{"nothing", "", Options{}, "empty-file"},
		{"only a mark", "\xef\xbb\xbf", Options{}, "empty-file"},
		{"blank lines", "\n\r\n  \n", Options{}, "empty-file"},
		{"lines of delimiters", ",,,\n,,,\n", Options{}, "no-header"},
		{"lines that end in CR", "a,b\r1,2\r3,4\r", Options{}, "cr-only"},
		{"a header that is not there", "a,b\n1,2\n", Options{HeaderRow: 7}, "no-header"},
		{"a header that can't be read", "a,b\n1\"2,2\n", Options{HeaderRow: 2}, "bad-header"},
		{"a header below any reason", "a,b\n", Options{HeaderRow: 1001}, "no-header"},
		{"nothing that can be read", "a\"b,c\nd\"e,f\n", Options{}, "no-header"},
		{"a delimiter that is none", "a,b\n", Options{Delimiter: "::"}, "unknown-delimiter"},
		{"a quote as delimiter", "a,b\n", Options{Delimiter: `"`}, "unknown-delimiter"},
	} {
		t.Run(c.name, func(t *testing.T) { same(t, "code", c.code, refused(t, "x.csv", c.content, c.opts).Code) })
	}
}

func TestRejectedRecordsAreBounded(t *testing.T) {
	p := refused(t, "x.csv", "a,b\n"+strings.Repeat("x\"\n", maxRejected+1), Options{})
	same(t, "code", "too-many-rejected", p.Code)
}

func TestRowsOfAnotherWidthAreKeptAndSaid(t *testing.T) {
	table := read(t, "x.csv", "a,b,c\n1,2,3,4,5\n1,2\n1,2,3\n1,2,3,,\n", Options{})
	same(t, "rows", [][]string{{"1", "2", "3", "4", "5"}, {"1", "2", ""}, {"1", "2", "3"}, {"1", "2", "3", "", ""}}, cells(table))
	same(t, "problems", []string{"wide-row", "narrow-row"}, codes(table))
	same(t, "place", `x.csv row 2, column 4`, table.Problems[0].Pos.String())
	same(t, "notes", []string{"1 rows end in empty cells beyond the header"}, table.Notes)
	same(t, "name of a column beyond the header", "col_4", table.ColumnName(3))
}

func TestProblemsOfOneKindAreCountedAfterTheFirst(t *testing.T) {
	table := read(t, "x.csv", "a,b\n"+strings.Repeat("1,2,3\n4,5\n", 30), Options{HeaderRow: 1})
	same(t, "problems", maxRepeats+1, len(table.Problems))
	same(t, "last", "The same holds for 10 more places of the file.", table.Problems[maxRepeats].Message)
}

func TestAFileThatEndsInTheMiddleOfALineSaysSo(t *testing.T) {
	table := read(t, "x.csv", "a,b,c\n1,2,3\n4,5", Options{})
	same(t, "rows", [][]string{{"1", "2", "3"}, {"4", "5", ""}}, cells(table))
	if m := table.Problems[0].Message; !strings.Contains(m, "cut off") {
		t.Errorf("got %q", m)
	}
}

func TestHeadingsThatAreEmptyOrRepeated(t *testing.T) {
	table := read(t, "x.csv", "id,,Incoming token type,Labels,incoming  TOKEN type,\n1,2,3,4,5,6\n", Options{})
	same(t, "header", []string{"id", "", "Incoming token type", "Labels", "incoming  TOKEN type", ""}, table.Header)
	same(t, "problems", []string{"empty-heading", "repeated-heading", "empty-heading"}, codes(table))
	same(t, "place", `x.csv row 1, column 2`, table.Problems[0].Pos.String())
	var names []string
	for i := range table.Header {
		names = append(names, table.ColumnName(i))
	}
	same(t, "names", []string{"id", "col_2", "Incoming token type", "Labels", "incoming TOKEN type", "col_6"}, names)
}

func TestFootersAreNoRows(t *testing.T) {
	const table = "a,b,c\n1,2,3\n4,5,6\n"
	for _, c := range []struct {
		name, below string
		outside     int
		rows        int
	}{
		{"a total", "Total: 2 rows\n", 1, 2},
		{"a total in two cells", "Total,2\n", 1, 2},
		{"a total of a narrow line in quotes", "\"Total\",\"2\"\n", 1, 2},
		{"a database client's", "(2 rows affected)\n", 1, 2},
		{"under a blank line", "\nWritten by a tool\n", 1, 2},
		{"several under a blank line", "\nWritten by a tool\nfor Halden,2026\n", 2, 2},
		{"a blank line below", "Total: 2 rows\n\n", 1, 2},
		{"as wide as the header", "Total,2,\n", 0, 3},
		{"too many texts for one", "\nTotal,1,2,3\n", 0, 3},
		{"a narrow line like any other", "Written by a tool\n", 0, 3},
		{"a row cut off", "7,8", 0, 3},
		{"a blank line and rows after it", "\nnarrow\n7,8,9\n", 0, 4},
		{"a total in the middle", "Total: 2\n7,8,9\n", 0, 4},
		{"a row cut off above a footer", "7,8\n\nTotal: 3\n", 1, 3},
		{"more than footers ever are", strings.Repeat("Total\n", maxFooter+1), maxFooter, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := read(t, "x.csv", table+c.below, Options{HeaderRow: 1, Delimiter: ","})
			if len(got.Outside) != c.outside || len(got.Rows) != c.rows || got.Records != c.rows {
				t.Errorf("got %d lines outside and %d rows of %d: %+v", len(got.Outside), len(got.Rows), got.Records, got.Outside)
			}
		})
	}
}

func TestHostileFilesCostLittle(t *testing.T) {
	commas := strings.Repeat(",", 4<<20)
	same(t, "commas on one line", "no-header", refused(t, "x.csv", commas, Options{}).Code)
	table := read(t, "x.csv", "a,b\n"+commas+"\n1,2\n", Options{})
	same(t, "rows", [][]string{{"1", "2"}}, cells(table))
	same(t, "rejected", 1, len(table.Rejected))
	table = read(t, "x.csv", "a,b\n"+strings.Repeat(strings.Repeat(",", 4000)+"\n", 1000)+"1,2\n", Options{HeaderRow: 1})
	same(t, "rejected", 1000, len(table.Rejected))
	same(t, "quotes without end", "unclosed-quote", refused(t, "x.csv", "a,b\n1,\""+strings.Repeat("\"\"\n", 2<<20), Options{}).Code)
	table = read(t, "x.csv", "a,b\n"+strings.Repeat("\n", 1<<20)+"1,2\n", Options{})
	same(t, "blank", 1<<20, table.Blank)
}

func TestCellsAreNotQuotedInProblems(t *testing.T) {
	content := "a,b\nS3cret1,\"S3cret2\" S3cret3\nS3cret4\nS3cret5,S3cret6,S3cret7\n"
	table := read(t, "x.csv", content, Options{})
	if all := fmt.Sprint(table.Rejected, table.Problems, table.Notes); strings.Contains(all, "S3cret") {
		t.Errorf("a row's text is in %s", all)
	}
}
