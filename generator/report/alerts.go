package report

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// alerts is the page of what is failing that nobody has answered.
func (b *builder) alerts() *Page {
	p := &Page{Path: "alerts-capacity.html", Nav: "Alerts", Kicker: "Alerts, jobs and capacity", Title: b.alertsTitle(),
		Lede: words("An alert counts as answered when a named person acknowledged it. An alert that a rule closed, or that closed itself, is not answered; a skipped run does not end a streak of failures.")}
	p.Sections = append(p.Sections, b.warningSection(), b.alertAges(), b.alertGroups(), b.ticketSection(), b.jobSection(), b.credentialSection())
	p.Sections = append(p.Sections, b.capacityTable())
	for _, id := range b.fillingSystems() {
		p.Sections = append(p.Sections, b.capacitySections(id, b.Graph.DownServices(id))...)
	}
	return p
}

func (b *builder) alertsTitle() Text {
	var first *evidence.Trend
	for _, r := range b.resources() {
		t, ok := r.Forecast(b.Policy.Capacity.Samples, b.Policy.Capacity.Span)
		if ok && t.Fills && (first == nil || t.FullOn.Before(first.FullOn)) {
			first = &t
		}
	}
	answered, all, rows := b.answeredAlerts()
	var alerts Text
	switch {
	case !b.Set.Supplied(evidence.Alerts):
		alerts = words("no alert export was supplied")
	case all == 0:
		alerts = words("the alert export holds no alert")
	default:
		alerts = words(b.count(answered, "count(alerts where acknowledged_by is a person)", rows...), " of ", b.count(all, "count(alerts)", b.alertRows()...), " alerts ", evidence.Noun(answered, "was", "were"), " answered by a person")
	}
	if first == nil || first.Days(b.Set.AsOf) > int(b.Policy.HorizonLong/(24*time.Hour)) {
		return append(words(), capital(alerts)...)
	}
	return words(b.system(first.System), " will be full about ", b.figure(first.Full(), "when "+first.Resource+" is full"), "; ", alerts)
}

// capital begins a text with a capital letter.
func capital(t Text) Text {
	if len(t) > 0 && t[0].Figure == "" {
		t[0].Text = upper(t[0].Text)
	}
	return t
}

// ages are the buckets of unanswered alerts, in days up to and with Most.
var ages = []struct {
	label string
	most  int
}{{"1 day or less", 1}, {"2 to 7 days", 7}, {"8 to 30 days", 30}, {"over 30 days", 1 << 30}}

func (b *builder) alertAges() Section {
	sec := Section{ID: "ages", Kicker: "Unanswered alerts by age"}
	if !b.Set.Supplied(evidence.Alerts) {
		sec.Title = words("No alert export was supplied, so nothing shows that alerts are read")
		sec.Blocks = []Block{Paragraph{Text: words(stateOf(assess.Missing), " Export the alerts of the monitoring tool, with who acknowledged them.")}}
		return sec
	}
	counts := make([]int, len(ages))
	places := make([][]diag.Pos, len(ages))
	oldest := -1
	open := 0
	for _, a := range b.Set.Alerts {
		if a.ByPerson {
			continue
		}
		open++
		age := evidence.DaysBetween(a.Raised, b.Set.AsOf)
		oldest = max(oldest, age)
		for i, bucket := range ages {
			if age <= bucket.most {
				counts[i]++
				places[i] = append(places[i], a.Pos)
				break
			}
		}
	}
	if open == 0 {
		sec.Title = words("Every alert on record was acknowledged by a person")
		sec.Blocks = []Block{Paragraph{Text: words(b.count(len(b.Set.Alerts), "count(alerts)", b.alertRows()...), " alerts, none without an answer.")}}
		return sec
	}
	var h Histogram
	t := Table{Caption: "Unanswered alerts by age", Columns: []Column{{Title: "Age at as-of", Share: .6}, {Title: "Alerts", Num: true, Share: .4}}}
	for i, bucket := range ages {
		h.Buckets = append(h.Buckets, Bucket{Label: bucket.label, N: counts[i], Emphasis: i == len(ages)-1})
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(upper(bucket.label)), words(b.count(counts[i], "count(alerts no person acknowledged, raised "+bucket.label+" before as-of)", places[i]...))}})
	}
	sec.Title = words(b.count(open, "count(alerts no person acknowledged)"), " ", evidence.Noun(open, "alert has", "alerts have"), " no answer from a person; the oldest has waited ", evidence.Of(oldest, "day", "days"))
	sec.Blocks = []Block{Chart{ID: "alert-ages", Measure: "Alerts without a person's acknowledgement, by days since they were raised.", Drawing: h, Table: &t}}
	return sec
}

