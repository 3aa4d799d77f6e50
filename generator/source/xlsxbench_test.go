package source

import (
	"fmt"
	"strings"
	"testing"
)

// accessBook is the access log of the CSV benchmark as a workbook.
func accessBook(rows int, shared bool) string {
	var b strings.Builder
	var items []string
	at := map[string]int{}
	cell := func(col, row int, text string) {
		if !shared {
			fmt.Fprintf(&b, `<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, cellName(col, row), text)
			return
		}
		i, known := at[text]
		if !known {
			i = len(items)
			at[text] = i
			items = append(items, "<t>"+text+"</t>")
		}
		fmt.Fprintf(&b, `<c r="%s" s="1" t="s"><v>%d</v></c>`, cellName(col, row), i)
	}
	row := func(n int, cells ...string) {
		fmt.Fprintf(&b, `<row r="%d" spans="1:9">`, n)
		for i, c := range cells {
			cell(i, n, c)
		}
		b.WriteString("</row>")
	}
	row(1, "timestamp", "account", "display_name", "source_ip", "application", "result", "mfa_method", "privileged", "user_agent")
	for i := range rows {
		row(i+2, fmt.Sprintf("2026-05-%02dT08:%02d:41Z", i%28+1, i%60), fmt.Sprintf("user%d@example.com", i%5000), fmt.Sprintf("User %d", i%5000), fmt.Sprintf("10.0.%d.%d", i%250, i%200), "Portal", "Success", "push", "false", "Mozilla/5.0 (X11)")
	}
	p := bookOf(b.String())
	if shared {
		p = p.strings(items...).styles("General", "@")
	}
	return p.zip()
}

func BenchmarkStreamXLSX(b *testing.B) {
	for _, c := range []struct {
		name   string
		shared bool
	}{{"inline", false}, {"shared", true}} {
		file := accessBook(100000, c.shared)
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := Stream("x.xlsx", strings.NewReader(file), Options{}, func(*Table, Row) error { return nil }); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
