package history

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// Forms of the two files that an archive keeps.
const (
	recordsFormat = "proofpack-records/1"
	historyFormat = "proofpack-history/1"
)

// Names of the two files, in the records of an archive.
const (
	RecordsFile = "records.json"
	HistoryFile = "history.json"
)

// A recordsFile is records.json: what a month leaves for those after it.
type recordsFile struct {
	Format string `json:"format"`
	evidence.Month
}

// A historyFile is history.json: the earlier months a report was built on, so
// that it can be built again from its own archive.
type historyFile struct {
	Format string      `json:"format"`
	Chain  Chain       `json:"chain"`
	Months []keptMonth `json:"months"` // oldest first
}

// A keptMonth is the record of a month with the archive it was read from.
type keptMonth struct {
	Archive string         `json:"archive"`
	Seal    string         `json:"seal_sha256"`
	Draft   bool           `json:"draft"`
	Record  evidence.Month `json:"record"`
}

// Bytes is records.json of a month.
func Bytes(m *evidence.Month) ([]byte, error) {
	return encoded(recordsFile{Format: recordsFormat, Month: whole(m)})
}

// Read reads records.json. It takes only what Bytes writes; the error is a
// *diag.Problem.
func Read(name string, data []byte) (*evidence.Month, error) {
	var f recordsFile
	if err := decoded(data, &f); err != nil {
		return nil, damaged(name, err)
	}
	if f.Format != recordsFormat {
		return nil, damaged(name, fmt.Errorf("it is of the form %q; this program reads %s", f.Format, recordsFormat))
	}
	if err := sane(&f.Month); err != nil {
		return nil, damaged(name, err)
	}
	if again, err := Bytes(&f.Month); err != nil || !bytes.Equal(again, data) {
		return nil, damaged(name, errNotOneForm)
	}
	return &f.Month, nil
}

// Kept is history.json of the months that a report was built on.
func Kept(chain Chain, months []evidence.Month) ([]byte, error) {
	f := historyFile{Format: historyFormat, Chain: chain, Months: []keptMonth{}}
	f.Chain.Gaps, f.Chain.Unused, f.Chain.Notes = filled(chain.Gaps), filled(chain.Unused), filled(chain.Notes)
	for i := range months {
		f.Months = append(f.Months, keptMonth{months[i].Archive, months[i].Seal, months[i].Draft, whole(&months[i])})
	}
	return encoded(f)
}

// ReadKept reads history.json. It takes only what Kept writes; the error is a
// *diag.Problem.
func ReadKept(name string, data []byte) (Chain, []evidence.Month, error) {
	var f historyFile
	if err := decoded(data, &f); err != nil {
		return Chain{}, nil, damaged(name, err)
	}
	if f.Format != historyFormat {
		return Chain{}, nil, damaged(name, fmt.Errorf("it is of the form %q; this program reads %s", f.Format, historyFormat))
	}
	var months []evidence.Month
	for i := range f.Months {
		k := &f.Months[i]
		if err := sane(&k.Record); err != nil {
			return Chain{}, nil, damaged(name, err)
		}
		if i > 0 && f.Months[i-1].Record.Name >= k.Record.Name {
			return Chain{}, nil, damaged(name, fmt.Errorf("%s does not come after %s", k.Record.Name, f.Months[i-1].Record.Name))
		}
		k.Record.Archive, k.Record.Seal, k.Record.Draft = k.Archive, k.Seal, k.Draft
		months = append(months, k.Record)
	}
	if again, err := Kept(f.Chain, months); err != nil || !bytes.Equal(again, data) {
		return Chain{}, nil, damaged(name, errNotOneForm)
	}
	return f.Chain, months, nil
}

var errNotOneForm = fmt.Errorf("it is not in its one form")

// damaged is a file of records that cannot be used.
func damaged(name string, err error) error {
	return diag.At(diag.Pos{File: name}, "bad-records", fmt.Sprintf("the records cannot be used: %v.", err), "take the archive again from whoever keeps it, or build that month again")
}

func encoded(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	return b.Bytes(), nil
}

func decoded(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	return d.Decode(v)
}

// whole is a month whose lists are never null, which would read as "not known".
func whole(m *evidence.Month) evidence.Month {
	w := *m
	w.DataSets, w.Systems, w.Accounts, w.Services = filled(m.DataSets), filled(m.Systems), filled(m.Accounts), filled(m.Services)
	w.Findings, w.Forecasts, w.Deliveries = filled(m.Findings), filled(m.Forecasts), filled(m.Deliveries)
	for i := range w.Findings {
		w.Findings[i].Services = filled(w.Findings[i].Services)
	}
	for i := range w.Systems {
		w.Systems[i].Attributes = mapped(w.Systems[i].Attributes)
	}
	w.Limits, w.Checks, w.Counts, w.Cells = mapped(m.Limits), mapped(m.Checks), mapped(m.Counts), mapped(m.Cells)
	return w
}

// filled is a copy that is never nil.
func filled[T any](list []T) []T { return append([]T{}, list...) }

func mapped[V any](m map[string]V) map[string]V {
	if m == nil {
		return map[string]V{}
	}
	return m
}

var monthName = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])$`)

// sane refuses records that no month leaves.
func sane(m *evidence.Month) error {
	if !monthName.MatchString(m.Name) {
		return fmt.Errorf("%q is not a month", m.Name)
	}
	if m.AsOf.IsZero() {
		return fmt.Errorf("it has no as-of")
	}
	for _, counts := range []map[string]int{m.Counts, m.Cells} {
		for state, n := range counts {
			if badness(state) < 0 || n < 0 {
				return fmt.Errorf("%d times %q is no count of a state", n, state)
			}
		}
	}
	for _, f := range m.Findings {
		if f.ID == "" || f.Check == "" || badness(f.State) < 0 {
			return fmt.Errorf("finding %q of check %q is %q, which is no state", f.ID, f.Check, f.State)
		}
	}
	for _, s := range m.Services {
		if badness(s.Recovery) < 0 {
			return fmt.Errorf("recovery of %s is %q, which is no state", s.ID, s.Recovery)
		}
	}
	return nil
}
