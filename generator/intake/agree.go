package intake

import (
	"net/netip"
	"strings"

	"proofpack/generator/evidence"
	"proofpack/generator/source"
)

// sampled is how many filled cells of a column are looked at.
const sampled = 200

// agreement tells whether the values of a column are of the kind: 1 when at
// least nine in ten are, 0 when they are not or there are none.
func agreement(c *Column, t *source.Table, col int) float64 {
	filled, good := 0, 0
	for i := range t.Rows {
		if col >= len(t.Rows[i].Cells) || isBlank(t.Rows[i].Cells[col]) {
			continue
		}
		filled++
		if agrees(c.Kind, t.Rows[i].Cells[col]) {
			good++
		}
		if filled == sampled {
			break
		}
	}
	if filled > 0 && good*10 >= filled*9 {
		return 1
	}
	return 0
}

// agrees tells whether one value can be of the kind.
func agrees(k Kind, cell string) bool {
	cell = strings.TrimSpace(cell)
	var st numberStyle
	switch k {
	case KindDate:
		_, ok := parseStamp(cell)
		return ok || neverWords[strings.ToLower(cell)]
	case KindNumber, KindMoney, KindPercent:
		_, _, ok := st.withUnit(cell)
		return ok
	case KindSize:
		_, unit, ok := st.withUnit(cell)
		return ok && unit != "?"
	case KindHours, KindMinutes:
		_, ok := st.span(cell, "h")
		return ok
	case KindDays:
		_, ok := st.days(cell)
		return ok
	case KindCopy:
		return copyOf(cell) != evidence.CopyUnknown
	case KindAnswer:
		return answers[foldWords(cell)] != evidence.Unknown
	case KindResult:
		_, ok := results[foldWords(cell)]
		return ok
	case KindScope:
		_, ok := scopes[foldWords(cell)]
		return ok
	case KindStops:
		_, ok := stops[foldWords(cell)]
		return ok
	case KindSeverity:
		_, ok := severities[foldWords(cell)]
		return ok
	case KindLevel:
		_, ok := levelWords[foldWords(cell)]
		_, _, number := st.withUnit(cell)
		return ok || number
	case KindJob:
		return jobKind(cell) != ""
	case KindCadence:
		_, ok := parseCadence(cell)
		return ok
	case KindChange:
		_, ok := changeTypes[foldWords(cell)]
		return ok
	case KindKey, KindSystem, KindService, KindEnd, KindText, KindPerson:
		return len(cell) <= 200
	default:
		return true
	}
}

// keyForms tells whether the values of a key column have the form of the data
// set's own keys, or of another's. The numbers of a service desk begin with the
// kind of record: an export of incidents is not taken for changes because its
// column is headed "number".
func keyForms(set *DataSet, c *Column, t *source.Table, col int) (own, foreign bool) {
	change, incident := []string{"CHG"}, []string{"INC", "RITM", "REQ", "PRB", "TASK", "SCTASK"}
	switch {
	case c.Kind != KindKey:
	case set.Name == evidence.Changes:
		return mostBegin(t, col, change), mostBegin(t, col, incident)
	case set.Name == "tickets":
		return mostBegin(t, col, incident), mostBegin(t, col, change)
	}
	return false, false
}

// mostBegin tells whether most filled cells of a column are one of the
// prefixes and a number.
func mostBegin(t *source.Table, col int, prefixes []string) bool {
	filled, found := 0, 0
	for i := range t.Rows {
		if col >= len(t.Rows[i].Cells) || isBlank(t.Rows[i].Cells[col]) {
			continue
		}
		filled++
		for _, p := range prefixes {
			if rest, has := strings.CutPrefix(t.Rows[i].Cells[col], p); has && allDigits(rest) {
				found++
				break
			}
		}
		if filled == sampled {
			break
		}
	}
	return found*2 > filled
}

// isAddress tells whether a name is an IP address, and answers its one form.
func isAddress(name string) (string, bool) {
	a, err := netip.ParseAddr(strings.Trim(name, "[]"))
	if err != nil {
		return "", false
	}
	return a.Unmap().WithZone("").String(), true
}
