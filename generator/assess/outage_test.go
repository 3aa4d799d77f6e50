package assess

import (
	"testing"
	"time"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
)

// outageOf is small with an outage of Shipping that began with HOST on 13 May
// 2026 at 06:00, lasted six hours and was answered in full, and with a change
// export that holds nothing about it.
func outageOf(change func(*evidence.Incident, *evidence.Set)) *evidence.Set {
	return with(func(s *evidence.Set) {
		s.Incidents = []evidence.Incident{{
			Pos: row(1), ID: "INC-1", Started: clock("2026-05-13 06:00"), Restored: clock("2026-05-13 12:00"), Service: "SHIP", RootSystem: "HOST",
			Cost: evidence.Known(100), CostParts: []evidence.CostPart{{Name: "overtime", Amount: 60}, {Name: "lost output", Amount: 40}},
			EscalationOwner: "Ada Byron", EscalatedOn: clock("2026-05-13 10:00"), Lesson: "label the cables", LessonDue: on("2026-05-20"), LessonFixed: on("2026-05-19"),
		}}
		s.Changes = []evidence.Change{{Pos: row(2), ID: "CHG-9", Systems: []string{"OTHER"}, Started: on("2026-01-02"), Ended: on("2026-01-02"), Implemented: true, VerifiedBy: "Ada Byron"}}
		s.Services[0].HoursPerDay = evidence.Known(8) // from the policy's 08:00
		change(&s.Incidents[0], s)
	})
}

func TestCostAddsUp(t *testing.T) {
	parts := func(whole float64, parts ...float64) *evidence.Set {
		return outageOf(func(n *evidence.Incident, _ *evidence.Set) {
			n.Cost, n.CostParts = evidence.Known(whole), nil
			for _, p := range parts {
				n.CostParts = append(n.CostParts, evidence.CostPart{Name: "part", Amount: p})
			}
		})
	}
	for _, c := range []fact{
		{"parts that make the cost", parts(100, 60, 40), "GOV-08/INC-1", Proven, "The 2 cost parts of INC-1 add up to its cost, $100."},
		{"one unit short", parts(100, 60, 39), "GOV-08/INC-1", Proven, ""},
		{"one unit and a cent short", parts(100, 60, 38.99), "GOV-08/INC-1", Failed, "The cost parts of INC-1 add up to $98.99, and its cost is $100."},
		{"one unit over", parts(100, 61, 40), "GOV-08/INC-1", Proven, ""},
		{"one unit and a cent over", parts(100, 61.01, 40), "GOV-08/INC-1", Failed, "The cost parts of INC-1 add up to $101.01, and its cost is $100."},
		{"cents that no float holds", parts(0.3, 0.1, 0.2), "GOV-08/INC-1", Proven, ""},
		{"no parts", parts(100), "GOV-08/INC-1", Missing, "INC-1 cost $100, and its parts are not on record."},
		{"no cost", outageOf(func(n *evidence.Incident, _ *evidence.Set) { n.Cost = evidence.Number{} }), "GOV-08/INC-1", Missing, "The cost parts of INC-1 add up to $100, and its whole cost is not on record."},
		{"neither", outageOf(func(n *evidence.Incident, _ *evidence.Set) { n.Cost, n.CostParts = evidence.Number{}, nil }), "GOV-08/INC-1", Missing, "What INC-1 cost is not on record."},
		{"no incident export", small(), "GOV-08/SHIP", Missing, "No incident export supplied."},
	} {
		c.run(t)
	}
}

func TestMissEscalated(t *testing.T) {
	lasting := func(h time.Duration, change func(*evidence.Incident)) *evidence.Set {
		return outageOf(func(n *evidence.Incident, _ *evidence.Set) {
			n.Restored = n.Started.Add(h)
			change(n)
		})
	}
	as := func(*evidence.Incident) {}
	nobody := func(n *evidence.Incident) { n.EscalationOwner = "" }
	for _, c := range []fact{
		{"on the target", lasting(4*time.Hour, nobody), "INC-01/INC-1", Proven, "INC-1 stopped Shipping for 2 business hours (4 hours by the clock). The recovery target of Shipping is 4 hours."},
		{"a second over it, nobody called", lasting(4*time.Hour+time.Second, nobody), "INC-01/INC-1", Failed, ""},
		{"over it, nobody called", lasting(6*time.Hour, nobody), "INC-01/INC-1", Failed,
			"INC-1 stopped Shipping for 4 business hours (6 hours by the clock). The recovery target of 4 hours was missed by 2 hours, and no escalation owner is on record."},
		{"over it, a mailbox called", lasting(6*time.Hour, func(n *evidence.Incident) { n.EscalationOwner = "helpdesk" }), "INC-01/INC-1", Failed,
			"INC-1 stopped Shipping for 4 business hours (6 hours by the clock). The recovery target of 4 hours was missed by 2 hours, and was escalated to “helpdesk”, which is no person."},
		{"over it, nobody knows when", lasting(6*time.Hour, func(n *evidence.Incident) { n.EscalatedOn = time.Time{} }), "INC-01/INC-1", Failed,
			"INC-1 stopped Shipping for 4 business hours (6 hours by the clock). The recovery target of 4 hours was missed by 2 hours; it was escalated to Ada Byron, and when is not on record."},
		{"over it, and answered", lasting(6*time.Hour, as), "INC-01/INC-1", Proven,
			"INC-1 stopped Shipping for 4 business hours (6 hours by the clock). The recovery target of 4 hours was missed by 2 hours; it was escalated to Ada Byron on 13 May 2026."},
		{"going on, over the target", lasting(0, func(n *evidence.Incident) { n.Restored, n.EscalationOwner = time.Time{}, "" }), "INC-01/INC-1", Failed, ""},
		{"going on, inside the target", outageOf(func(n *evidence.Incident, s *evidence.Set) {
			n.Started, n.Restored = s.AsOf.Add(-time.Hour), time.Time{}
		}), "INC-01/INC-1", Missing, ""},
		{"no target", outageOf(func(_ *evidence.Incident, s *evidence.Set) { s.Services[0].RTOHours = evidence.Number{} }), "INC-01/INC-1", Missing,
			"INC-1 stopped Shipping for 4 business hours (6 hours by the clock). Shipping declares no recovery target to compare it with."},
	} {
		c.run(t)
	}
}

