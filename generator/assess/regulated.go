package assess

import (
	"slices"
	"strings"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// recordsKept (REG-01) asks whether systems that hold protected data keep their
// logs and backups as long as the rule asks.
var recordsKept = Check{
	ID:          "REG-01",
	Question:    "Are the logs of every regulated system collected, and its logs and backups kept as long as the rule asks?",
	Why:         "What was not kept cannot be shown to whoever asks years later.",
	Needs:       []string{evidence.Inventory},
	Rests:       []string{evidence.Services, evidence.Dependencies},
	Discipline:  Documentation,
	Consequence: AuditIssue,
	Gap:         Visibility,
	Limit:       limitOf("records-kept"),
	LimitFrom:   "45 CFR 164.316(b)(2)(i)",
	Controls:    controls("REG-01"),
	Closes:      "log coverage and the days that logs and backups are kept, in the inventory; “none” as data class where there is no protected data",
	Subjects:    mayBeRegulated,
	Judge:       judgeRecordsKept,
}

// openClasses are data classes that no rule protects.
var openClasses = []string{"none", "no", "public", "not regulated", "no protected data"}

// A Regulation is what makes a system a regulated one.
type Regulation struct {
	Holds     evidence.Answer // protected data; Unknown: nobody says
	Class     string          // its data class, its own or of the service
	Rule      string          // that a service names; "" when none does
	Sources   []diag.Pos      // rows that say so
	unsettled string          // what names no data class, where that is not known
}

// RegulationOf is whether a system holds protected data: by its own data class,
// or because a service needs it that has one or names a rule.
func RegulationOf(in *Input, system string) Regulation {
	s := in.index().systems[system]
	if s == nil {
		return Regulation{}
	}
	var r Regulation
	say := func(class string, p diag.Pos) {
		switch {
		case strings.TrimSpace(class) == "" || slices.Contains(openClasses, folded(class)):
		default:
			r.Holds, r.Sources = evidence.Yes, append(r.Sources, p)
			if r.Class == "" {
				r.Class = class
			}
		}
	}
	say(s.DataClass, s.Pos)
	if !slices.Contains(openClasses, folded(s.DataClass)) {
		r.unsettled = s.ID
	}
	for _, id := range in.Graph.ServicesOf(system) {
		v := in.index().services[id]
		if v == nil {
			continue
		}
		say(v.DataClass, v.Pos)
		if rule := strings.TrimSpace(v.RegulatedBy); rule != "" && !slices.Contains(openClasses, folded(rule)) {
			r.Holds, r.Sources = evidence.Yes, append(r.Sources, v.Pos)
			if r.Rule == "" {
				r.Rule = rule
			}
		}
		if r.unsettled == "" && !slices.Contains(openClasses, folded(v.DataClass)) {
			r.unsettled = in.serviceName(id)
		}
	}
	r.Sources = diag.Unique(r.Sources)
	switch {
	case r.Holds == evidence.Yes:
	case r.unsettled == "":
		r.Holds, r.Sources = evidence.No, at(s.Pos)
	}
	return r
}

// saysRegulated tells whether any export says anything of protected data or of
// how long records of systems are kept.
func (in *Input) saysRegulated() bool {
	return slices.ContainsFunc(in.Systems, func(s evidence.System) bool {
		return s.DataClass != "" || s.LogCovered != evidence.Unknown || s.LogDays.Known || s.BackupDays.Known
	}) || slices.ContainsFunc(in.Services, func(s evidence.Service) bool { return s.DataClass != "" || s.RegulatedBy != "" })
}

// mayBeRegulated are the systems of the inventory that hold protected data, or
// of which nobody says that they do not. Where no rule is in the policy and no
// export speaks of protected data at all, that is one answer.
func mayBeRegulated(in *Input) []Subject {
	if !in.Policy.Profile.Regulated() && !in.saysRegulated() {
		return []Subject{company(evidence.Inventory)}
	}
	return slices.DeleteFunc(inventorySystems(in), func(s Subject) bool { return RegulationOf(in, s.ID).Holds == evidence.No })
}

func judgeRecordsKept(in *Input, s Subject) Answer {
	if s.Kind == "source" {
		return Answer{Says: say("No export says which systems hold protected data.")}
	}
	r := RegulationOf(in, s.ID)
	system := in.index().systems[s.ID]
	if r.Holds != evidence.Yes {
		return Answer{Says: say("Whether {} holds protected data is not on record: {} names no data class.", s.Name, r.unsettled), Sources: at(system.Pos)}
	}
	var failed, missing []evidence.Statement
	switch system.LogCovered {
	case evidence.No:
		failed = append(failed, say("Its logs are not collected."))
	case evidence.Unknown:
		missing = append(missing, say("Whether its logs are collected is not on record."))
	case evidence.Yes:
	}
	kept := []struct {
		what, column string
		days         evidence.Number
		asked        bool
	}{
		{"logs", "log_retention_days", system.LogDays, true},
		{"backups", "backup_retention_days", system.BackupDays, system.BackupInScope == evidence.Yes || in.backedUp(system)},
	}
	var long []evidence.Statement
	for _, k := range kept {
		days := evidence.InDays(int(k.days.Value), k.column+" of "+s.ID, system.Pos)
		switch {
		case !k.asked:
		case !k.days.Known:
			missing = append(missing, say("How long its {} are kept is not on record.", k.what))
		case k.days.Value < float64(wholeDays(in.Policy.RecordsKept)):
			failed = append(failed, say("Its {} are kept for {}, and the rule asks for {}.", k.what, days, in.ruleFigure()))
		default:
			long = append(long, say("Its {} are kept for {}.", k.what, days))
		}
	}
	rows := diag.Unique(append(at(system.Pos), r.Sources...))
	switch {
	case len(failed) > 0:
		return Answer{State: Failed, Says: join(append(failed, missing...)...), Sources: rows, Drift: "records kept too short"}
	case len(missing) > 0:
		return Answer{Says: join(missing...), Sources: rows, Drift: "retention not recorded"}
	}
	return Answer{State: Proven, Says: join(append([]evidence.Statement{say("Its logs are collected.")}, long...)...), Sources: rows}
}

// backedUp tells whether backup is expected of a system, whether or not a
// service needs it: not of network gear, lines and cloud services.
func (in *Input) backedUp(s *evidence.System) bool {
	switch s.Class {
	case evidence.ClassEdge, evidence.ClassLine, evidence.ClassCloud:
		return false
	case evidence.ClassHypervisor, evidence.ClassStorage, evidence.ClassDatabase, evidence.ClassWeb,
		evidence.ClassDomainController, evidence.ClassBackup, evidence.ClassServer, evidence.ClassWorkstation, evidence.ClassOther:
	}
	return s.BackupInScope != evidence.No
}

// ruleFigure is the days that the rule asks for.
func (in *Input) ruleFigure() evidence.Figure {
	n := int(in.Policy.RecordsKept / (24 * time.Hour))
	return evidence.InDays(n, "policy limit records-kept ("+in.Policy.Limit("records-kept").Text()+")")
}
