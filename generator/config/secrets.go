package config

import (
	"fmt"
	"strconv"
)

// A Waiver says that what looks like a secret in a row may be in the export.
// The row is published with the secret masked; why and by are printed.
type Waiver struct {
	File string // name of the export, with or without its folder
	Row  int    // number of the row in the file, the header being 1
	Why  string
	By   string // who says so
	Line int
}

func secretFields(to *[]Waiver) []field {
	shape := schema{"type": "array", "items": objectOf(waiverFields(&Waiver{}, new(*int)))}
	return []field{{"waive", "rows whose secret is known and harmless: file, row, why, by; the secret is masked, and why and by are printed", shape, func(r *reader, e entry) {
		if e.value.shape == isNothing || e.value.shape == isSaid {
			return
		}
		if e.value.shape != isList {
			r.say(e.line, "not-list", `"waive" must be a list of {file, row, why, by}`, "write each as - {file: changes.csv, row: 12, why: ..., by: ...}")
			return
		}
		for _, item := range e.value.items {
			if w, whole := r.waiver(item); whole {
				*to = append(*to, w)
			}
		}
	}}}
}

// waiver reads one entry. All four keys must stand there: a waiver that nobody
// gave, or for no reason, waives nothing.
func (r *reader) waiver(n *node) (Waiver, bool) {
	w := Waiver{Line: n.line}
	var row *int
	before := len(r.problems)
	r.fields(n, `an entry of "waive"`, waiverFields(&w, &row))
	if len(r.problems) > before || n.shape == isSaid {
		return w, false
	}
	if row != nil {
		w.Row = *row
	}
	for _, k := range []struct {
		name    string
		missing bool
	}{{"file", w.File == ""}, {"row", w.Row < 1}, {"why", w.Why == ""}, {"by", w.By == ""}} {
		if k.missing {
			r.say(n.line, "no-value", fmt.Sprintf("an entry of \"waive\" has no %s", strconv.Quote(k.name)), "write file, row, why and by")
			return w, false
		}
	}
	return w, true
}

func waiverFields(w *Waiver, row **int) []field {
	return []field{
		textField("file", "name of the export", &w.File),
		countField("row", "number of the row in the file, the header being 1", row),
		textField("why", "why it may stay in the export", &w.Why),
		textField("by", "who says so", &w.By),
	}
}