func TestEscalationOwned(t *testing.T) {
	within := func(n *evidence.Incident) { n.Restored = n.Started.Add(time.Hour) }
	late := func() *evidence.Set { return restored(goodRestore("DB", "2026-05-20", 241)) }
	for _, c := range []fact{
		{"nobody named, nothing missed", outageOf(func(n *evidence.Incident, _ *evidence.Set) { within(n) }), "GOV-05/SHIP", Missing, "Shipping names no escalation owner."},
		{"nobody named, an outage over its target", outageOf(func(*evidence.Incident, *evidence.Set) {}), "GOV-05/SHIP", Failed, "Shipping names no escalation owner, and a recovery target of it was missed: INC-1."},
		{"nobody named, a restore over its target", late(), "GOV-05/SHIP", Failed, "Shipping names no escalation owner, and a recovery target of it was missed: the restore of DB and the restore of Shipping."},
		{"a mailbox", outageOf(func(n *evidence.Incident, s *evidence.Set) { within(n); s.Services[0].EscalationOwner = "helpdesk" }), "GOV-05/SHIP", Failed, ""},
		{"a person", outageOf(func(_ *evidence.Incident, s *evidence.Set) { s.Services[0].EscalationOwner = "Grace Hopper" }), "GOV-05/SHIP", Proven, "When a recovery target of Shipping is missed, Grace Hopper is called."},
	} {
		c.run(t)
	}
}

func TestChangeBeforeAnOutage(t *testing.T) {
	changed := func(change func(*evidence.Change)) *evidence.Set {
		return outageOf(func(_ *evidence.Incident, s *evidence.Set) {
			s.Changes = append(s.Changes, evidence.Change{Pos: row(3), ID: "CHG-1", Systems: []string{"HOST"}, Started: on("2026-04-13"), Ended: on("2026-04-13"), Implemented: true, VerifiedBy: "Ada Byron"})
			change(&s.Changes[1])
		})
	}
	ended := func(day string) func(*evidence.Change) {
		return func(c *evidence.Change) { c.Started, c.Ended = on(day), on(day) }
	}
	for _, c := range []fact{
		{"none", outageOf(func(*evidence.Incident, *evidence.Set) {}), "CHG-06/INC-1", Proven, "No change to HOST, or to what it or Shipping needs, is on record in the 30 days before INC-1."},
		{"on the 30th day before", changed(ended("2026-04-13")), "CHG-06/INC-1", Failed, "CHG-1 changed HOST, the system that failed first, 30 days before INC-1."},
		{"on the 31st day before", changed(ended("2026-04-12")), "CHG-06/INC-1", Proven, ""},
		{"on the 31st day before, never verified", changed(func(c *evidence.Change) { ended("2026-04-12")(c); c.VerifiedBy = "" }), "CHG-06/INC-1", Missing,
			"No change is on record in the 30 days before INC-1; CHG-1 changed HOST, the system that failed first, 31 days before it, and nobody verified it."},
		{"on the day itself, no time", changed(ended("2026-05-13")), "CHG-06/INC-1", Failed, ""},
		{"on the day itself, after it began", changed(func(c *evidence.Change) { c.Started, c.Ended = clock("2026-05-13 08:00"), clock("2026-05-13 09:00") }), "CHG-06/INC-1", Proven, ""},
		{"being worked on when it began", changed(func(c *evidence.Change) { c.Started, c.Ended = clock("2026-05-13 05:00"), clock("2026-05-13 09:00") }), "CHG-06/INC-1", Failed, ""},
		{"to another system that the service needs", changed(func(c *evidence.Change) { c.Systems = []string{"DB"} }), "CHG-06/INC-1", Missing, "CHG-1 changed DB, which runs on HOST, 30 days before INC-1."},
		{"to a system that has no part in it", changed(func(c *evidence.Change) { c.Systems = []string{"OTHER"} }), "CHG-06/INC-1", Proven, ""},
		{"to nobody knows what", changed(func(c *evidence.Change) { c.Systems = nil }), "CHG-06/INC-1", Missing, "CHG-1 names no system, so it may have changed what failed in INC-1."},
		{"nobody knows when", changed(func(c *evidence.Change) { c.Started, c.Ended = time.Time{}, time.Time{} }), "CHG-06/INC-1", Missing, "CHG-1 changed HOST, the system that failed first, and says no date: it may have been before INC-1."},
		{"cancelled", changed(func(c *evidence.Change) { c.Cancelled = true }), "CHG-06/INC-1", Proven, ""},
		{"no change export", outageOf(func(_ *evidence.Incident, s *evidence.Set) { s.Changes = nil }), "CHG-06/INC-1", Missing, "No change export supplied. What was changed before INC-1 is not on record."},
		{"nobody says what failed first", outageOf(func(n *evidence.Incident, _ *evidence.Set) { n.RootSystem = "" }), "CHG-06/INC-1", Missing, "INC-1 names no system that failed first, so no change can be ruled out."},
	} {
		c.run(t)
	}
	set := changed(func(c *evidence.Change) {
		c.Systems, c.Started, c.Ended = []string{"HOST"}, on("2026-04-20"), on("2026-04-20")
	})
	set.Incidents[0].RootSystem = "DB"
	fact{"to what the root system needs", set, "CHG-06/INC-1", Failed, "CHG-1 changed HOST, which DB needs, 23 days before INC-1."}.run(t)
}

