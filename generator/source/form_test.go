package source

import (
	"strings"
	"testing"
)

// score knows the headings in a list, as the aliases of intake would.
func score(names ...string) func(string) float64 {
	return func(cell string) float64 {
		for _, n := range names {
			if strings.EqualFold(strings.TrimSpace(cell), n) {
				return 1
			}
		}
		return 0
	}
}

func TestDelimiterIsCountedOutsideQuotes(t *testing.T) {
	for _, c := range []struct {
		name, content, want string
		columns             int
	}{
		{"commas", "a,b,c\n1,2,3\n", ",", 3},
		{"semicolons", "a;b;c\n1;2;3\n", ";", 3},
		{"tabs", "a\tb\n1\t2\n", "tab", 2},
		{"bars", "a|b\n1|2\n", "|", 2},
		{"semicolons with decimal commas", "name;load;size\nx;1,5;2,5\ny;2,5;3,5\n", ";", 3},
		{"commas with lists in cells", "name,tags,x\nx,a;b,1\ny,c;d,2\n", ",", 3},
		{"commas in quoted text of a semicolon file", "name;text\n\"a\";\"x, y, z\nand, more\"\n\"b\";\"p, q, r\"\n", ";", 2},
		{"semicolons in one heading", "a,b,c;d\n", ",", 3},
		{"no delimiter at all", "name\nx\n", ",", 1},
		{"a preamble without delimiters", "Report\nMade today\nFor us\nAnd them\na;b;c\n1;2;3\n4;5;6\n", ";", 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := read(t, "x.csv", c.content, Options{})
			same(t, "delimiter", c.want, table.Delimiter)
			same(t, "columns", c.columns, len(table.Header))
		})
	}
}

func TestKnownHeadingsDecideTheDelimiter(t *testing.T) {
	content := "host;owner;a,b\nx,1;y;z\n"
	table := read(t, "x.csv", content, Options{Score: score("host", "owner")})
	same(t, "delimiter", ";", table.Delimiter)
}

func TestSepLineIsHonoured(t *testing.T) {
	for _, first := range []string{"sep=|", "SEP=|", `"sep=|"`, "sep=|\r"} {
		table := read(t, "x.csv", first+"\na,1;b,2|c\n1,1;2,2|3\n", Options{})
		same(t, "header", []string{"a,1;b,2", "c"}, table.Header)
		same(t, "header row", 2, table.HeaderRow)
		same(t, "notes", []string{"sep= line honoured"}, table.Notes)
		same(t, "outside", 1, len(table.Outside))
	}
	table := read(t, "x.csv", "sep=,\nname,owner\nx,y\n", Options{})
	same(t, "sep=, has two cells and is no row", []string{"name", "owner"}, table.Header)
	table = read(t, "x.csv", "sep=,\na;b\n1;2\n", Options{Delimiter: ";"})
	same(t, "what is declared wins", []string{"a", "b"}, table.Header)
	table = read(t, "x.csv", "\xef\xbb\xbfsep=\t\na\tb\n1\t2\n", Options{})
	same(t, "delimiter", "tab", table.Delimiter)
}

func TestTypeLineOfPowerShellIsNoRow(t *testing.T) {
	table := read(t, "x.csv", "#TYPE Microsoft.ActiveDirectory.Management.ADUser\r\n\"Name\",\"Enabled\"\r\n\"x\",\"True\"\r\n", Options{})
	same(t, "header", []string{"Name", "Enabled"}, table.Header)
	same(t, "outside", []Line{{1, "#TYPE Microsoft.ActiveDirectory.Management.ADUser"}}, table.Outside)
	table = read(t, "x.csv", "#TYPE System.String\nName\nx\ny\n", Options{})
	same(t, "header of one column", []string{"Name"}, table.Header)
	same(t, "notes", []string{"#TYPE line of PowerShell is no row"}, table.Notes)
}

