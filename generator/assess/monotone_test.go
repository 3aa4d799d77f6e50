package assess

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"proofpack/generator/evidence"
)

// TestRemovingEvidenceNeverImprovesAnything takes away every row, every cell,
// every column and every export of every scenario in turn, with the number of
// rows of each declared: no proof may be gained, and no bad finding may go
// without another that names what is short.
func TestRemovingEvidenceNeverImprovesAnything(t *testing.T) {
	for name, full := range monotoneSets(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			declared := full.declare()
			before := Assess(full.read(t, "2026-05-31", declared))
			n := 0
			less := func(what, dataSet string, e exports) {
				n++
				after := Assess(e.read(t, "2026-05-31", declared))
				for _, problem := range improved(before, after, dataSet) {
					t.Errorf("%s: %s", what, problem)
				}
			}
			for _, d := range slices.Sorted(maps.Keys(full)) {
				e := full.clone()
				delete(e, d)
				less("without "+d, d, e)
				for c, column := range full[d][0] {
					e := full.clone()
					for i, r := range e[d] {
						e[d][i] = slices.Delete(r, c, c+1)
					}
					if d == evidence.Tickets && e.refused(t, declared) {
						continue // what a file holds can no longer be told, so nothing is built at all
					}
					less(fmt.Sprintf("%s without the column %s", d, column), d, e)
				}
				for i := 1; i < len(full[d]); i++ {
					e := full.clone()
					e[d] = slices.Delete(e[d], i, i+1)
					less(fmt.Sprintf("%s without row %d (%v)", d, i+1, full[d][i]), d, e)
				}
				for i := 1; i < len(full[d]); i++ {
					if i > 12 && i < len(full[d])-9 {
						continue // runs of jobs are alike; the first and last dozen stand for them
					}
					for c, value := range full[d][i] {
						if value == "" {
							continue
						}
						e := full.clone()
						e[d][i][c] = ""
						less(fmt.Sprintf("%s row %d without %s = %s", d, i+1, full[d][0][c], value), d, e)
					}
				}
			}
			t.Logf("%d deletions, %d findings", n, len(before.Findings))
		})
	}
}

// monotoneSets are the scenarios, and some of them with something to lose: an
// exception, a change that voids a proof, a restore over its target, a late
// acknowledgement, an unknown system, a job that fails once.
func monotoneSets(t *testing.T) map[string]exports {
	sets := map[string]exports{}
	for _, name := range []string{"A-storage", "A-storage-control", "B-hidden", "B-hidden-control"} {
		sets[name] = scenario(t, name)
	}
	a := scenario(t, "A-storage")
	a[evidence.Exceptions] = append(a[evidence.Exceptions],
		[]string{"EXC-1", "VMH-01", "INV-05", "hardware is ordered", "D. Ortiz", "2026-05-01", "2026-08-31"},
		[]string{"EXC-2", "VMH-01", "INV-03", "owner is being hired", "D. Ortiz", "2026-01-01", "2026-05-30"},
		[]string{"EXC-3", "WMS-01", "INV-03", "no reason", "L. Chen", "2024-01-01", "2026-12-31"})
	sets["A with exceptions"] = a
	c := scenario(t, "A-storage-control")
	c[evidence.Changes] = append(c[evidence.Changes], []string{"CHG-320", "SQL-01", "2026-05-25", "2026-05-25", "new cumulative update", "D. Ortiz", "", ""})
	c.set(t, evidence.Restores, "RST-91", "minutes", "300")
	c[evidence.Jobs] = append(c[evidence.Jobs],
		[]string{"DBCHECK-SQL-01", "SQL-01", "database-consistency", "2026-05-31", "failed", "torn page"},
		[]string{"SNAP-OLD-01", "OLD-01", "backup", "2026-05-31", "success", ""})
	sets["A control gone wrong"] = c
	b := scenario(t, "B-hidden-control")
	for i := range b[evidence.Alerts] {
		b[evidence.Alerts][i] = append(b[evidence.Alerts][i], []string{"acknowledged_at", "2026-04-22"}[min(i, 1)])
	}
	b[evidence.Alerts] = append(b[evidence.Alerts],
		[]string{"ALR-3002", "2026-05-20", "APP-02", "cpu-load", "warning", "CPU over 90 %", "D. Ortiz", "2026-05-25", "T-901", "resolved", "2026-05-25"},
		[]string{"ALR-3003", "2026-05-28", "APP-02", "cpu-load", "warning", "CPU over 90 %", "D. Ortiz", "2026-05-28", "T-901", "resolved", "2026-05-28"})
	sets["B control with late answers"] = b
	sets["A control with incidents"] = withIncidents(t, scenario(t, "A-storage-control"))
	sets["A control with patches"] = withPatches(t, scenario(t, "A-storage-control"))
	sets["A control with registers"] = withRegisters(t, scenario(t, "A-storage-control"))
	return sets
}

