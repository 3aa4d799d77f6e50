package evidence

import (
	"time"

	"proofpack/generator/diag"
)

// An Incident is an outage as recorded.
type Incident struct {
	Pos               diag.Pos
	ID                string
	Started, Restored time.Time // zero: not recorded
	Service           string    // id
	RootSystem        string    // id of the system that failed first; "" when the row names none
	SystemsDown       []string  // ids
}
