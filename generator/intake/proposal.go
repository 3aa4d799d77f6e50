package intake

import (
	"fmt"
	"strings"

	"proofpack/generator/diag"
	"proofpack/generator/source"
)

// Propose answers with a source for a table, ready to paste into proofpack.yml:
// as the data set named, or as what it is recognised as when as is "". A
// question mark stands where a person must choose. The problem is of a data set
// that does not exist.
func Propose(t *source.Table, as string) (string, *diag.Problem) {
	if as != "" {
		set := dataSet(as)
		if set == nil {
			var names []string
			for i := range dataSets {
				names = append(names, dataSets[i].Name)
			}
			fix := "use one of " + strings.Join(names, ", ") + "."
			if near := diag.Nearest(as, names); near != "" {
				fix = "write " + near + "."
			}
			return "", diag.At(diag.Pos{}, "unknown-data-set", fmt.Sprintf("%q is no data set.", as), fix)
		}
		return proposal(matchColumns(set, t, headingsOf(t), nil), t), nil
	}
	m, r := recognise(t, nil, false)
	if m == nil {
		return r.Proposal, nil
	}
	return proposal(m, t), nil
}

// proposal is a source ready to paste into proofpack.yml, with a question mark
// where a person must choose.
func proposal(m *match, t *source.Table) string {
	var b strings.Builder
	if len(m.cols) == 0 && !m.hinted {
		fmt.Fprintf(&b, "sources:\n  %s:\n    data-set: \"?\"   # what are its rows?\n    file: %s\n", slug(t.File), quoted(t.File))
		return b.String()
	}
	fmt.Fprintf(&b, "sources:\n  %s:\n    data-set: %s\n    file: %s\n", slug(t.File), m.set.Name, quoted(t.File))
	if len(m.cols) > 0 || len(m.missing) > 0 {
		b.WriteString("    columns:\n")
	}
	for i := range m.set.Columns {
		if col, found := m.cols[m.set.Columns[i].Name]; found {
			fmt.Fprintf(&b, "      %s: %s\n", m.set.Columns[i].Name, quoted(t.Header[col]))
		}
	}
	for _, name := range m.missing {
		first, _, more := strings.Cut(name, " or ")
		also := ""
		if more {
			also = " (or another of: " + name + ")"
		}
		fmt.Fprintf(&b, "      %s: \"?\"   # which column?%s one of: %s\n", first, also, strings.Join(unclaimed(m, t), ", "))
	}
	return b.String()
}

// unclaimed lists the headings that no canonical column has taken, at most
// twelve of them.
func unclaimed(m *match, t *source.Table) []string {
	taken := map[int]bool{}
	for _, col := range m.cols {
		taken[col] = true
	}
	var names []string
	for col, h := range t.Header {
		if !taken[col] && h != "" && len(names) < 12 {
			names = append(names, strings.Join(strings.Fields(h), " "))
		}
	}
	return names
}

// quoted is a word as YAML takes it.
func quoted(s string) string {
	plain := s != "" && !strings.HasPrefix(s, " ") && !strings.HasSuffix(s, " ")
	for _, r := range s {
		if !strings.ContainsRune("_-./ ()", r) && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') {
			plain = false
		}
	}
	if plain && !strings.ContainsAny(s[:1], "-.( 0123456789") {
		return s
	}
	return fmt.Sprintf("%q", s)
}

// slug is a name for a source made from the file's.
func slug(file string) string {
	base := file[strings.LastIndexByte(file, '/')+1:]
	if i := strings.IndexByte(base, '.'); i > 0 {
		base = base[:i]
	}
	if s := strings.Join(headingWords(strings.ToLower(base)), "-"); s != "" {
		return s
	}
	return "source"
}
