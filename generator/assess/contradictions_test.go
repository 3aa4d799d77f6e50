package assess

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// contradicting are the contradictions of one id.
func contradicting(set *evidence.Set, id string) []Contradiction {
	var out []Contradiction
	for _, c := range assessed(set).Contradictions {
		if c.ID == id {
			out = append(out, c)
		}
	}
	return out
}

func TestContradictions(t *testing.T) {
	backup := func(set *evidence.Set) *evidence.Set {
		set.Jobs = append(set.Jobs, runs("SNAP", "DB", evidence.JobBackup, "success")...)
		set.Jobs[len(set.Jobs)-1].Pos = row(50)
		return set
	}
	closed := evidence.Alert{ID: "A-1", Raised: on("2026-05-10"), Closed: on("2026-05-12"), IsClosed: true, State: "resolved", ByPerson: true, Ticket: "T-1"}
	again := func(day string) evidence.Alert { return evidence.Alert{ID: "A-2", Raised: on(day), State: "open"} }
	verified := changed(func(*evidence.Change) {})
	alarm := func(set *evidence.Set, day string) *evidence.Set {
		set.Alerts = []evidence.Alert{{Pos: row(9), ID: "A-3", System: "DB", Signature: "x", Raised: on(day)}}
		return set
	}
	unverified := func(day string) *evidence.Set {
		return alarm(changed(func(c *evidence.Change) { c.VerifiedBy, c.Ended = "", on("2026-05-01") }), day)
	}
	retired := func(days int) *evidence.Set {
		set := backup(small())
		set.Systems[0].Retired, set.Systems[0].Status = true, "retired"
		return aged(set, days)
	}
	missing := backup(small())
	missing.Systems[0].InInventory = false
	watched := func(day string) *evidence.Set {
		return with(func(s *evidence.Set) { s.Systems[0].Monitored, s.Systems[0].LastSeen = evidence.Yes, on(day) })
	}
	file := goodRestore("DB", "2026-05-20", 6)
	file.Scope, file.ScopeText = evidence.ScopeFile, "single file"
	failed := but(goodRestore("DB", "2026-05-20", 6), func(r *evidence.RestoreTest) { r.Result = evidence.Failed })

	for _, c := range []struct {
		name, id string
		set      *evidence.Set
		says     string // "": there must be none
		a, b     Quote
	}{
		{"backups succeed, the integrity job fails", "X01", backup(jobbed(evidence.JobIntegrity, "SF")),
			"Snapshots 1 of 1 successful in May. The database has not been proven sound since 30 May 2026 (1 day, 1 snapshot): 1 consistency check failed.",
			Quote{evidence.Jobs, row(50), "SNAP success, 31 May 2026"}, Quote{evidence.Jobs, row(2), "JOB-1 failed, 31 May 2026"}},
		{"backups succeed, the integrity job too", "X01", backup(jobbed(evidence.JobIntegrity, "FS")), "", Quote{}, Quote{}},
		{"the integrity job fails, no backup", "X01", jobbed(evidence.JobIntegrity, "SF"), "", Quote{}, Quote{}},

		{"backups succeed, no restore export", "X02", backup(small()), "Backups of DB succeed, and no full restore of it is on record.",
			Quote{evidence.Jobs, row(50), "SNAP success, 31 May 2026"}, Quote{evidence.Restores, diag.Pos{}, "No restore test export supplied."}},
		{"backups succeed, one file restored", "X02", backup(restored(file)), "Backups of DB succeed, and no full restore of it is on record. Last restore of any kind was one file on 20 May 2026.",
			Quote{evidence.Jobs, row(50), "SNAP success, 31 May 2026"}, Quote{evidence.Restores, row(1), "RST-DB, single file, success, 20 May 2026"}},
		{"backups succeed, the full restore failed", "X02", backup(restored(failed)),
			"Backups of DB succeed, and no full restore of it is on record. Last restore of any kind was a full restore that did not succeed on 20 May 2026.",
			Quote{evidence.Jobs, row(50), "SNAP success, 31 May 2026"}, Quote{evidence.Restores, row(1), "RST-DB, full system, failed, 20 May 2026"}},
		{"backups succeed, a full restore did", "X02", backup(restored(goodRestore("DB", "2026-05-20", 6))), "", Quote{}, Quote{}},
		{"no backup", "X02", restored(file), "", Quote{}, Quote{}},

		{"an alert on the 30th day after an unverified change", "X05", unverified("2026-05-31"), "CHG-1 ended on 1 May 2026 and nobody verified it; DB raised an alert on 31 May 2026.",
			Quote{evidence.Changes, row(1), "CHG-1 ended 1 May 2026, verified by nobody"}, Quote{evidence.Alerts, row(9), "A-3 x raised 31 May 2026"}},
		{"an alert before it", "X05", unverified("2026-05-01"), "", Quote{}, Quote{}},
		{"an alert after a verified change", "X05", alarm(verified, "2026-05-31"), "", Quote{}, Quote{}},

		{"closed, and again on the 14th day", "X06", alerted(closed, again("2026-05-26")), "A processor alert of DB was closed on 12 May 2026 and came again on 26 May 2026.",
			Quote{evidence.Alerts, row(1), "A-1 cpu-load closed 12 May 2026"}, Quote{evidence.Alerts, row(2), "A-2 cpu-load raised 26 May 2026"}},
		{"closed, and again on the 15th day", "X06", alerted(closed, again("2026-05-27")), "", Quote{}, Quote{}},

		{"done, no record", "X07", tasked(func(t *evidence.Task) { t.Record = "" }), "Capacity review is said to be done on 1 May 2026, and no record is named.",
			Quote{evidence.Tasks, row(1), "Capacity review last done 1 May 2026"}, Quote{evidence.Tasks, row(1), "record is blank"}},
		{"done, with a record", "X07", tasked(func(*evidence.Task) {}), "", Quote{}, Quote{}},

		{"backed up, not in the inventory", "X08", missing, "DB is backed up, and the inventory does not hold it.",
			Quote{evidence.Jobs, row(50), "SNAP success, 31 May 2026"}, Quote{evidence.Inventory, diag.Pos{}, "no row for DB"}},
		{"backed up, in the inventory", "X08", backup(small()), "", Quote{}, Quote{}},
		{"backed up on the last day that counts, retired", "X08", retired(30), "DB is still backed up, and the inventory says that it is retired.",
			Quote{evidence.Jobs, row(50), "SNAP success, 1 May 2026"}, Quote{evidence.Inventory, row(111), "DB retired"}},
		{"backed up long ago, retired", "X08", retired(36), "", Quote{}, Quote{}},

		{"monitored, never seen", "X11", watched(""), "DB is said to be monitored, and no export shows that anything has seen it.",
			Quote{evidence.Inventory, row(111), "DB monitored: yes"}, Quote{evidence.Alerts, diag.Pos{}, "no alert, sample or last-seen date of DB"}},
		{"monitored, seen 36 days ago", "X11", watched("2026-04-25"), "DB is said to be monitored, and was last seen 36 days ago.",
			Quote{evidence.Inventory, row(111), "DB monitored: yes"}, Quote{evidence.Inventory, row(111), "DB last seen 25 April 2026"}},
		{"monitored, seen 35 days ago", "X11", watched("2026-04-26"), "", Quote{}, Quote{}},

		{"the plan misses a host", "X12", planned(10, "DB"), "Written recovery order misses HOST, last updated 10 days ago.",
			Quote{evidence.RecoveryPlan, row(1), "step 1: DB"}, Quote{evidence.Inventory, row(111), "DB runs on HOST"}},
		{"the plan is the wrong way round", "X12", planned(10, "DB", "HOST"), "The written recovery order cannot work: DB has step 1, before HOST, which it needs and which has step 2.",
			Quote{evidence.RecoveryPlan, row(1), "step 1: DB"}, Quote{evidence.Inventory, row(111), "DB runs on HOST"}},
		{"the plan fits", "X12", planned(10, "HOST", "DB"), "", Quote{}, Quote{}},

		{"restored over target", "X13", restored(goodRestore("DB", "2026-05-20", 241)),
			"The restore of DB on 20 May 2026 is marked successful and took 241 minutes; Shipping must be back in 4 hours.",
			Quote{evidence.Restores, row(1), "RST-DB success, 241 minutes"}, Quote{evidence.Services, row(101), "Shipping, recovery time target 4 hours"}},
		{"restored on target", "X13", restored(goodRestore("DB", "2026-05-20", 240)), "", Quote{}, Quote{}},
	} {
		t.Run(c.id+" "+c.name, func(t *testing.T) {
			got := contradicting(c.set, c.id)
			if c.says == "" {
				if len(got) > 0 {
					t.Errorf("there is one: %s", got[0].Says)
				}
				return
			}
			if len(got) != 1 {
				t.Fatalf("%d contradictions, want 1", len(got))
			}
			if diff := cmp.Diff(c.says, got[0].Says.String()); diff != "" {
				t.Errorf("says (-want +got):\n%s", diff)
			}
			if got[0].Means == "" {
				t.Error("nobody says what it means")
			}
			if diff := cmp.Diff([]Quote{c.a, c.b}, []Quote{got[0].A, got[0].B}); diff != "" {
				t.Errorf("quotes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestContradictionRulesAreWhole(t *testing.T) {
	for i, rule := range contradictions {
		if rule.A == "" || rule.B == "" || !strings.HasSuffix(rule.Means, ".") {
			t.Errorf("%s lacks a data set or what it means", rule.ID)
		}
		if i > 0 && rule.ID <= contradictions[i-1].ID {
			t.Errorf("%s stands after %s", rule.ID, contradictions[i-1].ID)
		}
	}
}
