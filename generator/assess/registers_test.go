package assess

import (
	"testing"
	"time"

	"proofpack/generator/evidence"
)

// certificate is small with one credential of DB.
func certificate(change func(*evidence.Credential)) *evidence.Set {
	return with(func(s *evidence.Set) {
		c := evidence.Credential{Pos: row(1), Name: "erp.corp", Kind: "certificate", System: "DB", NotAfter: on("2026-07-01"), Owner: "Ada Byron"}
		change(&c)
		s.Credentials = []evidence.Credential{c}
	})
}

func TestCredentials(t *testing.T) {
	ends := func(day string) func(*evidence.Credential) {
		return func(c *evidence.Credential) { c.NotAfter = on(day) }
	}
	const id = "MON-07/erp.corp on DB"
	for _, c := range []fact{
		{"a day beyond the warning level", certificate(ends("2026-07-01")), id, Proven, "The certificate erp.corp lasts until 1 July 2026, 31 days from as-of."},
		{"on the warning level", certificate(ends("2026-06-30")), id, Failed, "The certificate erp.corp ends on 30 June 2026, in 30 days. That is the warning level: 30 days or less."},
		{"a day before it ends", certificate(ends("2026-06-01")), id, Failed, "The certificate erp.corp ends on 1 June 2026, in 1 day. That is the warning level: 30 days or less."},
		{"on its last day", certificate(ends("2026-05-31")), id, Failed, "The certificate erp.corp ends on 31 May 2026, the last day of this report. That is the failure level: 0 days or less."},
		{"ended", certificate(ends("2026-05-30")), id, Failed, "The certificate erp.corp ended on 30 May 2026, 1 day ago. That is the failure level: 0 days or less."},
		{"without an end", certificate(ends("")), id, Missing, "When the certificate erp.corp ends is not on record."},
		{"of no system", certificate(func(c *evidence.Credential) { c.System = "" }), "MON-07/erp.corp", Proven, ""},
		{"none of the service", certificate(func(c *evidence.Credential) { c.System = "" }), "MON-07/SHIP", Missing, "No certificate, secret, key or licence is on record for what Shipping needs."},
		{"no export", small(), "MON-07/SHIP", Missing, "No credential export supplied."},
	} {
		c.run(t)
	}
	twice := certificate(ends("2028-01-01"))
	old := twice.Credentials[0]
	old.Pos, old.NotAfter = row(2), on("2026-01-01")
	twice.Credentials = append(twice.Credentials, old)
	fact{"the same twice: the worse counts", twice, id, Failed, ""}.run(t)
}

func session(day string, change func(*evidence.Session)) *evidence.Set {
	return with(func(s *evidence.Set) {
		v := evidence.Session{Pos: row(1), HeldOn: on(day), Services: []string{"SHIP"}, People: "Ada Byron, Bob Stone", Record: "MIN-4"}
		change(&v)
		s.Sessions = []evidence.Session{v}
	})
}

func TestSessions(t *testing.T) {
	whole := func(*evidence.Session) {}
	for _, c := range []fact{
		{"on the last day allowed", session("2025-05-31", whole), "DOC-04/SHIP", Proven, "The last session on Shipping was held on 31 May 2025, record MIN-4."},
		{"a day too old", session("2025-05-30", whole), "DOC-04/SHIP", Stale, "The last session on Shipping was 366 days ago."},
		{"by word of mouth", session("2026-05-01", func(s *evidence.Session) { s.Record = "" }), "DOC-04/SHIP", Missing, "The session of 1 May 2026 names no record."},
		{"of nobody", session("2026-05-01", func(s *evidence.Session) { s.People, s.Record = "", "" }), "DOC-04/SHIP", Missing, "The session of 1 May 2026 names no people who took part and no record."},
		{"on another service", session("2026-05-01", func(s *evidence.Session) { s.Services = []string{"PAY"} }), "DOC-04/SHIP", Missing, "No planning or tabletop session on record covered Shipping."},
		{"no export", small(), "DOC-04/SHIP", Missing, "No session export supplied."},
	} {
		c.run(t)
	}
	older := session("2026-05-01", func(s *evidence.Session) { s.Record = "" })
	older.Sessions = append(older.Sessions, evidence.Session{Pos: row(2), HeldOn: on("2026-01-10"), Services: []string{"SHIP"}, People: "Ada Byron", Record: "MIN-1"})
	fact{"an older one that is written down stands", older, "DOC-04/SHIP", Proven, "The last session on Shipping was held on 10 January 2026, record MIN-1."}.run(t)
}

