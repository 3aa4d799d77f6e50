package intake

import (
	"maps"
	"slices"
	"strings"

	"proofpack/generator/source"
)

// A dump is a NetBox database written as one list of records of every kind,
// which refer to one another by number. Its systems are read with the names
// that the numbers stand for.
type dump struct {
	view   *source.Table    // the records that are systems, and the columns they fill
	rows   map[int][]string // by row: cells with names for numbers
	others map[int]string   // by row: why it is no system
}

// dumpSystems are the kinds of records that are systems.
var dumpSystems = map[string]bool{"dcim.device": true, "virtualization.virtualmachine": true}

// dumpNames are the kinds of records that systems refer to, and the column
// that names them.
var dumpNames = map[string]string{
	"dcim.devicerole": "name", "dcim.platform": "name", "ipam.ipaddress": "address", "tenancy.tenant": "name", "dcim.manufacturer": "name",
}

// dumpReferences are the columns of systems that hold numbers, and the kind of
// record they mean.
var dumpReferences = map[string]string{
	"devicerole": "dcim.devicerole", "role": "dcim.devicerole", "platform": "dcim.platform", "primaryip4": "ipam.ipaddress", "primaryip6": "ipam.ipaddress", "tenant": "tenancy.tenant",
}

// openDump opens a dump; nil when the table is none.
func openDump(t *source.Table) *dump {
	model, pk := slices.Index(t.Header, "model"), slices.Index(t.Header, "pk")
	if t.Format == "csv" || model < 0 || pk < 0 {
		return nil
	}
	keys := map[string]int{}
	for col, h := range t.Header {
		if k := parseHeading(h).key; col != model && k != "" {
			if _, taken := keys[k]; !taken {
				keys[k] = col
			}
		}
	}
	named := map[string]string{}
	for _, r := range t.Rows {
		if col, found := keys[dumpNames[r.Cells[model]]]; found {
			named[r.Cells[model]+" "+r.Cells[pk]] = r.Cells[col]
		}
	}
	d := &dump{rows: map[int][]string{}, others: map[int]string{}}
	view := *t
	view.Rows = nil
	filled := make([]bool, len(t.Header))
	for _, r := range t.Rows {
		if kind := r.Cells[model]; !dumpSystems[kind] {
			d.others[r.N] = kind + " is no system"
			continue
		}
		cells := d.resolved(r.Cells, keys, named)
		d.rows[r.N] = cells
		view.Rows = append(view.Rows, source.Row{N: r.N, Cells: cells})
		for col := range cells {
			filled[col] = filled[col] || !isBlank(cells[col])
		}
	}
	view.Header = slices.Clone(t.Header)
	for col := range view.Header {
		if !filled[col] || col == model {
			view.Header[col] = ""
		}
	}
	d.view = &view
	return d
}

// resolved are the cells of a system with names for numbers. Devices have
// their role in another column than virtual machines: both get it. A system
// without a name is called by its kind and number.
func (d *dump) resolved(cells []string, keys map[string]int, named map[string]string) []string {
	cells = slices.Clone(cells)
	for _, k := range slices.Sorted(maps.Keys(dumpReferences)) {
		if col, found := keys[k]; found && !isBlank(cells[col]) {
			cells[col] = named[dumpReferences[k]+" "+cells[col]]
		}
	}
	role, found := keys["role"]
	deviceRole, too := keys["devicerole"]
	if found && too {
		if isBlank(cells[role]) {
			cells[role] = cells[deviceRole]
		} else if isBlank(cells[deviceRole]) {
			cells[deviceRole] = cells[role]
		}
	}
	return cells
}

func (d *dump) cells(r source.Row) []string {
	if cells := d.rows[r.N]; cells != nil {
		return cells
	}
	return r.Cells
}

func (d *dump) aside(r source.Row) string { return d.others[r.N] }

// fallbackID is the kind and number of a record of a dump that has no name;
// "" elsewhere.
func (r *row) fallbackID() string {
	if r.dump == nil {
		return ""
	}
	model, pk := slices.Index(r.t.Header, "model"), slices.Index(r.t.Header, "pk")
	return strings.TrimSpace(r.raw(model) + " " + r.raw(pk))
}
