package report

import (
	"cmp"
	"slices"
	"strings"

	"proofpack/generator/assess"
	"proofpack/generator/evidence"
)

// signs of neglect, in the order they are printed.
const (
	signOwner = iota
	signReview
	signSupport
	signAlerts
	signPatches
	allSigns
)

// signHeads are the columns of the signs.
var signHeads = [allSigns]string{"Owner", "Review", "Support", "Alerts", "Patches"}

// A sign is whether one sign of neglect holds for a system. The zero sign is
// not known: what no record shows is not taken for well kept.
type sign struct {
	holds, absent bool   // absent: a record shows that the sign does not hold
	says          string // a few words
	finding       *assess.Finding
}

// A neglected system is a system with its five signs.
type neglected struct {
	id    string
	signs [allSigns]sign
}

func (n *neglected) held() int {
	k := 0
	for _, s := range n.signs {
		if s.holds {
			k++
		}
	}
	return k
}

// signs reads the five signs of a system from what the checks found.
func (b *builder) signs(system string) neglected {
	n := neglected{id: system}
	read := func(k int, holds, unknown, fine string, bad func(*assess.Finding) bool, findings ...*assess.Finding) {
		slices.SortStableFunc(findings, worstFirst)
		for _, f := range findings {
			if bad(f) {
				n.signs[k] = sign{holds: true, says: holds, finding: f}
				return
			}
		}
		for _, f := range findings {
			if f.State == assess.Missing || f.State == assess.Stale {
				n.signs[k] = sign{says: unknown, finding: f}
				return
			}
		}
		if len(findings) == 0 {
			n.signs[k] = sign{says: unknown}
			return
		}
		n.signs[k] = sign{absent: true, says: fine, finding: findings[0]}
		if findings[0].State == assess.Excepted {
			n.signs[k].says = "excepted"
		}
	}
	failed := func(f *assess.Finding) bool { return f.State == assess.Failed }
	of := b.bySystem[system]
	read(signOwner, "no owner", "not on record", "named", func(f *assess.Finding) bool {
		return f.State == assess.Failed || f.State == assess.Missing && f.Drift == "no owner"
	}, b.findings(of, "INV-03")...)
	read(signReview, "overdue", "none on record", "in time", func(f *assess.Finding) bool { return f.State == assess.Failed || f.State == assess.Stale }, b.reviewsOf(system)...)
	read(signSupport, "ended", "not on record", "supported", failed, b.findings(of, "INV-05")...)
	read(signAlerts, "ignored", "none on record", "answered", func(f *assess.Finding) bool {
		return f.State == assess.Failed || f.State == assess.Missing && len(f.Sources) > 0 && f.Subject.Kind == "system"
	}, b.findings(of, "MON-01")...)
	read(signPatches, "overdue", "not reported", "inside their time", failed, slices.Concat(b.findings(of, "PAT-01"), b.findings(of, "PAT-02"))...)
	return n
}

// reviewsOf are the findings about reviews of a system: of the access to it,
// and of recurring tasks that are a review of it, of a service that needs it,
// or of what an export of that name records of it.
func (b *builder) reviewsOf(system string) []*assess.Finding {
	out := b.findings(b.bySystem[system], "ACC-06")
	out = slices.DeleteFunc(out, func(f *assess.Finding) bool { return f.Subject.Kind != "system" })
	services := b.Graph.ServicesOf(system)
	for _, f := range b.ofChecks("GOV-01") {
		if f.Subject.Kind != "task" || !strings.Contains(strings.ToLower(f.Subject.Name), "review") {
			continue
		}
		if f.Subject.System == system || slices.Contains(services, f.Subject.Service) || b.looksAt(f, system) {
			out = append(out, f)
		}
	}
	return out
}

// looksAt tells whether a review that names neither system nor service is
// about what an export records of a system: a capacity review looks at the
// systems whose capacity is measured, an alert review at those that raise
// alerts.
func (b *builder) looksAt(f *assess.Finding, system string) bool {
	if f.Subject.System != "" || f.Subject.Service != "" {
		return false
	}
	name := strings.ToLower(f.Subject.Name)
	switch {
	case strings.Contains(name, "capacity") || strings.Contains(name, "storage"):
		return b.stockPicture().sampled[system]
	case strings.Contains(name, "alert"):
		return b.stockPicture().alerting[system]
	}
	return false
}

