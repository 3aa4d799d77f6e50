package assess

import (
	"fmt"
	"testing"
	"time"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
	"proofpack/generator/graph"
)

// large is an inventory of so many systems, fifty to a service, a host to ten
// guests, with a month of nightly runs, alerts, samples and a restore test each.
func large(systems int) *evidence.Set {
	set := &evidence.Set{AsOf: on("2026-05-31"), Zone: time.UTC, Currency: "USD"}
	n := 0
	place := func() int { n++; return n }
	for i := range systems {
		id := fmt.Sprintf("SYS-%05d", i)
		s := evidence.System{Pos: row(place()), ID: id, Kind: "server", Class: evidence.ClassServer, Owner: "Ada Byron", Monitored: evidence.Yes, LastSeen: set.AsOf, InInventory: true}
		if i%50 == 0 {
			set.Services = append(set.Services, evidence.Service{Pos: row(place()), ID: "SVC-" + id, Name: "Service " + id, Stops: evidence.StopsRevenue, RTOHours: evidence.Known(40)})
		}
		s.Services = []string{set.Services[len(set.Services)-1].ID}
		if i%10 == 0 {
			s.Class = evidence.ClassHypervisor
		} else {
			s.RunsOn = []string{fmt.Sprintf("SYS-%05d", i/10*10)}
		}
		set.Systems = append(set.Systems, s)
		for d := range 31 {
			day := set.AsOf.AddDate(0, 0, -d)
			set.Jobs = append(set.Jobs, evidence.JobRun{Pos: row(place()), Job: "SNAP-" + id, System: id, Kind: evidence.JobBackup, At: day, Result: evidence.Success})
			if d%7 == 0 {
				set.Alerts = append(set.Alerts, evidence.Alert{Pos: row(place()), ID: fmt.Sprint(n), System: id, Signature: "disk", Severity: "warning", Raised: day})
				set.Samples = append(set.Samples, evidence.Sample{Pos: row(place()), System: id, Resource: "C:", At: day, Used: float64(100 - d), Total: 200, Unit: "GB"})
			}
		}
		r := goodRestore(id, "2026-05-20", 30)
		r.Pos = row(place())
		set.Restores = append(set.Restores, r)
		set.Changes = append(set.Changes, evidence.Change{Pos: row(place()), ID: "CHG-" + id, Systems: []string{id}, Implemented: true, Started: on("2026-05-10"), Ended: on("2026-05-10"), ApprovedBy: "Ada Byron"})
	}
	return set
}

func BenchmarkAssess(b *testing.B) {
	set := large(2000)
	in := &Input{Set: set, Graph: graph.New(set), Policy: config.Defaults()}
	b.ReportAllocs()
	for b.Loop() {
		Assess(in)
	}
}
