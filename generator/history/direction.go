package history

import (
	"slices"

	"proofpack/generator/assess"
	"proofpack/generator/evidence"
)

// A Direction is which way one of the three aims goes, from one month to the
// next. The zero value is that nothing can be said.
type Direction string

// The directions.
const (
	CannotCompare Direction = "cannot compare"
	ItsBetter     Direction = "better"
	ItsWorse      Direction = "worse"
	ItsSame       Direction = "same"
)

// An Aim is one of the three things that operations are for.
type Aim struct {
	Name        string // "Security exposure"
	Means       string // what it counts, a phrase
	Disciplines []assess.Discipline
}

// Aims are the three aims of the article, each with the disciplines whose
// findings count for it.
var Aims = []Aim{
	{"Security exposure", "findings of patching and account control", []assess.Discipline{assess.Patching, assess.Access}},
	{"Dependability", "findings of monitoring, changes, vendors, documentation and routines", []assess.Discipline{assess.Monitoring, assess.ChangeControl, assess.Vendors, assess.Documentation, assess.Routines}},
	{"Recovery", "findings of backup and recovery", []assess.Discipline{assess.Recovery}},
}

// A Course is the direction of an aim with the counts it rests on.
type Course struct {
	Aim       Aim
	Direction Direction
	For       int    // findings that are better or fixed with proof
	Against   int    // findings that are new, worse or lapsed, and those that are gone or lost without proof
	Open      int    // findings that are open now
	WasOpen   int    // that were open before
	Why       string // of CannotCompare
}

// Courses are the directions of the three aims. What is gone or lost without a
// proof counts against, so that leaving evidence out never looks like progress.
func Courses(before, now *evidence.Month, d *Diff) []Course {
	all := make([]Course, len(Aims))
	for i, aim := range Aims {
		all[i] = course(aim, before, now, d)
	}
	return all
}

func course(aim Aim, before, now *evidence.Month, d *Diff) Course {
	c := Course{Aim: aim, Direction: CannotCompare, Open: aim.open(now)}
	if before == nil || d == nil {
		c.Why = "no earlier month is on record"
		return c
	}
	c.WasOpen = aim.open(before)
	if d.Cannot != "" {
		c.Why = "names are hidden by other rules than before"
		return c
	}
	if !aim.judged(before) || !aim.judged(now) {
		c.Why = "one of the two months had no export to judge it by"
		return c
	}
	for i := range d.Changes {
		if !aim.counts(d.Changes[i].Check) {
			continue
		}
		switch d.Changes[i].Class {
		case Better, Fixed:
			c.For++
		case New, Worse, Lapsed, Gone, InputMissing:
			c.Against++
		case Excepted, RuleChanged, notListed:
		}
	}
	switch {
	case c.For > c.Against:
		c.Direction = ItsBetter
	case c.For < c.Against:
		c.Direction = ItsWorse
	default:
		c.Direction = ItsSame
	}
	return c
}

// counts tells whether the findings of a check count for the aim.
func (a Aim) counts(check string) bool {
	c := assess.CheckByID(check)
	return c != nil && slices.Contains(a.Disciplines, c.Discipline)
}

func (a Aim) open(m *evidence.Month) int {
	n := 0
	for _, f := range m.Findings {
		if open(f.State) && a.counts(f.Check) {
			n++
		}
	}
	return n
}

// judged tells whether a month had any export that the aim is judged by.
func (a Aim) judged(m *evidence.Month) bool {
	for _, c := range assess.Checks {
		if !slices.Contains(a.Disciplines, c.Discipline) {
			continue
		}
		for _, d := range c.Needs {
			if slices.Contains(m.DataSets, d) {
				return true
			}
		}
	}
	return false
}
