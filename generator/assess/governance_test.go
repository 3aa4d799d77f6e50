package assess

import (
	"testing"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

func tasked(change func(*evidence.Task)) *evidence.Set {
	return with(func(s *evidence.Set) {
		t := evidence.Task{Pos: row(1), ID: "TSK-1", Name: "Capacity review", Owner: "Ada Byron", Cadence: "monthly", Every: 30 * day, Months: 1, LastDone: on("2026-05-01"), Record: "T-1"}
		change(&t)
		s.Tasks = []evidence.Task{t}
	})
}

func TestTaskDone(t *testing.T) {
	for _, c := range []fact{
		{"not due yet", tasked(func(*evidence.Task) {}), "GOV-01/TSK-1", Proven, "Capacity review: monthly, done on 1 May 2026, record T-1."},
		{"due the day before, by the calendar", tasked(func(t *evidence.Task) { t.LastDone = on("2026-04-30") }), "GOV-01/TSK-1", Stale, "Capacity review: monthly, 1 day overdue."},
		{"weekly, due on as-of", tasked(func(t *evidence.Task) {
			t.Cadence, t.Every, t.Months, t.LastDone = "weekly", 7*day, 0, on("2026-05-24")
		}), "GOV-01/TSK-1", Proven, ""},
		{"weekly, due the day before", tasked(func(t *evidence.Task) {
			t.Cadence, t.Every, t.Months, t.LastDone = "weekly", 7*day, 0, on("2026-05-23")
		}), "GOV-01/TSK-1", Stale, "Capacity review: weekly, 1 day overdue."},
		{"overdue, no owner, no record", tasked(func(t *evidence.Task) { t.LastDone, t.Owner, t.Record = on("2026-02-03"), "", "" }), "GOV-01/TSK-1", Failed,
			"Capacity review: monthly, no owner, 89 days overdue. No record shows that it was done on 3 February 2026."},
		{"in time, by word of mouth", tasked(func(t *evidence.Task) { t.Record = " " }), "GOV-01/TSK-1", Missing, "Capacity review: monthly. No record shows that it was done on 1 May 2026."},
		{"never done", tasked(func(t *evidence.Task) { t.LastDone = time.Time{} }), "GOV-01/TSK-1", Missing, "Capacity review: monthly, never done as far as the export shows."},
		{"never done, and it was due", tasked(func(t *evidence.Task) { t.LastDone, t.Due = time.Time{}, on("2026-05-30") }), "GOV-01/TSK-1", Failed, "Capacity review: monthly, never done, due on 30 May 2026."},
		{"never done, due on as-of", tasked(func(t *evidence.Task) { t.LastDone, t.Due = time.Time{}, on("2026-05-31") }), "GOV-01/TSK-1", Missing, ""},
		{"no timetable", tasked(func(t *evidence.Task) { t.Cadence, t.Every, t.Months = "", 0, 0 }), "GOV-01/TSK-1", Missing,
			"Capacity review: no timetable, last done on 1 May 2026: when it is due again cannot be told."},
		{"a later due date does not make it done", tasked(func(t *evidence.Task) { t.LastDone, t.Due = on("2026-04-01"), on("2026-12-31") }), "GOV-01/TSK-1", Stale, ""},
		{"no task for the service", tasked(func(*evidence.Task) {}), "GOV-01/SHIP", Missing, "No recurring task is on record for Shipping."},
		{"no owner", tasked(func(t *evidence.Task) { t.Owner = "" }), "GOV-02/TSK-1", Missing, "Capacity review has no owner."},
		{"a mailbox", tasked(func(t *evidence.Task) { t.Owner = "helpdesk@corp.example" }), "GOV-02/TSK-1", Failed, "Capacity review has no person as owner: “helpdesk@corp.example” is a group or a mailbox."},
		{"a person", tasked(func(*evidence.Task) {}), "GOV-02/TSK-1", Proven, "Capacity review belongs to Ada Byron."},
	} {
		c.run(t)
	}
	f := finding(t, assessed(tasked(func(*evidence.Task) {})), "GOV-01/TSK-1")
	if len(f.Services) != 0 {
		t.Errorf("a task of the company concerns %v", f.Services)
	}
	f = finding(t, assessed(tasked(func(t *evidence.Task) { t.System = "HOST" })), "GOV-01/TSK-1")
	if len(f.Services) != 1 || f.Services[0] != "SHIP" {
		t.Errorf("a task of HOST concerns %v", f.Services)
	}
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-02-03", 1, "2026-03-03"}, {"2026-01-31", 1, "2026-02-28"}, {"2024-01-31", 1, "2024-02-29"}, {"2026-11-30", 3, "2027-02-28"}, {"2024-02-29", 12, "2025-02-28"},
	} {
		if got := addMonths(on(c.from), c.months); !got.Equal(on(c.want)) {
			t.Errorf("%s and %d months is %s, want %s", c.from, c.months, got.Format(time.DateOnly), c.want)
		}
	}
}

func changed(change func(*evidence.Change)) *evidence.Set {
	return with(func(s *evidence.Set) {
		c := evidence.Change{
			Pos: row(1), ID: "CHG-1", Systems: []string{"DB"}, State: "closed", Implemented: true, Started: clock("2026-05-10 08:00"), Ended: clock("2026-05-10 10:00"),
			ApprovedBy: "Ada Byron", ApprovedAt: clock("2026-05-10 08:00"), VerifiedBy: "Grace Hopper",
		}
		change(&c)
		s.Changes = []evidence.Change{c}
	})
}

