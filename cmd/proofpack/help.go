package main

import (
	"fmt"
	"strings"

	"proofpack/generator/diag"
)

// exampleWidth is where the words behind an example begin; a longer example
// has them on the next line.
const exampleWidth = 36

// rootHelp is what proofpack says without arguments.
func rootHelp(s *session, commands []*command) string {
	var b strings.Builder
	b.WriteString("Turn exports from the tools you already use into a signed evidence site and board packet.\n\n")
	b.WriteString("Usage:\n  proofpack <command> [options]\n\n")
	var first []example
	for _, g := range []group{everyMonth, once, forAuditors} {
		var lines []string
		for _, c := range commands {
			if c.group != g {
				continue
			}
			lines = append(lines, fmt.Sprintf("  %-10s %s\n", c.name, c.summary))
			for _, e := range c.examples {
				if e.first {
					first = append(first, e)
				}
			}
		}
		if len(lines) > 0 {
			fmt.Fprintf(&b, "%s:\n%s\n", g, strings.Join(lines, ""))
		}
	}
	writeExamples(&b, first)
	writeOptions(&b, globalOptions(s))
	b.WriteString("\nRun \"proofpack help exit-codes\" for more.\n")
	return b.String()
}

// help is what proofpack help COMMAND says.
func (c *command) help() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s.\n\nUsage:\n", c.summary)
	for _, u := range c.usage {
		fmt.Fprintf(&b, "  proofpack %s\n", u)
	}
	b.WriteString("\n")
	writeExamples(&b, c.examples)
	if len(c.options) > 0 {
		writeOptions(&b, c.options)
	}
	if c.after != "" {
		b.WriteString("\n" + c.after + "\n")
	}
	return b.String()
}

func writeExamples(b *strings.Builder, examples []example) {
	if len(examples) == 0 {
		return
	}
	b.WriteString("Examples:\n")
	for _, e := range examples {
		switch {
		case e.means == "":
			fmt.Fprintf(b, "  %s\n", e.line)
		case len(e.line) > exampleWidth-2:
			fmt.Fprintf(b, "  %s\n  %*s%s\n", e.line, exampleWidth, "", e.means)
		default:
			fmt.Fprintf(b, "  %-*s%s\n", exampleWidth, e.line, e.means)
		}
	}
	b.WriteString("\n")
}

func writeOptions(b *strings.Builder, options []option) {
	b.WriteString("Options:\n")
	longest := 0
	for _, o := range options {
		longest = max(longest, len(o.written()))
	}
	longest = (longest + 2 + 3) / 4 * 4
	for _, o := range options {
		short := "   "
		if o.short != "" {
			short = "-" + o.short + ","
		}
		fmt.Fprintf(b, "  %s %-*s%s\n", short, longest, o.written(), o.means)
	}
}

func (o *option) written() string {
	if o.value == "" {
		return "--" + o.name
	}
	return "--" + o.name + " " + o.value
}

// topics are what help knows besides commands.
var topics = map[string]string{"exit-codes": exitCodesTopic}

// helpOn prints the help of a command or a topic.
func (s *session) helpOn(words []string, commands []*command) int {
	if len(words) == 0 {
		fmt.Fprint(s.stdout, rootHelp(s, commands))
		return exitOK
	}
	if len(words) > 1 {
		return s.usage(fmt.Sprintf("%q is one argument too many.", words[1]), "")
	}
	if c := find(commands, words[0]); c != nil {
		fmt.Fprint(s.stdout, c.help())
		return exitOK
	}
	if text, ok := topics[words[0]]; ok {
		fmt.Fprint(s.stdout, text)
		return exitOK
	}
	known := append(names(commands), "exit-codes")
	message := fmt.Sprintf("There is no help on %q.", words[0])
	if near := diag.Nearest(words[0], known); near != "" {
		message += fmt.Sprintf(" Did you mean %q?", near)
	}
	return s.usage(message, "")
}
