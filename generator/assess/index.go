package assess

import (
	"cmp"
	"slices"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/graph"
)

// An index is the records of a set by what they are about.
type index struct {
	systems    map[string]*evidence.System
	services   map[string]*evidence.Service
	jobs       map[string][]*job                  // system -> its jobs by name; "" those that name none
	signatures map[string][]*signature            // system -> its alerts by signature
	resources  map[string][]evidence.Series       // system -> what can fill up, by name
	restores   map[string][]*evidence.RestoreTest // system -> tests of it and of services that need it, oldest first
	ofService  map[string][]*evidence.RestoreTest // service -> tests of the service itself, oldest first
	changes    map[string][]*evidence.Change      // system -> changes to it, in order of the export; "" those that name none
	byChange   map[string][]*evidence.Change      // key -> the changes of that key
	plan       map[string][]*evidence.PlanStep    // service -> its written order, by step
	stepsOf    map[string][]*evidence.PlanStep    // system -> steps that bring it back
	into       map[string][]evidence.Dependency   // id -> edges that end at it
	files      map[string]string                  // file and sheet -> data set
	patches    map[string]*patchBook              // system -> what patch reports say of it
	tickets    TicketBook                         // of the help desk, by number
	register   *register                          // who works here, and who has left
	access     *accessIndex                       // accounts, leavers, reviews and the access log
	unread     map[string]*unread                 // data set -> its rejected rows
	past       *pastInventory                     // last month's inventory; nil until first asked
	least      *graph.Graph                       // what needs what whatever an edge without a kind means
	seen       map[string]sighting                // system -> the newest row of another export that shows it alive
	lessons    []Lesson                           // of restore tests and incidents, made when first asked
}

// A sighting is the newest row that shows a system alive.
type sighting struct {
	At      time.Time
	Pos     diag.Pos
	DataSet string
}

func (in *Input) index() *index {
	if in.known == nil {
		in.known = newIndex(in)
	}
	return in.known
}

func newIndex(in *Input) *index {
	x := &index{
		systems:    map[string]*evidence.System{},
		services:   map[string]*evidence.Service{},
		jobs:       jobsOf(in.Jobs),
		signatures: signaturesOf(in.Alerts),
		resources:  map[string][]evidence.Series{},
		restores:   map[string][]*evidence.RestoreTest{},
		ofService:  map[string][]*evidence.RestoreTest{},
		changes:    map[string][]*evidence.Change{},
		byChange:   map[string][]*evidence.Change{},
		plan:       map[string][]*evidence.PlanStep{},
		stepsOf:    map[string][]*evidence.PlanStep{},
		into:       map[string][]evidence.Dependency{},
		files:      map[string]string{},
		patches:    map[string]*patchBook{},
		unread:     in.unreadRows(),
		seen:       map[string]sighting{},
	}
	for i := range in.Systems {
		x.systems[in.Systems[i].ID] = &in.Systems[i]
	}
	for i := range in.Services {
		x.services[in.Services[i].ID] = &in.Services[i]
	}
	for i := range in.Inputs {
		x.files[sourceKey(in.Inputs[i].File, in.Inputs[i].Sheet)] = in.Inputs[i].DataSet
	}
	for _, e := range in.Graph.Edges() {
		x.into[e.To] = append(x.into[e.To], e)
	}
	_, x.least = in.Graph.Around(in.Set)
	x.addRestores(in)
	for i := range in.Changes {
		c := &in.Changes[i]
		x.byChange[changeKey(c)] = append(x.byChange[changeKey(c)], c)
		for _, s := range c.Systems {
			x.changes[s] = append(x.changes[s], c)
		}
		if len(c.Systems) == 0 {
			x.changes[""] = append(x.changes[""], c)
		}
	}
	for i := range in.Plan {
		p := &in.Plan[i]
		x.plan[p.Service] = append(x.plan[p.Service], p)
		x.stepsOf[p.System] = append(x.stepsOf[p.System], p)
	}
	for _, steps := range x.plan {
		slices.SortStableFunc(steps, func(a, b *evidence.PlanStep) int { return cmp.Compare(a.Step, b.Step) })
	}
	for _, r := range in.Resources() {
		x.resources[r.System] = append(x.resources[r.System], r)
	}
	x.addPatches(in)
	x.addSightings(in)
	x.access = newAccessIndex(in)
	x.register = newRegister(in)
	x.tickets = NewTicketBook(in.Set)
	return x
}

func sourceKey(file, sheet string) string { return file + "\x00" + sheet }

// dataSet is what the source of a row holds; "" when no source is known by
// that file.
func (x *index) dataSet(p diag.Pos) string { return x.files[sourceKey(p.File, p.Sheet)] }

// addRestores gives each system the tests that name it, and those of a whole
// service to every system the service needs.
func (x *index) addRestores(in *Input) {
	for i := range in.Restores {
		r := &in.Restores[i]
		if r.Service != "" {
			x.ofService[r.Service] = append(x.ofService[r.Service], r)
			for _, s := range in.Graph.Needs(r.Service) {
				if s != r.System {
					x.restores[s] = append(x.restores[s], r)
				}
			}
		}
		if r.System != "" {
			x.restores[r.System] = append(x.restores[r.System], r)
		}
	}
	for _, tests := range x.restores {
		slices.SortStableFunc(tests, byTested)
	}
	for _, tests := range x.ofService {
		slices.SortStableFunc(tests, byTested)
	}
}

// byTested puts the oldest test first; one without a date could be the newest
// and counts as it.
func byTested(a, b *evidence.RestoreTest) int {
	if a.TestedOn.IsZero() != b.TestedOn.IsZero() {
		if a.TestedOn.IsZero() {
			return 1
		}
		return -1
	}
	return cmp.Or(a.TestedOn.Compare(b.TestedOn), byPlace(a.Pos, b.Pos))
}

func byPlace(a, b diag.Pos) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Row, b.Row))
}

// addSightings keeps the newest run, alert or sample of each system.
func (x *index) addSightings(in *Input) {
	see := func(system string, t time.Time, p diag.Pos, dataSet string) {
		if system != "" && t.After(x.seen[system].At) {
			x.seen[system] = sighting{At: t, Pos: p, DataSet: dataSet}
		}
	}
	for i := range in.Samples {
		see(in.Samples[i].System, in.Samples[i].At, in.Samples[i].Pos, evidence.Capacity)
	}
	for i := range in.Alerts {
		see(in.Alerts[i].System, in.Alerts[i].Raised, in.Alerts[i].Pos, evidence.Alerts)
	}
	for i := range in.Jobs {
		if in.Jobs[i].Result == evidence.Success || in.Jobs[i].Result == evidence.Warning {
			see(in.Jobs[i].System, in.Jobs[i].At, in.Jobs[i].Pos, evidence.Jobs)
		}
	}
}

// serviceName is a service as printed: its name.
func (in *Input) serviceName(id string) string {
	if s := in.index().services[id]; s != nil && s.Name != "" {
		return s.Name
	}
	return id
}
