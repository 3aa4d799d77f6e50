package history

import (
	"cmp"
	"slices"
	"strings"

	"proofpack/generator/assess"
	"proofpack/generator/evidence"
	"proofpack/generator/publish"
	"proofpack/generator/rank"
)

// Record is what a month leaves for those after it: what it rested on and what
// it said, in names as readers see them, so that an archive gives nothing away
// that its pages hide.
func Record(name, method string, in *assess.Input, res *assess.Result, ranking *rank.Ranking, policy *publish.Policy) evidence.Month {
	r := &recorder{in: in, res: res, text: policy.Text}
	return evidence.Month{
		Name: name, AsOf: in.AsOf, Method: method, Publish: policy.Naming(),
		DataSets: usable(in.Set), Limits: r.limits(), Checks: r.checks(),
		Counts: byWord(assess.CountFindings(res.Findings)), Cells: byWord(assess.CountCells(assess.Cells(res, in.Services))),
		Systems: r.systems(), Accounts: r.accounts(), Services: r.services(ranking), Findings: r.findings(), Forecasts: r.forecasts(), Deliveries: r.deliveries(),
	}
}

// A recorder writes the records of one month.
type recorder struct {
	in   *assess.Input
	res  *assess.Result
	text func(string) string // as the publish policy shows it
}

// usable are the data sets that prove something: supplied, with rows, not short.
func usable(set *evidence.Set) []string {
	var all []string
	for i := range set.Inputs {
		d := set.Inputs[i].DataSet
		if !slices.Contains(all, d) && set.RowsRead(d) > 0 && set.Standing(d) != evidence.Short {
			all = append(all, d)
		}
	}
	slices.Sort(all)
	return all
}

func byWord(c assess.Counts) map[string]int {
	out := map[string]int{}
	for _, s := range assess.States {
		out[s.String()] = c.Of(s)
	}
	return out
}

func (r *recorder) limits() map[string]string {
	out := map[string]string{}
	for _, l := range r.in.Policy.Limits {
		out[l.Name] = l.Text()
	}
	return out
}

func (r *recorder) checks() map[string]string {
	out := map[string]string{}
	for _, c := range assess.Checks {
		out[c.ID] = c.Limit(r.in.Policy)
	}
	return out
}

// systems are the rows of the inventory. An attribute that a rule hides is left
// out where nothing could be compared with what is shown of it.
func (r *recorder) systems() []evidence.PastSystem {
	var all []evidence.PastSystem
	for i := range r.in.Systems {
		s := &r.in.Systems[i]
		if !s.InInventory {
			continue
		}
		past := evidence.PastSystem{ID: r.text(s.ID), Name: r.text(s.Name), Row: s.Pos.Row, File: s.Pos.File, Attributes: map[string]string{}}
		for name, value := range evidence.Compared(s) {
			if shown := r.text(value); !hidden(shown) {
				past.Attributes[name] = shown
			}
		}
		all = append(all, past)
	}
	slices.SortStableFunc(all, func(a, b evidence.PastSystem) int {
		return cmp.Or(strings.Compare(a.ID, b.ID), cmp.Compare(a.Row, b.Row))
	})
	return all
}

// hidden tells that a name was masked or withheld: many things share it.
func hidden(name string) bool {
	return strings.Contains(name, "•") || strings.Contains(name, "[withheld]")
}

func (r *recorder) accounts() []evidence.PastAccount {
	var all []evidence.PastAccount
	for i := range r.in.Accounts {
		a := &r.in.Accounts[i]
		all = append(all, evidence.PastAccount{Key: r.text(a.Key), Privileged: a.Privileged == evidence.Yes, Enabled: a.Enabled != evidence.No})
	}
	slices.SortStableFunc(all, func(a, b evidence.PastAccount) int {
		return cmp.Or(strings.Compare(a.Key, b.Key), compareBool(a.Privileged, b.Privileged), compareBool(a.Enabled, b.Enabled))
	})
	return all
}

func (r *recorder) services(ranking *rank.Ranking) []evidence.PastService {
	var all []evidence.PastService
	for i := range ranking.Services {
		s := &ranking.Services[i]
		past := evidence.PastService{ID: r.text(s.ID), Rank: s.Rank, Recovery: assess.RecoveryState(r.res, s.ID).String()}
		if service := r.in.Service(s.ID); service != nil {
			past.Name = r.text(cmp.Or(service.Name, service.ID))
		}
		if s.Exposure.Known {
			past.Likely = amount(float64(s.Exposure.Likely))
			if !s.Exposure.Unbounded {
				past.High = amount(float64(s.Exposure.High))
			}
		}
		if len(s.Drivers) > 0 {
			past.RecoveryHours = amount(s.Hours[rank.Likely])
		}
		all = append(all, past)
	}
	return all
}

func amount(v float64) *float64 { return &v }

func (r *recorder) findings() []evidence.PastFinding {
	var all []evidence.PastFinding
	for i := range r.res.Findings {
		f := &r.res.Findings[i]
		past := evidence.PastFinding{
			ID: r.text(f.ID), Check: f.Check.ID, Kind: f.Subject.Kind, Subject: r.text(f.Subject.ID), Name: r.text(cmp.Or(f.Subject.Name, f.Subject.ID)),
			System: r.text(f.Subject.System), State: f.State.String(), Text: r.text(f.Says.String()),
		}
		if f.Subject.Kind == "system" {
			past.System = past.Subject
		}
		for _, s := range f.Services {
			past.Services = append(past.Services, r.text(s))
		}
		all = append(all, past)
	}
	slices.SortStableFunc(all, func(a, b evidence.PastFinding) int {
		return cmp.Or(strings.Compare(a.ID, b.ID), cmp.Compare(badness(b.State), badness(a.State)))
	})
	return all
}

func (r *recorder) forecasts() []evidence.PastForecast {
	var all []evidence.PastForecast
	for _, s := range r.in.Resources() {
		t, known := s.Forecast(r.in.Policy.Capacity.Samples, r.in.Policy.Capacity.Span)
		if !known {
			continue
		}
		past := evidence.PastForecast{System: r.text(s.System), Resource: r.text(s.Resource), UsedPercent: t.Percent(), PerDay: t.PerDay}
		if t.Fills {
			past.FullOn, past.Days = t.FullOn, t.Days(r.in.AsOf.In(zoneOf(r.in.Set)))
		}
		all = append(all, past)
	}
	return all
}

func (r *recorder) deliveries() []evidence.Delivery {
	var all []evidence.Delivery
	for i := range r.in.Inputs {
		in := &r.in.Inputs[i]
		all = append(all, evidence.Delivery{DataSet: in.DataSet, File: in.File, Rows: in.Read})
	}
	return all
}
