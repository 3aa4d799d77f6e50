package evidence

import (
	"testing"
	"time"
)

func at(text string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		panic(err)
	}
	return t
}

func TestDays(t *testing.T) {
	asOf := at("2026-05-31 23:59")
	for _, c := range []struct{ name, got, want string }{
		{"in a sentence", Day(at("2026-10-31 00:00")), "31 October 2026"},
		{"in a table", ShortDay(at("2025-09-14 00:00")), "14 Sep 2025"},
		{"of the same year", DayBy(at("2026-04-12 08:00"), asOf), "12 April"},
		{"of the last day of the year before", DayBy(at("2025-12-31 23:59"), asOf), "31 December 2025"},
		{"month of the same year", MonthBy(at("2026-05-01 00:00"), asOf), "May"},
		{"month of another year", MonthBy(at("2025-05-01 00:00"), asOf), "May 2025"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestDaysBetween(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name     string
		from, to time.Time
		want     int
	}{
		{"one minute over midnight", at("2026-05-30 23:59"), at("2026-05-31 00:00"), 1},
		{"a whole day apart within one day", at("2026-05-31 00:00"), at("2026-05-31 23:59"), 0},
		{"over a summer time change", time.Date(2026, 3, 28, 12, 0, 0, 0, paris), time.Date(2026, 3, 30, 1, 0, 0, 0, paris), 2},
		{"the zone of the second decides", at("2026-05-30 23:30"), time.Date(2026, 5, 31, 12, 0, 0, 0, paris), 0},
		{"backwards", at("2026-05-31 00:00"), at("2026-05-30 00:00"), -1},
		{"before 1970", at("1969-12-30 12:00"), at("1970-01-02 00:00"), 3},
	} {
		if got := DaysBetween(c.from, c.to); got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
}

func TestNumbersInWords(t *testing.T) {
	for _, c := range []struct{ name, got, want string }{
		{"no commas below a thousand", Whole(999), "999"},
		{"commas", Whole(1234567), "1,234,567"},
		{"a negative number", Whole(-1000), "-1,000"},
		{"none", Of(0, "run", "runs"), "0 runs"},
		{"one", Of(1, "run", "runs"), "1 run"},
		{"many", Of(1204, "run", "runs"), "1,204 runs"},
		{"nothing to join", And(nil), ""},
		{"one word", And([]string{"A"}), "A"},
		{"two words", And([]string{"A", "B"}), "A and B"},
		{"three words", And([]string{"A", "B", "C"}), "A, B and C"},
		{"below an hour", Minutes(55), "55 minutes"},
		{"one minute", Minutes(1), "1 minute"},
		{"a whole hour", Minutes(60), "1 hour"},
		{"one minute over its target of 4 h", Minutes(241), "241 minutes"},
		{"a target of 4 h", Minutes(240), "4 hours"},
		{"just below ten hours", Minutes(599), "599 minutes"},
		{"just over ten hours", Minutes(601), "10.1 hours"},
		{"31 hours", Lasting(31 * time.Hour), "31 hours"},
		{"96 hours", Minutes(96 * 60), "96 hours"},
		{"over 96 hours", Minutes(96*60 + 1), "4.1 days"},
		{"whole days", Minutes(10 * 24 * 60), "10 days"},
		{"a part of a minute", Minutes(1.5833), "1.6 minutes"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestFiguresInWords(t *testing.T) {
	for _, c := range []struct {
		name string
		got  Figure
		want Figure
	}{
		{"a date", OnDay(at("1970-01-02 23:59"), "x"), Figure{Text: "2 January 1970", Value: 1, Unit: "date", Formula: "x"}},
		{"days", InDays(1, "x"), Figure{Text: "1 day", Value: 1, Unit: "days", Formula: "x"}},
		{"a count", Counted(2, "run", "runs", "x"), Figure{Text: "2 runs", Value: 2, Unit: "count", Formula: "x"}},
		{"minutes", InMinutes(90, "x"), Figure{Text: "90 minutes", Value: 90, Unit: "minutes", Formula: "x"}},
		{"other words", Count(0, "x").As("nobody"), Figure{Text: "nobody", Unit: "count", Formula: "x"}},
	} {
		if c.got.Text != c.want.Text || c.got.Value != c.want.Value || c.got.Unit != c.want.Unit || c.got.Formula != c.want.Formula {
			t.Errorf("%s: got %+v, want %+v", c.name, c.got, c.want)
		}
	}
}
