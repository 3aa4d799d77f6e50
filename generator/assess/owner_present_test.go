package assess

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/evidence"
)

// staffed is small with Ada Byron on the list of people.
func staffed(change func(*evidence.Person), more ...func(*evidence.Set)) *evidence.Set {
	return with(func(s *evidence.Set) {
		p := evidence.Person{Pos: row(70), Name: "Ada Byron", Login: "ada@x", Role: "engineer", Current: evidence.Yes}
		change(&p)
		s.People = []evidence.Person{p}
		for _, m := range more {
			m(s)
		}
	})
}

func TestOwnerPresent(t *testing.T) {
	here := func(*evidence.Person) {}
	owner := func(name string) func(*evidence.Set) { return func(s *evidence.Set) { s.Systems[0].Owner = name } }
	for _, c := range []fact{
		{"works here", staffed(here), "GOV-07/DB", Proven, "The owner of DB, Ada Byron, works here."},
		{"written otherwise", staffed(here, owner("ada  byron")), "GOV-07/DB", Proven, ""},
		{"by the login", staffed(here, owner("ADA@X")), "GOV-07/DB", Proven, ""},
		{"the list does not say", staffed(func(p *evidence.Person) { p.Current = evidence.Unknown }), "GOV-07/DB", Missing, "Whether the owner of DB, Ada Byron, still works here is not on record."},
		{"the list says left", staffed(func(p *evidence.Person) { p.Current = evidence.No }), "GOV-07/DB", Failed, "The owner of DB, Ada Byron, has left, as the people export says."},
		{"a leaver", staffed(here, left("2026-05-20", nothingElse)), "GOV-07/DB", Failed, "The owner of DB, Ada Byron, left on 20 May 2026."},
		{"a leaver by login", staffed(here, left("2026-05-20", func(v *evidence.Leaver) { v.Name = "" })), "GOV-07/DB", Failed, ""},
		{"a leaver of no name", staffed(here, left("2026-05-20", func(v *evidence.Leaver) { v.Name, v.Login = "", "zz@x" })), "GOV-07/DB", Missing, "Not proven that the owner of DB, Ada Byron, still works here: 1 leaver is on record by a login alone."},
		{"on no list", staffed(here, owner("Bob Stone")), "GOV-07/DB", Missing, "The owner of DB, Bob Stone, is on no list of people."},
		{"a mailbox", staffed(here, owner("helpdesk@x")), "GOV-07/DB", Failed, "The owner of DB is “helpdesk@x”, which is a group or a mailbox."},
		{"nobody", staffed(here, owner("")), "GOV-07/DB", Missing, "DB names no owner."},
		{"a supplier", staffed(here, owner("Nordic Line"), func(s *evidence.Set) {
			s.Vendors = []evidence.Vendor{{Pos: row(80), Name: "Nordic Line", ContractEnds: on("2026-05-31")}}
		}), "GOV-07/DB", Proven, "The owner of DB is the vendor Nordic Line, whose contract runs until 31 May 2026."},
		{"a supplier without contract", staffed(here, owner("Nordic Line"), func(s *evidence.Set) {
			s.Vendors = []evidence.Vendor{{Pos: row(80), Name: "Nordic Line", ContractEnds: on("2026-05-30")}}
		}), "GOV-07/DB", Failed, "The owner of DB is the vendor Nordic Line, whose contract ended on 30 May 2026."},
		{"the owner of a service", staffed(here), "GOV-07/SHIP/owner", Proven, ""},
		{"no deputy", staffed(here), "GOV-07/SHIP/deputy", Missing, "Shipping names no deputy."},
		{"a step of the plan", staffed(here, func(s *evidence.Set) {
			s.Plan = []evidence.PlanStep{{Pos: row(1), Service: "SHIP", Step: 1, System: "HOST", Owner: "Ada Byron"}, {Pos: row(2), Service: "SHIP", Step: 2, System: "DB", Owner: "Bob Stone"}}
		}), "GOV-07/SHIP/owner of a step of the recovery plan", Missing, "The owner of a step of the recovery plan of Shipping, Bob Stone, is on no list of people."},
		{"a task", staffed(here, func(s *evidence.Set) {
			s.Tasks = []evidence.Task{{Pos: row(1), ID: "TSK-1", Name: "Capacity review", Owner: "Ada Byron"}}
		}), "GOV-07/TSK-1", Proven, "The owner of Capacity review, Ada Byron, works here."},
		{"a credential", staffed(here, func(s *evidence.Set) {
			s.Credentials = []evidence.Credential{{Pos: row(1), Name: "erp.corp", System: "DB"}}
		}), "GOV-07/erp.corp on DB", Missing, "The credential erp.corp names no owner."},
		{"no list at all", small(), "GOV-07/DB", Missing, "No people export supplied."},
	} {
		c.run(t)
	}
}

func TestAnExceptionRestsOnNothing(t *testing.T) {
	resting := func(change func(*evidence.Exception), more ...func(*evidence.Set)) *evidence.Set {
		return with(func(s *evidence.Set) {
			e := evidence.Exception{
				Pos: row(40), ID: "EXC-1", Rule: "INV-05", System: "DB", Why: "ordered", ApprovedBy: "Ada Byron", ApprovedOn: on("2026-05-01"), Until: on("2026-08-31"), UntilText: "2026-08-31",
				Compensating: "compensating control: MON-03 watches it",
			}
			change(&e)
			s.Exceptions = []evidence.Exception{e}
			for _, m := range more {
				m(s)
			}
		})
	}
	asIs := func(*evidence.Exception) {}
	seen := func(s *evidence.Set) {
		s.Systems[0].Monitored, s.Systems[0].LastSeen = evidence.Yes, on("2026-05-30")
	}
	for _, c := range []struct {
		fact string
		set  *evidence.Set
		want []string
	}{
		{"what it names is missing", resting(asIs), []string{"X09 EXC-1"}},
		{"what it names is proven", resting(asIs, seen), nil},
		{"it names no check", resting(func(e *evidence.Exception) { e.Compensating = "the firewall" }), nil},
		{"it names its own check", resting(func(e *evidence.Exception) { e.Compensating = "INV-05" }), nil},
		{"another system's check", resting(func(e *evidence.Exception) { e.System = "HOST" }, seen, func(s *evidence.Set) {
			s.Systems[1].Monitored, s.Systems[1].LastSeen = evidence.Yes, on("2026-05-30")
			s.Systems[0].Monitored = evidence.No
		}), nil},
		{"it has expired", resting(func(e *evidence.Exception) { e.Until = on("2026-05-30") }), nil},
		{"its last day", resting(func(e *evidence.Exception) { e.Until = on("2026-05-31") }), []string{"X09 EXC-1"}},
	} {
		t.Run(c.fact, func(t *testing.T) {
			res := assessed(c.set)
			var got []string
			for _, id := range contradictionsOf(res) {
				if id[:3] == "X09" {
					got = append(got, id)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("contradictions (-want +got):\n%s", diff)
			}
		})
	}
	res := assessed(resting(asIs))
	for _, x := range res.Contradictions {
		if x.ID == "X09" && (x.A.Pos != row(40) || x.B.Text == "") {
			t.Errorf("quotes %+v and %+v", x.A, x.B)
		}
	}
	if f := finding(t, res, "INV-05/DB"); f.State != Excepted {
		t.Errorf("what the exception excuses is %s, want excepted: the contradiction is printed, the exception stands", f.State)
	}
}