// read is small with an acknowledgement of April, and its packet on file.
func read(change func(*evidence.Acknowledgement), earlier ...evidence.Month) *evidence.Set {
	return with(func(s *evidence.Set) {
		a := evidence.Acknowledgement{Pos: row(1), Month: "2026-04", Reader: "Ada Byron", ReadOn: on("2026-05-04"), Decision: "buy storage"}
		change(&a)
		s.Acknowledgements = []evidence.Acknowledgement{a}
		s.Earlier = earlier
	})
}

func TestAcknowledgements(t *testing.T) {
	april := evidence.Month{Name: "2026-04", AsOf: on("2026-04-30")}
	asIs := func(*evidence.Acknowledgement) {}
	for _, c := range []fact{
		{"read, the packet on file", read(asIs, april), "GOV-06/2026-04", Proven, "The April packet was read by Ada Byron on 4 May 2026."},
		{"read, no packet on file", read(asIs), "GOV-06/2026-04", Proven, ""},
		{"on the day after its as-of", read(func(a *evidence.Acknowledgement) { a.ReadOn = on("2026-05-01") }, april), "GOV-06/2026-04", Proven, ""},
		{"before it could be written", read(func(a *evidence.Acknowledgement) { a.ReadOn = on("2026-04-30") }, april), "GOV-06/2026-04", Failed, "The April packet is said to be read on 30 April 2026, before the last day it reports."},
		{"another month's", read(func(a *evidence.Acknowledgement) { a.Month = "2026-03" }, april), "GOV-06/2026-04", Missing, "April packet: no record that anyone read it."},
		{"another month's, no packet on file", read(func(a *evidence.Acknowledgement) { a.Month = "2026-03" }), "GOV-06/2026-04", Missing, "No earlier packet is on file here, and no record says that anyone read that of April."},
		{"by a mailbox", read(func(a *evidence.Acknowledgement) { a.Reader = "board mailbox" }, april), "GOV-06/2026-04", Missing, "The acknowledgement of the April packet names no person who read it."},
		{"on no day", read(func(a *evidence.Acknowledgement) { a.ReadOn = time.Time{} }, april), "GOV-06/2026-04", Missing, "When Ada Byron read the April packet is not on record."},
		{"the newest packet on file is older", read(asIs, evidence.Month{Name: "2026-03", AsOf: on("2026-03-31")}), "GOV-06/2026-03", Missing, "March packet: no record that anyone read it."},
		{"no export, the packet on file", with(func(s *evidence.Set) { s.Earlier = []evidence.Month{april} }), "GOV-06/2026-04", Missing, "No acknowledgement export supplied."},
	} {
		c.run(t)
	}
}

func vendor(change func(*evidence.Vendor)) *evidence.Set {
	return with(func(s *evidence.Set) {
		v := evidence.Vendor{Pos: row(1), Name: "Nordic Line", Systems: []string{"DB"}, Contact: "555", ContractEnds: on("2027-01-01"), Case: "C-7", CaseOpened: on("2026-05-17")}
		change(&v)
		s.Vendors = []evidence.Vendor{v}
	})
}

func TestVendorCases(t *testing.T) {
	const id = "VEN-03/nordic line"
	noCase := func(open string) func(*evidence.Vendor) {
		return func(v *evidence.Vendor) { v.Case, v.CaseOpened, v.OpenCases = "", time.Time{}, open }
	}
	for _, c := range []fact{
		{"open on the last day allowed", vendor(func(*evidence.Vendor) {}), id, Missing, "Case C-7 with Nordic Line has been open since 17 May 2026, without an answer; there is still time."},
		{"open a day longer", vendor(func(v *evidence.Vendor) { v.CaseOpened = on("2026-05-16") }), id, Failed, "Case C-7 with Nordic Line has been open since 16 May 2026, 15 days, without an answer."},
		{"answered", vendor(func(v *evidence.Vendor) { v.CaseAnswered = on("2026-05-20") }), id, Proven, "Case C-7 with Nordic Line was answered on 20 May 2026."},
		{"answered before it was opened", vendor(func(v *evidence.Vendor) { v.CaseAnswered = on("2026-05-16") }), id, Failed, "Case C-7 with Nordic Line is said to be answered before it was opened on 17 May 2026."},
		{"opened nobody knows when", vendor(func(v *evidence.Vendor) { v.CaseOpened = time.Time{} }), id, Missing, "Case C-7 with Nordic Line: when it was opened is not on record."},
		{"said to have none", vendor(noCase("none")), id, Proven, "No case is open with Nordic Line."},
		{"said to have some", vendor(noCase("2")), id, Missing, "Cases are open with Nordic Line (“2”), and when each was opened and answered is not on record."},
		{"blank", vendor(noCase("")), id, Missing, "Whether a case is open with Nordic Line is not on record."},
	} {
		c.run(t)
	}
	two := vendor(noCase("none"))
	late := two.Vendors[0]
	late.Pos, late.Case, late.CaseOpened = row(2), "C-8", on("2026-01-01")
	two.Vendors = append(two.Vendors, late)
	fact{"one row says none, another holds a case", two, id, Failed, ""}.run(t)
}

