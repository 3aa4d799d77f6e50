package intake

import (
	"time"

	"proofpack/generator/evidence"
)

// readPerson reads one person who may own, approve or review. A last day that
// is still to come is no leaving yet.
func readPerson(r *row, set *evidence.Set) {
	p := evidence.Person{Pos: r.pos(), Name: r.key("name"), Login: r.text("login"), Role: r.text("role"), LeftOn: r.day("left_on")}
	if later(p.LeftOn, r.opts.AsOf) {
		p.LeftOn = time.Time{}
	}
	r.identify(p.Name, p.Login)
	if r.ok() {
		set.People = append(set.People, p)
	}
}
