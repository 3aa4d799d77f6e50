package intake

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// cveID is the form of an id of the CVE list.
var cveID = regexp.MustCompile(`(?i)\bCVE-\d{4}-\d{4,9}\b`)

// findingStates says what the words of scanners and patch tools mean. What the
// table lacks counts as open, which is said.
var findingStates = map[string]evidence.FindingState{
	"open": evidence.FindingOpen, "active": evidence.FindingOpen, "new": evidence.FindingOpen, "vulnerable": evidence.FindingOpen, "missing": evidence.FindingOpen,
	"not installed": evidence.FindingOpen, "needed": evidence.FindingOpen, "required": evidence.FindingOpen, "applicable": evidence.FindingOpen, "confirmed": evidence.FindingOpen,
	"potential": evidence.FindingOpen, "unpatched": evidence.FindingOpen, "unfixed": evidence.FindingOpen, "not fixed": evidence.FindingOpen, "detected": evidence.FindingOpen,
	"existing": evidence.FindingOpen, "pending": evidence.FindingOpen, "in progress": evidence.FindingOpen, "under investigation": evidence.FindingOpen, "failed": evidence.FindingOpen, "fail": evidence.FindingOpen,

	"reopened": evidence.FindingReopened, "re opened": evidence.FindingReopened, "resurfaced": evidence.FindingReopened, "reoccurred": evidence.FindingReopened, "recurred": evidence.FindingReopened,

	"accepted": evidence.FindingAccepted, "risk accepted": evidence.FindingAccepted, "accepted risk": evidence.FindingAccepted, "ignored": evidence.FindingAccepted, "won't fix": evidence.FindingAccepted, "wont fix": evidence.FindingAccepted,
	"will not fix": evidence.FindingAccepted, "deferred": evidence.FindingAccepted, "suppressed": evidence.FindingAccepted, "waived": evidence.FindingAccepted, "exception": evidence.FindingAccepted, "false positive": evidence.FindingAccepted,

	"fixed": evidence.FindingFixed, "closed": evidence.FindingFixed, "resolved": evidence.FindingFixed, "remediated": evidence.FindingFixed, "installed": evidence.FindingFixed, "patched": evidence.FindingFixed,
	"not vulnerable": evidence.FindingFixed, "no longer found": evidence.FindingFixed, "verified fixed": evidence.FindingFixed, "auto fixed": evidence.FindingFixed,

	"mitigated": evidence.FindingMitigated, "compensated": evidence.FindingMitigated,
}

