package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// mostUpdates is how many rows a table of the site lists.
const mostUpdates = 200

// A patchPicture is every system of the inventory with what patch reports say
// of it, and what they say of systems that it lacks.
type patchPicture struct {
	systems []patchedSystem // of the inventory, by rank
	strange []patchedSystem // named by a patch report only
	missing []missingUpdate
}

type patchedSystem struct {
	id string
	assess.PatchView
}

// A missingUpdate is one thing that one system lacks.
type missingUpdate struct {
	system string
	assess.Update
	finding *assess.Finding // nil inside its time
}

// patchPicture reads the patch reports system by system.
func (b *builder) patchPicture() *patchPicture {
	if b.patching != nil {
		return b.patching
	}
	p := &patchPicture{}
	b.patching = p
	in := &assess.Input{Set: b.Set, Graph: b.Graph, Policy: b.Policy}
	judged := map[string]bool{}
	findings := map[string]*assess.Finding{}
	for _, f := range b.ofChecks("PAT-01", "PAT-02", "PAT-08") {
		findings[f.ID] = f
		judged[f.Subject.ID] = true
	}
	for i := range b.Set.Systems {
		s := &b.Set.Systems[i]
		if !judged[s.ID] {
			continue // retired, and nothing shows it alive
		}
		v := patchedSystem{s.ID, in.PatchView(s.ID)}
		switch {
		case s.InInventory:
			p.systems = append(p.systems, v)
		case len(v.Rows) > 0:
			p.strange = append(p.strange, v)
		}
		for _, u := range v.Updates {
			m := missingUpdate{system: s.ID, Update: u}
			if u.Late || u.Known {
				m.finding = findings[u.Finding]
			}
			p.missing = append(p.missing, m)
		}
	}
	byRank := func(x, y patchedSystem) int { return b.bySystemRank(x.id, y.id) }
	slices.SortFunc(p.systems, byRank)
	slices.SortFunc(p.strange, byRank)
	slices.SortStableFunc(p.missing, func(x, y missingUpdate) int {
		return cmp.Or(first(x.Known, y.Known), first(x.Late, y.Late), cmp.Compare(severityPlace(x.Severity), severityPlace(y.Severity)), x.Since.Compare(y.Since), b.bySystemRank(x.system, y.system), cmp.Compare(x.Pos.Row, y.Pos.Row))
	})
	return p
}

// first puts what holds first.
func first(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return -1
	}
	return 1
}

var severityOrder = []string{evidence.SeverityCritical, evidence.SeverityHigh, evidence.SeverityMedium, evidence.SeverityLow}

// severityPlace is the place of a severity, the worst first; a word that
// nobody knows may be the worst but one.
func severityPlace(s string) int {
	if i := slices.Index(severityOrder, s); i >= 0 {
		return i
	}
	return 1
}

// standing are the systems of the inventory of one standing.
func (p *patchPicture) standing(s assess.PatchStanding) []patchedSystem {
	var out []patchedSystem
	for _, v := range p.systems {
		if v.Standing == s {
			out = append(out, v)
		}
	}
	return out
}

// rowsOf are the rows of patch reports that name some systems.
func rowsOf(systems []patchedSystem) []diag.Pos {
	var out []diag.Pos
	for _, s := range systems {
		out = append(out, s.Rows...)
	}
	return out
}

// patches is the page of what is not patched, and who said that it may be so.
func (b *builder) patches() *Page {
	p := &Page{Path: "patches.html", Nav: "Patches", Kicker: "Patches", Title: b.patchTitle(),
		Lede: words("Every system of the inventory stands in one of three counts: patched, lacking something, or not reporting. A system that no report names, or only a scan from outside, is not patched: it is unknown. What is known to be exploited has a due date of its own; an exception says why a system stays as it is, who approved it, and until when.")}
	if !b.patchesSupplied() {
		p.Sections = []Section{{ID: "standing", Kicker: "Patch state", Title: words("No system is shown to be patched"), Blocks: []Block{Paragraph{Text: words(stateOf(assess.Missing), " Export the findings of the scanner, or the missing updates and the state of each system from the patch tool.")}}}}
		return p
	}
	p.Sections = []Section{b.standingSection(), b.knownSection(), b.ageSection(), b.missingSection(mostUpdates, false), b.patchExceptions(false), b.patchSystems(mostUpdates)}
	if s, any := b.outsideSection(); any {
		p.Sections = append(p.Sections, s)
	}
	if s, any := b.patchLists(); any {
		p.Sections = append(p.Sections, s)
	}
	return p
}

