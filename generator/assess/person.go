package assess

import (
	"strings"
	"unicode"
)

// notPersons are words that stand for a mailbox, a group, a program or nobody.
var notPersons = map[string]bool{
	"a": true, "admin": true, "administrator": true, "all": true, "auto": true, "automatic": true, "automation": true,
	"bot": true, "department": true, "dept": true, "desk": true, "everyone": true, "group": true, "help": true,
	"helpdesk": true, "hotline": true, "info": true, "infrastructure": true, "it": true, "mail": true, "mailbox": true,
	"monitor": true, "monitoring": true, "n": true, "na": true, "nobody": true, "none": true, "noreply": true, "null": true,
	"office": true, "operations": true, "ops": true, "root": true, "rule": true, "script": true, "service": true,
	"servicedesk": true, "support": true, "system": true, "tbd": true, "team": true, "the": true, "unassigned": true,
	"unknown": true, "vacant": true,
}

// person tells whether a cell names a person: it holds a name, and not only
// words that stand for a mailbox, a group, a program or nobody.
func person(name string) bool {
	local, _, _ := strings.Cut(name, "@")
	for _, word := range strings.FieldsFunc(strings.ToLower(local), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if !notPersons[word] {
			return true
		}
	}
	return false
}
