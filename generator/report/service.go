package report

import (
	"fmt"
	"slices"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/rank"
)

// servicePages are one page a service, by rank.
func (b *builder) servicePages() []*Page {
	var all []*Page
	for i := range b.Ranking.Services {
		if svc := b.Set.Service(b.Ranking.Services[i].ID); svc != nil {
			all = append(all, b.servicePage(&b.Ranking.Services[i], svc))
		}
	}
	return all
}

func (b *builder) servicePage(s *rank.Service, svc *evidence.Service) *Page {
	title := b.recoveryClause(s)
	if full := b.fullestUnder(s); full != nil {
		title = append(title, words(", and ", b.resourceUnder(full), " will be full about ", b.figure(full.Full(), "when "+full.Resource+" is full"))...)
	}
	p := &Page{
		Path:   b.servicePath(s.ID),
		Crumbs: []Crumb{{Text: "Risk ranking", Href: "ranking.html"}},
		Kicker: fmt.Sprintf("Service, %d of %d", s.Rank, len(b.Ranking.Services)),
		Title:  append(title, Span{Text: "."}),
		Lede:   b.serviceLede(s, svc),
		Sections: []Section{
			{ID: "facts", Blocks: []Block{b.serviceFacts(s, svc)}},
			b.fourProofs(s),
			b.driftSection(s, mostOfDrift),
			b.recoverySection(s),
			b.ladderSection(svc.Name, s.Ladder),
		},
	}
	p.Sections = append(p.Sections, b.evidenceOf("What each check found for "+svc.Name+" and what it needs", b.byService[s.ID])...)
	return p
}

func (b *builder) serviceLede(s *rank.Service, svc *evidence.Service) Text {
	var lede Text
	if len(s.Drivers) > 0 {
		d := s.Drivers[0]
		lede = words("Its costliest driver is ", b.system(d.System), ".")
		if !d.Says.Empty() {
			lede = append(lede, words(" ", b.say(d.Says), stop(d.Says))...)
		}
	} else {
		lede = absent("No export names a system that " + svc.Name + " needs.")
	}
	if c := b.backupsNote(s.ID); len(c) > 0 {
		lede = append(lede, words(" ", c)...)
	}
	return lede
}

// backupsNote is the sentence that backups are no proof of recovery, from the
// finding about the service as a whole.
func (b *builder) backupsNote(service string) Text {
	for _, f := range b.findings(b.bySubject["service/"+service], "BKP-01") {
		return b.say(f.Says)
	}
	return nil
}

func (b *builder) serviceFacts(s *rank.Service, svc *evidence.Service) Facts {
	cost := Fact{Label: words("Loss an hour"), Value: absent("not declared"), Note: words("so its exposure has no figure")}
	if svc.CostPerHour.Known {
		cost.Value, cost.Note = words(b.money(svc.CostPerHour.Value, "cost_per_hour", svc.Pos)), b.sources([]diag.Pos{svc.Pos})
	}
	target := Fact{Label: words("Recovery target"), Value: absent("not set")}
	if svc.RTOHours.Known {
		target.Value = words(b.figure(evidence.Figure{Text: hoursWords(svc.RTOHours.Value), Value: svc.RTOHours.Value, Unit: "h", Formula: "rto_hours", Sources: []diag.Pos{svc.Pos}}, "recovery target of "+svc.Name))
	}
	if svc.RPOHours.Known {
		target.Note = words("data loss at most ", hoursWords(svc.RPOHours.Value))
	} else {
		target.Note = words("data loss target not set")
	}
	day := words("not declared: 24 h a day assumed")
	if svc.HoursPerDay.Known {
		day = words(number(svc.HoursPerDay.Value), " h a day, ", orWord(svc.BusinessDays, "Mon-Fri"))
	}
	peak := words("no peak window declared")
	if svc.PeakWindow != "" {
		peak = words("peak ", svc.PeakWindow)
	}
	outage := Fact{Label: words("One outage"), Value: absent("not declared")}
	if s.Exposure.Known {
		outage.Value = words(b.money(whole(s.OneOutage[rank.Likely]), b.outageFormula(s), svc.Pos))
		outage.Note = words(hoursWords(s.Hours[rank.Likely]), " to recover, ", measuredWord(s.Measured))
	}
	deputy := words("no deputy named")
	if svc.Deputy != "" {
		deputy = words("deputy ", svc.Deputy)
	}
	esc := orAbsent(svc.EscalationOwner, "no escalation owner")
	exposure := Fact{Label: words("Exposure, ", keep(evidence.Of(s.Exposure.Days, "day", "days"))), Value: b.high(s.Exposure, "high bound of "+svc.Name+": "+exposureFormula)}
	if s.Exposure.Known {
		exposure.Note = words("high bound; likely ", b.amount(s.Exposure.Likely, s.Exposure, "likely value of "+svc.Name+": "+exposureFormula), ", low ", b.amount(s.Exposure.Low, s.Exposure, "low bound of "+svc.Name+": "+exposureFormula))
	}
	return Facts{Items: []Fact{
		{Label: words("Stops"), Value: words(upper(string(svc.Stops))), Note: words("service ", code(svc.ID))},
		{Label: words("Owner"), Value: orAbsent(svc.Owner, "no owner"), Note: deputy},
		cost, target, outage, exposure,
		{Label: words("Business hours"), Value: day, Note: peak},
		{Label: words("Escalation owner"), Value: esc, Note: words("when a target is missed")},
		b.sessionFact(svc),
	}}
}

