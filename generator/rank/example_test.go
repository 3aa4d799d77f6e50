package rank

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/assess"
	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// The worked example of the design, as rows. What it says of all other systems
// in one sentence ("capacity and scan evidence is on file and clean") is a scan
// of each, flat samples of the database, and a patch report without their names.
var exampleAsOf = time.Date(2026, 10, 31, 23, 59, 59, 0, time.UTC)

func example() *evidence.Set {
	service := func(id string, cost float64) evidence.Service {
		return evidence.Service{ID: id, Name: id, Stops: evidence.StopsRevenue, CostPerHour: evidence.Known(cost)}
	}
	system := func(id string, class evidence.Class, host string) evidence.System {
		s := evidence.System{ID: id, Kind: string(class), Class: class, InInventory: true, Public: evidence.No, Virtual: evidence.No}
		if host != "" {
			s.RunsOn, s.Virtual = []string{host}, evidence.Yes
		}
		return s
	}
	set := &evidence.Set{
		AsOf: exampleAsOf, Zone: time.UTC, Currency: "USD",
		Services: []evidence.Service{
			service("Shipping", 1800+472.5), service("Invoicing", 0), service("OfficeFiles", 220), service("RemoteAccess", 310), service("Website", 60),
		},
		Systems: []evidence.System{
			system("hv01", evidence.ClassHypervisor, ""), system("hv02", evidence.ClassHypervisor, ""), system("hv03", evidence.ClassHypervisor, ""),
			system("wms01", evidence.ClassServer, "hv01"), system("sql01", evidence.ClassDatabase, "hv01"), system("erp-app01", evidence.ClassServer, "hv01"),
			system("fs01", evidence.ClassServer, "hv02"), system("dc01", evidence.ClassDomainController, "hv02"), system("dc02", evidence.ClassDomainController, "hv03"),
			system("vpn01", evidence.ClassEdge, ""), system("web01", evidence.ClassWeb, ""), system("backup01", evidence.ClassBackup, "hv03"),
		},
	}
	needs := map[string][]string{
		"Shipping": {"wms01", "sql01", "erp-app01"}, "Invoicing": {"erp-app01", "sql01"}, "OfficeFiles": {"fs01"}, "RemoteAccess": {"vpn01"}, "Website": {"web01"},
	}
	for _, s := range set.Services {
		for _, id := range needs[s.ID] {
			set.Dependencies = append(set.Dependencies, evidence.Dependency{From: s.ID, To: id, Kind: evidence.Hard})
		}
		if s.ID == "Website" {
			continue
		}
		for _, id := range []string{"dc01", "dc02"} {
			set.Dependencies = append(set.Dependencies, evidence.Dependency{From: s.ID, To: id, Kind: evidence.AnyOf, Group: "ad"})
		}
	}
	sample := func(system string, day int, used float64) {
		set.Samples = append(set.Samples, evidence.Sample{
			System: system, Resource: "disk", At: exampleAsOf.AddDate(0, 0, day-60), Used: used, Total: 100, Unit: "%", Pos: diag.Pos{File: "capacity.csv", Row: len(set.Samples) + 2},
		})
	}
	for i, day := range []int{0, 14, 30, 44, 60} {
		sample("hv01", day, []float64{88, 90.5, 93, 95.5, 98}[i])
	}
	// Two points make no forecast; the third of hv03 and fs01 is on their line.
	for i, day := range []int{0, 30, 60} {
		sample("hv02", day, []float64{60, 60.6, 61.2}[i])
		sample("hv03", day, []float64{40, 40.5, 41}[i])
		sample("fs01", day, []float64{70, 71.5, 73}[i])
		sample("sql01", day, 50)
	}
	for i := range set.Systems {
		set.PatchStates = append(set.PatchStates, evidence.PatchState{System: set.Systems[i].ID, LastScan: exampleAsOf})
		if id := set.Systems[i].ID; id == "vpn01" || id == "web01" {
			set.Systems[i].Public = evidence.Yes
		}
	}
	set.Patches = []evidence.PatchFinding{
		{System: "vpn01", CVE: "CVE-2026-1", Severity: "critical", EPSS: evidence.Known(.93), KEV: evidence.Yes, Open: true},
		{System: "web01", CVE: "CVE-2026-2", Severity: "critical", EPSS: evidence.Known(.05), KEV: evidence.No, Open: true},
	}
	set.Jobs = []evidence.JobRun{{Job: "DBCHECK", System: "sql01", Kind: evidence.JobIntegrity, At: exampleAsOf, Result: evidence.Failed}}
	return set
}

// exampleRanges are the measured times of the example, which have a range; a
// measured time of the model has none.
func exampleRanges() map[string]Range {
	return map[string]Range{"hv02": {1, 2, 3}, "hv03": {1, 2, 3}, "fs01": {2, 2.1, 2.6}}
}

func exampleSite(set *evidence.Set, given map[string]Range, horizon int) *site {
	policy := config.Defaults()
	policy.Horizon = time.Duration(horizon) * 24 * time.Hour
	s := newSite(&assess.Input{Set: set, Policy: policy}, &assess.Result{})
	s.given = given
	return s
}

// reference reads ranking-example.out, which the reference calculation printed.
func reference(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "design", "ranking-example.out"))
	if err != nil {
		t.Fatalf("the reference calculation is not beside the repository: %v", err)
	}
	return string(b)
}

