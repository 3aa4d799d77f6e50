package rank

import (
	"cmp"
	"slices"

	"proofpack/generator/assess"
	"proofpack/generator/evidence"
)

// actions are the things to do, every one that is open, in this order:
//
//  1. Exports that are short and that exposures rest on: as long as they are,
//     nothing has a high bound.
//  2. For each service, by rank: what its exposure rests on. An impact to
//     declare, when nobody did; an owner for its driver, when it has none; then
//     the gaps of the driver whose closing moves the service's likely exposure;
//     then those of what else stops it; then the drifts without a price.
//  3. What concerns the whole company, other short exports first.
//
// Inside each, the article's order: visibility, privilege, unsupported,
// untested recovery, the rest; then by worth, then the worse first. An act is
// named once, where it is first due, and closes its findings for every service.
func (s *site) actions(services []Service, stoppers map[string][]*event) []Action {
	l := &actList{closed: map[string]bool{}}
	first, last := s.shortExports()
	l.add(first)
	l.close(last)
	for i := range services {
		l.add(s.actsOf(&services[i], stoppers[services[i].ID], l))
	}
	l.add(last)
	l.add(s.companyActs(l))
	var out []Action
	for _, a := range l.acts {
		out = append(out, s.action(a))
	}
	return out
}

// An actList is the acts so far and the findings they close.
type actList struct {
	acts   []*act
	closed map[string]bool
}

func (l *actList) add(acts []*act) {
	l.acts = append(l.acts, acts...)
	l.close(acts)
}

// close claims the findings of acts, whose own place may come later.
func (l *actList) close(acts []*act) {
	for _, a := range acts {
		for _, f := range a.findings {
			l.closed[f.ID] = true
		}
	}
}

// shortExports are one act for each export that is short: those that exposures
// rest on, and the others. It closes what would be proven if the export were
// whole, too.
func (s *site) shortExports() (rested, others []*act) {
	byName := map[string]*act{}
	for i := range s.res.Findings {
		f := &s.res.Findings[i]
		name := s.lacks(f)
		if name == "" {
			continue
		}
		if byName[name] == nil {
			byName[name] = &act{kind: actSupply, of: name}
		}
		byName[name].findings = append(byName[name].findings, f)
	}
	for _, name := range sortedKeys(byName) {
		if name == evidence.Changes || slices.Contains(resting, name) {
			rested = append(rested, byName[name])
		} else {
			others = append(others, byName[name])
		}
	}
	return rested, others
}

// lacks is the short export that a finding waits for: its own, or one that
// takes its proof away. Such a finding has no drift of its own.
func (s *site) lacks(f *assess.Finding) string {
	if !bad(f.State) {
		return ""
	}
	if f.Check.ID == "GOV-03" {
		if s.Standing(f.Subject.ID) == evidence.Short {
			return f.Subject.ID
		}
		return ""
	}
	if f.State != assess.Missing || f.Drift != "" {
		return ""
	}
	for _, name := range slices.Concat(f.Check.Needs, f.Check.Rests) {
		if s.Standing(name) == evidence.Short {
			return name
		}
	}
	return ""
}

// actsOf are the acts that a service still needs, in order.
func (s *site) actsOf(service *Service, stoppers []*event, l *actList) []*act {
	grouped := s.grouped(service.ID, s.asked[service.ID], l)
	grouped = s.leaveToEarlier(grouped, service.ID, l)
	driver := ""
	if len(service.Drivers) > 0 {
		driver = service.Drivers[0].System
	}
	now := s.likely(service.ID, stoppers)
	for _, a := range grouped {
		s.price(a, driver)
		if !a.shown.empty() {
			a.worth = max(0, now-s.likely(service.ID, s.with(stoppers, a)))
		}
	}
	sortActs(grouped, func(a *act) int { return tier(a, service, driver) })
	return grouped
}

// companyActs are for the findings that no service needs closed.
func (s *site) companyActs(l *actList) []*act {
	var rest []*assess.Finding
	for i := range s.res.Findings {
		rest = append(rest, &s.res.Findings[i])
	}
	acts := s.leaveToEarlier(s.grouped("", rest, l), "", l)
	sortActs(acts, func(*act) int { return 0 })
	return acts
}

// grouped are the acts that close the open ones of some findings, by key.
func (s *site) grouped(service string, findings []*assess.Finding, l *actList) []*act {
	byKey := map[string]*act{}
	for _, f := range findings {
		if !bad(f.State) || l.closed[f.ID] {
			continue
		}
		a := s.act(f, service)
		first := byKey[a.key()]
		if first == nil {
			byKey[a.key()] = a
			continue
		}
		first.findings = append(first.findings, f)
		first.systems = append(first.systems, a.systems...)
	}
	acts := make([]*act, 0, len(byKey))
	for _, key := range sortedKeys(byKey) {
		a := byKey[key]
		a.systems = unique(a.systems)
		s.withExport(a, l)
		acts = append(acts, a)
	}
	return onceSupplied(acts)
}

// onceSupplied takes the finding that an export is absent out of the acts beside
// the one that supplies the export.
func onceSupplied(acts []*act) []*act {
	supplied := map[*assess.Finding]bool{}
	for _, a := range acts {
		if a.kind == actSupply {
			for _, f := range a.findings {
				supplied[f] = true
			}
		}
	}
	for _, a := range acts {
		if a.kind != actSupply {
			a.findings = slices.DeleteFunc(a.findings, func(f *assess.Finding) bool { return supplied[f] })
		}
	}
	return slices.DeleteFunc(acts, func(a *act) bool { return len(a.findings) == 0 })
}

