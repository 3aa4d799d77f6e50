package assess

import (
	"cmp"
	"slices"
	"strings"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// privilegeGrowth (ACC-12) compares the privileged accounts with those of the
// newest earlier month, by name, and asks whether somebody does daily work with
// one of them.
var privilegeGrowth = Check{
	ID:          "ACC-12",
	Question:    "Are there no more privileged accounts than a month ago?",
	Why:         "Privilege is given in a minute and taken back never.",
	Needs:       []string{evidence.Accounts},
	Discipline:  Access,
	Consequence: AttackPath,
	Gap:         Privilege,
	Limit:       always("any growth"),
	LimitFrom:   "judgement",
	Controls:    controls("ACC-12"),
	Closes:      "the privileged accounts of an earlier month, with none added since, and an account of their own for the daily work of administrators",
	Subjects:    func(*Input) []Subject { return []Subject{company(evidence.Accounts)} },
	Judge: func(in *Input, _ Subject) Answer {
		a := in.judgeGrowth()
		a.More = []Answer{in.judgeDaily()}
		return a
	},
}

func (in *Input) judgeGrowth() Answer {
	all := in.those(privileged)
	rows := accountRows(all)
	count := counted(all, "open account is", "open accounts are", "count(open accounts where privileged = yes)")
	last, why := in.pastPrivileged()
	if last == nil {
		return Answer{Says: say("{} privileged; {}.", count, why), Sources: rows}
	}
	month := evidence.MonthName(last.Name)
	had := map[string]bool{}
	for _, p := range last.Accounts {
		if p.Privileged && p.Enabled {
			had[p.Key] = true
		}
	}
	before := evidence.Count(len(had), "count(open privileged accounts in the records of "+last.Name+")")
	var added, removed []string
	var news []diag.Pos
	has := map[string]bool{}
	for _, a := range all {
		if has[a.Key] = true; !had[a.Key] && !slices.Contains(added, a.Login) {
			added, news = append(added, a.Login), append(news, a.Pos)
		}
	}
	for key := range had {
		if !has[key] {
			removed = append(removed, key)
		}
	}
	slices.Sort(removed)
	less := evidence.Statement{}
	if len(removed) > 0 {
		less = say("No longer among them: {}.", evidence.And(removed))
	}
	switch {
	case len(added) > 0:
		grown := say("{} privileged; {} in {}. Added since: {}.", count, before, month, evidence.And(added))
		return Answer{State: Failed, Says: join(grown, less), Sources: news, Drift: "privilege growing"}
	case len(in.those(privilegeUnsaid)) > 0:
		return in.notOnRecord("Whether it is privileged", "privileged", in.those(privilegeUnsaid))
	case len(all) == 0:
		return in.privilegeNotOnRecord()
	}
	return Answer{State: Proven, Says: join(say("{} privileged, none of them added since {}.", count, month), less), Sources: rows}
}

// pastPrivileged is the newest earlier month whose accounts can be compared by
// name; nil with the reason, without full stop.
func (in *Input) pastPrivileged() (*evidence.Month, string) {
	if in.Last() == nil {
		return nil, "there is no earlier month to compare with"
	}
	for i := range slices.Backward(in.Earlier) {
		m := &in.Earlier[i]
		if !slices.Contains(m.DataSets, evidence.Accounts) {
			continue
		}
		if len(m.Accounts) == 0 || slices.ContainsFunc(m.Accounts, func(a evidence.PastAccount) bool {
			return strings.Contains(a.Key, "•") || strings.Contains(a.Key, "[withheld]")
		}) {
			return nil, "the names of the accounts of " + evidence.MonthName(m.Name) + " are hidden, so they cannot be compared"
		}
		return m, ""
	}
	return nil, "no earlier month had a whole account export to compare with"
}

// judgeDaily asks whether those who may change everything read their mail with
// the same account. Only an employee id tells which accounts are one person's.
func (in *Input) judgeDaily() Answer {
	answer := Answer{Part: "daily"}
	var same, apart, unknown []*evidence.Account
	for _, a := range in.those(privileged) {
		switch {
		case a.Kind == evidence.KindUnknown || a.Kind == evidence.KindPerson && strings.TrimSpace(a.EmployeeID) == "":
			unknown = append(unknown, a)
		case a.Kind != evidence.KindPerson:
		case in.hasDaily(a):
			apart = append(apart, a)
		default:
			same = append(same, a)
		}
	}
	slices.SortFunc(same, func(a, b *evidence.Account) int { return cmp.Compare(a.Key, b.Key) })
	switch {
	case len(same) > 0:
		answer.State, answer.Drift, answer.Sources = Failed, "admin rights on a daily account", accountRows(same)
		answer.Says = say("{} the only account of its person: {}. Admin rights are used for daily work.",
			counted(same, "privileged account is", "privileged accounts are each", "count(open privileged accounts whose employee id has no other open account)"), loginsOf(same))
	case len(unknown) > 0:
		answer.Sources = accountRows(unknown)
		answer.Says = say("Whether {} used for daily work is not on record: kind or employee id is blank.", counted(unknown, "privileged account is", "privileged accounts are", "count(open privileged accounts without kind or employee id)"))
	case len(apart) > 0:
		answer.State, answer.Sources = Proven, accountRows(apart)
		answer.Says = say("{} beside the daily account of its person.", counted(apart, "privileged account stands", "privileged accounts stand each", "count(open privileged accounts whose employee id has another open account, not privileged)"))
	default:
		answer.Says = say("No open privileged account is marked as a person's.")
	}
	return answer
}

// hasDaily tells whether the person of an account has another one, open and
// without privilege.
func (in *Input) hasDaily(admin *evidence.Account) bool {
	for i := range in.Accounts {
		a := &in.Accounts[i]
		if a.Key != admin.Key && a.EmployeeID == admin.EmployeeID && a.Enabled == evidence.Yes && a.Privileged == evidence.No {
			return true
		}
	}
	return false
}
