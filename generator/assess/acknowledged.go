package assess

import (
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// packetRead (GOV-06) asks whether leadership read the last packet.
var packetRead = Check{
	ID:          "GOV-06",
	Question:    "Did somebody read last month's packet, and is that on record?",
	Why:         "A report that nobody reads changes nothing.",
	Needs:       []string{evidence.Acknowledgements},
	Discipline:  Routines,
	Consequence: AuditIssue,
	Gap:         Visibility,
	Limit:       always("by this as-of"),
	LimitFrom:   "judgement",
	Controls:    controls("GOV-06"),
	Closes:      "who read the packet and when, in the acknowledgements",
	Subjects:    lastPacket,
	Judge:       judgePacketRead,
}

// lastPacket is the month before: of the newest earlier packet, else of the
// calendar.
func lastPacket(in *Input) []Subject {
	month, _, _ := LastPacket(in.Set)
	return []Subject{{Kind: "month", ID: month, Name: packetMonth(month) + " packet"}}
}

// LastPacket is the month whose packet should have been read by as-of, the end
// of what it reports, and whether an earlier packet is on file: where none is,
// the month is that of the calendar.
func LastPacket(set *evidence.Set) (month string, end time.Time, onFile bool) {
	if last := set.Last(); last != nil {
		return last.Name, last.AsOf, true
	}
	asOf := set.AsOf
	if set.Zone != nil {
		asOf = asOf.In(set.Zone)
	}
	first := time.Date(asOf.Year(), asOf.Month(), 1, 0, 0, 0, 0, asOf.Location())
	return first.AddDate(0, -1, 0).Format("2006-01"), first.Add(-time.Nanosecond), false
}

// packetMonth is the month of a packet as a sentence names it: "April" of
// "2026-04".
func packetMonth(month string) string {
	t, err := time.Parse("2006-01", month)
	if err != nil {
		return month
	}
	return t.Format("January")
}

// Acknowledgement is the first reading of a month's packet by a person that can
// have happened: on a day after what it reports; nil when none is on record.
func Acknowledgement(set *evidence.Set, month string, end time.Time) *evidence.Acknowledgement {
	var first *evidence.Acknowledgement
	for i := range set.Acknowledgements {
		a := &set.Acknowledgements[i]
		if a.Month != month || !evidence.IsPerson(a.Reader) || !a.ReadOn.After(end) {
			continue
		}
		if first == nil || a.ReadOn.Before(first.ReadOn) {
			first = a
		}
	}
	return first
}

func judgePacketRead(in *Input, s Subject) Answer {
	month, end, onFile := LastPacket(in.Set)
	var of []diag.Pos
	var doubtful *evidence.Acknowledgement
	for i := range in.Acknowledgements {
		if a := &in.Acknowledgements[i]; a.Month == month {
			of, doubtful = append(of, a.Pos), a
		}
	}
	read := Acknowledgement(in.Set, month, end)
	switch {
	case read != nil:
		return Answer{State: Proven, Says: say("The {} was read by {} on {}.", s.Name, read.Reader, in.on(read.ReadOn, "read_on of "+month, read.Pos)), Sources: at(read.Pos)}
	case doubtful == nil && !onFile:
		return Answer{Says: say("No earlier packet is on file here, and no record says that anyone read that of {}.", packetMonth(month)), Drift: "packet not read"}
	case doubtful == nil:
		return Answer{Says: say("{}: no record that anyone read it.", s.Name), Drift: "packet not read"}
	case !evidence.IsPerson(doubtful.Reader):
		return Answer{Says: say("The acknowledgement of the {} names no person who read it.", s.Name), Sources: of, Drift: "packet not read"}
	case doubtful.ReadOn.IsZero():
		return Answer{Says: say("When {} read the {} is not on record.", doubtful.Reader, s.Name), Sources: of, Drift: "packet not read"}
	}
	return Answer{
		State: Failed, Says: say("The {} is said to be read on {}, before the last day it reports.", s.Name, in.on(doubtful.ReadOn, "read_on of "+month, doubtful.Pos)),
		Sources: of, Drift: "packet not read",
	}
}