func TestBusinessHours(t *testing.T) {
	shipping := evidence.Service{HoursPerDay: evidence.Known(7.5), PeakWindow: "Mon-Fri 06:00-14:00"}
	plain := evidence.Service{}
	for _, c := range []struct {
		fact     string
		service  *evidence.Service
		from, to string
		want     float64
	}{
		{"two days of a service that opens at six", &shipping, "2026-06-17 06:00", "2026-06-19 06:00", 15},
		{"the last instant is out", &shipping, "2026-06-17 06:00", "2026-06-17 13:30", 7.5},
		{"after closing", &shipping, "2026-06-17 13:30", "2026-06-18 06:00", 0},
		{"a minute of the next day", &shipping, "2026-06-17 13:30", "2026-06-18 06:01", 1.0 / 60},
		{"over a weekend", &shipping, "2026-06-19 13:00", "2026-06-22 07:00", 1.5},
		{"a weekend alone", &shipping, "2026-06-20 00:00", "2026-06-22 06:00", 0},
		{"five weeks", &shipping, "2026-06-01 06:00", "2026-07-06 06:00", 5 * 5 * 7.5},
		{"five weeks and an hour", &shipping, "2026-06-01 06:00", "2026-07-06 07:00", 5*5*7.5 + 1},
		{"nothing declared: from eight, around the clock, Monday to Friday", &plain, "2026-06-15 00:00", "2026-06-16 00:00", 16},
		{"nothing declared: Friday runs until Saturday at eight", &plain, "2026-06-19 08:00", "2026-06-22 00:00", 24},
		{"no service row", nil, "2026-06-15 08:00", "2026-06-16 08:00", 24},
		{"on Saturdays too", &evidence.Service{HoursPerDay: evidence.Known(8), BusinessDays: "Mon-Sat"}, "2026-06-20 00:00", "2026-06-22 00:00", 8},
		{"days nobody can read are Monday to Friday", &evidence.Service{HoursPerDay: evidence.Known(8), BusinessDays: "when open"}, "2026-06-20 00:00", "2026-06-22 00:00", 0},
		{"every day", &evidence.Service{HoursPerDay: evidence.Known(24), BusinessDays: "daily"}, "2026-06-20 00:00", "2026-06-22 00:00", 48},
		{"a night shift runs into the next day", &evidence.Service{HoursPerDay: evidence.Known(8), PeakWindow: "Mon-Fri 22:00-06:00"}, "2026-06-19 22:00", "2026-06-20 12:00", 8},
	} {
		t.Run(c.fact, func(t *testing.T) {
			in := &Input{Set: small(), Policy: config.Defaults()}
			if got := in.businessDay(c.service).Hours(clock(c.from), clock(c.to)); got < c.want-1e-9 || got > c.want+1e-9 {
				t.Errorf("%g hours, want %g", got, c.want)
			}
		})
	}
}

// The hours of a day stay those of the wall clock when clocks change.
func TestBusinessHoursWhenClocksGoForward(t *testing.T) {
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	in := &Input{Set: small(), Policy: config.Defaults()}
	day := in.businessDay(&evidence.Service{HoursPerDay: evidence.Known(8), BusinessDays: "daily"})
	from, to := time.Date(2026, 3, 7, 0, 0, 0, 0, zone), time.Date(2026, 3, 10, 0, 0, 0, 0, zone)
	if got := day.Hours(from, to); got != 24 {
		t.Errorf("%g hours, want 24", got)
	}
}
