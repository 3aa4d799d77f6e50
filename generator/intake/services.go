package intake

import "proofpack/generator/evidence"

// costParts are the columns that make up the cost of an hour, and what each
// part is called.
var costParts = []struct{ column, name string }{
	{"lost_output_per_hour", "lost_output"}, {"overtime_per_hour", "overtime"},
	{"idle_labour_per_hour", "idle_labour"}, {"penalty_per_hour", "penalty"},
}

// readService reads one business service.
func readService(r *row, set *evidence.Set) {
	s := evidence.Service{
		Pos: r.pos(), ID: r.key("service_id"), Name: r.text("name"), Stops: word(r, "stops", stops, "is neither revenue, service nor compliance"),
		CostPerHour: r.money("cost_per_hour"), FixedCost: r.money("fixed_cost"),
		HoursPerDay: r.hours("business_hours_per_day"), BusinessDays: r.text("business_days"), PeakWindow: r.text("peak_window"),
		MTDHours: r.hours("mtd_hours"), RTOHours: r.hours("rto_hours"), RPOHours: r.hours("rpo_hours"),
		Owner: r.person("owner"), Deputy: r.person("deputy"), EscalationOwner: r.person("escalation_owner"),
		DataClass: r.text("data_class"), RegulatedBy: r.text("regulated_by"),
	}
	r.costInParts(&s)
	if s.HoursPerDay.Known && (s.HoursPerDay.Value <= 0 || s.HoursPerDay.Value > 24) {
		v, col := r.cell("business_hours_per_day")
		r.bad("business_hours_per_day", col, v, "bad-number", "is not a number of hours in a day")
		s.HoursPerDay = evidence.Number{}
	}
	if currency := r.text("currency"); currency != "" && fold(currency) != fold(set.Currency) {
		v, col := r.cell("currency")
		r.bad("currency", col, v, "other-currency", "is not "+set.Currency+", the configured currency: the cost beside it is not read")
		s.CostPerHour, s.CostParts, s.FixedCost = evidence.Number{}, nil, evidence.Number{}
	}
	if s.Name == "" {
		s.Name = s.ID
	}
	r.identify(s.ID)
	if r.ok() {
		set.Services = append(set.Services, s)
	}
}

// costInParts reads the parts of the cost. Beside a whole cost they are kept as
// they are; alone they make the cost, unless one of them is blank or has no
// column: a sum that lacks a part would say less than is lost.
func (r *row) costInParts(s *evidence.Service) {
	sum, blank, absent := 0.0, "", ""
	for _, p := range costParts {
		n := r.money(p.column)
		switch {
		case n.Known:
			if s.CostParts == nil {
				s.CostParts = map[string]float64{}
			}
			s.CostParts[p.name] = n.Value
			sum += n.Value
		case r.m.has(p.column):
			blank = p.column
		default:
			absent = p.column
		}
	}
	switch {
	case s.CostPerHour.Known || s.CostParts == nil:
	case blank != "":
		_, col := r.cell(blank)
		r.say(issue{code: "part-blank", column: blank, col: col, text: "a part of the cost of %[1]q is blank, so its cost counts as not declared"}, s.ID)
		s.CostParts = nil
	case absent != "":
		r.say(issue{code: "part-absent", column: absent, col: -1, text: "a part of the cost of %[1]q has no column, " + absent + ", so its cost counts as not declared"}, s.ID)
		s.CostParts = nil
	default:
		s.CostPerHour = evidence.Known(sum)
	}
}
