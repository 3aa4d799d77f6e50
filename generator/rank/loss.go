package rank

import (
	"math"
	"slices"

	"proofpack/generator/evidence"
)

// An event is the loss of one system: what stops, how long, and why it may
// happen.
type event struct {
	system   string
	hours    Range
	elements []Element
	down     []string // services

	downWorst   []string // services that nothing excludes: down and perhaps more
	downCertain []string // services that stop whatever is left open: down or fewer
	guests      []string // systems that may run on it: no export says where they run
	guestHours  float64  // to restore those, at the high bound

	causes []cause
	short  bool // it rests on a short source: it has no high bound
}

func (s *site) event(system string, shown proofs) *event {
	e := &event{system: system, down: s.down(system), causes: s.causes(system, shown), short: s.short}
	set := s.recoverySet(system)
	worst, guests := s.openly(e, set)
	hours := map[string]Range{}
	for _, id := range worst {
		el := s.element(id, shown)
		hours[id] = el.Hours
		e.short = e.short || s.void && el.Measured
		if !slices.Contains(set, id) {
			el.Hours[Low], el.Hours[Likely], el.Measured = 0, 0, false
			el.From = "may be lost with it, no export says otherwise: " + el.From
		}
		e.elements = append(e.elements, el)
	}
	if guests {
		e.guests = s.doubt.guests
		e.guestHours = s.guestHours(worst)
	}
	for b := range e.hours {
		lost := set
		if b == High {
			lost = worst
		}
		e.hours[b] = s.detect[b] + s.recover(lost, hours, b)
		if b == High {
			e.hours[b] += e.guestHours
		}
		if b > 0 { // more teams can end sooner although a step takes longer; a bound never does
			e.hours[b] = max(e.hours[b], e.hours[b-1])
		}
	}
	for i := range e.causes {
		for b := range e.causes[i].Loss {
			e.causes[i].Loss[b] = s.loss(e, b) + e.causes[i].response[b]
		}
	}
	slices.SortStableFunc(e.causes, byLoss)
	return e
}

// recover is how long the teams take, in hours.
func (s *site) recover(set []string, hours map[string]Range, bound int) float64 {
	if s.Policy.RecoveryTeams <= 1 { // one team does one after the other, in whatever order
		total := 0.0
		for _, id := range set {
			total += hours[id][bound]
		}
		return total
	}
	g := s.Graph
	if bound == High {
		g = s.doubt.worst
	}
	plan := g.Schedule(set, func(id string) (float64, bool) { return hours[id][bound] * 60, true }, s.Policy.RecoveryTeams)
	return plan.Total / 60
}

// loss is what one outage costs at a bound, without response.
func (s *site) loss(e *event, bound int) float64 {
	t := e.hours[bound]
	total := s.labour(t)
	for _, id := range e.stopsAt(bound) {
		if cost, known := s.cost(id); known {
			total += s.businessHours(id, t)*cost + s.fixed(id)
		}
	}
	return total
}

// labour is the hands-on work of an outage of so many hours.
func (s *site) labour(t float64) float64 { return t * s.Policy.HandsOn * s.Policy.LabourRate }

// share is one service's part of a cause: its own hours and fixed cost, and of
// labour and response a part in proportion to cost per hour, equally where all
// are zero. A service of unknown cost carries no part.
func (s *site) share(e *event, c *cause, service string, bound int) float64 {
	cost, known := s.cost(service)
	if !known || !slices.Contains(e.stopsAt(bound), service) {
		return 0
	}
	sum, n := 0.0, 0
	for _, id := range e.beside(service, bound) {
		if other, known := s.cost(id); known {
			sum += other
			n++
		}
	}
	part := 1 / float64(n)
	if sum > 0 {
		part = cost / sum
	}
	t := e.hours[bound]
	return s.businessHours(service, t)*cost + s.fixed(service) + part*(s.labour(t)+c.response[bound])
}

// cost is what a lost business hour of a service costs; false when nobody
// declared it.
func (s *site) cost(service string) (float64, bool) {
	v := s.services[service]
	if v == nil {
		return 0, false
	}
	return costOf(v)
}

// costOf is the cost of a business hour as declared, or the sum of its declared
// parts.
func costOf(v *evidence.Service) (float64, bool) {
	if cost, known := declared(v.CostPerHour); known {
		return cost, true
	}
	sum := 0.0
	for _, name := range sortedKeys(v.CostParts) {
		part, known := declared(evidence.Known(v.CostParts[name]))
		if !known {
			return 0, false
		}
		sum += part
	}
	return sum, len(v.CostParts) > 0
}

// fixed is what an outage of a service costs once, whatever its length.
func (s *site) fixed(service string) float64 {
	cost, _ := declared(s.services[service].FixedCost)
	return cost
}

// dayHours is the business hours of a day of a service.
func (s *site) dayHours(service string) float64 {
	if v := s.services[service]; v != nil {
		if h, known := positive(v.HoursPerDay); known {
			return min(h, 24)
		}
	}
	s.limit("hours-per-day")
	return s.Policy.HoursPerDay
}

// businessHours is the business hours lost in an outage of t elapsed hours that
// begins at the worst moment, when a business day begins.
func (s *site) businessHours(service string, t float64) float64 {
	h := s.dayHours(service)
	whole := math.Floor(t / 24)
	return whole*h + min(t-24*whole, h)
}

// unpriced tells whether a service declares less than the whole of what its
// failure costs: no cost of an hour, or nothing fixed although it may stop
// compliance, where an outage costs once whatever its length.
func (s *site) unpriced(service string) bool {
	if _, known := s.cost(service); !known {
		return true
	}
	v := s.services[service]
	_, fixed := declared(v.FixedCost)
	return !fixed && (v.Stops == evidence.StopsCompliance || v.Stops == "")
}

// declaredOf tells how many of the services that stop have a declared cost.
func (s *site) declaredOf(services []string) int {
	n := 0
	for _, id := range services {
		if _, known := s.cost(id); known {
			n++
		}
	}
	return n
}

// perHour is the declared cost of a business hour of everything that stops.
func (s *site) perHour(services []string) float64 {
	sum := 0.0
	for _, id := range services {
		cost, _ := s.cost(id)
		sum += cost
	}
	return sum
}
