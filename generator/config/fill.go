package config

import "strings"

// fill gives every limit its default, then what the profile says.
func (p *Policy) fill(overrides []override) {
	p.Limits = make([]Limit, len(limitTable))
	for i := range limitTable {
		row := &limitTable[i]
		p.Limits[i] = Limit{Name: row.name, Means: row.means, Checks: row.checks, Like: row.like}
		if row.like == "" {
			out, _ := row.put(p, strings.Fields(row.def)) // a test holds that every default is good
			p.record(i, out, row.source, 0)
		}
	}
	for _, o := range overrides {
		for i := range limitTable {
			if limitTable[i].name == o.limit {
				out, _ := limitTable[i].put(p, []string{o.value}) // as above
				p.record(i, out, o.source, 0)
			}
		}
	}
	p.follow()
}

// record notes a value that was set, and by whom.
func (p *Policy) record(i int, out printed, source string, line int) {
	l := &p.Limits[i]
	l.Value, l.Unit, l.Source, l.Line, l.Like = out.value, out.unit, source, line, ""
}

// follow gives each limit without a value of its own that of the limit it is like.
func (p *Policy) follow() {
	for i := range p.Limits {
		l := &p.Limits[i]
		if l.Like == "" {
			continue
		}
		for j := range limitTable {
			if limitTable[j].name == l.Like {
				from := p.Limits[j]
				l.Value, l.Unit, l.Source, l.Line = from.Value, from.Unit, from.Source, from.Line
				limitTable[i].follow(p, &limitTable[j])
			}
		}
	}
}

// inCurrency names the currency in the units of limits that are money.
func (p *Policy) inCurrency(currency string) {
	for i := range p.Limits {
		p.Limits[i].Unit = strings.Replace(p.Limits[i].Unit, currencyUnits, currency, 1)
	}
}
