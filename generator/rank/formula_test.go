package rank

import (
	"math"
	"math/rand"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/assess"
	"proofpack/generator/config"
	"proofpack/generator/evidence"
)

func TestCostliestGrowsAndIsBounded(t *testing.T) {
	r := rand.New(rand.NewSource(6))
	for range 5000 {
		hazards := make([]hazard, 1+r.Intn(6))
		largest := 0.0
		for i := range hazards {
			hazards[i] = hazard{loss: float64(r.Intn(50)) * 1000, p: r.Float64()}
			largest = max(largest, hazards[i].loss)
		}
		clone := func() []hazard { return append([]hazard(nil), hazards...) }
		was := costliest(clone())
		if was > largest+1e-6 {
			t.Fatalf("%v exceeds the largest loss %v", was, largest)
		}
		likelier, dearer := clone(), clone()
		i := r.Intn(len(hazards))
		likelier[i].p += (1 - likelier[i].p) * r.Float64()
		dearer[i].loss += r.Float64() * 30000
		for _, more := range [][]hazard{likelier, dearer, append(clone(), hazard{r.Float64() * 50000, r.Float64()})} {
			if now := costliest(append([]hazard(nil), more...)); now < was-1e-6 {
				t.Fatalf("%v falls to %v with %v", was, now, more)
			}
		}
		r.Shuffle(len(hazards), func(i, j int) { hazards[i], hazards[j] = hazards[j], hazards[i] })
		if now := costliest(hazards); now != was {
			t.Fatalf("%v, in another order %v", was, now)
		}
	}
	one := costliest([]hazard{{1000, .5}, {1000, .5}})
	if math.Abs(one-750) > 1e-9 {
		t.Errorf("two causes of one loss: %v, want P x L = 750", one)
	}
}

// company is one service on one system, everything on file.
func company(change func(*evidence.Set)) *evidence.Set {
	asOf := time.Date(2026, 5, 31, 23, 59, 59, 0, time.UTC)
	set := &evidence.Set{
		AsOf: asOf, Zone: time.UTC, Currency: "USD",
		Services:    []evidence.Service{{ID: "S", Name: "Orders", Stops: evidence.StopsRevenue, CostPerHour: evidence.Known(1000), HoursPerDay: evidence.Known(8)}},
		Systems:     []evidence.System{{ID: "APP", Kind: "server", Class: evidence.ClassServer, Services: []string{"S"}, InInventory: true, Public: evidence.No}},
		PatchStates: []evidence.PatchState{{System: "APP", LastScan: asOf}},
	}
	if change != nil {
		change(set)
	}
	return set
}

func siteOf(set *evidence.Set, findings ...assess.Finding) *site {
	return newSite(&assess.Input{Set: set, Policy: config.Defaults()}, &assess.Result{Findings: findings})
}

func restoreFinding(check, system string, state assess.State) assess.Finding {
	return assess.Finding{
		ID: check + "/" + system, Check: &assess.Check{ID: check}, Subject: assess.Subject{Kind: "system", ID: system, System: system}, State: state, Raw: state,
	}
}

func TestBusinessHours(t *testing.T) {
	s := siteOf(company(func(set *evidence.Set) { set.Services[0].HoursPerDay = evidence.Known(7.5) }))
	for hours, want := range map[float64]float64{0: 0, 4: 4, 7.5: 7.5, 8: 7.5, 24: 7.5, 25: 8.5, 31.5: 15, 40: 15, 48: 15, 52: 19} {
		if got := s.businessHours("S", hours); got != want {
			t.Errorf("%v elapsed hours are %v business hours, want %v", hours, got, want)
		}
	}
	undeclared := siteOf(company(func(set *evidence.Set) { set.Services[0].HoursPerDay = evidence.Number{} }))
	if got := undeclared.businessHours("S", 30); got != 30 {
		t.Errorf("nobody declared hours a day: %v, want all 30", got)
	}
}

