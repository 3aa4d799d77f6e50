package assess

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/evidence"
)

// noted is small with two disk alerts of DB, the first with ticket T-1, which
// was closed on 10 May.
func noted(change func(alerts []evidence.Alert, t *evidence.Ticket)) *evidence.Set {
	return with(func(s *evidence.Set) {
		s.Alerts = []evidence.Alert{
			{Pos: row(1), ID: "A1", System: "DB", Signature: "disk", Severity: "warning", Raised: clock("2026-05-08 08:00"), State: "open", Ticket: "T-1"},
			{Pos: row(2), ID: "A2", System: "DB", Signature: "disk", Severity: "warning", Raised: clock("2026-05-24 08:00"), State: "open"},
		}
		t := evidence.Ticket{Pos: row(30), ID: "T-1", Opened: clock("2026-05-08 09:00"), Closed: clock("2026-05-10 08:00"), IsClosed: true, State: "closed"}
		change(s.Alerts, &t)
		s.Tickets = []evidence.Ticket{t}
	})
}

func TestClosedTicketsAreHeldToTheirWord(t *testing.T) {
	const id = "MON-08/DB/disk"
	asIs := func([]evidence.Alert, *evidence.Ticket) {}
	for _, c := range []fact{
		{"again on the last day of the limit", noted(asIs), id, Failed, "Ticket T-1 was closed on 10 May 2026, and a storage warning came again on 24 May 2026."},
		{"again a minute later", noted(func(a []evidence.Alert, _ *evidence.Ticket) { a[1].Raised = clock("2026-05-24 08:01") }), id, Proven, ""},
		{"a person took it", noted(func(a []evidence.Alert, _ *evidence.Ticket) { a[0].ByPerson, a[0].AcknowledgedBy = true, "Ada Byron" }), id, Proven, ""},
		{"the ticket is open", noted(func(_ []evidence.Alert, k *evidence.Ticket) {
			k.IsClosed, k.Closed, k.State = false, time.Time{}, "open"
		}), id, Proven, ""},
		{"closed nobody knows when", noted(func(_ []evidence.Alert, k *evidence.Ticket) { k.Closed = time.Time{} }), id, Missing, ""},
		{"nobody says whether it is closed", noted(func(_ []evidence.Alert, k *evidence.Ticket) { k.IsClosed, k.Closed, k.State = false, time.Time{}, "" }), id, Missing, ""},
		{"a ticket that nobody holds", noted(func(a []evidence.Alert, _ *evidence.Ticket) { a[0].Ticket = "T-9" }), id, Missing, ""},
		{"no ticket", noted(func(a []evidence.Alert, _ *evidence.Ticket) { a[0].Ticket = "" }), id, Missing, ""},
		{"one of several tickets", noted(func(a []evidence.Alert, _ *evidence.Ticket) { a[0].Ticket = "T-9; #t-1" }), id, Failed, ""},
	} {
		c.run(t)
	}
	quiet := noted(asIs)
	quiet.Tickets = nil
	fact{"no ticket export: an open alert with a ticket", quiet, id, Proven, ""}.run(t)
}

func TestTicketsOfRecurringAlerts(t *testing.T) {
	five := func(ticket string, held bool) *evidence.Set {
		return with(func(s *evidence.Set) {
			for i := range 5 {
				s.Alerts = append(s.Alerts, evidence.Alert{Pos: row(i + 1), ID: "A", System: "DB", Signature: "disk", Raised: on("2026-05-20").AddDate(0, 0, i), State: "open", Ticket: ticket})
			}
			if held {
				s.Tickets = []evidence.Ticket{{Pos: row(30), ID: "T-1", Opened: on("2026-05-20"), State: "open"}}
			}
		})
	}
	for _, c := range []fact{
		{"the ticket is in the export", five("T-1", true), "MON-04/DB/disk", Proven, ""},
		{"the ticket is in no export", five("T-2", true), "MON-04/DB/disk", Missing, "5 storage alerts in the last 30 days, 5 of them with a ticket number that the ticket export does not hold."},
		{"no ticket export", five("T-2", false), "MON-04/DB/disk", Proven, ""},
		{"no ticket", five("", true), "MON-04/DB/disk", Failed, ""},
	} {
		c.run(t)
	}
}

func TestClosedTicketAgain(t *testing.T) {
	again := func(set *evidence.Set) (out []string) {
		for _, c := range assessed(set).Contradictions {
			if c.ID == "X06" {
				out = append(out, c.A.Text+"; "+c.B.Text)
			}
		}
		return out
	}
	asIs := func([]evidence.Alert, *evidence.Ticket) {}
	want := []string{"T-1 closed 10 May 2026; A2 disk raised 24 May 2026"}
	if diff := cmp.Diff(want, again(noted(asIs))); diff != "" {
		t.Errorf("named by the alert (-want +got):\n%s", diff)
	}
	byName := noted(func(a []evidence.Alert, k *evidence.Ticket) { a[0].Ticket, k.System, k.Signature = "", "DB", "Disk" })
	if diff := cmp.Diff(want, again(byName)); diff != "" {
		t.Errorf("named by the ticket (-want +got):\n%s", diff)
	}
	if got := again(noted(func(a []evidence.Alert, _ *evidence.Ticket) { a[0].Ticket = "" })); got != nil {
		t.Errorf("a ticket that has nothing to do with it: %v", got)
	}
}
