package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"

	"proofpack/generator"
	"proofpack/generator/evidence"
	"proofpack/generator/history"
	"proofpack/generator/report"
)

func diffCommand(s *session) *command {
	o := &buildOptions{}
	return &command{
		name: "diff", group: everyMonth, words: 2,
		summary: "Show what changed from one month to another",
		usage:   []string{"diff FROM TO [options]"},
		examples: []example{
			{"proofpack diff 2026-09 2026-10", "two months of the archive folder", false},
			{"proofpack diff a.zip b.zip --json", "two archives, as data", false},
		},
		options: []option{
			{"", "out", "DIR", "parent folder of packets (default: packets)", &o.out},
			{"", "archive", "DIR", "folder of the sealed archives (default: archive in DIR of --out)", &o.archive},
		},
		after: "FROM and TO are archives or months. Both are verified first. A finding that is\ngone is \"no longer reported\"; only a record makes it \"fixed with proof\".",
		run:   func(args []string) int { return s.diff(args, o) },
	}
}

// monthWord is a month of the archive folder, rather than a path.
var monthWord = regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])(\.r\d+|-draft)?$`)

// diff prints what changed between two archives.
func (s *session) diff(args []string, o *buildOptions) int {
	if len(args) != 2 {
		return s.usage("diff needs two archives or months.", "diff")
	}
	opts, problem := s.generatorOptions(o)
	if problem != nil {
		s.refuse(problem)
		return exitUsage
	}
	for i, a := range args {
		if !monthWord.MatchString(a) {
			args[i] = s.path(a)
		}
	}
	c, err := generator.Compare(opts, args[0], args[1])
	var broken *generator.NotVerified
	switch {
	case errors.As(err, &broken):
		s.refuse(broken.Problem)
		return exitNotVerified
	case err != nil:
		return s.refused(err, "")
	}
	s.compared(c)
	return exitOK
}

// compared prints the classes that have something, bad news first.
func (s *session) compared(c *generator.Compared) {
	s.answer(diffJSON(c))
	if s.json {
		return
	}
	drafts := ""
	if c.Drafts {
		drafts = "; a draft is among them, which nobody signed"
	}
	s.say("From %s to %s%s", c.Before, c.After, drafts)
	for _, course := range c.Courses {
		line := fmt.Sprintf("  %-18s  %s", course.Aim.Name, course.Direction)
		switch course.Direction {
		case history.CannotCompare:
			line += ": " + course.Why
		case history.ItsBetter, history.ItsWorse, history.ItsSame:
			line += fmt.Sprintf(": %d better or fixed, %d new, worse, gone or lost", course.For, course.Against)
		}
		s.say("%s", line)
	}
	if c.Cannot != "" {
		s.say("%s", c.Cannot)
	}
	for _, class := range history.Classes {
		n := c.Count(class)
		if n == 0 {
			continue
		}
		fmt.Fprintf(s.stdout, "%s (%d)\n", class, n)
		for i := range c.Changes {
			if x := &c.Changes[i]; x.Class == class {
				fmt.Fprintf(s.stdout, "  %s  %s\n", x.ID, changeWords(x))
			}
		}
	}
	s.say("%s unchanged, %d of them proven by the record of the month before.", evidence.Of(c.Unchanged, "finding is", "findings are"), c.Untested)
}

// changeWords says one change on a line.
func changeWords(x *history.Change) string {
	switch {
	case x.Check == "":
		return x.Cause
	case x.Is == "":
		return fmt.Sprintf("%s, then gone. %s", x.Was, x.Cause)
	case x.Was == "":
		return fmt.Sprintf("%s: %s", x.Is, x.IsText)
	}
	return fmt.Sprintf("%s, now %s: %s", x.Was, x.Is, x.IsText)
}

func diffJSON(c *generator.Compared) map[string]any {
	changes, aims := []map[string]any{}, []map[string]any{}
	for i := range c.Changes {
		changes = append(changes, report.ChangeRecord(&c.Changes[i]))
	}
	for _, x := range c.Courses {
		aims = append(aims, map[string]any{"aim": x.Aim.Name, "direction": string(x.Direction), "for": x.For, "against": x.Against, "open": x.Open, "was_open": x.WasOpen, "why": x.Why})
	}
	return map[string]any{
		"from": filepath.ToSlash(c.Before), "to": filepath.ToSlash(c.After), "drafts": c.Drafts, "changes": changes, "aims": aims,
		"unchanged": c.Unchanged, "not_retested": c.Untested, "cannot_compare": c.Cannot,
	}
}
