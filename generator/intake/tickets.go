package intake

import "proofpack/generator/evidence"

// readTicket reads one ticket of the help desk. Whether it is closed is said by
// its state, else by a closing time.
func readTicket(r *row, set *evidence.Set) {
	t := evidence.Ticket{
		Pos: r.pos(), ID: r.key("ticket"), System: r.name("system"), Signature: r.text("signature"),
		Opened: r.when("opened"), State: r.text("state"), Cause: r.text("cause"),
	}
	t.Closed, t.IsClosed = r.closing(t.State)
	r.identify(t.ID)
	if r.ok() {
		set.Tickets = append(set.Tickets, t)
	}
}

func ticketNames(set *evidence.Set, visit visitor) {
	for i := range set.Tickets {
		visit(mention{pos: set.Tickets[i].Pos, name: &set.Tickets[i].System, subject: true})
	}
}
