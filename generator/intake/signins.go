package intake

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/source"
)

// headRows is how many rows a file of no bounds is recognised by.
const headRows = 200

// mostListed is how many rejected rows of an access log are listed one by one;
// the rest is counted.
const mostListed = 10000

// Unbounded tells whether a table of which the first rows were read is of a
// data set that knows no bounds: then its rows are streamed, and none is kept
// but those that a finding cites.
func Unbounded(head *source.Table, src *config.Source) bool {
	m, _ := recognise(head, src, false)
	return m != nil && m.set.log
}

// HeadRows is how many rows Unbounded needs to see.
func HeadRows() int { return headRows }

// A signInLog is one access log on its way into the book.
type signInLog struct {
	*batch
	book *accessBook
	f    *foundFile

	at, login, result, app, client, event, mfa, privileged cellOf
	keepCols                                               []int // columns of the table that are read, in its order
	order                                                  order
	zone                                                   zoned

	results   map[string]evidence.SignInResult // by cell
	factors   map[string]evidence.Answer
	protocols map[string]bool
	last      []string // cells of the row before
	lastAt    time.Time
	forward   int // +1: oldest first; -1: newest first; 0: nothing says
	disorder  int // rows against the order of the others
	days      map[int]bool
	listed    []evidence.RowRecord
	log       evidence.AccessLog
	strange   int // rows whose result is no word that is known
}

// A cellOf finds a canonical column in a row.
type cellOf struct {
	col     int // -1: none
	fixed   string
	there   bool
	meaning string // canonical name, where the configuration may say what a word means
}

func (g *signInLog) of(column string) cellOf {
	c := cellOf{col: -1, meaning: column}
	if v, fixed := g.m.fixed[column]; fixed {
		c.fixed, c.there = v, true
	} else if col, found := g.m.cols[column]; found {
		c.col, c.there = col, true
	}
	return c
}

func (g *signInLog) cell(c cellOf, cells []string) string {
	if c.col < 0 {
		return c.fixed
	}
	if c.col >= len(cells) {
		return ""
	}
	v := strings.TrimSpace(cells[c.col])
	if g.src != nil {
		if meant, found := g.src.Meaning(c.meaning, v); found {
			return meant
		}
	}
	return v
}

// readLog reads an access log, as a stream where the file is handed over as
// one. Nothing of a row is kept but what the book cites.
func (l *loader) readLog(f *foundFile, book *accessBook) {
	g := &signInLog{
		batch: &batch{loader: l, m: f.m, t: f.Table, src: f.Source, orders: map[int]order{}, styles: map[int]numberStyle{}, zones: map[int]zoned{},
			cells: func(r source.Row) []string { return r.Cells }, aside: func(source.Row) string { return "" }},
		book: book, f: f, results: map[string]evidence.SignInResult{}, factors: map[string]evidence.Answer{}, protocols: map[string]bool{}, days: map[int]bool{},
	}
	g.at, g.login, g.result, g.app = g.of("at"), g.of("login"), g.of("result"), g.of("app")
	g.client, g.event, g.mfa, g.privileged = g.of("client"), g.of("event"), g.of("mfa"), g.of("privileged")
	for col := range f.Table.Header {
		for _, c := range f.m.cols {
			if c == col && !slices.Contains(g.keepCols, col) {
				g.keepCols = append(g.keepCols, col)
			}
		}
	}
	g.prepare(f) // zones, and the order of dates where the head settles it
	if problem := g.proveDates(); problem != nil {
		f.reading.DataSet, f.reading.Status, f.reading.Problems = "", Undecided, []*diag.Problem{problem}
		f.reading.Reason = problem.Message
		f.m = nil
		return
	}
	g.direction()
	g.log = evidence.AccessLog{SaysClient: g.client.there, SaysMFA: g.mfa.there}
	t, err := g.stream(g.take)
	if err != nil {
		f.reading.DataSet, f.reading.Status, f.reading.Problems = "", Refused, []*diag.Problem{refusal(f, err)}
		f.reading.Reason = f.reading.Problems[0].Message
		f.m = nil
		return
	}
	g.finish(t)
}

