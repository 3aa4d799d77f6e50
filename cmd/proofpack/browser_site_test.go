package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A published is what one build left on a share.
type published struct {
	name  string
	share string // holds the months and the page above them
	month string // folder of the month, inside share
	doc   reported
}

// reported is what the tests read of report.json.
type reported struct {
	Headline string
	Cells    map[string]int
	Services []struct {
		Name        string
		Disciplines map[string]string
	}
	Systems        []struct{ ID string }
	Contradictions []struct{ ID string }
	Recovery       []struct{ State string }
	Questions      []struct {
		Can bool `json:"can_be_answered"`
	}
	Figures []struct{ ID, Text string }
	Sources []struct {
		DataSet      string `json:"data_set"`
		File, Sheet  string
		Read         int `json:"rows_read"`
		Used         int `json:"rows_used"`
		Rejected     int `json:"rows_rejected"`
		Completeness string
	}
}

// sites builds scenario A without a key, and with one the sample's June, which
// follows its April and May.
func sites(t *testing.T) []published {
	t.Helper()
	scenario := t.TempDir()
	if err := os.CopyFS(filepath.Join(scenario, "exports", "2026-05"), os.DirFS(filepath.Join("..", "..", "..", "shared", "scenarios", "A-storage"))); err != nil {
		t.Fatalf("the acceptance data must lie beside the project: %v", err)
	}
	if err := os.WriteFile(filepath.Join(scenario, "proofpack.yml"), []byte("company: Halden Supply Co.\ncurrency: USD\ntime-zone: America/Los_Angeles\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	keys := t.TempDir()
	succeeds(t, "-C", keys, "key", "create", "--name", "Dana Ortiz", "--out", keys)
	sample, key, archives, earlier := filepath.Join("..", "..", "sample-data"), filepath.Join(keys, "dana-ortiz.key"), t.TempDir(), t.TempDir()
	for _, month := range []string{"2026-04", "2026-05"} {
		succeeds(t, "-C", sample, "build", "--month", month, "--out", earlier, "--archive", archives, "--key", key)
	}
	return []published{
		site(t, "scenario A", scenario, "2026-05", "--draft"),
		site(t, "sample", sample, "2026-06", "--archive", archives, "--key", key),
	}
}

// site builds one month of a folder.
func site(t *testing.T, name, dir, month string, more ...string) published {
	t.Helper()
	p := published{name: name, share: t.TempDir()}
	out := succeeds(t, append([]string{"-C", dir, "build", "--month", month, "--out", p.share}, more...)...)
	p.month = strings.TrimSpace(out)
	if filepath.Dir(p.month) != p.share {
		t.Fatalf("%s was built to %q", name, p.month)
	}
	text, err := os.ReadFile(filepath.Join(p.month, "report.json"))
	if err == nil {
		err = json.Unmarshal(text, &p.doc)
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// succeeds runs the program to a good end and answers its standard output.
func succeeds(t *testing.T, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := run(args, &stdout, &stderr); code != exitOK && code != exitIncomplete {
		t.Fatalf("%v: exit %d\n%s", args, code, stderr.String())
	}
	return stdout.String()
}

// pages are the HTML files of the share, by path below it.
func (p *published) pages(t *testing.T) []string {
	t.Helper()
	var all []string
	err := fs.WalkDir(os.DirFS(p.share), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path.Ext(name) == ".html" {
			all = append(all, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// kinds are one page of each kind: those that stand alone, and the longest of
// each folder.
func (p *published) kinds(t *testing.T) []string {
	t.Helper()
	month := filepath.Base(p.month)
	longest, size := map[string]string{}, map[string]int64{}
	var all []string
	for _, name := range p.pages(t) {
		folder := path.Dir(name)
		if folder == "." || folder == month {
			all = append(all, name)
			continue
		}
		info, err := os.Stat(filepath.Join(p.share, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		if info.Size() > size[folder] {
			longest[folder], size[folder] = name, info.Size()
		}
	}
	for _, name := range longest {
		all = append(all, name)
	}
	slices.Sort(all)

	stands := func(name string) bool {
		return slices.ContainsFunc(all, func(a string) bool { return a == name || path.Dir(a) == name })
	}
	for _, want := range []string{
		"index.html", month + "/index.html", month + "/ranking.html", month + "/recovery.html", month + "/alerts-capacity.html", month + "/routine.html", month + "/access.html",
		month + "/changes.html", month + "/exceptions.html", month + "/coverage.html", month + "/questions.html", month + "/data-quality.html",
		month + "/rules.html", month + "/method.html", month + "/verify.html", month + "/contradictions.html",
		month + "/services", month + "/systems", month + "/data", month + "/figures", month + "/explore",
	} {
		if !stands(want) {
			t.Errorf("%s has no page %s", p.name, want)
		}
	}
	return all
}
