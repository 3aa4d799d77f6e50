package intake

import (
	"fmt"
	"time"
)

// zoned says in which zone times without one are read, and who says so.
type zoned struct {
	zone *time.Location
	from string // "header", "sidecar", "configuration"
	days *time.Location
}

// instant is the moment a settled stamp means. A day without a time is its
// last instant in the configured zone, so that a deadline holds all day and no
// row of the last day is later than as-of. note is set when a local time does
// not exist or exists twice.
func (z zoned) instant(s stamp) (t time.Time, from, note string) {
	if !s.clock {
		return time.Date(s.year, time.Month(s.month), s.day, 23, 59, 59, 999999999, z.days), "", ""
	}
	if s.zone != nil {
		return time.Date(s.year, time.Month(s.month), s.day, s.h, s.m, s.s, s.ns, s.zone).In(z.days), "value", ""
	}
	t, note = localTime(s, z.zone)
	return t.In(z.days), z.from, note
}

// localTime reads a wall clock. Where clocks go back and the time exists
// twice, the earlier is taken; where they go forward and it does not exist, it
// is read with the offset before the change. Both are said.
func localTime(s stamp, zone *time.Location) (time.Time, string) {
	wall := time.Date(s.year, time.Month(s.month), s.day, s.h, s.m, s.s, s.ns, time.UTC)
	const aDay = 24 * time.Hour
	_, before := wall.Add(-aDay).In(zone).Zone()
	_, after := wall.Add(aDay).In(zone).Zone()
	var found []time.Time
	for _, offset := range []int{before, after} {
		t := wall.Add(-time.Duration(offset) * time.Second).In(zone)
		if _, is := t.Zone(); is == offset && (len(found) == 0 || !found[0].Equal(t)) {
			found = append(found, t)
		}
	}
	shown := wall.Format("2006-01-02 15:04")
	switch len(found) {
	case 1:
		return found[0], ""
	case 2:
		first := found[0]
		if found[1].Before(first) {
			first = found[1]
		}
		return first, fmt.Sprintf("%s happens twice in %s, the first is taken", shown, zone)
	}
	return wall.Add(-time.Duration(before) * time.Second).In(zone),
		fmt.Sprintf("%s does not exist in %s, where clocks go forward", shown, zone)
}

// later tells whether an event came after as-of; fractions of a second do not
// count, so that the last instant of a day is the same however it was made.
func later(t, asOf time.Time) bool {
	return t.Truncate(time.Second).After(asOf.Truncate(time.Second))
}
