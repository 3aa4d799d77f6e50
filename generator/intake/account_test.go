package intake

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
	"proofpack/generator/source"
)

const alertHeader = "alert_id,raised,system,signature,severity,acknowledged_by,closed,state\n"

// load is Load with what a test wants to set.
func load(opts Options) (*evidence.Set, []Reading, []string) {
	if opts.Config == nil {
		opts.Config = &config.Config{TimeZone: time.UTC, Currency: "USD"}
	}
	if opts.AsOf.IsZero() {
		opts.AsOf = mayEnd
	}
	set, readings, problems := Load(opts)
	var said []string
	for _, p := range problems {
		said = append(said, p.Error())
	}
	return set, readings, said
}

func statuses(in *evidence.Input) []string {
	var out []string
	for _, r := range in.Rows {
		s := fmt.Sprintf("%d %s", r.N, r.Status)
		if r.Reason != "" {
			s += ": " + r.Reason
		}
		out = append(out, s)
	}
	return out
}

func TestWhatBecomesOfRows(t *testing.T) {
	tb := table(t, "exports/alerts.csv", alertHeader+`A1,2026-05-30,SQL-01,disk,warning,,,open
A1,2026-05-30,SQL-01,disk,warning,,,open
A2,2026-05-31,SQL-01,disk,warning,,,open
A3,2026-06-01,SQL-01,disk,warning,,,open
,2026-05-30,SQL-01,disk,warning,,,open
A5,soon,SQL-01,disk,warning,,,open
A6,,SQL-01,disk,warning,,,open
A7,2026-05-30,,disk,warning,,,open
A8,2026-05-30,SQL-01,,warning,,,open
,,,,,,,
alert_id,raised,system,signature,severity,acknowledged_by,closed,state
A9,2026-05-30,SQL-01,disk,warning,,some day,open
`)
	tb.Rejected = []source.Rejected{{N: 14, Reason: "a quote is not closed"}}
	set, readings, problems := load(Options{Files: []File{{Table: tb}}, MaxRejected: 100})
	in := readings[0].Input
	want := []string{
		"2 used", "3 duplicate: the same as row 2", "4 used", "5 set aside: later than as-of: 2026-06-01 23:59",
		"6 rejected: alert_id is empty", `7 rejected: "soon" is not a date in the form of the column "raised"`, "8 rejected: no date in raised",
		"9 used", "10 rejected: signature is empty", "11 set aside: an empty row", "12 set aside: repeats the header", "13 used", "14 rejected: a quote is not closed",
	}
	if diff := cmp.Diff(want, statuses(in)); diff != "" {
		t.Errorf("rows (-want +got)\n%s", diff)
	}
	if in.Read != 13 || in.Used != 4 || in.Rejected != 5 || in.Duplicate != 1 || in.SetAside != 3 || len(set.Alerts) != 4 || len(problems) > 0 {
		t.Errorf("%d read, %d used, %d rejected, %d duplicate, %d set aside, problems %q", in.Read, in.Used, in.Rejected, in.Duplicate, in.SetAside, problems)
	}
	var said []string
	for _, p := range in.Problems {
		said = append(said, p.Pos.String()+" "+p.Code)
	}
	if diff := cmp.Diff([]string{`exports/alerts.csv row 9, column "system" no-system`, `exports/alerts.csv row 13, column "closed" bad-date`}, said); diff != "" {
		t.Errorf("problems (-want +got)\n%s", diff)
	}
}

