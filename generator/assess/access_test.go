package assess

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// ada is an open account of a person with everything on record.
func ada(change func(*evidence.Account)) evidence.Account {
	a := evidence.Account{
		Pos: row(1), Key: "ada@x", Login: "ada@x", DisplayName: "Ada Byron", Kind: evidence.KindPerson, Enabled: evidence.Yes, Privileged: evidence.No, MFA: evidence.MFAEnforced,
		LastLogin: on("2026-05-30"), Created: on("2024-01-01"), NoEnd: true, SecretSet: on("2026-01-01"), Sponsor: "Bob Stone", Reason: "her work", Approver: "Bob Stone", HoldsKnown: true,
		Rows: []evidence.AccountRow{{Pos: row(1), Directory: "Entra ID", Login: "ada@x", Enabled: evidence.Yes}},
	}
	change(&a)
	a.Rows[0].Enabled = a.Enabled
	return a
}

// accounts is small with one account, and something more.
func accounts(change func(*evidence.Account), more ...func(*evidence.Set)) *evidence.Set {
	return with(func(s *evidence.Set) {
		s.Accounts = []evidence.Account{ada(change)}
		for _, m := range more {
			m(s)
		}
	})
}

func unchanged(*evidence.Account) {}

// left is a leaver on that day.
func left(day string, change func(*evidence.Leaver)) func(*evidence.Set) {
	return func(s *evidence.Set) {
		v := evidence.Leaver{Pos: row(50), EmployeeID: "7", Login: "ada@x", Name: "Ada Byron", LeftOn: on(day), Accounts: []string{"ada@x"}}
		change(&v)
		s.Leavers = []evidence.Leaver{v}
	}
}

func nothingElse(*evidence.Leaver) {}

// logged is an access log of May with a trail of ada@x.
func logged(change func(*evidence.AccessLog, *evidence.Trail)) func(*evidence.Set) {
	return func(s *evidence.Set) {
		l := evidence.AccessLog{Pos: diag.Pos{File: "log.csv"}, Ordered: true, SaysClient: true, SaysMFA: true, Events: 100}
		for d := range 31 {
			l.Days = append(l.Days, time.Date(2026, 5, d+1, 0, 0, 0, 0, time.UTC))
		}
		t := evidence.Trail{Login: "ada@x", Account: "ada@x", Success: evidence.Episode{Events: 3, First: event(1, "2026-05-02 08:00"), Last: event(3, "2026-05-29 08:00")}, WithMFA: 3}
		change(&l, &t)
		s.AccessLogs = append(s.AccessLogs, l)
		s.Trails = append(s.Trails, t)
	}
}

func asIs(*evidence.AccessLog, *evidence.Trail) {}

func event(n int, at string) evidence.Event {
	return evidence.Event{At: clock(at), Pos: diag.Pos{File: "log.csv", Row: n}, App: "Mail"}
}

func episode(n int, at string) evidence.Episode {
	return evidence.Episode{Events: n, First: event(n, at), Last: event(n+1, at)}
}

func reviewedOn(day string, change func(*evidence.Review)) func(*evidence.Set) {
	return func(s *evidence.Set) {
		v := evidence.Review{Pos: row(60 + len(s.Reviews)), ID: "R1", Login: "ada@x", Account: "ada@x", Reviewer: "Bob Stone", Decision: evidence.DecideKeep, DecisionText: "keep", DecidedAt: on(day)}
		change(&v)
		s.Reviews = append(s.Reviews, v)
	}
}

func kept(*evidence.Review) {}

