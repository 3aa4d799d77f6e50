package assess

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/evidence"
)

// judgedAs is a finding of a check in a state that concerns services.
func judgedAs(check string, state State, services ...string) Finding {
	return Finding{ID: check + "/X", Check: CheckByID(check), Subject: Subject{Kind: "system", ID: "X"}, State: state, Services: services}
}

func TestCells(t *testing.T) {
	res := &Result{Findings: []Finding{
		judgedAs("MON-01", Proven, "S"), judgedAs("MON-03", Stale, "S"), judgedAs("MON-05", Missing, "S", "T"), judgedAs("MON-06", Failed, "T"),
		judgedAs("INV-05", Excepted, "S"), judgedAs("PAT-03", Proven, "S"),
		judgedAs("GOV-01", Failed),
	}}
	got := map[string]string{}
	cells := Cells(res, []evidence.Service{{ID: "S"}, {ID: "T"}})
	for _, c := range cells {
		got[c.Service+" "+string(c.Discipline)] = c.State.String()
	}
	want := map[string]string{
		"S monitoring": "missing", "T monitoring": "failed", // the worst of all that concern it
		"S patching": "excepted",                         // worse than proven
		"T patching": "missing",                          // nothing to say is no proof
		"S routines": "missing", "T routines": "missing", // what concerns the company is in no cell
		"S access": "missing", "S changes": "missing", "S vendors": "missing", "S recovery": "missing", "S documentation": "missing",
		"T access": "missing", "T changes": "missing", "T vendors": "missing", "T recovery": "missing", "T documentation": "missing",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"MON-05/X"}, cells[0].Findings); diff != "" {
		t.Errorf("what makes monitoring of S missing (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(Counts{Failed: 1, Missing: 14, Excepted: 1}, CountCells(cells)); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
}

func TestWorse(t *testing.T) {
	order := []State{Failed, Missing, Stale, Excepted, Proven, NotApplicable}
	for i, a := range order {
		for j, b := range order {
			if got := Worse(a, b); got != (i < j) {
				t.Errorf("%s worse than %s: %v", a, b, got)
			}
		}
	}
	if State(99).String() != "missing" || !Worse(State(99), Proven) {
		t.Error("what is no state is not missing")
	}
}

func TestRecoveryState(t *testing.T) {
	all := func(state State) []Finding {
		var out []Finding
		for _, id := range []string{"BKP-01", "BKP-02", "BKP-06", "BKP-10", "BKP-11"} {
			out = append(out, judgedAs(id, Proven, "S"))
		}
		return append(out, judgedAs("BKP-11", state, "S"))
	}
	for _, c := range []struct {
		name     string
		findings []Finding
		want     State
	}{
		{"no finding", nil, Missing},
		{"all proven", all(Proven), Proven},
		{"one void", all(Missing), Missing},
		{"one stale", all(Stale), Stale},
		{"one failed", all(Failed), Failed},
		{"the plan is judged apart", append(all(Proven), judgedAs("BKP-08", Failed, "S")), Proven},
		{"a backup that is missing is judged apart", append(all(Proven), judgedAs("BKP-05", Missing, "S")), Proven},
		{"another service", append(all(Proven), judgedAs("BKP-10", Failed, "T")), Proven},
	} {
		if got := RecoveryState(&Result{Findings: c.findings}, "S"); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestFourProofs(t *testing.T) {
	res := &Result{Findings: []Finding{judgedAs("INV-03", Proven, "S"), judgedAs("MON-03", Proven, "S"), judgedAs("ACC-06", Missing, "S"), judgedAs("BKP-10", Failed, "S")}}
	want := Proofs{Owner: Proven, Monitoring: Proven, AccessReview: Missing, Recovery: Failed}
	if diff := cmp.Diff(want, FourProofs(res, "S")); diff != "" {
		t.Errorf("of a service (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, SystemProofs(res, "X")); diff != "" {
		t.Errorf("of a system (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(Proofs{}, SystemProofs(res, "Y")); diff != "" {
		t.Errorf("of a system without findings (-want +got):\n%s", diff)
	}
	if got := want.Count(); got != 2 {
		t.Errorf("%d of 4", got)
	}
}

func TestCounts(t *testing.T) {
	var list []Finding
	for i, s := range States {
		for range i + 1 {
			list = append(list, Finding{State: s})
		}
	}
	list = append(list, Finding{State: State(99)})
	c := CountFindings(list)
	want := Counts{Proven: 1, Failed: 2, Missing: 4, Stale: 4, Excepted: 5, NotApplicable: 6}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	sum := 0
	for _, s := range States {
		sum += c.Of(s)
	}
	if c.Total() != len(list) || sum != len(list) || c.NotProven() != 8 || c.Of(State(99)) != 0 {
		t.Errorf("total %d, sum %d, not proven %d of %d", c.Total(), sum, c.NotProven(), len(list))
	}
}

func TestControls(t *testing.T) {
	want := Controls{
		CSF: []string{"PR.DS-11", "RC.RP-03"}, SP80053: []string{"CP-4", "CP-9(1)"}, CIS: []string{"11.5"},
		HIPAA: []string{"164.308(a)(7)(ii)(D)"}, ISO: []string{"A.8.13"},
	}
	if diff := cmp.Diff(want, CheckByID("BKP-01").Controls); diff != "" {
		t.Errorf("BKP-01 (-want +got):\n%s", diff)
	}
	if got := controls("BKP-11"); got.CIS != nil || got.ISO != nil {
		t.Errorf("no honest counterpart, and there is one: %v", got)
	}
	if diff := cmp.Diff([]string{"NIST CSF 2.0 GV.SC-02", "SP 800-53r5 SA-9", "45 CFR 164.308(b)(1)"}, controls("VEN-01").All()); diff != "" {
		t.Errorf("VEN-01 in words (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(Controls{}, controls("XXX-99")); diff != "" {
		t.Errorf("a check that is none (-want +got):\n%s", diff)
	}
}
