package rank

import (
	"fmt"
	"strconv"
	"strings"

	"proofpack/generator/assess"
	"proofpack/generator/config"
	"proofpack/generator/evidence"
)

// restoreChecks are the checks that a measured restore time stands or falls
// with: tested, inside its target, checked for integrity, not void by a change.
var restoreChecks = map[string]bool{"BKP-01": true, "BKP-02": true, "BKP-06": true, "BKP-11": true}

// restoreState is the worst answer of the restore checks about a system, as it
// was before any exception: an exception measures nothing.
func (s *site) restoreState(system string) assess.State {
	state, tested := assess.NotApplicable, false
	for _, f := range s.findings[system] {
		if f.Subject.Kind != "system" || !restoreChecks[f.Check.ID] {
			continue
		}
		tested = tested || f.Check.ID == "BKP-01" && f.Raw != assess.NotApplicable
		if assess.Worse(f.Raw, state) {
			state = f.Raw
		}
	}
	if !tested {
		return assess.Missing
	}
	return state
}

// classHours is what a system takes to restore when nobody has shown it.
func (s *site) classHours(system string) (Range, string) {
	h := s.Policy.RestoreHours
	hours, name := h.Other, "restore-hours.other"
	switch s.class(system) {
	case evidence.ClassHypervisor:
		hours, name = h.Hypervisor, "restore-hours.hypervisor"
	case evidence.ClassStorage:
		hours, name = h.Storage, "restore-hours.storage"
	case evidence.ClassDatabase:
		hours, name = h.Database, "restore-hours.database"
	case evidence.ClassWeb:
		hours, name = h.Web, "restore-hours.web"
	case evidence.ClassEdge:
		hours, name = h.Edge, "restore-hours.edge"
	case evidence.ClassDomainController:
		hours, name = h.DomainController, "restore-hours.domain-controller"
	case evidence.ClassBackup:
		hours, name = h.BackupServer, "restore-hours.backup-server"
	case evidence.ClassServer, evidence.ClassWorkstation, evidence.ClassLine, evidence.ClassCloud, evidence.ClassOther:
	}
	if s.kindless(system) { // it may be of any class
		for _, r := range []config.Range{h.Hypervisor, h.Storage, h.Database, h.Web, h.Edge, h.DomainController, h.BackupServer} {
			hours[High] = max(hours[High], r[High])
		}
	}
	return Range(hours), name
}

// class is what a system is to the rules; of a system nobody knows, other.
func (s *site) class(system string) evidence.Class {
	if v := s.systems[system]; v != nil && v.Class != "" {
		return v.Class
	}
	return evidence.ClassOther
}

// kindless tells that no row says what a system is. What else is known of it
// may hint at a class, which is then the likely one; at the high bound nothing
// excludes the worst.
func (s *site) kindless(system string) bool {
	v := s.systems[system]
	return v == nil || strings.TrimSpace(v.Kind) == ""
}

// element is the time one system of a recovery takes.
func (s *site) element(system string, shown proofs) Element {
	if r, stands := s.given[system]; stands {
		return Element{System: system, Hours: r, Measured: true, From: "given"}
	}
	class, name := s.classHours(system)
	e := Element{System: system, Hours: class}
	test := s.restored[system]
	state := s.restoreState(system)
	switch {
	case test == nil && shown.restored[system]:
		// Note: what a test will measure nobody knows; the quick end of the
		// class is what a proof would have to show to be worth collecting.
		e.Hours = Range{class[Low], class[Low], class[Low]}
		e.Figure, e.From = s.limit(name), "as if proven: the low end of its class"
	case test == nil:
		e.Figure = s.limit(name)
		e.From = "no restore proof: class range " + e.Figure.Text
		if s.kindless(system) {
			e.From += ", and up to " + hoursText(class[High]) + ": no row says what it is"
		}
	default:
		s.measured(&e, test, state, class, name, shown)
	}
	s.repair(&e, shown)
	return e
}

