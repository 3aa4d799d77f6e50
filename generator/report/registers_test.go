package report

import (
	"strings"
	"testing"
	"time"

	"proofpack/generator/evidence"
)

func lastInstantOf(m time.Month, d int) time.Time {
	return time.Date(2026, m, d, 23, 59, 59, 0, time.UTC)
}

// supplied says that an export of a data set is here.
func supplied(set *evidence.Set, dataSet string, rows int) {
	set.Inputs = append(set.Inputs, evidence.Input{DataSet: dataSet, File: "exports/" + dataSet + ".csv", Read: rows, Used: rows, Expected: -1})
}

func TestCredentialSection(t *testing.T) {
	ends := func(days ...time.Time) func(*evidence.Set) {
		return func(set *evidence.Set) {
			for i, d := range days {
				set.Credentials = append(set.Credentials, evidence.Credential{Pos: at(40 + i), Name: string(rune('a' + i)), Kind: "certificate", System: "SQL-01", NotAfter: d, Owner: "D. Ortiz"})
			}
			supplied(set, evidence.Credentials, len(days))
		}
	}
	for _, c := range []struct {
		fact  string
		set   func(*evidence.Set)
		title string
		first string // row of the table
	}{
		{"none", nil, "Nothing shows when certificates, secrets and licences end", ""},
		{"one that lasts", ends(lastInstantOf(12, 1)), "0 of 1 certificates, secrets and licences have ended or end within 30 days", "a certificate SQL-01 D. Ortiz 1 Dec 2026 184 Proven"},
		{"one that ends", ends(lastInstantOf(6, 30)), "1 of 1 certificates, secrets and licences has ended or ends within 30 days", "a certificate SQL-01 D. Ortiz 30 Jun 2026 30 Failed"},
		{"several: what has no end stands first", ends(lastInstantOf(12, 1), lastInstantOf(5, 1), time.Time{}), "1 of 3 certificates, secrets and licences has ended or ends within 30 days; 1 has no end on record", "c certificate SQL-01 D. Ortiz no end on record unknown Missing"},
	} {
		t.Run(c.fact, func(t *testing.T) {
			sec := month(t, shipping(c.set)).credentialSection()
			if got := sec.Title.Plain(); got != c.title {
				t.Errorf("says %q, want %q", got, c.title)
			}
			if c.first == "" {
				return
			}
			if got := plainRow(sec.Blocks[0].(Chart).Table.Rows[0]); got != c.first {
				t.Errorf("the first row is %q, want %q", got, c.first)
			}
		})
	}
}

func plainRow(r TableRow) string {
	var cells []string
	for _, c := range r.Cells {
		cells = append(cells, c.Plain())
	}
	return strings.Join(cells, " ")
}

func TestLastPacket(t *testing.T) {
	april := func(set *evidence.Set) {
		set.Earlier = []evidence.Month{{Name: "2026-04", AsOf: lastInstantOf(4, 30)}}
	}
	read := func(decision, outcome string) func(*evidence.Set) {
		return func(set *evidence.Set) {
			april(set)
			set.Acknowledgements = []evidence.Acknowledgement{{Pos: at(40), Month: "2026-04", Reader: "Ada Byron", ReadOn: lastInstantOf(5, 4), Decision: decision, Outcome: outcome}}
		}
	}
	for _, c := range []struct {
		fact, want string
		set        func(*evidence.Set)
		read       bool
	}{
		{"read and decided", "Last packet: that of April 2026 was read by Ada Byron on 4 May 2026; decided: buy storage.", read("buy storage", ""), true},
		{"with what came of it", "Last packet: that of April 2026 was read by Ada Byron on 4 May 2026; decided: buy storage; what came of it: ordered.", read("buy storage", "ordered"), true},
		{"read, nothing decided", "Last packet: that of April 2026 was read by Ada Byron on 4 May 2026; what was decided is not on record", read("", ""), true},
		{"nobody", "April 2026 packet: no record that anyone read it", april, false},
		{"the first month", "Last packet: no earlier packet is on file here, and no record says that anyone read one", nil, false},
	} {
		says, is := month(t, shipping(c.set)).lastPacket()
		if got := says.Plain(); got != c.want || is != c.read {
			t.Errorf("%s: %q, read %v; want %q, %v", c.fact, got, is, c.want, c.read)
		}
	}
}

func TestFindingsWithoutAnOwner(t *testing.T) {
	owned := month(t, shipping(nil))
	nobody := month(t, shipping(func(set *evidence.Set) { set.Systems[0].Owner, set.Services[0].Owner = "helpdesk@x", "" }))
	count := func(b *builder) int {
		n := 0
		for i := range b.Result.Findings {
			if f := &b.Result.Findings[i]; notProven(f.State) && b.accountable(f) == "" {
				n++
			}
		}
		return n
	}
	if count(nobody) <= count(owned) {
		t.Errorf("%d findings have no owner without a person, %d with one", count(nobody), count(owned))
	}
	for i := range owned.Result.Findings {
		if f := &owned.Result.Findings[i]; f.Subject.System == "SQL-01" && owned.accountable(f) != "D. Ortiz" {
			t.Errorf("%s is answered by %q", f.ID, owned.accountable(f))
		}
	}
}

