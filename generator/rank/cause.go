package rank

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// proofs are gaps taken as closed, to see what closing them is worth. The zero
// value closes none.
type proofs struct {
	restored map[string]bool // systems whose full restore is proven
	sound    map[string]bool // systems whose consistency check is good
	capacity map[string]bool // systems whose resources are known not to fill up
	room     map[string]bool // single resources of which that is known, by partKey
	patched  map[string]bool // systems that were scanned and have nothing open
	mended   map[string]bool // single vulnerabilities that are put right, by partKey
}

func (p *proofs) empty() bool {
	return len(p.restored)+len(p.sound)+len(p.capacity)+len(p.room)+len(p.patched)+len(p.mended) == 0
}

// everything closes every gap of some systems.
func everything(systems []string) proofs {
	all := map[string]bool{}
	for _, id := range systems {
		all[id] = true
	}
	return proofs{restored: all, sound: all, capacity: all, patched: all}
}

// A cause with what only the formulas need of it.
type cause struct {
	Cause
	response Range // currency units, where the cause is exploitation
}

const year = 365 // days; rates a year are of this length

// causes are the ways a system can stop. Their losses are filled in later.
func (s *site) causes(system string, shown proofs) []cause {
	out := []cause{s.baseRate(system)}
	if !shown.capacity[system] {
		out = append(out, s.filling(system, shown)...)
	}
	if !shown.patched[system] {
		out = append(out, s.exploits(system, shown)...)
	}
	days := s.Policy.Horizon.Hours() / 24
	for i := range out {
		out[i].P = out[i].within(days)
	}
	return out
}

// within is the probability that the cause strikes within so many days. What
// expected evidence would have to exclude is not excluded at the high bound.
func (c *cause) within(days float64) Range {
	var p Range
	for b, rate := range c.Rate {
		p[b] = -math.Expm1(-rate * days)
	}
	if c.Missing {
		p[High] = 1
	}
	return p
}

// baseRate is how often a system of the class fails by itself; its own
// incidents once there are enough of them.
func (s *site) baseRate(system string) cause {
	perYear, name := s.Policy.BaseRate.Other, "base-rate.other"
	if s.class(system) == evidence.ClassHypervisor {
		perYear, name = s.Policy.BaseRate.Hypervisor, "base-rate.hypervisor"
	}
	own := s.Policy.OwnIncidents
	var rows []diag.Pos
	for _, n := range s.outages[system] {
		age := evidence.DaysBetween(n.Started, s.AsOf)
		if n.Started.IsZero() || age >= 0 && float64(age) <= days(own.Within) { // without a date it may be one of them
			rows = append(rows, n.Pos)
		}
	}
	if own.Times > 0 && len(rows) >= own.Times {
		rate := float64(len(rows)) / days(own.Within)
		return constant("own incidents", rate, evidence.Count(len(rows),
			"count(incidents where root_system = "+system+", started within the days of own-incidents)", rows...))
	}
	c := constant("base rate", perYear/year, s.limit(name))
	if s.kindless(system) {
		c.Rate[High] = max(c.Rate[High], s.Policy.BaseRate.Hypervisor/year)
	}
	return c
}

func days(d time.Duration) float64 { return d.Hours() / 24 }

// constant is a cause whose rate is the same for the three bounds.
func constant(name string, rate float64, from ...evidence.Figure) cause {
	return cause{Cause: Cause{Name: name, Rate: Range{rate, rate, rate}, From: from}}
}

// filling is one cause for every resource that fills up, and for every one of
// which that is not known although it should be.
func (s *site) filling(system string, shown proofs) []cause {
	var out []cause
	for _, r := range s.series[system] {
		if shown.room[partKey(system, r.Resource)] {
			continue
		}
		t, known := r.Forecast(s.Policy.Capacity.Samples, s.Policy.Capacity.Span)
		switch {
		case !known:
			out = append(out, s.unknownCapacity(r.Resource+": too few samples to tell when it is full"))
		case t.Fills:
			left := t.Days(s.AsOf)
			name := r.Resource + " full in " + evidence.Of(left, "day", "days")
			if left < 1 {
				name = r.Resource + " is full"
			}
			out = append(out, constant(name, 1/float64(max(left, 1)), t.Fullness(), t.Growth(), t.Full()))
		}
	}
	if len(s.series[system]) == 0 && s.capacityExpected(system) {
		c := s.unknownCapacity("no capacity evidence")
		s.carryForward(&c, system)
		out = append(out, c)
	}
	return out
}

// carryForward takes the last day that an earlier packet forecast for a system
// as the likely one, where this month has no sample of it. The high bound stays:
// nothing excludes the worst.
func (s *site) carryForward(c *cause, system string) {
	for i := range slices.Backward(s.Earlier) {
		m := &s.Earlier[i]
		var soonest *evidence.PastForecast
		for k := range m.Forecasts {
			f := &m.Forecasts[k]
			if f.System == system && !f.FullOn.IsZero() && (soonest == nil || f.FullOn.Before(soonest.FullOn)) {
				soonest = f
			}
		}
		if soonest == nil {
			continue
		}
		full := soonest.FullOn.In(s.AsOf.Location())
		c.Name += ": " + soonest.Resource + " full about " + evidence.Day(full) + ", carried forward from " + evidence.MonthName(m.Name)
		c.Rate[Likely] = 1 / float64(max(evidence.DaysBetween(s.AsOf, full), 1))
		c.Rate[High] = max(c.Rate[High], c.Rate[Likely])
		c.From = append(c.From, evidence.OnDay(full, "full_on of "+soonest.Resource+" in the records of "+m.Name))
		return
	}
}

