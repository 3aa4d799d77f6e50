package publish

import (
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"

	"proofpack/generator/evidence"
)

// plainWords are words that sentences of the report are made of. A value that
// is one of them names nobody, and a report that lost the word could not be
// read: it is hidden in its own column and stays in sentences.
var plainWords = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(`
		january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
		monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun day days week month year hour hours minute minutes
		proven failed stale missing excepted applicable success failure warning running skipped used rejected duplicate interrupted
		alert alerts approved account accounts access action actions archive asset backup backups board business capacity change changes check checks
		closed column columns company complete contract cost count critical data database decision decisions dependency device draft error event
		evidence exception exceptions export exports figure file finding finding finance firewall full hardware high host hour inventory job jobs key
		leaver leavers likely login low mail manual member month name names network none normal office open order other owner owners packet page
		patch patches payroll people person plan policy printer privileged production program proof proofs public ready reason record records recovery
		register registered report restore restores result review reviews risk role row rows sales scan sealed server server service services shared
		short sign signed size standard state status step storage support switch system systems table target task tasks team test tests text time
		total type user users vendor vendors version virtual volume web window word work enforced enabled disabled keep revoke change guest unknown`) {
		set[w] = true
	}
	return set
}()

// ordinary tells whether a value, folded, is too common to be looked for in
// sentences: one or two characters, a number, a date, a plain word.
func ordinary(value string) bool {
	if utf8.RuneCountInString(value) < 3 {
		return true
	}
	if _, err := netip.ParseAddr(value); err == nil {
		return false
	}
	letters, digits, word := 0, 0, true
	for _, r := range value {
		switch {
		case unicode.IsLetter(r) && r != 't' && r != 'z': // of a time: 2026-05-31T10:00:00Z
			letters++
		case unicode.IsDigit(r):
			digits++
		}
		word = word && (unicode.IsLetter(r) || unicode.IsMark(r))
	}
	if word {
		return plainWords[value] || !evidence.IsPerson(value)
	}
	return letters == 0 && digits > 0
}
