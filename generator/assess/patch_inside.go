package assess

import "proofpack/generator/evidence"

// patchInside (PAT-06) finds systems that were only looked at from outside.
var patchInside = Check{
	ID:          "PAT-06",
	Question:    "Did a scan of every system log in, or run on it?",
	Why:         "From outside a scan sees what answers, not what is installed.",
	Needs:       []string{evidence.Patches, evidence.PatchStatus},
	Rests:       []string{evidence.Inventory},
	Discipline:  Patching,
	Consequence: AttackPath,
	Gap:         Visibility,
	Limit:       limitOf("scan-age"),
	LimitFrom:   "BOD 23-01",
	Controls:    controls("PAT-06"),
	Closes:      "a scan that logged in, or the report of an agent on the system, that says so",
	Subjects:    everySystem,
	Judge:       judgePatchInside,
}

func judgePatchInside(in *Input, s Subject) Answer {
	b := in.patchBook(s.ID)
	switch {
	case len(b.Rows) == 0:
		return Answer{Says: say("No scan of {} is on record.", s.Name), Sources: in.rowOf(s.ID), Drift: "not scanned"}
	case b.Inside.DataSet == "" && len(b.from) > 0:
		return Answer{
			State: Failed, Says: say("{} was scanned from outside only: {} of its patch reports {} so, and none says that a scan logged in.", s.Name,
				evidence.Counted(len(b.from), "row", "rows", "count(patches where system = "+s.ID+", authenticated = no)", b.from...), evidence.Noun(len(b.from), "says", "say")),
			Sources: b.from, Drift: "scanned from outside only",
		}
	case b.Inside.DataSet == "":
		return Answer{Says: say("Whether a scan of {} logged in is not on record.", s.Name), Sources: b.Rows, Drift: "scanned from outside only"}
	}
	if a, done := in.looked(s, b.Inside); done {
		a.Says = join(a.Says, say("Only scans that logged in, and agents, are counted here."))
		return a
	}
	return Answer{State: Proven, Says: say("{} was last seen from inside on {}.", s.Name, in.scanned(s, b.Inside)), Sources: at(b.Inside.Pos)}
}
