package generator

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"proofpack/generator/assess"
	"proofpack/generator/graph"
	"proofpack/generator/intake"
	"proofpack/generator/rank"
)

// TestRemovingEvidenceNeverImprovesAnything takes rows, cells and whole exports
// away from folders whose intake records declare how many rows there are, as
// somebody would who wants to look better, and reads, judges and ranks what is
// left: no proof may be gained, no high bound may fall, and no bad finding may
// go without another that names what is short.
func TestRemovingEvidenceNeverImprovesAnything(t *testing.T) {
	for _, name := range []string{"A-storage", "A-storage-control", "B-hidden", "B-hidden-control"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMonotone(t, name)
			before := m.judge()
			n := 0
			for _, file := range slices.Sorted(maps.Keys(m.exports)) {
				rows := m.exports[file]
				less := func(what, column string, left [][]string) {
					n++
					m.write(file, left)
					for _, problem := range improved(before, m.judge(), edges[column]) {
						t.Errorf("%s %s: %s", file, what, problem)
					}
					m.write(file, rows)
				}
				less("without its rows", "", rows[:1])
				for _, i := range m.some(1, len(rows), 12) {
					less(fmt.Sprintf("without row %d", i+1), "", slices.Delete(slices.Clone(rows), i, i+1))
				}
				cells := len(rows[0]) * (len(rows) - 1)
				for _, c := range m.some(0, cells, 20) {
					i, column := 1+c/len(rows[0]), c%len(rows[0])
					if rows[i][column] == "" {
						continue
					}
					left := slices.Clone(rows)
					left[i] = slices.Clone(rows[i])
					left[i][column] = ""
					less(fmt.Sprintf("row %d without %s = %s", i+1, rows[0][column], rows[i][column]), rows[0][column], left)
				}
				for column, heading := range rows[0] {
					var left [][]string
					for _, r := range rows {
						left = append(left, slices.Delete(slices.Clone(r), column, column+1))
					}
					less("without the column "+heading, heading, left)
				}
				m.without(file, func() {
					n++
					if after := m.judge(); after != nil {
						t.Errorf("%s is gone, its record stands, and the month is read", file)
					}
				})
			}
			if problems := improved(before, m.judge(), false); len(problems) > 0 || len(m.judge().findings) != len(before.findings) {
				t.Errorf("everything is back, and something is not as it was: %v", problems)
			}
			t.Logf("%d deletions, %d findings", n, len(before.findings))
		})
	}
}

// A monotone is a folder of exports from which things are taken away.
type monotone struct {
	t       *testing.T
	dir     string // of the exports
	options Options
	exports map[string][][]string // by file name, header first
	random  *rand.Rand

	in      *input
	files   []intake.File   // as read
	touched map[string]bool // files that are no longer as read, by name
}

func newMonotone(t *testing.T, scenario string) *monotone {
	t.Helper()
	dir := t.TempDir()
	m := &monotone{
		t: t, dir: filepath.Join(dir, "exports"), options: Options{Dir: dir, Month: "2026-05"},
		exports: map[string][][]string{}, touched: map[string]bool{}, random: rand.New(rand.NewPCG(5, 31)),
	}
	if err := os.Mkdir(m.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	m.file(filepath.Join(dir, "proofpack.yml"), "company: Halden Supply Co.\ncurrency: USD\ntime-zone: America/Los_Angeles\n")
	from := filepath.Join("..", "..", "shared", "scenarios", scenario)
	entries, err := os.ReadDir(from)
	if err != nil {
		t.Fatalf("the acceptance data must lie beside the project: %v", err)
	}
	for _, e := range entries {
		name := e.Name()
		if name == "incidents-june.csv" { // a later month's
			continue
		}
		data, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			t.Fatal(err)
		}
		m.file(filepath.Join(m.dir, name), string(data))
		if filepath.Ext(name) != ".csv" {
			continue
		}
		rows, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		m.exports[name] = rows
		m.write(name, rows)
		if _, err := os.Stat(filepath.Join(from, name+sidecar)); err != nil {
			m.file(filepath.Join(m.dir, name+sidecar), fmt.Sprintf("system: its tool\nextracted-by: D. Ortiz\nextracted-at: 2026-05-31T23:00\nrows-expected: %d\n", len(rows)-1))
		}
	}
	return m
}

func (m *monotone) file(path, text string) {
	m.t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		m.t.Fatal(err)
	}
}

func (m *monotone) write(name string, rows [][]string) {
	m.t.Helper()
	var b strings.Builder
	w := csv.NewWriter(&b)
	if err := w.WriteAll(rows); err != nil {
		m.t.Fatal(err)
	}
	m.file(filepath.Join(m.dir, name), b.String())
	m.touched[name] = true
}

// without takes an export away while something is done.
func (m *monotone) without(name string, do func()) {
	m.t.Helper()
	at, aside := filepath.Join(m.dir, name), filepath.Join(m.options.Dir, name)
	if err := os.Rename(at, aside); err != nil {
		m.t.Fatal(err)
	}
	m.touched[name] = true
	do()
	if err := os.Rename(aside, at); err != nil {
		m.t.Fatal(err)
	}
	m.touched[name] = true
}

// some are the numbers from a up to b, or so many of them, spread at random.
func (m *monotone) some(a, b, most int) []int {
	var all []int
	for i := a; i < b; i++ {
		all = append(all, i)
	}
	m.random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return slices.Sorted(slices.Values(all[:min(most, len(all))]))
}

// A judgement is what may not get better.
type judgement struct {
	proven   map[string]bool // by id of the finding
	findings []assess.Finding
	high     map[string]rank.Exposure // by service and system
}