func TestTimeUntilSomebodyActs(t *testing.T) {
	raised := time.Date(2026, 5, 4, 8, 0, 0, 0, time.UTC)
	lastInstant := time.Date(2026, 5, 4, 23, 59, 59, 999999999, time.UTC)
	alert := func(raised time.Time, hours float64, person bool) evidence.Alert {
		return evidence.Alert{System: "APP", Raised: raised, ByPerson: person, AcknowledgedAt: raised.Add(time.Duration(hours * float64(time.Hour)))}
	}
	for _, c := range []struct {
		name   string
		alerts []evidence.Alert
		want   Range
	}{
		{"no alert", nil, Range{1, 2, 4}},
		{"by nobody", []evidence.Alert{{System: "APP", Raised: raised, AcknowledgedBy: "system", AcknowledgedAt: raised.Add(9 * time.Hour)}}, Range{1, 2, 4}},
		{"nobody says by whom", []evidence.Alert{alert(raised, 9, false)}, Range{1, 2, 9}},
		{"by a person, no time: until now", []evidence.Alert{{Raised: raised, ByPerson: true}}, Range{1, 2, 663.999722}},
		{"by a person, no time: until it was closed", []evidence.Alert{{Raised: raised, ByPerson: true, Closed: raised.Add(5 * time.Hour), IsClosed: true}}, Range{1, 2, 5}},
		{"by a person, no time, closed at once", []evidence.Alert{{Raised: raised, ByPerson: true, Closed: raised.Add(time.Hour), IsClosed: true}}, Range{1, 2, 4}},
		{"by a person and closed on one day, hours unknown", []evidence.Alert{{Raised: lastInstant, ByPerson: true, Closed: lastInstant, IsClosed: true}}, Range{1, 2, 4}},
		{"the slowest has lost its person", []evidence.Alert{alert(raised, 1, true), {Raised: raised, AcknowledgedAt: raised.Add(9 * time.Hour)}, alert(raised, 3, true)}, Range{2, 2, 3}},
		{"the slowest has lost its time", []evidence.Alert{alert(raised, 1, true), {Raised: raised, ByPerson: true, Closed: raised.Add(10 * time.Hour), IsClosed: true}, alert(raised, 3, true)}, Range{2, 2, 3}},
		{"the quickest has lost its person", []evidence.Alert{{Raised: raised, AcknowledgedAt: raised.Add(time.Hour)}, alert(raised, 9, true), alert(raised, 3, true)}, Range{6, 6, 6}},
		{"before it was raised", []evidence.Alert{alert(raised, -3, true)}, Range{1, 2, 4}},
		{"on the day it was raised, hours unknown", []evidence.Alert{alert(lastInstant, 0, true)}, Range{1, 2, 4}},
		{"median of three", []evidence.Alert{alert(raised, 1, true), alert(raised, 9, true), alert(raised, 3, true)}, Range{3, 3, 3}},
		{"median of two", []evidence.Alert{alert(raised, 1, true), alert(raised, 2, true)}, Range{1.5, 1.5, 1.5}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := siteOf(company(func(set *evidence.Set) { set.Alerts = c.alerts }))
			if diff := cmp.Diff(c.want, s.detect, cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-6 })); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestElements(t *testing.T) {
	tested := time.Date(2026, 5, 20, 0, 0, 0, 0, time.UTC)
	full := func(minutes, size float64) evidence.RestoreTest {
		r := evidence.RestoreTest{System: "APP", TestedOn: tested, Result: evidence.Success, Scope: evidence.ScopeApplication, Minutes: evidence.Known(minutes)}
		if size > 0 {
			r.SizeBytes = evidence.Known(size)
		}
		return r
	}
	backup := func(size float64) evidence.JobRun {
		return evidence.JobRun{Job: "B", System: "APP", Kind: evidence.JobBackup, Result: evidence.Success, At: tested, SizeBytes: evidence.Known(size)}
	}
	check := func(result evidence.Result, day int) evidence.JobRun {
		return evidence.JobRun{Job: "DBCHECK", System: "APP", Kind: evidence.JobIntegrity, Result: result, At: tested.AddDate(0, 0, day)}
	}
	database := func(set *evidence.Set) {
		set.Systems[0].Class, set.Systems[0].Kind = evidence.ClassDatabase, "database server"
	}
	proven := []assess.State{assess.Proven, assess.Proven, assess.Proven, assess.Proven}
	for _, c := range []struct {
		name     string
		change   func(*evidence.Set)
		states   []assess.State // of BKP-01, 02, 06, 11
		want     Range
		measured bool
	}{
		{"no test: the class", nil, nil, Range{1, 2, 4}, false},
		{"proven: its minutes", func(set *evidence.Set) {
			set.Restores = []evidence.RestoreTest{full(90, 100)}
			set.Jobs = []evidence.JobRun{backup(100)}
		}, proven, Range{1.5, 1.5, 1.5}, true},
		{"its size then is not on record", func(set *evidence.Set) {
			set.Restores = []evidence.RestoreTest{full(90, 0)}
			set.Jobs = []evidence.JobRun{backup(100)}
		}, proven, Range{1.5, 1.5, 3}, true},
		{"its size now is not on record", func(set *evidence.Set) { set.Restores = []evidence.RestoreTest{full(90, 100)} }, proven, Range{1.5, 1.5, 3}, true},
		{"its newest backup does not say its size", func(set *evidence.Set) {
			set.Restores = []evidence.RestoreTest{full(90, 100)}
			newest := backup(0)
			newest.At, newest.SizeBytes = tested.AddDate(0, 0, 1), evidence.Number{}
			set.Jobs = []evidence.JobRun{newest, backup(110)}
		}, proven, Range{1.65, 1.65, 3}, true},
		{"twice the size since", func(set *evidence.Set) {
			set.Restores = []evidence.RestoreTest{full(90, 100)}
			set.Jobs = []evidence.JobRun{backup(200)}
		}, proven, Range{3, 3, 3}, true},
		{"smaller since", func(set *evidence.Set) {
			set.Restores = []evidence.RestoreTest{full(90, 100)}
			set.Jobs = []evidence.JobRun{backup(50)}
		}, proven, Range{1.5, 1.5, 1.5}, true},
		{"stale: the longer of both", func(set *evidence.Set) { set.Restores = []evidence.RestoreTest{full(90, 0)} },
			[]assess.State{assess.Stale, assess.Stale, assess.Stale, assess.Proven}, Range{1.5, 2, 4}, false},
		{"void since a change", func(set *evidence.Set) { set.Restores = []evidence.RestoreTest{full(30, 0)} },
			[]assess.State{assess.Proven, assess.Proven, assess.Proven, assess.Missing}, Range{1, 2, 4}, false},
		{"over target: the longer of both", func(set *evidence.Set) {
			set.Restores = []evidence.RestoreTest{full(600, 100)}
			set.Jobs = []evidence.JobRun{backup(100)}
		},
			[]assess.State{assess.Failed, assess.Failed, assess.Proven, assess.Proven}, Range{10, 10, 10}, false},
		{"nothing was asked about it", func(set *evidence.Set) { set.Restores = []evidence.RestoreTest{full(30, 0)} }, nil, Range{1, 2, 4}, false},
		{"one file is no measurement", func(set *evidence.Set) {
			r := full(6, 0)
			r.Scope = evidence.ScopeFile
			set.Restores = []evidence.RestoreTest{r}
		}, nil, Range{1, 2, 4}, false},
		{"the newest of two", func(set *evidence.Set) {
			old := full(30, 0)
			old.TestedOn = tested.AddDate(0, -1, 0)
			set.Restores = []evidence.RestoreTest{full(90, 100), old}
			set.Jobs = []evidence.JobRun{backup(100)}
		}, proven, Range{1.5, 1.5, 1.5}, true},
		{"its integrity job fails", func(set *evidence.Set) {
			set.Jobs = []evidence.JobRun{check(evidence.Success, -7), check(evidence.Failed, 0)}
		},
			nil, Range{1, 7, 13}, false},
		{"its integrity job is good again", func(set *evidence.Set) {
			set.Jobs = []evidence.JobRun{check(evidence.Failed, -7), check(evidence.Success, 0)}
		},
			nil, Range{1, 2, 4}, false},
		{"a skipped run mends nothing", func(set *evidence.Set) {
			set.Jobs = []evidence.JobRun{check(evidence.Failed, -7), check(evidence.Skipped, 0)}
		},
			nil, Range{1, 7, 13}, false},
		{"a database without a check", database, nil, Range{3, 6, 20}, false},
		{"a database with a good check", func(set *evidence.Set) {
			database(set)
			set.Jobs = []evidence.JobRun{check(evidence.Success, 0)}
		}, nil, Range{3, 6, 11}, false},
		{"no row says what it is", func(set *evidence.Set) { set.Systems[0].Class, set.Systems[0].Kind = evidence.ClassOther, "" }, nil, Range{1, 2, 33}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			var findings []assess.Finding
			for i, state := range c.states {
				findings = append(findings, restoreFinding([]string{"BKP-01", "BKP-02", "BKP-06", "BKP-11"}[i], "APP", state))
			}
			e := siteOf(company(c.change), findings...).element("APP", proofs{})
			if diff := cmp.Diff(c.want, e.Hours, cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-9 })); diff != "" || e.Measured != c.measured {
				t.Errorf("measured %v, want %v, hours (-want +got):\n%s\n%s", e.Measured, c.measured, diff, e.From)
			}
		})
	}
}

