package assess

import (
	"testing"

	"proofpack/generator/evidence"
)

func TestInventoryKnown(t *testing.T) {
	unknown := with(func(s *evidence.Set) {
		for _, d := range []string{evidence.Jobs, evidence.Capacity, evidence.Alerts} {
			s.Inputs = append(s.Inputs, supplied(d, -1, 3, evidence.Unattested))
		}
		u := evidence.UnknownSystem{Name: "OLD-1", DataSet: map[string]int{evidence.Jobs: 1, evidence.Alerts: 2, evidence.Capacity: 3}}
		for _, n := range []int{2, 3, 4} {
			p := row(n)
			p.File = "capacity.csv"
			u.Rows = append(u.Rows, p)
		}
		s.Unknown = []evidence.UnknownSystem{u}
		s.Systems = append(s.Systems, evidence.System{ID: "OLD-1", Pos: u.Rows[0]})
	})
	for _, c := range []fact{
		{"in the inventory", unknown, "INV-01/DB", Proven, "DB is in the inventory."},
		{"in other exports only (M7)", unknown, "INV-01/OLD-1", Failed, "Unknown system OLD-1 in capacity (3 rows), alerts (2), jobs (1): the inventory does not hold it."},
	} {
		c.run(t)
	}
	f := finding(t, assessed(unknown), "INV-01/OLD-1")
	if n := len(f.Says.Figures[0].Sources); n != 3 {
		t.Errorf("the count of capacity rows rests on %d rows, want 3", n)
	}
}

func TestInventorySeen(t *testing.T) {
	seen := func(day string) *evidence.Set {
		return with(func(s *evidence.Set) { s.Systems[0].LastSeen = on(day) })
	}
	failing := seen("2026-04-01")
	failing.Jobs = runs("J", "DB", evidence.JobBackup, "failed")
	alarmed := seen("2026-04-01")
	alarmed.Alerts = []evidence.Alert{{Pos: row(7), System: "DB", Signature: "x", Raised: on("2026-05-30")}}
	for _, c := range []fact{
		{"on the last day allowed", seen("2026-05-01"), "INV-02/DB", Proven, "DB was last seen on 1 May 2026."},
		{"a day earlier", seen("2026-04-30"), "INV-02/DB", Stale, "DB was last seen on 30 April 2026, 31 days ago."},
		{"never", seen(""), "INV-02/DB", Missing, "No tool has seen DB: no last-seen date, no alert, no sample, no good job run and no scan in any export."},
		{"by an alert", alarmed, "INV-02/DB", Proven, "DB was last seen on 30 May 2026."},
		{"a failed job has not seen it", failing, "INV-02/DB", Stale, ""},
	} {
		c.run(t)
	}
}

func TestOwnerNamed(t *testing.T) {
	owner := func(name string) *evidence.Set {
		return with(func(s *evidence.Set) { s.Systems[0].Owner = name })
	}
	for _, c := range []fact{
		{"a person", owner("D. Ortiz"), "INV-03/DB", Proven, "DB belongs to D. Ortiz."},
		{"a name that ends in a point", owner("Abdiel R."), "INV-03/DB", Proven, "DB belongs to Abdiel R."},
		{"nobody", owner(""), "INV-03/DB", Missing, "DB has no owner."},
		{"a mailbox", owner("it@corp.example"), "INV-03/DB", Failed, "DB has no person as owner: “it@corp.example” is a group or a mailbox."},
		{"of a service", owner(""), "INV-03/SHIP", Proven, "Shipping belongs to Ada Byron."},
	} {
		c.run(t)
	}
}

func TestImpactRecorded(t *testing.T) {
	all := with(func(s *evidence.Set) {
		s.Services[0].RPOHours, s.Services[0].MTDHours = evidence.Known(24), evidence.Known(48)
		s.Systems = append(s.Systems, evidence.System{Pos: row(113), ID: "LAB", InInventory: true})
	})
	parts := with(func(s *evidence.Set) {
		s.Services[0].CostPerHour, s.Services[0].CostParts = evidence.Number{}, map[string]float64{"lost_output": 3350}
		s.Services[0].RPOHours, s.Services[0].MTDHours = evidence.Known(24), evidence.Known(48)
	})
	for _, c := range []fact{
		{"everything", all, "INV-04/SHIP", Proven, "Shipping declares its cost an hour, its recovery targets and its maximum tolerable downtime."},
		{"cost in parts", parts, "INV-04/SHIP", Proven, ""},
		{"two blanks", small(), "INV-04/SHIP", Missing, "Shipping declares no data loss target (RPO) and no maximum tolerable downtime (MTD)."},
		{"a system that a service needs", all, "INV-04/HOST", Proven, "Shipping needs HOST."},
		{"a system that none needs", all, "INV-04/LAB", Missing, "No service on record needs LAB, so nothing says what its failure costs."},
	} {
		c.run(t)
	}
}