func TestLeaverClosed(t *testing.T) {
	closedOne := func(a *evidence.Account) { a.Enabled = evidence.No }
	attest := func(s *evidence.Set) {
		s.Inputs = append(s.Inputs, evidence.Input{File: "accounts.csv", DataSet: evidence.Accounts, Used: 1, Read: 1, Expected: 1, Standing: evidence.Complete})
	}
	for _, c := range []fact{
		{"open on the last day allowed", accounts(unchanged, left("2026-05-30", nothingElse)), "ACC-01/7", Missing, "Ada Byron left on 30 May 2026, and 1 account is still open, inside the time allowed."},
		{"open one day later", accounts(unchanged, left("2026-05-29", nothingElse)), "ACC-01/7", Failed, "Ada Byron left on 29 May 2026; 2 days later 1 account is still open: ada@x."},
		{"closed", accounts(closedOne, left("2026-05-01", nothingElse)), "ACC-01/7", Proven, "Ada Byron left on 1 May 2026, and 1 account is closed."},
		{"closed, found by the name alone", accounts(closedOne, left("2026-05-01", func(v *evidence.Leaver) { v.ByName = true })), "ACC-01/7", Missing, ""},
		{"not said", accounts(func(a *evidence.Account) { a.Enabled = evidence.Unknown }, left("2026-05-01", nothingElse)), "ACC-01/7", Missing, "Ada Byron left on 1 May 2026; whether ada@x is closed is not on record."},
		{"no such account, nobody attested", accounts(unchanged, left("2026-05-01", func(v *evidence.Leaver) { v.Accounts = nil })), "ACC-01/7", Missing, ""},
		{"no such account in a complete export", accounts(unchanged, attest, left("2026-05-01", func(v *evidence.Leaver) { v.Accounts = nil })), "ACC-01/7", Proven, "Ada Byron left on 1 May 2026, and the complete account export holds no account of ada@x."},
		{"no such account in a complete export, and no login", accounts(unchanged, attest, left("2026-05-01", func(v *evidence.Leaver) { v.Accounts, v.Login = nil, "" })), "ACC-01/7", Missing, ""},
		{"no account export", with(left("2026-05-01", nothingElse)), "ACC-01/7", Missing, "No account export supplied."},
		{"no leavers", accounts(unchanged), "ACC-01/leavers", Missing, "No leaver export supplied."},
	} {
		c.run(t)
	}
}

func TestLeaverSilent(t *testing.T) {
	after := logged(func(_ *evidence.AccessLog, t *evidence.Trail) { t.AfterLeaving = episode(2, "2026-05-09 08:00") })
	gap := logged(func(l *evidence.AccessLog, _ *evidence.Trail) { l.Days = slices.Delete(l.Days, 19, 20) })
	for _, c := range []fact{
		{"signed in after", accounts(unchanged, left("2026-05-04", nothingElse), after), "ACC-02/7", Failed, "Ada Byron left on 4 May 2026; the account signed in 2 times after that, last on 9 May 2026."},
		{"at least once, as an aggregate says", accounts(unchanged, left("2026-05-04", nothingElse), logged(func(_ *evidence.AccessLog, t *evidence.Trail) {
			t.AfterLeaving = episode(1, "2026-05-09 08:00")
			t.AfterLeaving.AtLeast = true
		})), "ACC-02/7", Failed, "Ada Byron left on 4 May 2026; the account signed in at least 1 time after that, last on 9 May 2026."},
		{"no more", accounts(unchanged, left("2026-05-04", nothingElse), logged(asIs)), "ACC-02/7", Proven, ""},
		{"a day after leaving is not in the log", accounts(unchanged, left("2026-05-04", nothingElse), gap), "ACC-02/7", Missing, "Ada Byron left on 4 May 2026; no sign-in after that is on record, and the access log has no row on 1 of 27 days."},
		{"the missing day was the last one at work", accounts(unchanged, left("2026-05-20", nothingElse), gap), "ACC-02/7", Proven, ""},
		{"left before the month", accounts(unchanged, left("2026-01-04", nothingElse), logged(asIs)), "ACC-02/7", Proven, "Ada Byron left on 4 January 2026, and the access log since 1 May 2026 has no good sign-in after that."},
		{"no log", accounts(unchanged, left("2026-05-04", nothingElse)), "ACC-02/7", Missing, "No sign-in export supplied."},
		{"a record of the offboarding", accounts(unchanged, left("2026-05-04", func(v *evidence.Leaver) { v.Record = "HR-9" })), "ACC-17/7", Proven, "Ada Byron left on 4 May 2026; the offboarding is recorded in HR-9."},
		{"none, on the last day allowed", accounts(unchanged, left("2026-05-24", nothingElse)), "ACC-17/7", Missing, "Ada Byron left on 24 May 2026; no record of the offboarding yet, inside the time allowed."},
		{"none, one day later", accounts(unchanged, left("2026-05-23", nothingElse)), "ACC-17/7", Missing, "Ada Byron left on 23 May 2026; no record of the offboarding, 8 days later."},
	} {
		c.run(t)
	}
}

