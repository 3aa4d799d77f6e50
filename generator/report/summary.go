package report

import (
	"fmt"
	"slices"
	"strings"
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

// decisions are those that a person asks; where none was supplied, the next
// actions that the evidence asks for.
func (b *builder) decisions() Section {
	if len(b.Set.Decisions) > 0 {
		return b.suppliedDecisions()
	}
	next := b.nextActions()
	title := words("No decision was supplied; the evidence asks for ", counted(len(next), "next step"))
	if len(next) == 0 {
		title = words("No decision was supplied, and no finding asks for a next step")
	}
	s := Section{ID: "decisions", Kicker: "Decisions", Title: title}
	if len(next) > 0 {
		s.Blocks = []Block{b.actionList(next)}
		if left := len(b.Ranking.Actions) - len(next); left > 0 {
			s.Blocks = append(s.Blocks, Paragraph{Quiet: true, Text: words(
				b.count(left, "count(actions) - "+fmt.Sprint(len(next))), " further ", evidence.Noun(left, "step waits", "steps wait"),
				": trying to improve everything at once improves nothing first. ", link("All of them, in order", "ranking.html#actions"))})
		}
	}
	return s
}

func (b *builder) nextActions() []rank.Action {
	return b.Ranking.Actions[:min(b.Ranking.Cap, len(b.Ranking.Actions))]
}

func (b *builder) actionList(actions []rank.Action) Decisions {
	var d Decisions
	for _, a := range actions {
		ask := Ask{Title: b.say(a.Title), Why: b.say(a.Why), Closes: words(a.Proof), Step: true}
		if a.By.Text != "" {
			ask.DecideBy = words(b.figure(a.By, a.Title.String()))
		}
		d.Items = append(d.Items, ask)
	}
	return d
}

func (b *builder) suppliedDecisions() Section {
	n := len(b.Set.Decisions)
	total, known := 0.0, 0
	var rows []diag.Pos
	var d Decisions
	for _, x := range b.Set.Decisions {
		ask := Ask{
			Title: words(x.Decision), Why: sentence(x.Why, "no reason given"),
			AskedBy: orAbsent(x.AskedBy, "not named"), DecideBy: absent("not set"), Cost: absent("not set"), Closes: orAbsent(x.Closes, "not said"),
		}
		if !x.DecideBy.IsZero() {
			ask.DecideBy = words(b.figure(evidence.Figure{Text: evidence.ShortDay(x.DecideBy), Unit: "date", Formula: "decide_by", Sources: []diag.Pos{x.Pos}}, x.Decision))
		}
		switch {
		case x.Cost.Known && x.Cost.Value == 0:
			ask.Cost = words("none")
		case x.Cost.Known:
			ask.Cost = words(b.money(x.Cost.Value, "cost of the decision", x.Pos))
		}
		if x.Cost.Known {
			total, known = total+x.Cost.Value, known+1
			rows = append(rows, x.Pos)
		}
		d.Items = append(d.Items, ask)
	}
	title := words(upper(counted(n, "decision")), " ", evidence.Noun(n, "is", "are"), " asked of leadership this month")
	switch {
	case known == n && total > 0:
		title = append(title, words(", for ", b.money(total, "sum of the costs of the decisions", rows...), " in total")...)
	case known < n:
		title = append(title, words("; ", counted(n-known, "cost"), " ", evidence.Noun(n-known, "is", "are"), " not stated")...)
	}
	return Section{ID: "decisions", Kicker: "Decisions", Title: title, Blocks: []Block{d}}
}

// blindSpots says what the report cannot see, each with what it would take.
func (b *builder) blindSpots() Section {
	var notes []Block
	absentSets := b.absentSets()
	if len(absentSets) > 0 {
		notes = append(notes, Paragraph{Alert: true, Text: words(strong("No export: "), strings.Join(absentSets, ", "),
			". Every proof that needs one of them is missing, not passed.")})
	}
	for _, t := range b.shortfalls() {
		notes = append(notes, Paragraph{Alert: true, Text: t})
	}
	unattested := b.unattested()
	if unattested > 0 {
		notes = append(notes, Paragraph{Alert: true, Text: words(strong("Completeness not attested: "), b.count(unattested, "count(sources without a declared row count)"), " of ",
			b.count(len(b.Set.Inputs), sourcesCounted), " exports came without a declared row count, so nothing shows that they are whole.")})
	}
	if len(b.Unread) > 0 {
		notes = append(notes, Paragraph{Alert: true, Text: words(strong("Not read: "), counted(len(b.Unread), "file"), " beside the exports. ", link("Which, and why", "data-quality.html#unread"))})
	}
	title := words(upper(counted(len(absentSets), "data set")), " ", evidence.Noun(len(absentSets), "is", "are"), " absent, so what they would prove is missing")
	if len(absentSets) == 0 {
		title = words("Every data set that the checks ask for was supplied")
	}
	if len(notes) == 0 {
		notes = append(notes, Paragraph{Text: words("Every export was supplied, whole, and read without a rejected row.")})
	}
	notes = append(notes, Paragraph{Quiet: true, Text: words(link(fmt.Sprintf("All %d sources, with row counts and hashes", len(b.Set.Inputs)), "data-quality.html"))})
	return Section{ID: "cannot-see", Kicker: "What this report cannot see", Title: title, Blocks: notes}
}

// shortfalls are what was asked for and did not arrive whole: short exports,
// rejected rows, declared exports that are absent, and archives of earlier months
// that can't be used. They stand on the first page of site and packet alike.
func (b *builder) shortfalls() []Text {
	all := b.unusedMonths()
	for _, in := range b.Set.Inputs {
		if in.Standing == evidence.Short {
			all = append(all, words(strong("Short: "), code(in.File), " holds ", b.count(in.Read, "rows read of "+in.File), " of ",
				b.count(in.Expected, "rows declared in the intake record of "+in.File), " declared rows. It proves nothing until the rest arrives; what it shows as failed stands."))
		}
		if in.Rejected > 0 {
			all = append(all, words(strong("Rejected: "), b.count(in.Rejected, "rows rejected of "+in.File), " of ",
				b.count(in.Read, "rows read of "+in.File), " rows of ", code(in.File), " could not be used."))
		}
	}
	for _, a := range b.Set.Absent {
		all = append(all, words(strong("Declared and absent: "), heldBy(a), ", ", code(a.Pattern), "."))
	}
	return all
}

// standIns are data sets that take the place of another: what a database makes
// of a log that is too large to hand over.
var standIns = map[string]string{evidence.AccessAggregate: evidence.SignIns}

// absentSets are the data sets that some check needs and nobody supplied, in
// the order of the checks. One that another takes the place of is not absent,
// and what would only take a place is not asked for.
func (b *builder) absentSets() []string {
	var all []string
	seen := map[string]bool{}
	for d, instead := range standIns {
		seen[d] = true
		seen[instead] = b.Set.Supplied(d)
	}
	for i := range assess.Checks {
		for _, d := range assess.Checks[i].Needs {
			if !seen[d] && !b.Set.Supplied(d) {
				seen[d] = true
				all = append(all, d)
			}
		}
	}
	return all
}

func (b *builder) unattested() int {
	n := 0
	for _, in := range b.Set.Inputs {
		if in.Standing == evidence.Unattested {
			n++
		}
	}
	return n
}
