package intake

import (
	"strings"

	"proofpack/generator/evidence"
)

// worked are the outcomes of changes that say that all went as meant. A word
// with anything after it ("successful with issues") is none of them, so that a
// remark never reads as success.
var worked = map[string]bool{
	"success": true, "successful": true, "succeeded": true, "complete": true, "completed": true, "completed successfully": true, "successfully completed": true,
	"closed complete": true, "closed successful": true, "implemented": true, "implemented as planned": true, "implemented successfully": true,
	"done": true, "passed": true, "resolved": true, "fixed": true, "validated": true, "verified": true, "as planned": true, "ok": true,
}

// takenBack are words that say that a change was undone.
var takenBack = []string{"rolled back", "rolledback", "backed out", "backedout", "reverted", "undone", "taken back"}

// wentWrong are words that say that a change did not work.
var wentWrong = []string{"failed", "failure", "unsuccessful", "did not work", "aborted"}

// changeOutcome reads how a change ended. Bad news counts wherever it stands.
// Good news needs both: a state that says that work is over, for a record may
// be closed as planned and as a failure alike, and an outcome that says how.
func changeOutcome(outcome, state string) (result evidence.Result, backedOut bool) {
	said := " " + foldWords(wordsOf(outcome)) + " | " + foldWords(wordsOf(state)) + " "
	backedOut = holdsWord(said, takenBack)
	switch {
	case backedOut || holdsWord(said, wentWrong):
		return evidence.Failed, backedOut
	case worked[foldWords(outcome)] && stageOf(state) == begun:
		return evidence.Success, false
	}
	return evidence.UnknownResult, false
}

// holdsWord tells whether a text holds one of some phrases as whole words, and
// does not deny it.
func holdsWord(text string, phrases []string) bool {
	for _, p := range phrases {
		for rest := text; ; {
			before, after, found := strings.Cut(rest, " "+p+" ")
			if !found {
				break
			}
			if !strings.HasSuffix(before, " not") && !strings.HasSuffix(before, " no") && !strings.HasSuffix(before, " nothing") {
				return true
			}
			rest = " " + after
		}
	}
	return false
}

// noRecord are words that stand where a record should, and name none.
var noRecord = map[string]bool{"no": true, "none": true, "false": true, "n": true, "nil": true, "not tested": true, "not required": true, "not needed": true, "tbd": true, "pending": true, "to do": true}

// reference is what a cell names as a record; "" where it says that there is none.
func (r *row) reference(column string) string {
	v := r.text(column)
	if noRecord[foldWords(v)] || noRecord[fold(v)] {
		return ""
	}
	return v
}