func TestAccountUsed(t *testing.T) {
	last := func(day string) func(*evidence.Account) {
		return func(a *evidence.Account) { a.LastLogin = on(day) }
	}
	for _, c := range []fact{
		{"on the last day allowed", accounts(last("2026-04-16")), "ACC-03/ada@x", Proven, "ada@x was last used on 16 April 2026."},
		{"one day too long ago", accounts(last("2026-04-15")), "ACC-03/ada@x", Failed, "ada@x is open and was last used 46 days ago."},
		{"the access log is newer", accounts(last("2026-04-15"), logged(asIs)), "ACC-03/ada@x", Proven, "ada@x was last used on 29 May 2026."},
		{"never, made long ago", accounts(func(a *evidence.Account) { a.LastLogin, a.NeverLoggedIn = time.Time{}, true }), "ACC-03/ada@x", Failed, "ada@x is open since 1 January 2024 and was never used."},
		{"never, made inside the limit", accounts(func(a *evidence.Account) {
			a.LastLogin, a.NeverLoggedIn, a.Created = time.Time{}, true, on("2026-05-01")
		}), "ACC-03/ada@x", Missing, ""},
		{"blank is not never", accounts(func(a *evidence.Account) { a.LastLogin = time.Time{} }), "ACC-03/ada@x", Missing, "When ada@x was last used is not on record."},
		{"not said whether it is open", accounts(func(a *evidence.Account) { a.Enabled = evidence.Unknown }), "ACC-03/ada@x", Missing, ""},
		{"no accounts", small(), "ACC-03/accounts", Missing, "No account export supplied."},
		{"a closed account holds nothing", accounts(func(a *evidence.Account) { a.Enabled = evidence.No }), "ACC-16/ada@x", Proven, ""},
		{"a closed account holds a group", accounts(func(a *evidence.Account) { a.Enabled, a.Holds = evidence.No, []string{"VPN users"} }), "ACC-16/ada@x", Failed, "ada@x is closed and still holds VPN users."},
		{"what it holds is not said", accounts(func(a *evidence.Account) { a.Enabled, a.HoldsKnown = evidence.No, false }), "ACC-16/ada@x", Missing, ""},
	} {
		c.run(t)
	}
}

func TestSecondFactor(t *testing.T) {
	mfa := func(m evidence.MFA) func(*evidence.Account) { return func(a *evidence.Account) { a.MFA = m } }
	admin := func(m evidence.MFA) func(*evidence.Account) {
		return func(a *evidence.Account) { a.MFA, a.Privileged = m, evidence.Yes }
	}
	for _, c := range []fact{
		{"unknown is not yes", accounts(mfa(evidence.MFAUnknown)), "ACC-05/ada@x", Missing, "Whether ada@x has a second factor is not on record."},
		{"unknown is not yes, whatever the log shows", accounts(mfa(evidence.MFAUnknown), logged(asIs)), "ACC-05/ada@x", Missing, ""},
		{"registered is not asked for", accounts(mfa(evidence.MFARegistered)), "ACC-05/ada@x", Missing, "ada@x has a second factor registered; nothing shows that it is asked for."},
		{"registered, and used each time", accounts(mfa(evidence.MFARegistered), logged(asIs)), "ACC-05/ada@x", Proven, "ada@x has a second factor and used it in each of 3 sign-ins on record."},
		{"registered, and not said once", accounts(mfa(evidence.MFARegistered), logged(func(_ *evidence.AccessLog, t *evidence.Trail) { t.WithMFA = 2 })), "ACC-05/ada@x", Missing, ""},
		{"enforced", accounts(mfa(evidence.MFAEnforced)), "ACC-05/ada@x", Proven, "Nobody signs in as ada@x without a second factor."},
		{"enforced on paper", accounts(mfa(evidence.MFAEnforced), logged(func(_ *evidence.AccessLog, t *evidence.Trail) { t.WithoutMFA = episode(1, "2026-05-09 08:00") })), "ACC-05/ada@x", Failed,
			"ada@x signed in 1 time without a second factor, last on 9 May 2026."},
		{"none", accounts(mfa(evidence.MFANone)), "ACC-05/ada@x", Failed, "ada@x has no second factor."},
		{"privileged, none", accounts(admin(evidence.MFANone)), "ACC-04/ada@x", Failed, "ada@x has no second factor."},
		{"privileged, enforced", accounts(admin(evidence.MFAEnforced)), "ACC-04/ada@x", Proven, ""},
		{"not said whether privileged", accounts(func(a *evidence.Account) { a.Privileged = evidence.Unknown }), "ACC-04/accounts", Missing, "Whether it is privileged is not on record for 1 of 1 account."},
		{"nobody privileged", accounts(unchanged), "ACC-04/accounts", Missing, ""},
		{"a program has a secret, not a second factor", accounts(func(a *evidence.Account) { a.Privileged, a.Kind = evidence.Yes, evidence.KindService }), "ACC-04/accounts", Missing, ""},
	} {
		c.run(t)
	}
}

