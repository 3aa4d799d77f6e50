package report

import (
	"fmt"
	"slices"
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/rank"
)

// summary is the first page: what must be decided, and what cannot be proven.
func (b *builder) summary() *Page {
	cells := assess.Cells(b.Result, b.Set.Services)
	p := &Page{
		Path: "index.html", Nav: "Summary", Kicker: "Summary for the board", Explore: "explore/ranking.html",
		Title: b.headline(), Lede: b.lede(),
		Sections: []Section{
			{ID: "keys", Blocks: append([]Block{b.keys(cells)}, b.answerable()...)},
			b.decisions(),
			b.costs(8, true),
			b.contradictionSection(3),
			b.matrixSection(cells, 0),
			b.blindSpots(),
		},
	}
	p.Sections = slices.Insert(p.Sections, 1, b.outageLine()...)
	if text := b.Prose["summary.md"]; text != "" {
		p.Sections = append(p.Sections, Section{ID: "commentary", Kicker: "Commentary", Blocks: []Block{Prose{Name: "summary.md", Markdown: text}}})
	}
	return p
}

// headline says the worst that the evidence shows about the first service.
func (b *builder) headline() Text {
	if len(b.Ranking.Services) == 0 {
		return words("No export names a business service, so nothing in this report can be ranked by impact.")
	}
	top := &b.Ranking.Services[0]
	head := b.recoveryClause(top)
	if full := b.fullestUnder(top); full != nil {
		return words(head, ", and ", b.resourceUnder(full), " will be full about ", b.figure(full.Full(), "when "+full.Resource+" is full"), ".")
	}
	return words(head, ".")
}

// recoveryClause is the state of a service's recovery as a clause.
func (b *builder) recoveryClause(s *rank.Service) Text {
	name := words(b.service(s.ID))
	target := words(" within its target")
	if s.TargetHours > 0 {
		target = words(" within its ", b.figure(hoursAdjective(s.TargetHours, b.servicePos(s.ID)), "recovery target"), " target")
	}
	over := b.worstOf(s.ID, "BKP-02")
	integrity := b.worstOf(s.ID, "BKP-10")
	switch {
	case over != nil && over.State == assess.Failed:
		return words(name, " cannot be recovered", target)
	case integrity != nil && integrity.State == assess.Failed:
		return words(name, " has no proof of recovery: its database has not passed a consistency check while backups reported success")
	}
	switch assess.RecoveryState(b.Result, s.ID) {
	case assess.Proven:
		return words(name, " has a proven recovery", target)
	case assess.Stale:
		return words(name, " was last proven to recover longer ago than policy allows")
	case assess.Excepted:
		return words(name, " has no proof of recovery, under an approved exception")
	case assess.Failed, assess.Missing, assess.NotApplicable:
	}
	return words(name, " has no proof that it can be recovered", target)
}

// hoursAdjective is a target as it stands before a noun: "4-hour".
func hoursAdjective(hours float64, at ...diag.Pos) evidence.Figure {
	return evidence.Figure{Text: number(hours) + "-hour", Value: hours, Unit: "h", Formula: "rto_hours of the service", Sources: at}
}

// worstOf is the worst finding of a check over a service.
func (b *builder) worstOf(service, check string) *assess.Finding {
	if all := b.findings(b.byService[service], check); len(all) > 0 {
		return all[0]
	}
	return nil
}

// fullestUnder is the resource under a service that is full first, when that is
// inside the limit that MON-05 warns at.
func (b *builder) fullestUnder(s *rank.Service) *evidence.Trend {
	var first *evidence.Trend
	for _, id := range b.Graph.Needs(s.ID) {
		for _, t := range b.trendsOf(id) {
			days := t.Days(b.Set.AsOf)
			if !t.Fills || days > int(b.Policy.Capacity.Warn/(24*time.Hour)) {
				continue
			}
			if first == nil || t.FullOn.Before(first.FullOn) {
				first = &t
			}
		}
	}
	return first
}

// resourceUnder names a resource with the system it belongs to.
func (b *builder) resourceUnder(t *evidence.Trend) Text {
	return words("storage ", t.Resource, " under it")
}

// trendsOf are the forecasts of a system's resources.
func (b *builder) trendsOf(system string) []evidence.Trend {
	var all []evidence.Trend
	for _, r := range b.resources() {
		if r.System != system {
			continue
		}
		if t, ok := r.Forecast(b.Policy.Capacity.Samples, b.Policy.Capacity.Span); ok {
			all = append(all, t)
		}
	}
	return all
}

