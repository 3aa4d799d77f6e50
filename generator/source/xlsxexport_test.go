package source

import (
	"fmt"
	"strings"
	"time"
)

// TypedBook is a workbook of tables by sheet name, for tests of other packages:
// what looks like a number or a date is one, as in a sheet that Excel saved.
func TypedBook(names []string, tables [][][]string) string {
	var sheets, items []string
	at := map[string]int{}
	for _, table := range tables {
		var b strings.Builder
		for i, row := range table {
			fmt.Fprintf(&b, `<row r="%d">`, i+1)
			for col, text := range row {
				b.WriteString(typedCell(cellName(col, i+1), text, func() int {
					n, known := at[text]
					if !known {
						n = len(items)
						at[text] = n
						items = append(items, `<t xml:space="preserve">`+escapeXML(text)+"</t>")
					}
					return n
				}))
			}
			b.WriteString("</row>")
		}
		sheets = append(sheets, b.String())
	}
	p := bookOf(sheets...).strings(items...).styles("General", "#14", "yyyy-mm-dd hh:mm")
	for i, name := range names {
		p = p.edit("xl/workbook.xml", fmt.Sprintf(`name="S%d"`, i+1), `name="`+escapeXML(name)+`"`)
	}
	return p.zip()
}

// typedCell is one cell, of the type that its text looks like.
func typedCell(ref, text string, shared func() int) string {
	epoch := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	if text == "" {
		return ""
	}
	if day, err := time.Parse("2006-01-02", text); err == nil {
		return fmt.Sprintf(`<c r="%s" s="1"><v>%d</v></c>`, ref, int(day.Sub(epoch).Hours()/24))
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02T15:04:05"} {
		if at, err := time.Parse(layout, text); err == nil {
			return fmt.Sprintf(`<c r="%s" s="2"><v>%.11f</v></c>`, ref, at.Sub(epoch).Hours()/24)
		}
	}
	if wholeNumber(text) {
		return fmt.Sprintf(`<c r="%s"><v>%s</v></c>`, ref, text)
	}
	return fmt.Sprintf(`<c r="%s" t="s"><v>%d</v></c>`, ref, shared())
}
