package assess

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
	"proofpack/generator/graph"
)

// drifted is small with an inventory of April, in which DB had version 15, and
// a change to DB in May.
func drifted(change func(*evidence.Set)) *evidence.Set {
	set := changed(func(*evidence.Change) {})
	set.Systems[0].OS, set.Systems[0].Version, set.Systems[0].ConfigHash = "Linux", "16", "9f03"
	set.Systems[1].OS = "ESXi"
	set.Earlier = []evidence.Month{{Name: "2026-04", AsOf: on("2026-04-30"), Systems: []evidence.PastSystem{
		{ID: "DB", Row: 2, File: "inventory.csv", Attributes: map[string]string{"os": "linux", "version": "15", "config_hash": "9F03"}},
		{ID: "HOST", Row: 3, File: "inventory.csv", Attributes: map[string]string{"os": "ESXi"}},
	}}}
	if change != nil {
		change(set)
	}
	return set
}

func TestUnrecordedDrift(t *testing.T) {
	on1 := func(change func(*evidence.Change)) *evidence.Set {
		return drifted(func(s *evidence.Set) { change(&s.Changes[0]) })
	}
	for _, c := range []fact{
		{"no earlier month", drifted(func(s *evidence.Set) { s.Earlier = nil }), "CHG-04/DB", Missing, "Nothing to compare DB with: no earlier month is at hand."},
		{"a change behind it", drifted(nil), "CHG-04/DB", Proven, "Version of DB went from “15” in April 2026 to “16”; on record since then: CHG-1."},
		{"no change to it", on1(func(c *evidence.Change) { c.Systems = []string{"HOST"} }), "CHG-04/DB", Failed,
			"Version of DB went from “15” in April 2026 to “16”, and no change to it since 30 April 2026 is on record."},
		{"no change export", drifted(func(s *evidence.Set) { s.Changes = nil }), "CHG-04/DB", Failed,
			"Version of DB went from “15” in April 2026 to “16”, and no change is on record. No change export supplied."},
		{"a cancelled change", on1(func(c *evidence.Change) { c.Cancelled = true }), "CHG-04/DB", Failed, ""},
		{"a change that is only planned", on1(func(c *evidence.Change) { c.Implemented, c.State = false, "scheduled" }), "CHG-04/DB", Failed, ""},
		{"work that ended the minute April did", on1(func(c *evidence.Change) { c.Started, c.Ended = clock("2026-04-30 20:00"), on("2026-04-30") }), "CHG-04/DB", Failed, ""},
		{"work that ended a minute into May", on1(func(c *evidence.Change) { c.Started, c.Ended = clock("2026-04-30 20:00"), clock("2026-05-01 00:00") }), "CHG-04/DB", Proven, ""},
		{"work that began before April ended, closed in May", on1(func(c *evidence.Change) { c.Started, c.NotEnd = clock("2026-04-30 20:00"), true }), "CHG-04/DB", Failed, ""},
		{"work without a date of its own", on1(func(c *evidence.Change) { c.NotActual, c.NotEnd = true, true }), "CHG-04/DB", Missing,
			"Version of DB went from “15” in April 2026 to “16”; CHG-1 could be the change behind it, and nothing shows that it is."},
		{"a change that does not say whether it began", on1(func(c *evidence.Change) { c.Implemented, c.State = false, "" }), "CHG-04/DB", Missing, ""},
		{"a change that names no system", on1(func(c *evidence.Change) { c.Systems = nil }), "CHG-04/DB", Missing, ""},
		{"only case and space differ", drifted(func(s *evidence.Set) { s.Systems[0].OS, s.Systems[0].Version, s.Changes = " LINUX", "15", nil }), "CHG-04/DB", Proven,
			"Operating system, version and configuration of DB are as in the inventory of April 2026."},
		{"some is not compared", drifted(nil), "CHG-04/HOST", Proven,
			"Operating system of HOST is as in the inventory of April 2026. Its version and configuration are not on record there, and not compared."},
		{"the configuration alone", drifted(func(s *evidence.Set) { s.Systems[0].Version, s.Systems[0].ConfigHash, s.Changes = "15", "aa", nil }), "CHG-04/DB", Failed,
			"The configuration of DB is not the one of April 2026, and no change is on record. No change export supplied."},
		{"a version that is no longer recorded", drifted(func(s *evidence.Set) { s.Systems[0].Version = "" }), "CHG-04/DB", Missing, "Version of DB was “15” in April 2026 and is no longer recorded."},
		{"one attribute unrecorded hides no other", drifted(func(s *evidence.Set) { s.Systems[0].Version, s.Systems[0].OS, s.Changes = "", "BSD", nil }), "CHG-04/DB", Failed, ""},
		{"new since", drifted(func(s *evidence.Set) { s.Earlier[0].Systems = s.Earlier[0].Systems[:1] }), "CHG-04/HOST", Missing,
			"Nothing to compare HOST with: the inventory of April 2026 does not hold it."},
		{"nothing of it was recorded", drifted(func(s *evidence.Set) { s.Earlier[0].Systems[1].Attributes = nil }), "CHG-04/HOST", Missing,
			"Nothing to compare HOST with: the inventory of April 2026 recorded no operating system, version or configuration of it."},
		{"gone from the inventory", drifted(func(s *evidence.Set) {
			s.Earlier[0].Systems = append(s.Earlier[0].Systems, evidence.PastSystem{ID: "OLD"})
		}), "CHG-04/OLD", Missing, "OLD was in the inventory of April 2026, and is not in this one; nothing in it says what became of it."},
		{"known by another of its names", drifted(func(s *evidence.Set) {
			s.Earlier[0].Systems[0].ID, s.Earlier[0].Systems[0].Name, s.Systems[0].Names = "4711", "db.corp", []string{"DB.corp"}
		}), "CHG-04/DB", Proven, ""},
	} {
		c.run(t)
	}
}

