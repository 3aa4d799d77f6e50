package packet

import (
	"strings"
	"unicode/utf8"

	"proofpack/generator/assess"
	"proofpack/generator/report"
)

// leading is the height of a line of text, in sizes of its type.
const leading = 1.28

// A setting is how a text is set.
type setting struct {
	face    face
	size    float64 // points
	lead    float64 // height of a line in sizes; 0: leading
	track   float64 // space between letters, in sizes; headlines are set tighter
	tone    tone
	numbers bool // a column of numbers: figures of one width, codes hung beside them
	below   bool // the code of a figure stands under it, where there is no room beside it
	stacked bool // quiet spans stand on a line of their own, as under the name in a table
}

func (s setting) lineHeight() float64 {
	if s.lead == 0 {
		return s.size * leading
	}
	return s.size * s.lead
}

// A run is a stretch of characters of one face, or the glyph of a state.
type run struct {
	text  string
	face  face
	size  float64
	track float64
	tone  tone
	code  bool // the code of a figure
	glyph bool // draw the glyph of state; text is empty
	state assess.State
	to    string // id of the packet page it leads to; "" none
	width float64
}

// like tells whether two runs can be drawn as one.
func (r run) like(o run) bool {
	return !r.glyph && !o.glyph && r.face == o.face && r.size == o.size && r.track == o.track &&
		r.tone == o.tone && r.code == o.code && r.to == o.to
}

// A word is what stays on one line.
type word struct {
	runs  []run
	width float64
	space float64 // before it, on the same line
	fresh bool    // begins a line
}

// A setter turns spans into words.
type setter struct {
	*typeface
	base  setting
	known func(id string) bool // the pages of the packet that a span may lead to
	words []word
	open  bool    // the last word goes on
	gap   float64 // space before the next word
	fresh bool    // the next word begins a line
	codes []run   // the codes of figures, waiting for the end of the line they stand on
}

// set turns a text into words.
func (t *typeface) set(text report.Text, s setting, known func(string) bool) []word {
	w := &setter{typeface: t, base: s, known: known}
	for _, span := range text {
		w.span(span)
	}
	w.flushCodes()
	return glued(w.words)
}

func (w *setter) span(s report.Span) {
	r := run{face: w.base.face, size: w.base.size, track: w.base.track, tone: w.base.tone}
	if w.base.numbers {
		r.face = r.face.figures()
	}
	words := printable(s.Text)
	if w.known != nil && s.Href != "" {
		if id, _, _ := strings.Cut(s.Href, "#"); w.known(id) {
			r.to = id
		}
	}
	switch s.Kind {
	case report.KindBreak:
		w.flushCodes()
		w.line()
		return
	case report.KindStrong:
		r.face = r.face.strong()
	case report.KindSmall:
		if w.base.stacked && !w.fresh {
			w.flushCodes()
			w.line()
		}
		r.face, r.size, r.tone, r.track = sans, r.size*.9, ink2, 0
	case report.KindQuote:
		words = "“" + words + "”"
	case report.KindCode:
		r.face, r.size, r.track = mono, r.size*.92, 0
	case report.KindState:
		if words == "" {
			words = report.StateWord(s.State)
		}
		w.state(s.State, r)
		r.face, r.track, r.tone = sansStrong, 0, toneOfState(s.State)
		if s.State == assess.NotApplicable {
			r.face = sans
		}
	case report.KindPlain:
	}
	w.add(words, r, s.Keep || s.Kind == report.KindState && len(words) <= longState)
	if s.Figure != "" {
		w.keepCode(printable(s.Figure), r)
	}
	if s.Kind == report.KindSmall && w.base.stacked && !w.fresh {
		w.flushCodes()
		w.line()
	}
}

// longState is how long the words of a state may be, in bytes, and stay on one
// line.
const longState = 20

// state puts the glyph of a state before its word.
func (w *setter) state(s assess.State, r run) {
	w.begin()
	last := &w.words[len(w.words)-1]
	g := run{glyph: true, state: s, size: r.size, tone: toneOfState(s), width: r.size * 1.42}
	last.runs = append(last.runs, g)
	last.width += g.width
}

