package evidence

import "strings"

// ComparedAttributes are the attributes of a system that are compared with last
// month's inventory, named as their columns, in the order they are printed.
var ComparedAttributes = []string{"os", "version", "config_hash"}

// Compared is what a system is compared by, by column: only what is recorded,
// with runs of white space as one space. The records of a month keep it, so
// that the next month finds drift.
func Compared(s *System) map[string]string {
	out := map[string]string{}
	for i, v := range []string{s.OS, s.Version, s.ConfigHash} {
		if v = strings.Join(strings.Fields(v), " "); v != "" {
			out[ComparedAttributes[i]] = v
		}
	}
	return out
}