func TestTheLimitOfRejectedRows(t *testing.T) {
	text := alertHeader
	for i := range 19 {
		text += fmt.Sprintf("A%d,2026-05-01,SQL-01,disk,warning,,,open\n", i)
	}
	for _, c := range []struct {
		fact  string
		limit float64
		stops bool
	}{{"at the limit", 5, false}, {"below it", 4.99, true}, {"no row may be rejected", 0, true}} {
		_, _, problems := load(Options{Files: []File{{Table: table(t, "exports/alerts.csv", text+",2026-05-01,SQL-01,disk,warning,,,open\n")}}, MaxRejected: c.limit})
		want := fmt.Sprintf("exports/alerts.csv row 21: alerts: 1 of 20 rows rejected, the limit is %g%%. 1 row: alert_id is empty, first in row 21. Fix: export again, or mend the rows; --max-rejected sets the limit.", c.limit)
		if (len(problems) > 0) != c.stops || c.stops && problems[0] != want {
			t.Errorf("%s: %q\nwant %q", c.fact, problems, want)
		}
	}
}

func TestCompleteness(t *testing.T) {
	count := func(n int) *int { return &n }
	text := alertHeader + "A1,2026-05-30,SQL-01,disk,warning,,,open\nA2,2026-05-30,SQL-01,disk,warning,,,open\n"
	for _, c := range []struct {
		fact     string
		sidecar  *config.Intake
		source   *config.Source
		standing evidence.Completeness
		expected int
	}{
		{"nothing declared", nil, nil, evidence.Unattested, -1},
		{"a record without a count", &config.Intake{System: "Zabbix"}, nil, evidence.Unattested, -1},
		{"as many as declared", &config.Intake{RowsExpected: count(2)}, nil, evidence.Complete, 2},
		{"one fewer than declared", &config.Intake{RowsExpected: count(3)}, nil, evidence.Short, 3},
		{"one more than declared", &config.Intake{RowsExpected: count(1)}, nil, evidence.Unattested, 1},
		{"declared in the configuration", nil, &config.Source{Name: "alerts", DataSet: "alerts", Intake: config.Intake{RowsExpected: count(3)}}, evidence.Short, 3},
		{"the record beside the file counts first", &config.Intake{RowsExpected: count(2)}, &config.Source{Name: "alerts", DataSet: "alerts", Intake: config.Intake{RowsExpected: count(3)}}, evidence.Complete, 2},
	} {
		t.Run(c.fact, func(t *testing.T) {
			set, readings, _ := load(Options{Files: []File{{Table: table(t, "exports/alerts.csv", text), Intake: c.sidecar, Source: c.source}}})
			if in := readings[0].Input; in.Standing != c.standing || in.Expected != c.expected || set.Standing(evidence.Alerts) != c.standing {
				t.Errorf("%s, %d declared; want %s, %d", in.Standing, in.Expected, c.standing, c.expected)
			}
		})
	}
}

func TestADeclaredExportThatIsAbsent(t *testing.T) {
	n := 58
	conf := &config.Config{TimeZone: time.UTC, Currency: "USD", Sources: []config.Source{
		{Name: "restores", DataSet: "restores", File: "exports/restores*.csv", Required: true, Line: 12, Intake: config.Intake{File: "proofpack.yml", RowsExpected: &n}},
		{Name: "changes", DataSet: "changes", File: "exports/changes*.csv", Line: 20, Intake: config.Intake{File: "proofpack.yml"}},
	}}
	want := []evidence.Absence{
		{Name: "restores", DataSet: "restores", Pattern: "exports/restores*.csv", Required: true, Short: true},
		{Name: "changes", DataSet: "changes", Pattern: "exports/changes*.csv"},
	}
	for _, allow := range []bool{false, true} {
		set, _, problems := load(Options{Config: conf, AllowMissing: allow})
		if diff := cmp.Diff(want, set.Absent); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		if set.Standing(evidence.Restores) != evidence.Short || set.Standing(evidence.Changes) != evidence.Unattested {
			t.Error("a count that was declared for an absent export makes it short")
		}
		if allow && len(problems) > 0 || !allow && (len(problems) != 1 || !strings.Contains(problems[0], "proofpack.yml line 12: restores: no file matches exports/restores*.csv.")) {
			t.Errorf("allow missing %v: %q", allow, problems)
		}
	}
}

