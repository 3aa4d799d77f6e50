package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/evidence"
	"proofpack/generator/source"
)

// logHeader are the columns of the logs of these tests; the last is one that
// nothing reads.
const logHeader = "Date (UTC),Username,Application,Status,Client app,Authentication requirement,IP address,Failure reason,Correlation ID"

// A logWriter writes an access log of n rows as it is read, so that no test
// holds it: the same bytes for the same seed.
type logWriter struct {
	rnd    *rand.Rand
	n, row int
	at     time.Time
	step   time.Duration
	buf    bytes.Buffer
	guess  string // login in the middle of a burst
	left   int    // failures of the burst to come
}

func newLog(n int) *logWriter {
	w := &logWriter{rnd: rand.New(rand.NewPCG(7, 11)), n: n, at: time.Date(2026, 5, 1, 0, 0, 5, 0, time.UTC)}
	w.step = 30 * 24 * time.Hour / time.Duration(n)
	w.buf.WriteString(logHeader + "\r\n")
	return w
}

func (w *logWriter) Read(p []byte) (int, error) {
	for w.buf.Len() < len(p) && w.row < w.n {
		w.write()
	}
	return w.buf.Read(p)
}

func (w *logWriter) write() {
	w.row++
	w.at = w.at.Add(min(w.step, 50*time.Second))
	if w.rnd.IntN(1000) == 0 {
		w.at = w.at.Add(w.step / 2)
	}
	login := fmt.Sprintf("User%d@corp.example", w.rnd.IntN(200))
	result, reason := "Success", ""
	switch {
	case w.left > 1:
		login, result = w.guess, "Failure"
		w.left--
	case w.left == 1:
		login, result, w.left = w.guess, "Success", 0
	case w.rnd.IntN(4000) == 0:
		w.guess, w.left = login, 8+w.rnd.IntN(6)
	case w.rnd.IntN(20) == 0:
		result, reason = "Failure", "Invalid user name, or \"password\"\nTry again"
	case w.rnd.IntN(50) == 0:
		result = "Interrupted"
	}
	app := []string{"Mail", "VPN", "Orders; old", "Portal", "Files"}[w.rnd.IntN(5)]
	client := []string{"Browser", "Browser", "Browser", "IMAP4"}[w.rnd.IntN(4)]
	factor := []string{"Multifactor authentication", "Single-factor authentication", ""}[w.rnd.IntN(3)]
	c := csv.NewWriter(&w.buf)
	c.UseCRLF = true
	if err := c.Write([]string{w.at.Format(time.RFC3339), login, app, result, client, factor, fmt.Sprintf("192.0.2.%d", w.rnd.IntN(250)), reason, fmt.Sprintf("c-%d-%d", w.row, w.rnd.Int64())}); err != nil {
		panic(err)
	}
	c.Flush()
}

// streamed is a file of no bounds, as the reader of exports hands it over.
func streamed(t testing.TB, name string, open func() io.Reader) File {
	t.Helper()
	enough := errors.New("enough")
	var head source.Table
	var rows []source.Row
	whole, err := source.Stream(name, open(), source.Options{Score: Score}, func(tb *source.Table, r source.Row) error {
		if len(rows) == HeadRows() {
			head = *tb
			return enough
		}
		rows = append(rows, source.Row{N: r.N, Cells: slices.Clone(r.Cells)})
		return nil
	})
	switch {
	case errors.Is(err, enough):
	case err != nil:
		t.Fatal(err)
	default:
		head = *whole
	}
	head.Rows = rows
	if !Unbounded(&head, nil) {
		t.Fatalf("%s is not recognised as a log", name)
	}
	return File{Table: &head, Stream: func(each source.RowFunc) (*source.Table, error) {
		return source.Stream(name, open(), source.Options{Score: Score}, each)
	}}
}

// oracle counts a log with nothing but the standard library.
type oracle struct {
	access  map[[3]string]evidence.Access
	trails  map[string]*evidence.Trail
	records [][]string // by row number - 1
}

