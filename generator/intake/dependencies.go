package intake

import (
	"strings"

	"proofpack/generator/evidence"
)

// readDependency reads one edge. A blank kind is hard; "any-of:GROUP" names
// its group.
func readDependency(r *row, set *evidence.Set) {
	d := evidence.Dependency{Pos: r.pos(), From: r.name("from"), To: r.name("to"), Note: r.text("note"), Kind: evidence.Hard}
	for _, end := range []struct{ name, column string }{{d.From, "from"}, {d.To, "to"}} {
		if end.name == "" {
			r.reject(end.column + " is empty")
		}
	}
	written, col := r.cell("kind")
	d.Unqualified = isBlank(written)
	if kind := foldWords(written); !isBlank(written) {
		group, anyOf := strings.CutPrefix(kind, "any of")
		switch known := edges[kind]; {
		case anyOf:
			d.Kind, d.Group = evidence.AnyOf, strings.TrimSpace(strings.Trim(group, ": "))
		case known != "":
			d.Kind = known
		default:
			r.say(issue{code: "bad-word", column: "kind", col: col, text: "%[1]q is no kind of dependency; it is read as hard"}, written)
		}
	}
	r.identify(d.From, d.To)
	if r.ok() {
		set.Dependencies = append(set.Dependencies, d)
	}
}

func dependencyNames(set *evidence.Set, visit visitor) {
	for i := range set.Dependencies {
		d := &set.Dependencies[i]
		visit(mention{pos: d.Pos, name: &d.From, subject: true, end: true})
		visit(mention{pos: d.Pos, name: &d.To, subject: true, end: true})
	}
}
