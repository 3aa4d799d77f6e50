package assess

import (
	"cmp"
	"slices"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// changeBefore (CHG-06) asks what was changed before an outage.
var changeBefore = Check{
	ID:          "CHG-06",
	Question:    "Is it shown for every outage that no change shortly before it had a part in it?",
	Why:         "An outage after a change is diagnosed from the change record, or from memory.",
	Needs:       []string{evidence.Incidents},
	Rests:       []string{evidence.Changes, evidence.Inventory, evidence.Dependencies},
	Discipline:  ChangeControl,
	Consequence: Downtime,
	Gap:         OtherGap,
	Limit:       limitOf("change-before-outage"),
	LimitFrom:   "judgement",
	Controls:    controls("CHG-06"),
	Closes:      "the root system of the outage, and changes that name their systems, their dates and who verified them",
	Subjects:    everyIncident,
	Judge:       judgeChangeBefore,
}

// everyIncident is each incident; while the export has none, or lacks rows,
// also each service that none of them concerns.
func everyIncident(in *Input) []Subject {
	var out []Subject
	for i := range in.Incidents {
		out = append(out, incidentSubject(&in.Incidents[i]))
	}
	slices.SortStableFunc(out, bySubject)
	out = slices.CompactFunc(out, func(a, b Subject) bool { return bySubject(a, b) == 0 && a.Service == b.Service })
	if _, none := in.absent(evidence.Incidents); none || in.Standing(evidence.Incidents) == evidence.Short || in.supply(evidence.Incidents).Rejected > 0 {
		return in.withSilent(out)
	}
	return out
}

// judgeIncidents judges the incidents of a subject; of several under one key
// the worse counts. A service is asked only where a row about it may be lost.
func (in *Input) judgeIncidents(s Subject, judge func(*Outage) Answer) Answer {
	if s.Kind == "service" {
		if lost, is := in.lost([]string{evidence.Incidents}, s); is {
			return Answer{Says: lost}
		}
		return Answer{Says: say("No incident of {} is on record, and rows of the export could not be read.", s.Name)}
	}
	var out Answer
	for i := range in.Incidents {
		n := &in.Incidents[i]
		if bySubject(incidentSubject(n), s) != 0 {
			continue
		}
		o := in.outage(n)
		if a := judge(&o); out.Says.Empty() || Worse(a.State, out.State) {
			out = a
		}
	}
	return out
}

// A Before is a change that may have had a part in an outage.
type Before struct {
	*evidence.Change
	Key      string
	System   string    // the system it was made to; "" when the change names none
	How      string    // what that system is to the outage: "the root system", "which VMH-01 needs"
	On       time.Time // when work on it ended; when it began, where that was after the outage had
	Days     int       // whole days from On to the start of the outage; -1 when the change says no date
	Recent   bool      // inside the limit, or it cannot be said that it is not
	Direct   bool      // to the root system or to what it needs
	Verified bool      // a person verified it
}

// ChangesBefore are the changes before an outage, the last first: those inside
// the policy's limit, and older ones that nobody ever verified, to the root
// system, to what it needs, and to whatever else the stopped service needs. A
// change that names no system or no date may be one of them.
func ChangesBefore(in *Input, n *evidence.Incident) []Before {
	var out []Before
	seen := map[diag.Pos]bool{}
	add := func(system, how string, direct bool) {
		for _, c := range in.index().changes[system] {
			if seen[c.Pos] || !MaybeImplemented(c) {
				continue
			}
			b := Before{Change: c, Key: changeKey(c), System: system, How: how, On: changeEnd(c), Days: -1, Direct: direct, Recent: true, Verified: evidence.IsPerson(c.VerifiedBy)}
			if !b.On.IsZero() {
				if in.began(b.On, n.Started) < 0 {
					if b.On = changeStart(c); in.began(b.On, n.Started) < 0 {
						continue // after the outage began
					}
				}
				b.Days = in.began(b.On, n.Started)
				b.Recent = time.Duration(b.Days)*24*time.Hour <= in.Policy.ChangeBeforeOutage
			}
			if b.Recent || !b.Verified {
				seen[c.Pos] = true
				out = append(out, b)
			}
		}
	}
	root := n.RootSystem
	if root != "" {
		add(root, "the system that failed first", true)
		for _, id := range in.restsUpon(root) {
			add(id, "which "+root+" needs", true)
		}
	}
	for _, id := range in.concernedBy(n) {
		how := "which " + in.serviceName(n.Service) + " needs"
		if root != "" && slices.Contains(in.Graph.RunningOn(root), id) {
			how = "which runs on " + root
		}
		add(id, how, false)
	}
	add("", "", false)
	slices.SortStableFunc(out, func(a, b Before) int {
		return cmp.Or(compareTrue(b.Recent, a.Recent), b.On.Compare(a.On), cmp.Compare(a.Key, b.Key))
	})
	return out
}

// began is the whole days from a change to an outage; below zero where the
// change came after. A change of the day the outage began that says no time may
// have come first.
func (in *Input) began(change, outage time.Time) int {
	if change.After(outage) && change.Nanosecond() != lastNanosecond {
		return -1
	}
	return evidence.DaysBetween(in.zoned(change), in.zoned(outage))
}

// lastNanosecond ends the last instant of a day, which is how a day without a
// time is read.
const lastNanosecond = 999_999_999

// compareTrue puts false before true.
func compareTrue(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// concernedBy are the systems that were down in an incident, and those that
// the stopped service needs.
func (in *Input) concernedBy(n *evidence.Incident) []string {
	out := append(slices.Clone(n.SystemsDown), in.Graph.Needs(n.Service)...)
	if n.RootSystem != "" {
		out = append(out, in.Graph.RunningOn(n.RootSystem)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func judgeChangeBefore(in *Input, s Subject) Answer {
	return in.judgeIncidents(s, func(o *Outage) Answer {
		rows := at(o.Pos)
		limit := evidence.InDays(int(in.Policy.ChangeBeforeOutage/(24*time.Hour)), "policy limit change-before-outage")
		all := ChangesBefore(in, o.Incident)
		for _, b := range all { // the worst first: what stands nearest to the cause
			if b.Direct && b.Recent && b.Days >= 0 {
				return Answer{
					State: Failed, Says: say("{} changed {}, {}, {} before {}.", b.Key, b.System, b.How, in.daysBefore(b), s.Name),
					Sources: append(rows, b.Pos), Drift: "change before an outage",
				}
			}
		}
		none, absent := in.absent(evidence.Changes)
		switch {
		case o.RootSystem == "":
			return Answer{Says: say("{} names no system that failed first, so no change can be ruled out.", s.Name), Sources: rows}
		case absent:
			return Answer{Says: join(none, say("What was changed before {} is not on record.", s.Name)), Sources: rows}
		case len(all) == 0:
			return Answer{
				State: Proven, Says: say("No change to {}, or to what it or {} needs, is on record in the {} before {}.", o.RootSystem, o.Name, limit, s.Name),
				Sources: rows,
			}
		}
		b := all[0]
		answer := Answer{Sources: append(rows, b.Pos), Drift: "change before an outage"}
		switch {
		case b.System == "":
			answer.Says = say("{} names no system, so it may have changed what failed in {}.", b.Key, s.Name)
		case b.Days < 0:
			answer.Says = say("{} changed {}, {}, and says no date: it may have been before {}.", b.Key, b.System, b.How, s.Name)
		case b.Recent:
			answer.Says = say("{} changed {}, {}, {} before {}.", b.Key, b.System, b.How, in.daysBefore(b), s.Name)
		default:
			answer.Says = say("No change is on record in the {} before {}; {} changed {}, {}, {} before it, and nobody verified it.", limit, s.Name, b.Key, b.System, b.How, in.daysBefore(b))
		}
		return answer
	})
}

func (in *Input) daysBefore(b Before) evidence.Figure {
	return evidence.InDays(b.Days, "days from "+b.Key+" to the start of the outage", b.Pos)
}
