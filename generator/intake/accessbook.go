package intake

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/source"
)

// mostLogins is how many logins are told apart that never signed in and that a
// log names: attackers make up names without end, and memory must not follow.
const mostLogins = 200000

// otherLogins stands for the names beyond it.
const otherLogins = "(further names without a good sign-in)"

// An accessBook counts sign-ins over all logs of a run. What it holds grows
// with logins and applications, never with rows.
type accessBook struct {
	crowd  *crowd
	left   map[string]time.Time // account or folded login -> when its person left
	access map[accessKey]*evidence.Access
	trails map[string]*trail
	apps   map[string]string
	limit  config.TimesWithinSpan
}

type accessKey struct {
	login, app string
	result     evidence.SignInResult
}

// A kept event is one that a finding may cite, with its cells.
type kept struct {
	at        time.Time
	file, sht string
	row       int
	app       string
	raw       []byte // cells that are read, joined by a unit separator
}

// set puts an event in the place of another, in the same memory.
func (k *kept) set(g *signInLog, at time.Time, app string, r source.Row) {
	k.at, k.file, k.sht, k.row, k.app = at, g.t.File, g.t.Sheet, r.N, app
	k.raw = k.raw[:0]
	for i, col := range g.keepCols {
		if i > 0 {
			k.raw = append(k.raw, '\x1f')
		}
		if col < len(r.Cells) {
			k.raw = append(k.raw, r.Cells[col]...)
		}
	}
}

func (k *kept) event() evidence.Event {
	if k.at.IsZero() {
		return evidence.Event{}
	}
	return evidence.Event{At: k.at, Pos: diag.Pos{File: k.file, Sheet: k.sht, Row: k.row}, App: k.app}
}

// A stretch is an episode on its way.
type stretch struct {
	n           int
	first, last kept
}

func (s *stretch) add(g *signInLog, at time.Time, app string, r source.Row) {
	s.n++
	if s.n == 1 || at.Before(s.first.at) {
		s.first.set(g, at, app, r)
	}
	if s.n == 1 || !at.Before(s.last.at) {
		s.last.set(g, at, app, r)
	}
}

func (s *stretch) episode() evidence.Episode {
	return evidence.Episode{Events: s.n, First: s.first.event(), Last: s.last.event()}
}

// A trail is what the logs show of one login, on its way.
type trail struct {
	login, account string
	left           time.Time
	success        stretch
	after          *stretch // most logins have none of the three
	legacy         *stretch
	single         *stretch
	withMFA        int
	recent         []kept // the newest failures, at most as many as make a burst; oldest first
	pending        *kept  // in a log that is newest first: the good sign-in that failures may come before
	bursts         int
	burst          []kept // of the first burst
	burstEnd       kept
	file           string // log that recent and pending are of
}

func (l *loader) newBook(c *crowd) *accessBook {
	b := &accessBook{
		crowd: c, left: map[string]time.Time{}, access: map[accessKey]*evidence.Access{}, trails: map[string]*trail{}, apps: map[string]string{},
		limit: l.opts.Config.Policy.SignInFailures,
	}
	if b.limit.Times <= 0 || b.limit.Within <= 0 {
		b.limit = config.Defaults().SignInFailures
	}
	for i := range l.set.Leavers {
		v := &l.set.Leavers[i]
		for _, name := range append([]string{fold(v.Login)}, v.Accounts...) {
			if was, found := b.left[name]; name != "" && (!found || v.LeftOn.Before(was)) {
				b.left[name] = v.LeftOn
			}
		}
	}
	return b
}

