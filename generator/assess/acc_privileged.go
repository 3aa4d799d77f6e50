package assess

import "proofpack/generator/evidence"

// privilegeReasoned (ACC-18) asks who approved each privilege, why, and when it
// was last reviewed.
var privilegeReasoned = Check{
	ID:          "ACC-18",
	Question:    "Has every privileged account a reason, an approver and a review date?",
	Why:         "Privilege that nobody can explain is privilege that nobody meant to give.",
	Needs:       []string{evidence.Accounts},
	Discipline:  Access,
	Consequence: AttackPath,
	Gap:         Privilege,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("ACC-18"),
	Closes:      "reason, approver and an access review of the account",
	Subjects: func(in *Input) []Subject {
		return in.withUnsaid(in.accountsWhere(privileged), privilegeUnsaid)
	},
	Judge: judgePrivilegeReasoned,
}

func judgePrivilegeReasoned(in *Input, s Subject) Answer {
	if s.Kind == "source" {
		return in.privilegeNotOnRecord()
	}
	return in.judgeAccount(s, privileged, func(a *evidence.Account) Answer {
		rows := a.Places()
		review, reviewed := in.lastReview(a.Key), ""
		if review != nil {
			reviewed = "known"
		}
		switch lacks := blanks("reason", a.Reason, "approver", a.Approver, "review date", reviewed); {
		case a.Approver != "" && !evidence.IsPerson(a.Approver):
			return Answer{State: Failed, Says: say("The privilege of {} was approved by “{}”, which is no person.", a.Login, a.Approver), Sources: rows, Drift: "privilege without reason"}
		case lacks != "":
			return Answer{Says: say("{} is privileged and has {} on record.", a.Login, lacks), Sources: rows, Drift: "privilege without reason"}
		}
		return Answer{
			State:   Proven,
			Says:    say("{} is privileged for {}, approved by {}, reviewed on {}.", a.Login, a.Reason, a.Approver, in.on(review.DecidedAt, "decided_at of its newest review", review.Pos)),
			Sources: append(rows, review.Pos),
		}
	})
}

// lastReview is the newest review of an account that decided something; nil
// when there is none.
func (in *Input) lastReview(account string) *evidence.Review {
	var last *evidence.Review
	for _, v := range in.index().access.reviews[account] {
		if v.Decision != evidence.NotReviewed && evidence.IsPerson(v.Reviewer) && (last == nil || v.DecidedAt.After(last.DecidedAt)) {
			last = v
		}
	}
	return last
}