// lede says how many critical systems have a proof of recovery, and what the
// first service's driver carries.
func (b *builder) lede() Text {
	critical := b.Graph.Critical()
	if len(critical) == 0 {
		return words("No export says which systems a business service needs: every proof below is missing until one does.")
	}
	proven := 0
	var rows []diag.Pos
	for _, id := range critical {
		if f := b.findings(b.bySubject["system/"+id], "BKP-01"); len(f) > 0 && f[0].State == assess.Proven {
			proven++
			rows = append(rows, f[0].Sources...)
		}
	}
	lede := words(b.count(proven, "count(critical systems where BKP-01 is proven)", rows...), " of ",
		b.count(len(critical), "count(systems that a service needs)"), " systems that stop revenue, service or compliance ",
		evidence.Noun(proven, "has", "have"), " a current full restore test on record.")
	if len(b.Ranking.Services) > 0 && len(b.Ranking.Services[0].Drivers) > 0 {
		top := b.Ranking.Services[0]
		lede = append(lede, words(" The largest exposure is a failure of ", b.system(top.Drivers[0].System), " under ", b.service(top.ID), ".")...)
		if says := top.Drivers[0].Says; !says.Empty() {
			lede = append(lede, words(" ", b.say(says), stop(says))...)
		}
	}
	return lede
}

// keys are the four figures under the headline.
func (b *builder) keys(cells []assess.Cell) Keys {
	counts := assess.CountCells(cells)
	k := Keys{}
	k.Items = append(k.Items, b.costKey())
	k.Items = append(k.Items, Key{
		Label: words("Required proofs that are current"),
		Value: words(b.count(counts.Proven, "count(cells of service x discipline where state = proven)"), " of ", b.count(counts.Total(), "count(services) x 8 disciplines")),
		Note:  words(b.count(counts.Failed, "count(cells where state = failed)"), " failed, ", b.count(counts.NotProven(), "count(cells where state = missing or stale)"), " not proven"),
	})
	answered, all, rows := b.answeredAlerts()
	alerts := Key{Label: words("Alerts that a person acknowledged"), Value: absent("no alert export"), Note: words("nothing shows that alerts are read")}
	if b.Set.Supplied(evidence.Alerts) {
		alerts.Value = words(b.count(answered, "count(alerts where acknowledged_by is a person)", rows...), " of ", b.count(all, "count(alerts)", b.alertRows()...))
		alerts.Note = words("a rule that closes an alert is no person")
	}
	k.Items = append(k.Items, alerts)
	k.Items = append(k.Items, Key{
		Label: words("Contradictions between exports"),
		Value: words(b.count(len(b.Result.Contradictions), "count(contradictions)")),
		Note:  words(contradictionNote(len(b.Result.Contradictions))),
	})
	return k
}

func contradictionNote(n int) string {
	if n == 0 {
		return "no two exports disagree about a system"
	}
	return "two rows that cannot both be good news"
}

// costKey is the cost of the costliest outage; a service whose cost nobody
// declared may cost more than any, and stands in its place.
func (b *builder) costKey() Key {
	if len(b.Ranking.Services) == 0 {
		return Key{Label: words("Costliest single outage"), Value: absent("unknown"), Note: words("no export names a service")}
	}
	s := &b.Ranking.Services[0]
	if s.Exposure.Known {
		s = b.costliest()
	}
	key := Key{Label: words("Costliest single outage: ", b.serviceName(s.ID))}
	if !s.Exposure.Known {
		key.Value = absent("not declared")
		key.Note = words("nobody declared what an hour of it costs")
		return key
	}
	key.Value = words(b.money(whole(s.OneOutage[rank.Likely]), b.outageFormula(s), b.servicePos(s.ID)))
	key.Note = words(hoursWords(s.Hours[rank.Likely]), " to recover, ", measuredWord(s.Measured))
	return key
}

func measuredWord(measured bool) string {
	if measured {
		return "measured"
	}
	return "assumed: nothing proves less"
}

func (b *builder) outageFormula(s *rank.Service) string {
	driver := "its costliest driver"
	if len(s.Drivers) > 0 {
		driver = s.Drivers[0].System
	}
	return fmt.Sprintf("business hours within %s of recovery of %s x cost per hour + share of labour and fixed cost", hoursWords(s.Hours[rank.Likely]), driver)
}

func (b *builder) servicePos(id string) diag.Pos {
	if s := b.Set.Service(id); s != nil {
		return s.Pos
	}
	return diag.Pos{}
}

// answeredAlerts counts alerts that a person acknowledged.
func (b *builder) answeredAlerts() (answered, all int, rows []diag.Pos) {
	for _, a := range b.Set.Alerts {
		all++
		if a.ByPerson {
			answered++
			rows = append(rows, a.Pos)
		}
	}
	return answered, all, rows
}

func (b *builder) alertRows() []diag.Pos {
	rows := make([]diag.Pos, 0, len(b.Set.Alerts))
	for _, a := range b.Set.Alerts {
		rows = append(rows, a.Pos)
	}
	return rows
}