func TestKindsOfAccounts(t *testing.T) {
	vendor := func(change func(*evidence.Account)) *evidence.Set {
		return accounts(func(a *evidence.Account) {
			a.Kind, a.NoEnd, a.Expires = evidence.KindVendor, false, on("2026-08-31")
			change(a)
		})
	}
	program := func(change func(*evidence.Account)) *evidence.Set {
		return accounts(func(a *evidence.Account) {
			a.Kind = evidence.KindService
			change(a)
		})
	}
	shared := func(day string) *evidence.Set {
		return accounts(func(a *evidence.Account) { a.Kind, a.LastLogin = evidence.KindShared, on(day) })
	}
	for _, c := range []fact{
		{"a supplier's with everything", vendor(unchanged), "ACC-09/ada@x", Proven, "ada@x is a supplier's: sponsor Bob Stone, for her work, until 31 August 2026."},
		{"no end", vendor(func(a *evidence.Account) { a.NoEnd, a.Expires = true, time.Time{} }), "ACC-09/ada@x", Missing, "ada@x is a supplier's and has no end date on record."},
		{"a mailbox is no sponsor, and no purpose", vendor(func(a *evidence.Account) { a.Sponsor, a.Reason = "helpdesk@x", "" }), "ACC-09/ada@x", Missing, "ada@x is a supplier's and has no sponsor and no purpose on record."},
		{"ends on as-of", vendor(func(a *evidence.Account) { a.Expires = on("2026-05-31") }), "ACC-09/ada@x", Proven, ""},
		{"ended the day before", vendor(func(a *evidence.Account) { a.Expires = on("2026-05-30") }), "ACC-09/ada@x", Failed, "ada@x is a supplier's and was to end on 30 May 2026; it is still open."},
		{"whose it is is not said", accounts(func(a *evidence.Account) { a.Kind = evidence.KindUnknown }), "ACC-09/accounts", Missing, ""},
		{"shared, used on the last day counted", shared("2026-04-16"), "ACC-10/ada@x", Failed, "ada@x is shared and was signed in with on 16 April 2026."},
		{"shared, used the day before", shared("2026-04-15"), "ACC-10/ada@x", Proven, ""},
		{"shared, use not said", shared(""), "ACC-10/ada@x", Missing, ""},
		{"a program's with everything", program(unchanged), "ACC-11/ada@x", Proven, ""},
		{"its secret on the last day allowed", program(func(a *evidence.Account) { a.SecretSet = on("2025-05-31") }), "ACC-11/ada@x", Proven, ""},
		{"its secret one day older", program(func(a *evidence.Account) { a.SecretSet = on("2025-05-30") }), "ACC-11/ada@x", Failed, "The secret of ada@x was last set on 30 May 2025, 366 days ago."},
		{"no owner", program(func(a *evidence.Account) { a.Sponsor = "" }), "ACC-11/ada@x", Missing, "ada@x is a program's and has no person as owner."},
		{"age of its secret not said", program(func(a *evidence.Account) { a.SecretSet = time.Time{} }), "ACC-11/ada@x", Missing, ""},
	} {
		c.run(t)
	}
	old := accounts(func(a *evidence.Account) { a.SecretSet = on("2001-01-01") })
	for _, f := range assessed(old).Findings {
		if strings.Contains(f.Says.String(), "2001") {
			t.Errorf("the age of a person's password is held against it: %s %s", f.ID, f.Says)
		}
	}
}

