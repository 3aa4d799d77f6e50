package assess

import (
	"strings"

	"proofpack/generator/evidence"
)

// twin is the account with a domain that an account without one may be: two
// rows that no export joins. What is proven of half an account is proven of
// nothing. "" when there is none.
func (in *Input) twin(s Subject) string {
	if s.Kind != "account" || strings.Contains(s.ID, "@") {
		return ""
	}
	return in.index().access.twins[s.ID]
}

// twinsOf finds, for every login without a domain, the first login with one
// that begins with it.
func twinsOf(accounts []evidence.Account) map[string]string {
	bare := map[string]bool{}
	for i := range accounts {
		if !strings.Contains(accounts[i].Key, "@") {
			bare[accounts[i].Key] = true
		}
	}
	out := map[string]string{}
	for i := range accounts {
		key := accounts[i].Key
		if name, _, found := strings.Cut(key, "@"); found && bare[name] && (out[name] == "" || key < out[name]) {
			out[name] = key
		}
	}
	return out
}
