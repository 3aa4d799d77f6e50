package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/source"
)

// A batch is one table on its way into the set.
type batch struct {
	*loader
	m      *match
	t      *source.Table
	src    *config.Source // nil when no source claims the file
	in     *evidence.Input
	cells  func(source.Row) []string // what is read; a shape may put values in the place of references
	dump   *dump                     // nil unless records refer to one another
	aside  func(source.Row) string   // why a row is no record of the data set; "" when it is one
	orders map[int]order             // by column of the table
	styles map[int]numberStyle
	zones  map[int]zoned
	levels map[int]levelScale
	issues []*issue
	zoneBy []string // who gave the zones that were used
}

// read reads the rows of a recognised file.
func (l *loader) read(f *foundFile) {
	b := &batch{
		loader: l, m: f.m, t: f.Table, src: f.Source, in: newInput(f),
		orders: map[int]order{}, styles: map[int]numberStyle{}, zones: map[int]zoned{}, levels: map[int]levelScale{},
		cells: func(r source.Row) []string { return r.Cells },
		aside: func(source.Row) string { return "" },
	}
	if f.reading.note != "" {
		b.in.Notes = append(b.in.Notes, f.reading.note)
	}
	if f.dump != nil {
		b.dump, b.cells, b.aside = f.dump, f.dump.cells, f.dump.aside
	}
	b.prepare(f)
	if problems := b.undecidedDates(); len(problems) > 0 {
		f.reading.DataSet, f.reading.Status, f.reading.Problems = "", Undecided, problems
		f.reading.Reason = problems[0].Message
		f.reading.Proposal = proposal(b.m, b.t) + "    date: \"?\"   # month/day/year or day/month/year?\n"
		f.m = nil
		return
	}
	b.rows()
	b.account(f)
	f.reading.Input = b.in
}

// prepare decides order, style and zone of every column that is read.
func (b *batch) prepare(f *foundFile) {
	sidecar := zoned{zone: b.zone, from: "configuration", days: b.zone}
	for _, in := range []*config.Intake{f.Intake, intakeOf(f.Source)} {
		if in != nil && in.TimeZone != nil && sidecar.from == "configuration" {
			sidecar.zone, sidecar.from = in.TimeZone, "sidecar"
		}
	}
	for name, col := range b.readColumns() {
		switch b.m.set.column(name).Kind {
		case KindDate:
			b.zones[col] = sidecar
			if b.m.headings[col].zone != "" {
				b.zones[col] = zoned{zone: time.UTC, from: "header", days: b.zone}
			}
			if b.src != nil && b.src.Date != "" {
				b.orders[col] = setOrder(b.src.Date)
			} else {
				b.orders[col] = proveOrder(b.column(col))
			}
		case KindLevel:
			b.levels[col] = levelsOf(b.column(col), b.m.headings)
		case KindNumber, KindMoney, KindSize, KindPercent, KindHours, KindMinutes, KindDays:
			b.styles[col] = styleOf(b.column(col), b.t.Delimiter)
		case KindParts:
			b.styles[col] = styleOf(amountsIn(b.column(col)), b.t.Delimiter)
		default:
		}
	}
}

// readColumns are the columns of the table that are read, by canonical name.
func (b *batch) readColumns() map[string]int {
	cols := map[string]int{}
	for name, col := range b.m.cols {
		cols[name] = col
	}
	for name, list := range b.m.composed {
		cols[name] = list[0]
	}
	return cols
}

// column lists the cells of a column.
func (b *batch) column(col int) []string {
	out := make([]string, 0, len(b.t.Rows))
	for _, r := range b.t.Rows {
		if cells := b.cells(r); b.aside(r) == "" && col < len(cells) {
			out = append(out, cells[col])
		}
	}
	return out
}

// undecidedDates are the columns whose order of day and month nothing proves.
func (b *batch) undecidedDates() []*diag.Problem {
	var problems []*diag.Problem
	cols := make([]int, 0, len(b.orders))
	for col := range b.orders {
		cols = append(cols, col)
	}
	slices.Sort(cols)
	for _, col := range cols {
		o := b.orders[col]
		if o.fault == "" {
			continue
		}
		sep := o.sep
		problems = append(problems, diag.At(b.t.Pos(0, col), "undecided",
			fmt.Sprintf("the order of day and month is undecided: %s. No date was guessed.", o.fault),
			fmt.Sprintf("set `date: %s` or `date: %s` for this source in proofpack.yml, or export with dates as 2026-05-31.", formOf(true, dotless(sep)), formOf(false, sep))))
	}
	return problems
}

