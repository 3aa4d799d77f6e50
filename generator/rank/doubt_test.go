package rank

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"

	"proofpack/generator/evidence"
)

// hosted is the company on a host, with a second one that carries nothing; a
// service of its own needs both.
func hosted(change func(*evidence.Set)) *evidence.Set {
	return company(func(set *evidence.Set) {
		set.Systems[0].RunsOn, set.Systems[0].Virtual = []string{"HV-1"}, evidence.Yes
		set.Services = append(set.Services, evidence.Service{ID: "T", Name: "Tests", Stops: evidence.StopsService, CostPerHour: evidence.Known(1), HoursPerDay: evidence.Known(8)})
		for _, id := range []string{"HV-1", "HV-2"} {
			set.Systems = append(set.Systems, evidence.System{ID: id, Services: []string{"T"}, Kind: "hypervisor", Class: evidence.ClassHypervisor, InInventory: true, Public: evidence.No, Virtual: evidence.No})
			set.PatchStates = append(set.PatchStates, evidence.PatchState{System: id, LastScan: set.AsOf})
		}
		if change != nil {
			change(set)
		}
	})
}

func systemOf(t *testing.T, r *Ranking, id string) System {
	t.Helper()
	i := slices.IndexFunc(r.Systems, func(s System) bool { return s.ID == id })
	if i < 0 {
		t.Fatalf("%s is not ranked", id)
	}
	return r.Systems[i]
}

func serviceOf(t *testing.T, r *Ranking, id string) Service {
	t.Helper()
	i := slices.IndexFunc(r.Services, func(s Service) bool { return s.ID == id })
	if i < 0 {
		t.Fatalf("%s is not ranked", id)
	}
	return r.Services[i]
}

func TestAnyHostMayCarryAMachineWithoutOne(t *testing.T) {
	told := siteOf(hosted(nil)).rank()
	for _, c := range []struct {
		name    string
		virtual evidence.Answer
		kind    string
		carries bool
	}{
		{"a virtual machine", evidence.Yes, "server", true},
		{"a server that does not say", evidence.Unknown, "server", true},
		{"no row says what it is", evidence.Unknown, "", true},
		{"a machine of its own", evidence.No, "server", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			lost := siteOf(hosted(func(set *evidence.Set) {
				set.Systems[0].RunsOn, set.Systems[0].Virtual, set.Systems[0].Kind = nil, c.virtual, c.kind
			})).rank()
			for _, id := range []string{"HV-1", "HV-2"} {
				is := systemOf(t, lost, id)
				if carries := len(is.Guests) > 0; carries != c.carries {
					t.Errorf("%s may carry %v", id, is.Guests)
				}
				if was := systemOf(t, told, "HV-1"); c.carries && is.Exposure.High < was.Exposure.High {
					t.Errorf("the high bound of %s is %d, of its host it was %d", id, is.Exposure.High, was.Exposure.High)
				}
				if was := systemOf(t, told, "HV-2"); is.Exposure.Likely != was.Exposure.Likely || is.Exposure.Low != was.Exposure.Low {
					t.Errorf("%s: low and likely %+v, of a host that carries nothing %+v", id, is.Exposure, was.Exposure)
				}
			}
			if was, is := serviceOf(t, told, "S").Exposure, serviceOf(t, lost, "S").Exposure; c.carries && is.High < was.High {
				t.Errorf("the high bound of the service falls from %d to %d", was.High, is.High)
			}
		})
	}
}

func TestASystemThatNoServiceIsLinkedTo(t *testing.T) {
	for _, c := range []struct {
		kind    string
		class   evidence.Class
		retired bool
		open    bool // no high bound
		ranked  bool
	}{
		{"server", evidence.ClassServer, false, true, true},
		{"firewall", evidence.ClassEdge, false, true, true},
		{"", evidence.ClassOther, false, true, true},
		{"laptop", evidence.ClassWorkstation, false, false, true},
		{"line", evidence.ClassLine, false, false, true},
		{"saas", evidence.ClassCloud, false, false, true},
		{"backup server", evidence.ClassBackup, false, false, true},
		{"server", evidence.ClassServer, true, false, false},
	} {
		t.Run(fmt.Sprintf("%q, retired %v", c.kind, c.retired), func(t *testing.T) {
			r := siteOf(company(func(set *evidence.Set) {
				set.Systems = append(set.Systems, evidence.System{ID: "NEW", Kind: c.kind, Class: c.class, Retired: c.retired, InInventory: true, Virtual: evidence.No})
			})).rank()
			if ranked := slices.ContainsFunc(r.Systems, func(s System) bool { return s.ID == "NEW" }); ranked != c.ranked {
				t.Fatalf("ranked %v, want %v", ranked, c.ranked)
			}
			if !c.ranked {
				return
			}
			s := systemOf(t, r, "NEW")
			if s.Unlinked != c.open || s.Exposure.Unbounded != c.open || s.Exposure.Undeclared != c.open || c.open && s.Rank != 1 {
				t.Errorf("unlinked %v, rank %d, %+v", s.Unlinked, s.Rank, s.Exposure)
			}
			if linked := systemOf(t, r, "APP"); linked.Unlinked || linked.Exposure.Unbounded {
				t.Errorf("APP, which the service needs: %+v", linked.Exposure)
			}
		})
	}
}

