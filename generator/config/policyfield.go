package config

import (
	"fmt"
	"slices"
	"strings"
)

// policyField is the policy block. Limits are applied when the whole block is
// read, for set-by and profile may stand below them.
func policyField(p *Policy) field {
	return field{"policy", "how long each proof stays good, and every other limit; each is printed with who set it", objectOf(policyFields(nil)),
		func(r *reader, e entry) {
			given := map[string]entry{}
			r.fields(e.value, `"policy"`, policyFields(given))
			if set, ok := given["set-by"]; ok {
				p.SetBy, _ = r.words(set)
			}
			if chosen, ok := given["profile"]; ok {
				if w, ok := r.choice(chosen, profiles); ok {
					p.Profile = Profile(w)
				}
			}
			p.fill(p.Profile.overrides())
			for i := range limitTable {
				if e, ok := given[limitTable[i].name]; ok {
					r.limit(p, i, e)
				}
			}
			p.follow()
		}}
}

// limit reads one limit of the configuration.
func (r *reader) limit(p *Policy, i int, e entry) {
	row := &limitTable[i]
	words := r.limitWords(row, e)
	if words == nil {
		return
	}
	out, complaint := row.put(p, words)
	if complaint != "" {
		r.say(max(e.value.line, e.line), "bad-limit", fmt.Sprintf("%s: %s", row.name, complaint), row.example())
		return
	}
	p.record(i, out, p.setter(r.file, e.line), e.line)
}

// limitWords are the words of a limit's value: three of a range, one of any
// other; nil when there are none, which is said.
func (r *reader) limitWords(row *limitRow, e entry) []string {
	if _, isRange := row.field(&Policy{}).(*Range); isRange {
		return r.list(e)
	}
	if w, ok := r.words(e); ok {
		return []string{w}
	}
	return nil
}

// setter is who set a limit that stands in the configuration.
func (p *Policy) setter(file string, line int) string {
	if p.SetBy != "" {
		return p.SetBy
	}
	return fmt.Sprintf("nobody named (%s line %d)", file, line)
}

// policyFields are the keys of the policy block; what is read goes to given
// under the name of its limit.
func policyFields(given map[string]entry) []field {
	keep := func(name string) func(*reader, entry) {
		return func(_ *reader, e entry) { given[name] = e }
	}
	fields := []field{
		{"set-by", "who set the limits that differ from the defaults, with the date", schema{"type": "string"}, keep("set-by")},
		{"profile", "rules on top of the defaults: hipaa adds REG-01 on systems with a data class; hipaa-proposed-2025 also sets the limits of the 2025 proposal; csf, cis and iso choose which control ids are printed",
			schema{"enum": profiles}, keep("profile")},
	}
	for i := range limitTable {
		row := &limitTable[i]
		group, _, grouped := strings.Cut(row.name, ".")
		switch {
		case !grouped:
			fields = append(fields, field{row.name, row.about(), row.schema(), keep(row.name)})
		case !slices.ContainsFunc(fields, func(f field) bool { return f.name == group }):
			fields = append(fields, groupField(group, given))
		}
	}
	return fields
}

// groupField is a key with limits of its own under it. One value alone is the
// group's default, where it has one.
func groupField(group string, given map[string]entry) field {
	var members []field
	for i := range limitTable {
		row := &limitTable[i]
		if member, found := strings.CutPrefix(row.name, group+"."); found {
			members = append(members, field{member, row.about(), row.schema(), func(_ *reader, e entry) { given[row.name] = e }})
		}
	}
	alone := slices.ContainsFunc(members, func(f field) bool { return f.name == "default" })
	return field{group, groupMeans[group], groupSchema(members), func(r *reader, e entry) {
		if alone && e.value.shape == isWords {
			given[group+".default"] = e
			return
		}
		r.fields(e.value, fmt.Sprintf("%q", group), members)
	}}
}

// groupMeans says what the limits of a group have in common.
var groupMeans = map[string]string{
	"restore-test":      "how old the last good full restore test may be; one value alone is the default",
	"job-failures":      "when a failing job is a finding",
	"access-review":     "how old the review of an account may be",
	"sign-in-failures":  "failed sign-ins before a good one",
	"remediation-due":   "how soon a vulnerability must be remediated, the timelines of BOD 26-04",
	"alert-ack":         "how soon a person must acknowledge an alert",
	"alert-noise":       "when an alert that repeats needs a problem record",
	"capacity":          "when a resource that fills is a finding, and what a forecast needs",
	"credential-expiry": "when a certificate, secret, key or licence that ends is a finding",
	"response-cost":     "what the response to exploitation costs: low, likely, high",
	"restore-hours":     "how long a restore takes where no test shows it: low, likely, high",
	"base-rate":         "how often systems fail by themselves",
	"own-incidents":     "when your own incidents replace the base rate",
	"epss":              "probability of exploitation within 30 days where no score is on file",
	"exposed":           "share of exploitation that reaches a system",
}

// about is the row in words: what it means, which checks use it, its default
// and where that comes from.
func (row *limitRow) about() string {
	var b strings.Builder
	b.WriteString(row.means)
	b.WriteString(" (")
	if row.checks != "" {
		b.WriteString(row.checks + "; ")
	}
	if row.like != "" {
		b.WriteString("as " + row.like)
	} else {
		b.WriteString(row.source)
	}
	return b.String() + ")"
}

// written is the row's default as it stands in a configuration.
func (row *limitRow) written() string {
	def := row.def
	if row.like != "" {
		for i := range limitTable {
			if limitTable[i].name == row.like {
				def = limitTable[i].def
			}
		}
	}
	if words := strings.Fields(def); len(words) > 1 {
		return "[" + strings.Join(words, ", ") + "]"
	}
	if row.unit.kind == kindClock {
		return `"` + def + `"`
	}
	return def
}
