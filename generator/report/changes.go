package report

import (
	"slices"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// changes is the page of what changed, by whom, and on whose approval.
func (b *builder) changes() *Page {
	p := &Page{Path: "changes.html", Nav: "Changes", Kicker: "Changes", Lede: words("A change is controlled when somebody approved it before the work began and somebody verified it afterwards. A change after a restore test voids that proof, unless it is a standard change.")}
	changes := slices.Clone(b.Set.Changes)
	slices.SortStableFunc(changes, func(x, y evidence.Change) int { return y.Started.Compare(x.Started) })
	if len(changes) == 0 {
		p.Title = words("No change record was supplied, so nothing shows that changes are controlled")
		if b.Set.Supplied(evidence.Changes) {
			p.Title = words("The change export holds no change")
		}
		p.Sections = []Section{{ID: "changes", Kicker: "Changes", Title: words("No change in any export"), Blocks: []Block{Paragraph{Text: words(stateOf(assess.Missing), " Export the change records of the month, with who approved and who verified.")}}}}
		return p
	}
	t := Table{Caption: "Changes, newest first", Wide: true, Columns: []Column{{Title: "Change", Share: .1}, {Title: "What", Share: .23}, {Title: "System", Share: .14}, {Title: "Began", Share: .11}, {Title: "Ended", Share: .11}, {Title: "Approved by", Share: .13}, {Title: "Verified by", Share: .13}, {Title: "Type", Share: .05}}}
	done, approved, verified := 0, 0, 0
	var doneRows, okRows, verifiedRows []diag.Pos
	for _, c := range changes {
		if c.Implemented && !c.Cancelled {
			done++
			doneRows = append(doneRows, c.Pos)
			if c.ApprovedBy != "" {
				approved++
				okRows = append(okRows, c.Pos)
			}
			if c.VerifiedBy != "" {
				verified++
				verifiedRows = append(verifiedRows, c.Pos)
			}
		}
		began, ended := absent("not recorded"), absent("not recorded")
		if !c.Started.IsZero() {
			began = words(keep(evidence.ShortDay(c.Started)))
		}
		if !c.Ended.IsZero() {
			ended = words(keep(evidence.ShortDay(c.Ended)))
		}
		systems := absent("names no system")
		if len(c.Systems) > 0 {
			systems = b.systems(c.Systems)
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(link(orWord(c.ID, "no id"), b.rowPath(c.Pos))), orAbsent(c.Title, "no title"), systems, began, ended, orAbsent(c.ApprovedBy, "no approval on file"), orAbsent(c.VerifiedBy, "no verification on file"), orAbsent(c.Type, "unknown")}})
	}
	p.Title = words(b.count(approved, "count(implemented changes where approved_by is not blank)", okRows...), " of ", b.count(done, "count(implemented changes)", doneRows...), " implemented ", evidence.Noun(done, "change has", "changes have"), " an approval on file; ", b.count(verified, "count(implemented changes where verified_by is not blank)", verifiedRows...), " ", evidence.Noun(verified, "has", "have"), " a verification")
	p.Sections = []Section{
		{ID: "months", Kicker: "Changes a month", Title: words("Changes by the month their work began"), Blocks: []Block{b.monthColumns(changes)}},
		{ID: "changes", Kicker: "Changes", Title: words(upper(counted(len(changes), "change")), ", newest first"), Blocks: []Block{t}},
	}
	if findings := b.ofChecks("CHG-01", "CHG-02", "CHG-07", "BKP-11"); len(findings) > 0 {
		p.Sections = append(p.Sections, Section{ID: "findings", Kicker: "Findings", Title: words("What the checks of change tracking found"), Blocks: []Block{b.findingTable("Findings about changes", findings)}})
	}
	return p
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

func (b *builder) monthColumns(changes []evidence.Change) Chart {
	var m MonthColumns
	t := Table{Caption: "Changes a month", Columns: []Column{{Title: "Month", Share: .4}, {Title: "Approved", Num: true, Share: .3}, {Title: "No approval on file", Num: true, Share: .3}}}
	for _, month := range lastMonths(b.Set.AsOf, 6) {
		col := MonthColumn{Label: month.Format("Jan")}
		var good, bad []diag.Pos
		for _, c := range changes {
			if !c.Implemented || c.Cancelled || c.Started.Before(month) || !c.Started.Before(month.AddDate(0, 1, 0)) {
				continue
			}
			if c.ApprovedBy != "" {
				good = append(good, c.Pos)
			} else {
				bad = append(bad, c.Pos)
			}
		}
		col.Good, col.Bad = len(good), len(bad)
		m.Columns = append(m.Columns, col)
		label := month.Format("January 2006")
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(label), words(b.count(len(good), "count(implemented changes begun in "+label+" where approved_by is not blank)", good...)), words(b.count(len(bad), "count(implemented changes begun in "+label+" where approved_by is blank)", bad...))}})
	}
	return Chart{ID: "month-columns", Measure: "Implemented changes by month; emphasised: no approval on file. Months before the exports begin show none.", Drawing: m, Table: &t}
}
