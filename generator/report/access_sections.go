package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// account is a login that leads to its first row.
func (b *builder) account(a *evidence.Account) Text {
	return words(link(a.Login, b.rowPath(a.Pos)), lineBreak(), Text{small(cmp.Or(a.DisplayName, strings.Join(a.Directories(), ", ")))})
}

// day is a date as a table prints it, or its absence in words.
func day(t time.Time, absence string) Text {
	if t.IsZero() {
		return absent(absence)
	}
	return words(keep(evidence.ShortDay(t)))
}

// lastUsed is when an account was last used, as tables print it.
func (b *builder) lastUsed(m member) Text {
	last := m.LastLogin
	if m.trail != nil && m.trail.Success.Last.At.After(last) {
		e := m.trail.Success.Last
		return words(Span{Text: evidence.ShortDay(e.At), Href: b.rowPath(e.Pos), Keep: true})
	}
	switch {
	case !last.IsZero():
		return words(keep(evidence.ShortDay(last)))
	case m.NeverLoggedIn:
		return words("never")
	}
	return absent("not on record")
}

// reviewed is when an account was last reviewed, as tables print it.
func (b *builder) reviewed(key string) Text {
	var last *evidence.Review
	for i := range b.Set.Reviews {
		if v := &b.Set.Reviews[i]; v.Account == key && key != "" && v.Decision != evidence.NotReviewed && (last == nil || v.DecidedAt.After(last.DecidedAt)) {
			last = v
		}
	}
	if last == nil {
		return absent("no review")
	}
	return words(Span{Text: evidence.ShortDay(last.DecidedAt), Href: b.rowPath(last.Pos), Keep: true}, lineBreak(), Text{small("by " + orWord(last.Reviewer, "nobody named"))})
}

// factor is the second factor of an account, as the checks judge it: by what the
// directory says, and by sign-ins that were seen to go without.
func (b *builder) factor(m member) Text {
	says := m.MFA.String()
	if m.trail != nil && m.trail.WithoutMFA.Events > 0 {
		says += ", seen without"
	}
	for _, check := range []string{"ACC-04", "ACC-05"} {
		if f := b.ofAccount(m.Key, check); f != nil {
			return words(stateAs(f.State, says))
		}
	}
	return words(says)
}

// rest says how many rows a table leaves out.
func rest(all, most int) []Block {
	if all <= most {
		return nil
	}
	return []Block{Paragraph{Quiet: true, Text: words(fmt.Sprintf("The first %d of %s.", most, evidence.Whole(all)))}}
}

func (b *builder) leaverSection(most int) Section {
	sec := Section{ID: "leavers", Kicker: "People who left"}
	n := len(b.Set.Leavers)
	if n == 0 {
		sec.Title = words("Nothing shows who left, so no account can be held against it")
		sec.Blocks = []Block{Paragraph{Text: words(stateOf(assess.Missing), " Supply the leavers data set: who left, when, and the record of the offboarding.")}}
		return sec
	}
	used := b.inState(assess.Failed, "ACC-02")
	open := b.inState(assess.Failed, "ACC-01")
	sec.Title = words(b.count(len(open), "count(leavers with an open account)", sourcesOf(open)...), " of ", b.count(n, "count(leavers)", leaverRows(b.Set.Leavers)...), " still ", evidence.Noun(len(open), "has", "have"), " an open account, and ", b.count(len(used), "count(leavers with a good sign-in after left_on)", sourcesOf(used)...), " ", evidence.Noun(len(used), "account was", "accounts were"), " used after the last day")
	t := Table{Caption: "People who left, the worst first", Wide: true, Columns: []Column{{Title: "Who", Share: .2}, {Title: "Left", Share: .12}, {Title: "Accounts closed", Share: .3}, {Title: "Signed in after", Share: .22}, {Title: "Offboarding", Share: .16}}}
	list := slices.Clone(b.Set.Leavers)
	key := func(v evidence.Leaver) string {
		return strings.ToLower(strings.TrimSpace(cmp.Or(v.EmployeeID, v.Login, v.Name)))
	}
	of := func(v evidence.Leaver, check string) *assess.Finding {
		for _, f := range b.bySubject["leaver/"+key(v)] {
			if f.Check.ID == check {
				return f
			}
		}
		return nil
	}
	slices.SortStableFunc(list, func(x, y evidence.Leaver) int {
		if fx, fy := of(x, "ACC-01"), of(y, "ACC-01"); fx != nil && fy != nil {
			if w := worstFirst(fx, fy); w != 0 {
				return w
			}
		}
		return y.LeftOn.Compare(x.LeftOn)
	})
	says := func(f *assess.Finding) Text {
		if f == nil {
			return words(stateOf(assess.Missing))
		}
		return words(stateOf(f.State), lineBreak(), Text{small(afterName(f.Says.String()))})
	}
	for _, v := range list[:min(most, n)] {
		t.Rows = append(t.Rows, TableRow{Cells: []Text{
			words(link(cmp.Or(v.Name, v.Login, v.EmployeeID), b.rowPath(v.Pos)), lineBreak(), Text{small(orWord(v.Login, "no login named"))}), day(v.LeftOn, "not recorded"),
			says(of(v, "ACC-01")), says(of(v, "ACC-02")), orAbsent(v.Record, "no record"),
		}})
	}
	sec.Blocks = append([]Block{t}, rest(n, most)...)
	return sec
}

