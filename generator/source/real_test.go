package source

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"proofpack/generator/diag"
)

// shared is a folder of the material that lies beside the repository.
func shared(t testing.TB, name string) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "..", "..", "shared", name))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); err != nil {
		t.Fatalf("the %s are absent: %v", name, err)
	}
	return dir
}

// exports are the real exports by their path, without the list of sources.
func exports(t testing.TB) map[string][]byte {
	t.Helper()
	root := shared(t, "real-exports")
	all := map[string][]byte{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Dir(path) == root {
			return err
		}
		content, err := os.ReadFile(path)
		all[strings.TrimPrefix(filepath.ToSlash(path), filepath.ToSlash(root)+"/")] = content
		return err
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("no real exports: %v", err)
	}
	return all
}

func TestEveryRealExportIsReadWholeOrRefused(t *testing.T) {
	want := map[string]struct {
		format, encoding, delimiter     string
		header, columns, rows, rejected int
		blank, outside                  int
		refused                         string
	}{
		"alertmanager/alerts.json":                      {format: "json", encoding: "UTF-8", columns: 15, rows: 2},
		"alertmanager/silences.json":                    {format: "json", encoding: "UTF-8", columns: 8, rows: 1},
		"borg/create.json":                              {format: "json", encoding: "UTF-8", columns: 22, rows: 1},
		"borg/info.json":                                {format: "json", encoding: "UTF-8", columns: 15, rows: 1},
		"borg/list.json":                                {format: "json", encoding: "UTF-8", columns: 6, rows: 2},
		"deepfence/vulnerability_report_newformat.xlsx": {format: "xlsx", encoding: "UTF-8", header: 1, columns: 15, rows: 254},
		"linux/lastlog.txt":                             {refused: "fixed-width"},
		"linux/lsblk.json":                              {format: "json", encoding: "UTF-8", columns: 64, rows: 2},
		"netbox/netbox-demo-v2.11.json":                 {format: "json", encoding: "UTF-8", columns: 180, rows: 5512},
		"openvas/report_detail_v2.csv":                  {format: "csv", encoding: "UTF-8", delimiter: ",", header: 1, columns: 28, rows: 1},
		"qualys/empty.csv":                              {format: "csv", encoding: "UTF-8", delimiter: ",", header: 1, columns: 37, blank: 2},
		"qualys/many_vulns_cve.csv":                     {format: "csv", encoding: "UTF-8", delimiter: ",", header: 4, columns: 41, rows: 5, outside: 3},
		"restic/backup.jsonl":                           {format: "json lines", encoding: "UTF-8", columns: 17, rows: 2},
		"restic/snapshots.json":                         {format: "json", encoding: "UTF-8", columns: 8, rows: 2},
		"scubagear/AADReport.json":                      {format: "json", encoding: "UTF-16 LE", rejected: 1},
		"scubagear/ActionPlan.csv":                      {format: "csv", encoding: "UTF-8 with BOM", delimiter: ",", header: 1, columns: 16, rows: 14},
		"tenable/nessus_new.csv":                        {format: "csv", encoding: "UTF-8", delimiter: ";", header: 1, columns: 75, rows: 99},
		"tenable/tenable_many_vuln.csv":                 {format: "csv", encoding: "UTF-8", delimiter: ",", header: 1, columns: 65, rows: 20, blank: 2},
		"veeam/JobMissingVMs.csv":                       {format: "csv", encoding: "UTF-8", delimiter: ",", header: 1, columns: 5, rows: 98},
		"veeam/VBOSessionLog.csv":                       {format: "csv", encoding: "UTF-8", delimiter: ",", header: 1, columns: 13, rows: 136},
		"veeam/VeeamAHVBackupSessionReport.csv":         {format: "csv", encoding: "UTF-8", delimiter: ",", header: 1, columns: 14, rows: 6},
		"veeam/VeeamBackupSessionReport.csv":            {format: "csv", encoding: "UTF-8", delimiter: ",", header: 1, columns: 7, rows: 2343},
		"wazuh/v4-8_many_findings.json":                 {format: "json", encoding: "UTF-8", columns: 37, rows: 10},
	}
	for name, content := range exports(t) {
		t.Run(name, func(t *testing.T) {
			w, known := want[name]
			if !known {
				t.Fatal("a real export that no line of this test describes")
			}
			start := time.Now()
			table, err := Read(name, bytes.NewReader(content), Options{})
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("took %v", took)
			}
			if w.refused != "" {
				var p *diag.Problem
				if !errors.As(err, &p) || p.Code != w.refused {
					t.Fatalf("got %v, want %s", err, w.refused)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			got := w
			got.format, got.encoding, got.delimiter = table.Format, table.Encoding, table.Delimiter
			got.header, got.columns = table.HeaderRow, len(table.Header)
			got.rows, got.rejected, got.blank, got.outside = len(table.Rows), len(table.Rejected), table.Blank, len(table.Outside)
			if got != w {
				t.Errorf("got %+v, want %+v", got, w)
			}
			reconciles(t, table)
			for _, r := range table.Rows {
				if len(r.Cells) != len(table.Header) {
					t.Errorf("row %d has %d cells under %d headings", r.N, len(r.Cells), len(table.Header))
				}
			}
		})
	}
}

// reconciles fails when the table's books are not in order.
func reconciles(t testing.TB, table *Table) {
	t.Helper()
	if len(table.Rows)+len(table.Rejected) != table.Records {
		t.Errorf("%d rows and %d rejected of %d records", len(table.Rows), len(table.Rejected), table.Records)
	}
	seen := map[int]bool{}
	once := func(n int) {
		if n < 1 || seen[n] {
			t.Errorf("record %d stands twice or nowhere", n)
		}
		seen[n] = true
	}
	if table.HeaderRow > 0 {
		once(table.HeaderRow)
	}
	for _, l := range table.Outside {
		once(l.N)
	}
	for _, r := range table.Rejected {
		once(r.N)
	}
	last := 0
	for _, r := range table.Rows {
		if once(r.N); r.N <= last || len(r.Cells) < len(table.Header) {
			t.Errorf("row %d after %d has %d cells under %d headings", r.N, last, len(r.Cells), len(table.Header))
		}
		last = r.N
	}
}

func TestCellsOfRealExports(t *testing.T) {
	all := exports(t)
	for _, c := range []struct {
		file, column string
		row          int // index
		want         string
	}{
		{"alertmanager/alerts.json", "labels.alertname", 0, "BackupJobFailed"},
		{"deepfence/vulnerability_report_newformat.xlsx", "CVE ID", 253, "CVE-2022-0563"},
		{"deepfence/vulnerability_report_newformat.xlsx", "Masked", 0, "FALSE"},
		{"alertmanager/alerts.json", "status.state", 1, "active"},
		{"alertmanager/alerts.json", "status.silencedBy", 1, ""},
		{"alertmanager/alerts.json", "receivers", 0, `[{"name":"ops"}]`},
		{"borg/info.json", "stats.nfiles", 0, "6"},
		{"netbox/netbox-demo-v2.11.json", "model", 0, "contenttypes.contenttype"},
		{"openvas/report_detail_v2.csv", "NVT OID", 0, "1.3.6.1.4.1.25623.1.0.836484"},
		{"qualys/many_vulns_cve.csv", "Results", 0, "Header leak detected"},
		{"qualys/many_vulns_cve.csv", "Deep Scan Result", 0, "'-"},
		{"restic/backup.jsonl", "message_type", 1, "summary"},
		{"restic/snapshots.json", "paths", 0, "/srv/erp"},
		{"tenable/nessus_new.csv", "state", 0, "ACTIVE"},
		{"veeam/VeeamAHVBackupSessionReport.csv", "Duration", 0, "00:01:35.8830000"},
		{"wazuh/v4-8_many_findings.json", "agent.name", 0, "myhost0"},
		{"scubagear/ActionPlan.csv", "Control ID", 0, "MS.AAD.3.1v1"},
	} {
		table, err := Read(c.file, bytes.NewReader(all[c.file]), Options{})
		if err != nil {
			t.Fatal(err)
		}
		at := -1
		for i := range table.Header {
			if table.ColumnName(i) == c.column {
				at = i
			}
		}
		if at < 0 {
			t.Errorf("%s has no column %q: %q", c.file, c.column, table.Header)
			continue
		}
		same(t, c.file+" "+c.column, c.want, table.Rows[c.row].Cells[at])
	}
}

func TestDamagedRealExportsAreNeverHalfRead(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 4))
	for name, content := range exports(t) {
		if len(content) > 64<<10 {
			content = content[:64<<10]
		}
		for range 40 {
			damaged := bytes.Clone(content)
			switch at := dice.IntN(len(damaged)); dice.IntN(4) {
			case 0:
				damaged = damaged[:at]
			case 1:
				damaged[at] = byte(dice.IntN(256))
			case 2:
				damaged[at] = '"'
			case 3:
				damaged = append(damaged[:at], damaged[min(len(damaged), at+dice.IntN(3000)):]...)
			}
			check(t, name, damaged)
		}
	}
}

// check reads anything at all: the end is a table whose books are in order, or a
// problem.
func check(t testing.TB, name string, content []byte) *Table {
	t.Helper()
	table, err := Read(name, bytes.NewReader(content), Options{})
	if err == nil {
		reconciles(t, table)
		return table
	}
	var p *diag.Problem
	if !errors.As(err, &p) {
		t.Errorf("%s: %v: not a *diag.Problem", name, err)
	} else if p.Code == "" || p.Message == "" || p.Fix == "" || p.File == "" {
		t.Errorf("%s: a problem without code, message, fix or place: %+v", name, p)
	}
	return nil
}

func TestEveryScenarioIsRead(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared(t, "scenarios"), "*", "*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no scenarios: %v", err)
	}
	for _, f := range files {
		content, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(f)
		table := read(t, name, string(content), Options{})
		if table.HeaderRow != 1 || len(table.Rejected)+len(table.Problems)+len(table.Outside)+table.Blank > 0 {
			t.Errorf("%s: %+v", f, table)
		}
	}
}
