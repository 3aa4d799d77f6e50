package intake

import (
	"cmp"
	"slices"
	"strings"

	"proofpack/generator/evidence"
)

// joinAccounts gives reviews, leavers and exceptions the keys of the accounts
// they are about.
func (l *loader) joinAccounts() *crowd {
	c := l.mergeAccounts()
	for i := range l.set.Reviews {
		v := &l.set.Reviews[i]
		v.Account = c.account(v.Login, v.Pos)
		if v.ReviewedBy = c.account(v.Reviewer, v.Pos); v.ReviewedBy == "" {
			if named := c.byName[fold(strings.Join(strings.Fields(v.Reviewer), " "))]; len(named) == 1 {
				v.ReviewedBy = l.set.Accounts[named[0]].Key
			}
		}
	}
	for i := range l.set.People {
		p := &l.set.People[i]
		if !p.LeftOn.IsZero() && !l.listedAsLeaver(p) {
			l.set.Leavers = append(l.set.Leavers, evidence.Leaver{Pos: p.Pos, Login: p.Login, Name: p.Name, LeftOn: p.LeftOn})
		}
	}
	for i := range l.set.Leavers {
		c.leaver(&l.set.Leavers[i])
	}
	for i := range l.set.Exceptions {
		e := &l.set.Exceptions[i]
		e.Account = cmp.Or(c.account(e.Account, e.Pos), fold(strings.TrimSpace(e.Account)))
	}
	slices.SortStableFunc(l.set.AccountJoins, func(a, b evidence.AccountJoin) int {
		return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Name, b.Name), comparePos(a.Pos, b.Pos))
	})
	return c
}

// listedAsLeaver tells whether the leavers export names a person too.
func (l *loader) listedAsLeaver(p *evidence.Person) bool {
	return slices.ContainsFunc(l.set.Leavers, func(v evidence.Leaver) bool {
		return v.Login != "" && fold(v.Login) == fold(p.Login) || v.Name != "" && fold(v.Name) == fold(p.Name)
	})
}

// leaver finds every account of a person: by login, by employee id, and where
// neither finds one, by the name alone, which is listed.
func (c *crowd) leaver(v *evidence.Leaver) {
	add := func(list []int) {
		for _, i := range list {
			if key := c.set.Accounts[i].Key; !slices.Contains(v.Accounts, key) {
				v.Accounts = append(v.Accounts, key)
			}
		}
	}
	if key := c.account(v.Login, v.Pos); key != "" {
		v.Accounts = append(v.Accounts, key)
	}
	if id := fold(v.EmployeeID); id != "" {
		found := c.byKey[accountKey{id, byEmployee}]
		if len(v.Accounts) == 0 {
			c.weakly(found, v, byEmployee, v.EmployeeID)
		}
		add(found)
	}
	if name := fold(strings.Join(strings.Fields(v.Name), " ")); len(v.Accounts) == 0 && name != "" {
		found := c.byName[name]
		c.weakly(found, v, byFullName, v.Name)
		add(found)
		v.ByName = len(found) > 0
	}
	slices.Sort(v.Accounts)
}

func (c *crowd) weakly(found []int, v *evidence.Leaver, by, name string) {
	for _, i := range found {
		c.join(evidence.AccountJoin{Name: name, Account: c.set.Accounts[i].Key, By: by, Pos: v.Pos})
	}
}

// joinResources says which system or service a review is about, where its
// resource is one. A group or a role is neither, and is no unknown system.
func (j *joiner) joinResources() {
	for i := range j.set.Reviews {
		v := &j.set.Reviews[i]
		if strings.TrimSpace(v.Resource) == "" {
			continue
		}
		if id, isService := j.r.service(v.Resource); isService {
			v.Service = id
			continue
		}
		switch s := j.r.find(v.Resource); {
		case s.system >= 0:
			v.System = j.set.Systems[s.system].ID
		case s.alias == "" && len(s.among) == 0:
			v.System = j.strangerNamed(v.Resource)
		}
	}
}

// strangerNamed is the id of a system that only other exports name.
func (j *joiner) strangerNamed(name string) string {
	for i := range j.set.Systems {
		if s := &j.set.Systems[i]; !s.InInventory && fold(s.ID) == fold(strings.TrimSpace(name)) {
			return s.ID
		}
	}
	return ""
}
