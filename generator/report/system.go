package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/rank"
)

// systemPages are one page a system: by rank, then those that are not ranked.
func (b *builder) systemPages() []*Page {
	var all []*Page
	for i := range b.Ranking.Systems {
		if sys := b.Set.System(b.Ranking.Systems[i].ID); sys != nil {
			all = append(all, b.systemPage(&b.Ranking.Systems[i], sys))
		}
	}
	for i := range b.Set.Systems {
		if sys := &b.Set.Systems[i]; b.rankOf[sys.ID] == 0 {
			all = append(all, b.unrankedPage(sys))
		}
	}
	return all
}

// unrankedPage is the page of a retired system: it stops nothing, and is judged
// only where another export shows it alive.
func (b *builder) unrankedPage(sys *evidence.System) *Page {
	p := &Page{
		Path:   b.systemPath(sys.ID),
		Crumbs: []Crumb{{Text: "Risk ranking", Href: "ranking.html"}},
		Kicker: "System, not ranked",
		Title:  words(sys.ID, " is ", orWord(sys.Status, "not in use"), " by the inventory, so it is not ranked"),
		Lede:   words("It is judged only where another export shows it alive."),
		Sections: []Section{{ID: "facts", Blocks: []Block{Facts{Items: []Fact{
			{Label: words("Owner"), Value: orAbsent(sys.Owner, "no owner"), Note: b.sources([]diag.Pos{sys.Pos})},
			{Label: words("Kind"), Value: orAbsent(sys.Kind, "kind unknown")},
			{Label: words("Operating system"), Value: orAbsent(sys.OS, "not recorded")},
		}}}}},
	}
	p.Sections = append(p.Sections, b.evidenceOf("What each check found for "+sys.ID, b.bySystem[sys.ID])...)
	return p
}

func (b *builder) systemPage(s *rank.System, sys *evidence.System) *Page {
	p := &Page{
		Path:     b.systemPath(s.ID),
		Crumbs:   []Crumb{{Text: "Risk ranking", Href: "ranking.html"}},
		Kicker:   fmt.Sprintf("System, %d of %d", s.Rank, len(b.Ranking.Systems)),
		Title:    b.systemTitle(s, sys),
		Lede:     b.systemLede(s, sys),
		Sections: []Section{{ID: "facts", Blocks: []Block{b.systemFacts(s, sys)}}},
	}
	p.Sections = append(p.Sections, b.restoreSection(s))
	p.Sections = append(p.Sections, b.capacitySections(s.ID, s.Down)...)
	p.Sections = append(p.Sections, b.neglect(sys), b.causeSection(s))
	if len(s.Ladder) > 0 {
		p.Sections = append(p.Sections, b.ladderSection("what stops with "+s.ID, s.Ladder))
	}
	p.Sections = append(p.Sections, b.evidenceOf("What each check found for "+s.ID, b.bySystem[s.ID])...)
	return p
}

func (b *builder) systemTitle(s *rank.System, sys *evidence.System) Text {
	if !sys.InInventory {
		return words(s.ID, " is not in the inventory, though other exports name it")
	}
	for _, t := range b.trendsOf(s.ID) {
		if t.Fills && t.Days(b.Set.AsOf) <= int(b.Policy.Capacity.Warn/(24*time.Hour)) {
			return words(s.ID, " will be full about ", b.figure(t.Full(), "when "+t.Resource+" is full"), ", ", b.stopsClause(s))
		}
	}
	switch b.recoveryStateOf(s.ID) {
	case assess.Proven:
		return words("The recovery of ", s.ID, " is proven, ", b.stopsClause(s))
	case assess.Failed:
		return words("The last recovery of ", s.ID, " failed its test, ", b.stopsClause(s))
	case assess.Stale:
		return words("The proof that ", s.ID, " can be brought back is too old, ", b.stopsClause(s))
	case assess.Missing, assess.Excepted, assess.NotApplicable:
	}
	return words("Nothing on record shows that ", s.ID, " can be brought back, ", b.stopsClause(s))
}

func (b *builder) stopsClause(s *rank.System) Text {
	if len(s.Down) == 0 {
		return words("and no service stops with it alone")
	}
	return words("and ", b.services(s.Down), " ", evidence.Noun(len(s.Down), "stops", "stop"), " with it")
}

