package report

import (
	"strings"

	"proofpack/generator/assess"
	"proofpack/generator/evidence"
)

// rules is the page of every limit used, and who set it, and of every check.
func (b *builder) rules() *Page {
	own := 0
	t := Table{Caption: "Limits", Wide: true, Columns: []Column{{Title: "Limit", Share: .24}, {Title: "Value", Num: true, Share: .16}, {Title: "What it limits", Share: .32}, {Title: "Used by", Share: .1}, {Title: "Set by", Share: .18}}}
	for _, l := range b.Policy.Limits {
		by := l.Source
		if l.Line > 0 {
			own++
			by = orWord(b.Policy.SetBy, "the configuration, nobody named") + " (line " + evidence.Whole(l.Line) + ")"
		}
		t.Rows = append(t.Rows, TableRow{ID: "limit-" + strings.NewReplacer(".", "-").Replace(l.Name), Cells: []Text{words(code(l.Name)), words(l.Text()), words(upper(l.Means)), orAbsentQuiet(l.Checks, "figures"), words(by)}})
	}
	checks := Table{Caption: "Checks", Wide: true, Columns: []Column{{Title: "Check", Share: .08}, {Title: "Question", Share: .28}, {Title: "Limit", Share: .12}, {Title: "Needs", Share: .12}, {Title: "What closes it", Share: .2}, {Title: "Evidence relevant to", Share: .2}}}
	for i := range assess.Checks {
		c := assess.Checks[i]
		checks.Rows = append(checks.Rows, TableRow{ID: strings.ToLower(c.ID), Cells: []Text{words(strong(c.ID)), words(c.Question, lineBreak(), Text{small(c.Why)}), words(c.Limit(b.Policy), lineBreak(), Text{small(c.LimitFrom)}), words(strings.Join(c.Needs, ", ")), words(c.Closes), words(controlWords(c.Controls))}})
	}
	return &Page{Path: "rules.html", Nav: "Rules", Basis: true, Kicker: "Rules used",
		Title: words(upper(counted(len(assess.Checks), "check")), " and ", counted(len(t.Rows), "limit"), " were used; ", b.count(own, "count(limits that the configuration sets)"), " of the limits ", evidence.Noun(own, "is", "are"), " set by this company"),
		Lede:  words("Every limit is printed with who set it. \"Judgement\" means that nobody published a figure and ours is a choice. Control ids are a cross-reference: evidence relevant to a control, never a claim of compliance."),
		Sections: append(b.changedLimits(), []Section{
			{ID: "limits", Kicker: "Limits", Title: words("Limits and figures of judgement, and who set them"), Blocks: []Block{t}},
			{ID: "checks", Kicker: "Checks", Title: words("What each check asks, and what would close it"), Blocks: []Block{checks}},
		}...)}
}

func orAbsentQuiet(s, otherwise string) Text { return words(orWord(s, otherwise)) }

func controlWords(c assess.Controls) string {
	var parts []string
	for _, g := range []struct {
		name string
		ids  []string
	}{{"NIST CSF 2.0", c.CSF}, {"SP 800-53", c.SP80053}, {"CIS", c.CIS}, {"45 CFR", c.HIPAA}, {"ISO/IEC 27001", c.ISO}} {
		if len(g.ids) > 0 {
			parts = append(parts, g.name+" "+strings.Join(g.ids, ", "))
		}
	}
	if len(parts) == 0 {
		return "no honest counterpart"
	}
	return strings.Join(parts, "; ")
}

// checksOf are the ids of checks that need a data set.
func (b *builder) checksOf(dataSet string) []string {
	var ids []string
	for i := range assess.Checks {
		for _, d := range assess.Checks[i].Needs {
			if d == dataSet {
				ids = append(ids, assess.Checks[i].ID)
				break
			}
		}
	}
	return ids
}
