package report

import (
	"slices"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// A stockPicture is the inventory held against every other export.
type stockPicture struct {
	in         *assess.Input
	all        []string // systems of the inventory that are judged, and those it lacks, by rank
	accurate   []string // in the inventory, and seen lately
	unknown    []string // named by other exports only
	unseen     []string // in the inventory, and no tool saw them within the limit
	retired    int      // of the inventory, and nothing shows them alive: not counted
	duplicates []assess.Duplicate
	finding    map[string]*assess.Finding // of INV-01 and INV-02, by id

	sampled, alerting map[string]bool // systems with a capacity sample, with an alert
}

// stockPicture holds the inventory against the other exports.
func (b *builder) stockPicture() *stockPicture {
	if b.stock != nil {
		return b.stock
	}
	p := &stockPicture{in: &assess.Input{Set: b.Set, Graph: b.Graph, Policy: b.Policy}, finding: map[string]*assess.Finding{}, sampled: map[string]bool{}, alerting: map[string]bool{}}
	b.stock = p
	for i := range b.Set.Samples {
		p.sampled[b.Set.Samples[i].System] = true
	}
	for i := range b.Set.Alerts {
		p.alerting[b.Set.Alerts[i].System] = true
	}
	p.duplicates = p.in.Duplicates()
	for _, f := range b.ofChecks("INV-01", "INV-02") {
		p.finding[f.ID] = f
	}
	for _, f := range b.ofChecks("INV-01") {
		id := f.Subject.ID
		s := b.Set.System(id)
		seen := p.finding["INV-02/"+id]
		switch held := s != nil && s.InInventory; {
		case !held:
			p.unknown = append(p.unknown, id)
		case seen == nil:
			p.retired++
			continue
		case seen.State != assess.Proven:
			p.unseen = append(p.unseen, id)
		case f.State == assess.Proven:
			p.accurate = append(p.accurate, id)
		}
		p.all = append(p.all, id)
	}
	for _, list := range [][]string{p.all, p.accurate, p.unknown, p.unseen} {
		slices.SortFunc(list, b.bySystemRank)
	}
	return p
}

// places are the rows that INV-01 and INV-02 rest on for some systems.
func (p *stockPicture) places(systems []string) []diag.Pos {
	var all []*assess.Finding
	for _, id := range systems {
		for _, check := range []string{"INV-01/", "INV-02/"} {
			if f := p.finding[check+id]; f != nil {
				all = append(all, f)
			}
		}
	}
	return sourcesOf(all)
}

// inventory is the page of what there is: the inventory against every other
// export, how old each export is, and what is neglected.
func (b *builder) inventory() *Page {
	p := &Page{Path: "inventory.html", Nav: "Inventory", Kicker: "Inventory", Title: b.inventoryTitle(),
		Lede: words("The inventory is accurate about a system when it holds it and a tool has seen it lately. What another export names and the inventory lacks counts against it; so does what the inventory holds and nothing sees.")}
	if !b.Set.Supplied(evidence.Inventory) {
		p.Sections = []Section{{ID: "accuracy", Kicker: "Asset accuracy", Title: words("No system is shown to be in the inventory"), Blocks: []Block{Paragraph{Text: words(stateOf(assess.Missing), " Export the inventory of systems, with who answers for each and when it was last seen.")}}}}
		if len(b.stockPicture().unknown) > 0 {
			p.Sections = append(p.Sections, b.unknownSection())
		}
	} else {
		p.Sections = []Section{b.accuracySection(), b.unknownSection(), b.ghostSection()}
		if len(b.stockPicture().duplicates) > 0 {
			p.Sections = append(p.Sections, b.duplicateSection())
		}
		p.Sections = append(p.Sections, b.lagSection(), b.neglectSection())
	}
	p.Sections = append(p.Sections, b.exportSection())
	if findings := b.inventoryFindings(); len(findings) > 0 {
		p.Sections = append(p.Sections, Section{ID: "findings", Kicker: "Findings", Title: words("What the checks of the inventory found beside"), Blocks: []Block{b.findingTable("Findings about the inventory", findings)}})
	}
	return p
}

// inventoryFindings are those of the checks that have no section of their own,
// where nothing is proven.
func (b *builder) inventoryFindings() []*assess.Finding {
	return slices.DeleteFunc(b.ofChecks("INV-03", "INV-04", "INV-05", "INV-06"), func(f *assess.Finding) bool { return f.State == assess.Proven })
}

func (b *builder) inventoryTitle() Text {
	p := b.stockPicture()
	if !b.Set.Supplied(evidence.Inventory) {
		return words("No inventory was supplied, so nothing shows which systems there are")
	}
	if len(p.all) == 0 {
		return words("The inventory holds no system that counts, and no export names one")
	}
	t := append(b.accuracy(), words("; ", b.orNone(len(p.unknown), "count(systems that other exports name and the inventory lacks)", p.places(p.unknown)...), " ", evidence.Noun(max(1, len(p.unknown)), "is", "are"), " not in it, and ",
		b.orNone(len(p.unseen), "count(systems of the inventory that no tool saw within the limit)", p.places(p.unseen)...), " ", evidence.Noun(max(1, len(p.unseen)), "was", "were"), " seen by no tool")...)
	if n := len(p.duplicates); n > 0 {
		t = append(t, words("; ", b.count(n, "count(groups of inventory rows that share what only one system can have)"), " ", evidence.Noun(n, "system stands", "systems stand"), " in it more than once")...)
	}
	return t
}

// orNone is a count in the middle of a sentence: "none" for 0.
func (b *builder) orNone(n int, formula string, sources ...diag.Pos) Span {
	f := evidence.Count(n, formula, sources...)
	if n == 0 {
		f = f.As("none")
	}
	return b.figure(f, formula)
}

// accuracy is asset accuracy in words, without the end of the sentence.
func (b *builder) accuracy() Text {
	p := b.stockPicture()
	return words(b.count(len(p.accurate), "count(systems in the inventory and seen by a tool within the limit)", p.places(p.accurate)...), " of ", b.count(len(p.all), "count(systems of the inventory that are judged, and those that other exports name)"), " ", evidence.Noun(len(p.all), "system", "systems"), " ", evidence.Noun(len(p.accurate), "is", "are"), " in the inventory and ", evidence.Noun(len(p.accurate), "was", "were"), " seen lately")
}

// accuracySection is the three counts, whose sum is every system.
func (b *builder) accuracySection() Section {
	p := b.stockPicture()
	t := Table{Caption: "Systems by how they are recorded", Columns: []Column{{Title: "Recorded", Share: .34}, {Title: "Systems", Num: true, Share: .12}, {Title: "Which", Share: .54}}}
	var h Histogram
	limit := b.Policy.Limit("asset-seen").Text()
	for _, row := range []struct {
		label, note string
		list        []string
		bad         bool
	}{
		{"In it and seen", "in the inventory, and seen by a tool within " + limit, p.accurate, false},
		{"Not in the inventory", "named by other exports only", p.unknown, true},
		{"Seen by no tool", "in the inventory, and nothing saw it within " + limit, p.unseen, true},
	} {
		h.Buckets = append(h.Buckets, Bucket{Label: lower(row.label), N: len(row.list), Emphasis: row.bad})
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(strong(row.label), lineBreak(), Text{small(row.note)}), words(b.count(len(row.list), "count(systems "+row.note+")", p.places(row.list)...)), b.someSystems(row.list)}})
	}
	t.Foot = []Text{words("All"), words(b.count(len(p.all), "count(systems of the inventory that are judged, and those that other exports name)")), {}}
	sec := Section{ID: "accuracy", Kicker: "Asset accuracy", Title: b.accuracy(), Blocks: []Block{
		Chart{ID: "asset-accuracy", Measure: "Systems by how the inventory records them; emphasised: where it is wrong, or may be.", Drawing: h, Table: &t}}}
	if p.retired > 0 {
		sec.Blocks = append(sec.Blocks, Paragraph{Quiet: true, Text: words(b.count(p.retired, "count(systems of the inventory with the status retired that nothing shows alive)"), " retired ", evidence.Noun(p.retired, "system is", "systems are"), " not counted: no export shows ", evidence.Noun(p.retired, "it", "them"), " alive.")})
	}
	if made, src := b.inventoryMade(); src != nil && made.IsZero() {
		sec.Blocks = append(sec.Blocks, Paragraph{Alert: true, Text: words("Nothing says of when the inventory is: it has neither an intake record with a date nor a last-seen date.")})
	} else if src != nil {
		sec.Blocks = append(sec.Blocks, Paragraph{Text: words("The inventory is as of ", b.figure(evidence.OnDay(made.In(b.Set.AsOf.Location()), "extracted_at of the intake record, else the newest last_seen", diag.Pos{File: src.File, Sheet: src.Sheet}), "age of the inventory"), ", ", b.before(made, diag.Pos{File: src.File, Sheet: src.Sheet}), ".")})
	}
	return sec
}
