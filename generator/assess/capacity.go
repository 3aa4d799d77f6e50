package assess

import (
	"strings"
	"time"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// capacityLeft (MON-05) asks when what can fill up is full.
var capacityLeft = Check{
	ID:          "MON-05",
	Question:    "Will everything that can fill up last beyond the limit?",
	Why:         "A full datastore stops every server on it at once.",
	Needs:       []string{evidence.Capacity},
	Rests:       []string{evidence.Inventory},
	Discipline:  Monitoring,
	Consequence: Downtime,
	Gap:         Visibility,
	Limit:       capacityLimit,
	LimitFrom:   "judgement",
	Controls:    controls("MON-05"),
	Closes:      "samples that show room beyond the limit",
	Subjects:    thatFill,
	Judge:       judgeCapacityLeft,
}

func capacityLimit(p config.Policy) string {
	return p.Limit("capacity.warn").Text() + " warning, " + p.Limit("capacity.critical").Text() + " critical"
}

// thatFill are the critical hosts, storage, databases and file servers, of
// which capacity evidence is expected, and every system that has any.
func thatFill(in *Input) []Subject {
	return in.systemsWhere(func(s *evidence.System) bool {
		if len(in.index().resources[s.ID]) > 0 {
			return true
		}
		return in.Graph.IsCritical(s.ID) && expectsCapacity(s)
	})
}

func expectsCapacity(s *evidence.System) bool {
	switch s.Class {
	case evidence.ClassHypervisor, evidence.ClassStorage, evidence.ClassDatabase:
		return true
	case evidence.ClassWeb, evidence.ClassEdge, evidence.ClassDomainController, evidence.ClassBackup, evidence.ClassServer,
		evidence.ClassWorkstation, evidence.ClassLine, evidence.ClassCloud, evidence.ClassOther:
	}
	return strings.TrimSpace(s.Kind) == "" || strings.Contains(strings.ToLower(s.Kind), "file")
}

func judgeCapacityLeft(in *Input, s Subject) Answer {
	all := in.index().resources[s.ID]
	if len(all) == 0 {
		return Answer{Says: say("No capacity sample of {} is on record.", s.Name), Sources: in.rowOf(s.ID)}
	}
	return answers(all, func(r evidence.Series) Answer {
		a := in.judgeResource(r)
		if strings.TrimSpace(r.Resource) == "" && a.State == Proven {
			a = Answer{Says: say("Samples of {} do not say what was measured.", s.Name), Sources: a.Sources}
		}
		a.Part = r.Resource
		return a
	})
}

func (in *Input) judgeResource(r evidence.Series) Answer {
	rows := positions(r.Samples, func(p evidence.Sample) diag.Pos { return p.Pos })
	t, known := r.Forecast(in.Policy.Capacity.Samples, in.Policy.Capacity.Span)
	if !known {
		return Answer{
			Says: say("{}: {} on record, too few or over too short a time for a forecast.", r.Resource,
				evidence.Counted(len(r.Samples), "sample", "samples", "count(capacity where system = "+r.System+", resource = "+r.Resource+")", rows...)),
			Sources: rows,
		}
	}
	days := t.Days(in.zoned(in.AsOf))
	switch {
	case t.Fills && days <= wholeDays(in.Policy.Capacity.Critical):
		return Answer{
			State: Failed, Says: join(forecast(r, t), say("That is the critical level: {} or less.", limitFigure(in.Policy, "capacity.critical", in.Policy.Capacity.Critical))),
			Sources: rows, Drift: "storage filling",
		}
	case t.Fills && days <= wholeDays(in.Policy.Capacity.Warn):
		return Answer{
			State: Failed, Says: join(forecast(r, t), say("That is the warning level: {} or less.", limitFigure(in.Policy, "capacity.warn", in.Policy.Capacity.Warn))),
			Sources: rows, Drift: "storage filling",
		}
	case in.older(t.Last, in.Policy.DataAge):
		return Answer{
			State: Stale, Says: say("{} was last measured {} ago.", r.Resource, in.since(t.Last, "the last sample", t.Sources[len(t.Sources)-1])),
			Sources: rows,
		}
	}
	return Answer{State: Proven, Says: forecast(r, t), Sources: rows}
}

// forecast is the sentence about a resource: "DS-PROD-01 is 95.6 % full,
// growing 25.8 GB a day; full about 13 June 2026 (13 whole days after the last
// sample)."
func forecast(r evidence.Series, t evidence.Trend) evidence.Statement {
	name := r.Resource
	switch {
	case !t.Fills && t.PerDay > 0:
		return say("{} is {} full and grows {}: no date in sight.", name, t.Fullness(), t.Growth())
	case !t.Fills:
		return say("{} is {} full and does not grow: no forecast.", name, t.Fullness())
	case t.Used >= t.Total:
		return say("{} is {} full.", name, t.Fullness())
	}
	return say("{} is {} full, growing {}; full about {} ({} after the last sample).", name, t.Fullness(), t.Growth(), t.Full(),
		evidence.Figure{
			Text: evidence.Of(t.Whole, "whole day", "whole days"), Value: float64(t.Whole), Unit: "days",
			Formula: "whole days of (total - used) / growth a day", Sources: t.Sources,
		})
}

func wholeDays(d time.Duration) int { return int(d / day) }

// limitFigure is a limit of the policy as a figure.
func limitFigure(p config.Policy, name string, d time.Duration) evidence.Figure {
	return evidence.Figure{Text: p.Limit(name).Text(), Value: d.Hours() / 24, Unit: "days", Formula: "policy limit " + name}
}
