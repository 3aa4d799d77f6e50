package assess

import (
	"slices"
	"strings"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// sessionHeld (DOC-04) asks whether people ever sat down to plan or play the
// loss of a service.
var sessionHeld = Check{
	ID:          "DOC-04",
	Question:    "Was a planning or tabletop session held for every service lately?",
	Why:         "A plan that nobody has walked through is read for the first time in the outage.",
	Needs:       []string{evidence.Sessions},
	Discipline:  Documentation,
	Consequence: Downtime,
	Gap:         UntestedRecovery,
	Limit:       limitOf("session-age"),
	LimitFrom:   "judgement",
	Controls:    controls("DOC-04"),
	Closes:      "a session inside the limit that names the service, who took part and the record of it",
	Subjects:    everyService,
	Judge:       judgeSessionHeld,
}

// sessionLacks lists what a session must say and does not.
func sessionLacks(s *evidence.Session) []string {
	var out []string
	if strings.TrimSpace(s.People) == "" {
		out = append(out, "people who took part")
	}
	if strings.TrimSpace(s.Record) == "" {
		out = append(out, "record")
	}
	return out
}

// SessionsOf are the sessions that covered a service, oldest first.
func SessionsOf(set *evidence.Set, service string) []*evidence.Session {
	var out []*evidence.Session
	for i := range set.Sessions {
		if s := &set.Sessions[i]; slices.Contains(s.Services, service) {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b *evidence.Session) int { return a.HeldOn.Compare(b.HeldOn) })
	return out
}

func judgeSessionHeld(in *Input, s Subject) Answer {
	all := SessionsOf(in.Set, s.ID)
	var last *evidence.Session // the newest that says who took part and where it is written down
	for _, v := range all {
		if len(sessionLacks(v)) == 0 {
			last = v
		}
	}
	switch {
	case len(all) == 0:
		return Answer{Says: say("No planning or tabletop session on record covered {}.", s.Name), Drift: "no planning session"}
	case last == nil:
		newest := all[len(all)-1]
		return Answer{
			Says:    say("The session of {} names no {}.", in.on(newest.HeldOn, "newest held_on of "+s.ID, newest.Pos), orWords(sessionLacks(newest))),
			Sources: positions(all, func(v *evidence.Session) diag.Pos { return v.Pos }), Drift: "no planning session",
		}
	case in.older(last.HeldOn, in.Policy.SessionAge):
		return Answer{State: Stale, Says: say("The last session on {} was {} ago.", s.Name, in.since(last.HeldOn, "the newest held_on of "+s.ID, last.Pos)), Sources: at(last.Pos), Drift: "no planning session"}
	}
	return Answer{State: Proven, Says: say("The last session on {} was held on {}, record {}.", s.Name, in.on(last.HeldOn, "newest held_on of "+s.ID, last.Pos), last.Record), Sources: at(last.Pos)}
}
