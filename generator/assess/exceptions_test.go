package assess

import (
	"testing"
	"time"

	"proofpack/generator/evidence"
)

// accepted is an exception for the support of DB that is valid at as-of.
func accepted(change func(*evidence.Exception)) *evidence.Set {
	return with(func(s *evidence.Set) {
		s.Systems[0].SupportEnds = on("2026-05-01")
		e := evidence.Exception{
			Pos: row(1), ID: "EXC-1", Rule: "INV-05", System: "DB", Why: "hardware is ordered", ApprovedBy: "Ada Byron",
			ApprovedOn: on("2026-05-02"), Until: on("2026-08-31"),
		}
		change(&e)
		s.Exceptions = []evidence.Exception{e}
	})
}

func TestExceptions(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*evidence.Exception)
		state  State  // of INV-05/DB, whose raw result is failed
		says   string // the end of its sentence
	}{
		{"valid", func(*evidence.Exception) {}, Excepted, "exception EXC-1 is on file"},
		{"its rule is a sentence with the id in it", func(e *evidence.Exception) { e.Rule = "Policy 7: inv-05, until replaced" }, Excepted, "exception EXC-1 is on file"},
		{"its rule is another check", func(e *evidence.Exception) { e.Rule = "INV-03" }, Failed, "no exception on file"},
		{"the id is part of a longer one", func(e *evidence.Exception) { e.Rule = "INV-051 XINV-05" }, Failed, "no exception on file"},
		{"for another system", func(e *evidence.Exception) { e.System = "HOST" }, Failed, "no exception on file"},
		{"for no system", func(e *evidence.Exception) { e.System = "" }, Failed, "no exception on file"},
		{"for the system and a service that needs it", func(e *evidence.Exception) { e.Service = "SHIP" }, Excepted, "exception EXC-1 is on file"},
		{"for the system and another service", func(e *evidence.Exception) { e.Service = "BILL" }, Failed, "exception EXC-1 is on file"},
		{"without approver (M11)", func(e *evidence.Exception) { e.ApprovedBy = "" }, Failed, "exception EXC-1 is incomplete"},
		{"approved by a mailbox", func(e *evidence.Exception) { e.ApprovedBy = "it-support@corp.example" }, Failed, "exception EXC-1 is incomplete"},
		{"without reason", func(e *evidence.Exception) { e.Why = " " }, Failed, "exception EXC-1 is incomplete"},
		{"until as-of itself", func(e *evidence.Exception) { e.Until = on("2026-05-31") }, Excepted, "exception EXC-1 is on file"},
		{"until the day before as-of (M12)", func(e *evidence.Exception) { e.Until = on("2026-05-30") }, Failed, "exception EXC-1 has expired"},
		{"without end (M13)", func(e *evidence.Exception) { e.Until = time.Time{} }, Failed, "exception EXC-1 has no end that counts"},
		{"until 9999-12-31 (M13)", func(e *evidence.Exception) { e.Until = on("9999-12-31") }, Failed, "exception EXC-1 has no end that counts"},
		{"365 days from approval", func(e *evidence.Exception) { e.Until = on("2027-05-02") }, Excepted, "exception EXC-1 is on file"},
		{"366 days from approval", func(e *evidence.Exception) { e.Until = on("2027-05-03") }, Failed, "exception EXC-1 has no end that counts"},
		{"no day of approval: counted from as-of", func(e *evidence.Exception) { e.ApprovedOn, e.Until = time.Time{}, on("2027-05-31") }, Excepted, "exception EXC-1 is on file"},
		{"no day of approval, a day too long", func(e *evidence.Exception) { e.ApprovedOn, e.Until = time.Time{}, on("2027-06-01") }, Failed, "exception EXC-1 has no end that counts"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := finding(t, assessed(accepted(c.change)), "INV-05/DB")
			if f.State != c.state || f.Raw != Failed {
				t.Errorf("%s over %s, want %s over failed", f.State, f.Raw, c.state)
			}
			if want := "Vendor support ended 30 days ago; " + c.says + "."; f.Says.String() != want {
				t.Errorf("says %q, want %q", f.Says, want)
			}
			if (f.Exception != nil) != (c.state == Excepted) {
				t.Errorf("exception %v beside %s", f.Exception, f.State)
			}
		})
	}
}

func TestAnExceptionNeverReplacesAProofOrAnotherCheck(t *testing.T) {
	set := accepted(func(*evidence.Exception) {})
	set.Systems[0].SupportEnds = on("2026-06-01")
	set.Systems[0].Owner = ""
	res := assessed(set)
	if f := finding(t, res, "INV-05/DB"); f.State != Proven {
		t.Errorf("a proof became %s", f.State)
	}
	if f := finding(t, res, "INV-03/DB"); f.State != Missing {
		t.Errorf("an exception for INV-05 made INV-03 %s", f.State)
	}
}

