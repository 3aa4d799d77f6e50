package assess

import (
	"cmp"
	"slices"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// A PatchStanding is where a system stands in the patch reports as a whole. The
// zero value is not reporting.
type PatchStanding int

// The three standings; together they are every system.
const (
	NotReporting PatchStanding = iota // no report names it, or none of the last days that looked from inside and would show what it lacks
	Lacking                           // a report shows something that is missing, failed, or waits for a restart
	Patched                           // a report of the last days that looked from inside shows nothing that is missing
)

// A PatchView is what the patch reports say of one system, for a page.
type PatchView struct {
	Standing PatchStanding
	Updates  []Update             // what it lacks, what is known to be exploited and the oldest first
	Looked   time.Time            // newest scan; zero: none on record
	LookedAt diag.Pos             // its row
	Tool     *evidence.PatchState // newest patch status; nil when there is none
	Rows     []diag.Pos           // every row that names it
}

// An Update is a security patch that a system lacks, or a vulnerability that
// is open on it.
type Update struct {
	*evidence.PatchFinding
	CVEs     []string
	Known    bool      // one of them is known to be exploited
	Since    time.Time // when it came out, else when it was first found; zero: not recorded
	Released bool      // Since is when it came out
	Due      time.Time // of what is known to be exploited, by BOD 26-04; zero: none can be told
	Late     bool      // past the patch window, or past Due
	Finding  string    // id of the finding that judges it
}

// PatchView says what the patch reports say of one system.
func (in *Input) PatchView(system string) PatchView {
	b := in.patchBook(system)
	v := PatchView{Looked: b.Looked.At, LookedAt: b.Looked.Pos, Rows: b.Rows}
	if len(b.Tools) > 0 {
		v.Tool = b.Tools[len(b.Tools)-1]
	}
	for _, u := range b.Open {
		if w := in.update(u, system); w.Known || u.weakness() && u.Patchable != evidence.No {
			v.Updates = append(v.Updates, w)
		}
	}
	slices.SortStableFunc(v.Updates, func(x, y Update) int {
		return cmp.Or(before(x.Known, y.Known), before(x.Late, y.Late), before(!x.Since.IsZero(), !y.Since.IsZero()), x.Since.Compare(y.Since))
	})
	_, unseen := in.looked(systemSubject(system), b.Inside)
	restart := v.Tool != nil && v.Tool.PendingReboot == evidence.Yes
	switch {
	case len(v.Updates) > 0 || b.notInstalled() != nil || restart:
		v.Standing = Lacking
	case !unseen:
		v.Standing = Patched
	}
	return v
}

// before puts what holds first.
func before(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

func (in *Input) update(u *update, system string) Update {
	out := Update{PatchFinding: u.PatchFinding, Finding: "PAT-02/" + system}
	out.Since, out.Released = u.since()
	out.Late = !out.Since.IsZero() && in.older(out.Since, in.Policy.PatchWindow)
	danger, overdue := "", false
	for _, f := range u.CVEs {
		if f.CVE != "" {
			out.CVEs = append(out.CVEs, f.CVE)
		}
		if f.KEV != evidence.Yes {
			continue
		}
		due, dated := in.RemediationDue(f, in.index().systems[system])
		if !out.Known || dated && (out.Due.IsZero() || due.Before(out.Due)) {
			out.Due, danger, overdue = due, "PAT-01/"+system+"/"+cmp.Or(f.CVE, f.ID), dated && due.Before(in.AsOf)
		}
		out.Known = true
	}
	if overdue || out.Known && !out.Late {
		out.Finding = danger
	}
	out.Late = out.Late || overdue
	return out
}
