package intake

import "proofpack/generator/evidence"

// readTask reads one recurring task. Where no column says what it is for, its
// own name may: see byWords.
func readTask(r *row, set *evidence.Set) {
	t := evidence.Task{
		Pos: r.pos(), ID: r.key("task_id"), Name: r.key("task"), Owner: r.person("owner"), Cadence: r.text("cadence"),
		LastDone: r.day("last_done"), Record: r.text("record"), Due: r.day("due"),
		System: r.name("system"), Service: r.name("service"), Runbook: r.text("runbook"),
	}
	c := r.cadence("cadence")
	t.Every, t.Months = c.every, c.months
	r.identify(t.ID)
	if r.ok() {
		set.Tasks = append(set.Tasks, t)
	}
}

func taskNames(set *evidence.Set, visit visitor) {
	for i := range set.Tasks {
		visit(mention{pos: set.Tasks[i].Pos, name: &set.Tasks[i].System, subject: true})
	}
}
