// Package evidence holds the typed records that exports state: what is known,
// where it stands, and what is blank. It judges nothing.
package evidence

import (
	"time"

	"proofpack/generator/diag"
)

// An Answer is a yes, a no, or nothing written. The zero value is unknown,
// never yes.
type Answer int

// The answers a cell can give.
const (
	Unknown Answer = iota // blank, or a word that is neither
	Yes
	No
)

// A Number is a measured or declared value that may be blank.
type Number struct {
	Value float64
	Known bool // false: the cell was blank, the value is not zero but unknown
}

// Known makes a number that is known.
func Known(v float64) Number { return Number{Value: v, Known: true} }

// Stops says what a service stops when it fails.
type Stops string

// The three kinds of harm, from the article.
const (
	StopsRevenue    Stops = "revenue"
	StopsService    Stops = "service"
	StopsCompliance Stops = "compliance"
)

// A Service is what the business buys: Shipping, Order entry.
type Service struct {
	Pos             diag.Pos
	ID, Name        string
	Stops           Stops
	CostPerHour     Number             // whole cost of one lost business hour, in the configured currency
	CostParts       map[string]float64 // lost_output, overtime, idle_labour, penalty per hour; empty when only the whole is declared
	FixedCost       Number             // once an outage, whatever its length
	HoursPerDay     Number             // business hours a day; unknown means 24 (13-decisions)
	BusinessDays    string             // as written, "Mon-Fri"; "" means Monday to Friday
	PeakWindow      string             // as written, "Mon-Fri 06:00-14:00"
	MTDHours        Number             // maximum tolerable downtime, elapsed hours
	RTOHours        Number             // recovery target, elapsed hours
	RPOHours        Number             // data loss target, elapsed hours
	Owner, Deputy   string
	EscalationOwner string
	DataClass       string
	RegulatedBy     string
}

// A System is a thing in the inventory that services run on.
type System struct {
	Pos             diag.Pos
	ID              string // the identifier the other exports use most for it (13-decisions)
	InventoryID     string // the inventory's own system_id
	Name, FQDN      string
	Serial, IP, MAC string
	Names           []string // every other name it was joined by
	Kind            string   // as written
	Class           Class    // what Kind means to the rules
	OS, Version     string
	ConfigHash      string // fingerprint of the configuration, as the tool writes it
	Owner           string
	Services        []string // ids of services with a hard edge to it by the inventory
	Virtual         Answer   // whether it is a virtual machine, by its kind, model, serial number and hardware address; unknown of what may be one and says neither
	RunsOn          []string // system ids, or the name as written when nothing answers to it
	DependsOn       []string
	Monitored       Answer
	SupportEnds     time.Time // last instant of the day; zero: not recorded
	LastSeen        time.Time
	Added           time.Time // when its row was made; zero: not recorded
	Status          string
	Retired         bool
	Vendor          string
	DataClass       string
	Public          Answer
	BackupInScope   Answer // what the inventory says; Unknown: by class
	LogCovered      Answer // its logs are collected
	LogDays         Number // days its logs are kept
	BackupDays      Number // days its backups are kept
	InInventory     bool   // false: only other exports name it, and Pos is the first row that does
}

// A Class is a kind of system as the rules know it.
type Class string

// The classes that 13-decisions gives figures for; everything else is other.
const (
	ClassHypervisor       Class = "hypervisor"
	ClassStorage          Class = "storage"
	ClassDatabase         Class = "database"
	ClassWeb              Class = "web"
	ClassEdge             Class = "edge" // VPN, firewall, router, switch
	ClassDomainController Class = "domain controller"
	ClassBackup           Class = "backup server"
	ClassServer           Class = "server"      // server, virtual machine, application
	ClassWorkstation      Class = "workstation" // and appliances
	ClassLine             Class = "line"        // lines, network gear that is not edge
	ClassCloud            Class = "cloud"
	ClassOther            Class = "other"
)

// An EdgeKind says what a dependency moves.
type EdgeKind string

// The kinds of edges; any-of carries its group in Dependency.Group.
const (
	Hard   EdgeKind = "hard"    // needs it to work
	RunsOn EdgeKind = "runs-on" // needs it, and is lost with it
	AnyOf  EdgeKind = "any-of"  // needs one of the group
	Soft   EdgeKind = "soft"    // named, moves nothing
)

// A Dependency is an edge: From needs To. Ends are service or system ids.
type Dependency struct {
	Pos      diag.Pos
	From, To string
	Kind     EdgeKind
	Group    string // of AnyOf
	Note     string

	Unqualified bool // no row says which kind it is: it is taken as hard
}

// A Scope is how much a restore test brought back.
type Scope string

// The scopes; only system, application and service can prove recovery.
const (
	ScopeFile        Scope = "file"
	ScopeSystem      Scope = "system"
	ScopeApplication Scope = "application"
	ScopeService     Scope = "service"
	ScopeUnknown     Scope = ""
)

// A Result is how a run or a test ended. The zero value is unknown.
type Result string

// The results of jobs, restores and changes.
const (
	Success       Result = "success"
	Warning       Result = "warning"
	Failed        Result = "failed"
	Running       Result = "running" // did not finish
	Skipped       Result = "skipped"
	UnknownResult Result = ""
)

