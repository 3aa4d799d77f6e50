package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// golden compares with a file of testdata; UPDATE=1 writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("UPDATE") != "" {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func TestHelp(t *testing.T) {
	var first string
	for file, args := range map[string][]string{
		"help.txt":            nil,
		"help-open.txt":       {"open", "--help"},
		"help-init.txt":       {"help", "init"},
		"help-key.txt":        {"key", "create", "-h"},
		"help-exit-codes.txt": {"help", "exit-codes"},
	} {
		var stdout, stderr bytes.Buffer
		if code := run(args, &stdout, &stderr); code != exitOK || stderr.Len() > 0 {
			t.Errorf("%v: exit %d, standard error %q", args, code, stderr.String())
		}
		golden(t, file, stdout.String())
		for i, line := range strings.Split(stdout.String(), "\n") {
			if len(line) > width+10 {
				t.Errorf("%s line %d has %d characters", file, i+1, len(line))
			}
		}
		if args == nil {
			first = stdout.String()
		}
	}
	for _, args := range [][]string{{"--help"}, {"-h"}, {"help"}} {
		var stdout, stderr bytes.Buffer
		if code := run(args, &stdout, &stderr); code != exitOK || stdout.String() != first {
			t.Errorf("%v: exit %d, not the help without arguments", args, code)
		}
	}
}

// Every command stands in the help with a summary, and no two options of a
// command, its own or global, have one name.
func TestEveryCommandIsExplained(t *testing.T) {
	s := &session{}
	all := commands(s)
	text := rootHelp(s, all)
	for _, c := range all {
		if !strings.Contains(text, "\n  "+c.name+" ") || c.summary == "" || len(c.usage) == 0 || len(c.examples) == 0 {
			t.Errorf("%s is not explained", c.name)
		}
		seen := map[string]bool{}
		for _, o := range append(c.options, globalOptions(s)...) {
			if seen[o.name] || o.means == "" {
				t.Errorf("%s --%s stands twice or means nothing", c.name, o.name)
			}
			seen[o.name] = true
		}
	}
}

func TestUsageErrorsAreExit2(t *testing.T) {
	for _, c := range []struct {
		fact string
		args []string
		want string
	}{
		{"a misspelt command", []string{"opne"}, "Unknown command \"opne\". Did you mean \"open\"?\n"},
		{"a command nobody knows", []string{"frobnicate"}, "Unknown command \"frobnicate\".\nRun \"proofpack help\" for what there is.\n"},
		{"a misspelt option", []string{"open", "--ot", "x"}, "Unknown option \"--ot\". Did you mean \"--out\"?\n"},
		{"a misspelt global option", []string{"--jsn", "open"}, "Unknown option \"--jsn\". Did you mean \"--json\"?\n"},
		{"an unknown letter", []string{"open", "-z"}, "Unknown option \"-z\".\nRun \"proofpack help open\" for what there is.\n"},
		{"an option without its value", []string{"open", "--out"}, "--out needs a value.\nRun \"proofpack help open\" for what there is.\n"},
		{"a value where there is none", []string{"open", "--json=maybe"}, "--json has no value; \"maybe\" was given.\nRun \"proofpack help open\" for what there is.\n"},
		{"an argument too many", []string{"open", "a", "b"}, "\"b\" is one argument too many.\nRun \"proofpack help open\" for what there is.\n"},
		{"help on nothing known", []string{"help", "exit-code"}, "There is no help on \"exit-code\". Did you mean \"exit-codes\"?\n"},
		{"half a command", []string{"key"}, "key needs a word more: create or show.\nRun \"proofpack help key\" for what there is.\n"},
		{"a misspelt second word", []string{"key", "crate"}, "Unknown word after key \"crate\". Did you mean \"create\"?\n"},
		{"a key of nobody", []string{"key", "create"}, "key create needs the person who signs: --name \"Dana Ortiz\".\nRun \"proofpack help key\" for what there is.\n"},
	} {
		var stdout, stderr bytes.Buffer
		if code := run(c.args, &stdout, &stderr); code != exitUsage || stdout.Len() > 0 {
			t.Errorf("%s: exit %d, standard output %q", c.fact, code, stdout.String())
		}
		if diff := cmp.Diff(c.want, stderr.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.fact, diff)
		}
	}
}

