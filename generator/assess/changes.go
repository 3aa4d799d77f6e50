package assess

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"proofpack/generator/evidence"
)

// changeApproved (CHG-01) asks who allowed a change.
var changeApproved = Check{
	ID:          "CHG-01",
	Question:    "Was every implemented change approved by a person?",
	Why:         "A change nobody approved is one nobody weighed.",
	Needs:       []string{evidence.Changes},
	Discipline:  ChangeControl,
	Consequence: AuditIssue,
	Gap:         OtherGap,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("CHG-01"),
	Closes:      "the name of the person who approved it",
	Subjects:    implementedChanges,
	Judge:       judgeChangeApproved,
}

// approvedInTime (CHG-02) asks whether the approval came first.
var approvedInTime = Check{
	ID:          "CHG-02",
	Question:    "Was every implemented change approved before work began?",
	Why:         "An approval after the work is a signature, not a decision.",
	Needs:       []string{evidence.Changes},
	Discipline:  ChangeControl,
	Consequence: AuditIssue,
	Gap:         OtherGap,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("CHG-02"),
	Closes:      "the time of the approval and the time work began",
	Subjects:    implementedChanges,
	Judge:       judgeApprovedInTime,
}

// changeVerified (CHG-07) asks who looked whether a change works.
var changeVerified = Check{
	ID:          "CHG-07",
	Question:    "Did somebody verify every implemented change?",
	Why:         "What nobody checked after a change is found out by its users.",
	Needs:       []string{evidence.Changes},
	Discipline:  ChangeControl,
	Consequence: Downtime,
	Gap:         OtherGap,
	Limit:       limitOf("change-verify"),
	LimitFrom:   "judgement",
	Controls:    controls("CHG-07"),
	Closes:      "the name of the person who verified it",
	Subjects:    implementedChanges,
	Judge:       judgeChangeVerified,
}

// implementedChanges are the changes whose work began, and those that do not
// say whether it did; cancelled ones are none.
func implementedChanges(in *Input) []Subject { return in.withSilent(in.changesWhere(anyChange)) }

func anyChange(*evidence.Change) bool { return true }

// changesWhere are the implemented changes for which something holds, by key.
func (in *Input) changesWhere(hold func(*evidence.Change) bool) []Subject {
	var out []Subject
	for key, changes := range in.index().byChange {
		var systems []string
		due := false
		for _, c := range changes {
			if MaybeImplemented(c) && hold(c) {
				due = true
				systems = append(systems, c.Systems...)
			}
		}
		if !due {
			continue
		}
		s := Subject{Kind: "change", ID: key, Name: key}
		if slices.Sort(systems); len(systems) > 0 {
			systems = slices.Compact(systems)
			s.System, s.Also = systems[0], systems[1:]
		}
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b Subject) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// MaybeImplemented tells whether work on a change began, or nothing says that it
// did not.
func MaybeImplemented(c *evidence.Change) bool {
	return !c.Cancelled && (c.Implemented || strings.TrimSpace(c.State) == "")
}

// changeKey is what a change is found by: its id, or its row.
func changeKey(c *evidence.Change) string {
	if c.ID != "" {
		return c.ID
	}
	return c.Pos.String()
}

// judgeChanges judges those changes of a subject for which something holds; of
// several under one key the worse counts.
func (in *Input) judgeChanges(s Subject, hold func(*evidence.Change) bool, judge func(*evidence.Change) Answer) Answer {
	if s.Kind == "service" {
		return Answer{Says: say("No change is on record for what {} needs.", s.Name)}
	}
	var out Answer
	for _, c := range in.index().byChange[s.ID] {
		if !MaybeImplemented(c) || !hold(c) {
			continue
		}
		a := judge(c)
		if (!c.Implemented || silentOnWork(c)) && a.State == Proven {
			a = Answer{Says: say("{} does not say whether work on it began.", s.Name), Sources: at(c.Pos)}
		}
		if out.Says.Empty() || Worse(a.State, out.State) {
			out = a
		}
	}
	return out
}

// silentOnWork tells that neither a state nor a time says that work on a change
// began. It may have, and what is asked of it counts; a proof about it would be
// one about nothing.
func silentOnWork(c *evidence.Change) bool {
	return strings.TrimSpace(c.State) == "" && c.NotActual && c.Ended.IsZero()
}

func judgeChangeApproved(in *Input, s Subject) Answer {
	return in.judgeChanges(s, anyChange, func(c *evidence.Change) Answer {
		switch {
		case strings.TrimSpace(c.ApprovedBy) == "":
			return Answer{Says: say("No approval of {} is on file.", s.Name), Sources: at(c.Pos), Drift: "change without approval"}
		case !evidence.IsPerson(c.ApprovedBy):
			return Answer{State: Failed, Says: say("{} was approved by “{}”, which is no person.", s.Name, c.ApprovedBy), Sources: at(c.Pos), Drift: "change without approval"}
		}
		return Answer{State: Proven, Says: say("{} was approved by {}.", s.Name, c.ApprovedBy), Sources: at(c.Pos)}
	})
}

func judgeApprovedInTime(in *Input, s Subject) Answer {
	return in.judgeChanges(s, anyChange, func(c *evidence.Change) Answer {
		began := in.on(c.Started, "actual start of "+s.Name, c.Pos)
		approved := in.on(c.ApprovedAt, "approved_at of "+s.Name, c.Pos)
		switch {
		case c.ApprovedAt.IsZero():
			return Answer{Says: say("When {} was approved is not on record.", s.Name), Sources: at(c.Pos)}
		case c.Started.IsZero() || c.NotActual:
			return Answer{Says: say("When work on {} began is not on record.", s.Name), Sources: at(c.Pos)}
		case c.ApprovedAt.After(c.Started):
			return Answer{
				State: Failed, Says: say("{} was approved on {}, after work began on {}.", s.Name, approved, began),
				Sources: at(c.Pos), Drift: "approved after the work",
			}
		}
		return Answer{State: Proven, Says: say("{} was approved on {}, before work began on {}.", s.Name, approved, began), Sources: at(c.Pos)}
	})
}

func judgeChangeVerified(in *Input, s Subject) Answer {
	return in.judgeChanges(s, anyChange, func(c *evidence.Change) Answer {
		ended := changeEnd(c)
		switch {
		case evidence.IsPerson(c.VerifiedBy):
			return Answer{State: Proven, Says: say("{} was verified by {}.", s.Name, c.VerifiedBy), Sources: at(c.Pos)}
		case ended.IsZero():
			return Answer{Says: say("No verification of {} is on file.", s.Name), Sources: at(c.Pos), Drift: "change not verified"}
		case in.older(ended, in.Policy.ChangeVerify):
			return Answer{
				Says:    say("{} ended {} ago, and no verification is on file.", s.Name, in.since(ended, "the end of "+s.Name, c.Pos)),
				Sources: at(c.Pos), Drift: "change not verified",
			}
		}
		return Answer{Says: say("{} is not verified yet; there is still time.", s.Name), Sources: at(c.Pos)}
	})
}

// changeStart is when work began, as far as the row shows.
func changeStart(c *evidence.Change) time.Time {
	if !c.Started.IsZero() {
		return c.Started
	}
	return c.Ended
}

// changeEnd is when work ended, as far as the row shows.
func changeEnd(c *evidence.Change) time.Time {
	if !c.Ended.IsZero() {
		return c.Ended
	}
	return c.Started
}
