package intake

import (
	"testing"
	"time"

	"proofpack/generator/config"
)

func mustZone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// read reads a cell as the only one of its column.
func readDate(cell string, o order, z zoned) (time.Time, string, string, bool) {
	s, ok := parseStamp(cell)
	if !ok || !o.settle(&s) {
		return time.Time{}, "", "", false
	}
	at, from, note := z.instant(s)
	return at, from, note, true
}

func TestDatesAsToolsWriteThem(t *testing.T) {
	z := zoned{zone: mustZone(t, "America/New_York"), from: "configuration", days: time.UTC}
	for _, c := range []struct{ fact, cell, want, from string }{
		{"ISO day is its last instant", "2026-05-31", "2026-05-31T23:59:59.999999999Z", ""},
		{"ISO with slashes", "2016/04/04 00:24:13", "2016-04-04T04:24:13Z", "configuration"},
		{"RFC 3339", "2026-11-22T07:58:32.412008577Z", "2026-11-22T07:58:32.412008577Z", "value"},
		{"an offset", "2026-05-31T10:00:00+02:00", "2026-05-31T08:00:00Z", "value"},
		{"an offset without colon", "2026-05-31 10:00:00 -0500", "2026-05-31T15:00:00Z", "value"},
		{"borg: local, six digits", "2026-11-22T07:58:37.000000", "2026-11-22T12:58:37Z", "configuration"},
		{".NET: seven digits", "2022-11-17 07:03:14.6829201", "2022-11-17T12:03:14.6829201Z", "configuration"},
		{"Go", "2024-01-25 11:17:30.272 +0000 UTC", "2024-01-25T11:17:30.272Z", "value"},
		{"Go with a zone's name", "2024-07-25 11:17:30 +0200 CEST", "2024-07-25T09:17:30Z", "value"},
		{"Veeam: AM and PM", "3/24/2020 1:29:39 PM", "2020-03-24T17:29:39Z", "configuration"},
		{"midnight is 12 AM", "7/28/2020 12:00:00 AM", "2020-07-28T04:00:00Z", "configuration"},
		{"noon is 12 PM", "7/28/2020 12:00:00 PM", "2020-07-28T16:00:00Z", "configuration"},
		{"a narrow space before PM", "7/28/2020 1:00:00\u202fPM", "2020-07-28T17:00:00Z", "configuration"},
		{"Qualys with GMT offset", "04 Feb 2026 10:00AM GMT-0500", "2026-02-04T15:00:00Z", "value"},
		{"Qualys with the month first", "Feb 03, 2026 07:00 AM", "2026-02-03T12:00:00Z", "configuration"},
		{"tenable.sc", "Feb 5, 2024 21:01:08 UTC", "2024-02-05T21:01:08Z", "value"},
		{"Jira", "11/May/24 03:26 PM", "2024-05-11T19:26:00Z", "configuration"},
		{"day, month and year in words", "31-May-2026", "2026-05-31T23:59:59.999999999Z", ""},
		{"Unix date", "Sun May 31 08:00:00 UTC 2026", "2026-05-31T08:00:00Z", "value"},
		{"ANSI C", "Sun May 31 08:00:00 2026", "2026-05-31T12:00:00Z", "configuration"},
		{"mail", "Sun, 31 May 2026 08:00:00 GMT", "2026-05-31T08:00:00Z", "value"},
		{"PowerShell in words", "05/31/2026 17:15:48 Coordinated Universal Time", "2026-05-31T17:15:48Z", "value"},
		{"an hour alone with PM", "5/31/2026 5 PM", "2026-05-31T21:00:00Z", "configuration"},
		{"seconds since 1970", "1722937962", "2024-08-06T09:52:42Z", "value"},
		{"seconds with a fraction", "1722937962.5", "2024-08-06T09:52:42.5Z", "value"},
		{"milliseconds", "1694682115000", "2023-09-14T09:01:55Z", "value"},
		{"microseconds", "1694682115000000", "2023-09-14T09:01:55Z", "value"},
		{"nanoseconds", "1694682115000000001", "2023-09-14T09:01:55.000000001Z", "value"},
		{"Windows file time", "133391196110000000", "2023-09-13T23:00:11Z", "value"},
		{"digits only", "20260531", "2026-05-31T23:59:59.999999999Z", ""},
		{"two-digit year", "5/31/26", "2026-05-31T23:59:59.999999999Z", ""},
		{"a leap day", "2024-02-29", "2024-02-29T23:59:59.999999999Z", ""},
	} {
		t.Run(c.fact, func(t *testing.T) {
			at, from, note, ok := readDate(c.cell, order{monthFirst: true, sep: '/'}, z)
			if got := at.UTC().Format(time.RFC3339Nano); !ok || got != c.want || from != c.from || note != "" {
				t.Errorf("%q: %s from %q note %q ok %v, want %s from %q", c.cell, got, from, note, ok, c.want, c.from)
			}
		})
	}
}

