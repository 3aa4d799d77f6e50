package report

import (
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// mostMonths is how many months the columns of changes show.
const mostMonths = 12

// monthSection is the changes by the month their work began, with the drift
// that was found over them. Months before the first row are not drawn: an
// export that begins in May says nothing of April.
func (b *builder) monthSection() Section {
	p := b.changePicture()
	sec := Section{ID: "months", Kicker: "Changes a month", Title: words("No implemented change says when its work began")}
	all := lastMonths(b.Set.AsOf, mostMonths)
	shown := len(all) - 1
	var undated, older []diag.Pos
	for _, c := range p.done {
		switch at := begun(&c); {
		case at.IsZero():
			undated = append(undated, c.Pos)
		case at.Before(all[0]):
			older = append(older, c.Pos)
			shown = 0
		default:
			for at.Before(all[shown]) {
				shown--
			}
		}
	}
	if len(undated) < len(p.done) {
		sec.Title = words(b.count(len(p.unapproved), "count(implemented changes where approved_by is no person)", p.unapproved...), " ", evidence.Noun(len(p.unapproved), "change", "changes"), " without an approval on file, by the month the work began")
		if len(p.unapproved) == 0 {
			sec.Title = words("Changes by the month the work began, each with an approval on file")
		}
		sec.Blocks = []Block{b.monthColumns(all[shown:])}
	}
	if n := len(undated); n > 0 {
		sec.Blocks = append(sec.Blocks, Paragraph{Alert: true, Text: words(b.count(n, "count(implemented changes without any date)", undated...), " implemented ", evidence.Noun(n, "change has", "changes have"), " no date and ", evidence.Noun(n, "stands", "stand"), " in no month.")})
	}
	if n := len(older); n > 0 {
		sec.Blocks = append(sec.Blocks, Paragraph{Quiet: true, Text: words(b.count(n, "count(implemented changes begun before "+all[0].Format("January 2006")+")", older...), " older ", evidence.Noun(n, "change is", "changes are"), " in the table and not in the columns.")})
	}
	return sec
}

// begun is when work on a change began, as far as its row shows.
func begun(c *evidence.Change) time.Time {
	if c.Started.IsZero() {
		return c.Ended
	}
	return c.Started
}

func (b *builder) monthColumns(months []time.Time) Chart {
	p := b.changePicture()
	var m MonthColumns
	t := Table{Caption: "Changes a month", Columns: []Column{{Title: "Month", Share: .25}, {Title: "Approved", Num: true, Share: .2}, {Title: "No approval on file", Num: true, Share: .25}, {Title: "Drift without a change", Num: true, Share: .3}}}
	for _, month := range months {
		label := month.Format("January 2006")
		var good, bad []diag.Pos
		for i := range p.done {
			c := &p.done[i]
			switch at := begun(c); {
			case at.Before(month) || !at.Before(month.AddDate(0, 1, 0)):
			case evidence.IsPerson(c.ApprovedBy):
				good = append(good, c.Pos)
			default:
				bad = append(bad, c.Pos)
			}
		}
		drifted, compared := b.driftIn(month)
		m.Columns = append(m.Columns, MonthColumn{Label: month.Format("Jan"), Good: len(good), Bad: len(bad), Dots: drifted})
		drift := words("not compared")
		switch {
		case compared && month.Format("2006-01") == b.Month:
			drift = words(b.count(drifted, "count(systems that differ from last month's inventory without a change record)", sourcesOf(p.unrecorded)...))
		case compared:
			drift = words(b.count(drifted, "count(findings of CHG-04 that failed in the packet of "+label+")"))
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(label), words(b.count(len(good), "count(implemented changes begun in "+label+" where approved_by is a person)", good...)), words(b.count(len(bad), "count(implemented changes begun in "+label+" where approved_by is no person)", bad...)), drift}})
	}
	return Chart{ID: "month-columns", Measure: "Implemented changes by the month their work began; emphasised: no approval on file. Dots: systems that differed from the month before without a change record.", Drawing: m, Table: &t}
}

// driftIn is how many systems differed from the month before without a change
// record, as this month's checks or the packet of an earlier month say;
// compared is false where neither could compare.
func (b *builder) driftIn(month time.Time) (drifted int, compared bool) {
	name := month.Format("2006-01")
	if name == b.Month {
		return len(b.changePicture().unrecorded), b.Set.Last() != nil
	}
	for i := range b.Set.Earlier {
		if b.Set.Earlier[i].Name != name {
			continue
		}
		for _, f := range b.Set.Earlier[i].Findings {
			if f.Check != "CHG-04" {
				continue
			}
			if f.State == assess.Failed.String() {
				drifted++
			}
			compared = compared || f.State == assess.Failed.String() || f.State == assess.Proven.String()
		}
	}
	return drifted, compared
}
