package config

import (
	"fmt"
	"maps"
	"strconv"
)

// A field is one key: what it means, how it is read, and its part of the JSON
// Schema, so that the three cannot part.
type field struct {
	name  string
	means string // a phrase, for the schema and the starter configuration
	shape schema
	read  func(r *reader, e entry)
}

// schema is a piece of a JSON Schema.
type schema map[string]any

func textField(name, means string, to *string) field {
	return field{name, means, schema{"type": "string"}, func(r *reader, e entry) {
		if w, ok := r.words(e); ok {
			*to = w
		}
	}}
}

func choiceField[T ~string](name, means string, to *T, known []string) field {
	return field{name, means, schema{"enum": known}, func(r *reader, e entry) {
		if w, ok := r.choice(e, known); ok {
			*to = T(w)
		}
	}}
}

func listField(name, means string, to *[]string) field {
	return field{name, means, schema{"type": "array", "items": schema{"type": "string"}}, func(r *reader, e entry) {
		*to = r.list(e)
	}}
}

func boolField(name, means string, to *bool) field {
	return field{name, means, schema{"type": "boolean"}, func(r *reader, e entry) {
		w, ok := r.words(e)
		switch {
		case !ok:
		case w == "true" || w == "yes":
			*to = true
		case w == "false" || w == "no":
			*to = false
		default:
			r.say(e.value.line, "bad-value", fmt.Sprintf("%q is neither true nor false", w), "write true or false")
		}
	}}
}

// countField is a number of rows; nil while nobody wrote one.
func countField(name, means string, to **int) field {
	return field{name, means, schema{"type": "integer", "minimum": 0}, func(r *reader, e entry) {
		w, ok := r.words(e)
		if !ok {
			return
		}
		n, err := strconv.Atoi(w)
		if err != nil || n < 0 {
			r.say(e.value.line, "bad-value", fmt.Sprintf("%q is not a whole number", w), "write digits only, such as 1204")
			return
		}
		*to = &n
	}}
}

// keysField holds keys of its own.
func keysField(name, means string, fields []field) field {
	return field{name, means, objectOf(fields), func(r *reader, e entry) {
		r.fields(e.value, strconv.Quote(name), fields)
	}}
}

// A Pair is one key with one value that the user named, and where it stands.
type Pair struct {
	Name  string // a canonical column
	Value string
	Line  int
}

// pairsField holds keys of the user's, each with one value.
func pairsField(name, means string, to *[]Pair) field {
	return field{name, means, schema{"type": "object", "additionalProperties": schema{"type": []string{"string", "number", "boolean"}}}, func(r *reader, e entry) {
		*to = r.pairs(e)
	}}
}

func (r *reader) pairs(e entry) []Pair {
	var pairs []Pair
	for _, k := range r.keys(e.value, strconv.Quote(e.key)) {
		if w, ok := r.words(k); ok {
			pairs = append(pairs, Pair{k.key, w, k.line})
		}
	}
	return pairs
}

// objectOf is the schema of keys that are all known.
func objectOf(fields []field) schema {
	properties := schema{}
	for _, f := range fields {
		p := maps.Clone(f.shape)
		p["description"] = f.means
		properties[f.name] = p
	}
	return schema{"type": "object", "properties": properties, "additionalProperties": false}
}

// namesOf lists the names of fields.
func namesOf(fields []field) []string {
	var names []string
	for _, f := range fields {
		names = append(names, f.name)
	}
	return names
}
