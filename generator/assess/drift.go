package assess

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// A Drift is an attribute of a system that is not what last month's inventory
// said.
type Drift struct {
	System    string // id; of a system that left the inventory, the id it had
	Attribute string // column; "" when the system is no longer in the inventory
	Was, Now  string // Now is "" where this month's inventory leaves it blank
	Past      *evidence.PastSystem
	Row       diag.Pos           // in this month's inventory; zero when it has none
	By        []*evidence.Change // changes to the system whose work began or ended since
	Maybe     []*evidence.Change // changes that could be it: none of their dates is one of the work, or they do not say that work began, or name no system
}

// Unrecorded tells that the attribute differs and no change on record could
// have made it so.
func (d *Drift) Unrecorded() bool {
	return d.Now != "" && len(d.By) == 0 && len(d.Maybe) == 0
}

// AttributeWords is a compared attribute as printed.
func AttributeWords(column string) string {
	switch column {
	case "os":
		return "operating system"
	case "config_hash":
		return "configuration"
	}
	return column
}

// Drifts compares every judged system of the inventory with last month's, by
// system and attribute. Without an earlier month there is nothing to compare
// with, and none.
func (in *Input) Drifts() []Drift {
	last := in.Last()
	if last == nil {
		return nil
	}
	var out []Drift
	for _, s := range inventorySystems(in) {
		out = append(out, in.driftsOf(s.ID, in.past(last).Kept[s.ID], last)...)
	}
	for _, p := range in.past(last).Gone {
		out = append(out, Drift{System: p.ID, Past: p})
	}
	slices.SortStableFunc(out, func(a, b Drift) int { return cmp.Compare(a.System, b.System) })
	return out
}

// driftsOf compares one system with what it was.
func (in *Input) driftsOf(system string, was *evidence.PastSystem, last *evidence.Month) []Drift {
	s := in.index().systems[system]
	if was == nil || s == nil {
		return nil
	}
	var out []Drift
	now := evidence.Compared(s)
	for _, a := range evidence.ComparedAttributes {
		if was.Attributes[a] == "" || strings.EqualFold(was.Attributes[a], now[a]) {
			continue
		}
		d := Drift{System: system, Attribute: a, Was: was.Attributes[a], Now: now[a], Past: was, Row: s.Pos}
		if d.Now != "" {
			d.By, d.Maybe = in.changesSince(system, last.AsOf)
		}
		out = append(out, d)
	}
	return out
}

// A pastInventory is an earlier inventory as today's sees it.
type pastInventory struct {
	Kept map[string]*evidence.PastSystem // by today's id
	Gone []*evidence.PastSystem          // in no inventory of today
}

// past reads an earlier inventory by today's names: a system may be called by
// another of its names now.
func (in *Input) past(last *evidence.Month) *pastInventory {
	if in.index().past != nil {
		return in.index().past
	}
	out := &pastInventory{Kept: map[string]*evidence.PastSystem{}}
	names := in.idsByName()
	for i := range last.Systems {
		p := &last.Systems[i]
		id, found := names[folded(p.ID)]
		if !found {
			id, found = names[folded(p.Name)]
		}
		s := in.index().systems[id]
		switch {
		case !found || s == nil || !s.InInventory:
			out.Gone = append(out.Gone, p)
		case out.Kept[id] == nil:
			out.Kept[id] = p
		}
	}
	in.index().past = out
	return out
}

// changesSince are the changes to a system since an instant: by those its work
// is on record, maybe those that could be it.
func (in *Input) changesSince(system string, since time.Time) (by, maybe []*evidence.Change) {
	within := func(t time.Time) bool { return t.After(since) && !t.After(in.AsOf) }
	for _, id := range []string{system, ""} {
		for _, c := range in.index().changes[id] {
			if !MaybeImplemented(c) {
				continue
			}
			began, ended := !c.NotActual && within(c.Started), !c.NotEnd && within(c.Ended)
			dated := !c.NotActual && !c.Started.IsZero() || !c.NotEnd && !c.Ended.IsZero()
			switch {
			case id != "" && c.Implemented && (began || ended):
				by = append(by, c)
			case began || ended || !dated && (within(c.Started) || within(c.Ended) || c.Started.IsZero() && c.Ended.IsZero()):
				maybe = append(maybe, c)
			}
		}
	}
	return by, maybe
}
