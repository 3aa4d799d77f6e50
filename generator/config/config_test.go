package config

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // zones must not depend on the machine

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"proofpack/generator/diag"
)

// lines puts problems into one text, one on a line.
func lines(problems []*diag.Problem) string {
	var b strings.Builder
	for _, p := range problems {
		b.WriteString(p.Error() + "\n")
	}
	return b.String()
}

func TestThreeLinesAreEnough(t *testing.T) {
	c, problems := Parse("proofpack.yml", []byte("company: Halden Supply Co.\ncurrency: USD\ntime-zone: America/Los_Angeles\n"))
	if len(problems) > 0 {
		t.Fatal(lines(problems))
	}
	if c.Company != "Halden Supply Co." || c.Currency != "USD" || c.TimeZone.String() != "America/Los_Angeles" {
		t.Errorf("got %q, %q, %v", c.Company, c.Currency, c.TimeZone)
	}
	if c.Exports != "exports/{month}" || c.Packet.Paper != "letter" || len(c.Sources) != 0 {
		t.Errorf("defaults: exports %q, paper %q, %d sources", c.Exports, c.Packet.Paper, len(c.Sources))
	}
	if c.Policy.RestoreTest.Revenue != 90*24*time.Hour {
		t.Errorf("restore test of a revenue service: %v", c.Policy.RestoreTest.Revenue)
	}
}

