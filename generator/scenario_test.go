package generator_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"proofpack/generator"
	"proofpack/generator/report"
	"proofpack/generator/sign"
	"proofpack/templates"
	"proofpack/themes"
)

// shared is the folder of acceptance data beside the project.
func shared(t *testing.T, parts ...string) string {
	t.Helper()
	dir := filepath.Join(append([]string{"..", "..", "shared"}, parts...)...)
	if _, err := os.Stat(dir); err != nil {
		t.Fatalf("the acceptance data must lie beside the project: %v", err)
	}
	return dir
}

// client lays out a folder as a user would: three lines of configuration and
// the exports of one month, some left out or changed.
func client(t *testing.T, scenario string, change map[string]func(string) string) string {
	t.Helper()
	dir := t.TempDir()
	exports := filepath.Join(dir, "exports", "2026-05")
	if err := os.MkdirAll(exports, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "proofpack.yml"), "company: Halden Supply Co.\ncurrency: USD\ntime-zone: America/Los_Angeles\n")
	if scenario == "" {
		return dir
	}
	from := shared(t, "scenarios", scenario)
	entries, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() == "incidents-june.csv" { // a later month's
			continue
		}
		data, err := os.ReadFile(filepath.Join(from, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if edit := change[e.Name()]; edit != nil {
			if text = edit(text); text == "" {
				continue
			}
		}
		write(t, filepath.Join(exports, e.Name()), text)
	}
	for name, edit := range change {
		if _, err := os.Stat(filepath.Join(from, name)); err != nil {
			write(t, filepath.Join(exports, name), edit(""))
		}
	}
	return dir
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// signedAt is when the tests sign; the clock of the machine is not asked.
var signedAt = time.Date(2026, 6, 2, 9, 12, 0, 0, time.UTC)

// testKey is a key made from fixed random bytes.
func testKey(t *testing.T) *sign.Key {
	t.Helper()
	keyPEM, certPEM, err := sign.Create("Dana Ortiz", "Halden Supply Co.", signedAt.AddDate(0, -1, 0), &counter{})
	if err != nil {
		t.Fatal(err)
	}
	key, err := sign.ParsePEM(append(keyPEM, certPEM...))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// counter reads as bytes that never repeat for long.
type counter struct{ n uint64 }

func (c *counter) Read(p []byte) (int, error) {
	for i := range p {
		c.n = c.n*6364136223846793005 + 1442695040888963407
		p[i] = byte(c.n >> 33)
	}
	return len(p), nil
}

func options(dir, out string) generator.Options {
	return generator.Options{
		Dir: dir, Month: "2026-05", Out: out, Draft: true, At: signedAt, Tool: report.Tool{Name: "proofpack", Version: "test", Commit: "0123456789ab"}, Go: "go1.26",
		Command: "proofpack build --month 2026-05", Templates: templates.FS, Themes: themes.FS,
	}
}

// A built month as tests read it.
type built struct {
	dir    string // the published folder
	doc    document
	packet string // text of the packet, white space folded
}

type document struct {
	Headline string
	Counts   map[string]int
	Cells    map[string]int
	Services []struct {
		ID, Name string
		Rank     int
		Ladder   []struct {
			Label  string
			Amount *int64
		}
		Drivers    []struct{ System, Text string }
		Drifts     []struct{ Name string }
		FourProofs map[string]string `json:"four_proofs"`
		Exposure   struct{ Low, Likely, High *int64 }
	}
	Systems []struct {
		ID   string
		Rank int
	}
	Findings []struct {
		ID, Check, State, Text string
		Subject                struct{ Kind, ID string }
		Services               []string
		Sources                []struct {
			File string
			Row  int
		}
	}
	Contradictions []struct {
		ID, Text string
		Subject  struct{ Kind, ID string }
		A, B     struct {
			File *string
			Row  *int
		}
	}
	Capacity []struct {
		System, Resource string
		UsedPercent      float64 `json:"used_percent"`
		PerDay           float64 `json:"per_day"`
		FullOn           *string `json:"full_on"`
		Days             *int
	}
	Recovery []struct {
		Service        string
		Order          []string
		State          string
		MinutesAtLeast float64  `json:"minutes_at_least"`
		TargetMinutes  *float64 `json:"target_minutes"`
		PlanProblems   []string `json:"plan_problems"`
		Cycles         []string
	}
	Actions   []struct{ Text, Proof string }
	Questions []struct {
		CanBeAnswered bool `json:"can_be_answered"`
	}
	Sources []struct {
		DataSet  string `json:"data_set"`
		File     string
		RowsRead int `json:"rows_read"`
		Used     int `json:"rows_used"`
		Rejected int `json:"rows_rejected"`
		Dup      int `json:"rows_duplicate"`
		Aside    int `json:"rows_set_aside"`
	}
	Unknown []struct {
		Name     string
		DataSets map[string]int `json:"data_sets"`
	} `json:"unknown_systems"`
}

func build(t *testing.T, dir string, change ...func(*generator.Options)) *built {
	t.Helper()
	o := options(dir, t.TempDir())
	for _, c := range change {
		c(&o)
	}
	b, err := generator.Build(o)
	var refused *generator.Refused
	if errors.As(err, &refused) {
		for _, p := range refused.Problems {
			t.Error(p)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return open(t, filepath.Join(o.Out, b.Folder))
}

func open(t *testing.T, dir string) *built {
	t.Helper()
	b := &built{dir: dir}
	data, err := os.ReadFile(filepath.Join(dir, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &b.doc); err != nil {
		t.Fatal(err)
	}
	b.packet = folded(tool(t, "pdftotext", "-layout", filepath.Join(dir, "packet.pdf"), "-"))
	return b
}

// tool runs a program that `make tools` installs.
func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("%s is needed: run make tools", name)
	}
	out, err := exec.Command(path, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

func folded(s string) string { return strings.Join(strings.Fields(s), " ") }

var tags = regexp.MustCompile(`<[^>]*>`)

// page is the text of a page of the site.
func (b *built) page(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(b.dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	text := tags.ReplaceAllString(string(data), " ")
	for _, p := range [][2]string{{"&#39;", "'"}, {"&#34;", `"`}, {"&quot;", `"`}, {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}} {
		text = strings.ReplaceAll(text, p[0], p[1])
	}
	return closedUp(text)
}

// closedUp takes out the blanks that a tag or a code leaves beside marks.
func closedUp(text string) string {
	return strings.ReplaceAll(spaced.ReplaceAllString(folded(text), "$1"), "( ", "(")
}

var spaced = regexp.MustCompile(` ([.,;:)])`)

// texts are the sentences of findings, and their states.
func (b *built) texts() string {
	var all []string
	for _, f := range b.doc.Findings {
		all = append(all, fmt.Sprintf("%s %s %s: %s", f.Check, f.Subject.ID, f.State, f.Text))
	}
	return strings.Join(all, "\n")
}

func (b *built) state(check, subject string) string {
	for _, f := range b.doc.Findings {
		if f.Check == check && f.Subject.ID == subject {
			return f.State
		}
	}
	return "no finding"
}

// bare is the packet's text without the codes of figures.
func (b *built) bare() string {
	return closedUp(regexp.MustCompile(`F-\d{4,}`).ReplaceAllString(b.packet, " "))
}

func has(t *testing.T, where, text, want string) {
	t.Helper()
	if !strings.Contains(text, want) {
		t.Errorf("%s does not say %q", where, want)
	}
}

func TestScenarioStorage(t *testing.T) {
	b := build(t, client(t, "A-storage", nil))
	texts, service, packet := b.texts(), b.page(t, "services/shipping.html"), b.bare()

	top := b.doc.Services[0]
	if top.ID != "SVC-SHIP" || top.Rank != 1 || top.Drivers[0].System != "VMH-01" {
		t.Errorf("first is %s driven by %v, want SVC-SHIP driven by VMH-01", top.ID, top.Drivers)
	}
	for _, want := range []string{
		"3 line-of-business servers run on it: SQL-01, ERP-01, WMS-01",
		"DS-PROD-01 is 95.6 % full, growing 25.8 GB a day; full about 13 June 2026 (13 whole days after the last sample)",
		"5 storage warnings in 28 days: 0 acknowledged by a person, 0 with a ticket, 1 auto-closed.",
		"VMH-01 has no owner.",
		"Vendor support ended 241 days ago; no exception on file.",
		"Snapshot clean-up failed 8 runs in a row since 12 April.",
		"Backups ran 93 of 93. This does not prove recovery: 0 of 4 systems have a full restore test; last restore of any kind was one file on 14 Sep 2025.",
		"Written recovery order misses VMH-01 and WMS-01, last updated 557 days ago.",
	} {
		if want != "3 line-of-business servers run on it: SQL-01, ERP-01, WMS-01" {
			has(t, "report.json", texts, want)
		}
		has(t, "the page of Shipping", service, want)
		for _, word := range strings.Fields(want) {
			has(t, "the packet", packet, strings.Trim(word, ".,;:()"))
		}
	}
	has(t, "report.json", top.Drivers[0].Text, "3 line-of-business servers run on it: SQL-01, ERP-01, WMS-01")
	has(t, "report.json", texts, "Capacity review: monthly, no owner, 89 days overdue.")
	has(t, "the routine page", b.page(t, "routine.html"), "Capacity review: monthly, no owner, 89 days overdue.")
	has(t, "the summary", b.page(t, "index.html"), "13 June 2026")

	c := b.doc.Capacity[0]
	if c.UsedPercent != 95.6 || c.PerDay != 25.8 || *c.FullOn != "2026-06-13" || *c.Days != 13 {
		t.Errorf("capacity %+v", c)
	}
	if got := top.FourProofs["recovery"]; got != "missing" {
		t.Errorf("recovery is %s, want missing", got)
	}
	var amounts []int64
	for _, r := range top.Ladder {
		amounts = append(amounts, *r.Amount)
	}
	if want := []int64{13400, 25125, 50250}; !slices.Equal(amounts, want) {
		t.Errorf("ladder %v, want %v", amounts, want)
	}
	for _, amount := range []string{"$13,400", "$25,125", "$50,250"} {
		has(t, "the page of Shipping", service, amount)
		has(t, "the packet", packet, amount)
	}
	for i, want := range []string{"Name an owner for VMH-01", "before 10 June 2026", "full restore test"} {
		has(t, fmt.Sprintf("action %d", i+1), b.doc.Actions[i].Text, want)
	}
	if n := len(top.Drifts); n < 7 {
		t.Errorf("%d drifts on Shipping, want at least 7", n)
	}
}

func TestScenarioHidden(t *testing.T) {
	b := build(t, client(t, "B-hidden", nil))
	texts, summary := b.texts(), b.page(t, "index.html")
	for _, want := range []string{
		"The database has not been proven sound since 19 April 2026 (42 days, 42 snapshots): 6 consistency checks failed in a row.",
		"15 shadow-copy warnings since 22 April, nobody acknowledged them, no ticket.",
	} {
		has(t, "report.json", texts, want)
		has(t, "the page of Order entry", b.page(t, "services/order-entry.html"), want)
	}
	all := b.page(t, "contradictions.html") + summary + texts
	has(t, "the report", all, "31 of 31")
	var x01 bool
	for _, c := range b.doc.Contradictions {
		if c.ID == "X01" && c.A.File != nil && c.B.File != nil && *c.A.Row > 0 && *c.B.Row > 0 {
			x01 = true
		}
	}
	if !x01 {
		t.Errorf("no X01 with both rows: %+v", b.doc.Contradictions)
	}
	has(t, "the summary", summary, "X01")
	if s := b.doc.Services[0].FourProofs["recovery"]; s == "proven" {
		t.Error("recovery of Order entry is proven")
	}
	has(t, "the packet", b.bare(), "X01")
}

func TestControlsAreNotFlagged(t *testing.T) {
	for _, c := range []struct {
		scenario, service string
		minutes           float64
	}{{"A-storage-control", "SVC-SHIP", 200}, {"B-hidden-control", "SVC-ORD", 135}} {
		t.Run(c.scenario, func(t *testing.T) {
			b := build(t, client(t, c.scenario, nil))
			for _, f := range b.doc.Findings {
				if slices.Contains(f.Services, c.service) && (f.State == "failed" || f.State == "stale") {
					t.Errorf("%s is %s: %s", f.ID, f.State, f.Text)
				}
			}
			if got := b.doc.Services[0].FourProofs["recovery"]; got != "proven" {
				t.Errorf("recovery is %s, want proven", got)
			}
			if len(b.doc.Contradictions) > 0 {
				t.Errorf("contradictions: %+v", b.doc.Contradictions)
			}
			for _, r := range b.doc.Capacity {
				if r.FullOn != nil && *r.Days < 365 {
					t.Errorf("forecast %s", *r.FullOn)
				}
			}
			r := b.doc.Recovery[0]
			if r.MinutesAtLeast != c.minutes || r.State != "proven" || len(r.PlanProblems) > 0 {
				t.Errorf("recovery %+v, want %g minutes, proven", r, c.minutes)
			}
		})
	}
}
