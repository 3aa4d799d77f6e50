package assess

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// A patchBook is what patch reports say of one system.
type patchBook struct {
	Open   []*update              // what is not put right, by row, in order of the export
	Done   []*update              // what is
	Tools  []*evidence.PatchState // patch status, the oldest scan first
	Rows   []diag.Pos             // every row that names it, each once
	Looked sighting               // the newest day that a tool looked; zero: none is on record
	Inside sighting               // the same of a tool that looked from inside
	from   []diag.Pos             // rows of tools that say they looked from outside only
}

// An update is one row of a patch report: what is missing, with the CVEs it
// names.
type update struct {
	*evidence.PatchFinding
	CVEs []*evidence.PatchFinding // the row's findings; one without a CVE when it names none
}

// weakness tells a finding from a remark.
func (u *update) weakness() bool { return u.Severity != evidence.SeverityInfo }

// name is what is missing in words, for a sentence.
func (u *update) name() string {
	words := cmp.Or(u.Title, u.ID)
	if r := []rune(words); len(r) > 90 {
		words = string(r[:87]) + "..."
	}
	return words
}

// since is from when the patch window counts: the day the update came out, or
// where that is not on record the day it was first found.
func (u *update) since() (t time.Time, released bool) {
	if !u.Released.IsZero() {
		return u.Released, true
	}
	return u.FirstSeen, false
}

// seenAt is the newest day that the finding was seen.
func seenAt(f *evidence.PatchFinding) time.Time {
	if !f.LastSeen.IsZero() {
		return f.LastSeen
	}
	return f.FirstSeen
}

// noBook is the book of a system that no report names.
var noBook = &patchBook{}

func (in *Input) patchBook(system string) *patchBook {
	if b := in.index().patches[system]; b != nil {
		return b
	}
	return noBook
}

// addPatches reads the patch reports system by system.
func (x *index) addPatches(in *Input) {
	book := func(system string) *patchBook {
		b := x.patches[system]
		if b == nil {
			b = &patchBook{}
			x.patches[system] = b
		}
		return b
	}
	for i := range in.PatchStates {
		p := &in.PatchStates[i]
		b := book(p.System)
		b.Tools, b.Rows = append(b.Tools, p), append(b.Rows, p.Pos)
		b.Looked.newer(p.LastScan, p.Pos, evidence.PatchStatus)
		if p.Installed.Known || p.Missing.Known { // only from inside can updates be counted
			b.Inside.newer(p.LastScan, p.Pos, evidence.PatchStatus)
		}
	}
	var last *update
	for i := range in.Patches {
		f := &in.Patches[i]
		b := book(f.System)
		if last != nil && last.Pos == f.Pos {
			last.CVEs = append(last.CVEs, f)
			continue
		}
		last = &update{PatchFinding: f, CVEs: []*evidence.PatchFinding{f}}
		b.Rows = append(b.Rows, f.Pos)
		if f.Open {
			b.Open = append(b.Open, last)
		} else {
			b.Done = append(b.Done, last)
		}
		b.Looked.newer(seenAt(f), f.Pos, evidence.Patches)
		switch f.Authenticated {
		case evidence.Yes:
			b.Inside.newer(seenAt(f), f.Pos, evidence.Patches)
		case evidence.No:
			b.from = append(b.from, f.Pos)
		case evidence.Unknown:
		}
	}
	for _, b := range x.patches {
		slices.SortStableFunc(b.Tools, func(p, q *evidence.PatchState) int { return p.LastScan.Compare(q.LastScan) })
	}
}

// newer keeps a sighting that is newer, and the first one even without a date.
func (s *sighting) newer(t time.Time, p diag.Pos, dataSet string) {
	if s.DataSet == "" || t.After(s.At) {
		*s = sighting{At: t, Pos: p, DataSet: dataSet}
	}
}

// looked says, before anything is proven by what no report lists, whether a
// tool has looked at a system lately. done is false when it has.
func (in *Input) looked(s Subject, seen sighting) (a Answer, done bool) {
	switch {
	case seen.DataSet == "":
		return Answer{Says: say("No scan of {} is on record.", s.Name), Sources: in.rowOf(s.ID), Drift: "not scanned"}, true
	case seen.At.IsZero():
		return Answer{Says: say("When {} was last scanned is not on record.", s.Name), Sources: at(seen.Pos), Drift: "not scanned"}, true
	case in.older(seen.At, in.Policy.ScanAge):
		return Answer{
			State: Stale, Says: say("{} was last scanned {} ago.", s.Name, in.since(seen.At, in.scanColumn(seen), seen.Pos)),
			Sources: at(seen.Pos), Drift: "not scanned",
		}, true
	}
	return Answer{}, false
}

// scanned is the day of the last scan as a figure.
func (in *Input) scanned(s Subject, seen sighting) evidence.Figure {
	return in.on(seen.At, in.scanColumn(seen)+" of "+s.ID, seen.Pos)
}

func (in *Input) scanColumn(seen sighting) string {
	if seen.DataSet == evidence.PatchStatus {
		return "last_scan"
	}
	return "last_seen"
}

// bySeverity lists how many updates there are of each severity, the worst
// first: "1 critical, 2 high".
func bySeverity(list []*update) string {
	order := []string{evidence.SeverityCritical, evidence.SeverityHigh, evidence.SeverityMedium, evidence.SeverityLow}
	counts := map[string]int{}
	for _, u := range list {
		if slices.Contains(order, u.Severity) {
			counts[u.Severity]++
		} else {
			counts[""]++
		}
	}
	var words []string
	for _, s := range order {
		if counts[s] > 0 {
			words = append(words, evidence.Whole(counts[s])+" "+s)
		}
	}
	if counts[""] > 0 {
		words = append(words, evidence.Whole(counts[""])+" of unknown severity")
	}
	return strings.Join(words, ", ")
}

// placesOf are the rows of updates.
func placesOf(list []*update) []diag.Pos {
	return positions(list, func(u *update) diag.Pos { return u.Pos })
}
