package site

import (
	"fmt"
	"html/template"
	"regexp"
	"strings"

	"proofpack/generator/assess"
	"proofpack/generator/chart"
	"proofpack/generator/report"
)

// trusted marks bytes as safe HTML. It is the only place that does: what comes
// here was written by html/template, by chart.AppendEscaped, by chart's pictures
// or by package prose, and by nothing else (audit_test.go holds it to that).
func trusted(b []byte) template.HTML { return template.HTML(b) } //nolint:gosec // G203: the one audited place, see above

// A sheet is one page while it is rendered.
type sheet struct {
	*writer
	page   *report.Page
	base   string
	labels map[string]int // how often a label was used, so that no two regions share one
	err    error          // the first link that can't be written
}

// text renders a line of words.
func (s *sheet) text(t report.Text) template.HTML {
	if len(t) == 0 {
		return ""
	}
	return trusted(s.appendText(nil, t))
}

// title renders a headline. In its large type a name such as DS-PROD-01 stays on
// one line.
func (s *sheet) title(t report.Text) template.HTML {
	if len(t) == 0 {
		return ""
	}
	var b []byte
	for _, span := range t {
		if span.Kind != report.KindPlain || span.Keep || span.Href != "" || span.Figure != "" {
			b = s.appendSpan(b, span)
			continue
		}
		for i, word := range strings.Split(span.Text, " ") {
			if i > 0 {
				b = append(b, ' ')
			}
			b = s.appendSpan(b, report.Span{Text: word, Keep: hyphened.MatchString(word)})
		}
	}
	return trusted(b)
}

// hyphened is a name of parts that headlines and links keep on one line, when no
// phone is too narrow for it.
var hyphened = regexp.MustCompile(`^[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8}){1,2}[.,;:]?$`)

// orNotSet is a line of words, or that nobody set it: a fact is never blank.
func (s *sheet) orNotSet(t report.Text) template.HTML {
	if len(t) == 0 {
		return "not set"
	}
	return s.text(t)
}

// appendText appends a line of words as HTML.
func (s *sheet) appendText(b []byte, t report.Text) []byte {
	for _, span := range t {
		b = s.appendSpan(b, span)
	}
	return b
}

func (s *sheet) appendSpan(b []byte, span report.Span) []byte {
	if span.Kind == report.KindBreak {
		return append(b, "<br>"...)
	}
	open, shut := elements(span.Kind)
	if span.Kind == report.KindSmall { // a block: what leads somewhere stands inside it
		b = append(b, open...)
	}
	href, class := span.Href, ""
	if href == s.page.Path { // a page does not lead to itself
		href = ""
	}
	if span.Figure != "" {
		href, class = report.FigureHref(span.Figure), "fig"
	}
	if span.Keep || span.Href != "" && hyphened.MatchString(span.Text) {
		if class != "" {
			class += " "
		}
		class += "nb"
	}
	tag := ""
	switch {
	case href != "":
		tag = "a"
	case class != "":
		tag = "span"
	}
	if tag != "" {
		b = append(append(b, '<'), tag...)
		b = appendAttr(b, "class", class)
		b = appendAttr(b, "data-figure", span.Figure)
		if href != "" {
			b = appendAttr(b, "href", s.href(href))
		}
		b = append(b, '>')
	}
	switch span.Kind {
	case report.KindState:
		b = appendState(b, span.State, span.Text)
	case report.KindSmall:
		b = chart.AppendEscaped(b, span.Text)
	default:
		b = append(b, open...)
		b = chart.AppendEscaped(b, span.Text)
		b = append(b, shut...)
	}
	if tag != "" {
		b = append(append(append(b, "</"...), tag...), '>')
	}
	if span.Kind == report.KindSmall {
		b = append(b, shut...)
	}
	return b
}

func elements(k report.Kind) (open, shut string) {
	switch k {
	case report.KindStrong:
		return "<strong>", "</strong>"
	case report.KindSmall:
		return "<small>", "</small>"
	case report.KindQuote:
		return "<q>", "</q>"
	case report.KindCode:
		return "<code>", "</code>"
	case report.KindPlain, report.KindState, report.KindBreak:
	}
	return "", ""
}

// appendAttr appends an attribute; none when it would be empty.
func appendAttr(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	b = append(append(append(b, ' '), name...), `="`...)
	return append(chart.AppendEscaped(b, value), '"')
}

// className is the class and glyph of a state.
func className(s assess.State) string {
	for _, known := range assess.States {
		if s == known {
			return s.String()
		}
	}
	return assess.Missing.String()
}

// appendState appends the glyph and the word of a state, or words in its place.
func appendState(b []byte, state assess.State, words string) []byte {
	if words == "" {
		words = report.StateWord(state)
	}
	b = append(b, `<span class="st `...)
	b = append(b, className(state)...)
	b = append(b, `">`...)
	b = appendGlyph(b, state, "")
	b = chart.AppendEscaped(b, words)
	return append(b, `</span>`...)
}

// appendGlyph appends the shape of a state, said in words when it stands alone.
func appendGlyph(b []byte, state assess.State, says string) []byte {
	b = append(b, `<svg`...)
	if says == "" {
		b = append(b, ` aria-hidden="true"`...)
	} else {
		b = append(b, ` role="img"`...)
		b = appendAttr(b, "aria-label", says)
		b = appendAttr(b, "class", className(state))
	}
	b = append(b, ` focusable="false"><use href="#g-`...)
	b = append(b, className(state)...)
	return append(b, `"/></svg>`...)
}

// target is the form of every link we write: a file of the folder, an anchor, or
// both. Nothing else can lead anywhere.
var target = regexp.MustCompile(`^([a-z0-9][a-z0-9_-]*/)*([a-z0-9][a-z0-9._-]*)?(#[A-Za-z0-9][A-Za-z0-9._-]*)?$`)

// href is a link as this page writes it. One that isn't a file of the folder is
// an error of the page.
func (s *sheet) href(to string) string {
	if to == "" {
		return ""
	}
	if !target.MatchString(to) {
		if s.err == nil {
			s.err = fmt.Errorf("link %q is not a file of this folder", to)
		}
		return "#main"
	}
	if to[0] == '#' {
		return to
	}
	return s.base + to
}
