package report

import (
	"cmp"
	"slices"
	"strings"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// reviewSection is what was reviewed, by whom, and what came of it.
func (b *builder) reviewSection(c crowd) Section {
	sec := Section{ID: "reviews", Kicker: "Access reviews"}
	if len(b.Set.Reviews) == 0 {
		sec.Title = words("No access review is on record")
		sec.Blocks = []Block{Paragraph{Text: words(stateOf(assess.Missing), " Supply the access reviews data set: account, reviewer, decision, day, and when it was carried out.")}}
		return sec
	}
	var fresh []*assess.Finding
	for _, f := range b.inState(assess.Proven, "ACC-06") {
		if f.Subject.Kind == "account" {
			fresh = append(fresh, f)
		}
	}
	overdue := 0
	for _, f := range b.inState(assess.Stale, "ACC-06") {
		if f.Subject.Kind == "account" {
			overdue++
		}
	}
	sec.Title = words(b.count(len(fresh), "count(open accounts reviewed inside the limit)", sourcesOf(fresh)...), " of ", b.count(len(c.all), "count(open accounts)"), " open accounts were reviewed in time; ", b.count(overdue, "count(open accounts whose newest review is older than the limit)"), " ", evidence.Noun(overdue, "review is", "reviews are"), " overdue")
	t := Table{Caption: "Decisions of access reviews, newest first", Wide: true, Columns: []Column{{Title: "Account", Share: .22}, {Title: "For", Share: .16}, {Title: "Reviewed by", Share: .16}, {Title: "Decision", Share: .12}, {Title: "On", Share: .11}, {Title: "Carried out", Share: .13}, {Title: "Why", Share: .1}}}
	list := slices.Clone(b.Set.Reviews)
	slices.SortStableFunc(list, func(x, y evidence.Review) int { return y.DecidedAt.Compare(x.DecidedAt) })
	for i := range list[:min(mostAccounts, len(list))] {
		v := &list[i]
		done := words("nothing to do")
		if v.Decision == evidence.DecideRevoke || v.Decision == evidence.DecideChange {
			done = day(v.CarriedOutAt, "not on record")
		}
		of := words(orWord(v.Resource, "the account"))
		switch {
		case v.System != "":
			of = words(b.system(v.System))
		case v.Service != "":
			of = words(b.service(v.Service))
		}
		login := words(link(v.Login, b.rowPath(v.Pos)))
		if v.Account == "" && len(b.Set.Accounts) > 0 {
			login = append(login, words(lineBreak(), stateAs(assess.Missing, "no such account"))...)
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{login, of, orAbsent(v.Reviewer, "nobody"), orAbsent(string(v.Decision), "nothing decided"), day(v.DecidedAt, "not recorded"), done, orAbsent(v.Justification, "not said")}})
	}
	sec.Blocks = append([]Block{t}, rest(len(list), mostAccounts)...)
	return sec
}

// signInSection is the access log in numbers, and what of it is cited.
func (b *builder) signInSection() Section {
	sec := Section{ID: "sign-ins", Kicker: "Sign-ins"}
	if len(b.Set.AccessLogs) == 0 {
		sec.Title = words("No access log was supplied, so nothing shows who came in")
		sec.Blocks = []Block{Paragraph{Text: words(stateOf(assess.Missing), " Export the sign-ins of the month, or count them where they are kept.")}}
		return sec
	}
	events := 0
	var files []diag.Pos
	t := Table{Caption: "Access logs", Wide: true, Columns: []Column{{Title: "Source", Share: .24}, {Title: "Events", Num: true, Share: .12}, {Title: "From", Share: .12}, {Title: "To", Share: .12}, {Title: "Days with a row", Num: true, Share: .14}, {Title: "What it says", Share: .26}}}
	for _, l := range b.Set.AccessLogs {
		events += l.Events
		files = append(files, l.Pos)
		says := "second factor: "
		if l.SaysMFA {
			says += "yes"
		} else {
			says += "no"
		}
		if !l.Aggregate {
			says += "; protocol: " + map[bool]string{true: "yes", false: "no"}[l.SaysClient] + "; in the order of time: " + map[bool]string{true: "yes", false: "no"}[l.Ordered]
		}
		days := absent("counts only")
		if !l.Aggregate {
			days = words(b.count(len(l.Days), "count(days with a row in "+called(l.Pos)+")", l.Pos))
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(link(called(l.Pos), b.rowPath(l.Pos))), words(b.figure(evidence.Count(l.Events, "sign-ins of "+called(l.Pos), l.Pos), "sign-ins")), day(l.First, "no event"), day(l.Last, "no event"), days, words(says)}})
	}
	sec.Title = words(b.figure(evidence.Count(events, "count(sign-ins)", files...), "sign-ins"), " sign-ins by ", b.count(len(b.Set.Trails), "count(logins that a log names)", files...), " ", evidence.Noun(len(b.Set.Trails), "login", "logins"))
	sec.Blocks = []Block{t, b.appTable()}
	sec.Blocks = append(sec.Blocks, Paragraph{Quiet: true, Text: words("Sign-ins are counted as they are read. Only rows that a finding cites are kept and shown; the whole log is the export itself, by its hash.")})
	return sec
}

// mostApps is how many applications are listed.
const mostApps = 12