// afterName is what a sentence says behind "NAME left on DAY", which the row
// says already.
func afterName(s string) string {
	for _, cut := range []string{"; ", ", and "} {
		if _, tail, found := strings.Cut(s, cut); found && strings.Contains(s, " left on ") {
			return upper(tail)
		}
	}
	return s
}

// factorSection is the second factor by class of danger: unknown is not yes.
func (b *builder) factorSection(c crowd) Section {
	sec := Section{ID: "mfa", Kicker: "Second factor"}
	if len(c.all) == 0 {
		sec.Title = words("No open account is on record")
		sec.Blocks = []Block{Paragraph{Text: words(stateOf(assess.Missing), " Export the accounts of every directory, with what is known of their second factor.")}}
		return sec
	}
	t := Table{Caption: "Second factor of open accounts, where risk is highest first", Wide: true, Columns: []Column{{Title: "Accounts", Share: .25}, {Title: "Open", Num: true, Share: .12}, {Title: "Enforced", Num: true, Share: .13}, {Title: "Registered", Num: true, Share: .14}, {Title: "None", Num: true, Share: .11}, {Title: "Not on record", Num: true, Share: .12}, {Title: "Seen without", Num: true, Share: .13}}}
	known, open := 0, 0
	for k, name := range classes {
		of := c.of(func(m member) bool { return m.class == class(k) })
		cells := []Text{words(name), words(b.count(len(of), "count(open accounts: "+strings.ToLower(name)+")", memberRows(of)...))}
		for _, factor := range []evidence.MFA{evidence.MFAEnforced, evidence.MFARegistered, evidence.MFANone, evidence.MFAUnknown} {
			with := slices.DeleteFunc(slices.Clone(of), func(m member) bool { return m.MFA != factor })
			cells = append(cells, words(b.count(len(with), "count(open accounts: "+strings.ToLower(name)+", second factor "+factor.String()+")", memberRows(with)...)))
			if factor == evidence.MFAEnforced {
				known += len(with)
			}
		}
		seen := slices.DeleteFunc(slices.Clone(of), func(m member) bool { return m.trail == nil || m.trail.WithoutMFA.Events == 0 })
		var rows []diag.Pos
		for _, m := range seen {
			rows = append(rows, m.trail.WithoutMFA.Last.Pos)
		}
		open += len(of)
		t.Rows = append(t.Rows, TableRow{Cells: append(cells, words(b.count(len(seen), "count(open accounts: "+strings.ToLower(name)+", with a good sign-in that says no second factor was used)", rows...)))})
	}
	sec.Title = words(b.count(known, "count(open accounts whose second factor is enforced)"), " of ", b.count(open, "count(open accounts)"), " open accounts are on record as needing a second factor")
	sec.Blocks = []Block{t, Paragraph{Quiet: true, Text: words("Each account stands in the first line that fits. “Registered” means that a factor is there, not that it is asked for. “Seen without” counts accounts with a good sign-in that says no second factor was used, whatever the directory says.")}}
	return sec
}

