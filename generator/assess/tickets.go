package assess

import (
	"strings"
	"time"

	"proofpack/generator/evidence"
)

// A TicketBook finds tickets of the help desk by the numbers that other exports
// write. A number that it does not hold is unverified: nothing shows that there
// is such a ticket.
type TicketBook map[string][]*evidence.Ticket

// NewTicketBook is the tickets of a set by their numbers.
func NewTicketBook(set *evidence.Set) TicketBook {
	book := TicketBook{}
	for i := range set.Tickets {
		t := &set.Tickets[i]
		book[ticketKey(t.ID)] = append(book[ticketKey(t.ID)], t)
	}
	return book
}

func ticketKey(number string) string { return strings.TrimPrefix(folded(number), "#") }

// Of are the tickets that a cell names; none where no number of it is known.
func (b TicketBook) Of(cell string) []*evidence.Ticket {
	if found := b[ticketKey(cell)]; len(found) > 0 {
		return found
	}
	var out []*evidence.Ticket
	for _, number := range strings.FieldsFunc(cell, func(c rune) bool { return strings.ContainsRune(";,| \n\r\t", c) }) {
		out = append(out, b[ticketKey(number)]...)
	}
	return out
}

// held tells whether an alert names a ticket that counts: one that the ticket
// export holds, where there is one.
func (in *Input) held(a *evidence.Alert) bool {
	return ticketed(a) && (!in.usable(evidence.Tickets) || len(in.index().tickets.Of(a.Ticket)) > 0)
}

// A reopening is a ticket that was closed, and the alert that it was for, which
// came again inside the limit.
type reopening struct {
	Ticket *evidence.Ticket
	Again  *evidence.Alert
}

// afterClosing is the first alert of a signature inside a limit after a ticket
// was closed; nil when there is none.
func (g *signature) afterClosing(t *evidence.Ticket, limit time.Duration) *evidence.Alert {
	if !t.IsClosed || t.Closed.IsZero() {
		return nil
	}
	for _, a := range g.Alerts {
		if a.Raised.After(t.Closed) && a.Raised.Sub(t.Closed) <= limit {
			return a
		}
	}
	return nil
}

// reopened is the last ticket about the alerts of a signature that was closed
// and did not end them: one that they name, or one that names them; nil when
// there is none.
func (in *Input) reopened(g *signature) *reopening {
	var last *reopening
	look := func(t *evidence.Ticket) {
		if again := g.afterClosing(t, in.Policy.AlertRecurs); again != nil && (last == nil || t.Closed.After(last.Ticket.Closed)) {
			last = &reopening{t, again}
		}
	}
	for _, a := range g.Alerts {
		for _, t := range in.index().tickets.Of(a.Ticket) {
			look(t)
		}
	}
	for i := range in.Tickets {
		if t := &in.Tickets[i]; t.System == g.System && t.Signature != "" && folded(t.Signature) == folded(g.Name) {
			look(t)
		}
	}
	return last
}

// untaken sorts the alerts that no person took and that came again by what the
// ticket export says: reopenings are tickets that were closed and did not end
// it, unclear the alerts of which no ticket shows that somebody is at it.
func (in *Input) untaken(g *signature) (again []reopening, unclear []*evidence.Alert) {
	if !in.usable(evidence.Tickets) || len(g.Alerts) == 0 {
		return nil, nil
	}
	newest := g.Alerts[len(g.Alerts)-1].Raised
	seen := map[*evidence.Ticket]bool{}
	for _, a := range g.Alerts {
		if a.ByPerson || !newest.After(a.Raised) {
			continue
		}
		tickets := in.index().tickets.Of(a.Ticket)
		if len(tickets) == 0 {
			unclear = append(unclear, a)
		}
		for _, t := range tickets {
			next := g.afterClosing(t, in.Policy.AlertRecurs)
			switch {
			case seen[t]:
			case next != nil:
				again = append(again, reopening{t, next})
			case t.Closed.IsZero() && (t.IsClosed || t.State == ""):
				unclear = append(unclear, a)
			}
			seen[t] = true
		}
	}
	return again, unclear
}