// packetPatches is the page of the packet.
func (b *builder) packetPatches() *Page {
	p := &Page{Path: "patches", Kicker: "Patches", Title: b.patchTitle(), Lede: words("Which systems lack security patches, which nobody has looked at, and which exceptions hold.")}
	if !b.patchesSupplied() {
		p.Sections = b.patches().Sections
		return p
	}
	p.Sections = []Section{b.standingSection(), b.patchExceptions(true), b.missingSection(paperRows, true)}
	return p
}

func (b *builder) patchesSupplied() bool {
	return b.Set.Supplied(evidence.Patches) || b.Set.Supplied(evidence.PatchStatus)
}

func (b *builder) patchTitle() Text {
	if !b.patchesSupplied() {
		return words("No patch export was supplied, so nothing shows that any system is patched")
	}
	p := b.patchPicture()
	patched, lacking, silent := p.standing(assess.Patched), p.standing(assess.Lacking), p.standing(assess.NotReporting)
	t := words(b.count(len(patched), "count(systems of the inventory looked at from inside within the limit that lack nothing)", rowsOf(patched)...), " of ", b.count(len(p.systems), "count(systems of the inventory)"), " ", evidence.Noun(len(p.systems), "system", "systems"), " ", evidence.Noun(len(patched), "is", "are"), " patched, ",
		b.count(len(lacking), "count(systems of the inventory that lack something)", rowsOf(lacking)...), " ", evidence.Noun(len(lacking), "lacks", "lack"), " patches, ",
		b.count(len(silent), "count(systems of the inventory that no report of the last days shows from inside)", rowsOf(silent)...), " ", evidence.Noun(len(silent), "does", "do"), " not report")
	if late := b.inState(assess.Failed, "PAT-01"); len(late) > 0 {
		t = append(t, words("; ", b.count(len(late), "count(known-exploited vulnerabilities past their due date)", sourcesOf(late)...), " known-exploited ", evidence.Noun(len(late), "vulnerability is", "vulnerabilities are"), " past due")...)
	}
	return t
}

// standingSection is the three counts, whose sum is the inventory.
func (b *builder) standingSection() Section {
	p := b.patchPicture()
	t := Table{Caption: "Systems by patch state", Columns: []Column{{Title: "State", Share: .3}, {Title: "Systems", Num: true, Share: .12}, {Title: "Which", Share: .58}}}
	for _, row := range []struct {
		standing    assess.PatchStanding
		label, note string
	}{
		{assess.Patched, "Patched", "looked at from inside within the limit, and nothing is missing"},
		{assess.Lacking, "Lacking", "something is missing, failed, or waits for a restart"},
		{assess.NotReporting, "Not reporting", "no report of the last days shows it from inside"},
	} {
		list := p.standing(row.standing)
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(strong(row.label), lineBreak(), Text{small(row.note)}), words(b.count(len(list), "count(systems of the inventory: "+row.note+")", rowsOf(list)...)), b.systemList(list)}})
	}
	t.Foot = []Text{words("Inventory"), words(b.count(len(p.systems), "count(systems of the inventory)")), {}}
	sec := Section{ID: "standing", Kicker: "Patch state", Title: words("All ", b.count(len(p.systems), "count(systems of the inventory)"), " systems of the inventory, not only those that report"), Blocks: []Block{t}}
	if len(p.strange) > 0 {
		sec.Blocks = append(sec.Blocks, Paragraph{Alert: true, Text: words("Patch reports also name ", b.count(len(p.strange), "count(systems that patch reports name and the inventory lacks)", rowsOf(p.strange)...), " ", evidence.Noun(len(p.strange), "system", "systems"), " that the inventory does not hold: ", b.systemList(p.strange), ".")})
	}
	return sec
}

// mostNamed is how many systems a cell names before it counts the rest.
const mostNamed = 12

func (b *builder) systemList(list []patchedSystem) Text {
	var ids []string
	for _, s := range list {
		ids = append(ids, s.id)
	}
	return b.someSystems(ids)
}

// someSystems names the first systems of a list and counts the rest.
func (b *builder) someSystems(ids []string) Text {
	switch n := len(ids); {
	case n == 0:
		return words("none")
	case n > mostNamed+1:
		t := b.systems(ids[:mostNamed])
		for i := range t {
			if t[i].Text == " and " {
				t[i].Text = ", "
			}
		}
		return append(t, words(" and ", evidence.Whole(n-mostNamed), " more")...)
	}
	return b.systems(ids)
}

