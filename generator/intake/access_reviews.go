package intake

import (
	"time"

	"proofpack/generator/evidence"
)

// decided is what the words of tools mean in access reviews. What is not known decided nothing.
var decided = map[string]evidence.Decided{
	"keep": evidence.DecideKeep, "approve": evidence.DecideKeep, "approved": evidence.DecideKeep, "allow": evidence.DecideKeep, "retain": evidence.DecideKeep,
	"certify": evidence.DecideKeep, "certified": evidence.DecideKeep, "kept": evidence.DecideKeep, "confirmed": evidence.DecideKeep, "no change": evidence.DecideKeep,
	"revoke": evidence.DecideRevoke, "revoked": evidence.DecideRevoke, "deny": evidence.DecideRevoke, "denied": evidence.DecideRevoke, "remove": evidence.DecideRevoke,
	"removed": evidence.DecideRevoke, "disable": evidence.DecideRevoke, "reject": evidence.DecideRevoke, "rejected": evidence.DecideRevoke,
	"change": evidence.DecideChange, "changed": evidence.DecideChange, "modify": evidence.DecideChange, "reduce": evidence.DecideChange, "reduced": evidence.DecideChange,
	"not reviewed": evidence.NotReviewed, "notreviewed": evidence.NotReviewed, "dont know": evidence.NotReviewed, "dontknow": evidence.NotReviewed, "don't know": evidence.NotReviewed,
	"not notified": evidence.NotReviewed, "notnotified": evidence.NotReviewed, "pending": evidence.NotReviewed, "none": evidence.NotReviewed, "open": evidence.NotReviewed,
}

// readReview reads one decision of an access review.
func readReview(r *row, set *evidence.Set) {
	v := evidence.Review{
		Pos: r.pos(), ID: r.text("review_id"), Login: r.key("login"), Resource: r.text("resource"), Reviewer: r.person("reviewer"),
		Decision: word(r, "decision", decided, "is no decision that is known (keep, revoke, change, not reviewed)"), DecisionText: r.text("decision"),
		CarriedOutAt: r.day("carried_out_at"), Justification: r.text("justification"),
	}
	if v.DecidedAt = r.day("decided_at"); !v.DecidedAt.IsZero() {
		r.event(v.DecidedAt)
	} else if v.Decision != evidence.NotReviewed {
		v.DecidedAt = r.when("decided_at") // a decision without its day is no record
	}
	if later(v.CarriedOutAt, r.opts.AsOf) {
		v.CarriedOutAt = time.Time{} // not yet, as of as-of
	}
	r.identify(v.ID, v.Login, v.Resource, v.DecidedAt.String())
	if r.ok() {
		set.Reviews = append(set.Reviews, v)
	}
}
