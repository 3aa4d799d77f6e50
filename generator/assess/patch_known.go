package assess

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// patchKnown (PAT-01) holds what is known to be exploited to its due date.
var patchKnown = Check{
	ID:          "PAT-01",
	Question:    "Is every vulnerability that is known to be exploited put right by its due date?",
	Why:         "It is being used to break in, somewhere, now.",
	Needs:       []string{evidence.Patches},
	Rests:       []string{evidence.PatchStatus, evidence.KEV, evidence.Inventory},
	Discipline:  Patching,
	Consequence: AttackPath,
	Gap:         Unsupported,
	Limit:       limitOf("remediation-due.fastest"),
	LimitFrom:   "BOD 26-04",
	Controls:    controls("PAT-01"),
	Closes:      "a later scan that no longer finds it, or the row of the fix",
	Subjects:    everySystem,
	Judge:       judgePatchKnown,
}

// A danger is one vulnerability of a system that is known to be exploited: the
// row with the earliest due date, and all its rows.
type danger struct {
	*evidence.PatchFinding
	Key  string // CVE, or the tool's id when the row names none
	Rows []diag.Pos
}

func judgePatchKnown(in *Input, s Subject) Answer {
	dangers, unknown := in.dangers(s.ID)
	var answers []Answer
	for i := range dangers {
		answers = append(answers, in.judgeDanger(s, &dangers[i]))
	}
	switch {
	case len(unknown) > 0:
		answers = append(answers, in.undecided(s, unknown))
	case len(dangers) == 0:
		answers = append(answers, in.noDanger(s))
	}
	answers[0].More = answers[1:]
	return answers[0]
}

// dangers are the open vulnerabilities of a system that are known to be
// exploited, by CVE, and the findings of which nobody can say whether they are:
// what names a CVE and is in no list, and what is grave and names none.
func (in *Input) dangers(system string) (known []danger, unknown []*evidence.PatchFinding) {
	at := map[string]int{}
	for _, u := range in.patchBook(system).Open {
		for _, f := range u.CVEs {
			switch key := cmp.Or(f.CVE, f.ID); {
			case f.KEV == evidence.Yes:
				i, again := at[key]
				if !again {
					i = len(known)
					at[key] = i
					known = append(known, danger{PatchFinding: f, Key: key})
				}
				was, t := openSince(known[i].PatchFinding), openSince(f)
				if !t.IsZero() && (was.IsZero() || t.Before(was)) {
					known[i].PatchFinding = f
				}
				known[i].Rows = append(known[i].Rows, f.Pos)
			case f.KEV == evidence.Unknown && u.weakness() && (f.CVE != "" || grave(f.Severity)):
				unknown = append(unknown, f)
			}
		}
	}
	slices.SortFunc(known, func(a, b danger) int { return cmp.Compare(a.Key, b.Key) })
	return known, unknown
}

// grave tells whether a finding without a CVE is bad enough that one must be
// looked for.
func grave(severity string) bool {
	return severity != evidence.SeverityMedium && severity != evidence.SeverityLow && severity != evidence.SeverityInfo
}

// openSince is from when the due date of a vulnerability counts: when it was
// both known to be exploited and found on the system. Zero: not recorded.
func openSince(f *evidence.PatchFinding) time.Time {
	if f.KEVAdded.After(f.FirstSeen) || f.FirstSeen.IsZero() {
		return f.KEVAdded
	}
	return f.FirstSeen
}

// RemediationDue is the last instant for a vulnerability of a system by BOD
// 26-04; false when it has no day, or when nobody says since when it is open.
func (in *Input) RemediationDue(f *evidence.PatchFinding, s *evidence.System) (time.Time, bool) {
	span, dated := timeline(circumstances(f, s)).span(in.Policy)
	since := openSince(f)
	if !dated || since.IsZero() {
		return time.Time{}, false
	}
	due := in.zoned(since).AddDate(0, 0, int(span/day)).Add(span % day)
	y, m, d := due.Date()
	return time.Date(y, m, d, 23, 59, 59, 999999999, due.Location()), true
}