// event counts one sign-in.
func (b *accessBook) event(g *signInLog, written string, at time.Time, r source.Row) {
	result := g.resultOf(g.cell(g.result, r.Cells))
	app := g.cell(g.app, r.Cells)
	if isBlank(app) {
		app = ""
	}
	login := fold(written)
	t := b.trails[login]
	if t == nil {
		t = b.newTrail(login, result, diag.Pos{File: g.t.File, Sheet: g.t.Sheet, Row: r.N})
	}
	if held, found := b.apps[app]; found {
		app = held
	} else {
		app = strings.Clone(app)
		b.apps[app] = app
	}
	factor := g.factorOf(g.cell(g.mfa, r.Cells))
	b.count(g, t, app, result, factor, at, r)
	switch result {
	case evidence.SignedIn:
		t.signedIn(g, b.limit, factor, at, app, r)
	case evidence.SignInFailed:
		t.failed(g, b.limit, at, app, r)
	case evidence.SignInOther, evidence.SignInNotKnown:
	}
}

func (b *accessBook) newTrail(login string, result evidence.SignInResult, pos diag.Pos) *trail {
	if result != evidence.SignedIn && len(b.trails) >= mostLogins {
		if at, _ := b.crowd.find(login); at < 0 {
			if t := b.trails[otherLogins]; t != nil {
				return t
			}
			login = otherLogins
		}
	}
	login = strings.Clone(login)
	t := &trail{login: login, account: b.crowd.account(login, pos)}
	for _, name := range []string{t.account, login, shortName(login)} {
		if left, found := b.left[name]; found && name != "" {
			t.left = left
			break
		}
	}
	b.trails[login] = t
	return t
}

func (b *accessBook) count(g *signInLog, t *trail, app string, result evidence.SignInResult, factor evidence.Answer, at time.Time, r source.Row) {
	key := accessKey{t.login, app, result}
	a := b.access[key]
	if a == nil {
		a = &evidence.Access{Login: t.login, Account: t.account, App: app, Result: result}
		b.access[key] = a
	}
	a.Events++
	if a.Events == 1 || at.Before(a.First.At) {
		a.First = evidence.Event{At: at, Pos: diag.Pos{File: g.t.File, Sheet: g.t.Sheet, Row: r.N}, App: app}
	}
	if a.Events == 1 || !at.Before(a.Last.At) {
		a.Last = evidence.Event{At: at, Pos: diag.Pos{File: g.t.File, Sheet: g.t.Sheet, Row: r.N}, App: app}
	}
	switch factor {
	case evidence.Yes:
		a.WithMFA++
	case evidence.No:
		a.WithoutMFA++
	case evidence.Unknown:
	}
	if v := g.cell(g.privileged, r.Cells); v != "" && (answers[strings.ToLower(v)] == evidence.Yes || strings.Contains(strings.ToLower(v), "admin")) {
		a.Privileged++
	}
}

// signedIn adds a good sign-in to the trail.
func (t *trail) signedIn(g *signInLog, limit config.TimesWithinSpan, factor evidence.Answer, at time.Time, app string, r source.Row) {
	t.success.add(g, at, app, r)
	if !t.left.IsZero() && at.After(t.left) {
		t.after = added(t.after, g, at, app, r)
	}
	if g.legacy(g.cell(g.client, r.Cells)) {
		t.legacy = added(t.legacy, g, at, app, r)
	}
	switch factor {
	case evidence.Yes:
		t.withMFA++
	case evidence.No:
		t.single = added(t.single, g, at, app, r)
	case evidence.Unknown:
	}
	t.begin(g)
	if g.forward < 0 {
		if t.pending == nil {
			t.pending = &kept{}
		}
		t.pending.set(g, at, app, r)
		t.recent = t.recent[:0]
		return
	}
	if len(t.recent) >= limit.Times && at.Sub(t.recent[0].at) <= limit.Within {
		t.burstEnds(func(k *kept) { k.set(g, at, app, r) })
	}
	t.recent = t.recent[:0]
}

func added(s *stretch, g *signInLog, at time.Time, app string, r source.Row) *stretch {
	if s == nil {
		s = &stretch{}
	}
	s.add(g, at, app, r)
	return s
}

