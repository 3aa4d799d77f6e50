package assess

import (
	"time"

	"proofpack/generator/evidence"
)

// emergencyReviewed (CHG-03) asks who looked at an emergency change once it
// was over.
var emergencyReviewed = Check{
	ID:          "CHG-03",
	Question:    "Did somebody review every emergency change afterwards?",
	Why:         "An emergency excuses the order of the steps, not the steps.",
	Needs:       []string{evidence.Changes},
	Discipline:  ChangeControl,
	Consequence: AuditIssue,
	Gap:         OtherGap,
	Limit:       limitOf("emergency-review"),
	LimitFrom:   "judgement",
	Controls:    controls("CHG-03"),
	Closes:      "the name of the person who verified it",
	Subjects:    emergencyChanges,
	Judge:       judgeEmergencyReviewed,
}

// isEmergency tells whether a change is one of an emergency, or does not say
// that it is none.
func isEmergency(c *evidence.Change) bool { return c.Type == "emergency" || c.Type == "" }

// emergencyChanges are the implemented changes that are, or could be, of an
// emergency; every service where there is no change export to find any in.
func emergencyChanges(in *Input) []Subject {
	if _, absent := in.absent(evidence.Changes); absent {
		return everyService(in)
	}
	return in.changesWhere(isEmergency)
}

func judgeEmergencyReviewed(in *Input, s Subject) Answer {
	return in.judgeChanges(s, isEmergency, func(c *evidence.Change) Answer {
		ended := changeEnd(c)
		switch {
		case c.Type == "":
			return Answer{Says: say("Whether {} was an emergency change is not on record.", s.Name), Sources: at(c.Pos)}
		case evidence.IsPerson(c.VerifiedBy):
			return Answer{State: Proven, Says: say("The emergency change {} was reviewed afterwards by {}.", s.Name, c.VerifiedBy), Sources: at(c.Pos)}
		case ended.IsZero():
			return Answer{Says: say("No review of the emergency change {} is on file.", s.Name), Sources: at(c.Pos), Drift: "emergency change not reviewed"}
		}
		passed := workingDays(in.zoned(ended), in.zoned(in.AsOf))
		if passed <= in.Policy.EmergencyReview {
			return Answer{Says: say("The emergency change {} is not reviewed yet; there is still time.", s.Name), Sources: at(c.Pos)}
		}
		return Answer{
			Says: say("The emergency change {} ended {} ago, and no review of it is on file.", s.Name,
				evidence.Counted(passed, "working day", "working days", "days from Monday to Friday after the end of "+s.Name+", up to as-of", c.Pos)),
			Sources: at(c.Pos), Drift: "emergency change not reviewed",
		}
	})
}

// workingDays counts the days from Monday to Friday after the day of one
// instant, up to and with the day of another.
func workingDays(from, to time.Time) int {
	days := evidence.DaysBetween(from, to)
	n := max(0, days) / 7 * 5
	for k := range max(0, days) % 7 {
		if d := (from.Weekday() + time.Weekday(k) + 1) % 7; d != time.Saturday && d != time.Sunday {
			n++
		}
	}
	return n
}
