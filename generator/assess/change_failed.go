package assess

import (
	"proofpack/generator/evidence"
)

// failureRecorded (CHG-05) asks what stands behind a change that did not work:
// a test that was made before it, or a record of how it was taken back.
var failureRecorded = Check{
	ID:          "CHG-05",
	Question:    "Is there a record of a test or of the way back for every change that failed?",
	Why:         "A change that fails without either is an outage that somebody chose.",
	Needs:       []string{evidence.Changes},
	Discipline:  ChangeControl,
	Consequence: Downtime,
	Gap:         OtherGap,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("CHG-05"),
	Closes:      "how the change ended and, where it failed, the record of its test or of how it was taken back",
	Subjects:    failedChanges,
	Judge:       judgeFailureRecorded,
}

// didNotSucceed tells whether a change failed, or does not say that it worked.
func didNotSucceed(c *evidence.Change) bool { return c.Result != evidence.Success }

// failedChanges are the implemented changes that failed or could have; every
// service where there is no change export to find any in.
func failedChanges(in *Input) []Subject {
	if _, absent := in.absent(evidence.Changes); absent {
		return everyService(in)
	}
	return in.changesWhere(didNotSucceed)
}

func judgeFailureRecorded(in *Input, s Subject) Answer {
	return in.judgeChanges(s, didNotSucceed, func(c *evidence.Change) Answer {
		ended := "failed"
		if c.BackedOut {
			ended = "was taken back"
		}
		switch {
		case c.Result != evidence.Failed && c.Outcome != "":
			return Answer{Says: say("How {} ended, “{}”, says neither that it worked nor that it failed.", s.Name, c.Outcome), Sources: at(c.Pos)}
		case c.Result != evidence.Failed:
			return Answer{Says: say("How {} ended is not on record.", s.Name), Sources: at(c.Pos)}
		case c.Rollback != "":
			return Answer{State: Proven, Says: say("{} {}; the way back is on record: “{}”.", s.Name, ended, c.Rollback), Sources: at(c.Pos)}
		case c.Test != "":
			return Answer{State: Proven, Says: say("{} {}; a test before it is on record: “{}”.", s.Name, ended, c.Test), Sources: at(c.Pos)}
		}
		return Answer{
			Says:    say("{} {}, and no record of a test or of the way back is on file.", s.Name, ended),
			Sources: at(c.Pos), Drift: "failed change without record",
		}
	})
}