// missingSection is what is missing where: why, who approved it, until when;
// on paper only what is past its time or of unknown age.
func (b *builder) missingSection(most int, paper bool) Section {
	p := b.patchPicture()
	sec := Section{ID: "missing", Kicker: "What is missing"}
	var late []diag.Pos
	var list []missingUpdate
	for _, m := range p.missing {
		if m.Late {
			late = append(late, m.Pos)
		}
		if !paper || m.Late || !m.Released {
			list = append(list, m)
		}
	}
	if len(p.missing) == 0 {
		sec.Title = words("No row of a patch report is open")
		sec.Blocks = []Block{Paragraph{Text: words("That shows nothing of systems that no report names.")}}
		return sec
	}
	sec.Title = words(b.count(len(late), "count(open patch rows past the patch window or their due date)", late...), " of ", b.count(len(p.missing), "count(open patch rows)"), " missing ", evidence.Noun(len(p.missing), "update is", "updates are"), " past ", evidence.Noun(len(p.missing), "its", "their"), " time, the gravest first")
	t := Table{Caption: "Missing updates, the gravest first", Wide: true, Columns: []Column{{Title: "System", Share: .11}, {Title: "Missing update", Share: .21}, {Title: "Age", Num: true, Share: .08}, {Title: "Severity", Share: .08}, {Title: "Exploited", Share: .08}, {Title: "Why", Share: .19}, {Title: "Approved by", Share: .1}, {Title: "Ends", Share: .06}, {Title: "State", Share: .09}}}
	for i := range list[:min(len(list), most)] {
		t.Rows = append(t.Rows, TableRow{Cells: b.missingCells(&list[i])})
	}
	if len(t.Rows) > 0 {
		sec.Blocks = []Block{t}
	}
	if rest := len(p.missing) - len(t.Rows); rest > 0 {
		sec.Blocks = append(sec.Blocks, Paragraph{Quiet: true, Text: words(evidence.Of(rest, "further row is", "further rows are"), " in the exports and not shown here.")})
	}
	return sec
}

func (b *builder) missingCells(m *missingUpdate) []Text {
	name := words(link(clipped(orWord(m.Title, m.ID), 90), b.rowPath(m.Pos)))
	if len(m.CVEs) > 0 {
		name = append(name, words(lineBreak(), Text{small(cveWords(m.CVEs))})...)
	}
	age := absent("not on record")
	if !m.Since.IsZero() {
		n, of := evidence.DaysBetween(m.Since, b.Set.AsOf), "released"
		if !m.Released {
			of = "first_seen"
		}
		age = words(b.figure(evidence.Figure{Text: fmt.Sprintf("%d d", n), Value: float64(n), Unit: "days", Formula: "days from " + of + " to as-of", Sources: []diag.Pos{m.Pos}}, "age of "+m.ID+" on "+m.system))
	}
	known := words("not on record")
	switch {
	case m.Known && m.Due.IsZero():
		known = words("yes, no due date")
	case m.Known:
		known = words("yes, due ", keep(evidence.ShortDay(m.Due)))
	case m.KEV == evidence.No:
		known = words("no")
	}
	why, by, ends := words("no exception"), words("nobody"), words("none")
	var state Text
	switch {
	case !m.Late && (m.Released && !m.Known || m.finding != nil && m.finding.State == assess.Proven):
		none := Text{small("not needed")}
		why, by, ends, state = none, none, none, words("inside its time")
	case m.finding == nil: // found lately, and perhaps long out
		state = words(stateAs(assess.Missing, "age unknown"))
	default:
		state = words(stateOf(m.finding.State))
		if m.finding.State == assess.Excepted && m.finding.Exception != nil {
			x := m.finding.Exception
			why, by = words(x.Why, " ", Text{small(x.ID)}), words(x.ApprovedBy)
			ends = words(keep(evidence.ShortDay(x.Until)))
		}
	}
	if m.State == evidence.FindingAccepted && (m.finding == nil || m.finding.State != assess.Excepted) {
		why = words("accepted in the tool, ", stateAs(assess.Missing, "no exception"))
	}
	return []Text{words(b.system(m.system)), name, age, words(orWord(m.Severity, "not on record")), known, why, by, ends, state}
}

// cveWords are the CVEs of an update in few words.
func cveWords(cves []string) string {
	if len(cves) > 3 {
		return strings.Join(cves[:3], ", ") + fmt.Sprintf(" and %d more", len(cves)-3)
	}
	return strings.Join(cves, ", ")
}

// clipped cuts a text that is longer than a table's cell can be.
func clipped(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-3]) + "..."
	}
	return s
}
