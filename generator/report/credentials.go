package report

import (
	"slices"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// mostCredentials bounds the register on the page; report.json holds all.
const mostCredentials = 40

// credentialSection is the expiry register: what ends, when, and who renews it.
func (b *builder) credentialSection() Section {
	sec := Section{ID: "credentials", Kicker: "Certificates, secrets and licences"}
	if len(b.Set.Credentials) == 0 {
		sec.Title = words("Nothing shows when certificates, secrets and licences end")
		sec.Blocks = []Block{Paragraph{Text: words(stateOf(assess.Missing), " Supply the credentials data set: name, kind, last day, and who renews it.")}}
		return sec
	}
	ending, undated := b.inState(assess.Failed, "MON-07"), b.withDrift("MON-07", "credential without end")
	all := placesOf(b.Set.Credentials, func(c *evidence.Credential) diag.Pos { return c.Pos })
	n := len(b.Set.Credentials)
	sec.Title = words(b.count(len(ending), "count(credentials that have ended or end inside the limit)", sourcesOf(ending)...), " of ", b.count(n, "count(credentials)", all...), " certificates, secrets and licences ", evidence.Noun(len(ending), "has", "have"),
		" ended or ", evidence.Noun(len(ending), "ends", "end"), " within ", b.Policy.Limit("credential-expiry.warn").Text())
	if len(undated) > 0 {
		sec.Title = append(sec.Title, words("; ", b.count(len(undated), "count(credentials without an end)", sourcesOf(undated)...), " ", evidence.Noun(len(undated), "has", "have"), " no end on record")...)
	}
	list := make([]*evidence.Credential, 0, n)
	for i := range b.Set.Credentials {
		list = append(list, &b.Set.Credentials[i])
	}
	// What has no end on record could have ended: it stands first.
	slices.SortStableFunc(list, func(x, y *evidence.Credential) int { return x.NotAfter.Compare(y.NotAfter) })
	spans := Spans{AsOf: b.Set.AsOf, From: b.Set.AsOf.AddDate(-1, 0, 0), To: b.Set.AsOf.AddDate(1, 0, 0)}
	t := Table{Caption: "Certificates, secrets and licences, the first to end first", Wide: true, Columns: []Column{{Title: "Name", Share: .2}, {Title: "Kind", Share: .1}, {Title: "System", Share: .12}, {Title: "Owner", Share: .15}, {Title: "Last day", Share: .17}, {Title: "Days left", Num: true, Share: .12}, {Title: "State", Share: .14}}}
	for _, c := range list[:min(n, mostCredentials)] {
		state := b.credentialState(c)
		system, last, left := absent("none named"), absent("no end on record"), absent("unknown")
		note := "no end on record"
		if c.System != "" {
			system = words(b.system(c.System))
		}
		if !c.NotAfter.IsZero() {
			last = words(b.figure(evidence.OnDay(c.NotAfter, "not_after", c.Pos).As(evidence.ShortDay(c.NotAfter)), "last day of "+c.Name))
			days := evidence.DaysBetween(b.Set.AsOf, c.NotAfter.In(b.Set.AsOf.Location()))
			text := evidence.Whole(days)
			note = "until " + evidence.ShortDay(c.NotAfter)
			if days < 0 {
				text, note = "ended "+evidence.Whole(-days)+" d ago", "ended "+evidence.ShortDay(c.NotAfter)
			}
			left = words(b.figure(evidence.InDays(days, "days from as-of to not_after", c.Pos).As(text), "days left of "+c.Name))
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(link(c.Name, b.rowPath(c.Pos))), orAbsent(c.Kind, "not said"), system, orAbsent(c.Owner, "no owner"), last, left, words(stateOf(state))}})
		start := c.NotBefore
		if start.IsZero() || start.Before(spans.From) {
			start = spans.From
		}
		spans.Rows = append(spans.Rows, SpanRow{Label: words(c.Name), Start: start, End: c.NotAfter, State: state, Note: note})
	}
	sec.Blocks = append([]Block{Chart{ID: "credential-spans", Measure: "From the first to the last day; the line is as-of.", Drawing: spans, Table: &t}}, rest(n, mostCredentials)...)
	return sec
}

// credentialsSaid is what the exports say of credentials, in a sentence.
func (b *builder) credentialsSaid() Text {
	n := len(b.Set.Credentials)
	if n == 0 {
		return words("Credentials: no record of any, so nothing shows that their expiry is watched.")
	}
	ending := b.inState(assess.Failed, "MON-07")
	owned := 0
	var rows []diag.Pos
	for i := range b.Set.Credentials {
		if c := &b.Set.Credentials[i]; evidence.IsPerson(c.Owner) {
			owned++
			rows = append(rows, c.Pos)
		}
	}
	return words(b.count(len(ending), "count(credentials that have ended or end inside the limit)", sourcesOf(ending)...), " of ", b.count(n, "count(credentials)"), " credentials ", evidence.Noun(len(ending), "has", "have"), " ended or will within the limit; ",
		b.count(owned, "count(credentials whose owner is a person)", rows...), " ", evidence.Noun(owned, "has", "have"), " a person who renews it.")
}

// credentialState is the state that MON-07 gives the row of a credential.
func (b *builder) credentialState(c *evidence.Credential) assess.State {
	state, found := assess.Missing, false
	for _, f := range b.findings(b.bySubject["credential/"+assess.CredentialKey(c)], "MON-07") {
		if !found || assess.Worse(f.State, state) {
			state, found = f.State, true
		}
	}
	return state
}

// withDrift are the findings of a check that drift in one way.
func (b *builder) withDrift(check, drift string) []*assess.Finding {
	return slices.DeleteFunc(b.ofChecks(check), func(f *assess.Finding) bool { return f.Drift != drift })
}

// placesOf are the places of records.
func placesOf[T any](records []T, pos func(*T) diag.Pos) []diag.Pos {
	out := make([]diag.Pos, 0, len(records))
	for i := range records {
		out = append(out, pos(&records[i]))
	}
	return out
}
