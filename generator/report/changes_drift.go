package report

import (
	"slices"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// differenceSection is what differs from last month's inventory, with the
// change behind it or "no matching change"; most 0: all of it.
func (b *builder) differenceSection(most int) Section {
	sec := Section{ID: "drift", Kicker: "Drift"}
	last := b.Set.Last()
	if last == nil {
		sec.Title = words("Nothing to compare this month's inventory with")
		sec.Blocks = []Block{Paragraph{Text: absent("no earlier month"), Alert: true}, Paragraph{Text: words("Operating system, version and configuration hash of every system are kept in the archive of this month, and compared with the next.")}}
		return sec
	}
	p, month := b.changePicture(), monthName(last.Name)
	all := b.ofChecks("CHG-04")
	sec.Title = words(b.count(len(p.unrecorded), "count(systems that differ from last month's inventory without a change record)", sourcesOf(p.unrecorded)...), " of ", b.count(len(all), "count(systems of this inventory and of last month's)"), " ", evidence.Noun(len(all), "system", "systems"), " ", evidence.Noun(len(p.unrecorded), "differs", "differ"), " from ", month, " without a change record")
	if len(p.drifts) > 0 {
		sec.Blocks = b.differenceTable(month, most)
	} else {
		sec.Blocks = []Block{Paragraph{Text: words("No attribute that stands in both inventories differs.")}}
	}
	listed := map[string]bool{}
	for _, d := range p.drifts {
		listed[d.System] = true
	}
	var unknown []string
	for _, f := range all {
		if f.State != assess.Proven && !listed[f.Subject.ID] {
			unknown = append(unknown, f.Subject.ID)
		}
	}
	if n := len(unknown); n > 0 {
		slices.SortFunc(unknown, b.bySystemRank)
		sec.Blocks = append(sec.Blocks, Paragraph{Alert: true, Text: words(b.count(n, "count(systems without a proof by CHG-04 and without a difference)"), " ", evidence.Noun(n, "system", "systems"), " could not be compared, for the inventory of ", month, " holds nothing to compare with: ", b.someSystems(unknown), ".")})
	}
	return sec
}

// differenceTable lists the differences; most 0: all of them.
func (b *builder) differenceTable(month string, most int) []Block {
	p := b.changePicture()
	t := Table{Caption: "Differences to the inventory of " + month, Wide: true, Columns: []Column{{Title: "System", Share: .15}, {Title: "What", Share: .15}, {Title: "In " + month, Share: .2}, {Title: "Now", Share: .2}, {Title: "Change behind it", Share: .2}, {Title: "Row", Share: .1}}}
	list := p.drifts
	if most > 0 {
		list = list[:min(len(list), most)]
	}
	for i := range list {
		t.Rows = append(t.Rows, TableRow{Cells: b.differenceCells(&list[i])})
	}
	blocks := []Block{t}
	if rest := len(p.drifts) - len(list); rest > 0 {
		blocks = append(blocks, Paragraph{Quiet: true, Text: words(evidence.Of(rest, "further difference is", "further differences are"), " on the Changes page of the site.")})
	}
	return blocks
}

func (b *builder) differenceCells(d *assess.Drift) []Text {
	row := absent("none in this inventory")
	if d.Row.Row > 0 {
		row = b.sources([]diag.Pos{d.Row})
	}
	if d.Attribute == "" {
		return []Text{words(b.system(d.System)), words("the system itself"), words("in the inventory"), absent("not in the inventory"), absent("not on record"), row}
	}
	behind := words(stateAs(assess.Failed, "no matching change"))
	switch {
	case d.Now == "":
		behind = words("cannot be told")
	case len(d.By) > 0:
		behind = b.changeLinks(d.By)
	case len(d.Maybe) > 0:
		behind = words(stateAs(assess.Missing, "perhaps"), " ", b.changeLinks(d.Maybe))
	}
	return []Text{words(b.system(d.System)), words(assess.AttributeWords(d.Attribute)), words(clipped(d.Was, 40)), orAbsent(clipped(d.Now, 40), "no longer recorded"), behind, row}
}

// changeLinks names changes, each leading to its row; the rest are counted.
func (b *builder) changeLinks(changes []*evidence.Change) Text {
	var t Text
	for i, c := range changes {
		if i == mostRows {
			return append(t, words(" and ", evidence.Of(len(changes)-i, "more", "more"))...)
		}
		if i > 0 {
			t = append(t, Span{Text: ", "})
		}
		t = append(t, link(orWord(c.ID, "a change without an id"), b.rowPath(c.Pos)))
	}
	return t
}

// windowSection is the work outside the declared windows, and the systems for
// which nobody can tell; most 0: all of it.
func (b *builder) windowSection(most int) Section {
	all := b.ofChecks("PAT-07")
	outside, inside := b.inState(assess.Failed, "PAT-07"), b.inState(assess.Proven, "PAT-07")
	sec := Section{ID: "windows", Kicker: "Outside the window"}
	if len(all) == 0 {
		sec.Title = words("No system is on record whose window work could keep to")
		sec.Blocks = []Block{Paragraph{Text: absent("no system in any export")}}
		return sec
	}
	sec.Title = words("Work on ", b.count(len(outside), "count(systems with work outside their window)", sourcesOf(outside)...), " of ", b.count(len(all), "count(systems)"), " ", evidence.Noun(len(all), "system", "systems"), " began outside the declared window; on ", b.count(len(inside), "count(systems with all work inside their window)", sourcesOf(inside)...), " all of it is proven to be inside")
	var list []*assess.Finding
	var undeclared []string
	for _, f := range all {
		switch {
		case f.State == assess.Proven || f.State == assess.NotApplicable:
		case f.Drift == "no patch window":
			undeclared = append(undeclared, f.Subject.ID)
		default:
			list = append(list, f)
		}
	}
	if len(undeclared) == len(all) {
		sec.Title = words("No patch window that can be read is declared for any of ", b.count(len(all), "count(systems)"), " ", evidence.Noun(len(all), "system", "systems"))
	}
	slices.SortStableFunc(list, worstFirst)
	shown := list
	if most > 0 {
		shown = list[:min(len(list), most)]
	}
	if len(shown) > 0 {
		sec.Blocks = append(sec.Blocks, b.findingTable("Work outside the window, or of unknown hour", shown))
	}
	if rest := len(list) - len(shown); rest > 0 {
		sec.Blocks = append(sec.Blocks, Paragraph{Quiet: true, Text: words(evidence.Of(rest, "further system is", "further systems are"), " on the Changes page of the site.")})
	}
	if n := len(undeclared); n > 0 {
		slices.SortFunc(undeclared, b.bySystemRank)
		sec.Blocks = append(sec.Blocks, Paragraph{Alert: true, Text: words("No window that can be read is declared for ", b.count(n, "count(systems without a patch window that can be read)"), " ", evidence.Noun(n, "system", "systems"), ": ", b.someSystems(undeclared), ". Nothing says when they may be worked on.")})
	}
	return sec
}
