package assess

import (
	"proofpack/generator/evidence"
)

// scanned (PAT-03) asks whether the patch tool has looked at a critical system.
var scanned = Check{
	ID:          "PAT-03",
	Question:    "Was every critical system scanned for missing patches lately?",
	Why:         "What was not scanned is not known to be patched.",
	Needs:       []string{evidence.PatchStatus},
	Rests:       []string{evidence.Inventory},
	Discipline:  Patching,
	Consequence: AttackPath,
	Gap:         Visibility,
	Limit:       limitOf("scan-age"),
	LimitFrom:   "BOD 23-01",
	Controls:    controls("PAT-03"),
	Closes:      "a last_scan of the system inside the limit",
	Subjects:    criticalSystems,
	Judge:       judgeScanned,
}

// patchReported (PAT-08) finds critical systems that no patch report names.
var patchReported = Check{
	ID:          "PAT-08",
	Question:    "Does a patch report name every critical system?",
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
	Subjects:    criticalSystems,
	Judge:       judgePatchReported,
}

func judgeScanned(in *Input, s Subject) Answer {
	last := in.index().scans[s.ID]
	switch {
	case last == nil:
		return Answer{Says: say("No scan of {} is on record.", s.Name), Sources: in.rowOf(s.ID), Drift: "not scanned"}
	case last.LastScan.IsZero():
		return Answer{Says: say("When {} was last scanned is not on record.", s.Name), Sources: at(last.Pos), Drift: "not scanned"}
	case in.older(last.LastScan, in.Policy.ScanAge):
		return Answer{State: Stale, Says: say("{} was last scanned {} ago.", s.Name, in.since(last.LastScan, "last_scan", last.Pos)), Sources: at(last.Pos), Drift: "not scanned"}
	}
	return Answer{State: Proven, Says: say("{} was last scanned on {}.", s.Name, in.on(last.LastScan, "last_scan of "+s.ID, last.Pos)), Sources: at(last.Pos)}
}

func judgePatchReported(in *Input, s Subject) Answer {
	rows := in.index().patched[s.ID]
	if len(rows) == 0 {
		return Answer{Says: say("No patch report names {}.", s.Name), Sources: in.rowOf(s.ID), Drift: "not in a patch report"}
	}
	return Answer{
		State: Proven, Says: say("{} of patch reports {} {}.", evidence.Counted(len(rows), "row", "rows", "count(patches and patch status where system = "+s.ID+")", rows...),
			evidence.Noun(len(rows), "names", "name"), s.Name),
		Sources: rows,
	}
}