// A RestoreTest is one attempt to bring a system back from backup.
type RestoreTest struct {
	Pos                           diag.Pos
	ID                            string
	System, Service               string // ids; one of the two
	TestedOn                      time.Time
	Started, Ended                time.Time // with a time of day; zero: not recorded
	Scope                         Scope
	ScopeText                     string // as written
	Result                        Result
	Minutes                       Number // wall clock from start to usable
	Integrity, Permissions, Order Answer // database or application integrity, user permissions, recovery order
	SizeBytes                     Number
	Tester, ReviewedBy            string
	Exceptions, Notes             string
	Lesson, LessonOwner           string
	LessonDue, LessonFixed        time.Time
	Runbook                       string // id of the procedure that was followed
}

// A JobKind is what a scheduled job does.
type JobKind string

// The kinds of jobs.
const (
	JobBackup      JobKind = "backup"
	JobIntegrity   JobKind = "integrity"
	JobCleanup     JobKind = "cleanup"
	JobReplication JobKind = "replication"
	JobOther       JobKind = "other"
)

// A Copy is what keeps a copy out of the reach of whoever reaches the systems
// it was made of. The zero value is unknown, which is never out of reach.
type Copy string

// What can be said of a copy.
const (
	CopyUnknown   Copy = ""
	CopyOnline    Copy = "online" // nothing does
	CopyOffline   Copy = "offline"
	CopyImmutable Copy = "immutable"
	CopyIsolated  Copy = "isolated"
)

// A JobRun is one run of a backup or scheduled job.
type JobRun struct {
	Pos       diag.Pos
	Job       string // the job's id or name
	System    string // id; "" when the row names none
	Kind      JobKind
	At        time.Time // start, or the run date
	Ended     time.Time
	Result    Result
	Message   string
	SizeBytes Number
	Expected  time.Duration // declared cadence; 0: none declared
	Copy      Copy          // what keeps the copy it made out of reach
}

// An Alert is one alert as a monitor raised it.
type Alert struct {
	Pos            diag.Pos
	ID             string
	System         string // id; "" when the row names none
	Signature      string // what repeats: the alert's name
	Raised         time.Time
	Severity       string // "critical", "warning", or as written
	Text           string
	AcknowledgedBy string // as written; see ByPerson
	ByPerson       bool   // AcknowledgedBy is a person, not "system" or "auto"
	AcknowledgedAt time.Time
	Closed         time.Time // zero: no closing time recorded
	Ticket         string
	State          string // as written: open, auto-closed, resolved, suppressed
	IsClosed       bool   // by state or closing time
	Owner          string
	SilencedUntil  time.Time
	SilencedBy     string
	SilenceReason  string
}

// A Sample is one measurement of a resource that can fill up.
type Sample struct {
	Pos      diag.Pos
	System   string
	Resource string
	At       time.Time
	Used     float64 // in Unit
	Total    float64 // in Unit
	Unit     string  // "GB", "%", "bytes"; as read from header or value
}

// A Task is a recurring task of the routine.
type Task struct {
	Pos             diag.Pos
	ID, Name        string
	Owner           string
	Cadence         string        // as written
	Every           time.Duration // what Cadence means; 0: unreadable
	Months          int           // calendar months when the cadence is monthly, quarterly, yearly; else 0
	LastDone        time.Time     // zero: never, as far as the row shows
	Record          string        // reference of the record; "" is by word of mouth
	Due             time.Time
	System, Service string // ids, by column or because the task's name names one
	Runbook         string // id of the procedure it follows
}

// A PlanStep is one step of a written recovery order.
type PlanStep struct {
	Pos             diag.Pos
	Service         string
	Step            int
	System          string
	Needs           []string
	Owner           string
	Runbook         string
	Updated         time.Time
	ExpectedMinutes Number
}

// A Change is a change record.
type Change struct {
	Pos         diag.Pos
	ID, Title   string
	Type        string // standard, normal, emergency; "" unknown
	State       string
	Cancelled   bool
	Implemented bool     // work began, by state or dates
	Systems     []string // ids
	RequestedBy string
	ApprovedBy  string
	ApprovedAt  time.Time
	Started     time.Time // actual start, else planned start, else opened
	NotActual   bool      // Started is planned or the day the record was opened: nothing says when work began
	Ended       time.Time // actual end, else closed
	NotEnd      bool      // Ended is the day the record was closed: nothing says when work ended
	VerifiedBy  string
	Outcome     string // as written
	Result      Result // Success, Failed, or unknown: by outcome and state
	BackedOut   bool   // Failed, and taken back
	Test        string // record of the test before the work; "" none
	Rollback    string // record of how it was, or would be, taken back; "" none
	Incident    string
}

// An Exception is an accepted departure from policy.
type Exception struct {
	Pos             diag.Pos
	ID              string
	Rule            string // a check id, or text
	System, Account string
	Service         string
	Why             string
	ApprovedBy      string
	ApprovedOn      time.Time
	Until           time.Time
	UntilText       string // as written
	Compensating    string
	Renewals        Number
	Ticket          string    // that follows it, as written
	EscalatedTo     string    // the person who was told that it is overdue
	EscalatedOn     time.Time // zero: not recorded
}

// A Decision is asked of leadership, written by a person.
type Decision struct {
	Pos      diag.Pos
	Decision string
	Why      string
	Cost     Number
	CostText string
	AskedBy  string
	DecideBy time.Time
	Closes   string
}
