package intake

import (
	"fmt"
	"strings"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
)

// An order says how the numeric dates of one column are read. It is decided
// for the whole column, never for a cell.
type order struct {
	monthFirst bool
	sep        byte // the sign between the parts; 0: any, as no value has an open order
	iso        bool // only dates that say themselves which part is which
	form       string
	why        string // "31 rows prove it", "set in proofpack.yml"
	proof      int    // rows that prove it
	fault      string // why it is undecided; "" when it is decided
}

// formOf is the form in words: "month/day/year".
func formOf(monthFirst bool, sep byte) string {
	parts := []string{"day", "month", "year"}
	if monthFirst {
		parts = []string{"month", "day", "year"}
	}
	return strings.Join(parts, string(rune(sep)))
}

// proveOrder decides the order of a column from its values: a part over 12 can
// only be the day.
func proveOrder(cells []string) order {
	var p orderProof
	for _, c := range cells {
		p.add(c)
	}
	return p.order()
}

// An orderProof is what the values of a column say of its order, one after
// another.
type orderProof struct {
	monthFirst, dayFirst, either int
	seps                         map[byte]int
}

func (p *orderProof) add(cell string) {
	s, ok := parseStamp(cell)
	if !ok || !s.open() {
		return
	}
	if p.seps == nil {
		p.seps = map[byte]int{}
	}
	p.seps[s.sep]++
	switch {
	case s.first > 12:
		p.dayFirst++
	case s.next > 12:
		p.monthFirst++
	case s.first != s.next:
		p.either++
	}
}

func (p *orderProof) order() order {
	monthFirst, dayFirst, either, seps := p.monthFirst, p.dayFirst, p.either, p.seps
	var o order
	for _, sep := range []byte{'/', '.', '-'} {
		if seps[sep] > 0 {
			o.sep = sep
			break
		}
	}
	switch {
	case len(seps) == 0:
		o.form = "ISO"
		return o
	case len(seps) > 1:
		o.fault = "it holds dates in more than one form, with " + sepsInWords(seps) + " between the parts"
	case monthFirst > 0 && dayFirst > 0:
		o.fault = fmt.Sprintf("it mixes both orders: %s can only be day first, %s only month first", inRows(dayFirst), inRows(monthFirst))
	case monthFirst == 0 && dayFirst == 0 && either > 0:
		o.fault = fmt.Sprintf("every one of its %s fits both day first and month first, and no part over 12 decides", evidence.Of(either, "date", "dates"))
	}
	if o.fault != "" {
		return o
	}
	o.monthFirst = monthFirst > 0
	o.form = formOf(o.monthFirst, o.sep)
	if o.proof = monthFirst + dayFirst; o.proof > 0 {
		o.why = inRows(o.proof) + " " + evidence.Noun(o.proof, "proves", "prove") + " it"
	} else {
		o.why = "day and month are the same in every row"
	}
	return o
}

// setOrder is the order that the configuration names.
func setOrder(form config.DateOrder) order {
	o := order{form: string(form), why: "set in the configuration"}
	switch form {
	case config.DateMonthDayYear:
		o.monthFirst, o.sep = true, '/'
	case config.DateDayMonthYear:
		o.sep = '/'
	case config.DateDotDayMonthYear:
		o.sep = '.'
	case config.DateDashDayMonth:
		o.sep = '-'
	case config.DateDashMonthDay:
		o.monthFirst, o.sep = true, '-'
	default:
		o.iso = true
	}
	return o
}

// settle gives a stamp its month and day; false when it is not in the form of
// the column.
func (o *order) settle(s *stamp) bool {
	if !s.open() {
		return true
	}
	if o.iso || o.sep != 0 && s.sep != o.sep {
		return false
	}
	if o.monthFirst {
		s.month, s.day = s.first, s.next
	} else {
		s.day, s.month = s.first, s.next
	}
	s.first, s.next = 0, 0
	return realDay(s.year, s.month, s.day)
}

// String is the order as the intake record prints it.
func (o *order) String() string {
	if o.why == "" {
		return o.form
	}
	return o.form + " (" + o.why + ")"
}

func sepsInWords(seps map[byte]int) string {
	var words []string
	for _, sep := range []byte{'/', '.', '-'} {
		if seps[sep] > 0 {
			words = append(words, fmt.Sprintf("%q in %s", sep, inRows(seps[sep])))
		}
	}
	return strings.Join(words, " and ")
}

// inRows is a count of rows in words.
func inRows(n int) string { return evidence.Of(n, "row", "rows") }