// unknownCapacity is a resource of which nobody knows when it is full: likely
// in the days of the policy's warning, at worst within the horizon.
func (s *site) unknownCapacity(name string) cause {
	rate := 1 / max(days(s.Policy.Capacity.Warn), 1)
	return cause{Cause: Cause{
		Name: name, Missing: true,
		Rate: Range{0, rate, rate},
		From: []evidence.Figure{s.limit("capacity.warn")},
	}}
}

// capacityExpected tells whether capacity evidence is expected of a system:
// hosts, storage, database and file servers, and what may be one.
func (s *site) capacityExpected(system string) bool {
	switch s.class(system) {
	case evidence.ClassHypervisor, evidence.ClassStorage, evidence.ClassDatabase:
		return true
	case evidence.ClassWeb, evidence.ClassEdge, evidence.ClassDomainController, evidence.ClassBackup, evidence.ClassServer,
		evidence.ClassWorkstation, evidence.ClassLine, evidence.ClassCloud, evidence.ClassOther:
	}
	return s.kindless(system) || strings.Contains(strings.ToLower(s.systems[system].Kind), "file")
}

// exploits is one cause for every open CVE, or one for a scan that nobody
// shows.
func (s *site) exploits(system string, shown proofs) []cause {
	v := s.systems[system]
	response, name := Range(s.Policy.ResponseOther), "response-cost.other"
	if s.class(system) == evidence.ClassEdge {
		response, name = Range(s.Policy.ResponseEdge), "response-cost.edge"
	}
	if s.kindless(system) {
		response[High] = max(response[High], s.Policy.ResponseEdge[High], s.Policy.ResponseOther[High])
	}
	if !s.scanned[system] {
		if v != nil && v.Retired {
			return nil
		}
		c := cause{Cause: Cause{Name: "no scan or patch state on record", Missing: true, From: []evidence.Figure{s.limit(name)}}, response: response}
		return []cause{c}
	}
	var out []cause
	for _, f := range s.open[system] {
		if shown.mended[partKey(system, f.CVE)] {
			continue
		}
		epss := s.epss(f)
		c := cause{Cause: Cause{Name: f.CVE + " open", From: []evidence.Figure{s.epssFigure(f, epss[Likely]), s.limit(name)}}, response: response}
		if f.CVE == "" { // it may be no vulnerability, and at the high bound it is one
			c.Name, epss[Low], epss[Likely] = nameless(f)+" open, of which no row says which CVE it is", 0, 0
		}
		for b, reach := range s.exposed(v) {
			c.Rate[b] = -math.Log1p(-min(epss[b], certain)) / 30 * reach
		}
		if f.KEV == evidence.Yes {
			c.Name += ", known to be exploited"
		}
		out = append(out, c)
	}
	return out
}

// certain keeps a rate finite: an EPSS of 1 would be an infinite one.
const certain = 0.99999

// epss is the probability that a vulnerability is exploited somewhere within
// 30 days: its score, else by severity, and at least so much when it is known
// to be exploited. At the high bound a severity that nobody says is the worst,
// and what nobody looked up is known to be exploited.
func (s *site) epss(f *evidence.PatchFinding) Range {
	p, known := declared(f.EPSS)
	worst := p
	if !known {
		switch strings.ToLower(f.Severity) {
		case "critical":
			p = s.Policy.EPSS.Critical
		case "high":
			p = s.Policy.EPSS.High
		default:
			p = s.Policy.EPSS.Other
		}
		worst = p
		if strings.TrimSpace(f.Severity) == "" {
			worst = max(p, s.Policy.EPSS.Critical, s.Policy.EPSS.High)
		}
	}
	switch f.KEV {
	case evidence.Yes:
		p, worst = max(p, s.Policy.EPSS.KnownExploited), max(worst, s.Policy.EPSS.KnownExploited)
	case evidence.Unknown:
		worst = max(worst, s.Policy.EPSS.KnownExploited)
	case evidence.No:
	}
	return Range{min(p, 1), min(p, 1), min(worst, 1)}
}

// nameless is what an open row without a CVE is called: its title, else the id
// its tool gives it.
func nameless(f *evidence.PatchFinding) string {
	return cmp.Or(strings.TrimSpace(f.Title), strings.TrimSpace(f.ID), "a finding")
}

func (s *site) epssFigure(f *evidence.PatchFinding, epss float64) evidence.Figure {
	formula := "epss of the row"
	known := false
	if _, known = declared(f.EPSS); !known {
		name := map[string]string{"critical": "epss.critical", "high": "epss.high"}[strings.ToLower(f.Severity)]
		if name == "" {
			name = "epss.other"
		}
		formula = s.limit(name).Formula
	}
	if f.KEV == evidence.Yes {
		formula += ", at least " + s.limit("epss.known-exploited").Formula
	}
	return evidence.Figure{Text: "EPSS " + decimal(epss), Value: epss, Unit: "within 30 days", Formula: formula, Sources: []diag.Pos{f.Pos}}
}

// exposed is the share of exploitation that reaches a system; where nobody says
// whether it faces the internet, it does at the high bound.
func (s *site) exposed(v *evidence.System) Range {
	public, internal := s.Policy.Exposed.Public, s.Policy.Exposed.Internal
	s.limit("exposed.public")
	s.limit("exposed.internal")
	answer := evidence.Unknown
	if v != nil {
		answer = v.Public
	}
	switch answer {
	case evidence.Yes:
		return Range{public, public, public}
	case evidence.No:
		return Range{internal, internal, internal}
	case evidence.Unknown:
	}
	return Range{internal, internal, max(public, internal)}
}
