package assess

import (
	"cmp"
	"slices"
	"strings"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// exceptionComplete (PAT-04) refuses exceptions that lack what makes one.
var exceptionComplete = Check{
	ID:          "PAT-04",
	Question:    "Does every exception say why, who approved it and until when?",
	Why:         "An exception without reason, person and end is a habit.",
	Needs:       []string{evidence.Exceptions},
	Discipline:  Routines,
	Consequence: AuditIssue,
	Gap:         OtherGap,
	Limit:       limitOf("exception-longest"),
	LimitFrom:   "judgement",
	Controls:    controls("PAT-04"),
	Closes:      "reason, approver, day of approval and an end inside the limit",
	Subjects:    everyException,
	Judge:       judgeExceptionComplete,
}

// exceptionOverrun (PAT-05) finds what an expired exception no longer excuses.
var exceptionOverrun = Check{
	ID:          "PAT-05",
	Question:    "Is what an expired exception excused put right?",
	Why:         "A risk that was accepted until a day is not accepted after it.",
	Needs:       []string{evidence.Exceptions},
	Discipline:  Routines,
	Consequence: AuditIssue,
	Gap:         OtherGap,
	Limit:       always("end before as-of"),
	LimitFrom:   "judgement",
	Controls:    controls("PAT-05"),
	Closes:      "proof that the finding is closed, or a new decision with an end",
	Subjects:    expiredExceptions,
	Judge:       judgeExceptionOverrun,
	after:       true,
}

// riskReviewed (GOV-04) finds accepted risks whose day of review is past.
var riskReviewed = Check{
	ID:          "GOV-04",
	Question:    "Is every accepted risk inside its review date?",
	Why:         "An exception nobody looks at again becomes normal practice.",
	Needs:       []string{evidence.Exceptions},
	Discipline:  Routines,
	Consequence: AuditIssue,
	Gap:         OtherGap,
	Limit:       always("end before as-of"),
	LimitFrom:   "judgement",
	Controls:    controls("GOV-04"),
	Closes:      "a new decision with reason, approver and end, or proof that the risk is gone",
	Subjects:    everyException,
	Judge:       judgeRiskReviewed,
	after:       true,
}

func exceptionKey(e *evidence.Exception) string { return cmp.Or(e.ID, e.Pos.String()) }

func (in *Input) exceptionsWhere(hold func(*evidence.Exception) bool) []Subject {
	var out []Subject
	for i := range in.Exceptions {
		if e := &in.Exceptions[i]; hold(e) {
			key := exceptionKey(e)
			out = append(out, Subject{Kind: "exception", ID: key, Name: key, System: e.System, Service: e.Service})
		}
	}
	slices.SortStableFunc(out, func(a, b Subject) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(out, func(a, b Subject) bool { return a.ID == b.ID })
}

func everyException(in *Input) []Subject {
	return in.exceptionsWhere(func(*evidence.Exception) bool { return true })
}

func expiredExceptions(in *Input) []Subject { return in.exceptionsWhere(in.expired) }

// judgeExceptions judges the exceptions of a subject; of several under one key
// the worse counts.
func (in *Input) judgeExceptions(s Subject, judge func(*evidence.Exception) Answer) Answer {
	var out Answer
	for i := range in.Exceptions {
		if e := &in.Exceptions[i]; exceptionKey(e) == s.ID {
			if a := judge(e); out.Says.Empty() || Worse(a.State, out.State) {
				out = a
			}
		}
	}
	return out
}

func judgeExceptionComplete(in *Input, s Subject) Answer {
	return in.judgeExceptions(s, func(e *evidence.Exception) Answer {
		lacking, rows := lacks(e), at(e.Pos)
		if e.Until.IsZero() {
			lacking = append(lacking, "end")
		}
		switch {
		case e.Until.Year() >= forever || e.Until.IsZero() && strings.TrimSpace(e.UntilText) != "":
			return Answer{State: Failed, Says: say("Exception {} is permanent: “{}” is refused as an end, and it excuses nothing.", s.Name, cmp.Or(e.UntilText, "for ever")), Sources: rows, Drift: "exception incomplete"}
		case len(lacking) > 0:
			return Answer{Says: say("Exception {} is incomplete and excuses nothing: it names no {}.", s.Name, orWords(lacking)), Sources: rows, Drift: "exception incomplete"}
		case in.permanent(e):
			return Answer{
				State: Failed, Says: say("Exception {} runs to {}, longer than the {} that policy allows, and excuses nothing.", s.Name,
					in.on(e.Until, "until of "+s.Name, e.Pos), limitFigure(in.Policy, "exception-longest", in.Policy.ExceptionLongest)),
				Sources: rows, Drift: "exception incomplete",
			}
		case e.ApprovedOn.IsZero():
			return Answer{Says: say("When exception {} was approved is not on record.", s.Name), Sources: rows, Drift: "exception incomplete"}
		}
		return Answer{
			State: Proven, Says: say("Exception {} was approved by {} on {} and runs to {}.", s.Name, e.ApprovedBy,
				in.on(e.ApprovedOn, "approved_on of "+s.Name, e.Pos), in.on(e.Until, "until of "+s.Name, e.Pos)),
			Sources: rows,
		}
	})
}

// excused are the raw findings that an exception names, and whether all of
// them are proven now. None found is not proven.
func (in *Input) excused(e *evidence.Exception) (open []string, proven bool, rows []diag.Pos) {
	words := ruleWords(e.Rule)
	found := false
	for i := range in.found {
		f := &in.found[i]
		if !slices.Contains(words, f.Check.ID) || !about(e, f) {
			continue
		}
		found = true
		if f.State == Proven {
			rows = append(rows, f.Sources...)
		} else {
			open = append(open, f.ID)
		}
	}
	return open, found && len(open) == 0, rows
}

func judgeExceptionOverrun(in *Input, s Subject) Answer {
	return in.judgeExceptions(s, func(e *evidence.Exception) Answer {
		if !in.expired(e) {
			return Answer{State: Proven, Says: say("Exception {} has not ended.", s.Name), Sources: at(e.Pos)}
		}
		ended := in.on(e.Until, "until of "+s.Name, e.Pos)
		open, proven, rows := in.excused(e)
		switch {
		case proven:
			return Answer{State: Proven, Says: say("Exception {} ended on {}; what it excused is proven since.", s.Name, ended), Sources: append(at(e.Pos), rows...)}
		case len(open) == 0:
			return Answer{
				State: Failed, Says: say("Exception {} ended on {}, and no check can tell whether what it excused (“{}”) is put right.", s.Name, ended, e.Rule),
				Sources: at(e.Pos), Drift: "exception expired",
			}
		}
		return Answer{
			State: Failed, Says: say("Exception {} ended on {}, and what it excused is still open: {}.", s.Name, ended, evidence.And(open)),
			Sources: at(e.Pos), Drift: "exception expired",
		}
	})
}

func judgeRiskReviewed(in *Input, s Subject) Answer {
	return in.judgeExceptions(s, func(e *evidence.Exception) Answer {
		if in.permanent(e) || e.ApprovedOn.IsZero() {
			return Answer{Says: say("Exception {} has no day of review that counts.", s.Name), Sources: at(e.Pos), Drift: "exception incomplete"}
		}
		ends := in.on(e.Until, "until of "+s.Name, e.Pos)
		_, proven, rows := in.excused(e)
		switch {
		case in.expired(e) && proven:
			return Answer{State: Proven, Says: say("Exception {} ended on {}; the risk it accepted is gone.", s.Name, ends), Sources: append(at(e.Pos), rows...)}
		case in.expired(e):
			return Answer{
				State: Failed, Says: say("Exception {} ended on {}, {} ago, without a new decision.", s.Name, ends, in.since(e.Until, "until", e.Pos)),
				Sources: at(e.Pos), Drift: "exception expired",
			}
		}
		return Answer{State: Proven, Says: say("Exception {} is due for review on {}.", s.Name, ends), Sources: at(e.Pos)}
	})
}