// alertGroup is the alerts of one signature on one system.
type alertGroup struct {
	signature, system string
	alerts            []*evidence.Alert
}

func (b *builder) alertGroupsOf() []alertGroup {
	at := map[[2]string]int{}
	var all []alertGroup
	for i := range b.Set.Alerts {
		a := &b.Set.Alerts[i]
		key := [2]string{a.Signature, a.System}
		n, ok := at[key]
		if !ok {
			n = len(all)
			at[key] = n
			all = append(all, alertGroup{signature: a.Signature, system: a.System})
		}
		all[n].alerts = append(all[n].alerts, a)
	}
	slices.SortStableFunc(all, func(x, y alertGroup) int {
		return cmp.Or(-cmp.Compare(len(x.alerts), len(y.alerts)), b.bySystemRank(x.system, y.system), cmp.Compare(x.signature, y.signature))
	})
	return all
}

// bySystemRank orders systems by rank, those without one last.
func (b *builder) bySystemRank(x, y string) int {
	rx, ry := b.rankOf[x], b.rankOf[y]
	if rx == 0 {
		rx = 1 << 30
	}
	if ry == 0 {
		ry = 1 << 30
	}
	return cmp.Or(cmp.Compare(rx, ry), cmp.Compare(x, y))
}

func (b *builder) alertGroups() Section {
	groups := b.alertGroupsOf()
	sec := Section{ID: "signatures", Kicker: "What repeats"}
	if len(groups) == 0 {
		sec.Title = words("No alert repeats, for none is on record")
		sec.Blocks = []Block{Paragraph{Text: absent("No alert in any export.")}}
		return sec
	}
	t := Table{Caption: "Alerts by signature and system", Wide: true, Columns: []Column{{Title: "Signature", Share: .2}, {Title: "System", Share: .12}, {Title: "Times", Num: true, Share: .07}, {Title: "First", Share: .11}, {Title: "Last", Share: .11}, {Title: "By a person", Num: true, Share: .09}, {Title: "With ticket", Num: true, Share: .09}, {Title: "Closed by a rule", Num: true, Share: .09}, {Title: "Rows", Share: .12}}}
	for _, g := range groups {
		var rows, person, ticket, auto []diag.Pos
		first, last := g.alerts[0].Raised, g.alerts[0].Raised
		for _, a := range g.alerts {
			rows = append(rows, a.Pos)
			if a.ByPerson {
				person = append(person, a.Pos)
			}
			if a.Ticket != "" {
				ticket = append(ticket, a.Pos)
			}
			if a.IsClosed && !a.ByPerson && a.Ticket == "" {
				auto = append(auto, a.Pos)
			}
			if a.Raised.Before(first) {
				first = a.Raised
			}
			if a.Raised.After(last) {
				last = a.Raised
			}
		}
		of := "alerts where signature = " + g.signature + ", system = " + g.system
		system := absent("names no system")
		if g.system != "" {
			system = words(b.system(g.system))
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{
			words(quoted(g.signature)), system, words(b.count(len(rows), "count("+of+")", rows...)), words(keep(evidence.ShortDay(first))), words(keep(evidence.ShortDay(last))),
			words(b.count(len(person), "count("+of+", acknowledged_by is a person)", person...)), words(b.count(len(ticket), "count("+of+", ticket is not blank)", ticket...)), words(b.count(len(auto), "count("+of+", closed without person or ticket)", auto...)),
			b.sources(rows),
		}})
	}
	sec.Title = words(upper(counted(len(groups), "signature")), "; the loudest is ", quoted(groups[0].signature), ", ", evidence.Of(len(groups[0].alerts), "time", "times"))
	sec.Blocks = []Block{t}
	return sec
}

