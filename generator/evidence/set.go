package evidence

import (
	"time"

	"proofpack/generator/diag"
)

// Names of the data sets, the same in configuration, columns and pages.
const (
	Services     = "services"
	Inventory    = "inventory"
	Dependencies = "dependencies"
	Restores     = "restores"
	Jobs         = "jobs"
	Alerts       = "alerts"
	Capacity     = "capacity"
	Tasks        = "tasks"
	RecoveryPlan = "recovery plan"
	Changes      = "changes"
	Exceptions   = "exceptions"
	Decisions    = "decisions"
	Patches      = "patches"
	PatchStatus  = "patch status"
	KEV          = "kev"
	EPSS         = "epss"
	Incidents    = "incidents"

	Accounts        = "accounts"
	SignIns         = "sign-ins"
	AccessAggregate = "access aggregate"
	AccessReviews   = "access reviews"
	Leavers         = "leavers"
	People          = "people"
	Vendors         = "vendors"

	Credentials      = "credentials"
	Tickets          = "tickets"
	Sessions         = "sessions"
	Acknowledgements = "acknowledgements"
)

// A Set is everything the exports of one month state, up to AsOf.
type Set struct {
	AsOf     time.Time      // the last instant that counts, in the configured zone
	Zone     *time.Location // where days begin and end
	Currency string         // ISO 4217

	Services     []Service
	Systems      []System
	Dependencies []Dependency // the dependencies data set only; graph adds the inventory's edges
	Restores     []RestoreTest
	Jobs         []JobRun
	Alerts       []Alert
	Samples      []Sample
	Tasks        []Task
	Plan         []PlanStep
	Changes      []Change
	Exceptions   []Exception
	Decisions    []Decision
	Patches      []PatchFinding
	PatchStates  []PatchState     // the patch status data set
	KEVs         []KnownExploited // a catalogue that was dropped in: reference, no findings
	Scores       []ExploitScore   // EPSS of the CVEs that findings name
	Incidents    []Incident

	Accounts     []Account // merged over directories, by key
	AccountJoins []AccountJoin
	Access       []Access // sign-ins counted, by login, application and result
	Trails       []Trail  // by login
	AccessLogs   []AccessLog
	Reviews      []Review
	Leavers      []Leaver
	People       []Person
	Vendors      []Vendor

	Credentials      []Credential
	Tickets          []Ticket
	Sessions         []Session
	Acknowledgements []Acknowledgement

	Earlier []Month // packets of earlier months, oldest first

	Unknown []UnknownSystem // names in other exports that the inventory lacks
	Joins   []Join          // names joined by a weak key or an alias
	Inputs  []Input         // one a source, in order of data set and file
	Absent  []Absence       // sources the configuration declares and nobody supplied
}

// A Completeness says whether a source is known to be whole.
type Completeness string

// The three standings of a source; the zero value is not complete.
const (
	Unattested Completeness = "unattested" // nobody declared how many rows there are
	Complete   Completeness = "complete"   // declared rows equal rows read
	Short      Completeness = "short"      // fewer rows than declared, or declared and absent: it proves nothing
)

// An Input is the intake record of one source.
type Input struct {
	Name      string // name in the configuration; "" when recognised by itself
	DataSet   string
	File      string // as the user knows it
	Sheet     string
	SHA256    string
	Bytes     int64
	Format    string
	Encoding  string
	Delimiter string

	Header    []string            // as written
	Columns   map[string]string   // canonical column -> heading as written
	Composed  map[string][]string // canonical column -> headings whose values make it together
	Unmapped  []string            // headings nobody claims
	AlsoSeen  []string            // headings that match a column another heading won
	Rows      []RowRecord         // every row after the header, with what became of it
	Cited     bool                // Rows holds only what findings cite and what was rejected: the source knows no bounds
	Outside   []OutsideLine       // preamble and footers
	Systems   []string            // ids of the systems that it names, sorted
	Read      int                 // = Used + Rejected + Duplicate + SetAside
	Used      int
	Rejected  int
	Duplicate int
	SetAside  int
	Expected  int // declared rows; -1: none declared
	Standing  Completeness
	DateOrder string // "ISO", "month/day/year (31 rows prove it)"
	ZoneFrom  string // "value", "header", "sidecar", "configuration"
	MinDate   time.Time
	MaxDate   time.Time
	System    string // intake record: the tool it came from
	Report    string
	By        string
	At        time.Time
	Filters   string
	Notes     []string
	Problems  []*diag.Problem // not stopping the build
}

// A RowStatus says what became of a row.
type RowStatus string

// What can become of a row.
const (
	RowUsed      RowStatus = "used"
	RowRejected  RowStatus = "rejected"
	RowDuplicate RowStatus = "duplicate"
	RowSetAside  RowStatus = "set aside"
)

// A RowRecord is a row as read with what became of it.
type RowRecord struct {
	N      int
	Cells  []string
	Status RowStatus
	Reason string // of rejected, duplicate and set aside
}

// An OutsideLine is a preamble or footer line: listed, no row.
type OutsideLine struct {
	N    int
	Text string
}

// An Absence is a source that was declared and not supplied.
type Absence struct {
	Name     string
	DataSet  string // "" when nobody says what it held: it may be missing from any
	Pattern  string // what was looked for
	Required bool
	Short    bool // a row count was declared for it: it is short, not merely absent
}

// An UnknownSystem is a name that other exports use and the inventory lacks.
type UnknownSystem struct {
	Name    string
	Rows    []diag.Pos     // where it is named, in order
	DataSet map[string]int // data set -> rows that name it
}

// A Join is a name that was taken to mean a system by more than its exact id.
type Join struct {
	Name   string // as written
	System string // id
	By     string // "name", "host name", "alias", "serial", "MAC", "IP"
	Rows   int
}

// Supplied tells whether any file of the data set was read.
func (s *Set) Supplied(dataSet string) bool {
	for i := range s.Inputs {
		if s.Inputs[i].DataSet == dataSet {
			return true
		}
	}
	return false
}

// Standing is the worst standing of the data set's sources: short when any is
// short or declared with a count and absent, unattested when any is.
func (s *Set) Standing(dataSet string) Completeness {
	standing := Complete
	found := false
	for i := range s.Inputs {
		if s.Inputs[i].DataSet != dataSet {
			continue
		}
		found = true
		switch s.Inputs[i].Standing {
		case Short:
			return Short
		case Unattested:
			standing = Unattested
		case Complete:
		}
	}
	for _, a := range s.Absent {
		if a.Short && (a.DataSet == dataSet || a.DataSet == "") {
			return Short
		}
	}
	if !found {
		return Unattested
	}
	return standing
}

// RowsRead is the number of rows of the data set over all its sources.
func (s *Set) RowsRead(dataSet string) int {
	n := 0
	for i := range s.Inputs {
		if s.Inputs[i].DataSet == dataSet {
			n += s.Inputs[i].Read
		}
	}
	return n
}

// System finds a system by id; nil when the inventory has none.
func (s *Set) System(id string) *System {
	for i := range s.Systems {
		if s.Systems[i].ID == id {
			return &s.Systems[i]
		}
	}
	return nil
}

// Service finds a service by id; nil when there is none.
func (s *Set) Service(id string) *Service {
	for i := range s.Services {
		if s.Services[i].ID == id {
			return &s.Services[i]
		}
	}
	return nil
}
