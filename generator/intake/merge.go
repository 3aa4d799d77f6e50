package intake

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"proofpack/generator/evidence"
)

// mergeInventory makes one system of what several inventories say of it. The
// first file by name counts; the others fill in what it leaves blank. Within
// one file every row is a system of its own, whatever its id.
func (j *joiner) mergeInventory() {
	rows := j.set.Systems
	r := newResolver(nil, nil, nil)
	taken := map[string]bool{}
	merged := map[string]int{}
	for i := range rows {
		s := rows[i]
		if at := r.same(&s); at >= 0 {
			fill(&r.systems[at], &s)
			r.index(at)
			merged[place(s.Pos.File, s.Pos.Sheet)]++
			continue
		}
		s.InventoryID = freeID(s.InventoryID, s.Name, s.Pos.Row, taken)
		taken[fold(s.InventoryID)] = true
		r.systems = append(r.systems, s)
		r.index(len(r.systems) - 1)
	}
	j.set.Systems = r.systems
	for _, key := range sortedKeys(merged) {
		if in := j.inputs[key]; in != nil {
			in.Notes = append(in.Notes, evidence.Of(merged[key], "row", "rows")+" of systems that an earlier inventory has: what that leaves blank was filled in from here")
		}
	}
}

// uniqueServices keeps services of one id apart: references mean the first.
func (j *joiner) uniqueServices() {
	taken := map[string]bool{}
	for i := range j.set.Services {
		s := &j.set.Services[i]
		s.ID = freeID(s.ID, "", s.Pos.Row, taken)
		taken[fold(s.ID)] = true
	}
}

// freeID is an id that no earlier row has.
func freeID(id, name string, row int, taken map[string]bool) string {
	if !taken[fold(id)] {
		return id
	}
	if allDigits(id) && name != "" && !taken[fold(name)] {
		return name
	}
	free := fmt.Sprintf("%s (row %d)", id, row)
	for n := 2; taken[fold(free)]; n++ {
		free = fmt.Sprintf("%s (row %d, %d)", id, row, n)
	}
	return free
}

// same is the one system of another file that the row is about; -1 when none
// or several can be.
func (r *resolver) same(s *evidence.System) int {
	candidates := map[int]bool{}
	add := func(list []int) {
		for _, i := range list {
			o := &r.systems[i]
			elsewhere := o.Pos.File != s.Pos.File || o.Pos.Sheet != s.Pos.Sheet
			a, b := serialKey(o.Serial), serialKey(s.Serial)
			if elsewhere && (a == "" || b == "" || a == b) {
				candidates[i] = true
			}
		}
	}
	add(r.serials[serialKey(s.Serial)])
	if len(candidates) == 0 {
		for _, mac := range splitList(s.MAC) {
			add(r.macs[hardware(mac)])
		}
	}
	for _, n := range []string{s.FQDN, s.Name, s.InventoryID} {
		if len(candidates) > 0 {
			break
		}
		if key := bareName(n); key != "" && !allDigits(key) {
			add(r.fqdns[key])
			if len(candidates) == 0 {
				add(r.sameDomain(key))
			}
			if len(candidates) == 0 {
				add(r.names[fold(n)])
			}
		}
	}
	if len(candidates) != 1 {
		return -1
	}
	for i := range candidates {
		return i
	}
	return -1
}

// fill puts what a second inventory says where the first is blank.
func fill(to, from *evidence.System) {
	for _, n := range []string{from.InventoryID, from.Name, from.FQDN} {
		if n != "" && !allDigits(n) && n != to.InventoryID && n != to.Name && n != to.FQDN && !slices.Contains(to.Names, n) {
			to.Names = append(to.Names, n)
		}
	}
	for _, f := range []struct{ to, from *string }{
		{&to.Name, &from.Name}, {&to.FQDN, &from.FQDN}, {&to.Serial, &from.Serial}, {&to.IP, &from.IP}, {&to.MAC, &from.MAC},
		{&to.OS, &from.OS}, {&to.Version, &from.Version}, {&to.ConfigHash, &from.ConfigHash}, {&to.Owner, &from.Owner}, {&to.Status, &from.Status},
		{&to.Vendor, &from.Vendor}, {&to.DataClass, &from.DataClass},
	} {
		*f.to = cmp.Or(*f.to, *f.from)
	}
	if to.Kind == "" {
		to.Kind, to.Class = from.Kind, from.Class
	}
	for _, a := range []struct{ to, from *evidence.Answer }{
		{&to.Monitored, &from.Monitored}, {&to.Virtual, &from.Virtual}, {&to.Public, &from.Public}, {&to.BackupInScope, &from.BackupInScope},
	} {
		*a.to = cmp.Or(*a.to, *a.from)
	}
	to.SupportEnds = firstTime(to.SupportEnds, from.SupportEnds)
	if to.Added.IsZero() || !from.Added.IsZero() && from.Added.Before(to.Added) {
		to.Added = from.Added
	}
	if from.LastSeen.After(to.LastSeen) {
		to.LastSeen = from.LastSeen
	}
	to.Retired = to.Retired && from.Retired
	to.Services = union(to.Services, from.Services)
	to.RunsOn = union(to.RunsOn, from.RunsOn)
	to.DependsOn = union(to.DependsOn, from.DependsOn)
}

func firstTime(times ...time.Time) time.Time {
	for _, t := range times {
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

func union(a, b []string) []string {
	for _, v := range b {
		if !slices.ContainsFunc(a, func(have string) bool { return fold(have) == fold(v) }) {
			a = append(a, v)
		}
	}
	return a
}
