package report_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"proofpack/generator"
	"proofpack/generator/report"
	"proofpack/templates"
	"proofpack/themes"
)

const schemaID = "urn:proofpack:report:1"

// compiled is the schema, itself held to its own schema; formats are asserted.
func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(schemaID, decoded(t, report.Schema())); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(schemaID)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func decoded(t *testing.T, data []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// A month is what a report is built from: a scenario's exports, some written over.
type month struct {
	fact     string
	scenario string // "" for none
	files    map[string]string
}

// months are the reports that the schema is held to. The last holds what the
// scenarios have none of: an exception that counts, decisions, systems in a
// circle, a name that the inventory lacks.
var months = []month{
	{"storage fills", "A-storage", nil},
	{"storage, all proven", "A-storage-control", nil},
	{"hidden damage", "B-hidden", nil},
	{"hidden damage, all proven", "B-hidden-control", nil},
	{"everything empty", "", nil},
	{"a service that needs nothing and declares nothing", "", map[string]string{
		"services.csv": "svc_id,name,stops,cost_per_hour_usd,rto_hours,owner\nSVC-1,Payroll,,,,\n",
	}},
	{"everything that is rare", "A-storage", map[string]string{
		"not-covered.csv": "Name,MoRefID,Uuid,Path,vCenter\nvm-1,vm-9,42,/dc/vm-1,vc-1\n",
		"incidents.csv": "incident_id,started,restored,service_id,root_asset,assets_down,cost_usd,cost_parts,escalation_owner,escalated_on,state,lesson,lesson_owner,lesson_due,lesson_fixed_on\n" +
			"INC-7,2026-05-13 06:00,2026-05-15 06:00,SVC-SHIP,VMH-01,SQL-01;ERP-01,50250,overtime=14250; lost output=36000,D. Ortiz,2026-05-13,closed,Add storage,D. Ortiz,2026-05-18,2026-05-16\n" +
			"INC-8,2026-05-20 06:00,,Sorting,,,,,,,,,,,\n",
		"exceptions.csv": "exception_id,asset_id,rule,why,approved_by,approved_on,until\n" +
			"EX-1,VMH-01,INV-05,Replacement is ordered,D. Ortiz,2026-04-01,2026-07-31\n",
		"decisions.csv": "decision,why,cost,asked_by,decide_by,closes\nBuy a second host,One host carries three servers,48000,D. Ortiz,2026-06-30,MON-05\nName an owner,,,,,\n",
		"inventory.csv": "asset_id,name,kind,runs_on,depends_on,service_id,owner,monitored,os,support_ends,last_seen\n" +
			"VMH-01,vmh-01.corp,virtualization host,,,,,yes,Hypervisor 7,2025-10-02,2026-05-31\n" +
			"SQL-01,sql-01.corp,database server,VMH-01,ERP-01,SVC-SHIP,D. Ortiz,yes,Windows Server 2019,2029-01-09,2026-05-31\n" +
			"ERP-01,erp-01.corp,line-of-business server,VMH-01,SQL-01,SVC-SHIP,D. Ortiz,yes,Windows Server 2019,2029-01-09,2026-05-31\n",
	}},
}

// reportJSON builds one month and answers its report.json.
func reportJSON(t *testing.T, dir string) any {
	t.Helper()
	return reportOf(t, dir, t.TempDir(), "2026-05", "")
}

// monthsJSON builds April and June of the storage scenario, one after the
// other, and answers the report.json of June: it knows what April said.
func monthsJSON(t *testing.T) any {
	t.Helper()
	dir, out := (&month{scenario: "A-storage"}).folder(t), t.TempDir()
	exports := filepath.Join(dir, "exports")
	for _, m := range []string{"2026-04", "2026-06"} {
		if err := os.CopyFS(filepath.Join(exports, m), os.DirFS(filepath.Join(exports, "2026-05"))); err != nil {
			t.Fatal(err)
		}
	}
	reportOf(t, dir, out, "2026-04", "")
	return reportOf(t, dir, out, "2026-06", "")
}

// reportOf builds a month, as of a day or of its end, beside those in a folder.
func reportOf(t *testing.T, dir, out, month, asOf string) any {
	t.Helper()
	at := time.Date(2026, 6, 2, 9, 12, 0, 0, time.UTC)
	built, err := generator.Build(generator.Options{
		Dir: dir, Month: month, AsOf: asOf, Out: out, Draft: true, At: at, Tool: report.Tool{Name: "proofpack", Version: "test", Commit: "0123456789ab"}, Go: "go1.26",
		Command: "proofpack build --month 2026-05", Templates: templates.FS, Themes: themes.FS,
	})
	if err != nil {
		t.Fatal(err)
	}
	data, err := built.Report.Document.JSON()
	if err != nil {
		t.Fatal(err)
	}
	return decoded(t, data)
}

// folder lays a month out as a user would.
func (m month) folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	exports := filepath.Join(dir, "exports", "2026-05")
	if err := os.MkdirAll(exports, 0o755); err != nil {
		t.Fatal(err)
	}
	if m.scenario != "" {
		from := filepath.Join("..", "..", "..", "shared", "scenarios", m.scenario)
		if err := os.CopyFS(exports, os.DirFS(from)); err != nil {
			t.Fatalf("the acceptance data must lie beside the project: %v", err)
		}
	}
	files := map[string]string{"../../proofpack.yml": "company: Halden Supply Co.\ncurrency: USD\ntime-zone: America/Los_Angeles\n"}
	maps.Copy(files, m.files)
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(exports, filepath.FromSlash(name)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestReportsAreAsTheSchemaSays holds every month and the sample to the schema,
// and the schema to them: what it describes is written by one of them at least.
func TestReportsAreAsTheSchemaSays(t *testing.T) {
	schema := compiled(t)
	written := map[string]bool{}
	check := func(fact string, read func(*testing.T) any) {
		t.Run(fact, func(t *testing.T) {
			doc := read(t)
			if err := schema.Validate(doc); err != nil {
				t.Error(err)
			}
			sums(t, doc)
			note(written, "", doc)
		})
	}
	for _, m := range months {
		check(m.fact, func(t *testing.T) any { return reportJSON(t, m.folder(t)) })
	}
	t.Run("the second month, and an archive that is none", func(t *testing.T) {
		dir, out := months[0].folder(t), t.TempDir()
		if err := os.Rename(filepath.Join(dir, "exports", "2026-05"), filepath.Join(dir, "exports", "2026-04")); err != nil {
			t.Fatal(err)
		}
		reportOf(t, dir, out, "2026-04", "")
		if err := os.WriteFile(filepath.Join(out, "archive", "proofpack-halden-supply-co-2026-03.zip"), []byte("PK"), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(filepath.Join(dir, "exports", "2026-04"), filepath.Join(dir, "exports", "2026-05")); err != nil {
			t.Fatal(err)
		}
		doc := reportOf(t, dir, out, "2026-05", "")
		if err := schema.Validate(doc); err != nil {
			t.Error(err)
		}
		sums(t, doc)
		note(written, "", doc)
	})
	check("an outage that April warned of", monthsJSON)
	check("the sample", func(t *testing.T) any { return reportJSON(t, filepath.Join("..", "..", "sample-data")) })

	for _, p := range described(t) {
		if !written[p] {
			t.Errorf("no report has %s, which the schema describes", p)
		}
	}
}

// note adds the path of every member of a document, list places left out.
func note(written map[string]bool, at string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for k, member := range v {
			written[at+"/"+k] = true
			note(written, at+"/"+k, member)
		}
	case []any:
		for _, member := range v {
			note(written, at, member)
		}
	}
}

// sums holds what a schema cannot say: totals are sums.
func sums(t *testing.T, doc any) {
	t.Helper()
	whole := struct {
		Counts, Cells map[string]int
		Findings      []struct{ State string }
		Sources       []struct {
			File     string
			Read     int `json:"rows_read"`
			Used     int `json:"rows_used"`
			Rejected int `json:"rows_rejected"`
			Twice    int `json:"rows_duplicate"`
			Aside    int `json:"rows_set_aside"`
		}
	}{}
	data, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &whole); err != nil {
		t.Fatal(err)
	}
	byState := map[string]int{"total": len(whole.Findings)}
	for _, f := range whole.Findings {
		byState[f.State]++
	}
	for state, n := range whole.Counts {
		if byState[state] != n {
			t.Errorf("counts.%s is %d, and %d findings are", state, n, byState[state])
		}
	}
	total := 0
	for state, n := range whole.Cells {
		if state != "total" {
			total += n
		}
	}
	if total != whole.Cells["total"] {
		t.Errorf("cells add up to %d, not %d", total, whole.Cells["total"])
	}
	for _, s := range whole.Sources {
		if s.Read != s.Used+s.Rejected+s.Twice+s.Aside {
			t.Errorf("%s: %d rows read, and not as many accounted for", s.File, s.Read)
		}
	}
}

// described are the paths of all members that the schema describes, list places
// left out.
func described(t *testing.T) []string {
	t.Helper()
	var all []string
	walk(t, func(path string, _ map[string]any) {
		if path != "" && !slices.Contains(all, path) {
			all = append(all, path)
		}
	})
	return all
}

// walk visits the schema of every member by its path, references followed; what
// stands beside a reference is laid over it.
func walk(t *testing.T, visit func(path string, s map[string]any)) {
	t.Helper()
	root, ok := decoded(t, report.Schema()).(map[string]any)
	if !ok {
		t.Fatal("the schema is no object")
	}
	defs, _ := root["$defs"].(map[string]any)
	var down func(path string, v any)
	down = func(path string, v any) {
		s, ok := v.(map[string]any)
		if !ok {
			return
		}
		s = maps.Clone(s)
		if ref, ok := s["$ref"].(string); ok {
			target, found := defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
			if !found {
				t.Fatalf("%s refers to %s, which is not there", path, ref)
			}
			for k, member := range target {
				if _, said := s[k]; !said {
					s[k] = member
				}
			}
		}
		visit(path, s)
		if members, ok := s["properties"].(map[string]any); ok {
			for _, k := range slices.Sorted(maps.Keys(members)) {
				down(path+"/"+k, members[k])
			}
		}
		down(path, s["items"])
	}
	down("", root)
}
