package assess

import (
	"testing"

	"proofpack/generator/evidence"
)

func TestPrivilegeGrowth(t *testing.T) {
	past := func(name string, accounts ...evidence.PastAccount) func(*evidence.Set) {
		return func(s *evidence.Set) {
			s.Earlier = append(s.Earlier, evidence.Month{Name: name, AsOf: on(name + "-28"), DataSets: []string{evidence.Accounts}, Accounts: accounts})
		}
	}
	open := func(key string) evidence.PastAccount {
		return evidence.PastAccount{Key: key, Privileged: true, Enabled: true}
	}
	admin := func(a *evidence.Account) { a.Privileged = evidence.Yes }
	noAccounts := func(s *evidence.Set) {
		s.Earlier = append(s.Earlier, evidence.Month{Name: "2026-04", AsOf: on("2026-04-30")})
	}
	another := func(change func(*evidence.Account)) func(*evidence.Set) {
		return func(s *evidence.Set) {
			b := ada(func(a *evidence.Account) { a.Key, a.Login, a.Pos = "bob@x", "bob@x", row(2); change(a) })
			s.Accounts = append(s.Accounts, b)
		}
	}
	for _, c := range []fact{
		{"no earlier month", accounts(admin), "ACC-12/accounts", Missing, "1 open account is privileged; there is no earlier month to compare with."},
		{"an earlier month without accounts", accounts(admin, noAccounts), "ACC-12/accounts", Missing, "1 open account is privileged; no earlier month had a whole account export to compare with."},
		{"the same", accounts(admin, past("2026-04", open("ada@x"))), "ACC-12/accounts", Proven, "1 open account is privileged, none of them added since April 2026."},
		{"one added", accounts(admin, past("2026-04", open("ada@x")), another(admin)), "ACC-12/accounts", Failed, "2 open accounts are privileged; 1 in April 2026. Added since: bob@x."},
		{"one for another is an addition", accounts(admin, past("2026-04", open("carl@x"))), "ACC-12/accounts", Failed, "1 open account is privileged; 1 in April 2026. Added since: ada@x. No longer among them: carl@x."},
		{"was there without privilege", accounts(admin, past("2026-04", evidence.PastAccount{Key: "ada@x", Enabled: true})), "ACC-12/accounts", Failed, ""},
		{"was there and closed", accounts(admin, past("2026-04", evidence.PastAccount{Key: "ada@x", Privileged: true})), "ACC-12/accounts", Failed, ""},
		{"one fewer", accounts(admin, past("2026-04", open("ada@x"), open("carl@x"))), "ACC-12/accounts", Proven, "1 open account is privileged, none of them added since April 2026. No longer among them: carl@x."},
		{"of one nobody says", accounts(admin, past("2026-04", open("ada@x"), open("bob@x")), another(func(a *evidence.Account) { a.Privileged = evidence.Unknown })), "ACC-12/accounts", Missing, ""},
		{"none is marked", accounts(unchanged, past("2026-04", open("ada@x"))), "ACC-12/accounts", Missing, ""},
		{"names are masked", accounts(admin, past("2026-04", open("a•••"))), "ACC-12/accounts", Missing, "1 open account is privileged; the names of the accounts of April 2026 are hidden, so they cannot be compared."},
		{"the newest month that had accounts", accounts(admin, past("2026-03", open("ada@x")), noAccounts), "ACC-12/accounts", Proven, "1 open account is privileged, none of them added since March 2026."},

		{"no employee id", accounts(admin), "ACC-12/accounts/daily", Missing, "Whether 1 privileged account is used for daily work is not on record: kind or employee id is blank."},
		{"the only account of its person", accounts(func(a *evidence.Account) { admin(a); a.EmployeeID = "7" }), "ACC-12/accounts/daily", Failed, "1 privileged account is the only account of its person: ada@x. Admin rights are used for daily work."},
		{"beside a daily one", accounts(func(a *evidence.Account) { admin(a); a.EmployeeID = "7" }, another(func(a *evidence.Account) { a.EmployeeID = "7" })), "ACC-12/accounts/daily", Proven, "1 privileged account stands beside the daily account of its person."},
		{"beside one of somebody else", accounts(func(a *evidence.Account) { admin(a); a.EmployeeID = "7" }, another(func(a *evidence.Account) { a.EmployeeID = "8" })), "ACC-12/accounts/daily", Failed, ""},
		{"beside one that is closed", accounts(func(a *evidence.Account) { admin(a); a.EmployeeID = "7" }, another(func(a *evidence.Account) { a.EmployeeID, a.Enabled = "7", evidence.No })), "ACC-12/accounts/daily", Failed, ""},
		{"none is privileged", accounts(unchanged), "ACC-12/accounts/daily", Missing, "No open privileged account is marked as a person's."},
	} {
		c.run(t)
	}
}
