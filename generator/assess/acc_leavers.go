package assess

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"proofpack/generator/evidence"
)

// leaverClosed (ACC-01) asks whether the accounts of people who left are shut.
var leaverClosed = Check{
	ID:          "ACC-01",
	Question:    "Is every account of a person who left closed?",
	Why:         "An account that outlives its owner is used by somebody else, or waits to be.",
	Needs:       []string{evidence.Leavers, evidence.People},
	Rests:       []string{evidence.Accounts},
	Discipline:  Access,
	Consequence: AttackPath,
	Gap:         Privilege,
	Limit:       limitOf("leaver-grace"),
	LimitFrom:   "judgement",
	Controls:    controls("ACC-01"),
	Closes:      "an export of accounts that shows every account of the person as closed",
	Subjects:    everyLeaver,
	Judge:       judgeLeaverClosed,
}

// leaverSilent (ACC-02) looks for sign-ins after somebody left.
var leaverSilent = Check{
	ID:          "ACC-02",
	Question:    "Did nobody sign in with an account of a person who left?",
	Why:         "A sign-in after the last day is somebody who should not be there.",
	Needs:       []string{evidence.Leavers, evidence.People},
	Rests:       []string{evidence.SignIns, evidence.AccessAggregate},
	Discipline:  Access,
	Consequence: AttackPath,
	Gap:         Privilege,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("ACC-02"),
	Closes:      "an access log without a good sign-in after the last day, and what came of those that are there",
	Subjects:    everyLeaver,
	Judge:       judgeLeaverSilent,
}

// offboardingRecorded (ACC-17) asks for the record of an offboarding.
var offboardingRecorded = Check{
	ID:          "ACC-17",
	Question:    "Is there a record of every offboarding?",
	Why:         "What was done by word of mouth was done for the accounts somebody thought of.",
	Needs:       []string{evidence.Leavers, evidence.People},
	Discipline:  Access,
	Consequence: AuditIssue,
	Gap:         Privilege,
	Limit:       limitOf("offboarding-record"),
	LimitFrom:   "judgement",
	Controls:    controls("ACC-17"),
	Closes:      "the reference of the offboarding record",
	Subjects:    everyLeaver,
	Judge:       judgeOffboarding,
}

func everyLeaver(in *Input) []Subject {
	var out []Subject
	for i := range in.Leavers {
		v := &in.Leavers[i]
		out = append(out, Subject{Kind: "leaver", ID: leaverKey(v), Name: leaverName(v)})
	}
	slices.SortStableFunc(out, func(a, b Subject) int { return cmp.Compare(a.ID, b.ID) })
	return orCompany(evidence.Leavers, slices.CompactFunc(out, func(a, b Subject) bool { return a.ID == b.ID }))
}

// judgeLeavers judges the leavers of a key; of several rows the worse counts.
func (in *Input) judgeLeavers(s Subject, judge func(*evidence.Leaver) Answer) Answer {
	if s.Kind == "source" {
		if none, absent := in.nothing(evidence.Leavers); absent {
			return none
		}
		return Answer{Says: say("No leaver is on record.")}
	}
	var out Answer
	for _, v := range in.index().access.leavers[s.ID] {
		if a := judge(v); out.Says.Empty() || Worse(a.State, out.State) {
			out = a
		}
	}
	return out
}

// accountsOf are the accounts that are a leaver's.
func (in *Input) accountsOf(v *evidence.Leaver) []*evidence.Account {
	var out []*evidence.Account
	for _, key := range v.Accounts {
		out = append(out, in.index().access.accounts[key]...)
	}
	return out
}

func judgeLeaverClosed(in *Input, s Subject) Answer {
	return in.judgeLeavers(s, func(v *evidence.Leaver) Answer {
		if none, absent := in.nothing(evidence.Accounts); absent {
			return none
		}
		name, left := leaverName(v), in.on(v.LeftOn, "left_on of "+leaverName(v), v.Pos)
		all := in.accountsOf(v)
		rows := slices.Concat(at(v.Pos), accountRows(all))
		var still, unsaid []*evidence.Account
		for _, a := range all {
			switch a.Enabled {
			case evidence.Yes:
				still = append(still, a)
			case evidence.Unknown:
				unsaid = append(unsaid, a)
			case evidence.No:
			}
		}
		switch {
		case len(still) > 0 && in.older(v.LeftOn, in.Policy.LeaverGrace):
			return Answer{
				State:   Failed,
				Says:    say("{} left on {}; {} later {} still open: {}.", name, left, in.since(v.LeftOn, "left_on", v.Pos), counted(still, "account is", "accounts are", "count(enabled accounts of "+name+")"), loginsOf(still)),
				Sources: rows, Drift: "leaver's account open",
			}
		case len(still) > 0:
			return Answer{Says: say("{} left on {}, and {} still open, inside the time allowed.", name, left, counted(still, "account is", "accounts are", "count(enabled accounts of "+name+")")), Sources: rows}
		case len(unsaid) > 0:
			return Answer{Says: say("{} left on {}; whether {} is closed is not on record.", name, left, loginsOf(unsaid)), Sources: rows, Drift: "leaver's account not shown closed"}
		case len(all) == 0 && v.Login != "" && in.Standing(evidence.Accounts) == evidence.Complete:
			return Answer{State: Proven, Says: say("{} left on {}, and the complete account export holds no account of {}.", name, left, v.Login), Sources: rows}
		case len(all) == 0:
			return Answer{Says: say("{} left on {}; no account of that name is in any export, and nothing shows that there is none.", name, left), Sources: rows, Drift: "leaver's account not found"}
		case v.ByName:
			return Answer{Says: say("{} left on {}; {} closed, found by the name alone: whether there are others is not on record.", name, left, counted(all, "account is", "accounts are", "count(accounts of "+name+")")), Sources: rows}
		}
		return Answer{State: Proven, Says: say("{} left on {}, and {} closed.", name, left, counted(all, "account is", "accounts are", "count(accounts of "+name+" that are not enabled)")), Sources: rows}
	})
}

