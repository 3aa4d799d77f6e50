package intake

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/source"
)

// newInput begins the intake record of a file.
func newInput(f *foundFile) *evidence.Input {
	t := f.Table
	in := &evidence.Input{
		File: t.File, Sheet: t.Sheet, SHA256: t.SHA256, Bytes: t.Bytes,
		Format: t.Format, Encoding: t.Encoding, Delimiter: t.Delimiter,
		Header: slices.Clone(t.Header), Columns: map[string]string{}, Expected: -1,
		Standing: evidence.Unattested, Notes: slices.Clone(t.Notes), Problems: slices.Clone(t.Problems),
	}
	for _, line := range t.Outside {
		in.Outside = append(in.Outside, evidence.OutsideLine{N: line.N, Text: line.Text})
	}
	if f.Source != nil {
		in.Name = f.Source.Name
	}
	return in
}

// account completes the intake record: columns, counts, completeness, and
// whether too much was rejected.
func (b *batch) account(f *foundFile) {
	b.in.DataSet = b.m.set.Name
	b.describeColumns()
	for _, r := range b.in.Rows {
		switch r.Status {
		case evidence.RowUsed:
			b.in.Used++
		case evidence.RowRejected:
			b.in.Rejected++
		case evidence.RowDuplicate:
			b.in.Duplicate++
		case evidence.RowSetAside:
			b.in.SetAside++
		}
	}
	b.in.Read = len(b.in.Rows)
	b.in.ZoneFrom = strings.Join(sortedZones(b.zoneBy), ", ")
	b.in.DateOrder = b.dateOrder()
	b.differences()
	b.sayIssues()
	attest(b.in, f, b.zone)
	b.overLimit(f)
}

// notRead is the intake record of a file that this version does not read. Its
// rows are counted and not kept: nobody said which of them may be shown.
func notRead(f *foundFile, zone *time.Location) *evidence.Input {
	in := newInput(f)
	for col := range f.Table.Header {
		in.Unmapped = append(in.Unmapped, headed(f.Table, col))
	}
	in.Rejected, in.SetAside = len(f.Table.Rejected), len(f.Table.Rows)
	in.Read = in.Rejected + in.SetAside
	in.Notes = append(in.Notes, "not read: "+f.reading.Reason)
	attest(in, f, zone)
	return in
}

// describeColumns says which heading is read as what, and which nobody claims.
func (b *batch) describeColumns() {
	taken := map[int]bool{}
	for name, col := range b.readColumns() {
		b.in.Columns[name] = b.t.Header[col]
		taken[col] = true
	}
	for name, list := range b.m.composed {
		for _, col := range list {
			taken[col] = true
			if b.in.Composed == nil {
				b.in.Composed = map[string][]string{}
			}
			b.in.Composed[name] = append(b.in.Composed[name], b.t.Header[col])
		}
	}
	also := map[int]bool{}
	for _, list := range b.m.also {
		for _, col := range list {
			also[col] = true
		}
	}
	for col := range b.t.Header {
		h := headed(b.t, col)
		switch {
		case taken[col], b.dump != nil && b.dump.view.Header[col] == "":
		case also[col]:
			b.in.AlsoSeen = append(b.in.AlsoSeen, h)
		default:
			b.in.Unmapped = append(b.in.Unmapped, h)
		}
	}
	for _, h := range b.m.undecided {
		b.in.Notes = append(b.in.Notes, fmt.Sprintf("column %q fits two of our columns equally well and is not read", h))
	}
}

// headed is the heading of a column, or what it is called without one.
func headed(t *source.Table, col int) string {
	if h := t.Header[col]; strings.TrimSpace(h) != "" {
		return h
	}
	return fmt.Sprintf("col_%d", col+1)
}

// differences flags rows where two headings of one canonical column are both
// filled and differ in meaning.
func (b *batch) differences() {
	names := make([]string, 0, len(b.m.also))
	for name := range b.m.also {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		c := b.m.set.column(name)
		won, found := b.m.cols[name]
		if !found || c.Kind == KindSystems || c.Kind == KindServices || c.Kind == KindList {
			continue
		}
		for _, other := range b.m.also[name] {
			for _, rec := range b.t.Rows {
				if b.aside(rec) != "" {
					continue
				}
				r := &row{batch: b, n: rec.N, cells: b.cells(rec)}
				x, y := r.raw(won), r.raw(other)
				if !isBlank(x) && !isBlank(y) && !b.sameMeaning(c.Kind, x, won, y, other) {
					r.say(issue{code: "columns-differ", column: name, col: other,
						text: fmt.Sprintf("%%[1]q differs from the value in %q, which is read as %s", b.t.Header[won], name)}, y)
				}
			}
		}
	}
}