func (in *Input) judgeDanger(s Subject, d *danger) Answer {
	a := Answer{Part: d.Key, Sources: d.Rows, Drift: "known-exploited vulnerability"}
	if d.KEVPos.Row > 0 {
		a.Sources = append(slices.Clone(d.Rows), d.KEVPos)
	}
	due, known := in.RemediationDue(d.PatchFinding, in.index().systems[s.ID])
	if !known {
		a.Says = say("{} on {} is known to be exploited and open; since when is not on record, so it has no due date to keep.", d.Key, s.Name)
		return a
	}
	band := timeline(circumstances(d.PatchFinding, in.index().systems[s.ID]))
	span, _ := band.span(in.Policy)
	rule := say("By BOD 26-04 it is due in {}{}: {}.", limitFigure(in.Policy, band.limit(), span), forensic(band), in.because(d.PatchFinding, s.ID))
	since := in.on(openSince(d.PatchFinding), "later of date_added and first_seen of "+d.Key, a.Sources...)
	dueOn := in.on(due, "due date of "+d.Key+": that day + "+in.Policy.Limit(band.limit()).Text(), a.Sources...)
	switch {
	case due.Before(in.AsOf):
		a.State = Failed
		a.Says = join(say("{} on {} is known to be exploited and open since {}; it was due on {}, {} ago.", d.Key, s.Name, since, dueOn, in.since(due, "the due date", a.Sources...)), rule)
	case in.older(seenAt(d.PatchFinding), in.Policy.ScanAge):
		a.State = Stale
		a.Says = join(say("{} on {} is known to be exploited and due on {}; it was last looked for {} ago.", d.Key, s.Name, dueOn, in.since(seenAt(d.PatchFinding), "last_seen", d.Rows...)), rule)
	default:
		a.State, a.Drift = Proven, ""
		a.Says = join(say("{} on {} is known to be exploited and open, inside its time: it is due on {}.", d.Key, s.Name, dueOn), rule)
	}
	return a
}

func forensic(r remediation) string {
	if r == inThreeForensic {
		return ", with a look for traces of an intruder"
	}
	return ""
}

// because says what a timeline rests on, and what of it nobody recorded.
func (in *Input) because(f *evidence.PatchFinding, system string) string {
	word := func(a evidence.Answer, yes, no, open string) string {
		switch a {
		case evidence.Yes:
			return yes
		case evidence.No:
			return no
		case evidence.Unknown:
		}
		return open
	}
	public := evidence.Unknown
	if s := in.index().systems[system]; s != nil {
		public = s.Public
	}
	return evidence.And([]string{
		word(public, "the internet reaches the system", "the internet does not reach the system", "whether the internet reaches it is not on record and counts as yes"),
		word(f.Automatable, "exploitation can be automated", "exploitation cannot be automated", "automation is not on record and counts as possible"),
		word(f.Total, "its impact is total", "its impact is partial", "its impact is not on record and counts as total"),
	})
}

// undecided is the answer about findings that may be known to be exploited.
func (in *Input) undecided(s Subject, unknown []*evidence.PatchFinding) Answer {
	rows := diag.Unique(positions(unknown, func(f *evidence.PatchFinding) diag.Pos { return f.Pos }))
	why := "no catalogue of known exploited vulnerabilities was supplied and no row says it"
	if len(in.KEVs) > 0 {
		why = "they name no CVE to look up"
	}
	return Answer{
		Says: say("Whether {} of {} {} known to be exploited is not on record: "+why+".",
			evidence.Counted(len(unknown), "open finding", "open findings", "count(open patches where system = "+s.ID+", kev is not on record)", rows...), s.Name, evidence.Noun(len(unknown), "is", "are")),
		Sources: rows, Drift: "exploitation not looked up",
	}
}

// noDanger is the answer for a system of which no report names a known
// exploited vulnerability.
func (in *Input) noDanger(s Subject) Answer {
	b := in.patchBook(s.ID)
	if a, done := in.looked(s, b.Looked); done {
		return a
	}
	if newest, pos := in.newestKEV(); b.lookedUp() && !newest.IsZero() && in.older(newest, in.Policy.DataAge) {
		return Answer{
			State: Stale, Says: say("No open finding of {} is in the catalogue of known exploited vulnerabilities, which ends on {}, {} ago.", s.Name,
				in.on(newest, "newest date_added", pos), in.since(newest, "the newest date_added", pos)),
			Sources: at(b.Looked.Pos, pos), Drift: "old catalogue",
		}
	}
	return Answer{
		State: Proven, Says: say("No open finding of {} is known to be exploited; it was last scanned on {}.", s.Name, in.scanned(s, b.Looked)),
		Sources: at(b.Looked.Pos),
	}
}

// lookedUp tells whether any open finding is only not known to be exploited
// because the catalogue does not list it.
func (b *patchBook) lookedUp() bool {
	return slices.ContainsFunc(b.Open, func(u *update) bool {
		return slices.ContainsFunc(u.CVEs, func(f *evidence.PatchFinding) bool { return f.KEV == evidence.No && f.KEVPos.File != "" })
	})
}

// newestKEV is the newest line of the catalogue; zero when none is dated.
func (in *Input) newestKEV() (newest time.Time, pos diag.Pos) {
	for i := range in.KEVs {
		if k := &in.KEVs[i]; k.Added.After(newest) {
			newest, pos = k.Added, k.Pos
		}
	}
	return newest, pos
}

// ofVulnerability tells whether the rule of an exception reaches the part of a
// finding. A rule that names vulnerabilities is for those alone: what was
// accepted for one is not accepted for the next.
func ofVulnerability(rule, part string) bool {
	if !strings.HasPrefix(part, "CVE-") {
		return true
	}
	named := false
	for _, w := range ruleWords(rule) {
		if w == part {
			return true
		}
		named = named || strings.HasPrefix(w, "CVE-")
	}
	return !named
}
