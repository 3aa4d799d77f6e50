package report

import (
	"cmp"
	"slices"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// mostAccounts is how many accounts a table of the site lists. The rest is
// counted in words.
const mostAccounts = 200

// accessChecks are the checks of the page, in its order.
var accessChecks = []string{
	"ACC-01", "ACC-02", "ACC-17", "ACC-04", "ACC-18", "ACC-12", "ACC-09", "ACC-03", "ACC-05", "ACC-10", "ACC-11", "ACC-16",
	"ACC-06", "ACC-07", "ACC-08", "ACC-13", "ACC-14", "ACC-15", "VEN-01", "VEN-02",
}

// access is the page of who can get in: those who should not first.
func (b *builder) access() *Page {
	p := &Page{Path: "access.html", Nav: "Access", Kicker: "Access", Title: b.accessTitle(),
		Lede: words("Accounts of people who left come first, then privileged ones, those of suppliers, and those nobody uses. A second factor that is not on record counts as none that is known, and one that is only registered has to be seen in use.")}
	c := b.crowd()
	p.Sections = append(p.Sections, b.leaverSection(mostAccounts), b.factorSection(c))
	if len(c.all) > 0 {
		p.Sections = append(p.Sections, b.privilegedSection(c, mostAccounts), b.vendorAccountSection(c, mostAccounts), b.dormantSection(c, mostAccounts), b.lifeSection(c, mostAccounts))
	}
	p.Sections = append(p.Sections, b.reviewSection(c), b.signInSection(), b.supplierSection())
	if len(b.Set.AccountJoins) > 0 {
		p.Sections = append(p.Sections, b.accountJoinSection())
	}
	p.Sections = append(p.Sections, b.accessFindings())
	return p
}

// packetAccess is the page of the packet: leavers, privileged accounts,
// suppliers, second factors.
func (b *builder) packetAccess() *Page {
	c := b.crowd()
	p := &Page{Path: "access", Kicker: "Access", Title: b.accessTitle(), Lede: words("Who can get in and should not, and where a password alone is enough.")}
	p.Sections = append(p.Sections, b.leaverSection(paperRows), b.factorSection(c))
	if len(c.all) > 0 {
		p.Sections = append(p.Sections, b.privilegedSection(c, paperRows), b.vendorAccountSection(c, paperRows))
	}
	return p
}

// accessTitle says who can get in that should not, and what is shown of those
// who may most.
func (b *builder) accessTitle() Text {
	c := b.crowd()
	switch {
	case len(c.all) == 0 && len(b.Set.Leavers) == 0:
		return words("No account export was supplied, so nothing shows who can get in")
	case len(c.all) == 0:
		return words("No account export was supplied, so nothing shows whether the accounts of ", b.count(len(b.Set.Leavers), "count(leavers)", leaverRows(b.Set.Leavers)...), " ", evidence.Noun(len(b.Set.Leavers), "person", "people"), " who left are closed")
	}
	var t Text
	if n := len(b.Set.Leavers); n > 0 {
		open := b.inState(assess.Failed, "ACC-01")
		t = words(b.count(len(open), "count(leavers with an open account)", sourcesOf(open)...), " of ", b.count(n, "count(leavers)", leaverRows(b.Set.Leavers)...), " ", evidence.Noun(n, "person", "people"), " who left still ", evidence.Noun(len(open), "has", "have"), " an open account; ")
	} else {
		t = words("Nothing shows who left; ")
	}
	all := b.ofChecks("ACC-04")
	shown := b.inState(assess.Proven, "ACC-04")
	people := 0
	for _, f := range all {
		if f.Subject.Kind == "account" {
			people++
		}
	}
	return append(t, words(b.count(len(shown), "count(privileged accounts that are shown to need a second factor)", sourcesOf(shown)...), " of ", b.count(people, "count(open privileged accounts that somebody signs in with)"), " privileged ", evidence.Noun(people, "account is", "accounts are"), " shown to need a second factor")...)
}

// inState are the findings of some checks that are in a state.
func (b *builder) inState(s assess.State, checks ...string) []*assess.Finding {
	return slices.DeleteFunc(b.ofChecks(checks...), func(f *assess.Finding) bool { return f.State != s })
}

// sourcesOf are the rows of findings, each once.
func sourcesOf(findings []*assess.Finding) []diag.Pos {
	var out []diag.Pos
	for _, f := range findings {
		for _, p := range f.Sources {
			if !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

func leaverRows(all []evidence.Leaver) []diag.Pos {
	out := make([]diag.Pos, 0, len(all))
	for i := range all {
		out = append(out, all[i].Pos)
	}
	return out
}

// ofAccount is the state of a check about an account, and its finding; nil
// when the check is not about it.
func (b *builder) ofAccount(key, check string) *assess.Finding {
	for _, f := range b.bySubject["account/"+key] {
		if f.Check.ID == check {
			return f
		}
	}
	return nil
}

// accessFindings are the findings of the page's checks that are not proven.
func (b *builder) accessFindings() Section {
	all := b.ofChecks(accessChecks...)
	var counts assess.Counts
	var bad []*assess.Finding
	for _, f := range all {
		counts.Add(f.State)
		if f.State != assess.Proven {
			bad = append(bad, f)
		}
	}
	sec := Section{ID: "findings", Kicker: "Findings", Title: words("Access and vendors: ", b.counted(counts, "findings of the checks of access and vendors"))}
	if len(bad) == 0 {
		sec.Blocks = []Block{Paragraph{Text: words("Every check of access and vendors that could be asked is proven.")}}
		return sec
	}
	shown := firstOf(bad, mostAccounts)
	sec.Blocks = []Block{b.findingTable("Findings about access and vendors that are not proven", shown)}
	if more := len(bad) - len(shown); more > 0 {
		sec.Blocks = append(sec.Blocks, Paragraph{Quiet: true, Text: words("The ", evidence.Whole(len(shown)), " worst; ", evidence.Whole(more), " more stand in report.json.")})
	}
	return sec
}

// A class is how dangerous it is that somebody gets in with an account.
type class int

// The classes, the most dangerous first; an account is in the first that fits.
const (
	ofLeaver class = iota
	ofPrivilege
	ofVendor
	ofNobody
	ofOther
)

// classes are the classes as printed.
var classes = []string{"People who left", "Privileged", "Suppliers", "Used by nobody", "All others"}

// A member is an open account with what the page says of it.
type member struct {
	*evidence.Account
	class class
	trail *evidence.Trail
}

// crowd is the open accounts, the most dangerous first.
type crowd struct {
	all    []member
	closed int
}

func (b *builder) crowd() crowd {
	if b.people != nil {
		return *b.people
	}
	left := map[string]bool{}
	for i := range b.Set.Leavers {
		for _, key := range b.Set.Leavers[i].Accounts {
			left[key] = true
		}
	}
	trails := b.Set.TrailsByAccount()
	var c crowd
	for i := range b.Set.Accounts {
		a := &b.Set.Accounts[i]
		if a.Enabled == evidence.No {
			c.closed++
			continue
		}
		m := member{Account: a, class: ofOther, trail: trails[a.Key]}
		dormant := b.ofAccount(a.Key, "ACC-03")
		switch {
		case left[a.Key]:
			m.class = ofLeaver
		case a.Privileged == evidence.Yes:
			m.class = ofPrivilege
		case a.Kind == evidence.KindVendor:
			m.class = ofVendor
		case dormant != nil && dormant.State == assess.Failed:
			m.class = ofNobody
		}
		c.all = append(c.all, m)
	}
	slices.SortStableFunc(c.all, func(x, y member) int { return cmp.Or(cmp.Compare(x.class, y.class), cmp.Compare(x.Key, y.Key)) })
	b.people = &c
	return c
}

// of are the members for which something holds.
func (c crowd) of(hold func(member) bool) []member {
	var out []member
	for _, m := range c.all {
		if hold(m) {
			out = append(out, m)
		}
	}
	return out
}

func memberRows(members []member) []diag.Pos {
	var out []diag.Pos
	for _, m := range members {
		out = append(out, m.Places()...)
	}
	return out
}
