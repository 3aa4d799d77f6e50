package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// noIncidents is how an export that is absent or empty reads: never as a count
// of outages.
const noIncidents = "No incident record supplied"

// incidentsInFull is how many incidents have a section of their own; all stand
// in the register.
const incidentsInFull = 12

// incidentsOnPaper is how many of them the packet tells.
const incidentsOnPaper = 3

// incidents is the page of what stopped, what it cost, and who knew before.
func (b *builder) incidents() *Page {
	p := &Page{Path: "incidents.html", Nav: "Incidents", Kicker: "Incidents and lessons", Title: b.incidentsTitle(),
		Lede: words("An outage is told from the rows of several exports: what was changed before it, which alerts and jobs announced it, what earlier packets said. Its length is counted in the business hours of the service, its target in hours by the clock.")}
	all := b.outages()
	if len(all) == 0 {
		p.Sections = []Section{{ID: "incidents", Kicker: "Incidents", Title: words(noIncidents), Blocks: []Block{Paragraph{Text: words(stateOf(assess.Missing), " Export the outages of the last 12 months: when each began and ended, the service, the system that failed first, and the cost in parts. Without a row nothing shows how often services stopped, or that they did not.")}}}}
	}
	if len(all) > 0 {
		p.Sections = append(p.Sections, b.outageMonths(), b.outageRegister())
	}
	for i := range all[:min(len(all), incidentsInFull)] {
		p.Sections = append(p.Sections, b.incidentSections(&all[i], i)...)
	}
	p.Sections = append(p.Sections, b.lessonSection(true))
	if findings := b.ofChecks("INC-01", "GOV-05", "GOV-08", "CHG-06", "BKP-09", "MON-10"); len(findings) > 0 {
		p.Sections = append(p.Sections, Section{ID: "findings", Kicker: "Findings", Title: words("What the checks of outages and lessons found"), Blocks: []Block{b.findingTable("Findings about outages and lessons", findings)}})
	}
	return p
}

// packetIncidents is the same on paper: the outages of the month in full, the
// costliest first, the others in the register. A month without one tells the
// newest.
func (b *builder) packetIncidents() *Page {
	page := b.incidents()
	p := &Page{Path: "incidents", Kicker: page.Kicker, Title: page.Title, Lede: page.Lede}
	left := map[string]bool{"findings": true}
	for n, i := range b.byCost() {
		for _, s := range b.incidentSections(&b.outages()[i], i) {
			left[s.ID] = n >= incidentsOnPaper || n > 0 && !b.inMonth(&b.outages()[i])
		}
	}
	for _, s := range page.Sections {
		switch {
		case left[s.ID]:
		case s.ID == "months": // twelve at most, the newest last
			p.Sections = append(p.Sections, s)
		case strings.HasSuffix(s.ID, "-timeline"):
			p.Sections = append(p.Sections, briefEnd(s, "Incidents"))
		default:
			p.Sections = append(p.Sections, brief(s, "Incidents"))
		}
	}
	return p
}

// byCost are the places of the outages that have sections of their own: those
// of the month first, the costliest of them before the others.
func (b *builder) byCost() []int {
	all := b.outages()
	var order []int
	for i := range all[:min(len(all), incidentsInFull)] {
		order = append(order, i)
	}
	slices.SortStableFunc(order, func(x, y int) int {
		if was, is := b.inMonth(&all[x]), b.inMonth(&all[y]); was != is {
			if was {
				return -1
			}
			return 1
		}
		if !b.inMonth(&all[x]) {
			return 0
		}
		return cmp.Compare(all[y].Cost.Value, all[x].Cost.Value)
	})
	return order
}

// incidentsTitle says what the costliest outage of the month came to, or else
// the newest.
func (b *builder) incidentsTitle() Text {
	o := b.worstOutage()
	if o == nil {
		return words(noIncidents, ", so nothing shows how often services stopped")
	}
	return b.outageSentence(o)
}

