package assess

import "proofpack/generator/evidence"

// patchScanned (PAT-03) asks whether a scanner or a patch tool has looked at
// every system.
var patchScanned = Check{
	ID:          "PAT-03",
	Question:    "Was every system scanned for missing patches lately?",
	Why:         "What was not scanned is not known to be patched.",
	Needs:       []string{evidence.Patches, evidence.PatchStatus},
	Rests:       []string{evidence.Inventory},
	Discipline:  Patching,
	Consequence: AttackPath,
	Gap:         Visibility,
	Limit:       limitOf("scan-age"),
	LimitFrom:   "BOD 23-01",
	Controls:    controls("PAT-03"),
	Closes:      "a scan of the system inside the limit, in a patch report or the patch status",
	Subjects:    everySystem,
	Judge:       judgePatchScanned,
}

func judgePatchScanned(in *Input, s Subject) Answer {
	seen := in.patchBook(s.ID).Looked
	if a, done := in.looked(s, seen); done {
		return a
	}
	return Answer{State: Proven, Says: say("{} was last scanned on {}.", s.Name, in.scanned(s, seen)), Sources: at(seen.Pos)}
}