// appTable is the sign-ins by application, those with the most failures first.
func (b *builder) appTable() Table {
	type sum struct {
		app          string
		good, failed int
		logins       map[string]bool
		first, last  evidence.Event
	}
	by := map[string]*sum{}
	var order []*sum
	for i := range b.Set.Access {
		a := &b.Set.Access[i]
		s := by[a.App]
		if s == nil {
			s = &sum{app: a.App, logins: map[string]bool{}, first: a.First, last: a.Last}
			by[a.App] = s
			order = append(order, s)
		}
		s.logins[a.Login] = true
		switch a.Result {
		case evidence.SignedIn:
			s.good += a.Events
		case evidence.SignInFailed:
			s.failed += a.Events
		case evidence.SignInOther, evidence.SignInNotKnown:
		}
		if a.Last.At.After(s.last.At) {
			s.last = a.Last
		}
	}
	slices.SortStableFunc(order, func(x, y *sum) int {
		return cmp.Or(-cmp.Compare(x.failed, y.failed), -cmp.Compare(x.good, y.good), cmp.Compare(x.app, y.app))
	})
	t := Table{Caption: "Sign-ins by application, most failures first", Columns: []Column{{Title: "Application", Share: .36}, {Title: "Good", Num: true, Share: .16}, {Title: "Failed", Num: true, Share: .16}, {Title: "Logins", Num: true, Share: .16}, {Title: "Newest", Share: .16}}}
	for i, s := range order {
		if i == mostApps {
			break
		}
		name := orWord(s.app, "no application named")
		t.Rows = append(t.Rows, TableRow{Cells: []Text{
			words(name), words(b.figure(evidence.Count(s.good, "count(good sign-ins to "+name+")"), name)), words(b.figure(evidence.Count(s.failed, "count(failed sign-ins to "+name+")"), name)),
			words(b.figure(evidence.Count(len(s.logins), "count(logins that tried "+name+")"), name)), words(keep(evidence.ShortDay(s.last.At))),
		}})
	}
	return t
}

// supplierSection is whom to call, and until when they answer.
func (b *builder) supplierSection() Section {
	sec := Section{ID: "vendors", Kicker: "Vendors"}
	if len(b.Set.Vendors) == 0 {
		sec.Title = words("No vendor is on record, so nothing shows whom to call")
		sec.Blocks = []Block{Paragraph{Text: words(stateOf(assess.Missing), " Supply the vendors data set: supplier, systems, contact, end of contract.")}}
		return sec
	}
	reached, asked := b.inState(assess.Proven, "VEN-01"), b.ofChecks("VEN-01")
	ended := b.inState(assess.Failed, "VEN-02")
	sec.Title = words(b.count(len(reached), "count(critical systems with a vendor and its contact)", sourcesOf(reached)...), " of ", b.count(len(asked), "count(critical systems)"), " critical systems have a vendor with a contact; ", b.count(len(ended), "count(vendors whose contract has ended)", sourcesOf(ended)...), " ", evidence.Noun(len(ended), "contract has", "contracts have"), " ended")
	t := Table{Caption: "Vendors, by the end of their contract", Wide: true, Columns: []Column{{Title: "Vendor", Share: .19}, {Title: "Contact", Share: .25}, {Title: "Contract ends", Share: .14}, {Title: "Systems", Share: .27}, {Title: "Open cases", Share: .15}}}
	list := slices.Clone(b.Set.Vendors)
	slices.SortStableFunc(list, func(x, y evidence.Vendor) int {
		return cmp.Or(x.ContractEnds.Compare(y.ContractEnds), cmp.Compare(x.Name, y.Name))
	})
	for i := range list {
		v := &list[i]
		ends := day(v.ContractEnds, "not recorded")
		if !v.ContractEnds.IsZero() && v.ContractEnds.Before(b.Set.AsOf) {
			ends = words(stateAs(assess.Failed, evidence.ShortDay(v.ContractEnds)))
		}
		systems := absent("names no system")
		if len(v.Systems) > 0 {
			systems = b.systems(v.Systems)
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(link(v.Name, b.rowPath(v.Pos))), orAbsent(v.Contact, "no contact"), ends, systems, words(orWord(v.OpenCases, "none named"))}})
	}
	sec.Blocks = []Block{t}
	return sec
}

// accountJoinSection lists accounts joined by weak names.
func (b *builder) accountJoinSection() Section {
	n := len(b.Set.AccountJoins)
	t := Table{Caption: "Accounts joined by weak names", Columns: []Column{{Title: "As written", Share: .32}, {Title: "Taken for", Share: .32}, {Title: "By", Share: .16}, {Title: "Row", Share: .2}}}
	for _, j := range b.Set.AccountJoins[:min(mostAccounts, n)] {
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(quoted(j.Name)), words(j.Account), words(j.By), b.sources([]diag.Pos{j.Pos})}})
	}
	return Section{ID: "account-joins", Kicker: "Names", Title: words(b.count(n, "count(names taken for an account by mail, short name, employee id or full name)"), " ", evidence.Noun(n, "name was", "names were"), " taken for an account by more than its identifier or login"), Blocks: append([]Block{t}, rest(n, mostAccounts)...)}
}

// sayAccounts answers whether the accounts that matter most are reviewed, with
// records.
func (b *builder) sayAccounts() Text {
	c := b.crowd()
	t := Text{}
	for k, name := range classes[:ofOther] {
		of := c.of(func(m member) bool { return m.class == class(k) })
		fresh := 0
		var rows []diag.Pos
		for _, m := range of {
			if f := b.ofAccount(m.Key, "ACC-06"); f != nil && f.State == assess.Proven {
				fresh++
				rows = append(rows, f.Sources...)
			}
		}
		if k > 0 {
			t = append(t, Span{Text: "; "})
		}
		what := strings.ToLower(name)
		t = append(t, words(what, ": ", b.count(fresh, "count(open accounts, "+what+", reviewed inside the limit by a person, with the day)", rows...), " of ", b.count(len(of), "count(open accounts: "+what+")", memberRows(of)...))...)
	}
	return append(words("Open accounts with a review on record, inside the limit: "), append(t, words(". Each stands on the ", link("access page", "access.html"), ".")...)...)
}