func TestAComplianceServiceDeclaresWhatAFailureCostsOnce(t *testing.T) {
	for _, c := range []struct {
		stops evidence.Stops
		fixed evidence.Number
		open  bool
	}{
		{evidence.StopsCompliance, evidence.Number{}, true},
		{evidence.StopsCompliance, evidence.Known(0), false},
		{evidence.StopsRevenue, evidence.Number{}, false},
		{"", evidence.Number{}, true},
		{"", evidence.Known(5), false},
	} {
		r := siteOf(company(func(set *evidence.Set) { set.Services[0].Stops, set.Services[0].FixedCost = c.stops, c.fixed })).rank()
		if s, v := r.Services[0].Exposure, systemOf(t, r, "APP").Exposure; s.Unbounded != c.open || v.Unbounded != c.open || !s.Known {
			t.Errorf("stops %q, fixed %+v: service %+v, system %+v, want no bound %v", c.stops, c.fixed, s, v, c.open)
		}
	}
}

// TestABlankKindNeverLowersAHighBound takes the kinds of random edges away: a
// service's part of what is divided does not shrink because more may stop.
func TestABlankKindNeverLowersAHighBound(t *testing.T) {
	r := rand.New(rand.NewSource(7))
	kinds := []evidence.EdgeKind{evidence.Hard, evidence.RunsOn, evidence.AnyOf, evidence.Soft}
	for range 60 {
		set := company(func(set *evidence.Set) {
			set.Services = append(set.Services, evidence.Service{ID: "T", Name: "Invoices", Stops: evidence.StopsService, CostPerHour: evidence.Known(float64(r.Intn(3000)))})
			for i := range 5 {
				id := fmt.Sprint("N", i)
				set.Systems = append(set.Systems, evidence.System{ID: id, Kind: "server", Class: evidence.ClassServer, InInventory: true, Public: evidence.No, Virtual: evidence.No})
				if r.Intn(2) == 0 {
					set.PatchStates = append(set.PatchStates, evidence.PatchState{System: id, LastScan: set.AsOf})
				}
			}
			for range 9 {
				from := []string{"S", "T", "APP", fmt.Sprint("N", r.Intn(5))}[r.Intn(4)]
				set.Dependencies = append(set.Dependencies, evidence.Dependency{From: from, To: fmt.Sprint("N", r.Intn(5)), Kind: kinds[r.Intn(4)], Group: "g"})
			}
		})
		blank := *set
		blank.Dependencies = slices.Clone(set.Dependencies)
		for i := range blank.Dependencies {
			if r.Intn(3) == 0 {
				blank.Dependencies[i].Kind, blank.Dependencies[i].Group, blank.Dependencies[i].Unqualified = evidence.Hard, "", true
			}
		}
		before, after := siteOf(set).rank(), siteOf(&blank).rank()
		fell := func(is, was Exposure) bool { return !is.Unbounded && (was.Unbounded || is.High < was.High) }
		for _, s := range after.Services {
			i := slices.IndexFunc(before.Services, func(b Service) bool { return b.ID == s.ID })
			if fell(s.Exposure, before.Services[i].Exposure) {
				t.Fatalf("%s falls from %+v to %+v\n%+v\n%+v", s.ID, before.Services[i].Exposure, s.Exposure, set.Dependencies, blank.Dependencies)
			}
		}
		for _, s := range after.Systems {
			if was := systemOf(t, before, s.ID); fell(s.Exposure, was.Exposure) {
				t.Fatalf("%s falls from %+v to %+v\n%+v\n%+v", s.ID, was.Exposure, s.Exposure, set.Dependencies, blank.Dependencies)
			}
		}
	}
}
