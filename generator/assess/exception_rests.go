package assess

import (
	"slices"

	"proofpack/generator/evidence"
)

// restsOnNothing (X09): what is to stand in the place of an exception names a
// check that is failed or missing for the same subject. One an exception: the
// worst of what it names.
func restsOnNothing(in *Input) []Contradiction {
	var out []Contradiction
	for i := range in.Exceptions {
		e := &in.Exceptions[i]
		if !in.valid(e) {
			continue // it excuses nothing, and PAT-04 or PAT-05 says so
		}
		f := in.compensates(e)
		if f == nil {
			continue
		}
		b := Quote{DataSet: f.Check.Needs[0], Text: f.Says.String()}
		if len(f.Sources) > 0 {
			b.Pos = f.Sources[0]
			if d := in.index().dataSet(b.Pos); d != "" {
				b.DataSet = d
			}
		}
		key := exceptionKey(e)
		out = append(out, Contradiction{
			Subject: Subject{Kind: "exception", ID: key, Name: key, System: e.System, Service: e.Service},
			Says:    join(say("Exception {} rests on {}, which is {}.", key, f.Check.ID, f.State.String()), f.Says),
			A:       Quote{Pos: e.Pos, Text: key + " until " + evidence.Day(in.zoned(e.Until)) + ", in its place: " + e.Compensating},
			B:       b,
		})
	}
	return out
}

// compensates is the worst failed or missing finding about the subject of an
// exception among the checks that its compensating control names; nil when
// there is none. A check that says nothing of the subject shows nothing.
func (in *Input) compensates(e *evidence.Exception) *Finding {
	subject := *e
	subject.Rule = "" // the rule may name a vulnerability, which only its own check has
	var worst *Finding
	for _, word := range ruleWords(e.Compensating) {
		if CheckByID(word) == nil || slices.Contains(ruleWords(e.Rule), word) {
			continue
		}
		for i := range in.found {
			f := &in.found[i]
			if f.Check.ID != word || !about(&subject, f) || f.State != Failed && f.State != Missing {
				continue
			}
			if worst == nil || Worse(f.State, worst.State) {
				worst = f
			}
		}
	}
	return worst
}
