package rank

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/evidence"
	"proofpack/generator/graph"
)

// A site is the evidence by system and service, as the formulas ask for it.
type site struct {
	*assess.Input
	res *assess.Result

	systems  map[string]*evidence.System
	services map[string]*evidence.Service
	series   map[string][]evidence.Series        // system -> what can fill up
	open     map[string][]*evidence.PatchFinding // system -> worst open row of each CVE, by CVE
	scanned  map[string]bool                     // system -> a scan or patch state is on record
	checked  map[string]integrity                // system -> its integrity jobs
	restored map[string]*evidence.RestoreTest    // system -> newest successful full restore with its minutes
	whole    map[string]*evidence.RestoreTest    // service -> the same of the service itself
	size     map[string]float64                  // system -> bytes of its newest good backup of known size
	unsized  map[string]bool                     // system -> a later good run, that was or may have been a backup, does not say its size
	outages  map[string][]*evidence.Incident     // system -> incidents that began with it
	findings map[string][]*assess.Finding        // system -> findings about it
	asked    map[string][]*assess.Finding        // service -> findings about it or what it needs, in order
	exports  []*assess.Finding                   // findings about exports (GOV-03)
	stopping map[string]evidence.Figure          // system -> how many systems stop with it
	kinds    map[string]evidence.JobKind         // partKey of system and job -> its kind
	alerts   map[string][]string                 // partKey of system and signature -> texts of its alerts
	sets     map[string][]string                 // system -> its recovery set
	stops    map[string][]string                 // system -> services that stop with it
	doubt    *doubt
	detect   Range
	detected evidence.Figure
	short    bool                // a source that exposures rest on is short
	void     bool                // the changes export is short: a restore proof may be void
	given    map[string]Range    // system -> restore hours that stand in for the evidence; of tests that have ranges of their own
	used     map[string]struct{} // names of the limits of judgement that were used
}

// mostTexts is how many different texts of one signature are looked at to see
// what it is about.
const mostTexts = 20

// partKey finds what a finding says about a part of a system.
func partKey(system, part string) string { return system + "\x00" + part }

// integrity is what the integrity jobs of one system show.
type integrity int

const (
	unchecked integrity = iota // no run ended in a result
	sound                      // the last run of each was good
	failing                    // the last run of one failed
)

// resting are the data sets that every exposure rests on: a row that one of
// them lacks may be about any system.
var resting = []string{
	evidence.Services, evidence.Inventory, evidence.Dependencies, evidence.Restores, evidence.Jobs, evidence.Alerts,
	evidence.Capacity, evidence.Patches, evidence.PatchStatus, evidence.KEV, evidence.EPSS, evidence.Incidents,
}

func newSite(in *assess.Input, res *assess.Result) *site {
	s := &site{
		Input: in, res: res,
		systems: map[string]*evidence.System{}, services: map[string]*evidence.Service{},
		series: map[string][]evidence.Series{}, open: map[string][]*evidence.PatchFinding{},
		scanned: map[string]bool{}, checked: map[string]integrity{},
		restored: map[string]*evidence.RestoreTest{}, whole: map[string]*evidence.RestoreTest{},
		size: map[string]float64{}, unsized: map[string]bool{}, outages: map[string][]*evidence.Incident{},
		findings: map[string][]*assess.Finding{}, asked: map[string][]*assess.Finding{}, stopping: map[string]evidence.Figure{}, kinds: map[string]evidence.JobKind{}, alerts: map[string][]string{},
		sets: map[string][]string{}, stops: map[string][]string{},
		used: map[string]struct{}{},
	}
	if s.Graph == nil {
		s.Input = &assess.Input{Set: in.Set, Graph: graph.New(in.Set), Policy: in.Policy}
	}
	s.doubt = newDoubt(in.Set, s.Graph)
	for i := range in.Systems {
		s.systems[in.Systems[i].ID] = &in.Systems[i]
	}
	for i := range in.Services {
		v := &in.Services[i]
		if was := s.services[v.ID]; was == nil || costlier(v, was) {
			s.services[v.ID] = v
		}
	}
	for _, r := range in.Resources() {
		s.series[r.System] = append(s.series[r.System], r)
	}
	s.readPatches()
	s.readJobs()
	s.readRestores()
	for i := range in.Incidents {
		n := &in.Incidents[i]
		s.outages[n.RootSystem] = append(s.outages[n.RootSystem], n)
	}
	for i := range res.Findings {
		f := &res.Findings[i]
		if f.Subject.System != "" {
			s.findings[f.Subject.System] = append(s.findings[f.Subject.System], f)
		}
		if f.Check.ID == "GOV-03" {
			s.exports = append(s.exports, f)
		}
		for _, service := range aboutServices(f) {
			s.asked[service] = append(s.asked[service], f)
		}
	}
	for _, d := range resting {
		s.short = s.short || in.Standing(d) == evidence.Short
	}
	s.void = in.Standing(evidence.Changes) == evidence.Short
	s.readAlerts()
	return s
}

// costlier tells which of two rows of one service counts: the one without a
// declared cost, else the one with the larger.
func costlier(a, b *evidence.Service) bool {
	x, known := costOf(a)
	y, too := costOf(b)
	if known != too {
		return !known
	}
	return x > y
}

