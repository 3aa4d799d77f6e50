package workbook

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"proofpack/generator/chart"
)

// mostCell is the most a cell holds, in UTF-16 units: the limit of Excel.
const mostCell = 32767

// text is what is written into a cell: characters that can't be seen are
// tokens, for a spreadsheet drops or changes them, and what does not fit ends
// in a mark that says so.
func text(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\r\n", "\n")
	lines := strings.Split(strings.ReplaceAll(s, "\r", "[U+000D]"), "\n")
	for i, l := range lines {
		lines[i] = chart.Visible(l)
	}
	s = halfEscape.ReplaceAllString(strings.Join(lines, "\n"), "[U+005F]$1")
	if len(s) <= mostCell || units(s) <= mostCell {
		return s
	}
	mark := fmt.Sprintf(" [cut: %d characters in all]", utf8.RuneCountInString(s))
	room := mostCell - units(mark)
	at := 0
	for i, r := range s {
		if room -= utf16.RuneLen(r); room < 0 {
			break
		}
		at = i + utf8.RuneLen(r)
	}
	return s[:at] + mark
}

// halfEscape is the escape of half a character, which the library writes as it
// is and spreadsheets read as nothing. It escapes all others itself.
var halfEscape = regexp.MustCompile(`_(x[Dd][89A-Fa-f][0-9A-Fa-f]{2}_)`)

// units is the length of a text as a spreadsheet counts it.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}
