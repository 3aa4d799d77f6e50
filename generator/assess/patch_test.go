package assess

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/graph"
)

// finds is an open finding of DB, first seen on a day and last on 30 May.
func finds(first string, change ...func(*evidence.PatchFinding)) evidence.PatchFinding {
	f := evidence.PatchFinding{
		ID: "100", System: "DB", Title: "Library update", Severity: evidence.SeverityHigh, CVE: "CVE-2026-0001", KEV: evidence.No, Open: true,
		FirstSeen: on(first), LastSeen: on("2026-05-30"),
	}
	for _, c := range change {
		c(&f)
	}
	return f
}

func exploited(f *evidence.PatchFinding) { f.KEV = evidence.Yes }
func dated(day string) func(*evidence.PatchFinding) {
	return func(f *evidence.PatchFinding) { f.Released = on(day) }
}
func fixed(day string) func(*evidence.PatchFinding) {
	return func(f *evidence.PatchFinding) {
		f.Open, f.State, f.FixedAt = false, evidence.FindingFixed, on(day)
	}
}

// patched is small with findings, a row each.
func patched(findings ...evidence.PatchFinding) *evidence.Set {
	return with(func(s *evidence.Set) {
		for i := range findings {
			findings[i].Pos = diag.Pos{File: "scan.csv", Row: i + 2}
		}
		s.Patches = findings
	})
}

// status adds a row of patch status of DB.
func status(set *evidence.Set, scan string, change ...func(*evidence.PatchState)) *evidence.Set {
	p := evidence.PatchState{Pos: diag.Pos{File: "status.csv", Row: len(set.PatchStates) + 2}, System: "DB", LastScan: on(scan), Missing: evidence.Known(0), Installed: evidence.Known(10)}
	for _, c := range change {
		c(&p)
	}
	set.PatchStates = append(set.PatchStates, p)
	return set
}

