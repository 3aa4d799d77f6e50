package intake

import (
	"strconv"
	"strings"
	"time"
)

var months = map[string]int{
	"jan": 1, "january": 1, "feb": 2, "february": 2, "mar": 3, "march": 3, "apr": 4, "april": 4, "may": 5,
	"jun": 6, "june": 6, "jul": 7, "july": 7, "aug": 8, "august": 8, "sep": 9, "sept": 9, "september": 9,
	"oct": 10, "october": 10, "nov": 11, "november": 11, "dec": 12, "december": 12,
}

var weekdays = map[string]int{
	"mon": 1, "monday": 1, "tue": 2, "tues": 2, "tuesday": 2, "wed": 3, "wednesday": 3, "thu": 4, "thur": 4,
	"thurs": 4, "thursday": 4, "fri": 5, "friday": 5, "sat": 6, "saturday": 6, "sun": 7, "sunday": 7,
}

// zones are the abbreviations that mean one offset only, in minutes east. CST,
// IST and BST each mean several and are refused.
var zones = map[string]int{
	"z": 0, "utc": 0, "gmt": 0, "est": -300, "edt": -240, "cdt": -300, "mst": -420, "mdt": -360,
	"pst": -480, "pdt": -420, "cet": 60, "cest": 120,
}

// date takes the day, however it is written.
func (p *stampParser) date() (stamp, bool) {
	if _, found := p.word(weekdays); found {
		p.sign(".")
		p.gap()
	}
	switch {
	case p.kind(0) == '0' && len(p.text(0)) == 4:
		return p.yearFirst()
	case p.kind(0) == '0':
		return p.dayOrMonthFirst()
	default:
		return p.monthNameFirst()
	}
}

// yearFirst: 2026-05-31, 2016/04/04, 2026.05.31, 2026-May-31.
func (p *stampParser) yearFirst() (stamp, bool) {
	var s stamp
	s.year, _ = p.digits(4, 4) // the caller saw them
	sep := p.sign("-/.")
	if sep == 0 {
		return s, false
	}
	var ok bool
	if s.month, ok = p.word(months); !ok {
		if s.month, ok = p.digits(1, 2); !ok {
			return s, false
		}
	}
	if p.sign("-/.") != sep {
		return s, false
	}
	s.day, ok = p.digits(1, 2)
	return s, ok
}

// dayOrMonthFirst: 31/05/2026, 5/31/2026, 31.05.26, 04 Feb 2026, 11/May/24.
func (p *stampParser) dayOrMonthFirst() (stamp, bool) {
	var s stamp
	first, ok := p.digits(1, 2)
	if !ok {
		return s, false
	}
	sep := p.sign("-/.")
	if sep == 0 || p.kind(0) == ' ' {
		p.gap()
	}
	if month, found := p.word(months); found {
		s.day, s.month = first, month
		p.sign("-/.")
		p.gap()
		s.year, ok = p.year()
		return s, ok
	}
	next, ok := p.digits(1, 2)
	if !ok || sep == 0 || p.sign("-/.") != sep {
		return s, false
	}
	if sep == '-' && len(p.text(0)) != 4 {
		return s, false // 26-05-31 may begin with its year
	}
	if s.year, ok = p.year(); !ok {
		return s, false
	}
	if first == 0 || next == 0 || first > 31 || next > 31 || first > 12 && next > 12 {
		return s, false
	}
	s.first, s.next, s.sep = first, next, sep
	return s, true
}

// monthNameFirst: Feb 03, 2026; May 31 08:00:00 2026.
func (p *stampParser) monthNameFirst() (stamp, bool) {
	var s stamp
	var ok bool
	if s.month, ok = p.word(months); !ok {
		return s, false
	}
	p.sign(".-")
	p.gap()
	if s.day, ok = p.digits(1, 2); !ok {
		return s, false
	}
	p.sign("-")
	p.gap()
	if p.kind(1) != ':' {
		s.year, ok = p.year()
		return s, ok
	}
	if !p.timeOfDay(&s) { // Unix date: the year stands after the time
		return s, false
	}
	p.gap()
	if p.kind(0) == 'a' && !p.zone(&s) {
		return s, false
	}
	p.gap()
	s.year, ok = p.digits(4, 4)
	return s, ok
}

