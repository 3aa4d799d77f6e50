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

// recovery is the page that says in what order, how long, and on what evidence.
func (b *builder) recovery() *Page {
	inTime, total := 0, len(b.Ranking.Services)
	var rows []diag.Pos
	for i := range b.Ranking.Services {
		s := &b.Ranking.Services[i]
		if assess.RecoveryState(b.Result, s.ID) == assess.Proven {
			inTime++
			if svc := b.Set.Service(s.ID); svc != nil {
				rows = append(rows, svc.Pos)
			}
		}
	}
	title := words(b.count(inTime, "count(services whose recovery is proven)", rows...), " of ", b.count(total, "count(services)"), " services can be shown to recover; ",
		b.count(total-inTime, "count(services) - count(services whose recovery is proven)"), " cannot")
	p := &Page{Path: "recovery.html", Nav: "Recovery", Kicker: "Recovery", Title: title,
		Lede: words("A backup job that reports success shows that it ran. Recovery is proven by a full restore that was measured, checked for integrity, permissions and order, and not overtaken by a later change.")}
	p.Sections = append(p.Sections, b.targetSection())
	for i := range b.Ranking.Services {
		p.Sections = append(p.Sections, b.recoverySection(&b.Ranking.Services[i]))
	}
	p.Sections = append(p.Sections, b.backupSection(), b.lessonSection(false))
	return p
}

// targetSection is measured minutes against target, service by service.
func (b *builder) targetSection() Section {
	bars := TargetBars{Unit: "min"}
	t := Table{Caption: "Measured recovery against target", Columns: []Column{{Title: "Service", Share: .2}, {Title: "Measured systems", Num: true, Share: .16}, {Title: "At least", Num: true, Share: .14}, {Title: "Longest chain", Num: true, Share: .16}, {Title: "Target", Num: true, Share: .14}, {Title: "Recovery", Share: .2}}}
	over := 0
	for i := range b.Ranking.Services {
		s := &b.Ranking.Services[i]
		r := &s.Recovery
		state := assess.RecoveryState(b.Result, s.ID)
		rows := b.measuredRows(r)
		note := fmt.Sprintf("%d of %d systems measured", r.Measured, r.Total)
		known := r.Measured > 0 && r.Measured == r.Total
		if r.TargetMinutes > 0 && r.MinutesAtLeast > r.TargetMinutes {
			over++
		}
		bars.Rows = append(bars.Rows, TargetBar{Label: words(b.service(s.ID)), Measured: r.MinutesAtLeast, Known: known, Target: r.TargetMinutes, Note: note, State: state})
		least := absent("none measured")
		chain := absent("none measured")
		if r.Measured > 0 {
			least = words(b.figure(evidence.Figure{Text: number(r.MinutesAtLeast) + " min", Value: r.MinutesAtLeast, Unit: "min", Formula: "schedule of the measured minutes over everything the service needs, with " + evidence.Of(b.Policy.RecoveryTeams, "team", "teams"), Sources: rows}, "recovery of "+b.serviceName(s.ID)+" takes at least"))
			chain = words(number(r.CriticalMinutes), " min")
		}
		target := absent("not set")
		if r.TargetMinutes > 0 {
			target = words(number(r.TargetMinutes), " min")
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(b.service(s.ID)), words(b.figure(evidence.Figure{Text: fmt.Sprintf("%d of %d", r.Measured, r.Total), Value: float64(r.Measured), Unit: "count", Formula: "count(needed systems with a successful full restore on record)", Sources: rows}, "measured systems of "+b.serviceName(s.ID))), least, chain, target, words(stateOf(state))}})
	}
	title := words("No service needs longer than its target by the minutes on record; what is not measured counts as zero")
	if over > 0 {
		title = words(b.count(over, "count(services whose measured minutes exceed the target)"), " ", evidence.Noun(over, "service needs", "services need"), " longer than the target by the minutes on record alone")
	}
	if len(bars.Rows) == 0 {
		return Section{ID: "targets", Kicker: "Measured against target", Title: words("No service is named"), Blocks: []Block{Paragraph{Text: absent("Supply the services data set.")}}}
	}
	return Section{ID: "targets", Kicker: "Measured against target", Title: title, Blocks: []Block{Chart{ID: "target-bars", Measure: "Minutes to bring back everything a service needs, from measured restores; the line is the target.", Drawing: bars, Table: &t}}}
}