func TestKnownExploitedVulnerabilities(t *testing.T) {
	public := func(set *evidence.Set, answer evidence.Answer) *evidence.Set {
		set.Systems[0].Public = answer
		return set
	}
	partial := func(f *evidence.PatchFinding) { f.Automatable, f.Total = evidence.No, evidence.No }
	for _, c := range []fact{
		{"nobody supplied it", small(), "PAT-01/DB", Missing, "No patch export supplied."},
		{"only a patch status", status(small(), "2026-05-30"), "PAT-01/DB", Missing, "No patch export supplied."},
		{"named in no report", patched(finds("2026-05-01")), "PAT-01/HOST", Missing, "No scan of HOST is on record."},
		{"on the due date", patched(finds("2026-05-28", exploited)), "PAT-01/DB/CVE-2026-0001", Proven,
			"CVE-2026-0001 on DB is known to be exploited and open, inside its time: it is due on 31 May 2026. By BOD 26-04 it is due in 3 days, with a look for traces of an intruder: " +
				"whether the internet reaches it is not on record and counts as yes, automation is not on record and counts as possible and its impact is not on record and counts as total."},
		{"a day late", patched(finds("2026-05-27", exploited)), "PAT-01/DB/CVE-2026-0001", Failed,
			"CVE-2026-0001 on DB is known to be exploited and open since 27 May 2026; it was due on 30 May 2026, 1 day ago. By BOD 26-04 it is due in 3 days, with a look for traces of an intruder: " +
				"whether the internet reaches it is not on record and counts as yes, automation is not on record and counts as possible and its impact is not on record and counts as total."},
		{"14 days where nothing speeds it up", public(patched(finds("2026-05-17", exploited, partial)), evidence.No), "PAT-01/DB/CVE-2026-0001", Proven, ""},
		{"15 days there", public(patched(finds("2026-05-16", exploited, partial)), evidence.No), "PAT-01/DB/CVE-2026-0001", Failed,
			"CVE-2026-0001 on DB is known to be exploited and open since 16 May 2026; it was due on 30 May 2026, 1 day ago. By BOD 26-04 it is due in 14 days: " +
				"the internet does not reach the system, exploitation cannot be automated and its impact is partial."},
		{"the day it was listed, where that is later", patched(finds("2026-01-01", exploited, func(f *evidence.PatchFinding) { f.KEVAdded = on("2026-05-28") })), "PAT-01/DB/CVE-2026-0001", Proven, ""},
		{"the day it was found, where that is later", patched(finds("2026-05-28", exploited, func(f *evidence.PatchFinding) { f.KEVAdded = on("2024-01-01") })), "PAT-01/DB/CVE-2026-0001", Proven, ""},
		{"the day it was listed, where no other is known", patched(finds("", exploited, func(f *evidence.PatchFinding) { f.KEVAdded = on("2024-01-01") })), "PAT-01/DB/CVE-2026-0001", Failed, ""},
		{"no day at all", patched(finds("", exploited)), "PAT-01/DB/CVE-2026-0001", Missing,
			"CVE-2026-0001 on DB is known to be exploited and open; since when is not on record, so it has no due date to keep."},
		{"of two rows the earlier counts", patched(finds("2026-05-29", exploited), finds("2026-05-01", exploited)), "PAT-01/DB/CVE-2026-0001", Failed, ""},
		{"of two rows the dated counts", patched(finds("", exploited), finds("2026-05-01", exploited)), "PAT-01/DB/CVE-2026-0001", Failed, ""},
		{"inside its time, last looked for too long ago", public(patched(finds("2026-05-16", exploited, func(f *evidence.PatchFinding) {
			f.LastSeen, f.KEVAdded = on("2026-05-16"), on("2026-05-30")
		})), evidence.No), "PAT-01/DB/CVE-2026-0001", Stale, ""},
		{"the tool's id where no CVE is named", patched(finds("2026-05-01", exploited, func(f *evidence.PatchFinding) { f.CVE = "" })), "PAT-01/DB/100", Failed, ""},
		{"put right", patched(finds("2026-05-01", exploited, fixed("2026-05-20"))), "PAT-01/DB", Proven, "No open finding of DB is known to be exploited; it was last scanned on 30 May 2026."},
		{"accepted in the tool is open", patched(finds("2026-05-01", exploited, func(f *evidence.PatchFinding) { f.State = evidence.FindingAccepted })), "PAT-01/DB/CVE-2026-0001", Failed, ""},
		{"known not to be", patched(finds("2026-05-01")), "PAT-01/DB", Proven, ""},
		{"known not to be, by a scan too old", patched(finds("2026-05-01", func(f *evidence.PatchFinding) { f.LastSeen = on("2026-05-16") })), "PAT-01/DB", Stale, "DB was last scanned 15 days ago."},
		{"nothing open, by a patch status beside the reports", status(patched(finds("2026-05-01", func(f *evidence.PatchFinding) { f.System = "HOST" })), "2026-05-30"), "PAT-01/DB", Proven, ""},
		{"nobody says whether", patched(finds("2026-05-01", func(f *evidence.PatchFinding) { f.KEV = 0 })), "PAT-01/DB", Missing,
			"Whether 1 open finding of DB is known to be exploited is not on record: no catalogue of known exploited vulnerabilities was supplied and no row says it."},
		{"nobody says whether, beside one that is", patched(finds("2026-05-01", exploited), finds("2026-05-01", func(f *evidence.PatchFinding) { f.CVE, f.KEV = "CVE-2026-0002", 0 })), "PAT-01/DB", Missing, ""},
		{"a grave one that names no CVE", with(func(s *evidence.Set) {
			*s = *patched(finds("2026-05-01", func(f *evidence.PatchFinding) { f.CVE, f.KEV = "", 0 }))
			s.KEVs = []evidence.KnownExploited{{CVE: "CVE-2020-0001", Added: on("2026-05-20"), Pos: diag.Pos{File: "kev.csv", Row: 2}}}
		}), "PAT-01/DB", Missing, "Whether 1 open finding of DB is known to be exploited is not on record: they name no CVE to look up."},
		{"a light one that names no CVE", patched(finds("2026-05-01", func(f *evidence.PatchFinding) {
			f.CVE, f.KEV, f.Severity = "", 0, evidence.SeverityLow
		})), "PAT-01/DB", Proven, ""},
		{"a remark", patched(finds("2026-05-01", func(f *evidence.PatchFinding) { f.KEV, f.Severity = 0, evidence.SeverityInfo })), "PAT-01/DB", Proven, ""},
		{"said by the row itself, beside an old catalogue", func() *evidence.Set {
			set := catalogued("2026-01-01")
			set.Patches[0].KEVPos.File = ""
			return set
		}(), "PAT-01/DB", Proven, ""},
		{"looked up in a catalogue of the last day allowed", catalogued("2026-04-26"), "PAT-01/DB", Proven, ""},
		{"looked up in one a day too old", catalogued("2026-04-25"), "PAT-01/DB", Stale,
			"No open finding of DB is in the catalogue of known exploited vulnerabilities, which ends on 25 April 2026, 36 days ago."},
	} {
		c.run(t)
	}
}

