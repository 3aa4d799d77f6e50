package publish

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// A sign is how one kind of secret looks. The group "value" is what must not
// be read; without one it is the whole.
type sign struct {
	kind    string
	pattern *regexp.Regexp
	is      func(value string) bool // nil: every match is one
}

// signs are the kinds of secrets that are looked for. Prefixes are those that
// the makers publish so that they can be searched for.
var signs = []sign{
	{"a private key", regexp.MustCompile(`(?s)(?:-----)?BEGIN [A-Z0-9 ]{0,20}PRIVATE KEY(?:.*END [A-Z0-9 ]{0,20}PRIVATE KEY(?:-----)?|.*)`), nil},
	{"an access key of AWS", regexp.MustCompile(`\b(?:AKIA|ASIA)[0-9A-Z]{16}\b`), nil},
	{"a JSON web token", regexp.MustCompile(`\beyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,2}`), nil},
	{"a token of GitHub", regexp.MustCompile(`\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})`), nil},
	{"a token of Slack", regexp.MustCompile(`\bxox[abeoprs]-[A-Za-z0-9-]{8,}`), nil},
	{"a bearer token", regexp.MustCompile(`(?i)\bbearer[\s:]+(?P<value>[A-Za-z0-9._~+/-]{12,}=*)`), hasDigit},
	{"a password", regexp.MustCompile(`(?i)pass(?:word|wd|phrase|wort)["']?\s{0,3}[:=]{1,2}\s{0,3}["']?(?P<value>[^\s"']+)`), isPassword},
	{"a password", regexp.MustCompile(`(?i)\b(?:pwd["']?\s{0,3}[:=]{1,2}\s{0,3}|pass=)["']?(?P<value>[^\s"']+)`), isPassword},
	{"a password", regexp.MustCompile(`(?i)password\s+(?:is|was|to)\s+["']?(?P<value>[^\s"']{6,})`), hasDigit},
	{"a password in an address", regexp.MustCompile(`(?i)\b[a-z][a-z0-9+.-]{1,20}://[^/\s:@]+:(?P<value>[^/\s@]+)@`), nil},
	{"a secret", regexp.MustCompile(`(?i)(?:secret|token|api[_ -]?key|access[_ -]?key|account[_ -]?key|credential)["']?\s{0,3}[:=]{1,2}\s{0,3}["']?(?P<value>[A-Za-z0-9+/_.~=-]{12,})`), hasDigit},
	{"a key", regexp.MustCompile(`(?i)\b(?:key|secret|token|psk)\b[^A-Za-z0-9]{1,4}(?P<value>[A-Za-z0-9+/]{32,}={0,2})`), hasDigit},
}

func hasDigit(value string) bool { return strings.ContainsFunc(value, unicode.IsDigit) }

// noPasswords are words that stand behind "password:" and are none.
var noPasswords = strings.Fields(`age blank change changed complexity disabled empty enabled expired expires expiry false forgotten hidden history incorrect invalid
	length lockout locked mandatory masked must never new no none not null ok old only policy redacted removed required reset rotated rotation same see set stored
	temporary the true unchanged unknown unset user vault was weak withheld yes n/a tbd`)

// isPassword tells a password from a word about passwords.
func isPassword(value string) bool {
	value = strings.Trim(value, ".,;:!?()[]<>{}'\"")
	if len(value) < 4 || strings.Trim(value, "*•xX.#-_") == "" {
		return false
	}
	return !slices.Contains(noPasswords, strings.ToLower(value))
}

// secretHeadings are headings, letters only, under which every word is a secret.
var secretHeadings = strings.Fields("password passwd pwd passphrase passwort secret clientsecret apikey accesskey secretkey secretaccesskey token accesstoken privatekey")

func headsSecrets(heading string) bool {
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
	return slices.Contains(secretHeadings, letters)
}

// hints are what every sign begins with or holds, in small letters: a cell
// without any is not looked at twice.
var hints = [256][]string{
	'p': {"pass", "pwd", "private key", "psk"}, 'a': {"akia", "asia", "api", "access", "account"}, 'e': {"eyj"}, 'g': {"gh", "github"}, 'x': {"xox"},
	'b': {"bearer"}, 's': {"secret"}, 't': {"token"}, 'k': {"key"}, 'c': {"credential"}, ':': {"://"},
}

// suspect tells whether a text is worth the search.
func suspect(s string) bool {
	if len(s) < 7 { // the shortest is pwd=abc1
		return false
	}
	for i := 0; i+2 < len(s); i++ {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		for _, h := range hints[c] {
			if len(s)-i >= len(h) && strings.EqualFold(s[i:i+len(h)], h) {
				return true
			}
		}
	}
	return false
}

// A hit is a secret in a text.
type hit struct {
	kind     string
	from, to int
}

// secretsIn finds the secrets of a text, in order, none inside another.
func secretsIn(s string) []hit {
	if !suspect(s) {
		return nil
	}
	var all []hit
	for _, g := range signs {
		group := max(0, g.pattern.SubexpIndex("value"))
		for _, m := range g.pattern.FindAllStringSubmatchIndex(s, -1) {
			from, to := m[2*group], m[2*group+1]
			if g.is == nil || g.is(s[from:to]) {
				all = append(all, hit{g.kind, from, to})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b hit) int { return a.from - b.from })
	var apart []hit
	for _, h := range all {
		if n := len(apart); n > 0 && h.from < apart[n-1].to {
			apart[n-1].to = max(apart[n-1].to, h.to)
			continue
		}
		apart = append(apart, h)
	}
	return apart
}

// secretMark stands for a secret. It holds no letter of it, nor its length.
const secretMark = "[masked]"

func withoutSecrets(s string) string {
	var b strings.Builder
	kept := 0
	for _, h := range secretsIn(s) {
		b.WriteString(s[kept:h.from])
		b.WriteString(secretMark)
		kept = h.to
	}
	if kept == 0 {
		return s
	}
	return b.String() + s[kept:]
}
