package intake

import "proofpack/generator/evidence"

// readLeaver reads one person who left. A last day that is still to come is
// set aside: nobody has left yet.
func readLeaver(r *row, set *evidence.Set) {
	l := evidence.Leaver{
		Pos: r.pos(), EmployeeID: r.text("employee_id"), Login: r.text("login"), Name: r.text("name"),
		LeftOn: r.when("left_on"), Record: r.text("offboarding_record"),
	}
	if l.Login == "" && l.Name == "" {
		r.reject("it names neither a login nor a person")
	}
	r.identify(l.EmployeeID, l.Login, l.Name)
	if r.ok() {
		set.Leavers = append(set.Leavers, l)
	}
}
