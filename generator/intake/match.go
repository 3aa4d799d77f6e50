package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/source"
)

// What a heading and its values are worth, and what a column must reach to be
// accepted.
const (
	aliasScore    = 1.0
	valueScore    = 0.5
	acceptedScore = 1.0
	optionalShare = 0.25 // of the score of a column that is not required, in the choice of the data set
)

// A claim is a column of the file that is taken for a canonical column.
type claim struct {
	col   int // index in the table
	rank  int // place among the aliases; 0 is the canonical name
	score float64
}

// A match says how the columns of one table fit one data set.
type match struct {
	set       *DataSet
	headings  []heading
	cols      map[string]int    // canonical column -> index in the table
	also      map[string][]int  // canonical column -> other columns that match it, best first
	fixed     map[string]string // canonical column -> the value every row has
	composed  map[string][]int  // canonical column -> columns whose values make it, by the shape of the export
	lacks     []string          // required columns that this export never has
	by        map[string]float64
	missing   []string // required columns that nothing answers to, in words
	undecided []string // headings that fit two canonical columns equally
	hinted    bool     // the file's name suggests the data set
	confirmed bool     // the keys of its rows have the form of the data set's
	problems  []*diag.Problem
}

// headingsOf reads the header of a table.
func headingsOf(t *source.Table) []heading {
	headings := make([]heading, len(t.Header))
	for i, h := range t.Header {
		headings[i] = parseHeading(h)
	}
	return headings
}

// has tells whether the canonical column can be read.
func (m *match) has(column string) bool {
	_, found := m.cols[column]
	if !found {
		_, found = m.fixed[column]
	}
	return found || len(m.composed[column]) > 0
}

// score is the total over the required columns, and a share of the others.
func (m *match) score() float64 {
	total := 0.0
	counted := map[string]bool{}
	for i := range m.set.Columns {
		c := &m.set.Columns[i]
		s := m.by[c.Name]
		if len(c.Required) == 0 || c.Required[0] != "yes" && counted[c.Required[0]] {
			s *= optionalShare
		} else if s > 0 {
			counted[c.Required[0]] = true
		}
		total += s
	}
	return total
}

// fits tells whether the file can be of the data set: nothing required is
// missing, and enough is recognised to believe it.
func (m *match) fits() bool {
	n := len(m.cols)
	if m.hinted {
		n++
	}
	if m.set.most > 0 && len(m.headings) > m.set.most {
		return false
	}
	return len(m.missing) == 0 && n >= m.set.min && (m.hinted || m.confirmed || m.telling())
}

// generic are headings that exports of every kind have: by themselves they do
// not tell what a file is.
var generic = map[string]bool{
	"id": true, "name": true, "number": true, "title": true, "type": true, "status": true, "state": true, "date": true, "start": true, "end": true,
	"time": true, "description": true, "summary": true, "issuekey": true, "issuetype": true, "components": true, "role": true, "created": true,
	"resolved": true, "updated": true, "reporter": true, "assignee": true, "priority": true, "category": true, "note": true, "from": true, "to": true,
}

// telling tells whether a column that is typical of the data set was found by
// a heading that is not generic.
func (m *match) telling() bool {
	for i := range m.set.Columns {
		c := &m.set.Columns[i]
		typical := len(c.Required) > 0
		if m.set.typical != nil {
			typical = slices.Contains(m.set.typical, c.Name)
		}
		if !typical {
			continue
		}
		if col, found := m.cols[c.Name]; found && !generic[m.headings[col].key] {
			return true
		}
	}
	return false
}

// matchColumns tries a data set on a table. src is the user's source for it,
// nil when there is none.
func matchColumns(set *DataSet, t *source.Table, headings []heading, src *config.Source) *match {
	m := &match{
		set: set, headings: headings, cols: map[string]int{}, also: map[string][]int{},
		fixed: map[string]string{}, by: map[string]float64{}, hinted: hinted(set, t),
	}
	taken := m.configured(t, src)
	claims := map[string][]claim{}
	for col, h := range headings {
		if !taken[col] {
			if c, best, ok := m.bestColumn(t, col, h); ok {
				claims[c.Name] = append(claims[c.Name], best)
			}
		}
	}
	for name, list := range claims {
		slices.SortFunc(list, func(a, b claim) int { return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.col, b.col)) })
		if !m.has(name) {
			m.cols[name], m.by[name] = list[0].col, list[0].score
			list = list[1:]
		}
		for _, c := range list {
			m.also[name] = append(m.also[name], c.col)
		}
	}
	m.findMissing()
	return m
}

