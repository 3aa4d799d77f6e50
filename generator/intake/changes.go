package intake

import (
	"time"

	"proofpack/generator/evidence"
)

// A stage is how far a change got, by the word of its state.
type stage int

const (
	unknownStage stage = iota // no word, or one we do not know: work may have begun
	notBegun
	begun
	cancelled
)

// stages are the states of changes. Numbers are ServiceNow's codes.
var stages = map[string]stage{
	"-5": notBegun, "-4": notBegun, "-3": notBegun, "-2": notBegun, "-1": begun, "0": begun, "3": begun, "4": cancelled,
	"new": notBegun, "draft": notBegun, "assess": notBegun, "authorize": notBegun, "authorise": notBegun, "scheduled": notBegun, "planned": notBegun,
	"planning": notBegun, "requested": notBegun, "submitted": notBegun, "approved": notBegun, "awaiting approval": notBegun, "waiting for approval": notBegun,
	"pending": notBegun, "pending approval": notBegun, "open": notBegun, "to do": notBegun, "backlog": notBegun, "in review": notBegun, "awaiting implementation": notBegun,
	"implement": begun, "implementing": begun, "implemented": begun, "in progress": begun, "work in progress": begun, "review": begun, "closed": begun, "done": begun,
	"complete": begun, "completed": begun, "resolved": begun, "successful": begun, "deployed": begun, "released": begun, "failed": begun, "rolled back": begun,
	"backed out": begun, "closed complete": begun, "closed successful": begun, "validated": begun, "verified": begun,
	"cancelled": cancelled, "canceled": cancelled, "rejected": cancelled, "withdrawn": cancelled, "declined": cancelled, "closed cancelled": cancelled, "won't do": cancelled, "not approved": cancelled,
}

// readChange reads one change record. It is set aside by the time work began,
// else by the time the record was made, never by a planned time. A change
// whose state says nothing counts as implemented: it may have voided a proof.
func readChange(r *row, set *evidence.Set) {
	c := evidence.Change{
		Pos: r.pos(), ID: r.key("change_id"), Title: r.text("title"), State: r.text("state"), Systems: r.list("system"),
		RequestedBy: r.person("requested_by"), ApprovedBy: r.person("approved_by"), ApprovedAt: r.day("approved_at"),
		VerifiedBy: r.person("verified_by"), Outcome: r.text("outcome"), Incident: r.text("incident_id"),
	}
	c.Type = word(r, "type", changeTypes, "is no type that is known (standard, normal, emergency); it is read as unknown")
	opened, planned, began := r.day("opened"), r.day("planned_start"), r.day("actual_start")
	ended, closed := r.day("actual_end"), r.day("closed")
	c.Started = firstTime(began, planned, opened)
	c.NotActual = began.IsZero()
	c.Ended, c.NotEnd = firstTime(ended, closed), ended.IsZero()
	c.Test, c.Rollback = r.reference("test_record"), r.reference("rollback_record")
	c.Result, c.BackedOut = changeOutcome(c.Outcome, c.State)
	r.event(firstTime(began, opened))
	st := stageOf(c.State)
	if st == unknownStage {
		if stageOf(c.Outcome) == cancelled {
			st = cancelled
		}
	}
	c.Cancelled = st == cancelled && began.IsZero() && ended.IsZero()
	c.Implemented = implemented(st, began, firstTime(ended, closed), planned, r.opts.AsOf) && !c.Cancelled
	r.identify(c.ID)
	if r.ok() {
		set.Changes = append(set.Changes, c)
	}
}

// stageOf is the stage a word or a code names.
func stageOf(word string) stage {
	if st, code := stages[fold(word)]; code {
		return st
	}
	return stages[foldWords(word)]
}

// implemented tells whether work began.
func implemented(st stage, began, ended, planned, asOf time.Time) bool {
	switch st {
	case begun:
		return true
	case notBegun:
		return !began.IsZero() || !ended.IsZero()
	case cancelled:
		return !began.IsZero()
	default:
		return !began.IsZero() || !ended.IsZero() || planned.IsZero() || !later(planned, asOf)
	}
}

func changeNames(set *evidence.Set, visit visitor) {
	for i := range set.Changes {
		c := &set.Changes[i]
		for k := range c.Systems {
			visit(mention{pos: c.Pos, name: &c.Systems[k], subject: true, end: true})
		}
	}
}