func TestAnEmptyFileHasDefaultsAndSaysWhatItLacks(t *testing.T) {
	for _, text := range []string{"", "\n", "# nothing yet\n", "---\n"} {
		c, problems := Parse("proofpack.yml", []byte(text))
		want := "proofpack.yml: the company is not named Fix: add a line: company: Halden Supply Co.\n"
		if diff := cmp.Diff(want, lines(problems)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
		if c.TimeZone != time.UTC || c.Currency != "USD" {
			t.Errorf("%q: %v, %q", text, c.TimeZone, c.Currency)
		}
	}
}

const whole = `# proofpack.yml
company: Halden Supply Co.
currency: EUR
time-zone: America/Los_Angeles        # ages and month ends
exports: in/{month}
policy:
  set-by: "Risk committee, 4 Feb 2026"
  profile: csf
  restore-test:   {default: 90d, revenue: 60d}
  access-review:  {privileged: 30d, other: 365d}
  horizon: 30d
  recovery-teams: 2
  exception-longest: 1y
  restore-hours: {web: [1, 2, 3]}
sources:
  veeam-restores:
    data-set: restores
    file: exports/restore-tests*.csv
    required: false
    date: month/day/year
    columns: {system: VM Name, started: Start Time}
    values: {result: {Success: restored, 0: failed, true: restored}}
    keep: {column: Job Type, is: [Restore]}
    constant: {enabled: true}
    intake: {system: Veeam, extracted-by: J. Reyes, extracted-at: 2026-11-02T08:10, rows-expected: 58}
  recovery-plan:
    file: exports/plan.xlsx
    sheet: Order
aliases: {VMH-01: [hv-old-1, HV2], SQL-01: db}
publish: {accounts: {login: pseudonym, display_name: drop}, sign-ins: {ip: mask}}
secrets:
  waive:
    - {file: changes.csv, row: 12, why: an example of the manual, by: D. Ortiz}
theme: themes/ours/
packet: {paper: a4, signs: [Chief operating officer, "Chair, risk committee"]}
sign: {key: keys/dana-ortiz.key, certificate: keys/dana-ortiz.pem}
`

func TestEveryKeyIsRead(t *testing.T) {
	c, problems := Parse("proofpack.yml", []byte(whole))
	if len(problems) > 0 {
		t.Fatal(lines(problems))
	}
	rows := 58
	want := []Source{{
		Name: "veeam-restores", DataSet: "restores", File: "exports/restore-tests*.csv", Date: DateMonthDayYear, Line: 16,
		Columns:   []Pair{{"system", "VM Name", 21}, {"started", "Start Time", 21}},
		Values:    []Values{{"result", []Pair{{"Success", "restored", 22}, {"0", "failed", 22}, {"true", "restored", 22}}, 22}},
		Keep:      Keep{"Job Type", []string{"Restore"}, 23},
		Constants: []Pair{{"enabled", "true", 24}},
		Intake:    Intake{File: "proofpack.yml", System: "Veeam", ExtractedBy: "J. Reyes", RowsExpected: &rows, Line: 25, extractedAt: "2026-11-02T08:10"},
	}, {
		Name: "recovery-plan", DataSet: "recovery plan", File: "exports/plan.xlsx", Sheet: "Order", Required: true, Line: 26,
		Intake: Intake{File: "proofpack.yml", Line: 26},
	}}
	if diff := cmp.Diff(want, c.Sources, cmp.AllowUnexported(Intake{}), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Alias{{"VMH-01", []string{"hv-old-1", "HV2"}, 29}, {"SQL-01", []string{"db"}, 29}}, c.Aliases); diff != "" {
		t.Errorf("aliases (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Published{{"accounts", "login", Pseudonym, 30}, {"accounts", "display_name", Drop, 30}, {"sign-ins", "ip", Mask, 30}}, c.Publish); diff != "" {
		t.Errorf("publish (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Waiver{{"changes.csv", 12, "an example of the manual", "D. Ortiz", 33}}, c.Waivers); diff != "" {
		t.Errorf("waivers (-want +got):\n%s", diff)
	}
	if c.Theme != "themes/ours" || c.Packet.Paper != "a4" || len(c.Packet.Signs) != 2 || c.Sign.Key != "keys/dana-ortiz.key" {
		t.Errorf("theme %q, packet %v, sign %v", c.Theme, c.Packet, c.Sign)
	}
	p := c.Policy
	if p.RestoreTest.For("revenue") != 60*day || p.RestoreTest.For("service") != 90*day || p.AccessReview.For(true) != 30*day ||
		p.RecoveryTeams != 2 || p.RestoreHours.Web != (Range{1, 2, 3}) || p.Profile != ProfileCSF {
		t.Errorf("policy: %+v", p)
	}
	if got, ok := c.Sources[0].Meaning("result", "success"); !ok || got != "restored" {
		t.Errorf("meaning of success: %q, %v", got, ok)
	}
	if got, ok := c.Sources[0].Heading("started"); !ok || got != "Start Time" {
		t.Errorf("heading of started: %q, %v", got, ok)
	}
	if got, ok := c.Treatment("accounts", "Login"); !ok || got != Pseudonym {
		t.Errorf("treatment of login: %q, %v", got, ok)
	}
}

const day = 24 * time.Hour

func TestWindowsFilesAreRead(t *testing.T) {
	text := "\xef\xbb\xbf" + strings.ReplaceAll(whole, "\n", "\r\n")
	c, problems := Parse("proofpack.yml", []byte(text))
	if len(problems) > 0 {
		t.Fatal(lines(problems))
	}
	if c.Sources[1].Line != 26 || c.Company != "Halden Supply Co." || c.Sources[1].File != "exports/plan.xlsx" {
		t.Errorf("got line %d, %q, %q", c.Sources[1].Line, c.Company, c.Sources[1].File)
	}
}

func TestIntakeRecord(t *testing.T) {
	in, problems := ParseIntake("exports/jobs.csv.intake.yml", []byte("system: Veeam\nextracted-at: 2026-11-02\nrows-expected: 0\ntime-zone: Asia/Kolkata\n"))
	if len(problems) > 0 {
		t.Fatal(lines(problems))
	}
	if in.RowsExpected == nil || *in.RowsExpected != 0 || !in.Declared() {
		t.Errorf("a declared count of no rows is a count: %v", in.RowsExpected)
	}
	if got := in.ExtractedAt(time.UTC).Format(time.RFC3339); got != "2026-11-02T23:59:59+05:30" {
		t.Errorf("a day means its last instant in the record's own zone: %s", got)
	}
	none, problems := ParseIntake("x.intake.yml", nil)
	if len(problems) > 0 || none.Declared() || !none.ExtractedAt(time.UTC).IsZero() {
		t.Errorf("an empty record declares nothing: %v, %s", none, lines(problems))
	}
	_, problems = ParseIntake("x.intake.yml", []byte("rows-expect: 5\nextracted-at: soon\n"))
	want := `x.intake.yml line 1: unknown key "rows-expect". Did you mean "rows-expected"?
x.intake.yml line 2: "soon" is not a date and time Fix: write it as 2026-11-02T08:10
`
	if diff := cmp.Diff(want, lines(problems)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
