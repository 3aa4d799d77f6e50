package assess

import (
	"testing"

	"proofpack/generator/evidence"
)

// TestAPlanKnowsMoreThanTheLinks: a recovery plan that brings back what no
// export links to the service leaves its recovery unproven.
func TestAPlanKnowsMoreThanTheLinks(t *testing.T) {
	full := scenario(t, "A-storage-control")
	if f := finding(t, Assess(full.read(t, "2026-05-31", nil)), "BKP-01/SVC-SHIP"); f.State != Proven {
		t.Fatalf("the control: %s: %s", f.State, f.Says)
	}
	full.set(t, evidence.Inventory, "WMS-01", "service_id", "")
	res := Assess(full.read(t, "2026-05-31", nil))
	for _, id := range []string{"BKP-01/SVC-SHIP", "BKP-02/SVC-SHIP"} {
		const want = "The recovery plan of Shipping brings back WMS-01, and no export says that the service needs it."
		if f := finding(t, res, id); f.State != Missing || f.Says.String() != want {
			t.Errorf("%s is %s: %s\nwant missing: %s", id, f.State, f.Says, want)
		}
	}
}
