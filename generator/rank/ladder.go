package rank

import (
	"math"
	"strings"

	"proofpack/generator/evidence"
)

// ladder is what the stop of some services costs after so many hours: at the
// shortest recovery target, at one business day, at two. Hours times cost per
// business hour, so that the reader can redo it; what an outage costs once, and
// the work of recovery, come on top.
func (s *site) ladder(services []string) []Rung {
	var out []Rung
	rto, declared := s.shortestTarget(services)
	if declared {
		out = append(out, s.rung("RTO "+hoursText(rto), services, func(id string) float64 { return s.businessHours(id, rto) }))
	} else {
		out = append(out, Rung{Label: "RTO not declared", Formula: "recovery target not declared"})
	}
	out = append(out, s.rung("1 business day", services, s.dayHours))
	return append(out, s.rung("2 business days", services, func(id string) float64 { return 2 * s.dayHours(id) }))
}

// shortestTarget is the shortest recovery target of services, in elapsed hours.
func (s *site) shortestTarget(services []string) (float64, bool) {
	shortest, declared := math.Inf(1), false
	for _, id := range services {
		if h, known := positive(s.services[id].RTOHours); known {
			shortest, declared = min(shortest, h), true
		}
	}
	return shortest, declared
}

// rung is one step of a ladder. It is not known as long as one of the services
// declares no cost.
func (s *site) rung(label string, services []string, hours func(string) float64) Rung {
	r := Rung{Label: label, Known: true}
	total := 0.0
	var terms []string
	for _, id := range services {
		h := hours(id)
		r.Hours = max(r.Hours, h)
		cost, known := s.cost(id)
		if !known {
			r.Known = false
			terms = append(terms, hoursText(h)+" x cost of "+s.serviceName(id)+", not declared")
			continue
		}
		r.Sources = append(r.Sources, s.services[id].Pos)
		if cost == 0 && len(services) > 1 {
			continue // it adds nothing, and the formula stays readable
		}
		total += h * cost
		terms = append(terms, hoursText(h)+" x "+evidence.Money(cost, s.Currency))
	}
	r.Formula = strings.Join(terms, " + ")
	if r.Known {
		r.Amount = whole(total)
		if r.Formula == "" {
			r.Formula = evidence.Money(0, s.Currency)
		}
	}
	return r
}