func TestRunbookKnown(t *testing.T) {
	plan := func(change func(*evidence.Set)) *evidence.Set {
		return with(func(s *evidence.Set) {
			s.Plan = []evidence.PlanStep{{Pos: row(1), Service: "SHIP", Step: 1, System: "HOST", Runbook: "RB-11"}}
			change(s)
		})
	}
	task := func(runbook string) func(*evidence.Set) {
		return func(s *evidence.Set) {
			s.Tasks = []evidence.Task{{Pos: row(2), ID: "TSK-1", Name: "Capacity review", Service: "SHIP", Runbook: runbook}}
		}
	}
	for _, c := range []fact{
		{"a runbook of the plan", plan(task("rb-11 ")), "DOC-03/TSK-1", Proven, "Capacity review follows runbook rb-11, which the recovery plan holds."},
		{"a runbook of no plan", plan(task("RB-99")), "DOC-03/TSK-1", Failed, "Capacity review follows runbook “RB-99”, which no plan holds."},
		{"no runbook", plan(task("")), "DOC-03/TSK-1", Missing, "Capacity review names no runbook."},
		{"a restore test", plan(func(s *evidence.Set) {
			r := goodRestore("DB", "2026-05-01", 60)
			r.Runbook = "RB-98"
			s.Restores = []evidence.RestoreTest{r}
		}), "DOC-03/RST-DB", Failed, "Restore test RST-DB follows runbook “RB-98”, which no plan holds."},
		{"an incident", plan(func(s *evidence.Set) {
			s.Incidents = []evidence.Incident{{Pos: row(3), ID: "INC-9", Service: "SHIP", Runbook: "RB-97"}}
		}), "DOC-03/INC-9", Failed, "Incident INC-9 follows runbook “RB-97”, which no plan holds."},
		{"nothing that follows one", plan(func(*evidence.Set) {}), "DOC-03/SHIP", Missing, "No restore test, recurring task or incident of Shipping is on record."},
		{"no plan", with(task("RB-11")), "DOC-03/TSK-1", Missing, "No recovery plan export supplied."},
	} {
		c.run(t)
	}
}

func TestIsolatedCopy(t *testing.T) {
	copied := func(day string, change func(*evidence.JobRun)) *evidence.Set {
		return with(func(s *evidence.Set) {
			r := evidence.JobRun{Pos: row(1), Job: "J", System: "DB", Kind: evidence.JobBackup, Result: evidence.Success, At: on(day), Copy: evidence.CopyImmutable}
			change(&r)
			s.Jobs = []evidence.JobRun{r}
		})
	}
	asIs := func(*evidence.JobRun) {}
	of := func(c evidence.Copy) func(*evidence.JobRun) { return func(r *evidence.JobRun) { r.Copy = c } }
	for _, c := range []fact{
		{"on the last day allowed", copied("2026-04-26", asIs), "BKP-07/DB", Proven, "The last immutable copy of DB is of 26 April 2026."},
		{"a day too old", copied("2026-04-25", asIs), "BKP-07/DB", Stale, "The last immutable copy of DB was made 36 days ago."},
		{"a replica that is offline", copied("2026-05-30", func(r *evidence.JobRun) { r.Kind, r.Copy = evidence.JobReplication, evidence.CopyOffline }), "BKP-07/DB", Proven, ""},
		{"online", copied("2026-05-30", of(evidence.CopyOnline)), "BKP-07/DB", Failed, "Every copy of DB on record is online: none is offline, immutable or isolated."},
		{"nobody says where", copied("2026-05-30", of(evidence.CopyUnknown)), "BKP-07/DB", Missing, "No good copy of DB on record is said to be offline, immutable or isolated."},
		{"the run failed", copied("2026-05-30", func(r *evidence.JobRun) { r.Result = evidence.Failed }), "BKP-07/DB", Missing, ""},
		{"a clean-up is no copy", copied("2026-05-30", func(r *evidence.JobRun) { r.Kind = evidence.JobCleanup }), "BKP-07/DB", Missing, "No backup job of DB is on record."},
		{"another system's", copied("2026-05-30", func(r *evidence.JobRun) { r.System = "HOST" }), "BKP-07/DB", Missing, ""},
	} {
		c.run(t)
	}
}
