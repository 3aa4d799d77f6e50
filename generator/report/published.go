package report

import (
	"fmt"
	"strings"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
)

// treatmentWords say what a reader sees of a column.
var treatmentWords = map[config.Treatment]string{
	config.Show:      "shown",
	config.Mask:      "masked: the first character and dots",
	config.Pseudonym: "a pseudonym, the same in every place and month",
	config.Drop:      "left out",
}

// publishSection says which columns readers do not see, and who decided it.
func (b *builder) publishSection() Section {
	rules := Table{Caption: "Columns that are treated", Columns: []Column{{Title: "Data set", Share: .16}, {Title: "Column", Share: .2}, {Title: "Published as", Share: .34}, {Title: "Set by", Share: .3}}}
	for _, r := range b.Publish.Rules(b.Set) {
		by := words("default, judgement: " + r.Why)
		if r.Own() {
			by = words("the configuration (line ", evidence.Whole(r.Line), "); its values are hidden wherever they stand")
		}
		rules.Rows = append(rules.Rows, TableRow{Cells: []Text{words(r.DataSet), words(code(r.Column)), words(treatmentWords[r.Treatment]), by}})
	}
	sources := Table{Caption: "Columns of each source that readers do not see", Columns: []Column{{Title: "Source", Share: .3}, {Title: "Left out: claimed by nothing", Share: .4}, {Title: "Left out or changed by a rule", Share: .3}}}
	n := 0
	for i := range b.Set.Inputs {
		in := &b.Set.Inputs[i]
		c := b.Publish.Columns(in)
		n += len(c.Unclaimed) + len(c.Dropped)
		if len(c.Withheld()) == 0 {
			continue
		}
		sources.Rows = append(sources.Rows, TableRow{Cells: []Text{words(sourceCalled(in)), words(orWord(strings.Join(c.Unclaimed, ", "), "none")), words(orWord(strings.Join(append(c.Dropped, c.Masked...), ", "), "none"))}})
	}
	sec := Section{ID: "published", Kicker: "Published", Title: words(b.count(n, "count(columns of sources that stand on no page)"), " ", evidence.Noun(n, "column is", "columns are"), " not published")}
	sec.Blocks = append(sec.Blocks, Paragraph{Text: words("Columns that nothing claims are not published unless the configuration shows them. Exports as received stand in the archive only.")})
	if len(rules.Rows) > 0 {
		sec.Blocks = append(sec.Blocks, rules)
	}
	if k := b.Publish.Ordinary(); k > 0 {
		sec.Blocks = append(sec.Blocks, Paragraph{Quiet: true, Text: words(evidence.Of(k, "hidden value is", "hidden values are"), " a plain word, a number or a date: hidden in the own column, and left in sentences, which need the word.")})
	}
	if len(sources.Rows) > 0 {
		sec.Blocks = append(sec.Blocks, sources)
	}
	if waived := b.Publish.Waivers(); len(waived) > 0 {
		t := Table{Caption: "Secrets that are waived", Columns: []Column{{Title: "Row", Share: .3}, {Title: "What was masked", Share: .2}, {Title: "Why it may stay in the export", Share: .3}, {Title: "Who says so", Share: .2}}}
		for _, w := range waived {
			t.Rows = append(t.Rows, TableRow{Cells: []Text{words(fmt.Sprintf("%s row %d", w.File, w.Row)), words(orWord(strings.Join(w.Kinds, ", "), "nothing was found there")), words(w.Why), words(w.By)}})
		}
		sec.Blocks = append(sec.Blocks, t)
	}
	return sec
}
