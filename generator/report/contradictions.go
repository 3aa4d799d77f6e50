package report

import (
	"cmp"
	"slices"
	"strings"

	"proofpack/generator/assess"
	"proofpack/generator/evidence"
)

// contradictions is the page of rows that cannot both be good news.
func (b *builder) contradictions() *Page {
	sec := b.contradictionSection(0)
	return &Page{Path: "contradictions.html", Nav: "Contradictions", Basis: true, Kicker: "Contradictions", Title: sec.Title,
		Lede:     words("Two rows about one system, from two exports or two jobs, that cannot both be good news. Neither tool shows it alone."),
		Sections: []Section{{ID: "all", Blocks: sec.Blocks}}}
}

// contradictionSection quotes contradictions by impact; at most so many, 0 for all.
func (b *builder) contradictionSection(most int) Section {
	all := b.rankedContradictions()
	n := len(all)
	sec := Section{ID: "contradictions", Kicker: "Contradictions"}
	if n == 0 {
		sec.Title = words("No two exports contradict each other about a system")
		sec.Blocks = []Block{Paragraph{Text: words("The comparison needs both sides: where an export is absent, nothing can contradict it.")}}
		return sec
	}
	sec.Title = words(b.count(n, "count(contradictions)"), " ", evidence.Noun(n, "contradiction", "contradictions"), " between exports")
	shown := all
	if most > 0 && n > most {
		shown = all[:most]
	}
	for _, c := range shown {
		subject := words(c.Subject.Name)
		switch c.Subject.Kind {
		case "system":
			subject = words(b.system(c.Subject.ID))
		case "service":
			subject = words(b.service(c.Subject.ID))
		}
		sec.Blocks = append(sec.Blocks, Contrast{ID: c.ID, Subject: subject, Says: words(b.say(c.Says), " ", upper(strings.TrimSuffix(c.Means, ".")), "."), A: b.quote(c.A), B: b.quote(c.B)})
	}
	if n > len(shown) {
		sec.Blocks = append(sec.Blocks, Paragraph{Quiet: true, Text: words(link("All "+counted(n, "contradiction"), "contradictions.html"))})
	}
	return sec
}

// rankedContradictions are the contradictions, first the one of largest impact of
// each rule, then the second of each: a rule that holds of many systems does not
// hide another.
func (b *builder) rankedContradictions() []*assess.Contradiction {
	all := make([]*assess.Contradiction, 0, len(b.Result.Contradictions))
	for i := range b.Result.Contradictions {
		all = append(all, &b.Result.Contradictions[i])
	}
	slices.SortStableFunc(all, func(x, y *assess.Contradiction) int { return cmp.Compare(b.impactOf(x), b.impactOf(y)) })
	turn, seen := map[*assess.Contradiction]int{}, map[string]int{}
	for _, c := range all {
		turn[c] = seen[c.ID]
		seen[c.ID]++
	}
	slices.SortStableFunc(all, func(x, y *assess.Contradiction) int {
		return cmp.Or(cmp.Compare(turn[x], turn[y]), cmp.Compare(x.ID, y.ID))
	})
	return all
}

// impactOf is the rank of the first service that a contradiction touches.
func (b *builder) impactOf(c *assess.Contradiction) int {
	best := 1 << 20
	ids := []string{c.Subject.Service}
	system := c.Subject.System
	if c.Subject.Kind == "system" {
		system = c.Subject.ID
	}
	if c.Subject.Kind == "service" {
		ids = append(ids, c.Subject.ID)
	}
	if system != "" {
		ids = append(ids, b.Graph.ServicesOf(system)...)
	}
	for i := range b.Ranking.Services {
		if slices.Contains(ids, b.Ranking.Services[i].ID) {
			best = min(best, b.Ranking.Services[i].Rank)
		}
	}
	return best
}

func (b *builder) quote(q assess.Quote) Quoted {
	if q.Pos.Row == 0 {
		return Quoted{Label: words(q.DataSet), Text: q.Text}
	}
	return Quoted{Label: words(link(called(q.Pos)+rowWords(q.Pos), b.rowPath(q.Pos))), Text: q.Text}
}