// readPatch reads one finding of a scanner, or one missing update. A row that
// names several CVEs makes a finding of each; they share their row.
func readPatch(r *row, set *evidence.Set) {
	f := evidence.PatchFinding{
		Pos: r.pos(), System: r.subject(), Title: cmp.Or(r.text("title"), r.text("package")), CVSS: r.cvss(), EPSS: r.share("epss"), KEV: r.listed(),
		FirstSeen: r.day("first_seen"), LastSeen: r.day("last_seen"), FixedAt: r.day("fixed_at"), InstalledAt: r.day("installed_at"), Released: r.day("released"),
		Fix: r.text("fix"), Patchable: r.patchable(), Authenticated: r.inside(), Automatable: r.answer("automatable"), Total: r.impact(),
	}
	f.Severity = r.level("severity", f.CVSS)
	cves := r.cves()
	f.ID = cmp.Or(r.text("finding_id"), first(cves), clip(f.Title))
	if f.ID == "" {
		r.reject("it says neither by id nor by CVE what was found")
	}
	r.sightings(&f)
	f.State, f.Open = r.findingState(&f)
	r.identify(f.ID, f.System, strings.Join(cves, " "), f.Title)
	if !r.ok() {
		return
	}
	if len(cves) == 0 {
		set.Patches = append(set.Patches, f)
	}
	for _, cve := range cves {
		f.CVE = cve
		set.Patches = append(set.Patches, f)
	}
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// subject is the system of a row that has several columns with names of it. The
// others are kept, for a name that the inventory does not know may stand beside
// an address that it does.
func (r *row) subject() string {
	name := r.name("system")
	if name == "" {
		r.reject("system is empty")
		return ""
	}
	for _, col := range r.m.also["system"] {
		for _, other := range splitList(r.raw(col)) {
			if fold(other) != fold(name) && !slices.Contains(r.spare[r.pos()], other) {
				r.spare[r.pos()] = append(r.spare[r.pos()], other)
			}
		}
	}
	return name
}

// cves are the CVEs of a row, each once, in the order written.
func (r *row) cves() []string {
	var out []string
	for _, column := range []string{"cve", "finding_id"} {
		for _, cve := range cveID.FindAllString(r.text(column), -1) {
			if cve = strings.ToUpper(cve); !slices.Contains(out, cve) {
				out = append(out, cve)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	if v, col := r.cell("cve"); !isBlank(v) {
		r.bad("cve", col, v, "bad-word", "names no CVE")
	}
	return nil
}

// listed is whether the row itself says that the vulnerability is known to be
// exploited; tools write the day it was listed, too.
func (r *row) listed() evidence.Answer {
	if s, ok := parseStamp(r.text("kev")); ok && s.year > 2020 {
		return evidence.Yes
	}
	return r.answer("kev")
}

// share is a probability from 0 to 1, or in percent where it says so.
func (r *row) share(column string) evidence.Number {
	v, col := r.cell(column)
	if isBlank(v) {
		return evidence.Number{}
	}
	n, unit, ok := r.styles[col].withUnit(v)
	if unit == "%" || unit == "" && r.headingUnit(column, col) == "%" {
		n, unit = n/100, ""
	}
	if !ok || unit != "" || n < 0 || n > 1 {
		r.bad(column, col, v, "bad-number", "is no probability from 0 to 1")
		return evidence.Number{}
	}
	return evidence.Known(n)
}

// fixWords are what tools write where they mean whether an update exists.
var fixWords = map[string]evidence.Answer{
	"vendorfix": evidence.Yes, "vendor fix": evidence.Yes, "available": evidence.Yes, "fix available": evidence.Yes, "patch available": evidence.Yes, "official fix": evidence.Yes,
	"nonavailable": evidence.No, "noneavailable": evidence.No, "none available": evidence.No, "willnotfix": evidence.No, "will not fix": evidence.No, "unavailable": evidence.No,
	"mitigation": evidence.No, "workaround": evidence.No, "no fix": evidence.No, "not available": evidence.No, "none": evidence.No,
}

// patchable is whether an update exists.
func (r *row) patchable() evidence.Answer {
	if a := fixWords[foldWords(r.text("patchable"))]; a != evidence.Unknown {
		return a
	}
	return r.answer("patchable")
}

// inside tells whether the tool looked from inside. Exports say it with a word,
// with the day of the last results of that kind, with the kind of the check that
// answered (a local one has to log in), or by naming the installed package.
func (r *row) inside() evidence.Answer {
	v, col := r.cell("authenticated")
	if _, ok := parseStamp(v); ok {
		return evidence.Yes
	}
	if a := insideWords[foldWords(v)]; a != evidence.Unknown {
		return a
	}
	if !isBlank(v) {
		if a := answers[foldWords(v)]; a != evidence.Unknown {
			return a
		}
		r.bad("authenticated", col, v, "bad-word", "does not say whether the scan logged in")
	}
	if a := insideWords[foldWords(r.text("check_type"))]; a != evidence.Unknown {
		return a
	}
	if r.text("package") != "" {
		return evidence.Yes
	}
	return evidence.Unknown
}

var insideWords = map[string]evidence.Answer{
	"authenticated": evidence.Yes, "credentialed": evidence.Yes, "agent": evidence.Yes, "local": evidence.Yes, "combined": evidence.Yes, "successful": evidence.Yes, "success": evidence.Yes, "trusted": evidence.Yes,
	"unauthenticated": evidence.No, "uncredentialed": evidence.No, "remote": evidence.No, "not attempted": evidence.No, "untrusted": evidence.No, "unsuccessful": evidence.No,
}

// impact is whether exploitation takes over the whole system.
func (r *row) impact() evidence.Answer {
	switch foldWords(r.text("technical_impact")) {
	case "total":
		return evidence.Yes
	case "partial":
		return evidence.No
	}
	return r.answer("technical_impact")
}

// sightings notes when the finding was seen. A finding that was seen before
// as-of stays one when the export is of a later day; only its later sightings
// are not counted.
func (r *row) sightings(f *evidence.PatchFinding) {
	if !f.FirstSeen.IsZero() && !later(f.FirstSeen, r.opts.AsOf) && later(f.LastSeen, r.opts.AsOf) {
		v, col := r.cell("last_seen")
		r.say(issue{code: "later", column: "last_seen", col: col, text: "last seen %[1]q, later than as-of: the day it was first seen counts instead", note: true}, v)
		f.LastSeen = f.FirstSeen
	}
	for _, t := range []time.Time{f.LastSeen, f.FirstSeen, f.FixedAt} {
		if !t.IsZero() {
			r.event(t)
			return
		}
	}
}

// findingState is where the finding stands at as-of, and whether it is open.
func (r *row) findingState(f *evidence.PatchFinding) (evidence.FindingState, bool) {
	v, col := r.cell("state")
	state, known := findingStates[foldWords(v)]
	switch {
	case isBlank(v) && !f.FixedAt.IsZero() && !f.LastSeen.After(f.FixedAt):
		state = evidence.FindingFixed
	case isBlank(v):
	case !known:
		r.say(issue{code: "bad-word", column: "state", col: col, text: "%[1]q is no state of a finding that is known; it counts as open"}, v)
	}
	if done := state == evidence.FindingFixed || state == evidence.FindingMitigated; done && !later(f.FixedAt, r.opts.AsOf) {
		return state, false
	} else if done {
		_, col := r.cell("fixed_at")
		r.say(issue{code: "later", column: "fixed_at", col: col, text: "fixed %[1]q, later than as-of: it counts as open", note: true}, r.text("fixed_at"))
		return evidence.FindingOpen, true
	}
	return state, true
}

func patchNames(set *evidence.Set, visit visitor) {
	var last diag.Pos
	for i := range set.Patches {
		f := &set.Patches[i]
		visit(mention{pos: f.Pos, name: &f.System, subject: true, again: f.Pos == last})
		last = f.Pos
	}
}