// sessionFact is the last planning or tabletop session on a service.
func (b *builder) sessionFact(svc *evidence.Service) Fact {
	fact := Fact{Label: words("Last planning session"), Value: absent("no session on record")}
	all := assess.SessionsOf(b.Set, svc.ID)
	if len(all) == 0 {
		return fact
	}
	last := all[len(all)-1]
	fact.Value = words(b.figure(evidence.OnDay(last.HeldOn, "newest held_on", last.Pos).As(evidence.ShortDay(last.HeldOn)), "last planning session on "+svc.Name))
	fact.Note = words(orWord(last.People, "nobody named"), "; ", orWord(last.Record, "no record"))
	return fact
}

func orWord(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// fourProofs is the four-proof card of the article.
func (b *builder) fourProofs(s *rank.Service) Section {
	four := assess.FourProofs(b.Result, s.ID)
	items := []struct {
		name  string
		state assess.State
		asks  string
	}{
		{"Owner", four.Owner, "a documented owner of the service and of every system under it"},
		{"Monitoring", four.Monitoring, "monitoring coverage of every system under it"},
		{"Access review", four.AccessReview, "a review of access within its cadence"},
		{"Recovery", four.Recovery, "a tested recovery: measured, sound, in order, not overtaken by a change"},
	}
	var missing []string
	t := Table{Caption: "The four proofs", Columns: []Column{{Title: "Proof", Share: .2}, {Title: "State", Share: .2}, {Title: "What it asks", Share: .6}}}
	for _, it := range items {
		if it.state != assess.Proven {
			missing = append(missing, it.name)
		}
		t.Rows = append(t.Rows, TableRow{ID: "proof-" + slugWord(it.name), Cells: []Text{words(strong(it.name)), words(stateOf(it.state)), words(upper(it.asks))}})
	}
	title := words(b.count(four.Count(), "count(four proofs of "+s.ID+" that are proven)"), " of 4 proofs are held")
	if len(missing) > 0 {
		title = append(title, words("; not proven: ", lowerAnd(missing))...)
	}
	return Section{ID: "four-proofs", Kicker: "Four proofs", Title: title, Blocks: []Block{t}}
}

// mostOfDrift is how many findings of one drift are quoted.
const mostOfDrift = 3

// saidOnce are findings by id, without those that say what one before them said
// of the same rows: three checks that lack one scan lack one thing.
func (b *builder) saidOnce(ids []string) []*assess.Finding {
	var all []*assess.Finding
	for _, id := range ids {
		f := b.findingByID(id)
		if f == nil || slices.ContainsFunc(all, func(before *assess.Finding) bool {
			return before.Says.String() == f.Says.String() && slices.Equal(before.Sources, f.Sources)
		}) {
			continue
		}
		all = append(all, f)
	}
	return all
}

// driftSection lists the drifts that add up on a service.
func (b *builder) driftSection(s *rank.Service, most int) Section {
	n := len(s.Drifts)
	name := b.serviceName(s.ID)
	if n == 0 {
		return Section{ID: "drifts", Kicker: "Several drifts at once", Title: words("No drift was found on ", name), Blocks: []Block{Paragraph{Text: words("Absent data sets can hide drifts; they are listed on the summary.")}}}
	}
	t := Table{Caption: "Drifts", Columns: []Column{{Title: "Drift", Share: .22}, {Title: "What the record says", Share: .53}, {Title: "Source", Share: .25}}}
	var rows []diag.Pos
	for _, d := range s.Drifts {
		found := b.saidOnce(d.Findings)
		for i, f := range found {
			if i == most && len(found) > most+1 {
				t.Rows = append(t.Rows, TableRow{Cells: []Text{{}, words(evidence.Whole(len(found)-most), " more findings of this kind, below"), {}}})
				break
			}
			label := Text{}
			if i == 0 {
				label = words(strong(upper(d.Name)))
			}
			rows = append(rows, f.Sources...)
			t.Rows = append(t.Rows, TableRow{Cells: []Text{label, b.findingText(f), b.sources(f.Sources)}})
		}
	}
	return Section{
		ID: "drifts", Kicker: "Several drifts at once",
		Title:  words(b.count(n, "count(distinct drifts over the service and what it needs)", rows...), " ", evidence.Noun(n, "drift", "drifts"), " on ", name),
		Blocks: []Block{t},
	}
}

func (b *builder) findingByID(id string) *assess.Finding {
	i, found := slices.BinarySearchFunc(b.findingIndex(), id, func(f *assess.Finding, id string) int {
		switch {
		case f.ID < id:
			return -1
		case f.ID > id:
			return 1
		}
		return 0
	})
	if !found {
		return nil
	}
	return b.findingIndex()[i]
}

// findingIndex is every finding by id.
func (b *builder) findingIndex() []*assess.Finding {
	if b.byID == nil {
		for i := range b.Result.Findings {
			b.byID = append(b.byID, &b.Result.Findings[i])
		}
		slices.SortFunc(b.byID, func(a, c *assess.Finding) int {
			switch {
			case a.ID < c.ID:
				return -1
			case a.ID > c.ID:
				return 1
			}
			return 0
		})
	}
	return b.byID
}

// findingText is a finding's sentence, with what an exception covers, and what
// is not attested, said beside it.
func (b *builder) findingText(f *assess.Finding) Text {
	t := b.say(f.Says)
	if f.State == assess.Excepted && f.Exception != nil {
		t = append(t, words(lineBreak(), Text{small("Without exception " + f.Exception.ID + ": " + lower(StateWord(f.Raw)) + ". Approved by " + f.Exception.ApprovedBy + " until " + evidence.Day(f.Exception.Until) + ".")})...)
	}
	if f.State == assess.Proven && !f.Attested {
		t = append(t, words(lineBreak(), Text{small("Completeness not attested.")})...)
	}
	return t
}

// ladderSection is the loss at the target, one and two business days.
func (b *builder) ladderSection(name string, ladder []rank.Rung) Section {
	if len(ladder) == 0 {
		return Section{ID: "ladder", Kicker: "What time costs", Title: words("What an outage of ", name, " costs is not declared"), Blocks: []Block{Paragraph{Text: absent("No cost per hour in any export.")}}}
	}
	t := Table{Caption: "Loss by length of outage", Columns: []Column{{Title: "Outage", Share: .35}, {Title: "Business hours", Num: true, Share: .2}, {Title: "Arithmetic", Share: .25}, {Title: "Loss", Num: true, Share: .2}}}
	last := words()
	for _, r := range ladder {
		amount := absent("not declared")
		if r.Known {
			amount = words(b.money(float64(r.Amount), r.Formula))
			last = words(r.Label, " cost ", amount)
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(r.Label), words(number(r.Hours)), words(r.Formula), amount}})
	}
	title := words("What an outage of ", name, " costs is not declared")
	if len(last) > 0 {
		title = words("An outage of ", name, ": ", last)
	}
	return Section{ID: "ladder", Kicker: "What time costs", Title: title, Blocks: []Block{t}}
}