func TestWhatIsNoDate(t *testing.T) {
	for _, cell := range []string{
		"", "yesterday", "2026-02-30", "2026-13-01", "2025-02-29", "31", "12345", "2026-05-31 25:00", "2026-05-31 10:61", "13/13/2026",
		"0/5/2026", "2026-05-31 13:00 PM", "2026-05-31T", "2026-05-31 10", "05-06-26", "10.0.0.1", "2026-05", "5/2026", "1/2/3/2026",
		"2026-05-31 10:00 CST", "2026-05-31 10:00 +99:00", "2026-05-31 10:00 and more", "00:01:35", "ERP-01", "192.168.1.10", "1.2.3", "20261331", "32 May 2026",
	} {
		s, ok := parseStamp(cell)
		if o := (order{monthFirst: true, sep: '/'}); ok && o.settle(&s) {
			t.Errorf("%q was read as %+v", cell, s)
		}
	}
}

func TestTheOrderOfAColumnIsProvenByItsValues(t *testing.T) {
	for _, c := range []struct {
		fact  string
		cells []string
		form  string
		why   string
		fault string
	}{
		{"no open date", []string{"2026-05-06", "", "never"}, "ISO", "", ""},
		{"a second part over 12", []string{"5/6/2026", "5/13/2026", "5/12/2026"}, "month/day/year", "1 row proves it", ""},
		{"a first part over 12", []string{"05.06.2026", "13.06.2026", "31.12.2026"}, "day.month.year", "2 rows prove it", ""},
		{"both at 12 prove nothing", []string{"12/11/2026"}, "", "", "every one of its 1 date fits both day first and month first, and no part over 12 decides"},
		{"M5: all fit both orders", []string{"05/06/2026", "06/05/2026"}, "", "", "every one of its 2 dates fits both day first and month first, and no part over 12 decides"},
		{"both orders in one column", []string{"13/05/2026", "05/13/2026", "05/14/2026"}, "", "", "it mixes both orders: 1 row can only be day first, 2 rows only month first"},
		{"two forms in one column", []string{"13/05/2026", "14.05.2026"}, "", "", `it holds dates in more than one form, with '/' in 1 row and '.' in 1 row between the parts`},
		{"equal parts need no order", []string{"05/05/2026"}, "day/month/year", "day and month are the same in every row", ""},
	} {
		t.Run(c.fact, func(t *testing.T) {
			o := proveOrder(c.cells)
			if c.fault != o.fault || c.fault == "" && (o.form != c.form || o.why != c.why) {
				t.Errorf("form %q, why %q, fault %q; want %q, %q, %q", o.form, o.why, o.fault, c.form, c.why, c.fault)
			}
		})
	}
}

func TestTheConfiguredFormRefusesOthers(t *testing.T) {
	for _, c := range []struct {
		form config.DateOrder
		cell string
		want string // "" when it is refused
	}{
		{config.DateMonthDayYear, "05/06/2026", "2026-05-06"},
		{config.DateMonthDayYear, "14.09.2025 17:30", ""},
		{config.DateMonthDayYear, "13/05/2026", ""},
		{config.DateDayMonthYear, "05/06/2026", "2026-06-05"},
		{config.DateDotDayMonthYear, "14.09.2025 17:30", "2025-09-14"},
		{config.DateDashDayMonth, "05-06-2026", "2026-06-05"},
		{config.DateDashMonthDay, "05-06-2026", "2026-05-06"},
		{config.DateISO, "05/06/2026", ""},
		{config.DateISO, "2026-06-05", "2026-06-05"},
		{config.DateYearMonthDay, "2026/06/05", "2026-06-05"},
	} {
		at, _, _, ok := readDate(c.cell, setOrder(c.form), zoned{zone: time.UTC, days: time.UTC})
		got := ""
		if ok {
			got = at.Format("2006-01-02")
		}
		if got != c.want {
			t.Errorf("%s: %q is %q, want %q", c.form, c.cell, got, c.want)
		}
	}
}

