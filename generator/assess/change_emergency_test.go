package assess

import (
	"testing"
	"time"

	"proofpack/generator/evidence"
)

func TestEmergencyReviewed(t *testing.T) {
	emergency := func(change func(*evidence.Change)) *evidence.Set {
		return changed(func(c *evidence.Change) {
			c.Type = "emergency"
			change(c)
		})
	}
	for _, c := range []fact{
		{"reviewed", emergency(func(*evidence.Change) {}), "CHG-03/CHG-1", Proven, "The emergency change CHG-1 was reviewed afterwards by Grace Hopper."},
		{"reviewed by a program", emergency(func(c *evidence.Change) { c.VerifiedBy = "auto" }), "CHG-03/CHG-1", Missing, ""},
		{"five working days later", emergency(func(c *evidence.Change) { c.VerifiedBy, c.Ended = "", clock("2026-05-22 17:00") }), "CHG-03/CHG-1", Missing,
			"The emergency change CHG-1 is not reviewed yet; there is still time."},
		{"six working days later", emergency(func(c *evidence.Change) { c.VerifiedBy, c.Ended = "", clock("2026-05-21 17:00") }), "CHG-03/CHG-1", Missing,
			"The emergency change CHG-1 ended 6 working days ago, and no review of it is on file."},
		{"no date at all", emergency(func(c *evidence.Change) { c.VerifiedBy, c.Started, c.Ended = "", time.Time{}, time.Time{} }), "CHG-03/CHG-1", Missing,
			"No review of the emergency change CHG-1 is on file."},
		{"a change of no type, though verified", changed(func(*evidence.Change) {}), "CHG-03/CHG-1", Missing, "Whether CHG-1 was an emergency change is not on record."},
		{"no change export", small(), "CHG-03/SHIP", Missing, "No change export supplied."},
	} {
		c.run(t)
	}
	for _, f := range assessed(changed(func(c *evidence.Change) { c.Type = "normal" })).Findings {
		if f.Check.ID == "CHG-03" {
			t.Errorf("a normal change asks for no review: %s", f.ID)
		}
	}
}

func TestWorkingDays(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     int
	}{
		{"2026-05-22", "2026-05-22", 0}, // a Friday
		{"2026-05-22", "2026-05-24", 0},
		{"2026-05-22", "2026-05-25", 1},
		{"2026-05-22", "2026-05-31", 5},
		{"2026-05-21", "2026-05-31", 6},
		{"2026-05-23", "2026-05-31", 5},
		{"2026-05-24", "2026-05-31", 5},
		{"2026-05-25", "2026-05-31", 4},
		{"2026-05-01", "2026-05-31", 20},
		{"2026-06-05", "2026-05-31", 0},
	} {
		if got := workingDays(on(c.from), on(c.to)); got != c.want {
			t.Errorf("from %s to %s are %d working days, want %d", c.from, c.to, got, c.want)
		}
	}
}

func TestFailureRecorded(t *testing.T) {
	failed := func(change func(*evidence.Change)) *evidence.Set {
		return changed(func(c *evidence.Change) {
			c.Result, c.Outcome = evidence.Failed, "failed"
			change(c)
		})
	}
	for _, c := range []fact{
		{"no record", failed(func(*evidence.Change) {}), "CHG-05/CHG-1", Missing, "CHG-1 failed, and no record of a test or of the way back is on file."},
		{"taken back, no record", failed(func(c *evidence.Change) { c.BackedOut = true }), "CHG-05/CHG-1", Missing, "CHG-1 was taken back, and no record of a test or of the way back is on file."},
		{"a test before it", failed(func(c *evidence.Change) { c.Test = "TST-4" }), "CHG-05/CHG-1", Proven, "CHG-1 failed; a test before it is on record: “TST-4”."},
		{"the way back", failed(func(c *evidence.Change) { c.BackedOut, c.Rollback = true, "RB-9" }), "CHG-05/CHG-1", Proven, "CHG-1 was taken back; the way back is on record: “RB-9”."},
		{"a test does not say how it ended", changed(func(c *evidence.Change) { c.Test = "TST-4" }), "CHG-05/CHG-1", Missing, "How CHG-1 ended is not on record."},
		{"an outcome that says neither", changed(func(c *evidence.Change) { c.Outcome = "Successful with issues" }), "CHG-05/CHG-1", Missing,
			"How CHG-1 ended, “Successful with issues”, says neither that it worked nor that it failed."},
		{"no change export", small(), "CHG-05/SHIP", Missing, "No change export supplied."},
	} {
		c.run(t)
	}
	for _, f := range assessed(changed(func(c *evidence.Change) { c.Result = evidence.Success })).Findings {
		if f.Check.ID == "CHG-05" {
			t.Errorf("a change that worked asks for no record of failure: %s", f.ID)
		}
	}
}
