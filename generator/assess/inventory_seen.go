package assess

import "proofpack/generator/evidence"

// inventorySeen (INV-02) finds systems that exist on paper only.
var inventorySeen = Check{
	ID:          "INV-02",
	Question:    "Has a tool seen every system of the inventory lately?",
	Why:         "A system nobody sees is either gone or out of sight.",
	Needs:       []string{evidence.Inventory},
	Discipline:  Documentation,
	Consequence: AuditIssue,
	Gap:         Visibility,
	Limit:       limitOf("asset-seen"),
	LimitFrom:   "judgement",
	Controls:    controls("INV-02"),
	Closes:      "a last-seen date, an alert, a sample, a good job run or a scan inside the limit, or the status retired",
	Subjects:    inventorySystems,
	Judge:       judgeInventorySeen,
}

// inventorySystems are the judged systems of the inventory.
func inventorySystems(in *Input) []Subject {
	return in.systemsWhere(func(s *evidence.System) bool { return s.InInventory })
}

// lastSeen is the newest sign of a system: the inventory's own date, or the
// newest row of another export.
func (in *Input) lastSeen(system string) sighting {
	seen := in.index().seen[system]
	if s := in.index().systems[system]; s != nil && !s.LastSeen.IsZero() && !s.LastSeen.Before(seen.At) {
		return sighting{At: s.LastSeen, Pos: s.Pos, DataSet: evidence.Inventory}
	}
	return seen
}

// lastSign is lastSeen, or the newest day that a scanner or a patch tool looked
// at the system where that is later: it was there to be looked at, though
// nothing monitors it by that.
func (in *Input) lastSign(system string) sighting {
	seen, looked := in.lastSeen(system), in.patchBook(system).Looked
	if looked.At.After(seen.At) {
		return looked
	}
	return seen
}

func judgeInventorySeen(in *Input, s Subject) Answer {
	seen := in.lastSign(s.ID)
	switch {
	case seen.At.IsZero():
		return Answer{
			Says:    say("No tool has seen {}: no last-seen date, no alert, no sample, no good job run and no scan in any export.", s.Name),
			Sources: in.rowOf(s.ID), Drift: "not seen by any tool",
		}
	case in.older(seen.At, in.Policy.AssetSeen):
		return Answer{
			State: Stale, Says: say("{} was last seen on {}, {} ago.", s.Name,
				in.on(seen.At, "newest date of "+s.ID+" in "+seen.DataSet, seen.Pos),
				in.since(seen.At, "the day it was last seen", seen.Pos)),
			Sources: at(seen.Pos), Drift: "not seen by any tool",
		}
	}
	return Answer{
		State: Proven, Says: say("{} was last seen on {}.", s.Name, in.on(seen.At, "newest date of "+s.ID+" in "+seen.DataSet, seen.Pos)),
		Sources: at(seen.Pos),
	}
}