func TestDrifts(t *testing.T) {
	set := drifted(func(s *evidence.Set) { s.Changes, s.Systems[1].OS = nil, "" })
	in := &Input{Set: set, Graph: graph.New(set), Policy: config.Defaults()}
	var got []string
	for _, d := range in.Drifts() {
		got = append(got, fmt.Sprintf("%s %s %q %q %t", d.System, d.Attribute, d.Was, d.Now, d.Unrecorded()))
	}
	if diff := cmp.Diff([]string{`DB version "15" "16" true`, `HOST os "ESXi" "" false`}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestDriftAfterAnUnverifiedChange(t *testing.T) {
	unverified := func(ended string, change func(*evidence.Set)) *evidence.Set {
		return drifted(func(s *evidence.Set) {
			c := &s.Changes[0]
			c.VerifiedBy, c.Started, c.Ended = "", clock(ended), clock(ended)
			change(s)
		})
	}
	none := func(*evidence.Set) {}
	for _, c := range []struct {
		name string
		set  *evidence.Set
		want string
	}{
		{"ended inside the limit before last month's as-of", unverified("2026-04-01 09:00", none), "CHG-1 ended on 1 April 2026 and nobody verified it; the version of DB is not what it was in April 2026, and no change on record made it so."},
		{"ended longer before", unverified("2026-03-31 09:00", none), ""},
		{"ended since: it is the change behind it", unverified("2026-05-01 09:00", none), ""},
		{"verified", unverified("2026-04-01 09:00", func(s *evidence.Set) { s.Changes[0].VerifiedBy = "Grace Hopper" }), ""},
		{"nothing differs", unverified("2026-04-01 09:00", func(s *evidence.Set) { s.Systems[0].Version = "15" }), ""},
		{"no longer recorded", unverified("2026-04-01 09:00", func(s *evidence.Set) { s.Systems[0].Version = "" }), ""},
		{"no earlier month", unverified("2026-04-01 09:00", func(s *evidence.Set) { s.Earlier = nil }), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			for _, x := range assessed(c.set).Contradictions {
				if x.ID == "X05" {
					got = x.Says.String()
					if diff := cmp.Diff(Quote{DataSet: evidence.Inventory, Pos: row(111), Text: "DB version 16, 15 in April 2026"}, x.B); diff != "" {
						t.Errorf("(-want +got)\n%s", diff)
					}
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestRemovingEvidenceOfDriftNeverImprovesAnything takes rows, cells and
// columns of the inventory and of changes of every kind away, with an earlier
// month to compare with.
func TestRemovingEvidenceOfDriftNeverImprovesAnything(t *testing.T) {
	full := scenario(t, "A-storage-control")
	for i, extra := range [][]string{{"os", "version", "config_hash"}, {"ESXi", "8.0", "a1"}, {"Windows Server", "2022", ""}, {"Windows Server", "2022", "b1"}, {"Windows Server", "2022", "c1"}} {
		full[evidence.Inventory][i] = append(full[evidence.Inventory][i], extra...)
	}
	full[evidence.Changes] = sheet{
		{"change_id", "system", "type", "state", "opened", "actual_start", "actual_end", "closed", "approved_by", "approved_at", "verified_by", "outcome", "test_record", "rollback_record"},
		{"CHG-1", "VMH-01", "normal", "closed", "2026-05-02", "2026-05-03", "2026-05-03", "2026-05-04", "D. Ortiz", "2026-05-02", "L. Chen", "successful", "", ""},
		{"CHG-2", "SQL-01", "emergency", "closed", "2026-05-12", "2026-05-12", "2026-05-12", "2026-05-12", "D. Ortiz", "2026-05-13", "", "rolled back", "TST-4", ""},
		{"CHG-3", "ERP-01", "emergency", "closed", "2026-05-13", "2026-05-13", "2026-05-13", "2026-05-13", "D. Ortiz", "2026-05-12", "L. Chen", "failed", "", "RB-9"},
		{"CHG-4", "WMS-01", "standard", "closed", "2026-04-02", "2026-04-03", "2026-04-03", "2026-05-04", "", "", "", "failed", "", ""},
		{"CHG-5", "WMS-01", "", "", "2026-05-20", "", "", "", "", "", "", "", "", ""},
	}
	earlier := func(in *Input) *Input {
		past := evidence.Month{Name: "2026-04", AsOf: on("2026-04-30")}
		for id, attributes := range map[string]map[string]string{
			"VMH-01": {"os": "ESXi", "version": "7.0", "config_hash": "a1"}, "SQL-01": {"os": "Windows Server", "version": "2019"},
			"ERP-01": {"os": "Windows Server", "version": "2022", "config_hash": "b0"}, "WMS-01": {"version": "2019", "config_hash": "c1"}, "OLD-7": {"os": "DOS"},
		} {
			past.Systems = append(past.Systems, evidence.PastSystem{ID: id, Name: id, Attributes: attributes})
		}
		in.Earlier = []evidence.Month{past}
		return in
	}
	declared := full.declare()
	before := Assess(earlier(full.read(t, "2026-05-31", declared)))
	for id, want := range map[string]State{
		"CHG-03/CHG-2": Missing, "CHG-03/CHG-3": Proven, "CHG-03/CHG-5": Missing, "CHG-04/VMH-01": Proven, "CHG-04/SQL-01": Proven, "CHG-04/ERP-01": Proven,
		"CHG-04/WMS-01": Missing, "CHG-04/OLD-7": Missing, "CHG-05/CHG-2": Proven, "CHG-05/CHG-3": Proven, "CHG-05/CHG-4": Missing, "CHG-05/CHG-5": Missing,
	} {
		if f := finding(t, before, id); f.State != want {
			t.Errorf("%s is %s (%s), want %s", id, f.State, f.Says, want)
		}
	}
	less := func(what, dataSet string, e exports) {
		for _, problem := range improved(before, Assess(earlier(e.read(t, "2026-05-31", declared))), dataSet) {
			t.Errorf("%s: %s", what, problem)
		}
	}
	for _, d := range []string{evidence.Inventory, evidence.Changes} {
		for i, r := range full[d] {
			for c, value := range r {
				e := full.clone()
				if i > 0 {
					e[d][i][c] = ""
				} else {
					for k := range e[d] {
						e[d][k] = slices.Delete(e[d][k], c, c+1)
					}
				}
				less(fmt.Sprintf("%s row %d without %s = %s", d, i+1, full[d][0][c], value), d, e)
			}
			if i > 0 {
				e := full.clone()
				e[d] = slices.Delete(e[d], i, i+1)
				less(fmt.Sprintf("%s without row %d", d, i+1), d, e)
			}
		}
	}
}
