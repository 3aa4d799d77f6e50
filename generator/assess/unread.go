package assess

import (
	"slices"
	"strings"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// unread are the rejected rows of a data set: each could have been bad news
// about what it names, and one that names nothing known about anything.
type unread struct {
	Any []diag.Pos            // rows about nobody knows what
	Of  map[string][]diag.Pos // system or service -> rows about it
}

// subjectColumns are the canonical columns that say what a row is about.
var subjectColumns = []string{"system", "system_id", "service", "service_id"}

// unreadRows are the rejected rows by data set.
func (in *Input) unreadRows() map[string]*unread {
	out := map[string]*unread{}
	var ids map[string]string
	for i := range in.Inputs {
		src := &in.Inputs[i]
		if src.Rejected == 0 {
			continue
		}
		if ids == nil {
			ids = in.idsByName()
		}
		u := out[src.DataSet]
		if u == nil {
			u = &unread{Of: map[string][]diag.Pos{}}
			out[src.DataSet] = u
		}
		u.add(src, ids)
	}
	return out
}

func (u *unread) add(src *evidence.Input, ids map[string]string) {
	var columns []int
	for _, c := range subjectColumns {
		if i := slices.Index(src.Header, src.Columns[c]); i >= 0 {
			columns = append(columns, i)
		}
	}
	listed := 0
	for _, r := range src.Rows {
		if r.Status != evidence.RowRejected {
			continue
		}
		listed++
		p := diag.Pos{File: src.File, Sheet: src.Sheet, Row: r.N}
		known := false
		for _, i := range columns {
			if i >= len(r.Cells) {
				continue
			}
			for _, name := range strings.FieldsFunc(r.Cells[i], func(c rune) bool { return c == ';' || c == ',' }) {
				if id, ok := ids[folded(name)]; ok {
					u.Of[id] = append(u.Of[id], p)
					known = true
				}
			}
		}
		if !known {
			u.Any = append(u.Any, p)
		}
	}
	if listed < src.Rejected {
		u.Any = append(u.Any, diag.Pos{File: src.File, Sheet: src.Sheet})
	}
}

func folded(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// idsByName finds systems and services by every name they are known by.
func (in *Input) idsByName() map[string]string {
	ids := map[string]string{}
	for i := range in.Systems {
		s := &in.Systems[i]
		for _, n := range append([]string{s.ID, s.InventoryID, s.Name, s.FQDN}, s.Names...) {
			if n != "" {
				ids[folded(n)] = s.ID
			}
		}
	}
	for i := range in.Services {
		s := &in.Services[i]
		ids[folded(s.ID)] = s.ID
		ids[folded(s.Name)] = s.ID
	}
	return ids
}

// couldNotRead tells that a row which could have changed a proof about a
// subject was rejected.
func (in *Input) couldNotRead(dataSet string, s Subject) (evidence.Statement, bool) {
	u := in.index().unread[dataSet]
	if u == nil {
		return evidence.Statement{}, false
	}
	rows := slices.Clone(u.Any)
	for _, id := range in.restsOn(dataSet, s) {
		rows = append(rows, u.Of[id]...)
	}
	if len(rows) == 0 {
		return evidence.Statement{}, false
	}
	rows = diag.Unique(rows)
	return say("Not proven: {} of the {} export, which could be about it, could not be read.",
		evidence.Counted(len(rows), "row", "rows", "rejected rows of the "+export(dataSet)+" export that name it, or nothing known", rows...), export(dataSet)), true
}

// restsOn are the systems and services whose rows a proof about a subject
// rests on: a service rests on everything it needs, and a change to what a
// system needs voids what was proven of it.
func (in *Input) restsOn(dataSet string, s Subject) []string {
	ids := append([]string{s.System, s.Service}, s.Also...)
	if s.Kind == "service" {
		ids = append(ids, in.Graph.Needs(s.ID)...)
	}
	if s.Kind == "system" && dataSet == evidence.Changes {
		ids = append(ids, in.Graph.NeedsOf(s.ID)...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
