// Package history compares a month with the months before it: what their
// packets warned of, what became of their findings, and which way things go.
// It sees earlier months only as verified archives gave them (evidence.Month).
package history

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/evidence"
	"proofpack/generator/graph"
)

// warningDays is how far ahead the day of a forecast may lie, in days from the
// packet's as-of, to count as a warning: the longer horizon of the ranking.
// A volume that is full in six years warns nobody.
const warningDays = 90

// A Warning is what the packet of an earlier month showed of the cause of an
// incident.
type Warning struct {
	Month     string    // of the packet: 2026-04
	Days      int       // whole days from that packet's as-of to the day the incident started; at least 1
	Text      string    // one sentence: what it showed
	FullOn    time.Time // the day it forecast; zero: it showed failed findings, no date
	ErrorDays int       // from FullOn to the day of the start; above zero: the forecast was early
}

// Warned tells which earlier packets showed a warning of an incident, oldest
// first: a forecast that something fills up on the system that failed first or
// on what the incident's systems need, else findings on that system that say it
// may stop.
// An incident without a starting time was warned of by nobody we can name.
func Warned(set *evidence.Set, inc *evidence.Incident) []Warning {
	if inc.Started.IsZero() {
		return nil
	}
	zone := zoneOf(set)
	started := inc.Started.In(zone)
	roots, concerned := systemsOf(set, inc)
	var all []Warning
	for i := range set.Earlier {
		m := &set.Earlier[i]
		days := evidence.DaysBetween(m.AsOf.In(zone), started)
		if days < 1 {
			continue
		}
		w := Warning{Month: m.Name, Days: days}
		if f := soonest(m, roots, concerned); f != nil {
			w.FullOn = f.FullOn.In(zone)
			w.ErrorDays = evidence.DaysBetween(w.FullOn, started)
			w.Text = fmt.Sprintf("%s was %.1f %% full and forecast to be full about %s.", named(f), f.UsedPercent, w.FullOn.Format("2 January 2006"))
		} else if w.Text = failedOn(m, roots); w.Text == "" {
			continue
		}
		all = append(all, w)
	}
	return all
}

// zoneOf is where the days of a set begin and end.
func zoneOf(set *evidence.Set) *time.Location {
	if set.Zone != nil {
		return set.Zone
	}
	return set.AsOf.Location()
}

// systemsOf are the systems an incident began with, and those with what they
// need. Where the record names no system, the service's needs are all there is.
func systemsOf(set *evidence.Set, inc *evidence.Incident) (roots, concerned []string) {
	g := graph.New(set)
	down := inc.SystemsDown
	if inc.RootSystem != "" {
		roots = []string{inc.RootSystem}
	} else {
		roots = down
	}
	concerned = slices.Concat(roots, down)
	for _, s := range slices.Clone(concerned) {
		concerned = append(concerned, g.NeedsOf(s)...)
	}
	if len(concerned) == 0 && inc.Service != "" {
		concerned = g.Needs(inc.Service)
	}
	return roots, concerned
}

// soonest is the forecast of the earliest day, one of the systems that failed
// first before any other.
func soonest(m *evidence.Month, roots, concerned []string) *evidence.PastForecast {
	var found []*evidence.PastForecast
	for i := range m.Forecasts {
		f := &m.Forecasts[i]
		if !f.FullOn.IsZero() && f.Days <= warningDays && slices.Contains(concerned, f.System) {
			found = append(found, f)
		}
	}
	if len(found) == 0 {
		return nil
	}
	return slices.MinFunc(found, func(a, b *evidence.PastForecast) int {
		return cmp.Or(
			-compareBool(slices.Contains(roots, a.System), slices.Contains(roots, b.System)),
			a.FullOn.Compare(b.FullOn), strings.Compare(a.System, b.System), strings.Compare(a.Resource, b.Resource))
	})
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// named is a resource with its system, once where they have the same name.
func named(f *evidence.PastForecast) string {
	if f.Resource == "" || f.Resource == f.System {
		return f.System
	}
	return f.Resource + " of " + f.System
}

// foretells tells whether a failed check says that its system may stop, rather
// than how it would be brought back, who may enter it or what is written of it.
func foretells(id string) bool {
	c := assess.CheckByID(id)
	if c == nil || c.Consequence != assess.Downtime && c.Gap != assess.Unsupported {
		return false
	}
	switch c.Discipline {
	case assess.Monitoring, assess.Patching, assess.ChangeControl, assess.Vendors:
		return true
	case assess.Access, assess.Recovery, assess.Documentation, assess.Routines:
	}
	return false
}

// failedOn says what a packet had failed of some systems; "" when nothing.
func failedOn(m *evidence.Month, systems []string) string {
	n, first := 0, ""
	for _, f := range m.Findings {
		if f.State != assess.Failed.String() || !slices.Contains(systems, f.System) || !foretells(f.Check) {
			continue
		}
		if n++; n == 1 {
			first = f.Text
		}
	}
	on := strings.Join(systems, ", ")
	switch n {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("1 failed finding on %s: %s", on, first)
	}
	return fmt.Sprintf("%d failed findings on %s, the first: %s", n, on, first)
}
