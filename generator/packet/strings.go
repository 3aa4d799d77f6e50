package packet

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// pdfText is words as a string of the file: UTF-16 in hex digits, so that no
// character needs an escape.
func pdfText(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, c := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", c)
	}
	b.WriteByte('>')
	return b.String()
}

// pdfPlain is ASCII words as a string of the file.
func pdfPlain(s string) string {
	return "(" + strings.NewReplacer(`\`, `\\`, `(`, `\(`, `)`, `\)`).Replace(s) + ")"
}
