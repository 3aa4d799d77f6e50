package assess

import (
	"slices"
	"strings"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

func systemSubject(id string) Subject {
	return Subject{Kind: "system", ID: id, Name: id, System: id}
}

func (in *Input) serviceSubject(id string) Subject {
	return Subject{Kind: "service", ID: id, Name: in.serviceName(id), Service: id}
}

// judged tells whether a system is judged: a retired one only where another
// export shows it alive.
func (in *Input) judged(s *evidence.System) bool {
	if !s.Retired {
		return true
	}
	for _, seen := range []time.Time{in.index().seen[s.ID].At, in.patchBook(s.ID).Looked.At} {
		if !seen.IsZero() && !in.older(seen, in.Policy.AssetSeen) {
			return true
		}
	}
	return false
}

// systemsWhere are the judged systems for which something holds, by id.
func (in *Input) systemsWhere(hold func(*evidence.System) bool) []Subject {
	var out []Subject
	for i := range in.Systems {
		s := &in.Systems[i]
		if in.judged(s) && hold(s) {
			out = append(out, systemSubject(s.ID))
		}
	}
	slices.SortFunc(out, func(a, b Subject) int { return strings.Compare(a.ID, b.ID) })
	return slices.CompactFunc(out, func(a, b Subject) bool { return a.ID == b.ID })
}

// everySystem is every judged system, by id.
func everySystem(in *Input) []Subject {
	return in.systemsWhere(func(*evidence.System) bool { return true })
}

// criticalSystems are the judged systems that a service needs, by id.
func criticalSystems(in *Input) []Subject {
	return in.systemsWhere(func(s *evidence.System) bool { return in.Graph.IsCritical(s.ID) })
}

// restorable are the critical systems that backup is in scope for: not network
// gear, lines and cloud services unless the inventory says so.
func restorable(in *Input) []Subject { return in.systemsWhere(in.inScopeOfBackup) }

func (in *Input) inScopeOfBackup(s *evidence.System) bool {
	if !in.Graph.IsCritical(s.ID) {
		return false
	}
	switch s.Class {
	case evidence.ClassEdge, evidence.ClassLine, evidence.ClassCloud:
		return s.BackupInScope == evidence.Yes
	case evidence.ClassHypervisor, evidence.ClassStorage, evidence.ClassDatabase, evidence.ClassWeb,
		evidence.ClassDomainController, evidence.ClassBackup, evidence.ClassServer, evidence.ClassWorkstation, evidence.ClassOther:
	}
	return true
}

// everyService is every service, by id.
func everyService(in *Input) []Subject {
	var out []Subject
	for i := range in.Services {
		out = append(out, in.serviceSubject(in.Services[i].ID))
	}
	slices.SortFunc(out, func(a, b Subject) int { return strings.Compare(a.ID, b.ID) })
	return slices.CompactFunc(out, func(a, b Subject) bool { return a.ID == b.ID })
}

// servicesAndRestorable are the services, then the systems that must be
// restorable for them.
func servicesAndRestorable(in *Input) []Subject {
	return slices.Concat(everyService(in), restorable(in))
}

// withSilent adds to the subjects of records each service that none of them
// concerns: no record about it is an answer too.
func (in *Input) withSilent(subjects []Subject) []Subject {
	told := map[string]bool{}
	for _, s := range subjects {
		for _, service := range in.concerned(s) {
			told[service] = true
		}
	}
	for _, s := range everyService(in) {
		if !told[s.ID] {
			subjects = append(subjects, s)
		}
	}
	return subjects
}

// concerned are the services that a subject is about, by id.
func (in *Input) concerned(s Subject) []string {
	var out []string
	if s.Service != "" {
		out = append(out, s.Service)
	}
	for _, system := range append([]string{s.System}, s.Also...) {
		if system != "" {
			out = append(out, in.Graph.ServicesOf(system)...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// needed are the systems under a service that must be restorable, by id.
func (in *Input) needed(service string) []string {
	var out []string
	for _, id := range in.Graph.Needs(service) {
		if s := in.index().systems[id]; s != nil && in.judged(s) && in.inScopeOfBackup(s) {
			out = append(out, id)
		}
	}
	return out
}

// A target is what recovery is compared with: the strictest of the services
// that need a system.
type target struct {
	Hours   float64
	Known   bool
	Service string   // name of the service that sets it
	Silent  []string // names of services that declare none: nothing is proven against their target
	Sources []diag.Pos
}

// target is the strictest of a declared limit over services; read picks it.
func (in *Input) target(services []string, read func(*evidence.Service) evidence.Number) target {
	var t target
	for _, id := range services {
		s := in.index().services[id]
		if s == nil {
			continue
		}
		n := read(s)
		switch {
		case !n.Known:
			t.Silent = append(t.Silent, in.serviceName(id))
		case !t.Known || n.Value < t.Hours:
			t.Hours, t.Known, t.Service, t.Sources = n.Value, true, in.serviceName(id), at(s.Pos)
		}
	}
	return t
}

// The limits that recovery is compared with. The maximum tolerable downtime is
// none of them: a service that declares one shorter than its target contradicts
// itself.
func rto(s *evidence.Service) evidence.Number { return s.RTOHours }
func rpo(s *evidence.Service) evidence.Number { return s.RPOHours }
