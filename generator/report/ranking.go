package report

import (
	"fmt"
	"strings"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/rank"
)

// ranking is the page of services and systems by what their failure costs.
func (b *builder) ranking() *Page {
	p := &Page{
		Path: "ranking.html", Nav: "Ranking", Kicker: "Risk ranking", Explore: "explore/ranking.html",
		Title: b.rankingTitle(),
		Lede: words("Services and systems in order of exposure: the expected cost, within ", keep(evidence.Of(b.horizonDays(), "day", "days")),
			", of the costliest thing that happens. They are ranked by the high bound, the worst that the evidence does not exclude. Exposures share causes and are never added up."),
		Sections: []Section{b.costs(0, false), b.serviceTable(), b.systemTable(), b.allActions()},
	}
	return p
}

func (b *builder) horizonDays() int { return int(b.Policy.Horizon.Hours() / 24) }

func (b *builder) rankingTitle() Text {
	all := b.Ranking.Services
	if len(all) == 0 {
		return words("No export names a business service, so no failure can be ranked")
	}
	var names []string
	proofless := 0
	for i := range all[:min(3, len(all))] {
		names = append(names, all[i].ID)
		if assess.RecoveryState(b.Result, all[i].ID) != assess.Proven {
			proofless++
		}
	}
	t := words(b.services(names), " ", evidence.Noun(len(names), "carries", "carry"), " the largest exposure")
	switch {
	case proofless == len(names):
		return append(t, words(", and ", none(len(names)), " a proven recovery to rely on")...)
	case proofless > 0:
		return append(t, words(", and ", inWords(proofless), " of them ", evidence.Noun(proofless, "has", "have"), " no proven recovery to rely on")...)
	}
	return append(t, words("; ", evidence.Noun(len(names), "its recovery", "the recovery of each"), " is proven")...)
}

func none(n int) string {
	if n == 1 {
		return "it does not have"
	}
	return "none of them has"
}

// costliest is the service whose one outage costs most, the first of the
// ranking where two cost the same. There is a service.
func (b *builder) costliest() *rank.Service {
	top := &b.Ranking.Services[0]
	for i := range b.Ranking.Services {
		if b.Ranking.Services[i].OneOutage[rank.Likely] > top.OneOutage[rank.Likely] {
			top = &b.Ranking.Services[i]
		}
	}
	return top
}

// costs are the bars of one outage, by rank; at most so many, 0 for all.
func (b *builder) costs(most int, more bool) Section {
	services := b.Ranking.Services
	if most > 0 && len(services) > most {
		services = services[:most]
	}
	s := Section{ID: "cost", Kicker: "What one outage costs", Title: b.costTitle()}
	if len(services) == 0 {
		s.Blocks = []Block{Paragraph{Text: absent("No service, no cost: supply the services data set.")}}
		return s
	}
	bars := CostBars{Key: true}
	for i := range services {
		bars.Bars = append(bars.Bars, b.costBar(&services[i]))
	}
	s.Blocks = []Block{Chart{ID: "cost-bars", Measure: "Loss of one outage of each service when its costliest driver fails, " + b.Set.Currency + ". Costs of different services are not added.", Drawing: bars}}
	if more {
		s.Blocks = append(s.Blocks, Paragraph{Quiet: true, Text: words(link(fmt.Sprintf("All %d services and %d systems, with the arithmetic", len(b.Ranking.Services), len(b.Ranking.Systems)), "ranking.html"))})
	}
	return s
}

func (b *builder) costTitle() Text {
	if len(b.Ranking.Services) == 0 {
		return words("What an outage costs is unknown")
	}
	measured, declared := 0, 0
	for _, s := range b.Ranking.Services {
		if s.Exposure.Known {
			declared++
		}
		if s.Measured && s.Exposure.Known {
			measured++
		}
	}
	n := len(b.Ranking.Services)
	top := b.costliest()
	if declared == 0 {
		return words("Nobody declared what an outage costs, so no bar can be drawn")
	}
	t := words("An outage of ", b.service(top.ID), " would cost about ", b.money(whole(top.OneOutage[rank.Likely]), b.outageFormula(top), b.servicePos(top.ID)))
	if n == 1 {
		return append(t, words(", a figure that is ", measuredShort(top.Measured))...)
	}
	t = append(t, words("; ", b.count(measured, "count(services whose driver's recovery is measured in full)"), " of ", b.count(n, "count(services)"), " figures ", evidence.Noun(measured, "rests", "rest"), " on a measured recovery")...)
	if declared < n {
		t = append(t, words(", ", b.count(n-declared, "count(services without cost_per_hour)"), " ", evidence.Noun(n-declared, "has", "have"), " no declared cost")...)
	}
	return t
}

