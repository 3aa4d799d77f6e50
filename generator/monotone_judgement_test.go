package generator

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"proofpack/generator/assess"
	"proofpack/generator/rank"
)

// A judgement is what may not get better.
type judgement struct {
	proven   map[string]bool // by id of the finding
	findings []assess.Finding
	high     map[string]rank.Exposure // by service and system
}

// newJudgement takes from a result and a ranking what may not get better.
func newJudgement(result *assess.Result, ranking *rank.Ranking) *judgement {
	j := &judgement{proven: map[string]bool{}, findings: result.Findings, high: map[string]rank.Exposure{}}
	for _, f := range result.Findings {
		if f.State == assess.Proven {
			j.proven[f.ID] = true
		}
	}
	for _, s := range ranking.Services {
		j.high["service "+s.ID] = s.Exposure
	}
	for _, s := range ranking.Systems {
		j.high["system "+s.ID] = s.Exposure
	}
	return j
}

// improved lists what is better than before; a month that is refused is not. Of a
// column that is open only the count of proofs is held.
func improved(before, after *judgement, open bool) []string {
	if after == nil {
		return nil
	}
	var all []string
	if len(after.proven) > len(before.proven) {
		all = append(all, fmt.Sprintf("%d proven, there were %d; gained %v", len(after.proven), len(before.proven), gained(before, after)))
	}
	for _, f := range before.findings {
		if open {
			break
		}
		if after.proven[f.ID] && !before.proven[f.ID] {
			all = append(all, fmt.Sprintf("%s was %s and is proven now", f.ID, f.State))
		}
	}
	fresh := freshlyBad(before, after)
	for _, id := range slices.Sorted(maps.Keys(before.high)) {
		was, is := before.high[id], after.high[id]
		_, here := after.high[id]
		switch {
		case !here && len(fresh) == 0:
			all = append(all, id+" is gone, and nothing says what is short")
		case here && !open && bounded(is) && (!bounded(was) || is.High < was.High):
			all = append(all, fmt.Sprintf("the high bound of %s fell from %s to %d", id, bound(was), is.High))
		}
	}
	bad := map[string]bool{}
	for _, f := range after.findings {
		bad[f.ID] = f.State == assess.Failed || f.State == assess.Missing
	}
	for _, f := range before.findings {
		if (f.State == assess.Failed || f.State == assess.Missing) && !bad[f.ID] && !open && !slices.ContainsFunc(fresh, func(n assess.Finding) bool { return speaksFor(n, f) }) {
			all = append(all, fmt.Sprintf("%s (%s, %s) is gone, and nothing says what is short", f.ID, f.State, f.Says))
		}
	}
	return all
}

// gained are the ids of the proofs that were none before.
func gained(before, after *judgement) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(after.proven)), func(id string) bool { return before.proven[id] })
}

// bounded tells whether an exposure has a high bound.
func bounded(e rank.Exposure) bool { return e.Known && !e.Unbounded }

func bound(e rank.Exposure) string {
	if !bounded(e) {
		return "no bound"
	}
	return fmt.Sprint(e.High)
}

// freshlyBad are the failed and missing findings that were not there before, or
// said something else.
func freshlyBad(before, after *judgement) []assess.Finding {
	was := map[string]bool{}
	for _, f := range before.findings {
		if f.State == assess.Failed || f.State == assess.Missing {
			was[f.ID+" "+f.Says.String()] = true
		}
	}
	var fresh []assess.Finding
	for _, f := range after.findings {
		if (f.State == assess.Failed || f.State == assess.Missing) && !was[f.ID+" "+f.Says.String()] {
			fresh = append(fresh, f)
		}
	}
	return fresh
}

// speaksFor tells whether a new finding says what a lost one no longer can: an
// export is short, or the same system, service or subject stands worse.
func speaksFor(fresh, lost assess.Finding) bool {
	switch {
	case fresh.Check.ID == "GOV-03":
		return true
	case fresh.Subject.Kind == lost.Subject.Kind && fresh.Subject.ID == lost.Subject.ID:
		return true
	case fresh.Check.ID == lost.Check.ID && (fresh.Subject.Kind == "source" || strings.HasPrefix(lost.Subject.ID, fresh.Subject.ID+" ")):
		return true // the export no longer says whom or what it is about
	case fresh.Check.ID == lost.Check.ID && lost.Subject.Kind == "account" && local(fresh.Subject.ID) == local(lost.Subject.ID):
		return true // the account goes by its other name now
	case fresh.Subject.Kind == "job" && fresh.Subject.System == "":
		return true // a job says that it names no system: that of no other export is gone with it
	case lost.Subject.System != "" && host(fresh.Subject.System) == host(lost.Subject.System):
		return true // known by its other name now, perhaps
	case fresh.Check.ID == lost.Check.ID && (fresh.Subject.ID == lost.Part || slices.Contains(lost.Services, fresh.Subject.Service)):
		return true
	}
	return strings.Contains(fresh.Says.String(), cmp.Or(lost.Subject.Name, lost.Subject.ID))
}

// local is the name of an account without its domain: ada of "ada@x.example".
func local(login string) string {
	first, _, _ := strings.Cut(strings.ToLower(login), "@")
	return first
}

// host is the first part of a name: vmh-02 of "VMH-02" and of "vmh-02.corp".
func host(name string) string {
	first, _, _ := strings.Cut(strings.ToLower(name), ".")
	return first
}
