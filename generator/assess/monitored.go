package assess

import (
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// monitored (MON-03) asks whether anything watches a critical system.
var monitored = Check{
	ID:          "MON-03",
	Question:    "Is every critical system monitored, and seen by its monitor?",
	Why:         "What nothing watches fails first and is found last.",
	Needs:       []string{evidence.Inventory},
	Rests:       []string{evidence.Services, evidence.Dependencies},
	Discipline:  Monitoring,
	Consequence: Downtime,
	Gap:         Visibility,
	Limit:       limitOf("monitored-seen"),
	LimitFrom:   "judgement",
	Controls:    controls("MON-03"),
	Closes:      "monitored = yes in the inventory, and an alert, a sample or a last-seen date inside the limit",
	Subjects:    criticalSystems,
	Judge:       judgeMonitored,
}

func judgeMonitored(in *Input, s Subject) Answer {
	system, seen := in.index().systems[s.ID], in.lastSeen(s.ID)
	rows := in.rowOf(s.ID)
	switch {
	case system.Monitored == evidence.No:
		return Answer{State: Failed, Says: say("{} is not monitored.", s.Name), Sources: rows, Drift: "not monitored"}
	case system.Monitored != evidence.Yes:
		return Answer{Says: say("Whether {} is monitored is not on record.", s.Name), Sources: rows, Drift: "not monitored"}
	case seen.At.IsZero():
		return Answer{Says: say("{} is monitored on paper: no export shows that anything has seen it.", s.Name), Sources: rows, Drift: "not monitored"}
	case in.older(seen.At, in.Policy.MonitoredSeen):
		return Answer{
			State: Stale, Says: say("{} is monitored on paper: it was last seen {} ago.", s.Name, in.since(seen.At, "the day it was last seen", seen.Pos)),
			Sources: diag.Unique(append(rows, seen.Pos)), Drift: "not monitored",
		}
	}
	return Answer{
		State: Proven, Says: say("{} is monitored and was last seen on {}.", s.Name, in.on(seen.At, "newest date of "+s.ID+" in "+seen.DataSet, seen.Pos)),
		Sources: diag.Unique(append(rows, seen.Pos)),
	}
}
