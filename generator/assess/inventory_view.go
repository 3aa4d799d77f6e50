package assess

import (
	"maps"
	"slices"
	"strings"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// A Duplicate is several rows of the inventory that share what only one system
// can have.
type Duplicate struct {
	By      string   // "name", "full name", "serial number", "hardware address", "identifier"
	Value   string   // as compared
	Systems []string // ids, sorted
	Rows    []diag.Pos
}

// noSerial are serial numbers that makers leave in by the thousand.
var noSerial = map[string]bool{
	"to be filled by o.e.m.": true, "default string": true, "system serial number": true, "not specified": true, "not available": true, "0123456789": true, "123456789": true, "unknown": true,
}

// Duplicates finds rows of the inventory that are likely one system. Two rows
// that share several things are named once, by the first of them.
func (in *Input) Duplicates() []Duplicate {
	var out []Duplicate
	told := map[string]bool{}
	for _, by := range []struct {
		words string
		of    func(*evidence.System) []string
	}{
		{"identifier", func(s *evidence.System) []string {
			id, _, _ := strings.Cut(s.InventoryID, " (row ")
			return []string{id}
		}},
		{"serial number", func(s *evidence.System) []string { return []string{serial(s.Serial)} }},
		{"full name", func(s *evidence.System) []string { return []string{s.FQDN} }},
		{"name", func(s *evidence.System) []string { return []string{s.Name} }},
		{"hardware address", func(s *evidence.System) []string { return hardwareAddresses(s.MAC) }},
	} {
		groups := map[string][]*evidence.System{}
		for i := range in.Systems {
			s := &in.Systems[i]
			if !s.InInventory {
				continue
			}
			for _, v := range by.of(s) {
				if v = folded(v); v != "" && !slices.Contains(groups[v], s) {
					groups[v] = append(groups[v], s)
				}
			}
		}
		for _, value := range slices.Sorted(maps.Keys(groups)) {
			systems := groups[value]
			if len(systems) < 2 {
				continue
			}
			d := Duplicate{By: by.words, Value: value}
			for _, s := range systems {
				d.Systems, d.Rows = append(d.Systems, s.ID), append(d.Rows, s.Pos)
			}
			slices.Sort(d.Systems)
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(a, b Duplicate) int { return slices.Compare(a.Systems, b.Systems) })
	return slices.DeleteFunc(out, func(d Duplicate) bool {
		key := strings.Join(d.Systems, "\x00")
		again := told[key]
		told[key] = true
		return again
	})
}

// serial is a serial number that can tell two systems apart; "" else.
func serial(s string) string {
	if s = folded(s); len(s) < 4 || noSerial[s] || strings.Trim(s, s[:1]) == "" {
		return ""
	}
	return s
}

// hardwareAddresses are the addresses of a list that can be one system's only.
func hardwareAddresses(list string) []string {
	var out []string
	for _, a := range strings.FieldsFunc(list, func(r rune) bool { return r == ';' || r == ',' || r == ' ' }) {
		digits := strings.Map(func(r rune) rune {
			if strings.ContainsRune(":-.", r) {
				return -1
			}
			return r
		}, folded(a))
		if len(digits) == 12 && strings.Trim(digits, "0") != "" && strings.Trim(digits, "f") != "" {
			out = append(out, digits)
		}
	}
	return out
}

// A First is the oldest row of another export that shows a system.
type First struct {
	At      time.Time
	Pos     diag.Pos
	DataSet string
}

// FirstSeen is the oldest run, alert, sample or finding of a system; the zero
// First when no export dates one. The exports may begin later than the system.
func (in *Input) FirstSeen(system string) First {
	var first First
	see := func(t time.Time, p diag.Pos, dataSet string) {
		if !t.IsZero() && (first.At.IsZero() || t.Before(first.At)) {
			first = First{At: t, Pos: p, DataSet: dataSet}
		}
	}
	for _, j := range in.index().jobs[system] {
		for _, r := range j.Runs {
			see(r.At, r.Pos, evidence.Jobs)
		}
	}
	for _, g := range in.index().signatures[system] {
		for _, a := range g.Alerts {
			see(a.Raised, a.Pos, evidence.Alerts)
		}
	}
	for _, r := range in.index().resources[system] {
		for _, s := range r.Samples {
			see(s.At, s.Pos, evidence.Capacity)
		}
	}
	b := in.patchBook(system)
	for _, u := range slices.Concat(b.Open, b.Done) {
		see(u.FirstSeen, u.Pos, evidence.Patches)
	}
	for _, p := range b.Tools {
		see(p.LastScan, p.Pos, evidence.PatchStatus)
	}
	return first
}

// A Lag is how long a tool knew of a system before the inventory did.
type Lag struct {
	Known   bool // false: the inventory does not say when the row was made, or no export dates the system
	Days    int
	AtLeast bool // the row is younger than last month's inventory, and nothing says by how much
	Open    bool // still not in the inventory
	First   First
}

// Lag is the days from the first row of any tool to the inventory's own.
func (in *Input) Lag(system string) Lag {
	first := in.FirstSeen(system)
	out := Lag{First: first}
	s := in.index().systems[system]
	switch last := in.Last(); {
	case first.At.IsZero():
	case s == nil || !s.InInventory:
		out.Known, out.Open, out.Days = true, true, in.daysSince(first.At)
	case !s.Added.IsZero():
		out.Known, out.Days = true, max(0, evidence.DaysBetween(first.At, in.zoned(s.Added)))
	case last != nil && in.past(last).Kept[system] == nil && !first.At.After(last.AsOf):
		out.Known, out.AtLeast, out.Days = true, true, evidence.DaysBetween(first.At, in.zoned(last.AsOf))
	}
	return out
}
