package config

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestProblemsHaveTheirLine(t *testing.T) {
	for _, c := range []struct{ fact, text, want string }{
		{"a misspelt key", "tme-zone: UTC\n", `line 2: unknown key "tme-zone". Did you mean "time-zone"?`},
		{"an underscore", "time_zone: UTC\n", `line 2: unknown key "time_zone". Did you mean "time-zone"?`},
		{"a misspelt key of a flow mapping", "packet: {papier: a4}\n", `line 2: unknown key "papier". Did you mean "paper"?`},
		{"a misspelt limit", "policy:\n  # a comment\n  horizn: 30d\n", `line 4: unknown key "horizn". Did you mean "horizon"?`},
		{"a misspelt member of a group", "policy:\n  restore-test:\n    revenu: 30d\n", `line 4: unknown key "revenu". Did you mean "revenue"?`},
		{"a limit at the top", "restore-test: 90d\n", `line 2: unknown key "restore-test" here Fix: move it: it belongs under "policy"`},
		{"a key of a source at the top", "rows-expected: 5\n", `line 2: unknown key "rows-expected" here Fix: move it: it belongs under "intake"`},
		{"an unknown key", "packet:\n  colour: red\n", `line 3: unknown key "colour"; it was not read Fix: remove it; "packet" has paper, signs`},
		{"a fact", "policy:\n  owners: [Dana]\n", `line 3: unknown key "owners"; it was not read Fix: remove it; the file that proofpack init writes explains every key`},
		{"a key twice", "currency: USD\n\ncurrency: EUR\n", `line 4: the key "currency" stands here a second time; the first is on line 2 Fix: keep one of the two`},
		{"a limit twice", "policy: {horizon: 30d, horizon: 60d}\n", `line 2: the key "horizon" stands here a second time; the first is on line 2 Fix: keep one of the two`},
		{"a tab", "policy:\n\thorizon: 30d\n", `line 3: this line is indented with a tab Fix: indent with spaces`},
		{"an open bracket", "packet: {signs: [a, b}\n", `line 2: this is not YAML: ',' or ']' must be specified Fix: check indentation, quotes and brackets on this line and the one below; text that holds ": " or " #" stands in quotes`},
		{"a value with a colon", "theme: a: b\n", `line 2: this is not YAML: mapping value is not allowed in this context Fix: check indentation, quotes and brackets on this line and the one below; text that holds ": " or " #" stands in quotes`},
		{"two documents", "---\ncurrency: EUR\n", `line 3: a second document begins here, after "---" Fix: keep one document in the file`},
		{"an anchor", "theme: &x plain\n", `line 2: anchors (&), aliases (*), merges (<<) and tags (!) are not used in this file Fix: write the value out; text that begins with one of these signs stands in quotes`},

		{"no value", "currency:\n", `line 2: "currency" has no value Fix: write a value, or remove the key`},
		{"an empty value", "theme: \"\"\n", `line 2: "theme" has no value Fix: write a value, or remove the key`},
		{"a list for a value", "currency: [USD]\n", `line 2: "currency" must be one value, not a list or keys Fix: write one value behind the colon`},
		{"a value for keys", "packet: letter\n", `line 2: "packet" must hold keys, such as "name: value" Fix: write keys, indented alike`},
		{"a list for keys", "sources:\n  - file: x\n", `line 3: "sources" must hold keys, such as "name: value" Fix: write keys, indented alike`},
		{"keys for a list", "packet: {signs: {a: b}}\n", `line 2: "signs" must be a list, such as [one, two] Fix: write a list in brackets`},
		{"a hidden character", "theme: \"pl\u202eain\"\n", `line 2: the value of "theme" holds a character that cannot be seen Fix: type the value again`},
		{"neither true nor false", "sources: {jobs: {file: j.csv, required: maybe}}\n", `line 2: "maybe" is neither true nor false Fix: write true or false`},

		{"a currency that is none", "currency: UDS\n", `line 2: "UDS" is not the code of a currency. Did you mean "USD"?`},
		{"a sign for a currency", "currency: $\n", `line 2: "$" is not the code of a currency. Did you mean "USD"?`},
		{"small letters", "currency: eur\n", `line 2: "eur" is not the code of a currency. Did you mean "EUR"?`},
		{"a zone with a space", "time-zone: America/Los Angeles\n", `line 2: "America/Los Angeles" is not a time zone Fix: write America/Los_Angeles`},
		{"a zone of Windows", "time-zone: Pacific Standard Time\n", `line 2: "Pacific Standard Time" is not a time zone Fix: write America/Los_Angeles`},
		{"a city", "time-zone: Berlin\n", `line 2: "Berlin" is not a time zone Fix: write Europe/Berlin`},
		{"an offset", "time-zone: UTC-8\n", `line 2: "UTC-8" is not a time zone Fix: write the place instead of the offset, such as America/Los_Angeles: an offset has no summer time`},
		{"the zone of the machine", "time-zone: Local\n", `line 2: "Local" is not a time zone Fix: write an IANA name, such as America/Los_Angeles, Europe/Berlin or UTC`},
		{"paper nobody has", "packet: {paper: leter}\n", `line 2: "leter" is none of the values of "paper". Did you mean "letter"?`},
		{"five to sign", "packet:\n  signs: [a, b, c, d, e]\n", `line 3: more than 4 people sign; the page has 4 lines Fix: name at most 4`},

		{"a limit without a unit", "policy: {horizon: 30}\n", `line 2: horizon: 30 has no unit Fix: write a number and its unit, such as 90d, 24h or 6y`},
		{"a limit in words", "policy:\n  restore-test: {revenue: monthly}\n", `line 3: restore-test.revenue: "monthly" is not a length of time Fix: write a number and its unit, such as 90d, 24h or 6y`},
		{"a negative limit", "policy: {scan-age: -3d}\n", `line 2: scan-age: "-3d" is not a length of time Fix: write a number and its unit, such as 90d, 24h or 6y`},
		{"a limit for ever", "policy: {exception-longest: 9999y}\n", `line 2: exception-longest: 9999y is longer than 100 years Fix: write a number and its unit, such as 90d, 24h or 6y`},
		{"a horizon of no time", "policy: {horizon: 0d}\n", `line 2: horizon: 0d is less than a day Fix: write a number and its unit, such as 90d, 24h or 6y`},
		{"no teams", "policy: {recovery-teams: 0}\n", `line 2: recovery-teams: "0" is not a whole number from 1 to 10000 Fix: write a whole number`},
		{"a share above one", "policy: {hands-on: 80}\n", `line 2: hands-on: 80 is more than 1 Fix: write a number from 0 to 1`},
		{"a number that is none", "policy: {labour-rate: 3e2}\n", `line 2: labour-rate: "3e2" is not a number Fix: write a number, such as 300`},
		{"a range of two", "policy: {detect-hours: [1, 2]}\n", `line 2: detect-hours: three numbers are expected: low, likely, high Fix: write three numbers, low to high, such as [1, 2, 4]`},
		{"a range that falls", "policy: {detect-hours: [4, 2, 1]}\n", `line 2: detect-hours: low, likely and high must not fall: 4, 2, 1 Fix: write three numbers, low to high, such as [1, 2, 4]`},
		{"a time of day that is none", "policy: {day-start: 25:00}\n", `line 2: day-start: "25:00" is not a time of day Fix: write a time of day in quotes, such as "08:00"`},
		{"a group written as one value", "policy: {alert-ack: 1h}\n", `line 2: "alert-ack" must hold keys, such as "name: value" Fix: write keys, indented alike`},
		{"an unknown profile", "policy: {profile: hippa}\n", `line 2: "hippa" is none of the values of "profile". Did you mean "hipaa"?`},

		{"a source without a data set", "sources:\n  veeam:\n    file: v.csv\n", `line 3: source "veeam" does not say what its rows are Fix: add data-set: with one of ` + strings.Join(DataSets, ", ")},
		{"a source without a file", "sources:\n  jobs:\n    sheet: A\n", `line 3: source "jobs" does not say which file it is Fix: add file: with a path from this folder, such as exports/{month}/jobs*.csv`},
		{"a misspelt data set", "sources:\n  v: {data-set: restore, file: v.csv}\n", `line 3: "restore" is no data set. Did you mean "restores"?`},
		{"a date form that is none", "sources:\n  jobs: {file: j.csv, date: dd.mm.yyyy}\n", `line 3: "dd.mm.yyyy" is none of the values of "date" Fix: write one of: iso, month/day/year, day/month/year, day.month.year, day-month-year, month-day-year, year/month/day`},
		{"a file outside", "sources:\n  jobs: {file: ../j.csv}\n", `line 3: "../j.csv" leaves the folder of this file Fix: write a path from this folder; bring the file here, or set exports: to the folder that holds it`},
		{"a file of the root", "sources:\n  jobs: {file: /etc/passwd}\n", `line 3: "/etc/passwd" leaves the folder of this file Fix: write a path from this folder; bring the file here, or set exports: to the folder that holds it`},
		{"a theme on a drive", "theme: C:/themes\n", `line 2: "C:/themes" leaves the folder of this file Fix: write a path from this folder; bring the file here, or set exports: to the folder that holds it`},
		{"backslashes", "exports: exports\\{month}\n", `line 2: "exports\\{month}" has backslashes Fix: write exports/{month}, which Windows reads too`},
		{"braces that stand for nothing", "exports: exports/{year}\n", `line 2: {year} in "exports/{year}" stands for nothing Fix: the only one is {month}, the month as YYYY-MM`},
		{"an open bracket in a path", "sources:\n  jobs: {file: \"j[1.csv\"}\n", `line 3: "j[1.csv" has a [ without its ] Fix: close the bracket, or match the sign with ?`},
		{"half a keep", "sources:\n  jobs:\n    file: j.csv\n    keep: {column: Type}\n", `line 5: "keep" needs a column and the values to keep Fix: write keep: {column: Job Type, is: [Restore]}`},
		{"a column and a constant", "sources:\n  jobs:\n    file: j.csv\n    columns: {kind: Type}\n    constant: {kind: backup}\n", `line 6: "kind" has both a column and a constant Fix: keep one of the two`},
		{"a name of two systems", "aliases:\n  A: [hv1]\n  B: [HV1]\n", `line 4: "HV1" is a name of both A and B Fix: leave it with one of them`},
		{"a treatment that is none", "publish:\n  accounts: {login: hide}\n", `line 3: "hide" is none of the values of "login" Fix: write one of: show, mask, pseudonym, drop`},
		{"a waiver that nobody gave", "secrets:\n  waive:\n    - {file: a.csv, row: 2, why: known}\n", `line 4: an entry of "waive" has no "by" Fix: write file, row, why and by`},
		{"a waiver of a whole file", "secrets: {waive: [{file: a.csv, why: known, by: D. Ortiz}]}\n", `line 2: an entry of "waive" has no "row" Fix: write file, row, why and by`},
		{"a waiver of row 0", "secrets: {waive: [{file: a.csv, row: 0, why: known, by: D. Ortiz}]}\n", `line 2: an entry of "waive" has no "row" Fix: write file, row, why and by`},
		{"waivers that are no list", "secrets: {waive: {file: a.csv}}\n", `line 2: "waive" must be a list of {file, row, why, by} Fix: write each as - {file: changes.csv, row: 12, why: ..., by: ...}`},
		{"a misspelt key of a waiver", "secrets: {waive: [{fil: a.csv, row: 2, why: known, by: D. Ortiz}]}\n", `line 2: unknown key "fil". Did you mean "file"?`},
		{"a data set nobody knows", "publish:\n  acounts: {login: mask}\n", `line 3: "acounts" is no data set. Did you mean "accounts"?`},
		{"a count that is none", "sources:\n  jobs: {file: j.csv, intake: {rows-expected: 1,204}}\n", `line 3: unknown key "204"; it was not read Fix: remove it; "intake" has system, report, extracted-by, extracted-at, filters, rows-expected, time-zone`},
		{"a count with a comma", "sources:\n  jobs: {file: j.csv, intake: {rows-expected: \"1,204\"}}\n", `line 3: "1,204" is not a whole number Fix: write digits only, such as 1204`},
	} {
		_, problems := Parse("proofpack.yml", []byte("company: Halden Supply Co.\n"+c.text))
		if diff := cmp.Diff("proofpack.yml "+c.want+"\n", lines(problems)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.fact, diff)
		}
	}
}

