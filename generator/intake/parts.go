package intake

import (
	"strings"

	"proofpack/generator/evidence"
)

// splitParts parts a cell of named amounts at ";", "|" and line ends. A comma
// parts nothing: it may stand in a number.
func splitParts(cell string) []string {
	var out []string
	for _, p := range strings.FieldsFunc(cell, func(c rune) bool { return strings.ContainsRune(";|\n\r", c) }) {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// namedAmount parts "lost output=36000" or "lost output: 36000".
func namedAmount(part string) (name, amount string, ok bool) {
	at := strings.LastIndexAny(part, "=:")
	if at <= 0 {
		return "", "", false
	}
	name, amount = strings.TrimSpace(part[:at]), strings.TrimSpace(part[at+1:])
	return name, amount, name != "" && amount != ""
}

// amountsIn are the amounts of cells of parts, to tell what a comma means in
// them.
func amountsIn(cells []string) []string {
	var out []string
	for _, c := range cells {
		for _, p := range splitParts(c) {
			if _, amount, ok := namedAmount(p); ok {
				out = append(out, amount)
			}
		}
	}
	return out
}

// parts reads "name=amount; name=amount". Of a cell with one part that cannot
// be read none is taken: a sum that lacks a part would say less than it cost.
func (r *row) parts(column string) []evidence.CostPart {
	v, col := r.cell(column)
	if isBlank(v) {
		return nil
	}
	var out []evidence.CostPart
	for _, p := range splitParts(v) {
		name, amount, ok := namedAmount(p)
		if !ok {
			r.bad(column, col, p, "bad-parts", "is no name=amount")
			return nil
		}
		n, unit, ok := r.styles[col].withUnit(amount)
		switch {
		case !ok || n < 0 || unit == "?":
			r.bad(column, col, p, "bad-parts", "holds no amount")
			return nil
		case !inCurrency(unit, r.set.Currency):
			r.bad(column, col, p, "other-currency", "is in "+unit+" and not in "+r.set.Currency)
			return nil
		}
		out = append(out, evidence.CostPart{Name: name, Amount: n})
	}
	return out
}
