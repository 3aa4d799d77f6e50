package evidence

import (
	"time"

	"proofpack/generator/diag"
)

// A PatchFinding is a vulnerability or a missing update on a system, as a
// scanner or a patch tool reports it.
type PatchFinding struct {
	Pos      diag.Pos
	ID       string
	System   string
	Title    string
	CVE      string // "" when the row names none
	Severity string // "critical", "high", or as written
	EPSS     Number // probability of exploitation within 30 days, 0 to 1
	KEV      Answer // in the catalogue of known exploited vulnerabilities
	Open     bool   // a scanner row without a state is open
	LastSeen time.Time
}

// A PatchState is what a patch tool or a scanner says of one system as a
// whole: that it looked.
type PatchState struct {
	Pos      diag.Pos
	System   string
	LastScan time.Time // zero: not recorded
}
