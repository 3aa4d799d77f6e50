package history

import (
	"slices"

	"proofpack/generator/evidence"
	"proofpack/generator/publish"
)

// Recognise is the record of an earlier month in the names of this month's
// exports, so that checks can compare the two: where a rule publishes a thing
// by another name, the record holds that. A name that several things share,
// because it is masked, stays as it is.
func Recognise(m evidence.Month, set *evidence.Set, policy *publish.Policy) evidence.Month {
	if !policy.Active() {
		return m
	}
	name := namer(set, policy)
	m.Systems, m.Accounts, m.Services = slices.Clone(m.Systems), slices.Clone(m.Accounts), slices.Clone(m.Services)
	m.Findings, m.Forecasts = slices.Clone(m.Findings), slices.Clone(m.Forecasts)
	for i := range m.Systems {
		s := &m.Systems[i]
		s.ID, s.Name = name(s.ID), name(s.Name)
		attributes := map[string]string{}
		for k, v := range s.Attributes {
			attributes[k] = name(v)
		}
		s.Attributes = attributes
	}
	for i := range m.Accounts {
		m.Accounts[i].Key = name(m.Accounts[i].Key)
	}
	for i := range m.Services {
		m.Services[i].ID, m.Services[i].Name = name(m.Services[i].ID), name(m.Services[i].Name)
	}
	for i := range m.Findings {
		f := &m.Findings[i]
		f.Subject, f.Name, f.System = name(f.Subject), name(f.Name), name(f.System)
		f.Services = slices.Clone(f.Services)
		for k := range f.Services {
			f.Services[k] = name(f.Services[k])
		}
	}
	for i := range m.Forecasts {
		m.Forecasts[i].System, m.Forecasts[i].Resource = name(m.Forecasts[i].System), name(m.Forecasts[i].Resource)
	}
	return m
}

// namer undoes what the policy makes of the names of a month's exports.
func namer(set *evidence.Set, policy *publish.Policy) func(string) string {
	raw, shared := map[string]string{}, map[string]bool{}
	note := func(names ...string) {
		for _, n := range names {
			shown := policy.Text(n)
			if shown == n || n == "" {
				continue
			}
			if other, taken := raw[shown]; taken && other != n {
				shared[shown] = true
			}
			raw[shown] = n
		}
	}
	for i := range set.Accounts {
		note(set.Accounts[i].Key)
	}
	for i := range set.Systems {
		s := &set.Systems[i]
		note(s.ID, s.Name)
		for _, v := range evidence.Compared(s) {
			note(v)
		}
	}
	for i := range set.Services {
		note(set.Services[i].ID, set.Services[i].Name)
	}
	for i := range set.Samples {
		note(set.Samples[i].Resource)
	}
	return func(shown string) string {
		if n, found := raw[shown]; found && !shared[shown] && !hidden(shown) {
			return n
		}
		return shown
	}
}

// Nameless is what is left of a record whose names are hidden by other rules
// than those in use: its numbers. Its names could give away what this month
// hides, and mean other things.
func Nameless(m evidence.Month) evidence.Month {
	m.Systems, m.Accounts, m.Services, m.Findings, m.Forecasts = nil, nil, nil, nil, nil
	return m
}
