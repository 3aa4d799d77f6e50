package assess

import "proofpack/generator/evidence"

// patchReported (PAT-08) finds systems that no patch report names.
var patchReported = Check{
	ID:          "PAT-08",
	Question:    "Does a patch report name every system?",
	Why:         "A system that no report names is in nobody's count.",
	Needs:       []string{evidence.Patches, evidence.PatchStatus},
	Rests:       []string{evidence.Inventory},
	Discipline:  Patching,
	Consequence: AttackPath,
	Gap:         Visibility,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("PAT-08"),
	Closes:      "a row of a patch report that names the system",
	Subjects:    everySystem,
	Judge:       judgePatchReported,
}

func judgePatchReported(in *Input, s Subject) Answer {
	rows := in.patchBook(s.ID).Rows
	if len(rows) == 0 {
		return Answer{Says: say("No patch report names {}.", s.Name), Sources: in.rowOf(s.ID), Drift: "not in a patch report"}
	}
	return Answer{
		State: Proven, Says: say("{} of patch reports {} {}.", evidence.Counted(len(rows), "row", "rows", "count(patches and patch status where system = "+s.ID+")", rows...),
			evidence.Noun(len(rows), "names", "name"), s.Name),
		Sources: rows,
	}
}
