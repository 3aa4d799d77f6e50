package assess

import (
	"cmp"
	"slices"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// reviewCarriedOut (ACC-07) asks whether what a review took away is gone.
var reviewCarriedOut = Check{
	ID:          "ACC-07",
	Question:    "Was every access that a review took away removed in time?",
	Why:         "A decision that nobody carries out is a review for the drawer.",
	Needs:       []string{evidence.AccessReviews},
	Discipline:  Access,
	Consequence: AttackPath,
	Gap:         Privilege,
	Limit:       limitOf("access-removal"),
	LimitFrom:   "judgement",
	Controls:    controls("ACC-07"),
	Closes:      "the day on which the access was removed",
	Subjects:    decidedAway,
	Judge:       judgeCarriedOut,
}

// reviewerApart (ACC-08) asks whether reviewers reviewed others, one by one.
var reviewerApart = Check{
	ID:          "ACC-08",
	Question:    "Did every reviewer review others, and one by one?",
	Why:         "Who approves his own rights, or all rights at one stroke, has reviewed nothing.",
	Needs:       []string{evidence.AccessReviews},
	Discipline:  Access,
	Consequence: AttackPath,
	Gap:         Privilege,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("ACC-08"),
	Closes:      "a review of the same accounts by somebody else, with a decision on each",
	Subjects:    everyReviewer,
	Judge:       judgeReviewer,
}

// decidedAway are the newest reviews that took something away, and those
// without a decision, which may have. That no review
// is on record at all is what ACC-06 says.
func decidedAway(in *Input) []Subject {
	var out []Subject
	for key, v := range in.index().access.newest {
		if v.Decision != evidence.DecideRevoke && v.Decision != evidence.DecideChange && !undecided(v) {
			continue
		}
		name := v.Login
		if v.Resource != "" {
			name += " on " + v.Resource
		}
		out = append(out, Subject{Kind: "review", ID: key, Name: name, System: v.System, Service: v.Service})
	}
	slices.SortFunc(out, func(a, b Subject) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// stillThere tells whether an account still has what a review is about: the
// account itself is open where the review names no resource, or what it holds
// names the resource. rows are what shows it.
func (in *Input) stillThere(v *evidence.Review) (bool, []diag.Pos) {
	for _, a := range in.index().access.accounts[v.Account] {
		switch {
		case a.Enabled != evidence.Yes:
		case v.Resource == "", slices.ContainsFunc(a.Holds, func(h string) bool { return folded(h) == folded(v.Resource) }):
			return true, a.Places()
		}
	}
	return false, nil
}

func judgeCarriedOut(in *Input, s Subject) Answer {
	v := in.index().access.newest[s.ID]
	if v == nil {
		return Answer{Says: say("No decision of an access review is on record.")}
	}
	if undecided(v) {
		return Answer{Says: say("{}: no decision stands in the newest review, so nothing shows what was to be removed.", s.Name), Sources: at(v.Pos)}
	}
	decided := in.on(v.DecidedAt, "decided_at of the newest review of "+s.ID, v.Pos)
	there, rows := in.stillThere(v)
	away := there && v.Decision == evidence.DecideRevoke
	switch {
	case away && !v.CarriedOutAt.IsZero():
		return Answer{State: Failed, Says: say("{}: revoked on {} and said to be removed, and the access is still there.", s.Name, decided), Sources: slices.Concat(at(v.Pos), rows), Drift: "revoked access still there"}
	case !v.CarriedOutAt.IsZero() && v.CarriedOutAt.Sub(v.DecidedAt) > in.Policy.AccessRemoval+24*time.Hour:
		return Answer{State: Stale, Says: say("{}: decided on {}, carried out {} later.", s.Name, decided, evidence.InDays(evidence.DaysBetween(v.DecidedAt, in.zoned(v.CarriedOutAt)), "days from decided_at to carried_out_at", v.Pos)), Sources: at(v.Pos)}
	case !v.CarriedOutAt.IsZero():
		return Answer{State: Proven, Says: say("{}: decided on {}, carried out on {}.", s.Name, decided, in.on(v.CarriedOutAt, "carried_out_at", v.Pos)), Sources: at(v.Pos)}
	case in.older(v.DecidedAt, in.Policy.AccessRemoval):
		return Answer{State: Failed, Says: say("{}: decided on {}, and {} later nothing shows that it was carried out.", s.Name, decided, in.since(v.DecidedAt, "decided_at", v.Pos)), Sources: slices.Concat(at(v.Pos), rows), Drift: "revoked access still there"}
	}
	return Answer{Says: say("{}: decided on {}, not carried out yet, inside the time allowed.", s.Name, decided), Sources: at(v.Pos)}
}

func everyReviewer(in *Input) []Subject {
	var out []Subject
	if len(in.nameless()) > 0 {
		out = append(out, company(evidence.AccessReviews))
	}
	for i := range in.Reviews {
		if v := &in.Reviews[i]; v.Reviewer != "" {
			out = append(out, Subject{Kind: "reviewer", ID: folded(v.Reviewer), Name: v.Reviewer})
		}
	}
	slices.SortStableFunc(out, func(a, b Subject) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(out, func(a, b Subject) bool { return a.ID == b.ID })
}

// nameless are the reviews that decided, or may have, and name no reviewer.
func (in *Input) nameless() []*evidence.Review {
	var out []*evidence.Review
	for i := range in.Reviews {
		if v := &in.Reviews[i]; v.Reviewer == "" && (v.Decision != evidence.NotReviewed || undecided(v)) {
			out = append(out, v)
		}
	}
	return out
}

// Reviews that all keep, so many within so short a time, were not looked at one
// by one (judgement).
const (
	bulkReviews = 10
	bulkWithin  = 10 * time.Minute
)

func judgeReviewer(in *Input, s Subject) Answer {
	place := func(v *evidence.Review) diag.Pos { return v.Pos }
	nameless := in.nameless()
	if s.Kind == "source" {
		rows := positions(nameless, place)
		return Answer{
			Says:    say("{} no reviewer, so nothing shows that somebody else reviewed.", evidence.Counted(len(nameless), "decision names", "decisions name", "count(access reviews where reviewer is blank)", rows...)),
			Sources: rows, Drift: "reviewer not recorded",
		}
	}
	var all, own, open []*evidence.Review
	kept := 0
	accounts := map[string]bool{} // of the reviewer
	for i := range in.Reviews {
		v := &in.Reviews[i]
		if folded(v.Reviewer) != s.ID {
			continue
		}
		accounts[v.ReviewedBy] = v.ReviewedBy != ""
		if undecided(v) {
			open = append(open, v)
		}
		if v.Decision == evidence.NotReviewed {
			continue
		}
		all = append(all, v)
		if ownReview(v) {
			own = append(own, v)
		}
		if v.Decision == evidence.DecideKeep {
			kept++
		}
	}
	rows := positions(all, place)
	many := evidence.Counted(len(all), "decision", "decisions", "count(decisions of "+s.Name+")", rows...)
	bulk := bulkOf(all)
	for _, v := range nameless {
		if accounts[v.Account] || folded(v.Login) == s.ID || bulkOf(append(slices.Clone(all), v)) != nil {
			open = append(open, v)
		}
	}
	switch {
	case len(own) > 0:
		return Answer{State: Failed, Says: say("{} reviewed access of the reviewer's own: {}.", s.Name, evidence.Counted(len(own), "decision", "decisions", "count(decisions of "+s.Name+" about an account of the same person)", positions(own, place)...)), Sources: positions(own, place), Drift: "own access reviewed"}
	case len(all) == 0:
		return Answer{Says: say("{} is named as reviewer and decided nothing.", s.Name)}
	case !evidence.IsPerson(s.Name):
		return Answer{State: Failed, Says: say("“{}” is named as reviewer of {} and is no person.", s.Name, many), Sources: rows, Drift: "reviewer is no person"}
	case len(bulk) > 0:
		return Answer{State: Failed, Says: say("{} kept all of {} at one stroke, on {}.", s.Name, evidence.Counted(len(bulk), "account", "accounts", "count(decisions to keep within ten minutes)", positions(bulk, place)...), in.on(bulk[0].DecidedAt, "decided_at", bulk[0].Pos)), Sources: positions(bulk, place), Drift: "reviewed in bulk"}
	}
	if len(open) > 0 {
		rows := positions(open, place)
		return Answer{
			Says: say("{} that may be {}'s without the decision or the reviewer: nothing shows that all was reviewed by somebody else, one by one.",
				evidence.Counted(len(open), "review is on record", "reviews are on record", "count(access reviews without decision or reviewer that may be of "+s.Name+")", rows...), s.Name),
			Sources: rows, Drift: "reviewer not recorded",
		}
	}
	return Answer{State: Proven, Says: say("{} took {} about others, {} of them to keep.", s.Name, many, evidence.Count(kept, "count(decisions of "+s.Name+" to keep)", rows...)), Sources: rows}
}

// ownReview tells whether somebody reviewed an account of the same person.
func ownReview(v *evidence.Review) bool {
	return v.Account != "" && v.Account == v.ReviewedBy || folded(v.Login) == folded(v.Reviewer)
}

// bulkOf are decisions to keep that were taken at one stroke; nil when any
// decision about that time took something away, or they are fewer.
func bulkOf(all []*evidence.Review) []*evidence.Review {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b *evidence.Review) int { return a.DecidedAt.Compare(b.DecidedAt) })
	for from := range sorted {
		to := from
		keep := true
		for to < len(sorted) && sorted[to].DecidedAt.Sub(sorted[from].DecidedAt) <= bulkWithin {
			keep = keep && sorted[to].Decision == evidence.DecideKeep
			to++
		}
		if keep && to-from >= bulkReviews {
			return sorted[from:to]
		}
	}
	return nil
}
