package evidence

import (
	"fmt"
	"math"
	"testing"
	"time"

	"proofpack/generator/diag"
)

const (
	fewest = 3
	week   = 7 * 24 * time.Hour
)

// samples are weekly from 5 April 2026, at the last instant of the day.
func weekly(zone *time.Location, unit string, total float64, used ...float64) []Sample {
	var out []Sample
	for i, u := range used {
		at := time.Date(2026, 4, 5+7*i, 23, 59, 59, 0, zone)
		out = append(out, Sample{Pos: diag.Pos{Row: i + 2}, System: "VMH-01", Resource: "DS-PROD-01", At: at, Used: u, Total: total, Unit: unit})
	}
	return out
}

func forecast(t *testing.T, samples []Sample) (Trend, bool) {
	t.Helper()
	all := (&Set{Samples: samples}).Resources()
	if len(all) != 1 {
		t.Fatalf("%d series, want 1", len(all))
	}
	return all[0].Forecast(fewest, week)
}

func TestForecastOfTheStorageOutage(t *testing.T) {
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	used := []float64{6390, 6562, 6750, 6938, 7110, 7290, 7474, 7651, 7832}
	for _, c := range []struct {
		name   string
		weeks  int
		asOf   time.Time
		growth string
		full   string
		days   int
	}{
		{"in May", 9, time.Date(2026, 5, 31, 23, 59, 59, 0, zone), "25.8 GB a day", "13 June 2026", 13},
		{"in April, no alert yet", 4, time.Date(2026, 4, 30, 23, 59, 59, 0, zone), "26.5 GB a day", "12 June 2026", 43},
	} {
		t.Run(c.name, func(t *testing.T) {
			trend, ok := forecast(t, weekly(zone, "GB", 8192, used[:c.weeks]...))
			if !ok || !trend.Fills {
				t.Fatalf("no forecast: %+v", trend)
			}
			if got := trend.Full().Text; got != c.full {
				t.Errorf("full on %s, want %s", got, c.full)
			}
			if got := trend.Days(c.asOf); got != c.days {
				t.Errorf("%d days, want %d", got, c.days)
			}
			if got := trend.Growth().Text; got != c.growth {
				t.Errorf("growth %s, want %s", got, c.growth)
			}
			if n := len(trend.Full().Sources); n != c.weeks {
				t.Errorf("%d source rows, want %d", n, c.weeks)
			}
		})
	}
	trend, _ := forecast(t, weekly(zone, "GB", 8192, used...))
	if got := trend.Fullness().Text; got != "95.6 %" {
		t.Errorf("fullness %s, want 95.6 %%", got)
	}
}

func TestForecastNeedsEnoughSamples(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2026, 5, d, 0, 0, 0, 0, time.UTC) }
	at := func(days ...int) []Sample {
		var out []Sample
		for i, d := range days {
			out = append(out, Sample{At: day(d), Used: float64(10 + i), Total: 100, Unit: "GB"})
		}
		return out
	}
	for _, c := range []struct {
		name    string
		samples []Sample
		want    bool
	}{
		{"three over seven days", at(1, 4, 8), true},
		{"three over six days", at(1, 4, 7), false},
		{"two over a month", at(1, 31), false},
		{"no total", []Sample{{At: day(1), Used: 1}, {At: day(8), Used: 2}, {At: day(15), Used: 3}}, false},
		{"one of three in another unit", append(at(1, 8), Sample{At: day(15), Used: 40, Total: 100, Unit: "%"}), false},
		{"not a number", append(at(1, 8), Sample{At: day(15), Used: math.NaN(), Total: 100, Unit: "GB"}), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, got := forecast(t, c.samples); got != c.want {
				t.Errorf("forecast %v, want %v", got, c.want)
			}
		})
	}
}

func TestForecastOfWhatDoesNotFill(t *testing.T) {
	for _, c := range []struct {
		name  string
		total float64
		used  []float64
		fills bool
		whole int
	}{
		{"flat", 100, []float64{50, 50, 50}, false, 0},
		{"falling", 100, []float64{60, 50, 40}, false, 0},
		{"one wild sample moves no median", 100, []float64{50, 50, 90, 50, 50}, false, 0},
		{"flat and full", 100, []float64{100, 100, 100}, true, 0},
		{"falling from over full", 100, []float64{120, 110, 105}, true, 0},
		{"full after whole weeks", 100, []float64{65, 72, 79}, true, 21},
		{"in just under ten years", 3640, []float64{0, 7, 14}, true, 3626},
		{"in more than ten years", 3665, []float64{0, 7, 14}, false, 0},
		{"up and down by the same", 8192, []float64{5200, 5212, 5224, 5200, 5212, 5224, 5200, 5212, 5224}, false, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			trend, ok := forecast(t, weekly(time.UTC, "GB", c.total, c.used...))
			if !ok || trend.Fills != c.fills || trend.Whole != c.whole {
				t.Errorf("ok %v, fills %v, whole %d; want true, %v, %d", ok, trend.Fills, trend.Whole, c.fills, c.whole)
			}
		})
	}
}

func TestForecastOfPercentAndBytes(t *testing.T) {
	trend, ok := forecast(t, weekly(time.UTC, "%", 0, 70, 80, 90))
	if !ok || trend.Whole != 7 || trend.Growth().Text != "1.4 % a day" {
		t.Errorf("percent: %v, whole %d, growth %q", ok, trend.Whole, trend.Growth().Text)
	}
	trend, ok = forecast(t, weekly(time.UTC, "bytes", 1e12, 1e11, 1.7e11, 2.4e11))
	if !ok || trend.Growth().Text != "10.0 GB a day" {
		t.Errorf("bytes: %v, growth %q", ok, trend.Growth().Text)
	}
}

func TestForecastOfAMonthOfSamplesEveryFiveMinutes(t *testing.T) {
	var samples []Sample
	start := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	for i := range 31 * 24 * 12 {
		at := start.Add(time.Duration(i) * 5 * time.Minute)
		samples = append(samples, Sample{At: at, Used: 100 + at.Sub(start).Hours()/24, Total: 200, Unit: "GB"})
	}
	trend, ok := forecast(t, samples)
	if !ok || trend.Samples != len(samples) || math.Abs(trend.PerDay-1) > 1e-9 || trend.Whole != 69 {
		t.Errorf("ok %v, samples %d, a day %v, whole %d", ok, trend.Samples, trend.PerDay, trend.Whole)
	}
}

func TestPerDay(t *testing.T) {
	for v, want := range map[float64]string{
		25.7857: "25.8 GB a day", 1: "1.0 GB a day", 0.1667: "0.17 GB a day", 0.0204: "0.020 GB a day", 0: "0.0 GB a day", -3.14: "-3.1 GB a day",
	} {
		if got := perDay(v, "GB"); got != want {
			t.Errorf("perDay(%v) = %q, want %q", v, got, want)
		}
	}
}

func TestMoney(t *testing.T) {
	for _, c := range []struct {
		amount   float64
		currency string
		want     string
	}{
		{13400, "USD", "$13,400"},
		{50250.4, "USD", "$50,250.40"},
		{472.5, "USD", "$472.50"},
		{13400, "EUR", "EUR 13,400"},
		{0, "USD", "$0"},
		{-0.001, "USD", "$0"},
		{-1234567, "CHF", "-CHF 1,234,567"},
		{999.999, "USD", "$1,000"},
	} {
		t.Run(fmt.Sprint(c.amount, c.currency), func(t *testing.T) {
			if got := Money(c.amount, c.currency); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