// counted is accounts as a figure with its verb: "2 accounts are".
func counted(accounts []*evidence.Account, one, many, formula string) evidence.Figure {
	return evidence.Counted(len(accounts), one, many, formula, accountRows(accounts)...)
}

// loginsOf names a few accounts.
func loginsOf(accounts []*evidence.Account) string {
	var names []string
	for _, a := range accounts {
		if !slices.Contains(names, a.Login) {
			names = append(names, a.Login)
		}
	}
	if len(names) > 4 {
		names = append(names[:3], evidence.Whole(len(names)-3)+" more")
	}
	return evidence.And(names)
}

// leaverTrails are what the access log shows of a leaver's logins.
func (in *Input) leaverTrails(v *evidence.Leaver) []*evidence.Trail {
	var out []*evidence.Trail
	for _, key := range v.Accounts {
		if t := in.trail(key); t != nil {
			out = append(out, t)
		}
	}
	if t := in.index().access.logins[folded(v.Login)]; t != nil && v.Login != "" && t.Account == "" {
		out = append(out, t)
	}
	return out
}

func judgeLeaverSilent(in *Input, s Subject) Answer {
	return in.judgeLeavers(s, func(v *evidence.Leaver) Answer {
		if none, absent := in.noLog(); absent {
			return none
		}
		name, left := leaverName(v), in.on(v.LeftOn, "left_on of "+leaverName(v), v.Pos)
		var after evidence.Episode
		for _, t := range in.leaverTrails(v) {
			after.Join(t.AfterLeaving)
		}
		if after.Events > 0 {
			return Answer{
				State: Failed,
				Says: say("{} left on {}; the account signed in {} after that, last on {}.", name, left,
					times(after, "count(good sign-ins of "+name+" after left_on)"), in.on(after.Last.At, "newest of those sign-ins", after.Last.Pos)),
				Sources: slices.Concat(at(v.Pos), after.Sources()), Drift: "sign-in after leaving",
			}
		}
		if v.Login == "" && len(v.Accounts) == 0 {
			return Answer{Says: say("{} left on {}; nothing says which account was the person's.", name, left), Sources: at(v.Pos)}
		}
		from := v.LeftOn.Add(time.Second)
		if start := in.monthStart(); start.After(from) {
			from = start
		}
		if missing, asked := in.gaps(from, in.AsOf); len(missing) > 0 {
			return Answer{
				Says: say("{} left on {}; no sign-in after that is on record, and the access log has no row on {} of {}.", name, left,
					evidence.Count(len(missing), "days without a row in the access log", in.logFiles()...).As(evidence.Whole(len(missing))), evidence.InDays(asked, "days from leaving, at the earliest the first of the month, to as-of")),
				Sources: at(v.Pos),
			}
		}
		return Answer{State: Proven, Says: say("{} left on {}, and the access log since {} has no good sign-in after that.", name, left, in.on(from, "later of left_on and the first of the month", v.Pos)), Sources: slices.Concat(at(v.Pos), in.logFiles())}
	})
}

func judgeOffboarding(in *Input, s Subject) Answer {
	return in.judgeLeavers(s, func(v *evidence.Leaver) Answer {
		name, left := leaverName(v), in.on(v.LeftOn, "left_on of "+leaverName(v), v.Pos)
		switch {
		case strings.TrimSpace(v.Record) != "":
			return Answer{State: Proven, Says: say("{} left on {}; the offboarding is recorded in {}.", name, left, v.Record), Sources: at(v.Pos)}
		case in.older(v.LeftOn, in.Policy.OffboardingRecord):
			return Answer{Says: say("{} left on {}; no record of the offboarding, {} later.", name, left, in.since(v.LeftOn, "left_on", v.Pos)), Sources: at(v.Pos), Drift: "no offboarding record"}
		}
		return Answer{Says: say("{} left on {}; no record of the offboarding yet, inside the time allowed.", name, left), Sources: at(v.Pos)}
	})
}
