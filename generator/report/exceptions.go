package report

import (
	"slices"
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// exceptions is the register: what, why, who approved, until when.
func (b *builder) exceptions() *Page {
	p := &Page{Path: "exceptions.html", Nav: "Exceptions", Kicker: "Exceptions", Title: b.exceptionsTitle(),
		Lede: words("An exception counts when it says why, names who approved it, and ends. It replaces the outcome of the one check it names; the result without it stands beneath. A lapsed exception has failed.")}
	p.Sections = []Section{b.exceptionSection(false)}
	if watch := b.exceptionWatch(); len(watch) > 0 {
		p.Sections = append([]Section{{ID: "watch", Kicker: "Before they become normal practice", Blocks: watch}}, p.Sections...)
	}
	return p
}

func (b *builder) exceptionsTitle() Text {
	n := len(b.Set.Exceptions)
	switch {
	case !b.Set.Supplied(evidence.Exceptions):
		return words("No exception register was supplied: every departure from policy below stands without one")
	case n == 0:
		return words("The exception register holds no exception")
	}
	rows := map[string][]diag.Pos{}
	for i := range b.Set.Exceptions {
		x := &b.Set.Exceptions[i]
		stands := b.exceptionStands(x)
		rows[stands] = append(rows[stands], x.Pos)
	}
	count := func(stands, formula string) Span { return b.count(len(rows[stands]), formula, rows[stands]...) }
	are := func(stands string) string { return evidence.Noun(len(rows[stands]), "is", "are") }
	t := words(count("", "count(exceptions with why, approver and an end that is not past)"), " of ", b.count(n, exceptionsCounted), " exceptions ", are(""), " valid; ",
		count(lapsed, "count(exceptions past their end)"), " ", evidence.Noun(len(rows[lapsed]), "has", "have"), " lapsed, ")
	if len(rows[refused]) > 0 {
		t = append(t, words(count(refused, "count(exceptions without an end, or with one farther off than policy allows)"), " ", are(refused), " refused as permanent, ")...)
	}
	return append(t, words(count(incomplete, "count(exceptions that are incomplete)"), " ", are(incomplete), " incomplete")...)
}

// How an exception that is not valid stands.
const (
	lapsed     = "lapsed"
	refused    = "refused as permanent"
	incomplete = "incomplete"
)

// exceptionStands is how an exception stands, in a word; "" for a valid one.
func (b *builder) exceptionStands(x *evidence.Exception) string {
	switch b.exceptionState(x) {
	case assess.Excepted, assess.Proven:
		return ""
	case assess.Failed:
		if !x.Until.IsZero() && x.Until.Before(b.Set.AsOf) {
			return lapsed
		}
		return refused
	case assess.Missing, assess.Stale, assess.NotApplicable:
	}
	return incomplete
}

// exceptionState is failed when it has lapsed, missing when a part is missing,
// excepted when it is valid.
func (b *builder) exceptionState(x *evidence.Exception) assess.State {
	state := assess.Excepted
	for _, f := range b.bySubject["exception/"+x.ID] {
		if (f.State == assess.Failed || f.State == assess.Missing) && assess.Worse(f.State, state) {
			state = f.State
		}
	}
	return state
}

// exceptionSection is the register; on paper with room to renew or end each.
func (b *builder) exceptionSection(paper bool) Section {
	sec := Section{ID: "register", Kicker: "Exceptions register"}
	if len(b.Set.Exceptions) == 0 {
		sec.Title = words("No exception in any export")
		sec.Blocks = []Block{Paragraph{Text: words("Nothing is waived: every finding of this report stands as it is.")}}
		return sec
	}
	return b.exceptionList(b.Set.Exceptions, paper)
}

// exceptionList draws and lists exceptions, the first to end first.
func (b *builder) exceptionList(list []evidence.Exception, paper bool) Section {
	sec := Section{ID: "register", Kicker: "Exceptions register"}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(x, y evidence.Exception) int { return x.Until.Compare(y.Until) })
	spans := Spans{AsOf: b.Set.AsOf, From: b.Set.AsOf.AddDate(-1, 0, 0), To: b.Set.AsOf.AddDate(1, 0, 0)}
	t := Table{Caption: "Exceptions, the first to end first", Wide: true, Columns: []Column{{Title: "Exception", Share: .11}, {Title: "What", Share: .17}, {Title: "Why", Share: .22}, {Title: "Approved by", Share: .14}, {Title: "Until", Share: .12}, {Title: "State", Share: .12}, {Title: "Row", Share: .12}}}
	if paper {
		for i, share := range []float64{.09, .12, .27, .12, .12, .13} {
			t.Columns[i].Share = share // why is what is read before it is renewed
		}
		t.Columns[6] = Column{Title: "Renew / End + initials", Share: .15}
	}
	for i := range list {
		x := &list[i]
		state := b.exceptionState(x)
		until := absent("no end")
		if !x.Until.IsZero() {
			until = words(b.figure(evidence.Figure{Text: evidence.ShortDay(x.Until), Unit: "date", Formula: "until", Sources: []diag.Pos{x.Pos}}, "end of exception "+x.ID))
		}
		of := words(orWord(x.Rule, "no rule named"))
		switch {
		case x.System != "":
			of = append(of, words(lineBreak(), b.system(x.System))...)
		case x.Service != "":
			of = append(of, words(lineBreak(), b.service(x.Service))...)
		}
		stands := words(stateOf(state))
		if word := b.exceptionStands(x); word != "" {
			stands = words(stateAs(state, word))
		}
		stands = append(stands, b.exceptionNotes(x)...)
		last := b.sources([]diag.Pos{x.Pos})
		if paper {
			last = Text{} // the packet draws boxes and a line here
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(orWord(x.ID, "no id")), of, orAbsent(x.Why, "no reason given"), orAbsent(x.ApprovedBy, "nobody"), until, stands, last}})
		start := x.ApprovedOn
		if start.IsZero() {
			start = spans.From
		}
		spans.Rows = append(spans.Rows, SpanRow{Label: words(orWord(x.ID, "no id")), Start: start, End: x.Until, State: state, Note: orWord(x.Rule, "") + endNote(x.Until, b.Set.AsOf)})
	}
	sec.Title = words(upper(counted(len(list), "exception")), ", the first to end first")
	sec.Blocks = []Block{Chart{ID: "exception-spans", Measure: "From approval to end; the line is as-of, and what is past its end is emphasised.", Drawing: spans, Table: &t}}
	return sec
}

func endNote(until, asOf time.Time) string {
	switch {
	case until.IsZero():
		return ", no end on record"
	case until.Before(asOf):
		return ", ended " + evidence.ShortDay(until)
	}
	return ", until " + evidence.ShortDay(until)
}
