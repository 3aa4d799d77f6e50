package report

import (
	"fmt"
	"slices"
	"strings"

	"proofpack/generator/assess"
)

// disciplineNames are the heads of the matrix, long and short.
var disciplineNames = map[assess.Discipline]MatrixHead{
	assess.Monitoring:    {Long: "Monitoring", Short: "Monitor"},
	assess.Patching:      {Long: "Patching", Short: "Patch"},
	assess.Access:        {Long: "Account control", Short: "Access"},
	assess.ChangeControl: {Long: "Change tracking", Short: "Change"},
	assess.Vendors:       {Long: "Vendors", Short: "Vendor"},
	assess.Recovery:      {Long: "Backup and recovery", Short: "Recover"},
	assess.Documentation: {Long: "Documentation", Short: "Docs"},
	assess.Routines:      {Long: "Routines", Short: "Routine"},
}

// legend says what each state means here.
func legend() Legend {
	return Legend{Items: []LegendItem{
		{State: assess.Proven, Means: "a record shows it, in date and within target"},
		{State: assess.Failed, Means: "a record shows it did not work"},
		{State: assess.Missing, Means: "no record in any export"},
		{State: assess.Stale, Means: "a good record, older than policy allows"},
		{State: assess.Excepted, Means: "waived, with why, who and until when"},
	}}
}

// matrixSection is the proof matrix of services by discipline; at most so many
// services, 0 for all.
func (b *builder) matrixSection(cells []assess.Cell, most int) Section {
	counts := assess.CountCells(cells)
	title := words(b.counted(counts, "cells of service x discipline"))
	m := Matrix{Caption: "Proof held for each service, largest exposure first", Corner: "Service, by exposure"}
	for _, d := range assess.Disciplines {
		m.Columns = append(m.Columns, disciplineNames[d])
	}
	by := map[string][]assess.Cell{}
	for _, c := range cells {
		by[c.Service] = append(by[c.Service], c)
	}
	proven := make([]int, len(assess.Disciplines))
	shown := 0
	for i := range b.Ranking.Services {
		if most > 0 && i == most {
			break
		}
		s := &b.Ranking.Services[i]
		sub := ""
		if len(s.Drivers) > 0 {
			sub = "through " + s.Drivers[0].System
		}
		row := MatrixRow{Label: words(b.service(s.ID)), Sub: sub}
		for n, c := range by[s.ID] {
			if c.State == assess.Proven {
				proven[n]++
			}
			row.Cells = append(row.Cells, MatrixCell{
				State: c.State, Href: b.servicePath(s.ID) + "#" + string(c.Discipline),
				Says: fmt.Sprintf("%s, %s: %s", b.serviceName(s.ID), strings.ToLower(disciplineNames[c.Discipline].Long), lower(StateWord(c.State))),
			})
		}
		m.Rows = append(m.Rows, row)
		shown++
	}
	s := Section{ID: "proof", Kicker: "Proof held", Title: title}
	if shown == 0 {
		s.Title = words("No service is named, so no proof can be counted")
		s.Blocks = []Block{Paragraph{Text: absent("Supply the services data set.")}}
		return s
	}
	m.Foot = []string{fmt.Sprintf("Proven, of %d", shown)}
	for _, n := range proven {
		m.Foot = append(m.Foot, fmt.Sprint(n))
	}
	s.Blocks = []Block{legend(), m, Paragraph{Quiet: true, Text: words(link("What counts as proof, and for how long", "rules.html"), " · ", link("The same for every system", "coverage.html"))}}
	return s
}

