package assess

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/graph"
	"proofpack/generator/intake"
)

// asked puts one made-up check to DB of small.
func asked(set *evidence.Set, c Check) *Result {
	if c.ID == "" {
		c.ID = "TST-01"
	}
	if c.Subjects == nil {
		c.Subjects = func(*Input) []Subject { return []Subject{systemSubject("DB")} }
	}
	return assess(&Input{Set: set, Graph: graph.New(set), Policy: config.Defaults()}, []*Check{&c}, nil)
}

func answering(a Answer) func(*Input, Subject) Answer {
	return func(*Input, Subject) Answer { return a }
}

func supplied(dataSet string, expected, read int, standing evidence.Completeness) evidence.Input {
	return evidence.Input{DataSet: dataSet, File: dataSet + ".csv", Expected: expected, Read: read, Used: read, Standing: standing}
}

func TestZeroAnswerIsMissing(t *testing.T) {
	var s State
	if s != Missing {
		t.Errorf("the zero state is %s", s)
	}
	res := asked(small(), Check{Judge: answering(Answer{})})
	if got := res.Findings[0].State; got != Missing {
		t.Errorf("an empty answer is %s", got)
	}
}

func TestProvenWithoutARowIsAnErrorInOurCode(t *testing.T) {
	res := asked(small(), Check{Judge: answering(Answer{State: Proven, Says: say("It works.")})})
	if got := res.Findings[0].State; got != Missing {
		t.Errorf("proven without a row became %s", got)
	}
	if diff := cmp.Diff([]string{"TST-01/DB: proven without a source row"}, res.Faults); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func TestACheckCannotExcept(t *testing.T) {
	res := asked(small(), Check{Judge: answering(Answer{State: Excepted, Sources: at(row(1))})})
	if res.Findings[0].State != Missing || len(res.Faults) != 1 {
		t.Errorf("%s, faults %v", res.Findings[0].State, res.Faults)
	}
}

func TestNotApplicableNeedsAReasonAndAName(t *testing.T) {
	for _, c := range []struct {
		name    string
		why, by string
		want    State
	}{
		{"both", "it is a display", "Ada Byron", NotApplicable},
		{"no reason", " ", "Ada Byron", Missing},
		{"no name", "it is a display", "", Missing},
		{"a mailbox for a name", "it is a display", "it@corp.example", Missing},
	} {
		res := asked(small(), Check{Judge: answering(Answer{State: NotApplicable, Says: say("It does not apply."), Why: c.why, By: c.by})})
		if f := res.Findings[0]; f.State != c.want || (f.NotApplicableBy != "") != (c.want == NotApplicable) {
			t.Errorf("%s: %s by %q, want %s", c.name, f.State, f.NotApplicableBy, c.want)
		}
	}
}

func TestWithoutRecordsACheckIsNotCalled(t *testing.T) {
	for _, c := range []struct {
		name string
		set  func(*evidence.Set)
		want string
	}{
		{"nobody supplied it", func(*evidence.Set) {}, "No capacity export supplied."},
		{"declared and absent", func(s *evidence.Set) {
			s.Absent = []evidence.Absence{{DataSet: evidence.Capacity}}
		}, "No capacity export supplied."},
		{"declared with a count and absent", func(s *evidence.Set) {
			s.Absent = []evidence.Absence{{DataSet: evidence.Capacity, Short: true}}
		}, "The capacity export is short: its number of rows was declared, and it is not here."},
		{"no rows", func(s *evidence.Set) {
			s.Inputs = []evidence.Input{supplied(evidence.Capacity, -1, 0, evidence.Unattested)}
		}, "The capacity export has 0 rows."},
		{"no rows of nine declared", func(s *evidence.Set) {
			s.Inputs = []evidence.Input{supplied(evidence.Capacity, 9, 0, evidence.Short)}
		}, "The capacity export is short: it has 0 of 9 rows declared."},
		{"every row was rejected", func(s *evidence.Set) {
			in := supplied(evidence.Capacity, -1, 3, evidence.Unattested)
			in.Used, in.Rejected = 0, 3
			s.Inputs = []evidence.Input{in}
		}, "The capacity export has 3 rows, none of which could be used."},
		{"the file is broken", func(s *evidence.Set) {
			in := supplied(evidence.Capacity, -1, 0, evidence.Unattested)
			in.Problems = []*diag.Problem{diag.At(diag.Pos{}, "unclosed-quote", "a quote is not closed", "export again")}
			s.Inputs = []evidence.Input{in}
		}, "The capacity export cannot be read."},
	} {
		t.Run(c.name, func(t *testing.T) {
			judge := func(*Input, Subject) Answer { panic("the check was called") }
			f := asked(with(c.set), Check{Needs: []string{evidence.Capacity}, Judge: judge}).Findings[0]
			if f.State != Missing || f.Says.String() != c.want {
				t.Errorf("%s: %s, want missing: %s", f.State, f.Says, c.want)
			}
		})
	}
}

func TestOneOfTheNeededSetsIsEnoughToBeCalled(t *testing.T) {
	called := false
	c := Check{Needs: []string{evidence.Capacity, evidence.Inventory}, Judge: func(*Input, Subject) Answer { called = true; return Answer{} }}
	if asked(small(), c); !called {
		t.Error("the inventory is there, and the check was not called")
	}
}

func TestAShortSourceProvesNothing(t *testing.T) {
	short := with(func(s *evidence.Set) {
		s.Inputs = []evidence.Input{supplied(evidence.Inventory, 3, 2, evidence.Short)}
	})
	for _, c := range []struct {
		state, want State
	}{{Proven, Missing}, {Failed, Failed}, {Stale, Stale}, {Missing, Missing}} {
		for _, check := range []Check{
			{Needs: []string{evidence.Inventory}},
			{Needs: []string{evidence.Services}, Rests: []string{evidence.Inventory}},
			{Needs: []string{evidence.Services}}, // its row is from the inventory
		} {
			check.Judge = answering(Answer{State: c.state, Says: say("It was."), Sources: at(diag.Pos{File: "inventory.csv", Row: 2})})
			f := asked(short, check).Findings[0]
			if f.State != c.want {
				t.Errorf("%s of a short source is %s, want %s", c.state, f.State, c.want)
			}
			if says := "Not proven: the inventory export is short, with 2 of 3 rows declared, and proves nothing."; c.state == Proven && f.Says.String() != says {
				t.Errorf("says %q, want %q", f.Says, says)
			}
		}
	}
	if f := asked(short, Check{Needs: []string{evidence.Services}, Judge: answering(Answer{State: Proven, Sources: at(row(1))})}).Findings[0]; f.State != Proven {
		t.Errorf("a proof that does not rest on the short source is %s", f.State)
	}
}

func TestASecondSourceDeclaredAndAbsentIsShort(t *testing.T) {
	set := with(func(s *evidence.Set) {
		s.Inputs = []evidence.Input{supplied(evidence.Inventory, 2, 2, evidence.Complete)}
		s.Absent = []evidence.Absence{{DataSet: evidence.Inventory, Short: true}}
	})
	f := asked(set, Check{Needs: []string{evidence.Inventory}, Judge: answering(Answer{State: Proven, Sources: at(row(1))})}).Findings[0]
	if want := "Not proven: the inventory export is short, for a source whose rows were declared is not here."; f.State != Missing || f.Says.String() != want {
		t.Errorf("%s: %s, want missing: %s", f.State, f.Says, want)
	}
}

func TestAttested(t *testing.T) {
	complete, unattested := supplied(evidence.Inventory, 2, 2, evidence.Complete), supplied(evidence.Services, -1, 1, evidence.Unattested)
	set := with(func(s *evidence.Set) { s.Inputs = []evidence.Input{complete, unattested} })
	proof := Answer{State: Proven, Sources: at(diag.Pos{File: "inventory.csv", Row: 2})}
	for _, c := range []struct {
		name  string
		check Check
		want  bool
	}{
		{"its one source is complete", Check{Needs: []string{evidence.Inventory}, Judge: answering(proof)}, true},
		{"it rests on one that nobody attested", Check{Needs: []string{evidence.Inventory}, Rests: []string{evidence.Services}, Judge: answering(proof)}, false},
		{"what nobody supplied does not count", Check{Needs: []string{evidence.Inventory}, Rests: []string{evidence.Dependencies}, Judge: answering(proof)}, true},
		{"the judge says that something is not here", Check{Needs: []string{evidence.Inventory}, Judge: answering(Answer{State: Proven, Sources: proof.Sources, Partial: true})}, false},
	} {
		if got := asked(set, c.check).Findings[0].Attested; got != c.want {
			t.Errorf("%s: attested %v, want %v", c.name, got, c.want)
		}
	}
}

func TestRejectedRows(t *testing.T) {
	rejected := func(system string) *evidence.Set {
		return with(func(s *evidence.Set) {
			in := supplied(evidence.Jobs, -1, 2, evidence.Unattested)
			in.Used, in.Rejected = 1, 1
			in.Header, in.Columns = []string{"Job", "Host"}, map[string]string{"job_id": "Job", "system": "Host"}
			in.Rows = []evidence.RowRecord{{N: 2, Cells: []string{"SNAP", "DB"}, Status: evidence.RowUsed}, {N: 3, Cells: []string{"", system}, Status: evidence.RowRejected}}
			s.Inputs = []evidence.Input{in}
			s.Jobs = runs("SNAP", "DB", evidence.JobBackup, "success")
		})
	}
	check := Check{Needs: []string{evidence.Jobs}, Judge: answering(Answer{State: Proven, Sources: at(diag.Pos{File: "jobs.csv", Row: 2})})}
	for _, c := range []struct {
		name, system string
		want         State
	}{
		{"about the system, in other letters", " db ", Missing},
		{"about another system", "HOST", Proven},
		{"about nothing known", "OLD-7", Missing},
		{"about nothing", "", Missing},
	} {
		f := asked(rejected(c.system), check).Findings[0]
		if f.State != c.want {
			t.Errorf("a rejected row %s: %s (%s), want %s", c.name, f.State, f.Says, c.want)
		}
		if says := "Not proven: 1 row of the job export, which could be about it, could not be read."; c.want == Missing && f.Says.String() != says {
			t.Errorf("says %q, want %q", f.Says, says)
		}
	}
}

func TestKeys(t *testing.T) {
	parts := Answer{Says: say("a"), Part: "C:", More: []Answer{{Says: say("b"), Part: "D:"}}}
	two := func(*Input) []Subject {
		return []Subject{systemSubject("X"), {Kind: "service", ID: "X"}, systemSubject("X")}
	}
	n := 0
	worse := func(*Input, Subject) Answer {
		n++
		return Answer{State: []State{Missing, Failed, Stale}[n-1], Sources: at(row(n))}
	}
	var got []string
	for _, f := range asked(small(), Check{Judge: answering(parts)}).Findings {
		got = append(got, f.ID)
	}
	res := asked(small(), Check{Subjects: two, Judge: worse})
	for _, f := range res.Findings {
		got = append(got, f.ID+" "+f.State.String())
	}
	if diff := cmp.Diff([]string{"TST-01/DB/C:", "TST-01/DB/D:", "TST-01/X missing", "TST-01/service:X failed"}, got); diff != "" {
		t.Errorf("ids: parts, a service with the id of a system, a key twice (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]diag.Pos{row(1), row(3)}, res.Findings[0].Sources); diff != "" {
		t.Errorf("a key twice rests on both rows (-want +got):\n%s", diff)
	}
}

func TestTheWorseOfAKeyCounts(t *testing.T) {
	n := 0
	res := asked(small(), Check{
		Subjects: func(*Input) []Subject { return []Subject{systemSubject("X"), systemSubject("X")} },
		Judge: func(*Input, Subject) Answer {
			n++
			return Answer{State: []State{Proven, Failed}[n-1], Says: say([]string{"Good.", "Bad."}[n-1]), Sources: at(row(n))}
		},
	})
	if f := res.Findings[0]; len(res.Findings) != 1 || f.State != Failed || f.Says.String() != "Bad." {
		t.Errorf("%v", res.Findings)
	}
}

// TestEveryCheckIsWhole holds what a page prints about a check.
func TestEveryCheckIsWhole(t *testing.T) {
	known := map[string]bool{}
	for _, d := range intake.DataSets() {
		known[d.Name] = true
	}
	seen := map[string]bool{}
	for _, c := range Checks {
		if seen[c.ID] {
			t.Errorf("%s is there twice", c.ID)
		}
		seen[c.ID] = true
		if c.Question == "" || c.Question[len(c.Question)-1] != '?' {
			t.Errorf("%s asks %q", c.ID, c.Question)
		}
		if c.Why == "" || c.Why[len(c.Why)-1] != '.' || c.Closes == "" || c.LimitFrom == "" {
			t.Errorf("%s lacks why, what closes it, or where its limit comes from", c.ID)
		}
		if c.Limit == nil || c.Limit(config.Defaults()) == "" {
			t.Errorf("%s has no limit in words", c.ID)
		}
		if !slices.Contains(Disciplines, c.Discipline) || c.Consequence == "" {
			t.Errorf("%s has discipline %q, consequence %q", c.ID, c.Discipline, c.Consequence)
		}
		if len(c.Controls.All()) == 0 {
			t.Errorf("%s is evidence for no control", c.ID)
		}
		if unknown := slices.DeleteFunc(slices.Clone(c.Needs), func(d string) bool { return known[d] }); c.Judge == nil || len(unknown) > 0 {
			t.Errorf("%s has no judge, or needs data sets that are none: %v", c.ID, unknown)
		}
		if CheckByID(c.ID) != c {
			t.Errorf("%s is not found by its id", c.ID)
		}
	}
	if CheckByID("XXX-99") != nil {
		t.Error("a check that is none was found")
	}
}

func TestNothingAtAll(t *testing.T) {
	set := &evidence.Set{AsOf: on("2026-05-31")}
	res := Assess(&Input{Set: set, Policy: config.Defaults()})
	if len(res.Faults) > 0 || len(res.Contradictions) > 0 {
		t.Errorf("faults %v, contradictions %v", res.Faults, res.Contradictions)
	}
	for _, f := range res.Findings {
		if f.State != Missing {
			t.Errorf("%s is %s", f.ID, f.State)
		}
	}
	if len(res.Findings) == 0 {
		t.Error("nobody says that every export is missing")
	}
}

func TestTheSameSetAnswersTheSameTwice(t *testing.T) {
	in := scenario(t, "A-storage").read(t, "2026-05-31", nil)
	ignore := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Check" }, cmp.Ignore())
	zones := cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })
	if diff := cmp.Diff(Assess(in), Assess(in), ignore, zones); diff != "" {
		t.Errorf("two runs differ:\n%s", diff)
	}
}
