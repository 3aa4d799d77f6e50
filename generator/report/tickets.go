package report

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// mostTickets bounds the tickets that the page lists.
const mostTickets = 25

// A reference is a ticket number as another export writes it.
type reference struct {
	dataSet, number string
	pos             diag.Pos
	tickets         []*evidence.Ticket // that answer to it; none: unverified
}

// references are the ticket numbers in alerts, changes, tasks and exceptions.
// The record of a task counts as one where it begins as the numbers of tickets
// do.
func (b *builder) references() []reference {
	book := assess.NewTicketBook(b.Set)
	var all []reference
	prefixes := map[string]bool{}
	for _, t := range b.Set.Tickets {
		prefixes[numberPrefix(t.ID)] = true
	}
	add := func(dataSet, number string, p diag.Pos) {
		if number = strings.TrimSpace(number); number != "" {
			all = append(all, reference{dataSet, number, p, book.Of(number)})
		}
	}
	for i := range b.Set.Alerts {
		add(evidence.Alerts, b.Set.Alerts[i].Ticket, b.Set.Alerts[i].Pos)
		prefixes[numberPrefix(b.Set.Alerts[i].Ticket)] = true
	}
	delete(prefixes, "")
	for i := range b.Set.Changes {
		add(evidence.Changes, b.Set.Changes[i].Incident, b.Set.Changes[i].Pos)
	}
	for i := range b.Set.Tasks {
		if t := &b.Set.Tasks[i]; prefixes[numberPrefix(t.Record)] {
			add(evidence.Tasks, t.Record, t.Pos)
		}
	}
	for i := range b.Set.Exceptions {
		add(evidence.Exceptions, b.Set.Exceptions[i].Ticket, b.Set.Exceptions[i].Pos)
	}
	return all
}

// numberPrefix is what stands before the digits of a number: "TKT-" of
// "TKT-771"; "" where it has no letters or no digits.
func numberPrefix(number string) string {
	number = strings.ToLower(strings.TrimSpace(number))
	i := strings.IndexFunc(number, unicode.IsDigit)
	if i <= 0 || strings.IndexFunc(number[:i], unicode.IsLetter) < 0 || strings.ContainsAny(number[:i], " /\\") {
		return ""
	}
	return number[:i]
}

// ticketSection is the linkage of alerts and other records to tickets, and what
// was closed and came back.
func (b *builder) ticketSection() Section {
	sec := Section{ID: "tickets", Kicker: "Tickets"}
	refs := b.references()
	linked, verified := placesIn(refs, evidence.Alerts, false), placesIn(refs, evidence.Alerts, true)
	sec.Title = words(b.count(len(linked), "count(alerts with a ticket number)", linked...), " of ", b.count(len(b.Set.Alerts), "count(alerts)", b.alertRows()...), " alerts ", evidence.Noun(len(linked), "names", "name"), " a ticket")
	if b.Set.Supplied(evidence.Tickets) {
		sec.Title = append(sec.Title, words("; ", b.count(len(verified), "count(alerts whose ticket the ticket export holds)", verified...), " of them ", evidence.Noun(len(verified), "is", "are"), " in the ticket export")...)
	} else {
		sec.Title = append(sec.Title, Span{Text: "; no ticket export was supplied, so none is verified"})
	}
	t := Table{Caption: "Ticket numbers in other exports", Columns: []Column{{Title: "Export", Share: .34}, {Title: "Rows with a ticket number", Num: true, Share: .22}, {Title: "Verified", Num: true, Share: .22}, {Title: "Unverified", Num: true, Share: .22}}}
	for _, d := range []string{evidence.Alerts, evidence.Changes, evidence.Tasks, evidence.Exceptions} {
		if !b.Set.Supplied(d) {
			continue
		}
		all, held := placesIn(refs, d, false), placesIn(refs, d, true)
		not := slices.DeleteFunc(slices.Clone(all), func(p diag.Pos) bool { return slices.Contains(held, p) })
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(upper(d)), words(b.count(len(all), "count("+d+" with a ticket number)", all...)),
			words(b.count(len(held), "count("+d+" whose ticket the ticket export holds)", held...)), words(b.count(len(not), "count("+d+" whose ticket no ticket export holds)", not...))}})
	}
	if len(t.Rows) == 0 {
		sec.Blocks = []Block{Paragraph{Text: absent("No alert, change, task or exception in any export.")}}
		return sec
	}
	sec.Blocks = []Block{t}
	if len(refs) > 0 {
		sec.Blocks = append(sec.Blocks, b.ticketList(refs))
		sec.Blocks = append(sec.Blocks, rest(len(byNumber(refs)), mostTickets)...)
	}
	if back := b.cameBack(); back != nil {
		sec.Blocks = append(sec.Blocks, *back)
	}
	return sec
}

