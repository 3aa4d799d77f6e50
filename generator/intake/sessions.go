package intake

import "proofpack/generator/evidence"

// readSession reads one planning or tabletop session.
func readSession(r *row, set *evidence.Set) {
	s := evidence.Session{
		Pos: r.pos(), HeldOn: r.when("held_on"), Services: r.list("services"),
		People: r.text("people"), Record: r.text("record"),
	}
	if len(s.Services) == 0 {
		r.reject("services is empty")
	}
	r.identify(s.HeldOn.String(), r.text("services"))
	if r.ok() {
		set.Sessions = append(set.Sessions, s)
	}
}
