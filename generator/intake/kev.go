package intake

import (
	"strings"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// readKnown reads one line of a catalogue of known exploited vulnerabilities.
func readKnown(r *row, set *evidence.Set) {
	k := evidence.KnownExploited{Pos: r.pos(), CVE: r.cve(), Added: r.day("date_added"), Due: r.day("due_date")}
	r.event(k.Added)
	r.identify(k.CVE)
	if r.ok() {
		set.KEVs = append(set.KEVs, k)
	}
}

// cve is the id of a line of a reference list.
func (r *row) cve() string {
	v := r.key("cve")
	id := cveID.FindString(v)
	if id == "" && r.ok() {
		r.reject("cve is no id of the CVE list")
	}
	return strings.ToUpper(id)
}

// joinReferences gives findings what the reference lists say of their CVEs. A
// catalogue that was supplied says of every CVE whether it is known to be
// exploited; where a row and a list differ, the worse counts.
func (l *loader) joinReferences(found []*foundFile) {
	cited := map[diag.Pos]bool{}
	known := map[string]*evidence.KnownExploited{}
	var catalogue diag.Pos // where what is not listed is not listed
	for i := range l.set.KEVs {
		k := &l.set.KEVs[i]
		catalogue = diag.Pos{File: k.Pos.File, Sheet: k.Pos.Sheet}
		if was := known[k.CVE]; was == nil || !k.Added.IsZero() && k.Added.Before(was.Added) {
			known[k.CVE] = k
		}
	}
	scores := map[string]*evidence.ExploitScore{}
	for i := range l.set.Scores {
		s := &l.set.Scores[i]
		if was := scores[s.CVE]; was == nil || s.EPSS > was.EPSS {
			scores[s.CVE] = s
		}
	}
	for i := range l.set.Patches {
		f := &l.set.Patches[i]
		if f.CVE == "" {
			continue
		}
		switch k := known[f.CVE]; {
		case k != nil:
			f.KEV, f.KEVAdded, f.KEVPos = evidence.Yes, k.Added, k.Pos
			cited[k.Pos] = true
		case f.KEV == evidence.Unknown && len(known) > 0:
			f.KEV, f.KEVPos = evidence.No, catalogue
		}
		if s := scores[f.CVE]; s != nil && (!f.EPSS.Known || s.EPSS > f.EPSS.Value) {
			f.EPSS, f.EPSSPos = evidence.Known(s.EPSS), s.Pos
			cited[s.Pos] = true
		}
	}
	for _, f := range found {
		if in := f.reading.Input; in != nil && f.m != nil && f.m.set.reference {
			keepCited(in, cited)
		}
	}
}

// keepCited keeps, of the rows of a reference list, those that a finding is
// judged by and those that could not be used: hundreds of pages of other scores
// would show nothing. The counts stay those of the whole file.
func keepCited(in *evidence.Input, cited map[diag.Pos]bool) {
	var rows []evidence.RowRecord
	n := 0
	for _, r := range in.Rows {
		is := cited[diag.Pos{File: in.File, Sheet: in.Sheet, Row: r.N}]
		if is {
			n++
		}
		if is || r.Status == evidence.RowRejected || r.Status == evidence.RowDuplicate {
			rows = append(rows, r)
		}
	}
	in.Rows, in.Cited = rows, true
	in.Notes = append(in.Notes, "a reference list: "+evidence.Of(n, "row is", "rows are")+" of CVEs that findings name, and only those are shown")
}
