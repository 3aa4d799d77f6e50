package intake

import (
	"cmp"
	"slices"
	"strings"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// An accountKey is one name an account is known by, and what kind of name.
type accountKey struct {
	value string
	by    string // "object id", "UPN", "mail", "sAMAccountName", "employee id"
}

// Kinds of names, strongest first; from mail on a join by one is listed.
const (
	byObject   = "object id"
	byUPN      = "UPN"
	byMail     = "mail"
	bySAM      = "sAMAccountName"
	byEmployee = "employee id"
	byFullName = "name"
)

// keys are the names of a row, strongest first. A login that is no address is
// the short name of a directory.
func (ids accountIDs) keys() []accountKey {
	var out []accountKey
	add := func(value, by string) {
		if value = fold(strings.TrimSpace(value)); value != "" {
			out = append(out, accountKey{value, by})
		}
	}
	add(ids.object, byObject)
	if strings.Contains(ids.upn, "@") {
		add(ids.upn, byUPN)
	}
	add(ids.mail, byMail)
	if !strings.Contains(ids.upn, "@") {
		add(shortName(ids.upn), bySAM)
	}
	add(shortName(ids.sam), bySAM)
	add(ids.employee, byEmployee)
	return out
}

// shortName drops the domain before a short name.
func shortName(login string) string { return login[strings.LastIndexByte(login, '\\')+1:] }

// weak tells whether a join by such a name is listed.
func weak(by string) bool { return by != byObject && by != byUPN }

// A crowd is the accounts of a set with what they are found by.
type crowd struct {
	set    *evidence.Set
	ids    [][]accountIDs // by account: those of its rows
	byKey  map[accountKey][]int
	byName map[string][]int // folded display name -> accounts
}

// mergeAccounts makes one account of the rows that directories have of it: by
// the strongest name that decides. Two rows of one file are never one account,
// whatever names they share.
func (l *loader) mergeAccounts() *crowd {
	rows, ids := l.set.Accounts, l.accountIDs
	l.set.Accounts = nil
	c := &crowd{set: l.set, byKey: map[accountKey][]int{}, byName: map[string][]int{}}
	for i := range rows {
		at, by := c.same(&rows[i], ids[i])
		if at < 0 {
			c.set.Accounts = append(c.set.Accounts, rows[i])
			c.ids = append(c.ids, nil)
			at = len(c.set.Accounts) - 1
		} else {
			mergeAccount(&c.set.Accounts[at], &rows[i], c.ids[at], ids[i])
			if weak(by) {
				c.set.AccountJoins = append(c.set.AccountJoins, evidence.AccountJoin{Name: rows[i].Login, Account: fold(c.set.Accounts[at].Login), By: by, Pos: rows[i].Pos})
			}
		}
		c.ids[at] = append(c.ids[at], ids[i])
		for _, k := range ids[i].keys() {
			if !slices.Contains(c.byKey[k], at) {
				c.byKey[k] = append(c.byKey[k], at)
			}
		}
	}
	for i := range c.set.Accounts {
		a := &c.set.Accounts[i]
		a.Key = fold(a.Login)
		a.Names = c.namesOf(i)
		if n := fold(strings.Join(strings.Fields(a.DisplayName), " ")); n != "" {
			c.byName[n] = append(c.byName[n], i)
		}
	}
	return c
}

// same finds the account of other files that a row is of; -1 when there is
// none, or several that could be it.
func (c *crowd) same(a *evidence.Account, ids accountIDs) (at int, by string) {
	for _, k := range ids.keys() {
		var found []int
		for _, i := range c.byKey[k] {
			if !slices.ContainsFunc(c.set.Accounts[i].Rows, func(r evidence.AccountRow) bool { return r.Pos.File == a.Pos.File && r.Pos.Sheet == a.Pos.Sheet }) {
				found = append(found, i)
			}
		}
		if len(found) == 1 {
			return found[0], k.by
		}
	}
	return -1, ""
}

// namesOf are the names an account signs in by, folded and sorted, without its
// key.
func (c *crowd) namesOf(i int) []string {
	var out []string
	for _, ids := range c.ids[i] {
		for _, k := range ids.keys() {
			if k.by != byObject && k.by != byEmployee && k.value != c.set.Accounts[i].Key && !slices.Contains(out, k.value) {
				out = append(out, k.value)
			}
		}
	}
	slices.Sort(out)
	return out
}

// mergeAccount adds the row of another directory; the worse of both counts, so
// that taking a row away never makes an account look better.
func mergeAccount(to, from *evidence.Account, was []accountIDs, ids accountIDs) {
	to.Rows = append(to.Rows, from.Rows...)
	to.Enabled = worseAnswer(to.Enabled, from.Enabled)
	to.Privileged = worseAnswer(to.Privileged, from.Privileged)
	asked := func(ids accountIDs) bool { return ids.directory != activeDirectory }
	switch toAsked := slices.ContainsFunc(was, asked); {
	case !asked(ids):
	case !toAsked:
		to.MFA = from.MFA
	default:
		to.MFA = leastMFA(to.MFA, from.MFA)
	}
	if from.LastLogin.After(to.LastLogin) {
		to.LastLogin = from.LastLogin
	}
	to.NeverLoggedIn = (to.NeverLoggedIn || from.NeverLoggedIn) && to.LastLogin.IsZero()
	if to.Created.IsZero() || !from.Created.IsZero() && from.Created.Before(to.Created) {
		to.Created = from.Created
	}
	if from.Expires.After(to.Expires) {
		to.Expires = from.Expires
	}
	to.NoEnd = to.NoEnd && from.NoEnd
	if to.SecretSet.IsZero() || !from.SecretSet.IsZero() && from.SecretSet.Before(to.SecretSet) {
		to.SecretSet = from.SecretSet
	}
	to.Kind = cmp.Or(to.Kind, from.Kind)
	to.DisplayName = cmp.Or(to.DisplayName, from.DisplayName)
	to.Sponsor, to.Reason, to.Approver = cmp.Or(to.Sponsor, from.Sponsor), cmp.Or(to.Reason, from.Reason), cmp.Or(to.Approver, from.Approver)
	to.EmployeeID = cmp.Or(to.EmployeeID, from.EmployeeID)
	to.Holds = union(to.Holds, from.Holds)
	to.HoldsKnown = to.HoldsKnown && from.HoldsKnown || len(to.Holds) > 0
}

// worseAnswer is yes when either says yes, and no only when both do.
func worseAnswer(a, b evidence.Answer) evidence.Answer {
	switch {
	case a == evidence.Yes || b == evidence.Yes:
		return evidence.Yes
	case a == evidence.No && b == evidence.No:
		return evidence.No
	}
	return evidence.Unknown
}

// leastMFA is the less of two statements: none, then unknown.
func leastMFA(a, b evidence.MFA) evidence.MFA {
	rank := map[evidence.MFA]int{evidence.MFANone: 0, evidence.MFAUnknown: 1, evidence.MFARegistered: 2, evidence.MFAEnforced: 3}
	if rank[b] < rank[a] {
		return b
	}
	return a
}

// find is the account that a written login means, and by which kind of name;
// -1 when there is none, or several.
func (c *crowd) find(login string) (at int, by string) {
	v := fold(strings.TrimSpace(login))
	if v == "" {
		return -1, ""
	}
	for _, k := range []accountKey{{v, byUPN}, {v, byObject}, {v, byMail}, {shortName(v), bySAM}} {
		if list := c.byKey[k]; len(list) == 1 || len(list) > 1 && c.oneKey(list) {
			return list[0], k.by
		}
	}
	return -1, ""
}

// oneKey tells whether accounts are rows of one login that stands twice in a
// file: findings name them as one.
func (c *crowd) oneKey(list []int) bool {
	for _, i := range list {
		if c.set.Accounts[i].Key != c.set.Accounts[list[0]].Key {
			return false
		}
	}
	return true
}

// account is the key of the account a login means; "" for none. A weak join
// is listed.
func (c *crowd) account(login string, pos diag.Pos) string {
	at, by := c.find(login)
	if at < 0 {
		return ""
	}
	a := &c.set.Accounts[at]
	if by == byMail || by == bySAM && fold(strings.TrimSpace(login)) != a.Key {
		c.join(evidence.AccountJoin{Name: login, Account: a.Key, By: by, Pos: pos})
	}
	return a.Key
}

// join lists a weak join once a name.
func (c *crowd) join(j evidence.AccountJoin) {
	if !slices.ContainsFunc(c.set.AccountJoins, func(o evidence.AccountJoin) bool {
		return o.Name == j.Name && o.Account == j.Account && o.By == j.By
	}) {
		c.set.AccountJoins = append(c.set.AccountJoins, j)
	}
}