func TestAccessReviewed(t *testing.T) {
	admin := func(a *evidence.Account) { a.Privileged = evidence.Yes }
	unsaid := func(a *evidence.Account) { a.Privileged = evidence.Unknown }
	system := func(v *evidence.Review) { v.System = "DB" }
	for _, c := range []fact{
		{"no export", small(), "ACC-06/DB", Missing, "No access review export supplied."},
		{"privileged, on the last day allowed", accounts(admin, reviewedOn("2026-03-02", kept)), "ACC-06/ada@x", Proven, "ada@x was reviewed by Bob Stone on 2 March 2026."},
		{"privileged, one day too old", accounts(admin, reviewedOn("2026-03-01", kept)), "ACC-06/ada@x", Stale, "ada@x was last reviewed 91 days ago."},
		{"not said whether privileged: the shorter limit", accounts(unsaid, reviewedOn("2026-03-01", kept)), "ACC-06/ada@x", Stale, ""},
		{"ordinary, on the last day allowed", accounts(unchanged, reviewedOn("2025-05-31", kept)), "ACC-06/ada@x", Proven, ""},
		{"ordinary, one day too old", accounts(unchanged, reviewedOn("2025-05-30", kept)), "ACC-06/ada@x", Stale, ""},
		{"never", accounts(unchanged, reviewedOn("2026-05-30", func(v *evidence.Review) { v.Account = "" })), "ACC-06/ada@x", Missing, "No access review of ada@x is on record."},
		{"the newest decided nothing", accounts(unchanged, reviewedOn("2026-05-01", kept), reviewedOn("2026-05-30", func(v *evidence.Review) { v.Decision = evidence.NotReviewed })), "ACC-06/ada@x", Missing, "The newest access review of ada@x decided nothing."},
		{"by a group", accounts(unchanged, reviewedOn("2026-05-30", func(v *evidence.Review) { v.Reviewer = "IT team" })), "ACC-06/ada@x", Missing, ""},
		{"by herself", accounts(unchanged, reviewedOn("2026-05-30", func(v *evidence.Review) { v.ReviewedBy = "ada@x" })), "ACC-06/ada@x", Missing, "The newest access review of ada@x is the reviewer's own."},
		{"of a system", accounts(unchanged, reviewedOn("2026-05-30", system)), "ACC-06/DB", Proven, "Access to DB was reviewed for 1 account, last on 30 May 2026."},
		{"of the service it belongs to", accounts(unchanged, reviewedOn("2026-05-30", func(v *evidence.Review) { v.Service = "SHIP" })), "ACC-06/DB", Proven, ""},
		{"not of what is under it", accounts(unchanged, reviewedOn("2026-05-30", func(v *evidence.Review) { v.Service = "SHIP" })), "ACC-06/HOST", Missing, "No access review of HOST is on record."},
		{"of a system, one of two too old", accounts(unchanged, reviewedOn("2026-05-30", system), reviewedOn("2025-05-01", func(v *evidence.Review) { v.System, v.Account, v.Login = "DB", "", "bob@x" })), "ACC-06/DB", Stale, ""},
	} {
		c.run(t)
	}
}