// year takes four digits, or two of this century.
func (p *stampParser) year() (int, bool) {
	if n, ok := p.digits(4, 4); ok {
		return n, true
	}
	n, ok := p.digits(2, 2)
	return 2000 + n, ok
}

// rest takes the time and the zone, when there are any.
func (p *stampParser) rest(s *stamp) bool {
	if p.at == len(p.tokens) || s.clock {
		return true
	}
	if p.kind(0) == 'a' && strings.EqualFold(p.text(0), "T") {
		p.at++
	} else if !p.gap() {
		return false
	}
	if p.kind(0) == 'a' && strings.EqualFold(p.text(0), "at") {
		p.at++
		p.gap()
	}
	if !p.timeOfDay(s) {
		return false
	}
	p.gap()
	return p.at == len(p.tokens) || p.zone(s)
}

// timeOfDay: 8:00, 13:29:39, 1:29:39 PM, 10:00AM, 07:03:14.6829201.
func (p *stampParser) timeOfDay(s *stamp) bool {
	var ok bool
	if s.h, ok = p.digits(1, 2); !ok {
		return false
	}
	if p.sign(":") != 0 {
		if s.m, ok = p.digits(2, 2); !ok {
			return false
		}
		if p.sign(":") != 0 {
			if s.s, ok = p.digits(2, 2); !ok {
				return false
			}
			if p.sign(".,") != 0 {
				t := p.text(0)
				if p.kind(0) != '0' || len(t) > 9 {
					return false
				}
				s.ns, _ = strconv.Atoi((t + "000000000")[:9]) // digits, by the test above
				p.at++
			}
		}
	} else if p.kind(0) != 'a' && p.kind(1) != 'a' {
		return false // an hour alone needs AM or PM
	}
	s.clock = true
	half := p.halfDay()
	switch {
	case half != "" && (s.h < 1 || s.h > 12):
		return false
	case half == "pm" && s.h < 12:
		s.h += 12
	case half == "am" && s.h == 12:
		s.h = 0
	}
	return s.h <= 23 && s.m <= 59 && s.s <= 59
}

// halfDay takes AM or PM.
func (p *stampParser) halfDay() string {
	from := p.at
	p.gap()
	if p.kind(0) == 'a' {
		if w := strings.ToLower(p.text(0)); w == "am" || w == "pm" {
			p.at++
			return w
		}
	}
	p.at = from
	return ""
}

// zone takes Z, UTC, GMT-0500, +02:00, +0000 UTC, (UTC), Coordinated Universal
// Time.
func (p *stampParser) zone(s *stamp) bool {
	bracket := p.sign("(")
	minutes, named := p.word(zones)
	if !named && p.kind(0) == 'a' {
		if !p.universal() {
			return false
		}
		named = true
	}
	if offset, found := p.offset(); found {
		minutes = offset
		from := p.at
		p.gap()
		if _, again := p.word(zones); !again { // Go prints +0000 UTC
			p.at = from
		}
	} else if !named {
		return false
	}
	if bracket != 0 && p.sign(")") == 0 {
		return false
	}
	s.zone = time.UTC
	if minutes != 0 {
		s.zone = time.FixedZone("", minutes*60)
	}
	return true
}

// universal takes the words Coordinated Universal Time.
func (p *stampParser) universal() bool {
	for i, w := range []string{"coordinated", "universal", "time"} {
		if i > 0 {
			p.gap()
		}
		if !strings.EqualFold(p.text(0), w) {
			return false
		}
		p.at++
	}
	return true
}

// offset: +02:00, -0500, +2.
func (p *stampParser) offset() (minutes int, found bool) {
	from := p.at
	sign := p.sign("+-")
	if sign == 0 {
		return 0, false
	}
	t := p.text(0)
	n, ok := p.digits(1, 4)
	switch {
	case !ok || len(t) == 3:
		p.at = from
		return 0, false
	case len(t) == 4:
		minutes = n/100*60 + n%100
	default:
		minutes = n * 60
		if p.sign(":") != 0 {
			m, ok := p.digits(2, 2)
			if !ok {
				p.at = from
				return 0, false
			}
			minutes += m
		}
	}
	if minutes > 15*60 {
		p.at = from
		return 0, false
	}
	if sign == '-' {
		minutes = -minutes
	}
	return minutes, true
}
