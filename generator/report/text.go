package report

import (
	"proofpack/generator/assess"
)

// words puts a line together from strings, spans and texts.
func words(parts ...any) Text {
	var t Text
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			if p != "" {
				t = append(t, Span{Text: p})
			}
		case Span:
			t = append(t, p)
		case Text:
			t = append(t, p...)
		}
	}
	return t
}

func strong(s string) Span        { return Span{Text: s, Kind: KindStrong} }
func small(s string) Span         { return Span{Text: s, Kind: KindSmall} }
func quoted(s string) Span        { return Span{Text: s, Kind: KindQuote} }
func code(s string) Span          { return Span{Text: s, Kind: KindCode} }
func keep(s string) Span          { return Span{Text: s, Keep: true} }
func link(s, href string) Span    { return Span{Text: s, Href: href} }
func stateOf(s assess.State) Span { return Span{Kind: KindState, State: s} }
func lineBreak() Span             { return Span{Kind: KindBreak} }
func stateAs(s assess.State, w string) Span {
	return Span{Kind: KindState, State: s, Text: w}
}

// absent is how a fact that nobody recorded is printed: named, never blank.
func absent(s string) Text { return words(stateAs(assess.Missing, s)) }

// orAbsent is the text, or the absence in words.
func orAbsent(s, absence string) Text {
	if s == "" {
		return absent(absence)
	}
	return words(s)
}

// Plain is the text without links, figures and marks, as report.json and
// labels say it.
func (t Text) Plain() string {
	s := ""
	for _, p := range t {
		switch {
		case p.Kind == KindState && p.Text == "":
			s += StateWord(p.State)
		case p.Kind == KindBreak:
			s += " "
		default:
			s += p.Text
		}
	}
	return s
}

// StateWord is the word of a state as printed.
func StateWord(s assess.State) string {
	switch s {
	case assess.Proven:
		return "Proven"
	case assess.Failed:
		return "Failed"
	case assess.Stale:
		return "Stale"
	case assess.Excepted:
		return "Excepted"
	case assess.NotApplicable:
		return "Not applicable"
	case assess.Missing:
	}
	return "Missing"
}
