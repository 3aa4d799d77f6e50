package assess

import (
	"slices"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// dependenciesRecorded (INV-06) asks what each critical system rests on.
var dependenciesRecorded = Check{
	ID:          "INV-06",
	Question:    "Is it on record what every critical system rests on?",
	Why:         "Without it nobody knows what stops with what, or in which order to restore.",
	Needs:       []string{evidence.Inventory, evidence.Dependencies},
	Discipline:  Documentation,
	Consequence: Downtime,
	Gap:         UntestedRecovery,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("INV-06"),
	Closes:      "runs_on or depends_on in the inventory, or a row of the dependencies export; a serial number of a machine of its own",
	Subjects:    criticalSystems,
	Judge:       judgeDependenciesRecorded,
}

func judgeDependenciesRecorded(in *Input, s Subject) Answer {
	var out []string
	var rows []diag.Pos
	for _, e := range in.Graph.Direct(s.ID) {
		out = append(out, e.To)
		rows = append(rows, e.Pos)
	}
	into := in.systemsInto(s.ID)
	switch {
	case len(out) > 0 && in.hostless(s.ID):
		return Answer{
			Says:    say("{} rests on {}, and no export says what it runs on, or that it is a machine of its own.", s.Name, evidence.And(out)),
			Sources: append(in.rowOf(s.ID), rows...), Drift: "dependencies not recorded",
		}
	case len(out) > 0:
		return Answer{State: Proven, Says: say("{} rests on {}.", s.Name, evidence.And(out)), Sources: rows}
	case len(into) > 0 && in.bottom(s.ID):
		rows = positions(into, func(e evidence.Dependency) diag.Pos { return e.Pos })
		return Answer{
			State: Proven, Says: say("{} carries {} and rests on nothing else in the inventory.", s.Name,
				evidence.Counted(len(into), "other system", "other systems", "count(edges that end at "+s.ID+")", rows...)),
			Sources: rows,
		}
	}
	return Answer{Says: say("No export says what {} rests on.", s.Name), Sources: in.rowOf(s.ID), Drift: "dependencies not recorded"}
}

// hostless tells whether a system is or may be a virtual machine whose host no
// export names. What does not say is one by itself where nothing carries
// virtual machines.
func (in *Input) hostless(id string) bool {
	s := in.index().systems[id]
	if s == nil || !s.InInventory || s.Virtual == evidence.No {
		return false
	}
	for _, e := range in.Graph.Direct(id) {
		if e.Kind == evidence.RunsOn {
			return false
		}
	}
	return s.Virtual == evidence.Yes || slices.ContainsFunc(in.Systems, func(h evidence.System) bool {
		return h.Class == evidence.ClassHypervisor && !h.Retired
	})
}

// systemsInto are the edges by which other systems need one, one a system.
func (in *Input) systemsInto(system string) []evidence.Dependency {
	var out []evidence.Dependency
	told := map[string]bool{}
	for _, e := range in.index().into[system] {
		if in.index().systems[e.From] != nil && e.Kind != evidence.Soft && !told[e.From] {
			told[e.From] = true
			out = append(out, e)
		}
	}
	return out
}

// bottom tells whether a system is of a kind that others rest on and that need
// rest on none itself: hosts, storage, network gear, lines, cloud.
func (in *Input) bottom(system string) bool {
	switch in.index().systems[system].Class {
	case evidence.ClassHypervisor, evidence.ClassStorage, evidence.ClassEdge, evidence.ClassLine, evidence.ClassCloud:
		return true
	case evidence.ClassDatabase, evidence.ClassWeb, evidence.ClassDomainController, evidence.ClassBackup,
		evidence.ClassServer, evidence.ClassWorkstation, evidence.ClassOther:
	}
	return false
}