// failed adds a failure. A good sign-in ends the count.
func (t *trail) failed(g *signInLog, limit config.TimesWithinSpan, at time.Time, app string, r source.Row) {
	t.begin(g)
	if g.forward < 0 {
		if t.pending == nil || t.pending.at.IsZero() || t.pending.at.Sub(at) > limit.Within {
			return
		}
		t.recent = append(t.recent, kept{})
		t.recent[len(t.recent)-1].set(g, at, app, r)
		if len(t.recent) == limit.Times {
			slices.Reverse(t.recent)
			t.burstEnds(func(k *kept) { *k = *t.pending })
			t.pending, t.recent = nil, nil
		}
		return
	}
	if len(t.recent) == limit.Times { // the oldest makes room
		oldest := t.recent[0]
		copy(t.recent, t.recent[1:])
		t.recent[len(t.recent)-1] = oldest
	} else {
		t.recent = append(t.recent, kept{})
	}
	t.recent[len(t.recent)-1].set(g, at, app, r)
}

// begin forgets what was of another log: rows of two files do not follow each
// other.
func (t *trail) begin(g *signInLog) {
	if file := g.t.File + "\x00" + g.t.Sheet; t.file != file {
		t.file, t.pending, t.recent = file, nil, t.recent[:0]
	}
}

// burstEnds counts a burst, and keeps the earliest.
func (t *trail) burstEnds(end func(*kept)) {
	t.bursts++
	var last kept
	end(&last)
	if t.bursts > 1 && !last.at.Before(t.burstEnd.at) {
		return
	}
	t.burstEnd = last
	t.burst = make([]kept, len(t.recent))
	for i := range t.recent {
		t.burst[i] = t.recent[i]
		t.burst[i].raw = slices.Clone(t.recent[i].raw)
	}
}

// close puts the book into the set: sorted, and the rows it cites into the
// intake records of their logs.
func (b *accessBook) close(set *evidence.Set, inputs map[string]*evidence.Input) {
	for _, a := range b.access {
		set.Access = append(set.Access, *a)
	}
	cited := map[string]map[int][]byte{}
	cite := func(list ...kept) {
		for i := range list {
			if k := &list[i]; !k.at.IsZero() {
				at := place(k.file, k.sht)
				if cited[at] == nil {
					cited[at] = map[int][]byte{}
				}
				cited[at][k.row] = k.raw
			}
		}
	}
	for _, t := range b.trails {
		out := evidence.Trail{Login: t.login, Account: t.account, Success: t.success.episode(), WithMFA: t.withMFA, Bursts: t.bursts}
		cite(t.success.first, t.success.last)
		for _, part := range []struct {
			from *stretch
			to   *evidence.Episode
		}{{t.after, &out.AfterLeaving}, {t.legacy, &out.Legacy}, {t.single, &out.WithoutMFA}} {
			if part.from != nil {
				*part.to = part.from.episode()
				cite(part.from.first, part.from.last)
			}
		}
		if t.bursts > 0 {
			for i := range t.burst {
				out.Burst.Failures = append(out.Burst.Failures, t.burst[i].event())
			}
			out.Burst.Success = t.burstEnd.event()
			cite(t.burst...)
			cite(t.burstEnd)
		}
		set.Trails = append(set.Trails, out)
	}
	slices.SortFunc(set.Access, func(x, y evidence.Access) int {
		return cmp.Or(cmp.Compare(x.Login, y.Login), cmp.Compare(x.App, y.App), cmp.Compare(x.Result, y.Result))
	})
	slices.SortFunc(set.Trails, func(x, y evidence.Trail) int { return cmp.Compare(x.Login, y.Login) })
	for at, rows := range cited {
		in := inputs[at]
		if in == nil {
			continue
		}
		for n, raw := range rows {
			in.Rows = append(in.Rows, evidence.RowRecord{N: n, Cells: strings.Split(string(raw), "\x1f"), Status: evidence.RowUsed})
		}
		slices.SortFunc(in.Rows, func(x, y evidence.RowRecord) int { return cmp.Compare(x.N, y.N) })
	}
}
