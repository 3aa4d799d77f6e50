package report

import (
	"strings"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// ending tells whether an exception that counts ends inside the policy's limit.
func (b *builder) ending(x *evidence.Exception) bool {
	if x.Until.IsZero() || x.Until.Before(b.Set.AsOf) || b.exceptionStands(x) != "" {
		return false
	}
	return evidence.DaysBetween(b.Set.AsOf, x.Until.In(b.Set.AsOf.Location())) <= int(b.Policy.ExceptionEnding/(24*time.Hour))
}

// habitual tells whether an exception was renewed so often that it is normal
// practice.
func (b *builder) habitual(x *evidence.Exception) bool {
	return x.Renewals.Known && int(x.Renewals.Value) >= b.Policy.ExceptionRenewals
}

// overdue tells whether an exception has run out.
func (b *builder) overdue(x *evidence.Exception) bool { return b.exceptionStands(x) == lapsed }

func escalated(x *evidence.Exception) bool {
	return strings.TrimSpace(x.EscalatedTo) != "" && !x.EscalatedOn.IsZero()
}

// exceptionWatch are the lines about exceptions that somebody must look at:
// those renewed again and again, those about to end, and those that have ended
// and that nobody was told of.
func (b *builder) exceptionWatch() []Block {
	var habit, ending, overdue, told []diag.Pos
	for i := range b.Set.Exceptions {
		x := &b.Set.Exceptions[i]
		if b.habitual(x) {
			habit = append(habit, x.Pos)
		}
		if b.ending(x) {
			ending = append(ending, x.Pos)
		}
		if b.overdue(x) {
			overdue = append(overdue, x.Pos)
			if escalated(x) {
				told = append(told, x.Pos)
			}
		}
	}
	if len(b.Set.Exceptions) == 0 {
		return nil
	}
	renewals := evidence.Of(b.Policy.ExceptionRenewals, "time", "times")
	return []Block{
		Paragraph{Alert: len(habit) > 0, Text: words(strong("Renewed: "), b.count(len(habit), "count(exceptions renewed at least "+renewals+")", habit...), " ", evidence.Noun(len(habit), "exception was", "exceptions were"), " renewed ", renewals, " or more; what is renewed so often is normal practice.")},
		Paragraph{Alert: len(ending) > 0, Text: words(strong("Ending: "), b.count(len(ending), "count(valid exceptions that end inside the limit)", ending...), " ", evidence.Noun(len(ending), "exception ends", "exceptions end"), " within ", b.Policy.Limit("exception-ending").Text(), ".")},
		Paragraph{Alert: len(told) < len(overdue), Text: words(strong("Overdue: "), b.count(len(told), "count(lapsed exceptions with escalated_to and escalated_on)", told...), " of ", b.count(len(overdue), "count(lapsed exceptions)", overdue...), " lapsed ", evidence.Noun(len(overdue), "exception is", "exceptions are"), " on record as escalated to a person.")},
	}
}

// exceptionNotes are the quiet lines under the state of an exception.
func (b *builder) exceptionNotes(x *evidence.Exception) Text {
	var t Text
	note := func(parts ...any) { t = append(t, append(words(lineBreak()), words(parts...)...)...) }
	if x.Renewals.Known && x.Renewals.Value > 0 {
		n := b.figure(evidence.Counted(int(x.Renewals.Value), "time", "times", "renewals", x.Pos), "renewals of exception "+x.ID)
		note("renewed ", n)
	}
	if b.ending(x) {
		days := evidence.DaysBetween(b.Set.AsOf, x.Until.In(b.Set.AsOf.Location()))
		note("ends in ", b.figure(evidence.InDays(days, "days from as-of to until", x.Pos), "days left of exception "+x.ID))
	}
	switch {
	case escalated(x):
		note("escalated to ", x.EscalatedTo, ", ", keep(evidence.ShortDay(x.EscalatedOn)))
	case b.overdue(x):
		note(absent("no escalation on record"))
	}
	return t
}
