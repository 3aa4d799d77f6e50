package config

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// Starter is the configuration that init writes: every key stands in it with
// what it means, the optional ones behind a # with their default or an example.
func Starter(company string) []byte {
	s := &starter{}
	s.prose("", "proofpack.yml: how to read exports, how to judge them, how to publish.")
	s.prose("", "Facts are never here: services, owners and tasks are rows of your exports.")
	s.prose("", "A line that begins with # and no space shows a default or an example: take the # away to use it.")
	for _, f := range topFields(&Config{}) {
		s.line("")
		s.prose("", sentence(f.means))
		switch f.name {
		case "company":
			s.line("company: " + scalar(company))
		case "exports":
			s.prose("", "The sample stands in sample-data. When your own exports stand in exports/2026-10,")
			s.prose("", "exports/2026-11 and so on, write exports/{month} here.")
			s.line("exports: sample-data/{month}")
		case "policy":
			s.line("policy:")
			s.policy()
		case "sources":
			s.line("sources:")
			s.line("  #veeam-restores:")
			s.examples("  #  ", "  #  ", sourceFields(&Source{}))
		case "packet":
			s.line("packet:")
			s.examples("  ", "  #", packetFields(&Packet{}))
		case "sign":
			s.line("sign:")
			s.examples("  ", "  #", signFields(&Sign{}))
		case "secrets":
			s.line("secrets:")
			s.examples("  ", "  #", secretFields(nil))
		case "currency", "time-zone":
			s.line(f.name + ": " + examples[f.name])
		case "aliases", "publish":
			s.line(f.name + ":")
			s.line("  #" + examples[f.name])
		default:
			s.line("#" + f.name + ": " + examples[f.name])
		}
	}
	return []byte(s.String())
}

// examples are the values that the starter shows.
var examples = map[string]string{
	"currency":    "USD",
	"time-zone":   "America/Los_Angeles",
	"theme":       "plain",
	"aliases":     "VMH-01: [hv-old-1, hv-old-1.corp.example.com]",
	"publish":     "accounts: {login: pseudonym, display_name: drop}",
	"waive":       `[{file: changes.csv, row: 12, why: the example of the manual, by: Dana Ortiz}]`,
	"paper":       "letter",
	"signs":       `[Chief operating officer, "Chair, risk committee"]`,
	"key":         "keys/dana-ortiz.key",
	"certificate": "keys/dana-ortiz.pem",
	"data-set":    "restores",
	"file":        "exports/{month}/restore-tests*.csv",
	"sheet":       "Restores",
	"required":    "true",
	"date":        "month/day/year",
	"columns":     "{system: VM Name, started: Start Time, ended: End Time, result: Status}",
	"values":      "{result: {Success: restored, Warning: restored, Failed: failed}}",
	"keep":        "{column: Job Type, is: [Restore]}",
	"constant":    "{scope: system}",
	"intake":      "{system: Veeam, report: Restore sessions, extracted-by: J. Reyes, extracted-at: 2026-11-02T08:10, rows-expected: 58}",
}

// A starter is the text as it grows.
type starter struct{ strings.Builder }

func (s *starter) line(text string) { s.WriteString(strings.TrimRight(text, " ") + "\n") }

func (s *starter) prose(indent, text string) { s.line(indent + "# " + text) }

func (s *starter) examples(prose, key string, fields []field) {
	for _, f := range fields {
		s.prose(prose, sentence(f.means))
		s.line(key + f.name + ": " + examples[f.name])
	}
}

func (s *starter) policy() {
	s.prose("  ", "Who set the limits that differ from the defaults, with the date.")
	s.line(`  #set-by: "Risk committee, 4 Feb 2026"`)
	s.prose("  ", "Rules on top of the defaults: "+strings.Join(profiles, ", ")+".")
	s.line("  #profile: none")
	open := ""
	for i := range limitTable {
		row := &limitTable[i]
		group, member, grouped := strings.Cut(row.name, ".")
		if !grouped {
			s.prose("  ", sentence(row.about()))
			s.line("  #" + row.name + ": " + row.written())
			continue
		}
		if group != open {
			s.prose("  ", sentence(groupMeans[group]))
			s.line("  #" + group + ":")
			open = group
		}
		s.prose("  #  ", sentence(row.about()))
		s.line("  #  " + member + ": " + row.written())
	}
}

// sentence is a phrase with a capital and a full stop.
func sentence(phrase string) string {
	return strings.ToUpper(phrase[:1]) + phrase[1:] + "."
}

var plainScalar = regexp.MustCompile(`^[A-Z][A-Za-z0-9&.,' -]*[A-Za-z0-9.]$`)

// scalar writes words so that YAML reads the same words.
func scalar(words string) string {
	if plainScalar.MatchString(words) && !strings.EqualFold(words, "true") && !strings.EqualFold(words, "false") && !strings.EqualFold(words, "null") {
		return words
	}
	quoted, err := json.Marshal(words) // a JSON string is a YAML string
	if err != nil {
		return fmt.Sprintf("%q", words)
	}
	return string(quoted)
}