func (b *builder) costBar(s *rank.Service) CostBar {
	bar := CostBar{Label: words(b.service(s.ID)), Assumed: !s.Measured}
	took := hoursWords(s.Hours[rank.Likely]) + " " + measuredShort(s.Measured)
	target := "no target declared"
	if s.TargetHours > 0 {
		target = hoursWords(s.TargetHours) + " target"
	}
	bar.Sub = took + ", " + target
	if !s.Exposure.Known {
		bar.Unknown = true
		bar.Value = "not declared"
		bar.Says = b.serviceName(s.ID) + ": what an hour costs is not declared"
		return bar
	}
	loss := whole(s.OneOutage[rank.Likely])
	inside := 0.0
	if s.TargetHours > 0 && s.Hours[rank.Likely] > 0 {
		inside = loss * min(1, s.TargetHours/s.Hours[rank.Likely])
	}
	bar.Inside, bar.Beyond = inside, loss-inside
	figure := evidence.InMoney(loss, b.Set.Currency, b.outageFormula(s), b.servicePos(s.ID))
	bar.Value, bar.Figure = figure.Text, b.register(figure, "one outage of "+b.serviceName(s.ID))
	bar.ValueNote = measuredShort(s.Measured)
	bar.Says = fmt.Sprintf("%s: %s for one outage, %s, %s; %s of that is inside the target", b.serviceName(s.ID), figure.Text, took, target, evidence.Money(float64(int64(inside)), b.Set.Currency))
	return bar
}

func measuredShort(measured bool) string {
	if measured {
		return "measured"
	}
	return "assumed"
}

// amount is a bound of an exposure as printed.
func (b *builder) amount(v int64, e rank.Exposure, formula string) Text {
	if !e.Known {
		return absent("not declared")
	}
	return words(b.money(float64(v), formula))
}

func (b *builder) high(e rank.Exposure, formula string) Text {
	switch {
	case !e.Known:
		return absent("not declared")
	case e.Unbounded:
		return absent("no bound")
	}
	return words(b.money(float64(e.High), formula))
}

const exposureFormula = "sum over causes, costliest first, of loss x P x product over costlier causes of (1 - P)"

func (b *builder) serviceTable() Section {
	t := Table{Caption: "Services by exposure", Wide: true, Columns: []Column{
		{Title: "Rank", Num: true, Share: .05}, {Title: "Service", Share: .14}, {Title: "Stops", Share: .09}, {Title: "Owner", Share: .12}, {Title: "Loss an hour", Num: true, Share: .09},
		{Title: "Target", Num: true, Share: .07}, {Title: "Driver", Share: .1}, {Title: "Recovery", Share: .1}, {Title: "Low", Num: true, Share: .08}, {Title: "Likely", Num: true, Share: .08}, {Title: "High", Num: true, Share: .08},
	}}
	for i := range b.Ranking.Services {
		s := &b.Ranking.Services[i]
		svc := b.Set.Service(s.ID)
		if svc == nil {
			continue
		}
		at := fmt.Sprintf("%s, %d days: %s", svc.Name, s.Exposure.Days, exposureFormula)
		cost := absent("not declared")
		if svc.CostPerHour.Known {
			cost = words(b.money(svc.CostPerHour.Value, "cost_per_hour", svc.Pos))
		}
		target := absent("not set")
		if s.TargetHours > 0 {
			target = words(b.figure(evidence.Figure{Text: hoursWords(s.TargetHours), Value: s.TargetHours, Unit: "h", Formula: "rto_hours", Sources: []diag.Pos{svc.Pos}}, "recovery target of "+svc.Name))
		}
		driver := absent("no system known")
		if len(s.Drivers) > 0 {
			driver = words(b.system(s.Drivers[0].System))
		}
		t.Rows = append(t.Rows, TableRow{ID: "s-" + b.serviceSlugs[s.ID], Cells: []Text{
			words(fmt.Sprint(s.Rank)), words(b.service(s.ID)), words(string(svc.Stops)), orAbsent(svc.Owner, "no owner"), cost, target, driver,
			words(stateOf(assess.RecoveryState(b.Result, s.ID))),
			b.amount(s.Exposure.Low, s.Exposure, "low bound of "+at), b.amount(s.Exposure.Likely, s.Exposure, "likely value of "+at), b.high(s.Exposure, "high bound of "+at),
		}})
	}
	return Section{ID: "services", Kicker: "Services", Title: words("What leadership reads: ", counted(len(t.Rows), "service"), " by exposure within ", evidence.Of(b.horizonDays(), "day", "days")), Blocks: []Block{t}}
}