// sameMeaning tells whether two cells of one kind say the same.
func (b *batch) sameMeaning(k Kind, x string, xCol int, y string, yCol int) bool {
	if foldWords(x) == foldWords(y) {
		return true
	}
	switch k {
	case KindResult:
		return results[foldWords(x)] == results[foldWords(y)]
	case KindAnswer:
		return answers[foldWords(x)] == answers[foldWords(y)]
	case KindSystem:
		if !namesHost(x) || !namesHost(y) {
			return true // an address or a number beside a name: nothing says that they differ
		}
		return bareName(x) == bareName(y) || hostLabel(bareName(x)) == hostLabel(bareName(y))
	case KindDate:
		s, ok := parseStamp(x)
		u, ok2 := parseStamp(y)
		return ok == ok2 && s == u
	case KindNumber, KindMoney, KindPercent, KindSize:
		v, unit, _ := b.styles[xCol].withUnit(x)
		w, unit2, _ := b.styles[xCol].withUnit(y)
		return v == w && unit == unit2 && b.m.headings[xCol].unit == b.m.headings[yCol].unit
	case KindKey, KindText, KindPerson, KindLevel:
		return true // another name for the same thing, or another remark
	default:
		return false
	}
}

// namesHost tells whether a name of a system is one that people gave it.
func namesHost(name string) bool {
	key := bareName(name)
	return isHost(key) && !allDigits(key) && !uuid.MatchString(key)
}

// uuid is the form of the ids that tools give systems.
var uuid = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// dateOrder is the form of the dates in the columns that are read.
func (b *batch) dateOrder() string {
	cols := make([]int, 0, len(b.orders))
	for col := range b.orders {
		cols = append(cols, col)
	}
	slices.Sort(cols)
	// Columns of one form are said once, by the column that most rows prove.
	var said []order
	for _, col := range cols {
		o := b.orders[col]
		i := slices.IndexFunc(said, func(s order) bool { return s.form == o.form })
		switch {
		case i < 0:
			said = append(said, o)
		case o.proof > said[i].proof:
			said[i] = o
		}
	}
	words := make([]string, len(said))
	for i := range said {
		words[i] = said[i].String()
	}
	return strings.Join(words, "; ")
}

// zoneOrder is the order in which those who give a zone are named.
var zoneOrder = []string{"value", "header", "sidecar", "configuration"}

func sortedZones(by []string) []string {
	by = slices.Clone(by)
	slices.SortFunc(by, func(a, b string) int { return cmp.Compare(slices.Index(zoneOrder, a), slices.Index(zoneOrder, b)) })
	return by
}

// attest fills in the record of where the export came from, and says whether
// it is whole. The record beside the file counts before the configuration's.
func attest(in *evidence.Input, f *foundFile, zone *time.Location) {
	for _, rec := range []*config.Intake{f.Intake, intakeOf(f.Source)} {
		if rec == nil {
			continue
		}
		in.System = cmp.Or(in.System, rec.System)
		in.Report = cmp.Or(in.Report, rec.Report)
		in.By = cmp.Or(in.By, rec.ExtractedBy)
		in.Filters = cmp.Or(in.Filters, rec.Filters)
		if in.At.IsZero() {
			in.At = rec.ExtractedAt(zone)
		}
		if rec.RowsExpected == nil {
			continue
		}
		switch {
		case in.Expected < 0:
			in.Expected = *rec.RowsExpected
		case in.Expected != *rec.RowsExpected:
			in.Problems = append(in.Problems, diag.At(diag.Pos{File: rec.File, Row: rec.Line}, "two-counts",
				fmt.Sprintf("two intake records declare different counts of rows for %s: %d and %d. The first counts.", in.File, in.Expected, *rec.RowsExpected),
				"declare the count once."))
		}
	}
	switch {
	case in.Expected < 0:
		in.Standing = evidence.Unattested
	case in.Read < in.Expected:
		in.Standing = evidence.Short
		in.Notes = append(in.Notes, fmt.Sprintf("short: %s declared, %d read", evidence.Of(in.Expected, "row", "rows"), in.Read))
	case in.Read == in.Expected:
		in.Standing = evidence.Complete
	default:
		in.Notes = append(in.Notes, fmt.Sprintf("%s declared, %d read: the count that was declared is not of this file", evidence.Of(in.Expected, "row", "rows"), in.Read))
	}
}

// overLimit stops the build when more was rejected than the limit allows.
func (b *batch) overLimit(f *foundFile) {
	if b.in.Rejected == 0 || float64(b.in.Rejected)*100 <= b.opts.MaxRejected*float64(b.in.Read) {
		return
	}
	reasons := map[string]int{}
	first := map[string]int{}
	var order []string
	for _, r := range b.in.Rows {
		if r.Status != evidence.RowRejected {
			continue
		}
		if reasons[r.Reason] == 0 {
			order = append(order, r.Reason)
			first[r.Reason] = r.N
		}
		reasons[r.Reason]++
	}
	slices.SortStableFunc(order, func(x, y string) int { return cmp.Compare(reasons[y], reasons[x]) })
	var said []string
	for _, reason := range order[:min(quotedRows, len(order))] {
		said = append(said, fmt.Sprintf("%s: %s, first in row %d", evidence.Of(reasons[reason], "row", "rows"), reason, first[reason]))
	}
	f.reading.Problems = append(f.reading.Problems, diag.At(b.t.Pos(first[order[0]], -1), "too-many-rejected",
		fmt.Sprintf("%s: %d of %s rejected, the limit is %g%%. %s.", cmp.Or(b.in.Name, b.in.DataSet), b.in.Rejected,
			evidence.Of(b.in.Read, "row", "rows"), b.opts.MaxRejected, strings.Join(said, "; ")),
		"export again, or mend the rows; --max-rejected sets the limit."))
}
