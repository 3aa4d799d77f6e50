package rank

import (
	"cmp"
	"slices"

	"proofpack/generator/assess"
)

// nextActions is how many actions are the next ones; the rest is counted. The
// number is the product's (02-requirements, R60).
const nextActions = 5

// Rank works out what the failure of each system and service would cost, how
// likely it is, and what to do next. Nothing that lacks evidence ranks lower
// for it.
func Rank(in *assess.Input, res *assess.Result) *Ranking {
	return newSite(in, res).rank()
}

func (s *site) rank() *Ranking {
	events := map[string]*event{}
	r := &Ranking{Cap: nextActions}
	for _, id := range s.ranked() {
		e := s.event(id, proofs{})
		events[id] = e
		r.Systems = append(r.Systems, s.system(e))
	}
	slices.SortFunc(r.Systems, func(a, b System) int {
		return cmp.Or(
			a.Exposure.worse(b.Exposure),
			cmp.Compare(s.perHour(b.Down), s.perHour(a.Down)),
			cmp.Compare(a.ID, b.ID),
		)
	})
	for i := range r.Systems {
		r.Systems[i].Rank = i + 1
	}
	stoppers := s.stoppers(events)
	for _, id := range sortedKeys(s.services) {
		r.Services = append(r.Services, s.service(id, stoppers[id]))
	}
	slices.SortFunc(r.Services, func(a, b Service) int {
		return cmp.Or(
			a.Exposure.worse(b.Exposure),
			cmp.Compare(s.perHour([]string{b.ID}), s.perHour([]string{a.ID})),
			cmp.Compare(s.serviceName(a.ID), s.serviceName(b.ID)),
			cmp.Compare(a.ID, b.ID),
		)
	})
	for i := range r.Services {
		r.Services[i].Rank = i + 1
	}
	r.Actions = s.actions(r.Services, stoppers)
	r.Assumptions = s.assumptions()
	return r
}

// ranked are the systems that are ranked, by id: every one that is not retired,
// and a retired one that a service still needs.
func (s *site) ranked() []string {
	var ids []string
	for id, v := range s.systems {
		if !v.Retired || s.Graph.IsCritical(id) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// stoppers are, for each service, the events that stop it, by system.
func (s *site) stoppers(events map[string]*event) map[string][]*event {
	out := map[string][]*event{}
	for _, id := range sortedKeys(events) {
		for _, service := range events[id].downWorst {
			out[service] = append(out[service], events[id])
		}
	}
	return out
}

// system is a system with its exposure.
func (s *site) system(e *event) System {
	declared := s.declaredOf(e.down)
	undeclared := s.unlinked(e.system) || slices.ContainsFunc(e.downWorst, s.unpriced)
	known := declared > 0 || len(e.down) == 0
	horizon, long := days(s.Policy.Horizon), days(s.Policy.HorizonLong)
	now := expected(e.causes, horizon, ownLoss)
	out := System{
		ID:          e.system,
		Exposure:    exposure(now, horizon, e.short || undeclared, undeclared, known),
		Exposure90:  exposure(expected(e.causes, long, ownLoss), long, e.short || undeclared, undeclared, known),
		Hours:       e.hours,
		Down:        e.down,
		DownSystems: s.Graph.DownSystems(e.system),
		SinglePoint: len(e.down) > 0,
		Measured:    true,
		Elements:    e.elements,
		Guests:      e.guests,
		GuestHours:  e.guestHours,
		Unlinked:    s.unlinked(e.system),
		Detect:      s.detected,
	}
	for b := range out.Loss {
		out.Loss[b] = s.loss(e, b)
	}
	for i := range e.causes {
		out.Causes = append(out.Causes, e.causes[i].Cause)
	}
	for i := range e.elements {
		out.Measured = out.Measured && e.elements[i].Measured
	}
	if known {
		shown := s.event(e.system, everything(append(s.recoverySet(e.system), e.system)))
		out.Proof = whole(max(0, now[Likely]-expected(shown.causes, horizon, ownLoss)[Likely]))
	}
	if out.SinglePoint {
		out.Ladder = s.ladder(e.down)
	}
	return out
}

// assumptions are the figures of judgement that were used, in the order of the
// policy.
func (s *site) assumptions() []Assumption {
	always := []string{"horizon", "horizon-long", "labour-rate", "hands-on", "recovery-teams"}
	for _, name := range always {
		s.limit(name)
	}
	var out []Assumption
	for _, l := range s.Policy.Limits {
		if _, used := s.used[l.Name]; used {
			out = append(out, Assumption{Name: l.Name, Value: l.Text(), From: l.Source})
		}
	}
	return out
}
