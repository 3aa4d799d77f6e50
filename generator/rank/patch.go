package rank

import (
	"slices"
)

// patchTitle is what to do about missing updates: the known exploited
// vulnerabilities by their names.
func patchTitle(a *act, who string) string {
	if a.of != "PAT-01" {
		return "Install the overdue security patches of " + who
	}
	var names []string
	for _, f := range a.findings {
		names = append(names, f.Part)
	}
	slices.Sort(names)
	return "Put right what is known to be exploited on " + who + ": " + listed(slices.Compact(names), " and ")
}

// pricePatch says what is put right once an act is done: the vulnerabilities
// its findings name, or everything that waits on its systems.
func (s *site) pricePatch(a *act, systems map[string]bool) {
	if a.of != "PAT-01" {
		a.shown.patched = systems
		return
	}
	a.shown.mended = map[string]bool{}
	for _, f := range a.findings {
		a.shown.mended[partKey(f.Subject.System, f.Part)] = true
	}
}