func TestReviewsCarriedOut(t *testing.T) {
	away := func(change func(*evidence.Review)) func(*evidence.Review) {
		return func(v *evidence.Review) {
			v.Decision, v.DecisionText, v.Resource = evidence.DecideRevoke, "revoke", "VPN users"
			change(v)
		}
	}
	holds := func(a *evidence.Account) { a.Holds = []string{"vpn users"} }
	const id = "ACC-07/ada@x vpn users"
	for _, c := range []fact{
		{"on the last day allowed", accounts(holds, reviewedOn("2026-05-24", away(kept))), id, Missing, "ada@x on VPN users: decided on 24 May 2026, not carried out yet, inside the time allowed."},
		{"one day late", accounts(holds, reviewedOn("2026-05-23", away(kept))), id, Failed, "ada@x on VPN users: decided on 23 May 2026, and 8 days later nothing shows that it was carried out."},
		{"carried out", accounts(unchanged, reviewedOn("2026-05-01", away(func(v *evidence.Review) { v.CarriedOutAt = on("2026-05-08") }))), id, Proven, ""},
		{"carried out late", accounts(unchanged, reviewedOn("2026-05-01", away(func(v *evidence.Review) { v.CarriedOutAt = on("2026-05-10") }))), id, Stale, ""},
		{"said to be carried out, and still there", accounts(holds, reviewedOn("2026-05-01", away(func(v *evidence.Review) { v.CarriedOutAt = on("2026-05-02") }))), id, Failed, "ada@x on VPN users: revoked on 1 May 2026 and said to be removed, and the access is still there."},
		{"reviewed herself", accounts(unchanged, reviewedOn("2026-05-01", func(v *evidence.Review) { v.ReviewedBy = "ada@x" })), "ACC-08/bob stone", Failed, ""},
		{"reviewed another", accounts(unchanged, reviewedOn("2026-05-01", kept)), "ACC-08/bob stone", Proven, "Bob Stone took 1 decision about others, 1 of them to keep."},
	} {
		c.run(t)
	}
	bulk := func(n int, last evidence.Decided, apart time.Duration) *evidence.Set {
		return accounts(unchanged, func(s *evidence.Set) {
			for i := range n {
				reviewedOn("2026-05-01", func(v *evidence.Review) {
					v.Login, v.Account = fmt.Sprint("user", i), ""
					v.DecidedAt = clock("2026-05-01 08:00").Add(time.Duration(i) * apart / time.Duration(n-1))
					if i == n-1 {
						v.Decision = last
					}
				})(s)
			}
		})
	}
	for _, c := range []fact{
		{"ten at one stroke", bulk(10, evidence.DecideKeep, 10*time.Minute), "ACC-08/bob stone", Failed, "Bob Stone kept all of 10 accounts at one stroke, on 1 May 2026."},
		{"nine at one stroke", bulk(9, evidence.DecideKeep, time.Minute), "ACC-08/bob stone", Proven, ""},
		{"ten over a longer time", bulk(10, evidence.DecideKeep, 11*time.Minute), "ACC-08/bob stone", Proven, ""},
		{"one of ten taken away", bulk(10, evidence.DecideRevoke, time.Minute), "ACC-08/bob stone", Proven, ""},
	} {
		c.run(t)
	}
}

func TestPrivilege(t *testing.T) {
	admin := func(change func(*evidence.Account)) func(*evidence.Account) {
		return func(a *evidence.Account) {
			a.Privileged = evidence.Yes
			change(a)
		}
	}
	for _, c := range []fact{
		{"explained", accounts(admin(unchanged), reviewedOn("2026-05-01", kept)), "ACC-18/ada@x", Proven, "ada@x is privileged for her work, approved by Bob Stone, reviewed on 1 May 2026."},
		{"never reviewed", accounts(admin(unchanged)), "ACC-18/ada@x", Missing, "ada@x is privileged and has no review date on record."},
		{"no reason, nobody", accounts(admin(func(a *evidence.Account) { a.Reason, a.Approver = "", "" })), "ACC-18/ada@x", Missing, "ada@x is privileged and has no reason, no approver and no review date on record."},
		{"approved by a group", accounts(admin(func(a *evidence.Account) { a.Approver = "IT team" })), "ACC-18/ada@x", Failed, ""},
	} {
		c.run(t)
	}
}

