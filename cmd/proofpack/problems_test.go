package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"proofpack/generator/config"
	"proofpack/generator/diag"
)

func TestProblemsAreNumberedAndGrouped(t *testing.T) {
	var problems []*diag.Problem
	for row := range 5 {
		problems = append(problems, diag.At(diag.Pos{File: "exports/restore-tests.csv", Row: 12 + row, Column: 4, Heading: "End Time"}, "bad-date",
			fmt.Sprintf(`"%d.09.2025 17:30" is not a date in the form set for this file (month/day/year).`, 14+row),
			"export again with one date form, or split the file and set `date: day.month.year` for the second (proofpack.yml line 14)."))
		problems = append(problems, diag.At(diag.Pos{File: "exports/restore-tests.csv", Row: 12 + row, Column: 1, Heading: "VM"}, "no-system", "the cell is empty.", "fill it."))
	}
	problems = append(problems, diag.At(diag.Pos{File: "exports/patch-exceptions.xlsx"}, "password", "the workbook is protected by a password. Until then 19 exceptions known last month would count as having no approval.", "save a copy without a password: Excel, File, Info, Protect Workbook."))
	all := causes(problems)
	if len(all) != 3 {
		t.Fatalf("%d causes, want 3", len(all))
	}
	all[0].title = "restore tests: 5 of 58 rows rejected, the limit is 5%"
	var out bytes.Buffer
	(&session{stderr: &out}).numbered(all)
	golden(t, "problems.txt", out.String())
}

func TestProblemsOfAConfiguration(t *testing.T) {
	_, problems := config.Parse("proofpack.yml", []byte("company: A\n\ntme-zone: UTC\npolicy: {horizon: 30}\n"))
	var out bytes.Buffer
	(&session{stderr: &out}).flat(problems)
	want := `proofpack.yml line 3: unknown key "tme-zone". Did you mean "time-zone"?
proofpack.yml line 4: horizon: 30 has no unit
  Fix: write a number and its unit, such as 90d, 24h or 6y
`
	if out.String() != want {
		t.Errorf("got\n%s", out.String())
	}
}

func TestLinesAreBrokenBetweenWords(t *testing.T) {
	long := strings.Repeat("x", 120)
	for _, c := range []struct{ fact, text, want string }{
		{"a short line", "a  b\nc", "1. a b c\n"},
		{"a line that just fits", strings.Repeat("ab ", 32) + "c", "1. " + strings.Repeat("ab ", 32) + "c\n"},
		{"one letter more", strings.Repeat("ab ", 32) + "cd", "1. " + strings.TrimSpace(strings.Repeat("ab ", 32)) + "\n   cd\n"},
		{"a path longer than a line stays whole", "at " + long + " end", "1. at\n   " + long + "\n   end\n"},
		{"nothing", "", "1. \n"},
	} {
		var out bytes.Buffer
		wrap(&out, "1. ", "   ", c.text)
		if out.String() != c.want {
			t.Errorf("%s: got %q, want %q", c.fact, out.String(), c.want)
		}
	}
}

func TestColourIsOnlyAroundWords(t *testing.T) {
	var plain, coloured bytes.Buffer
	problem := []*diag.Problem{diag.At(diag.Pos{}, "x", "something is wrong", strings.Repeat("mend it ", 20))}
	(&session{stderr: &plain}).flat(problem)
	(&session{stderr: &coloured, colour: true}).flat(problem)
	if strings.Contains(plain.String(), "\x1b") || !strings.Contains(coloured.String(), "\x1b[1mFix:\x1b[0m") {
		t.Errorf("plain %q, coloured %q", plain.String(), coloured.String())
	}
	if got := strings.NewReplacer("\x1b[1m", "", "\x1b[0m", "").Replace(coloured.String()); got != plain.String() {
		t.Errorf("colour moves the text:\n%q\n%q", got, plain.String())
	}
}