func newOracle(t testing.TB, r io.Reader) oracle {
	t.Helper()
	records, err := csv.NewReader(r).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	o := oracle{access: map[[3]string]evidence.Access{}, trails: map[string]*evidence.Trail{}, records: records}
	failures := map[string][]time.Time{}
	for _, rec := range records[1:] {
		at, err := time.Parse(time.RFC3339, rec[0])
		if err != nil {
			t.Fatal(err)
		}
		login := strings.ToLower(rec[1])
		result := map[string]string{"Success": "success", "Failure": "failure", "Interrupted": "interrupted"}[rec[3]]
		key := [3]string{login, rec[2], result}
		a := o.access[key]
		if a.Events == 0 || at.Before(a.First.At) {
			a.First.At = at
		}
		if at.After(a.Last.At) {
			a.Last.At = at
		}
		a.Events++
		switch rec[5] {
		case "Multifactor authentication":
			a.WithMFA++
		case "Single-factor authentication":
			a.WithoutMFA++
		}
		o.access[key] = a
		tr := o.trails[login]
		if tr == nil {
			tr = &evidence.Trail{}
			o.trails[login] = tr
		}
		switch rec[3] {
		case "Failure":
			failures[login] = append(failures[login], at)
		case "Success":
			tr.Success.Events++
			if rec[4] == "IMAP4" {
				tr.Legacy.Events++
			}
			if rec[5] == "Single-factor authentication" {
				tr.WithoutMFA.Events++
			}
			if f := failures[login]; len(f) >= 10 && at.Sub(f[len(f)-10]) <= 10*time.Minute {
				tr.Bursts++
			}
			failures[login] = nil
		}
	}
	return o
}

func loadLog(t testing.TB, files ...File) (*evidence.Set, []Reading) {
	t.Helper()
	set, readings, problems := loaded(files...)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return set, readings
}

// TestSignInsEqualAnOracle holds the counts of a log against encoding/csv, in
// both orders of time.
func TestSignInsEqualAnOracle(t *testing.T) {
	const n = 30000
	whole, err := io.ReadAll(newLog(n))
	if err != nil {
		t.Fatal(err)
	}
	o := newOracle(t, bytes.NewReader(whole))
	for _, c := range []struct {
		name string
		text []byte
	}{{"oldest first", whole}, {"newest first", reversed(t, whole)}} {
		t.Run(c.name, func(t *testing.T) {
			set, readings := loadLog(t, streamed(t, "exports/sign-ins.csv", func() io.Reader { return bytes.NewReader(c.text) }))
			if len(set.Access) != len(o.access) {
				t.Errorf("%d counts, want %d", len(set.Access), len(o.access))
			}
			for _, a := range set.Access {
				want := o.access[[3]string{a.Login, a.App, string(a.Result)}]
				if a.Events != want.Events || a.WithMFA != want.WithMFA || a.WithoutMFA != want.WithoutMFA || !a.First.At.Equal(want.First.At) || !a.Last.At.Equal(want.Last.At) {
					t.Fatalf("%s %s %s: %+v, want %+v", a.Login, a.App, a.Result, a, want)
				}
			}
			bursts := 0
			for _, tr := range set.Trails {
				want := o.trails[tr.Login]
				if tr.Success.Events != want.Success.Events || tr.Legacy.Events != want.Legacy.Events || tr.WithoutMFA.Events != want.WithoutMFA.Events || tr.Bursts != want.Bursts {
					t.Fatalf("%s: %d good, %d legacy, %d single, %d bursts; want %d, %d, %d, %d", tr.Login, tr.Success.Events, tr.Legacy.Events, tr.WithoutMFA.Events, tr.Bursts,
						want.Success.Events, want.Legacy.Events, want.WithoutMFA.Events, want.Bursts)
				}
				bursts += tr.Bursts
			}
			if bursts == 0 {
				t.Error("the log of this test holds no burst, and proves nothing of them")
			}
			if l := set.AccessLogs[0]; !l.Ordered || l.Events != n || !l.SaysClient || !l.SaysMFA {
				t.Errorf("%+v", l)
			}
			holdProvenance(t, c.text, set, readings[0].Input)
		})
	}
}