// catalogued is a finding that a catalogue up to a day does not hold.
func catalogued(newest string) *evidence.Set {
	set := patched(finds("2026-05-01", func(f *evidence.PatchFinding) { f.KEVPos.File = "kev.csv" }))
	set.KEVs = []evidence.KnownExploited{{CVE: "CVE-2020-0001", Added: on(newest), Pos: diag.Pos{File: "kev.csv", Row: 2}}}
	return set
}

func TestPatchesPastTheWindow(t *testing.T) {
	title := func(words string, severity string) func(*evidence.PatchFinding) {
		return func(f *evidence.PatchFinding) { f.Title, f.Severity = words, severity }
	}
	for _, c := range []fact{
		{"nobody supplied it", small(), "PAT-02/DB", Missing, "No patch export supplied."},
		{"on the last day", patched(finds("2026-05-20", dated("2026-05-01"))), "PAT-02/DB", Proven,
			"DB lacks 1 security patch, none for longer than the patch window; the oldest, “Library update”, was released on 1 May 2026."},
		{"a day too late", patched(finds("2026-05-20", dated("2026-04-30"))), "PAT-02/DB", Failed,
			"DB lacks 1 security patch for longer than 30 days: 1 high. The oldest, “Library update”, was released on 30 April 2026, 31 days ago."},
		{"by the day it was found, where its release is not on record", patched(finds("2026-04-30")), "PAT-02/DB", Failed,
			"DB lacks 1 security patch for longer than 30 days: 1 high. The oldest, “Library update”, was first found on 30 April 2026, 31 days ago (when it came out is not on record)."},
		{"several, by severity", patched(finds("2026-01-01", title("A", "high")), finds("2026-02-01", title("B", "critical")), finds("2026-03-01", title("C", "high")), finds("2026-03-01", title("D", "odd")), finds("2026-05-29", title("E", "critical"))),
			"PAT-02/DB", Failed, "DB lacks 4 security patches for longer than 30 days: 1 critical, 2 high, 1 of unknown severity. The oldest, “A”, was first found on 1 January 2026, 150 days ago (when it came out is not on record)."},
		{"of no known age", patched(finds("")), "PAT-02/DB", Missing, "DB lacks 1 security patch whose day of release is not on record, so nothing shows that it is inside the patch window."},
		{"found lately, and perhaps long out", patched(finds("2026-05-29"), finds("2026-05-29", dated("2026-05-20")), finds("2026-05-20")), "PAT-02/DB", Missing, "DB lacks 2 security patches whose day of release is not on record, so nothing shows that they are inside the patch window."},
		{"old and of no known age", patched(finds(""), finds("2026-01-01")), "PAT-02/DB", Failed, ""},
		{"nothing can be installed", patched(finds("2026-01-01", func(f *evidence.PatchFinding) { f.Patchable = evidence.No })), "PAT-02/DB", Proven, "DB lacks no security patch by its scan of 30 May 2026."},
		{"a remark", patched(finds("2026-01-01", title("A", "info"))), "PAT-02/DB", Proven, ""},
		{"put right", patched(finds("2026-01-01", fixed("2026-05-20"))), "PAT-02/DB", Proven, ""},
		{"nothing missing by the patch status", status(small(), "2026-05-17"), "PAT-02/DB", Proven, "DB lacks no security patch by its scan of 17 May 2026."},
		{"nothing missing by an old one", status(small(), "2026-05-16"), "PAT-02/DB", Stale, "DB was last scanned 15 days ago."},
		{"some missing by the patch status alone", status(small(), "2026-05-30", func(p *evidence.PatchState) { p.Missing, p.Failed = evidence.Known(3), evidence.Known(1) }), "PAT-02/DB", Missing,
			"DB lacks updates by its patch status (3 missing, 1 failed), and no row says which or since when."},
		{"failed alone", status(small(), "2026-05-30", func(p *evidence.PatchState) { p.Failed = evidence.Known(1) }), "PAT-02/DB", Missing, ""},
		{"the newest patch status counts", status(status(small(), "2026-05-30"), "2026-05-01", func(p *evidence.PatchState) { p.Missing = evidence.Known(3) }), "PAT-02/DB", Proven, ""},
		{"some missing, and their rows are young", status(patched(finds("2026-05-20", dated("2026-05-12"))), "2026-05-30", func(p *evidence.PatchState) { p.Missing = evidence.Known(1) }), "PAT-02/DB", Proven, ""},
		{"named in no report", patched(finds("2026-05-20")), "PAT-02/HOST", Missing, "No scan of HOST is on record."},
	} {
		c.run(t)
	}
}