func (b *builder) systemLede(s *rank.System, sys *evidence.System) Text {
	lede := words(upper(orWord(sys.Kind, "a system of unknown kind")), ". ")
	if len(s.DownSystems) > 0 {
		lede = append(lede, words("If it stops, ", b.count(len(s.DownSystems), "count(systems that stop with "+s.ID+")", b.systemRows(s.DownSystems)...), " other ", evidence.Noun(len(s.DownSystems), "system stops", "systems stop"), ": ", b.systems(s.DownSystems), ". ")...)
	} else {
		lede = append(lede, words("No other system stops with it. ")...)
	}
	lede = append(lede, words("Bringing back what is lost with it takes about ", keep(hoursWords(s.Hours[rank.Likely])), ", ", measuredWord(s.Measured), ".")...)
	return lede
}

func (b *builder) systemRows(ids []string) []diag.Pos {
	var rows []diag.Pos
	for _, id := range ids {
		if s := b.Set.System(id); s != nil {
			rows = append(rows, s.Pos)
		}
	}
	return rows
}

func (b *builder) systemFacts(s *rank.System, sys *evidence.System) Facts {
	support := Fact{Label: words("Vendor support"), Value: absent("end not recorded")}
	if !sys.SupportEnds.IsZero() {
		ended := evidence.DaysBetween(sys.SupportEnds, b.Set.AsOf)
		support.Value = words("until ", keep(evidence.ShortDay(sys.SupportEnds)))
		if ended > 0 {
			support.Value = words("ended ", keep(evidence.ShortDay(sys.SupportEnds)))
			support.Note = words(b.figure(evidence.InDays(ended, "as-of - support_ends", sys.Pos), "support of "+s.ID+" ended"), " ago")
		}
	}
	seen := Fact{Label: words("Last seen"), Value: absent("no tool reports it")}
	if !sys.LastSeen.IsZero() {
		seen.Value = words(keep(evidence.ShortDay(sys.LastSeen)))
	}
	runs := Fact{Label: words("Runs on"), Value: words("nothing named")}
	if len(sys.RunsOn) > 0 {
		runs.Value = b.systems(sys.RunsOn)
	}
	if len(sys.DependsOn) > 0 {
		runs.Note = words("needs ", b.systems(sys.DependsOn))
	}
	carried := Fact{Label: words("Runs on it"), Value: words("nothing named")}
	if on := b.Graph.RunningOn(s.ID); len(on) > 0 {
		carried.Value = b.systems(on)
	}
	exposure := Fact{Label: words("Exposure, ", keep(evidence.Of(s.Exposure.Days, "day", "days"))), Value: b.high(s.Exposure, "high bound of "+s.ID+": "+exposureFormula)}
	if s.Exposure.Known {
		exposure.Note = words("high bound; likely ", b.amount(s.Exposure.Likely, s.Exposure, "likely value of "+s.ID+": "+exposureFormula))
	}
	monitored := words(stateAs(assess.Missing, "not recorded"))
	switch sys.Monitored {
	case evidence.Yes:
		monitored = words("yes, says the inventory")
	case evidence.No:
		monitored = words(stateAs(assess.Failed, "no"))
	case evidence.Unknown:
	}
	names := words("known as ", code(sys.ID))
	if sys.Name != "" && sys.Name != sys.ID {
		names = words("known as ", code(sys.Name))
	}
	return Facts{Items: []Fact{
		{Label: words("Owner"), Value: orAbsent(sys.Owner, "no owner"), Note: b.sources([]diag.Pos{sys.Pos})},
		{Label: words("Operating system"), Value: orAbsent(sys.OS, "not recorded"), Note: names},
		support, seen, runs, carried, exposure,
		{Label: words("Monitored"), Value: monitored},
	}}
}

// neglect lists which of the five signs of neglect hold: the line that the
// article asks for. A sign that nothing can show is said to be missing.
func (b *builder) neglect(sys *evidence.System) Section {
	n := b.signs(sys.ID)
	t := Table{Caption: "Signs of neglect", Columns: []Column{{Title: "Of", Share: .14}, {Title: "Says", Share: .22}, {Title: "What the record says", Share: .42}, {Title: "Source", Share: .22}}}
	for k, s := range n.signs {
		says := absent(s.says)
		switch {
		case s.holds:
			says = words(stateAs(assess.Failed, s.says))
		case s.absent:
			says = words(s.says)
		}
		text, sources := absent("no record in any export"), absent("no row found")
		if s.finding != nil {
			text, sources = b.findingText(s.finding), b.sources(s.finding.Sources)
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(strong(signHeads[k])), says, text, sources}})
	}
	sec := Section{ID: "neglect", Kicker: "Neglect", Title: words("No sign of neglect is on record for ", sys.ID), Blocks: []Block{t}}
	if held := n.held(); held > 0 {
		sec.Title = words(b.count(held, "count(signs of neglect that hold for "+sys.ID+")"), " of five signs of neglect ", evidence.Noun(held, "holds", "hold"), " for ", sys.ID, ": ", b.signWords(&n))
	}
	return sec
}

