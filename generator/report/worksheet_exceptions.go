package report

import (
	"slices"
	"strings"

	"proofpack/generator/evidence"
)

// exceptionsSheet is the register of exceptions, the first to end first.
func (b *builder) exceptionsSheet() Worksheet {
	w := Worksheet{
		Name: "Exceptions", Note: "An exception counts when it says why, names who approved it, and ends. A lapsed one has failed.",
		Columns: []WorksheetColumn{{Title: "State", Width: 13}, {Title: "How it stands", Width: 20}, {Title: "Exception", Width: 14}, {Title: "Rule", Width: 24}, {Title: "System, service or account", Width: 26}, {Title: "Why", Width: 44}, {Title: "Approved by", Width: 20}, {Title: "Approved on", Width: 13},
			{Title: "Until", Width: 13}, {Title: "Compensating control", Width: 36}, {Title: "Renewals", Width: 10}, {Title: "Source row", Width: 28}},
	}
	list := slices.Clone(b.Set.Exceptions)
	slices.SortStableFunc(list, func(x, y evidence.Exception) int { return x.Until.Compare(y.Until) })
	for i := range list {
		x := &list[i]
		of := strings.Join(slices.DeleteFunc([]string{x.System, b.serviceName(x.Service), x.Account}, func(s string) bool { return s == "" }), ", ")
		w.Rows = append(w.Rows, []Value{
			stateValue(b.exceptionState(x)), value(orWord(b.exceptionStands(x), "valid")), valueOr(x.ID, "no id"), valueOr(x.Rule, "no rule named"), valueOr(of, "none named"), valueOr(x.Why, "no reason given"), valueOr(x.ApprovedBy, "nobody"),
			dayValue(x.ApprovedOn, "not recorded"), dayValue(x.Until, "no end"), valueOr(x.Compensating, "none recorded"), numberOr(x.Renewals, "not recorded"), placesValue(only(x.Pos), "no row found"),
		})
	}
	switch n := len(list); {
	case !b.Set.Supplied(evidence.Exceptions):
		w.Title = words("No exception register was supplied")
	default:
		w.Title = words(b.count(n, exceptionsCounted), " ", evidence.Noun(n, "exception", "exceptions"), ", the first to end first")
	}
	w.cut("report.json")
	return w
}

const exceptionsCounted = "count(exceptions)"
