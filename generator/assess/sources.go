package assess

import (
	"slices"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// sourceHere (GOV-03) asks for every export that checks rest on: here, whole,
// readable and of this month. It names what is short wherever a finding is
// lost with the rows it was about.
var sourceHere = Check{
	ID:          "GOV-03",
	Question:    "Is every export here, whole, readable and recent?",
	Why:         "A report built on half its evidence looks like one built on all of it.",
	Discipline:  Routines,
	Consequence: AuditIssue,
	Gap:         Visibility,
	Limit:       limitOf("data-age"),
	LimitFrom:   "judgement",
	Controls:    controls("GOV-03"),
	Closes:      "the export of this month, with the day it was made and its number of rows",
	Subjects:    dataSets,
	Judge:       judgeSourceHere,
}

// expectedSets are the data sets that the checks rest on, in the order of
// 03-data-sets.
var expectedSets = []string{
	evidence.Services, evidence.Inventory, evidence.Patches, evidence.PatchStatus, evidence.AccessReviews, evidence.Changes,
	evidence.Restores, evidence.Jobs, evidence.Alerts, evidence.Capacity, evidence.Exceptions, evidence.Tasks,
	evidence.RecoveryPlan, evidence.Incidents, evidence.Vendors, evidence.Credentials, evidence.Sessions, evidence.Acknowledgements,
	evidence.People, evidence.Leavers,
}

// dataSets are the expected data sets and any other that was supplied or
// declared.
func dataSets(in *Input) []Subject {
	sets := slices.Clone(expectedSets)
	for i := range in.Inputs {
		sets = append(sets, in.Inputs[i].DataSet)
	}
	for _, a := range in.Absent {
		sets = append(sets, a.DataSet)
	}
	slices.Sort(sets)
	var out []Subject
	for _, d := range slices.Compact(sets) {
		if d != "" {
			out = append(out, Subject{Kind: "source", ID: d, Name: export(d) + " export"})
		}
	}
	return out
}

func judgeSourceHere(in *Input, s Subject) Answer {
	if none, absent := in.absent(s.ID); absent {
		return Answer{Says: none, Drift: "export missing"}
	}
	if short, is := in.short(s.ID); is {
		return Answer{State: Failed, Says: short, Sources: in.supply(s.ID).File, Drift: "export short"}
	}
	rejected := 0
	var made time.Time
	var rows, files []diag.Pos
	for i, src := range in.inputsOf(s.ID) {
		rejected += src.Rejected
		files = append(files, diag.Pos{File: src.File, Sheet: src.Sheet})
		rows = append(rows, firstUsed(src)...)
		if t := in.MadeOn(src); i == 0 || t.Before(made) {
			made = t // the oldest; a source that does not say when is older than any
		}
	}
	read := in.supply(s.ID).Read
	of := evidence.Counted(read, "row", "rows", "rows read of the "+s.Name, files...)
	switch {
	case rejected > 0:
		return Answer{
			State: Failed, Says: say("{} of {} of the {} could not be read.",
				evidence.Count(rejected, "rows rejected of the "+s.Name, files...).As(evidence.Whole(rejected)), of, s.Name),
			Sources: files, Drift: "rows rejected",
		}
	case made.IsZero():
		return Answer{Says: say("The {} has {}; nothing says when it was made.", s.Name, of), Sources: files}
	case in.older(made, in.Policy.DataAge):
		return Answer{
			State: Stale, Says: say("The {} shows nothing later than {}, {} ago.", s.Name, in.on(made, "newest date of the "+s.Name, files...), in.since(made, "that date", files...)),
			Sources: files, Drift: "old export",
		}
	}
	return Answer{State: Proven, Says: say("The {} has {} and is of {}.", s.Name, of, in.on(made, "newest date of the "+s.Name, files...)), Sources: rows}
}

// regular are the data sets that have rows of every few days, so that their
// newest row dates the export.
var regular = []string{evidence.Jobs, evidence.Capacity, evidence.Patches, evidence.PatchStatus, evidence.KEV, evidence.EPSS}

// MadeOn is when an export was made: as its intake record says, else the
// newest row of a data set whose rows are regular, and the newest last-seen
// date of an inventory. Zero: nothing says it.
func (in *Input) MadeOn(src *evidence.Input) time.Time {
	switch {
	case !src.At.IsZero():
		return src.At
	case slices.Contains(regular, src.DataSet):
		return src.MaxDate
	case src.DataSet != evidence.Inventory:
		return time.Time{}
	}
	var newest time.Time
	for i := range in.Systems {
		if s := &in.Systems[i]; s.InInventory && s.Pos.File == src.File && s.Pos.Sheet == src.Sheet && s.LastSeen.After(newest) {
			newest = s.LastSeen
		}
	}
	return newest
}

// inputsOf are the sources of a data set.
func (in *Input) inputsOf(dataSet string) []*evidence.Input {
	var out []*evidence.Input
	for i := range in.Inputs {
		if in.Inputs[i].DataSet == dataSet {
			out = append(out, &in.Inputs[i])
		}
	}
	return out
}

// firstUsed is the place of the first row that was used; the file itself where
// its rows are not kept.
func firstUsed(src *evidence.Input) []diag.Pos {
	for _, r := range src.Rows {
		if r.Status == evidence.RowUsed {
			return at(diag.Pos{File: src.File, Sheet: src.Sheet, Row: r.N})
		}
	}
	return at(diag.Pos{File: src.File, Sheet: src.Sheet})
}
