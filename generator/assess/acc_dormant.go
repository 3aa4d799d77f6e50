package assess

import (
	"slices"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// accountUsed (ACC-03) finds open accounts that nobody uses.
var accountUsed = Check{
	ID:          "ACC-03",
	Question:    "Is every open account in use?",
	Why:         "Nobody misses what is done with an account that nobody uses.",
	Needs:       []string{evidence.Accounts},
	Discipline:  Access,
	Consequence: AttackPath,
	Gap:         Privilege,
	Limit:       limitOf("account-dormant"),
	LimitFrom:   "CIS Controls v8.1, 5.3",
	Controls:    controls("ACC-03"),
	Closes:      "a sign-in inside the limit, or the account closed",
	Subjects: func(in *Input) []Subject {
		return orCompany(evidence.Accounts, in.accountsWhere(open))
	},
	Judge: judgeAccountUsed,
}

// accountEmpty (ACC-16) finds closed accounts that still hold something.
var accountEmpty = Check{
	ID:          "ACC-16",
	Question:    "Does every closed account hold nothing any more?",
	Why:         "Groups, licences and keys of a closed account come back with it, and keys may work without it.",
	Needs:       []string{evidence.Accounts},
	Discipline:  Access,
	Consequence: AttackPath,
	Gap:         Privilege,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("ACC-16"),
	Closes:      "an export that shows the groups, licences and keys of the account as none",
	Subjects: func(in *Input) []Subject {
		return orCompany(evidence.Accounts, in.accountsWhere(closed))
	},
	Judge: judgeAccountEmpty,
}

func closed(a *evidence.Account) bool { return a.Enabled == evidence.No }

// lastUsed is when an account was last used, by the directories and the access
// log, and the row that shows it; the zero time when none does.
func (in *Input) lastUsed(a *evidence.Account) (time.Time, []diag.Pos) {
	last, rows := a.LastLogin, a.Places()
	if t := in.trail(a.Key); t != nil && t.Success.Last.At.After(last) {
		return t.Success.Last.At, slices.Concat(rows, at(t.Success.Last.Pos))
	}
	return last, rows
}

func judgeAccountUsed(in *Input, s Subject) Answer {
	if s.Kind == "source" {
		return Answer{Says: say("No open account is on record.")}
	}
	return in.judgeAccount(s, open, func(a *evidence.Account) Answer {
		last, rows := in.lastUsed(a)
		created := in.on(a.Created, "created_at of "+a.Key, a.Pos)
		switch {
		case a.Enabled == evidence.Unknown:
			return Answer{Says: say("Whether {} is open is not on record.", a.Login), Sources: rows}
		case last.IsZero() && a.NeverLoggedIn && !a.Created.IsZero() && !in.older(a.Created, in.Policy.AccountDormant):
			return Answer{Says: say("{} was made on {} and has not been used yet.", a.Login, created), Sources: rows}
		case last.IsZero() && a.NeverLoggedIn && !a.Created.IsZero():
			return Answer{State: Failed, Says: say("{} is open since {} and was never used.", a.Login, created), Sources: rows, Drift: "dormant account"}
		case last.IsZero() && a.NeverLoggedIn:
			return Answer{State: Failed, Says: say("{} is open and was never used.", a.Login), Sources: rows, Drift: "dormant account"}
		case last.IsZero():
			return Answer{Says: say("When {} was last used is not on record.", a.Login), Sources: rows}
		case in.older(last, in.Policy.AccountDormant):
			return Answer{State: Failed, Says: say("{} is open and was last used {} ago.", a.Login, in.since(last, "newest of last_login and the access log", rows...)), Sources: rows, Drift: "dormant account"}
		}
		return Answer{State: Proven, Says: say("{} was last used on {}.", a.Login, in.on(last, "newest of last_login and the access log", rows...)), Sources: rows}
	})
}

func judgeAccountEmpty(in *Input, s Subject) Answer {
	if s.Kind == "source" {
		return Answer{Says: say("No closed account is on record; an export of open accounts alone cannot show what closed ones hold.")}
	}
	return in.judgeAccount(s, closed, func(a *evidence.Account) Answer {
		rows := a.Places()
		switch {
		case len(a.Holds) > 0:
			names := slices.Clone(a.Holds)
			if len(names) > 4 {
				names = append(names[:3], evidence.Whole(len(a.Holds)-3)+" more")
			}
			return Answer{State: Failed, Says: say("{} is closed and still holds {}.", a.Login, evidence.And(names)), Sources: rows, Drift: "closed account holds access"}
		case !a.HoldsKnown:
			return Answer{Says: say("{} is closed; what it still holds is not on record.", a.Login), Sources: rows}
		}
		return Answer{State: Proven, Says: say("{} is closed and holds nothing.", a.Login), Sources: rows}
	})
}