func TestAnExceptionMeasuresNothing(t *testing.T) {
	set := company(func(set *evidence.Set) {
		set.Restores = []evidence.RestoreTest{{System: "APP", Result: evidence.Success, Scope: evidence.ScopeSystem, Minutes: evidence.Known(10)}}
	})
	f := restoreFinding("BKP-01", "APP", assess.Excepted)
	f.Raw = assess.Stale
	if e := siteOf(set, f).element("APP", proofs{}); e.Measured || e.Hours != (Range{1, 2, 4}) {
		t.Errorf("measured %v, hours %v", e.Measured, e.Hours)
	}
}

func TestCauses(t *testing.T) {
	scan := func(f evidence.PatchFinding) func(*evidence.Set) {
		f.System, f.Open, f.CVE = "APP", true, "CVE-2026-9"
		if f.KEV == evidence.Unknown {
			f.KEV = evidence.No
		}
		return func(set *evidence.Set) { set.Patches = []evidence.PatchFinding{f} }
	}
	perDay := func(epss, reach float64) float64 { return -math.Log(1-epss) / 30 * reach }
	same := func(v float64) Range { return Range{v, v, v} }
	outage := func(days int) evidence.Incident {
		return evidence.Incident{RootSystem: "APP", Started: time.Date(2026, 5, 31, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -days)}
	}
	for _, c := range []struct {
		name   string
		change func(*evidence.Set)
		cause  string
		want   Range
	}{
		{"base rate of a server", nil, "base rate", same(.25 / 365)},
		{"base rate of a host", func(set *evidence.Set) { set.Systems[0].Class = evidence.ClassHypervisor }, "base rate", same(.30 / 365)},
		{"two incidents are too few", func(set *evidence.Set) { set.Incidents = []evidence.Incident{outage(10), outage(20)} }, "base rate", same(.25 / 365)},
		{"three incidents", func(set *evidence.Set) { set.Incidents = []evidence.Incident{outage(10), outage(20), outage(365)} }, "own incidents", same(3.0 / 365)},
		{"one of three too long ago", func(set *evidence.Set) { set.Incidents = []evidence.Incident{outage(10), outage(20), outage(366)} }, "base rate", same(.25 / 365)},
		{"EPSS on file, internal", scan(evidence.PatchFinding{EPSS: evidence.Known(.2)}), "CVE-2026-9 open", same(perDay(.2, .1))},
		{"critical without EPSS", scan(evidence.PatchFinding{Severity: "Critical"}), "CVE-2026-9 open", same(perDay(.05, .1))},
		{"high without EPSS", scan(evidence.PatchFinding{Severity: "high"}), "CVE-2026-9 open", same(perDay(.01, .1))},
		{"medium without EPSS", scan(evidence.PatchFinding{Severity: "medium"}), "CVE-2026-9 open", same(perDay(.002, .1))},
		{"known to be exploited", scan(evidence.PatchFinding{EPSS: evidence.Known(.2), KEV: evidence.Yes}), "CVE-2026-9 open, known to be exploited", same(perDay(.5, .1))},
		{"EPSS above the least of a known one", scan(evidence.PatchFinding{EPSS: evidence.Known(.93), KEV: evidence.Yes}), "CVE-2026-9 open, known to be exploited", same(perDay(.93, .1))},
		{"nobody says how severe", scan(evidence.PatchFinding{}), "CVE-2026-9 open", Range{perDay(.002, .1), perDay(.002, .1), perDay(.05, .1)}},
		{"nobody looked up whether it is exploited", func(set *evidence.Set) {
			scan(evidence.PatchFinding{EPSS: evidence.Known(.2)})(set)
			set.Patches[0].KEV = evidence.Unknown
		}, "CVE-2026-9 open", Range{perDay(.2, .1), perDay(.2, .1), perDay(.5, .1)}},
		{"no row says which CVE", func(set *evidence.Set) {
			scan(evidence.PatchFinding{Severity: "high", Title: "Weak cipher"})(set)
			set.Patches[0].CVE = ""
		}, "Weak cipher open, of which no row says which CVE it is", Range{0, 0, perDay(.01, .1)}},
		{"nobody says whether it is public", func(set *evidence.Set) {
			scan(evidence.PatchFinding{EPSS: evidence.Known(.2)})(set)
			set.Systems[0].Public = evidence.Unknown
		}, "CVE-2026-9 open", Range{perDay(.2, .1), perDay(.2, .1), perDay(.2, 1)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var names []string
			for _, got := range siteOf(company(c.change)).causes("APP", proofs{}) {
				if got.Name != c.cause {
					names = append(names, got.Name)
					continue
				}
				for b := range c.want {
					if math.Abs(got.Rate[b]-c.want[b]) > 1e-12 {
						t.Errorf("rate %v, want %v", got.Rate, c.want)
					}
				}
				return
			}
			t.Errorf("no cause %q, but %q", c.cause, names)
		})
	}
}