func (b *builder) privilegedSection(c crowd, most int) Section {
	all := c.of(func(m member) bool { return m.Privileged == evidence.Yes })
	unsaid := c.of(func(m member) bool { return m.Privileged == evidence.Unknown })
	sec := Section{ID: "privileged", Kicker: "Privileged accounts"}
	explained := b.inState(assess.Proven, "ACC-18")
	sec.Title = words(b.count(len(explained), "count(privileged accounts with reason, approver and review)", sourcesOf(explained)...), " of ", b.count(len(all), "count(open accounts where privileged = yes)", memberRows(all)...), " privileged ", evidence.Noun(len(all), "account has", "accounts have"), " a reason, an approver and a review on record")
	if len(all) > 0 {
		t := Table{Caption: "Privileged accounts", Wide: true, Columns: []Column{{Title: "Account", Share: .24}, {Title: "Reason", Share: .2}, {Title: "Approved by", Share: .15}, {Title: "Second factor", Share: .13}, {Title: "Last used", Share: .12}, {Title: "Reviewed", Share: .16}}}
		for _, m := range all[:min(most, len(all))] {
			t.Rows = append(t.Rows, TableRow{Cells: []Text{b.account(m.Account), orAbsent(m.Reason, "no reason"), orAbsent(m.Approver, "nobody"), b.factor(m), b.lastUsed(m), b.reviewed(m.Key)}})
		}
		sec.Blocks = append([]Block{t}, rest(len(all), most)...)
	}
	if len(unsaid) > 0 {
		sec.Blocks = append(sec.Blocks, Paragraph{Alert: true, Text: words("Whether ", b.count(len(unsaid), "count(open accounts where privileged is blank)", memberRows(unsaid)...), " of ", b.count(len(c.all), "count(open accounts)"), " open accounts are privileged is not on record.")})
	}
	if len(sec.Blocks) == 0 {
		sec.Blocks = []Block{Paragraph{Text: words(stateOf(assess.Missing), " No account is marked as privileged, and somebody must be able to change things.")}}
	}
	return sec
}

func (b *builder) vendorAccountSection(c crowd, most int) Section {
	all := c.of(func(m member) bool { return m.Kind == evidence.KindVendor })
	whole := b.inState(assess.Proven, "ACC-09")
	sec := Section{ID: "vendor-accounts", Kicker: "Suppliers' accounts"}
	if len(all) == 0 {
		sec.Title = words("No open account is marked as a supplier's")
		sec.Blocks = []Block{Paragraph{Text: words(stateOf(assess.Missing), " The kind of an account says whose it is; without it, nothing shows which accounts suppliers use.")}}
		return sec
	}
	sec.Title = words(b.count(len(whole), "count(suppliers' accounts with sponsor, purpose and end date)", sourcesOf(whole)...), " of ", b.count(len(all), "count(open accounts where kind = vendor)", memberRows(all)...), " suppliers' ", evidence.Noun(len(all), "account has", "accounts have"), " a sponsor, a purpose and an end")
	t := Table{Caption: "Suppliers' accounts", Wide: true, Columns: []Column{{Title: "Account", Share: .24}, {Title: "Sponsor", Share: .16}, {Title: "Purpose", Share: .2}, {Title: "Ends", Share: .13}, {Title: "Second factor", Share: .14}, {Title: "Last used", Share: .13}}}
	spans := Spans{AsOf: b.Set.AsOf, From: b.Set.AsOf.AddDate(-2, 0, 0), To: b.Set.AsOf.AddDate(1, 0, 0)}
	for _, m := range all[:min(most, len(all))] {
		ends := absent("no end")
		note := "no end on record"
		if !m.NoEnd {
			ends, note = day(m.Expires, "no end"), "until "+evidence.ShortDay(m.Expires)
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{b.account(m.Account), orAbsent(m.Sponsor, "nobody"), orAbsent(m.Reason, "no purpose"), ends, b.factor(m), b.lastUsed(m)}})
		row := SpanRow{Label: words(m.Login), Start: m.Created, Note: note, State: assess.Missing}
		if !m.NoEnd {
			row.End = m.Expires
		}
		if f := b.ofAccount(m.Key, "ACC-09"); f != nil {
			row.State = f.State
		}
		spans.Rows = append(spans.Rows, row)
	}
	sec.Blocks = append([]Block{Chart{ID: "vendor-accounts", Measure: "Suppliers' accounts from the day they were made to the day they end.", Drawing: spans, Table: &t}}, rest(len(all), most)...)
	return sec
}

