package evidence

import (
	"strings"
	"unicode"
)

// groupWords are words that no person's name has: of a mailbox, a group, a
// program or an answer.
var groupWords = wordSet(`
	ack acknowledged agent alertmanager api auto autoack autoclose automatic automatically automation bot daemon datadog department dept desk
	engine false group guest helpdesk hotline integration mailbox monitoring nagios no noreply nobody none opsgenie pagerduty policy prometheus
	prtg rule scheduled scheduler script service servicedesk servicenow svc system team true unassigned unknown workflow yes zabbix`)

// emptyWords are words that name nobody where they stand alone.
var emptyWords = wordSet(`
	a admin administrator all everyone help info infrastructure it mail monitor n na null office operations ops root support tbd the vacant`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// IsPerson tells whether a cell names a person: it holds a name, and no word of
// a mailbox, a group or a program. Only a person can own, approve, verify or
// acknowledge anything.
func IsPerson(name string) bool {
	if i := strings.LastIndexByte(name, '\\'); i >= 0 {
		name = name[i+1:]
	}
	name, _, _ = strings.Cut(name, "@")
	named := false
	for _, word := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if groupWords[word] {
			return false
		}
		named = named || !emptyWords[word]
	}
	return named
}
