package intake

import (
	"cmp"
	"slices"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// readAggregate reads the sign-ins of one account to one application with one
// result, as a database counted them.
func readAggregate(r *row, set *evidence.Set) {
	a := evidence.Access{Login: fold(r.key("login")), App: r.text("app"), Result: signInResults[foldWords(r.text("result"))]}
	if a.Result == evidence.SignInNotKnown && allDigits(r.text("result")) {
		a.Result = evidence.SignInFailed
	}
	events := r.number("events")
	if !events.Known || events.Value < 1 {
		r.reject("events is no number above zero")
	}
	a.Events = int(events.Value)
	with := r.number("with_mfa")
	if with.Known {
		a.WithMFA = min(int(with.Value), a.Events)
		a.WithoutMFA = a.Events - a.WithMFA
	}
	a.Privileged = int(r.number("privileged").Value)
	a.First = evidence.Event{At: r.day("first_seen"), Pos: r.pos(), App: a.App}
	a.Last = evidence.Event{At: r.when("last_seen"), Pos: r.pos(), App: a.App}
	if a.First.At.IsZero() {
		a.First.At = a.Last.At
	}
	r.identify(a.Login, a.App, string(a.Result))
	if r.ok() {
		set.Access = append(set.Access, a)
	}
}

// aggregateTrails makes trails of counts. Where a count spans the day somebody
// left, no more is known than that the last of it came after.
func (b *accessBook) aggregateTrails(set *evidence.Set) {
	byLogin := map[string]*evidence.Trail{}
	var order []string
	files := map[string]*evidence.AccessLog{}
	for i := range set.Access {
		a := &set.Access[i]
		a.Account = b.crowd.account(a.Login, a.Last.Pos)
		log := files[place(a.Last.Pos.File, a.Last.Pos.Sheet)]
		if log == nil {
			log = &evidence.AccessLog{Pos: diag.Pos{File: a.Last.Pos.File, Sheet: a.Last.Pos.Sheet}, Aggregate: true, First: a.First.At, Last: a.Last.At}
			files[place(a.Last.Pos.File, a.Last.Pos.Sheet)] = log
		}
		log.Events += a.Events
		log.SaysMFA = log.SaysMFA || a.WithMFA+a.WithoutMFA > 0
		if a.First.At.Before(log.First) {
			log.First = a.First.At
		}
		if a.Last.At.After(log.Last) {
			log.Last = a.Last.At
		}
		t := byLogin[a.Login]
		if t == nil {
			t = &evidence.Trail{Login: a.Login, Account: a.Account}
			byLogin[a.Login] = t
			order = append(order, a.Login)
		}
		if a.Result == evidence.SignedIn {
			b.addCount(t, a)
		}
	}
	slices.Sort(order)
	for _, login := range order {
		set.Trails = append(set.Trails, *byLogin[login])
	}
	for _, key := range sortedKeys(files) {
		set.AccessLogs = append(set.AccessLogs, *files[key])
	}
}

func (b *accessBook) addCount(t *evidence.Trail, a *evidence.Access) {
	whole := evidence.Episode{Events: a.Events, First: a.First, Last: a.Last}
	t.Success.Join(whole)
	t.WithMFA += a.WithMFA
	if a.WithoutMFA > 0 {
		t.WithoutMFA.Join(evidence.Episode{Events: a.WithoutMFA, First: a.Last, Last: a.Last})
	}
	left := b.left[cmp.Or(a.Account, a.Login)]
	if left.IsZero() {
		left = b.left[a.Login]
	}
	switch {
	case left.IsZero() || !a.Last.At.After(left):
	case a.First.At.After(left):
		t.AfterLeaving.Join(whole)
	default:
		t.AfterLeaving.Join(evidence.Episode{Events: 1, AtLeast: true, First: a.Last, Last: a.Last})
	}
}
