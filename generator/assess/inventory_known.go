package assess

import (
	"cmp"
	"fmt"
	"slices"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// inventoryKnown (INV-01) finds what other exports name and the inventory lacks.
var inventoryKnown = Check{
	ID:          "INV-01",
	Question:    "Is every system that an export names in the inventory?",
	Why:         "What the inventory does not hold, nobody patches, backs up or counts.",
	Needs:       []string{evidence.Inventory},
	Discipline:  Documentation,
	Consequence: AttackPath,
	Gap:         Visibility,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("INV-01"),
	Closes:      "a row of the inventory for the system, or the name as an alias of one",
	Subjects:    namedSystems,
	Judge:       judgeInventoryKnown,
}

// always is the limit of a check that has none to set.
func always(words string) func(config.Policy) string {
	return func(config.Policy) string { return words }
}

// limitOf is a limit of the policy in words.
func limitOf(name string) func(config.Policy) string {
	return func(p config.Policy) string { return p.Limit(name).Text() }
}

// namedSystems are every system of the inventory and every name that nothing
// in it answers to.
func namedSystems(in *Input) []Subject {
	var out []Subject
	seen := map[string]bool{}
	for i := range in.Systems {
		seen[in.Systems[i].ID] = true
		out = append(out, systemSubject(in.Systems[i].ID))
	}
	for i := range in.Unknown {
		if !seen[in.Unknown[i].Name] {
			out = append(out, systemSubject(in.Unknown[i].Name))
		}
	}
	slices.SortFunc(out, func(a, b Subject) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(out, func(a, b Subject) bool { return a.ID == b.ID })
}

func judgeInventoryKnown(in *Input, s Subject) Answer {
	if system := in.index().systems[s.ID]; system != nil && system.InInventory {
		return Answer{State: Proven, Says: say("{} is in the inventory.", s.Name), Sources: at(system.Pos)}
	}
	for i := range in.Unknown {
		if in.Unknown[i].Name == s.ID {
			return Answer{
				State:   Failed,
				Says:    in.namedWhere(&in.Unknown[i]),
				Sources: in.Unknown[i].Rows,
				Drift:   "not in the inventory",
			}
		}
	}
	var rows []diag.Pos
	if system := in.index().systems[s.ID]; system != nil {
		rows = at(system.Pos)
	}
	return Answer{
		State: Failed, Says: say("Unknown system {}: another export names it, the inventory does not hold it.", s.Name),
		Sources: rows, Drift: "not in the inventory",
	}
}

// mentionOrder is the order in which a sentence lists where a name stands.
var mentionOrder = []string{
	evidence.Capacity, evidence.Alerts, evidence.Jobs, evidence.Restores, evidence.Changes, evidence.RecoveryPlan,
	evidence.Inventory, evidence.Dependencies, evidence.Tasks, evidence.Exceptions,
}

// namedWhere is the sentence about a name that the inventory lacks.
func (in *Input) namedWhere(u *evidence.UnknownSystem) evidence.Statement {
	sets := make([]string, 0, len(u.DataSet))
	for d := range u.DataSet {
		sets = append(sets, d)
	}
	place := func(d string) int {
		if i := slices.Index(mentionOrder, d); i >= 0 {
			return i
		}
		return len(mentionOrder)
	}
	slices.SortFunc(sets, func(a, b string) int { return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b)) })
	format, args := "Unknown system {} in ", []any{u.Name}
	for i, d := range sets {
		count := evidence.Count(u.DataSet[d], fmt.Sprintf("count(%s where system = %s)", d, u.Name), in.rowsIn(u.Rows, d)...)
		if i == 0 {
			count = count.As(evidence.Of(u.DataSet[d], "row", "rows"))
		} else {
			format += ", "
		}
		format += "{} ({})"
		args = append(args, d, count)
	}
	if len(sets) == 0 {
		return say("Unknown system {}: the inventory does not hold it.", u.Name)
	}
	return say(format+": the inventory does not hold it.", args...)
}

// rowsIn are those of some rows that stand in a data set.
func (in *Input) rowsIn(rows []diag.Pos, dataSet string) []diag.Pos {
	var out []diag.Pos
	for _, p := range rows {
		if in.index().dataSet(p) == dataSet {
			out = append(out, p)
		}
	}
	return out
}
