package assess

import (
	"testing"
	"time"

	"proofpack/generator/evidence"
)

// alerted is small with alerts of one name on DB.
func alerted(alerts ...evidence.Alert) *evidence.Set {
	return with(func(s *evidence.Set) {
		for i := range alerts {
			alerts[i].Pos = row(i + 1)
			if alerts[i].System == "" {
				alerts[i].System = "DB"
			}
			if alerts[i].Signature == "" {
				alerts[i].Signature = "cpu-load"
			}
		}
		s.Alerts = alerts
	})
}

func taken(raised, acked string, severity string) evidence.Alert {
	a := evidence.Alert{Raised: clock(raised), Severity: severity, State: "resolved", IsClosed: true, Closed: clock(raised)}
	if acked != "" {
		a.AcknowledgedBy, a.ByPerson, a.AcknowledgedAt = "Ada Byron", true, clock(acked)
	}
	return a
}

func TestAlertAnswered(t *testing.T) {
	bySystem := taken("2026-05-20 08:00", "", "warning")
	bySystem.AcknowledgedBy = "system"
	undated := taken("2026-05-20 08:00", "2026-05-20 09:00", "warning")
	undated.AcknowledgedAt = time.Time{}
	for _, c := range []fact{
		{"a warning after 24 hours", alerted(taken("2026-05-20 08:00", "2026-05-21 08:00", "warning")), "MON-01/DB/cpu-load", Proven,
			"1 processor warning in 11 days: 1 acknowledged by a person, 0 with a ticket, 0 auto-closed. Each was acknowledged in time."},
		{"a warning after 24 hours and a minute", alerted(taken("2026-05-20 08:00", "2026-05-21 08:01", "warning")), "MON-01/DB/cpu-load", Failed, ""},
		{"a critical alert after an hour", alerted(taken("2026-05-20 08:00", "2026-05-20 09:00", "critical")), "MON-01/DB/cpu-load", Proven, ""},
		{"a critical alert after an hour and a minute", alerted(taken("2026-05-20 08:00", "2026-05-20 09:01", "critical")), "MON-01/DB/cpu-load", Failed, ""},
		{"acknowledged by a program (M3)", alerted(bySystem), "MON-01/DB/cpu-load", Failed,
			"1 processor warning in 11 days: 0 acknowledged by a person, 0 with a ticket, 1 auto-closed."},
		{"acknowledged, nobody knows when", alerted(undated), "MON-01/DB/cpu-load", Missing,
			"1 processor warning in 11 days: 1 acknowledged by a person, 0 with a ticket, 0 auto-closed. When it was acknowledged is not recorded."},
		{"raised an hour before as-of", alerted(taken("2026-05-31 23:00", "", "warning")), "MON-01/DB/cpu-load", Missing,
			"1 processor warning in 0 days: 0 acknowledged by a person, 0 with a ticket, 1 auto-closed. There is still time to answer."},
		{"one of two late", alerted(taken("2026-05-20 08:00", "2026-05-20 09:00", "warning"), taken("2026-05-22 08:00", "2026-05-24 08:00", "warning")), "MON-01/DB/cpu-load", Failed, ""},
		{"over a longer time, nobody", alerted(taken("2026-04-30 08:00", "", "warning"), taken("2026-05-22 08:00", "", "warning")), "MON-01/DB/cpu-load", Failed,
			"2 processor warnings since 30 April, nobody acknowledged them, no ticket. 2 closed by themselves."},
		{"over a longer time, somebody", alerted(taken("2026-04-30 08:00", "", "warning"), taken("2026-05-22 08:00", "2026-05-22 08:10", "warning")), "MON-01/DB/cpu-load", Failed,
			"2 processor warnings since 30 April: 1 acknowledged by a person, 0 with a ticket, 1 auto-closed."},
		{"no alert of what the service needs", alerted(evidence.Alert{System: "OTHER", Raised: clock("2026-05-20 08:00")}), "MON-01/SHIP", Missing, "No alert is on record for what Shipping needs."},
	} {
		c.run(t)
	}
}

func TestAnAlertThatNamesNoSystemCouldBeOfAny(t *testing.T) {
	good := taken("2026-05-20 08:00", "2026-05-20 08:10", "warning")
	set := alerted(good, good)
	set.Alerts[1].System = ""
	for _, c := range []fact{
		{"the system's own", set, "MON-01/DB/cpu-load", Missing, "Not proven: 1 alert of the name cpu-load names no system."},
		{"the stray one", set, "MON-01/alerts/cpu-load", Missing, "Not proven: 1 alert of the name cpu-load names no system."},
	} {
		c.run(t)
	}
	set.Alerts[1].Signature = "memory"
	fact{"of another name", set, "MON-01/DB/cpu-load", Proven, ""}.run(t)
}