// worstOutage is the costliest outage of the month; when the month has none,
// the newest on record.
func (b *builder) worstOutage() *assess.Outage {
	all := b.outages()
	var worst *assess.Outage
	for i := range all {
		if o := &all[i]; b.inMonth(o) && (worst == nil || o.Cost.Value > worst.Cost.Value) {
			worst = o
		}
	}
	if worst == nil && len(all) > 0 {
		worst = &all[0]
	}
	return worst
}

// inMonth tells whether an outage was going on in the month that is reported.
func (b *builder) inMonth(o *assess.Outage) bool {
	first := lastMonths(b.Set.AsOf, 1)[0]
	return o.Open || !o.Ended.Before(first)
}

// outageSentence is an outage as a finding: "INC-9 stopped Shipping for 15
// business hours and cost $50,250; its 4-hour target was missed by 11 hours".
func (b *builder) outageSentence(o *assess.Outage) Text {
	name := words(o.Name)
	if b.Set.Service(o.Service) != nil {
		name = words(b.service(o.Service))
	}
	t := words(link(o.ID, b.rowPath(o.Pos)), " stopped ", name, " for ", b.figure(o.BusinessFigure(), "length of "+o.ID))
	if o.Open {
		t = append(t, words(" so far")...)
	}
	if o.Cost.Known {
		t = append(t, words(" and cost ", b.costFigure(o))...)
	}
	switch {
	case o.Missed():
		return append(t, words("; its ", b.figure(hoursAdjective(o.Target, b.servicePos(o.Service)), "recovery target"), " target was missed by ", b.figure(o.OverFigure(), "beyond the target of "+o.ID))...)
	case o.Known && !o.Open:
		return append(t, words(", inside its ", b.figure(hoursAdjective(o.Target, b.servicePos(o.Service)), "recovery target"), " target")...)
	}
	return t
}

func (b *builder) costFigure(o *assess.Outage) Span {
	return b.figure(b.judged().CostFigure(o), "cost of "+o.ID)
}

// outageMonths counts outages, hours and cost a month. Months before the first
// row are not counted: no row says that nothing stopped.
func (b *builder) outageMonths() Section {
	all := b.outages()
	covered := all[len(all)-1].Started
	t := Table{Caption: "Outages by month", Columns: []Column{{Title: "Month", Share: .24}, {Title: "Outages", Num: true, Share: .14}, {Title: "Business hours", Num: true, Share: .18}, {Title: "Beyond the target", Num: true, Share: .2}, {Title: "Recorded cost", Num: true, Share: .24}}}
	var h Histogram
	months := lastMonths(b.Set.AsOf, 12)
	total := 0
	var rows []diag.Pos
	early := 0
	for _, month := range months {
		label := month.Format("January 2006")
		if !month.AddDate(0, 1, 0).After(covered) {
			early++
			continue
		}
		m := b.monthOf(month)
		total += len(m.rows)
		rows = append(rows, m.rows...)
		h.Buckets = append(h.Buckets, Bucket{Label: month.Format("Jan"), N: len(m.rows), Emphasis: m.missed > 0})
		t.Rows = append(t.Rows, TableRow{Cells: m.cells(b, label)})
	}
	if early > 0 {
		span := months[0].Format("January 2006")
		if early > 1 {
			span += " to " + months[early-1].Format("January 2006")
		}
		t.Rows = slices.Insert(t.Rows, 0, TableRow{Cells: []Text{words(span), absent("no row so early"), absent("unknown"), absent("unknown"), absent("unknown")}})
	}
	sec := Section{ID: "months", Kicker: "Outages a month", Title: words(upper(counted(len(h.Buckets), "month")), " of rows: ", b.count(total, "count(incidents begun in the last 12 months)", rows...), " ", evidence.Noun(total, "outage", "outages"))}
	if total > 0 {
		sec.Title = append(sec.Title, words(", ", b.hoursOf(all, months[0]), ", ", b.costOf(all, months[0]))...)
	}
	if len(h.Buckets) > 1 {
		sec.Blocks = []Block{Chart{ID: "outage-months", Measure: "Outages on record by the month they began; emphasised: one missed its recovery target. Months before the first row are left out.", Drawing: h, Table: &t}}
	} else {
		sec.Blocks = []Block{t}
	}
	return sec
}

