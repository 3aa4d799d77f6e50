package assess

import (
	"slices"

	"proofpack/generator/evidence"
)

// vendorAccount (ACC-09) asks for sponsor, purpose and end of suppliers'
// accounts.
var vendorAccount = Check{
	ID:          "ACC-09",
	Question:    "Has every supplier's account a sponsor, a purpose and an end?",
	Why:         "A supplier's account outlives the contract unless it ends by itself.",
	Needs:       []string{evidence.Accounts},
	Discipline:  Access,
	Consequence: AttackPath,
	Gap:         Privilege,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("ACC-09"),
	Closes:      "sponsor, purpose and end date of the account",
	Subjects:    accountsOfKind(evidence.KindVendor),
	Judge:       judgeVendorAccount,
}

// sharedAccount (ACC-10) finds shared accounts that somebody signs in with.
var sharedAccount = Check{
	ID:          "ACC-10",
	Question:    "Does nobody sign in with a shared account?",
	Why:         "What is done with a shared account was done by nobody.",
	Needs:       []string{evidence.Accounts},
	Discipline:  Access,
	Consequence: AttackPath,
	Gap:         Privilege,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("ACC-10"),
	Closes:      "the account closed, or accounts of their own for those who use it",
	Subjects:    accountsOfKind(evidence.KindShared),
	Judge:       judgeSharedAccount,
}

// serviceAccount (ACC-11) asks for an owner and a fresh secret of accounts of
// programs. The age of a person's password is never asked about.
var serviceAccount = Check{
	ID:          "ACC-11",
	Question:    "Has every service account an owner, and a secret that is changed?",
	Why:         "A secret that never changes is known to everybody who ever left.",
	Needs:       []string{evidence.Accounts},
	Discipline:  Access,
	Consequence: AttackPath,
	Gap:         Privilege,
	Limit:       limitOf("secret-age"),
	LimitFrom:   "judgement",
	Controls:    controls("ACC-11"),
	Closes:      "an owner, and the day its secret was last set, inside the limit",
	Subjects:    accountsOfKind(evidence.KindService),
	Judge:       judgeServiceAccount,
}

func ofKind(k evidence.AccountKind) func(*evidence.Account) bool {
	return func(a *evidence.Account) bool { return open(a) && a.Kind == k }
}

func kindUnsaid(a *evidence.Account) bool { return open(a) && a.Kind == evidence.KindUnknown }

func accountsOfKind(k evidence.AccountKind) func(*Input) []Subject {
	return func(in *Input) []Subject { return in.withUnsaid(in.accountsWhere(ofKind(k)), kindUnsaid) }
}

// kindNotOnRecord says of how many accounts nobody knows whose they are.
func (in *Input) kindNotOnRecord(kind evidence.AccountKind) Answer {
	if unknown := in.those(kindUnsaid); len(unknown) > 0 {
		return in.notOnRecord("Whose it is (person, service, shared, vendor or guest)", "kind", unknown)
	}
	return Answer{Says: say("No account is marked as {}: none, as far as the export shows.", string(kind))}
}

func judgeVendorAccount(in *Input, s Subject) Answer {
	if s.Kind == "source" {
		return in.kindNotOnRecord(evidence.KindVendor)
	}
	return in.judgeAccount(s, ofKind(evidence.KindVendor), func(a *evidence.Account) Answer {
		rows := a.Places()
		sponsor, end := a.Sponsor, ""
		if !evidence.IsPerson(sponsor) {
			sponsor = ""
		}
		if !a.Expires.IsZero() && !a.NoEnd {
			end = "known"
		}
		switch lacks := blanks("sponsor", sponsor, "purpose", a.Reason, "end date", end); {
		case !a.Expires.IsZero() && a.Expires.Before(in.AsOf) && a.Enabled == evidence.Yes:
			return Answer{State: Failed, Says: say("{} is a supplier's and was to end on {}; it is still open.", a.Login, in.on(a.Expires, "expires_at of "+a.Key, rows...)), Sources: rows, Drift: "vendor account past its end"}
		case lacks != "":
			return Answer{Says: say("{} is a supplier's and has {} on record.", a.Login, lacks), Sources: rows, Drift: "vendor account incomplete"}
		case a.Enabled != evidence.Yes:
			return Answer{Says: say("Whether {} is open is not on record.", a.Login), Sources: rows}
		}
		return Answer{State: Proven, Says: say("{} is a supplier's: sponsor {}, for {}, until {}.", a.Login, a.Sponsor, a.Reason, in.on(a.Expires, "expires_at of "+a.Key, rows...)), Sources: rows}
	})
}

func judgeSharedAccount(in *Input, s Subject) Answer {
	if s.Kind == "source" {
		return in.kindNotOnRecord(evidence.KindShared)
	}
	return in.judgeAccount(s, ofKind(evidence.KindShared), func(a *evidence.Account) Answer {
		last, rows := in.lastUsed(a)
		switch {
		case !last.IsZero() && !in.older(last, in.Policy.AccountDormant):
			return Answer{State: Failed, Says: say("{} is shared and was signed in with on {}.", a.Login, in.on(last, "newest of last_login and the access log", rows...)), Sources: rows, Drift: "shared account in use"}
		case last.IsZero() && !a.NeverLoggedIn:
			return Answer{Says: say("{} is shared; when it was last used is not on record.", a.Login), Sources: rows}
		case last.IsZero():
			return Answer{State: Proven, Says: say("{} is shared and was never signed in with.", a.Login), Sources: rows}
		}
		return Answer{State: Proven, Says: say("{} is shared and was last signed in with on {}.", a.Login, in.on(last, "newest of last_login and the access log", rows...)), Sources: rows}
	})
}

func judgeServiceAccount(in *Input, s Subject) Answer {
	if s.Kind == "source" {
		return in.kindNotOnRecord(evidence.KindService)
	}
	return in.judgeAccount(s, ofKind(evidence.KindService), func(a *evidence.Account) Answer {
		rows := a.Places()
		owned := evidence.IsPerson(a.Sponsor)
		old := !a.SecretSet.IsZero() && in.older(a.SecretSet, in.Policy.SecretAge)
		set := in.on(a.SecretSet, "password_set_at of "+a.Key, rows...)
		switch {
		case old && !owned:
			return Answer{State: Failed, Says: say("{} belongs to nobody, and its secret was last set on {}, {} ago.", a.Login, set, in.since(a.SecretSet, "password_set_at", rows...)), Sources: rows, Drift: "old secret"}
		case old:
			return Answer{State: Failed, Says: say("The secret of {} was last set on {}, {} ago.", a.Login, set, in.since(a.SecretSet, "password_set_at", rows...)), Sources: rows, Drift: "old secret"}
		case !owned:
			return Answer{Says: say("{} is a program's and has no person as owner.", a.Login), Sources: rows, Drift: "service account without owner"}
		case a.SecretSet.IsZero():
			return Answer{Says: say("When the secret of {} was last set is not on record.", a.Login), Sources: rows, Drift: "age of secret not recorded"}
		}
		return Answer{State: Proven, Says: say("{} belongs to {}, and its secret was set on {}.", a.Login, a.Sponsor, set), Sources: slices.Clip(rows)}
	})
}
