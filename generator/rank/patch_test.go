package rank_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"proofpack/generator/evidence"
	"proofpack/generator/rank"
)

// withPatches is the storage scenario with what a scanner, a patch tool and the
// two reference lists say of its systems.
func withPatches(t testing.TB, name string) exports {
	e := scenario(t, name)
	e["patches.csv"] = [][]string{
		{"finding_id", "system", "title", "cve", "severity", "state", "first_seen", "last_seen", "released", "authenticated"},
		{"100", "SQL-01", "Cumulative update", "CVE-2025-48384", "critical", "active", "2026-04-01", "2026-05-30", "2026-03-01", "yes"},
		{"101", "SQL-01", "Library", "CVE-2026-1001, CVE-2026-1002", "high", "active", "2026-03-20", "2026-05-30", "2026-03-01", "yes"},
		{"101", "SQL-01", "Library, on another port", "CVE-2026-1001", "high", "active", "2026-03-20", "2026-05-30", "2026-03-01", "yes"},
		{"102", "ERP-01", "Runtime", "CVE-2026-1003", "medium", "fixed", "2026-03-01", "2026-05-30", "", "yes"},
	}
	e["patch_status.csv"] = [][]string{
		{"system", "installed", "missing", "failed", "pending_reboot", "last_scan", "patch_window"},
		{"SQL-01", "120", "2", "0", "no", "2026-05-30", "Sat 22:00-02:00"},
		{"ERP-01", "90", "0", "0", "no", "2026-05-30", "Sat 22:00-02:00"},
		{"WMS-01", "88", "0", "0", "no", "2026-05-30", "Sat 22:00-02:00"},
		{"VMH-01", "12", "0", "0", "no", "2026-05-30", "Sat 22:00-02:00"},
	}
	e["kev.csv"] = [][]string{{"cveID", "vendorProject", "product", "vulnerabilityName", "dateAdded", "dueDate"}, {"CVE-2025-48384", "V", "P", "N", "2025-08-25", "2025-09-15"}, {"CVE-2020-0001", "V", "P", "N", "2026-05-20", "2026-06-10"}}
	e["epss.csv"] = [][]string{{"cve", "epss", "percentile"}, {"CVE-2026-1001", "0.2", "0.9"}, {"CVE-2026-1003", "0.9", "0.99"}, {"CVE-2025-48384", "0.1", "0.9"}}
	return e
}

// TestRowsOfScannersReachTheExposure: every distinct open CVE is a cause of its
// own, with the score of the list, the least of a known exploited one, and the
// default of its severity.
func TestRowsOfScannersReachTheExposure(t *testing.T) {
	in := withPatches(t, "A-storage-control").input(t, may, nil)
	for i := range in.Systems {
		if in.Systems[i].ID == "SQL-01" {
			in.Systems[i].Public = evidence.No
		}
	}
	got := map[string]float64{}
	sql := system(t, ranked(in), "SQL-01")
	for _, c := range sql.Causes {
		if strings.Contains(c.Name, "CVE") {
			got[c.Name] = c.Rate[rank.Likely]
		}
	}
	perDay := func(epss float64) float64 { return -math.Log1p(-epss) / 30 * .1 }
	want := map[string]float64{
		"CVE-2025-48384 open, known to be exploited": perDay(.5), "CVE-2026-1001 open": perDay(.2), "CVE-2026-1002 open": perDay(.01),
	}
	same(t, "rates of SQL-01", want, got)
	for _, id := range []string{"ERP-01", "WMS-01", "VMH-01"} {
		for _, c := range system(t, ranked(in), id).Causes {
			if strings.Contains(c.Name, "CVE") || c.Missing {
				t.Errorf("%s: %s", id, c.Name)
			}
		}
	}
}

// TestAPublicSystemIsExposedWhole: what the internet reaches, or may, has the
// whole rate at the high bound.
func TestAPublicSystemIsExposedWhole(t *testing.T) {
	high := func(answer evidence.Answer) rank.Range {
		in := withPatches(t, "A-storage-control").input(t, may, nil)
		for i := range in.Systems {
			if in.Systems[i].ID == "SQL-01" {
				in.Systems[i].Public = answer
			}
		}
		for _, c := range system(t, ranked(in), "SQL-01").Causes {
			if strings.HasPrefix(c.Name, "CVE-2025-48384") {
				return c.Rate
			}
		}
		return rank.Range{}
	}
	whole := -math.Log1p(-.5) / 30
	same(t, "public", rank.Range{whole, whole, whole}, high(evidence.Yes))
	same(t, "internal", rank.Range{whole * .1, whole * .1, whole * .1}, high(evidence.No))
	same(t, "nobody says", rank.Range{whole * .1, whole * .1, whole}, high(evidence.Unknown))
}

func TestWhatToDoAboutPatches(t *testing.T) {
	e := withPatches(t, "A-storage-control")
	e["patches.csv"] = append(e["patches.csv"], []string{"103", "WMS-01", "Service pack", "CVE-2026-1004", "high", "active", "2026-03-20", "2026-05-30", "2026-03-01", "no"})
	e.drop("patch_status.csv", "WMS-01")
	got := titles(ranked(e.input(t, may, nil)))
	for _, want := range []string{
		"Put right what is known to be exploited on SQL-01: CVE-2025-48384",
		"Install the overdue security patches of SQL-01 and WMS-01",
		"Scan WMS-01 with a login, or by an agent, and supply the report",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("no action %q among %q", want, got)
		}
	}
	r := ranked(e.input(t, may, nil))
	for _, a := range r.Actions {
		title := a.Title.String()
		if strings.HasPrefix(title, "Put right") && (a.Worth <= 0 || !slices.Contains(a.Closes, "PAT-01/SQL-01/CVE-2025-48384")) {
			t.Errorf("%s is worth %d and closes %v", title, a.Worth, a.Closes)
		}
	}
	t.Run("without a catalogue", func(t *testing.T) {
		e := withPatches(t, "A-storage-control")
		delete(e, "kev.csv")
		want := "Look up the open findings of SQL-01 in a catalogue of known exploited vulnerabilities (kev.json)"
		if got := titles(ranked(e.input(t, may, nil))); !slices.Contains(got, want) {
			t.Errorf("no action %q among %q", want, got)
		}
	})
}

// TestDeletingAPatchRowNeverLowersAHighBound holds for what scanners and the
// lists say, where their rows are declared.
func TestDeletingAPatchRowNeverLowersAHighBound(t *testing.T) {
	e := withPatches(t, "A-storage-control")
	declared := map[string]int{}
	for file, rows := range e {
		declared[file] = len(rows) - 1
	}
	before := ranked(e.input(t, may, declared))
	for _, file := range []string{"patches.csv", "patch_status.csv", "kev.csv", "epss.csv"} {
		for i := 1; i < len(e[file]); i++ {
			changed := exports{}
			for f, r := range e {
				changed[f] = r
			}
			changed[file] = slices.Delete(slices.Clone(e[file]), i, i+1)
			for _, s := range ranked(changed.input(t, may, declared)).Services {
				if was := service(t, before, s.ID); !higher(s.Exposure, was.Exposure) {
					t.Errorf("without row %d of %s the high bound of %s falls from %d to %d", i+1, file, s.ID, was.Exposure.High, s.Exposure.High)
				}
			}
		}
	}
}