// stream hands out every row of the file.
func (g *signInLog) stream(each source.RowFunc) (*source.Table, error) {
	if g.f.Stream != nil {
		return g.f.Stream(each)
	}
	for _, r := range g.f.Table.Rows {
		if err := each(g.f.Table, r); err != nil {
			return nil, err
		}
	}
	return g.f.Table, nil
}

// refusal is the problem of a log that cannot be read to its end.
func refusal(f *foundFile, err error) *diag.Problem {
	var p *diag.Problem
	if errors.As(err, &p) {
		return p
	}
	return diag.At(diag.Pos{File: f.Table.File}, "not-readable", "the file cannot be read to its end: "+err.Error()+".", "look at the disk or share it lies on, and build again.")
}

// proveDates decides the order of day and month of the log's dates. Where the
// first rows leave it open the whole file is asked, once.
func (g *signInLog) proveDates() *diag.Problem {
	g.zone = zoned{zone: g.loader.zone, from: "configuration", days: g.loader.zone}
	if g.at.col < 0 {
		return nil
	}
	g.zone = g.zones[g.at.col]
	if g.src != nil && g.src.Date != "" {
		g.order = setOrder(g.src.Date)
		return nil
	}
	var proof orderProof
	for _, r := range g.f.Table.Rows {
		proof.add(g.cell(g.at, r.Cells))
	}
	if len(proof.seps) > 0 && g.f.Stream != nil {
		proof = orderProof{}
		if _, err := g.stream(func(_ *source.Table, r source.Row) error {
			proof.add(g.cell(g.at, r.Cells))
			return nil
		}); err != nil {
			return refusal(g.f, err)
		}
	}
	g.order = proof.order()
	g.order.iso = g.order.iso || len(proof.seps) == 0
	if g.order.fault != "" {
		g.orders = map[int]order{g.at.col: g.order}
		return g.undecidedDates()[0]
	}
	return nil
}

// direction is the order of time in which the first rows stand.
func (g *signInLog) direction() {
	var before time.Time
	for _, r := range g.f.Table.Rows[:min(headRows, len(g.f.Table.Rows))] {
		at, _, ok := g.when(g.cell(g.at, r.Cells))
		if !ok {
			continue
		}
		if !before.IsZero() && !at.Equal(before) {
			g.forward += at.Compare(before)
		}
		before = at
	}
	g.forward = cmp.Compare(g.forward, 0)
}

// when reads the time of an event; from says who gave its zone.
func (g *signInLog) when(cell string) (at time.Time, from string, ok bool) {
	if at, ok := isoInstant(cell); ok {
		return at.In(g.loader.zone), "value", true
	}
	if isBlank(cell) {
		return time.Time{}, "", false
	}
	s, ok := parseStamp(cell)
	if !ok || !g.order.settle(&s) {
		return time.Time{}, "", false
	}
	at, from, _ = g.zone.instant(s)
	return at, cmp.Or(from, "configuration"), !isSentinel(at)
}

// isoInstant reads 2026-05-31T08:00:00Z, with or without a fraction: the form
// that most logs have, read without taking it apart.
func isoInstant(cell string) (time.Time, bool) {
	if len(cell) < 20 || cell[len(cell)-1] != 'Z' || cell[10] != 'T' {
		return time.Time{}, false
	}
	at, err := time.Parse(time.RFC3339Nano, cell)
	return at, err == nil
}

// take reads one row.
func (g *signInLog) take(_ *source.Table, r source.Row) error {
	g.in0().Read++
	switch {
	case emptyRow(r.Cells):
		g.in.SetAside++
		return nil
	case slices.Equal(g.last, r.Cells):
		g.in.Duplicate++
		return nil
	}
	g.last = append(g.last[:0], r.Cells...)
	if g.notKept(r.Cells) != "" || !g.isSignIn(r.Cells) {
		g.in.SetAside++
		return nil
	}
	login := g.cell(g.login, r.Cells)
	at, from, ok := g.when(g.cell(g.at, r.Cells))
	switch {
	case isBlank(login):
		return g.drop(r.N, "login is empty")
	case !ok:
		return g.drop(r.N, "at is not a date in the form of its column")
	case later(at, g.opts.AsOf):
		g.in.SetAside++
		return nil
	}
	if !slices.Contains(g.zoneBy, from) {
		g.zoneBy = append(g.zoneBy, from)
	}
	g.inOrder(at)
	g.in.Used++
	g.widen(at)
	g.days[dayOf(at)] = true
	g.book.event(g, login, at, r)
	return nil
}

