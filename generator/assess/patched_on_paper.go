package assess

import (
	"cmp"
	"slices"
	"time"

	"proofpack/generator/evidence"
)

// patchedOnPaper (X04): a patch is installed, and a restart is still due or a
// later scan still finds what it mends. One a system: the worst.
func patchedOnPaper(in *Input) []Contradiction {
	var out []Contradiction
	for _, s := range everySystem(in) {
		b := in.patchBook(s.ID)
		for _, find := range []func(Subject, *patchBook) (Contradiction, bool){in.foundAgain, in.countedNone, in.notRestarted} {
			if c, found := find(s, b); found {
				out = append(out, c)
				break
			}
		}
	}
	return out
}

// foundAgain: one row says that a finding is put right, and a later one finds
// it.
func (in *Input) foundAgain(s Subject, b *patchBook) (Contradiction, bool) {
	for _, open := range b.grave() {
		for _, done := range b.Done {
			when := cmp.Or(unixOr(done.InstalledAt), unixOr(done.FixedAt), unixOr(seenAt(done.PatchFinding)))
			if when == 0 || !same(open, done) || seenAt(open.PatchFinding).Unix() <= when {
				continue
			}
			right := time.Unix(when, 0)
			return Contradiction{
				Subject: s, Says: say("On {} “{}” is said to be put right on {}, and was found again on {}.", s.Name, open.name(),
					in.on(right, "fixed_at of "+done.ID, done.Pos), in.on(seenAt(open.PatchFinding), "last_seen of "+open.ID, open.Pos)),
				A: Quote{DataSet: evidence.Patches, Pos: done.Pos, Text: done.ID + " put right " + evidence.Day(in.zoned(right))},
				B: in.findingQuote(open),
			}, true
		}
	}
	return Contradiction{}, false
}

func unixOr(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

// same tells whether two rows are about one vulnerability or update.
func same(a, b *update) bool {
	for _, f := range a.CVEs {
		if f.CVE != "" && slices.ContainsFunc(b.CVEs, func(g *evidence.PatchFinding) bool { return g.CVE == f.CVE }) {
			return true
		}
	}
	return a.CVEs[0].CVE == "" && b.CVEs[0].CVE == "" && a.ID == b.ID
}

// grave are the open findings of a system, the worst first: known to be
// exploited, then by severity.
func (b *patchBook) grave() []*update {
	order := []string{evidence.SeverityCritical, evidence.SeverityHigh, evidence.SeverityMedium, evidence.SeverityLow}
	rank := func(u *update) int {
		if slices.ContainsFunc(u.CVEs, func(f *evidence.PatchFinding) bool { return f.KEV == evidence.Yes }) {
			return -1
		}
		if i := slices.Index(order, u.Severity); i >= 0 {
			return i
		}
		return len(order)
	}
	var out []*update
	for _, u := range b.Open {
		if u.weakness() {
			out = append(out, u)
		}
	}
	slices.SortStableFunc(out, func(x, y *update) int { return cmp.Compare(rank(x), rank(y)) })
	return out
}

// countedNone: a patch tool counts nothing missing, and a later scan finds a
// vulnerability that an update mends.
func (in *Input) countedNone(s Subject, b *patchBook) (Contradiction, bool) {
	if len(b.Tools) == 0 {
		return Contradiction{}, false
	}
	tool := b.Tools[len(b.Tools)-1]
	if !tool.Missing.Known || tool.Missing.Value > 0 || tool.LastScan.IsZero() {
		return Contradiction{}, false
	}
	for _, u := range b.grave() {
		if u.CVEs[0].CVE == "" || u.Patchable == evidence.No || u.Released.After(tool.LastScan) || !seenAt(u.PatchFinding).After(tool.LastScan) {
			continue
		}
		return Contradiction{
			Subject: s, Says: say("The patch tool counts no missing update on {} on {}; a scan of {} still finds “{}”.", s.Name,
				in.on(tool.LastScan, "last_scan of "+s.ID, tool.Pos), in.on(seenAt(u.PatchFinding), "last_seen of "+u.ID, u.Pos), u.name()),
			A: in.toolQuote(tool), B: in.findingQuote(u),
		}, true
	}
	return Contradiction{}, false
}

// notRestarted: updates are installed and wait for a restart.
func (in *Input) notRestarted(s Subject, b *patchBook) (Contradiction, bool) {
	if len(b.Tools) == 0 {
		return Contradiction{}, false
	}
	tool := b.Tools[len(b.Tools)-1]
	installed := tool.Installed.Value > 0 || tool.Missing.Known && tool.Missing.Value == 0
	if tool.PendingReboot != evidence.Yes || !installed {
		return Contradiction{}, false
	}
	return Contradiction{
		Subject: s, Says: say("Updates of {} are installed, and take no effect before the restart that is still due.", s.Name),
		A: in.toolQuote(tool), B: Quote{DataSet: evidence.PatchStatus, Pos: tool.Pos, Text: s.ID + " restart due: yes"},
	}, true
}

func (in *Input) toolQuote(p *evidence.PatchState) Quote {
	words := p.System
	for _, n := range []struct {
		count evidence.Number
		noun  string
	}{{p.Installed, " installed"}, {p.Missing, " missing"}} {
		if n.count.Known {
			words += ", " + evidence.Whole(int(n.count.Value)) + n.noun
		}
	}
	if !p.LastScan.IsZero() {
		words += ", " + evidence.Day(in.zoned(p.LastScan))
	}
	return Quote{DataSet: evidence.PatchStatus, Pos: p.Pos, Text: words}
}

func (in *Input) findingQuote(u *update) Quote {
	words := u.ID + " " + u.name() + " open"
	if t := seenAt(u.PatchFinding); !t.IsZero() {
		words += ", last seen " + evidence.Day(in.zoned(t))
	}
	return Quote{DataSet: evidence.Patches, Pos: u.Pos, Text: words}
}
