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

	Cost      Number     // whole cost in the configured currency
	CostParts []CostPart // in the order of the row; they must add up to Cost

	EscalationOwner string
	EscalatedOn     time.Time // zero: not recorded
	State           string    // as written
	IsClosed        bool      // by state
	Runbook         string    // the runbook that was followed, as written

	Lesson, LessonOwner    string
	LessonDue, LessonFixed time.Time // zero: not recorded
}

// A CostPart is one part of what an incident cost.
type CostPart struct {
	Name   string // as written: "lost output"
	Amount float64
}
