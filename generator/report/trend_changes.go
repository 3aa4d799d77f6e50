package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"proofpack/generator/assess"
	"proofpack/generator/evidence"
	"proofpack/generator/history"
)

// rankSection is how the ranks of the services moved.
func (b *builder) rankSection() Section {
	last, now := b.Past.Last(), b.Past.Now
	s := Section{ID: "ranks", Kicker: "Ranks", Title: words("No service is in both months, so no rank can be compared")}
	t := Table{Caption: "Services, with their rank and exposure in both months", Wide: true, Columns: []Column{{Title: "Service", Share: .22}, {Title: "Rank", Num: true, Share: .1}, {Title: "Rank then", Num: true, Share: .12}, {Title: "Likely exposure", Num: true, Share: .16}, {Title: "Likely then", Num: true, Share: .16}, {Title: "Recovery", Share: .12}, {Title: "Recovery then", Share: .12}}}
	moved, both := 0, 0
	for i := range now.Services {
		is := &now.Services[i]
		rank, then, likely, recovery := words(b.of(now, is.Rank, "rank of "+is.Name)), absent("not in it"), absent("not in it"), absent("not in it")
		if was := pastService(last, is.ID); was != nil {
			both++
			if was.Rank != is.Rank {
				moved++
			}
			then, likely, recovery = words(b.of(last, was.Rank, "rank of "+is.Name)), b.pastAmount(last, was), words(pastState(was.Recovery))
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{b.pastServiceName(is), rank, then, b.pastAmount(now, is), likely, words(pastState(is.Recovery)), recovery}})
	}
	if len(t.Rows) == 0 {
		s.Blocks = []Block{Paragraph{Text: absent("No export names a service.")}}
		return s
	}
	s.Blocks = []Block{t}
	switch {
	case both == 0:
	case moved == 0:
		s.Title = words("The order of the services is what it was")
	default:
		s.Title = words(b.count(moved, "count(services whose rank is not what it was)"), " of ", b.count(both, "count(services in both months)"), " services ", evidence.Noun(moved, "has", "have"), " another rank than in ", evidence.MonthName(last.Name))
	}
	return s
}

func pastService(m *evidence.Month, id string) *evidence.PastService {
	for i := range m.Services {
		if m.Services[i].ID == id {
			return &m.Services[i]
		}
	}
	return nil
}

// pastServiceName leads to the page of a service that there is one of.
func (b *builder) pastServiceName(s *evidence.PastService) Text {
	if b.Set.Service(s.ID) != nil {
		return words(b.service(s.ID))
	}
	return words(orWord(s.Name, s.ID))
}

// pastAmount is a likely exposure as a month's record has it.
func (b *builder) pastAmount(m *evidence.Month, s *evidence.PastService) Text {
	if s.Likely == nil {
		return absent("not declared")
	}
	return words(b.figure(evidence.InMoney(*s.Likely, b.Set.Currency, "likely exposure of "+s.Name+", "+evidence.MonthName(m.Name)), "exposure of "+s.Name))
}

// pastState is a state by its word; a word that is none is missing.
func pastState(word string) Span {
	for _, s := range assess.States {
		if s.String() == word {
			return stateOf(s)
		}
	}
	return stateOf(assess.Missing)
}

// diffSection lists what changed, bad news first, and of each class the
// costliest service first; most bounds the rows, 0 does not.
func (b *builder) diffSection(most int) Section {
	d := b.Past.Diff
	s := Section{ID: "changes", Kicker: "What changed"}
	n := len(d.Changes)
	if n == 0 {
		s.Title = words("No finding has another state than in ", evidence.MonthName(d.From), ": unchanged, not retested")
		s.Blocks = []Block{Paragraph{Text: words("That nothing changed is what the exports show; it is no proof that nothing did.")}}
		if d.Cannot != "" {
			s.Title = words("Findings cannot be compared by name with ", evidence.MonthName(d.From))
			s.Blocks = []Block{Paragraph{Text: words(stateOf(assess.Missing), " ", d.Cannot)}}
		}
		return s
	}
	ranked := b.rankedChanges()
	if most > 0 {
		t := changeTable("What changed since "+evidence.MonthName(d.From), true)
		for _, c := range ranked[:min(most, n)] {
			t.Rows = append(t.Rows, b.changeRow(c, true, ""))
		}
		s.Blocks = []Block{t}
	} else {
		s.Blocks = b.changesByClass(ranked)
	}
	s.Title = words(b.count(n, "count(changes since "+d.From+")"), " ", evidence.Noun(n, "thing is", "things are"), " not what ", evidence.Noun(n, "it was", "they were"), " in ", evidence.MonthName(d.From), ": ", classWords(d))
	if d.Cannot != "" {
		s.Blocks = append(s.Blocks, Paragraph{Alert: true, Text: words(d.Cannot)})
	}
	if left := n - most; most > 0 && left > 0 {
		s.Blocks = append(s.Blocks, Paragraph{Quiet: true, Text: words(b.count(left, fmt.Sprintf("count(changes) - %d", most)), " further ", evidence.Noun(left, "change stands", "changes stand"), " on the Trend page of the site.")})
	}
	if last := b.Past.Last(); last.Method != b.Tool.Version {
		s.Blocks = append(s.Blocks, Paragraph{Quiet: true, Text: words(evidence.MonthName(last.Name), " was judged by version ", code(last.Method), ", this month by ", code(b.Tool.Version), ".")})
	}
	return s
}

