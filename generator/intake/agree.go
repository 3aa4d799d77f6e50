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

// refuted tells whether the values show that a column is something else. The
// numbers of one service desk begin with the kind of record: an export of
// incidents is not taken for changes because its column is headed "number".
func refuted(set *DataSet, c *Column, t *source.Table, col int) bool {
	if c.Kind != KindKey {
		return false
	}
	var foreign []string
	switch set.Name {
	case evidence.Changes:
		foreign = []string{"INC", "RITM", "REQ", "PRB", "TASK", "SCTASK"}
	case "tickets":
		foreign = []string{"CHG"}
	default:
		return false
	}
	filled, others := 0, 0
	for i := range t.Rows {
		if col >= len(t.Rows[i].Cells) || isBlank(t.Rows[i].Cells[col]) {
			continue
		}
		filled++
		for _, p := range foreign {
			rest, found := strings.CutPrefix(t.Rows[i].Cells[col], p)
			if found && allDigits(rest) {
				others++
				break
			}
		}
	}
	return filled > 0 && others*2 > filled
}

// isAddress tells whether a name is an IP address, and answers its one form.
func isAddress(name string) (string, bool) {
	a, err := netip.ParseAddr(strings.Trim(name, "[]"))
	if err != nil {
		return "", false
	}
	return a.Unmap().WithZone("").String(), true
}