func TestTheExceptionThatEndsLastIsNamed(t *testing.T) {
	set := accepted(func(*evidence.Exception) {})
	later := set.Exceptions[0]
	later.ID, later.Until = "EXC-2", on("2026-09-30")
	set.Exceptions = append(set.Exceptions, later)
	if f := finding(t, assessed(set), "INV-05/DB"); f.Exception == nil || f.Exception.ID != "EXC-2" {
		t.Errorf("excepted by %+v", f.Exception)
	}
}

func TestExceptionRegister(t *testing.T) {
	for _, c := range []fact{
		{"complete", accepted(func(*evidence.Exception) {}), "PAT-04/EXC-1", Proven, "Exception EXC-1 was approved by Ada Byron on 2 May 2026 and runs to 31 August 2026."},
		{"without approver and reason", accepted(func(e *evidence.Exception) { e.ApprovedBy, e.Why = "", "" }), "PAT-04/EXC-1", Missing,
			"Exception EXC-1 is incomplete and excuses nothing: it names no reason and no person who approved it."},
		{"without system", accepted(func(e *evidence.Exception) { e.System = "" }), "PAT-04/EXC-1", Missing,
			"Exception EXC-1 is incomplete and excuses nothing: it names no system, service or account it is for."},
		{"for an account", accepted(func(e *evidence.Exception) { e.System, e.Account = "", "svc-erp" }), "PAT-04/EXC-1", Proven, ""},
		{"without end", accepted(func(e *evidence.Exception) { e.Until = time.Time{} }), "PAT-04/EXC-1", Missing, "Exception EXC-1 is incomplete and excuses nothing: it names no end."},
		{"for ever in words", accepted(func(e *evidence.Exception) { e.Until, e.UntilText = time.Time{}, "never" }), "PAT-04/EXC-1", Failed,
			"Exception EXC-1 is permanent: “never” is refused as an end, and it excuses nothing."},
		{"for ever in figures", accepted(func(e *evidence.Exception) { e.Until, e.UntilText = on("9999-12-31"), "9999-12-31" }), "PAT-04/EXC-1", Failed,
			"Exception EXC-1 is permanent: “9999-12-31” is refused as an end, and it excuses nothing."},
		{"too long", accepted(func(e *evidence.Exception) { e.Until = on("2027-05-03") }), "PAT-04/EXC-1", Failed,
			"Exception EXC-1 runs to 3 May 2027, longer than the 365 days that policy allows, and excuses nothing."},
		{"without day of approval", accepted(func(e *evidence.Exception) { e.ApprovedOn = time.Time{} }), "PAT-04/EXC-1", Missing, "When exception EXC-1 was approved is not on record."},

		{"inside its review date", accepted(func(*evidence.Exception) {}), "GOV-04/EXC-1", Proven, "Exception EXC-1 is due for review on 31 August 2026."},
		{"on its last day", accepted(func(e *evidence.Exception) { e.Until = on("2026-05-31") }), "GOV-04/EXC-1", Proven, ""},
		{"past its review date", accepted(func(e *evidence.Exception) { e.Until = on("2026-05-30") }), "GOV-04/EXC-1", Failed,
			"Exception EXC-1 ended on 30 May 2026, 1 day ago, without a new decision."},
		{"expired, and the finding is open", accepted(func(e *evidence.Exception) { e.Until = on("2026-05-30") }), "PAT-05/EXC-1", Failed,
			"Exception EXC-1 ended on 30 May 2026, and what it excused is still open: INV-05/DB."},
		{"for ever has no review date", accepted(func(e *evidence.Exception) { e.Until = on("9999-12-31") }), "GOV-04/EXC-1", Missing, "Exception EXC-1 has no day of review that counts."},
		{"expired, and no check answers to its rule", accepted(func(e *evidence.Exception) { e.Until, e.Rule = on("2026-05-30"), "policy 7" }), "PAT-05/EXC-1", Failed,
			"Exception EXC-1 ended on 30 May 2026, and no check can tell whether what it excused (“policy 7”) is put right."},
	} {
		c.run(t)
	}
	mended := accepted(func(e *evidence.Exception) { e.Until = on("2026-05-30") })
	mended.Systems[0].SupportEnds = on("2029-01-01")
	for _, c := range []fact{
		{"expired, and the finding is proven", mended, "PAT-05/EXC-1", Proven, "Exception EXC-1 ended on 30 May 2026; what it excused is proven since."},
		{"expired, and the risk is gone", mended, "GOV-04/EXC-1", Proven, "Exception EXC-1 ended on 30 May 2026; the risk it accepted is gone."},
	} {
		c.run(t)
	}
}

func TestPerson(t *testing.T) {
	for name, want := range map[string]bool{
		"D. Ortiz": true, "Abdiel R.": true, "ada.byron@corp.example": true, "Ada Byron (contractor)": true, "李雷": true, "Sam Root": true,
		"": false, " ": false, "-": false, "n/a": false, "system": false, "auto": false, "Helpdesk Team": false, "it-support@corp.example": false,
		"IT": false, "unknown": false, "none": false, "1234": false, "Support Team Lead": false,
	} {
		if got := evidence.IsPerson(name); got != want {
			t.Errorf("IsPerson(%q) = %v, want %v", name, got, want)
		}
	}
}
