package seal

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// recordFormat names the form of seal.json.
const recordFormat = "proofpack-seal/1"

// A Record is seal.json: what an auditor asks of evidence that an entity
// produced itself (AICPA AT-C 205.36): from where, by whom, with which query,
// how many rows, by which rules and by which program. Times are RFC 3339 with
// the zone of the configuration.
type Record struct {
	Format       string         `json:"format"`               // set by Publish
	Draft        bool           `json:"draft,omitempty"`      // set by Publish: nobody signed it
	Org          string         `json:"org"`                  // company
	Period       Period         `json:"period"`               // what the packet reports on
	AsOf         string         `json:"as_of"`                // "now" of the packet
	Tool         Tool           `json:"tool"`                 // the program that made it
	Command      string         `json:"command"`              // how it was called
	ConfigSHA256 string         `json:"config_sha256"`        // of proofpack.yml
	RulesSHA256  string         `json:"rules_sha256"`         // of every limit in use
	ThemeSHA256  string         `json:"theme_sha256"`         // of templates and theme
	First        bool           `json:"first,omitempty"`      // no earlier month
	Previous     *Previous      `json:"previous,omitempty"`   // the month this one follows; nil when First or when it is unknown
	Gaps         []string       `json:"gaps"`                 // months between that are missing, and known to be
	Revision     int            `json:"revision"`             // 1, or more for a corrected month; set by Publish
	Supersedes   string         `json:"supersedes,omitempty"` // name of the revision before; set by Publish
	Sources      []SourceRecord `json:"sources"`              // what was read
	Outputs      []Output       `json:"outputs"`              // what was published, without seal/; set by Publish
	Redaction    Redaction      `json:"redaction"`            // what readers don't see
	Operator     Operator       `json:"operator"`             // who ran the program
	Limits       []string       `json:"limits"`               // what the packet can't prove; Publish adds what none can
}

// A Period is a span of days, both included.
type Period struct {
	From string `json:"from"` // 2026-05-01
	To   string `json:"to"`
	TZ   string `json:"tz"` // IANA name of the zone of these days
}

// A Tool is the program that made a packet.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Commit  string `json:"commit"`
	Go      string `json:"go"`
}

// A Previous is the archive that this one follows.
type Previous struct {
	Period     string `json:"period"`      // 2026-04
	SealSHA256 string `json:"seal_sha256"` // of its tag manifest
	File       string `json:"file"`        // name of its archive
}

// An Output is one published file.
type Output struct {
	Path   string `json:"path"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// A Redaction says how columns were withheld from readers.
type Redaction struct {
	Policy string `json:"policy"`
	KeyID  string `json:"key_id,omitempty"` // names the key of pseudonyms, never the key
}

// An Operator is the person who ran the program, by their own word.
type Operator struct {
	DeclaredName string `json:"declared_name"`
}

// A SourceRecord is one source as it was read. Several may share a file.
type SourceRecord struct {
	Logical        string            `json:"logical"`          // name of the source in the configuration
	Path           string            `json:"path"`             // in data/sources/
	NameAsReceived string            `json:"name_as_received"` // file name that it came with
	Bytes          int64             `json:"bytes"`
	SHA256         string            `json:"sha256"`
	Archived       bool              `json:"archived"` // the file is in the archive; set by Publish, false for digest only
	Media          string            `json:"media"`    // text/csv and the like
	Encoding       string            `json:"encoding"`
	Sheet          string            `json:"sheet,omitempty"`
	HeaderRow      int               `json:"header_row"`
	System         string            `json:"system"` // the tool that it was exported from
	ExtractedBy    string            `json:"extracted_by"`
	ExtractedAt    string            `json:"extracted_at"`
	QueryOrFilter  string            `json:"query_or_filter"`
	Environment    string            `json:"environment"`
	RowsRead       int64             `json:"rows_read"` // used + rejected + duplicate + set aside
	RowsUsed       int64             `json:"rows_used"`
	RowsRejected   int64             `json:"rows_rejected"`
	RowsDuplicate  int64             `json:"rows_duplicate"`
	RowsSetAside   int64             `json:"rows_set_aside"`
	RowsExpected   *int64            `json:"rows_expected"` // as the source system counts; nil: completeness not attested
	KeyColumn      string            `json:"key_column"`
	DistinctKeys   int64             `json:"distinct_keys"`
	MinDate        string            `json:"min_date"`
	MaxDate        string            `json:"max_date"`
	ColumnTotals   map[string]string `json:"column_totals"` // decimal numbers as text
	MaskedColumns  []string          `json:"masked_columns"`
}

// standingLimits are what no packet can prove.
func standingLimits() []string {
	return []string{
		"No program can show that an export is the whole population; compare rows_expected with a count from the source system itself.",
		"Whoever holds the signing key can write the whole chain of months again; compare it with the copy on paper and with other signatures.",
	}
}

// bytes is the record as it is written.
func (r *Record) bytes() ([]byte, error) {
	w := *r
	// An empty list is written as one: null would read as "not known".
	w.Gaps, w.Limits = filled(r.Gaps), filled(r.Limits)
	w.Sources, w.Outputs = filled(r.Sources), filled(r.Outputs)
	for i := range w.Sources {
		if w.Sources[i].ColumnTotals == nil {
			w.Sources[i].ColumnTotals = map[string]string{}
		}
		w.Sources[i].MaskedColumns = filled(w.Sources[i].MaskedColumns)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(&w); err != nil {
		return nil, fmt.Errorf("seal: seal.json: %w", err)
	}
	return b.Bytes(), nil
}

// filled is a copy that is never nil.
func filled[T any](list []T) []T { return append([]T{}, list...) }

// parseRecord reads seal.json. It accepts only what bytes writes.
func parseRecord(text []byte) (*Record, error) {
	var r Record
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		return nil, err
	}
	if r.Format != recordFormat {
		return nil, fmt.Errorf("it is of the form %q; this program reads %s", r.Format, recordFormat)
	}
	again, err := r.bytes()
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(again, text) {
		return nil, fmt.Errorf("it is not in its one form")
	}
	return &r, nil
}