func TestAllProblemsInOneRunInTheOrderOfLines(t *testing.T) {
	_, problems := Parse("proofpack.yml", []byte(`tme-zone: UTC
currency: UDS
sources:
  jobs:
    date: dd.mm
policy:
  horizn: 30d
  scan-age: 5
  profile: hippa
currency: EUR
packet: {paper: leter}
`))
	var rows []int
	for _, p := range problems {
		rows = append(rows, p.Row)
	}
	if diff := cmp.Diff([]int{0, 1, 2, 4, 5, 7, 8, 9, 10, 11}, rows); diff != "" {
		t.Errorf("(-want +got):\n%s\n%s", diff, lines(problems))
	}
}

func TestFilesThatAreNoText(t *testing.T) {
	for _, c := range []struct{ fact, text, want string }{
		{"UTF-16", "\xff\xfec\x00o\x00", "proofpack.yml: the file is written in UTF-16"},
		{"another encoding", "company: x\ntheme: caf\xe9\n", "proofpack.yml line 2: this line is not written in UTF-8"},
		{"a NUL byte", "company: x\n\x00\n", "proofpack.yml line 2: this line holds a NUL byte"},
		{"lone carriage returns", "company: x\rcurrency: USD\r", "proofpack.yml: lines end in a lone carriage return"},
		{"too large", "company: " + strings.Repeat("x", maxBytes), "proofpack.yml: the file has "},
		{"brackets without end", "company: x\ntheme: " + strings.Repeat("[", 100000), "proofpack.yml line 2: too many open brackets"},
		{"brackets over many lines", "company: x\n" + strings.Repeat("[\n", 5000), "proofpack.yml line 66: too many open brackets"},
		{"dashes without end", "company: x\n" + strings.Repeat("- ", 50000), "proofpack.yml line 2: too many open brackets or dashes"},
		{"a deep nest", "company: x\nsources: " + strings.Repeat("{a: ", 30) + strings.Repeat("}", 30), "proofpack.yml line 2: more than 16 levels"},
	} {
		_, problems := Parse("proofpack.yml", []byte(c.text))
		if got := lines(problems); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %.200s", c.fact, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte("a: &x [*x]\n? [b]\n: <<\n"))
	f.Add([]byte("policy: {restore-test: [1, {2: 3}]}\nsources: [a]\npublish: {accounts: x}"))
	f.Add([]byte("- !!str a\n--- |\n b\n...\n%YAML 1.2\n"))
	if starter, err := os.ReadFile("testdata/starter.yml"); err == nil {
		f.Add(starter)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, problems := Parse("proofpack.yml", data)
		if c == nil || c.TimeZone == nil || len(c.Policy.Limits) != len(limitTable) {
			t.Fatal("a configuration without its defaults")
		}
		if c.Company == "" && len(problems) == 0 {
			t.Error("no company and no problem")
		}
		most := strings.Count(string(data), "\n") + 1
		last := 0
		for _, p := range problems {
			if p.File != "proofpack.yml" || p.Code == "" || p.Message == "" || p.Row < 0 || p.Row > most || p.Row < last {
				t.Errorf("a problem without its place: %+v (%d lines, last %d)", p, most, last)
			}
			last = p.Row
		}
		ParseIntake("x.intake.yml", data)
	})
}