func TestAlertOwned(t *testing.T) {
	owner := func(a evidence.Alert) evidence.Alert { a.Owner = "Ada Byron"; return a }
	quiet := func(until, reason string) evidence.Alert {
		return owner(evidence.Alert{Raised: clock("2026-05-20 08:00"), SilencedBy: "Ada Byron", SilencedUntil: on(until), SilenceReason: reason})
	}
	for _, c := range []fact{
		{"no owner", alerted(evidence.Alert{Raised: clock("2026-05-20 08:00"), Severity: "warning"}), "MON-02/DB/cpu-load", Missing, "1 of 1 processor warning has no owner."},
		{"a team for an owner", alerted(evidence.Alert{Raised: clock("2026-05-20 08:00"), Owner: "ops team"}), "MON-02/DB/cpu-load", Missing, ""},
		{"an owner", alerted(owner(evidence.Alert{Raised: clock("2026-05-20 08:00"), Severity: "warning"})), "MON-02/DB/cpu-load", Proven, "A person answers for 1 of 1 processor warning."},
		{"whoever acknowledged it", alerted(taken("2026-05-20 08:00", "2026-05-20 08:10", "warning")), "MON-02/DB/cpu-load", Proven, ""},
		{"silenced for 30 days with a reason", alerted(quiet("2026-06-30", "disk is ordered")), "MON-02/DB/cpu-load", Proven, ""},
		{"silenced for 31 days", alerted(quiet("2026-07-01", "disk is ordered")), "MON-02/DB/cpu-load", Failed, "1 of 1 processor alert is silenced without an end inside the limit and a reason."},
		{"silenced without a reason", alerted(quiet("2026-06-10", "")), "MON-02/DB/cpu-load", Failed, ""},
		{"silenced without an end", alerted(quiet("", "disk is ordered")), "MON-02/DB/cpu-load", Failed, ""},
		{"a silence that has ended", alerted(quiet("2026-05-30", "")), "MON-02/DB/cpu-load", Proven, ""},
	} {
		c.run(t)
	}
}

func TestAlertRecurring(t *testing.T) {
	days := func(n int, from string) []evidence.Alert {
		var out []evidence.Alert
		for i := range n {
			out = append(out, evidence.Alert{Raised: on(from).AddDate(0, 0, i), Severity: "warning", State: "open"})
		}
		return out
	}
	ticket := days(5, "2026-05-01")
	ticket[2].Ticket = "T-1"
	for _, c := range []fact{
		{"four in 30 days", alerted(days(4, "2026-05-01")...), "MON-04/DB/cpu-load", Proven, "4 processor warnings in the last 30 days, fewer than 5."},
		{"five, the first on the last day that counts", alerted(days(5, "2026-05-01")...), "MON-04/DB/cpu-load", Failed, "5 processor warnings in the last 30 days, and no ticket looks into them."},
		{"five, the first a day earlier", alerted(days(5, "2026-04-30")...), "MON-04/DB/cpu-load", Proven, ""},
		{"five with a ticket", alerted(ticket...), "MON-04/DB/cpu-load", Proven, "5 processor warnings in the last 30 days, 1 of them with a ticket."},
		{"none lately", alerted(days(5, "2026-01-01")...), "MON-04/DB/cpu-load", Proven, "No processor warning in the last 30 days; the last one is of 5 January 2026."},
	} {
		c.run(t)
	}
}

func TestClosedNotFixed(t *testing.T) {
	closed := func(raised, closed string) evidence.Alert {
		return evidence.Alert{Raised: on(raised), Closed: on(closed), State: "auto-closed", IsClosed: true, Severity: "warning"}
	}
	open := evidence.Alert{Raised: on("2026-05-24"), State: "open", Severity: "warning"}
	person := closed("2026-05-09", "2026-05-10")
	person.AcknowledgedBy, person.ByPerson = "Ada Byron", true
	ticket := closed("2026-05-09", "2026-05-10")
	ticket.Ticket = "T-1"
	blank := evidence.Alert{Raised: on("2026-05-20"), Severity: "warning"}
	for _, c := range []fact{
		{"again on the fourteenth day", alerted(closed("2026-05-09", "2026-05-10"), open), "MON-08/DB/cpu-load", Failed,
			"1 processor warning closed without a person or a ticket came again; the last was closed on 10 May 2026 and came again on 24 May 2026."},
		{"again on the fifteenth day", alerted(closed("2026-05-08", "2026-05-09"), open), "MON-08/DB/cpu-load", Proven, "No processor warning that was closed without a person or a ticket came again."},
		{"closed by a person", alerted(person, open), "MON-08/DB/cpu-load", Proven, ""},
		{"closed with a ticket", alerted(ticket, open), "MON-08/DB/cpu-load", Proven, ""},
		{"no closing time, again soon after it was raised", alerted(closed("2026-05-12", ""), open), "MON-08/DB/cpu-load", Failed, ""},
		{"no closing time, again later", alerted(closed("2026-04-12", ""), open), "MON-08/DB/cpu-load", Missing,
			"A processor warning that no person and no ticket took came again; whether and when it was closed is not recorded."},
		{"nothing says whether it was closed", alerted(blank, open), "MON-08/DB/cpu-load", Missing, ""},
		{"the last one closed", alerted(closed("2026-05-24", "2026-05-25")), "MON-08/DB/cpu-load", Proven, ""},
	} {
		c.run(t)
	}
}

func TestTopics(t *testing.T) {
	for _, c := range []struct {
		signature, text, severity, want string
	}{
		{"datastore-usage", "DS-PROD-01 86.8% > 85%", "warning", "storage warnings"},
		{"vss-writer", "Shadow copy writer timed out", "warning", "shadow-copy warnings"},
		{"FilesystemFull", "", "critical", "storage alerts"},
		{"cpu-load", "", "", "processor alerts"},
		{"setups-failed", "", "warning", "setups-failed warnings"},
		{"replica lag", "", "warning", "replication warnings"},
		{"{0}", "", "warning", "{0} warnings"},
	} {
		s := &signature{Name: c.signature, Alerts: []*evidence.Alert{{Signature: c.signature, Text: c.text, Severity: c.severity}}}
		if _, got := s.nouns(); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.signature, c.text, got, c.want)
		}
	}
}

func TestANameWithBracesIsNoFigure(t *testing.T) {
	f := finding(t, assessed(alerted(evidence.Alert{Signature: "{0} {1}", Raised: clock("2026-05-20 08:00"), Severity: "warning"})), "MON-01/DB/{0} {1}")
	if want := "1 (0) (1) warning in 11 days: 0 acknowledged by a person, 0 with a ticket, 0 auto-closed."; f.Says.String() != want {
		t.Errorf("says %q, want %q", f.Says, want)
	}
}
