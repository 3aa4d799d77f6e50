package intake

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
	"proofpack/generator/source"
)

func TestReferences(t *testing.T) {
	scan := "finding_id,system,severity,cve,kev,epss\n1,A,high,CVE-2026-0001,,0.2\n2,A,high,CVE-2026-0002,no,\n3,A,high,CVE-2026-0003,yes,0.5\n4,A,high,,,\n"
	catalogue := "cveID,vendorProject,product,vulnerabilityName,dateAdded,dueDate\nCVE-2026-0002,V,P,N,2026-05-01,2026-05-15\nCVE-2020-0001,V,P,N,2025-05-01,2025-05-15\nCVE-2026-0001,V,P,N,2026-06-01,2026-06-15\nnot one,V,P,N,2026-04-01,\n"
	scores := "cve,epss,percentile\nCVE-2026-0001,0.1,0.5\nCVE-2026-0002,0.3,0.8\nCVE-2020-0001,0.3,0.8\nCVE-2026-0003,bad,0.8\n"
	file := func(name, text string) File { return File{Table: table(t, "exports/"+name, text)} }
	load := func(files ...File) (*evidence.Set, []Reading) {
		set, readings, _ := load(Options{Files: files, MaxRejected: 100})
		return set, readings
	}
	type told struct {
		kev  evidence.Answer
		epss evidence.Number
	}
	facts := func(set *evidence.Set) []told {
		var out []told
		for _, f := range set.Patches {
			out = append(out, told{f.KEV, f.EPSS})
		}
		return out
	}
	t.Run("without any, only the rows say", func(t *testing.T) {
		set, _ := load(file("scan.csv", scan))
		if diff := cmp.Diff([]told{{0, evidence.Known(.2)}, {evidence.No, evidence.Number{}}, {evidence.Yes, evidence.Known(.5)}, {}}, facts(set), cmp.AllowUnexported(told{})); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	})
	set, readings := load(file("epss.csv", scores), file("kev.csv", catalogue), file("scan.csv", scan))
	t.Run("where both say, the worse counts, and a later line of the catalogue does not", func(t *testing.T) {
		if diff := cmp.Diff([]told{{evidence.No, evidence.Known(.2)}, {evidence.Yes, evidence.Known(.3)}, {evidence.Yes, evidence.Known(.5)}, {}}, facts(set), cmp.AllowUnexported(told{})); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		if at := set.Patches[0].KEVPos; at.File != "exports/kev.csv" || at.Row != 0 {
			t.Errorf("not listed at %s", at)
		}
		f := set.Patches[1]
		if f.KEVPos.File != "exports/kev.csv" || f.KEVPos.Row != 2 || f.KEVAdded.Format(time.DateOnly) != "2026-05-01" || f.EPSSPos.Row != 3 {
			t.Errorf("%+v", f)
		}
	})
	t.Run("every row is accounted for, and only the named are kept", func(t *testing.T) {
		type counts struct{ read, used, rejected, aside, kept int }
		want := map[string]counts{"exports/epss.csv": {4, 3, 1, 0, 2}, "exports/kev.csv": {4, 2, 1, 1, 2}, "exports/scan.csv": {4, 4, 0, 0, 4}}
		for _, r := range readings {
			in := r.Input
			if got := (counts{in.Read, in.Used, in.Rejected, in.SetAside, len(in.Rows)}); got != want[r.File] {
				t.Errorf("%s as %s: %+v, want %+v", r.File, r.DataSet, got, want[r.File])
			}
		}
	})
	t.Run("a list names no system", func(t *testing.T) {
		if len(set.Systems) != 1 || len(set.Unknown) != 1 {
			t.Errorf("%+v", set.Systems)
		}
	})
	t.Run("the day of the scores stands above them", func(t *testing.T) {
		tb := table(t, "exports/epss.csv", scores)
		tb.Outside = append(tb.Outside, source.Line{N: 1, Text: "#model_version:v2026.01.01,score_date:2026-05-30T12:55:00+0000"})
		_, readings := load(File{Table: tb}, file("scan.csv", scan))
		if in := readings[0].Input; in.MaxDate.Format(time.DateOnly) != "2026-05-30" {
			t.Errorf("%s", in.MaxDate)
		}
		tb.Outside[0] = source.Line{N: 1, Text: "#model_version:v2026.01.01,score_date:2026-06-01T12:55:00+0000"}
		if set, readings := load(File{Table: tb}, file("scan.csv", scan)); len(set.Scores) > 0 || readings[0].Input.SetAside != 3 {
			t.Errorf("scores of a later day count: %+v", set.Scores)
		}
	})
}

