package assess

import (
	"slices"
	"strings"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// vendorAnswers (VEN-03) finds cases that a supplier has left without an
// answer.
var vendorAnswers = Check{
	ID:          "VEN-03",
	Question:    "Has every vendor answered every open case in time?",
	Why:         "A case that nobody chases is answered in the next outage.",
	Needs:       []string{evidence.Vendors},
	Discipline:  Vendors,
	Consequence: Downtime,
	Gap:         OtherGap,
	Limit:       limitOf("vendor-case"),
	LimitFrom:   "judgement",
	Controls:    controls("VEN-03"),
	Closes:      "the day the case was opened and the day the vendor answered it; \"none\" in open_cases where there is none",
	Subjects:    everyVendor,
	Judge:       judgeVendorAnswers,
}

// noCases are words that say that no case is open.
var noCases = []string{"none", "no", "0", "nil", "no open cases", "no cases"}

// isCase tells whether a row is about one case.
func isCase(v *evidence.Vendor) bool {
	return strings.TrimSpace(v.Case) != "" || !v.CaseOpened.IsZero() || !v.CaseAnswered.IsZero()
}

func judgeVendorAnswers(in *Input, s Subject) Answer {
	var out Answer
	for _, v := range in.index().access.vendors[s.ID] {
		a := in.judgeCases(v)
		if out.Says.Empty() || Worse(a.State, out.State) {
			out = a
		}
	}
	if out.State == Proven {
		out.Sources = positions(in.index().access.vendors[s.ID], func(v *evidence.Vendor) diag.Pos { return v.Pos })
	}
	return out
}

// judgeCases judges one row of a vendor.
func (in *Input) judgeCases(v *evidence.Vendor) Answer {
	name := "Case " + v.Case
	if strings.TrimSpace(v.Case) == "" {
		name = "A case without a number"
	}
	opened := in.on(v.CaseOpened, "case_opened of "+v.Case, v.Pos)
	switch {
	case !isCase(v) && strings.TrimSpace(v.OpenCases) == "":
		return Answer{Says: say("Whether a case is open with {} is not on record.", v.Name), Sources: at(v.Pos), Drift: "vendor cases not recorded"}
	case !isCase(v) && slices.Contains(noCases, folded(v.OpenCases)):
		return Answer{State: Proven, Says: say("No case is open with {}.", v.Name), Sources: at(v.Pos)}
	case !isCase(v):
		return Answer{Says: say("Cases are open with {} (“{}”), and when each was opened and answered is not on record.", v.Name, v.OpenCases), Sources: at(v.Pos), Drift: "vendor cases not recorded"}
	case v.CaseOpened.IsZero():
		return Answer{Says: say("{} with {}: when it was opened is not on record.", name, v.Name), Sources: at(v.Pos), Drift: "vendor cases not recorded"}
	case v.CaseAnswered.IsZero() && in.older(v.CaseOpened, in.Policy.VendorCase):
		return Answer{State: Failed, Says: say("{} with {} has been open since {}, {}, without an answer.", name, v.Name, opened, in.since(v.CaseOpened, "case_opened", v.Pos)), Sources: at(v.Pos), Drift: "vendor does not answer"}
	case v.CaseAnswered.IsZero():
		return Answer{Says: say("{} with {} has been open since {}, without an answer; there is still time.", name, v.Name, opened), Sources: at(v.Pos)}
	case v.CaseAnswered.Before(v.CaseOpened) && evidence.DaysBetween(v.CaseAnswered, in.zoned(v.CaseOpened)) > 0:
		return Answer{State: Failed, Says: say("{} with {} is said to be answered before it was opened on {}.", name, v.Name, opened), Sources: at(v.Pos), Drift: "vendor cases not recorded"}
	}
	return Answer{State: Proven, Says: say("{} with {} was answered on {}.", name, v.Name, in.on(v.CaseAnswered, "case_answered of "+v.Case, v.Pos)), Sources: at(v.Pos)}
}
