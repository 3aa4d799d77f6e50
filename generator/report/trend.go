package report

import (
	"fmt"
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/evidence"
	"proofpack/generator/history"
)

// trend is the page of what changed since earlier months, and which way things go.
func (b *builder) trend() *Page {
	last := b.Past.Last()
	p := &Page{Path: "trend.html", Nav: "Trend", Kicker: "Trend", Title: b.trendTitle(), Lede: b.trendLede()}
	if last == nil {
		p.Sections = []Section{{ID: "none", Kicker: "No earlier month", Title: words("With one month on record there is no line to draw"), Blocks: []Block{
			Paragraph{Text: words(stateOf(assess.Missing), " Build the next month into the same folder: it follows the archive of this one, once that verifies, and says here what changed.")},
		}}}
		if b.Past != nil {
			p.Sections = append(p.Sections, b.chainSection())
		}
		return p
	}
	p.Sections = append(p.Sections, b.courseSection(), b.monthsSection(), b.rankSection(), b.diffSection(0), b.chainSection())
	return p
}

// monthCounts are the states of a month's cells, or of its findings where it
// knew no service.
func monthCounts(m *evidence.Month, cells bool) assess.Counts {
	of := m.Counts
	if cells {
		of = m.Cells
	}
	return assess.Counts{
		Proven: of[assess.Proven.String()], Failed: of[assess.Failed.String()], Missing: of[assess.Missing.String()], Stale: of[assess.Stale.String()],
		Excepted: of[assess.Excepted.String()], NotApplicable: of[assess.NotApplicable.String()],
	}
}

// overCells tells whether months are counted by cells of the proof matrix, as
// page 1 counts, or by findings, where some month knew no service.
func (b *builder) overCells() bool {
	for _, m := range b.allMonths() {
		if len(m.Cells) == 0 || monthCounts(m, true).Total() == 0 {
			return false
		}
	}
	return true
}

// allMonths are the earlier months and this one, oldest first.
func (b *builder) allMonths() []*evidence.Month {
	var all []*evidence.Month
	for i := range b.Past.Months {
		all = append(all, &b.Past.Months[i])
	}
	return append(all, b.Past.Now)
}

// of is a count of a month as a figure: an earlier one stands in its archive.
func (b *builder) of(m *evidence.Month, n int, what string) Span {
	formula := "count(" + what + "), " + evidence.MonthName(m.Name)
	if m != b.Past.Now {
		formula += ", as its archive says (seal " + shortHash(m.Seal) + ")"
	}
	return b.count(n, formula)
}

func (b *builder) countedBy(cells bool) string {
	if cells {
		return "cells of service x discipline"
	}
	return "findings"
}

func (b *builder) trendTitle() Text {
	last := b.Past.Last()
	if last == nil {
		return words("There is no earlier month on record, so nothing shows which way things go")
	}
	cells := b.overCells()
	was, is := monthCounts(last, cells), monthCounts(b.Past.Now, cells)
	before := func() Text {
		return words(b.of(last, was.Proven, b.countedBy(cells)+" where state = proven"), " of ", b.of(last, was.Total(), b.countedBy(cells)))
	}
	now := func() Text {
		return words(b.of(b.Past.Now, is.Proven, b.countedBy(cells)+" where state = proven"), " of ", b.of(b.Past.Now, is.Total(), b.countedBy(cells)))
	}
	verb := ""
	switch {
	case is == was || is.Proven == was.Proven && is.Total() == was.Total():
		return words("Current proofs stayed at ", now(), " since ", evidence.MonthName(last.Name))
	case is.Proven == was.Proven:
		verb = "are "
	case is.Proven > was.Proven:
		verb = "rose to "
	case is.Proven < was.Proven:
		verb = "fell to "
	}
	return words("Current proofs ", verb, now(), ", from ", before(), " in ", evidence.MonthName(last.Name))
}

// trendLede counts what changed, by class.
func (b *builder) trendLede() Text {
	if b.Past.Last() == nil {
		return words("A direction needs two months. An empty chart, or a flat line, would say that nothing changed; nobody knows that.")
	}
	d := b.Past.Diff
	if d.Cannot != "" {
		return words(d.Cannot, " The counts can be.")
	}
	say := func(c history.Class, singular, plural string) Text {
		n := d.Count(c)
		return words(b.count(n, fmt.Sprintf("count(changes since %s of class %s)", d.From, c)), " ", evidence.Noun(n, singular, plural))
	}
	lede := words("Since ", evidence.MonthName(d.From), ": ", say(history.Fixed, "finding is fixed with proof", "findings are fixed with proof"), ", ", say(history.New, "is new", "are new"), ", ",
		say(history.Worse, "is worse", "are worse"), " and ", say(history.Gone, "is no longer reported", "are no longer reported"), ", which is not the same as fixed. ")
	lede = append(lede, words(b.count(d.Unchanged, "count(findings of one state in both months)"), " ", evidence.Noun(d.Unchanged, "finding is", "findings are"), " unchanged")...)
	if d.Untested > 0 {
		lede = append(lede, words("; ", b.count(d.Untested, "count(findings proven in both months by the same sentence)"), " of them ", evidence.Noun(d.Untested, "rests", "rest"), " on the record of the month before: unchanged, not retested")...)
	}
	return append(lede, words(".")...)
}

