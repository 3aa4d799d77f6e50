package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"proofpack/generator/diag"
)

// A command is one word after proofpack.
type command struct {
	name     string
	group    group
	summary  string // one line of the list
	usage    []string
	examples []example
	options  []option
	after    string // said below the options
	words    int    // most arguments without a dash
	run      func(args []string) int
}

// A group is when a command is needed; the order is that of the help.
type group string

const (
	everyMonth  group = "Every month"
	once        group = "Once"
	forAuditors group = "For auditors"
)

// An example is a command line with what it does.
type example struct {
	line, means string
	first       bool // it stands in the first help too
}

// An option is one --name; to is *string or *bool.
type option struct {
	short, name, value, means string
	to                        any
}

// globalOptions stand before or after the command.
func globalOptions(s *session) []option {
	return []option{
		{"C", "dir", "DIR", "work in DIR (default: this folder)", &s.dir},
		{"", "config", "FILE", "configuration (default: proofpack.yml)", &s.config},
		{"", "json", "", "print results as JSON on standard output", &s.json},
		{"q", "quiet", "", "print problems only", &s.quiet},
		{"", "no-color", "", "no colour (NO_COLOR is honoured)", &s.noColour},
		{"h", "help", "", "help for any command", &s.help},
		{"", "version", "", "print version, commit and Go version", &s.version},
	}
}

// dispatch finds the command, reads its options and runs it.
func (s *session) dispatch(args []string, commands []*command) int {
	global := flagSet(globalOptions(s))
	global.SetInterspersed(false)
	if err := global.Parse(args); err != nil {
		return s.badOption(err, globalOptions(s), "")
	}
	rest := global.Args()
	switch {
	case s.version:
		fmt.Fprintln(s.stdout, versionLine())
		return exitOK
	case len(rest) == 0:
		fmt.Fprint(s.stdout, rootHelp(s, commands))
		return exitOK
	case rest[0] == "help":
		return s.helpOn(rest[1:], commands)
	}
	c := find(commands, rest[0])
	if c == nil {
		return s.unknown("command", rest[0], names(commands), "")
	}
	all := append(append([]option{}, c.options...), globalOptions(s)...)
	set := flagSet(all)
	if err := set.Parse(rest[1:]); err != nil {
		return s.badOption(err, all, c.name)
	}
	s.colour = s.colour && !s.noColour
	if s.help {
		fmt.Fprint(s.stdout, c.help())
		return exitOK
	}
	if words := set.Args(); len(words) > c.words {
		return s.usage(fmt.Sprintf("%q is one argument too many.", words[c.words]), c.name)
	}
	return c.run(set.Args())
}

func find(commands []*command, name string) *command {
	for _, c := range commands {
		if c.name == name {
			return c
		}
	}
	return nil
}

func names(commands []*command) []string {
	var all []string
	for _, c := range commands {
		all = append(all, c.name)
	}
	return append(all, "help")
}

func flagSet(options []option) *pflag.FlagSet {
	set := pflag.NewFlagSet("proofpack", pflag.ContinueOnError)
	set.SortFlags = false
	set.Usage = func() {}
	for _, o := range options {
		switch to := o.to.(type) {
		case *string:
			set.StringVarP(to, o.name, o.short, *to, o.means)
		case *bool:
			set.BoolVarP(to, o.name, o.short, *to, o.means)
		}
	}
	return set
}

// badOption says what is wrong with an option, in the words of the help.
func (s *session) badOption(err error, options []option, of string) int {
	var unknown *pflag.NotExistError
	var lacking *pflag.ValueRequiredError
	var bad *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		if shorts := unknown.GetSpecifiedShortnames(); shorts != "" {
			return s.unknown("option", "-"+shorts, nil, of)
		}
		var known []string
		for _, o := range options {
			known = append(known, "--"+o.name)
		}
		return s.unknown("option", "--"+unknown.GetSpecifiedName(), known, of)
	case errors.As(err, &lacking):
		return s.usage(fmt.Sprintf("--%s needs a value.", lacking.GetFlag().Name), of)
	case errors.As(err, &bad):
		return s.usage(fmt.Sprintf("--%s has no value; %q was given.", bad.GetFlag().Name, bad.GetValue()), of)
	}
	return s.usage(strings.ToUpper(err.Error()[:1])+err.Error()[1:]+".", of)
}

// unknown says that a word is not known, and which was most likely meant.
func (s *session) unknown(what, word string, known []string, of string) int {
	message := fmt.Sprintf("Unknown %s %q.", what, word)
	if near := diag.Nearest(word, known); near != "" {
		return s.usage(fmt.Sprintf("%s Did you mean %q?", message, near), of)
	}
	return s.usage(message, of)
}

// usage says what is wrong with the call and where help is.
func (s *session) usage(message, of string) int {
	s.refuse(diag.At(diag.Pos{}, "usage", message, ""))
	help := "proofpack help"
	if of != "" {
		help += " " + of
	}
	if !strings.HasSuffix(message, "?") {
		fmt.Fprintf(s.stderr, "Run %q for what there is.\n", help)
	}
	return exitUsage
}