func TestKeepSetsRowsAside(t *testing.T) {
	text := "Test,VM Name,Job Type,Date,Status,Scope\n1,SQL-01,Restore,2026-05-01,Success,full vm\n2,SQL-01,Backup,2026-05-01,Success,\n3,SQL-01,restore ,2026-05-02,Failed,full vm\n"
	src := &config.Source{Name: "veeam", DataSet: "restores", Columns: []config.Pair{{Name: "test_id", Value: "Test"}, {Name: "system", Value: "VM Name"}}, Keep: config.Keep{Column: "Job Type", Is: []string{"Restore"}}}
	set, readings, problems := load(Options{Files: []File{{Table: table(t, "exports/sessions.csv", text), Source: src}}})
	if diff := cmp.Diff([]string{"2 used", "3 set aside: Job Type is not Restore", "4 used"}, statuses(readings[0].Input)); diff != "" || len(set.Restores) != 2 || len(problems) > 0 {
		t.Errorf("problems %q, (-want +got)\n%s", problems, diff)
	}
	if readings[0].Input.Name != "veeam" {
		t.Errorf("named %q", readings[0].Input.Name)
	}
	src.Keep.Column = "Job Kind"
	if _, readings, problems = load(Options{Files: []File{{Table: table(t, "exports/sessions.csv", text), Source: src}}}); len(problems) != 1 || readings[0].Status != Undecided {
		t.Errorf("a column that is not there keeps nothing in silence: %q", problems)
	}
}

func TestWhatTheConfigurationSays(t *testing.T) {
	text := "id,vm,when,outcome,how\n1,SQL-01,05/06/2026,restored,all of it\n"
	src := &config.Source{
		Name: "r", DataSet: "restores", Date: config.DateDayMonthYear,
		Columns:   []config.Pair{{Name: "test_id", Value: "id"}, {Name: "system", Value: "vm"}, {Name: "tested_on", Value: "when"}, {Name: "result", Value: "outcome"}, {Name: "scope", Value: "how"}},
		Constants: []config.Pair{{Name: "minutes", Value: "90"}},
		Values:    []config.Values{{Column: "scope", Words: []config.Pair{{Name: "All of it", Value: "application"}}}},
	}
	set, readings, problems := load(Options{AsOf: time.Date(2026, 6, 30, 23, 59, 59, 0, time.UTC), Files: []File{{Table: table(t, "exports/x.csv", text), Source: src}}})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	got := set.Restores[0]
	want := evidence.RestoreTest{Pos: got.Pos, ID: "1", System: "SQL-01", TestedOn: time.Date(2026, 6, 5, 23, 59, 59, 999999999, time.UTC), Scope: evidence.ScopeApplication, ScopeText: "application", Result: evidence.Success, Minutes: evidence.Known(90)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if o := readings[0].Input.DateOrder; o != "day/month/year (set in the configuration)" {
		t.Errorf("order %q", o)
	}
	for fact, change := range map[string]func(*config.Source){
		"a heading that is not there":       func(s *config.Source) { s.Columns[1].Value = "virtual" },
		"a column the data set has not":     func(s *config.Source) { s.Columns[1].Name = "sistem" },
		"a required column nobody names":    func(s *config.Source) { s.Columns = s.Columns[:4] },
		"a constant the data set has not":   func(s *config.Source) { s.Constants[0].Name = "minuets" },
		"a form that the dates are not in":  func(s *config.Source) { s.Date = config.DateDotDayMonthYear },
		"a form that no longer is declared": func(s *config.Source) { s.Date = "" },
	} {
		c := *src
		c.Columns, c.Constants = slices.Clone(src.Columns), slices.Clone(src.Constants)
		change(&c)
		set, _, problems := load(Options{AsOf: time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC), Files: []File{{Table: table(t, "exports/x.csv", text), Source: &c}}})
		if len(problems) == 0 || len(set.Restores) > 0 {
			t.Errorf("%s: %d restores, problems %q", fact, len(set.Restores), problems)
		}
	}
}

