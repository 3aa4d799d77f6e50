package evidence

import "time"

// A Month is what an earlier packet rested on and said, read back from its
// sealed archive after that was verified. Checks compare with it; nothing of it
// is a fact of the month that is reported now.
type Month struct {
	Name   string    `json:"month"` // 2026-04
	AsOf   time.Time `json:"as_of"`
	Method string    `json:"method"` // version of the program that judged it

	Publish  string            `json:"publish"`   // rules by which the names in it are hidden; "" none
	DataSets []string          `json:"data_sets"` // that were supplied with rows and are not short, sorted
	Limits   map[string]string `json:"limits"`    // every limit in use, in words, by its name
	Checks   map[string]string `json:"checks"`    // every check that was asked, with its limit in words

	Counts map[string]int `json:"counts"` // findings by the word of their state
	Cells  map[string]int `json:"cells"`  // cells of the proof matrix by the word of their state

	Systems    []PastSystem   `json:"systems"`  // of the inventory, by id
	Accounts   []PastAccount  `json:"accounts"` // by key
	Services   []PastService  `json:"services"` // in the order of the ranking
	Findings   []PastFinding  `json:"findings"` // by id
	Forecasts  []PastForecast `json:"forecasts"`
	Deliveries []Delivery     `json:"deliveries"` // one a source

	Archive string `json:"-"` // file name of the archive it was read from
	Seal    string `json:"-"` // SHA-256 of the archive's tag manifest
	Draft   bool   `json:"-"` // nobody signed that archive
}

// A PastSystem is a row of an earlier inventory: what drift is measured from.
type PastSystem struct {
	ID         string            `json:"id"`
	Name       string            `json:"name"`
	Row        int               `json:"row"`        // in that month's inventory
	File       string            `json:"file"`       // as received
	Attributes map[string]string `json:"attributes"` // os, version and what else is compared
}

// A PastAccount is an account of an earlier month.
type PastAccount struct {
	Key        string `json:"key"` // as findings name it
	Privileged bool   `json:"privileged"`
	Enabled    bool   `json:"enabled"`
}

// A PastService is the rank and exposure of a service in an earlier packet.
type PastService struct {
	ID            string   `json:"id"`
	Name          string   `json:"name"`
	Rank          int      `json:"rank"`
	Likely        *float64 `json:"likely"`         // exposure in the configured currency; nil: not known
	High          *float64 `json:"high"`           // nil: no bound
	RecoveryHours *float64 `json:"recovery_hours"` // likely, elapsed; nil: no system is known to stop it
	Recovery      string   `json:"recovery"`       // state of its recovery, the word of report.json
}

// A PastFinding is a finding of an earlier packet, by its natural key.
type PastFinding struct {
	ID       string   `json:"id"`
	Check    string   `json:"check"`
	Kind     string   `json:"kind"` // of the subject
	Subject  string   `json:"subject"`
	Name     string   `json:"name"`
	System   string   `json:"system"`
	State    string   `json:"state"` // the word of report.json
	Text     string   `json:"text"`
	Services []string `json:"services"`
}

// A PastForecast is what an earlier packet said of a resource that fills up.
type PastForecast struct {
	System      string    `json:"system"`
	Resource    string    `json:"resource"`
	UsedPercent float64   `json:"used_percent"`
	PerDay      float64   `json:"per_day"`          // in the resource's own unit
	FullOn      time.Time `json:"full_on,omitzero"` // zero: no forecast
	Days        int       `json:"days"`             // from that month's as-of
}

// A Delivery is what one source of an earlier month brought.
type Delivery struct {
	DataSet string `json:"data_set"`
	File    string `json:"file"`
	Rows    int    `json:"rows"`
}

// Last is the newest earlier month; nil when none is known.
func (s *Set) Last() *Month {
	if len(s.Earlier) == 0 {
		return nil
	}
	return &s.Earlier[len(s.Earlier)-1]
}

// MonthName is "May 2026" for "2026-05"; a month in another form stands as it is.
func MonthName(month string) string {
	t, err := time.Parse("2006-01", month)
	if err != nil {
		return month
	}
	return t.Format("January 2006")
}