// TestTheCatalogueOfCISA reads the catalogue as it is published.
func TestTheCatalogueOfCISA(t *testing.T) {
	f := readFile(t, shared(t, "reference"), "kev.json")
	scan := table(t, "exports/scan.csv", "finding_id,system,severity,cve\n1,A,high,CVE-2025-48384\n2,A,high,CVE-1999-0001\n")
	set, readings, problems := loaded(f, File{Table: scan})
	i := slices.IndexFunc(readings, func(r Reading) bool { return r.DataSet == evidence.KEV })
	if len(problems) > 0 || i < 0 {
		t.Fatal(problems, readings)
	}
	in := readings[i].Input
	if in.Read != 1404 || in.Used != 1404 || len(in.Rows) != 1 || in.MaxDate.Format(time.DateOnly) != "2025-08-25" {
		t.Errorf("%d read, %d used, %d kept, newest of %s", in.Read, in.Used, len(in.Rows), in.MaxDate)
	}
	if set.Patches[0].KEV != evidence.Yes || set.Patches[1].KEV != evidence.No || set.Patches[0].KEVPos.Row != in.Rows[0].N {
		t.Errorf("%+v", set.Patches)
	}
}

// TestPatchesOfRealTools holds what the reports of real scanners say, and that
// reading them raises no problem but their own.
func TestPatchesOfRealTools(t *testing.T) {
	type facts struct {
		rows, findings, systems, open, cves, inside int
		severities                                  map[string]int // of rows
	}
	for name, want := range map[string]facts{
		"openvas/report_detail_v2.csv":                  {1, 93, 1, 93, 93, 0, map[string]int{"high": 1}},
		"qualys/many_vulns_cve.csv":                     {5, 5, 5, 4, 5, 0, map[string]int{"critical": 1, "high": 1, "medium": 1, "low": 2}},
		"qualys/empty.csv":                              {severities: map[string]int{}},
		"tenable/nessus_new.csv":                        {99, 150, 99, 150, 101, 65, map[string]int{"low": 99}},
		"tenable/tenable_many_vuln.csv":                 {20, 20, 2, 20, 20, 20, map[string]int{"high": 12, "medium": 8}},
		"deepfence/vulnerability_report_newformat.xlsx": {254, 254, 1, 254, 254, 254, map[string]int{"critical": 10, "high": 64, "medium": 121, "low": 59}},
		"wazuh/v4-8_many_findings.json":                 {10, 10, 2, 10, 10, 10, map[string]int{"critical": 10}},
	} {
		t.Run(name, func(t *testing.T) {
			set, readings, problems := load(Options{Files: []File{readFile(t, shared(t, "real-exports"), name)}, Config: &config.Config{TimeZone: time.UTC}, AsOf: time.Date(2026, 11, 30, 23, 59, 59, 0, time.UTC), MaxRejected: DefaultMaxRejected})
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			got := facts{rows: readings[0].Input.Used, findings: len(set.Patches), systems: len(set.Systems), severities: map[string]int{}}
			seen := map[int]bool{}
			for _, f := range set.Patches {
				if f.Open {
					got.open++
				}
				if f.CVE != "" {
					got.cves++
				}
				if !seen[f.Pos.Row] {
					seen[f.Pos.Row] = true
					got.severities[f.Severity]++
					if f.Authenticated == evidence.Yes {
						got.inside++
					}
				}
			}
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(facts{})); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			for _, p := range readings[0].Input.Problems {
				if !strings.Contains(p.Error(), "has no heading") && !strings.Contains(p.Error(), "holds 10") {
					t.Errorf("%v", p)
				}
			}
		})
	}
}
