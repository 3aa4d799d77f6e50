package assess

import (
	"strings"
	"unicode"
)

// groupWords are words that no person's name has: of a mailbox, a group or a
// program.
var groupWords = map[string]bool{
	"auto": true, "automatic": true, "automation": true, "bot": true, "department": true, "dept": true, "desk": true, "group": true,
	"helpdesk": true, "hotline": true, "mailbox": true, "monitoring": true, "noreply": true, "servicedesk": true, "system": true, "team": true,
}

// emptyWords are words that name nobody where they stand alone.
var emptyWords = map[string]bool{
	"a": true, "admin": true, "administrator": true, "all": true, "everyone": true, "help": true, "info": true, "infrastructure": true,
	"it": true, "mail": true, "monitor": true, "n": true, "na": true, "nobody": true, "none": true, "null": true, "office": true,
	"operations": true, "ops": true, "root": true, "rule": true, "script": true, "service": true, "support": true, "tbd": true, "the": true,
	"unassigned": true, "unknown": true, "vacant": true,
}

// person tells whether a cell names a person: it holds a name, and no word of a
// mailbox, a group or a program.
func person(name string) bool {
	local, _, _ := strings.Cut(name, "@")
	named := false
	for _, word := range strings.FieldsFunc(strings.ToLower(local), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if groupWords[word] {
			return false
		}
		named = named || !emptyWords[word]
	}
	return named
}
