package publish

import (
	"slices"
	"strings"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
	"proofpack/generator/name"
)

// slugLengths are how long names of files made of a value are cut, in
// characters: of systems and services, and of sources.
var slugLengths = []int{200, 40, 34}

// hide gathers the values of every column that the configuration hides, in
// every spelling that sentences may have, with what stands in their place.
func (p *Policy) hide(set *evidence.Set) {
	found := map[string]config.Treatment{} // value as written -> treatment
	note := func(value string, t config.Treatment, kind string) {
		value = strings.TrimSpace(value)
		if value == "" {
			return
		}
		found[value] = treatmentOf(found, value, t)
		if one := p.oneName(value); p.kinds[one] == "" {
			p.kinds[one] = kind
		}
	}
	for i := range set.Inputs {
		in := &set.Inputs[i]
		for at, c := range p.columns(in) {
			if !c.own || c.treatment == config.Show {
				continue
			}
			kind := kindOf(in.DataSet, c.names)
			for _, r := range in.Rows {
				if at < len(r.Cells) {
					for _, part := range partsOf(r.Cells[at]) {
						note(part, c.treatment, kind)
					}
				}
			}
		}
	}
	p.uncited(set, note)

	var asked []string
	for value, t := range found {
		if t == config.Pseudonym {
			asked = append(asked, p.oneName(value))
		}
	}
	p.nameAll(asked)

	instead := p.spellings(found)
	for _, spelling := range sorted(instead) {
		p.values.add(spelling, instead[spelling])
		for _, length := range slugLengths {
			p.files.add(name.Slug(spelling, length), name.Slug(instead[spelling], 34))
		}
	}
	p.values.order()
	p.files.order()
}

// spellings are what to look for in sentences, folded, and what stands in its
// place: each value, and what else it is written as. Where a short name could
// be of two persons it is nobody's but its own.
func (p *Policy) spellings(found map[string]config.Treatment) map[string]string {
	instead := map[string]string{}
	strict := map[string]config.Treatment{}
	for _, value := range sorted(found) {
		spelling := trimmed(folded(value))
		if ordinary(spelling) || p.role(spelling) {
			p.outright[spelling] = true
			continue
		}
		t := treatmentOf(strict, spelling, found[value])
		strict[spelling], instead[spelling] = t, p.stead(value, t)
	}
	short := map[string]string{}
	for _, value := range sorted(found) {
		for _, s := range shortNames(value) {
			s = trimmed(folded(s))
			if _, whole := instead[s]; whole || ordinary(s) || p.role(s) {
				continue
			}
			with := p.stead(value, found[value])
			if other, taken := short[s]; taken && other != with {
				with = p.stead(s, found[value])
			}
			short[s] = with
		}
	}
	for s, with := range short {
		instead[s] = with
	}
	return instead
}

// uncited are values of logs whose rows are counted and not kept.
func (p *Policy) uncited(set *evidence.Set, note func(string, config.Treatment, string)) {
	own := func(dataSet, column string) (config.Treatment, bool) {
		r, found := p.rule(dataSet, column)
		return r.Treatment, found && r.Own() && r.Treatment != config.Show
	}
	if t, is := own(evidence.SignIns, "login"); is {
		for _, trail := range set.Trails {
			note(trail.Login, t, "person")
		}
	}
	if t, is := own(evidence.SignIns, "app"); is {
		for _, a := range set.Access {
			note(a.App, t, "name")
		}
	}
	if t, is := own(evidence.Accounts, "login"); is {
		for i := range set.Accounts {
			a := &set.Accounts[i]
			for _, n := range append([]string{a.Key, a.Login}, a.Names...) {
				note(n, t, "person")
			}
		}
	}
}

// stead is what stands in a sentence in place of a value.
func (p *Policy) stead(value string, t config.Treatment) string {
	switch t {
	case config.Pseudonym:
		return p.pseudonym(value)
	case config.Mask:
		return masked(value)
	case config.Drop, config.Show:
	}
	return withheld
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
