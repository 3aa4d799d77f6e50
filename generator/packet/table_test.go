package packet

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"proofpack/generator/report"
)

// planned is the plan of a table's columns.
func planned(t *testing.T, table report.Table, width float64) *tableGrid {
	t.Helper()
	types, err := readTypeface(testFonts(t))
	if err != nil {
		t.Fatal(err)
	}
	c := &composer{typeface: types, width: width, dense: 1, parent: &element{}}
	return c.plan(table, width)
}

func TestColumnsFillTheWidth(t *testing.T) {
	long := "a sentence of some length that may well be broken over two or three lines"
	for _, c := range []struct {
		name    string
		columns []report.Column
		cells   []string
	}{
		{"few words", []report.Column{{Title: "A"}, {Title: "B", Num: true}}, []string{"x", "1"}},
		{"many words", []report.Column{{Title: "A"}, {Title: "B"}, {Title: "C"}}, []string{long, long + long, long}},
		{"all shares", []report.Column{{Title: "A", Share: .2}, {Title: "B", Share: .8}}, []string{"x", long}},
		{"shares over the whole", []report.Column{{Title: "A", Share: .7}, {Title: "B", Share: .8}}, []string{long, long}},
		{"shares that leave no room for a number", []report.Column{{Title: "A", Share: .98}, {Title: "B", Num: true}}, []string{long + long, "$1,234,567"}},
		{"a share too small for its number", []report.Column{{Title: "A"}, {Title: "B", Num: true, Share: .02}}, []string{long, "$1,234,567"}},
		{"twelve columns", make([]report.Column, 12), strings.Split(strings.Repeat("4 May 2026|", 11)+"x", "|")},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := report.Table{Columns: c.columns, Rows: []report.TableRow{{}}}
			for _, s := range c.cells {
				table.Rows[0].Cells = append(table.Rows[0].Cells, words(s))
			}
			g := planned(t, table, 518)
			sum := g.gap * float64(len(g.columns)-1)
			for n, col := range g.columns {
				sum += col.width
				if col.width <= 0 {
					t.Errorf("column %d is %.1f wide", n, col.width)
				}
				if w := longest(t, c.cells[n], g.setting); col.width < w-.1 {
					t.Errorf("column %d is %.1f wide, its longest word %.1f", n, col.width, w)
				}
			}
			if sum < 517.9 || sum > 518.1 {
				t.Errorf("the columns take %.2f of 518 points", sum)
			}
		})
	}
}

func longest(t *testing.T, s string, set setting) float64 {
	t.Helper()
	types, err := readTypeface(testFonts(t))
	if err != nil {
		t.Fatal(err)
	}
	return longestWord(types.set(words(s), set, nil))
}

func TestNumbersAreNeverBroken(t *testing.T) {
	table := report.Table{}
	var cells []report.Text
	for n := range 12 {
		table.Columns = append(table.Columns, report.Column{Title: fmt.Sprint("Column ", n), Num: n > 0, Share: .01})
		cells = append(cells, report.Text{{Text: fmt.Sprintf("$%d,250", 100+n), Figure: fmt.Sprintf("F-%04d", n)}})
	}
	table.Rows = []report.TableRow{{Cells: cells}}
	p := rendered(t, only(plainPage(table)))
	within(t, p)
	all := strings.Join(textOf(t, p), "")
	for n := range 12 {
		if !strings.Contains(all, fmt.Sprintf("$%d,250", 100+n)) {
			t.Errorf("$%d,250 is broken: %s", 100+n, all)
		}
	}
}

func TestNumbersStandUnderEachOther(t *testing.T) {
	table := report.Table{Columns: []report.Column{{Title: "Name"}, {Title: "Loss", Num: true}, {Title: "Last"}}}
	for n, s := range []string{"$111,111", "$8", "$40,800"} {
		span := report.Span{Text: s}
		if n == 0 {
			span.Figure = "F-0001"
		}
		table.Rows = append(table.Rows, report.TableRow{Cells: []report.Text{words("row"), {span}, words("last")}})
	}
	p := rendered(t, only(plainPage(table)))
	out := tool(t, p, "pdftotext", "-bbox", "FILE", "-")
	ends := map[string]bool{}
	for _, m := range regexp.MustCompile(`xMax="([0-9.]+)"[^>]*>\$([0-9,]+)<`).FindAllStringSubmatch(out, -1) {
		ends[m[1][:4]] = true
	}
	if len(ends) != 1 {
		t.Errorf("numbers end at different places: %v", ends)
	}
}

func TestNoHeadIsBrokenInsideAWord(t *testing.T) {
	out := strings.Join(textOf(t, rendered(t, only(register()))), "")
	if !strings.Contains(out, "Approved\nby") && !strings.Contains(out, "Approved by") {
		t.Error(out)
	}
}

func TestEmptyColumnsForAnswersHaveBoxes(t *testing.T) {
	for title, want := range map[string]answer{
		"Renew / End + initials": {by: byBoth, choices: []string{"Renew", "End"}},
		"Renew or end, initials": {by: byBoth, choices: []string{"Renew", "End"}},
		"Renew / End":            {by: byBoxes, choices: []string{"Renew", "End"}},
		"Initials":               {by: byLine},
		"Reason":                 {by: byNobody},
	} {
		table := report.Table{Columns: []report.Column{{Title: "What"}, {Title: title}}, Rows: []report.TableRow{{Cells: []report.Text{words("x"), nil}}}}
		got := answersOf(table)[1]
		if got.by != want.by || strings.Join(got.choices, "|") != strings.Join(want.choices, "|") {
			t.Errorf("%s: %+v", title, got)
		}
		table.Rows[0].Cells[1] = words("filled")
		if got := answersOf(table)[1]; got.by != byNobody {
			t.Errorf("%s, with words in it: %+v", title, got)
		}
	}
	all := strings.Join(textOf(t, rendered(t, only(register()))), "")
	if n := strings.Count(all, "Renew End"); n != 3 {
		t.Errorf("the boxes stand %d times, not 3: %s", n, all)
	}
}
