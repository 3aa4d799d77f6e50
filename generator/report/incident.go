package report

import (
	"fmt"
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/name"
)

// incidentSections are one outage told whole. n parts those whose ids would
// make one anchor.
func (b *builder) incidentSections(o *assess.Outage, n int) []Section {
	id := fmt.Sprintf("i%d-%s", n+1, name.Slug(o.ID, 24))
	return []Section{
		{ID: id, Kicker: "Outage " + o.ID, Title: b.outageSentence(o), Blocks: []Block{b.incidentFacts(o)}},
		b.warnedSection(o, id),
		b.costSection(o, id),
		b.beforeSection(o, id),
		b.timelineSection(o, id),
	}
}

func (b *builder) incidentFacts(o *assess.Outage) Facts {
	restored := Fact{Label: words("Restored"), Value: absent("not by " + evidence.ShortDay(b.Set.AsOf) + ", as far as the row shows")}
	if !o.Open {
		restored.Value = words(keep(momentWords(o.Restored)))
	}
	length := Fact{Label: words("Business hours"), Value: words(b.figure(o.BusinessFigure(), "length of "+o.ID)), Note: words(b.figure(o.ElapsedFigure(), "length of "+o.ID+" by the clock"), " by the clock; ", b.dayWords(o))}
	target := Fact{Label: words("Recovery target"), Value: absent("not set")}
	if o.Known {
		target.Value, target.Note = words(b.figure(o.TargetFigure(), "recovery target of "+o.Name)), b.missedWords(o)
	}
	cost := Fact{Label: words("Cost"), Value: b.costText(o), Note: b.expectedCost(o)}
	down := absent("none named")
	if len(o.SystemsDown) > 0 {
		down = b.systems(o.SystemsDown)
	}
	return Facts{Items: []Fact{
		{Label: words("Service"), Value: b.serviceOf(o), Note: b.sources([]diag.Pos{o.Pos})},
		{Label: words("Began"), Value: words(keep(momentWords(o.Started)))},
		restored, length, target, cost,
		{Label: words("Failed first"), Value: b.rootOf(o), Note: append(words("down with it: "), down...)},
		{Label: words("Escalation owner"), Value: b.escalatedTo(o), Note: words("state: ", orWord(o.State, "not recorded"))},
		{Label: words("Lesson"), Value: lessonWord(b.lessonOf(o.Pos).State), Note: words(link("all lessons", "#lessons"))},
		{Label: words("Runbook"), Value: orAbsent(o.Runbook, "none named")},
	}}
}

func momentWords(t time.Time) string { return t.Format("2 Jan 2006, 15:04") }

// dayWords says by which business day the hours were counted.
func (b *builder) dayWords(o *assess.Outage) string {
	words := number(o.HoursDay) + " h a day"
	if !o.Declared {
		words += ", assumed: the service declares none"
	}
	return words
}

func (b *builder) missedWords(o *assess.Outage) Text {
	switch {
	case o.Missed():
		return words(stateAs(assess.Failed, "missed by"), " ", b.figure(o.OverFigure(), "beyond the target of "+o.ID))
	case o.Open:
		return words("not missed yet")
	}
	return words("kept")
}

// expectedCost is what the service declares for the hours that were lost.
func (b *builder) expectedCost(o *assess.Outage) Text {
	if o.Of == nil || !o.Of.CostPerHour.Known {
		return words("no loss an hour declared to compare it with")
	}
	amount := o.Business * o.Of.CostPerHour.Value
	return words("declared for that time: ", number(o.Business), " h x ", b.money(o.Of.CostPerHour.Value, "cost_per_hour", o.Of.Pos), " = ", b.money(amount, "business hours x cost_per_hour", o.Pos, o.Of.Pos))
}

