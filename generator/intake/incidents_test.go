package intake

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/evidence"
	"proofpack/generator/source"
)

const incidentHeader = "incident_id,started,restored,service_id,root_system,systems_down,cost,cost_parts,escalation_owner,escalated_on,state,lesson,lesson_owner,lesson_due,lesson_fixed_on\n"

func TestIncidentInFull(t *testing.T) {
	set, in := only(t, "incidents.csv", incidentHeader+
		"INC-9,2026-05-13 06:00,2026-05-15 06:00,SHIP,VMH-01,SQL-01;ERP-01,50250,overtime=9450; recovery labor=4800; lost output=36000,D. Ortiz,2026-05-13 10:00,Closed,Add storage,A. Byron,2026-05-20,2026-05-19\n")
	if len(set.Incidents) != 1 || len(in.Problems) > 0 {
		t.Fatalf("%d incidents, problems %v", len(set.Incidents), in.Problems)
	}
	at := func(day, hour int) time.Time { return time.Date(2026, 5, day, hour, 0, 0, 0, time.UTC) }
	want := evidence.Incident{
		Pos: set.Incidents[0].Pos, ID: "INC-9", Started: at(13, 6), Restored: at(15, 6), Service: "SHIP", RootSystem: "VMH-01", SystemsDown: []string{"SQL-01", "ERP-01"},
		Cost: evidence.Known(50250), CostParts: []evidence.CostPart{{Name: "overtime", Amount: 9450}, {Name: "recovery labor", Amount: 4800}, {Name: "lost output", Amount: 36000}},
		EscalationOwner: "D. Ortiz", EscalatedOn: at(13, 10), State: "Closed", IsClosed: true,
		Lesson: "Add storage", LessonOwner: "A. Byron", LessonDue: dayEnd(20), LessonFixed: dayEnd(19),
	}
	if diff := cmp.Diff(want, set.Incidents[0]); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	// Systems that no inventory knows become systems, so that they are findings.
	var unknown []string
	for _, u := range set.Unknown {
		unknown = append(unknown, u.Name)
	}
	if diff := cmp.Diff([]string{"ERP-01", "SQL-01", "VMH-01"}, unknown); diff != "" {
		t.Errorf("unknown systems (-want +got)\n%s", diff)
	}
}

func dayEnd(day int) time.Time { return time.Date(2026, 5, day, 23, 59, 59, 999999999, time.UTC) }

