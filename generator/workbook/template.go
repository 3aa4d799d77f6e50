package workbook

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"proofpack/generator/intake"
)

// templateRows is how many rows of a template offer words and forms.
const templateRows = 1000

// aboutName is the sheet of a template that says what to write where. Nothing
// in it looks like a table of a data set, so that it is not read for one.
const aboutName = "How to fill this in"

// Template is an empty workbook for a data set that people keep themselves:
// its heads, words to choose from, and what each column means.
func Template(d *intake.DataSet) ([]byte, error) {
	f := excelize.NewFile()
	name := strings.ToUpper(d.Name[:1]) + d.Name[1:]
	err := f.SetSheetName("Sheet1", name)
	if err == nil {
		_, err = f.NewSheet(aboutName)
	}
	t := &template{file: f, name: name, set: d}
	for _, step := range []func() error{t.prepare, t.heads, t.about} {
		if err == nil {
			err = step()
		}
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("template of %s: %w", d.Name, err), f.Close())
	}
	// A template is of no month: its date is the first that its form knows.
	return packed(f, "Template: "+d.Name, "proofpack", time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC))
}

// A template is one while it is written.
type template struct {
	file                            *excelize.File
	name                            string // of the sheet that is filled in
	set                             *intake.DataSet
	head, needed, words, day, title int // styles
	note, line, strong              int
}

func (t *template) prepare() error {
	dayForm, wordForm := "yyyy-mm-dd", "@"
	fill := func(colour string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
	}
	bold := func(colour string, size float64) *excelize.Font {
		return &excelize.Font{Family: "Calibri", Size: size, Bold: true, Color: colour}
	}
	middle := &excelize.Alignment{Vertical: "center", WrapText: true}
	wrap := &excelize.Alignment{Vertical: "top", WrapText: true}
	border := []excelize.Border{{Type: "bottom", Color: rule, Style: 1}}
	for _, s := range []struct {
		to    *int
		style excelize.Style
	}{
		{&t.needed, excelize.Style{Font: bold(white, 11), Fill: fill(ink), Alignment: middle}},
		{&t.head, excelize.Style{Font: bold(ink, 11), Fill: fill(sunken), Alignment: middle, Border: []excelize.Border{{Type: "bottom", Color: ink, Style: 2}}}},
		{&t.words, excelize.Style{CustomNumFmt: &wordForm, Alignment: wrap}},
		{&t.day, excelize.Style{CustomNumFmt: &dayForm, Alignment: wrap}},
		{&t.title, excelize.Style{Font: bold(ink, 15)}},
		{&t.note, excelize.Style{Font: &excelize.Font{Family: "Calibri", Size: 11, Color: quiet}}},
		{&t.line, excelize.Style{Border: border, Alignment: wrap}},
		{&t.strong, excelize.Style{Font: bold(ink, 11), Border: border, Alignment: wrap}},
	} {
		id, err := t.file.NewStyle(&s.style)
		if err != nil {
			return err
		}
		*s.to = id
	}
	return nil
}