func TestVersion(t *testing.T) {
	var stdout, stderr bytes.Buffer
	if code := run([]string{"--version"}, &stdout, &stderr); code != exitOK || !strings.HasPrefix(stdout.String(), "proofpack "+version+", commit ") {
		t.Errorf("exit %d, %q", code, stdout.String())
	}
}

// call runs a command in a folder of its own, with a clock, numbers that are
// not random, and a browser that only remembers.
type call struct {
	dir            string
	stdout, stderr bytes.Buffer
	shown          []string
	broken         error
}

func (c *call) run(args ...string) int {
	c.stdout.Reset()
	c.stderr.Reset()
	s := &session{
		stdout: &c.stdout, stderr: &c.stderr,
		now:    func() time.Time { return time.Date(2026, 11, 3, 9, 12, 0, 0, time.UTC) },
		random: bytes.NewReader(bytes.Repeat([]byte{7}, 1000)),
		browse: func(path string) error { c.shown = append(c.shown, path); return c.broken },
		sample: fstest.MapFS{
			"sampledata.go":                   {Data: []byte("package sampledata")},
			"2026-09/jobs.csv":                {Data: []byte("a,b\n")},
			"2026-10/jobs.csv":                {Data: []byte("a,b\n1,2\n")},
			"2026-10/jobs.csv.intake.yml":     {Data: []byte("rows-expected: 1\n")},
			"2026-10/commentary/summary.json": {Data: []byte("[]")},
		},
	}
	return s.dispatch(append([]string{"-C", c.dir}, args...), commands(s))
}

// words is what was said, with the folder of the test taken out.
func (c *call) words() string { return strings.ReplaceAll(c.stderr.String(), c.dir, "FOLDER") }

// said tells whether some words were said, wherever lines were broken.
func (c *call) said(words string) bool {
	return strings.Contains(strings.Join(strings.Fields(c.words()), " "), words)
}

