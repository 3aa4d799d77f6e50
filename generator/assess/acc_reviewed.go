package assess

import (
	"cmp"
	"slices"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// accessReviewed (ACC-06) asks when the rights to each critical system, and
// each open account, were last reviewed.
var accessReviewed = Check{
	ID:          "ACC-06",
	Question:    "Was the access to every critical system, and every account, reviewed lately?",
	Why:         "Rights that nobody reviews only grow.",
	Needs:       []string{evidence.AccessReviews},
	Discipline:  Access,
	Consequence: AttackPath,
	Gap:         Privilege,
	Limit:       limitOf("access-review.privileged"),
	LimitFrom:   "CIS Controls v8.1, 5.1 (quarterly)",
	Controls:    controls("ACC-06"),
	Closes:      "an access review with reviewer, decision and date inside the limit",
	Subjects: func(in *Input) []Subject {
		return slices.Concat(criticalSystems(in), in.accountsWhere(open))
	},
	Judge: func(in *Input, s Subject) Answer {
		if s.Kind == "account" {
			return in.judgeAccount(s, open, in.accountReviewed)
		}
		return in.systemReviewed(s)
	},
}

// newestEach is the newest review of each login, oldest of those first.
func newestEach(all []*evidence.Review) []*evidence.Review {
	newest := map[string]*evidence.Review{}
	for _, v := range all {
		key := folded(v.Login)
		if v.Account != "" {
			key = v.Account
		}
		if newest[key] == nil || !newerReview(newest[key], v) {
			newest[key] = v
		}
	}
	out := make([]*evidence.Review, 0, len(newest))
	for _, v := range newest {
		out = append(out, v)
	}
	slices.SortFunc(out, func(a, b *evidence.Review) int {
		if c := a.DecidedAt.Compare(b.DecidedAt); c != 0 {
			return c
		}
		return byPlace(a.Pos, b.Pos)
	})
	return out
}

// reviewLimit is how old the review of an account may be. What is not known to
// be without privilege is held to the shorter limit.
func (in *Input) reviewLimit(account string, services []string) time.Duration {
	ordinary := false
	for _, a := range in.index().access.accounts[account] {
		ordinary = a.Privileged == evidence.No
	}
	var stops []string
	for _, id := range services {
		if s := in.index().services[id]; s != nil {
			stops = append(stops, string(s.Stops))
		}
	}
	return in.Policy.AccessReview.For(!ordinary, stops...)
}

// voidReview says why a review shows nothing; "" when it does.
func voidReview(v *evidence.Review) string {
	switch {
	case v.Decision == evidence.NotReviewed:
		return "decided nothing"
	case !evidence.IsPerson(v.Reviewer):
		return "names no person who reviewed it"
	case ownReview(v):
		return "is the reviewer's own"
	}
	return ""
}

func (in *Input) accountReviewed(a *evidence.Account) Answer {
	all := newestEach(in.index().access.reviews[a.Key])
	if len(all) == 0 {
		return Answer{Says: say("No access review of {} is on record.", a.Login), Sources: a.Places(), Drift: "no access review"}
	}
	v := all[len(all)-1]
	rows := at(v.Pos)
	switch void := voidReview(v); {
	case void != "":
		return Answer{Says: say("The newest access review of {} {}.", a.Login, void), Sources: rows, Drift: "no access review"}
	case in.older(v.DecidedAt, in.reviewLimit(a.Key, nil)):
		return Answer{State: Stale, Says: say("{} was last reviewed {} ago.", a.Login, in.since(v.DecidedAt, "decided_at", v.Pos)), Sources: rows, Drift: "access review overdue"}
	}
	return Answer{State: Proven, Says: say("{} was reviewed by {} on {}.", a.Login, v.Reviewer, in.on(v.DecidedAt, "decided_at of the newest review of "+a.Key, v.Pos)), Sources: rows}
}

// everywhere are the reviews that do not say what they are about.
func (in *Input) everywhere() []*evidence.Review {
	var out []*evidence.Review
	for i := range in.Reviews {
		if v := &in.Reviews[i]; v.Resource == "" && v.System == "" && v.Service == "" {
			out = append(out, v)
		}
	}
	return out
}

// systemReviewed judges the newest review of every login that was reviewed for
// a system, or for a service that the inventory says it belongs to: the worst of
// them counts. Who may use a service says nothing about the host under it.
func (in *Input) systemReviewed(s Subject) Answer {
	services := in.Graph.ServicesOf(s.ID)
	var about []*evidence.Review
	var belongs []string
	if system := in.index().systems[s.ID]; system != nil {
		belongs = system.Services
	}
	for i := range in.Reviews {
		if v := &in.Reviews[i]; v.System == s.ID || v.Service != "" && slices.Contains(belongs, v.Service) {
			about = append(about, v)
		}
	}
	if len(about) == 0 {
		return Answer{Says: say("No access review of {} is on record.", s.Name), Sources: in.rowOf(s.ID), Drift: "no access review"}
	}
	each := newestEach(about)
	rows := positions(each, func(v *evidence.Review) diag.Pos { return v.Pos })
	for _, v := range each {
		if void := voidReview(v); void != "" {
			return Answer{Says: say("The newest access review of {} for {} {}.", v.Login, s.Name, void), Sources: at(v.Pos), Drift: "no access review"}
		}
	}
	for _, v := range each {
		if in.older(v.DecidedAt, in.reviewLimit(v.Account, services)) {
			return Answer{State: Stale, Says: say("Access of {} to {} was last reviewed {} ago.", v.Login, s.Name, in.since(v.DecidedAt, "decided_at", v.Pos)), Sources: at(v.Pos), Drift: "access review overdue"}
		}
	}
	for _, v := range newestEach(in.everywhere()) {
		if void := voidReview(v); void != "" || in.older(v.DecidedAt, in.reviewLimit(v.Account, services)) {
			return Answer{
				Says:    say("An access review of {} names no resource, so it may be about {}, and it {}.", v.Login, s.Name, cmp.Or(void, "is too old")),
				Sources: at(v.Pos), Drift: "no access review",
			}
		}
	}
	last := each[len(each)-1]
	return Answer{
		State: Proven,
		Says: say("Access to {} was reviewed for {}, last on {}.", s.Name,
			evidence.Counted(len(each), "account", "accounts", "count(accounts reviewed for "+s.ID+")", rows...), in.on(last.DecidedAt, "newest decided_at for "+s.ID, last.Pos)),
		Sources: rows,
	}
}
