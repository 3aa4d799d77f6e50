package rank

import (
	"slices"

	"proofpack/generator/assess"
	"proofpack/generator/evidence"
)

// recoveryChecks are the checks that the recovery of a service rests on; the
// written plan is judged apart (BKP-08).
var recoveryChecks = map[string]bool{"BKP-01": true, "BKP-02": true, "BKP-06": true, "BKP-10": true, "BKP-11": true}

// unmeasured stands for the minutes of what nobody measured where the quickest
// is chosen: a measured member of a group is the one that can be shown.
const unmeasured = 1e12

// recovery is the computed recovery of a service: in which order, how long at
// least by measured minutes, and on what evidence.
func (s *site) recovery(service string) Recovery {
	out := Recovery{
		Service: service,
		Order:   s.Graph.Order(service),
		Waves:   s.Graph.Waves(service),
		Cycles:  s.Graph.CyclesOf(service),
		State:   assess.Missing,
	}
	if target, known := positive(s.services[service].RTOHours); known {
		out.TargetMinutes = target * 60
	}
	minutes := func(id string) (float64, bool) {
		if r := s.restored[id]; r != nil {
			return r.Minutes.Value, true
		}
		return 0, false
	}
	chosen := s.Graph.Quickest(service, func(id string) (float64, bool) {
		if m, known := minutes(id); known {
			return m, true
		}
		return unmeasured, true
	})
	plan := s.Graph.Schedule(chosen, minutes, s.Policy.RecoveryTeams)
	out.MinutesAtLeast = plan.Total
	out.CriticalPath, out.CriticalMinutes = plan.CriticalPath, plan.CriticalTotal
	test := s.whole[service]
	if test != nil { // the whole service came back in one test
		out.MinutesAtLeast = max(out.MinutesAtLeast, test.Minutes.Value)
	}
	for _, id := range chosen {
		if !s.restorable(id) {
			continue
		}
		out.Total++
		if s.restored[id] != nil || test != nil {
			out.Measured++
		}
	}
	every := s.Graph.Schedule(s.Graph.Needs(service), minutes, s.Policy.RecoveryTeams)
	for _, id := range out.Order {
		m, known := minutes(id)
		out.Steps = append(out.Steps, Step{System: id, Start: every.Start[id], Minutes: m, Known: known, State: s.stateOf(id)})
	}
	for _, p := range s.Graph.PlanProblems(s.Set, service) {
		out.Problems = append(out.Problems, p.Says)
	}
	out.State = s.recoveryState(service, &out)
	return out
}

// restorable tells whether a system is one that backup is in scope for: then
// it was asked for a restore test.
func (s *site) restorable(system string) bool {
	for _, f := range s.findings[system] {
		if f.Check.ID == "BKP-01" && f.Subject.Kind == "system" {
			return f.State != assess.NotApplicable
		}
	}
	return false
}

// stateOf is the worst of the recovery checks about a system.
func (s *site) stateOf(system string) assess.State {
	state := assess.NotApplicable
	for _, f := range s.findings[system] {
		if recoveryChecks[f.Check.ID] && assess.Worse(f.State, state) {
			state = f.State
		}
	}
	return state
}

// recoveryState is the worst of the recovery checks over the service and what
// it needs. A service without an order, or that nothing was asked about, is not
// proven.
func (s *site) recoveryState(service string, r *Recovery) assess.State {
	state := assess.NotApplicable
	for _, f := range s.asked[service] {
		if recoveryChecks[f.Check.ID] && f.Subject.Service == service && assess.Worse(f.State, state) {
			state = f.State
		}
	}
	for _, id := range s.Graph.Needs(service) {
		if own := s.stateOf(id); assess.Worse(own, state) {
			state = own
		}
	}
	late := r.TargetMinutes > 0 && r.MinutesAtLeast > r.TargetMinutes
	switch {
	case late:
		return assess.Failed
	case (state == assess.NotApplicable || len(r.Cycles) > 0 || r.Total == 0) && assess.Worse(assess.Missing, state):
		return assess.Missing
	}
	return state
}

// drifts are the named drifts of a service: findings in a bad state about it
// or what it needs, by name. Order is that of the checks.
func (s *site) drifts(service string) []Drift {
	var out []Drift
	at := map[string]int{}
	for _, f := range s.asked[service] {
		if f.Drift == "" || !bad(f.State) {
			continue
		}
		n, seen := at[f.Drift]
		if !seen {
			n = len(out)
			at[f.Drift] = n
			out = append(out, Drift{Name: f.Drift})
		}
		out[n].Findings = append(out[n].Findings, f.ID)
	}
	return out
}

// aboutServices are the services that a finding concerns.
func aboutServices(f *assess.Finding) []string {
	if f.Subject.Service == "" || slices.Contains(f.Services, f.Subject.Service) {
		return f.Services
	}
	return append(slices.Clone(f.Services), f.Subject.Service)
}

// bad tells whether a finding asks for something to be done.
func bad(s assess.State) bool {
	switch s {
	case assess.Failed, assess.Missing, assess.Stale:
		return true
	case assess.Excepted, assess.NotApplicable, assess.Proven:
	}
	return false
}

// word is a name from an export, fit to stand in a format.
func word(name string) string { return evidence.Word(name) }
