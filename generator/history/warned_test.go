package history_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/evidence"
	"proofpack/generator/history"
)

func day(s string) time.Time {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		panic(err)
	}
	return t
}

func endOf(s string) time.Time { return day(s).AddDate(0, 0, 1).Add(-time.Nanosecond) }

// storage is the shape of the storage outage: three servers on one host.
func storage(earlier ...evidence.Month) *evidence.Set {
	return &evidence.Set{
		AsOf: endOf("2026-06-30"), Zone: time.UTC, Earlier: earlier,
		Services: []evidence.Service{{ID: "SVC-SHIP", Name: "Shipping"}},
		Systems: []evidence.System{
			{ID: "VMH-01", InInventory: true},
			{ID: "SQL-01", InInventory: true, RunsOn: []string{"VMH-01"}, Services: []string{"SVC-SHIP"}},
			{ID: "PRN-04", InInventory: true},
		},
	}
}

func filling(system string, full string, days int) evidence.PastForecast {
	return evidence.PastForecast{System: system, Resource: "DS", UsedPercent: 84.7, PerDay: 26.5, FullOn: day(full), Days: days}
}

func TestWarned(t *testing.T) {
	outage := evidence.Incident{ID: "INC-9", Started: time.Date(2026, 6, 17, 6, 0, 0, 0, time.UTC), Service: "SVC-SHIP", RootSystem: "VMH-01", SystemsDown: []string{"SQL-01"}}
	ofServer := outage
	ofServer.RootSystem = "SQL-01"
	noSystem := outage
	noSystem.RootSystem, noSystem.SystemsDown = "", nil
	noStart := outage
	noStart.Started = time.Time{}
	month := func(name, asOf string, f ...evidence.PastForecast) evidence.Month {
		return evidence.Month{Name: name, AsOf: endOf(asOf), Forecasts: f}
	}
	failed := month("2026-05", "2026-05-31")
	failed.Findings = []evidence.PastFinding{
		{ID: "BKP-01/VMH-01", Check: "BKP-01", System: "VMH-01", State: "missing", Text: "No restore test of VMH-01 is on record."},
		{ID: "BKP-07/VMH-01", Check: "BKP-07", System: "VMH-01", State: "failed", Text: "Every copy of VMH-01 is online."},
		{ID: "INV-03/VMH-01", Check: "INV-03", System: "VMH-01", State: "failed", Text: "VMH-01 has no owner."},
		{ID: "INV-05/VMH-01", Check: "INV-05", System: "VMH-01", State: "failed", Text: "Vendor support of VMH-01 ended."},
		{ID: "INV-05/PRN-04", Check: "INV-05", System: "PRN-04", State: "failed", Text: "Support of PRN-04 ended."},
	}
	says := "DS of VMH-01 was 84.7 % full and forecast to be full about "
	for _, c := range []struct {
		fact    string
		inc     evidence.Incident
		earlier []evidence.Month
		want    []history.Warning
	}{
		{"no earlier month", outage, nil, nil},
		{"two packets forecast it", outage, []evidence.Month{month("2026-04", "2026-04-30", filling("VMH-01", "2026-06-12", 43)), month("2026-05", "2026-05-31", filling("VMH-01", "2026-06-13", 13))}, []history.Warning{
			{"2026-04", 48, says + "12 June 2026.", day("2026-06-12"), 5},
			{"2026-05", 17, says + "13 June 2026.", day("2026-06-13"), 4},
		}},
		{"a forecast of what the failed server runs on", ofServer, []evidence.Month{month("2026-05", "2026-05-31", filling("VMH-01", "2026-06-13", 13))}, []history.Warning{
			{"2026-05", 17, says + "13 June 2026.", day("2026-06-13"), 4},
		}},
		{"the record names only the service", noSystem, []evidence.Month{month("2026-05", "2026-05-31", filling("VMH-01", "2026-06-13", 13))}, []history.Warning{
			{"2026-05", 17, says + "13 June 2026.", day("2026-06-13"), 4},
		}},
		{"a forecast after the day was late", outage, []evidence.Month{month("2026-05", "2026-05-31", filling("VMH-01", "2026-06-20", 20))}, []history.Warning{
			{"2026-05", 17, says + "20 June 2026.", day("2026-06-20"), -3},
		}},
		{"the earliest of two dates", outage, []evidence.Month{month("2026-05", "2026-05-31", filling("VMH-01", "2026-07-01", 31), filling("VMH-01", "2026-06-13", 13))}, []history.Warning{
			{"2026-05", 17, says + "13 June 2026.", day("2026-06-13"), 4},
		}},
		{"a system that the incident does not need", outage, []evidence.Month{month("2026-05", "2026-05-31", filling("PRN-04", "2026-06-13", 13))}, nil},
		{"ninety days ahead warn", outage, []evidence.Month{month("2026-05", "2026-05-31", filling("VMH-01", "2026-08-29", 90))}, []history.Warning{
			{"2026-05", 17, says + "29 August 2026.", day("2026-08-29"), -73},
		}},
		{"ninety-one days ahead do not", outage, []evidence.Month{month("2026-05", "2026-05-31", filling("VMH-01", "2026-08-30", 91))}, nil},
		{"no forecast, a failed finding on the root that says it may stop", outage, []evidence.Month{failed}, []history.Warning{
			{Month: "2026-05", Days: 17, Text: "1 failed finding on VMH-01: Vendor support of VMH-01 ended."},
		}},
		{"failed findings elsewhere", ofServer, []evidence.Month{failed}, nil},
		{"a packet of the day of the start is too late", outage, []evidence.Month{month("2026-06", "2026-06-17", filling("VMH-01", "2026-06-17", 0))}, nil},
		{"a packet of the day before", outage, []evidence.Month{month("2026-06", "2026-06-16", filling("VMH-01", "2026-06-17", 1))}, []history.Warning{
			{"2026-06", 1, says + "17 June 2026.", day("2026-06-17"), 0},
		}},
		{"no start on record", noStart, []evidence.Month{failed}, nil},
	} {
		t.Run(c.fact, func(t *testing.T) {
			if diff := cmp.Diff(c.want, history.Warned(storage(c.earlier...), &c.inc)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
