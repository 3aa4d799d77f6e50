package packet

import (
	"strings"

	"proofpack/generator/report"
)

// units are what a number is not parted from at the end of a line.
var units = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("h d w min s % GB TB MB kB times hour hours day days week weeks month months year years minutes " +
		"January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sep Oct Nov Dec") {
		m[w] = true
	}
	return m
}()

// glued joins a number with its unit, and a month with its year, in words of
// one kind.
func glued(words []word) []word {
	out := words[:0:0]
	for _, w := range words {
		n := len(out) - 1
		if n >= 0 && !w.fresh && w.space > 0 && len(w.runs) > 0 && belongs(out[n], w) {
			last := &out[n]
			end := len(last.runs) - 1
			runs := append(append([]run{}, last.runs[:end]...), last.runs[end])
			runs[end].text += " "
			runs[end].width += w.space
			if first := w.runs[0]; runs[end].like(first) {
				runs[end].text += first.text
				runs[end].width += first.width
				runs = append(runs, w.runs[1:]...)
			} else {
				runs = append(runs, w.runs...)
			}
			last.runs, last.width = runs, last.width+w.space+w.width
			continue
		}
		out = append(out, w)
	}
	return out
}

// belongs tells whether b stays on the line of a.
func belongs(a, b word) bool {
	if len(a.runs) == 0 || a.runs[len(a.runs)-1].glyph || a.runs[len(a.runs)-1].code || b.runs[0].glyph {
		return false
	}
	left, right := a.runs[len(a.runs)-1].text, strings.TrimRight(b.runs[0].text, ".,;:)")
	if i := strings.LastIndexByte(left, ' '); i >= 0 {
		left = left[i+1:]
	}
	if numeric(left) && (units[right] || right == "of") {
		return true
	}
	if before, ok := strings.CutSuffix(a.runs[len(a.runs)-1].text, " of"); ok && numeric(right) && numeric(before[strings.LastIndexByte(before, ' ')+1:]) {
		return true // 3 of 19
	}
	return units[left] && len(left) >= 3 && len(right) == 4 && numeric(right) && left[0] >= 'A' && left[0] <= 'Z'
}

// numeric tells that a string is a number as it is printed.
func numeric(s string) bool {
	digits := 0
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c != '.' && c != ',':
			return false
		}
	}
	return digits > 0 && len(s) < 12
}

// onOneLine says that a label takes the quiet words after it on its own line,
// when they fit.
func (c *composer) onOneLine(label report.Text, quiet string, s setting, width float64) report.Text {
	after := report.Span{Text: quiet, Kind: report.KindSmall}
	t := append(append(report.Text{}, label...), report.Span{Text: " "}, after)
	if naturalWidth(c.set(t, s, nil)) <= width {
		return t
	}
	return append(append(report.Text{}, label...), report.Span{Kind: report.KindBreak}, after)
}
