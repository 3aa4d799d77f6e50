package generator

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"proofpack/generator/assess"
	"proofpack/generator/graph"
	"proofpack/generator/intake"
	"proofpack/generator/rank"
	"proofpack/generator/source"
)

// A monotone is a folder of exports from which things are taken away. Every
// export has an intake record that declares its rows.
type monotone struct {
	t       *testing.T
	dir     string // of the exports
	options Options
	exports map[string][][]string // by file name, header first; of JSON the ways to its values
	random  *rand.Rand

	in      *input
	files   []intake.File   // as read
	touched map[string]bool // files that are no longer as read, by name
}

// scenarioFolder is a scenario of the acceptance data as a month's folder.
func scenarioFolder(t *testing.T, name string) *monotone {
	t.Helper()
	return newMonotone(t, "2026-05", "company: Halden Supply Co.\ncurrency: USD\ntime-zone: America/Los_Angeles\n",
		filepath.Join("..", "..", "shared", "scenarios", name), "incidents-june.csv")
}

// sampleFolder is a month of the sample.
func sampleFolder(t *testing.T, month string) *monotone {
	t.Helper()
	config, err := os.ReadFile(filepath.Join("..", "sample-data", "proofpack.yml"))
	if err != nil {
		t.Fatal(err)
	}
	return newMonotone(t, month, string(config), filepath.Join("..", "sample-data", "exports", month))
}

// newMonotone copies a folder of exports, apart from some that are a later
// month's.
func newMonotone(t *testing.T, month, config, from string, later ...string) *monotone {
	t.Helper()
	dir := t.TempDir()
	m := &monotone{
		t: t, dir: filepath.Join(dir, "exports", month), options: Options{Dir: dir, Month: month},
		exports: map[string][][]string{}, touched: map[string]bool{}, random: rand.New(rand.NewPCG(5, 31)),
	}
	if err := os.MkdirAll(m.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	m.file(filepath.Join(dir, "proofpack.yml"), config)
	entries, err := os.ReadDir(from)
	if err != nil {
		t.Fatalf("the exports must lie beside the project: %v", err)
	}
	for _, e := range entries {
		if slices.Contains(later, strings.TrimSuffix(e.Name(), sidecar)) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(from, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		name := e.Name()
		if ext := filepath.Ext(name); ext == ".csv" || ext == ".xlsx" {
			data = tableText(t, name, data)
		}
		m.add(strings.Replace(name, ".xlsx", ".csv", 1), string(data))
	}
	for name, rows := range m.exports {
		m.declare(name, len(rows)-1)
	}
	return m
}

// add puts a file into the folder; of an export its rows are kept.
func (m *monotone) add(name, text string) {
	m.t.Helper()
	m.file(filepath.Join(m.dir, name), text)
	var rows [][]string
	var err error
	switch filepath.Ext(name) {
	case ".csv":
		rows, err = csv.NewReader(strings.NewReader(text)).ReadAll()
	case ".json", ".jsonl":
		rows, err = objects(text)
	default:
		return
	}
	if err != nil {
		m.t.Fatalf("%s: %v", name, err)
	}
	m.exports[name] = rows
	m.write(name, rows)
}

// tableText is the table of a workbook or of a file with lines around it as
// plain CSV, so that things can be taken away from it.
func tableText(t *testing.T, name string, data []byte) []byte {
	t.Helper()
	table, err := source.Read(name, bytes.NewReader(data), source.Options{Score: intake.Score})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(table.Header); err != nil {
		t.Fatal(err)
	}
	for _, r := range table.Rows {
		row := make([]string, len(table.Header))
		copy(row, r.Cells)
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	return b.Bytes()
}

var declaredRows = regexp.MustCompile(`(?m)^rows-expected:.*\n?`)

// declare has the intake record of an export say how many rows it has.
func (m *monotone) declare(name string, rows int) {
	m.t.Helper()
	at := filepath.Join(m.dir, name+sidecar)
	record, err := os.ReadFile(at)
	if err != nil {
		record = []byte("system: its tool\nextracted-by: D. Ortiz\nextracted-at: " + m.options.Month + "-28T23:00\n")
	}
	m.file(at, string(declaredRows.ReplaceAll(record, nil))+fmt.Sprintf("rows-expected: %d\n", rows))
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
	var err error
	switch filepath.Ext(name) {
	case ".csv":
		err = csv.NewWriter(&b).WriteAll(rows)
	case ".json":
		b.WriteString("[")
		for i, r := range rows[1:] {
			b.WriteString([]string{"", ","}[min(i, 1)] + object(rows[0], r))
		}
		b.WriteString("]\n")
	case ".jsonl":
		for _, r := range rows[1:] {
			b.WriteString(object(rows[0], r) + "\n")
		}
	}
	if err != nil {
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
		m.files[i] = files[0] // the exports it changes hold a table each
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
	return newJudgement(result, rank.Rank(judged, result))
}

// objects are the rows of a JSON export: a list of objects, or an object a
// line. Its header is the ways to the values, its cells are JSON.
func objects(text string) ([][]string, error) {
	var list []map[string]json.RawMessage
	if strings.HasPrefix(strings.TrimSpace(text), "[") {
		if err := json.Unmarshal([]byte(text), &list); err != nil {
			return nil, err
		}
	} else {
		for line := range strings.Lines(text) {
			var o map[string]json.RawMessage
			if err := json.Unmarshal([]byte(line), &o); err != nil {
				return nil, err
			}
			list = append(list, o)
		}
	}
	cells := make([]map[string]string, len(list))
	ways := map[string]bool{}
	for i, o := range list {
		cells[i] = map[string]string{}
		flatten("", o, cells[i])
		for way := range cells[i] {
			ways[way] = true
		}
	}
	header := slices.Sorted(maps.Keys(ways))
	rows := [][]string{header}
	for _, c := range cells {
		row := make([]string, len(header))
		for i, way := range header {
			row[i] = c[way]
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func flatten(way string, o map[string]json.RawMessage, cells map[string]string) {
	for key, raw := range o {
		var inner map[string]json.RawMessage
		if json.Unmarshal(raw, &inner) == nil && inner != nil {
			flatten(way+key+"\x00", inner, cells)
			continue
		}
		cells[way+key] = string(raw)
	}
}

// object is a row as JSON; an empty cell is left out.
func object(header, row []string) string {
	root := map[string]any{}
	for i, way := range header {
		if row[i] == "" {
			continue
		}
		at := root
		keys := strings.Split(way, "\x00")
		for _, key := range keys[:len(keys)-1] {
			if at[key] == nil {
				at[key] = map[string]any{}
			}
			at = at[key].(map[string]any)
		}
		at[keys[len(keys)-1]] = json.RawMessage(row[i])
	}
	text, err := json.Marshal(root)
	if err != nil {
		panic(err) // what was JSON is JSON
	}
	return string(text)
}
