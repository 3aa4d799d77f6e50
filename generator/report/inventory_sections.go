package report

import (
	"cmp"
	"path"
	"slices"
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// inventoryMade is when the oldest of the inventories was made, and which it is.
func (b *builder) inventoryMade() (time.Time, *evidence.Input) {
	var made time.Time
	var src *evidence.Input
	for i := range b.Set.Inputs {
		in := &b.Set.Inputs[i]
		if in.DataSet != evidence.Inventory {
			continue
		}
		if t := b.stockPicture().in.MadeOn(in); src == nil || t.Before(made) {
			made, src = t, in
		}
	}
	return made, src
}

// before is how long before as-of something was made, in words.
func (b *builder) before(made time.Time, file diag.Pos) Text {
	if !made.Before(b.Set.AsOf) {
		return words("after the last day of this report")
	}
	return words(b.figure(evidence.InDays(evidence.DaysBetween(made, b.Set.AsOf), "days from the day the export was made to as-of", file), "age of "+file.File), " before the end of this report")
}

// unknownSection is what other exports name and the inventory lacks.
func (b *builder) unknownSection() Section {
	p := b.stockPicture()
	sec := Section{ID: "unknown", Kicker: "Not in the inventory"}
	n := len(p.unknown)
	if n == 0 {
		sec.Title = words("Every system that an export names is in the inventory")
		sec.Blocks = []Block{Paragraph{Text: words("That shows nothing of systems that no export names.")}}
		return sec
	}
	sec.Title = words(b.count(n, "count(systems that other exports name and the inventory lacks)", p.places(p.unknown)...), " ", evidence.Noun(n, "system is", "systems are"), " named by other exports and not in the inventory")
	t := Table{Caption: "Systems the inventory lacks", Columns: []Column{{Title: "System", Share: .2}, {Title: "Named by", Share: .3}, {Title: "First seen", Share: .22}, {Title: "Rows", Share: .28}}}
	named := map[string]*evidence.UnknownSystem{}
	for i := range b.Set.Unknown {
		named[b.Set.Unknown[i].Name] = &b.Set.Unknown[i]
	}
	for _, id := range p.unknown {
		by, rows := absent("no row found"), Text(nil)
		if u := named[id]; u != nil {
			by, rows = words(namedIn(u.DataSet)), b.sources(u.Rows)
		} else if f := p.finding["INV-01/"+id]; f != nil {
			by, rows = words("another export"), b.sources(f.Sources)
		}
		first := absent("no row has a date")
		if f := p.in.FirstSeen(id); !f.At.IsZero() {
			first = words(keep(evidence.ShortDay(f.At)), lineBreak(), Text{small("in " + f.DataSet)})
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(b.system(id)), by, first, rows}})
	}
	sec.Blocks = []Block{t}
	return sec
}

// ghostSection is what the inventory holds and no tool has seen.
func (b *builder) ghostSection() Section {
	p := b.stockPicture()
	sec := Section{ID: "unseen", Kicker: "Seen by no tool"}
	n := len(p.unseen)
	if n == 0 {
		sec.Title = words("Every system of the inventory that counts was seen by a tool within ", b.Policy.Limit("asset-seen").Text())
		sec.Blocks = []Block{Paragraph{Text: words("By a last-seen date, an alert, a sample, a good job run or a scan.")}}
		return sec
	}
	sec.Title = words(b.count(n, "count(systems of the inventory that no tool saw within the limit)", p.places(p.unseen)...), " ", evidence.Noun(n, "system", "systems"), " of the inventory ", evidence.Noun(n, "was", "were"), " seen by no tool within ", b.Policy.Limit("asset-seen").Text())
	var list []*assess.Finding
	for _, id := range p.unseen {
		list = append(list, p.finding["INV-02/"+id])
	}
	sec.Blocks = []Block{b.findingTable("Systems that no tool has seen lately", list)}
	return sec
}

// duplicateSection is rows that are likely one system.
func (b *builder) duplicateSection() Section {
	p := b.stockPicture()
	t := Table{Caption: "Rows that are likely one system", Columns: []Column{{Title: "Systems", Share: .4}, {Title: "Share", Share: .35}, {Title: "Rows", Share: .25}}}
	for _, d := range p.duplicates {
		t.Rows = append(t.Rows, TableRow{Cells: []Text{b.systems(d.Systems), words(d.By+" ", code(d.Value)), b.sources(d.Rows)}})
	}
	n := len(p.duplicates)
	return Section{ID: "duplicates", Kicker: "More than once", Title: words(b.count(n, "count(groups of inventory rows that share what only one system can have)"), " ", evidence.Noun(n, "group", "groups"), " of rows ", evidence.Noun(n, "is", "are"), " likely one system each"), Blocks: []Block{t}}
}

// mostLags is how many systems the table of lags lists.
const mostLags = 40

