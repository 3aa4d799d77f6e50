package intake

import "proofpack/generator/evidence"

// readRestore reads one restore test. The minutes are the column's, else the
// time from start to end. An unknown word for the scope proves nothing.
func readRestore(r *row, set *evidence.Set) {
	t := evidence.RestoreTest{
		Pos: r.pos(), ID: r.key("test_id"), System: r.name("system"), Service: r.name("service"),
		Scope: word(r, "scope", scopes, "is no scope that is known (file, system, application, service)"), ScopeText: r.text("scope"),
		Result:    word(r, "result", results, "is no result that is known"),
		Minutes:   r.minutes("minutes"),
		Integrity: r.answer("integrity_checked"), Permissions: r.answer("permissions_checked"), Order: r.answer("order_followed"),
		SizeBytes: r.bytes("size_bytes"), Tester: r.person("tester"), ReviewedBy: r.person("reviewed_by"),
		Exceptions: r.text("exceptions"), Notes: r.text("notes"), Lesson: r.text("lesson"), LessonOwner: r.person("lesson_owner"),
		LessonDue: r.day("lesson_due"), LessonFixed: r.day("lesson_fixed_on"),
		Runbook: r.text("runbook"),
	}
	if t.System == "" && t.Service == "" {
		r.reject("it names neither a system nor a service")
	}
	t.TestedOn = r.when("tested_on", "ended", "started")
	started, ended := r.day("started"), r.day("ended")
	if !t.Minutes.Known && !started.IsZero() && ended.After(started) && r.hasClock("started") && r.hasClock("ended") {
		t.Minutes = evidence.Known(ended.Sub(started).Minutes())
	}
	if r.hasClock("started") {
		t.Started = started
	}
	if r.hasClock("ended") {
		t.Ended = ended
	}
	if t.Result == evidence.Success && ended.IsZero() && r.m.has("ended") && !r.m.has("tested_on") {
		t.Result = evidence.Running // a restore that has no end did not finish
	}
	r.identify(t.ID)
	if r.ok() {
		set.Restores = append(set.Restores, t)
	}
}

// hasClock tells whether a date has a time of day.
func (r *row) hasClock(column string) bool {
	v, _ := r.cell(column)
	s, ok := parseStamp(v)
	return ok && s.clock
}

func restoreNames(set *evidence.Set, visit visitor) {
	for i := range set.Restores {
		visit(mention{pos: set.Restores[i].Pos, name: &set.Restores[i].System, subject: true})
	}
}
