package assess

import (
	"cmp"
	"slices"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// unrecordedDrift (CHG-04) compares the inventory with last month's and asks
// for a change behind each difference.
var unrecordedDrift = Check{
	ID:          "CHG-04",
	Question:    "Is there a change record behind every difference to last month's inventory?",
	Why:         "What changed without a record is found out during the next outage, from memory.",
	Needs:       []string{evidence.Inventory},
	Discipline:  ChangeControl,
	Consequence: Downtime,
	Gap:         OtherGap,
	Limit:       always("any difference of operating system, version or configuration hash"),
	LimitFrom:   "judgement",
	Controls:    controls("CHG-04"),
	Closes:      "a change record of the system with the time of its work, or the system as it was",
	Subjects:    comparedSystems,
	Judge:       judgeDrift,
}

// comparedSystems are the judged systems of the inventory, and those that last
// month's held and this one does not.
func comparedSystems(in *Input) []Subject {
	out := inventorySystems(in)
	last := in.Last()
	if last == nil {
		return out
	}
	for _, p := range in.past(last).Gone {
		out = append(out, systemSubject(p.ID))
	}
	slices.SortFunc(out, func(a, b Subject) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(out, func(a, b Subject) bool { return a.ID == b.ID })
}

func judgeDrift(in *Input, s Subject) Answer {
	last := in.Last()
	if last == nil {
		return Answer{Says: say("Nothing to compare {} with: no earlier month is at hand.", s.Name), Sources: in.rowOf(s.ID)}
	}
	month := evidence.MonthName(last.Name)
	was := in.past(last).Kept[s.ID]
	switch {
	case len(in.rowOf(s.ID)) == 0:
		return Answer{Says: say("{} was in the inventory of {}, and is not in this one; nothing in it says what became of it.", s.Name, month), Drift: "left the inventory"}
	case was == nil:
		return Answer{Says: say("Nothing to compare {} with: the inventory of {} does not hold it.", s.Name, month), Sources: in.rowOf(s.ID)}
	case len(was.Attributes) == 0:
		return Answer{Says: say("Nothing to compare {} with: the inventory of {} recorded no operating system, version or configuration of it.", s.Name, month), Sources: in.rowOf(s.ID)}
	}
	drifts := in.driftsOf(s.ID, was, last)
	if len(drifts) == 0 {
		return in.unchanged(s, was, month)
	}
	out := in.judgeDifference(s, &drifts[0], month, last.AsOf)
	for i := range drifts[1:] {
		a := in.judgeDifference(s, &drifts[i+1], month, last.AsOf)
		if Worse(a.State, out.State) {
			a, out = out, a
		}
		out.Says = join(out.Says, a.Says)
		out.Sources = diag.Unique(append(out.Sources, a.Sources...))
	}
	return out
}

// unchanged is the proof that nothing which is compared differs.
func (in *Input) unchanged(s Subject, was *evidence.PastSystem, month string) Answer {
	var same, blank []string
	for _, a := range evidence.ComparedAttributes {
		if was.Attributes[a] != "" {
			same = append(same, AttributeWords(a))
		} else {
			blank = append(blank, AttributeWords(a))
		}
	}
	says := say("{} of {} {} as in the inventory of {}.", upper(evidence.And(same)), s.Name, evidence.Noun(len(same), "is", "are"), month)
	if len(blank) > 0 {
		says = join(says, say("Its {} {} not on record there, and not compared.", evidence.And(blank), evidence.Noun(len(blank), "is", "are")))
	}
	return Answer{State: Proven, Says: says, Sources: in.rowOf(s.ID)}
}

// judgeDifference judges one attribute that is not what it was.
func (in *Input) judgeDifference(s Subject, d *Drift, month string, since time.Time) Answer {
	format, words := "{} of {} went from “{}” in {} to “{}”", []any{upper(AttributeWords(d.Attribute)), s.Name, d.Was, month, d.Now}
	if d.Attribute == "config_hash" {
		format, words = "The configuration of {} is not the one of {}", []any{s.Name, month}
	}
	differs := func(tail string, args ...any) evidence.Statement { return say(format+tail, append(words, args...)...) }
	rows := func(changes []*evidence.Change) []diag.Pos {
		return append(in.rowOf(s.ID), positions(changes, func(c *evidence.Change) diag.Pos { return c.Pos })...)
	}
	var keys []string
	for _, c := range slices.Concat(d.By, d.Maybe) {
		if !slices.Contains(keys, changeKey(c)) {
			keys = append(keys, changeKey(c))
		}
	}
	none, absent := in.absent(evidence.Changes)
	switch {
	case d.Now == "":
		return Answer{
			Says:    say("{} of {} was “{}” in {} and is no longer recorded.", upper(AttributeWords(d.Attribute)), s.Name, d.Was, month),
			Sources: in.rowOf(s.ID), Drift: "no longer recorded",
		}
	case len(d.By) > 0:
		return Answer{State: Proven, Says: differs("; on record since then: {}.", evidence.And(keys)), Sources: rows(d.By)}
	case len(d.Maybe) > 0:
		return Answer{
			Says:    differs("; {} could be the change behind it, and nothing shows that {}.", evidence.And(keys), evidence.Noun(len(keys), "it is", "one of them is")),
			Sources: rows(d.Maybe), Drift: "unrecorded drift",
		}
	case absent:
		return Answer{State: Failed, Says: join(differs(", and no change is on record."), none), Sources: in.rowOf(s.ID), Drift: "unrecorded drift"}
	}
	return Answer{
		State: Failed, Says: differs(", and no change to it since {} is on record.", in.on(since, "as-of of "+month)),
		Sources: in.rowOf(s.ID), Drift: "unrecorded drift",
	}
}
