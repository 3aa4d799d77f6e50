package assess

import (
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// recoveryTime (BKP-02) compares measured restores with what was promised.
var recoveryTime = Check{
	ID:          "BKP-02",
	Question:    "Do measured restores stay within the recovery time target?",
	Why:         "A target that no measured restore has met is a wish.",
	Needs:       []string{evidence.Restores},
	Rests:       []string{evidence.Services, evidence.Inventory, evidence.Dependencies},
	Discipline:  Recovery,
	Consequence: Downtime,
	Gap:         UntestedRecovery,
	Limit:       always("the recovery time target (RTO) of the service"),
	LimitFrom:   "the services export",
	Controls:    controls("BKP-02"),
	Closes:      "a full restore test of every system the service needs, with minutes, inside the target",
	Subjects:    servicesAndRestorable,
	Judge:       judgeRecoveryTime,
}

func judgeRecoveryTime(in *Input, s Subject) Answer {
	if s.Kind == "service" {
		return in.timeOfService(s)
	}
	services := in.Graph.ServicesOf(s.ID)
	answer, found := in.lastFull(s.ID, func(r *evidence.RestoreTest) Answer { return in.judgeTime(r, services) })
	if !found {
		return Answer{Says: say("How long {} takes to restore was never measured.", s.Name), Drift: "untested recovery"}
	}
	return answer
}

func (in *Input) judgeTime(r *evidence.RestoreTest, services []string) Answer {
	if answer, bad := in.unfinished(r); bad {
		answer.State = Missing // BKP-01 says that it failed; here it measured nothing
		return answer
	}
	rows, when := at(r.Pos), in.testedOn(r)
	late, unclear, goal := in.lateBy(r, services)
	switch {
	case late:
		return Answer{State: Failed, Says: say("The restore of {} took {}; its target is {}.", when, took(r), goal), Sources: rows, Drift: "restore over target"}
	case !unclear.Empty():
		return Answer{Says: unclear, Sources: rows, Drift: "untested recovery"}
	case in.older(r.TestedOn, in.testAge(services)):
		return Answer{
			State: Stale, Says: say("The restore of {}, {} ago, took {}; its target is {}.", when, in.since(r.TestedOn, "tested_on", r.Pos), took(r), goal),
			Sources: rows, Drift: "untested recovery",
		}
	}
	return Answer{State: Proven, Says: say("The restore of {} took {}, inside its target of {}.", when, took(r), goal), Sources: rows}
}

// unmeasured stands for minutes nobody measured, where the quickest member of
// an any-of group is chosen: a measured one is preferred.
const unmeasured = 1e12

// timeOfService compares the recovery of everything a service needs, by the
// newest measured minutes of each, with the target of the service.
func (in *Input) timeOfService(s Subject) Answer {
	service := in.index().services[s.ID]
	measured := func(id string) (float64, bool) {
		if r := goodFull(in.index().restores[id]); r != nil && r.Minutes.Known {
			return r.Minutes.Value, true
		}
		return 0, false
	}
	chosen := in.Graph.Quickest(s.ID, func(id string) (float64, bool) {
		if m, ok := measured(id); ok {
			return m, true
		}
		return unmeasured, true
	})
	n, have, worstState := 0, 0, Proven
	var rows []diag.Pos
	for _, id := range chosen {
		system := in.index().systems[id]
		if !in.judged(system) || !in.inScopeOfBackup(system) {
			continue
		}
		n++
		if _, ok := measured(id); ok {
			have++
			rows = append(rows, goodFull(in.index().restores[id]).Pos)
		}
		if a := judgeRecoveryTime(in, systemSubject(id)); Worse(a.State, worstState) {
			worstState = a.State
		}
	}
	plan := in.Graph.Schedule(chosen, measured, in.Policy.RecoveryTeams)
	total := evidence.InMinutes(plan.Total, "time to restore everything the service needs, in dependency order, by the newest measured minutes", rows...)
	goal := evidence.InMinutes(service.RTOHours.Value*60, "rto_hours of "+s.Name, service.Pos)
	count := evidence.Count(have, "count(systems with a measured full restore)", rows...)
	of := evidence.Counted(n, "system", "systems", "count(systems that the service needs and backup is in scope for)")
	switch {
	case n == 0:
		return Answer{Says: say("No export says which systems {} needs.", s.Name), Sources: at(service.Pos), Drift: "untested recovery"}
	case service.RTOHours.Known && plan.Total > service.RTOHours.Value*60:
		return Answer{
			State: Failed, Says: say("Recovery takes at least {} by the measured restores of {} of {}; the target is {}.", total, count, of, goal),
			Sources: append(rows, service.Pos), Drift: "restore over target",
		}
	case !service.RTOHours.Known:
		return Answer{Says: say("{} declares no recovery time target; {} of {} {} a measured restore.", s.Name, count, of, evidence.Noun(have, "has", "have")), Sources: append(rows, service.Pos), Drift: "untested recovery"}
	case have == 0:
		return Answer{Says: say("Recovery time is not proven: {} of {} have a measured full restore; the target is {}.", count, of, goal), Sources: at(service.Pos), Drift: "untested recovery"}
	case have < n:
		return Answer{
			Says:    say("Recovery time is not proven: {} of {} {} a measured full restore, together at least {}; the target is {}.", count, of, evidence.Noun(have, "has", "have"), total, goal),
			Sources: append(rows, service.Pos), Drift: "untested recovery",
		}
	case len(plan.Unordered) > 0:
		return Answer{Says: say("Recovery time is not proven: no order can hold {}, which need each other.", evidence.And(plan.Unordered)), Sources: rows, Drift: "untested recovery"}
	case worstState != Proven:
		return Answer{
			State: worstState, Says: say("Recovery takes at least {} by measured restores, of which not all are proven; the target is {}.", total, goal),
			Sources: rows, Drift: "untested recovery",
		}
	}
	if says, steps := in.beyond(s); len(steps) > 0 {
		return Answer{Says: says, Sources: steps, Drift: "dependencies not recorded"}
	}
	return Answer{State: Proven, Says: say("Recovery takes at least {} by the measured restores of {} of {}; the target is {}.", total, count, of, goal), Sources: rows}
}
