package intake

import (
	"strings"

	"proofpack/generator/evidence"
)

// mostWords bounds what is remembered of the words of a column.
const mostWords = 1024

// signInResults are the words of logs. A number is an error code: 0 is none.
var signInResults = map[string]evidence.SignInResult{
	"success": evidence.SignedIn, "successful": evidence.SignedIn, "succeeded": evidence.SignedIn, "0": evidence.SignedIn, "allow": evidence.SignedIn, "allowed": evidence.SignedIn,
	"granted": evidence.SignedIn, "true": evidence.SignedIn, "yes": evidence.SignedIn, "ok": evidence.SignedIn, "pass": evidence.SignedIn, "passed": evidence.SignedIn,
	"failure": evidence.SignInFailed, "failed": evidence.SignInFailed, "fail": evidence.SignInFailed, "denied": evidence.SignInFailed, "deny": evidence.SignInFailed,
	"error": evidence.SignInFailed, "false": evidence.SignInFailed, "no": evidence.SignInFailed, "rejected": evidence.SignInFailed, "blocked": evidence.SignInFailed,
	"fraud": evidence.SignInFailed, "invalid": evidence.SignInFailed, "locked": evidence.SignInFailed,
	"interrupted": evidence.SignInOther, "challenge": evidence.SignInOther, "skipped": evidence.SignInOther, "pending": evidence.SignInOther, "unanswered": evidence.SignInOther, "abandoned": evidence.SignInOther,
	// Entra's codes of a sign-in that asks for something more.
	"50072": evidence.SignInOther, "50074": evidence.SignInOther, "50076": evidence.SignInOther, "50079": evidence.SignInOther, "50125": evidence.SignInOther, "50140": evidence.SignInOther,
	"65001": evidence.SignInOther, "16000": evidence.SignInOther, "16003": evidence.SignInOther,
}

// resultOf is how a sign-in ended.
func (g *signInLog) resultOf(cell string) evidence.SignInResult {
	result, known := g.results[cell]
	if !known {
		w := foldWords(cell)
		result = signInResults[w]
		if result == evidence.SignInNotKnown && w != "" && allDigits(w) {
			result = evidence.SignInFailed
		}
		if len(g.results) < mostWords {
			g.results[strings.Clone(cell)] = result
		}
	}
	if result == evidence.SignInNotKnown {
		g.strange++
	}
	return result
}

// factorOf tells whether a second factor was used. "Asked for" is not "used".
func (g *signInLog) factorOf(cell string) evidence.Answer {
	a, known := g.factors[cell]
	if !known {
		a = factor(cell)
		if len(g.factors) < mostWords {
			g.factors[strings.Clone(cell)] = a
		}
	}
	return a
}

func factor(cell string) evidence.Answer {
	if isBlank(cell) {
		return evidence.Unknown
	}
	w := plainWords(cell)
	if a, found := answers[foldWords(cell)]; found {
		return a
	}
	switch {
	case strings.Contains(w, "single factor"), w == "none", w == "password", w == "password only":
		return evidence.No
	case strings.Contains(w, "denied"), strings.Contains(w, "fail"), strings.Contains(w, "not satisfied"), strings.Contains(w, "required"):
		return evidence.Unknown
	case strings.Contains(w, "multifactor"), strings.Contains(w, "multi factor"), strings.Contains(w, "satisfied"), strings.Contains(w, "completed"),
		strings.Contains(w, "push"), strings.Contains(w, "totp"), strings.Contains(w, "fido"), strings.Contains(w, "webauthn"), strings.Contains(w, "passkey"), w == "mfa":
		return evidence.Yes
	}
	return evidence.Unknown
}

// legacyProtocols are those that know no second factor, as the client column of
// Entra's log names them.
var legacyProtocols = map[string]bool{
	"imap": true, "imap4": true, "pop": true, "pop3": true, "smtp": true, "authenticated smtp": true, "smtp auth": true, "autodiscover": true,
	"exchange activesync": true, "exchange web services": true, "exchange online powershell": true, "mapi over http": true, "offline address book": true,
	"outlook anywhere (rpc over http)": true, "outlook anywhere": true, "reporting web services": true, "other clients": true, "basic authentication": true, "basic": true, "ntlm": true,
}

// legacy tells whether a protocol knows no second factor.
func (g *signInLog) legacy(cell string) bool {
	if cell == "" {
		return false
	}
	is, known := g.protocols[cell]
	if !known {
		head, _, _ := strings.Cut(foldWords(cell), ";")
		is = legacyProtocols[strings.TrimSpace(head)]
		if len(g.protocols) < mostWords {
			g.protocols[strings.Clone(cell)] = is
		}
	}
	return is
}
