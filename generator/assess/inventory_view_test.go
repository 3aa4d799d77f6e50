package assess

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
	"proofpack/generator/graph"
)

func seenBy(set *evidence.Set) *Input {
	return &Input{Set: set, Graph: graph.New(set), Policy: config.Defaults()}
}

func TestDuplicates(t *testing.T) {
	two := func(change func(a, b *evidence.System)) *evidence.Set {
		return with(func(s *evidence.Set) {
			for i := range s.Systems {
				s.Systems[i].InventoryID, s.Systems[i].Name = s.Systems[i].ID, s.Systems[i].ID
			}
			change(&s.Systems[0], &s.Systems[1])
		})
	}
	for _, c := range []struct {
		name string
		set  *evidence.Set
		want string
	}{
		{"none", two(func(_, _ *evidence.System) {}), ""},
		{"one serial number", two(func(a, b *evidence.System) { a.Serial, b.Serial = "SN-4711", "sn-4711 " }), "serial number sn-4711: DB HOST"},
		{"a serial number that makers leave in", two(func(a, b *evidence.System) { a.Serial, b.Serial = "Default string", "Default string" }), ""},
		{"a serial number of one digit repeated", two(func(a, b *evidence.System) { a.Serial, b.Serial = "0000000", "0000000" }), ""},
		{"a serial number of three letters", two(func(a, b *evidence.System) { a.Serial, b.Serial = "abc", "abc" }), ""},
		{"one name", two(func(a, b *evidence.System) { a.Name, b.Name = "db-01", "DB-01" }), "name db-01: DB HOST"},
		{"one identifier on two rows", two(func(_, b *evidence.System) { b.InventoryID = "DB (row 112)" }), "identifier db: DB HOST"},
		{"one hardware address among several", two(func(a, b *evidence.System) { a.MAC, b.MAC = "00-50-56-AA-BB-CC;00-50-56-AA-BB-CD", "0050.56aa.bbcc" }), "hardware address 005056aabbcc: DB HOST"},
		{"an address that is none", two(func(a, b *evidence.System) { a.MAC, b.MAC = "00:00:00:00:00:00", "00:00:00:00:00:00" }), ""},
		{"two reasons are one duplicate", two(func(a, b *evidence.System) {
			a.Serial, b.Serial, a.FQDN, b.FQDN = "SN-4711", "SN-4711", "x.corp", "x.corp"
		}), "serial number sn-4711: DB HOST"},
		{"not in the inventory", two(func(a, b *evidence.System) { a.Serial, b.Serial, b.InInventory = "SN-4711", "SN-4711", false }), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, d := range seenBy(c.set).Duplicates() {
				got = append(got, fmt.Sprintf("%s %s: %s", d.By, d.Value, strings.Join(d.Systems, " ")))
			}
			if diff := cmp.Diff(c.want, strings.Join(got, "; ")); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestLag(t *testing.T) {
	seen := func(change func(*evidence.Set)) *evidence.Set {
		return with(func(s *evidence.Set) {
			s.Jobs = []evidence.JobRun{{Pos: row(1), Job: "J", System: "DB", At: clock("2026-05-10 22:00"), Result: evidence.Failed}}
			s.Alerts = []evidence.Alert{{Pos: row(2), System: "DB", Signature: "cpu", Raised: clock("2026-05-08 22:00")}}
			s.Patches = []evidence.PatchFinding{{Pos: row(3), System: "DB", FirstSeen: clock("2026-04-20 10:00")}}
			change(s)
		})
	}
	april := func(s *evidence.Set, systems ...string) {
		m := evidence.Month{Name: "2026-04", AsOf: on("2026-04-30")}
		for _, id := range systems {
			m.Systems = append(m.Systems, evidence.PastSystem{ID: id, Name: id})
		}
		s.Earlier = []evidence.Month{m}
	}
	for _, c := range []struct {
		name string
		set  *evidence.Set
		want Lag
	}{
		{"the inventory does not say", seen(func(*evidence.Set) {}), Lag{}},
		{"it was added later", seen(func(s *evidence.Set) { s.Systems[0].Added = on("2026-05-01") }), Lag{Known: true, Days: 11}},
		{"on the day it was first seen", seen(func(s *evidence.Set) { s.Systems[0].Added = on("2026-04-20") }), Lag{Known: true}},
		{"before any tool saw it", seen(func(s *evidence.Set) { s.Systems[0].Added = on("2025-01-01") }), Lag{Known: true}},
		{"not in the inventory", seen(func(s *evidence.Set) { s.Systems[0].InInventory = false }), Lag{Known: true, Open: true, Days: 41}},
		{"new since last month, seen before", seen(func(s *evidence.Set) { april(s, "HOST") }), Lag{Known: true, AtLeast: true, Days: 10}},
		{"new since last month, seen since", seen(func(s *evidence.Set) {
			april(s, "HOST")
			s.Patches = nil
		}), Lag{}},
		{"in last month's inventory too", seen(func(s *evidence.Set) { april(s, "DB") }), Lag{}},
		{"nothing dates it", with(func(s *evidence.Set) { s.Systems[0].Added = on("2026-05-01") }), Lag{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := seenBy(c.set).Lag("DB")
			if got.First.DataSet == evidence.Patches != got.First.At.Equal(clock("2026-04-20 10:00")) {
				t.Errorf("first seen %s in %q", got.First.At, got.First.DataSet)
			}
			got.First = First{}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestAScanIsASignOfASystem(t *testing.T) {
	scanned := func(last time.Time, change func(*evidence.Set)) *evidence.Set {
		return with(func(s *evidence.Set) {
			s.PatchStates = []evidence.PatchState{{Pos: row(5), System: "DB", LastScan: last}}
			change(s)
		})
	}
	none := func(*evidence.Set) {}
	for _, c := range []fact{
		{"scanned on the last day", scanned(on("2026-05-01"), none), "INV-02/DB", Proven, "DB was last seen on 1 May 2026."},
		{"scanned a day too long ago", scanned(on("2026-04-30"), none), "INV-02/DB", Stale, ""},
		{"a scan without a date", scanned(time.Time{}, none), "INV-02/DB", Missing, ""},
		{"a later sign counts", scanned(on("2026-04-30"), func(s *evidence.Set) { s.Systems[0].LastSeen = on("2026-05-20") }), "INV-02/DB", Proven, "DB was last seen on 20 May 2026."},
		{"a scan is no monitoring", scanned(on("2026-05-30"), func(s *evidence.Set) { s.Systems[0].Monitored = evidence.Yes }), "MON-03/DB", Missing, ""},
		{"a retired system that is scanned is judged", scanned(on("2026-05-30"), func(s *evidence.Set) { s.Systems[0].Retired = true }), "INV-02/DB", Proven, ""},
	} {
		c.run(t)
	}
	for _, f := range assessed(scanned(on("2026-04-30"), func(s *evidence.Set) { s.Systems[0].Retired = true })).Findings {
		if f.ID == "INV-02/DB" {
			t.Errorf("a retired system that nothing shows alive is judged: %s", f.Says)
		}
	}
}
