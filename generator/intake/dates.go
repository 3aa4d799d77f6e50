package intake

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// day is a date that does not decide whether the row counts: zero when blank,
// never, or unreadable, which is said.
func (r *row) day(column string) time.Time {
	t, ok := r.date(column)
	if !ok {
		v, col := r.cell(column)
		r.bad(column, col, v, "bad-date", "is not a date in the form of this column"+r.formOfColumn(col))
	}
	if isSentinel(t) {
		return time.Time{}
	}
	return t
}

// date reads a date; false when the cell holds something that is none.
func (r *row) date(column string) (time.Time, bool) {
	v, col := r.cell(column)
	v = strings.TrimSpace(v)
	if isBlank(v) || neverWords[strings.ToLower(v)] {
		return time.Time{}, true
	}
	s, ok := parseStamp(v)
	if !ok {
		return time.Time{}, false
	}
	o := r.orders[col]
	if !o.settle(&s) {
		return time.Time{}, false
	}
	z, known := r.zones[col]
	if !known {
		z = zoned{zone: r.zone, from: "configuration", days: r.zone}
	}
	t, from, note := z.instant(s)
	if from == "" {
		from = "configuration" // a day ends in the configured zone
	}
	if !slices.Contains(r.zoneBy, from) {
		r.zoneBy = append(r.zoneBy, from)
	}
	if note != "" {
		r.say(issue{code: "local-time", column: column, col: col, text: "%[1]q: " + note, note: true}, v)
	}
	return t, true
}

// isSentinel tells a date that stands for none: the first and last that tools
// can write, and the epochs they count from.
func isSentinel(t time.Time) bool {
	u := t.UTC()
	return !t.IsZero() && (u.Year() >= 9999 || u.Year() <= 1 || u.Year() == 1601 || t.Unix() == 0)
}

// when is the time of the event: the first of the columns that is filled. A
// row without one, or with one that is no date, is rejected; one later than
// as-of is set aside.
func (r *row) when(columns ...string) time.Time {
	for _, c := range columns {
		v, col := r.cell(c)
		if isBlank(v) {
			continue
		}
		t, ok := r.date(c)
		switch {
		case !ok:
			r.reject(fmt.Sprintf("%q is not a date in the form of the column %q%s", clip(v), headed(r.t, col), r.formOfColumn(col)))
		case t.IsZero() || isSentinel(t):
			continue
		default:
			r.event(t)
			return t
		}
		return time.Time{}
	}
	r.reject("no date in " + strings.Join(columns, " or "))
	return time.Time{}
}

// event notes when what the row records happened.
func (r *row) event(t time.Time) {
	if t.IsZero() {
		return
	}
	r.at = t
	if later(t, r.opts.AsOf) {
		r.later = "later than as-of: " + t.Format("2006-01-02 15:04")
	}
}

func (r *row) formOfColumn(col int) string {
	o := r.orders[col]
	if o.form == "" || o.form == "ISO" {
		return ""
	}
	return " (" + o.form + ")"
}