// resources are the sampled resources, by rank of their system.
func (b *builder) resources() []evidence.Series {
	if b.series == nil {
		b.series = b.Set.Resources()
		slices.SortStableFunc(b.series, func(x, y evidence.Series) int {
			return cmp.Or(b.bySystemRank(x.System, y.System), cmp.Compare(x.Resource, y.Resource))
		})
	}
	return b.series
}

func (b *builder) fillingSystems() []string {
	var all []string
	for _, r := range b.resources() {
		t, ok := r.Forecast(b.Policy.Capacity.Samples, b.Policy.Capacity.Span)
		if ok && t.Fills && t.Days(b.Set.AsOf) <= int(b.Policy.HorizonLong/(24*time.Hour)) && !slices.Contains(all, r.System) {
			all = append(all, r.System)
		}
	}
	return all
}

// capacityTable is every resource with its forecast.
func (b *builder) capacityTable() Section {
	sec := Section{ID: "capacity", Kicker: "Capacity"}
	if len(b.resources()) == 0 {
		sec.Title = words("No capacity samples are on record, so no forecast excludes a full disk")
		if b.Set.Supplied(evidence.Capacity) {
			sec.Title = words("The capacity export holds no usable sample, so no forecast excludes a full disk")
		}
		sec.Blocks = append([]Block{Paragraph{Text: words(stateOf(assess.Missing), " Export used and total space of every host, storage, database and file server.")}}, b.carriedForward()...)
		return sec
	}
	t := Table{Caption: "Resources", Wide: true, Columns: []Column{{Title: "System", Share: .13}, {Title: "Resource", Share: .17}, {Title: "Used", Num: true, Share: .1}, {Title: "Growth", Num: true, Share: .15}, {Title: "Full about", Share: .15}, {Title: "Days left", Num: true, Share: .1}, {Title: "Samples", Share: .2}}}
	soon := 0
	byDay := slices.Clone(b.resources())
	slices.SortStableFunc(byDay, func(x, y evidence.Series) int { return b.fullOn(x).Compare(b.fullOn(y)) })
	for _, r := range byDay {
		rows := samplePlaces(r)
		f, ok := r.Forecast(b.Policy.Capacity.Samples, b.Policy.Capacity.Span)
		if !ok {
			t.Rows = append(t.Rows, TableRow{Cells: []Text{words(b.system(r.System)), words(quoted(r.Resource)), absent("unknown"), absent("too few samples"), absent("no forecast"), absent("unknown"), b.sources(rows)}})
			continue
		}
		when, left := words("not filling"), words("none: flat or falling")
		if f.Fills {
			days := f.Days(b.Set.AsOf)
			if days <= int(b.Policy.Capacity.Warn/(24*time.Hour)) {
				soon++
			}
			when = words(b.figure(f.Full(), "when "+r.Resource+" is full"))
			left = words(b.figure(evidence.InDays(days, "full_on - as-of", f.Sources...), "days until "+r.Resource+" is full"))
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(b.system(r.System)), words(quoted(r.Resource)), words(b.figure(f.Fullness(), r.Resource+" in use")), words(b.figure(f.Growth(), r.Resource+" grows")), when, left, b.sources(rows)}})
	}
	sec.Title = words(b.count(soon, fmt.Sprintf("count(resources full within %d days)", int(b.Policy.Capacity.Warn.Hours()/24))), " of ", b.count(len(t.Rows), "count(resources with samples)"), " sampled ", evidence.Noun(len(t.Rows), "resource", "resources"), " ", evidence.Noun(soon, "is", "are"), " full within ", evidence.Of(int(b.Policy.Capacity.Warn.Hours()/24), "day", "days"))
	sec.Blocks = []Block{t}
	return sec
}