func TestIncidentCells(t *testing.T) {
	const header = "incident_id,started,restored,service_id,cost,cost_parts\n"
	for _, c := range []struct {
		fact, text string
		started    string // of the record; "" when the row is none
		restored   string
		cost       evidence.Number
		parts      int
		status     evidence.RowStatus
		problem    string // that the input names
	}{
		{"both with a time", "I,2026-05-13 06:00,2026-05-13 09:00,SHIP,10,a=10", "2026-05-13 06:00", "2026-05-13 09:00", evidence.Known(10), 1, evidence.RowUsed, ""},
		{"days without a time are the longest they can mean", "I,2026-05-13,2026-05-13,SHIP,,", "2026-05-13 00:00", "2026-05-13 23:59", evidence.Number{}, 0, evidence.RowUsed, ""},
		{"not restored yet", "I,2026-05-13 06:00,,SHIP,,", "2026-05-13 06:00", "", evidence.Number{}, 0, evidence.RowUsed, ""},
		{"restored after as-of is not restored", "I,2026-05-31 22:00,2026-06-01 06:00,SHIP,,", "2026-05-31 22:00", "", evidence.Number{}, 0, evidence.RowUsed, ""},
		{"restored before it began", "I,2026-05-13 06:00,2026-05-12 06:00,SHIP,,", "2026-05-13 06:00", "", evidence.Number{}, 0, evidence.RowUsed, "is before the outage began"},
		{"later than as-of", "I,2026-06-01 00:00,2026-06-01 06:00,SHIP,,", "", "", evidence.Number{}, 0, evidence.RowSetAside, ""},
		{"no service", "I,2026-05-13 06:00,2026-05-13 09:00,,10,a=10", "", "", evidence.Number{}, 0, evidence.RowRejected, ""},
		{"no id", ",2026-05-13 06:00,2026-05-13 09:00,SHIP,10,a=10", "", "", evidence.Number{}, 0, evidence.RowRejected, ""},
		{"no start", "I,,2026-05-13 09:00,SHIP,10,a=10", "", "", evidence.Number{}, 0, evidence.RowRejected, ""},
		{"a part that is no amount takes all with it", "I,2026-05-13 06:00,2026-05-13 09:00,SHIP,10,a=6; b=four", "2026-05-13 06:00", "2026-05-13 09:00", evidence.Known(10), 0, evidence.RowUsed, "holds no amount"},
		{"a part without a name", "I,2026-05-13 06:00,2026-05-13 09:00,SHIP,10,10", "2026-05-13 06:00", "2026-05-13 09:00", evidence.Known(10), 0, evidence.RowUsed, "is no name=amount"},
		{"a part below zero", "I,2026-05-13 06:00,2026-05-13 09:00,SHIP,10,a=12; b=-2", "2026-05-13 06:00", "2026-05-13 09:00", evidence.Known(10), 0, evidence.RowUsed, "holds no amount"},
		{"a part in another currency", "I,2026-05-13 06:00,2026-05-13 09:00,SHIP,10,a=10 EUR", "2026-05-13 06:00", "2026-05-13 09:00", evidence.Known(10), 0, evidence.RowUsed, "is in EUR and not in USD"},
		{"thousands separators and colons", `I,2026-05-13 06:00,2026-05-13 09:00,SHIP,"10,450","a: $9,450; b: 1,000.00"`, "2026-05-13 06:00", "2026-05-13 09:00", evidence.Known(10450), 2, evidence.RowUsed, ""},
	} {
		t.Run(c.fact, func(t *testing.T) {
			set, in := only(t, "incidents.csv", header+c.text+"\n")
			if in.Rows[0].Status != c.status {
				t.Fatalf("the row is %s (%s), want %s", in.Rows[0].Status, in.Rows[0].Reason, c.status)
			}
			if !strings.Contains(problemText(in), c.problem) || c.problem == "" && len(in.Problems) > 0 {
				t.Errorf("problems %v, want %q", in.Problems, c.problem)
			}
			if c.started == "" {
				return
			}
			n := set.Incidents[0]
			got := []any{minute(n.Started), minute(n.Restored), n.Cost, len(n.CostParts)}
			if diff := cmp.Diff([]any{c.started, c.restored, c.cost, c.parts}, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func minute(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02 15:04")
}

func problemText(in *evidence.Input) string {
	var b strings.Builder
	for _, p := range in.Problems {
		b.WriteString(p.Message + "\n")
	}
	return b.String()
}

func TestDecimalCommasInParts(t *testing.T) {
	set, in := only(t, "incidents.csv", "incident_id,started,restored,service_id,cost,cost_parts\nI,2026-05-13 06:00,2026-05-13 09:00,SHIP,\"1.234,50\",\"a=1.000,25; b=234,25\"\n")
	if len(in.Problems) > 0 || set.Incidents[0].Cost.Value != 1234.5 || set.Incidents[0].CostParts[0].Amount != 1000.25 || set.Incidents[0].CostParts[1].Amount != 234.25 {
		t.Errorf("%+v, %v", set.Incidents[0], in.Problems)
	}
}

func TestAnUnknownServiceIsKeptAndSaid(t *testing.T) {
	set, readings, _ := load(Options{Files: []File{
		{Table: table(t, "exports/services.csv", "service_id,name,stops,cost_per_hour,rto_hours\nSHIP,Shipping,revenue,1,4\n")},
		{Table: table(t, "exports/incidents.csv", "incident_id,started,restored,service_id\nI,2026-05-13 06:00,2026-05-13 09:00,Sorting\nJ,2026-05-14 06:00,2026-05-14 09:00,shipping\n")},
	}})
	if len(set.Incidents) != 2 || set.Incidents[0].Service != "Sorting" || set.Incidents[1].Service != "SHIP" {
		t.Fatalf("%+v", set.Incidents)
	}
	if said := problemText(readings[0].Input); !strings.Contains(said, "no service is called Sorting") {
		t.Errorf("problems %q", said)
	}
}

// FuzzCostParts holds that what is read of a cell of parts is whole: no part
// is below zero, without a name, or left out.
func FuzzCostParts(f *testing.F) {
	for _, seed := range []string{"overtime=9450; recovery labor=4800", "a: 1|b: 2", "=;", "a=1,000;b=2.5 EUR", "a=NaN;b=1e400"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		set := dataSet(evidence.Incidents)
		b := &batch{loader: &loader{set: &evidence.Set{Currency: "USD"}}, t: &source.Table{}, m: &match{set: set, cols: map[string]int{"cost_parts": 0}, headings: []heading{{}}}, styles: map[int]numberStyle{0: styleOf(amountsIn([]string{cell}), ",")}}
		r := &row{batch: b, n: 2, cells: []string{cell}}
		parts := r.parts("cost_parts")
		if parts != nil && len(parts) != len(splitParts(cell)) {
			t.Errorf("%q: %d of %d parts", cell, len(parts), len(splitParts(cell)))
		}
		for _, p := range parts {
			if p.Name == "" || !(p.Amount >= 0) {
				t.Errorf("%q: %+v", cell, p)
			}
		}
	})
}
