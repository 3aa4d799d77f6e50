package assess

import (
	_ "embed"
	"strings"
)

// controlTable says which controls a check is evidence for: one line a check,
// ids only, nothing where no honest counterpart is known.
//
//go:embed controls.tsv
var controlTable string

// controls finds the control ids of a check; none when the table has no line.
func controls(check string) Controls {
	for line := range strings.Lines(controlTable) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if cells[0] != check || len(cells) != 6 {
			continue
		}
		return Controls{
			CSF:     ids(cells[1]),
			SP80053: ids(cells[2]),
			CIS:     ids(cells[3]),
			HIPAA:   ids(cells[4]),
			ISO:     ids(cells[5]),
		}
	}
	return Controls{}
}

func ids(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, ", ")
}

// All lists every id with the framework it is of, in the order of the
// frameworks: "NIST CSF 2.0 PR.DS-11".
func (c Controls) All() []string {
	var out []string
	for _, f := range []struct {
		name string
		ids  []string
	}{
		{"NIST CSF 2.0", c.CSF},
		{"SP 800-53r5", c.SP80053},
		{"CIS v8.1", c.CIS},
		{"45 CFR", c.HIPAA},
		{"ISO/IEC 27001:2022", c.ISO},
	} {
		for _, id := range f.ids {
			out = append(out, f.name+" "+id)
		}
	}
	return out
}
