package packet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/assess"
	"proofpack/generator/report"
)

// broken is the lines of a text in a width, as words.
func broken(t *testing.T, text report.Text, s setting, width float64) []string {
	t.Helper()
	types, err := readTypeface(testFonts(t))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, l := range types.breakLines(types.set(text, s, nil), width, s) {
		var b strings.Builder
		for _, r := range l.runs {
			b.WriteString(r.text)
		}
		out = append(out, b.String())
	}
	return out
}

func TestLines(t *testing.T) {
	s := setting{face: sans, size: 10}
	stacked := s
	stacked.stacked = true
	numbers := s
	numbers.numbers = true
	under := numbers
	under.below = true
	span := func(spans ...report.Span) report.Text { return spans }
	for _, c := range []struct {
		name  string
		text  report.Text
		s     setting
		width float64
		want  []string
	}{
		{"spans join without a blank", span(report.Span{Text: "4-hour", Keep: true}, report.Span{Text: " target"}), s, 200, []string{"4-hour target"}},
		{"kept words stay on one line", span(report.Span{Text: "aaaa "}, report.Span{Text: "bb cc dd", Keep: true}), s, 60, []string{"aaaa ", "bb cc dd"}[0:0:0]},
		{"a number keeps its unit", words("it took 31 hours"), s, 50, []string{"it took", "31 hours"}},
		{"a date stays whole", words("full on 13 June 2026"), s, 70, []string{"full on", "13 June 2026"}},
		{"the code of a figure stands at the end", span(report.Span{Text: "$50,250", Figure: "F-0002"}, report.Span{Text: " a day"}), s, 200, []string{"$50,250 a day F-0002"}},
		{"after the full stop too", span(report.Span{Text: "13 June", Figure: "F-0001"}, report.Span{Text: "."}), s, 200, []string{"13 June. F-0001"}},
		{"beside a number alone", span(report.Span{Text: "5", Figure: "F-0003"}), s, 200, []string{"5 F-0003"}},
		{"quiet words stand under a name", span(report.Span{Text: "Shipping"}, report.Span{Text: "WMS", Kind: report.KindSmall}), stacked, 200, []string{"Shipping", "WMS"}},
		{"after a line break too", span(report.Span{Text: "Shipping"}, report.Span{Kind: report.KindBreak}, report.Span{Text: "WMS", Kind: report.KindSmall}), stacked, 200, []string{"Shipping", "WMS"}},
		{"but run on in a sentence", span(report.Span{Text: "Shipping "}, report.Span{Text: "WMS", Kind: report.KindSmall}), s, 200, []string{"Shipping WMS"}},
		{"a quote has its marks", span(report.Span{Text: "x y", Kind: report.KindQuote}), s, 200, []string{"“x y”"}},
		{"a state says its word", span(report.Span{Kind: report.KindState, State: assess.Failed}), s, 200, []string{"Failed"}},
		{"or its own words", span(report.Span{Kind: report.KindState, State: assess.Failed, Text: "No owner"}), s, 30, []string{"No owner"}[0:0:0]},
		{"the code hangs beside a column of numbers", span(report.Span{Text: "$50,250", Figure: "F-0002"}), numbers, 44, []string{"$50,250 F-0002"}},
		{"two codes hang beside it", span(report.Span{Text: "5", Figure: "F-0001"}, report.Span{Text: " of "}, report.Span{Text: "8", Figure: "F-0002"}), numbers, 30, []string{"5 of 8 F-0001 F-0002"}},
		{"or stand under it", span(report.Span{Text: "5", Figure: "F-0001"}, report.Span{Text: " of "}, report.Span{Text: "8", Figure: "F-0002"}), under, 30, []string{"5 of 8", "F-0001 F-0002"}},
		{"the same code is printed once a line", span(report.Span{Text: "5", Figure: "F-0001"}, report.Span{Text: " and "}, report.Span{Text: "5", Figure: "F-0001"}), s, 200, []string{"5 and 5 F-0001"}},
		{"a count stays whole", span(report.Span{Text: "recovery: "}, report.Span{Text: "0", Figure: "F-0001"}, report.Span{Text: " of "}, report.Span{Text: "4", Figure: "F-0002"}, report.Span{Text: " systems"}), s, 68, []string{"recovery:", "0 of 4", "systems F-0001", "F-0002"}},
		{"a path breaks after its slashes", words("exports/2026-05/recovery_plan.csv"), s, 90, []string{"exports/2026-05/", "recovery_plan.csv"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := broken(t, c.text, c.s, c.width)
			if len(c.want) == 0 { // only that no word is parted
				if strings.Contains(strings.Join(got, "|"), "bb |") || strings.Contains(strings.Join(got, "|"), "No |") {
					t.Errorf("got %q", got)
				}
				return
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestAHeadlineHasEvenLines(t *testing.T) {
	types, err := readTypeface(testFonts(t))
	if err != nil {
		t.Fatal(err)
	}
	ws := types.set(words("Seven of the eight costliest systems lack at least one proof of some kind"), findingSetting, nil)
	plain, even := types.breakLines(ws, 320, findingSetting), types.breakEvenly(ws, 320, findingSetting)
	if len(plain) != 2 || len(even) != 2 {
		t.Fatalf("%d and %d lines", len(plain), len(even))
	}
	if a, b := even[0].width-even[1].width, plain[0].width-plain[1].width; a >= b {
		t.Errorf("lines differ by %.0f points, and by %.0f when they are broken as they run", a, b)
	}
}
