// Package assess asks checks of systems, services, tasks and changes, and
// answers each with a state, a sentence and the rows it rests on.
package assess

import (
	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/graph"
)

// A State is what the evidence shows. The zero value is Missing: no record is
// never good news.
type State int

// The states of a proof; 01-product has what each means.
const (
	Missing       State = iota // no record in any export, or none that can be used
	Stale                      // a good record, older than policy allows
	Failed                     // a record shows that it did not work
	Excepted                   // a valid exception replaces the outcome of this one check
	NotApplicable              // with a written reason and a name
	Proven                     // a record shows the control worked, inside policy age and target
)

// States lists the states in the order they are counted and printed.
var States = []State{Proven, Failed, Missing, Stale, Excepted, NotApplicable}

// String is the word of the state, as printed and as in report.json.
func (s State) String() string {
	switch s {
	case Missing:
		return "missing"
	case Stale:
		return "stale"
	case Failed:
		return "failed"
	case Excepted:
		return "excepted"
	case NotApplicable:
		return "not_applicable"
	case Proven:
		return "proven"
	}
	return "missing"
}

// Worse tells whether a is the worse of two states of one cell: failed >
// missing > stale > excepted > proven > not applicable.
func Worse(a, b State) bool { return severity(a) > severity(b) }

func severity(s State) int {
	switch s {
	case Failed:
		return 5
	case Missing:
		return 4
	case Stale:
		return 3
	case Excepted:
		return 2
	case Proven:
		return 1
	case NotApplicable:
		return 0
	}
	return 4
}

// A Discipline is a column of the proof matrix; the eight of the article.
type Discipline string

// The eight disciplines, with the keys that report.json uses.
const (
	Monitoring    Discipline = "monitoring"
	Patching      Discipline = "patching"
	Access        Discipline = "access"
	ChangeControl Discipline = "changes"
	Vendors       Discipline = "vendors"
	Recovery      Discipline = "recovery"
	Documentation Discipline = "documentation"
	Routines      Discipline = "routines"
)

// Disciplines lists the disciplines in the order of the matrix.
var Disciplines = []Discipline{Monitoring, Patching, Access, ChangeControl, Vendors, Recovery, Documentation, Routines}

// A Consequence is what a finding can lead to, from the article.
type Consequence string

// The three consequences.
const (
	Downtime   Consequence = "downtime"
	AuditIssue Consequence = "audit issue"
	AttackPath Consequence = "attack path"
)

// A Gap is the class of an action, in the article's order inside impact.
type Gap int

// The classes of actions; the lower acts first.
const (
	Visibility Gap = iota
	Privilege
	Unsupported
	UntestedRecovery
	OtherGap
)

// Controls are the control ids a check is evidence for: cross-reference only,
// never a claim of compliance.
type Controls struct {
	CSF, SP80053, CIS, HIPAA, ISO []string
}

// A Check is a question asked of each of its subjects.
type Check struct {
	ID          string   // "BKP-01"
	Question    string   // a whole sentence that ends in "?"
	Why         string   // one sentence: why it matters
	Needs       []string // data sets; none supplied means missing without being called
	Rests       []string // further data sets that a proof rests on once they are supplied
	Discipline  Discipline
	Consequence Consequence
	Gap         Gap
	Limit       func(config.Policy) string // the limit in words: "90 d", "any"
	LimitFrom   string                     // where the default comes from: "judgement", "BOD 26-04"
	Controls    Controls
	Closes      string // what would close a finding: "a full restore test with integrity, permissions and order checked"
	Subjects    func(*Input) []Subject
	Judge       func(*Input, Subject) Answer

	after bool // judged when all others are: it asks what they found
}

// Input is what checks see: the evidence, the graph and the policy.
type Input struct {
	*evidence.Set
	Graph  *graph.Graph
	Policy config.Policy

	known *index    // what the records say, by system and by service; made when first asked
	found []Finding // raw findings, for the checks that come after the others
}

// A Subject is what a check is asked of.
type Subject struct {
	Kind    string // "system", "service", "task", "change", "exception", "job", "source"
	ID      string
	Name    string   // as printed
	System  string   // the system it concerns; "" when none
	Service string   // the service it concerns; "" when none, or found through the system
	Also    []string // further systems it concerns, of a change to several
}

// An Answer is what a check's function says of one subject.
type Answer struct {
	State   State
	Says    evidence.Statement // the sentence, numbers as figures
	Sources []diag.Pos         // rows it rests on; Proven without one is an error in our code
	Drift   string             // short name of the drift when the state is bad: "no owner", "storage filling"; "" none
	Part    string             // what of the subject is meant when a check answers for several: a resource, a job; part of the natural key
	More    []Answer           // further answers for other parts of the same subject
	Partial bool               // a proof beside an export that nobody supplied: it is never said to be complete
	Why     string             // of NotApplicable: the written reason
	By      string             // of NotApplicable: the name
}

// A Finding is one check's answer about one subject, after completeness and
// exceptions.
type Finding struct {
	ID              string // natural key: CHECK/subject or CHECK/subject/part; stable over re-exports
	Check           *Check
	Subject         Subject
	Part            string
	State           State
	Says            evidence.Statement
	Sources         []diag.Pos
	Drift           string
	Services        []string            // ids of services that need the subject; none: it concerns the whole company
	Attested        bool                // every source it rests on is complete; false is said beside a proof
	Exception       *evidence.Exception // set when State is Excepted
	Raw             State               // the state before the exception
	NotApplicableBy string
}

// A Contradiction is two rows of different exports that cannot both be good
// news about one system.
type Contradiction struct {
	ID      string // "X01"
	Subject Subject
	Says    evidence.Statement
	Means   string // what it means, one sentence: "ran is not recoverable"
	A, B    Quote
}

// A Quote is a row as evidence of a contradiction; a Quote without a row
// (Row 0) names the data set that has none.
type Quote struct {
	DataSet string
	Pos     diag.Pos
	Text    string // the row in words: "nightly snapshot success, 31 May 2026"
}

// A Result is what the whole assessment says.
type Result struct {
	Findings       []Finding       // sorted by check, subject, part
	Contradictions []Contradiction // sorted by id, subject
	Faults         []string        // errors in our own code, such as a proof without a source row: each answers missing, and is always a bug
}
