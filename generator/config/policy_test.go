package config

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestEveryDefaultIsGood(t *testing.T) {
	names := map[string]bool{}
	for i := range limitTable {
		row := &limitTable[i]
		if names[row.name] || row.means == "" || (row.source == "") != (row.like != "") || (row.def == "") != (row.like != "") {
			t.Errorf("%s: twice, or without meaning, source or default", row.name)
		}
		names[row.name] = true
		if row.like != "" {
			continue
		}
		if _, complaint := row.put(&Policy{}, strings.Fields(row.def)); complaint != "" {
			t.Errorf("%s: %s", row.name, complaint)
		}
		if group, _, grouped := strings.Cut(row.name, "."); grouped && groupMeans[group] == "" {
			t.Errorf("group %s is not explained", group)
		}
	}
	for i := range limitTable {
		if like := limitTable[i].like; like != "" && !names[like] {
			t.Errorf("%s is like %s, which is no limit", limitTable[i].name, like)
		}
	}
	for _, o := range ProfileHIPAA2025.overrides() {
		if !names[o.limit] {
			t.Errorf("the profile sets %s, which is no limit", o.limit)
		}
	}
}

// Every field of a Policy must be a row of the table, else it is a limit that
// the Rules page does not print.
func TestEveryLimitIsInTheTable(t *testing.T) {
	var p Policy
	var numbers func(v reflect.Value, name string, found map[string]uintptr)
	numbers = func(v reflect.Value, name string, found map[string]uintptr) {
		if v.Kind() == reflect.Struct {
			for i := range v.NumField() {
				numbers(v.Field(i), name+"."+v.Type().Field(i).Name, found)
			}
			return
		}
		found[name] = v.Addr().Pointer()
	}
	found := map[string]uintptr{}
	numbers(reflect.ValueOf(&p).Elem(), "Policy", found)
	rows := map[uintptr]string{}
	for i := range limitTable {
		at := reflect.ValueOf(limitTable[i].field(&p)).Pointer()
		if other, twice := rows[at]; twice {
			t.Errorf("%s and %s fill the same field", other, limitTable[i].name)
		}
		rows[at] = limitTable[i].name
	}
	for name, at := range found {
		if name == "Policy.SetBy" || name == "Policy.Profile" || name == "Policy.Limits" {
			continue
		}
		if rows[at] == "" {
			t.Errorf("%s is filled by no row of limitTable", name)
		}
	}
}

func TestWhoSetALimit(t *testing.T) {
	for _, c := range []struct{ fact, text, limit, value, source string }{
		{"a default of ours", "", "horizon", "30 days", "judgement"},
		{"a published default", "", "account-dormant", "45 days", "CIS Controls v8.1, 5.3"},
		{"a limit that follows another", "", "restore-test.revenue", "90 days", "judgement"},
		{"set with a name", "set-by: Risk committee, 4 Feb 2026\n  horizon: 60d", "horizon", "60 days", "Risk committee, 4 Feb 2026"},
		{"the name may stand below", "horizon: 60d\n  set-by: The board", "horizon", "60 days", "The board"},
		{"set by nobody", "horizon: 60d", "horizon", "60 days", "nobody named (proofpack.yml line 4)"},
		{"following what is set", "restore-test: 45d", "restore-test.service", "45 days", "nobody named (proofpack.yml line 4)"},
		{"a group set whole", "restore-test: {default: 45d, service: 1d}", "restore-test.service", "1 day", "nobody named (proofpack.yml line 4)"},
		{"set by a profile", "profile: hipaa-proposed-2025", "backup-age", "48 hours", "HIPAA Security Rule as proposed, 90 FR 898 (6 Jan 2025), not in force"},
		{"set over a profile", "backup-age: 24h\n  profile: hipaa-proposed-2025", "backup-age", "24 hours", "nobody named (proofpack.yml line 4)"},
		{"another profile sets no limit", "profile: cis", "leaver-grace", "1 day", "judgement"},
		{"none", "restore-within: none", "restore-within", "none", "nobody named (proofpack.yml line 4)"},
		{"money", "labour-rate: 120.50", "labour-rate", "120.5 EUR an hour", "nobody named (proofpack.yml line 4)"},
		{"a percent with its sign", "max-rejected: 2.5%", "max-rejected", "2.5 %", "nobody named (proofpack.yml line 4)"},
		{"a range", "response-cost: {edge: [1, 2.5, 3]}", "response-cost.edge", "1 / 2.5 / 3 EUR", "nobody named (proofpack.yml line 4)"},
		{"a time of day", "day-start: 07:30", "day-start", "07:30", "nobody named (proofpack.yml line 4)"},
		{"a share", "", "hands-on", "0.8", "judgement"},
	} {
		text := "company: A\ncurrency: EUR\npolicy:\n  " + c.text + "\n"
		config, problems := Parse("proofpack.yml", []byte(text))
		if len(problems) > 0 {
			t.Errorf("%s: %s", c.fact, lines(problems))
			continue
		}
		l := config.Policy.Limit(c.limit)
		if l.Text() != c.value || l.Source != c.source {
			t.Errorf("%s: %s is %q by %q, want %q by %q", c.fact, c.limit, l.Text(), l.Source, c.value, c.source)
		}
	}
}