// changesByClass is a line and a table for each class there is. What makes all
// of a class belong to it is said once.
func (b *builder) changesByClass(ranked []*history.Change) []Block {
	var blocks []Block
	for rest := ranked; len(rest) > 0; {
		class, cause := rest[0].Class, rest[0].Cause
		end := slices.IndexFunc(rest, func(c *history.Change) bool { return c.Class != class })
		if end < 0 {
			end = len(rest)
		}
		of := rest[:end]
		rest = rest[end:]
		if slices.ContainsFunc(of, func(c *history.Change) bool { return c.Cause != cause }) {
			cause = ""
		}
		line := words(strong(evidence.Whole(len(of)) + " " + string(class)))
		if cause != "" {
			line = append(line, words(": ", cause)...)
		}
		t := changeTable("Findings that are "+string(class), false)
		for _, c := range of {
			t.Rows = append(t.Rows, b.changeRow(c, false, cause))
		}
		blocks = append(blocks, Paragraph{Text: line}, t)
	}
	return blocks
}

// changeTable is an empty table of changes, with their class where several
// stand in it.
func changeTable(caption string, classed bool) Table {
	t := Table{Caption: caption, Wide: true, Columns: []Column{{Title: "What", Share: .24}, {Title: "Then", Share: .11}, {Title: "Now", Share: .11}, {Title: "What the records say", Share: .54}}}
	if classed {
		t.Columns = append([]Column{{Title: "Class", Share: .14}}, t.Columns...)
	}
	return t
}

// classWords are the counts of the classes there are: "3 new, 1 worse".
func classWords(d *history.Diff) string {
	var parts []string
	for _, c := range history.Classes {
		if n := d.Count(c); n > 0 {
			parts = append(parts, evidence.Whole(n)+" "+string(c))
		}
	}
	return strings.Join(parts, ", ")
}

// rankedChanges are the changes in the order they are printed.
func (b *builder) rankedChanges() []*history.Change {
	ranks := map[string]int{}
	for i := range b.Past.Now.Services {
		ranks[b.Past.Now.Services[i].ID] = b.Past.Now.Services[i].Rank
	}
	rank := func(c *history.Change) int {
		best := len(ranks) + 1
		for _, s := range c.Services {
			if r, known := ranks[s]; known {
				best = min(best, r)
			}
		}
		return best
	}
	var all []*history.Change
	for i := range b.Past.Diff.Changes {
		all = append(all, &b.Past.Diff.Changes[i])
	}
	slices.SortStableFunc(all, func(x, y *history.Change) int {
		return cmp.Or(cmp.Compare(slices.Index(history.Classes, x.Class), slices.Index(history.Classes, y.Class)), cmp.Compare(rank(x), rank(y)), strings.Compare(x.ID, y.ID))
	})
	return all
}

// changeRow is one change. Its cause is said where it is another than what was
// said of all.
func (b *builder) changeRow(c *history.Change, classed bool, said string) TableRow {
	var cells []Text
	if classed {
		cells = append(cells, words(strong(string(c.Class))))
	}
	if c.Check == "" {
		return TableRow{Cells: append(cells, words("limit ", code(c.Name)), words(orWord(c.Was, "none of that name")), words(orWord(c.Is, "none of that name")), words(c.Cause))}
	}
	state := func(word string) Text {
		if word == "" {
			return words(keep("not in it"))
		}
		return words(pastState(word))
	}
	says := words(c.IsText)
	if c.IsText == "" {
		says = words("Then: ", quoted(c.WasText))
	}
	if c.Cause != said {
		says = append(says, words(lineBreak(), Text{small(c.Cause)})...)
	}
	what := words(link(orWord(c.Name, c.Subject), b.subjectPath(c)), lineBreak(), Text{small(c.Check)})
	return TableRow{Cells: append(cells, what, state(c.Was), state(c.Is), says)}
}

// subjectPath is the page of what a change is about; "" when there is none.
func (b *builder) subjectPath(c *history.Change) string {
	switch c.Kind {
	case "system":
		return b.systemPath(c.Subject)
	case "service":
		return b.servicePath(c.Subject)
	}
	return ""
}

// unusedMonths are the sentences about archives of earlier months that are not
// used: whoever reads page 1 must know.
func (b *builder) unusedMonths() []Text {
	if b.Past == nil {
		return nil
	}
	var all []Text
	for _, u := range b.Past.Chain.Unused {
		all = append(all, words(strong("Earlier month not used: "), "the archive of ", evidence.MonthName(u.Month), ", ", code(u.Archive), ": ", u.Why, ". Nothing here is compared with it."))
	}
	return all
}

