package packet

import (
	"fmt"
	"strings"
	"testing"

	"proofpack/generator/assess"
	"proofpack/generator/report"
)

func TestAFigureTallerThanAPageIsDrawnInPieces(t *testing.T) {
	for _, rows := range []int{10, 40, 300} {
		d := report.TargetBars{Unit: "h"}
		for n := range rows {
			d.Rows = append(d.Rows, report.TargetBar{Label: words(fmt.Sprintf("system%03dx", n)), Measured: float64(n), Known: true, Target: 50, Note: "note"})
		}
		p := rendered(t, only(plainPage(report.Chart{ID: "x", Measure: "Hours.", Drawing: d})))
		seen := map[string]int{}
		for _, w := range strings.Fields(strings.Join(textOf(t, p), " ")) {
			seen[w]++
		}
		for n := range rows {
			if w := fmt.Sprintf("system%03dx", n); seen[w] != 1 {
				t.Errorf("%d rows on %d pages: %s is drawn %d times", rows, p.Pages, w, seen[w])
			}
		}
		if seen["note"] != rows {
			t.Errorf("%d notes of %d rows", seen["note"], rows)
		}
		within(t, p)
	}
}

func TestEveryStateHasAGlyphOfItsOwn(t *testing.T) {
	drawn := map[string]assess.State{}
	for _, s := range assess.States {
		page := plainPage(report.Paragraph{Text: report.Text{{Kind: report.KindState, State: s, Text: "x"}}})
		_, pages := contents(t, rendered(t, only(page)))
		_, body, _ := strings.Cut(pages[0], "/H2 ")
		_, body, _ = strings.Cut(body, "/P ")
		body, _, _ = strings.Cut(body, "BT ")
		if len(body) < 20 {
			t.Errorf("%v: nothing is drawn", s)
		}
		if other, twice := drawn[body]; twice {
			t.Errorf("%v is drawn as %v", s, other)
		}
		drawn[body] = s
	}
}