// placesIn are the rows of a data set that name a ticket, or those whose ticket
// is held.
func placesIn(refs []reference, dataSet string, held bool) []diag.Pos {
	var out []diag.Pos
	for _, r := range refs {
		if r.dataSet == dataSet && (!held || len(r.tickets) > 0) {
			out = append(out, r.pos)
		}
	}
	return out
}

// byNumber groups references by the number written, the unverified first.
func byNumber(refs []reference) [][]reference {
	at := map[string]int{}
	var out [][]reference
	for _, r := range refs {
		i, known := at[r.number]
		if !known {
			i = len(out)
			at[r.number] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], r)
	}
	slices.SortStableFunc(out, func(x, y []reference) int {
		return cmp.Or(cmp.Compare(min(len(x[0].tickets), 1), min(len(y[0].tickets), 1)), cmp.Compare(x[0].number, y[0].number))
	})
	return out
}

func (b *builder) ticketList(refs []reference) Table {
	t := Table{Caption: "Tickets that other exports name, the unverified first", Wide: true, Columns: []Column{{Title: "Ticket", Share: .18}, {Title: "Verified", Share: .18}, {Title: "State", Share: .22}, {Title: "Cause", Share: .22}, {Title: "Named by", Share: .2}}}
	groups := byNumber(refs)
	for _, g := range groups[:min(len(groups), mostTickets)] {
		var rows []diag.Pos
		for _, r := range g {
			rows = append(rows, r.pos)
		}
		row := TableRow{Cells: []Text{words(quoted(g[0].number)), absent("unverified"), absent("unknown"), absent("unknown"), b.rows(rows, mostRows)}}
		if len(g[0].tickets) > 0 {
			k := g[0].tickets[0]
			state := words(orWord(k.State, "open"))
			if k.IsClosed {
				state = words("closed, ", absent("nobody recorded when"))
			}
			if !k.Closed.IsZero() {
				state = words("closed ", b.figure(evidence.OnDay(k.Closed, "closed", k.Pos).As(evidence.ShortDay(k.Closed)), "when "+k.ID+" was closed"))
			}
			row.Cells[1], row.Cells[2], row.Cells[3] = words(link("verified", b.rowPath(k.Pos))), state, orAbsent(k.Cause, "no cause recorded")
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// cameBack lists what was closed and came back inside the limit; nil where
// nothing did.
func (b *builder) cameBack() *Table {
	t := Table{Caption: "Closed and came back within " + b.Policy.Limit("alert-recurs").Text(), Columns: []Column{{Title: "Closed and came back", Share: .2}, {Title: "Closed", Share: .4}, {Title: "Again", Share: .4}}}
	for i := range b.Result.Contradictions {
		c := &b.Result.Contradictions[i]
		if c.ID == "X06" {
			t.Rows = append(t.Rows, TableRow{Cells: []Text{words(b.system(c.Subject.ID)), words(link(c.A.Text, b.rowPath(c.A.Pos))), words(link(c.B.Text, b.rowPath(c.B.Pos)))}})
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return &t
}