func TestTheWorkedExampleToTheDollar(t *testing.T) {
	line := regexp.MustCompile(`(?m)^(\d+) (\S+) +lo (\d+) ml (\d+) hi (\d+) .* serves \[(.*)\]$`)
	parts := strings.Split(reference(t), "--- H ")
	for _, horizon := range []int{30, 90} {
		t.Run(fmt.Sprint(horizon, " days"), func(t *testing.T) {
			var want []string
			for _, p := range parts {
				if strings.HasPrefix(p, fmt.Sprint(horizon, "\n")) {
					for _, m := range line.FindAllStringSubmatch(p, -1) {
						want = append(want, fmt.Sprintf("%s: %s %s %s [%s]", m[2], m[3], m[4], m[5], strings.ReplaceAll(m[6], "'", "")))
					}
				}
			}
			var got []string
			r := exampleSite(example(), exampleRanges(), horizon).rank()
			for _, s := range r.Systems {
				e := s.Exposure
				var down []string
				for _, v := range []string{"Shipping", "Invoicing", "OfficeFiles", "RemoteAccess", "Website"} {
					for _, d := range s.Down {
						if d == v {
							down = append(down, v)
						}
					}
				}
				got = append(got, fmt.Sprintf("%s: %d %d %d [%s]", s.ID, e.Low, e.Likely, e.High, strings.Join(down, ", ")))
			}
			if len(want) != 12 {
				t.Fatalf("%d lines in the reference, want 12", len(want))
			}
			// Systems with the same amounts have the order of the reference's own
			// sort, which is by name backwards.
			want[4], want[5] = want[5], want[4]
			want[10], want[11] = want[11], want[10]
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-reference +model):\n%s", diff)
			}
		})
	}
}

func TestTheWorkedExampleOfOneOutage(t *testing.T) {
	r := exampleSite(example(), exampleRanges(), 30).rank()
	hv := r.Systems[0]
	if hv.ID != "hv01" || hv.Hours != (Range{7, 20, 38}) || hv.Loss[Likely] != 50250 {
		t.Errorf("%s: %v h, %v", hv.ID, hv.Hours, hv.Loss)
	}
	if whole(hv.Loss[Low]) != 17588 || whole(hv.Loss[High]) != 95475 {
		t.Errorf("loss %v, want 17,588 to 95,475", hv.Loss)
	}
	for _, c := range hv.Causes {
		if c.Name == "disk full in 12 days" {
			if math.Abs(c.Rate[Likely]-1.0/12) > 1e-12 || math.Abs(c.P[Likely]-.9179) > 5e-5 {
				t.Errorf("rate %v, P %v", c.Rate, c.P)
			}
			return
		}
	}
	t.Errorf("no cause says when the disk is full: %+v", hv.Causes)
}

func TestTheWorkedExampleWithOtherEvidence(t *testing.T) {
	ref := reference(t)
	find := func(expr string) []string {
		m := regexp.MustCompile(expr).FindStringSubmatch(ref)
		if m == nil {
			t.Fatalf("the reference has no %q", expr)
		}
		return m[1:]
	}
	system := func(r *Ranking, id string) System {
		for _, s := range r.Systems {
			if s.ID == id {
				return s
			}
		}
		t.Fatalf("no %s", id)
		return System{}
	}

	t.Run("a 3 h measured restore", func(t *testing.T) {
		want := find(`3 h measured restore: hv01 ml,hi \[(\d+), (\d+)\] rank (\d+) value of proof (\d+)`)
		given := exampleRanges()
		given["hv01"], given["sql01"] = Range{.5, .5, 1}, Range{1.5, 1.5, 2}
		given["erp-app01"], given["wms01"] = Range{.5, .5, 1}, Range{.5, .5, 1}
		s := exampleSite(example(), given, 30)
		hv := system(s.rank(), "hv01")
		before := exampleSite(example(), exampleRanges(), 30).event("hv01", proofs{})
		worth := expected(before.causes, 30, ownLoss)[Likely] - expected(s.event("hv01", proofs{}).causes, 30, ownLoss)[Likely]
		got := []string{fmt.Sprint(hv.Exposure.Likely), fmt.Sprint(hv.Exposure.High), fmt.Sprint(hv.Rank), fmt.Sprint(whole(worth))}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-reference +model):\n%s", diff)
		}
	})
	t.Run("capacity export missing", func(t *testing.T) {
		want := find(`capacity export missing .*: hv01 ml,hi \[(\d+), (\d+)\]`)
		set := example()
		set.Samples = nil
		hv := system(exampleSite(set, exampleRanges(), 30).rank(), "hv01")
		got := []string{fmt.Sprint(hv.Exposure.Likely), fmt.Sprint(hv.Exposure.High)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-reference +model):\n%s", diff)
		}
		if hv.Rank != 1 {
			t.Errorf("rank %d: nothing excludes the event", hv.Rank)
		}
	})
	t.Run("disk enlarged", func(t *testing.T) {
		want := find(`capacity fixed \(ttf 400 d\): hv01 ml,hi \[(\d+), (\d+)\] rank (\S+)`)
		set := example()
		for i := range set.Samples {
			if p := &set.Samples[i]; p.System == "hv01" {
				p.Unit, p.Total = "GB", 98+400.0/6 // the same growth, 400 days of room
			}
		}
		r := exampleSite(set, exampleRanges(), 30).rank()
		hv := system(r, "hv01")
		got := []string{fmt.Sprint(hv.Exposure.Likely), fmt.Sprint(hv.Exposure.High), r.Systems[0].ID}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-reference +model):\n%s", diff)
		}
	})
}
