package report

import (
	"cmp"
	"slices"
	"strings"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// mostRegulated bounds the table of regulated systems on the page.
const mostRegulated = 60

// aRegulated is a system that holds protected data.
type aRegulated struct {
	system *evidence.System
	by     assess.Regulation
}

// regulatedSystems are the systems that hold protected data, by rank, and how
// many nobody says anything of.
func (b *builder) regulatedSystems() (list []aRegulated, unknown []diag.Pos) {
	in := &assess.Input{Set: b.Set, Graph: b.Graph, Policy: b.Policy}
	for i := range b.Set.Systems {
		s := &b.Set.Systems[i]
		switch r := assess.RegulationOf(in, s.ID); r.Holds {
		case evidence.Yes:
			list = append(list, aRegulated{s, r})
		case evidence.Unknown:
			unknown = append(unknown, s.Pos)
		case evidence.No:
		}
	}
	slices.SortStableFunc(list, func(x, y aRegulated) int {
		return cmp.Or(b.bySystemRank(x.system.ID, y.system.ID), cmp.Compare(x.system.ID, y.system.ID))
	})
	return list, unknown
}

// regulated is the page of systems that hold protected data: what they keep,
// for how long, and what is proven of them.
func (b *builder) regulated() *Page {
	list, unknown := b.regulatedSystems()
	p := &Page{
		Path: "regulated.html", Nav: "Regulated", Basis: true, Kicker: "Regulated systems",
		Lede: words("A system is regulated when its data class, or that of a service that needs it, says so. The rule of this report asks for logs and backups to be kept ", b.Policy.Limit("records-kept").Text(), "."),
	}
	if len(list) == 0 {
		p.Title = words("No export names a system that holds protected data")
		p.Sections = []Section{{ID: "none", Kicker: "Regulated systems", Title: words(b.count(len(unknown), "count(systems without a data class)", unknown...), " ", evidence.Noun(len(unknown), "system names", "systems name"), " no data class, so nothing shows that they hold none"),
			Blocks: []Block{Paragraph{Text: words(stateOf(assess.Missing), " Fill in data_class of the inventory and of the services; write “none” where there is no protected data.")}}}}
		return p
	}
	proven := 0
	var rows []diag.Pos
	for _, r := range list {
		for _, f := range b.findings(b.bySubject["system/"+r.system.ID], "REG-01") {
			if f.State == assess.Proven {
				proven++
				rows = append(rows, f.Sources...)
			}
		}
	}
	places := make([]diag.Pos, 0, len(list))
	for _, r := range list {
		places = append(places, r.system.Pos)
	}
	p.Title = words(b.count(proven, "count(regulated systems where REG-01 is proven)", rows...), " of ", b.count(len(list), "count(systems that hold protected data)", places...), " regulated ", evidence.Noun(len(list), "system", "systems"), " ", evidence.Noun(len(list), "is", "are"), " on record as keeping logs and backups as long as the rule asks")
	p.Sections = []Section{b.regulatedTable(list), b.regulatedControls(list)}
	if len(unknown) > 0 {
		p.Sections[0].Blocks = append(p.Sections[0].Blocks, Paragraph{Alert: true, Text: words(b.count(len(unknown), "count(systems without a data class)", unknown...), " further ", evidence.Noun(len(unknown), "system has", "systems have"), " no data class on record, so nothing shows that they hold no protected data.")})
	}
	return p
}

func (b *builder) regulatedTable(list []aRegulated) Section {
	t := Table{Caption: "Regulated systems, the costliest first", Wide: true, Columns: []Column{{Title: "System", Share: .13}, {Title: "Data class, rule", Share: .15}, {Title: "Access review", Share: .13}, {Title: "Logs collected", Share: .12}, {Title: "Logs kept", Num: true, Share: .12}, {Title: "Backups kept", Num: true, Share: .13}, {Title: "Restore proof", Share: .12}, {Title: "State", Share: .1}}}
	rule := int(b.Policy.RecordsKept.Hours() / 24)
	for _, r := range list[:min(len(list), mostRegulated)] {
		s := r.system
		class := words(orWord(r.by.Class, "class not said"))
		class = append(class, words(lineBreak(), small(orWord(r.by.Rule, "no rule named")))...)
		t.Rows = append(t.Rows, TableRow{Cells: []Text{
			words(b.system(s.ID)), class, b.accessReviewed(s.ID), answerWords(s.LogCovered, "not recorded"),
			b.keptFor(s, "log_retention_days", s.LogDays, rule), b.keptFor(s, "backup_retention_days", s.BackupDays, rule),
			words(stateOf(assess.SystemProofs(b.Result, s.ID).Recovery)), b.stateOfCheck("system/"+s.ID, "REG-01"),
		}})
	}
	return Section{ID: "systems", Kicker: "What is kept, and what is proven", Title: words("Access review, logs, backups and restore proof of each regulated system"), Blocks: append([]Block{t}, rest(len(list), mostRegulated)...)}
}

// keptFor is how long records are kept, marked where that is shorter than the
// rule.
func (b *builder) keptFor(s *evidence.System, column string, days evidence.Number, rule int) Text {
	if !days.Known {
		return absent("not recorded")
	}
	text := words(b.figure(evidence.InDays(int(days.Value), column, s.Pos), column+" of "+s.ID))
	if int(days.Value) < rule {
		text = append(text, words(lineBreak(), stateAs(assess.Failed, "too short"))...)
	}
	return text
}

func answerWords(a evidence.Answer, unknown string) Text {
	switch a {
	case evidence.Yes:
		return words("yes")
	case evidence.No:
		return words(stateAs(assess.Failed, "no"))
	case evidence.Unknown:
	}
	return absent(unknown)
}

// stateOfCheck is the worst state of a check about a subject.
func (b *builder) stateOfCheck(subject, check string) Text {
	if all := b.findings(b.bySubject[subject], check); len(all) > 0 {
		return words(stateOf(all[0].State))
	}
	return words(stateOf(assess.Missing))
}

// accessReviewed is when access to a system, or to a service that needs it, was
// last reviewed.
func (b *builder) accessReviewed(system string) Text {
	services := b.Graph.ServicesOf(system)
	var last *evidence.Review
	for i := range b.Set.Reviews {
		v := &b.Set.Reviews[i]
		of := v.System == system || v.Service != "" && slices.Contains(services, v.Service)
		if of && v.Decision != evidence.NotReviewed && (last == nil || v.DecidedAt.After(last.DecidedAt)) {
			last = v
		}
	}
	if last == nil {
		return absent("no review")
	}
	return words(b.figure(evidence.OnDay(last.DecidedAt, "newest decided_at of a review of the system or a service that needs it", last.Pos).As(evidence.ShortDay(last.DecidedAt)), "last access review of "+system), lineBreak(), small("by "+orWord(last.Reviewer, "nobody named")))
}

// regulatedControls is the cross-reference: which findings are evidence relevant
// to which safeguard, without a claim that it is met.
func (b *builder) regulatedControls(list []aRegulated) Section {
	regulated := map[string]bool{}
	for _, r := range list {
		regulated[r.system.ID] = true
	}
	counts := map[string]*assess.Counts{}
	checks := map[string][]string{}
	for i := range b.Result.Findings {
		f := &b.Result.Findings[i]
		if !slices.ContainsFunc(systemsOf(f), func(s string) bool { return regulated[s] }) {
			continue
		}
		for _, id := range f.Check.Controls.HIPAA {
			if counts[id] == nil {
				counts[id] = &assess.Counts{}
			}
			counts[id].Add(f.State)
			if !slices.Contains(checks[id], f.Check.ID) {
				checks[id] = append(checks[id], f.Check.ID)
			}
		}
	}
	ids := make([]string, 0, len(counts))
	for id := range counts {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	t := Table{Caption: "Evidence relevant to safeguards of 45 CFR part 164", Wide: true, Columns: []Column{{Title: "Safeguard", Share: .2}, {Title: "Checks whose findings are relevant to it", Share: .4}, {Title: "Proven", Num: true, Share: .13}, {Title: "Failed", Num: true, Share: .13}, {Title: "Not proven", Num: true, Share: .14}}}
	for _, id := range ids {
		c := counts[id]
		formula := func(state string) string {
			return "count(findings about regulated systems of checks relevant to 45 CFR " + id + " where state = " + state + ")"
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(keep(id)), words(strings.Join(checks[id], ", ")), words(b.count(c.Proven, formula("proven"))), words(b.count(c.Failed, formula("failed"))), words(b.count(c.NotProven(), formula("missing or stale")))}})
	}
	return Section{
		ID: "relevant", Kicker: "Evidence relevant to", Title: words("Findings about regulated systems by the safeguard they are relevant to"),
		Blocks: []Block{Paragraph{Alert: true, Text: words("This is a cross-reference, not a statement of compliance: a proven finding is evidence that somebody may weigh, and a safeguard asks for more than any export can show.")}, t},
	}
}
