package evidence

import (
	"time"

	"proofpack/generator/diag"
)

// A SignInResult is how a sign-in ended. The zero value is unknown.
type SignInResult string

// The results of sign-ins.
const (
	SignedIn       SignInResult = "success"
	SignInFailed   SignInResult = "failure"
	SignInOther    SignInResult = "interrupted" // neither: a prompt that was not answered
	SignInNotKnown SignInResult = ""
)

// An Access is the sign-ins of one login to one application with one result,
// counted. Events are not kept.
type Access struct {
	Login      string // folded
	Account    string // key of the account; "" when none answers to the login
	App        string // as written; "" when the log names none
	Result     SignInResult
	First      Event
	Last       Event
	Events     int
	WithMFA    int // events that say a second factor was used
	WithoutMFA int // events that say none was; the rest says nothing
	Privileged int
}

// An Event is one sign-in that is cited.
type Event struct {
	At  time.Time
	Pos diag.Pos
	App string
}

// An Episode is several sign-ins of one kind, with the first and the last.
type Episode struct {
	Events      int
	AtLeast     bool // an aggregate says no more than that there were so many
	First, Last Event
}

// A Trail is what the access log shows of one login, over all applications.
type Trail struct {
	Login        string // folded
	Account      string // key of the account; "" when none answers to the login
	Success      Episode
	AfterLeaving Episode // good sign-ins after the person left
	Legacy       Episode // good sign-ins by a protocol that knows no second factor
	WithoutMFA   Episode // good sign-ins that say no second factor was used
	WithMFA      int     // good sign-ins that say one was
	Bursts       int     // times that many failures came just before a good sign-in
	Burst        Burst   // the first of them
}

// A Burst is many failed sign-ins and then a good one.
type Burst struct {
	Failures []Event // oldest first
	Success  Event
}

// An AccessLog is one source of sign-ins as a whole.
type AccessLog struct {
	Pos         diag.Pos    // the file
	Days        []time.Time // days with a sign-in, as midnights of the configured zone, in order; none of an aggregate
	Ordered     bool        // its rows stand in the order of time, so that failures before a success can be counted
	SaysClient  bool        // it says by which protocol
	SaysMFA     bool        // it says whether a second factor was used
	Aggregate   bool        // made by a database: events were not seen
	First, Last time.Time
	Events      int
}

// TrailsByAccount is what the access log shows of each account: every login
// that is its, together. An account that the log never names has none.
func (s *Set) TrailsByAccount() map[string]*Trail {
	out := map[string]*Trail{}
	for i := range s.Trails {
		t := &s.Trails[i]
		switch first := out[t.Account]; {
		case t.Account == "":
		case first == nil:
			c := *t
			out[t.Account] = &c
		default:
			first.merge(t)
		}
	}
	return out
}

// merge adds another login of the same account.
func (t *Trail) merge(o *Trail) {
	t.Success.Join(o.Success)
	t.AfterLeaving.Join(o.AfterLeaving)
	t.Legacy.Join(o.Legacy)
	t.WithoutMFA.Join(o.WithoutMFA)
	t.WithMFA += o.WithMFA
	if t.Bursts == 0 {
		t.Burst = o.Burst
	}
	t.Bursts += o.Bursts
}

// Join adds another episode of the same kind.
func (e *Episode) Join(o Episode) {
	if o.Events == 0 {
		return
	}
	if e.Events == 0 {
		*e = o
		return
	}
	e.Events += o.Events
	e.AtLeast = e.AtLeast || o.AtLeast
	if o.First.At.Before(e.First.At) {
		e.First = o.First
	}
	if o.Last.At.After(e.Last.At) {
		e.Last = o.Last
	}
}

// Sources are the rows of an episode that are kept: the first and the last.
func (e Episode) Sources() []diag.Pos {
	switch {
	case e.Events == 0:
		return nil
	case e.First.Pos == e.Last.Pos:
		return []diag.Pos{e.First.Pos}
	}
	return []diag.Pos{e.First.Pos, e.Last.Pos}
}
