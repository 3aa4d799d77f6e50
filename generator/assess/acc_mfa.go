package assess

import (
	"slices"

	"proofpack/generator/evidence"
)

// privilegedMFA (ACC-04) asks for a second factor of privileged accounts.
var privilegedMFA = Check{
	ID:          "ACC-04",
	Question:    "Does every privileged account need a second factor?",
	Why:         "One guessed password of a privileged account opens everything.",
	Needs:       []string{evidence.Accounts},
	Discipline:  Access,
	Consequence: AttackPath,
	Gap:         Privilege,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("ACC-04"),
	Closes:      "an export that shows the second factor as enforced",
	Subjects: func(in *Input) []Subject {
		return in.withUnsaid(in.accountsWhere(administrator), privilegeUnsaid)
	},
	Judge: func(in *Input, s Subject) Answer {
		if s.Kind == "source" {
			return in.privilegeNotOnRecord()
		}
		return in.judgeAccount(s, administrator, in.secondFactor)
	},
}

// userMFA (ACC-05) asks the same of everybody else who comes in from outside.
var userMFA = Check{
	ID:          "ACC-05",
	Question:    "Does every person, supplier and guest need a second factor?",
	Why:         "Most break-ins begin with the password of somebody who is not important.",
	Needs:       []string{evidence.Accounts},
	Discipline:  Access,
	Consequence: AttackPath,
	Gap:         Privilege,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("ACC-05"),
	Closes:      "an export that shows the second factor as enforced",
	Subjects: func(in *Input) []Subject {
		return orCompany(evidence.Accounts, in.accountsWhere(ordinary))
	},
	Judge: func(in *Input, s Subject) Answer {
		if s.Kind == "source" {
			return Answer{Says: say("No open account without privilege is on record.")}
		}
		return in.judgeAccount(s, ordinary, in.secondFactor)
	},
}

func privileged(a *evidence.Account) bool { return open(a) && a.Privileged == evidence.Yes }

// administrator are the privileged accounts that somebody signs in with. A
// program has no second factor; its secret is asked about (ACC-11).
func administrator(a *evidence.Account) bool { return privileged(a) && a.Kind != evidence.KindService }

func privilegeUnsaid(a *evidence.Account) bool { return open(a) && a.Privileged == evidence.Unknown }

// ordinary are the open accounts that a person or somebody from outside signs
// in with, and that are not known to be privileged.
func ordinary(a *evidence.Account) bool {
	return open(a) && a.Privileged != evidence.Yes && a.Kind != evidence.KindService && a.Kind != evidence.KindShared
}

// withUnsaid adds the export as a whole, where of some accounts it is not on
// record whether the check is about them, or where it is about none.
func (in *Input) withUnsaid(subjects []Subject, unsaid func(*evidence.Account) bool) []Subject {
	if len(subjects) == 0 || len(in.those(unsaid)) > 0 {
		return append(subjects, company(evidence.Accounts))
	}
	return subjects
}

// privilegeNotOnRecord says of how many accounts nobody knows whether they are
// privileged.
func (in *Input) privilegeNotOnRecord() Answer {
	if unknown := in.those(privilegeUnsaid); len(unknown) > 0 {
		return in.notOnRecord("Whether it is privileged", "privileged", unknown)
	}
	return Answer{Says: say("No account that somebody signs in with is marked as privileged, and somebody must be able to change things.")}
}

// secondFactor is what the directories and the access log show together. A
// good sign-in without a second factor outweighs what a directory says, one that
// does not say leaves it open, and a second factor that is only registered has to
// be seen in use.
func (in *Input) secondFactor(a *evidence.Account) Answer {
	rows, t := a.Places(), in.trail(a.Key)
	if t != nil && t.WithoutMFA.Events > 0 {
		return Answer{
			State: Failed,
			Says: say("{} signed in {} without a second factor, last on {}.", a.Login,
				times(t.WithoutMFA, "count(good sign-ins of "+a.Key+" that say no second factor was used)"), in.on(t.WithoutMFA.Last.At, "newest of those sign-ins", t.WithoutMFA.Last.Pos)),
			Sources: slices.Concat(rows, t.WithoutMFA.Sources()), Drift: "no second factor",
		}
	}
	switch a.MFA {
	case evidence.MFANone:
		return Answer{State: Failed, Says: say("{} has no second factor.", a.Login), Sources: rows, Drift: "no second factor"}
	case evidence.MFAEnforced:
		if t != nil && t.Success.Events > t.WithMFA {
			n := t.Success.Events - t.WithMFA
			return Answer{
				Says: say("The directory says that nobody signs in as {} without a second factor, and {} whether one was used.", a.Login,
					evidence.Counted(n, "good sign-in does not say", "good sign-ins do not say", "count(good sign-ins of "+a.Key+" that do not say whether a second factor was used)", t.Success.Sources()...)),
				Sources: slices.Concat(rows, t.Success.Sources()), Drift: "second factor not recorded",
			}
		}
		return Answer{State: Proven, Says: say("Nobody signs in as {} without a second factor.", a.Login), Sources: rows}
	case evidence.MFARegistered:
		if t != nil && t.Success.Events > 0 && t.WithMFA == t.Success.Events {
			return Answer{
				State: Proven,
				Says: say("{} has a second factor and used it in each of {} on record.", a.Login,
					evidence.Counted(t.Success.Events, "sign-in", "sign-ins", "count(good sign-ins of "+a.Key+")", t.Success.Sources()...)),
				Sources: slices.Concat(rows, t.Success.Sources()),
			}
		}
		return Answer{Says: say("{} has a second factor registered; nothing shows that it is asked for.", a.Login), Sources: rows, Drift: "second factor not enforced"}
	case evidence.MFAUnknown:
	}
	return Answer{Says: say("Whether {} has a second factor is not on record.", a.Login), Sources: rows, Drift: "second factor not recorded"}
}
