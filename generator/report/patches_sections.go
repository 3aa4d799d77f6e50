package report

import (
	"slices"
	"strings"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// knownSection is what is known to be exploited, each with the rule that dates
// it.
func (b *builder) knownSection() Section {
	sec := Section{ID: "exploited", Kicker: "Known to be exploited"}
	var open, undecided []*assess.Finding
	for _, f := range b.ofChecks("PAT-01") {
		switch {
		case f.Part != "":
			open = append(open, f)
		case f.State == assess.Missing && f.Drift == "exploitation not looked up":
			undecided = append(undecided, f)
		}
	}
	late := b.inState(assess.Failed, "PAT-01")
	switch {
	case len(open) == 0 && len(undecided) > 0:
		sec.Title = words("Whether anything is known to be exploited is not on record for ", b.count(len(undecided), "count(systems with open findings that nobody looked up)", sourcesOf(undecided)...), " ", evidence.Noun(len(undecided), "system", "systems"))
		sec.Blocks = []Block{Paragraph{Text: absent("Put CISA's catalogue, kev.json, beside the exports.")}}
		return sec
	case len(open) == 0:
		sec.Title = words("No open finding on record is known to be exploited")
		sec.Blocks = []Block{Paragraph{Text: words("That shows nothing of systems that no report names.")}}
		return sec
	}
	sec.Title = words(b.count(len(late), "count(known-exploited vulnerabilities past their due date)", sourcesOf(late)...), " of ", b.count(len(open), "count(open vulnerabilities known to be exploited, by system)", sourcesOf(open)...), " open ", evidence.Noun(len(open), "vulnerability", "vulnerabilities"), " known to be exploited ", evidence.Noun(len(late), "is", "are"), " past due")
	sec.Blocks = []Block{b.findingTable("Known-exploited vulnerabilities", open[:min(len(open), mostUpdates)])}
	if len(undecided) > 0 {
		sec.Blocks = append(sec.Blocks, Paragraph{Alert: true, Text: words("For ", b.count(len(undecided), "count(systems with open findings that nobody looked up)", sourcesOf(undecided)...), " more ", evidence.Noun(len(undecided), "system", "systems"), " it is not on record whether an open finding is known to be exploited.")})
	}
	return sec
}

// updateAges are the buckets of missing updates, in days up to and with Most;
// the first is the patch window.
func (b *builder) updateAges() []struct {
	label string
	most  int
} {
	window := int(b.Policy.PatchWindow.Hours() / 24)
	return []struct {
		label string
		most  int
	}{
		{"inside the window", window}, {"up to " + evidence.Of(window+60, "day", "days"), window + 60},
		{"up to a year", max(365, window+60)}, {"over a year", 1 << 30},
	}
}

// ageSection is how old the missing updates are, by severity.
func (b *builder) ageSection() Section {
	p := b.patchPicture()
	sec := Section{ID: "ages", Kicker: "Age of what is missing"}
	var h Histogram
	t := Table{Caption: "Missing updates by age and severity", Columns: []Column{{Title: "Age at as-of", Share: .28}}}
	columns := append(slices.Clone(severityOrder), "")
	for _, s := range columns {
		t.Columns = append(t.Columns, Column{Title: upper(orWord(s, "unknown")), Num: true, Share: .144})
	}
	dated, least := 0, 0
	for i, bucket := range b.updateAges() {
		cells := []Text{words(upper(bucket.label))}
		n := 0
		for _, severity := range columns {
			var rows []diag.Pos
			for _, m := range p.missing {
				if m.Since.IsZero() || severityColumn(m.Severity) != severity {
					continue
				}
				if age := evidence.DaysBetween(m.Since, b.Set.AsOf); age <= bucket.most && age > least-1 {
					rows = append(rows, m.Pos)
				}
			}
			n += len(rows)
			cells = append(cells, words(b.count(len(rows), "count(open patch rows "+bucket.label+", severity "+orWord(severity, "unknown")+")", rows...)))
		}
		least = bucket.most + 1
		dated += n
		h.Buckets = append(h.Buckets, Bucket{Label: bucket.label, N: n, Emphasis: i > 0})
		t.Rows = append(t.Rows, TableRow{Cells: cells})
	}
	if dated == 0 {
		sec.Title = words("No missing update on record has an age")
		sec.Blocks = []Block{Paragraph{Text: words("Either none is missing, or the export says neither when it came out nor when it was found.")}}
		return sec
	}
	oldest := p.missing[0]
	for _, m := range p.missing {
		if !m.Since.IsZero() && (oldest.Since.IsZero() || m.Since.Before(oldest.Since)) {
			oldest = m
		}
	}
	sec.Title = words("The oldest missing update has waited ", b.figure(evidence.InDays(evidence.DaysBetween(oldest.Since, b.Set.AsOf), "days from released, else first_seen, to as-of", oldest.Pos), "oldest missing update"), ", on ", b.system(oldest.system))
	sec.Blocks = []Block{Chart{ID: "update-ages", Measure: "Open rows of patch reports by days since the update came out, or since it was first found; emphasised: past the patch window.", Drawing: h, Table: &t}}
	return sec
}

func severityColumn(s string) string {
	if slices.Contains(severityOrder, s) {
		return s
	}
	return ""
}

// patchExceptions are the exceptions whose rule is a check of patches.
func (b *builder) patchExceptions(paper bool) Section {
	var list []evidence.Exception
	for _, x := range b.Set.Exceptions {
		if strings.Contains(strings.ToUpper(x.Rule), "PAT-0") {
			list = append(list, x)
		}
	}
	if len(list) == 0 {
		return Section{ID: "exceptions", Kicker: "Exceptions", Title: words("No exception for a missing update is on file"), Blocks: []Block{Paragraph{Text: words("What is past its time stands as failed, with nobody's approval.")}}}
	}
	sec := b.exceptionList(list, false)
	sec.ID, sec.Kicker = "exceptions", "Exceptions"
	valid := 0
	for i := range list {
		if b.exceptionState(&list[i]) == assess.Excepted {
			valid++
		}
	}
	sec.Title = words(b.count(valid, "count(exceptions for patches that are valid)"), " of ", b.count(len(list), "count(exceptions for patches)", positionsOf(list)...), " ", evidence.Noun(len(list), "exception", "exceptions"), " for missing updates ", evidence.Noun(valid, "holds", "hold"))
	if paper { // the register of the packet has the words
		sec.Blocks = sec.Blocks[:1]
	}
	return sec
}

func positionsOf(list []evidence.Exception) []diag.Pos {
	var out []diag.Pos
	for _, x := range list {
		out = append(out, x.Pos)
	}
	return out
}

// patchSystems is the state of every system of the inventory, by exposure.
func (b *builder) patchSystems(most int) Section {
	p := b.patchPicture()
	t := Table{Caption: "Patch state of every system", Wide: true, Columns: []Column{{Title: "System", Share: .14}, {Title: "State", Share: .13}, {Title: "Missing", Num: true, Share: .09}, {Title: "Oldest", Num: true, Share: .1}, {Title: "Last scan", Share: .12}, {Title: "From inside", Share: .14}, {Title: "Restart due", Share: .12}, {Title: "Window", Share: .16}}}
	for i, s := range p.systems {
		if i == most {
			break
		}
		t.Rows = append(t.Rows, TableRow{Cells: b.patchCells(&s)})
	}
	sec := Section{ID: "systems", Kicker: "System by system", Title: words("What each system lacks, and when anybody last looked"), Blocks: []Block{t}}
	if rest := len(p.systems) - most; rest > 0 {
		sec.Blocks = append(sec.Blocks, Paragraph{Quiet: true, Text: words("And ", evidence.Whole(rest), " more; each stands on its own page.")})
	}
	if len(t.Rows) == 0 {
		sec.Title, sec.Blocks = words("No system is in the inventory"), []Block{Paragraph{Text: absent("Supply the inventory.")}}
	}
	return sec
}

func (b *builder) patchCells(s *patchedSystem) []Text {
	state := absent("not reporting")
	switch s.Standing {
	case assess.Patched:
		state = words(stateAs(assess.Proven, "patched"))
	case assess.Lacking:
		state = words("lacking")
		if worst, judged := b.worstPatch(s.id); judged {
			state = words(stateAs(worst, "lacking"))
		}
	case assess.NotReporting:
	}
	var rows []diag.Pos
	var oldest *assess.Update
	for i := range s.Updates {
		u := &s.Updates[i]
		rows = append(rows, u.Pos)
		if !u.Since.IsZero() && (oldest == nil || u.Since.Before(oldest.Since)) {
			oldest = u
		}
	}
	age, scan, restart, window := words("none dated"), absent("none on record"), words("not on record"), absent("none declared")
	if oldest != nil {
		age = words(b.figure(evidence.InDays(evidence.DaysBetween(oldest.Since, b.Set.AsOf), "days from the oldest released, else first_seen, to as-of", oldest.Pos), "oldest missing update of "+s.id))
	}
	missing := words(b.count(len(rows), "count(open patch rows where system = "+s.id+")", rows...))
	if len(s.Rows) == 0 {
		age, missing = words("unknown"), words("unknown")
	}
	if !s.Looked.IsZero() {
		scan = words(link(evidence.ShortDay(s.Looked), b.rowPath(s.LookedAt)))
	}
	if s.Tool != nil {
		switch s.Tool.PendingReboot {
		case evidence.Yes:
			restart = words(stateAs(assess.Failed, "yes"))
		case evidence.No:
			restart = words("no")
		case evidence.Unknown:
		}
		if s.Tool.PatchWindow != "" {
			window = words(s.Tool.PatchWindow)
		}
	}
	inside := absent("no record")
	if f := b.findings(b.bySystem[s.id], "PAT-06"); len(f) > 0 {
		inside = words(stateOf(f[0].State))
	}
	return []Text{words(b.system(s.id)), state, missing, age, scan, inside, restart, window}
}

// worstPatch is the worst state of what is judged of a system's updates; false
// when all of it is inside its time.
func (b *builder) worstPatch(system string) (assess.State, bool) {
	state, judged := assess.Proven, false
	for _, f := range append(b.findings(b.bySystem[system], "PAT-01"), b.findings(b.bySystem[system], "PAT-02")...) {
		if assess.Worse(f.State, state) {
			state, judged = f.State, true
		}
	}
	return state, judged
}

// outsideSection lists work that began outside a system's window.
func (b *builder) outsideSection() (Section, bool) {
	var list []*assess.Finding
	for _, f := range b.ofChecks("PAT-07") {
		if f.State == assess.Failed || f.State == assess.Excepted {
			list = append(list, f)
		}
	}
	if len(list) == 0 {
		return Section{}, false
	}
	return Section{ID: "outside", Kicker: "Outside the window", Title: words("Work on ", b.count(len(list), "count(systems with work outside their window)", sourcesOf(list)...), " ", evidence.Noun(len(list), "system", "systems"), " began outside the declared window"), Blocks: []Block{b.findingTable("Work outside the window", list[:min(len(list), mostUpdates)])}}, true
}

// patchLists says which reference lists were used.
func (b *builder) patchLists() (Section, bool) {
	t := Table{Caption: "Reference lists", Columns: []Column{{Title: "List", Share: .28}, {Title: "File", Share: .26}, {Title: "Lines", Num: true, Share: .14}, {Title: "Newest line", Share: .32}}}
	for _, in := range b.Set.Inputs {
		name := map[string]string{evidence.KEV: "Known exploited vulnerabilities", evidence.EPSS: "Exploitation scores (EPSS)"}[in.DataSet]
		if name == "" {
			continue
		}
		newest := absent("not dated")
		if !in.MaxDate.IsZero() {
			newest = words(keep(evidence.ShortDay(in.MaxDate)))
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(name), b.sources([]diag.Pos{sourcePos(&in)}), words(evidence.Whole(in.Used)), newest}})
	}
	return Section{ID: "lists", Kicker: "Reference lists", Title: words("Looked up in these lists"), Blocks: []Block{t}}, len(t.Rows) > 0
}