// causeSection is the arithmetic of a system's exposure, so that a reader can
// redo it with a calculator.
func (b *builder) causeSection(s *rank.System) Section {
	t := Table{Caption: "Causes", Wide: true, Columns: []Column{
		{Title: "Cause", Share: .34}, {Title: "P low", Num: true, Share: .09}, {Title: "P likely", Num: true, Share: .09}, {Title: "P high", Num: true, Share: .09},
		{Title: "Loss low", Num: true, Share: .13}, {Title: "Loss likely", Num: true, Share: .13}, {Title: "Loss high", Num: true, Share: .13},
	}}
	for _, c := range s.Causes {
		label := words(c.Name)
		if c.Missing {
			label = words(stateAs(assess.Missing, c.Name), " not excluded at the high bound")
		}
		row := TableRow{Cells: []Text{label}}
		for _, p := range c.P {
			row.Cells = append(row.Cells, words(percent(p)))
		}
		for _, l := range c.Loss {
			if !s.Exposure.Known {
				row.Cells = append(row.Cells, absent("not declared"))
				continue
			}
			row.Cells = append(row.Cells, words(evidence.Money(whole(l), b.Set.Currency)))
		}
		t.Rows = append(t.Rows, row)
	}
	sec := Section{ID: "causes", Kicker: "Why it ranks here", Title: words("What can stop ", s.ID, ", how likely within ", evidence.Of(s.Exposure.Days, "day", "days"), ", and what one event costs")}
	if len(t.Rows) == 0 {
		sec.Blocks = []Block{Paragraph{Text: absent("No cause could be worked out.")}}
		return sec
	}
	sec.Blocks = []Block{t, Paragraph{Quiet: true, Text: words("Exposure takes the costliest cause first: each loss x its probability x the probability that nothing costlier happened. ", link("The method, with an example", "method.html"))}}
	if len(s.Elements) > 0 {
		sec.Blocks = append(sec.Blocks, b.elementTable(s))
	}
	return sec
}

func (b *builder) elementTable(s *rank.System) Table {
	t := Table{Caption: "Time to bring back what is lost with it", Columns: []Column{{Title: "Brought back", Share: .25}, {Title: "Low", Num: true, Share: .1}, {Title: "Likely", Num: true, Share: .1}, {Title: "High", Num: true, Share: .1}, {Title: "From", Share: .45}}}
	for _, e := range s.Elements {
		label := words(e.System)
		if b.Set.System(e.System) != nil {
			label = words(b.system(e.System))
		}
		from := words(e.From)
		if len(e.Figure.Sources) > 0 {
			from = append(from, words(" ", b.sources(e.Figure.Sources))...)
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{label, words(hoursWords(e.Hours[rank.Low])), words(hoursWords(e.Hours[rank.Likely])), words(hoursWords(e.Hours[rank.High])), from}})
	}
	return t
}

func percent(p float64) string {
	switch {
	case p <= 0:
		return "0%"
	case p >= 1:
		return "100%"
	case p < .01:
		return "under 1%"
	}
	return fmt.Sprintf("%.0f%%", p*100)
}

func whole(v float64) float64 { return float64(int64(v + .5)) }

// restoreSection is what was ever restored of a system.
func (b *builder) restoreSection(s *rank.System) Section {
	tests := b.restoresOf(s.ID)
	if len(tests) == 0 {
		return Section{ID: "restores", Kicker: "Restore tests", Title: words("No restore of ", s.ID, " is on record"), Blocks: []Block{Paragraph{Text: words(stateOf(assess.Missing), " No row of any export shows that it was ever brought back.")}}}
	}
	return b.restoreHistory(s.ID, tests)
}

func (b *builder) restoresOf(system string) []*evidence.RestoreTest {
	var all []*evidence.RestoreTest
	for i := range b.Set.Restores {
		if b.Set.Restores[i].System == system {
			all = append(all, &b.Set.Restores[i])
		}
	}
	slices.SortStableFunc(all, func(a, c *evidence.RestoreTest) int { return a.TestedOn.Compare(c.TestedOn) })
	return all
}

func lower(s string) string { return strings.ToLower(s) }

func slugWord(s string) string { return strings.ReplaceAll(strings.ToLower(s), " ", "-") }

func lowerAnd(names []string) string {
	low := make([]string, len(names))
	for i, n := range names {
		low[i] = lower(n)
	}
	return evidence.And(low)
}
