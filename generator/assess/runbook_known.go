package assess

import (
	"cmp"
	"slices"
	"strings"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// runbookKnown (DOC-03) asks whether the procedure that was followed is one
// that a plan holds.
var runbookKnown = Check{
	ID:          "DOC-03",
	Question:    "Does every restore test, recurring task and incident name a runbook that a plan holds?",
	Why:         "Work that follows a procedure nobody can find follows none.",
	Needs:       []string{evidence.RecoveryPlan},
	Discipline:  Documentation,
	Consequence: AuditIssue,
	Gap:         OtherGap,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("DOC-03"),
	Closes:      "the id of a runbook that a step of the recovery plan names",
	Subjects:    followsRunbook,
	Judge:       judgeRunbookKnown,
}

// A follower is a record of work that should follow a runbook.
type follower struct {
	Subject Subject
	Runbook string // as written
	What    string // "Restore test RST-1"
	Pos     diag.Pos
}

func (in *Input) followers() []follower {
	var out []follower
	for i := range in.Restores {
		r := &in.Restores[i]
		key := cmp.Or(r.ID, r.Pos.String())
		out = append(out, follower{Subject{Kind: "restore", ID: key, Name: key, System: r.System, Service: r.Service}, r.Runbook, "Restore test " + testName(r), r.Pos})
	}
	for i := range in.Tasks {
		t := &in.Tasks[i]
		out = append(out, follower{Subject{Kind: "task", ID: taskKey(t), Name: taskName(t), System: t.System, Service: t.Service}, t.Runbook, taskName(t), t.Pos})
	}
	for i := range in.Incidents {
		n := &in.Incidents[i]
		s := incidentSubject(n)
		out = append(out, follower{s, n.Runbook, "Incident " + s.Name, n.Pos})
	}
	return out
}

func followsRunbook(in *Input) []Subject {
	var out []Subject
	for _, f := range in.followers() {
		out = append(out, f.Subject)
	}
	slices.SortStableFunc(out, func(a, b Subject) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID)) })
	return in.withSilent(slices.CompactFunc(out, func(a, b Subject) bool { return a.Kind == b.Kind && a.ID == b.ID }))
}

func judgeRunbookKnown(in *Input, s Subject) Answer {
	if s.Kind == "service" {
		return Answer{Says: say("No restore test, recurring task or incident of {} is on record.", s.Name)}
	}
	var out Answer
	for _, f := range in.followers() {
		if f.Subject.Kind != s.Kind || f.Subject.ID != s.ID {
			continue
		}
		if a := in.judgeFollower(f); out.Says.Empty() || Worse(a.State, out.State) {
			out = a
		}
	}
	return out
}

func (in *Input) judgeFollower(f follower) Answer {
	id := strings.TrimSpace(f.Runbook)
	if id == "" {
		return Answer{Says: say("{} names no runbook.", f.What), Sources: at(f.Pos), Drift: "no runbook named"}
	}
	for i := range in.Plan {
		if p := &in.Plan[i]; folded(p.Runbook) == folded(id) {
			return Answer{State: Proven, Says: say("{} follows runbook {}, which the recovery plan holds.", f.What, id), Sources: at(f.Pos, p.Pos)}
		}
	}
	return Answer{State: Failed, Says: say("{} follows runbook “{}”, which no plan holds.", f.What, id), Sources: at(f.Pos), Drift: "runbook not in any plan"}
}