func TestZones(t *testing.T) {
	la := mustZone(t, "America/Los_Angeles")
	for _, c := range []struct {
		fact, heading, cell string
		sidecar             *time.Location
		want, from          string
	}{
		{"the value names it", "raised", "2026-05-01T10:00:00+02:00", la, "2026-05-01T08:00:00Z", "value"},
		{"the heading names it", "Raised (UTC)", "2026-05-01 10:00", la, "2026-05-01T10:00:00Z", "header"},
		{"the intake record names it", "raised", "2026-05-01 10:00", mustZone(t, "Asia/Kolkata"), "2026-05-01T04:30:00Z", "sidecar"},
		{"the configuration has one", "raised", "2026-05-01 10:00", nil, "2026-05-01T17:00:00Z", "configuration"},
		{"a day ends in the configured zone", "raised", "2026-05-01", mustZone(t, "Asia/Kolkata"), "2026-05-02T06:59:59Z", "configuration"},
	} {
		t.Run(c.fact, func(t *testing.T) {
			text := strings.Replace(alertHeader, "raised", c.heading, 1) + "A1," + c.cell + ",SQL-01,disk,warning,,,open\n"
			f := File{Table: table(t, "exports/alerts.csv", text)}
			if c.sidecar != nil {
				f.Intake = &config.Intake{TimeZone: c.sidecar}
			}
			set, readings, problems := load(Options{Config: &config.Config{TimeZone: la, Currency: "USD"}, Files: []File{f}})
			if len(problems) > 0 || len(set.Alerts) != 1 {
				t.Fatal(problems)
			}
			if got := set.Alerts[0].Raised.UTC().Format(time.RFC3339); got != c.want || readings[0].Input.ZoneFrom != c.from {
				t.Errorf("%s from %q, want %s from %q", got, readings[0].Input.ZoneFrom, c.want, c.from)
			}
		})
	}
}

