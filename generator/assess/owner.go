package assess

import (
	"slices"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// ownerNamed (INV-03) asks for a person behind every system and service.
var ownerNamed = Check{
	ID:          "INV-03",
	Question:    "Does every system and service have a named owner?",
	Why:         "What belongs to nobody is kept by nobody, and nobody can be asked about it.",
	Needs:       []string{evidence.Inventory, evidence.Services},
	Discipline:  Routines,
	Consequence: Downtime,
	Gap:         Visibility,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("INV-03"),
	Closes:      "the name of a person in the owner column",
	Subjects:    servicesAndSystems,
	Judge:       judgeOwnerNamed,
}

func servicesAndSystems(in *Input) []Subject { return slices.Concat(everyService(in), everySystem(in)) }

// rowOf is the row of a system in the inventory; none when it has none.
func (in *Input) rowOf(system string) []diag.Pos {
	if s := in.index().systems[system]; s != nil && s.InInventory {
		return at(s.Pos)
	}
	return nil
}

func judgeOwnerNamed(in *Input, s Subject) Answer {
	owner, rows := "", []diag.Pos(nil)
	if s.Kind == "service" {
		owner, rows = in.index().services[s.ID].Owner, at(in.index().services[s.ID].Pos)
	} else {
		owner, rows = in.index().systems[s.ID].Owner, in.rowOf(s.ID)
	}
	switch {
	case owner == "" || len(rows) == 0:
		return Answer{Says: say("{} has no owner.", s.Name), Sources: rows, Drift: "no owner"}
	case !evidence.IsPerson(owner):
		return Answer{State: Failed, Says: say("{} has no person as owner: “{}” is a group or a mailbox.", s.Name, owner), Sources: rows, Drift: "no owner"}
	}
	return Answer{State: Proven, Says: say("{} belongs to {}.", s.Name, owner), Sources: rows}
}