func (b *builder) dormantSection(c crowd, most int) Section {
	limit := int(b.Policy.AccountDormant / (24 * time.Hour))
	buckets := []Bucket{{Label: "0 to 7 d"}, {Label: fmt.Sprintf("8 to %d d", limit)}, {Label: fmt.Sprintf("over %d d", limit), Emphasis: true}, {Label: "never", Emphasis: true}, {Label: "not on record", Emphasis: true}}
	var rows [5][]diag.Pos
	for _, m := range c.all {
		last := m.LastLogin
		if m.trail != nil && m.trail.Success.Last.At.After(last) {
			last = m.trail.Success.Last.At
		}
		k := 4
		switch days := evidence.DaysBetween(last, b.Set.AsOf); {
		case last.IsZero() && m.NeverLoggedIn:
			k = 3
		case last.IsZero():
		case days <= 7:
			k = 0
		case days <= limit:
			k = 1
		default:
			k = 2
		}
		buckets[k].N++
		rows[k] = append(rows[k], m.Pos)
	}
	counts := Table{Caption: "Open accounts by the day they were last used", Columns: []Column{{Title: "Last used", Share: .6}, {Title: "Accounts", Num: true, Share: .4}}}
	for k, bucket := range buckets {
		counts.Rows = append(counts.Rows, TableRow{Cells: []Text{words(bucket.Label), words(b.count(bucket.N, "count(open accounts last used: "+bucket.Label+")", rows[k]...))}})
	}
	failed := b.inState(assess.Failed, "ACC-03")
	sec := Section{ID: "dormant", Kicker: "Used by nobody", Title: words(b.count(len(failed), "count(open accounts not used within the limit)", sourcesOf(failed)...), " of ", b.count(len(c.all), "count(open accounts)"), " open accounts were not used for ", fmt.Sprint(limit), " days")}
	sec.Blocks = []Block{Chart{ID: "last-used", Measure: "Open accounts by days since they were last used.", Drawing: Histogram{Buckets: buckets}, Table: &counts}}
	if len(failed) > 0 {
		sec.Blocks = append(sec.Blocks, b.findingTable("Accounts that nobody uses", failed[:min(most, len(failed))]))
		sec.Blocks = append(sec.Blocks, rest(len(failed), most)...)
	}
	return sec
}

// lifeSection is the life of the dangerous accounts, from made to closed.
func (b *builder) lifeSection(c crowd, most int) Section {
	all := c.of(func(m member) bool { return m.class != ofOther })
	sec := Section{ID: "life", Kicker: "Account life", Title: words("From made to closed: ", b.count(len(all), "count(open accounts of leavers, privileged, suppliers' or unused)"), " open accounts that matter most, of ", b.count(len(c.all), "count(open accounts)"), "; ", b.count(c.closed, "count(accounts that are closed in every directory)"), " more are closed")}
	if len(all) == 0 {
		sec.Blocks = []Block{Paragraph{Text: words("No open account is of a leaver, privileged, a supplier's, or unused, as far as the exports show.")}}
		return sec
	}
	t := Table{Caption: "Life of accounts", Wide: true, Columns: []Column{{Title: "Account", Share: .2}, {Title: "Where", Share: .15}, {Title: "Made", Share: .11}, {Title: "Approved by", Share: .13}, {Title: "Last used", Share: .11}, {Title: "Reviewed", Share: .15}, {Title: "Ends", Share: .15}}}
	left := map[string]time.Time{}
	for i := range b.Set.Leavers {
		for _, key := range b.Set.Leavers[i].Accounts {
			left[key] = b.Set.Leavers[i].LeftOn
		}
	}
	for _, m := range all[:min(most, len(all))] {
		ends := absent("no end")
		switch on := left[m.Key]; {
		case !on.IsZero():
			ends = words("person left ", keep(evidence.ShortDay(on)))
		case !m.NoEnd:
			ends = day(m.Expires, "no end")
		case m.Kind != evidence.KindVendor && m.Kind != evidence.KindGuest:
			ends = words("with the person")
			if m.Kind == evidence.KindService || m.Kind == evidence.KindShared {
				ends = words("not by itself")
			}
		}
		where := Text{}
		for i, r := range m.Rows {
			if i > 0 {
				where = append(where, lineBreak())
			}
			where = append(where, link(r.Directory, b.rowPath(r.Pos)))
			if r.Enabled != evidence.Yes {
				where = append(where, Span{Text: map[evidence.Answer]string{evidence.No: ", closed", evidence.Unknown: ", not said"}[r.Enabled]})
			}
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{b.account(m.Account), where, day(m.Created, "not recorded"), orAbsent(m.Approver, "nobody"), b.lastUsed(m), b.reviewed(m.Key), ends}})
	}
	sec.Blocks = append([]Block{t}, rest(len(all), most)...)
	return sec
}