func TestColumnsThatNobodyClaimsAreListed(t *testing.T) {
	_, readings, _ := load(Options{Files: []File{{Table: table(t, "exports/alerts.csv", "alert_id,raised,host,hostname,signature,colour,,state,status\nA1,2026-05-01,SQL-01,SQL-02,disk,red,x,open,open\n")}}})
	in := readings[0].Input
	if diff := cmp.Diff([]string{"colour", "col_7"}, in.Unmapped); diff != "" {
		t.Errorf("unmapped (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"hostname", "status"}, in.AlsoSeen); diff != "" {
		t.Errorf("also seen (-want +got)\n%s", diff)
	}
	if len(in.Problems) != 1 || in.Problems[0].Code != "columns-differ" || !strings.Contains(in.Problems[0].Message, `"SQL-02" differs from the value in "host", which is read as system`) {
		t.Errorf("%v", in.Problems)
	}
}

func TestTheSameKeyTwiceKeepsBothAndIsSaid(t *testing.T) {
	set, readings, _ := load(Options{Files: []File{{Table: table(t, "exports/changes.csv", "change_id,system,opened,what\nCHG-1,SQL-01,2026-05-01,patch\nCHG-1,SQL-01,2026-05-02,patch again\n")}}})
	if in := readings[0].Input; len(set.Changes) != 2 || in.Used != 2 || len(in.Notes) != 1 || !strings.Contains(in.Notes[0], `row 3: "chg-1" stands in more than one row`) {
		t.Errorf("%d changes, notes %q", len(set.Changes), in.Notes)
	}
}

// TestCountsReconcile is the promise that no row is lost in silence, over
// tables that chance wrote.
func TestCountsReconcile(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 11))
	cells := []string{"", "SQL-01", "2026-05-01", "05/13/2026", "never", "success", "failed", "full application", "7.5", "1,234", "yes", "monthly", "hard", "revenue", "-", "9999-12-31", "2027-01-01", "VМH-01", "x,y;z", "95 %", "3 GB", "'-", "soon"}
	for n := range 400 {
		d := &dataSets[rnd.IntN(len(dataSets))]
		tb := &source.Table{File: fmt.Sprintf("exports/%s-%d.csv", d.Name, n), Format: "csv", Delimiter: ","}
		for _, c := range d.Columns {
			if len(c.Required) > 0 || rnd.IntN(2) == 0 {
				tb.Header = append(tb.Header, c.Name)
			}
		}
		for i := range rnd.IntN(12) {
			r := source.Row{N: i + 2}
			for range tb.Header {
				r.Cells = append(r.Cells, cells[rnd.IntN(len(cells))])
			}
			if len(tb.Rows) > 0 && rnd.IntN(4) == 0 {
				r.Cells = tb.Rows[0].Cells
			}
			tb.Rows = append(tb.Rows, r)
		}
		if rnd.IntN(3) == 0 {
			tb.Rejected = []source.Rejected{{N: 99, Reason: "torn"}}
		}
		tb.Records = len(tb.Rows) + len(tb.Rejected)
		_, readings, problems := load(Options{Files: []File{{Table: tb, Source: &config.Source{Name: "s", DataSet: d.Name}}}, MaxRejected: 100})
		in := readings[0].Input
		if in == nil {
			if len(problems) == 0 {
				t.Fatalf("%s: %s without a problem", tb.File, readings[0].Status)
			}
			continue
		}
		if in.Read != tb.Records || in.Read != in.Used+in.Rejected+in.Duplicate+in.SetAside || readings[0].Status == Read && !in.Cited && len(in.Rows) != in.Read {
			t.Errorf("%s: %d records, %d read, %d used, %d rejected, %d duplicate, %d set aside", tb.File, tb.Records, in.Read, in.Used, in.Rejected, in.Duplicate, in.SetAside)
		}
		for _, r := range in.Rows {
			if (r.Status == evidence.RowUsed) != (r.Reason == "") {
				t.Errorf("%s row %d is %s because %q", tb.File, r.N, r.Status, r.Reason)
			}
		}
	}
}

func FuzzLoad(f *testing.F) {
	for _, d := range dataSets {
		var header []string
		for _, c := range d.Columns {
			header = append(header, c.Name)
		}
		f.Add(d.Name, strings.Join(header, ","), strings.Repeat("2026-05-01,", len(header)))
	}
	f.Add("alerts", "alert_id,raised,system,signature", "1,05/06/2026,SQL-01,disk")
	f.Add("patches", "qid,host,ip,severity,cve,cvss,epss,kev,state", "1,a,10.0.0.1,5,CVE-2026-0001 cve-2026-2,45354,93%,2024-05-01,re-opened\n,,,,,,,,")
	f.Add("", "a,b,,\xff", "1,2,3")
	f.Fuzz(func(t *testing.T, dataSet, header, cells string) {
		tb := &source.Table{File: "exports/x.csv", Format: "csv", Header: strings.Split(header, ","), HeaderRow: 1}
		for n, line := range strings.Split(cells, "\n") {
			row := strings.Split(line, ",")
			for len(row) < len(tb.Header) {
				row = append(row, "")
			}
			tb.Rows = append(tb.Rows, source.Row{N: n + 2, Cells: row})
		}
		for _, src := range []*config.Source{nil, {Name: "s", DataSet: dataSet}} {
			set, readings, _ := Load(Options{Files: []File{{Table: tb, Source: src}}, AsOf: mayEnd, MaxRejected: 100})
			if r := readings[0]; r.Input != nil && r.Input.Read != r.Input.Used+r.Input.Rejected+r.Input.Duplicate+r.Input.SetAside {
				t.Errorf("%+v", r.Input)
			}
			for i := range set.Systems {
				if set.Systems[i].ID == "" {
					t.Errorf("a system without an id: %+v", set.Systems[i])
				}
			}
		}
	})
}
