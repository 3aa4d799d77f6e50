package assess

import (
	"slices"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// full tells whether a test brought back more than files.
func full(r *evidence.RestoreTest) bool {
	return r.Scope == evidence.ScopeSystem || r.Scope == evidence.ScopeApplication || r.Scope == evidence.ScopeService
}

// decisive are the tests that decide about a system: the newest that is no
// restore of files, and any of the same day. What does not say what it brought
// back, or when, could be the newest and counts as it.
func decisive(tests []*evidence.RestoreTest) []*evidence.RestoreTest {
	var candidates []*evidence.RestoreTest
	for _, r := range tests {
		if r.Scope != evidence.ScopeFile {
			candidates = append(candidates, r)
		}
	}
	if len(candidates) == 0 {
		return nil
	}
	newest := candidates[len(candidates)-1]
	return slices.DeleteFunc(candidates, func(r *evidence.RestoreTest) bool { return !r.TestedOn.Equal(newest.TestedOn) })
}

// lastFull is the decisive test of a system; of several the one that the judge
// thinks worse. nil when there is none.
func (in *Input) lastFull(system string, judge func(*evidence.RestoreTest) Answer) (Answer, bool) {
	tests := decisive(in.index().restores[system])
	if len(tests) == 0 {
		return Answer{}, false
	}
	out := judge(tests[0])
	for _, r := range tests[1:] {
		if a := judge(r); Worse(a.State, out.State) {
			out = a
		}
	}
	return out, true
}

// unfinished says why a test proves nothing before anything about it is
// looked at; the zero Answer and false when it is a dated success of known scope.
func (in *Input) unfinished(r *evidence.RestoreTest) (Answer, bool) {
	bad := func(state State, format string, args ...any) (Answer, bool) {
		return Answer{State: state, Says: say(format, args...), Sources: at(r.Pos), Drift: "untested recovery"}, true
	}
	when := in.testedOn(r)
	switch {
	case r.TestedOn.IsZero():
		return bad(Missing, "Restore test {} has no date.", testName(r))
	case r.Result == evidence.Failed:
		return bad(Failed, "The restore test of {} failed.", when)
	case r.Result == evidence.Running:
		return bad(Failed, "The restore test of {} did not finish.", when)
	case r.Result == evidence.Warning:
		return bad(Missing, "The restore test of {} ended with warnings.", when)
	case r.Result != evidence.Success:
		return bad(Missing, "How the restore test of {} ended is not recorded.", when)
	case !full(r):
		return bad(Missing, "What the restore test of {} brought back is not recorded.", when)
	}
	return Answer{}, false
}

func (in *Input) testedOn(r *evidence.RestoreTest) evidence.Figure {
	return in.on(r.TestedOn, "tested_on of "+testName(r), r.Pos)
}

// testName is a test in words: its id, or its place.
func testName(r *evidence.RestoreTest) string {
	if r.ID != "" {
		return r.ID
	}
	return "in " + r.Pos.String()
}

// goodFull is the newest successful full restore of a list; nil when none is.
func goodFull(tests []*evidence.RestoreTest) *evidence.RestoreTest {
	for _, r := range slices.Backward(tests) {
		if full(r) && r.Result == evidence.Success && !r.TestedOn.IsZero() {
			return r
		}
	}
	return nil
}

// testAge is how old the restore test of a system may be: the shortest limit
// of the services that need it. What a service stops and does not say is taken
// at its strictest.
func (in *Input) testAge(services []string) time.Duration {
	limit := in.Policy.RestoreTest.Default
	for i, id := range services {
		own := limit
		if s := in.index().services[id]; s != nil {
			own = in.Policy.RestoreTest.For(string(s.Stops))
			if s.Stops == "" {
				p := in.Policy.RestoreTest
				own = min(p.Default, p.Revenue, p.Service, p.Compliance)
			}
		}
		if i == 0 || own < limit {
			limit = own
		}
	}
	return limit
}

// unsound lists the three answers of a restore that are not yes.
func unsound(r *evidence.RestoreTest) []string {
	var out []string
	for _, q := range []struct {
		name   string
		answer evidence.Answer
	}{
		{"integrity", r.Integrity},
		{"permissions", r.Permissions},
		{"recovery order", r.Order},
	} {
		switch q.answer {
		case evidence.Yes:
		case evidence.No:
			out = append(out, q.name+" answered no")
		case evidence.Unknown:
			out = append(out, q.name+" not recorded")
		}
	}
	return out
}

// lateBy compares a test with its target. late: it took longer than a declared
// target. unclear: it cannot be said that it did not, and why.
func (in *Input) lateBy(r *evidence.RestoreTest, services []string) (late bool, unclear evidence.Statement, goal evidence.Figure) {
	t := in.target(services, rto)
	hours, known, sources := t.Hours, t.Known, t.Sources
	formula := "smallest rto_hours of the services that need it"
	if within := in.Policy.RestoreWithin.Hours(); within > 0 && (!known || within < hours) {
		hours, known, sources, formula = within, true, nil, "policy limit restore-within"
	}
	goal = evidence.InMinutes(hours*60, formula, sources...)
	switch {
	case !r.Minutes.Known:
		return false, say("How long the restore test of {} took is not recorded.", in.testedOn(r)), goal
	case known && r.Minutes.Value > hours*60:
		return true, evidence.Statement{}, goal
	case len(t.Silent) > 0:
		return false, say("{} {} no recovery time target to compare the restore test of {} with.",
			evidence.And(t.Silent), evidence.Noun(len(t.Silent), "declares", "declare"), in.testedOn(r)), goal
	case !known:
		return false, say("No service on record says how fast it must be back."), goal
	}
	return false, evidence.Statement{}, goal
}

func took(r *evidence.RestoreTest) evidence.Figure {
	return evidence.InMinutes(r.Minutes.Value, "minutes of "+testName(r), r.Pos)
}

func testPlaces(tests []*evidence.RestoreTest) []diag.Pos {
	return positions(tests, func(r *evidence.RestoreTest) diag.Pos { return r.Pos })
}
