package assess

import (
	"cmp"
	"slices"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// legacyProtocol (ACC-13) finds good sign-ins by protocols that know no second
// factor.
var legacyProtocol = Check{
	ID:          "ACC-13",
	Question:    "Does nobody sign in by a protocol that knows no second factor?",
	Why:         "An old mail protocol walks around the second factor of everybody who leaves it open.",
	Needs:       []string{evidence.SignIns, evidence.AccessAggregate},
	Discipline:  Access,
	Consequence: AttackPath,
	Gap:         Privilege,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("ACC-13"),
	Closes:      "an access log without a good sign-in by such a protocol",
	Subjects:    trailsWhere(func(t *evidence.Trail) bool { return t.Legacy.Events > 0 }),
	Judge:       judgeLegacy,
}

// guessed (ACC-14) finds many failures followed by a good sign-in.
var guessed = Check{
	ID:          "ACC-14",
	Question:    "Did nobody get in after many failed attempts?",
	Why:         "Ten failures and then a success may be a password that was guessed.",
	Needs:       []string{evidence.SignIns, evidence.AccessAggregate},
	Discipline:  Access,
	Consequence: AttackPath,
	Gap:         Privilege,
	Limit:       limitOf("sign-in-failures.times"),
	LimitFrom:   "judgement",
	Controls:    controls("ACC-14"),
	Closes:      "what came of each, or an access log without one",
	Subjects:    trailsWhere(func(t *evidence.Trail) bool { return t.Bursts > 0 }),
	Judge:       judgeGuessed,
}

// logWhole (ACC-15) asks for an access log without missing days.
var logWhole = Check{
	ID:          "ACC-15",
	Question:    "Has the access log a row for every day of the month?",
	Why:         "The day that is missing is the day somebody would take out.",
	Needs:       []string{evidence.SignIns, evidence.AccessAggregate},
	Discipline:  Access,
	Consequence: AuditIssue,
	Gap:         Visibility,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("ACC-15"),
	Closes:      "an export of the missing days, or a record that the log was kept on them",
	Subjects:    func(*Input) []Subject { return []Subject{company(evidence.SignIns)} },
	Judge:       judgeLogWhole,
}

// trailsWhere are the logins for which something holds; where it holds for
// none, the log as a whole.
func trailsWhere(hold func(*evidence.Trail) bool) func(*Input) []Subject {
	return func(in *Input) []Subject {
		var out []Subject
		for i := range in.Trails {
			if t := &in.Trails[i]; hold(t) {
				out = append(out, Subject{Kind: "login", ID: t.Login, Name: t.Login})
			}
		}
		slices.SortFunc(out, func(a, b Subject) int { return cmp.Compare(a.ID, b.ID) })
		return orCompany(evidence.SignIns, out)
	}
}

// goodSignIns is how many good sign-ins all logs hold.
func (in *Input) goodSignIns() evidence.Figure {
	n := 0
	for i := range in.Trails {
		n += in.Trails[i].Success.Events
	}
	return evidence.Counted(n, "good sign-in", "good sign-ins", "count(sign-ins where result = success)", in.logFiles()...)
}

// everyLog tells whether something holds for every access log.
func (in *Input) everyLog(hold func(evidence.AccessLog) bool) bool {
	return len(in.AccessLogs) > 0 && !slices.ContainsFunc(in.AccessLogs, func(l evidence.AccessLog) bool { return !hold(l) })
}

func judgeLegacy(in *Input, s Subject) Answer {
	if t := in.index().access.logins[s.ID]; t != nil && s.Kind == "login" {
		return Answer{
			State: Failed,
			Says: say("{} signed in {} by a protocol that knows no second factor, last on {}.", s.Name,
				times(t.Legacy, "count(good sign-ins of "+s.ID+" by a legacy protocol)"), in.on(t.Legacy.Last.At, "newest of those sign-ins", t.Legacy.Last.Pos)),
			Sources: t.Legacy.Sources(), Drift: "legacy protocol",
		}
	}
	if !in.everyLog(func(l evidence.AccessLog) bool { return l.SaysClient }) {
		return Answer{Says: say("The access log does not say by which protocol anybody signed in."), Sources: in.logFiles()}
	}
	return Answer{State: Proven, Says: say("None of {} on record used a protocol that knows no second factor.", in.goodSignIns()), Sources: in.logFiles()}
}

func judgeGuessed(in *Input, s Subject) Answer {
	limit := in.Policy.SignInFailures
	within := evidence.Lasting(limit.Within)
	if t := in.index().access.logins[s.ID]; t != nil && s.Kind == "login" {
		rows := burstRows(t)
		return Answer{
			State: Failed,
			Says: say("{} got in on {} after {} failed attempts or more within {}.", s.Name, in.on(t.Burst.Success.At, "first good sign-in after so many failures", t.Burst.Success.Pos),
				evidence.Count(len(t.Burst.Failures), "failures of "+s.ID+" within "+within+" before it, counted up to this many", rows...), within),
			Sources: append(slices.Clone(rows), t.Burst.Success.Pos), Drift: "guessed password",
		}
	}
	switch {
	case in.everyLog(func(l evidence.AccessLog) bool { return l.Aggregate }):
		return Answer{Says: say("Counts of sign-ins do not show what came before what."), Sources: in.logFiles()}
	case !in.everyLog(func(l evidence.AccessLog) bool { return l.Ordered && !l.Aggregate }):
		return Answer{Says: say("The access log does not stand in the order of time, so what came before what was not counted."), Sources: in.logFiles()}
	}
	return Answer{
		State: Proven,
		Says: say("None of {} came after {} within {}.", in.goodSignIns(),
			evidence.Counted(limit.Times, "failed attempt", "failed attempts", "policy sign-in-failures.times"), within),
		Sources: in.logFiles(),
	}
}

// burstRows are the rows of the failures of a burst.
func burstRows(t *evidence.Trail) []diag.Pos {
	return positions(t.Burst.Failures, func(e evidence.Event) diag.Pos { return e.Pos })
}

// mostDays is how many missing days a sentence names.
const mostDays = 5

func judgeLogWhole(in *Input, _ Subject) Answer {
	files := in.logFiles()
	if in.everyLog(func(l evidence.AccessLog) bool { return l.Aggregate }) {
		return Answer{Says: say("Counts of sign-ins do not show on which days they happened."), Sources: files}
	}
	missing, asked := in.gaps(in.monthStart(), in.AsOf)
	of := evidence.InDays(asked, "days of the month of as-of, up to it")
	if len(missing) == 0 {
		return Answer{State: Proven, Says: say("The access log has rows on each of {}.", of), Sources: files}
	}
	var names []string
	for i, d := range missing {
		if i == mostDays {
			names = append(names, evidence.Whole(len(missing)-mostDays)+" more")
			break
		}
		names = append(names, evidence.DayBy(d, in.zoned(in.AsOf)))
	}
	return Answer{
		Says:    say("The access log has no row on {} of {}: {}.", evidence.Count(len(missing), "days without a row in any access log", files...).As(evidence.Whole(len(missing))), of, evidence.And(names)),
		Sources: files, Drift: "access log with gaps",
	}
}