// in0 is the intake record, begun with the first row.
func (g *signInLog) in0() *evidence.Input {
	if g.in == nil {
		g.in = &evidence.Input{}
	}
	return g.in
}

// drop rejects a row. No cell of an access log is ever quoted.
func (g *signInLog) drop(n int, reason string) error {
	g.in.Rejected++
	if len(g.listed) < mostListed {
		g.listed = append(g.listed, evidence.RowRecord{N: n, Status: evidence.RowRejected, Reason: reason})
	}
	return nil
}

// isSignIn tells whether a log that holds other events too says that this is a
// sign-in.
func (g *signInLog) isSignIn(cells []string) bool {
	v := g.cell(g.event, cells)
	if v == "" {
		return true
	}
	w := plainWords(v)
	for _, sign := range []string{"sign in", "signin", "login", "logon", "session start", "authentication", "authenticate"} {
		if strings.Contains(w, sign) {
			return true
		}
	}
	return false
}

// inOrder holds the row against the order of time.
func (g *signInLog) inOrder(at time.Time) {
	if !g.lastAt.IsZero() && at.Compare(g.lastAt)*g.forward < 0 {
		g.disorder++
	}
	g.lastAt = at
}

// dayOf counts days since 1970 in t's own zone.
func dayOf(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// finish completes the intake record of a log.
func (g *signInLog) finish(t *source.Table) {
	counts := *g.in0()
	g.f.Table, g.t, g.f.reading.Table = t, t, t
	in := newInput(g.f)
	in.Read, in.Used, in.Duplicate, in.SetAside = counts.Read+len(t.Rejected), counts.Used, counts.Duplicate, counts.SetAside
	in.Rejected = counts.Rejected + len(t.Rejected)
	in.MinDate, in.MaxDate, in.Cited, in.DataSet = counts.MinDate, counts.MaxDate, true, g.m.set.Name
	g.in = in
	g.orders = map[int]order{}
	if g.at.col >= 0 {
		g.orders[g.at.col] = g.order
	}
	g.describeColumns()
	in.Header = nil
	for _, col := range g.keepCols {
		in.Header = append(in.Header, t.Header[col])
	}
	in.DateOrder, in.ZoneFrom = g.dateOrder(), strings.Join(sortedZones(g.zoneBy), ", ")
	in.Rows = g.listed
	for _, r := range t.Rejected[:min(mostListed, len(t.Rejected))] {
		in.Rows = append(in.Rows, evidence.RowRecord{N: r.N, Status: evidence.RowRejected, Reason: r.Reason})
	}
	in.Notes = append(in.Notes, "rows are counted and not kept, but for those that a finding cites and those that were rejected; a row counts as a duplicate only where it repeats the one before it")
	if g.strange > 0 {
		in.Notes = append(in.Notes, fmt.Sprintf("%s a result that is no word we know: neither good nor failed", evidence.Of(g.strange, "row has", "rows have")))
	}
	attest(in, g.f, g.loader.zone)
	g.overLimit(g.f)
	g.f.reading.Input = in
	g.log.Pos, g.log.Events, g.log.First, g.log.Last = diag.Pos{File: t.File, Sheet: t.Sheet}, in.Used, in.MinDate, in.MaxDate
	g.log.Ordered = g.disorder == 0
	for day := range g.days {
		y, m, d := time.Unix(int64(day)*24*60*60, 0).UTC().Date()
		g.log.Days = append(g.log.Days, time.Date(y, m, d, 0, 0, 0, 0, g.loader.zone))
	}
	slices.SortFunc(g.log.Days, time.Time.Compare)
	g.set.AccessLogs = append(g.set.AccessLogs, g.log)
}

// readLogs reads the access logs when all else is read: whose accounts they
// name, and who had left, is known by then.
func (l *loader) readLogs(logs []*foundFile, c *crowd) {
	book := l.newBook(c)
	book.aggregateTrails(l.set)
	inputs := map[string]*evidence.Input{}
	for _, f := range logs {
		l.readLog(f, book)
		if in := f.reading.Input; in != nil {
			inputs[place(in.File, in.Sheet)] = in
		}
	}
	book.close(l.set, inputs)
}