// An outageMonth is what the outages of a month come to.
type outageMonth struct {
	rows     []diag.Pos
	hours    float64
	missed   int
	late     []diag.Pos
	cost     float64
	priced   int
	costRows []diag.Pos
}

func (b *builder) monthOf(month time.Time) outageMonth {
	var m outageMonth
	for _, o := range b.outages() {
		if o.Started.Before(month) || !o.Started.Before(month.AddDate(0, 1, 0)) {
			continue
		}
		m.rows, m.hours = append(m.rows, o.Pos), m.hours+o.Business
		if o.Missed() {
			m.missed, m.late = m.missed+1, append(m.late, o.Pos)
		}
		if o.Cost.Known {
			m.cost, m.priced, m.costRows = m.cost+o.Cost.Value, m.priced+1, append(m.costRows, o.Pos)
		}
	}
	return m
}

func (m *outageMonth) cells(b *builder, label string) []Text {
	if len(m.rows) == 0 {
		return []Text{words(label), words("none on record"), words("none on record"), words("none on record"), words("none on record")}
	}
	of := "incidents begun in " + label
	cost := absent("not recorded")
	if m.priced > 0 {
		cost = words(b.money(m.cost, "sum(cost of "+of+")", m.costRows...))
		if m.priced < len(m.rows) {
			cost = append(words("at least "), cost...)
		}
	}
	return []Text{
		words(label), words(b.count(len(m.rows), "count("+of+")", m.rows...)),
		words(b.figure(evidence.Figure{Text: number(m.hours) + " h", Value: m.hours, Unit: "h", Formula: "sum(business hours of " + of + ")", Sources: m.rows}, "business hours of "+of)),
		words(b.count(m.missed, "count("+of+" that missed the recovery target)", m.late...)), cost,
	}
}

// hoursOf and costOf are the sums over the outages begun since a month.
func (b *builder) hoursOf(all []assess.Outage, since time.Time) Span {
	sum := 0.0
	var rows []diag.Pos
	for _, o := range all {
		if !o.Started.Before(since) {
			sum, rows = sum+o.Business, append(rows, o.Pos)
		}
	}
	return b.figure(evidence.Figure{Text: number(sum) + " business " + evidence.Noun(int(sum), "hour", "hours"), Value: sum, Unit: "h", Formula: "sum(business hours of incidents begun in the last 12 months)", Sources: rows}, "business hours of 12 months")
}

func (b *builder) costOf(all []assess.Outage, since time.Time) Text {
	sum, lacking := 0.0, 0
	var rows []diag.Pos
	for _, o := range all {
		switch {
		case o.Started.Before(since):
		case o.Cost.Known:
			sum, rows = sum+o.Cost.Value, append(rows, o.Pos)
		default:
			lacking++
		}
	}
	if len(rows) == 0 {
		return words("no cost recorded")
	}
	t := words(b.money(sum, "sum(cost of incidents begun in the last 12 months)", rows...))
	if lacking > 0 {
		return append(words("at least "), append(t, words(fmt.Sprintf(", the cost of %s not recorded", counted(lacking, "outage")))...)...)
	}
	return t
}

// outageLine is one sentence of the front page about the outages of the month;
// nothing where the month has none on record.
func (b *builder) outageLine() []Section {
	all := b.outages()
	n := 0
	for i := range all {
		if b.inMonth(&all[i]) {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	text := words(link("What was changed before it, what it cost in parts, and which packets warned of it", "incidents.html"))
	if n > 1 {
		text = words("The costliest of ", counted(n, "outage"), " of the month. ", link("All of them, with what was changed before and what earlier packets warned of", "incidents.html"))
	}
	o := b.worstOutage()
	return []Section{{ID: "outage", Kicker: "Outage of the month", Title: append(b.outageSentence(o), b.nobodyCalled(o)...), Blocks: []Block{Paragraph{Quiet: true, Text: text}}}}
}

// nobodyCalled says that a missed target was escalated to nobody.
func (b *builder) nobodyCalled(o *assess.Outage) Text {
	if !o.Missed() || o.EscalationOwner != "" {
		return nil
	}
	return words("; no escalation owner is on record")
}
