package assess

import (
	"cmp"
	"slices"
	"strings"

	"proofpack/generator/evidence"
	"proofpack/generator/graph"
)

// Assess asks every check of every subject, lets valid exceptions replace the
// outcomes they name, and looks for contradictions between exports.
func Assess(in *Input) *Result {
	return assess(in, Checks, contradictions)
}

func assess(in *Input, checks []*Check, rules []contradiction) *Result {
	run := &Input{Set: in.Set, Graph: in.Graph, Policy: in.Policy}
	if run.Graph == nil {
		run.Graph = graph.New(run.Set)
	}
	res := &Result{}
	for _, c := range checks {
		if !c.after {
			res.ask(run, c)
		}
	}
	run.found = slices.Clone(res.Findings)
	for _, c := range checks {
		if c.after {
			res.ask(run, c)
		}
	}
	excuses := run.excuses()
	for i := range res.Findings {
		res.Findings[i].excuse(excuses)
	}
	slices.SortStableFunc(res.Findings, func(a, b Finding) int {
		return cmp.Or(strings.Compare(a.Check.ID, b.Check.ID), strings.Compare(a.ID, b.ID))
	})
	for _, rule := range rules {
		res.Contradictions = append(res.Contradictions, rule.look(run)...)
	}
	slices.SortStableFunc(res.Contradictions, func(a, b Contradiction) int {
		return cmp.Or(strings.Compare(a.ID, b.ID), strings.Compare(a.Subject.ID, b.Subject.ID))
	})
	return res
}

// ask puts one check to its subjects.
func (res *Result) ask(in *Input, c *Check) {
	first := map[string]int{} // id -> index into res.Findings
	kinds := map[string]string{}
	for _, s := range c.Subjects(in) {
		answer := in.answer(c, s)
		for _, a := range append([]Answer{answer}, answer.More...) {
			a.More = nil
			f := res.finding(in, c, s, a)
			if kind, taken := kinds[f.ID]; taken && kind != s.Kind {
				f.ID = c.ID + "/" + s.Kind + ":" + strings.TrimPrefix(f.ID, c.ID+"/")
			}
			kinds[f.ID] = s.Kind
			i, twice := first[f.ID]
			if !twice {
				first[f.ID] = len(res.Findings)
				res.Findings = append(res.Findings, f)
				continue
			}
			// The same key with different content: both are judged, the worse counts.
			f.Sources = append(slices.Clone(res.Findings[i].Sources), f.Sources...)
			if Worse(f.State, res.Findings[i].State) {
				res.Findings[i] = f
			}
			res.Findings[i].Sources = f.Sources
		}
	}
}

// answer is what a check says of a subject; it is not called without records.
func (in *Input) answer(c *Check, s Subject) Answer {
	var none evidence.Statement
	for i, d := range c.Needs {
		statement, absent := in.absent(d)
		if !absent {
			none = evidence.Statement{}
			break
		}
		if i == 0 {
			none = statement
		}
	}
	if !none.Empty() {
		return Answer{Says: none}
	}
	return c.Judge(in, s)
}

// finding holds an answer to the rules that are true for every check.
func (res *Result) finding(in *Input, c *Check, s Subject, a Answer) Finding {
	f := Finding{
		ID: c.ID + "/" + s.ID, Check: c, Subject: s, Part: a.Part,
		State: a.State, Says: a.Says, Sources: a.Sources, Drift: a.Drift, Services: in.concerned(s),
	}
	if a.Part != "" {
		f.ID += "/" + a.Part
	}
	rests := in.rests(c, a.Sources)
	switch a.State {
	case Proven:
		if len(a.Sources) == 0 {
			res.Faults = append(res.Faults, f.ID+": proven without a source row")
			f.State, f.Says = Missing, say("Not proven: no row shows it. This is an error in the program; please report {}.", f.ID)
			break
		}
		if statement, lost := in.lost(rests, s); lost {
			f.State, f.Says = Missing, statement
		} else if twin := in.twin(s); twin != "" {
			f.State, f.Says = Missing, say("Not proven: {} may be {}, and no export says whether they are one account.", s.Name, twin)
		}
	case NotApplicable:
		f.NotApplicableBy = a.By
		if strings.TrimSpace(a.Why) == "" || !evidence.IsPerson(a.By) {
			f.State, f.NotApplicableBy = Missing, ""
			f.Says = say("Said not to apply, without a written reason and the name of a person.")
		}
	case Missing, Stale, Failed:
	case Excepted:
		res.Faults = append(res.Faults, f.ID+": a check cannot except")
		f.State = Missing
	}
	f.Attested = !a.Partial && in.attested(rests)
	f.Raw = f.State
	return f
}
