package history

// Words of states as records write them: those of report.json.
const (
	proven        = "proven"
	failed        = "failed"
	missing       = "missing"
	stale         = "stale"
	excepted      = "excepted"
	notApplicable = "not_applicable"
)

// badness orders states as a cell does: failed > missing > stale > excepted >
// proven > not applicable. It is below zero for a word that is no state.
func badness(state string) int {
	switch state {
	case failed:
		return 5
	case missing:
		return 4
	case stale:
		return 3
	case excepted:
		return 2
	case proven:
		return 1
	case notApplicable:
		return 0
	}
	return -1
}

// open tells that a state asks for something: failed, missing or stale.
func open(state string) bool { return badness(state) >= badness(stale) }
