package config

import (
	"fmt"
	"slices"
	"strings"
)

// A Treatment is what becomes of a column's cells on pages. Raw exports stand in
// the archive only.
type Treatment string

// The treatments of a column.
const (
	Show      Treatment = "show"      // as they are
	Mask      Treatment = "mask"      // the first character, and dots that tell short from long
	Pseudonym Treatment = "pseudonym" // a stable name that only the key's holder can resolve
	Drop      Treatment = "drop"      // the column is left out
)

var treatments = []string{string(Show), string(Mask), string(Pseudonym), string(Drop)}

// Published is what becomes of one column of a data set on pages.
type Published struct {
	DataSet   string // one of DataSets
	Column    string // canonical column, or a heading of the export that no column claims
	Treatment Treatment
	Line      int
}

// Treatment is what the configuration says of a column; false when it is silent.
func (c *Config) Treatment(dataSet, column string) (Treatment, bool) {
	for _, p := range c.Publish {
		if p.DataSet == dataSet && strings.EqualFold(p.Column, column) {
			return p.Treatment, true
		}
	}
	return "", false
}

func publishField(to *[]Published) field {
	columns := schema{"type": "object", "additionalProperties": schema{"enum": treatments}}
	properties := schema{}
	for _, d := range dataSetKeys() {
		properties[d] = columns
	}
	shape := schema{"type": "object", "properties": properties, "additionalProperties": false}
	return field{"publish", "data set: {column: show, mask, pseudonym or drop}; columns nobody knows are left out unless shown here", shape, func(r *reader, e entry) {
		for _, set := range r.keys(e.value, `"publish"`) {
			name, ok := dataSet(set.key)
			if !ok {
				r.unknownDataSet(set.key, set.line)
			}
			for _, column := range r.keys(set.value, fmt.Sprintf("%q", set.key)) {
				if t, good := r.choice(column, treatments); good && ok {
					*to = append(*to, Published{name, column.key, Treatment(t), column.line})
				}
			}
		}
	}}
}

func aliasesField(to *[]Alias) field {
	shape := schema{"type": "object", "additionalProperties": schema{"type": "array", "items": schema{"type": "string"}}}
	return field{"aliases", "system of the inventory: [other names that exports use for it]", shape, func(r *reader, e entry) {
		owner := map[string]string{}
		for _, k := range r.keys(e.value, `"aliases"`) {
			names := slices.DeleteFunc(r.list(k), func(n string) bool {
				other, taken := owner[strings.ToLower(n)]
				if taken && other != k.key {
					r.say(k.line, "two-systems", fmt.Sprintf("%q is a name of both %s and %s", n, other, k.key), "leave it with one of them")
				}
				owner[strings.ToLower(n)] = k.key
				return taken
			})
			if len(names) > 0 {
				*to = append(*to, Alias{k.key, names, k.line})
			}
		}
	}}
}
