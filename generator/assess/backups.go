package assess

import (
	"slices"

	"proofpack/generator/evidence"
)

// backupAge (BKP-03) compares the last good backup with the data loss target.
var backupAge = Check{
	ID:          "BKP-03",
	Question:    "Is the last good backup of every critical system younger than its data loss target?",
	Why:         "What was written since the last good backup is lost.",
	Needs:       []string{evidence.Jobs},
	Rests:       []string{evidence.Services, evidence.Inventory, evidence.Dependencies},
	Discipline:  Recovery,
	Consequence: Downtime,
	Gap:         OtherGap,
	Limit:       always("the data loss target (RPO) of the service"),
	LimitFrom:   "the services export",
	Controls:    controls("BKP-03"),
	Closes:      "a successful backup inside the data loss target",
	Subjects:    restorable,
	Judge:       judgeBackupAge,
}

// backupExists (BKP-05) finds critical systems that nothing backs up.
var backupExists = Check{
	ID:          "BKP-05",
	Question:    "Does a backup job protect every critical system?",
	Why:         "What no job backs up cannot be restored from one.",
	Needs:       []string{evidence.Jobs},
	Rests:       []string{evidence.Inventory},
	Discipline:  Recovery,
	Consequence: Downtime,
	Gap:         Visibility,
	Limit:       always("any in scope"),
	LimitFrom:   "judgement",
	Controls:    controls("BKP-05"),
	Closes:      "a successful run of a backup job that names the system",
	Subjects:    restorable,
	Judge:       judgeBackupExists,
}

// lastGoodBackup is the newest successful backup run of a system; nil when
// there is none. runs are all its backup runs.
func (in *Input) lastGoodBackup(system string) (last *evidence.JobRun, runs []*evidence.JobRun) {
	for _, j := range in.jobsOfKind(system, evidence.JobBackup) {
		runs = append(runs, j.Runs...)
	}
	good := withResult(runs, evidence.Success)
	if len(good) == 0 {
		return nil, runs
	}
	return slices.MaxFunc(good, byRun), runs
}

func judgeBackupAge(in *Input, s Subject) Answer {
	last, runs := in.lastGoodBackup(s.ID)
	if last == nil {
		return Answer{Says: say("No good backup of {} is on record.", s.Name), Sources: runPlaces(runs)}
	}
	t := in.target(in.Graph.ServicesOf(s.ID), rpo)
	hours, known, formula, rows := t.Hours, t.Known, "smallest rpo_hours of the services that need it", t.Sources
	if limit := in.Policy.BackupAge.Hours(); limit > 0 && (!known || limit < hours) {
		hours, known, formula, rows = limit, true, "policy limit backup-age", nil
	}
	when := in.on(last.At, "newest successful backup run of "+s.ID, last.Pos)
	age := in.AsOf.Sub(last.At)
	old := evidence.InMinutes(age.Minutes(), "from the newest successful backup run to as-of", last.Pos)
	goal := evidence.InMinutes(hours*60, formula, rows...)
	switch {
	case last.At.IsZero():
		return Answer{Says: say("The last good backup of {} has no date.", s.Name), Sources: at(last.Pos)}
	case known && age.Hours() > hours:
		return Answer{
			State: Failed, Says: say("The last good backup is of {}, {} before as-of; the data loss target is {}.", when, old, goal),
			Sources: at(last.Pos), Drift: "backup too old",
		}
	case len(t.Silent) > 0:
		return Answer{
			Says: say("The last good backup is of {}; {} {} no data loss target to compare it with.", when,
				evidence.And(t.Silent), evidence.Noun(len(t.Silent), "declares", "declare")),
			Sources: at(last.Pos),
		}
	case !known:
		return Answer{Says: say("The last good backup is of {}; no data loss target is declared.", when), Sources: at(last.Pos)}
	}
	return Answer{State: Proven, Says: say("The last good backup is of {}, inside the data loss target of {}.", when, goal), Sources: at(last.Pos)}
}

func judgeBackupExists(in *Input, s Subject) Answer {
	last, runs := in.lastGoodBackup(s.ID)
	switch {
	case len(runs) == 0:
		return Answer{Says: say("No backup job of {} is on record.", s.Name), Sources: in.rowOf(s.ID), Drift: "no backup"}
	case last == nil:
		return Answer{State: Failed, Says: say("No backup of {} on record succeeded.", s.Name), Sources: runPlaces(runs), Drift: "no backup"}
	}
	return Answer{State: Proven, Says: say("{} is backed up by {}.", s.Name, last.Job), Sources: at(last.Pos)}
}