func TestScansOfFindings(t *testing.T) {
	last := func(day string) *evidence.Set {
		return patched(finds("2026-01-01", func(f *evidence.PatchFinding) { f.LastSeen = on(day) }))
	}
	for _, c := range []fact{
		{"a finding was last seen on the last day allowed", last("2026-05-17"), "PAT-03/DB", Proven, "DB was last scanned on 17 May 2026."},
		{"a day too old", last("2026-05-16"), "PAT-03/DB", Stale, "DB was last scanned 15 days ago."},
		{"only its first day is known", patched(finds("2026-05-29", func(f *evidence.PatchFinding) { f.LastSeen = time.Time{} })), "PAT-03/DB", Proven, ""},
		{"no day is known", patched(finds("", func(f *evidence.PatchFinding) { f.LastSeen = time.Time{} })), "PAT-03/DB", Missing, "When DB was last scanned is not on record."},
		{"the newer of report and status counts", status(last("2026-05-01"), "2026-05-30"), "PAT-03/DB", Proven, "DB was last scanned on 30 May 2026."},
		{"a row that names several CVEs is one row", with(func(s *evidence.Set) {
			*s = *patched(finds("2026-05-01"), finds("2026-05-01", func(f *evidence.PatchFinding) { f.CVE = "CVE-2026-0002" }))
			s.Patches[1].Pos = s.Patches[0].Pos
		}), "PAT-08/DB", Proven, "1 row of patch reports names DB."},
	} {
		c.run(t)
	}
}

func TestScansFromInside(t *testing.T) {
	inside := func(a evidence.Answer) func(*evidence.PatchFinding) {
		return func(f *evidence.PatchFinding) { f.Authenticated = a }
	}
	uncounted := func(p *evidence.PatchState) { p.Installed, p.Missing = evidence.Number{}, evidence.Number{} }
	for _, c := range []fact{
		{"nobody supplied it", small(), "PAT-06/DB", Missing, "No patch export supplied."},
		{"logged in", patched(finds("2026-05-01", inside(evidence.Yes))), "PAT-06/DB", Proven, "DB was last seen from inside on 30 May 2026."},
		{"from outside only", patched(finds("2026-05-01", inside(evidence.No))), "PAT-06/DB", Failed,
			"DB was scanned from outside only: 1 row of its patch reports says so, and none says that a scan logged in."},
		{"once from inside", patched(finds("2026-05-01", inside(evidence.No)), finds("2026-05-01", inside(evidence.Yes))), "PAT-06/DB", Proven, ""},
		{"nobody says", patched(finds("2026-05-01")), "PAT-06/DB", Missing, "Whether a scan of DB logged in is not on record."},
		{"a patch tool that counts updates runs inside", status(patched(finds("2026-05-01", inside(evidence.No))), "2026-05-30"), "PAT-06/DB", Proven, ""},
		{"one that counts none may not", status(small(), "2026-05-30", uncounted), "PAT-06/DB", Missing, "Whether a scan of DB logged in is not on record."},
		{"from inside, too long ago", patched(finds("2026-01-01", inside(evidence.Yes), func(f *evidence.PatchFinding) { f.LastSeen = on("2026-05-16") })), "PAT-06/DB", Stale,
			"DB was last scanned 15 days ago. Only scans that logged in, and agents, are counted here."},
		{"named in no report", patched(finds("2026-05-01")), "PAT-06/HOST", Missing, "No scan of HOST is on record."},
	} {
		c.run(t)
	}
}

