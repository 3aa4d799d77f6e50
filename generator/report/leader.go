package report

import (
	"slices"

	"proofpack/generator/assess"
	"proofpack/generator/evidence"
)

// leader is one page of exactly four blocks: patch status, open risks, alert
// handling and asset accuracy, each a sentence, a small figure and the page
// behind it.
func (b *builder) leader() *Page {
	p := &Page{Path: "leader.html", Nav: "Leader", Kicker: "For the leader", Title: b.leaderTitle(),
		Lede:     words("The four things to ask for every month. Each is a count out of everything there is, and leads to the page it was counted on. What no export shows counts against it."),
		Sections: []Section{b.leaderPatches(), b.leaderRisks(), b.leaderAlerts(), b.leaderAccuracy()},
	}
	for i := range p.Sections {
		p.Sections[i].Half = true
	}
	return p
}

// leaderTitle counts the systems at risk and the unanswered alerts, or names
// what no export shows.
func (b *builder) leaderTitle() Text {
	var unknown []string
	for _, x := range []struct {
		known bool
		words string
	}{
		{b.patchesSupplied(), "patch status"}, {b.Set.Supplied(evidence.Alerts), "alert handling"}, {b.Set.Supplied(evidence.Inventory), "asset accuracy"},
	} {
		if !x.known {
			unknown = append(unknown, x.words)
		}
	}
	bad, all := b.atRisk()
	t := words(b.count(len(bad), "count(systems with a failed finding)"), " of ", b.count(len(all), "count(systems of the inventory that are judged, and those that other exports name)"), " ", evidence.Noun(len(all), "system", "systems"), " ", evidence.Noun(len(bad), "carries", "carry"), " a risk that a record shows")
	if len(all) == 0 {
		t = words("No system is on record, so no risk can be counted")
	}
	if len(unknown) > 0 {
		return append(t, words("; no export shows ", evidence.And(unknown))...)
	}
	answered, alerts, _ := b.answeredAlerts()
	return append(t, words(", and ", b.count(alerts-answered, "count(alerts) - count(alerts where acknowledged_by is a person)", b.alertRows()...), " of ", b.count(alerts, "count(alerts)", b.alertRows()...), " ", evidence.Noun(alerts, "alert was", "alerts were"), " answered by nobody")...)
}

// atRisk are the systems with a failed finding, and all systems.
func (b *builder) atRisk() (bad, all []string) {
	all = b.stockPicture().all
	for _, id := range all {
		if slices.ContainsFunc(b.bySystem[id], func(f *assess.Finding) bool { return f.State == assess.Failed }) {
			bad = append(bad, id)
		}
	}
	return bad, all
}

func more(label, href string) Paragraph {
	return Paragraph{Quiet: true, Text: words(link(label, href))}
}

func (b *builder) leaderPatches() Section {
	sec := Section{ID: "patches", Kicker: "Patch status", Title: b.patchTitle()}
	if !b.patchesSupplied() {
		sec.Blocks = []Block{Paragraph{Text: absent("no patch export")}, more("Patches", "patches.html")}
		return sec
	}
	p := b.patchPicture()
	var h Histogram
	t := Table{Caption: "Systems by patch state", Columns: []Column{{Title: "State", Share: .7}, {Title: "Systems", Num: true, Share: .3}}}
	for _, s := range []struct {
		standing assess.PatchStanding
		label    string
	}{{assess.Patched, "patched"}, {assess.Lacking, "lacking"}, {assess.NotReporting, "not reporting"}} {
		list := p.standing(s.standing)
		h.Buckets = append(h.Buckets, Bucket{Label: s.label, N: len(list), Emphasis: s.standing != assess.Patched})
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(upper(s.label)), words(b.count(len(list), "count(systems of the inventory, "+s.label+")", rowsOf(list)...))}})
	}
	sec.Blocks = []Block{Chart{ID: "leader-patches", Measure: "Systems of the inventory by patch state.", Drawing: h, Table: &t}, more("What is missing where, and who allowed it", "patches.html")}
	return sec
}

func (b *builder) leaderRisks() Section {
	bad, all := b.atRisk()
	sec := Section{ID: "risks", Kicker: "Open risks", Title: words(b.count(len(bad), "count(systems with a failed finding)"), " of ", b.count(len(all), "count(systems of the inventory that are judged, and those that other exports name)"), " ", evidence.Noun(len(all), "system", "systems"), " ", evidence.Noun(len(bad), "carries", "carry"), " a risk that a record shows; ", b.exceptionsTitle())}
	if len(all) == 0 {
		sec.Title = words("No system is on record, so no risk can be counted")
	}
	var h Histogram
	t := Table{Caption: "Failed findings by what they can lead to", Columns: []Column{{Title: "Can lead to", Share: .7}, {Title: "Failed findings", Num: true, Share: .3}}}
	for _, c := range []assess.Consequence{assess.Downtime, assess.AuditIssue, assess.AttackPath} {
		var list []*assess.Finding
		for i := range b.Result.Findings {
			if f := &b.Result.Findings[i]; f.State == assess.Failed && f.Check.Consequence == c {
				list = append(list, f)
			}
		}
		h.Buckets = append(h.Buckets, Bucket{Label: string(c), N: len(list), Emphasis: true})
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(upper(string(c))), words(b.count(len(list), "count(failed findings of checks that can lead to "+string(c)+")", sourcesOf(list)...))}})
	}
	sec.Blocks = []Block{Chart{ID: "leader-risks", Measure: "Failed findings by what they can lead to. What is missing is not among them, and can be worse.", Drawing: h, Table: &t}, more("What each failure costs, the costliest first", "ranking.html")}
	return sec
}

func (b *builder) leaderAlerts() Section {
	ages := b.alertAges()
	sec := Section{ID: "alerts", Kicker: "Alert handling", Title: ages.Title, Blocks: append(slices.Clone(ages.Blocks), more("What repeats, and what is failing", "alerts-capacity.html"))}
	if answered, all, rows := b.answeredAlerts(); all > 0 {
		sec.Title = words(b.count(answered, "count(alerts where acknowledged_by is a person)", rows...), " of ", b.count(all, "count(alerts)", b.alertRows()...), " ", evidence.Noun(all, "alert", "alerts"), " ", evidence.Noun(answered, "was", "were"), " answered by a person")
	}
	return sec
}

func (b *builder) leaderAccuracy() Section {
	sec := Section{ID: "accuracy", Kicker: "Asset accuracy", Title: b.inventoryTitle()}
	for _, block := range b.accuracySection().Blocks {
		if c, is := block.(Chart); is && b.Set.Supplied(evidence.Inventory) {
			t := Table{Caption: c.Table.Caption, Columns: []Column{{Title: "Recorded", Share: .7}, {Title: "Systems", Num: true, Share: .3}}}
			for _, r := range c.Table.Rows {
				t.Rows = append(t.Rows, TableRow{Cells: []Text{r.Cells[0][:1], r.Cells[1]}})
			}
			c.ID, c.Table = "leader-accuracy", &t
			sec.Blocks = append(sec.Blocks, c)
		}
	}
	if len(sec.Blocks) == 0 {
		sec.Blocks = []Block{Paragraph{Text: absent("no inventory")}}
	}
	sec.Blocks = append(sec.Blocks, more("Both lists, and the age of every export", "inventory.html"))
	return sec
}
