package history_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/evidence"
	"proofpack/generator/history"
)

// month is a record with some findings, one limit and the checks that are asked.
func month(name string, findings ...evidence.PastFinding) *evidence.Month {
	return &evidence.Month{
		Name: name, AsOf: endOf(name + "-28"), DataSets: []string{"jobs", "restores"},
		Limits: map[string]string{"restore-test.default": "90 days"},
		Checks: map[string]string{"BKP-01": "90 days", "BKP-04": "2 runs", "INV-03": "any"}, Findings: findings,
	}
}

func found(id, state, text string) evidence.PastFinding {
	return evidence.PastFinding{ID: id, Check: id[:6], Kind: "system", Subject: id[7:], System: id[7:], State: state, Text: text}
}

func TestCompare(t *testing.T) {
	at := func(state string) []evidence.PastFinding {
		if state == "" {
			return nil
		}
		return []evidence.PastFinding{found("BKP-01/DB", state, "DB: "+state+".")}
	}
	for _, c := range []struct {
		fact    string
		was, is string // states; "" no such finding
		change  func(before, now *evidence.Month)
		want    history.Class // "" nothing changed
	}{
		{"failed for the first time", "", "failed", nil, history.New},
		{"missing for the first time", "", "missing", nil, history.New},
		{"proven for the first time is no news of what was open", "", "proven", nil, ""},
		{"excepted for the first time", "", "excepted", nil, history.Excepted},
		{"a proof that failed", "proven", "failed", nil, history.Worse},
		{"a proof that grew old", "proven", "stale", nil, history.Worse},
		{"a proof that is gone", "proven", "missing", nil, history.Worse},
		{"missing, now failed", "missing", "failed", nil, history.Worse},
		{"missing, now an old record", "missing", "stale", nil, history.Better},
		{"failed, now an old good record", "failed", "stale", nil, history.Better},
		{"failed, now proven", "failed", "proven", nil, history.Fixed},
		{"missing, now proven", "missing", "proven", nil, history.Fixed},
		{"excepted, now proven", "excepted", "proven", nil, history.Fixed},
		{"failed, and the record that showed it is gone", "failed", "missing", nil, history.Gone},
		{"failed, and the finding is gone", "failed", "", nil, history.Gone},
		{"proven, and the finding is gone", "proven", "", nil, history.Gone},
		{"failed, now excepted", "failed", "excepted", nil, history.Excepted},
		{"failed, now not applicable", "failed", "not_applicable", nil, history.Excepted},
		{"excepted, now failed", "excepted", "failed", nil, history.Lapsed},
		{"excepted, now missing", "excepted", "missing", nil, history.Lapsed},
		{"the same", "failed", "failed", nil, ""},
		{"failed, and the export is gone", "failed", "missing", func(_, now *evidence.Month) { now.DataSets = []string{"jobs"} }, history.InputMissing},
		{"proven, and the export is gone with the finding", "proven", "", func(_, now *evidence.Month) { now.DataSets = nil }, history.InputMissing},
		{"an export that neither month had", "failed", "", func(before, now *evidence.Month) { before.DataSets, now.DataSets = nil, nil }, history.Gone},
		{"proven by another limit", "failed", "proven", func(_, now *evidence.Month) { now.Checks["BKP-01"] = "365 days" }, history.RuleChanged},
		{"the same state by another limit", "failed", "failed", func(_, now *evidence.Month) { now.Checks["BKP-01"] = "365 days" }, ""},
		{"a check that was not asked before", "", "failed", func(before, _ *evidence.Month) { delete(before.Checks, "BKP-01") }, history.RuleChanged},
		{"a check that is not asked any more", "failed", "", func(_, now *evidence.Month) { delete(now.Checks, "BKP-01") }, history.RuleChanged},
	} {
		t.Run(c.fact, func(t *testing.T) {
			before, now := month("2026-04", at(c.was)...), month("2026-05", at(c.is)...)
			if c.change != nil {
				c.change(before, now)
			}
			var got []history.Class
			for _, x := range history.Compare(before, now).Changes {
				got = append(got, x.Class)
				if x.Cause == "" || x.ID != "BKP-01/DB" {
					t.Errorf("%q has no cause: %+v", x.Class, x)
				}
			}
			var want []history.Class
			if c.want != "" {
				want = []history.Class{c.want}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestCompareCountsWhatDidNotChange(t *testing.T) {
	before := month("2026-04", found("BKP-01/A", "proven", "restored on 3 March"), found("BKP-01/B", "proven", "restored on 3 March"), found("INV-03/C", "failed", "x"))
	now := month("2026-05", found("BKP-01/A", "proven", "restored on 3 March"), found("BKP-01/B", "proven", "restored on 9 May"), found("INV-03/C", "failed", "y"), found("BKP-01/D", "proven", "z"))
	d := history.Compare(before, now)
	if d.Unchanged != 3 || d.Untested != 1 || d.Proofs != 1 || len(d.Changes) != 0 {
		t.Errorf("%+v, want 3 unchanged, 1 of them not retested, 1 further proof", d)
	}
}

func TestCompareListsChangedLimits(t *testing.T) {
	before, now := month("2026-04"), month("2026-05")
	now.Limits = map[string]string{"restore-test.default": "120 days", "horizon": "30 days"}
	before.Limits["old"] = "1"
	want := []history.Change{
		{Class: history.RuleChanged, ID: "limit/horizon", Kind: "limit", Subject: "horizon", Name: "horizon", Is: "30 days", Cause: "The limit horizon is 30 days; April 2026 had none of that name."},
		{Class: history.RuleChanged, ID: "limit/old", Kind: "limit", Subject: "old", Name: "old", Was: "1", Cause: "The limit old was 1; there is none of that name any more."},
		{Class: history.RuleChanged, ID: "limit/restore-test.default", Kind: "limit", Subject: "restore-test.default", Name: "restore-test.default", Was: "90 days", Is: "120 days", Cause: "The limit restore-test.default was 90 days and is 120 days."},
	}
	if diff := cmp.Diff(want, history.Compare(before, now).Changes); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCompareOfMaskedNames(t *testing.T) {
	before := month("2026-04", found("BKP-01/d•••", "failed", ""), found("BKP-01/d•••", "proven", ""))
	now := month("2026-05", found("BKP-01/d•••", "failed", ""))
	d := history.Compare(before, now)
	if d.Unchanged != 1 || d.Count(history.Gone) != 1 {
		t.Errorf("%+v, want one unchanged and one gone", d)
	}
}

func TestCompareWithOtherNames(t *testing.T) {
	before, now := month("2026-04", found("BKP-01/DB", "failed", "")), month("2026-05", found("BKP-01/system-12345678", "failed", ""))
	now.Publish = "inventory.system_id: pseudonym; key 0badcafe"
	d := history.Compare(before, now)
	if d.Cannot == "" || len(d.Changes) != 0 {
		t.Errorf("%+v, want that it cannot be compared", d)
	}
}

func TestCourses(t *testing.T) {
	for _, c := range []struct {
		fact      string
		was, is   []evidence.PastFinding
		want      history.Direction
		pro, con  int
		noExports bool
	}{
		{"one fixed", []evidence.PastFinding{found("BKP-01/A", "failed", "")}, []evidence.PastFinding{found("BKP-01/A", "proven", "")}, history.ItsBetter, 1, 0, false},
		{"one fixed, one worse", []evidence.PastFinding{found("BKP-01/A", "failed", ""), found("BKP-01/B", "proven", "")}, []evidence.PastFinding{found("BKP-01/A", "proven", ""), found("BKP-01/B", "failed", "")}, history.ItsSame, 1, 1, false},
		{"one gone without proof counts against", []evidence.PastFinding{found("BKP-01/A", "failed", "")}, nil, history.ItsWorse, 0, 1, false},
		{"nothing changed", []evidence.PastFinding{found("BKP-01/A", "failed", "")}, []evidence.PastFinding{found("BKP-01/A", "failed", "")}, history.ItsSame, 0, 0, false},
		{"a finding of another aim", nil, []evidence.PastFinding{found("INV-03/A", "failed", "")}, history.ItsSame, 0, 0, false},
		{"no export to judge it by", nil, nil, history.CannotCompare, 0, 0, true},
	} {
		t.Run(c.fact, func(t *testing.T) {
			before, now := month("2026-04", c.was...), month("2026-05", c.is...)
			if c.noExports {
				before.DataSets = nil
			}
			got := history.Courses(before, now, history.Compare(before, now))[2]
			if got.Aim.Name != "Recovery" || got.Direction != c.want || got.For != c.pro || got.Against != c.con {
				t.Errorf("%+v, want %s with %d for and %d against", got, c.want, c.pro, c.con)
			}
		})
	}
	for _, c := range history.Courses(nil, month("2026-05"), nil) {
		if c.Direction != history.CannotCompare || c.Why == "" {
			t.Errorf("without an earlier month: %+v", c)
		}
	}
}