func TestALimitOfTheCommandLine(t *testing.T) {
	p := Defaults()
	if problem := p.Set("max-rejected", "7.5", "option --max-rejected"); problem != nil {
		t.Fatal(problem)
	}
	if l := p.Limit("max-rejected"); p.MaxRejected != 7.5 || l.Text() != "7.5 %" || l.Source != "option --max-rejected" {
		t.Errorf("got %v, %+v", p.MaxRejected, l)
	}
	problem := p.Set("max-rejected", "101", "option --max-rejected")
	if problem == nil || problem.Error() != "option --max-rejected: 101 is more than 100 Fix: write a number from 0 to 100" {
		t.Errorf("got %v", problem)
	}
	if p.MaxRejected != 7.5 {
		t.Errorf("a bad value must change nothing: %v", p.MaxRejected)
	}
}

func TestAccessReviewIsTheShorterLimit(t *testing.T) {
	a := AccessReview{Privileged: 90 * day, Other: 365 * day, Revenue: 180 * day}
	for _, c := range []struct {
		fact       string
		privileged bool
		stops      []string
		want       time.Duration
	}{
		{"no service", false, nil, 365 * day},
		{"a service that narrows it", false, []string{"revenue"}, 180 * day},
		{"a service that sets no limit", false, []string{"compliance"}, 365 * day},
		{"narrower by its own class", true, []string{"revenue"}, 90 * day},
	} {
		if got := a.For(c.privileged, c.stops...); got != c.want {
			t.Errorf("%s: %v, want %v", c.fact, got, c.want)
		}
	}
}

var behind = regexp.MustCompile(`(?m)^(\s*)#(\S|  )`)

func TestTheStarterIsGoodAsItStandsAndWithEveryLineUsed(t *testing.T) {
	starter := Starter("Halden Supply Co.")
	c, problems := Parse("proofpack.yml", starter)
	if len(problems) > 0 || c.Company != "Halden Supply Co." {
		t.Fatalf("as it stands: %q\n%s", c.Company, lines(problems))
	}
	used := behind.ReplaceAllString(string(starter), "$1$2")
	c, problems = Parse("proofpack.yml", []byte(used))
	if len(problems) > 0 {
		t.Fatalf("with every line used:\n%s\n%s", used, lines(problems))
	}
	defaults := Defaults()
	for _, l := range c.Policy.Limits {
		if l.Line == 0 {
			t.Errorf("the starter does not show %s", l.Name)
		}
		if want := defaults.Limit(l.Name).Value; l.Value != want {
			t.Errorf("the starter shows %s: %s, the default is %s", l.Name, l.Value, want)
		}
	}
	for _, f := range sourceFields(&Source{}) {
		if examples[f.name] == "" {
			t.Errorf("the starter shows no example of %s", f.name)
		}
	}
	if len(c.Sources) != 1 || len(c.Aliases) != 1 || len(c.Publish) == 0 || c.Theme == "" || len(c.Packet.Signs) == 0 || c.Sign.Key == "" {
		t.Errorf("the starter leaves something out: %+v", c)
	}
	for i, line := range strings.Split(string(starter), "\n") {
		if len(line) > 130 {
			t.Errorf("line %d has %d characters", i+1, len(line))
		}
	}
	golden(t, "starter.yml", starter)
}

func TestAnyCompanyNameComesBack(t *testing.T) {
	for _, name := range []string{"Halden", "O'Hara & Sons, Inc.", "# 1 Parts", "true", "Null", "a: b", `"Q" \ Co`, "Čapek s.r.o.", "123", "- x", "Yes\tNo"} {
		c, problems := Parse("proofpack.yml", Starter(name))
		if strings.Contains(name, "\t") {
			if len(problems) != 1 {
				t.Errorf("%q: a tab in a name must be said: %s", name, lines(problems))
			}
			continue
		}
		if c.Company != name || len(problems) > 0 {
			t.Errorf("%q came back as %q\n%s", name, c.Company, lines(problems))
		}
	}
}

func TestSchema(t *testing.T) {
	for name, text := range map[string][]byte{"proofpack.schema.json": Schema(), "intake.schema.json": IntakeSchema()} {
		if !json.Valid(text) {
			t.Errorf("%s is not JSON", name)
		}
		golden(t, name, text)
	}
	var s struct {
		Properties struct {
			Policy struct {
				Properties map[string]json.RawMessage
			}
		}
	}
	if err := json.Unmarshal(Schema(), &s); err != nil {
		t.Fatal(err)
	}
	for i := range limitTable {
		group, _, _ := strings.Cut(limitTable[i].name, ".")
		if s.Properties.Policy.Properties[group] == nil {
			t.Errorf("the schema lacks %s", group)
		}
	}
	if diff := cmp.Diff(Schema(), Schema()); diff != "" {
		t.Error("the schema differs from itself")
	}
}

// golden compares with a file of testdata; UPDATE=1 writes it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("UPDATE") != "" {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}