// withExport adds to the supply of an export the finding that it is absent.
func (s *site) withExport(a *act, l *actList) {
	if a.kind != actSupply {
		return
	}
	for _, f := range s.exports {
		if f.Subject.ID == a.of && bad(f.State) && !l.closed[f.ID] && !slices.Contains(a.findings, f) {
			a.findings = append(a.findings, f)
		}
	}
}

// unique keeps the first of each, in order.
func unique(ids []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(ids, func(id string) bool {
		was := seen[id]
		seen[id] = true
		return was
	})
}

// leaveToEarlier takes out what an earlier service already asks for: the same
// export, or a restore test that no system of its own is left for.
func (s *site) leaveToEarlier(acts []*act, service string, l *actList) []*act {
	needs := map[string]bool{}
	for _, id := range s.Graph.Needs(service) {
		needs[id] = true
	}
	covers := func(earlier, a *act) bool {
		switch a.kind {
		case actSupply:
			return earlier.kind == actSupply && earlier.of == a.of
		case actRestore:
			tests := earlier.kind == actRestore || earlier.kind == actIntegrity
			return tests && len(a.systems) == 0 && slices.ContainsFunc(earlier.systems, func(id string) bool { return needs[id] })
		case actOther, actImpact, actOwner, actStorage, actCapacity, actScan, actPatch, actIntegrity, actAlerts, actBackup, actDecide, actPlan, actSilent:
		}
		return false
	}
	return slices.DeleteFunc(acts, func(a *act) bool {
		at := slices.IndexFunc(l.acts, func(earlier *act) bool { return covers(earlier, a) })
		if at < 0 {
			return false
		}
		l.acts[at].findings = append(l.acts[at].findings, a.findings...)
		for _, f := range a.findings {
			l.closed[f.ID] = true
		}
		return true
	})
}

// tier is the place of an act among those of one service.
func tier(a *act, service *Service, driver string) int {
	of := func(kind actKind, is func(*assess.Finding) bool) bool {
		return a.kind == kind && slices.ContainsFunc(a.findings, is)
	}
	switch {
	case service.Exposure.Undeclared && of(actImpact, func(f *assess.Finding) bool { return f.Subject.Service == service.ID }):
		return 0
	case of(actOwner, func(f *assess.Finding) bool { return f.Subject.System == driver && driver != "" }):
		return 1
	case whole(a.worth) > 0 && a.onDriver:
		return 2
	case whole(a.worth) > 0:
		return 3
	}
	return 4
}

func sortActs(acts []*act, tier func(*act) int) {
	slices.SortStableFunc(acts, func(a, b *act) int {
		p, q := a.principal(), b.principal()
		return cmp.Or(
			cmp.Compare(tier(a), tier(b)),
			cmp.Compare(a.gap(), b.gap()),
			cmp.Compare(whole(b.worth), whole(a.worth)),
			bySeverity(p.State, q.State),
			cmp.Compare(len(b.findings), len(a.findings)),
			cmp.Compare(p.ID, q.ID),
		)
	})
}

// bySeverity puts the worse state first.
func bySeverity(a, b assess.State) int {
	switch {
	case assess.Worse(a, b):
		return -1
	case assess.Worse(b, a):
		return 1
	}
	return 0
}

// price says what would stand proven once an act is done, and whether the
// driver of the service rests on it.
func (s *site) price(a *act, driver string) {
	systems := map[string]bool{}
	for _, id := range a.systems {
		systems[id] = true
	}
	switch a.kind {
	case actStorage:
		a.shown.room = map[string]bool{partKey(a.systems[0], a.of): true}
		a.onDriver = systems[driver]
	case actCapacity:
		a.shown.capacity = systems
		a.onDriver = systems[driver]
	case actScan:
		a.shown.patched = map[string]bool{}
		for id := range systems {
			a.shown.patched[id] = !s.scanned[id]
		}
		a.onDriver = systems[driver]
	case actPatch:
		s.pricePatch(a, systems)
		a.onDriver = systems[driver]
	case actRestore, actIntegrity:
		a.shown.restored, a.shown.sound = systems, systems
		a.onDriver = slices.ContainsFunc(s.recoverySet(driver), func(id string) bool { return systems[id] })
	case actOther, actImpact, actOwner, actAlerts, actBackup, actDecide, actPlan, actSupply, actSilent:
	}
}

// with are the events as they would be once an act is done.
func (s *site) with(stoppers []*event, a *act) []*event {
	out := slices.Clone(stoppers)
	for i, e := range out {
		if slices.ContainsFunc(s.recoverySet(e.system), func(id string) bool { return slices.Contains(a.systems, id) }) {
			out[i] = s.event(e.system, a.shown)
		}
	}
	return out
}

// likely is the likely exposure of a service to some events.
func (s *site) likely(service string, events []*event) float64 {
	if _, known := s.cost(service); !known {
		return 0
	}
	var hazards []hazard
	for _, e := range events {
		for i := range e.causes {
			c := &e.causes[i]
			hazards = append(hazards, hazard{s.share(e, c, service, Likely), c.P[Likely]})
		}
	}
	return costliest(hazards)
}