// heads writes the sheet that is filled in: row 1 is the heading, nothing
// stands above it.
func (t *template) heads() error {
	f, sheet := t.file, t.name
	for i := range t.set.Columns {
		c := &t.set.Columns[i]
		column := columnName(i)
		at := column + "1"
		style, body := t.head, t.words
		if len(c.Required) > 0 {
			style = t.needed
		}
		switch c.Kind {
		case intake.KindDate:
			body = t.day
		case intake.KindNumber, intake.KindHours, intake.KindMinutes, intake.KindMoney, intake.KindSize, intake.KindPercent:
			body = 0
		default:
		}
		width := float64(max(14, len(c.Name)+4))
		err := errors.Join(
			f.SetColWidth(sheet, column, column, width), f.SetColStyle(sheet, column, body),
			f.SetCellStr(sheet, at, c.Name), f.SetCellStyle(sheet, at, at, style),
			f.AddComment(sheet, excelize.Comment{Cell: at, Author: "proofpack", Text: comment(t.set, c), Width: 260, Height: 120}),
			t.choice(c, column),
		)
		if err != nil {
			return err
		}
	}
	return errors.Join(f.SetRowHeight(sheet, 1, 32),
		f.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft", Selection: []excelize.Selection{{SQRef: "A2", ActiveCell: "A2", Pane: "bottomLeft"}}}))
}

// choice offers the words of a column, where they are a closed list. A word
// with a part to fill in, such as any-of:GROUP, is open.
func (t *template) choice(c *intake.Column, column string) error {
	if len(c.Words) == 0 || strings.ContainsAny(strings.Join(c.Words, ""), ":,") {
		return nil
	}
	v := excelize.NewDataValidation(true)
	v.SetSqref(fmt.Sprintf("%s2:%s%d", column, column, templateRows+1))
	v.SetError(excelize.DataValidationErrorStyleStop, c.Name, "Choose one of: "+strings.Join(c.Words, ", ")+".")
	return errors.Join(v.SetDropList(c.Words), t.file.AddDataValidation(t.name, v))
}

// comment is what a head says when one points at it.
func comment(d *intake.DataSet, c *intake.Column) string {
	var b strings.Builder
	b.WriteString(strings.ToUpper(c.Meaning[:1]) + c.Meaning[1:] + ".")
	if unit := unitWords(c); unit != "" {
		b.WriteString("\n" + unit + ".")
	}
	if need := needed(d, c); need != "" {
		b.WriteString("\nNeeded: " + need + ".")
	}
	if len(c.Words) > 0 {
		b.WriteString("\nOne of: " + strings.Join(c.Words, ", ") + ".")
	}
	return b.String()
}

// needed says whether a column must be there.
func needed(d *intake.DataSet, c *intake.Column) string {
	if len(c.Required) == 0 {
		return ""
	}
	group := c.Required[0]
	if group == "yes" {
		return "always"
	}
	var others []string
	for i := range d.Columns {
		if o := &d.Columns[i]; o.Name != c.Name && len(o.Required) > 0 && o.Required[0] == group {
			others = append(others, o.Name)
		}
	}
	if len(others) == 0 {
		return "always"
	}
	return "this or " + strings.Join(others, " or ")
}

// unitWords is how the values of a column are written.
func unitWords(c *intake.Column) string {
	switch c.Kind {
	case intake.KindDate:
		return "A day, such as 2026-05-31"
	case intake.KindHours:
		return "In hours"
	case intake.KindMinutes:
		return "In minutes"
	case intake.KindMoney:
		return "In the currency of proofpack.yml"
	case intake.KindPercent:
		return "In percent, 0 to 100"
	case intake.KindSystems, intake.KindServices, intake.KindList:
		return "Several are parted by a semicolon"
	case intake.KindSystem:
		return "A name that the inventory knows"
	case intake.KindService:
		return "An id or name that services knows"
	default:
		if unit := c.Unit(); unit != "" {
			return "In " + unit
		}
	}
	return ""
}

// about says what to write where.
func (t *template) about() error {
	f := t.file
	err := errors.Join(
		f.SetCellStr(aboutName, "A1", strings.ToUpper(t.set.Name[:1])+t.set.Name[1:]+": every row is "+t.set.Row), f.SetCellStyle(aboutName, "A1", "A1", t.title),
		f.SetCellStr(aboutName, "A2", "Fill in the sheet before this one from its second line on, save it as .xlsx and put it with the month's exports. Leave the first line as it is. An empty cell is a missing value, and is judged as one."),
		f.SetCellStyle(aboutName, "A2", "A2", t.note),
	)
	for i, width := range []float64{70, 40, 36, 44} {
		column := columnName(i)
		err = errors.Join(err, f.SetColWidth(aboutName, column, column, width))
	}
	put := func(row int, style, first int, cells ...string) {
		for i, c := range cells {
			at := cell(i, row)
			s := style
			if i == 0 {
				s = first
			}
			err = errors.Join(err, f.SetCellStr(aboutName, at, text(c)), f.SetCellStyle(aboutName, at, at, s))
		}
	}
	put(4, t.needed, t.needed, "Heading and what stands under it", "How it is written", "Must it be there", "Words to choose from")
	for i := range t.set.Columns {
		c := &t.set.Columns[i]
		put(5+i, t.line, t.strong, c.Name+": "+c.Meaning, unitWords(c), needed(t.set, c), strings.Join(c.Words, ", "))
	}
	return err
}