func TestOpen(t *testing.T) {
	c := &call{dir: t.TempDir()}
	if code := c.run("open"); code != exitFailed || !c.said("there is no packet here") {
		t.Errorf("before any build: exit %d, %s", code, c.words())
	}
	for _, f := range []string{"packets/index.html", "packets/2026-10/index.html", "packets/2026-10/packet.pdf", "elsewhere/index.html"} {
		if err := writeNew(filepath.Join(c.dir, f), []byte("x"), 0o644, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, o := range []struct {
		args []string
		want string
	}{
		{nil, "packets/index.html"},
		{[]string{"2026-10"}, "packets/2026-10/index.html"},
		{[]string{"2026-10/packet.pdf"}, "packets/2026-10/packet.pdf"},
		{[]string{"packets/2026-10"}, "packets/2026-10/index.html"},
		{[]string{"--out", "elsewhere"}, "elsewhere/index.html"},
	} {
		c.shown = nil
		want := filepath.Join(c.dir, o.want)
		if code := c.run(append([]string{"open"}, o.args...)...); code != exitOK || c.stdout.String() != want+"\n" {
			t.Errorf("open %v: exit %d, %q, %s", o.args, code, c.stdout.String(), c.words())
		}
		if diff := cmp.Diff([]string{want}, c.shown); diff != "" {
			t.Errorf("open %v (-want +got):\n%s", o.args, diff)
		}
	}
	c.broken = errors.New("no desktop")
	if code := c.run("open", "--json"); code != exitFailed || !c.said("no browser could be started: no desktop") || !strings.Contains(c.stdout.String(), `"opened"`) {
		t.Errorf("without a desktop: exit %d, %s, %s", code, c.stdout.String(), c.words())
	}
}

func TestInit(t *testing.T) {
	c := &call{dir: t.TempDir()}
	if code := c.run("init"); code != exitOK || c.stdout.Len() > 0 {
		t.Fatalf("exit %d, %s", code, c.words())
	}
	golden(t, "init.txt", c.words())
	for _, f := range []string{"proofpack.yml", ".gitignore", "sample-data/2026-10/jobs.csv", "sample-data/2026-10/jobs.csv.intake.yml"} {
		if _, err := os.Stat(filepath.Join(c.dir, f)); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(filepath.Join(c.dir, "sample-data/sampledata.go")); err == nil {
		t.Error("the source that carries the sample is no part of it")
	}
	mine := filepath.Join(c.dir, "proofpack.yml")
	if err := os.WriteFile(mine, []byte("company: Mine\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if code := c.run("init"); code != exitOK {
		t.Errorf("a second time: exit %d", code)
	}
	golden(t, "init-again.txt", c.words())
	if got, err := os.ReadFile(mine); err != nil || string(got) != "company: Mine\n" {
		t.Errorf("the configuration was written over: %q, %v", got, err)
	}
	c.dir = t.TempDir()
	if code := c.run("init", "--company", "Acme # 1", "--json"); code != exitOK || c.stderr.Len() > 0 || !strings.Contains(c.stdout.String(), `"name": "proofpack.yml"`) {
		t.Errorf("with --json: exit %d, %s, %s", code, c.stdout.String(), c.words())
	}
	if got, err := os.ReadFile(filepath.Join(c.dir, "proofpack.yml")); err != nil || !strings.Contains(string(got), `company: "Acme # 1"`) {
		t.Errorf("%v: %.300s", err, got)
	}
}

func TestKey(t *testing.T) {
	c := &call{dir: t.TempDir()}
	if code := c.run("key", "create", "--name", "Dana Ortiz", "--out", "own"); code != exitOK || c.stdout.Len() > 0 {
		t.Fatalf("exit %d, %s", code, c.words())
	}
	golden(t, "key-create.txt", c.words())
	private, public := filepath.Join(c.dir, "own/dana-ortiz.key"), filepath.Join(c.dir, "keys/dana-ortiz.pem")
	info, err := os.Stat(private)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the private key must be for its owner only: %v, %v", info, err)
	}
	if text, err := os.ReadFile(public); err != nil || strings.Contains(string(text), "PRIVATE") {
		t.Errorf("the public file holds a private key: %v", err)
	}
	before, err := os.ReadFile(private)
	if err != nil {
		t.Fatal(err)
	}
	if code := c.run("key", "create", "--name", "Dana Ortiz", "--out", "own"); code != exitFailed || !c.said("is here already; nothing was written") {
		t.Errorf("a second time: exit %d, %s", code, c.words())
	}
	// The certificate moved away: the private key still stands, and no half pair is left.
	if err := os.Remove(public); err != nil {
		t.Fatal(err)
	}
	if code := c.run("key", "create", "--name", "Dana Ortiz", "--out", "own"); code != exitFailed {
		t.Errorf("over a private key: exit %d", code)
	}
	if after, err := os.ReadFile(private); err != nil || !bytes.Equal(before, after) {
		t.Error("the private key was written over")
	}
	if _, err := os.Stat(public); err == nil {
		t.Error("a certificate without its key was left")
	}
	if code := c.run("key", "show", "own/dana-ortiz.key"); code != exitOK {
		t.Errorf("show: exit %d, %s", code, c.words())
	}
	golden(t, "key-show.txt", c.words())
	if code := c.run("key", "show", "own/dana-ortiz.key", "--json"); code != exitOK || !strings.Contains(c.stdout.String(), `"name": "Dana Ortiz"`) || strings.Contains(c.stdout.String(), "PRIVATE") {
		t.Errorf("show --json: exit %d, %s", code, c.stdout.String())
	}
	if code := c.run("key", "show", "none.pem"); code != exitFailed || !c.said("none.pem: the file cannot be read: no such file or directory") {
		t.Errorf("a file that is not there: exit %d, %s", code, c.words())
	}
	if err := os.WriteFile(filepath.Join(c.dir, "x.pem"), []byte("hello"), 0o644); err != nil {
		t.Fatal(err)
	}
	if code := c.run("key", "show", "x.pem"); code != exitFailed || !c.said("x.pem: no certificate was found") {
		t.Errorf("a file that is no key: exit %d, %s", code, c.words())
	}
}
