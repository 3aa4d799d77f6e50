package workbook

import (
	"github.com/xuri/excelize/v2"

	"proofpack/generator/assess"
)

// The colours of the plain theme, on white paper. A state is its word in bold
// and a colour, never a colour alone; there is no green.
const (
	ink      = "15202B"
	quiet    = "5C6873"
	rule     = "D8D9D4"
	sunken   = "F1F0EB"
	white    = "FFFFFF"
	proven   = "0F5FB8"
	stale    = "946400"
	failed   = "A80F2A"
	excepted = "55606A"
)

// styles are the numbers of the styles of one workbook.
type styles struct {
	title, note, head, text, absent, number, decimal, formula, formulaDecimal int
	states                                                                    map[assess.State]int
}

func newStyles(f *excelize.File) (*styles, error) {
	whole, decimal := "#,##0", "#,##0.0##"
	line := []excelize.Border{{Type: "bottom", Color: rule, Style: 1}}
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	right := &excelize.Alignment{Vertical: "top", Horizontal: "right"}
	font := func(colour string) *excelize.Font {
		return &excelize.Font{Family: "Calibri", Size: 11, Color: colour}
	}
	bold := func(colour string, size float64) *excelize.Font {
		return &excelize.Font{Family: "Calibri", Size: size, Bold: true, Color: colour}
	}
	slanted := &excelize.Font{Family: "Calibri", Size: 11, Italic: true, Color: quiet}
	s := &styles{states: map[assess.State]int{}}
	var err error
	add := func(to *int, style excelize.Style) {
		if err == nil {
			*to, err = f.NewStyle(&style)
		}
	}
	add(&s.title, excelize.Style{Font: bold(ink, 15), Alignment: &excelize.Alignment{Vertical: "center"}})
	add(&s.note, excelize.Style{Font: font(quiet), Alignment: &excelize.Alignment{Vertical: "top"}})
	add(&s.head, excelize.Style{Font: bold(white, 11), Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{ink}}, Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}})
	add(&s.text, excelize.Style{Font: font(ink), Border: line, Alignment: top})
	add(&s.absent, excelize.Style{Font: slanted, Border: line, Alignment: top})
	add(&s.number, excelize.Style{Font: font(ink), Border: line, Alignment: right, CustomNumFmt: &whole})
	add(&s.decimal, excelize.Style{Font: font(ink), Border: line, Alignment: right, CustomNumFmt: &decimal})
	fill := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{sunken}}
	add(&s.formula, excelize.Style{Font: font(ink), Border: line, Alignment: right, Fill: fill, CustomNumFmt: &whole})
	add(&s.formulaDecimal, excelize.Style{Font: font(ink), Border: line, Alignment: right, Fill: fill, CustomNumFmt: &decimal})
	for _, state := range assess.States {
		id := 0
		add(&id, excelize.Style{Font: bold(stateColour(state), 11), Border: line, Alignment: top})
		s.states[state] = id
	}
	return s, err
}

func stateColour(s assess.State) string {
	switch s {
	case assess.Proven:
		return proven
	case assess.Stale:
		return stale
	case assess.Failed:
		return failed
	case assess.Excepted:
		return excepted
	case assess.NotApplicable:
		return quiet
	case assess.Missing:
	}
	return ink
}