func TestOneCVEIsOneCause(t *testing.T) {
	set := company(func(set *evidence.Set) {
		for _, p := range []float64{.1, .4, .2} {
			set.Patches = append(set.Patches, evidence.PatchFinding{System: "APP", CVE: "CVE-1", EPSS: evidence.Known(p), Open: true})
		}
		set.Patches = append(set.Patches, evidence.PatchFinding{System: "APP", CVE: "CVE-2", EPSS: evidence.Known(.9)})
	})
	causes := siteOf(set).exploits("APP", proofs{})
	if len(causes) != 1 || math.Abs(causes[0].Rate[Likely]+math.Log(.6)/30*.1) > 1e-12 {
		t.Errorf("%d causes: %+v", len(causes), causes)
	}
}

func TestExpectedEvidenceThatIsMissingExcludesNothing(t *testing.T) {
	s := siteOf(company(func(set *evidence.Set) {
		set.Systems[0].Class, set.Systems[0].Kind = evidence.ClassHypervisor, "host"
		set.PatchStates = nil
	}))
	for _, c := range s.causes("APP", proofs{}) {
		switch {
		case c.Name == "base rate":
		case !c.Missing || c.P[High] != 1 || c.P[Low] != 0:
			t.Errorf("%+v", c.Cause)
		case c.response[High] > 0 && c.P[Likely] != 0:
			t.Errorf("a missing scan is likely none: %+v", c.Cause)
		case c.response[High] == 0 && math.Abs(c.P[Likely]-(1-math.Exp(-1))) > 1e-12:
			t.Errorf("missing capacity is likely full in the policy's 30 days: %+v", c.Cause)
		}
	}
	if n := len(s.causes("APP", proofs{})); n != 3 {
		t.Errorf("%d causes, want base rate, capacity, scan", n)
	}
}
