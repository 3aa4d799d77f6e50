package rank

import (
	"slices"
	"strings"

	"proofpack/generator/assess"
	"proofpack/generator/evidence"
)

// An act is one thing to do, and every finding that doing it closes.
type act struct {
	kind     actKind
	service  string // id; "" when it concerns the whole company
	of       string // what the act is about where the findings do not say: a resource, a data set
	systems  []string
	findings []*assess.Finding
	shown    proofs  // what stands proven once it is done
	worth    float64 // likely exposure of the service that rests on it
	onDriver bool    // the driver of the service rests on it
}

// An actKind is what kind of thing is to be done. Findings of one kind about
// one service are closed by one act; of those marked, about one system.
type actKind int

const (
	actOther     actKind = iota // as the check says
	actImpact                   // declare what a service costs
	actOwner                    // name an owner
	actStorage                  // make room: one for each resource
	actCapacity                 // show capacity samples
	actScan                     // show a scan
	actPatch                    // install what is missing: what is known to be exploited apart from the rest
	actRestore                  // test a full restore
	actIntegrity                // mend the database and prove it: one for each system
	actAlerts                   // answer alerts: one for each system
	actBackup                   // back up what has no backup
	actDecide                   // decide again on an exception that has run out
	actPlan                     // write the recovery order
	actSupply                   // supply an export: one for each data set
	actSilent                   // supply records of a data set that has none about the service
)

// gap is the class of the act in the article's order.
func (a *act) gap() assess.Gap {
	switch a.kind {
	case actOwner, actStorage, actCapacity, actScan, actAlerts, actBackup:
		return assess.Visibility
	case actRestore, actIntegrity, actPlan:
		return assess.UntestedRecovery
	case actOther, actImpact, actPatch, actDecide, actSupply, actSilent:
	}
	return a.principal().Check.Gap
}

// key tells acts apart.
func (a *act) key() string {
	key := []string{string(rune('a' + int(a.kind))), a.of}
	switch a.kind {
	case actStorage, actIntegrity, actAlerts:
		key = append(key, a.systems[0])
	case actOther:
		key = append(key, a.findings[0].Check.ID, titleFormat(a.findings[0]))
	case actImpact, actOwner, actCapacity, actScan, actPatch, actRestore, actPlan, actBackup, actDecide, actSupply, actSilent:
	}
	return strings.Join(key, "\x00")
}

// leading are the checks that say best why an act is needed, by kind of act.
var leading = map[actKind]string{
	actStorage: "MON-05", actIntegrity: "BKP-10", actRestore: "BKP-01", actPlan: "BKP-08", actImpact: "INV-04", actAlerts: "MON-01",
}

// principal is the finding that says why: of the leading check, the worst, and
// of several about a service and its systems the one about the service.
func (a *act) principal() *assess.Finding {
	best := a.findings[0]
	leads := func(f *assess.Finding) bool { return f.Check.ID == leading[a.kind] }
	for _, f := range a.findings[1:] {
		switch {
		case leads(f) != leads(best):
			if leads(f) {
				best = f
			}
		case assess.Worse(f.State, best.State):
			best = f
		case f.State == best.State && f.Subject.Kind == "service" && best.Subject.Kind != "service":
			best = f
		}
	}
	return best
}

