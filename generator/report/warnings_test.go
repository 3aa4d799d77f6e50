package report

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/evidence"
)

// TestEarlyWarnings: what repeats and is nobody's, and what will be full within
// the long horizon, with the day on which it was first to be seen.
func TestEarlyWarnings(t *testing.T) {
	// filling grows by so many of its 1,000 GB a week; the last of five samples
	// is of 30 May.
	filling := func(used, weekly float64) func(*evidence.Set) {
		return func(set *evidence.Set) {
			set.Samples = nil
			for i := range 5 {
				set.Samples = append(set.Samples, evidence.Sample{
					Pos: at(50 + i), System: "SQL-01", Resource: "VOL-1", At: may(2 + 7*i), Used: used + weekly*float64(i-4), Total: 1000, Unit: "GB",
				})
			}
			set.Inputs = append(set.Inputs, evidence.Input{DataSet: evidence.Capacity, File: "exports/capacity.csv", Read: 5, Used: 5, Expected: -1})
		}
	}
	alerts := func(take func(*evidence.Alert), days ...int) func(*evidence.Set) {
		return func(set *evidence.Set) {
			set.Alerts, set.Samples = nil, nil
			for i, day := range days {
				a := evidence.Alert{Pos: at(80 + i), ID: string(rune('a' + i)), System: "SQL-01", Signature: "fan", Raised: may(day)}
				if take != nil && i == 0 {
					take(&a)
				}
				set.Alerts = append(set.Alerts, a)
			}
			set.Inputs = append(set.Inputs, evidence.Input{DataSet: evidence.Alerts, File: "exports/alerts.csv", Read: len(days), Used: len(days), Expected: -1})
		}
	}
	const none = "No alert repeats unanswered, and no forecast is nearer than 90 days"
	for _, c := range []struct {
		name   string
		change func(*evidence.Set)
		title  string
		want   []string // signal, first seen, times
	}{
		{"full in six weeks", filling(860, 22), "One early warning stands; the oldest was first seen 15 days ago", []string{"VOL-1 is 86.0 % full", "16 May 2026", "3"}},
		{"full on the last day of the horizon", filling(910, 7), "One early warning stands; the oldest was first seen 1 day ago", []string{"VOL-1 is 91.0 % full", "30 May 2026", "1"}},
		{"a week later", filling(903, 7), none, nil},
		{"an alert that nobody took, twice", alerts(nil, 10, 20), "One early warning stands; the oldest was first seen 21 days ago", []string{"fan", "10 May 2026", "2"}},
		{"once", alerts(nil, 10), none, nil},
		{"one of two has a ticket", alerts(func(a *evidence.Alert) { a.Ticket = "T-1" }, 10, 20), none, nil},
		{"one of three was taken by a person", alerts(func(a *evidence.Alert) { a.ByPerson = true }, 10, 20, 25), "One early warning stands; the oldest was first seen 11 days ago", []string{"fan", "20 May 2026", "2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			sec := section(t, month(t, shipping(c.change)).alerts(), "early-warnings")
			if got := sec.Title.Plain(); got != c.title {
				t.Errorf("got  %s\nwant %s", got, c.title)
			}
			var got []string
			if c.want != nil {
				row := cells(t, sec)[0]
				got = []string{row[0], row[2], row[3]}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("(-want +got)\n%s", cmp.Diff(c.want, got))
			}
		})
	}
}
