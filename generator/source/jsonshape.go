package source

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"proofpack/generator/diag"
)

// wrappers are the members under which tools put the array of records, even
// when there is none: Microsoft Graph, Elastic and Wazuh, Okta hooks, Django REST
// and NetBox.
var wrappers = [...]string{"value", "hits.hits", "data.events", "results"}

// commonNames are members that hold the records in many tools (Azure logs,
// Alertmanager hooks, borg), and something else in others.
var commonNames = [...]string{"data", "records", "items", "alerts", "archives"}

// maxSearch is how many objects deep the array of records is looked for.
const maxSearch = 4

// A found array is one that may hold the rows of a document.
type found struct {
	path    string
	depth   int
	array   jsontext.Value
	objects int // how many of its elements are objects
	size    int
}

// document finds the rows of a document:
//
//   - an array is the rows;
//   - of an object, the array of objects (or the empty array) under one of the
//     wrappers is; without one, that under one of the common names, or else the
//     longest that is reached through objects alone, the first and shallowest of
//     equals;
//   - an object without any is one row, unless it is a list of nothing: an empty
//     array under a common name, or as the only array beside objects and
//     numbers;
//   - a text that holds one of these is read as that.
func (j *jsonReader) document(v jsontext.Value, unwrapped int) error {
	switch v.Kind() {
	case '[':
		return j.rows(v)
	case '{':
		return j.object(v)
	case '"':
		inner, ok := jsonInText(v)
		if !ok || unwrapped > 0 {
			break
		}
		j.note("unwrapped JSON text from a string")
		return j.document(inner, unwrapped+1)
	}
	return j.in.problem(0, "not-a-table", "The JSON holds neither an array nor an object: there are no rows in it.", "Export the records as an array of objects.")
}

// rows reads the elements of an array.
func (j *jsonReader) rows(array jsontext.Value) error {
	j.counted = countJSON(array, 1)
	if err := eachElement(array, j.element); err != nil {
		return err
	}
	if j.sink.rows == 0 && j.strange > 0 && j.strange == len(j.table.Rejected) {
		return j.in.problem(0, "not-a-table", "No element of the array is an object: there are no columns in it.", "Export the records as an array of objects.")
	}
	return nil
}

func (j *jsonReader) object(v jsontext.Value) error {
	var arrays []found
	findArrays(v, "", 1, &arrays)
	chosen := chooseArray(arrays)
	if chosen < 0 {
		if at := listOfNothing(v, arrays); at >= 0 {
			chosen = at
		} else {
			j.note("one object, read as one row")
			j.counted = 1
			return j.element(v)
		}
	}
	c := arrays[chosen]
	said := "unwrapped from " + c.path
	if beside := besides(v, c.path); len(beside) > 0 {
		said += "; not read beside it: " + strings.Join(beside, ", ")
	}
	j.note("%s", said)
	for i, a := range arrays {
		if i != chosen && a.isTable() {
			j.problem(j.in.problem(0, "more-arrays", fmt.Sprintf("The file also holds %d objects under %s, which were not read.", a.size, a.path),
				"Give them as a file of their own if they are needed."))
		}
	}
	if err := j.rows(c.array); err != nil {
		return err
	}
	j.declared(v, c)
	return nil
}

// isTable says that most elements are objects.
func (f found) isTable() bool { return f.size > 0 && f.objects*2 > f.size }

// findArrays lists the arrays that are reached through objects.
func findArrays(object jsontext.Value, prefix string, depth int, list *[]found) {
	eachMember(object, func(name string, value jsontext.Value) {
		switch value.Kind() {
		case '{':
			if depth == maxSearch {
				return
			}
			findArrays(value, prefix+name+".", depth+1, list)
		case '[':
			f := found{path: prefix + name, depth: depth, array: value}
			_ = eachElement(f.array, func(e jsontext.Value) error {
				f.size++
				if e.Kind() == '{' {
					f.objects++
				}
				return nil
			})
			*list = append(*list, f)
		}
	})
}

// chooseArray is the index of the array that holds the rows, or -1.
func chooseArray(arrays []found) int {
	under := func(paths []string, empty bool) int {
		for _, path := range paths {
			for i, a := range arrays {
				if a.path == path && (a.isTable() || empty && a.size == 0) {
					return i
				}
			}
		}
		return -1
	}
	if at := under(wrappers[:], true); at >= 0 {
		return at
	}
	if at := under(commonNames[:], false); at >= 0 {
		return at
	}
	best := -1
	for i, a := range arrays {
		if a.isTable() && (best < 0 || a.size > arrays[best].size || a.size == arrays[best].size && a.depth < arrays[best].depth) {
			best = i
		}
	}
	if best < 0 {
		return under(commonNames[:], true)
	}
	return best
}

// listOfNothing is the index of the one array of an object that is a list
// without entries, or -1.
func listOfNothing(object jsontext.Value, arrays []found) int {
	at := -1
	for i, a := range arrays {
		if a.depth > 1 {
			continue
		}
		if at >= 0 || a.size > 0 {
			return -1
		}
		at = i
	}
	eachMember(object, func(_ string, value jsontext.Value) {
		if value.Kind() == '"' {
			at = -1
		}
	})
	return at
}

// besides are the members of a document's object that its rows do not come from.
func besides(object jsontext.Value, path string) []string {
	first, _, _ := strings.Cut(path, ".")
	var names []string
	eachMember(object, func(name string, _ jsontext.Value) {
		if name != first {
			names = append(names, name)
		}
	})
	return names
}

// declared compares what the export says of its own length with what it holds:
// a page of a longer answer is no export.
func (j *jsonReader) declared(v jsontext.Value, c found) {
	var total jsontext.Value
	next := ""
	eachMember(v, func(name string, value jsontext.Value) {
		switch {
		case name == "@odata.count" && c.path == "value", name == "count" && c.path == "results":
			total = value
		case name == "hits" && c.path == "hits.hits":
			eachMember(value, func(name string, value jsontext.Value) {
				if name == "total" {
					total = value
				}
			})
		case value.Kind() == '"' && len(value) > 2 && (name == "@odata.nextLink" && c.path == "value" || name == "next" && c.path == "results"):
			next = name
		}
	})
	if total.Kind() == '{' {
		eachMember(total, func(name string, value jsontext.Value) {
			if name == "value" {
				total = value
			}
		})
	}
	if n, err := strconv.Atoi(string(total)); err == nil && n > 0 {
		j.table.Declared = n
	}
	const fix = "Export all pages, and declare `rows-expected` for this source."
	pos := diag.Pos{File: j.in.file}
	switch {
	case j.table.Declared > j.counted:
		j.problem(diag.At(pos, "partial-export", fmt.Sprintf("The file says that there are %d records and holds %d.", j.table.Declared, j.counted), fix))
	case next != "":
		j.problem(diag.At(pos, "partial-export", fmt.Sprintf("The file is one page of a longer answer: it names a next one (%s).", next), fix))
	}
}