// lagSection is how long tools knew of systems before the inventory did.
func (b *builder) lagSection() Section {
	p := b.stockPicture()
	type lagging struct {
		id string
		assess.Lag
	}
	var known, late []lagging
	for _, id := range p.all {
		l := lagging{id, p.in.Lag(id)}
		if l.Known {
			known = append(known, l)
			if l.Days > 0 || l.Open {
				late = append(late, l)
			}
		}
	}
	sec := Section{ID: "lag", Kicker: "From first seen to recorded"}
	n := len(p.all)
	if len(known) == 0 {
		sec.Title = words("How long tools knew of a system before the inventory did cannot be told for any of ", b.count(n, "count(systems of the inventory that are judged, and those that other exports name)"), " ", evidence.Noun(n, "system", "systems"))
		why := " The inventory does not say when a row was made, and no earlier month is known."
		if last := b.Set.Last(); last != nil {
			why = " The inventory does not say when a row was made, and nothing dates a system that it lacked in " + evidence.MonthName(last.Name) + "."
		}
		sec.Blocks = []Block{Paragraph{Text: words(stateOf(assess.Missing), why)}}
		return sec
	}
	slices.SortStableFunc(late, func(x, y lagging) int { return cmp.Or(first(x.Open, y.Open), y.Days-x.Days) })
	sec.Title = words(b.count(len(late), "count(systems that a tool named before the inventory held them)"), " of ", b.count(len(known), "count(systems whose first row and inventory row are both dated)"), " ", evidence.Noun(len(known), "system", "systems"), " that can be dated ", evidence.Noun(len(late), "was", "were"), " known to a tool before the inventory")
	t := Table{Caption: "Days from first seen to the inventory", Columns: []Column{{Title: "System", Share: .25}, {Title: "First seen", Share: .3}, {Title: "Days", Num: true, Share: .2}, {Title: "In the inventory", Share: .25}}}
	for _, l := range late[:min(len(late), mostLags)] {
		days := evidence.InDays(l.Days, "days from the first row of any export to the row of the inventory", l.First.Pos)
		var entered Text
		switch {
		case l.Open:
			days.Formula, entered = "days from the first row of any export to as-of", absent("still not in it")
		case l.AtLeast:
			days.Formula, days.Text, entered = "days from the first row of any export to the as-of of last month, whose inventory lacks it", "at least "+days.Text, words("since last month")
		default:
			entered = words(keep(evidence.ShortDay(b.Set.System(l.id).Added)))
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(b.system(l.id)), words(keep(evidence.ShortDay(l.First.At)), lineBreak(), b.sources([]diag.Pos{l.First.Pos})), words(b.figure(days, "lag of "+l.id)), entered}})
	}
	if len(t.Rows) > 0 {
		sec.Blocks = []Block{t}
	}
	sec.Blocks = append(sec.Blocks, Paragraph{Quiet: true, Text: words("First seen is the oldest row of jobs, alerts, capacity and patches. The exports begin later than many systems, so the days are an undercount. For ", b.count(n-len(known), "count(systems without a date of their inventory row or of any other row)"), " ", evidence.Noun(n-len(known), "system", "systems"), " it cannot be told.")})
	return sec
}

// exportSection is how old every export is, and how much of the inventory it
// names.
func (b *builder) exportSection() Section {
	p := b.stockPicture()
	held := 0
	for i := range b.Set.Systems {
		if b.Set.Systems[i].InInventory {
			held++
		}
	}
	t := Table{Caption: "Exports by age and by the systems they name", Wide: true, Columns: []Column{{Title: "Export", Share: .2}, {Title: "As of", Share: .14}, {Title: "Age", Num: true, Share: .08}, {Title: "State", Share: .12}, {Title: "Systems of the inventory it names", Num: true, Share: .2}, {Title: "Not in the inventory", Share: .26}}}
	states := map[string]*assess.Finding{}
	for _, f := range b.ofChecks("GOV-03") {
		states[f.Subject.ID] = f
	}
	old, dated := 0, 0
	for i := range b.Set.Inputs {
		in := &b.Set.Inputs[i]
		file := diag.Pos{File: in.File, Sheet: in.Sheet}
		asOf, age := absent("not dated"), absent("unknown")
		if made := p.in.MadeOn(in); !made.IsZero() {
			days := max(0, evidence.DaysBetween(made, b.Set.AsOf))
			dated++
			if time.Duration(days)*24*time.Hour > b.Policy.DataAge {
				old++
			}
			asOf = words(keep(evidence.ShortDay(made)))
			age = words(b.figure(evidence.Figure{Text: evidence.Whole(days) + " d", Value: float64(days), Unit: "days", Formula: "days from the day the export was made to as-of, none where it was made after", Sources: []diag.Pos{file}}, "age of "+in.File))
		}
		state := words("not judged")
		if f := states[in.DataSet]; f != nil {
			state = words(stateOf(f.State))
		}
		named, strange := words("names no system"), words("none")
		if len(in.Systems) > 0 && in.DataSet != evidence.Inventory {
			n, others := b.namedBy(in)
			named = words(b.count(n, "count(systems of the inventory that "+in.File+" names)"), " of ", b.count(held, "count(systems of the inventory)"))
			strange = b.someSystems(others)
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(link(path.Base(in.File), b.rowPath(file)), lineBreak(), Text{small(in.DataSet)}), asOf, age, state, named, strange}})
	}
	sec := Section{ID: "exports", Kicker: "Age of every export"}
	if len(t.Rows) == 0 {
		sec.Title = words("No export was read")
		sec.Blocks = []Block{Paragraph{Text: absent("The exports folder is empty.")}}
		return sec
	}
	n := len(t.Rows)
	sec.Title = words(b.count(dated, "count(exports that say when they were made)"), " of ", b.count(n, "count(exports)"), " ", evidence.Noun(n, "export", "exports"), " ", evidence.Noun(dated, "says", "say"), " when ", evidence.Noun(dated, "it was", "they were"), " made; ", b.count(old, "count(exports older than the limit)"), " ", evidence.Noun(old, "is", "are"), " older than ", b.Policy.Limit("data-age").Text())
	sec.Blocks = []Block{t}
	return sec
}

// namedBy is how many systems of the inventory a source names, and which others.
func (b *builder) namedBy(in *evidence.Input) (held int, strange []string) {
	for _, id := range in.Systems {
		if s := b.Set.System(id); s != nil && s.InInventory {
			held++
		} else {
			strange = append(strange, id)
		}
	}
	slices.SortFunc(strange, b.bySystemRank)
	return held, strange
}