// act is the act that closes one finding. Where the integrity job of a system
// fails, its restore test is part of mending that.
func (s *site) act(f *assess.Finding, service string) *act {
	a := &act{service: service, findings: []*assess.Finding{f}}
	system := f.Subject.System
	if system != "" {
		a.systems = []string{system}
	}
	switch f.Check.ID {
	case "INV-03":
		a.kind = actOwner
	case "INV-04":
		a.kind = actImpact
	case "BKP-03":
		switch {
		case f.State == assess.Missing && s.backsUp(system): // there is a backup, and no target to hold it against
			a.kind = actImpact
		case f.State == assess.Missing:
			a.kind = actBackup
		}
	case "BKP-05":
		a.kind = actBackup
	case "GOV-04", "PAT-05":
		a.kind = actDecide
	case "MON-05":
		a.kind = actCapacity
		if f.State == assess.Failed && system != "" {
			a.kind, a.of = actStorage, f.Part
		}
	case "PAT-03", "PAT-08":
		a.kind = actScan
	case "PAT-01", "PAT-02", "PAT-06":
		switch f.Drift {
		case "not scanned":
			a.kind = actScan
		case "known-exploited vulnerability", "patches overdue", "patches of unknown age":
			a.kind, a.of = actPatch, f.Check.ID
		}
	case "BKP-01", "BKP-02", "BKP-06", "BKP-11":
		a.kind = actRestore
		if system != "" && s.checked[system] == failing {
			a.kind = actIntegrity
		}
	case "BKP-10":
		a.kind = actRestore // a full restore with integrity checked stands in for a job that is not on record
		if system != "" && s.checked[system] == failing {
			a.kind = actIntegrity
		}
	case "MON-01", "MON-02", "MON-04", "MON-08":
		if system != "" {
			a.kind = actAlerts
			if resource := s.fillsUp(system, f.Part); resource != "" {
				a.kind, a.of = actStorage, resource
			}
		}
	case "MON-06":
		if system == "" {
			break // a job that names no system: nothing of a system is put right by it
		}
		switch s.jobKind(system, f.Part) {
		case evidence.JobIntegrity:
			if s.checked[system] == failing {
				a.kind = actIntegrity
			}
		case evidence.JobCleanup:
			if resource := s.onlyFilling(system); resource != "" {
				a.kind, a.of = actStorage, resource
			}
		case evidence.JobBackup, evidence.JobReplication, evidence.JobOther, "":
		}
	case "GOV-01": // a restore test that is overdue as a task
		if f.Subject.Kind == "task" && service != "" && f.Subject.Service == service && mentions(f.Subject.Name, "restore") {
			a.kind, a.systems = actRestore, nil
		}
	case "BKP-08", "BKP-12", "DOC-01", "DOC-02":
		a.kind = actPlan
	}
	switch {
	case a.kind != actOther && a.kind != actScan && a.kind != actBackup || f.State != assess.Missing || len(f.Sources) > 0 || len(f.Check.Needs) == 0:
	case !slices.ContainsFunc(f.Check.Needs, func(d string) bool { return s.RowsRead(d) > 0 }):
		// Any of the data sets that a check needs will do; the last listed is the
		// one that says most about a system as a whole.
		a.kind, a.of, a.systems = actSupply, f.Check.Needs[len(f.Check.Needs)-1], nil
	case f.Subject.Kind == "service":
		a.kind, a.of = actSilent, f.Check.Needs[0]
	}
	return a
}

// backsUp tells whether a good backup of a system is on record.
func (s *site) backsUp(system string) bool {
	for _, f := range s.findings[system] {
		if f.Check.ID == "BKP-05" {
			return f.Raw == assess.Proven
		}
	}
	return false
}

// fillingUp are the resources of a system that its MON-05 findings say fill up.
func (s *site) fillingUp(system string) []string {
	var out []string
	for _, f := range s.findings[system] {
		if f.Check.ID == "MON-05" && f.State == assess.Failed {
			out = append(out, f.Part)
		}
	}
	return out
}

// onlyFilling is the resource of a system that fills up, when it is the only one.
func (s *site) onlyFilling(system string) string {
	if r := s.fillingUp(system); len(r) == 1 {
		return r[0]
	}
	return ""
}

// storageWords are words by which an alert is one about room.
var storageWords = []string{"datastore", "disk", "storage", "volume", "capacity", "space", "filesystem", "lun"}

// fillsUp is the filling resource that the alerts of one signature are about:
// the one they name, else the only one when they speak of room.
func (s *site) fillsUp(system, signature string) string {
	filling := s.fillingUp(system)
	about := false
	for _, text := range s.alerts[partKey(system, signature)] {
		for _, r := range filling {
			if r != "" && mentions(text, r) {
				return r
			}
		}
		about = about || slices.ContainsFunc(storageWords, func(w string) bool { return mentions(text, w) })
	}
	if about && len(filling) == 1 {
		return filling[0]
	}
	return ""
}

func (s *site) jobKind(system, job string) evidence.JobKind {
	return s.kinds[partKey(system, job)]
}

func mentions(text, word string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(word))
}
