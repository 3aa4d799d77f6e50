package assess

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// An accessIndex is accounts, leavers, reviews and what the access log shows,
// by what they are about.
type accessIndex struct {
	accounts map[string][]*evidence.Account // key -> rows of that key that are not one account
	trails   map[string]*evidence.Trail     // account -> what the log shows of it
	logins   map[string]*evidence.Trail     // login -> the same of one login
	leavers  map[string][]*evidence.Leaver  // key of a leaver
	reviews  map[string][]*evidence.Review  // account -> its reviews, newest last
	newest   map[string]*evidence.Review    // login and resource -> the newest review
	vendors  map[string][]*evidence.Vendor  // folded name
	twins    map[string]string              // login without a domain -> the account it may be
}

func newAccessIndex(in *Input) *accessIndex {
	x := &accessIndex{
		accounts: map[string][]*evidence.Account{}, trails: in.TrailsByAccount(), logins: map[string]*evidence.Trail{}, leavers: map[string][]*evidence.Leaver{},
		reviews: map[string][]*evidence.Review{}, newest: map[string]*evidence.Review{}, vendors: map[string][]*evidence.Vendor{}, twins: twinsOf(in.Accounts),
	}
	for i := range in.Accounts {
		a := &in.Accounts[i]
		x.accounts[a.Key] = append(x.accounts[a.Key], a)
	}
	for i := range in.Trails {
		x.logins[in.Trails[i].Login] = &in.Trails[i]
	}
	for i := range in.Leavers {
		v := &in.Leavers[i]
		x.leavers[leaverKey(v)] = append(x.leavers[leaverKey(v)], v)
	}
	for i := range in.Reviews {
		v := &in.Reviews[i]
		if v.Account != "" {
			x.reviews[v.Account] = append(x.reviews[v.Account], v)
		}
		if key := reviewKey(v); x.newest[key] == nil || settles(v, x.newest[key]) {
			x.newest[key] = v
		}
	}
	for i := range in.Vendors {
		v := &in.Vendors[i]
		x.vendors[folded(v.Name)] = append(x.vendors[folded(v.Name)], v)
	}
	return x
}

// newerReview tells whether a was decided after b; of two of one day the one
// that decided nothing counts as the newer.
func newerReview(a, b *evidence.Review) bool {
	if !a.DecidedAt.Equal(b.DecidedAt) {
		return a.DecidedAt.After(b.DecidedAt)
	}
	return a.Decision == evidence.NotReviewed && b.Decision != evidence.NotReviewed
}

// settles tells whether a review is the one to judge, of two of one login and
// resource: the newer. Of two that name no resource nothing shows that they are
// about one thing, so that what is still to be removed is not settled by the
// other.
func settles(v, was *evidence.Review) bool {
	if v.Resource == "" && unsettled(v) != unsettled(was) {
		return unsettled(v)
	}
	return !newerReview(was, v)
}

// unsettled tells whether a review took something away, or may have, and
// nothing shows that it was removed.
func unsettled(v *evidence.Review) bool {
	return v.CarriedOutAt.IsZero() && (v.Decision == evidence.DecideRevoke || v.Decision == evidence.DecideChange || undecided(v))
}

// undecided tells that no word at all stands where the decision should: it may
// have been any.
func undecided(v *evidence.Review) bool {
	return v.Decision == evidence.NotReviewed && v.DecisionText == ""
}

// leaverKey is what a leaver is found by.
func leaverKey(v *evidence.Leaver) string {
	return folded(cmp.Or(v.EmployeeID, v.Login, v.Name))
}

func leaverName(v *evidence.Leaver) string { return cmp.Or(v.Name, v.Login, v.EmployeeID) }

// reviewKey is what of whom a review is about.
func reviewKey(v *evidence.Review) string {
	key := folded(cmp.Or(v.Account, v.Login))
	if v.Resource != "" {
		key += " " + folded(v.Resource)
	}
	return key
}

// company is the subject of a check that has no single one: the export as a
// whole.
func company(dataSet string) Subject {
	name := export(dataSet) + " export"
	if dataSet == evidence.Accounts {
		name = "account export"
	}
	return Subject{Kind: "source", ID: dataSet, Name: name}
}

// orCompany is the subjects, or the export as a whole where there is none: that
// nothing can be asked is an answer too.
func orCompany(dataSet string, subjects []Subject) []Subject {
	if len(subjects) == 0 {
		return []Subject{company(dataSet)}
	}
	return subjects
}

