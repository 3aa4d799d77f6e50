package assess

import (
	"proofpack/generator/evidence"
)

// restoreSound (BKP-06) asks whether what came back was looked into.
var restoreSound = Check{
	ID:          "BKP-06",
	Question:    "Was the data of every restored system checked for integrity?",
	Why:         "A restore that starts can still hold broken data.",
	Needs:       []string{evidence.Restores},
	Rests:       []string{evidence.Inventory},
	Discipline:  Recovery,
	Consequence: Downtime,
	Gap:         UntestedRecovery,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("BKP-06"),
	Closes:      "a full restore test whose integrity check is recorded as yes",
	Subjects:    restorable,
	Judge:       judgeRestoreSound,
}

func judgeRestoreSound(in *Input, s Subject) Answer {
	services := in.Graph.ServicesOf(s.ID)
	answer, found := in.lastFull(s.ID, func(r *evidence.RestoreTest) Answer { return in.judgeSound(r, services) })
	if !found {
		return Answer{Says: say("No full restore of {} is on record whose data could have been checked.", s.Name), Drift: "untested recovery"}
	}
	return answer
}

func (in *Input) judgeSound(r *evidence.RestoreTest, services []string) Answer {
	if answer, bad := in.unfinished(r); bad {
		answer.State = Missing // BKP-01 says that it failed; here nothing was checked
		return answer
	}
	rows, when := at(r.Pos), in.testedOn(r)
	switch {
	case r.Integrity == evidence.No:
		return Answer{Says: say("Restored on {}, not proven sound: its data was not checked for integrity.", when), Sources: rows, Drift: "untested recovery"}
	case r.Integrity != evidence.Yes:
		return Answer{Says: say("Restored on {}, not proven sound: no integrity check is recorded.", when), Sources: rows, Drift: "untested recovery"}
	case in.older(r.TestedOn, in.testAge(services)):
		return Answer{
			State: Stale, Says: say("The data was last checked in the restore of {}, {} ago.", when, in.since(r.TestedOn, "tested_on", r.Pos)),
			Sources: rows, Drift: "untested recovery",
		}
	}
	return Answer{State: Proven, Says: say("The data restored on {} was checked for integrity.", when), Sources: rows}
}
