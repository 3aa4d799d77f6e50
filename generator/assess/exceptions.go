package assess

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// forever is the year from which a date means "no end".
const forever = 9000

// ruleWords are the words of an exception's rule; a check's id is one word.
func ruleWords(rule string) []string {
	return strings.FieldsFunc(strings.ToUpper(rule), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-'
	})
}

// names tells whether an exception's rule names a check: its id, alone or in
// words around it.
func names(rule, check string) bool { return slices.Contains(ruleWords(rule), check) }

// about tells whether an exception names what a finding is about. Of what it
// names, system and service, all must fit; one that names neither fits nothing.
func about(e *evidence.Exception, f *Finding) bool {
	if e.System == "" && e.Service == "" {
		return e.Account != "" && f.Subject.Kind == "account" && f.Subject.ID == e.Account
	}
	if e.System != "" && f.Subject.System != e.System {
		return false
	}
	if !ofVulnerability(e.Rule, f.Part) {
		return false
	}
	if e.Service == "" {
		return true
	}
	return f.Subject.Service == e.Service || e.System != "" && slices.Contains(f.Services, e.Service)
}

// lacks lists what an exception has not and must have: a reason, a person who
// approved it, what it is for. Its end is judged apart.
func lacks(e *evidence.Exception) []string {
	var out []string
	if strings.TrimSpace(e.Why) == "" {
		out = append(out, "reason")
	}
	if !evidence.IsPerson(e.ApprovedBy) {
		out = append(out, "person who approved it")
	}
	if strings.TrimSpace(e.Rule) == "" {
		out = append(out, "rule it departs from")
	}
	if e.System == "" && e.Service == "" && e.Account == "" {
		out = append(out, "system, service or account it is for")
	}
	return out
}

// permanent tells whether an exception has no end that counts: none written,
// one that means "for ever", or one farther off than policy allows, from its
// approval, or from as-of where no day of approval is written.
func (in *Input) permanent(e *evidence.Exception) bool {
	if e.Until.IsZero() || e.Until.Year() >= forever {
		return true
	}
	from := e.ApprovedOn
	if from.IsZero() {
		from = in.AsOf
	}
	return evidence.DaysBetween(from, in.zoned(e.Until)) > int(in.Policy.ExceptionLongest/(24*time.Hour))
}

// expired tells whether its end is past. The last day itself still counts.
func (in *Input) expired(e *evidence.Exception) bool {
	return !e.Until.IsZero() && e.Until.Before(in.AsOf)
}

// valid tells whether an exception may replace an outcome.
func (in *Input) valid(e *evidence.Exception) bool {
	return len(lacks(e)) == 0 && !in.permanent(e) && !in.expired(e)
}

// An excuse is a valid exception and the words of its rule.
type excuse struct {
	*evidence.Exception
	rule []string
}

// excuses are the valid exceptions; of two for one finding the one that ends
// later comes first.
func (in *Input) excuses() []excuse {
	var out []excuse
	for i := range in.Exceptions {
		if e := &in.Exceptions[i]; in.valid(e) {
			out = append(out, excuse{e, ruleWords(e.Rule)})
		}
	}
	slices.SortStableFunc(out, func(a, b excuse) int { return b.Until.Compare(a.Until) })
	return out
}

// excuse replaces the outcome of a finding by a valid exception that names its
// check and subject, and leaves the raw result beneath.
func (f *Finding) excuse(excuses []excuse) {
	if f.State == Proven || f.State == NotApplicable {
		return
	}
	for _, e := range excuses {
		if slices.Contains(e.rule, f.Check.ID) && about(e.Exception, f) {
			f.State, f.Exception = Excepted, e.Exception
			return
		}
	}
}

// fileOf says what the exceptions on file for a check and system are worth, as
// the end of a sentence, and where they stand.
func (in *Input) fileOf(check, system string) (string, []diag.Pos) {
	words, rows := "no exception on file", []diag.Pos(nil)
	for i := range in.Exceptions {
		e := &in.Exceptions[i]
		if !names(e.Rule, check) || e.System != system {
			continue
		}
		rows = append(rows, e.Pos)
		switch {
		case in.valid(e):
			return "exception " + e.ID + " is on file", at(e.Pos)
		case in.expired(e):
			words = "exception " + e.ID + " has expired"
		case in.permanent(e):
			words = "exception " + e.ID + " has no end that counts"
		default:
			words = "exception " + e.ID + " is incomplete"
		}
	}
	return words, rows
}