// fullOn orders resources by the day they are full: what has no forecast stands
// behind those that fill within the longer horizon, and what is not filling last.
func (b *builder) fullOn(r evidence.Series) time.Time {
	f, ok := r.Forecast(b.Policy.Capacity.Samples, b.Policy.Capacity.Span)
	switch {
	case !ok:
		return b.Set.AsOf.Add(b.Policy.HorizonLong)
	case !f.Fills:
		return b.Set.AsOf.AddDate(1000, 0, 0)
	}
	return f.FullOn
}

func samplePlaces(r evidence.Series) []diag.Pos {
	rows := make([]diag.Pos, 0, len(r.Samples))
	for _, s := range r.Samples {
		rows = append(rows, s.Pos)
	}
	return rows
}

// capacitySections draw each resource of a system that has a forecast.
func (b *builder) capacitySections(system string, stops []string) []Section {
	var all []Section
	for _, r := range b.resources() {
		if r.System != system {
			continue
		}
		f, ok := r.Forecast(b.Policy.Capacity.Samples, b.Policy.Capacity.Span)
		if !ok {
			continue
		}
		line := CapacityLine{Name: r.Resource, AsOf: b.Set.AsOf, Stops: "full"}
		if len(stops) > 0 {
			line.Stops = "full: " + evidence.And(b.names(stops)) + " " + evidence.Noun(len(stops), "stops", "stop")
		}
		t := Table{Caption: "Samples of " + r.Resource, Columns: []Column{{Title: "Sampled", Share: .4}, {Title: "Used", Num: true, Share: .3}, {Title: "Row", Share: .3}}}
		step := max(1, (len(r.Samples)+11)/12)
		for i, s := range r.Samples {
			share := 100 * s.Used / s.Total
			if s.Total <= 0 {
				continue
			}
			pt := Point{At: s.At, Value: share}
			if i == 0 || i == len(r.Samples)-1 {
				pt.Label = fmt.Sprintf("%.1f%%", share)
			}
			line.Points = append(line.Points, pt)
			if (len(r.Samples)-1-i)%step == 0 {
				t.Rows = append(t.Rows, TableRow{Cells: []Text{words(keep(evidence.ShortDay(s.At))), words(fmt.Sprintf("%s of %s %s, %.1f%%", number(s.Used), number(s.Total), s.Unit, share)), b.sources([]diag.Pos{s.Pos})}})
			}
		}
		title := words(quoted(r.Resource), " is ", b.figure(f.Fullness(), r.Resource+" in use"), " full and does not grow")
		if f.Fills {
			line.Forecast = f.FullOn
			title = words(quoted(r.Resource), " is ", b.figure(f.Fullness(), r.Resource+" in use"), " full, growing ", b.figure(f.Growth(), r.Resource+" grows"), "; full about ", b.figure(f.Full(), "when "+r.Resource+" is full"))
		}
		all = append(all, Section{ID: "capacity-" + slugWord(fmt.Sprintf("%s-%d", b.systemSlugs[system], len(all)+1)), Kicker: "Capacity of " + system, Title: title, Blocks: []Block{
			Chart{ID: "capacity-" + b.systemSlugs[system] + fmt.Sprintf("-%d", len(all)+1), Measure: "Share in use. Dashed: the median slope of the samples (Theil-Sen), counted from the last sample in whole days.", Drawing: line, Table: &t},
		}})
	}
	return all
}

func (b *builder) names(services []string) []string {
	var all []string
	for _, id := range services {
		all = append(all, b.serviceName(id))
	}
	return all
}