// coverage is the matrix of systems by discipline.
func (b *builder) coverage() *Page {
	cells := assess.Cells(b.Result, b.Set.Services)
	m := Matrix{Caption: "Proof held for each system", Corner: "System, by exposure"}
	for _, d := range assess.Disciplines {
		m.Columns = append(m.Columns, disciplineNames[d])
	}
	var counts assess.Counts
	for i := range b.Ranking.Systems {
		id := b.Ranking.Systems[i].ID
		sys := b.Set.System(id)
		if sys == nil {
			continue
		}
		row := MatrixRow{Label: words(b.system(id)), Sub: orWord(sys.Kind, "kind unknown")}
		for _, d := range assess.Disciplines {
			state := worstIn(b.bySystem[id], d)
			counts.Add(state)
			row.Cells = append(row.Cells, MatrixCell{State: state, Href: b.systemPath(id) + "#" + string(d), Says: fmt.Sprintf("%s, %s: %s", id, strings.ToLower(disciplineNames[d].Long), lower(StateWord(state)))})
		}
		m.Rows = append(m.Rows, row)
	}
	systems := Section{ID: "systems", Kicker: "Systems", Title: words(b.counted(counts, "cells of system x discipline")), Blocks: []Block{legend(), m}}
	if len(m.Rows) == 0 {
		systems = Section{ID: "systems", Kicker: "Systems", Title: words("No export names a system"), Blocks: []Block{Paragraph{Text: absent("Supply the inventory.")}}}
	}
	return &Page{
		Path: "coverage.html", Nav: "Coverage", Basis: true, Kicker: "Coverage",
		Title:    words("Eight disciplines over ", counted(len(b.Set.Services), "service"), " and ", counted(len(m.Rows), "system"), ": ", b.counted(assess.CountCells(cells), "cells of service x discipline")),
		Lede:     words("The denominator is the inventory joined with every system that any other export names, so nothing drops out of the count by being left out of a list."),
		Sections: []Section{b.matrixSection(cells, 0), systems},
	}
}

// worstIn is the worst state of a discipline among findings; Missing when no
// check has anything to say.
func worstIn(findings []*assess.Finding, d assess.Discipline) assess.State {
	state, any := assess.Missing, false
	for _, f := range findings {
		if f.Check.Discipline == d && (!any || assess.Worse(f.State, state)) {
			state, any = f.State, true
		}
	}
	return state
}

// evidenceOf lists findings discipline by discipline: state, what the record
// says, limit, source.
func (b *builder) evidenceOf(caption string, findings []*assess.Finding) []Section {
	var all []Section
	for _, d := range assess.Disciplines {
		var of []*assess.Finding
		var counts assess.Counts
		for _, f := range findings {
			if f.Check.Discipline == d {
				of = append(of, f)
				counts.Add(f.State)
			}
		}
		title := words(disciplineNames[d].Long, ": ", b.counted(counts, strings.ToLower(disciplineNames[d].Long)+" findings here"))
		if len(of) == 0 {
			all = append(all, Section{ID: string(d), Kicker: disciplineNames[d].Long, Title: words("No check has anything to say, which is missing, not passed"), Blocks: []Block{Paragraph{Text: words(stateOf(assess.Missing), " No record in any export.")}}})
			continue
		}
		all = append(all, Section{ID: string(d), Kicker: disciplineNames[d].Long, Title: title, Blocks: []Block{b.findingTable(caption, of)}})
	}
	return all
}

// ofChecks are the findings of some checks.
func (b *builder) ofChecks(ids ...string) []*assess.Finding {
	var all []*assess.Finding
	for i := range b.Result.Findings {
		if slices.Contains(ids, b.Result.Findings[i].Check.ID) {
			all = append(all, &b.Result.Findings[i])
		}
	}
	return all
}

// findingTable is findings, worst first.
func (b *builder) findingTable(caption string, findings []*assess.Finding) Table {
	findings = slices.Clone(findings)
	slices.SortStableFunc(findings, func(a, c *assess.Finding) int {
		if w := worstFirst(a, c); w != 0 {
			return w
		}
		return strings.Compare(a.ID, c.ID)
	})
	t := Table{Caption: caption, Wide: true, Columns: []Column{{Title: "Check", Share: .1}, {Title: "Of", Share: .13}, {Title: "State", Share: .12}, {Title: "What the record says", Share: .37}, {Title: "Limit", Share: .1}, {Title: "Source", Share: .18}}}
	for _, f := range findings {
		t.Rows = append(t.Rows, TableRow{Cells: []Text{
			words(Span{Text: f.Check.ID, Href: "rules.html#" + strings.ToLower(f.Check.ID), Keep: true}), b.subjectOwned(f), words(stateOf(f.State)), b.findingText(f), words(f.Check.Limit(b.Policy)), b.sources(f.Sources),
		}})
	}
	return t
}

// subject names what a finding is about, leading to its page.
func (b *builder) subject(f *assess.Finding) Text {
	t := words(f.Subject.Name)
	switch f.Subject.Kind {
	case "system":
		t = words(b.system(f.Subject.ID))
	case "service":
		t = words(b.service(f.Subject.ID))
	}
	if f.Part != "" && f.Part != f.Subject.Name {
		t = append(t, words(lineBreak(), Text{small(f.Part)})...)
	}
	return t
}
