package intake

import (
	"strings"
	"time"

	"proofpack/generator/evidence"
)

// copies are words for where a copy is and what protects it; the first that is
// found counts. What takes the protection away stands before what gives it.
var copies = []phrase[evidence.Copy]{
	{"not immutable", evidence.CopyOnline}, {"non immutable", evidence.CopyOnline}, {"mutable", evidence.CopyOnline}, {"not offline", evidence.CopyOnline}, {"not isolated", evidence.CopyOnline},
	{"immutable", evidence.CopyImmutable}, {"worm", evidence.CopyImmutable}, {"object lock", evidence.CopyImmutable}, {"hardened", evidence.CopyImmutable}, {"write once", evidence.CopyImmutable},
	{"offline", evidence.CopyOffline}, {"off line", evidence.CopyOffline}, {"tape", evidence.CopyOffline}, {"air gapped", evidence.CopyOffline}, {"air gap", evidence.CopyOffline}, {"airgapped", evidence.CopyOffline}, {"removable", evidence.CopyOffline}, {"rotated", evidence.CopyOffline},
	{"isolated", evidence.CopyIsolated}, {"vault", evidence.CopyIsolated}, {"vaulted", evidence.CopyIsolated},
	{"online", evidence.CopyOnline}, {"on line", evidence.CopyOnline}, {"disk", evidence.CopyOnline}, {"nas", evidence.CopyOnline}, {"san", evidence.CopyOnline}, {"local", evidence.CopyOnline}, {"none", evidence.CopyOnline},
	{"repository", evidence.CopyOnline}, {"cloud", evidence.CopyOnline}, {"object storage", evidence.CopyOnline}, {"off site", evidence.CopyOnline}, {"offsite", evidence.CopyOnline},
}

// copyOf is what a cell says of a copy. A plain yes or no answers whether it is
// immutable, as tools head that column.
func copyOf(cell string) evidence.Copy {
	switch answers[foldWords(cell)] {
	case evidence.Yes:
		return evidence.CopyImmutable
	case evidence.No:
		return evidence.CopyOnline
	case evidence.Unknown:
	}
	c, _ := phraseIn(cell, copies)
	return c
}

// copy is what keeps the copy out of reach; unknown when blank or another word,
// which is said.
func (r *row) copy(column string) evidence.Copy {
	v, col := r.cell(column)
	if isBlank(v) {
		return evidence.CopyUnknown
	}
	c := copyOf(v)
	if c == evidence.CopyUnknown {
		r.bad(column, col, v, "bad-word", "says neither that the copy is out of reach (offline, immutable, isolated) nor that it is online")
	}
	return c
}

// daysOfYear is what a year is worth where a length of time is given in years:
// the shortest year, so that nothing is kept longer than it is.
const daysOfYear = 365

// days is a length of time in days.
func (r *row) days(column string) evidence.Number {
	v, col := r.cell(column)
	if isBlank(v) {
		return evidence.Number{}
	}
	n, ok := r.styles[col].days(v)
	if !ok {
		r.bad(column, col, v, "bad-number", "is not a number of days")
		return evidence.Number{}
	}
	return evidence.Known(n)
}

// days reads "2190", "2190 d", "6 years", "84 weeks" as days.
func (st numberStyle) days(text string) (float64, bool) {
	words := strings.ToLower(strings.TrimSpace(text))
	for unit, each := range map[string]float64{"years": daysOfYear, "year": daysOfYear, "yr": daysOfYear, "y": daysOfYear, "weeks": 7, "week": 7, "w": 7, "months": 30, "month": 30} {
		if number, found := strings.CutSuffix(words, unit); found {
			if n, ok := st.number(strings.TrimSpace(number)); ok && n >= 0 {
				return n * each, true
			}
		}
	}
	d, ok := st.span(text, "days")
	return float64(d) / float64(24*time.Hour), ok && d >= 0
}
