// Package rank turns findings and the graph into exposure in money, the ladder,
// and the next actions. 05-ranking has the formulas, 13-decisions the choices.
package rank

import (
	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// A Range is low, likely and high, the three bounds that everything carries.
type Range [3]float64

// Indexes of a Range.
const (
	Low = iota
	Likely
	High
)

// An Exposure is the expected cost of the costliest thing that happens within
// the horizon, in whole currency units.
type Exposure struct {
	Low, Likely, High int64
	Known             bool // false: no service that stops declares a cost, and the amounts mean nothing
	Unbounded         bool // no high bound, and High means nothing: it rests on a short source, or an impact nobody declared
	Undeclared        bool // a service without declared cost is among what stops; Low and Likely are of the declared ones
	Days              int  // horizon
}

// A Cause is one way a system can stop, with its rate and its loss.
type Cause struct {
	Name    string // "base rate", "DS-PROD-01 full in 13 days", "no capacity evidence"
	Rate    Range  // per day
	P       Range  // probability within the horizon; 1 at High where expected evidence is missing
	Loss    Range  // currency units of one event
	Missing bool   // expected evidence is missing: not excluded at the high bound
	From    []evidence.Figure
}

// A Rung is a step of the ladder: the loss after so many business hours.
type Rung struct {
	Label   string  // "RTO 4 h", "1 business day", "2 business days"
	Hours   float64 // business hours
	Amount  int64
	Formula string // "4 h x $3,350"
	Known   bool   // false: cost or target not declared
	Sources []diag.Pos
}

// A System is a system with its exposure.
type System struct {
	ID          string
	Rank        int // 1 is worst
	Exposure    Exposure
	Exposure90  Exposure
	Hours       Range    // recovery T(v), elapsed hours
	Loss        Range    // one outage
	Causes      []Cause  // costliest first
	Down        []string // services that stop
	DownSystems []string // systems that stop with it, itself not among them
	SinglePoint bool
	Measured    bool      // every element of the recovery is a measured restore within policy
	Elements    []Element // recovery in order
	Guests      []string  // systems that may run on it: no export says where they run
	GuestHours  float64   // to restore those, in the high bound of Hours
	Unlinked    bool      // no service on record needs it, although it is of a kind that services run on
	Proof       int64     // value of proof: likely exposure now less likely exposure were this system's evidence good
	Ladder      []Rung
	Detect      evidence.Figure // hours until somebody acts, that Hours begins with
}

// An Element is one system's part of a recovery.
type Element struct {
	System   string
	Hours    Range
	Measured bool
	From     string // "measured 55 min on 20 May 2026", "no restore proof: class range 3/6/11 h"
	Figure   evidence.Figure
}

// A Service is a service with its exposure and what drives it.
type Service struct {
	ID          string
	Rank        int
	Exposure    Exposure
	Exposure90  Exposure
	Drivers     []Driver // costliest first; Drivers[0] is the named driver
	OneOutage   Range    // loss of this service when its driver fails, with Hours
	Hours       Range    // recovery of the driver, elapsed hours
	Measured    bool
	TargetHours float64 // RTO; 0 when none is declared
	Ladder      []Rung
	Drifts      []Drift // named drifts on it and what it needs
	Recovery    Recovery
}

// A Driver is a system whose failure stops the service.
type Driver struct {
	System   string
	Exposure Exposure
	Says     evidence.Statement // "3 line-of-business servers run on it: SQL-01, ERP-01, WMS-01"
}

// A Drift is a finding that adds to the compound drift of a service.
type Drift struct {
	Name     string
	Findings []string // ids
}

// A Recovery is the computed recovery of a service.
type Recovery struct {
	Service         string
	Order           []string
	Waves           [][]string
	Steps           []Step  // Order with times
	MinutesAtLeast  float64 // the schedule over measured minutes; unmeasured elements count 0
	Measured, Total int     // systems with a successful full restore on record, of systems needed
	CriticalPath    []string
	CriticalMinutes float64
	TargetMinutes   float64 // 0: no target declared
	State           assess.State
	Problems        []evidence.Statement // of the written plan against the graph
	Cycles          [][]string
}

// A Step is one system in the computed order.
type Step struct {
	System  string
	Start   float64 // minutes from the start, by measured minutes
	Minutes float64
	Known   bool // false: no measured minutes
	State   assess.State
}

// An Action is a next step that one proof will close.
type Action struct {
	Title   evidence.Statement // "Name an owner for VMH-01"
	Why     evidence.Statement
	Service string
	Gap     assess.Gap
	Closes  []string        // finding ids
	Proof   string          // the record that will close it
	By      evidence.Figure // a date when there is one; Text "" otherwise
	Worth   int64           // currency units of likely exposure that rest on it; 0 none
}

// A Ranking is the whole result.
type Ranking struct {
	Services    []Service // by rank
	Systems     []System  // by rank
	Actions     []Action  // all, in order
	Cap         int       // how many of Actions are the next ones
	Assumptions []Assumption
}

// An Assumption is a figure of judgement that was used, printed on the Rules page.
type Assumption struct {
	Name, Value, From string
}
