package config

import (
	"fmt"
	"slices"
	"strings"

	"proofpack/generator/diag"
)

// DataSets names what an export's rows can be, in the order of the
// documentation; evidence and intake use the same names.
var DataSets = []string{
	"services", "inventory", "dependencies", "patches", "patch status", "kev", "epss", "accounts", "sign-ins",
	"access aggregate", "access reviews", "leavers", "changes", "restores", "jobs", "alerts",
	"capacity", "credentials", "exceptions", "tasks", "recovery plan", "incidents", "vendors",
	"decisions", "acknowledgements", "people", "tickets", "sessions",
}

// dataSet is the data set a word names; "-", "_" and space are one, and so are
// capitals and small letters.
func dataSet(word string) (string, bool) {
	plain := strings.NewReplacer("-", " ", "_", " ")
	for _, d := range DataSets {
		if strings.EqualFold(plain.Replace(d), plain.Replace(word)) {
			return d, true
		}
	}
	return "", false
}

func dataSetField(name, means string, to *string) field {
	return field{name, means, schema{"enum": dataSetKeys()}, func(r *reader, e entry) {
		w, ok := r.words(e)
		if !ok {
			return
		}
		if *to, ok = dataSet(w); !ok {
			r.unknownDataSet(w, e.value.line)
		}
	}}
}

func (r *reader) unknownDataSet(w string, line int) {
	message := fmt.Sprintf("%q is no data set", w)
	if near := diag.Nearest(w, DataSets); near != "" {
		r.say(line, "unknown-data-set", fmt.Sprintf("%s. Did you mean %q?", message, near), "")
		return
	}
	r.say(line, "unknown-data-set", message, "write one of: "+strings.Join(DataSets, ", "))
}

// dataSetKeys are the names as the schema offers them, with hyphens or spaces.
func dataSetKeys() []string {
	var keys []string
	for _, d := range DataSets {
		keys = append(keys, d)
		if hyphened := strings.ReplaceAll(d, " ", "-"); hyphened != d {
			keys = append(keys, hyphened)
		}
	}
	return slices.Clip(keys)
}