// chainSection says which archives of earlier months the report rests on, and
// which it does not.
func (b *builder) chainSection() Section {
	chain := &b.Past.Chain
	s := Section{ID: "chain", Kicker: "Earlier months"}
	switch {
	case chain.First:
		s.Title = words("This is the first month on record")
		s.Blocks = []Block{Paragraph{Text: words("No archive of an earlier month lies in the archive folder.")}}
	case chain.Previous == nil:
		s.Title = words("No archive of an earlier month can be used")
	default:
		s.Title = words("This month follows ", evidence.MonthName(chain.Previous.Month))
	}
	t := Table{Caption: "Archives of earlier months", Columns: []Column{{Title: "Month", Share: .16}, {Title: "Archive", Share: .34}, {Title: "Seal (SHA-256)", Share: .2}, {Title: "Used", Share: .3}}}
	for i := range b.Past.Months {
		m := &b.Past.Months[i]
		used := words("yes: verified, signed")
		if m.Draft {
			used = words("yes: unchanged, an unsigned draft")
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(evidence.MonthName(m.Name)), words(code(m.Archive)), words(code(shortHash(m.Seal))), used}})
	}
	for _, u := range chain.Unused {
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(evidence.MonthName(u.Month)), words(code(u.Archive)), words("not followed"), words(strong("no: "), u.Why)}})
	}
	if len(t.Rows) > 0 {
		s.Blocks = append(s.Blocks, t)
	}
	if len(chain.Gaps) > 0 {
		s.Blocks = append(s.Blocks, Paragraph{Alert: true, Text: words(strong("Months without a packet that is followed: "), monthList(chain.Gaps), ".")})
	}
	for _, n := range chain.Notes {
		s.Blocks = append(s.Blocks, Paragraph{Alert: true, Text: words(n)})
	}
	return s
}

func monthList(months []string) string {
	names := make([]string, len(months))
	for i, m := range months {
		names[i] = evidence.MonthName(m)
	}
	return evidence.And(names)
}

// changedLimits are the limits that are not what they were a month before.
func (b *builder) changedLimits() []Section {
	last := b.Past.Last()
	if last == nil {
		return nil
	}
	t := Table{Caption: "Limits that changed", Columns: []Column{{Title: "Limit", Share: .4}, {Title: "Then", Num: true, Share: .3}, {Title: "Now", Num: true, Share: .3}}}
	for _, c := range b.Past.Diff.Changes {
		if c.Check == "" {
			t.Rows = append(t.Rows, TableRow{Cells: []Text{words(code(c.Name)), words(orWord(c.Was, "none of that name")), words(orWord(c.Is, "none of that name"))}})
		}
	}
	n := len(t.Rows)
	s := Section{ID: "changed", Kicker: "Changed", Title: words("Every limit is what it was in ", evidence.MonthName(last.Name)), Blocks: []Block{Paragraph{Text: words("What is compared with last month is judged by the same limits.")}}}
	if n > 0 {
		s.Title = words(b.count(n, "count(limits that are not what they were in "+last.Name+")"), " ", evidence.Noun(n, "limit is", "limits are"), " not what ", evidence.Noun(n, "it was", "they were"), " in ", evidence.MonthName(last.Name))
		s.Blocks = []Block{t}
	}
	return []Section{s}
}

// chainHead is the seal that this month follows, for the last page of the
// packet: on paper and in minutes nobody with the key can write it again.
func (b *builder) chainHead() []Section {
	if b.Past == nil {
		return nil
	}
	s := Section{ID: "chain", Kicker: "Chain of months"}
	p := b.Past.Chain.Previous
	switch {
	case p != nil:
		s.Title = words("This packet follows that of ", evidence.MonthName(p.Month))
		s.Blocks = []Block{Paragraph{Text: words("Seal of its archive (SHA-256): ", code(p.Seal), ". Note it in the minutes: whoever holds the key could write the months again, but not this sheet.")}}
	case b.Past.Chain.First:
		s.Title = words("This packet is the first of its chain")
		s.Blocks = []Block{Paragraph{Text: words("No archive of an earlier month was on file when it was built.")}}
	default:
		s.Title = words("This packet follows no month that can be verified")
		s.Blocks = []Block{Paragraph{Text: words("Archives of earlier months are on file, and none of them could be used; the evidence statement says why.")}}
	}
	return []Section{s}
}

// carriedForward are the last forecasts on record, where this month has no
// sample: what was known is not forgotten because nobody exported it.
func (b *builder) carriedForward() []Block {
	for i := range slices.Backward(b.Set.Earlier) {
		m := &b.Set.Earlier[i]
		var items []Text
		for k := range m.Forecasts {
			f := &m.Forecasts[k]
			if f.FullOn.IsZero() {
				continue
			}
			full := f.FullOn.In(b.Set.AsOf.Location())
			items = append(items, words(f.Resource, " of ", b.system(f.System), ", full about ", b.figure(evidence.OnDay(full, "full_on of "+f.Resource+" in the records of "+m.Name), "carried forward from "+m.Name), ": carried forward from ", evidence.MonthName(m.Name)))
		}
		if len(items) > 0 {
			return []Block{Paragraph{Text: words("The likely exposure goes by the last forecast on record; the high bound excludes nothing:")}, List{Items: items}}
		}
	}
	return nil
}
