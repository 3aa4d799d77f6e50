package intake

import (
	"slices"
	"time"

	"proofpack/generator/evidence"
)

// number is a plain number.
func (r *row) number(column string) evidence.Number {
	v, col := r.cell(column)
	if isBlank(v) {
		return evidence.Number{}
	}
	n, unit, ok := r.styles[col].withUnit(v)
	if !ok || unit == "?" {
		r.bad(column, col, v, "bad-number", "is not a number")
		return evidence.Number{}
	}
	return evidence.Known(n)
}

// money is an amount that is not negative.
func (r *row) money(column string) evidence.Number {
	v, col := r.cell(column)
	if isBlank(v) {
		return evidence.Number{}
	}
	n, unit, ok := r.styles[col].withUnit(v)
	if !ok || n < 0 || unit == "?" {
		r.bad(column, col, v, "bad-number", "is not an amount")
		return evidence.Number{}
	}
	if unit == "" {
		unit = r.headingUnit(column, col)
	}
	if !inCurrency(unit, r.set.Currency) {
		r.bad(column, col, v, "other-currency", "is in "+unit+" and not in "+r.set.Currency)
		return evidence.Number{}
	}
	return evidence.Known(n)
}

// hours is a length of time in hours, minutes the same in minutes.
func (r *row) hours(column string) evidence.Number   { return r.span(column, "h", time.Hour) }
func (r *row) minutes(column string) evidence.Number { return r.span(column, "min", time.Minute) }

func (r *row) span(column, unit string, in time.Duration) evidence.Number {
	v, col := r.cell(column)
	if isBlank(v) {
		return evidence.Number{}
	}
	if u := r.headingUnit(column, col); spans[u] > 0 {
		unit = u
	}
	d, ok := r.styles[col].span(v, unit)
	if !ok {
		r.bad(column, col, v, "bad-number", "is not a length of time")
		return evidence.Number{}
	}
	return evidence.Known(float64(d) / float64(in))
}

// size is an amount of storage in its unit: the value's own, else the
// heading's, else "".
func (r *row) size(column string) (n evidence.Number, unit string) {
	v, col := r.cell(column)
	if isBlank(v) {
		return evidence.Number{}, ""
	}
	f, unit, ok := r.styles[col].withUnit(v)
	if !ok || f < 0 || unit != "" && sizes[unit] == 0 && unit != "%" {
		r.bad(column, col, v, "bad-number", "is not an amount of storage")
		return evidence.Number{}, ""
	}
	if u := r.headingUnit(column, col); unit == "" && (sizes[u] > 0 || u == "%") {
		unit = u
	}
	return evidence.Known(f), unit
}

// headingUnit is the unit that a heading names beside the name of the column:
// used_gb and Used (GB) do; business_hours_per_day is a name as a whole.
func (r *row) headingUnit(column string, col int) string {
	if col < 0 {
		return ""
	}
	h := r.m.headings[col]
	if h.base != h.key && slices.Contains(r.m.set.column(column).keys, h.key) {
		return ""
	}
	return h.unit
}

// bytes is an amount of storage in bytes; a plain number without a unit is one.
func (r *row) bytes(column string) evidence.Number {
	n, unit := r.size(column)
	if each := sizes[unit]; each > 0 {
		n.Value *= each
	}
	return n
}
