package intake

import (
	"time"

	"proofpack/generator/evidence"
)

// employed says what the words of staff registers mean: yes, the person works
// here. Somebody on leave still does.
var employed = map[string]evidence.Answer{
	"current": evidence.Yes, "active": evidence.Yes, "employed": evidence.Yes, "working": evidence.Yes, "yes": evidence.Yes, "true": evidence.Yes, "on leave": evidence.Yes, "permanent": evidence.Yes,
	"left": evidence.No, "leaver": evidence.No, "former": evidence.No, "terminated": evidence.No, "inactive": evidence.No, "resigned": evidence.No, "retired": evidence.No, "no": evidence.No, "false": evidence.No,
}

// readPerson reads one person who may own, approve or review. A last day that
// is still to come is no leaving yet.
func readPerson(r *row, set *evidence.Set) {
	p := evidence.Person{Pos: r.pos(), Name: r.key("name"), Login: r.text("login"), Role: r.text("role"), LeftOn: r.day("left_on"),
		Current: word(r, "status", employed, "says neither that the person works here nor that the person left")}
	if later(p.LeftOn, r.opts.AsOf) {
		p.LeftOn = time.Time{}
	}
	r.identify(p.Name, p.Login)
	if r.ok() {
		set.People = append(set.People, p)
	}
}