// measured puts a test's minutes in, scaled by how much the system has grown.
// A test that is no proof counts only where it is slower than the class.
func (s *site) measured(e *Element, test *evidence.RestoreTest, state assess.State, class Range, name string, shown proofs) {
	hours := test.Minutes.Value / 60
	grown, atWorst := s.growth(e.System, test)
	at := evidence.ShortDay(test.TestedOn)
	e.Figure = evidence.Figure{
		Text: evidence.Minutes(test.Minutes.Value), Value: test.Minutes.Value, Unit: "minutes",
		Formula: "minutes of the newest successful full restore", Sources: posOf(test),
	}
	e.From = "measured " + e.Figure.Text + " on " + at
	if grown > 1 {
		e.From += fmt.Sprintf(", times %s for its growth since", decimal(grown))
	}
	e.Hours = Range{hours * grown, hours * grown, hours * atWorst}
	if atWorst > grown {
		e.From += ", at worst times " + decimal(atWorst) + ": its size then or now is not on record"
	}
	if state == assess.Proven || shown.restored[e.System] {
		e.Measured = true
		return
	}
	for b := range e.Hours {
		e.Hours[b] = max(e.Hours[b], class[b])
	}
	why := map[assess.State]string{
		assess.Stale:  "too old",
		assess.Failed: "failed",
	}[state]
	if why == "" {
		why = "not proven"
	}
	e.From += ", which is " + why + ": the longer of it and the class range " + s.limit(name).Text
}

// growth is how many times larger a system is than when it was tested. Where
// the size then or now is not on record, it may have grown by as much as the
// policy says at the high bound.
func (s *site) growth(system string, test *evidence.RestoreTest) (known, atWorst float64) {
	tested, sized := positive(test.SizeBytes)
	now, backed := s.size[system]
	known = 1
	if sized && backed {
		known = max(1, now/tested)
	}
	if !sized || !backed || s.unsized[system] {
		s.limit("restore-growth")
		return known, max(known, s.Policy.RestoreGrowth)
	}
	return known, known
}

// repair adds the hours that a database takes to mend: all three bounds while
// its integrity job fails; the high bound alone where a database has no
// integrity check on record, or where a check fails and does not say of what,
// for nothing excludes it.
func (s *site) repair(e *Element, shown proofs) {
	if shown.sound[e.System] {
		return
	}
	add := Range{}
	switch state := s.checked[e.System]; {
	case state == failing:
		add = Range(s.Policy.DatabaseRepair)
		e.From += ", and repair " + s.limit("database-repair-hours").Text + " while its consistency check fails"
	case state == unchecked && (s.class(e.System) == evidence.ClassDatabase || s.kindless(e.System)) && !s.soundByRestore(e.System):
		add[High] = s.Policy.DatabaseRepair[High]
		s.limit("database-repair-hours")
		e.From += ", and up to " + hoursText(add[High]) + " of repair: no consistency check is on record"
	case state == unchecked && s.checked[""] == failing && !s.soundByRestore(e.System):
		add[High] = s.Policy.DatabaseRepair[High]
		s.limit("database-repair-hours")
		e.From += ", and up to " + hoursText(add[High]) + " of repair: a consistency check fails that names no system"
	default:
		return
	}
	for b := range e.Hours {
		e.Hours[b] += add[b]
	}
}

// hoursText is hours as printed in a table: "7.5 h".
func hoursText(h float64) string { return decimal(h) + " h" }

// decimal prints at most two decimals, and none that are zero.
func decimal(v float64) string {
	text := strconv.FormatFloat(v, 'f', 2, 64)
	for len(text) > 0 && text[len(text)-1] == '0' {
		text = text[:len(text)-1]
	}
	if text[len(text)-1] == '.' {
		text = text[:len(text)-1]
	}
	return text
}

// soundByRestore tells whether the data of a system is proven sound without an
// integrity job: by a full restore whose integrity was checked.
func (s *site) soundByRestore(system string) bool {
	for _, f := range s.findings[system] {
		if f.Check.ID == "BKP-10" {
			return f.Raw == assess.Proven
		}
	}
	return false
}