func TestHeaderRow(t *testing.T) {
	preamble := "\"Asset Vuln Datalist Report\",\"04 Feb 2026 10:00AM GMT-0500\",\"1\"\n\"TestCompany\",\"123 Test Street\",\"Test City\",\"None\",\"12345\",\"USA\"\n\"Test User\",\"testuser\",\"IDM\"\n"
	heading := "CVE,QID,Title,Severity,Status,Asset Name,Asset IPV4,Solution,Last Detected,First Detected,Protocol,Port,Category\n"
	row := "CVE-2023-1,8001,x,1,New,host,10.0.0.1,Patch it,2026-01-01,2026-01-01,TCP,80,Web\n"
	for _, c := range []struct {
		name, content string
		score         func(string) float64
		row           int
	}{
		{"first line", "a,b\n1,2\n", nil, 1},
		{"below a preamble", preamble + heading + row + row, nil, 4},
		{"below a preamble and no rows", preamble + heading, nil, 4},
		{"below a preamble and no rows, names known", preamble + heading, score("cve", "qid", "title"), 4},
		{"no preamble", heading + row, nil, 1},
		{"below a title padded to the width", "Report,,,\nname,owner,seen,state\nx,y,2026-01-01,up\n", nil, 2},
		{"all cells are words", "name,owner\nalpha,beta\ngamma,delta\n", nil, 1},
		{"of words, names known further down", "made,for\nname,owner\nalpha,beta\n", score("name", "owner"), 2},
		{"a row that repeats a known name", "name,owner,kind\nname,owner,x\n", score("name", "owner", "kind"), 1},
		{"narrower than all rows, by form", "CHECK_ID,STATUS,REGION,RISK,SEEN\n1,FAIL,eu-1,9,2026-01-01,x\n2,PASS,eu-1,3,2026-01-01,y\n", nil, 1},
		{"narrower than all rows, by names", "id,status,region\na,b,c,d\ne,f,g,h\n", score("id", "status", "region"), 1},
		{"empty headings", "id,,name,\n1,2,3,4\n5,6,7,8\n", nil, 1},
		{"without any heading", "1,2\n3,4\n", nil, 1},
		{"a wide last row of words", "name,owner\nalpha,beta\ngamma,delta,x,y,z,p,q\n", nil, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := read(t, "x.csv", c.content, Options{Score: c.score})
			same(t, "header row", c.row, table.HeaderRow)
			same(t, "every record is accounted for", strings.Count(c.content, "\n"), 1+len(table.Rows)+len(table.Outside))
		})
	}
}

func TestADeclaredHeaderRowIsUsed(t *testing.T) {
	table := read(t, "x.csv", "a,b\nc,d\n1,2\n", Options{HeaderRow: 2})
	same(t, "header", []string{"c", "d"}, table.Header)
	same(t, "outside", []Line{{1, "a,b"}}, table.Outside)
	same(t, "rows", []int{3}, numbers(table))
}

func TestALineAboveTheHeaderThatMayBeARowIsSaid(t *testing.T) {
	known := Options{Score: score("name", "owner")}
	table := read(t, "x.csv", "made,for\nname,owner\nalpha,beta\n", known)
	same(t, "problems", []string{"row-above-header"}, codes(table))
	same(t, "place", "x.csv row 1", table.Problems[0].Pos.String())
	table = read(t, "x.csv", "Report,,\nname,owner,x\nalpha,beta,1\n", known)
	same(t, "a padded title is none", 0, len(table.Problems))
	known.HeaderRow = 2
	table = read(t, "x.csv", "made,for\nname,owner\nalpha,beta\n", known)
	same(t, "nor what the user declared", 0, len(table.Problems))
}

func TestAPreambleMayHoldStrayQuotes(t *testing.T) {
	table := read(t, "x.csv", "Report \"Weekly\" for us\na,b,c\n1,2,3\n", Options{})
	same(t, "header", []string{"a", "b", "c"}, table.Header)
	same(t, "outside", []Line{{1, `Report "Weekly" for us`}}, table.Outside)
	same(t, "rejected", 0, len(table.Rejected))
}

func TestTheSameReportWithAndWithoutPreambleIsTheSameTable(t *testing.T) {
	body := "CVE,QID,Title,Severity\nCVE-2023-1,8001,x,1\nCVE-2023-2,8002,y,2\n"
	with := read(t, "x.csv", "\"Report\",\"today\"\n"+body, Options{})
	without := read(t, "x.csv", body, Options{})
	same(t, "header", without.Header, with.Header)
	same(t, "cells", cells(without), cells(with))
}
