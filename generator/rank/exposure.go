package rank

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// A hazard is one cause's probability and loss at one bound.
type hazard struct{ loss, p float64 }

// costliest is the expected loss of the costliest thing that happens: causes
// are independent, so that the k-th costliest counts when it happens and none
// that is costlier does. It grows with every probability and every loss, and
// never exceeds the largest loss.
func costliest(hazards []hazard) float64 {
	slices.SortFunc(hazards, func(a, b hazard) int {
		return cmp.Or(cmp.Compare(b.loss, a.loss), cmp.Compare(b.p, a.p))
	})
	expected, nothing := 0.0, 1.0
	for _, h := range hazards {
		expected += nothing * h.p * h.loss
		nothing *= 1 - h.p
	}
	return expected
}

// expected is the exposure to causes at the three bounds, within so many days.
func expected(causes []cause, days float64, loss func(c *cause, bound int) float64) Range {
	var out Range
	hazards := make([]hazard, len(causes))
	for b := range out {
		for i := range causes {
			hazards[i] = hazard{loss(&causes[i], b), causes[i].within(days)[b]}
		}
		out[b] = costliest(hazards)
		if b > 0 { // by a hair, where the bounds are equal
			out[b] = max(out[b], out[b-1])
		}
	}
	return out
}

func ownLoss(c *cause, bound int) float64 { return c.Loss[bound] }

// exposure prints a range in whole currency units.
func exposure(r Range, days float64, unbounded, undeclared, known bool) Exposure {
	e := Exposure{Unbounded: unbounded, Undeclared: undeclared, Known: known, Days: int(math.Round(days))}
	if known {
		e.Low, e.Likely, e.High = whole(r[Low]), whole(r[Likely]), whole(r[High])
	}
	if unbounded {
		e.High = 0
	}
	return e
}

// whole rounds to whole currency units; amounts beyond what an int64 holds are
// its largest.
func whole(v float64) int64 {
	if v >= math.MaxInt64 {
		return math.MaxInt64
	}
	return int64(math.Round(v))
}

// worse orders exposures, the worst first: what nobody declared an impact for,
// then what has no high bound, by likely; then by high and likely.
func (e Exposure) worse(f Exposure) int {
	return cmp.Or(
		cmp.Compare(e.class(), f.class()),
		cmp.Compare(f.High, e.High),
		cmp.Compare(f.Likely, e.Likely),
	)
}

func (e Exposure) class() int {
	switch {
	case !e.Known:
		return 0
	case e.Unbounded:
		return 1
	}
	return 2
}

func byLoss(a, b cause) int {
	return cmp.Or(
		cmp.Compare(whole(b.Loss[High]), whole(a.Loss[High])),
		cmp.Compare(whole(b.Loss[Likely]), whole(a.Loss[Likely])),
		cmp.Compare(b.P[High], a.P[High]),
		cmp.Compare(b.P[Likely], a.P[Likely]),
		cmp.Compare(a.Name, b.Name),
	)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func posOf(r *evidence.RestoreTest) []diag.Pos { return []diag.Pos{r.Pos} }