// withPatches adds the reports of a scanner and of a patch tool that hold
// something of everything: overdue, excepted, known to be exploited, not
// looked up, seen from outside, done outside the window, waiting for a restart.
func withPatches(t *testing.T, e exports) exports {
	e[evidence.Patches] = sheet{
		{"finding_id", "system", "title", "cve", "severity", "kev", "state", "first_seen", "last_seen", "fixed_at", "released", "patchable", "authenticated"},
		{"100", "SQL-01", "Cumulative update", "CVE-2025-48384", "critical", "", "active", "2026-05-01", "2026-05-30", "", "2026-04-14", "yes", "yes"},
		{"101", "SQL-01", "Library", "CVE-2026-1001", "high", "no", "active", "2026-05-20", "2026-05-30", "", "", "yes", "yes"},
		{"102", "ERP-01", "Runtime", "CVE-2026-1002", "high", "", "active", "2026-03-01", "2026-05-30", "", "", "", "no"},
		{"103", "ERP-01", "Weak cipher", "", "high", "", "active", "2026-05-28", "2026-05-30", "", "", "no", "no"},
		{"104", "WMS-01", "Service pack", "CVE-2026-1003", "medium", "yes", "active", "2026-05-29", "2026-05-30", "", "2026-05-26", "yes", "yes"},
		{"105", "VMH-01", "Hypervisor update", "CVE-2026-1004", "high", "", "fixed", "2026-04-01", "2026-05-20", "2026-05-20", "2026-04-01", "yes", "yes"},
		{"105", "VMH-01", "Hypervisor update", "CVE-2026-1004", "high", "", "active", "2026-05-30", "2026-05-30", "", "2026-04-01", "yes", "yes"},
	}
	e[evidence.PatchStatus] = sheet{
		{"system", "installed", "missing", "failed", "pending_reboot", "last_scan", "patch_window"},
		{"SQL-01", "120", "2", "0", "no", "2026-05-30", "Sat 22:00-02:00"},
		{"ERP-01", "90", "0", "0", "yes", "2026-05-29", "Sat 22:00-02:00"},
		{"WMS-01", "88", "0", "1", "no", "2026-05-30", "Sun 22:00-02:00"},
	}
	e[evidence.KEV] = sheet{
		{"cveID", "vendorProject", "product", "vulnerabilityName", "dateAdded", "dueDate"},
		{"CVE-2025-48384", "V", "P", "N", "2025-08-25", "2025-09-15"},
		{"CVE-2020-0001", "V", "P", "N", "2026-05-20", "2026-06-10"},
	}
	e[evidence.Changes] = append(e[evidence.Changes], []string{"CHG-321", "SQL-01", "2026-04-14", "2026-04-15", "restarted", "D. Ortiz", "D. Ortiz", "standard"})
	e[evidence.Exceptions] = append(e[evidence.Exceptions], []string{"EXC-9", "ERP-01", "PAT-02", "the maker forbids it", "D. Ortiz", "2026-05-01", "2026-08-31"})
	return e
}

// improved lists what got better although something was taken away from a
// data set.
func improved(before, after *Result, dataSet string) []string {
	var problems []string
	if b, a := CountFindings(before.Findings), CountFindings(after.Findings); a.Proven > b.Proven {
		problems = append(problems, fmt.Sprintf("%d proven, there were %d: gained %v", a.Proven, b.Proven, gained(before, after)))
	}
	bad := map[string]bool{}
	for _, f := range after.Findings {
		if f.State == Failed || f.State == Missing {
			bad[f.ID] = true
		}
	}
	named := namesShort(before, after, dataSet)
	for _, f := range before.Findings {
		if (f.State == Failed || f.State == Missing) && !bad[f.ID] && !named(f) {
			problems = append(problems, fmt.Sprintf("%s (%s, %s) is gone, and nothing says what is short", f.ID, f.State, f.Says))
		}
	}
	return append(problems, after.Faults...)
}

// sameHost tells whether two names are of one host: "vmh-02.corp", "VMH-02".
func sameHost(a, b string) bool {
	short := func(s string) string { head, _, _ := strings.Cut(strings.ToLower(s), "."); return head }
	return short(a) == short(b)
}

func gained(before, after *Result) []string {
	was := map[string]State{}
	for _, f := range before.Findings {
		was[f.ID] = f.State
	}
	var out []string
	for _, f := range after.Findings {
		if f.State == Proven && was[f.ID] != Proven {
			out = append(out, f.ID+": "+f.Says.String())
		}
	}
	return out
}

// namesShort tells whether a finding that was not bad before says what a lost
// one can no longer say: about the source it came from, or about its system,
// service, task, change or exception.
func namesShort(before, after *Result, dataSet string) func(Finding) bool {
	was := map[string]bool{}
	for _, f := range before.Findings {
		if f.State == Failed || f.State == Missing {
			was[f.ID+" "+f.Says.String()] = true
		}
	}
	var fresh []Finding
	for _, f := range after.Findings {
		if (f.State == Failed || f.State == Missing) && !was[f.ID+" "+f.Says.String()] {
			fresh = append(fresh, f)
		}
	}
	return func(lost Finding) bool {
		return slices.ContainsFunc(fresh, func(f Finding) bool {
			switch {
			case f.Check.ID == "GOV-03" && f.Subject.ID == dataSet:
				return true
			case f.Subject.Kind == lost.Subject.Kind && f.Subject.ID == lost.Subject.ID:
				return true
			case f.Check.ID == lost.Check.ID && f.Subject.ID == lost.Part:
				return true // a job that no longer names its system answers for itself
			case f.Check.ID == lost.Check.ID && slices.Contains(lost.Services, f.Subject.Service):
				return true // nothing is on record any more for the service
			case f.Check.ID == lost.Check.ID && sameHost(f.Subject.ID, lost.Subject.ID):
				return true // known by its other name now
			}
			return lost.Subject.System != "" && f.Subject.System == lost.Subject.System ||
				strings.Contains(f.Says.String(), lost.Subject.Name)
		})
	}
}