func (b *builder) measuredRows(r *rank.Recovery) []diag.Pos {
	var rows []diag.Pos
	for _, st := range r.Steps {
		if !st.Known {
			continue
		}
		for _, t := range b.restoresOf(st.System) {
			if t.Minutes.Known && t.Result == evidence.Success && full(t.Scope) {
				rows = append(rows, t.Pos)
			}
		}
	}
	return rows
}

func full(s evidence.Scope) bool {
	return s == evidence.ScopeSystem || s == evidence.ScopeApplication || s == evidence.ScopeService
}

// recoverySection is the order in which a service comes back, as a figure and
// as a table, and what is wrong with the written plan.
func (b *builder) recoverySection(s *rank.Service) Section {
	r := &s.Recovery
	name := b.serviceName(s.ID)
	sec := Section{ID: "order-" + b.serviceSlugs[s.ID], Kicker: "Recovery order of " + name}
	if len(r.Order) == 0 {
		sec.Title = words("No export names a system that ", name, " needs, so there is no order")
		sec.Blocks = []Block{Paragraph{Text: absent("Name its systems in the inventory or in the dependencies.")}}
		if len(r.Cycles) > 0 {
			sec.Title = words("The systems of ", name, " need each other in a circle, so there is no order")
		}
	} else {
		sec.Title = words(name, ": ", counted(len(r.Order), "system"), " in ", counted(len(r.Waves), "wave"), "; ", b.count(r.Measured, "count(systems of "+s.ID+" with a measured full restore)", b.measuredRows(r)...), " of the ", b.count(r.Total, "count(systems that "+s.ID+" needs, of a group any one)"), " that must come back ", evidence.Noun(r.Measured, "has", "have"), " a measured full restore")
		sec.Blocks = []Block{Chart{ID: "layers-" + b.serviceSlugs[s.ID], Measure: "Columns are waves: a system comes back when everything to its left that it needs is up. Dashed: no restore proof.", Drawing: b.layers(s), Table: b.orderTable(r)}}
	}
	for _, c := range r.Cycles {
		sec.Blocks = append(sec.Blocks, Paragraph{Alert: true, Text: words(strong("Circle: "), strings.Join(append(append([]string{}, c...), c[0]), " needs "), ".")})
	}
	if len(r.Problems) > 0 {
		text := words(strong("The written order: "))
		for i, p := range r.Problems {
			if i > 0 {
				text = append(text, Span{Text: "; "})
			}
			text = append(text, b.say(p)...)
		}
		sec.Blocks = append(sec.Blocks, Paragraph{Alert: true, Text: append(text, Span{Text: "."})})
	}
	return sec
}

func (b *builder) layers(s *rank.Service) Layers {
	r := &s.Recovery
	var l Layers
	driver := ""
	if len(s.Drivers) > 0 {
		driver = s.Drivers[0].System
	}
	in := map[string]bool{}
	for i, wave := range r.Waves {
		layer := Layer{Title: fmt.Sprintf("Wave %d", i+1)}
		for _, id := range wave {
			in[id] = true
			node := LayerNode{ID: id, Label: id, Href: b.systemPath(id), Mark: id == driver, Sub: "NO RESTORE PROOF"}
			if b.recoveryStateOf(id) == assess.Proven {
				node.Proven = true
				if last := b.lastFull(id); last != nil {
					node.Sub = number(last.Minutes.Value) + " min, " + evidence.ShortDay(last.TestedOn)
				}
			}
			layer.Nodes = append(layer.Nodes, node)
		}
		l.Columns = append(l.Columns, layer)
	}
	for _, e := range b.Graph.Edges() {
		if in[e.From] && in[e.To] && e.Kind != evidence.Soft {
			l.Edges = append(l.Edges, [2]string{e.From, e.To})
		}
	}
	for _, c := range r.Cycles {
		l.Cycles = append(l.Cycles, strings.Join(append(append([]string{}, c...), c[0]), " needs "))
	}
	return l
}

// lastFull is the newest successful full restore of a system.
func (b *builder) lastFull(system string) *evidence.RestoreTest {
	var last *evidence.RestoreTest
	for _, t := range b.restoresOf(system) {
		if t.Result == evidence.Success && full(t.Scope) {
			last = t
		}
	}
	return last
}

