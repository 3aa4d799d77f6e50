package assess

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/evidence"
)

// expected is what the oracle of the scenarios worked out.
type expected struct {
	A struct {
		Used        float64 `json:"used_pct"`
		Growth      float64 `json:"growth_gb_per_day"`
		Whole       int     `json:"whole_days_to_full"`
		Alerts      int     `json:"storage_alerts_in_may"`
		Acked       int     `json:"acknowledged_by_person"`
		Tickets     int     `json:"with_ticket"`
		Closed      int     `json:"auto_closed_without_ticket"`
		AlertDays   int     `json:"days_first_alert_to_as_of"`
		Backups     int     `json:"nightly_backup_runs_ok"`
		Cleanups    int     `json:"consolidate_failed_in_a_row_to_as_of"`
		Overdue     int     `json:"capacity_review_overdue_days"`
		PlanAge     int     `json:"plan_age_days"`
		Unsupported int     `json:"host_unsupported_days"`
	}
	B struct {
		Warnings  int `json:"vss_warnings"`
		Closed    int `json:"auto_closed"`
		Good      int `json:"may_snapshots_ok"`
		Snapshots int `json:"may_snapshots_total"`
		Failed    int `json:"dbcheck_failed_in_a_row"`
		Days      int `json:"days_since_database_proven_sound"`
		Since     int `json:"snapshots_since_last_ok_check"`
	}
}

func oracle(t *testing.T) expected {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(scenarioDir, "expected.json"))
	if err != nil {
		t.Fatalf("the oracle of the scenarios is not beside the repository: %v", err)
	}
	var e expected
	if err := json.Unmarshal(data, &e); err != nil {
		t.Fatal(err)
	}
	return e
}

