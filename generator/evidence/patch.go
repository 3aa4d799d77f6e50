package evidence

import (
	"time"

	"proofpack/generator/diag"
)

// A FindingState is where a row of a scanner or patch tool stands. The zero
// value is open: a scanner lists what it finds, and says more only when it
// knows more.
type FindingState string

// The states that tools give a finding.
const (
	FindingOpen      FindingState = ""
	FindingReopened  FindingState = "reopened"  // it was fixed once, and is back
	FindingAccepted  FindingState = "accepted"  // somebody set it aside in the tool; without an exception on file it is open
	FindingFixed     FindingState = "fixed"     // installed, or no longer found
	FindingMitigated FindingState = "mitigated" // no longer to be exploited
)

// The severities that rules know, the worst first; any other word stays as
// written.
const (
	SeverityCritical = "critical"
	SeverityHigh     = "high"
	SeverityMedium   = "medium"
	SeverityLow      = "low"
	SeverityInfo     = "info" // a remark, no weakness
)

// A PatchFinding is a vulnerability or a missing update on a system, as a
// scanner or a patch tool reports it. A row that names several CVEs makes one
// for each, at one Pos.
type PatchFinding struct {
	Pos      diag.Pos
	ID       string // the tool's own id of what it found; a plugin, a QID, an update
	System   string
	Title    string
	CVE      string // "" when the row names none
	Severity string // one of the severities, or as written; by CVSS when the row has only that
	CVSS     Number // base score, 0 to 10
	EPSS     Number // probability of exploitation within 30 days, 0 to 1
	KEV      Answer // in the catalogue of known exploited vulnerabilities; unknown when neither the row nor a catalogue says
	State    FindingState
	Open     bool // a scanner row without a state is open

	FirstSeen, LastSeen time.Time // zero: not recorded
	FixedAt             time.Time // when it was no longer found
	InstalledAt         time.Time // when the update was installed, of tools that install
	Released            time.Time // when the update came out
	Fix                 string    // what to do, as the tool says it
	Patchable           Answer    // an update exists
	Authenticated       Answer    // the tool looked from inside: it logged in, or its agent runs there
	Automatable         Answer    // all steps of exploitation can be automated
	Total               Answer    // exploitation takes over the whole system; No is partial

	KEVAdded time.Time // when the catalogue took it up; zero: not recorded
	KEVPos   diag.Pos  // row of the catalogue, or the catalogue itself where it does not list the CVE; zero when the row itself says it
	EPSSPos  diag.Pos  // row of the scores; zero when the row itself has it
}

// A PatchState is what a patch tool or a scanner says of one system as a
// whole: that it looked, and what it counted.
type PatchState struct {
	Pos                        diag.Pos
	System                     string
	LastScan                   time.Time // zero: not recorded
	Installed, Missing, Failed Number    // counts of updates
	PendingReboot              Answer
	PatchWindow                string // as written: "Sat 22:00-02:00"; "" when none is declared
}

// A KnownExploited is one line of a catalogue of vulnerabilities that are
// known to be exploited.
type KnownExploited struct {
	Pos   diag.Pos
	CVE   string
	Added time.Time // zero: not recorded
	Due   time.Time // the catalogue's own due date, printed and judged by nothing
}

// An ExploitScore is one line of an EPSS list.
type ExploitScore struct {
	Pos        diag.Pos
	CVE        string
	EPSS       float64 // probability of exploitation within 30 days, 0 to 1
	Percentile Number  // 0 to 1
}
