package intake

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
	"proofpack/generator/source"
)

// TestRealExports holds what each export that a real tool wrote becomes.
func TestRealExports(t *testing.T) {
	root := shared(t, "real-exports")
	wants := map[string]struct {
		status Status
		is     string // data set, or what it looks like
		rows   int    // read
		used   int
	}{
		"alertmanager/alerts.json":                      {Read, "alerts", 2, 2},
		"alertmanager/silences.json":                    {NotRead, "silences of Alertmanager", 1, 0},
		"borg/create.json":                              {Read, "jobs", 1, 1},
		"borg/info.json":                                {Read, "jobs", 1, 1},
		"borg/list.json":                                {Read, "jobs", 2, 2},
		"deepfence/vulnerability_report_newformat.xlsx": {Read, "patches", 254, 254},
		"linux/lastlog.txt":                             {Refused, "", 0, 0},
		"linux/lsblk.json":                              {NotRead, "block devices of one Linux machine", 2, 0},
		"netbox/netbox-demo-v2.11.json":                 {Read, "inventory", 5512, 243},
		"openvas/report_detail_v2.csv":                  {Read, "patches", 1, 1},
		"qualys/empty.csv":                              {Read, "patches", 0, 0},
		"qualys/many_vulns_cve.csv":                     {Read, "patches", 5, 5},
		"restic/backup.jsonl":                           {NotRead, "progress messages of restic", 2, 0},
		"restic/snapshots.json":                         {Read, "jobs", 2, 2},
		"scubagear/AADReport.json":                      {Refused, "", 0, 0},
		"scubagear/ActionPlan.csv":                      {NotRead, "an assessment of ScubaGear", 14, 0},
		"tenable/nessus_new.csv":                        {Read, "patches", 99, 99},
		"tenable/tenable_many_vuln.csv":                 {Read, "patches", 20, 20},
		"veeam/JobMissingVMs.csv":                       {NotRead, "a list of virtual machines that no backup job covers", 98, 0},
		"veeam/VBOSessionLog.csv":                       {NotRead, "an item restore log of Veeam Backup for Microsoft 365", 136, 0},
		"veeam/VeeamAHVBackupSessionReport.csv":         {Read, "jobs", 6, 6},
		"veeam/VeeamBackupSessionReport.csv":            {Read, "jobs", 2343, 2343},
		"wazuh/v4-8_many_findings.json":                 {Read, "patches", 10, 10},
	}
	var files []File
	for _, name := range slices.Sorted(maps.Keys(wants)) {
		files = append(files, readFile(t, root, name))
	}
	set, readings, _ := Load(Options{Files: files, Config: &config.Config{TimeZone: time.UTC, Currency: "USD"}, AsOf: time.Date(2026, 11, 30, 23, 59, 59, 0, time.UTC), MaxRejected: DefaultMaxRejected})
	for _, r := range readings {
		want := wants[r.File]
		is := r.DataSet
		if is == "" {
			is = r.LooksLike
		}
		if r.Status != want.status || is != want.is || (r.Reason == "") != (r.Status == Read) {
			t.Errorf("%s: %s as %q (%s), want %s as %q", r.File, r.Status, is, r.Reason, want.status, want.is)
		}
		if in := r.Input; in != nil && (in.Read != want.rows || in.Used != want.used || in.Read != in.Used+in.Rejected+in.Duplicate+in.SetAside) {
			t.Errorf("%s: read %d, used %d, rejected %d, duplicate %d, set aside %d; want %d, %d", r.File, in.Read, in.Used, in.Rejected, in.Duplicate, in.SetAside, want.rows, want.used)
		}
	}
	t.Run("a listing of backups proves no success", func(t *testing.T) {
		for _, j := range set.Jobs {
			if strings.HasPrefix(j.Pos.File, "veeam/") {
				continue
			}
			if j.Kind != evidence.JobBackup || j.Result != evidence.UnknownResult || strings.Contains(j.Job, "2026-1") {
				t.Errorf("%+v", j)
			}
		}
	})
	t.Run("Veeam's words, sizes and times", func(t *testing.T) {
		i := slices.IndexFunc(set.Jobs, func(j evidence.JobRun) bool { return strings.HasSuffix(j.Pos.File, "AHVBackupSessionReport.csv") })
		want := evidence.JobRun{
			Pos: set.Jobs[i].Pos, Job: "Windows 2016 Backup", System: "Windows 2016", Kind: evidence.JobBackup, Result: evidence.Success,
			At: time.Date(2020, 3, 24, 13, 29, 39, 0, time.UTC), Ended: time.Date(2020, 3, 24, 13, 31, 15, 0, time.UTC), SizeBytes: evidence.Known(5.56 * (1 << 30)),
		}
		if diff := cmp.Diff(want, set.Jobs[i]); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		results := map[evidence.Result]int{}
		for _, j := range set.Jobs {
			if strings.HasSuffix(j.Pos.File, "VeeamBackupSessionReport.csv") {
				results[j.Result]++
			}
		}
		if diff := cmp.Diff(map[evidence.Result]int{evidence.Success: 1613, evidence.Failed: 374, evidence.Warning: 356}, results); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	})
	t.Run("an open alert of Alertmanager is not closed by its endsAt", func(t *testing.T) {
		for _, a := range set.Alerts {
			if a.IsClosed || !a.Closed.IsZero() {
				t.Errorf("%+v", a)
			}
		}
	})
	t.Run("erp-db01 and its full name are one system", func(t *testing.T) {
		n := 0
		for _, s := range set.Systems {
			if strings.HasPrefix(s.ID, "erp-db01") {
				n++
			}
		}
		if want := []evidence.Join{{Name: "erp-db01.corp.example.com", System: "erp-db01", By: "host name", Rows: 1}}; n != 1 || len(set.Joins) == 0 || set.Joins[0] != want[0] {
			t.Errorf("%d systems, joins %+v", n, set.Joins)
		}
	})
	t.Run("NetBox numbers become names", func(t *testing.T) {
		s := set.System("dmi01-akron-rtr01")
		if s == nil || s.Kind != "Router" || s.Class != evidence.ClassEdge || s.OS != "Cisco IOS" || s.Status != "active" {
			t.Errorf("%+v", s)
		}
	})
}

func readFile(t testing.TB, root, name string) File {
	t.Helper()
	f, err := os.Open(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	tb, err := source.Read(name, f, source.Options{Score: Score})
	if err != nil {
		return File{Name: name, Refused: problemsOf(t, err)}
	}
	return File{Table: tb}
}
