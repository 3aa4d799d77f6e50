package source

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// A jsonReader makes rows of JSON values.
//
// An object in an object is flattened with dots (labels.alertname). An array of
// single values is one cell, joined with ";"; any other array is one cell of
// compact JSON text, whatever its length, so that a column never depends on how
// many entries one record happens to have. null, [] and {} are empty. Numbers
// keep the text they are written with.
type jsonReader struct {
	*sink
	dec     *jsontext.Decoder
	columns map[string]int // index by name
	cells   []string
	stamp   []int // the element that last filled a column
	n       int   // elements so far
	counted int   // elements by the independent count
	strange int   // elements that are no objects
	fault   string
}

func newJSONReader(in *input, format string, each RowFunc) *jsonReader {
	return &jsonReader{sink: newSink(in, in.table(format), each), columns: map[string]int{}, dec: jsontext.NewDecoder(bytes.NewReader(nil))}
}

// close holds the rows against an independent count.
func (j *jsonReader) close(counted int) (*Table, error) {
	if err := j.sink.close(counted); err != nil {
		return nil, err
	}
	return j.table, nil
}

// rejectLine rejects the next element, on a physical line (from 0).
func (j *jsonReader) rejectLine(line int, before []byte, reason string) error {
	j.n++
	return j.reject(j.n, linePlace(line, before)+": "+reason)
}

// element makes a row of a value that checkJSON passed.
func (j *jsonReader) element(v jsontext.Value) error {
	j.n++
	if v.Kind() == '"' {
		if inner, ok := jsonInText(v); ok {
			v = inner
		}
	}
	if v.Kind() != '{' {
		j.strange++
		return j.reject(j.n, "the element is not an object")
	}
	if len(v) > maxRecord {
		return j.reject(j.n, "the record is longer than 1 MiB")
	}
	clear(j.cells)
	j.fault = ""
	before := len(j.table.Header)
	filled := j.members(v)
	switch {
	case j.fault != "":
	case filled == 0:
		j.fault = "the element is empty"
	case filled > maxColumns:
		j.fault = "the record has more than 1,024 members"
	}
	if j.fault != "" {
		j.forget(before)
		return j.reject(j.n, j.fault)
	}
	if len(j.table.Header) > maxColumns {
		return j.in.problem(j.n, "too-many-columns", "The records have more than 1,024 different members, as when names are used as keys; nothing of the file was used.",
			"Export the records as an array of objects with the same members.")
	}
	return j.row(j.n, j.cells)
}

// forget takes back the columns that a rejected element brought.
func (j *jsonReader) forget(columns int) {
	for _, name := range j.table.Header[columns:] {
		delete(j.columns, name)
	}
	j.table.Header = j.table.Header[:columns]
	j.cells, j.stamp = j.cells[:columns], j.stamp[:columns]
}

// members fills the cells of one element and says how many. What Elastic
// (_source) and Django (fields) put around a record is taken off: its members
// stand beside those around it, and keep the name of the wrapper only where both
// have one of the same name.
func (j *jsonReader) members(object jsontext.Value) int {
	names := map[string]bool{}
	eachMember(object, func(name string, _ jsontext.Value) { names[name] = true })
	wrapper := ""
	switch {
	case names["_source"] && (names["_id"] || names["_index"]):
		wrapper = "_source"
	case names["model"] && names["fields"] && (len(names) == 2 || len(names) == 3 && names["pk"]):
		wrapper = "fields"
	}
	j.dec.Reset(bytes.NewBuffer(object), jsontext.AllowDuplicateNames(true))
	return j.flatten("", func(name string) string {
		if inner, ok := strings.CutPrefix(name, wrapper+"."); ok && wrapper != "" && !names[inner] {
			return inner
		}
		return name
	})
}

// flatten fills the cells of the object that comes next, under names that begin
// with prefix.
func (j *jsonReader) flatten(prefix string, rename func(string) string) (filled int) {
	if _, err := j.dec.ReadToken(); err != nil {
		j.fault = "the element can't be read"
		return 0
	}
	for j.dec.PeekKind() == '"' && j.fault == "" {
		tok, err := j.dec.ReadToken()
		if err != nil {
			j.fault = "the element can't be read"
			return filled
		}
		name := prefix + tok.String()
		if j.dec.PeekKind() == '{' {
			filled += j.flatten(name+".", rename)
			continue
		}
		value, err := j.dec.ReadValue()
		if err != nil {
			j.fault = "the element can't be read"
			return filled
		}
		j.cell(rename(name), value)
		filled++
	}
	if _, err := j.dec.ReadToken(); err != nil && j.fault == "" {
		j.fault = "the element can't be read"
	}
	return filled
}

// cell fills one cell.
func (j *jsonReader) cell(name string, value jsontext.Value) {
	text := cellText(value)
	if tooLong(text) {
		j.fault = fmt.Sprintf("the cell %q is longer than 32,767 characters", name)
		return
	}
	at, known := j.columns[name]
	if !known {
		at = len(j.table.Header)
		j.columns[name] = at
		j.table.Header = append(j.table.Header, name)
		j.cells = append(j.cells, "")
		j.stamp = append(j.stamp, 0)
	}
	if j.stamp[at] == j.n {
		j.fault = fmt.Sprintf("two members come to the same name %q", name)
		return
	}
	j.cells[at], j.stamp[at] = text, j.n
}

// cellText is the text of a value that is no object.
func cellText(v jsontext.Value) string {
	switch v.Kind() {
	case 'n':
		return ""
	case '"':
		return unquote(v)
	case '[':
		return arrayText(v)
	}
	return string(v)
}

// arrayText joins single values with ";" and keeps anything else as JSON.
func arrayText(array jsontext.Value) string {
	var b []byte
	plain, n := true, 0
	_ = eachElement(array, func(e jsontext.Value) error {
		if k := e.Kind(); k == '{' || k == '[' {
			plain = false
			return nil
		}
		if n++; n > 1 {
			b = append(b, ';')
		}
		b = append(b, cellText(e)...)
		return nil
	})
	if plain {
		return string(b)
	}
	whole := slices.Clone(array)
	if err := whole.Compact(jsontext.AllowDuplicateNames(true)); err != nil {
		return string(bytes.TrimSpace(array))
	}
	return string(whole)
}

// unquote is the text of a JSON string that checkJSON passed.
func unquote(v jsontext.Value) string {
	b, err := jsontext.AppendUnquote(nil, v)
	if err != nil {
		return string(v)
	}
	return string(b)
}

// jsonInText is the object or array that a JSON string is the text of.
func jsonInText(v jsontext.Value) (jsontext.Value, bool) {
	inner := bytes.Trim([]byte(unquote(v)), jsonSpace)
	if len(inner) == 0 || inner[0] != '{' && inner[0] != '[' {
		return nil, false
	}
	values, f := checkJSON(inner)
	if f != nil || len(values) != 1 {
		return nil, false
	}
	return values[0], true
}