func TestWorkOutsideTheWindow(t *testing.T) {
	windowed := func(words string, changes ...evidence.Change) *evidence.Set {
		set := status(small(), "2026-05-30", func(p *evidence.PatchState) { p.PatchWindow = words })
		for i := range changes {
			changes[i].Pos = diag.Pos{File: "changes.csv", Row: i + 2}
		}
		set.Changes = changes
		return set
	}
	began := func(at string, change ...func(*evidence.Change)) evidence.Change {
		c := evidence.Change{ID: "CHG-1", Systems: []string{"DB"}, State: "closed", Implemented: true}
		if len(at) > 10 {
			c.Started = clock(at)
		} else {
			c.Started = on(at)
		}
		for _, f := range change {
			f(&c)
		}
		return c
	}
	other := began("2026-05-18 12:00", func(c *evidence.Change) { c.Systems = []string{"HOST"} })
	const window = "Sat 22:00-02:00"
	for _, c := range []fact{
		{"nobody supplied it", small(), "PAT-07/DB", Missing, "No patch status export supplied."},
		{"no window is declared", windowed("", began("2026-05-23 22:30")), "PAT-07/DB", Missing, "No patch window of DB is declared."},
		{"a window that cannot be read", windowed("when quiet", began("2026-05-23 22:30")), "PAT-07/DB", Missing, "The patch window of DB, “when quiet”, is none that can be read."},
		{"no change export", windowed(window), "PAT-07/DB", Missing, "No change export supplied. Nothing shows whether DB was changed inside its window, Sat 22:00-02:00."},
		{"in its first minute", windowed(window, began("2026-05-23 22:00")), "PAT-07/DB", Proven, "All work on DB began inside its patch window, Sat 22:00-02:00: 1 piece."},
		{"a minute before", windowed(window, began("2026-05-23 21:59")), "PAT-07/DB", Failed,
			"1 piece of work on DB began outside the patch window, Sat 22:00-02:00; the last was CHG-1, on 23 May 2026 at 21:59."},
		{"after midnight", windowed(window, began("2026-05-24 01:59")), "PAT-07/DB", Proven, ""},
		{"a minute after", windowed(window, began("2026-05-24 02:00")), "PAT-07/DB", Failed, ""},
		{"an emergency is outside, too", windowed(window, began("2026-05-18 12:00", func(c *evidence.Change) { c.Type = "emergency" })), "PAT-07/DB", Failed,
			"1 piece of work on DB began outside the patch window, Sat 22:00-02:00; the last was emergency change CHG-1, on 18 May 2026 at 12:00."},
		{"a day without an hour that the window touches", windowed(window, began("2026-05-23")), "PAT-07/DB", Missing,
			"At what time of day 1 piece of work on DB began is not on record, so nothing shows that it was inside the window, Sat 22:00-02:00."},
		{"a day without an hour that it does not touch", windowed(window, began("2026-05-20")), "PAT-07/DB", Failed, ""},
		{"only planned", windowed(window, began("2026-05-18 12:00", func(c *evidence.Change) { c.NotActual = true })), "PAT-07/DB", Missing, ""},
		{"cancelled", windowed(window, began("2026-05-18 12:00", func(c *evidence.Change) { c.Cancelled = true })), "PAT-07/DB", Proven, ""},
		{"a change to something else", windowed(window, other), "PAT-07/DB", Proven, "No work on DB is on record outside its patch window, Sat 22:00-02:00; none is on record at all."},
		{"a change that names no system, inside the window", windowed(window, began("2026-05-23 22:00", func(c *evidence.Change) { c.Systems = nil })), "PAT-07/DB", Proven, ""},
		{"a change that names no system, outside it", windowed(window, began("2026-05-18 12:00", func(c *evidence.Change) { c.Systems = nil })), "PAT-07/DB", Missing,
			"1 change names no system and could be to DB, and nothing shows that it began inside its window, Sat 22:00-02:00."},
		{"an update that was installed outside", func() *evidence.Set {
			set := windowed(window, other)
			set.Patches = []evidence.PatchFinding{finds("2026-05-01", fixed("2026-05-20"), func(f *evidence.PatchFinding) {
				f.InstalledAt, f.Pos = clock("2026-05-19 10:00"), diag.Pos{File: "scan.csv", Row: 2}
			})}
			return set
		}(), "PAT-07/DB", Failed, "1 piece of work on DB began outside the patch window, Sat 22:00-02:00; the last was the installation of Library update, on 19 May 2026 at 10:00."},
		{"a system without a patch status", windowed(window, other), "PAT-07/HOST", Missing, "No patch window of HOST is declared."},
	} {
		c.run(t)
	}
}