// keepCode keeps the code of a figure until the line it stands on ends, so that
// a sentence reads without a break. The same code is printed once a line.
func (w *setter) keepCode(code string, r run) {
	for _, c := range w.codes {
		if c.text == code {
			return
		}
	}
	size := max(4.8, min(6.2, r.size*.62))
	w.codes = append(w.codes, run{text: code, code: true, face: sans, size: size, tone: ink3, to: r.to})
}

// flushCodes puts the codes of figures behind the words they belong to: the
// first beside the last word, the others where a line may break.
func (w *setter) flushCodes() {
	for i, r := range w.codes {
		switch {
		case i > 0:
			w.open = false
			w.gap = w.typeface.width(" ", r.face, r.size) * 1.5
		case w.base.below:
			w.line()
		default:
			blanks := " "
			if w.base.size > 2*r.size { // a blank of small type is too little beside large
				blanks = "  "
			}
			w.open = len(w.words) > 0
			r.text = blanks + r.text
		}
		w.letters(r.text, r)
	}
	w.codes = nil
}

// add puts words after those before; keep holds them together.
func (w *setter) add(words string, r run, keep bool) {
	for words != "" {
		c, size := utf8.DecodeRuneInString(words)
		switch {
		case c == '\n':
			w.line()
			words = words[size:]
		case (c == ' ' || c == emSpace) && !keep:
			w.open = false
			w.gap = w.typeface.width(string(c), r.face, r.size) + float64(r.track*r.size)
			words = words[size:]
		default:
			end := strings.IndexAny(words, " \n"+string(emSpace))
			if keep {
				end = strings.IndexByte(words, '\n')
			}
			if end < 0 {
				end = len(words)
			}
			w.letters(words[:end], r)
			words = words[end:]
		}
	}
}

// emSpace is a wide blank at which a line may break.
const emSpace = '\u2003'

// line ends the line, also when nothing stands on it.
func (w *setter) line() {
	if w.fresh {
		w.words = append(w.words, word{fresh: true})
	}
	w.open, w.fresh, w.gap = false, len(w.words) > 0, 0
}

// begin makes sure that there is a word to add to.
func (w *setter) begin() {
	if w.open {
		return
	}
	w.words = append(w.words, word{space: w.gap, fresh: w.fresh})
	w.open, w.fresh, w.gap = true, false, 0
}

// letters adds characters to the open word, each in the first face that has it.
func (w *setter) letters(s string, r run) {
	w.begin()
	last := &w.words[len(w.words)-1]
	for _, part := range w.faces(s, r.face) {
		p := r
		p.face, p.text = part.face, part.text
		p.width = w.typeface.width(p.text, p.face, p.size) + float64(p.track*p.size*float64(utf8.RuneCountInString(p.text)))
		last.width += p.width
		if n := len(last.runs) - 1; n >= 0 && last.runs[n].like(p) {
			last.runs[n].text += p.text
			last.runs[n].width += p.width
			continue
		}
		last.runs = append(last.runs, p)
	}
}

// A stretch is characters that one face prints.
type stretch struct {
	text string
	face face
}

// faces parts a string by the face that has each character. What no face has
// becomes a token.
func (t *typeface) faces(s string, f face) []stretch {
	var out []stretch
	put := func(text string, in face) {
		if n := len(out) - 1; n >= 0 && out[n].face == in {
			out[n].text += text
			return
		}
		out = append(out, stretch{text, in})
	}
	from := 0
	for i, r := range s {
		if t.fonts[f].has(r) {
			continue
		}
		if i > from {
			put(s[from:i], f)
		}
		from = i + utf8.RuneLen(r)
		if in, ok := t.of(f, r); ok {
			put(string(r), in)
		} else {
			put(token(r), f)
		}
	}
	if from < len(s) {
		put(s[from:], f)
	}
	return out
}
