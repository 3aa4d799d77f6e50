package rank

import (
	"slices"
	"strings"

	"proofpack/generator/evidence"
	"proofpack/generator/graph"
)

// A doubt is what the records about dependencies leave open: two graphs around
// the recorded one, the worst that nothing excludes, which high bounds go by, and
// what is so whatever is left open; and the systems that may run on any host.
// The graphs are all one where no edge is left open.
type doubt struct {
	worst, certain *graph.Graph
	guests         []string        // what may be a virtual machine, and no export says where it runs; by id
	lost           []string        // those and what runs on them; by id
	hosts          map[string]bool // what may carry them
	hours          float64         // to restore them one after the other, at the high bound; summed when first asked
	summed         bool
}

// newDoubt reads what is open.
func newDoubt(set *evidence.Set, recorded *graph.Graph) *doubt {
	d := &doubt{hosts: map[string]bool{}}
	d.worst, d.certain = recorded.Around(set)
	d.guests = guestsOfNobody(set)
	if len(d.guests) == 0 {
		return d
	}
	for _, id := range d.guests {
		d.lost = append(d.lost, d.worst.RecoverySet(id)...)
	}
	slices.Sort(d.lost)
	d.lost = slices.Compact(d.lost)
	for i := range set.Systems {
		if host := &set.Systems[i]; !host.Retired && mayCarry(host) {
			d.hosts[host.ID] = true
		}
	}
	return d
}

// openly works out what of an event is left open: which services may stop, and
// which do whatever is left open. It returns what must be restored at worst by
// recorded edges, and whether the systems without a host may be lost with it.
func (s *site) openly(e *event, set []string) (worst []string, guests bool) {
	d := s.doubt
	e.downWorst, e.downCertain = e.down, e.down
	if d.worst != s.Graph {
		e.downWorst, e.downCertain = d.worst.DownServices(e.system), d.certain.DownServices(e.system)
		set = d.worst.RecoverySet(e.system)
	}
	if len(d.guests) == 0 {
		return set, false
	}
	carries := func(id string) bool { return d.hosts[id] }
	if slices.ContainsFunc(set, carries) || slices.ContainsFunc(d.worst.DownSystems(e.system), carries) {
		e.downWorst = d.worst.DownServices(e.system, d.guests...)
	}
	return set, slices.ContainsFunc(set, carries)
}

// guestHours is how long it takes to restore what may run on a host and is not
// in a recovery set already, one after the other, at the high bound.
func (s *site) guestHours(set []string) float64 {
	d := s.doubt
	if !d.summed {
		d.summed = true
		for _, id := range d.lost {
			d.hours += s.element(id, proofs{}).Hours[High]
		}
	}
	left := d.hours
	for _, id := range set {
		if _, among := slices.BinarySearch(d.lost, id); among {
			left -= s.element(id, proofs{}).Hours[High]
		}
	}
	return max(left, 0)
}

// guestsOfNobody are the systems in use that are or may be virtual machines and
// of which no export says what they run on.
func guestsOfNobody(set *evidence.Set) []string {
	hosted := map[string]bool{}
	for _, e := range set.Dependencies {
		if e.Kind == evidence.RunsOn {
			hosted[e.From] = true
		}
	}
	var out []string
	for i := range set.Systems {
		if v := &set.Systems[i]; v.InInventory && mayBeVirtual(v) && !v.Retired && len(v.RunsOn) == 0 && !hosted[v.ID] {
			out = append(out, v.ID)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// mayBeVirtual tells whether a system is a virtual machine, or of a kind that
// may be one and does not say.
func mayBeVirtual(v *evidence.System) bool {
	switch v.Class {
	case evidence.ClassDatabase, evidence.ClassWeb, evidence.ClassDomainController, evidence.ClassBackup, evidence.ClassServer:
		return v.Virtual != evidence.No
	case evidence.ClassHypervisor, evidence.ClassStorage, evidence.ClassEdge, evidence.ClassWorkstation, evidence.ClassLine,
		evidence.ClassCloud, evidence.ClassOther:
	}
	return v.Virtual == evidence.Yes || v.Virtual == evidence.Unknown && strings.TrimSpace(v.Kind) == ""
}

// mayCarry tells whether a virtual machine may run on a system: a hypervisor,
// or what no row says the kind of.
func mayCarry(v *evidence.System) bool {
	return v.Class == evidence.ClassHypervisor || v.InInventory && strings.TrimSpace(v.Kind) == ""
}

// unlinked tells that no service on record needs a system of a kind that
// services run on: what its failure costs nobody declared, so that it has no
// high bound. Workstations, lines, cloud services and backup servers are of no
// such kind, or an inventory of them would hide the rest.
func (s *site) unlinked(system string) bool {
	v := s.systems[system]
	if v == nil || !v.InInventory || s.doubt.certain.IsCritical(system) {
		return false
	}
	switch v.Class {
	case evidence.ClassHypervisor, evidence.ClassStorage, evidence.ClassDatabase, evidence.ClassWeb,
		evidence.ClassEdge, evidence.ClassDomainController, evidence.ClassServer:
		return true
	case evidence.ClassBackup, evidence.ClassWorkstation, evidence.ClassLine, evidence.ClassCloud, evidence.ClassOther:
	}
	return strings.TrimSpace(v.Kind) == ""
}

// stopsAt are the services that stop with a system at a bound.
func (e *event) stopsAt(bound int) []string {
	if bound == High {
		return e.downWorst
	}
	return e.down
}

// beside are the services among which what an event costs beside lost hours is
// divided at a bound, and the one that asks: at the high bound those that stop
// in any case, so that a service's part does not shrink by what is left open.
func (e *event) beside(service string, bound int) []string {
	if bound != High {
		return e.down
	}
	if slices.Contains(e.downCertain, service) {
		return e.downCertain
	}
	return append(slices.Clone(e.downCertain), service)
}
