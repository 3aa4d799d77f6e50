package assess

import (
	"slices"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// exportNames are data sets as they stand before "export" in a sentence.
var exportNames = map[string]string{
	evidence.Restores:      "restore test",
	evidence.Jobs:          "job",
	evidence.Alerts:        "alert",
	evidence.Tasks:         "task",
	evidence.Changes:       "change",
	evidence.Exceptions:    "exception",
	evidence.Patches:       "patch",
	evidence.KEV:           "KEV",
	evidence.EPSS:          "EPSS",
	evidence.Incidents:     "incident",
	evidence.Decisions:     "decision",
	evidence.Dependencies:  "dependency",
	evidence.AccessReviews: "access review",
	evidence.Vendors:       "vendor",
	evidence.Accounts:      "account",
	evidence.SignIns:       "sign-in",
	evidence.Leavers:       "leaver",

	evidence.Credentials:      "credential",
	evidence.Tickets:          "ticket",
	evidence.Sessions:         "session",
	evidence.Acknowledgements: "acknowledgement",
}

// export is a data set as it stands before "export" in a sentence.
func export(dataSet string) string {
	if name, ok := exportNames[dataSet]; ok {
		return name
	}
	return dataSet
}

// supply is what became of a data set over all its sources.
type supply struct {
	Sources, Read, Used, Rejected, Declared, Problems int // Declared is 0 where no source declares its rows
	File                                              []diag.Pos
}

func (in *Input) supply(dataSet string) supply {
	var s supply
	for _, src := range in.inputsOf(dataSet) {
		s.Sources++
		s.Read += src.Read
		s.Used += src.Used
		s.Rejected += src.Rejected
		s.Problems += len(src.Problems)
		if src.Expected > 0 {
			s.Declared += src.Expected
		}
		s.File = append(s.File, diag.Pos{File: src.File, Sheet: src.Sheet})
	}
	return s
}

// usable tells whether a data set has any row to judge by.
func (in *Input) usable(dataSet string) bool {
	return in.supply(dataSet).Used > 0 || in.recorded(dataSet)
}

// recorded tells whether there is any typed record of a data set.
func (in *Input) recorded(dataSet string) bool {
	switch dataSet {
	case evidence.Services:
		return len(in.Services) > 0
	case evidence.Inventory:
		return slices.ContainsFunc(in.Systems, func(s evidence.System) bool { return s.InInventory })
	case evidence.Dependencies:
		return len(in.Dependencies) > 0
	case evidence.Restores:
		return len(in.Restores) > 0
	case evidence.Jobs:
		return len(in.Jobs) > 0
	case evidence.Alerts:
		return len(in.Alerts) > 0
	case evidence.Capacity:
		return len(in.Samples) > 0
	case evidence.Tasks:
		return len(in.Tasks) > 0
	case evidence.RecoveryPlan:
		return len(in.Plan) > 0
	case evidence.Changes:
		return len(in.Changes) > 0
	case evidence.Exceptions:
		return len(in.Exceptions) > 0
	case evidence.Patches:
		return len(in.Patches) > 0
	case evidence.PatchStatus:
		return len(in.PatchStates) > 0
	case evidence.KEV:
		return len(in.KEVs) > 0
	case evidence.Incidents:
		return len(in.Incidents) > 0
	case evidence.Accounts:
		return len(in.Accounts) > 0
	case evidence.SignIns, evidence.AccessAggregate:
		return slices.ContainsFunc(in.AccessLogs, func(l evidence.AccessLog) bool {
			return l.Events > 0 && l.Aggregate == (dataSet == evidence.AccessAggregate)
		})
	case evidence.AccessReviews:
		return len(in.Reviews) > 0
	case evidence.Leavers:
		return len(in.Leavers) > 0
	case evidence.People:
		return len(in.People) > 0
	case evidence.Vendors:
		return len(in.Vendors) > 0
	case evidence.Credentials:
		return len(in.Credentials) > 0
	case evidence.Tickets:
		return len(in.Tickets) > 0
	case evidence.Sessions:
		return len(in.Sessions) > 0
	case evidence.Acknowledgements:
		return len(in.Acknowledgements) > 0
	}
	return false
}

// absent tells that a data set has no row to judge by, and why: nobody
// supplied it, it was declared with a row count and is not here, it cannot be
// read, it is short, or it has no rows.
func (in *Input) absent(dataSet string) (evidence.Statement, bool) {
	if in.usable(dataSet) {
		return evidence.Statement{}, false
	}
	s, name := in.supply(dataSet), export(dataSet)
	rows := func(n int, what string) evidence.Figure {
		return evidence.Counted(n, "row", "rows", what+" of the "+name+" export", s.File...)
	}
	switch {
	case s.Sources == 0 && in.Standing(dataSet) == evidence.Short:
		return say("The {} export is short: its number of rows was declared, and it is not here.", name), true
	case s.Sources == 0:
		return say("No {} export supplied.", name), true
	case s.Read == 0 && s.Problems > 0:
		return say("The {} export cannot be read.", name), true
	case s.Read > 0:
		return say("The {} export has {}, none of which could be used.", name, rows(s.Read, "rows read")), true
	case in.Standing(dataSet) == evidence.Short:
		return say("The {} export is short: it has {} of {} declared.", name,
			rows(0, "rows read").As("0"), rows(s.Declared, "rows declared")), true
	}
	return say("The {} export has {}.", name, rows(0, "rows read")), true
}

// short tells that a data set holds fewer rows than were declared.
func (in *Input) short(dataSet string) (evidence.Statement, bool) {
	if in.Standing(dataSet) != evidence.Short {
		return evidence.Statement{}, false
	}
	s, name := in.supply(dataSet), export(dataSet)
	if s.Sources == 0 || s.Read >= s.Declared {
		return say("Not proven: the {} export is short, for a source whose rows were declared is not here.", name), true
	}
	return say("Not proven: the {} export is short, with {} of {} declared, and proves nothing.", name,
		evidence.Count(s.Read, "rows read of the "+name+" export", s.File...).As(evidence.Whole(s.Read)),
		evidence.Counted(s.Declared, "row", "rows", "rows declared of the "+name+" export", s.File...)), true
}

// lost tells that rows a proof rests on are not here: a source is short, or
// rows of it could not be read. Then it proves nothing.
func (in *Input) lost(rests []string, s Subject) (evidence.Statement, bool) {
	for _, d := range rests {
		if statement, short := in.short(d); short {
			return statement, true
		}
		if statement, rejected := in.couldNotRead(d, s); rejected {
			return statement, true
		}
	}
	return evidence.Statement{}, false
}

// rests are the data sets that an answer rests on: what its check needs, and
// where its rows come from.
func (in *Input) rests(c *Check, sources []diag.Pos) []string {
	var out []string
	seen := map[string]bool{"": true}
	add := func(dataSet string) {
		if !seen[dataSet] {
			seen[dataSet] = true
			out = append(out, dataSet)
		}
	}
	for _, d := range c.Needs {
		add(d)
	}
	for _, d := range c.Rests {
		add(d)
	}
	for _, p := range sources {
		add(in.index().dataSet(p))
	}
	return out
}

// attested tells whether every supplied data set of a list is complete, and at
// least one is supplied.
func (in *Input) attested(dataSets []string) bool {
	supplied := false
	for _, d := range dataSets {
		if !in.Supplied(d) {
			continue
		}
		supplied = true
		if in.Standing(d) != evidence.Complete {
			return false
		}
	}
	return supplied
}
