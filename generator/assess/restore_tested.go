package assess

import (
	"slices"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// restoreTested (BKP-01) asks for a whole system brought back, in time and
// checked. That backups ran is said beside it and proves nothing.
var restoreTested = Check{
	ID:          "BKP-01",
	Question:    "Has everything that a service needs been restored in a full test lately?",
	Why:         "A backup that was never restored is a hope.",
	Needs:       []string{evidence.Restores},
	Rests:       []string{evidence.Services, evidence.Inventory, evidence.Dependencies},
	Discipline:  Recovery,
	Consequence: Downtime,
	Gap:         UntestedRecovery,
	Limit:       restoreTestLimit,
	LimitFrom:   "judgement",
	Controls:    controls("BKP-01"),
	Closes:      "a full restore test inside its target, with integrity, permissions and recovery order checked",
	Subjects:    servicesAndRestorable,
	Judge:       judgeRestoreTested,
}

// restoreTestLimit names the limits that differ by what a service stops.
func restoreTestLimit(p config.Policy) string {
	words := p.Limit("restore-test.default").Text()
	for _, stops := range []string{"revenue", "service", "compliance"} {
		if p.RestoreTest.For(stops) != p.RestoreTest.Default {
			words += ", " + p.Limit("restore-test."+stops).Text() + " where it stops " + stops
		}
	}
	return words
}

func judgeRestoreTested(in *Input, s Subject) Answer {
	if s.Kind == "service" {
		return in.restoresUnder(s)
	}
	return in.restoreOf(s.ID)
}

// restoreOf judges the decisive restore test of one system.
func (in *Input) restoreOf(system string) Answer {
	services := in.Graph.ServicesOf(system)
	answer, found := in.lastFull(system, func(r *evidence.RestoreTest) Answer { return in.judgeRestore(r, services) })
	if found {
		return answer
	}
	last, rows := in.lastOfAnyKind(in.index().restores[system])
	return Answer{Says: join(say("No full restore test of {} is on record.", system), last), Sources: rows, Drift: "untested recovery"}
}

func (in *Input) judgeRestore(r *evidence.RestoreTest, services []string) Answer {
	if answer, bad := in.unfinished(r); bad {
		return answer
	}
	rows, when := at(r.Pos), in.testedOn(r)
	late, unclear, goal := in.lateBy(r, services)
	lacking := unsound(r)
	switch {
	case late:
		return Answer{
			State: Failed, Says: say("Restored on {}, but too late: it took {}, its target is {}.", when, took(r), goal),
			Sources: rows, Drift: "restore over target",
		}
	case len(lacking) > 0:
		return Answer{Says: say("Restored on {}, not proven sound: {}.", when, evidence.And(lacking)), Sources: rows, Drift: "untested recovery"}
	case !unclear.Empty():
		return Answer{Says: unclear, Sources: rows, Drift: "untested recovery"}
	case in.older(r.TestedOn, in.testAge(services)):
		return Answer{
			State: Stale, Says: say("The last full restore test is of {}, {} ago.", when, in.since(r.TestedOn, "tested_on", r.Pos)),
			Sources: rows, Drift: "untested recovery",
		}
	}
	return Answer{
		State:   Proven,
		Says:    say("Restored whole in {} on {}; integrity, permissions and recovery order were checked.", took(r), when),
		Sources: rows,
	}
}

// restoresUnder judges a service by everything under it, and says beside it
// how its backups ran.
func (in *Input) restoresUnder(s Subject) Answer {
	systems := in.needed(s.ID)
	if len(systems) == 0 {
		return Answer{Says: say("No export says which systems {} needs.", s.Name), Sources: at(in.index().services[s.ID].Pos), Drift: "untested recovery"}
	}
	out := Answer{State: Proven}
	var tests, whole []*evidence.RestoreTest
	var runs []*evidence.JobRun
	proven := 0
	for _, id := range systems {
		a := in.restoreOf(id)
		if Worse(a.State, out.State) {
			out.State, out.Drift = a.State, a.Drift
		}
		if a.State == Proven {
			proven++
		}
		out.Sources = append(out.Sources, a.Sources...)
		tests = append(tests, in.index().restores[id]...)
		if r := goodFull(in.index().restores[id]); r != nil {
			whole = append(whole, r)
		}
		for _, j := range in.jobsOfKind(id, evidence.JobBackup) {
			runs = append(runs, j.Runs...)
		}
	}
	out.Says = join(ran(runs, out.State), in.wholeOf(len(systems), whole, proven, tests))
	if says, rows := in.beyond(s); len(rows) > 0 && Worse(Missing, out.State) {
		return Answer{Says: says, Sources: rows, Drift: "dependencies not recorded"}
	}
	return out
}

// beyond tells that the recovery plan of a service brings back systems that no
// export says the service needs: what is proven of the others is not proven of
// the service.
func (in *Input) beyond(s Subject) (evidence.Statement, []diag.Pos) {
	needs := in.Graph.Needs(s.ID)
	var ids []string
	var rows []diag.Pos
	for _, p := range in.index().plan[s.ID] {
		if _, needed := slices.BinarySearch(needs, p.System); !needed && in.index().systems[p.System] != nil && !slices.Contains(ids, p.System) {
			ids, rows = append(ids, p.System), append(rows, p.Pos)
		}
	}
	if len(ids) == 0 {
		return evidence.Statement{}, nil
	}
	return say("The recovery plan of {} brings back {}, and no export says that the service needs {}.", s.Name, evidence.And(ids), evidence.Noun(len(ids), "it", "them")), rows
}

// ran says how backups ran, which proves nothing.
func ran(runs []*evidence.JobRun, state State) evidence.Statement {
	if len(runs) == 0 || state == Proven {
		return evidence.Statement{}
	}
	good := withResult(runs, evidence.Success)
	return say("Backups ran {} of {}. This does not prove recovery:",
		evidence.Count(len(good), "count(jobs where kind = backup, result = success)", runPlaces(good)...).As(evidence.Whole(len(good))),
		evidence.Count(len(runs), "count(jobs where kind = backup)", runPlaces(runs)...).As(evidence.Whole(len(runs))))
}

// wholeOf says of how many systems there is a full restore test.
func (in *Input) wholeOf(n int, whole []*evidence.RestoreTest, proven int, tests []*evidence.RestoreTest) evidence.Statement {
	have := evidence.Count(len(whole), "count(systems with a successful full restore test)", testPlaces(whole)...)
	of := evidence.Counted(n, "system", "systems", "count(systems that the service needs and backup is in scope for)")
	switch {
	case len(whole) == 0:
		last, _ := in.lastOfAnyKind(tests)
		if len(last.Figures) == 0 {
			return say("{} of {} have a full restore test; no restore of any kind is on record.", have, of)
		}
		return join(say("{} of {} have a full restore test;", have, of), lowered(last))
	case proven == n:
		return say("{} of {} {} a full restore test, recent, in time and checked.", have, of, evidence.Noun(n, "has", "have"))
	}
	return say("{} of {} {} a full restore test, {} of them recent, in time and checked.", have, of, evidence.Noun(len(whole), "has", "have"),
		evidence.Count(proven, "count(systems whose full restore test is proven)"))
}

// lastOfAnyKind says what the newest restore was, whatever it brought back.
// Empty when there is none.
func (in *Input) lastOfAnyKind(tests []*evidence.RestoreTest) (evidence.Statement, []diag.Pos) {
	var last *evidence.RestoreTest
	for _, r := range tests {
		if last == nil || byTested(r, last) > 0 {
			last = r
		}
	}
	if last == nil {
		return evidence.Statement{}, nil
	}
	what := "of " + last.ScopeText
	switch {
	case last.Scope == evidence.ScopeFile:
		what = "one file"
	case last.Scope == evidence.ScopeUnknown:
		what = "of unrecorded scope"
	case last.Result != evidence.Success:
		what = "a full restore that did not succeed"
	}
	if last.TestedOn.IsZero() {
		return say("Last restore of any kind was {}, without a date.", what), at(last.Pos)
	}
	when := in.testedOn(last).As(evidence.ShortDay(in.zoned(last.TestedOn)))
	return say("Last restore of any kind was {} on {}.", what, when), at(last.Pos)
}

// lowered begins a statement with a small letter, to stand after a semicolon.
func lowered(s evidence.Statement) evidence.Statement {
	if s.Format != "" && s.Format[0] >= 'A' && s.Format[0] <= 'Z' {
		s.Format = string(s.Format[0]+'a'-'A') + s.Format[1:]
	}
	return s
}