func (b *builder) systemTable() Section {
	t := Table{Caption: "Systems by exposure", Wide: true, Columns: []Column{
		{Title: "Rank", Num: true, Share: .05}, {Title: "System", Share: .12}, {Title: "Kind", Share: .13}, {Title: "Stops", Share: .19}, {Title: "Recovery takes", Num: true, Share: .1},
		{Title: "Proof", Share: .1}, {Title: "Low", Num: true, Share: .09}, {Title: "Likely", Num: true, Share: .09}, {Title: "High", Num: true, Share: .09},
	}}
	for i := range b.Ranking.Systems {
		s := &b.Ranking.Systems[i]
		sys := b.Set.System(s.ID)
		if sys == nil {
			continue
		}
		at := fmt.Sprintf("%s, %d days: %s", s.ID, s.Exposure.Days, exposureFormula)
		stops := words("no service alone")
		if len(s.Down) > 0 {
			stops = some(s.Down, b.service)
		}
		t.Rows = append(t.Rows, TableRow{ID: b.systemSlugs[s.ID], Cells: []Text{
			words(fmt.Sprint(s.Rank)), words(b.system(s.ID)), orAbsent(sys.Kind, "kind unknown"), stops,
			words(b.figure(evidence.Figure{Text: hoursWords(s.Hours[rank.Likely]), Value: s.Hours[rank.Likely], Unit: "h", Formula: "detection + restore times of " + strings.Join(elementNames(s), ", "), Sources: elementRows(s)}, "recovery of "+s.ID), " ", measuredShort(s.Measured)),
			words(stateOf(b.recoveryStateOf(s.ID))),
			b.amount(s.Exposure.Low, s.Exposure, "low bound of "+at), b.amount(s.Exposure.Likely, s.Exposure, "likely value of "+at), b.high(s.Exposure, "high bound of "+at),
		}})
	}
	return Section{ID: "systems", Kicker: "Systems", Title: words("What operations reads: ", counted(len(t.Rows), "system"), " by exposure"), Blocks: append(b.openEnds(), t)}
}

func (b *builder) recoveryStateOf(system string) assess.State {
	return assess.SystemProofs(b.Result, system).Recovery
}

func elementNames(s *rank.System) []string {
	var names []string
	for _, e := range s.Elements {
		names = append(names, e.System)
	}
	return names
}

func elementRows(s *rank.System) []diag.Pos {
	var rows []diag.Pos
	for _, e := range s.Elements {
		rows = append(rows, e.Figure.Sources...)
	}
	return rows
}

// allActions lists every action in order.
func (b *builder) allActions() Section {
	if len(b.Ranking.Actions) == 0 {
		return Section{ID: "actions", Kicker: "Next steps", Title: words("No finding asks for a step"), Blocks: []Block{Paragraph{Text: words("Every check that has evidence is proven.")}}}
	}
	t := Table{Caption: "Next steps in order", Columns: []Column{{Title: "", Num: true, Share: .05}, {Title: "Step", Share: .33}, {Title: "Service", Share: .14}, {Title: "By", Share: .13}, {Title: "What will close it", Share: .35}}}
	for i, a := range b.Ranking.Actions {
		by := absent("not set")
		if a.By.Text != "" {
			by = words(b.figure(a.By, a.Title.String()))
		}
		service := words("all")
		if a.Service != "" {
			service = words(b.service(a.Service))
		}
		t.Rows = append(t.Rows, TableRow{ID: fmt.Sprintf("a%d", i+1), Cells: []Text{words(fmt.Sprint(i + 1)), words(b.say(a.Title), lineBreak(), Text{small(a.Why.String())}), service, by, words(a.Proof)}})
	}
	next := len(b.nextActions())
	return Section{ID: "actions", Kicker: "Next steps", Title: words(upper(counted(next, "step")), " first, ", counted(len(b.Ranking.Actions)-next, "step"), " later: impact first, then visibility, privilege, unsupported systems, untested recovery"), Blocks: []Block{t}}
}