func TestAccessLog(t *testing.T) {
	burst := func(_ *evidence.AccessLog, t *evidence.Trail) {
		t.Bursts = 1
		for i := range 10 {
			t.Burst.Failures = append(t.Burst.Failures, event(i+1, "2026-05-09 08:00"))
		}
		t.Burst.Success = event(11, "2026-05-09 08:09")
	}
	for _, c := range []fact{
		{"no log", small(), "ACC-13/sign-ins", Missing, "No sign-in export supplied."},
		{"an old protocol", accounts(unchanged, logged(func(_ *evidence.AccessLog, t *evidence.Trail) { t.Legacy = episode(2, "2026-05-09 08:00") })), "ACC-13/ada@x", Failed,
			"ada@x signed in 2 times by a protocol that knows no second factor, last on 9 May 2026."},
		{"none", accounts(unchanged, logged(asIs)), "ACC-13/sign-ins", Proven, "None of 3 good sign-ins on record used a protocol that knows no second factor."},
		{"the log does not say", accounts(unchanged, logged(func(l *evidence.AccessLog, _ *evidence.Trail) { l.SaysClient = false })), "ACC-13/sign-ins", Missing, ""},
		{"ten failures, then in", accounts(unchanged, logged(burst)), "ACC-14/ada@x", Failed, "ada@x got in on 9 May 2026 after 10 failed attempts or more within 10 minutes."},
		{"nobody", accounts(unchanged, logged(asIs)), "ACC-14/sign-ins", Proven, "None of 3 good sign-ins came after 10 failed attempts within 10 minutes."},
		{"not in the order of time", accounts(unchanged, logged(func(l *evidence.AccessLog, _ *evidence.Trail) { l.Ordered = false })), "ACC-14/sign-ins", Missing, ""},
		{"counts only", accounts(unchanged, logged(func(l *evidence.AccessLog, _ *evidence.Trail) { l.Aggregate, l.Days = true, nil })), "ACC-14/sign-ins", Missing, ""},
		{"every day", accounts(unchanged, logged(asIs)), "ACC-15/sign-ins", Proven, "The access log has rows on each of 31 days."},
		{"one day missing", accounts(unchanged, logged(func(l *evidence.AccessLog, _ *evidence.Trail) { l.Days = l.Days[:30] })), "ACC-15/sign-ins", Missing, "The access log has no row on 1 of 31 days: 31 May."},
		{"counts only have no days", accounts(unchanged, logged(func(l *evidence.AccessLog, _ *evidence.Trail) { l.Aggregate, l.Days = true, nil })), "ACC-15/sign-ins", Missing, ""},
	} {
		c.run(t)
	}
	f := finding(t, assessed(accounts(unchanged, logged(burst))), "ACC-14/ada@x")
	if len(f.Sources) != 11 {
		t.Errorf("a burst of ten rests on %d rows", len(f.Sources))
	}
}

func TestVendors(t *testing.T) {
	vendor := func(change func(*evidence.Vendor)) *evidence.Set {
		return with(func(s *evidence.Set) {
			v := evidence.Vendor{Pos: row(1), Name: "Acme", Systems: []string{"DB"}, ContractEnds: on("2026-12-31"), Contact: "0555"}
			change(&v)
			s.Vendors = []evidence.Vendor{v}
			s.Systems[1].Vendor = "ACME"
		})
	}
	for _, c := range []fact{
		{"no export", small(), "VEN-01/DB", Missing, "No vendor export supplied."},
		{"by name", vendor(func(*evidence.Vendor) {}), "VEN-01/DB", Proven, "DB: call Acme, 0555."},
		{"by the inventory's vendor", vendor(func(*evidence.Vendor) {}), "VEN-01/HOST", Proven, ""},
		{"no contact", vendor(func(v *evidence.Vendor) { v.Contact = " " }), "VEN-01/DB", Missing, "Acme stands for DB, and no contact is on record."},
		{"of another system", vendor(func(v *evidence.Vendor) { v.Systems = nil }), "VEN-01/DB", Missing, "No vendor of DB is on record."},
		{"ends on as-of", vendor(func(v *evidence.Vendor) { v.ContractEnds = on("2026-05-31") }), "VEN-02/acme", Proven, ""},
		{"ended the day before", vendor(func(v *evidence.Vendor) { v.ContractEnds = on("2026-05-30") }), "VEN-02/acme", Failed, "The contract with Acme ended on 30 May 2026."},
		{"end not said", vendor(func(v *evidence.Vendor) { v.ContractEnds = time.Time{} }), "VEN-02/acme", Missing, ""},
	} {
		c.run(t)
	}
}
