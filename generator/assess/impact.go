package assess

import (
	"proofpack/generator/evidence"
)

// impactRecorded (INV-04) asks what a failure costs.
var impactRecorded = Check{
	ID:          "INV-04",
	Question:    "Is it on record what the failure of every system and service costs?",
	Why:         "Work that is not ranked by impact is done in the order of noise.",
	Needs:       []string{evidence.Services},
	Rests:       []string{evidence.Inventory, evidence.Dependencies},
	Discipline:  Documentation,
	Consequence: Downtime,
	Gap:         OtherGap,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("INV-04"),
	Closes:      "cost an hour, maximum tolerable downtime, recovery time and data loss target of the service, and the service of the system",
	Subjects:    servicesAndSystems,
	Judge:       judgeImpactRecorded,
}

func judgeImpactRecorded(in *Input, s Subject) Answer {
	if s.Kind == "system" {
		return in.judgeImpactOfSystem(s)
	}
	service := in.index().services[s.ID]
	var blank []string
	for _, field := range []struct {
		name  string
		known bool
	}{
		{"cost an hour", service.CostPerHour.Known || len(service.CostParts) > 0},
		{"fixed cost of a failure", service.FixedCost.Known || service.Stops == evidence.StopsRevenue || service.Stops == evidence.StopsService},
		{"recovery time target (RTO)", service.RTOHours.Known},
		{"data loss target (RPO)", service.RPOHours.Known},
		{"maximum tolerable downtime (MTD)", service.MTDHours.Known},
	} {
		if !field.known {
			blank = append(blank, field.name)
		}
	}
	if len(blank) > 0 {
		return Answer{
			Says:    say("{} declares no {}.", s.Name, orWords(blank)),
			Sources: at(service.Pos),
		}
	}
	return Answer{
		State: Proven, Says: say("{} declares its cost an hour, its recovery targets and its maximum tolerable downtime.", s.Name),
		Sources: at(service.Pos),
	}
}

func (in *Input) judgeImpactOfSystem(s Subject) Answer {
	services := in.Graph.ServicesOf(s.ID)
	if len(services) == 0 {
		return Answer{
			Says:    say("No service on record needs {}, so nothing says what its failure costs.", s.Name),
			Sources: in.rowOf(s.ID),
		}
	}
	var names []string
	rows := in.rowOf(s.ID)
	for _, id := range services {
		names = append(names, in.serviceName(id))
		rows = append(rows, in.index().services[id].Pos)
	}
	if !in.index().least.IsCritical(s.ID) {
		return Answer{
			Says:    say("{} {} {} by edges that do not say their kind: they may move nothing.", evidence.And(names), evidence.Noun(len(names), "needs", "need"), s.Name),
			Sources: rows,
		}
	}
	return Answer{State: Proven, Says: say("{} {} {}.", evidence.And(names), evidence.Noun(len(names), "needs", "need"), s.Name), Sources: rows}
}

// orWords joins words after a "no": "A", "A and no B".
func orWords(words []string) string {
	for i := 1; i < len(words); i++ {
		words[i] = "no " + words[i]
	}
	return evidence.And(words)
}
