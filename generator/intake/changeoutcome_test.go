package intake

import (
	"testing"

	"proofpack/generator/evidence"
)

func TestChangeOutcome(t *testing.T) {
	for _, tt := range []struct {
		outcome, state string
		want           evidence.Result
		backedOut      bool
	}{
		{"Successful", "Closed", evidence.Success, false},
		{"implemented as planned", "Review", evidence.Success, false},
		{"Successful", "", evidence.UnknownResult, false},
		{"Successful", "Scheduled", evidence.UnknownResult, false},
		{"", "Closed", evidence.UnknownResult, false},
		{"", "Closed complete", evidence.UnknownResult, false},
		{"Successful with issues", "Closed", evidence.UnknownResult, false},
		{"snapshots kept for rollback", "Closed", evidence.UnknownResult, false},
		{"Unsuccessful", "Closed", evidence.Failed, false},
		{"Failed: the service did not start", "Closed", evidence.Failed, false},
		{"Backed-out", "Closed", evidence.Failed, true},
		{"rolled_back", "Closed", evidence.Failed, true},
		{"Successful", "Rolled back", evidence.Failed, true},
		{"", "Failed", evidence.Failed, false},
		{"no failure, not rolled back", "Closed", evidence.UnknownResult, false},
		{"not reverted at first, then reverted", "Closed", evidence.Failed, true},
	} {
		got, backedOut := changeOutcome(tt.outcome, tt.state)
		if got != tt.want || backedOut != tt.backedOut {
			t.Errorf("outcome %q, state %q: %q, backed out %t; want %q, %t", tt.outcome, tt.state, got, backedOut, tt.want, tt.backedOut)
		}
	}
}

func FuzzChangeOutcome(f *testing.F) {
	f.Add("Successful", "Closed")
	f.Add("not not rolled back", "failed|")
	f.Fuzz(func(t *testing.T, outcome, state string) {
		got, backedOut := changeOutcome(outcome, state)
		if backedOut && got != evidence.Failed {
			t.Errorf("%q, %q: taken back, and %q", outcome, state, got)
		}
		if less, _ := changeOutcome("", state); less == evidence.Success {
			t.Errorf("state %q alone says that the change worked", state)
		}
	})
}