// judge reads and judges what is there as a build does, but that files which are
// as they were are not read again; nil when it is refused.
func (m *monotone) judge() *judgement {
	m.t.Helper()
	if m.in == nil {
		in, err := read(&m.options)
		if err != nil {
			m.t.Fatal(err)
		}
		m.t.Cleanup(func() {
			if err := in.close(); err != nil {
				m.t.Error(err)
			}
		})
		m.in = in
		if m.files, err = in.files(); err != nil {
			m.t.Fatal(err)
		}
	}
	for i := range m.files {
		name := path.Base(m.files[i].Name)
		if !m.touched[name] {
			continue
		}
		files, err := m.in.file(m.files[i].Name, nil)
		if err != nil {
			m.t.Fatal(err)
		}
		m.files[i] = files[0] // the exports it changes are CSV: a table each
	}
	clear(m.touched)
	set, _, problems := intake.Load(intake.Options{Files: m.files, Config: m.in.config, AsOf: m.in.set.AsOf, MaxRejected: m.in.config.Policy.MaxRejected})
	if len(problems) > 0 {
		return nil
	}
	judged := &assess.Input{Set: set, Graph: graph.New(set), Policy: m.in.config.Policy}
	result := assess.Assess(judged)
	if len(result.Faults) > 0 {
		m.t.Fatal(result.Faults)
	}
	ranking := rank.Rank(judged, result)
	j := &judgement{proven: map[string]bool{}, findings: result.Findings, high: map[string]rank.Exposure{}}
	for _, f := range result.Findings {
		if f.State == assess.Proven {
			j.proven[f.ID] = true
		}
	}
	for _, s := range ranking.Services {
		j.high["service "+s.ID] = s.Exposure
	}
	for _, s := range ranking.Systems {
		j.high["system "+s.ID] = s.Exposure
	}
	return j
}

// edges are the columns by which an inventory says what needs what. A link that
// no export holds can't be counted, and an empty cell is as often the truth: a
// machine of its own rests on no host. So a bound may fall with it; no finding
// may go in silence all the same.
var edges = map[string]bool{"runs_on": true, "depends_on": true, "service_id": true}

// improved lists what is better than before; a month that is refused is not.
func improved(before, after *judgement, edges bool) []string {
	if after == nil {
		return nil
	}
	var all []string
	if len(after.proven) > len(before.proven) {
		all = append(all, fmt.Sprintf("%d proven, there were %d", len(after.proven), len(before.proven)))
	}
	for _, f := range before.findings {
		if after.proven[f.ID] && !before.proven[f.ID] && !edges {
			all = append(all, fmt.Sprintf("%s was %s and is proven now", f.ID, f.State))
		}
	}
	fresh := freshlyBad(before, after)
	for _, id := range slices.Sorted(maps.Keys(before.high)) {
		was, is := before.high[id], after.high[id]
		_, here := after.high[id]
		switch {
		case !here && len(fresh) == 0:
			all = append(all, id+" is gone, and nothing says what is short")
		case here && bounded(is) && (!bounded(was) || is.High < was.High) && !edges:
			all = append(all, fmt.Sprintf("the high bound of %s fell from %s to %d", id, bound(was), is.High))
		}
	}
	bad := map[string]bool{}
	for _, f := range after.findings {
		bad[f.ID] = f.State == assess.Failed || f.State == assess.Missing
	}
	for _, f := range before.findings {
		if (f.State == assess.Failed || f.State == assess.Missing) && !bad[f.ID] && !slices.ContainsFunc(fresh, func(n assess.Finding) bool { return speaksFor(n, f) }) {
			all = append(all, fmt.Sprintf("%s (%s, %s) is gone, and nothing says what is short", f.ID, f.State, f.Says))
		}
	}
	return all
}

// bounded tells whether an exposure has a high bound.
func bounded(e rank.Exposure) bool { return e.Known && !e.Unbounded }

func bound(e rank.Exposure) string {
	if !bounded(e) {
		return "no bound"
	}
	return fmt.Sprint(e.High)
}

// freshlyBad are the failed and missing findings that were not there before, or
// said something else.
func freshlyBad(before, after *judgement) []assess.Finding {
	was := map[string]bool{}
	for _, f := range before.findings {
		if f.State == assess.Failed || f.State == assess.Missing {
			was[f.ID+" "+f.Says.String()] = true
		}
	}
	var fresh []assess.Finding
	for _, f := range after.findings {
		if (f.State == assess.Failed || f.State == assess.Missing) && !was[f.ID+" "+f.Says.String()] {
			fresh = append(fresh, f)
		}
	}
	return fresh
}

// speaksFor tells whether a new finding says what a lost one no longer can: an
// export is short, or the same system, service or subject stands worse.
func speaksFor(fresh, lost assess.Finding) bool {
	switch {
	case fresh.Check.ID == "GOV-03":
		return true
	case fresh.Subject.Kind == lost.Subject.Kind && fresh.Subject.ID == lost.Subject.ID:
		return true
	case lost.Subject.System != "" && host(fresh.Subject.System) == host(lost.Subject.System):
		return true // known by its other name now, perhaps
	case fresh.Check.ID == lost.Check.ID && (fresh.Subject.ID == lost.Part || slices.Contains(lost.Services, fresh.Subject.Service)):
		return true
	}
	return strings.Contains(fresh.Says.String(), cmp.Or(lost.Subject.Name, lost.Subject.ID))
}

// host is the first part of a name: vmh-02 of "VMH-02" and of "vmh-02.corp".
func host(name string) string {
	first, _, _ := strings.Cut(strings.ToLower(name), ".")
	return first
}