func TestTicketSection(t *testing.T) {
	records := func(held bool) func(*evidence.Set) {
		return func(set *evidence.Set) {
			set.Alerts = []evidence.Alert{
				{Pos: at(40), ID: "A1", System: "SQL-01", Signature: "disk", Raised: lastInstantOf(5, 3), Ticket: "TKT-1"},
				{Pos: at(41), ID: "A2", System: "SQL-01", Signature: "disk", Raised: lastInstantOf(5, 9), Ticket: "TKT-2"},
				{Pos: at(42), ID: "A3", System: "SQL-01", Signature: "disk", Raised: lastInstantOf(5, 20)},
			}
			set.Tasks = []evidence.Task{{Pos: at(43), ID: "T", Name: "Review", Record: "TKT-3"}, {Pos: at(44), ID: "U", Name: "Walk", Record: "minutes of May"}}
			supplied(set, evidence.Alerts, 3)
			supplied(set, evidence.Tasks, 2)
			if held {
				set.Tickets = []evidence.Ticket{{Pos: at(50), ID: "TKT-1", Opened: lastInstantOf(5, 3), Closed: lastInstantOf(5, 4), IsClosed: true, State: "closed"}}
				supplied(set, evidence.Tickets, 1)
			}
		}
	}
	sec := month(t, shipping(records(true))).ticketSection()
	if got, want := sec.Title.Plain(), "2 of 3 alerts name a ticket; 1 of them is in the ticket export"; got != want {
		t.Errorf("says %q, want %q", got, want)
	}
	table := sec.Blocks[0].(Table)
	for i, want := range []string{"Alerts 2 1 1", "Tasks 1 0 1"} {
		if got := plainRow(table.Rows[i]); got != want {
			t.Errorf("line %d is %q, want %q", i, got, want)
		}
	}
	if got := plainRow(sec.Blocks[1].(Table).Rows[0]); !strings.HasPrefix(got, "TKT-2 unverified unknown") {
		t.Errorf("the unverified stand first: %q", got)
	}
	if got := plainRow(sec.Blocks[2].(Table).Rows[0]); got != "SQL-01 TKT-1 closed 4 May 2026 A2 disk raised 9 May 2026" {
		t.Errorf("closed and came back: %q", got)
	}
	sec = month(t, shipping(records(false))).ticketSection()
	if got, want := sec.Title.Plain(), "2 of 3 alerts name a ticket; no ticket export was supplied, so none is verified"; got != want {
		t.Errorf("says %q, want %q", got, want)
	}
}

func TestRegulatedPage(t *testing.T) {
	none := month(t, shipping(nil)).regulated()
	if got, want := none.Title.Plain(), "No export names a system that holds protected data"; got != want {
		t.Errorf("says %q, want %q", got, want)
	}
	p := month(t, shipping(func(set *evidence.Set) {
		s := &set.Systems[0]
		s.DataClass, s.LogCovered, s.LogDays, s.BackupDays = "patient data", evidence.Yes, evidence.Known(2190), evidence.Known(30)
		set.Services[0].RegulatedBy = "HIPAA"
	})).regulated()
	if got, want := p.Title.Plain(), "0 of 1 regulated system is on record as keeping logs and backups as long as the rule asks"; got != want {
		t.Errorf("says %q, want %q", got, want)
	}
	if got, want := plainRow(p.Sections[0].Blocks[0].(Table).Rows[0]), "SQL-01 patient data HIPAA no review yes 2,190 days 30 days too short Missing Failed"; got != want {
		t.Errorf("the row is %q, want %q", got, want)
	}
	relevant := p.Sections[1]
	if !strings.Contains(relevant.Blocks[0].(Paragraph).Text.Plain(), "not a statement of compliance") {
		t.Error("the cross-reference lacks its disclaimer")
	}
	for _, r := range relevant.Blocks[1].(Table).Rows {
		if plainRow(r) == "164.316(b)(2)(i) REG-01 0 1 0" {
			return
		}
	}
	t.Error("REG-01 is relevant to no safeguard")
}

func TestExceptionWatch(t *testing.T) {
	b := month(t, shipping(func(set *evidence.Set) {
		add := func(row int, id string, until time.Time, change func(*evidence.Exception)) {
			x := evidence.Exception{Pos: at(row), ID: id, Rule: "INV-05", System: "SQL-01", Why: "ordered", ApprovedBy: "D. Ortiz", ApprovedOn: lastInstantOf(1, 2), Until: until, UntilText: until.Format(time.DateOnly)}
			change(&x)
			set.Exceptions = append(set.Exceptions, x)
		}
		add(40, "E1", lastInstantOf(6, 30), func(x *evidence.Exception) { x.Renewals = evidence.Known(2) })
		add(41, "E2", lastInstantOf(7, 1), func(x *evidence.Exception) { x.Renewals = evidence.Known(1) })
		add(42, "E3", lastInstantOf(5, 30), func(x *evidence.Exception) { x.EscalatedTo, x.EscalatedOn = "Ada Byron", lastInstantOf(5, 31) })
		add(43, "E4", lastInstantOf(5, 1), func(*evidence.Exception) {})
		supplied(set, evidence.Exceptions, 4)
	}))
	for i, want := range []string{
		"Renewed: 1 exception was renewed 2 times or more; what is renewed so often is normal practice.",
		"Ending: 1 exception ends within 30 days.",
		"Overdue: 1 of 2 lapsed exceptions are on record as escalated to a person.",
	} {
		if got := b.exceptionWatch()[i].(Paragraph).Text.Plain(); got != want {
			t.Errorf("says %q, want %q", got, want)
		}
	}
	for i, want := range []string{" renewed 2 times ends in 30 days", " renewed 1 time", " escalated to Ada Byron, 31 May 2026", " no escalation on record"} {
		if got := b.exceptionNotes(&b.Set.Exceptions[i]).Plain(); got != want {
			t.Errorf("notes %q, want %q", got, want)
		}
	}
}
