package intake

import (
	"cmp"
	"fmt"
	"slices"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/source"
)

// A Status says what became of a file.
type Status string

// What can become of a file.
const (
	Read      Status = "read"      // its rows are in the set, or accounted for
	NotRead   Status = "not read"  // recognised; this version does not read it
	Undecided Status = "undecided" // it may be several things, or lacks what would decide
	Refused   Status = "refused"   // it cannot be read
)

// rival is how near two data sets may come, as a share of the better one,
// before the file is undecided.
const rival = 0.9

// recognise decides what a table is, and by which columns. A dump holds
// systems.
func recognise(t *source.Table, src *config.Source, dump bool) (*match, *Reading) {
	headings := headingsOf(t)
	r := &Reading{File: t.File, Sheet: t.Sheet, Table: t, Status: Read}
	if src != nil && src.DataSet != "" {
		return r.claimed(t, headings, src)
	}
	if dump {
		r.LooksLike = evidence.Inventory
		if m := matchColumns(dataSet(evidence.Inventory), t, headings, src); len(m.missing) == 0 {
			return m, r
		}
	}
	if sh := shapeOf(headings); sh != nil {
		r.LooksLike = sh.is
		if sh.dataSet == "" {
			r.Status, r.Reason = NotRead, "it looks like "+sh.is+": "+sh.why
			return nil, r
		}
		if m := matchShape(sh, t, headings); len(m.missing) == 0 {
			r.note = sh.note
			return m, r
		}
	}
	var fit, all []*match
	for i := range dataSets {
		m := matchColumns(&dataSets[i], t, headings, src)
		all = append(all, m)
		if m.fits() {
			fit = append(fit, m)
		}
	}
	best, rivals := pick(fit)
	switch {
	case best == nil:
		r.Status, r.Reason, r.Proposal = Undecided, lacking(nearest(all)), proposal(nearest(all), t)
		return nil, r
	case maimed(all, best) != nil:
		m := maimed(all, best)
		r.Status, r.Reason, r.Proposal = Undecided, lacking(m), proposal(m, t)
		return nil, r
	case len(rivals) > 0:
		r.Status, r.Proposal = Undecided, proposal(best, t)
		r.Reason = fmt.Sprintf("its columns fit %s and %s equally well", best.set.Name, evidence.And(namesOf(rivals)))
		return nil, r
	}
	r.LooksLike = best.set.Name
	return best, r
}

// claimed is the match of a table whose data set the configuration names.
func (r *Reading) claimed(t *source.Table, headings []heading, src *config.Source) (*match, *Reading) {
	set := dataSet(src.DataSet)
	m := matchColumns(set, t, headings, src)
	if sh := shapeOf(headings); sh != nil && sh.dataSet == set.Name && len(m.missing) > 0 {
		if shaped := matchShape(sh, t, headings); len(shaped.missing) == 0 {
			shaped.problems, r.note = m.problems, sh.note
			m = shaped
		}
	}
	r.LooksLike = set.Name
	if k := src.Keep; k.Column != "" && m.keepColumn(k.Column) < 0 {
		m.problems = append(m.problems, diag.At(diag.Pos{File: src.Intake.File, Row: k.Line}, "not-found",
			fmt.Sprintf("source %q keeps rows by a column %q, which %s does not have.", src.Name, k.Column, t.File), "name one of its headings."))
	}
	if len(m.problems) > 0 {
		r.Status, r.Reason = Undecided, "the configuration names columns that are not there"
		r.Problems = append(r.Problems, m.problems...)
		return nil, r
	}
	if len(m.missing) > 0 {
		r.Status, r.Reason, r.Proposal = Undecided, lacking(m), proposal(m, t)
		return nil, r
	}
	return m, r
}

// keepColumn is the column that keep names, by heading or by canonical name; -1
// when there is none.
func (m *match) keepColumn(name string) int {
	want := parseHeading(name).key
	if col := slices.IndexFunc(m.headings, func(h heading) bool { return h.key == want }); col >= 0 {
		return col
	}
	if col, found := m.cols[name]; found {
		return col
	}
	return -1
}

// pick chooses among data sets that fit: the best total, and where others come
// within a tenth of it, the one that the file's name suggests. rivals are what
// is left in doubt.
func pick(fit []*match) (best *match, rivals []*match) {
	if len(fit) == 0 {
		return nil, nil
	}
	slices.SortStableFunc(fit, func(a, b *match) int { return cmp.Compare(b.score(), a.score()) })
	near := 1
	for near < len(fit) && fit[near].score() >= fit[0].score()*rival {
		near++
	}
	if near == 1 {
		return fit[0], nil
	}
	var named []*match
	for _, m := range fit[:near] {
		if m.hinted {
			named = append(named, m)
		}
	}
	if len(named) == 1 {
		return named[0], nil
	}
	return fit[0], fit[1:near]
}

// nearest is the data set that the table comes nearest to: the best total among
// those that lack the smallest share of what they require.
func nearest(all []*match) *match {
	return slices.MaxFunc(all, func(a, b *match) int {
		return cmp.Or(cmp.Compare(a.nearness(), b.nearness()), cmp.Compare(a.score(), b.score()))
	})
}

// maimed is the data set that a file's name suggests, and its name no other, and
// of which a single required column is missing, although it fits another whole:
// an export that lost the column, perhaps, and is none of something else. nil
// when there is none.
func maimed(all []*match, best *match) *match {
	var found *match
	for _, m := range all {
		if len(m.missing) != 1 || !m.hinted || best.hinted || m.score() < best.score()/2 {
			continue
		}
		if found == nil || m.score() > found.score() {
			found = m
		}
	}
	return found
}

// nearness is the share of the required columns that were found, with a little
// for a file's name that suggests the data set.
func (m *match) nearness() float64 {
	found := 0
	for i := range m.set.Columns {
		if c := &m.set.Columns[i]; len(c.Required) > 0 && m.has(c.Name) {
			found++
		}
	}
	n := float64(found) / float64(max(1, found+len(m.missing)))
	if m.hinted {
		n += 0.25
	}
	return n
}

func namesOf(list []*match) []string {
	var names []string
	for _, m := range list {
		names = append(names, m.set.Name)
	}
	return names
}

// lacking says in words why a table cannot be of the data set it is nearest to.
func lacking(m *match) string {
	if len(m.cols) == 0 {
		return "no column is one that any data set has"
	}
	if len(m.missing) == 0 {
		return fmt.Sprintf("it may be %s, but too few of its columns are recognised to say so", m.set.Name)
	}
	return fmt.Sprintf("nearest to %s, which needs %s: no column is recognised as %s",
		m.set.Name, evidence.Noun(len(m.missing), "a column more", "more columns"), evidence.And(m.missing))
}