// mostNeglected is how many systems the table of neglect lists.
const mostNeglected = 40

// neglectSection is the systems by the signs of neglect that hold, then by
// rank.
func (b *builder) neglectSection() Section {
	var all []neglected
	unknown := 0
	for i := range b.Set.Systems {
		s := &b.Set.Systems[i]
		if b.stockPicture().finding["INV-02/"+s.ID] == nil {
			continue // retired, or not in the inventory
		}
		n := b.signs(s.ID)
		if n.held() > 0 {
			all = append(all, n)
		} else if slices.ContainsFunc(n.signs[:], func(s sign) bool { return !s.absent }) {
			unknown++
		}
	}
	slices.SortFunc(all, func(x, y neglected) int { return cmp.Or(y.held()-x.held(), b.bySystemRank(x.id, y.id)) })
	sec := Section{ID: "neglect", Kicker: "Signs of neglect"}
	if len(all) == 0 {
		sec.Title = words("No sign of neglect is on record for any system; for ", b.count(unknown, "count(systems with a sign of neglect that no export can rule out)"), " some cannot be ruled out")
		sec.Blocks = []Block{Paragraph{Text: words("The five signs: no owner, an overdue review, support that ended, ignored alerts, overdue patches.")}}
		return sec
	}
	worst := all[0]
	sec.Title = words(b.count(worst.held(), "count(signs of neglect that hold for "+worst.id+")"), " of five signs of neglect hold for ", b.system(worst.id), ": ", b.signWords(&worst))
	if worst.held() == 1 {
		sec.Title = words("One of five signs of neglect holds for ", b.count(len(all), "count(systems for which a sign of neglect holds)"), " ", evidence.Noun(len(all), "system", "systems"), ", and no more than one for any")
	}
	t := Table{Caption: "Systems by signs of neglect", Wide: true, Columns: []Column{{Title: "System", Share: .18}, {Title: "Signs that hold", Num: true, Share: .12}}}
	for _, head := range signHeads {
		t.Columns = append(t.Columns, Column{Title: head, Share: .14})
	}
	for i := range all[:min(len(all), mostNeglected)] {
		t.Rows = append(t.Rows, TableRow{Cells: b.signCells(&all[i])})
	}
	sec.Blocks = []Block{t, Paragraph{Quiet: true, Text: words("Review: the review of access, and every recurring task called a review of the system, of a service that needs it, or of the capacity or the alerts it has on record. ", b.count(unknown, "count(systems with a sign of neglect that no export can rule out)"), " further ", evidence.Noun(unknown, "system has", "systems have"), " no sign that holds, and at least one that no export can rule out.")}}
	if rest := len(all) - len(t.Rows); rest > 0 {
		sec.Blocks = append(sec.Blocks, Paragraph{Quiet: true, Text: words(evidence.Of(rest, "further system has", "further systems have"), " a sign that holds and stands on no line here.")})
	}
	return sec
}

// signWords are the signs that hold in a sentence: "no owner, support ended and
// alerts ignored".
func (b *builder) signWords(n *neglected) string {
	var held []string
	for k, s := range n.signs {
		switch {
		case !s.holds:
		case k == signOwner:
			held = append(held, s.says)
		default:
			held = append(held, lower(signHeads[k])+" "+s.says)
		}
	}
	return evidence.And(held)
}

func (b *builder) signCells(n *neglected) []Text {
	held := words(b.count(n.held(), "count(signs of neglect that hold for "+n.id+")"), " of 5")
	cells := []Text{words(b.system(n.id)), held}
	for _, s := range n.signs {
		switch {
		case s.holds:
			cells = append(cells, words(stateAs(assess.Failed, s.says)))
		case s.absent:
			cells = append(cells, words(s.says))
		default:
			cells = append(cells, absent(s.says))
		}
	}
	return cells
}
