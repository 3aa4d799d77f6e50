package report

import (
	"strings"
	"testing"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// people is Shipping with accounts: one of a leaver, one privileged without a
// second factor, a supplier's without an end, one that nobody uses, one closed.
func people(set *evidence.Set) {
	day := func(m time.Month, d int) time.Time { return time.Date(2026, m, d, 12, 0, 0, 0, time.UTC) }
	add := func(row int, key string, change func(*evidence.Account)) {
		a := evidence.Account{
			Pos: at(row), Key: key, Login: key, Kind: evidence.KindPerson, Enabled: evidence.Yes, Privileged: evidence.No, MFA: evidence.MFAEnforced, LastLogin: day(5, 30), NoEnd: true,
			Rows: []evidence.AccountRow{{Pos: at(row), Directory: "Entra ID", Login: key, Enabled: evidence.Yes}},
		}
		change(&a)
		set.Accounts = append(set.Accounts, a)
	}
	add(20, "gone@x", func(*evidence.Account) {})
	add(21, "admin@x", func(a *evidence.Account) { a.Privileged, a.MFA = evidence.Yes, evidence.MFAUnknown })
	add(22, "vendor@x", func(a *evidence.Account) { a.Kind, a.MFA = evidence.KindVendor, evidence.MFARegistered })
	add(23, "idle@x", func(a *evidence.Account) { a.LastLogin = day(1, 2) })
	add(24, "shut@x", func(a *evidence.Account) { a.Enabled = evidence.No })
	set.Leavers = []evidence.Leaver{{Pos: at(30), EmployeeID: "7", Login: "gone@x", Name: "Gone Person", LeftOn: day(5, 1), Accounts: []string{"gone@x"}}}
	set.Reviews = []evidence.Review{{Pos: at(31), Login: "admin@x", Account: "admin@x", Reviewer: "Bob Stone", Decision: evidence.DecideKeep, DecidedAt: day(5, 2)}}
	set.Vendors = []evidence.Vendor{{Pos: at(32), Name: "Acme", Systems: []string{"SQL-01"}, ContractEnds: day(4, 1)}}
	set.AccessLogs = []evidence.AccessLog{{Pos: diag.Pos{File: "exports/log.csv"}, Events: 1234567, Ordered: true, SaysClient: true, SaysMFA: true, First: day(5, 1), Last: day(5, 31), Days: []time.Time{day(5, 1)}}}
	set.Access = []evidence.Access{{Login: "gone@x", Account: "gone@x", App: "Mail", Result: evidence.SignedIn, Events: 2, Last: evidence.Event{At: day(5, 9), Pos: diag.Pos{File: "exports/log.csv", Row: 7}}}}
	used := evidence.Episode{Events: 2, First: evidence.Event{At: day(5, 8), Pos: diag.Pos{File: "exports/log.csv", Row: 6}}, Last: evidence.Event{At: day(5, 9), Pos: diag.Pos{File: "exports/log.csv", Row: 7}}}
	set.Trails = []evidence.Trail{{Login: "gone@x", Account: "gone@x", Success: used, AfterLeaving: used, WithoutMFA: used}}
}

func TestAccessPage(t *testing.T) {
	p := month(t, shipping(people)).access()
	if got, want := p.Title.Plain(), "1 of 1 person who left still has an open account; 0 of 1 privileged account is shown to need a second factor"; got != want {
		t.Errorf("the headline is %q, want %q", got, want)
	}
	sections := map[string]Section{}
	var order []string
	for _, s := range p.Sections {
		sections[s.ID] = s
		order = append(order, s.ID)
	}
	if got := strings.Join(order, " "); got != "leavers mfa privileged vendor-accounts dormant life reviews sign-ins vendors findings" {
		t.Errorf("sections %s", got)
	}
	for id, want := range map[string]string{
		"leavers":         "1 of 1 still has an open account, and 1 account was used after the last day",
		"mfa":             "2 of 4 open accounts are on record as needing a second factor",
		"privileged":      "0 of 1 privileged account has a reason, an approver and a review on record",
		"vendor-accounts": "0 of 1 suppliers' account has a sponsor, a purpose and an end",
		"dormant":         "1 of 4 open accounts were not used for 45 days",
		"life":            "From made to closed: 4 open accounts that matter most, of 4; 1 more are closed",
		"reviews":         "1 of 4 open accounts were reviewed in time; 0 reviews are overdue",
		"sign-ins":        "1,234,567 sign-ins by 1 login",
		"vendors":         "0 of 1 critical systems have a vendor with a contact; 1 contract has ended",
	} {
		if got := sections[id].Title.Plain(); got != want {
			t.Errorf("%s says %q, want %q", id, got, want)
		}
	}
	// Each account stands in the first class that fits, the most dangerous first;
	// what is not on record is no second factor.
	table := sections["mfa"].Blocks[0].(Table)
	for i, want := range []string{"People who left 1 1 0 0 0 1", "Privileged 1 0 0 0 1 0", "Suppliers 1 0 1 0 0 0", "Used by nobody 1 1 0 0 0 0", "All others 0 0 0 0 0 0"} {
		var cells []string
		for _, c := range table.Rows[i].Cells {
			cells = append(cells, c.Plain())
		}
		if got := strings.Join(cells, " "); got != want {
			t.Errorf("line %d is %q, want %q", i, got, want)
		}
	}
}

func TestAccessPageWithoutExports(t *testing.T) {
	b := month(t, shipping(nil))
	if got, want := b.access().Title.Plain(), "No account export was supplied, so nothing shows who can get in"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for _, s := range b.packetAccess().Sections {
		for _, w := range []string{"0 of 0", "proven"} {
			if strings.Contains(strings.ToLower(s.Title.Plain()), w) {
				t.Errorf("%s says %q", s.ID, s.Title.Plain())
			}
		}
	}
}

func TestARowPageOfALogSaysThatItHoldsOnlyWhatIsCited(t *testing.T) {
	set := shipping(func(s *evidence.Set) {
		s.Inputs = append(s.Inputs, evidence.Input{DataSet: evidence.SignIns, File: "exports/log.csv", Cited: true, Read: 1000000, Used: 999999, Rejected: 1, Expected: -1, Header: []string{"at", "login"},
			Rows: []evidence.RowRecord{{N: 7, Cells: []string{"2026-05-09", "gone@x"}, Status: evidence.RowUsed}, {N: 9, Status: evidence.RowRejected, Reason: "login is empty"}}})
	})
	b := month(t, set)
	var pages []*Page
	for _, p := range b.recordPages() {
		if strings.Contains(p.Path, "log-csv") {
			pages = append(pages, p)
		}
	}
	if len(pages) != 1 {
		t.Fatalf("%d pages of a log of which two rows are kept", len(pages))
	}
	if got, want := pages[0].Sections[0].Title.Plain(), "The rows that findings cite, and those that were rejected: 2 of 1,000,000"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := b.rowPath(diag.Pos{File: "exports/log.csv", Row: 7}); got != "data/log-csv-00001.html#r7" {
		t.Errorf("a cited row is at %s", got)
	}
}