func TestClocksThatChange(t *testing.T) {
	la := mustZone(t, "America/Los_Angeles")
	for _, c := range []struct{ fact, zone, cell, want, note string }{
		{"an hour that does not exist", "America/Los_Angeles", "2026-03-08 02:30", "2026-03-08T10:30:00Z", "2026-03-08 02:30 does not exist in America/Los_Angeles, where clocks go forward"},
		{"the minute before it", "America/Los_Angeles", "2026-03-08 01:59", "2026-03-08T09:59:00Z", ""},
		{"the minute after it", "America/Los_Angeles", "2026-03-08 03:00", "2026-03-08T10:00:00Z", ""},
		{"an hour that happens twice", "America/Los_Angeles", "2026-11-01 01:30", "2026-11-01T08:30:00Z", "2026-11-01 01:30 happens twice in America/Los_Angeles, the first is taken"},
		{"the minute before it", "America/Los_Angeles", "2026-11-01 00:59", "2026-11-01T07:59:00Z", ""},
		{"the hour after it", "America/Los_Angeles", "2026-11-01 02:00", "2026-11-01T10:00:00Z", ""},
		{"half an hour that happens twice", "Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04T14:45:00Z", "2026-04-05 01:45 happens twice in Australia/Lord_Howe, the first is taken"},
		{"UTC never changes", "UTC", "2026-03-08 02:30", "2026-03-08T02:30:00Z", ""},
	} {
		t.Run(c.fact, func(t *testing.T) {
			at, _, note, ok := readDate(c.cell, order{}, zoned{zone: mustZone(t, c.zone), days: la})
			if got := at.UTC().Format(time.RFC3339); !ok || got != c.want || note != c.note {
				t.Errorf("%s, note %q, ok %v; want %s, %q", got, note, ok, c.want, c.note)
			}
		})
	}
}

func TestLater(t *testing.T) {
	for _, c := range []struct {
		fact string
		at   time.Time
		want bool
	}{
		{"the last instant of the day", mayEnd.Add(999999999), false},
		{"midnight", mayEnd.Add(time.Second), true},
		{"the day before", mayEnd.Add(-24 * time.Hour), false},
	} {
		if got := later(c.at, mayEnd); got != c.want {
			t.Errorf("%s: %v, want %v", c.fact, got, c.want)
		}
	}
}

func FuzzParseStamp(f *testing.F) {
	for _, s := range []string{"2026-05-31", "3/24/2020 1:29:39 PM", "04 Feb 2026 10:00AM GMT-0500", "1722937962", "13/13/2026", "Sun May 31 08:00:00 UTC 2026", "9999-12-31 23:59:59.9999999", "05/06/2026", "\xff", "May", "1.2.", "2026-05-31T10:00+", "(", "0001-01-01T00:00:00Z"} {
		f.Add(s)
	}
	zone, err := time.LoadLocation("Pacific/Chatham")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		s, ok := parseStamp(cell)
		if !ok {
			return
		}
		for _, monthFirst := range []bool{true, false} {
			settled := s
			if o := (order{monthFirst: monthFirst}); !o.settle(&settled) {
				continue
			}
			if !realDay(settled.year, settled.month, settled.day) || settled.h > 23 || settled.m > 59 || settled.s > 59 || settled.ns > 999999999 {
				t.Errorf("%q was read as %+v", cell, settled)
			}
			at, _, _ := zoned{zone: zone, days: zone}.instant(settled)
			if settled.zone == nil && settled.clock == false && at.Day() != settled.day {
				t.Errorf("%q ends on %s", cell, at)
			}
		}
		proveOrder([]string{cell, "05/06/2026"})
	})
}
