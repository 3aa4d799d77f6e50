package report

import (
	"time"

	"proofpack/generator/assess"
)

// A Drawing is the numbers of one chart. Package chart draws each kind on a
// canvas, the same for the site and the packet, and says every value in words.
type Drawing interface{ drawing() }

// CostBars are horizontal bars from zero: loss inside the recovery target in
// grey, beyond it in the emphasis colour; hatched where a time is assumed.
type CostBars struct {
	Bars []CostBar
	Key  bool // draw the key: inside, beyond measured, beyond assumed
}

// A CostBar is one bar. All amounts in whole currency units.
type CostBar struct {
	Label            Text   // may link
	Sub              string // "31 h measured, 4 h target"
	Inside, Beyond   float64
	Unknown          bool   // no amount: "impact not declared"
	Assumed          bool   // the time rests on an assumption, not a measured restore
	Value, ValueNote string // "$291,400", "measured"
	Figure           string // figure id of Value
	Says             string // the bar in words
}

// A CapacityLine is the use of one resource over time, up to full.
type CapacityLine struct {
	Points   []Point   // Value in percent
	Forecast time.Time // zero: flat or falling, none
	Name     string    // "DS-PROD-01"
	Stops    string    // "full: every system on it stops"
	AsOf     time.Time
}

// A Point is a value at a time.
type Point struct {
	At    time.Time
	Value float64
	Label string // printed beside the dot; "" none
}

// RestoreDots are restore tests over time with the target as a line, and the
// span without proof as a hatched block with its length in words.
type RestoreDots struct {
	Tests    []RestoreDot
	Target   float64 // hours; 0 none declared
	From, To time.Time
	GapFrom  time.Time // zero: no gap
	GapSays  string    // "No proof for 322 days"
	GapNote  string    // "90-day limit passed 13 Dec 2025"
}

// A RestoreDot is one restore test.
type RestoreDot struct {
	At    time.Time
	Hours float64
	Label string // "31 h"
	OK    bool   // proves recovery; otherwise drawn open
}

// A Waterfall is steps in time, one row each, with the target as a line.
type Waterfall struct {
	Rows   []WaterfallRow
	Target float64 // hours; 0 none
	Unit   string  // "h" or "min"
}

// A WaterfallRow is one step. Start and End in the waterfall's unit.
type WaterfallRow struct {
	Label, Sub string
	Start, End float64
	Known      bool // false: assumed length, hatched
	Beyond     bool // ends beyond the target: emphasis
	Note       string
}

// Layers is the dependency and recovery-order figure: columns are waves.
type Layers struct {
	Columns []Layer
	Edges   [][2]string // From needs To, by node id
	Cycles  []string    // each in words; their edges are not drawn
}

// A Layer is one wave.
type Layer struct {
	Title string // "First", "Then" or "1"
	Nodes []LayerNode
}

// A LayerNode is a system in a wave.
type LayerNode struct {
	ID, Label string
	Sub       string // "55 min, 20 May 2026" or "NO RESTORE PROOF"
	Proven    bool   // false: dashed box
	Href      string
	Mark      bool // the driver
}

// A TargetBars block is measured against target, one row a system.
type TargetBars struct {
	Rows []TargetBar
	Unit string // "h" or "min"
}

// A TargetBar is one row.
type TargetBar struct {
	Label    Text
	Measured float64
	Known    bool    // false: no proof, a hatched span with words
	Target   float64 // 0: none
	Note     string  // "55 min of 240 min"
	State    assess.State
}

// A Histogram is counts by bucket.
type Histogram struct{ Buckets []Bucket }

// A Bucket is one column of a histogram.
type Bucket struct {
	Label    string // "over 30 d"
	N        int
	Emphasis bool
}

// Strips are the last runs of jobs, oldest first.
type Strips struct {
	Rows []Strip
}

// A Strip is one job.
type Strip struct {
	Label Text
	Sub   string
	Cells []StripCell
	Note  string // "failed 8 in a row since 12 Apr 2026"
}

// A StripCell is one run.
type StripCell struct {
	State assess.State // Proven ran, Failed did not, Missing expected and absent, Stale with a warning
	Says  string       // "31 May 2026: success"
}

// A Calendar is tasks against periods.
type Calendar struct {
	Columns []string // "4 May", "11 May"
	Rows    []CalendarRow
}

// A CalendarRow is one task.
type CalendarRow struct {
	Label, Sub string
	Cells      []CalendarCell
}

// A CalendarCell is one period of one task; Blank when nothing was due.
type CalendarCell struct {
	State assess.State
	Blank bool
	Says  string // "done 28 May, record TKT-771"
}

// MonthColumns are changes a month, approved and not.
type MonthColumns struct{ Columns []MonthColumn }

// A MonthColumn is one month.
type MonthColumn struct {
	Label     string // "May"
	Good, Bad int    // approved, not approved
	Dots      int    // drift found
}

// StateColumns are proofs a month by their state, oldest first.
type StateColumns struct{ Columns []StateColumn }

// A StateColumn is one month.
type StateColumn struct {
	Label          string // "May"
	Proven, Failed int
	NotProven      int  // missing or stale
	Other          int  // excepted or not applicable
	None           bool // there is no packet of that month
}

// Shares are rows of sources by what became of them.
type Shares struct{ Rows []Share }

// A Share is one source.
type Share struct {
	Label                               Text
	Used, Rejected, Duplicate, SetAside int
	Expected                            int // -1: not declared
	Note                                string
}

// Spans are periods on a time axis with a line at as-of; the lapsed part is
// emphasised.
type Spans struct {
	From, To, AsOf time.Time
	Rows           []SpanRow
}

// A SpanRow is one period, such as an exception.
type SpanRow struct {
	Label      Text
	Start, End time.Time // zero End: no end on record
	Note       string
	State      assess.State
}

func (CostBars) drawing()     {}
func (CapacityLine) drawing() {}
func (RestoreDots) drawing()  {}
func (Waterfall) drawing()    {}
func (Layers) drawing()       {}
func (TargetBars) drawing()   {}
func (Histogram) drawing()    {}
func (Strips) drawing()       {}
func (Calendar) drawing()     {}
func (MonthColumns) drawing() {}
func (StateColumns) drawing() {}
func (Shares) drawing()       {}
func (Spans) drawing()        {}