func TestVendorSupport(t *testing.T) {
	ends := func(day string) *evidence.Set {
		return with(func(s *evidence.Set) { s.Systems[0].SupportEnds = on(day) })
	}
	for _, c := range []fact{
		{"on as-of itself", ends("2026-05-31"), "INV-05/DB", Proven, "Vendor support runs to 31 May 2026."},
		{"the day before", ends("2026-05-30"), "INV-05/DB", Failed, "Vendor support ended 1 day ago; no exception on file."},
		{"not recorded", ends(""), "INV-05/DB", Missing, "When vendor support of DB ends is not on record."},
	} {
		c.run(t)
	}
}

func TestDependenciesRecorded(t *testing.T) {
	alone := with(func(s *evidence.Set) { s.Systems[0].RunsOn = nil })
	for _, c := range []fact{
		{"runs on something", small(), "INV-06/DB", Proven, "DB rests on HOST."},
		{"a host that others run on", small(), "INV-06/HOST", Proven, "HOST carries 1 other system and rests on nothing else in the inventory."},
		{"a database that rests on nothing", alone, "INV-06/DB", Missing, "No export says what DB rests on."},
	} {
		c.run(t)
	}
}

func TestARetiredSystemIsJudgedOnlyWhileItLives(t *testing.T) {
	for _, c := range []struct {
		name string
		seen string
		want bool
	}{
		{"no sign of it", "", false},
		{"a sample on the last day that counts", "2026-05-01", true},
		{"a sample a day earlier", "2026-04-30", false},
	} {
		set := with(func(s *evidence.Set) {
			s.Systems[0].Retired = true
			s.Samples = []evidence.Sample{{Pos: row(1), System: "DB", Resource: "C:", At: on(c.seen), Used: 1, Total: 2, Unit: "GB"}}
		})
		found := false
		for _, f := range assessed(set).Findings {
			found = found || f.ID == "INV-03/DB"
		}
		if found != c.want {
			t.Errorf("%s: judged %v, want %v", c.name, found, c.want)
		}
	}
}

// planned is small with a written order of the systems given, updated so many
// days before as-of.
func planned(days int, systems ...string) *evidence.Set {
	return with(func(s *evidence.Set) {
		for i, id := range systems {
			s.Plan = append(s.Plan, evidence.PlanStep{
				Pos: row(i + 1), Service: "SHIP", Step: i + 1, System: id, Owner: "Ada Byron", Runbook: "RB-1", Updated: s.AsOf.AddDate(0, 0, -days),
			})
		}
	})
}

func TestPlan(t *testing.T) {
	cycle := planned(10, "HOST", "DB")
	cycle.Systems[1].DependsOn = []string{"DB"}
	unwritten := planned(10)
	unwritten.Systems[1].DependsOn = []string{"DB"}
	other := planned(10, "HOST", "DB")
	other.Plan[0].Service, other.Plan[1].Service = "BILL", "BILL"
	noRunbook := planned(10, "HOST", "DB")
	noRunbook.Plan[0].Runbook = " "
	noDate := planned(10, "HOST", "DB")
	noDate.Plan[1].Updated = on("")
	for _, c := range []fact{
		{"in order", planned(10, "HOST", "DB"), "BKP-08/SHIP", Proven, "The written recovery order holds everything that Shipping needs in 2 steps, each after what it needs."},
		{"a system without a step", planned(10, "DB"), "BKP-08/SHIP", Failed, "Written recovery order misses HOST, last updated 10 days ago."},
		{"in the wrong order", planned(10, "DB", "HOST"), "BKP-08/SHIP", Failed,
			"The written recovery order cannot work: DB has step 1, before HOST, which it needs and which has step 2."},
		{"no plan export", small(), "BKP-08/SHIP", Missing, "No recovery plan export supplied."},
		{"none for this service", other, "BKP-08/SHIP", Missing, "No recovery order is written for Shipping."},
		{"a cycle (M17)", cycle, "BKP-08/SHIP", Failed, "The written recovery order cannot work: DB needs HOST and HOST needs DB: no order can hold them."},
		{"a cycle without a plan", unwritten, "BKP-08/SHIP", Failed, "DB needs HOST and HOST needs DB: no order can hold them."},
		{"runbooks", planned(10, "HOST", "DB"), "DOC-01/SHIP", Proven, "Every one of 2 steps names its runbook."},
		{"a step without", noRunbook, "DOC-01/SHIP", Missing, "1 of 2 steps names no runbook."},
		{"none for this service", other, "DOC-01/SHIP", Missing, "No runbook is on record for Shipping."},
		{"updated on the last day allowed", planned(365, "HOST", "DB"), "DOC-02/SHIP", Proven, "Last updated on 31 May 2025."},
		{"a day earlier", planned(366, "HOST", "DB"), "DOC-02/SHIP", Stale, "Last updated 366 days ago."},
		{"a step without a date", noDate, "DOC-02/SHIP", Missing, "When step 2 of the plan was updated is not on record."},
		{"none for this service", other, "DOC-02/SHIP", Missing, "No recovery plan is on record for Shipping."},
	} {
		c.run(t)
	}
}