// dotless is the sign of the month-first form: nobody writes one with dots.
func dotless(sep byte) byte {
	if sep == '.' {
		return '/'
	}
	return sep
}

// rows reads every row once and says what became of it.
func (b *batch) rows() {
	prefix := b.prefix()
	for _, rec := range b.t.Rows {
		cells := b.cells(rec)
		done := evidence.RowRecord{N: rec.N, Cells: rec.Cells, Status: evidence.RowSetAside}
		switch {
		case emptyRow(rec.Cells):
			done.Reason = "an empty row"
		case slices.Equal(trimmed(rec.Cells), trimmed(b.t.Header)):
			done.Reason = "repeats the header"
		default:
			if done.Reason = b.aside(rec); done.Reason == "" {
				done.Reason = b.notKept(cells)
			}
			if done.Reason == "" {
				b.record(prefix, rec, cells, &done)
			}
		}
		b.in.Rows = append(b.in.Rows, done)
	}
	for _, r := range b.t.Rejected {
		b.in.Rows = append(b.in.Rows, evidence.RowRecord{N: r.N, Status: evidence.RowRejected, Reason: r.Reason})
	}
	slices.SortStableFunc(b.in.Rows, func(x, y evidence.RowRecord) int { return cmp.Compare(x.N, y.N) })
}

// record turns one row into a record, unless the same row was read before.
func (b *batch) record(prefix string, rec source.Row, cells []string, done *evidence.RowRecord) {
	key := prefix + strings.Join(rec.Cells, "\x1f")
	at := b.t.Pos(rec.N, -1)
	if first, found := b.seen[key]; found {
		done.Status = evidence.RowDuplicate
		done.Reason = "the same as row " + fmt.Sprint(first.Row)
		if first.File != at.File || first.Sheet != at.Sheet {
			done.Reason = "the same as " + first.String()
		}
		return
	}
	b.seen[key] = at
	r := &row{batch: b, n: rec.N, cells: cells}
	b.m.set.read(r, b.set)
	switch {
	case r.rejected != "":
		done.Status, done.Reason = evidence.RowRejected, r.rejected
	case r.later != "":
		done.Reason = r.later
	default:
		done.Status = evidence.RowUsed
		b.widen(r.at)
	}
}

// prefix parts the rows of different data sets, headers and constants: only
// rows that mean the same can be duplicates.
func (b *batch) prefix() string {
	fixed := make([]string, 0, len(b.m.fixed))
	for name, value := range b.m.fixed {
		fixed = append(fixed, name+"="+value)
	}
	slices.Sort(fixed)
	return strings.Join([]string{b.m.set.Name, strings.Join(b.t.Header, "\x1f"), strings.Join(fixed, "\x1f")}, "\x1e") + "\x1e"
}

// notKept says why a row is outside what the configuration keeps.
func (b *batch) notKept(cells []string) string {
	if b.src == nil || b.src.Keep.Column == "" {
		return ""
	}
	col := b.m.keepColumn(b.src.Keep.Column)
	value := ""
	if col >= 0 && col < len(cells) {
		value = strings.TrimSpace(cells[col])
	}
	if slices.ContainsFunc(b.src.Keep.Is, func(is string) bool { return foldWords(is) == foldWords(value) }) {
		return ""
	}
	return fmt.Sprintf("%s is not %s", b.src.Keep.Column, strings.Join(b.src.Keep.Is, " or "))
}

// widen widens the dates of the input.
func (b *batch) widen(at time.Time) {
	if at.IsZero() {
		return
	}
	if b.in.MinDate.IsZero() || at.Before(b.in.MinDate) {
		b.in.MinDate = at
	}
	if at.After(b.in.MaxDate) {
		b.in.MaxDate = at
	}
}

func emptyRow(cells []string) bool {
	return !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" })
}

func trimmed(cells []string) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = strings.TrimSpace(c)
	}
	return out
}

func intakeOf(src *config.Source) *config.Intake {
	if src == nil {
		return nil
	}
	return &src.Intake
}
