package intake

import "proofpack/generator/evidence"

// readSample reads one measurement. Used and total come out in one unit: the
// heading's where it names one, GB where values carry different units. Free
// space stands for used where a total is there; a percentage is of 100.
func readSample(r *row, set *evidence.Set) {
	s := evidence.Sample{Pos: r.pos(), System: r.name("system"), Resource: r.key("resource"), At: r.when("sample_date")}
	if s.System == "" {
		r.reject("system is empty")
	}
	used, unit := r.size("used")
	total, totalUnit := r.size("total")
	if free, freeUnit := r.size("free"); !used.Known && free.Known && total.Known {
		a, b := sameUnit(&free.Value, freeUnit, &total.Value, totalUnit)
		if a != b || free.Value > total.Value {
			r.reject("free and total do not fit together")
		}
		used, unit, totalUnit = evidence.Known(total.Value-free.Value), a, b
	}
	percent := r.number("used_percent")
	switch {
	case used.Known && total.Known:
		s.Used, s.Total = used.Value, total.Value
		a, b := sameUnit(&s.Used, unit, &s.Total, totalUnit)
		if a != b {
			r.reject("used and total are in different units")
		}
		s.Unit = a
	case used.Known && unit == "%" && !total.Known:
		s.Used, s.Total, s.Unit = used.Value, 100, "%"
	case percent.Known:
		s.Used, s.Total, s.Unit = percent.Value, 100, "%"
	default:
		r.reject("used or total is empty or no number")
	}
	if s.Total <= 0 || s.Used < 0 {
		r.reject("total is not above zero")
	}
	r.identify(s.System, s.Resource, s.At.String())
	if r.ok() {
		set.Samples = append(set.Samples, s)
	}
}

// sameUnit brings two amounts into one unit, and answers with the unit of each.
func sameUnit(a *float64, unitA string, b *float64, unitB string) (string, string) {
	switch {
	case unitA == unitB:
		return unitA, unitB
	case unitA == "" && sizes[unitB] > 0:
		return unitB, unitB // the heading or value of one names the unit of both
	case unitB == "" && sizes[unitA] > 0:
		return unitA, unitA
	case sizes[unitA] > 0 && sizes[unitB] > 0:
		*a *= sizes[unitA] / sizes["GB"]
		*b *= sizes[unitB] / sizes["GB"]
		return "GB", "GB"
	}
	return unitA, unitB
}

func sampleNames(set *evidence.Set, visit visitor) {
	for i := range set.Samples {
		visit(mention{pos: set.Samples[i].Pos, name: &set.Samples[i].System, subject: true})
	}
}
