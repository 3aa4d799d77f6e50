package config

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Schema is the JSON Schema of proofpack.yml, written from the same tables as
// it is read by; the same bytes every time.
func Schema() []byte {
	s := objectOf(topFields(&Config{}))
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = "proofpack.yml"
	s["description"] = "How to read exports, how to judge them, how to publish. Facts are rows of exports, never here."
	s["required"] = []string{"company"}
	return indented(s)
}

// IntakeSchema is the JSON Schema of the intake record beside an export.
func IntakeSchema() []byte {
	s := objectOf(intakeFields(&Intake{}))
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = "intake record of one export"
	return indented(s)
}

func indented(s schema) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if e.Encode(s) != nil { // strings, lists and maps only: it cannot fail
		return nil
	}
	return b.Bytes()
}

// schema is the row's part of the JSON Schema.
func (row *limitRow) schema() schema {
	s := row.unit.schema()
	if _, isRange := row.field(&Policy{}).(*Range); isRange {
		s = schema{"type": "array", "items": s, "minItems": 3, "maxItems": 3}
	}
	words := strings.Fields(row.def)
	switch {
	case len(words) > 1:
		s["default"] = json.RawMessage("[" + strings.Join(words, ",") + "]")
	case row.def != "" && (row.unit.kind == kindCount || row.unit.kind == kindFigure):
		s["default"] = json.RawMessage(row.def)
	case row.def != "":
		s["default"] = row.def
	}
	return s
}

func (u unit) schema() schema {
	switch u.kind {
	case kindSpan:
		if u.optional() {
			return schema{"type": "string", "pattern": "^(none|[0-9]+[mhdwy])$"}
		}
		return schema{"type": "string", "pattern": "^[0-9]+[mhdwy]$"}
	case kindCount:
		return schema{"type": "integer", "minimum": u.least, "maximum": u.most}
	case kindClock:
		return schema{"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"}
	case kindFigure:
	}
	s := schema{"type": "number", "minimum": u.least}
	if u == percent {
		s = schema{"type": []string{"number", "string"}, "minimum": u.least, "pattern": "^[0-9.]+ ?%$"}
	}
	if u.most > 0 {
		s["maximum"] = u.most
	}
	return s
}

// groupSchema is the schema of a group of limits; where it has a default, one
// value alone is read as that.
func groupSchema(members []field) schema {
	object := objectOf(members)
	for _, m := range members {
		if m.name == "default" {
			return schema{"anyOf": []schema{m.shape, object}}
		}
	}
	return object
}
