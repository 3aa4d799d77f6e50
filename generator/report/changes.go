package report

import (
	"cmp"
	"slices"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// changeChecks are the checks of change tracking that the page lists, in the
// order of their ids; drift (CHG-04) has a section of its own.
var changeChecks = []string{"CHG-01", "CHG-02", "CHG-03", "CHG-05", "CHG-06", "CHG-07", "BKP-11"}

// A changePicture is the change records with what this month's inventory and
// last month's say of their systems.
type changePicture struct {
	all                  []evidence.Change // newest first
	done                 []evidence.Change // work began, or nothing says that it did not
	approved, unapproved []diag.Pos        // of done
	drifts               []assess.Drift
	unrecorded           []*assess.Finding // systems that differ without a change
}

// changePicture reads the change records.
func (b *builder) changePicture() *changePicture {
	if b.changing != nil {
		return b.changing
	}
	p := &changePicture{all: slices.Clone(b.Set.Changes), unrecorded: b.inState(assess.Failed, "CHG-04")}
	b.changing = p
	slices.SortStableFunc(p.all, func(x, y evidence.Change) int { return y.Started.Compare(x.Started) })
	for i := range p.all {
		c := &p.all[i]
		if !assess.MaybeImplemented(c) {
			continue
		}
		p.done = append(p.done, *c)
		if evidence.IsPerson(c.ApprovedBy) {
			p.approved = append(p.approved, c.Pos)
		} else {
			p.unapproved = append(p.unapproved, c.Pos)
		}
	}
	in := &assess.Input{Set: b.Set, Graph: b.Graph, Policy: b.Policy}
	p.drifts = in.Drifts()
	slices.SortStableFunc(p.drifts, func(x, y assess.Drift) int {
		return cmp.Or(first(x.Unrecorded(), y.Unrecorded()), first(len(x.By) == 0, len(y.By) == 0), b.bySystemRank(x.System, y.System))
	})
	return p
}

// changes is the page of what changed, by whom, and on whose approval.
func (b *builder) changes() *Page {
	p := &Page{Path: "changes.html", Nav: "Changes", Kicker: "Changes", Title: b.changeTitle(),
		Lede: words("A change is controlled when a person approved it before the work began and a person verified it afterwards. What differs from last month's inventory without a change record is drift: the next outage would be diagnosed from memory. A change after a restore test voids that proof, unless it is a standard change.")}
	if len(b.changePicture().all) == 0 {
		p.Sections = append(p.Sections, b.noChanges())
	} else {
		p.Sections = append(p.Sections, b.monthSection())
	}
	p.Sections = append(p.Sections, b.differenceSection(0))
	if len(b.changePicture().all) > 0 {
		p.Sections = append(p.Sections, b.changeSection(0))
	}
	p.Sections = append(p.Sections, b.windowSection(0))
	if findings := b.ofChecks(changeChecks...); len(findings) > 0 {
		p.Sections = append(p.Sections, Section{ID: "findings", Kicker: "Findings", Title: words("What the checks of change tracking found"), Blocks: []Block{b.findingTable("Findings about changes", findings)}})
	}
	return p
}

// packetChanges is the page of the packet.
func (b *builder) packetChanges() *Page {
	p := &Page{Path: "changes", Kicker: "Changes and drift", Title: b.changeTitle(), Lede: words("What changed with and without an approval on file, and what differs from last month's inventory without a change record.")}
	if len(b.changePicture().all) == 0 {
		p.Sections = []Section{b.noChanges(), b.differenceSection(paperRows)}
		return p
	}
	p.Sections = []Section{b.monthSection(), b.differenceSection(paperRows), b.changeSection(paperRows), b.windowSection(paperRows)}
	return p
}

func (b *builder) noChanges() Section {
	return Section{ID: "changes", Kicker: "Changes", Title: words("No change in any export"), Blocks: []Block{Paragraph{Text: words(stateOf(assess.Missing), " Export the change records of the month, with who approved and who verified.")}}}
}

func (b *builder) changeTitle() Text {
	p := b.changePicture()
	n, bad := len(p.done), len(p.unapproved)
	rows := slices.Concat(p.approved, p.unapproved)
	done := b.count(n, "count(implemented changes)", rows...)
	var t Text
	switch {
	case !b.Set.Supplied(evidence.Changes):
		t = words("No change record was supplied, so nothing shows that changes are controlled")
	case len(p.all) == 0:
		t = words("The change export holds no change")
	case n == 0:
		t = words("No implemented change is on record")
	case bad == 0 && n == 1:
		t = words("The one implemented change has an approval on file")
	case bad == 0:
		t = words("All ", done, " implemented changes have an approval on file")
	default:
		t = words(b.count(bad, "count(implemented changes where approved_by is no person)", p.unapproved...), " of ", done, " implemented ", evidence.Noun(n, "change", "changes"), " ", evidence.Noun(bad, "has", "have"), " no approval on file")
	}
	switch drifted := len(p.unrecorded); {
	case b.Set.Last() == nil:
		return append(t, words("; drift is unknown, for there is no earlier month to compare with")...)
	case drifted > 0:
		return append(t, words("; ", b.count(drifted, "count(systems that differ from last month's inventory without a change record)", sourcesOf(p.unrecorded)...), " ", evidence.Noun(drifted, "system differs", "systems differ"), " from ", monthName(b.Set.Last().Name), " without a change record")...)
	}
	return append(t, words("; no system is known to differ from ", monthName(b.Set.Last().Name), " without a change record")...)
}

// changeSection is the table of changes; most 0: all of them.
func (b *builder) changeSection(most int) Section {
	p := b.changePicture()
	verified := 0
	var verifiedRows []diag.Pos
	for _, c := range p.done {
		if evidence.IsPerson(c.VerifiedBy) {
			verified++
			verifiedRows = append(verifiedRows, c.Pos)
		}
	}
	t := Table{Caption: "Changes, newest first", Wide: true, Columns: []Column{{Title: "Change", Share: .11}, {Title: "What", Share: .2}, {Title: "System", Share: .11}, {Title: "Began", Share: .09}, {Title: "Approved by", Share: .12}, {Title: "Verified by", Share: .12}, {Title: "How it ended", Share: .1}, {Title: "Drift found", Share: .15}}}
	list := p.all
	if most > 0 {
		list = list[:min(len(list), most)]
	}
	for i := range list {
		t.Rows = append(t.Rows, TableRow{Cells: b.changeCells(&list[i])})
	}
	n := len(p.done)
	sec := Section{ID: "changes", Kicker: "Changes", Blocks: []Block{t},
		Title: words(b.count(verified, "count(implemented changes where verified_by is a person)", verifiedRows...), " of ", b.count(n, "count(implemented changes)"), " implemented ", evidence.Noun(n, "change", "changes"), " ", evidence.Noun(verified, "was", "were"), " verified by a person")}
	if rest := len(p.all) - len(list); rest > 0 {
		sec.Blocks = append(sec.Blocks, Paragraph{Quiet: true, Text: words(evidence.Of(rest, "older change is", "older changes are"), " on the Changes page of the site.")})
	}
	return sec
}

func (b *builder) changeCells(c *evidence.Change) []Text {
	began, systems := absent("not recorded"), absent("names no system")
	switch {
	case !assess.MaybeImplemented(c):
		began = words(orWord(c.State, "cancelled"))
	case !c.Started.IsZero():
		began = words(keep(evidence.ShortDay(c.Started)))
		if c.NotActual {
			began = append(began, words(lineBreak(), Text{small("planned or opened")})...)
		}
	}
	if len(c.Systems) > 0 {
		systems = some(c.Systems, b.system)
	}
	approved, verified, ended := orAbsent(c.ApprovedBy, "no approval on file"), orAbsent(c.VerifiedBy, "no verification on file"), absent("not recorded")
	switch {
	case c.BackedOut:
		ended = words(stateAs(assess.Failed, "rolled back"))
	case c.Result == evidence.Failed:
		ended = words(stateAs(assess.Failed, "failed"))
	case c.Outcome != "":
		ended = words(c.Outcome)
	}
	if !assess.MaybeImplemented(c) {
		approved, verified = words(orWord(c.ApprovedBy, "nobody")), words(orWord(c.VerifiedBy, "nobody"))
		ended = words(orWord(c.Outcome, "no work on record"))
	}
	return []Text{
		words(link(orWord(c.ID, "no id"), b.rowPath(c.Pos)), lineBreak(), Text{small(orWord(c.Type, "type not recorded"))}),
		orAbsent(clipped(c.Title, 110), "no title"), systems, began, approved, verified, ended, b.driftOf(c),
	}
}

// driftOf is what differs on the systems of a change: what it explains, and
// what no change does.
func (b *builder) driftOf(c *evidence.Change) Text {
	if b.Set.Last() == nil || !assess.MaybeImplemented(c) {
		return words("not compared")
	}
	var t Text
	for _, d := range b.changePicture().drifts {
		if !slices.Contains(c.Systems, d.System) {
			continue
		}
		line := words(d.System+" ", assess.AttributeWords(d.Attribute))
		switch {
		case d.Attribute == "" || d.Now == "":
			continue
		case slices.ContainsFunc(d.By, func(x *evidence.Change) bool { return x.Pos == c.Pos }):
			line = append(line, words(", by this change")...)
		case d.Unrecorded():
			line = words(stateAs(assess.Failed, line.Plain()), ", no matching change")
		default:
			continue
		}
		if len(t) > 0 {
			t = append(t, lineBreak())
		}
		t = append(t, line...)
	}
	switch {
	case len(t) > 0:
		return t
	case slices.ContainsFunc(b.ofChecks("CHG-04"), func(f *assess.Finding) bool {
		return f.State == assess.Proven && slices.Contains(c.Systems, f.Subject.ID)
	}):
		return words("none known")
	}
	return words("not compared")
}
