package assess

import (
	"cmp"
	"strings"

	"proofpack/generator/evidence"
)

// restoreVoid (BKP-11) lets a restore proof end with the next change.
var restoreVoid = Check{
	ID:          "BKP-11",
	Question:    "Is every restored system still as it was when it was tested?",
	Why:         "A test proves the system that was tested, not the one that was changed since.",
	Needs:       []string{evidence.Restores},
	Rests:       []string{evidence.Changes, evidence.Inventory, evidence.Dependencies},
	Discipline:  Recovery,
	Consequence: Downtime,
	Gap:         UntestedRecovery,
	Limit:       always("any change that is not a standard one"),
	LimitFrom:   "judgement",
	Controls:    controls("BKP-11"),
	Closes:      "a full restore test after the change",
	Subjects:    restorable,
	Judge:       judgeRestoreVoid,
}

func judgeRestoreVoid(in *Input, s Subject) Answer {
	answer, found := in.lastFull(s.ID, func(r *evidence.RestoreTest) Answer { return in.judgeVoid(r, s.ID) })
	if !found {
		return Answer{Says: say("No full restore of {} is on record that would still count.", s.Name), Drift: "untested recovery"}
	}
	return answer
}

func (in *Input) judgeVoid(r *evidence.RestoreTest, system string) Answer {
	if answer, bad := in.unfinished(r); bad {
		answer.State = Missing // BKP-01 says that it failed; here there is no proof to void
		return answer
	}
	when := in.testedOn(r)
	change, on := in.voiding(r, system)
	switch {
	case change != nil && on == "":
		return Answer{
			Says:    say("Not proven since {}: it names no system, and nothing shows that it began before the restore of {}.", changeKey(change), when),
			Sources: at(r.Pos, change.Pos), Drift: "restore proof void",
		}
	case change != nil && changeStart(change).IsZero():
		return Answer{
			Says:    say("Not proven since {}: {} was changed, nobody recorded when; the restore is of {}.", changeKey(change), on, when),
			Sources: at(r.Pos, change.Pos), Drift: "restore proof void",
		}
	case change != nil:
		return Answer{
			Says: say("Not proven since {}: {} was changed on {}, after the restore of {}.", changeKey(change), on,
				in.on(changeStart(change), "start of "+changeKey(change), change.Pos), when),
			Sources: at(r.Pos, change.Pos), Drift: "restore proof void",
		}
	case !in.Supplied(evidence.Changes):
		return Answer{
			State: Proven, Says: say("Nothing on record voids the restore of {}; no change export supplied.", when),
			Sources: at(r.Pos), Partial: true,
		}
	}
	return Answer{State: Proven, Says: say("No change on record voids the restore of {}.", when), Sources: at(r.Pos)}
}

// voiding is the first change after a test that voids it, and the system it
// was made to: the tested system or anything it needs over hard and runs-on
// edges, or by the written plan. A change that names no system could be to any,
// and one that does not say when it began could have begun after.
func (in *Input) voiding(r *evidence.RestoreTest, system string) (*evidence.Change, string) {
	var first *evidence.Change
	on := ""
	for _, id := range append(in.restsUpon(system), "") {
		for _, c := range in.index().changes[id] {
			if !voids(c, r) || first != nil && byStart(c, first) >= 0 {
				continue
			}
			first, on = c, id
		}
	}
	return first, on
}

// restsUpon are a system and everything it needs over hard and runs-on edges
// or by a step of a written plan.
func (in *Input) restsUpon(system string) []string {
	found := []string{system}
	seen := map[string]bool{system: true}
	add := func(ids []string) {
		for _, id := range ids {
			if !seen[id] {
				seen[id] = true
				found = append(found, id)
			}
		}
	}
	for i := 0; i < len(found); i++ {
		add(in.Graph.HardNeedsOf(found[i]))
		for _, p := range in.index().stepsOf[found[i]] {
			add(p.Needs)
		}
	}
	return found
}

func voids(c *evidence.Change, r *evidence.RestoreTest) bool {
	if !MaybeImplemented(c) || strings.EqualFold(c.Type, "standard") {
		return false
	}
	start := changeStart(c)
	return start.IsZero() || start.After(r.TestedOn)
}

// byStart puts the change that began first before the others, and one without
// a date after them.
func byStart(a, b *evidence.Change) int {
	x, y := changeStart(a), changeStart(b)
	if x.IsZero() != y.IsZero() {
		if x.IsZero() {
			return 1
		}
		return -1
	}
	return cmp.Or(x.Compare(y), cmp.Compare(a.ID, b.ID), byPlace(a.Pos, b.Pos))
}