// accountsWhere are the accounts for which something holds, by key.
func (in *Input) accountsWhere(hold func(*evidence.Account) bool) []Subject {
	var out []Subject
	for i := range in.Accounts {
		if a := &in.Accounts[i]; hold(a) {
			out = append(out, Subject{Kind: "account", ID: a.Key, Name: a.Login})
		}
	}
	slices.SortStableFunc(out, func(a, b Subject) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(out, func(a, b Subject) bool { return a.ID == b.ID })
}

// open tells whether an account may be in use: only a record that says that it
// is closed takes it out.
func open(a *evidence.Account) bool { return a.Enabled != evidence.No }

// judgeAccount judges the accounts of a key; of several the worse counts.
func (in *Input) judgeAccount(s Subject, hold func(*evidence.Account) bool, judge func(*evidence.Account) Answer) Answer {
	var out Answer
	for _, a := range in.index().access.accounts[s.ID] {
		if !hold(a) {
			continue
		}
		if answer := judge(a); out.Says.Empty() || Worse(answer.State, out.State) {
			out = answer
		}
	}
	return out
}

// trail is what the access log shows of an account; nil when it never names it.
func (in *Input) trail(account string) *evidence.Trail { return in.index().access.trails[account] }

// nothing tells that a data set that a check cannot do without has no row.
func (in *Input) nothing(dataSets ...string) (Answer, bool) {
	for _, d := range dataSets {
		if none, absent := in.absent(d); absent {
			return Answer{Says: none}, true
		}
	}
	return Answer{}, false
}

// hasLog tells whether sign-ins were supplied, event by event or counted.
func (in *Input) hasLog() bool {
	return in.usable(evidence.SignIns) || in.usable(evidence.AccessAggregate)
}

// noLog tells that nothing shows who signed in.
func (in *Input) noLog() (Answer, bool) {
	if in.hasLog() {
		return Answer{}, false
	}
	return in.nothing(evidence.SignIns)
}

// logFiles are the access logs.
func (in *Input) logFiles() []diag.Pos {
	return positions(in.AccessLogs, func(l evidence.AccessLog) diag.Pos { return l.Pos })
}

// gaps are the days from one to another on which no access log has a row, and
// how many days were asked about. Of counts without days nothing is known:
// every day is a gap.
func (in *Input) gaps(from, to time.Time) (missing []time.Time, asked int) {
	has := map[string]bool{}
	for _, l := range in.AccessLogs {
		for _, d := range l.Days {
			has[in.zoned(d).Format(time.DateOnly)] = true
		}
	}
	from, to = in.zoned(from), in.zoned(to)
	day := time.Date(from.Year(), from.Month(), from.Day(), 12, 0, 0, 0, from.Location())
	for ; evidence.DaysBetween(day, to) >= 0; day = day.AddDate(0, 0, 1) {
		asked++
		if !has[day.Format(time.DateOnly)] {
			missing = append(missing, day)
		}
	}
	return missing, asked
}

// monthStart is the first instant of the month of as-of.
func (in *Input) monthStart() time.Time {
	t := in.zoned(in.AsOf)
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, t.Location())
}

// accountRows are the first rows of accounts.
func accountRows(accounts []*evidence.Account) []diag.Pos {
	return positions(accounts, func(a *evidence.Account) diag.Pos { return a.Pos })
}

// those are the accounts for which something holds.
func (in *Input) those(hold func(*evidence.Account) bool) []*evidence.Account {
	var out []*evidence.Account
	for i := range in.Accounts {
		if hold(&in.Accounts[i]) {
			out = append(out, &in.Accounts[i])
		}
	}
	return out
}

// notOnRecord says of how many accounts something is not on record.
func (in *Input) notOnRecord(what, column string, unknown []*evidence.Account) Answer {
	rows := accountRows(unknown)
	return Answer{
		Says: say("{} is not on record for {} of {}.", what,
			evidence.Count(len(unknown), "count(open accounts where "+column+" is blank)", rows...).As(evidence.Whole(len(unknown))),
			evidence.Counted(len(in.those(open)), "account", "accounts", "count(open accounts)")),
		Sources: rows, Drift: column + " not recorded",
	}
}

// signedIn is how often something was signed in to, in words.
func times(e evidence.Episode, formula string) evidence.Figure {
	f := evidence.Counted(e.Events, "time", "times", formula, e.Sources()...)
	if e.AtLeast {
		f.Text = "at least " + f.Text
	}
	return f
}

// blanks joins what is not on record: "no sponsor, no purpose and no end date".
func blanks(pairs ...string) string {
	var out []string
	for i := 0; i+1 < len(pairs); i += 2 {
		if strings.TrimSpace(pairs[i+1]) == "" {
			out = append(out, "no "+pairs[i])
		}
	}
	return evidence.And(out)
}
