package rank

import (
	"cmp"
	"slices"
	"strings"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// shares are the causes of events with one service's part of their loss.
func (s *site) shares(events []*event, service string) []cause {
	var out []cause
	for _, e := range events {
		for i := range e.causes {
			c := e.causes[i]
			for b := range c.Loss {
				c.Loss[b] = s.share(e, &e.causes[i], service, b)
			}
			out = append(out, c)
		}
	}
	return out
}

// service is a service with its exposure: the rates of every system whose
// failure stops it, with its own share of the loss.
func (s *site) service(id string, events []*event) Service {
	_, known := s.cost(id)
	unpriced := s.unpriced(id)
	short := s.short || len(s.doubt.certain.Needs(id)) == 0 // nobody knows what stops it, so nothing is excluded
	for _, e := range events {
		short = short || e.short
	}
	horizon, long := days(s.Policy.Horizon), days(s.Policy.HorizonLong)
	causes := s.shares(events, id)
	out := Service{
		ID:         id,
		Exposure:   exposure(expected(causes, horizon, ownLoss), horizon, short || unpriced, unpriced, known),
		Exposure90: exposure(expected(causes, long, ownLoss), long, short || unpriced, unpriced, known),
		Drivers:    s.drivers(id, events),
		Ladder:     s.ladder([]string{id}),
		Drifts:     s.drifts(id),
		Recovery:   s.recovery(id),
	}
	out.TargetHours, _ = positive(s.services[id].RTOHours)
	if len(out.Drivers) == 0 {
		return out
	}
	for _, e := range events {
		if e.system != out.Drivers[0].System {
			continue
		}
		out.Hours, out.Measured = e.hours, true
		for i := range e.elements {
			out.Measured = out.Measured && e.elements[i].Measured
		}
		for b := range out.OneOutage {
			if known {
				out.OneOutage[b] = s.share(e, &cause{}, id, b)
			}
		}
	}
	return out
}

// drivers are the systems whose failure stops the service, costliest first.
// What nobody declared a cost for goes by the hours it would be down.
func (s *site) drivers(service string, events []*event) []Driver {
	_, known := s.cost(service)
	unpriced := s.unpriced(service)
	horizon := days(s.Policy.Horizon)
	type ranked struct {
		Driver
		hours float64
	}
	var list []ranked
	for _, e := range events {
		if !slices.Contains(e.down, service) {
			continue // it may stop it at worst; nothing on record says that it does
		}
		r := expected(s.shares([]*event{e}, service), horizon, ownLoss)
		list = append(list, ranked{
			Driver{System: e.system, Exposure: exposure(r, horizon, e.short || unpriced, unpriced, known), Says: s.driverSays(e, service)},
			e.hours[High],
		})
	}
	slices.SortFunc(list, func(a, b ranked) int {
		return cmp.Or(
			a.Exposure.worse(b.Exposure),
			cmp.Compare(b.hours, a.hours),
			cmp.Compare(len(s.recoverySet(b.System)), len(s.recoverySet(a.System))),
			cmp.Compare(a.System, b.System),
		)
	})
	var out []Driver
	for _, d := range list {
		out = append(out, d.Driver)
	}
	return out
}

// driverSays is why the failure of a system stops a service.
func (s *site) driverSays(e *event, service string) evidence.Statement {
	var ids []string
	servers := true
	var rows []diag.Pos
	for _, id := range s.recoverySet(e.system) {
		if id == e.system || !s.Graph.IsCritical(id) {
			continue
		}
		ids = append(ids, evidence.Word(id))
		servers = servers && isServer(s.systems[id])
		rows = append(rows, s.systems[id].Pos)
	}
	if len(ids) > 0 {
		one, many := "line-of-business server", "line-of-business servers"
		if !servers {
			one, many = "system that services need", "systems that services need"
		}
		n := evidence.Count(len(ids), "count(inventory where runs_on leads to "+e.system+" and a service needs it)", rows...)
		return evidence.Say("{} "+evidence.Noun(len(ids), one+" runs", many+" run")+" on it: "+strings.Join(ids, ", "), n)
	}
	name := evidence.Word(s.serviceName(service))
	n := s.stoppingWith(e.system)
	if n.Value == 0 {
		return evidence.Say(name + " needs it")
	}
	return evidence.Say(name+" needs it, and {} "+evidence.Noun(int(n.Value), "stops", "stop")+" with it", n)
}

// stoppingWith is how many systems stop with one.
func (s *site) stoppingWith(system string) evidence.Figure {
	n, known := s.stopping[system]
	if known {
		return n
	}
	stopped := s.Graph.DownSystems(system)
	var rows []diag.Pos
	for _, id := range stopped {
		rows = append(rows, s.systems[id].Pos)
	}
	n = evidence.Counted(len(stopped), "system", "systems", "count(systems that stop with "+system+")", rows...)
	s.stopping[system] = n
	return n
}

// isServer tells whether a system is a server of some kind.
func isServer(v *evidence.System) bool {
	switch v.Class {
	case evidence.ClassDatabase, evidence.ClassWeb, evidence.ClassDomainController, evidence.ClassBackup, evidence.ClassServer:
		return true
	case evidence.ClassHypervisor, evidence.ClassStorage, evidence.ClassEdge, evidence.ClassWorkstation,
		evidence.ClassLine, evidence.ClassCloud, evidence.ClassOther:
	}
	return strings.Contains(strings.ToLower(v.Kind), "server")
}