// configured takes the columns and constants that the user names.
func (m *match) configured(t *source.Table, src *config.Source) map[int]bool {
	taken := map[int]bool{}
	if src == nil {
		return taken
	}
	for _, p := range src.Columns {
		if m.set.column(p.Name) == nil {
			m.problems = append(m.problems, m.noColumn(src, p))
			continue
		}
		col := slices.IndexFunc(t.Header, func(h string) bool { return parseHeading(h) == parseHeading(p.Value) })
		if exact := slices.Index(t.Header, p.Value); exact >= 0 {
			col = exact
		}
		if col < 0 {
			fix := "name one of its headings in the columns of source " + src.Name
			if near := diag.Nearest(p.Value, t.Header); near != "" {
				fix = fmt.Sprintf("write %s: %s", p.Name, near)
			}
			m.problems = append(m.problems, diag.At(t.Pos(0, -1), "not-found",
				fmt.Sprintf("no column is headed %q, which source %q names for %s.", p.Value, src.Name, p.Name), fix))
			continue
		}
		m.cols[p.Name], m.by[p.Name] = col, aliasScore+valueScore
		taken[col] = true
	}
	for _, p := range src.Constants {
		if m.set.column(p.Name) == nil {
			m.problems = append(m.problems, m.noColumn(src, p))
			continue
		}
		m.fixed[p.Name], m.by[p.Name] = p.Value, aliasScore
	}
	return taken
}

// noColumn is the problem of a configured column that the data set lacks.
func (m *match) noColumn(src *config.Source, p config.Pair) *diag.Problem {
	var names []string
	for i := range m.set.Columns {
		names = append(names, m.set.Columns[i].Name)
	}
	fix := "use one of " + strings.Join(names, ", ")
	if near := diag.Nearest(p.Name, names); near != "" {
		fix = "write " + near
	}
	return diag.At(diag.Pos{File: src.Intake.File, Row: p.Line}, "unknown-column",
		fmt.Sprintf("source %q gives a column %q, which %s does not have.", src.Name, p.Name, m.set.Name), fix)
}

// bestColumn is the canonical column a heading fits best. It is accepted when
// it reaches the limit and the runner-up is lower.
func (m *match) bestColumn(t *source.Table, col int, h heading) (*Column, claim, bool) {
	var best *Column
	var at claim
	tied := false
	key := h.key
	if h.base != "" && !m.set.knows(key) {
		key = h.base // the heading without its unit
	}
	for i := range m.set.Columns {
		c := &m.set.Columns[i]
		rank := slices.Index(c.keys, key)
		if rank < 0 || key == "" || m.settled(c.Name) {
			continue
		}
		s := aliasScore + valueScore*agreement(c, t, col)
		own, foreign := keyForms(m.set, c, t, col)
		if foreign {
			continue
		}
		m.confirmed = m.confirmed || own
		switch {
		case best == nil || s > at.score:
			best, at, tied = c, claim{col, rank, s}, false
		case s == at.score:
			tied = true
		}
	}
	if tied {
		m.undecided = append(m.undecided, t.Header[col])
	}
	return best, at, best != nil && !tied && at.score >= acceptedScore
}

// settled tells whether the user gives the column a constant.
func (m *match) settled(column string) bool {
	_, fixed := m.fixed[column]
	return fixed
}

// findMissing lists the required columns that nothing answers to.
func (m *match) findMissing() {
	groups := map[string][]string{}
	found := map[string]bool{}
	var order []string
	for i := range m.set.Columns {
		c := &m.set.Columns[i]
		for _, g := range c.Required {
			if g == "yes" {
				if !m.has(c.Name) {
					m.missing = append(m.missing, c.Name)
				}
				continue
			}
			if groups[g] == nil {
				order = append(order, g)
			}
			groups[g] = append(groups[g], c.Name)
			found[g] = found[g] || m.has(c.Name)
		}
	}
	for _, g := range order {
		if !found[g] && (g != "mark" || !m.hinted) {
			m.missing = append(m.missing, strings.Join(groups[g], " or "))
		}
	}
}

// hinted tells whether the name of a sheet suggests the data set, or, where
// that suggests none, the name of the file.
func hinted(set *DataSet, t *source.Table) bool {
	if slices.ContainsFunc(dataSets, func(d DataSet) bool { return d.hintedBy(t.Sheet) }) {
		return set.hintedBy(t.Sheet)
	}
	base := t.File[strings.LastIndexByte(t.File, '/')+1:]
	if i := strings.IndexByte(base, '.'); i > 0 {
		base = base[:i]
	}
	return set.hintedBy(base)
}

func (d *DataSet) hintedBy(called string) bool {
	name := " " + plainWords(called)
	return slices.ContainsFunc(d.hints, func(h string) bool {
		return strings.Contains(name, " "+h) // a word that begins so: "exchange" is no change
	})
}