// readPatches keeps one row for each open CVE of a system: the one with the
// highest probability. Rows without a CVE are kept apart by what they found.
func (s *site) readPatches() {
	type key struct{ system, cve string }
	worst := map[key]*evidence.PatchFinding{}
	for i := range s.Patches {
		f := &s.Patches[i]
		s.scanned[f.System] = true
		if !f.Open || f.CVE == "" && f.Severity == evidence.SeverityInfo { // a remark
			continue
		}
		k := key{f.System, strings.ToUpper(f.CVE)}
		if f.CVE == "" {
			k.cve = "\x00" + f.ID + "\x00" + nameless(f)
		}
		if was := worst[k]; was == nil || s.likelier(f, was) {
			worst[k] = f
		}
	}
	for k, f := range worst {
		s.open[k.system] = append(s.open[k.system], f)
	}
	for _, list := range s.open {
		slices.SortFunc(list, func(a, b *evidence.PatchFinding) int {
			return cmp.Or(cmp.Compare(strings.ToUpper(a.CVE), strings.ToUpper(b.CVE)), cmp.Compare(nameless(a), nameless(b)), cmp.Compare(a.ID, b.ID))
		})
	}
	for i := range s.PatchStates {
		if !s.PatchStates[i].LastScan.IsZero() {
			s.scanned[s.PatchStates[i].System] = true
		}
	}
}

// likelier tells which of two rows of one vulnerability counts: the one more
// probable at the high bound, then likely.
func (s *site) likelier(a, b *evidence.PatchFinding) bool {
	x, y := s.epss(a), s.epss(b)
	return cmp.Or(cmp.Compare(x[High], y[High]), cmp.Compare(x[Likely], y[Likely])) > 0
}

// readJobs reads the last result of every integrity job, and the size of every
// system's newest good backup.
func (s *site) readJobs() {
	type key struct{ system, job string }
	last := map[key]*evidence.JobRun{}
	newest, unsized := map[string]time.Time{}, map[string]time.Time{}
	for i := range s.Jobs {
		r := &s.Jobs[i]
		if r.Kind != "" {
			s.kinds[partKey(r.System, r.Job)] = r.Kind
		}
		if (r.Kind == evidence.JobBackup || r.Kind == "") && (r.Result == evidence.Success || r.Result == "") {
			size, known := positive(r.SizeBytes)
			known = known && r.Kind == evidence.JobBackup && r.Result == evidence.Success
			switch {
			case known && !r.At.Before(newest[r.System]):
				newest[r.System], s.size[r.System] = r.At, size
			case !known && r.At.After(unsized[r.System]):
				unsized[r.System] = r.At
			}
		}
		if r.Kind != evidence.JobIntegrity || r.Result != evidence.Success && r.Result != evidence.Failed {
			continue
		}
		k := key{r.System, r.Job}
		if was := last[k]; was == nil || r.At.After(was.At) || r.At.Equal(was.At) && r.Result == evidence.Failed {
			last[k] = r
		}
	}
	for id, at := range unsized {
		s.unsized[id] = !at.Before(newest[id])
	}
	for k, r := range last {
		state := sound
		if r.Result == evidence.Failed {
			state = failing
		}
		s.checked[k.system] = max(s.checked[k.system], state)
	}
}

// readRestores keeps the newest successful full restore with its minutes.
func (s *site) readRestores() {
	keep := func(newest map[string]*evidence.RestoreTest, id string, r *evidence.RestoreTest) {
		was := newest[id]
		if id == "" || was != nil && (was.TestedOn.After(r.TestedOn) || was.TestedOn.Equal(r.TestedOn) && was.Minutes.Value > r.Minutes.Value) {
			return
		}
		newest[id] = r
	}
	for i := range s.Restores {
		r := &s.Restores[i]
		if _, known := positive(r.Minutes); !known || r.Result != evidence.Success || !full(r.Scope) {
			continue
		}
		if r.System != "" {
			keep(s.restored, r.System, r)
		} else {
			keep(s.whole, r.Service, r)
		}
	}
}

// full tells whether a test of this scope can prove recovery.
func full(scope evidence.Scope) bool {
	switch scope {
	case evidence.ScopeSystem, evidence.ScopeApplication, evidence.ScopeService:
		return true
	case evidence.ScopeFile, evidence.ScopeUnknown:
	}
	return false
}

// positive is a number that is known and more than zero.
func positive(n evidence.Number) (float64, bool) {
	return n.Value, n.Known && n.Value > 0 && !math.IsInf(n.Value, 0) && !math.IsNaN(n.Value)
}

// declared is a number that is known and not less than zero.
func declared(n evidence.Number) (float64, bool) {
	if n.Known && n.Value == 0 {
		return 0, true
	}
	return positive(n)
}

// limit is a limit of the policy as a figure, marked as used.
func (s *site) limit(name string) evidence.Figure {
	s.used[name] = struct{}{}
	l := s.Policy.Limit(name)
	return evidence.Figure{Text: l.Text(), Unit: l.Unit, Formula: "policy " + name + " (" + l.Source + ")"}
}

// recoverySet is what must be restored when a system is lost.
func (s *site) recoverySet(system string) []string {
	set, known := s.sets[system]
	if !known {
		set = s.Graph.RecoverySet(system)
		s.sets[system] = set
	}
	return set
}

// down is the services that stop when a system fails.
func (s *site) down(system string) []string {
	services, known := s.stops[system]
	if !known {
		services = s.Graph.DownServices(system)
		s.stops[system] = services
	}
	return services
}

// serviceName is a service as printed.
func (s *site) serviceName(id string) string {
	if v := s.services[id]; v != nil && v.Name != "" {
		return v.Name
	}
	return id
}
