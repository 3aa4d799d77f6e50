package report_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestTheSchemaExplainsEveryField wants words for every member, closed objects,
// and every member required but the two that the contract leaves out at times.
func TestTheSchemaExplainsEveryField(t *testing.T) {
	optional := map[string]bool{"/findings/exception": true, "/findings/drift": true}
	words := map[string]bool{}
	walk(t, func(path string, s map[string]any) {
		if _, said := s["description"].(string); said {
			words[path] = true
		}
		members, ok := s["properties"].(map[string]any)
		if !ok {
			return
		}
		if s["additionalProperties"] != false {
			t.Errorf("%s takes members that are not described", path)
		}
		required := fmt.Sprint(s["required"])
		for k := range members {
			if optional[path+"/"+k] == strings.Contains(" "+strings.Trim(required, "[]")+" ", " "+k+" ") {
				t.Errorf("%s/%s: required or not, against the contract", path, k)
			}
		}
	})
	for _, path := range described(t) {
		if !words[path] {
			t.Errorf("%s is not explained", path)
		}
	}
}

// TestTheSchemaSeesAChange takes one report and changes each member of it in
// turn: left out, of another kind, and beside one that nobody described. The
// schema must refuse each.
func TestTheSchemaSeesAChange(t *testing.T) {
	schema := compiled(t)
	doc, ok := shortened("", reportJSON(t, months[len(months)-1].folder(t))).(map[string]any)
	if !ok {
		t.Fatal("the report is no object")
	}
	if err := schema.Validate(doc); err != nil {
		t.Fatal(err)
	}
	refused := func(path, how string, change map[string]any, key string, value any) {
		before, was := change[key]
		if value == nil {
			delete(change, key)
		} else {
			change[key] = value
		}
		if schema.Validate(doc) == nil {
			t.Errorf("%s %s, and the schema does not see it", path, how)
		}
		if delete(change, key); was {
			change[key] = before
		}
	}
	// Maps from names of the exports, and what may be left out.
	named := map[string]bool{"/sources/columns": true, "/unknown_systems/data_sets": true}
	optional := map[string]bool{"/findings/drift": true}
	seen := 0
	var each func(at string, v any)
	each = func(at string, v any) {
		switch v := v.(type) {
		case []any:
			for _, member := range v {
				each(at, member)
			}
		case map[string]any:
			for _, k := range slices.Sorted(maps.Keys(v)) {
				if seen++; !named[at] && !optional[at+"/"+k] {
					refused(at+"/"+k, "is left out", v, k, nil)
				}
				refused(at+"/"+k, "is of another kind", v, k, map[string]any{"neither": []any{true}})
				each(at+"/"+k, v[k])
			}
			if !named[at] {
				refused(at+"/surprise", "is there", v, "surprise", "!")
			}
		}
	}
	each("", doc)
	if seen < 200 {
		t.Errorf("only %d members were changed", seen)
	}
	for _, c := range []struct {
		fact string
		in   []string
		key  string
		v    any
	}{
		{"a day that does not exist", nil, "as_of", "2026-02-30"},
		{"another form", nil, "format", "proofpack-report/2"},
		{"a count below nothing", []string{"counts"}, "proven", -1},
		{"a state that is no state", []string{"services", "disciplines"}, "access", "green"},
		{"a proof without a row", []string{"findings"}, "state", "proven"},
		{"an exception without its raw result", []string{"findings"}, "state", "excepted"},
		{"a figure without an address", []string{"figures"}, "id", "147"},
		{"a hash cut short", []string{"sources"}, "sha256", "21460b29"},
		{"an amount in words", []string{"services", "loss"}, "amount", "about 13,400"},
	} {
		refused(c.fact, "stands in a report", member(t, doc, c.in), c.key, c.v)
	}
}

// shortened keeps what is first in each list, so that a document stays small; of
// the questions there are eight always. Of findings and causes it keeps one that
// rests on no row.
func shortened(at string, v any) any {
	switch v := v.(type) {
	case []any:
		out := []any{}
		for _, m := range v {
			if f, isFinding := m.(map[string]any); at == "/findings" && isFinding && (f["state"] != "missing" || len(f["sources"].([]any)) > 0) {
				continue
			}
			if out = append(out, shortened(at, m)); at != "/questions" && !strings.HasSuffix(at, "/p") && !strings.HasSuffix(at, "/loss") {
				break
			}
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for k, m := range v {
			out[k] = shortened(at+"/"+k, m)
		}
		return out
	}
	return v
}

// member is an object of a document, by names; the first of a list.
func member(t *testing.T, doc map[string]any, path []string) map[string]any {
	t.Helper()
	for _, k := range path {
		next := doc[k]
		if list, ok := next.([]any); ok && len(list) > 0 {
			next = list[0]
		}
		m, ok := next.(map[string]any)
		if !ok {
			t.Fatalf("the report has no %v", path)
		}
		doc = m
	}
	return doc
}
