package assess

import (
	"time"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
)

// A remediation is how soon a vulnerability must be put right, in the four
// timelines of BOD 26-04.
type remediation int

// The timelines, the slowest first. What waits for the next upgrade has no
// day.
const (
	onUpgrade remediation = iota
	inSixty
	inFourteen
	inThree
	inThreeForensic // and look for traces of an intruder
)

// String is the timeline as the directive words it.
func (r remediation) String() string {
	return [...]string{"fix on system upgrade", "60 days", "14 days", "3 days", "3 days & forensic investigation"}[r]
}

// A circumstance is what the timeline of a vulnerability depends on.
type circumstance struct {
	KEV         bool // known to be exploited
	Public      bool // on a system that the internet reaches
	Automatable bool // every step of exploitation can be automated
	Total       bool // exploitation takes over the whole system
}

// timelines is the table of CISA's Binding Operational Directive 26-04, every
// circumstance in its order.
var timelines = []struct {
	circumstance
	remediation
}{
	{circumstance{false, false, false, false}, onUpgrade},
	{circumstance{true, false, false, false}, inFourteen},
	{circumstance{false, true, false, false}, inSixty},
	{circumstance{false, false, true, false}, inSixty},
	{circumstance{false, false, false, true}, onUpgrade},
	{circumstance{true, true, false, false}, inFourteen},
	{circumstance{true, false, true, false}, inFourteen},
	{circumstance{false, true, true, false}, inFourteen},
	{circumstance{true, false, false, true}, inFourteen},
	{circumstance{false, true, false, true}, inFourteen},
	{circumstance{false, false, true, true}, inSixty},
	{circumstance{true, true, true, false}, inThree},
	{circumstance{true, true, false, true}, inThreeForensic},
	{circumstance{true, false, true, true}, inThreeForensic},
	{circumstance{false, true, true, true}, inThree},
	{circumstance{true, true, true, true}, inThreeForensic},
}

// timeline is the timeline of a circumstance.
func timeline(c circumstance) remediation {
	for _, t := range timelines {
		if t.circumstance == c {
			return t.remediation
		}
	}
	return inThreeForensic // unreachable: the table holds all sixteen
}

// circumstances are those of a finding on a system. What nobody says counts
// against it: reached from the internet, automatable, total.
func circumstances(f *evidence.PatchFinding, s *evidence.System) circumstance {
	return circumstance{
		KEV: f.KEV == evidence.Yes, Public: s == nil || s.Public != evidence.No,
		Automatable: f.Automatable != evidence.No, Total: f.Total != evidence.No,
	}
}

// span is how long a timeline is by the policy; 0 and false for the one
// without a day.
func (r remediation) span(p config.Policy) (time.Duration, bool) {
	switch r {
	case inSixty:
		return p.RemediationDue.Slow, true
	case inFourteen:
		return p.RemediationDue.Standard, true
	case inThree, inThreeForensic:
		return p.RemediationDue.Fastest, true
	case onUpgrade:
	}
	return 0, false
}

// limit is the name of the policy limit behind a timeline.
func (r remediation) limit() string {
	switch r {
	case inSixty:
		return "remediation-due.slow"
	case inFourteen:
		return "remediation-due.standard"
	case inThree, inThreeForensic, onUpgrade:
	}
	return "remediation-due.fastest"
}
