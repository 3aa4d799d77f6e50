package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"proofpack/generator"
	"proofpack/generator/diag"
	"proofpack/generator/intake"
)

func checkCommand(s *session) *command {
	o := &buildOptions{}
	return &command{
		name: "check", group: everyMonth,
		summary: "Read the exports and report what is missing or unreadable; writes nothing",
		usage:   []string{"check [--month YYYY-MM] [options]"},
		examples: []example{
			{"proofpack check", "the newest month of exports", false},
			{"proofpack check --month 2026-10 --json", "the same as data, for scripts", false},
		},
		options: []option{
			{"", "month", "YYYY-MM", "month to read (default: the newest month of exports)", &o.month},
			{"", "as-of", "TIME", `treat TIME as "now" (default: end of that month)`, &o.asOf},
			{"", "allow-missing", "", "an absent export is said, and is no reason to refuse", &o.allowMissing},
			{"", "max-rejected", "PCT", "refuse an export that loses more rows than this (default: 5)", &o.maxRejected},
		},
		after: "Every file is named with its data set, or what is undecided, or why it is refused.",
		run:   func([]string) int { return s.check(o) },
	}
}

// check reads a month and says what each file is.
func (s *session) check(o *buildOptions) int {
	opts, problem := s.generatorOptions(o)
	if problem != nil {
		s.refuse(problem)
		return exitUsage
	}
	opts.Each = s.reading(opts.Month)
	checked, err := generator.Check(opts)
	var refused *generator.Refused
	switch {
	case errors.As(err, &refused) && !refused.Usage:
		all := causes(refused.Problems)
		s.titles(all, refused.Readings)
		s.notRead(refused.Readings)
		if len(all) == 1 {
			fmt.Fprint(s.stderr, "\n1 thing needs attention before a build.\n\n")
		} else {
			fmt.Fprintf(s.stderr, "\n%d things need attention before a build.\n\n", len(all))
		}
		s.numbered(all)
		s.proposals(refused.Readings)
		s.answer(map[string]any{"sources": readingsJSON(refused.Readings), "problems": asJSON(refused.Problems)})
		return exitRefused
	case err != nil:
		return s.refused(err, opts.Month)
	}
	s.checked(checked)
	s.answer(map[string]any{"sources": readingsJSON(checked.Readings), "problems": asJSON(nil)})
	return exitOK
}

// checked prints what the exports hold and what to look at.
func (s *session) checked(c *generator.Checked) {
	if len(c.Readings) == 0 {
		s.say("No export in %s: a build says for every proof that it is missing.", filepath.FromSlash(c.Exports))
	}
	s.notRead(c.Readings)
	for _, r := range c.Readings {
		if r.Status != intake.Read || r.Input == nil {
			continue
		}
		if len(r.Input.Unmapped) > 0 {
			s.say("\n%s: columns that nothing claims: %s", sourcePlace(r), list(r.Input.Unmapped))
		}
		for _, n := range r.Input.Notes {
			s.say("%s: %s", sourcePlace(r), n)
		}
		for i, p := range r.Input.Problems {
			if i == quoted {
				s.say("  and %d more like it", len(r.Input.Problems)-quoted)
				break
			}
			s.say("  %s%s", place(p), p.Message)
		}
	}
	if len(c.Set.Unknown) > 0 {
		s.say("\nNamed by exports and absent from the inventory:")
		for i, u := range c.Set.Unknown {
			if i == 20 {
				s.say("  and %d more", len(c.Set.Unknown)-20)
				break
			}
			s.say("  %s, %s", u.Name, rows(len(u.Rows)))
		}
	}
	s.say("\nNext: proofpack build")
}

// notRead says of each file that is no source why it is none.
func (s *session) notRead(readings []intake.Reading) {
	for _, r := range readings {
		if r.Status == intake.NotRead {
			s.say("\n%s is not read: %s.", sourcePlace(r), r.Reason)
		}
	}
}

// proposals prints what the user may paste into the configuration, so that
// undecided files are read.
func (s *session) proposals(readings []intake.Reading) {
	lines := ""
	for _, r := range readings {
		lines += strings.TrimPrefix(r.Proposal, "sources:\n")
	}
	if lines != "" {
		s.say("\nTo begin with, in proofpack.yml; a question mark is yours to answer:\n\nsources:\n%s", strings.TrimRight(lines, "\n"))
	}
}

func list(words []string) string {
	text := ""
	for i, w := range words {
		if i > 0 {
			text += ", "
		}
		text += w
	}
	return text
}

// jsonSource is a source as --json prints it.
type jsonSource struct {
	File      string            `json:"file"`
	Sheet     string            `json:"sheet,omitempty"`
	DataSet   *string           `json:"data_set"`
	LooksLike string            `json:"looks_like,omitempty"`
	Status    string            `json:"status"`
	Reason    string            `json:"reason,omitempty"`
	Proposal  string            `json:"proposal,omitempty"`
	SHA256    string            `json:"sha256,omitempty"`
	RowsRead  int               `json:"rows_read"`
	RowsUsed  int               `json:"rows_used"`
	Rejected  int               `json:"rows_rejected"`
	Duplicate int               `json:"rows_duplicate"`
	SetAside  int               `json:"rows_set_aside"`
	Columns   map[string]string `json:"columns,omitempty"`
	Unmapped  []string          `json:"unmapped_columns,omitempty"`
	Notes     []string          `json:"notes,omitempty"`
	Problems  []jsonProblem     `json:"problems,omitempty"`
	Standing  string            `json:"completeness,omitempty"`
}

func readingsJSON(readings []intake.Reading) []jsonSource {
	out := []jsonSource{}
	for _, r := range readings {
		j := jsonSource{File: r.File, Sheet: r.Sheet, LooksLike: r.LooksLike, Status: string(r.Status), Reason: r.Reason, Proposal: r.Proposal}
		if r.DataSet != "" {
			j.DataSet = &r.DataSet
		}
		if in := r.Input; in != nil {
			j.SHA256, j.RowsRead, j.RowsUsed, j.Rejected, j.Duplicate, j.SetAside = in.SHA256, in.Read, in.Used, in.Rejected, in.Duplicate, in.SetAside
			j.Columns, j.Unmapped, j.Notes, j.Standing = in.Columns, slices.Clone(in.Unmapped), in.Notes, string(in.Standing)
			j.Problems = asJSON(in.Problems)
		}
		if len(r.Problems) > 0 {
			j.Problems = append(j.Problems, asJSON(r.Problems)...)
			if j.Reason == "" {
				j.Reason = r.Problems[0].Message
			}
		}
		out = append(out, j)
	}
	return out
}

// sourcePlace is where a source stands: its file, and the sheet of a workbook.
func sourcePlace(r intake.Reading) string {
	return diag.Pos{File: filepath.FromSlash(r.File), Sheet: r.Sheet}.String()
}
