package report

import (
	"fmt"
	"strings"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// figuresPerPage is how many figures stand on one page.
const figuresPerPage = 500

// FigureHref is where a figure's formula and rows stand: its page and anchor.
func FigureHref(id string) string {
	n := 0
	if _, err := fmt.Sscanf(id, "F-%d", &n); err != nil || n < 1 {
		return ""
	}
	return figurePath((n-1)/figuresPerPage) + "#" + id
}

func figurePath(page int) string { return fmt.Sprintf("figures/f-%05d.html", page+1) }

// figure registers a figure and answers the span that prints it. The same
// number of the same rows by the same formula has one id wherever it stands.
func (b *builder) figure(f evidence.Figure, says string) Span {
	return Span{Text: f.Text, Figure: b.register(f, says), Keep: len(f.Text) < 24}
}

func (b *builder) register(f evidence.Figure, says string) string {
	var key strings.Builder
	fmt.Fprintf(&key, "%s\x00%s\x00%s\x00%g", f.Text, f.Unit, f.Formula, f.Value)
	for _, p := range f.Sources {
		fmt.Fprintf(&key, "\x00%s\x00%s\x00%d", p.File, p.Sheet, p.Row)
	}
	if id := b.figureIDs[key.String()]; id != "" {
		return id
	}
	id := fmt.Sprintf("F-%04d", len(b.figures)+1)
	b.figureIDs[key.String()] = id
	b.figures = append(b.figures, Figure{ID: id, Text: f.Text, Value: f.Value, Unit: f.Unit, Formula: f.Formula, Says: says, Sources: f.Sources})
	return id
}

// count registers a count of rows.
func (b *builder) count(n int, formula string, sources ...diag.Pos) Span {
	return b.figure(evidence.Count(n, formula, sources...), formula)
}

// money registers an amount.
func (b *builder) money(amount float64, formula string, sources ...diag.Pos) Span {
	return b.figure(evidence.InMoney(amount, b.Set.Currency, formula, sources...), formula)
}

// say is a statement with its figures registered.
func (b *builder) say(s evidence.Statement) Text {
	var t Text
	whole := s.String()
	for _, p := range s.Parts() {
		if p.Figure == nil {
			t = append(t, Span{Text: p.Text})
			continue
		}
		t = append(t, b.figure(*p.Figure, whole))
	}
	return t
}

// counted is a tally of states as a figure-bearing sentence: "18 proven, 5
// failed, 9 not proven of 32"; never a percentage alone.
func (b *builder) counted(t assess.Counts, what string) Text {
	formula := func(state string) string { return "count(" + what + " where state = " + state + ")" }
	text := words(
		b.count(t.Proven, formula("proven")), " proven, ",
		b.count(t.Failed, formula("failed")), " failed, ",
		b.count(t.NotProven(), formula("missing or stale")), " not proven",
	)
	if t.Excepted > 0 {
		text = append(text, words(", ", b.count(t.Excepted, formula("excepted")), " excepted")...)
	}
	if t.NotApplicable > 0 {
		text = append(text, words(", ", b.count(t.NotApplicable, formula("not applicable")), " not applicable")...)
	}
	return append(text, words(" of ", b.count(t.Total(), "count("+what+")"))...)
}

// figurePages list every figure that stands anywhere, with its formula and rows.
func (b *builder) figurePages() []*Page {
	var all []*Page
	for from := 0; from < len(b.figures); from += figuresPerPage {
		to := min(from+figuresPerPage, len(b.figures))
		table := Table{
			Caption: "Figures with their formula and rows",
			Columns: []Column{{Title: "Figure", Share: .09}, {Title: "As printed", Share: .14}, {Title: "Stands in", Share: .27}, {Title: "Formula", Share: .27}, {Title: "Rows", Share: .23}},
			Wide:    true,
		}
		for _, f := range b.figures[from:to] {
			table.Rows = append(table.Rows, TableRow{ID: f.ID, Cells: []Text{
				words(code(f.ID)), words(strong(f.Text)), words(f.Says), words(f.Formula), b.figureRows(f),
			}})
		}
		all = append(all, &Page{
			Path:     figurePath(from / figuresPerPage),
			Crumbs:   []Crumb{{Text: "Method", Href: "method.html"}},
			Kicker:   "Figures",
			Title:    words(fmt.Sprintf("Figures %s to %s: how each was worked out, and from which rows", b.figures[from].ID, b.figures[to-1].ID)),
			Lede:     words("Every number in this report has an address. Follow a figure from any page to its line here, and from here to the rows of the export."),
			Sections: []Section{{ID: "list", Blocks: []Block{table}}},
		})
	}
	return all
}

// mostFigureRows bounds the rows listed beside a figure; report.json has all.
const mostFigureRows = 120

func (b *builder) figureRows(f Figure) Text {
	if len(f.Sources) == 0 {
		return words("worked out from other figures and findings")
	}
	t := b.rows(f.Sources, mostFigureRows)
	if in := b.inputs[f.Sources[0].File+"\x00"+f.Sources[0].Sheet]; in != nil {
		t = append(t, lineBreak(), code(sourceCalled(in)+" SHA-256 "+shortHash(in.SHA256)))
	}
	return t
}

func shortHash(hash string) string { return hash[:min(12, len(hash))] }
