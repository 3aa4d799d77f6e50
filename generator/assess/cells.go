package assess

import (
	"slices"

	"proofpack/generator/evidence"
)

// A Cell is one discipline of one service: the worst state of that
// discipline's findings over the service and everything it needs.
type Cell struct {
	Service    string // id
	Discipline Discipline
	State      State
	Findings   []string // ids of the findings of that state; none: no check has anything to say, which is Missing
}

// Cells is the proof matrix: every service in the order given, every discipline
// in its order.
func Cells(res *Result, services []evidence.Service) []Cell {
	type key struct {
		service    string
		discipline Discipline
	}
	at := map[key][]*Finding{}
	for i := range res.Findings {
		f := &res.Findings[i]
		for _, s := range f.Services {
			k := key{s, f.Check.Discipline}
			at[k] = append(at[k], f)
		}
	}
	var cells []Cell
	for _, s := range services {
		for _, d := range Disciplines {
			state, ids := worst(at[key{s.ID, d}])
			cells = append(cells, Cell{Service: s.ID, Discipline: d, State: state, Findings: ids})
		}
	}
	return cells
}

// worst is the worst state of findings, Missing when there is none, and which
// have it.
func worst(findings []*Finding) (State, []string) {
	if len(findings) == 0 {
		return Missing, nil
	}
	state := findings[0].State
	for _, f := range findings {
		if Worse(f.State, state) {
			state = f.State
		}
	}
	var ids []string
	for _, f := range findings {
		if f.State == state {
			ids = append(ids, f.ID)
		}
	}
	return state, ids
}

// recoveryChecks are the checks that make recovery proven. The written plan is
// judged apart (BKP-08).
var recoveryChecks = []string{"BKP-01", "BKP-02", "BKP-06", "BKP-10", "BKP-11"}

// RecoveryState is the worst state of the checks of recovery over a service
// and what it needs; Missing when none has anything to say.
func RecoveryState(res *Result, service string) State {
	state, _ := worst(res.of(service, recoveryChecks...))
	return state
}

// Proofs are the four proofs of the article for one service.
type Proofs struct {
	Owner        State // a documented owner
	Monitoring   State // monitoring coverage
	AccessReview State // an access review within its cadence
	Recovery     State // a tested recovery procedure
}

// Count is how many of the four are proven.
func (p Proofs) Count() int {
	n := 0
	for _, s := range []State{p.Owner, p.Monitoring, p.AccessReview, p.Recovery} {
		if s == Proven {
			n++
		}
	}
	return n
}

// FourProofs are the four proofs of a service, each the worst over the service
// and what it needs.
func FourProofs(res *Result, service string) Proofs {
	over := func(checks ...string) State {
		state, _ := worst(res.of(service, checks...))
		return state
	}
	return Proofs{
		Owner:        over("INV-03"),
		Monitoring:   over("MON-03"),
		AccessReview: over("ACC-06"),
		Recovery:     RecoveryState(res, service),
	}
}

// SystemProofs are the four proofs of one system alone.
func SystemProofs(res *Result, system string) Proofs {
	over := func(checks ...string) State {
		var list []*Finding
		for i := range res.Findings {
			f := &res.Findings[i]
			if f.Subject.Kind == "system" && f.Subject.ID == system && slices.Contains(checks, f.Check.ID) {
				list = append(list, f)
			}
		}
		state, _ := worst(list)
		return state
	}
	return Proofs{Owner: over("INV-03"), Monitoring: over("MON-03"), AccessReview: over("ACC-06"), Recovery: over(recoveryChecks...)}
}

// of are the findings of some checks that concern a service.
func (res *Result) of(service string, checks ...string) []*Finding {
	var out []*Finding
	for i := range res.Findings {
		f := &res.Findings[i]
		if slices.Contains(checks, f.Check.ID) && slices.Contains(f.Services, service) {
			out = append(out, f)
		}
	}
	return out
}

// Counts is how many there are of each state. They are printed as "18 proven,
// 5 failed, 9 not proven of 32".
type Counts struct {
	Proven, Failed, Missing, Stale, Excepted, NotApplicable int
}

// Total is all of them.
func (c Counts) Total() int {
	return c.Proven + c.Failed + c.Missing + c.Stale + c.Excepted + c.NotApplicable
}

// NotProven is missing and stale together.
func (c Counts) NotProven() int { return c.Missing + c.Stale }

// Of is how many there are of one state.
func (c Counts) Of(s State) int {
	switch s {
	case Proven:
		return c.Proven
	case Failed:
		return c.Failed
	case Missing:
		return c.Missing
	case Stale:
		return c.Stale
	case Excepted:
		return c.Excepted
	case NotApplicable:
		return c.NotApplicable
	}
	return 0
}

// Add counts a state; what is no state is counted as missing.
func (c *Counts) Add(s State) {
	switch s {
	case Proven:
		c.Proven++
	case Failed:
		c.Failed++
	case Stale:
		c.Stale++
	case Excepted:
		c.Excepted++
	case NotApplicable:
		c.NotApplicable++
	case Missing:
		c.Missing++
	default:
		c.Missing++
	}
}

// CountFindings counts the states of findings.
func CountFindings(findings []Finding) Counts {
	var c Counts
	for i := range findings {
		c.Add(findings[i].State)
	}
	return c
}

// CountCells counts the states of cells.
func CountCells(cells []Cell) Counts {
	var c Counts
	for i := range cells {
		c.Add(cells[i].State)
	}
	return c
}