func TestChanges(t *testing.T) {
	none := func(*evidence.Change) {}
	for _, c := range []fact{
		{"approved", changed(none), "CHG-01/CHG-1", Proven, "CHG-1 was approved by Ada Byron."},
		{"not approved", changed(func(c *evidence.Change) { c.ApprovedBy = "" }), "CHG-01/CHG-1", Missing, "No approval of CHG-1 is on file."},
		{"approved by a program", changed(func(c *evidence.Change) { c.ApprovedBy = "auto" }), "CHG-01/CHG-1", Failed, "CHG-1 was approved by “auto”, which is no person."},
		{"does not say whether it began", changed(func(c *evidence.Change) { c.Implemented, c.State = false, "" }), "CHG-01/CHG-1", Missing, "CHG-1 does not say whether work on it began."},
		{"approved at the minute work began", changed(none), "CHG-02/CHG-1", Proven, "CHG-1 was approved on 10 May 2026, before work began on 10 May 2026."},
		{"approved a minute later", changed(func(c *evidence.Change) { c.ApprovedAt = clock("2026-05-10 08:01") }), "CHG-02/CHG-1", Failed, "CHG-1 was approved on 10 May 2026, after work began on 10 May 2026."},
		{"no time of approval", changed(func(c *evidence.Change) { c.ApprovedAt = time.Time{} }), "CHG-02/CHG-1", Missing, "When CHG-1 was approved is not on record."},
		{"only the day the record was opened", changed(func(c *evidence.Change) { c.NotActual = true }), "CHG-02/CHG-1", Missing, "When work on CHG-1 began is not on record."},
		{"verified", changed(none), "CHG-07/CHG-1", Proven, "CHG-1 was verified by Grace Hopper."},
		{"not verified, on the last day", changed(func(c *evidence.Change) { c.VerifiedBy, c.Ended = "", on("2026-05-24") }), "CHG-07/CHG-1", Missing, "CHG-1 is not verified yet; there is still time."},
		{"not verified in time", changed(func(c *evidence.Change) { c.VerifiedBy, c.Ended = "", on("2026-05-23") }), "CHG-07/CHG-1", Missing, "CHG-1 ended 8 days ago, and no verification is on file."},
		{"not verified, no date", changed(func(c *evidence.Change) { c.VerifiedBy, c.Ended, c.Started = "", time.Time{}, time.Time{} }), "CHG-07/CHG-1", Missing, "No verification of CHG-1 is on file."},
		{"cancelled", changed(func(c *evidence.Change) { c.Cancelled = true }), "CHG-01/SHIP", Missing, "No change is on record for what Shipping needs."},
		{"planned", changed(func(c *evidence.Change) { c.Implemented, c.State = false, "scheduled" }), "CHG-01/SHIP", Missing, ""},
		{"no change export", small(), "CHG-01/SHIP", Missing, "No change export supplied."},
	} {
		c.run(t)
	}
	twice := changed(none)
	other := twice.Changes[0]
	other.Pos, other.ApprovedBy, other.Systems = row(2), "", []string{"HOST"}
	twice.Changes = append(twice.Changes, other)
	fact{"one id twice: the worse counts", twice, "CHG-01/CHG-1", Missing, ""}.run(t)
}

func TestSourceHere(t *testing.T) {
	jobs := func(change func(*evidence.Input)) *evidence.Set {
		return with(func(s *evidence.Set) {
			in := supplied(evidence.Jobs, -1, 2, evidence.Unattested)
			in.MaxDate = on("2026-05-31")
			in.Rows = []evidence.RowRecord{{N: 2, Status: evidence.RowDuplicate}, {N: 3, Status: evidence.RowUsed}}
			change(&in)
			s.Inputs = []evidence.Input{in}
			s.Jobs = runs("J", "DB", evidence.JobBackup, "success")
		})
	}
	for _, c := range []fact{
		{"here and recent", jobs(func(*evidence.Input) {}), "GOV-03/jobs", Proven, "The job export has 2 rows and is of 31 May 2026."},
		{"on the last day allowed", jobs(func(in *evidence.Input) { in.MaxDate = on("2026-04-26") }), "GOV-03/jobs", Proven, ""},
		{"a day too old", jobs(func(in *evidence.Input) { in.MaxDate = on("2026-04-25") }), "GOV-03/jobs", Stale, "The job export shows nothing later than 25 April 2026, 36 days ago."},
		{"made on a day that is recorded", jobs(func(in *evidence.Input) { in.At, in.MaxDate = clock("2026-05-30 08:00"), time.Time{} }), "GOV-03/jobs", Proven, "The job export has 2 rows and is of 30 May 2026."},
		{"no date at all", jobs(func(in *evidence.Input) { in.MaxDate = time.Time{} }), "GOV-03/jobs", Missing, "The job export has 2 rows; nothing says when it was made."},
		{"a row that could not be read", jobs(func(in *evidence.Input) { in.Rejected = 1 }), "GOV-03/jobs", Failed, "1 of 2 rows of the job export could not be read."},
		{"short", jobs(func(in *evidence.Input) { in.Expected, in.Standing = 3, evidence.Short }), "GOV-03/jobs", Failed, "Not proven: the job export is short, with 2 of 3 rows declared, and proves nothing."},
		{"nobody supplied it", small(), "GOV-03/jobs", Missing, "No job export supplied."},
	} {
		c.run(t)
	}
	f := finding(t, assessed(jobs(func(*evidence.Input) {})), "GOV-03/jobs")
	if len(f.Sources) != 1 || f.Sources[0] != (diag.Pos{File: "jobs.csv", Row: 3}) {
		t.Errorf("rests on %v, want the first row used", f.Sources)
	}
}
