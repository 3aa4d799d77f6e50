package assess

import (
	"proofpack/generator/evidence"
)

// isolatedCopy (BKP-07) asks for a copy that whoever reaches the systems cannot
// reach too.
var isolatedCopy = Check{
	ID:          "BKP-07",
	Question:    "Is there a copy of every critical system that is offline, immutable or isolated?",
	Why:         "An intruder who reaches the backups takes the way back as well.",
	Needs:       []string{evidence.Jobs},
	Rests:       []string{evidence.Inventory},
	Discipline:  Recovery,
	Consequence: Downtime,
	Gap:         UntestedRecovery,
	Limit:       limitOf("isolated-copy"),
	LimitFrom:   "judgement",
	Controls:    controls("BKP-07"),
	Closes:      "a successful run inside the limit whose copy column says offline, immutable or isolated",
	Subjects:    restorable,
	Judge:       judgeIsolatedCopy,
}

// copies are the runs that make a copy of a system.
func (in *Input) copies(system string) []*evidence.JobRun {
	var out []*evidence.JobRun
	for _, kind := range []evidence.JobKind{evidence.JobBackup, evidence.JobReplication} {
		for _, j := range in.jobsOfKind(system, kind) {
			out = append(out, j.Runs...)
		}
	}
	return out
}

func outOfReach(c evidence.Copy) bool {
	return c == evidence.CopyOffline || c == evidence.CopyImmutable || c == evidence.CopyIsolated
}

func judgeIsolatedCopy(in *Input, s Subject) Answer {
	runs := in.copies(s.ID)
	var last *evidence.JobRun
	var online []*evidence.JobRun
	for _, r := range runs {
		switch {
		case r.Copy == evidence.CopyOnline:
			online = append(online, r)
		case outOfReach(r.Copy) && r.Result == evidence.Success && !r.At.IsZero() && (last == nil || r.At.After(last.At)):
			last = r
		}
	}
	switch {
	case len(runs) == 0:
		return Answer{Says: say("No backup job of {} is on record.", s.Name), Sources: in.rowOf(s.ID), Drift: "no isolated copy"}
	case last == nil && len(online) == len(runs):
		return Answer{State: Failed, Says: say("Every copy of {} on record is online: none is offline, immutable or isolated.", s.Name), Sources: runPlaces(runs), Drift: "no isolated copy"}
	case last == nil:
		return Answer{Says: say("No good copy of {} on record is said to be offline, immutable or isolated.", s.Name), Sources: runPlaces(runs), Drift: "no isolated copy"}
	case in.older(last.At, in.Policy.IsolatedCopy):
		return Answer{State: Stale, Says: say("The last {} copy of {} was made {} ago.", string(last.Copy), s.Name, in.since(last.At, "the newest successful run whose copy is out of reach", last.Pos)), Sources: at(last.Pos), Drift: "no isolated copy"}
	}
	return Answer{State: Proven, Says: say("The last {} copy of {} is of {}.", string(last.Copy), s.Name, in.on(last.At, "newest successful run whose copy is out of reach", last.Pos)), Sources: at(last.Pos)}
}
