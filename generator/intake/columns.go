package intake

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

// A Kind says what the cells of a column hold.
type Kind string

// The kinds of columns.
const (
	KindKey      Kind = "key"      // identifies the row; a row without it is rejected
	KindText     Kind = "text"     // as written
	KindPerson   Kind = "person"   // a name of a person
	KindSystem   Kind = "system"   // a name of a system
	KindSystems  Kind = "systems"  // names of systems, separated by ";" "," or "|"
	KindService  Kind = "service"  // id or name of a service
	KindServices Kind = "services" // ids or names of services, separated
	KindEnd      Kind = "end"      // a service or a system
	KindDate     Kind = "date"     // a day or an instant
	KindNumber   Kind = "number"
	KindHours    Kind = "hours"   // hours, or a value with its unit
	KindMinutes  Kind = "minutes" // minutes, or a value with its unit, or hh:mm:ss
	KindMoney    Kind = "money"   // in the configured currency
	KindSize     Kind = "size"    // an amount of storage, unit in the heading or the value
	KindPercent  Kind = "percent" // 0 to 100
	KindAnswer   Kind = "answer"  // yes, no, or blank
	KindResult   Kind = "result"  // how a run ended
	KindScope    Kind = "scope"   // how much a restore brought back
	KindStops    Kind = "stops"   // what a service stops
	KindSeverity Kind = "severity"
	KindLevel    Kind = "level"      // how bad a finding is, on a scale of the tool's
	KindJob      Kind = "jobkind"    // what a job does
	KindEdge     Kind = "edge"       // how one thing needs another
	KindCadence  Kind = "cadence"    // how often
	KindChange   Kind = "changetype" // standard, normal, emergency
	KindList     Kind = "list"       // several values, separated
	KindDays     Kind = "days"       // days, or a value with its unit
	KindCopy     Kind = "copy"       // what keeps a copy out of reach
	KindParts    Kind = "parts"      // named amounts: name=amount; name=amount
)

// A Column is one canonical column of a data set.
type Column struct {
	Name     string   // canonical name, snake_case
	Kind     Kind     // what its cells hold
	Required []string // "yes": must be there; other words: one column of each group must; nil: optional
	Meaning  string   // one phrase, for templates and help
	Words    []string // words a template offers; nil when the cell is free
	Aliases  []string // headings of real exports, the best first; the canonical name is the best of all
	keys     []string // canonical name and aliases as heading keys
}

// Unit is the unit of the column's values as its name says: "h", "min", "" for
// none.
func (c *Column) Unit() string {
	switch c.Kind {
	case KindHours:
		return "h"
	case KindMinutes:
		return "min"
	case KindPercent:
		return "%"
	case KindDays:
		return "days"
	default:
		return parseHeading(c.Name).unit
	}
}

//go:embed columns.tsv
var columnsTSV string

// columnTable is columns.tsv: data set -> its columns in order.
var columnTable = mustColumns(columnsTSV)

// mustColumns reads columns.tsv, which a test holds to be good.
func mustColumns(text string) map[string][]Column {
	table, err := parseColumns(text)
	if err != nil {
		panic("intake: " + err.Error())
	}
	return table
}

func parseColumns(text string) (map[string][]Column, error) {
	table := map[string][]Column{}
	for n, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		if n == 0 {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 7 {
			return nil, fmt.Errorf("columns.tsv line %d has %d cells, want 7", n+1, len(f))
		}
		c := Column{Name: f[1], Kind: Kind(f[2]), Meaning: f[4]}
		if f[3] != "" {
			c.Required = strings.Split(f[3], ",")
		}
		c.Words = splitWords(f[5])
		c.Aliases = splitWords(f[6])
		for _, written := range append([]string{c.Name}, c.Aliases...) {
			if k := parseHeading(written).key; !slices.Contains(c.keys, k) {
				c.keys = append(c.keys, k)
			}
		}
		table[f[0]] = append(table[f[0]], c)
	}
	return table, nil
}

func splitWords(s string) []string {
	var words []string
	for w := range strings.SplitSeq(s, ";") {
		if w = strings.TrimSpace(w); w != "" {
			words = append(words, w)
		}
	}
	return words
}
