package assess

import (
	"testing"
	"time"

	"proofpack/generator/evidence"
)

func TestAccessContradictions(t *testing.T) {
	revoked := func(v *evidence.Review) { v.Decision, v.DecisionText = evidence.DecideRevoke, "revoke" }
	for _, c := range []struct {
		fact string
		set  *evidence.Set
		id   string
		says string // "" for none
	}{
		{"left, and open", accounts(unchanged, left("2026-05-01", nothingElse)), "X03", "Ada Byron left on 1 May 2026, and ada@x is open."},
		{"left, and closed", accounts(func(a *evidence.Account) { a.Enabled = evidence.No }, left("2026-05-01", nothingElse)), "X03", ""},
		{"left, and signed in", accounts(func(a *evidence.Account) { a.Enabled = evidence.No }, left("2026-05-01", nothingElse), logged(func(_ *evidence.AccessLog, t *evidence.Trail) { t.AfterLeaving = episode(1, "2026-05-09 08:00") })), "X03",
			"Ada Byron left on 1 May 2026, and the account was signed in with on 9 May 2026."},
		{"closed here, open there", accounts(func(a *evidence.Account) {
			a.Rows = append(a.Rows, evidence.AccountRow{Pos: row(2), Directory: "Active Directory", Login: "ada", Enabled: evidence.No})
		}), "X03", "ada@x is closed in Active Directory and open in Entra ID."},
		{"revoked, and open", accounts(unchanged, reviewedOn("2026-05-01", revoked)), "X10", "ada@x: revoked on 1 May 2026, and the access is still there."},
		{"revoked, and closed", accounts(func(a *evidence.Account) { a.Enabled = evidence.No }, reviewedOn("2026-05-01", revoked)), "X10", ""},
		{"revoked, inside the time allowed", accounts(unchanged, reviewedOn("2026-05-24", revoked)), "X10", ""},
	} {
		t.Run(c.fact, func(t *testing.T) {
			says := ""
			for _, x := range assessed(c.set).Contradictions {
				if x.ID == c.id {
					says = x.Says.String()
				}
			}
			if says != c.says {
				t.Errorf("says %q, want %q", says, c.says)
			}
		})
	}
}

func TestAnExceptionForAnAccount(t *testing.T) {
	excepted := func(account string) *evidence.Set {
		return accounts(func(a *evidence.Account) { a.MFA = evidence.MFANone }, func(s *evidence.Set) {
			s.Exceptions = []evidence.Exception{{Pos: row(9), ID: "EXC-1", Rule: "ACC-05", Account: account, Why: "token is on its way", ApprovedBy: "Bob Stone", ApprovedOn: on("2026-05-01"), Until: on("2026-06-30")}}
		})
	}
	for account, want := range map[string]State{"ada@x": Excepted, "bob@x": Failed, "": Failed} {
		if f := finding(t, assessed(excepted(account)), "ACC-05/ada@x"); f.State != want {
			t.Errorf("an exception for %q leaves %s, want %s", account, f.State, want)
		}
	}
}

// TestLessOfAccessNeverImproves takes away every fact of an account, a leaver, a
// review and a log in turn.
func TestLessOfAccessNeverImproves(t *testing.T) {
	full := func() *evidence.Set {
		return accounts(func(a *evidence.Account) {
			a.Privileged, a.MFA, a.LastLogin = evidence.Yes, evidence.MFANone, on("2026-01-01")
		}, left("2026-05-01", nothingElse), reviewedOn("2026-01-01", kept), logged(func(l *evidence.AccessLog, t *evidence.Trail) {
			t.Legacy, t.WithoutMFA, t.AfterLeaving = episode(1, "2026-05-09 08:00"), episode(1, "2026-05-09 08:00"), episode(1, "2026-05-09 08:00")
			t.WithMFA = 1
		}))
	}
	before := CountFindings(assessed(full()).Findings)
	for name, less := range map[string]func(*evidence.Set){
		"enabled":       func(s *evidence.Set) { s.Accounts[0].Enabled, s.Accounts[0].Rows[0].Enabled = 0, 0 },
		"privileged":    func(s *evidence.Set) { s.Accounts[0].Privileged = 0 },
		"mfa":           func(s *evidence.Set) { s.Accounts[0].MFA = 0 },
		"last login":    func(s *evidence.Set) { s.Accounts[0].LastLogin = time.Time{} },
		"kind":          func(s *evidence.Set) { s.Accounts[0].Kind = "" },
		"holds":         func(s *evidence.Set) { s.Accounts[0].HoldsKnown = false },
		"the account":   func(s *evidence.Set) { s.Accounts = nil },
		"the leaver":    func(s *evidence.Set) { s.Leavers = nil },
		"the review":    func(s *evidence.Set) { s.Reviews = nil },
		"reviewer":      func(s *evidence.Set) { s.Reviews[0].Reviewer = "" },
		"the log":       func(s *evidence.Set) { s.AccessLogs, s.Trails = nil, nil },
		"client column": func(s *evidence.Set) { s.AccessLogs[0].SaysClient, s.Trails[0].Legacy = false, evidence.Episode{} },
		"mfa column": func(s *evidence.Set) {
			s.AccessLogs[0].SaysMFA, s.Trails[0].WithoutMFA, s.Trails[0].WithMFA = false, evidence.Episode{}, 0
		},
	} {
		set := full()
		less(set)
		if after := CountFindings(assessed(set).Findings); after.Proven > before.Proven {
			t.Errorf("without %s %d are proven, with it %d", name, after.Proven, before.Proven)
		}
	}
}