// said compares what findings say, by id.
func said(t *testing.T, res *Result, want map[string]string) {
	t.Helper()
	got := map[string]string{}
	for id := range want {
		f := finding(t, res, id)
		got[id] = f.State.String() + ": " + f.Says.String()
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func contradictionsOf(res *Result) []string {
	var out []string
	for _, c := range res.Contradictions {
		out = append(out, c.ID+" "+c.Subject.ID)
	}
	return out
}

func TestScenarioA(t *testing.T) {
	e, res := oracle(t).A, Assess(scenario(t, "A-storage").read(t, "2026-05-31", nil))
	said(t, res, map[string]string{
		"MON-05/VMH-01/DS-PROD-01":         fmt.Sprintf("failed: DS-PROD-01 is %.1f %% full, growing %.1f GB a day; full about 13 June 2026 (%d whole days after the last sample). That is the critical level: 14 days or less.", e.Used, e.Growth, e.Whole),
		"MON-01/VMH-01/datastore-usage":    fmt.Sprintf("failed: %d storage warnings in %d days: %d acknowledged by a person, %d with a ticket, %d auto-closed.", e.Alerts, e.AlertDays, e.Acked, e.Tickets, e.Closed),
		"INV-03/VMH-01":                    "missing: VMH-01 has no owner.",
		"INV-03/WMS-01":                    "missing: WMS-01 has no owner.",
		"INV-05/VMH-01":                    fmt.Sprintf("failed: Vendor support ended %d days ago; no exception on file.", e.Unsupported),
		"GOV-01/TSK-07":                    fmt.Sprintf("failed: Capacity review: monthly, no owner, %d days overdue. No record shows that it was done on 3 February 2026.", e.Overdue),
		"GOV-01/TSK-08":                    "missing: Restore test of shipping systems: quarterly, no owner, never done as far as the export shows.",
		"MON-06/VMH-01/CONSOLIDATE-VMH-01": fmt.Sprintf("failed: Snapshot clean-up failed %d runs in a row since 12 April.", e.Cleanups),
		"BKP-01/SVC-SHIP":                  fmt.Sprintf("missing: Backups ran %d of %d. This does not prove recovery: 0 of 4 systems have a full restore test; last restore of any kind was one file on 14 Sep 2025.", e.Backups, e.Backups),
		"BKP-02/SVC-SHIP":                  "missing: Recovery time is not proven: 0 of 4 systems have a measured full restore; the target is 4 hours.",
		"BKP-08/SVC-SHIP":                  fmt.Sprintf("failed: Written recovery order misses VMH-01 and WMS-01, last updated %d days ago.", e.PlanAge),
		"DOC-02/SVC-SHIP":                  fmt.Sprintf("stale: Last updated %d days ago.", e.PlanAge),
		"CHG-07/CHG-311":                   "missing: CHG-311 ended 56 days ago, and no verification is on file.",
		"VEN-01/VMH-01":                    "missing: No vendor export supplied.",
	})
	if got := RecoveryState(res, "SVC-SHIP"); got != Missing {
		t.Errorf("recovery is %s, want missing", got)
	}
	want := []string{"X02 ERP-01", "X02 SQL-01", "X02 WMS-01", "X06 VMH-01", "X07 TSK-07", "X12 SVC-SHIP"}
	if diff := cmp.Diff(want, contradictionsOf(res)); diff != "" {
		t.Errorf("contradictions (-want +got):\n%s", diff)
	}
	var drifts []string
	for _, f := range res.Findings {
		if f.Drift != "" && slices.Contains(f.Services, "SVC-SHIP") && !slices.Contains(drifts, f.Drift) {
			drifts = append(drifts, f.Drift)
		}
	}
	for _, d := range []string{"no owner", "alerts unanswered", "storage filling", "job failing", "overdue task", "unsupported", "untested recovery"} {
		if !slices.Contains(drifts, d) {
			t.Errorf("Shipping drifts by %v, and not by %q", drifts, d)
		}
	}
}

// TestScenarioAInApril is a month before: no alert yet, and the forecast stands.
func TestScenarioAInApril(t *testing.T) {
	res := Assess(scenario(t, "A-storage").read(t, "2026-04-30", nil))
	f := finding(t, res, "MON-05/VMH-01/DS-PROD-01")
	if want := "DS-PROD-01 is 84.7 % full, growing 26.5 GB a day; full about 12 June 2026 (47 whole days after the last sample)."; f.Says.String() != want {
		t.Errorf("says %q, want %q", f.Says, want)
	}
}

func TestScenarioB(t *testing.T) {
	e, res := oracle(t).B, Assess(scenario(t, "B-hidden").read(t, "2026-05-31", nil))
	unsound := fmt.Sprintf("The database has not been proven sound since 19 April 2026 (%d days, %d snapshots): %d consistency checks failed in a row.", e.Days, e.Since, e.Failed)
	said(t, res, map[string]string{
		"BKP-10/APP-02":             "failed: " + unsound,
		"MON-01/APP-02/vss-writer":  fmt.Sprintf("failed: %d shadow-copy warnings since 22 April, nobody acknowledged them, no ticket. %d closed by themselves.", e.Warnings, e.Closed),
		"BKP-04/APP-02/SNAP-APP-02": fmt.Sprintf("proven: Nightly snapshots %d of %d successful in May. The last good run is of 31 May 2026.", e.Good, e.Snapshots),
		"BKP-08/SVC-ORD":            "missing: No recovery plan export supplied.",
		"GOV-01/TSK-21":             "missing: Alert review: daily, no owner. No record shows that it was done on 30 May 2026.",
	})
	if got := RecoveryState(res, "SVC-ORD"); got == Proven || got == Excepted {
		t.Errorf("recovery is %s", got)
	}
	if diff := cmp.Diff([]string{"X01 APP-02", "X02 APP-02", "X06 APP-02", "X07 TSK-21"}, contradictionsOf(res)); diff != "" {
		t.Fatalf("contradictions (-want +got):\n%s", diff)
	}
	x := res.Contradictions[0]
	if want := fmt.Sprintf("Nightly snapshots %d of %d successful in May. ", e.Good, e.Snapshots) + unsound; x.Says.String() != want {
		t.Errorf("says %q, want %q", x.Says, want)
	}
	if x.A.Text != "SNAP-APP-02 success, 31 May 2026" || x.B.Text != "DBCHECK-APP-02 failed (consistency check aborted), 31 May 2026" || x.A.Pos.Row == 0 || x.B.Pos.Row == 0 {
		t.Errorf("quotes %+v and %+v", x.A, x.B)
	}
}

// TestControlsAreNotFlagged holds that good evidence is said to be good.
func TestControlsAreNotFlagged(t *testing.T) {
	for name, service := range map[string]string{"A-storage-control": "SVC-SHIP", "B-hidden-control": "SVC-ORD"} {
		e := scenario(t, name)
		for attested, declared := range map[bool]map[string]int{false: nil, true: e.declare()} {
			res := Assess(e.read(t, "2026-05-31", declared))
			for _, f := range res.Findings {
				if (f.State == Failed || f.State == Stale) && slices.Contains(f.Services, service) {
					t.Errorf("%s: %s is %s: %s", name, f.ID, f.State, f.Says)
				}
				if f.State == Proven && f.Attested != attested && f.Check.ID != "BKP-11" {
					t.Errorf("%s: %s is attested %v, its sources %v", name, f.ID, f.Attested, attested)
				}
			}
			if got := RecoveryState(res, service); got != Proven {
				t.Errorf("%s: recovery is %s", name, got)
			}
			if len(res.Contradictions) > 0 {
				t.Errorf("%s: contradictions %v", name, contradictionsOf(res))
			}
		}
	}
}

// TestMutations changes one thing of a scenario and asks for what must follow.
func TestMutations(t *testing.T) {
	for _, c := range []struct {
		name, scenario string
		change         func(exports)
		id             string
		state          State
		says           string // begins so
	}{
		{"M1 no capacity export", "A-storage", func(e exports) { delete(e, evidence.Capacity) }, "MON-05/VMH-01", Missing, "No capacity export supplied."},
		{"M2 a capacity export without rows", "A-storage", func(e exports) { e[evidence.Capacity] = e[evidence.Capacity][:1] }, "MON-05/VMH-01", Missing, "The capacity export has 0 rows."},
		{"M3 acknowledged by a program", "A-storage", func(e exports) {
			for i, r := range e[evidence.Alerts][1:] {
				r[6] = []string{"system", "auto"}[i%2]
			}
		}, "MON-01/VMH-01/datastore-usage", Failed, "5 storage warnings in 28 days: 0 acknowledged by a person,"},
		{"M4 closed without a ticket", "A-storage", func(e exports) {
			e[evidence.Alerts][1][9], e[evidence.Alerts][1][7] = "closed", "2026-05-04"
		}, "MON-01/VMH-01/datastore-usage", Failed, "5 storage warnings in 28 days: 0 acknowledged by a person, 0 with a ticket, 2 auto-closed."},
		{"M6 another form of its name", "A-storage", func(e exports) {
			for _, r := range e[evidence.Capacity][1:] {
				r[1] = "vmh-01.corp"
			}
		}, "MON-05/VMH-01/DS-PROD-01", Failed, "DS-PROD-01 is 95.6 % full"},
		{"M7 not in the inventory", "A-storage", func(e exports) {
			e.without(evidence.Inventory, func(r []string) bool { return r[0] == "VMH-01" })
		}, "INV-01/VMH-01", Failed, "Unknown system VMH-01 in capacity (9 rows), alerts (5), jobs (8)"},
		{"M7 findings stay", "A-storage", func(e exports) {
			e.without(evidence.Inventory, func(r []string) bool { return r[0] == "VMH-01" })
		}, "MON-05/VMH-01/DS-PROD-01", Failed, "DS-PROD-01 is 95.6 % full"},
		{"M8 no integrity job", "B-hidden", func(e exports) {
			e.without(evidence.Jobs, func(r []string) bool { return r[0] == "DBCHECK-APP-02" })
		}, "BKP-10/APP-02", Missing, "No integrity check on record for APP-02."},
		{"M9 a run is gone: the streak stands", "B-hidden", func(e exports) {
			e.without(evidence.Jobs, func(r []string) bool { return r[0] == "DBCHECK-APP-02" && r[3] == "2026-05-17" })
		}, "BKP-10/APP-02", Failed, "The database has not been proven sound since 19 April 2026 (42 days, 42 snapshots): 5 consistency checks failed in a row."},
		{"M9 a run is gone: it is listed", "B-hidden", func(e exports) {
			e.without(evidence.Jobs, func(r []string) bool { return r[0] == "DBCHECK-APP-02" && r[3] == "2026-05-17" })
		}, "MON-09/APP-02/DBCHECK-APP-02", Failed, "1 expected run of the consistency check DBCHECK-APP-02 did not happen: 17 May."},
		{"M10 one more single file", "B-hidden", func(e exports) {
			e[evidence.Restores] = append(e[evidence.Restores], []string{"RST-99", "APP-02", "2026-05-30", "single file", "success", "5", "yes", "yes", "yes", "", "", ""})
		}, "BKP-01/APP-02", Missing, "No full restore test of APP-02 is on record. Last restore of any kind was one file on 30 May 2026."},
		{"M11 an exception without approver", "A-storage", excepting("", "2026-08-31"), "INV-05/VMH-01", Failed, "Vendor support ended 241 days ago; exception EXC-1 is incomplete."},
		{"M11 it is listed", "A-storage", excepting("", "2026-08-31"), "PAT-04/EXC-1", Missing, "Exception EXC-1 is incomplete and excuses nothing: it names no person who approved it."},
		{"M12 expired", "A-storage", excepting("D. Ortiz", "2026-05-30"), "INV-05/VMH-01", Failed, "Vendor support ended 241 days ago; exception EXC-1 has expired."},
		{"M13 without end", "A-storage", excepting("D. Ortiz", ""), "INV-05/VMH-01", Failed, "Vendor support ended 241 days ago; exception EXC-1 has no end that counts."},
		{"M13 for ever", "A-storage", excepting("D. Ortiz", "9999-12-31"), "PAT-04/EXC-1", Failed, "Exception EXC-1 is permanent: “9999-12-31” is refused as an end"},
		{"a valid one", "A-storage", excepting("D. Ortiz", "2026-05-31"), "INV-05/VMH-01", Excepted, "Vendor support ended 241 days ago; exception EXC-1 is on file."},
		{"M15 jobs twice", "A-storage", func(e exports) { e[evidence.Jobs] = append(e[evidence.Jobs], e[evidence.Jobs][1:]...) }, "BKP-01/SVC-SHIP", Missing, "Backups ran 93 of 93."},
		{"M16 a change after the restore", "A-storage-control", laterChange, "BKP-11/SQL-01", Missing, "Not proven since CHG-320: SQL-01 was changed on 25 May 2026, after the restore of 20 May 2026."},
		{"M16 to what another needs", "A-storage-control", laterChange, "BKP-11/WMS-01", Missing, "Not proven since CHG-320"},
		{"M16 not to what needs it", "A-storage-control", laterChange, "BKP-11/VMH-01", Proven, "No change on record voids the restore of 20 May 2026."},
		{"M17 a cycle", "A-storage", func(e exports) { e[evidence.Inventory][3][4] = "SQL-01;WMS-01" }, "BKP-08/SVC-SHIP", Failed, "Written recovery order misses VMH-01 and WMS-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := scenario(t, c.scenario)
			c.change(e)
			f := finding(t, Assess(e.read(t, "2026-05-31", nil)), c.id)
			if f.State != c.state || !strings.HasPrefix(f.Says.String(), c.says) {
				t.Errorf("%s: %s, want %s: %s", f.State, f.Says, c.state, c.says)
			}
		})
	}
}

func excepting(by, until string) func(exports) {
	return func(e exports) {
		e[evidence.Exceptions] = append(e[evidence.Exceptions], []string{"EXC-1", "VMH-01", "INV-05", "hardware is ordered", by, "2026-05-01", until})
	}
}

func laterChange(e exports) {
	e[evidence.Changes] = append(e[evidence.Changes], []string{"CHG-320", "SQL-01", "2026-05-25", "2026-05-25", "new cumulative update", "D. Ortiz", "L. Chen", ""})
}

// TestRecoveryStandsOrFalls holds the recovery state of a whole service.
func TestRecoveryStandsOrFalls(t *testing.T) {
	e := scenario(t, "A-storage-control")
	laterChange(e)
	if got := RecoveryState(Assess(e.read(t, "2026-05-31", nil)), "SVC-SHIP"); got != Missing {
		t.Errorf("after a change recovery is %s, want missing", got)
	}
	e = scenario(t, "A-storage-control")
	e.set(t, evidence.Restores, "RST-91", "minutes", "300")
	if got := RecoveryState(Assess(e.read(t, "2026-05-31", nil)), "SVC-SHIP"); got != Failed {
		t.Errorf("restored over target, recovery is %s, want failed", got)
	}
}

// TestWords holds the rules of writing over everything that the scenarios say.
func TestWords(t *testing.T) {
	forbidden := []string{"robust", "healthy", "all good", "secure", "green", "compliant", "should be fine", " ok ", "asset", "  ", "..", " ."}
	for name, e := range monotoneSets(t) {
		res := Assess(e.read(t, "2026-05-31", nil))
		check := func(id string, s evidence.Statement) {
			text := s.String()
			if text == "" || !strings.HasSuffix(text, ".") || strings.ToUpper(text[:1]) != text[:1] {
				t.Errorf("%s %s is no sentence: %q", name, id, text)
			}
			for _, w := range forbidden {
				if strings.Contains(" "+strings.ToLower(text)+" ", w) {
					t.Errorf("%s %s says %q: %q", name, id, w, text)
				}
			}
			for _, f := range s.Figures {
				if f.Formula == "" || f.Unit == "" || f.Text == "" {
					t.Errorf("%s %s: a figure without its formula: %+v", name, id, f)
				}
			}
			for _, p := range s.Parts() {
				if p.Figure == nil && numberAlone(p.Text) {
					t.Errorf("%s %s: a number that is no figure: %q in %q", name, id, p.Text, text)
				}
			}
		}
		for _, f := range res.Findings {
			check(f.ID, f.Says)
		}
		for _, c := range res.Contradictions {
			check(c.ID, c.Says)
		}
	}
}

// numberAlone tells whether words hold a number that is no part of a name.
func numberAlone(words string) bool {
	return slices.ContainsFunc(strings.Fields(words), func(w string) bool {
		w = strings.Trim(w, ".,:;()“”")
		return w != "" && strings.Trim(w, "0123456789") == ""
	})
}
