package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"proofpack/generator/diag"
)

// width is where lines are broken, in characters.
const width = 100

// quoted is how many rows of one cause are quoted.
const quoted = 3

// A cause is one thing to do something about, with the problems it shows in.
type cause struct {
	title    string // "restore tests: 17 of 58 rows rejected, the limit is 5%"; "" when the problem says all
	problems []*diag.Problem
}

// causes groups problems that differ in their row only: one file, one column,
// one kind, one thing to do. Order is that of the first of each.
func causes(problems []*diag.Problem) []cause {
	type alike struct {
		file, sheet, heading, code, fix string
		column                          int
	}
	var all []cause
	at := map[alike]int{}
	for _, p := range problems {
		key := alike{p.File, p.Sheet, p.Heading, p.Code, p.Fix, p.Column}
		i, known := at[key]
		if !known {
			i = len(all)
			at[key] = i
			all = append(all, cause{})
		}
		all[i].problems = append(all[i].problems, p)
	}
	return all
}

// numbered prints causes with what to do about each, numbered.
func (s *session) numbered(all []cause) {
	for i, c := range all {
		number := fmt.Sprintf("%d. ", i+1)
		indent := strings.Repeat(" ", len(number))
		if c.title != "" {
			s.wrap(number, indent, c.title)
			number = indent
		}
		for j, p := range c.problems {
			if j == quoted {
				fmt.Fprintf(s.stderr, "%sand %d more like it.\n", indent, len(c.problems)-quoted)
				break
			}
			s.wrap(number, indent, place(p)+p.Message)
			number = indent
		}
		s.fix(indent, c.problems)
		if i < len(all)-1 {
			fmt.Fprintln(s.stderr)
		}
	}
}

// flat prints problems one after the other, as of a configuration.
func (s *session) flat(problems []*diag.Problem) {
	for _, p := range problems {
		s.wrap("", "  ", place(p)+p.Message)
		s.fix("  ", []*diag.Problem{p})
	}
}

func (s *session) fix(indent string, problems []*diag.Problem) {
	if len(problems) > 0 && problems[0].Fix != "" {
		s.wrap(indent+s.bold("Fix:")+" ", indent, problems[0].Fix)
	}
}

func (s *session) bold(word string) string {
	if !s.colour {
		return word
	}
	return "\x1b[1m" + word + "\x1b[0m"
}

// place is where a problem stands, as paths are written on this system.
func place(p *diag.Problem) string {
	at := p.Pos
	word := at.String()
	if word == "" {
		return ""
	}
	return filepath.FromSlash(at.File) + strings.TrimPrefix(word, at.File) + ": "
}

func (s *session) wrap(first, rest, text string) { wrap(s.stderr, first, rest, text) }

// wrap prints text broken between words. A word that is longer than a line, such
// as a path, stays whole.
func wrap(w io.Writer, first, rest, text string) {
	line, used := first, cells(first)
	empty := true
	for _, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		if !empty && used+1+n > width {
			fmt.Fprintln(w, line)
			line, used, empty = rest, cells(rest), true
		}
		if !empty {
			line += " "
			used++
		}
		line += word
		used += n
		empty = false
	}
	fmt.Fprintln(w, line)
}

// cells is how wide a text stands on the screen, without its colours.
func cells(s string) int {
	return utf8.RuneCountInString(strings.NewReplacer("\x1b[1m", "", "\x1b[0m", "").Replace(s))
}
