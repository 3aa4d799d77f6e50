package assess

import (
	"proofpack/generator/evidence"
)

// vendorSupport (INV-05) finds what its vendor no longer mends.
var vendorSupport = Check{
	ID:          "INV-05",
	Question:    "Does the vendor still support every system?",
	Why:         "What is found wrong with an unsupported system is never mended.",
	Needs:       []string{evidence.Inventory},
	Discipline:  Patching,
	Consequence: AttackPath,
	Gap:         Unsupported,
	Limit:       always("end of support before as-of"),
	LimitFrom:   "judgement",
	Controls:    controls("INV-05"),
	Closes:      "a supported version in the inventory, or an exception with reason, approver and end",
	Subjects:    everySystem,
	Judge:       judgeVendorSupport,
}

func judgeVendorSupport(in *Input, s Subject) Answer {
	system := in.index().systems[s.ID]
	ends := system.SupportEnds
	switch {
	case ends.IsZero():
		return Answer{Says: say("When vendor support of {} ends is not on record.", s.Name), Sources: in.rowOf(s.ID)}
	case ends.Before(in.AsOf):
		file, rows := in.fileOf("INV-05", s.ID)
		return Answer{
			State: Failed, Says: say("Vendor support ended {} ago; {}.", in.since(ends, "support_ends", system.Pos), file),
			Sources: append(at(system.Pos), rows...), Drift: "unsupported",
		}
	}
	return Answer{State: Proven, Says: say("Vendor support runs to {}.", in.on(ends, "support_ends of "+s.ID, system.Pos)), Sources: in.rowOf(s.ID)}
}
