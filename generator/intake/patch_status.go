package intake

import "proofpack/generator/evidence"

// readPatchState reads what a patch tool says of one system as a whole.
func readPatchState(r *row, set *evidence.Set) {
	p := evidence.PatchState{
		Pos: r.pos(), System: r.subject(), LastScan: r.day("last_scan"),
		Installed: r.tally("installed"), Missing: r.tally("missing"), Failed: r.tally("failed"),
		PendingReboot: r.answer("pending_reboot"), PatchWindow: r.text("patch_window"),
	}
	r.event(p.LastScan)
	r.identify(p.System, p.LastScan.String())
	if r.ok() {
		set.PatchStates = append(set.PatchStates, p)
	}
}

// tally is a count of things: whole and not negative.
func (r *row) tally(column string) evidence.Number {
	n := r.number(column)
	if n.Known && (n.Value < 0 || n.Value != float64(int(n.Value))) {
		v, col := r.cell(column)
		r.bad(column, col, v, "bad-number", "is no count")
		return evidence.Number{}
	}
	return n
}

func patchStateNames(set *evidence.Set, visit visitor) {
	for i := range set.PatchStates {
		visit(mention{pos: set.PatchStates[i].Pos, name: &set.PatchStates[i].System, subject: true})
	}
}
