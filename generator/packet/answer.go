package packet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"proofpack/generator/report"
)

// A handed says what is put into an empty column by hand.
type handed int

const (
	byNobody handed = iota
	byBoxes         // boxes to tick, such as Renew and End
	byLine          // a line for initials
	byBoth
)

// An answer is a column of a table that is filled in by hand on paper. Its
// title names the choices, parted by a slash or by "or", and asks for initials.
type answer struct {
	by      handed
	choices []string
	width   float64
}

// answersOf finds the columns that are for writing: empty in every row, with a
// title that offers a choice or asks for initials.
func answersOf(t report.Table) []answer {
	out := make([]answer, len(t.Columns))
	for n, col := range t.Columns {
		empty := len(t.Rows) > 0
		for _, r := range t.Rows {
			if n < len(r.Cells) && !blank(r.Cells[n]) {
				empty = false
			}
		}
		if !empty {
			continue
		}
		title := strings.ToLower(col.Title)
		initials := strings.Contains(title, "initials")
		choices := choicesOf(col.Title)
		switch {
		case len(choices) > 1 && initials:
			out[n] = answer{byBoth, choices, 122}
		case len(choices) > 1:
			out[n] = answer{byBoxes, choices, 40 * float64(len(choices))}
		case initials || strings.Contains(title, "signature"):
			out[n] = answer{byLine, nil, 44}
		}
	}
	return out
}

// choicesOf are the words parted by slashes or by "or" in a title, up to a plus
// or a comma.
func choicesOf(title string) []string {
	title, _, _ = strings.Cut(title, "+")
	title, _, _ = strings.Cut(title, ",")
	var out []string
	for _, s := range strings.Split(strings.ReplaceAll(title, " or ", "/"), "/") {
		if s = printable(strings.TrimSpace(s)); s != "" {
			first, size := utf8.DecodeRuneInString(s)
			out = append(out, string(unicode.ToUpper(first))+s[size:])
		}
	}
	return out
}

var choiceSetting = setting{face: sans, size: 7.6, tone: ink}

// answer draws the boxes and the line of one cell.
func (c *composer) answer(a answer, g *tableGrid, td *element) part {
	s := choiceSetting
	s.size = min(s.size, g.setting.size)
	const tall = 18.0
	choices := c.choices(a.choices, s)
	return &drawn{height: tall + g.pad, draw: func(p *provider, x, y, w, _ float64) {
		p.tagged(td, func() {
			from := x + p.boxes(choices, x, y+g.pad)
			if a.by != byBoxes {
				p.stroke(from, y+tall, x+w-g.gap/2, y+tall, .75, ink)
			}
		})
	}}
}

// The boxes for answers, in points.
const (
	boxSize = 8.5
	boxGap  = 3.0 // between a box and its word
	boxStep = 7.0 // after a word
)

// choices are words set on one line each.
func (c *composer) choices(words []string, s setting) []line {
	out := make([]line, len(words))
	for n, w := range words {
		out[n] = newLine(c.set(report.Text{{Text: w, Keep: true}}, s, nil), s)
	}
	return out
}

// boxes draws a box before each choice, in a row, and returns how long it is.
func (p *provider) boxes(choices []line, x, y float64) float64 {
	from := x
	for _, l := range choices {
		p.tick(x, y, boxSize)
		x += boxSize + boxGap
		for _, r := range l.runs {
			p.write(r.run, x+r.x, y+boxSize/2-l.height/2+l.rise)
		}
		x += l.width + boxStep
	}
	return x - from
}
