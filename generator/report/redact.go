package report

import (
	"fmt"
	"path"
	"reflect"
	"regexp"
	"strings"
	"time"

	"proofpack/generator/publish"
)

// A redaction takes the values of hidden columns out of a finished report:
// every word of every page, drawing, figure and record of report.json, the
// names of pages and the links to them. Rows of sources are not gone over, for
// they were made by the same policy cell by cell.
type redaction struct {
	policy *publish.Policy
	paths  map[string]string // page as built -> as published
	taken  map[string]bool
	ids    map[string]string // node of a drawing, or anchor
	idsOf  map[string]bool
	seen   map[any]bool // pages and tables that were gone over
}

// redact changes the report in place. Who signs, the company and the program
// stay: they are named by whoever publishes, not by an export.
func (r *Report) redact(policy *publish.Policy) {
	if !policy.Active() {
		return
	}
	w := &redaction{policy: policy, paths: map[string]string{}, taken: map[string]bool{}, ids: map[string]string{}, idsOf: map[string]bool{}, seen: map[any]bool{}}
	for _, p := range r.Pages { // names that stay are not given away
		if policy.File(p.Path) == p.Path {
			w.taken[p.Path] = true
		}
	}
	r.Headline = w.of(r.Headline).(Text)
	for _, pages := range [][]*Page{r.Pages, r.Packet} {
		for _, p := range pages {
			w.of(p)
		}
	}
	r.Workbook = w.of(r.Workbook).([]Worksheet)
	r.Figures = w.of(r.Figures).([]Figure)
	root := record{}
	for key, v := range r.Document.root {
		switch key {
		case "company", "signer", "tool", "format", "month", "build":
			root[key] = v
		default:
			root[key] = w.of(v)
		}
	}
	r.Document.root = root
}

func (w *redaction) of(v any) any {
	if v == nil {
		return nil
	}
	return w.value(reflect.ValueOf(v)).Interface()
}

var timeType = reflect.TypeFor[time.Time]()

// value is a copy of v with every word gone over. What is behind a pointer is
// changed where it is, once.
func (w *redaction) value(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.String:
		if v.Type() != reflect.TypeFor[string]() {
			return v // a word of ours, such as a state
		}
		return reflect.ValueOf(w.policy.Text(v.String()))
	case reflect.Interface:
		if v.IsNil() {
			return v
		}
		out := reflect.New(v.Type()).Elem()
		out.Set(w.value(v.Elem()))
		return out
	case reflect.Pointer:
		if !v.IsNil() && !w.seen[v.Interface()] {
			w.seen[v.Interface()] = true
			v.Elem().Set(w.value(v.Elem()))
		}
		return v
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			out.Index(i).Set(w.value(v.Index(i)))
		}
		return out
	case reflect.Array:
		out := reflect.New(v.Type()).Elem()
		for i := range v.Len() {
			out.Index(i).Set(w.value(v.Index(i)))
		}
		return out
	case reflect.Map:
		if v.IsNil() {
			return v
		}
		out := reflect.MakeMapWithSize(v.Type(), v.Len())
		for it := v.MapRange(); it.Next(); {
			key := it.Key()
			if v.Type() == reflect.TypeFor[namedAmounts]() {
				key = w.value(key)
			}
			out.SetMapIndex(key, w.value(it.Value()))
		}
		return out
	case reflect.Struct:
		return w.fields(v)
	}
	return v
}

// fields is a struct with its words gone over; addresses and ids by their own rules.
func (w *redaction) fields(v reflect.Value) reflect.Value {
	switch t := v.Interface().(type) {
	case Records, WorksheetColumn, Recount:
		return v
	case Worksheet:
		t.Title = w.of(t.Title).(Text)
		if !t.published {
			t.Rows = w.of(t.Rows).([][]Value)
		}
		return reflect.ValueOf(t)
	case Layers:
		edges := make([][2]string, len(t.Edges))
		for i, e := range t.Edges {
			edges[i] = [2]string{w.id(e[0]), w.id(e[1])}
		}
		t.Edges = nil
		out := w.plain(reflect.ValueOf(t))
		out.FieldByName("Edges").Set(reflect.ValueOf(edges))
		return out
	}
	if v.Type() == timeType {
		return v
	}
	return w.plain(v)
}

func (w *redaction) plain(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if !f.IsExported() {
			continue
		}
		switch {
		case f.Type.Kind() != reflect.String:
			out.Field(i).Set(w.value(v.Field(i)))
		case f.Name == "Href", f.Name == "Path", f.Name == "Explore":
			out.Field(i).SetString(w.href(v.Field(i).String()))
		case f.Name == "ID" && v.Type() == reflect.TypeFor[LayerNode]():
			out.Field(i).SetString(w.id(v.Field(i).String()))
		case f.Name == "ID", f.Name == "Figure":
			out.Field(i).SetString(w.anchor(v.Field(i).String()))
		default:
			out.Field(i).Set(w.value(v.Field(i)))
		}
	}
	return out
}

// made are the pages whose names are made of what exports say; the others have
// names of ours, which a login could spell by chance.
var made = regexp.MustCompile(`^(systems|services|data)/`)

// href is where a link leads to, or the path of a page.
func (w *redaction) href(to string) string {
	file, anchor, anchored := strings.Cut(to, "#")
	if made.MatchString(file) {
		file = w.path(file)
	}
	if anchored {
		return file + "#" + w.anchor(anchor)
	}
	return file
}

func (w *redaction) path(file string) string {
	if known, found := w.paths[file]; found {
		return known
	}
	folder, base := path.Split(file)
	to := folder + w.policy.File(base)
	if to != file {
		ext := path.Ext(to)
		stem := strings.TrimSuffix(to, ext)
		for n := 2; w.taken[to]; n++ {
			to = fmt.Sprintf("%s-%d%s", stem, n, ext)
		}
		w.taken[to] = true
	}
	w.paths[file] = to
	return to
}

// ours are anchors that no export names: of figures and of rows.
var ours = regexp.MustCompile(`^(F-|r)[0-9]+$`)

// anchor is an id inside a page.
func (w *redaction) anchor(id string) string {
	if id == "" || ours.MatchString(id) {
		return id
	}
	return w.known("#", id, w.policy.File(id))
}

// id is the id of a node, which joins edges to it.
func (w *redaction) id(id string) string { return w.known("node ", id, w.policy.Text(id)) }

// known keeps two ids apart that would be one.
func (w *redaction) known(kind, id, to string) string {
	if to == id {
		return id
	}
	if before, found := w.ids[kind+id]; found {
		return before
	}
	try := to
	for n := 2; w.idsOf[kind+try]; n++ {
		try = fmt.Sprintf("%s-%d", to, n)
	}
	w.ids[kind+id], w.idsOf[kind+try] = try, true
	return try
}