func (b *builder) orderTable(r *rank.Recovery) *Table {
	t := &Table{Caption: "Recovery order", Wide: true, Columns: []Column{{Title: "", Num: true, Share: .05}, {Title: "System", Share: .15}, {Title: "Needs", Share: .22}, {Title: "Starts at", Num: true, Share: .11}, {Title: "Takes", Num: true, Share: .12}, {Title: "Last full restore", Share: .17}, {Title: "Recovery", Share: .18}}}
	for i, st := range r.Steps {
		takes, last := absent("not measured"), absent("none on record")
		if test := b.lastFull(st.System); test != nil {
			last = words(link(evidence.ShortDay(test.TestedOn), b.rowPath(test.Pos)))
			if st.Known {
				takes = words(b.figure(evidence.Figure{Text: number(st.Minutes) + " min", Value: st.Minutes, Unit: "min", Formula: "minutes of the last successful full restore", Sources: []diag.Pos{test.Pos}}, "restore of "+st.System))
			}
		}
		needs := words("nothing")
		var ids []string
		for _, d := range b.Graph.Direct(st.System) {
			if d.Kind != evidence.Soft {
				ids = append(ids, d.To)
			}
		}
		if len(ids) > 0 {
			needs = b.systems(ids)
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(fmt.Sprint(i + 1)), words(b.system(st.System)), needs, words("minute ", number(st.Start)), takes, last, words(stateOf(b.recoveryStateOf(st.System)))}})
	}
	return t
}

// restoreHistory is every restore test of one system over time.
func (b *builder) restoreHistory(system string, tests []*evidence.RestoreTest) Section {
	dots := RestoreDots{To: b.Set.AsOf, Target: b.targetOf(system)}
	t := Table{Caption: "Restore tests of " + system, Wide: true, Columns: []Column{{Title: "Tested", Share: .13}, {Title: "Scope", Share: .12}, {Title: "Result", Share: .1}, {Title: "Took", Num: true, Share: .09}, {Title: "Integrity", Share: .1}, {Title: "Permissions", Share: .11}, {Title: "Order", Share: .1}, {Title: "Note, what stayed open, lesson", Share: .25}}}
	proven := 0
	var lastProof time.Time
	for _, r := range tests {
		ok := r.Result == evidence.Success && full(r.Scope)
		if ok {
			proven++
			lastProof = r.TestedOn
		}
		if dots.From.IsZero() || r.TestedOn.Before(dots.From) {
			dots.From = r.TestedOn
		}
		took := absent("not recorded")
		if r.Minutes.Known {
			took = words(b.figure(evidence.Figure{Text: number(r.Minutes.Value) + " min", Value: r.Minutes.Value, Unit: "min", Formula: "minutes", Sources: []diag.Pos{r.Pos}}, "restore of "+system))
			dots.Tests = append(dots.Tests, RestoreDot{At: r.TestedOn, Hours: r.Minutes.Value / 60, Label: number(r.Minutes.Value) + " min", OK: ok})
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{
			b.testedBy(r), orAbsent(orWord(r.ScopeText, string(r.Scope)), "not recorded"), resultText(r.Result), took,
			answer(r.Integrity), answer(r.Permissions), answer(r.Order), b.testNotes(r),
		}})
	}
	title := words(b.count(proven, "count(restores of "+system+" where result = success and scope is full)"), " of ", b.count(len(tests), "count(restores of "+system+")"), " ", evidence.Noun(len(tests), "restore", "restores"), " on record ", evidence.Noun(proven, "was", "were"), " a full one")
	limit := b.restoreLimit(system)
	end := lastProof.Add(limit)
	switch {
	case lastProof.IsZero():
		dots.GapFrom, dots.GapSays, dots.GapNote = dots.From, "No full restore on record", ""
	case end.Before(b.Set.AsOf):
		dots.GapFrom = end
		dots.GapSays = "No proof for " + evidence.Of(evidence.DaysBetween(end, b.Set.AsOf), "day", "days")
		dots.GapNote = fmt.Sprintf("%s limit passed %s", evidence.Of(int(limit.Hours()/24), "day", "days"), evidence.ShortDay(end))
	}
	sec := Section{ID: "restores", Kicker: "Restore tests", Title: title}
	if len(dots.Tests) > 0 && dots.From.Before(dots.To) {
		sec.Blocks = []Block{Chart{ID: "restore-dots", Measure: "Hours from start to usable; filled dots are full restores, open dots are anything less.", Drawing: dots, Table: &t}}
	} else {
		sec.Blocks = []Block{t}
	}
	return sec
}

