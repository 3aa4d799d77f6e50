package intake

import "proofpack/generator/evidence"

// readException reads one accepted departure from policy. What is blank stays
// blank, and an end that is never or 9999-12-31 stays as written: the check
// refuses it.
func readException(r *row, set *evidence.Set) {
	e := evidence.Exception{
		Pos: r.pos(), ID: r.key("exception_id"), Rule: r.key("rule"),
		System: r.name("system"), Account: r.text("account"), Service: r.name("service"),
		Why: r.text("why"), ApprovedBy: r.person("approved_by"), UntilText: r.text("until"),
		Compensating: r.text("compensating"), Renewals: r.number("renewals"),
	}
	e.Ticket, e.EscalatedTo, e.EscalatedOn = r.text("ticket"), r.person("escalated_to"), r.day("escalated_on")
	e.ApprovedOn = r.day("approved_on")
	r.event(e.ApprovedOn)
	until, ok := r.date("until")
	if !ok {
		v, col := r.cell("until")
		r.bad("until", col, v, "bad-date", "is not a date in the form of this column"+r.formOfColumn(col))
	}
	e.Until = until
	r.identify(e.ID)
	if r.ok() {
		set.Exceptions = append(set.Exceptions, e)
	}
}

func exceptionNames(set *evidence.Set, visit visitor) {
	for i := range set.Exceptions {
		visit(mention{pos: set.Exceptions[i].Pos, name: &set.Exceptions[i].System, subject: true})
	}
}