// reversed is a log with its newest row first.
func reversed(t *testing.T, text []byte) []byte {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(records[1:])
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	if err := w.WriteAll(records); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// holdProvenance holds every event that is cited against the row it names, and
// every row that is kept against its cells.
func holdProvenance(t *testing.T, text []byte, set *evidence.Set, in *evidence.Input) {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := map[int]evidence.RowRecord{}
	for _, r := range in.Rows {
		rows[r.N] = r
	}
	event := func(what, login string, e evidence.Event, kept bool) {
		if e.At.IsZero() {
			t.Fatalf("%s of %s is not there", what, login)
		}
		rec := records[e.Pos.Row-1]
		if !strings.EqualFold(rec[1], login) || rec[0] != e.At.UTC().Format(time.RFC3339) || rec[2] != e.App {
			t.Fatalf("%s of %s at %s names row %d, which is %q", what, login, e.At, e.Pos.Row, rec)
		}
		if got := rows[e.Pos.Row].Cells; kept && !cmp.Equal(got, rec[:8]) {
			t.Fatalf("row %d is kept as %q, and is %q", e.Pos.Row, got, rec[:8])
		}
	}
	for _, tr := range set.Trails {
		event("the first good sign-in", tr.Login, tr.Success.First, true)
		event("the last good sign-in", tr.Login, tr.Success.Last, true)
		event("the last legacy sign-in", tr.Login, tr.Legacy.Last, true)
		event("the last sign-in without a second factor", tr.Login, tr.WithoutMFA.Last, true)
		for i, e := range tr.Burst.Failures {
			event("a failure of the burst", tr.Login, e, true)
			if records[e.Pos.Row-1][3] != "Failure" || i > 0 && e.At.Before(tr.Burst.Failures[i-1].At) {
				t.Fatalf("row %d is no failure in its place", e.Pos.Row)
			}
		}
		if tr.Bursts > 0 {
			event("the end of the burst", tr.Login, tr.Burst.Success, true)
		}
	}
	for _, a := range set.Access {
		event("the first of a count", a.Login, a.First, false)
		event("the last of a count", a.Login, a.Last, false)
	}
	if diff := cmp.Diff([]string{"Correlation ID"}, in.Unmapped); diff != "" || slices.Contains(in.Header, "Correlation ID") {
		t.Errorf("a column that nothing reads: kept in %q, unmapped %q", in.Header, in.Unmapped)
	}
}

// TestSignInsTakeNoMemoryPerRow holds that what a log leaves behind, and what it
// holds at any time, is the same for ten times the rows.
func TestSignInsTakeNoMemoryPerRow(t *testing.T) {
	held := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	measure := func(n int) (most, kept uint64) {
		f := streamed(t, "exports/sign-ins.csv", func() io.Reader { return newLog(n) })
		stream := f.Stream
		before := held()
		f.Stream = func(each source.RowFunc) (*source.Table, error) {
			rows := 0
			return stream(func(tb *source.Table, r source.Row) error {
				if rows++; rows%(n/4) == 0 {
					most = max(most, held()-min(before, held()))
				}
				return each(tb, r)
			})
		}
		set, readings := loadLog(t, f)
		kept = held() - min(before, held())
		if set.AccessLogs[0].Events != n || len(readings[0].Input.Rows) > 20*len(set.Trails) {
			t.Fatalf("%d of %d rows counted, %d kept for %d logins", set.AccessLogs[0].Events, n, len(readings[0].Input.Rows), len(set.Trails))
		}
		runtime.KeepAlive(set)
		return most, kept
	}
	fewMost, fewKept := measure(15000)
	manyMost, manyKept := measure(150000)
	t.Logf("15,000 rows: at most %d kB, left %d kB; 150,000 rows: at most %d kB, left %d kB", fewMost>>10, fewKept>>10, manyMost>>10, manyKept>>10)
	const slack = 1 << 20 // bursts found, and what the run-time keeps
	if manyMost > fewMost+slack || manyKept > fewKept+slack {
		t.Errorf("ten times the rows hold %d kB instead of %d kB, and leave %d kB instead of %d kB", manyMost>>10, fewMost>>10, manyKept>>10, fewKept>>10)
	}
}

func BenchmarkSignIns(b *testing.B) {
	text, err := io.ReadAll(newLog(100000))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		f := streamed(b, "exports/sign-ins.csv", func() io.Reader { return bytes.NewReader(text) })
		loadLog(b, f)
	}
}