// costSection is the cost in parts: their sum is the cost, or the difference
// is said.
func (b *builder) costSection(o *assess.Outage, id string) Section {
	sec := Section{ID: id + "-cost", Kicker: "Cost in parts"}
	if len(o.CostParts) == 0 {
		sec.Title = words("The parts of the cost of ", o.ID, " are not on record")
		sec.Blocks = []Block{Paragraph{Text: words(stateOf(assess.Missing), " Record the cost as name=amount; name=amount.")}}
		return sec
	}
	bars := CostBars{}
	sum := words()
	for i, p := range o.CostParts {
		amount := evidence.InMoney(p.Amount, b.Set.Currency, "cost_parts of "+o.ID+": "+p.Name, o.Pos)
		span := b.figure(amount, p.Name)
		if i > 0 {
			sum = append(sum, words(" + ")...)
		}
		sum = append(sum, words(p.Name, " ", span)...)
		bars.Bars = append(bars.Bars, CostBar{Label: words(upper(p.Name)), Inside: p.Amount, Value: amount.Text, Figure: span.Figure, Says: p.Name + " " + amount.Text})
	}
	parts := b.figure(b.judged().PartsFigure(o), "sum of the cost parts of "+o.ID)
	sec.Title = append(sum, words(" = ", parts)...)
	var note Block
	switch diff := o.PartsSum - o.Cost.Value; {
	case !o.Cost.Known:
		note = Paragraph{Alert: true, Text: words("The whole cost is not on record, so nothing confirms the sum.")}
	case max(diff, -diff) > b.Policy.CostDifference:
		note = Paragraph{Alert: true, Text: words(stateOf(assess.Failed), " The parts add up to ", parts, ", and the row says ", b.costFigure(o), ".")}
	default:
		note = Paragraph{Text: words("The parts add up to the recorded cost of ", b.costFigure(o), ".")}
	}
	sec.Blocks = []Block{Chart{ID: id + "-parts", Measure: "Parts of the recorded cost, " + b.Set.Currency + ".", Drawing: bars}, note}
	return sec
}

// beforeSection is what was changed before an outage.
func (b *builder) beforeSection(o *assess.Outage, id string) Section {
	sec := Section{ID: id + "-changes", Kicker: "Changes before it"}
	all := assess.ChangesBefore(b.judged(), o.Incident)
	limit := evidence.Of(int(b.Policy.ChangeBeforeOutage.Hours()/24), "day", "days")
	var recent []diag.Pos
	for _, c := range all {
		if c.Recent {
			recent = append(recent, c.Pos)
		}
	}
	switch {
	case !b.Set.Supplied(evidence.Changes):
		sec.Title = words("No change record was supplied, so nothing shows what was changed before ", o.ID)
		sec.Blocks = []Block{Paragraph{Text: absent("Supply the change records of the months before it.")}}
		return sec
	case len(all) == 0:
		sec.Title = words("No change to what failed, or to what ", o.Name, " needs, is on record in the ", limit, " before ", o.ID)
		sec.Blocks = []Block{Paragraph{Quiet: true, Text: words("Older changes that somebody verified are not listed.")}}
		return sec
	}
	older := len(all) - len(recent)
	sec.Title = words("No change is on record in the ", limit, " before ", o.ID)
	if len(recent) > 0 {
		sec.Title = words(b.count(len(recent), "count(changes in the "+limit+" before "+o.ID+")", recent...), " ", evidence.Noun(len(recent), "change", "changes"), " in the ", limit, " before ", o.ID)
	}
	if older > 0 {
		sec.Title = append(sec.Title, words("; ", counted(older, "older change"), " ", evidence.Noun(older, "was", "were"), " never verified")...)
	}
	t := Table{Caption: "Changes before " + o.ID, Columns: []Column{{Title: "Change", Share: .12}, {Title: "What", Share: .3}, {Title: "System", Share: .24}, {Title: "Days before", Num: true, Share: .12}, {Title: "Verified by", Share: .22}}}
	for _, c := range all {
		system, days := absent("names no system"), absent("no date")
		if c.System != "" {
			system = words(b.system(c.System), ", ", c.How)
		}
		if c.Days >= 0 {
			days = words(b.figure(evidence.InDays(c.Days, "days from "+c.Key+" to the start of "+o.ID, c.Pos, o.Pos).As(evidence.Whole(c.Days)), c.Key+" before "+o.ID))
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(link(c.Key, b.rowPath(c.Pos))), orAbsent(c.Title, "no title"), system, days, orAbsent(c.VerifiedBy, "nobody on record")}})
	}
	sec.Blocks = []Block{t}
	return sec
}