// courseSection is the direction of the three aims.
func (b *builder) courseSection() Section {
	last := b.Past.Last()
	t := Table{Caption: "Direction of the three aims since " + evidence.MonthName(last.Name), Columns: []Column{{Title: "Aim", Share: .34}, {Title: "Direction", Share: .2}, {Title: "Better or fixed", Num: true, Share: .12}, {Title: "New, worse, gone or lost", Num: true, Share: .14}, {Title: "Open then", Num: true, Share: .1}, {Title: "Open now", Num: true, Share: .1}}}
	tally := map[history.Direction]int{}
	for _, c := range history.Courses(last, b.Past.Now, b.Past.Diff) {
		tally[c.Direction]++
		direction, pro, con := words(strong(string(c.Direction))), words("not compared"), words("not compared")
		switch c.Direction {
		case history.CannotCompare:
			direction = append(absent("cannot compare"), lineBreak(), small(c.Why))
		case history.ItsSame:
			if c.For == 0 {
				direction = append(direction, lineBreak(), small("unchanged: not retested"))
			}
			fallthrough
		case history.ItsBetter, history.ItsWorse:
			pro = words(b.count(c.For, "count(changes better or fixed with proof, "+c.Aim.Means+")"))
			con = words(b.count(c.Against, "count(changes new, worse, lapsed, no longer reported or without input, "+c.Aim.Means+")"))
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(c.Aim.Name, lineBreak(), small(c.Aim.Means)), direction, pro, con,
			words(b.of(last, c.WasOpen, "open "+c.Aim.Means)), words(b.of(b.Past.Now, c.Open, "open "+c.Aim.Means))}})
	}
	title := words("Of three aims, ", ofSome(tally[history.ItsBetter]), " ", evidence.Noun(tally[history.ItsBetter], "is", "are"), " better, ", ofSome(tally[history.ItsWorse]), " worse, ", ofSome(tally[history.ItsSame]), " the same")
	if n := tally[history.CannotCompare]; n > 0 {
		title = append(title, words(", and ", ofSome(n), " cannot be compared")...)
	}
	return Section{ID: "direction", Kicker: "Direction", Title: title, Blocks: []Block{t, Paragraph{Quiet: true, Text: words("A finding that is gone, or whose export is gone, counts against: leaving evidence out is no progress.")}}}
}

// ofSome is how many of some, where a noun does not follow.
func ofSome(n int) string {
	if n == 0 {
		return "none"
	}
	return inWords(n)
}

// monthsSection is the proofs of every month, with the months between that have
// no packet.
func (b *builder) monthsSection() Section {
	cells := b.overCells()
	what := b.countedBy(cells)
	var d StateColumns
	t := Table{Caption: "Proofs a month", Wide: true, Columns: []Column{{Title: "Month", Share: .22}, {Title: "Proven", Num: true, Share: .12}, {Title: "Failed", Num: true, Share: .12}, {Title: "Not proven", Num: true, Share: .14}, {Title: "Excepted or not applicable", Num: true, Share: .16}, {Title: "Of", Num: true, Share: .1}, {Title: "Data to", Share: .14}}}
	before := ""
	for _, m := range b.allMonths() {
		if before != "" {
			for _, gap := range history.Between(before, m.Name) {
				d.Columns = append(d.Columns, StateColumn{Label: shortMonth(gap), None: true})
				t.Rows = append(t.Rows, TableRow{Cells: []Text{words(evidence.MonthName(gap)), absent("no packet"), words("unknown"), words("unknown"), words("unknown"), words("unknown"), words("no packet")}})
			}
		}
		before = m.Name
		c := monthCounts(m, cells)
		other := c.Excepted + c.NotApplicable
		d.Columns = append(d.Columns, StateColumn{Label: shortMonth(m.Name), Proven: c.Proven, Failed: c.Failed, NotProven: c.NotProven(), Other: other})
		count := func(n int, where string) Text { return words(b.of(m, n, what+" where state = "+where)) }
		t.Rows = append(t.Rows, TableRow{Mark: m == b.Past.Now, Cells: []Text{words(evidence.MonthName(m.Name)), count(c.Proven, "proven"), count(c.Failed, "failed"), count(c.NotProven(), "missing or stale"), count(other, "excepted or not applicable"), words(b.of(m, c.Total(), what)), words(keep(evidence.ShortDay(m.AsOf)))}})
	}
	measure := "Cells of the proof matrix, service x discipline, by state, at the end of each month."
	if !cells {
		measure = "Findings by state at the end of each month: some month names no service, so there is no matrix to count."
	}
	n := len(b.allMonths())
	return Section{ID: "months", Kicker: "Months", Title: words(upper(counted(n, "month")), " on record, ", evidence.MonthName(b.allMonths()[0].Name), " to ", evidence.MonthName(b.Past.Now.Name)), Blocks: []Block{Chart{ID: "state-columns", Measure: measure, Drawing: d, Table: &t}}}
}

// shortMonth is "May", with the year in January.
func shortMonth(month string) string {
	t, err := time.Parse("2006-01", month)
	switch {
	case err != nil:
		return month
	case t.Month() == time.January:
		return t.Format("Jan 2006")
	}
	return t.Format("Jan")
}

// packetTrend is the trend as the packet prints it.
func (b *builder) packetTrend() *Page {
	p := b.trend()
	page := &Page{Path: "trend", Kicker: "Trend", Title: p.Title, Lede: p.Lede}
	for _, s := range p.Sections {
		if s.ID == "changes" {
			s = b.diffSection(paperRows)
		}
		page.Sections = append(page.Sections, brief(s, "Trend"))
	}
	return page
}