func TestTheWindowIsInTheZoneOfTheReport(t *testing.T) {
	set := status(small(), "2026-05-30", func(p *evidence.PatchState) { p.PatchWindow = "Sat 22:00-02:00" })
	set.Changes = []evidence.Change{{ID: "CHG-1", Systems: []string{"DB"}, Implemented: true, Started: clock("2026-05-24 04:30")}} // 22:30 on Saturday in Denver
	denver, err := time.LoadLocation("America/Denver")
	if err != nil {
		t.Fatal(err)
	}
	set.Zone = denver
	if f := finding(t, assessed(set), "PAT-07/DB"); f.State != Proven {
		t.Errorf("%s: %s", f.State, f.Says)
	}
}

func TestPatchedOnPaper(t *testing.T) {
	newer := func(f *evidence.PatchFinding) { f.LastSeen = on("2026-05-31") }
	for _, c := range []struct {
		fact string
		set  *evidence.Set
		says string // "" none
	}{
		{"nothing", small(), ""},
		{"put right and found again", patched(finds("2026-01-01", fixed("2026-05-20")), finds("2026-05-25", newer)),
			"On DB “Library update” is said to be put right on 20 May 2026, and was found again on 31 May 2026."},
		{"put right after it was last found", patched(finds("2026-01-01", fixed("2026-05-31")), finds("2026-01-01")), ""},
		{"put right on the day it was last found", patched(finds("2026-01-01", fixed("2026-05-30")), finds("2026-01-01")), ""},
		{"another vulnerability is found", patched(finds("2026-01-01", fixed("2026-05-20")), finds("2026-05-25", func(f *evidence.PatchFinding) { f.CVE, f.ID = "CVE-2026-0009", "101" })), ""},
		{"the same on another system", patched(finds("2026-01-01", fixed("2026-05-20")), finds("2026-05-25", func(f *evidence.PatchFinding) { f.System = "HOST" })), ""},
		{"the same update without a CVE", patched(finds("2026-01-01", fixed("2026-05-20"), func(f *evidence.PatchFinding) { f.CVE = "" }), finds("2026-05-25", func(f *evidence.PatchFinding) { f.CVE = "" })),
			"On DB “Library update” is said to be put right on 20 May 2026, and was found again on 30 May 2026."},
		{"the patch tool counts none, a later scan finds one", status(patched(finds("2026-01-01")), "2026-05-29"),
			"The patch tool counts no missing update on DB on 29 May 2026; a scan of 30 May 2026 still finds “Library update”."},
		{"the scan is not later", status(patched(finds("2026-01-01")), "2026-05-30"), ""},
		{"no update mends it", status(patched(finds("2026-01-01", func(f *evidence.PatchFinding) { f.Patchable = evidence.No })), "2026-05-29"), ""},
		{"the update came out after the tool looked", status(patched(finds("2026-05-30", dated("2026-05-30"))), "2026-05-29"), ""},
		{"the patch tool counts one, too", status(patched(finds("2026-01-01")), "2026-05-29", func(p *evidence.PatchState) { p.Missing = evidence.Known(1) }), ""},
		{"a restart is due", status(small(), "2026-05-29", func(p *evidence.PatchState) { p.PendingReboot = evidence.Yes }),
			"Updates of DB are installed, and take no effect before the restart that is still due."},
		{"a restart was due in an older row", status(status(small(), "2026-05-20", func(p *evidence.PatchState) { p.PendingReboot = evidence.Yes }), "2026-05-29"), ""},
		{"a restart is due, and nothing is installed", status(small(), "2026-05-29", func(p *evidence.PatchState) {
			p.PendingReboot, p.Installed, p.Missing = evidence.Yes, evidence.Known(0), evidence.Known(4)
		}), ""},
	} {
		t.Run(c.fact, func(t *testing.T) {
			var says []string
			for _, x := range assessed(c.set).Contradictions {
				if x.ID == "X04" {
					says = append(says, x.Says.String())
					if x.A.Pos.Row == 0 || x.B.Pos.Row == 0 || x.A.Text == "" || x.B.Text == "" || x.Means == "" {
						t.Errorf("%+v", x)
					}
				}
			}
			var want []string
			if c.says != "" {
				want = []string{c.says}
			}
			if diff := cmp.Diff(want, says); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestExceptionsOfPatches: an exception replaces the one outcome it names, and
// one that names a vulnerability is for no other.
func TestExceptionsOfPatches(t *testing.T) {
	set := patched(finds("2026-01-01", exploited), finds("2026-01-01", exploited, func(f *evidence.PatchFinding) { f.CVE = "CVE-2026-0002" }))
	set.Exceptions = []evidence.Exception{{Pos: row(1), ID: "EXC-1", System: "DB", Why: "the maker forbids it", ApprovedBy: "Ada Byron", ApprovedOn: on("2026-05-01"), Until: on("2026-08-31")}}
	for rule, want := range map[string][3]State{
		"PAT-01":                                {Excepted, Excepted, Failed},
		"PAT-01 CVE-2026-0001":                  {Excepted, Failed, Failed},
		"PAT-01: CVE-2026-0002, CVE-2026-0001.": {Excepted, Excepted, Failed},
		"PAT-01 CVE-2026-0009":                  {Failed, Failed, Failed},
		"PAT-02":                                {Failed, Failed, Excepted},
	} {
		set.Exceptions[0].Rule = rule
		res := assessed(set)
		for i, id := range []string{"PAT-01/DB/CVE-2026-0001", "PAT-01/DB/CVE-2026-0002", "PAT-02/DB"} {
			if f := finding(t, res, id); f.State != want[i] || f.Raw != Failed {
				t.Errorf("%s: %s is %s over %s, want %s", rule, id, f.State, f.Raw, want[i])
			}
		}
	}
}

// TestPatchesBecomeNoProofWithoutThem: without patch exports every answer is
// missing, for every system.
func TestPatchesBecomeNoProofWithoutThem(t *testing.T) {
	ids := []string{"PAT-01", "PAT-02", "PAT-03", "PAT-06", "PAT-07", "PAT-08"}
	n := 0
	for _, f := range assessed(small()).Findings {
		if slices.Contains(ids, f.Check.ID) {
			n++
			if f.State != Missing {
				t.Errorf("%s is %s: %s", f.ID, f.State, f.Says)
			}
		}
	}
	if n != len(ids)*2 {
		t.Errorf("%d findings, want one of each check for each of two systems", n)
	}
}

func BenchmarkPatches(b *testing.B) {
	set := small()
	set.Systems = set.Systems[:1]
	for i := range 20000 {
		f := finds("2026-01-01", exploited)
		f.Pos, f.CVE = diag.Pos{File: "scan.csv", Row: i + 2}, "CVE-2026-"+evidence.Whole(10000+i%50)
		set.Patches = append(set.Patches, f)
	}
	for b.Loop() {
		Assess(&Input{Set: set, Graph: graph.New(set), Policy: config.Defaults()})
	}
}
