package publish

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
)

// withheld stands in a sentence for a value of a column that is left out.
const withheld = "[withheld]"

// pseudonymDigits is how many hexadecimal digits a pseudonym has: among 10,000
// names two are alike once in a hundred companies, and then both get more.
const pseudonymDigits = 8

// masked is the first character of a value, and dots that tell short (up to 4
// characters), middling (up to 9) and long apart, and nothing more.
func masked(value string) string {
	value = strings.TrimSpace(value)
	first, _ := utf8.DecodeRuneInString(value)
	dots := 3
	switch n := utf8.RuneCountInString(value); {
	case n > 9:
		dots = 8
	case n > 4:
		dots = 5
	}
	return string(first) + strings.Repeat("•", dots)
}

// folded is a value as it is compared: small letters, single spaces.
func folded(value string) string {
	return strings.Join(strings.Fields(strings.Map(lower, value)), " ")
}

// lower is a letter as values are compared. Braces are what sentences make of
// them; see evidence.Word.
func lower(r rune) rune {
	switch r {
	case '{':
		return '('
	case '}':
		return ')'
	}
	return unicode.ToLower(r)
}

// sameAccount tells which names are of one account: what it signs in with and
// the name of its owner get one pseudonym. A name of two accounts is a name of
// its own.
func sameAccount(set *evidence.Set) (one map[string]string, roles map[string]bool) {
	one, roles = map[string]string{}, map[string]bool{}
	claim := func(name, key string) {
		name = folded(name)
		if name == "" {
			return
		}
		if other, taken := one[name]; taken && other != key {
			key = name
		}
		one[name] = key
	}
	for i := range set.Accounts {
		a := &set.Accounts[i]
		key := folded(a.Key)
		roles[key] = a.Kind == evidence.KindShared || a.Kind == evidence.KindService
		for _, name := range append([]string{a.Key, a.Login, a.DisplayName}, a.Names...) {
			claim(name, key)
			for _, short := range shortNames(name) {
				claim(short, key)
			}
		}
	}
	return one, roles
}

// role tells whether a name is one word, in letters, for an account that is no
// person's: "packing", "scanner". Sentences of exports use such words for the
// thing itself, and they tell of nobody.
func (p *Policy) role(name string) bool {
	return p.roles[p.oneName(name)] && !strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) })
}

// shortNames are what else a name is written as: the part of an address before
// the @, a login without its domain, "Dana Ortiz" for "Ortiz, Dana".
func shortNames(name string) []string {
	var all []string
	name = strings.TrimSpace(name)
	if i := strings.LastIndexByte(name, '\\'); i >= 0 {
		name = name[i+1:]
		all = append(all, name)
	}
	if user, domain, found := strings.Cut(name, "@"); found && domain != "" {
		all = append(all, user)
	}
	if last, first, found := strings.Cut(name, ","); found && strings.TrimSpace(first) != "" && !strings.Contains(first, ",") {
		all = append(all, strings.TrimSpace(first)+" "+strings.TrimSpace(last))
	}
	return all
}

// partsOf splits a cell that lists values.
func partsOf(cell string) []string {
	parts := strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(";|\n\r", r) })
	if len(parts) == 1 && strings.Contains(cell, ",") {
		list := strings.Split(cell, ",")
		for _, l := range list {
			if l = strings.TrimSpace(l); strings.ContainsFunc(l, unicode.IsSpace) || !strings.ContainsAny(l, ".:@0123456789") {
				return []string{strings.TrimSpace(cell)} // "Ortiz, Dana" is one name
			}
		}
		parts = list
	}
	parts = slices.DeleteFunc(parts, func(s string) bool { return strings.TrimSpace(s) == "" })
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

// oneName is the name that stands for a value and all that mean the same.
func (p *Policy) oneName(value string) string {
	value = folded(value)
	if key, found := p.people[value]; found {
		return key
	}
	if strings.Contains(value, "@") {
		return value // of another domain: the part before the @ may be another person's
	}
	for _, short := range shortNames(value) {
		if key, found := p.people[folded(short)]; found {
			return key
		}
	}
	return value
}

// pseudonym is the stable name of a value: the same key gives the same name in
// every month and every place.
func (p *Policy) pseudonym(value string) string {
	name := p.oneName(value)
	if known, found := p.names[name]; found {
		return known
	}
	return p.made(name, pseudonymDigits)
}

func (p *Policy) made(name string, digits int) string {
	mac := hmac.New(sha256.New, p.key)
	mac.Write([]byte(name))
	kind := p.kinds[name]
	if kind == "" {
		kind = "name"
	}
	return kind + "-" + hex.EncodeToString(mac.Sum(nil))[:digits]
}

// nameAll gives every name that is asked for its pseudonym. Names that would
// share one get longer ones, whichever of them is met first.
func (p *Policy) nameAll(names []string) {
	slices.Sort(names)
	names = slices.Compact(names)
	for digits := pseudonymDigits; len(names) > 0; digits += 8 {
		count := map[string]int{}
		for _, n := range names {
			p.names[n] = p.made(n, digits)
			count[p.names[n]]++
		}
		names = slices.DeleteFunc(names, func(n string) bool { return count[p.names[n]] == 1 || digits >= 2*sha256.Size })
	}
}

// kindOf is the first word of a pseudonym, by the column it is of.
func kindOf(dataSet string, names []string) string {
	for _, n := range names {
		if n == "name" {
			switch dataSet {
			case evidence.Inventory:
				return "system"
			case evidence.Services:
				return "service"
			case evidence.People, evidence.Leavers:
				return "person"
			}
		}
		switch n {
		case "system", "system_id", "fqdn", "runs_on", "depends_on", "systems", "host":
			return "system"
		case "service", "service_id":
			return "service"
		case "ip", "mac", "location":
			return "address"
		case "login", "sam_account_name", "mail", "display_name", "owner", "deputy", "escalation_owner", "tester", "reviewed_by", "lesson_owner",
			"acknowledged_by", "silenced_by", "requested_by", "approved_by", "verified_by", "asked_by", "approver", "sponsor", "reviewer", "contact":
			return "person"
		}
	}
	return "name"
}

// treatmentOf joins what several rules say of one value.
func treatmentOf(known map[string]config.Treatment, value string, t config.Treatment) config.Treatment {
	if before, found := known[value]; found {
		return stricter(before, t)
	}
	return t
}