// targetOf is the shortest recovery target, in hours, among the services that
// need a system; 0 when none is declared.
func (b *builder) targetOf(system string) float64 {
	target := 0.0
	for _, id := range b.Graph.ServicesOf(system) {
		if s := b.Set.Service(id); s != nil && s.RTOHours.Known && (target == 0 || s.RTOHours.Value < target) {
			target = s.RTOHours.Value
		}
	}
	return target
}

// restoreLimit is how old a restore test of a system may be: the shortest limit
// of the services that need it.
func (b *builder) restoreLimit(system string) time.Duration {
	limit := b.Policy.RestoreTest.Default
	for _, id := range b.Graph.ServicesOf(system) {
		if s := b.Set.Service(id); s != nil {
			limit = min(limit, b.Policy.RestoreTest.For(string(s.Stops)))
		}
	}
	return limit
}

func answer(a evidence.Answer) Text {
	switch a {
	case evidence.Yes:
		return words("yes")
	case evidence.No:
		return words(stateAs(assess.Missing, "no"))
	case evidence.Unknown:
	}
	return words(stateAs(assess.Missing, "not recorded"))
}

func resultText(r evidence.Result) Text {
	switch r {
	case evidence.Success:
		return words("success")
	case evidence.Failed:
		return words(stateAs(assess.Failed, "failed"))
	case evidence.Warning:
		return words(stateAs(assess.Stale, "warning"))
	case evidence.Running:
		return words(stateAs(assess.Failed, "did not finish"))
	case evidence.Skipped:
		return words(stateAs(assess.Missing, "skipped"))
	case evidence.UnknownResult:
	}
	return absent("not recorded")
}

// backupSection shows what ran beside what is proven: two columns, never one.
func (b *builder) backupSection() Section {
	t := Table{Caption: "Ran and proven", Columns: []Column{{Title: "System", Share: .2}, {Title: "Backups ran", Num: true, Share: .2}, {Title: "Last good run", Share: .2}, {Title: "Last full restore", Share: .2}, {Title: "Recovery", Share: .2}}}
	good, all := 0, 0
	var rows []diag.Pos
	critical := slices.Clone(b.Graph.Critical())
	slices.SortStableFunc(critical, func(x, y string) int { return worseFirst(b.recoveryStateOf(x), b.recoveryStateOf(y)) })
	for _, id := range critical {
		ok, of := 0, 0
		var last time.Time
		var at []diag.Pos
		for _, j := range b.Set.Jobs {
			if j.System != id || j.Kind != evidence.JobBackup {
				continue
			}
			of++
			at = append(at, j.Pos)
			if j.Result == evidence.Success {
				ok++
				if j.At.After(last) {
					last = j.At
				}
			}
		}
		good, all, rows = good+ok, all+of, append(rows, at...)
		ran := absent("no run on record")
		if of > 0 {
			ran = words(b.figure(evidence.Figure{Text: fmt.Sprintf("%d of %d", ok, of), Value: float64(ok), Unit: "count", Formula: "count(backup runs of " + id + " where result = success) of count(backup runs)", Sources: at}, "backups of "+id))
		}
		lastRun, lastRestore := absent("none"), absent("none on record")
		if !last.IsZero() {
			lastRun = words(keep(evidence.ShortDay(last)))
		}
		if r := b.lastFull(id); r != nil {
			lastRestore = words(link(evidence.ShortDay(r.TestedOn), b.rowPath(r.Pos)))
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(b.system(id)), ran, lastRun, lastRestore, words(stateOf(b.recoveryStateOf(id)))}})
	}
	sec := Section{ID: "ran-and-proven", Kicker: "Ran is not recoverable"}
	if len(t.Rows) == 0 {
		sec.Title = words("No system is known to be needed by a service")
		sec.Blocks = []Block{Paragraph{Text: absent("Supply the inventory with the service of each system.")}}
		return sec
	}
	sec.Title = words("Backups ran ", b.figure(evidence.Figure{Text: fmt.Sprintf("%d of %d", good, all), Value: float64(good), Unit: "count", Formula: "count(backup runs of critical systems where result = success) of count(backup runs)", Sources: rows}, "backups of critical systems"), " times; that does not prove recovery")
	sec.Blocks = []Block{t}
	return sec
}
