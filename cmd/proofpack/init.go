package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
	"proofpack/generator/intake"
	"proofpack/generator/workbook"
)

// ignored keeps signing keys out of version control.
const ignored = "# Signing keys never belong in version control.\n*.key\n*.p12\n*.pfx\n"

// initCommand writes what a first build needs.
func initCommand(s *session) *command {
	company := "Orrin Vale Fixtures"
	return &command{
		name: "init", group: once,
		summary: "Write a starter configuration, sample data and templates to fill in",
		usage:   []string{"init [--company NAME] [options]"},
		examples: []example{
			{"proofpack init", "start in this folder, with sample data", true},
			{"proofpack init --company Acme", "the same, with your company's name", false},
		},
		options: []option{{"", "company", "NAME", "company of the configuration (default: the sample's, Orrin Vale Fixtures)", &company}},
		after:   "Files that are here already stay as they are.",
		run:     func([]string) int { return s.init(company) },
	}
}

// A wrote is one thing init wrote, or found.
type wrote struct {
	Name  string `json:"name"`
	Means string `json:"means"`
	Kept  bool   `json:"kept"` // it was here already
}

// init writes the configuration, the sample, the templates and .gitignore, never over
// anything, and says which.
func (s *session) init(company string) int {
	folder, err := filepath.Abs(s.path("."))
	if err != nil {
		return s.fail(fmt.Errorf("init: %w", err))
	}
	var things []wrote
	put := func(name, means string, write func() error) error {
		err := write()
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		things = append(things, wrote{name, means, err != nil})
		return nil
	}
	file := func(name string, data []byte) func() error {
		return func() error { return writeNew(filepath.Join(folder, name), data, 0o644, 0o755) }
	}
	err = put("proofpack.yml", "configuration: company, policy limits, every key explained", file("proofpack.yml", config.Starter(company)))
	if err == nil && s.sample != nil {
		var months, exports int
		if months, exports, err = sampleSize(s.sample); err == nil {
			err = put("sample-data"+string(filepath.Separator), fmt.Sprintf("%d example exports of %s, so that a build works today", exports, evidence.Of(months, "month", "months")), func() error {
				return copySample(s.sample, filepath.Join(folder, "sample-data"))
			})
		}
	}
	if err == nil {
		sets := templated()
		err = put(fillIn+string(filepath.Separator), fmt.Sprintf("%d workbooks to fill in where no tool exports it: services, restores, exceptions ...", len(sets)), func() error {
			return writeTemplates(sets, filepath.Join(folder, fillIn))
		})
	}
	if err == nil {
		err = put(".gitignore", "keeps the signing key out of version control", file(".gitignore", []byte(ignored)))
	}
	if err != nil {
		return s.fail(fmt.Errorf("init: %w", err))
	}
	s.answer(map[string]any{"folder": folder, "things": things})
	s.wroteThings(folder, things)
	return exitOK
}

func (s *session) wroteThings(folder string, things []wrote) {
	var fresh, kept []wrote
	for _, w := range things {
		if w.Kept {
			kept = append(kept, w)
		} else {
			fresh = append(fresh, w)
		}
	}
	switch len(fresh) {
	case 0:
		s.say("Wrote nothing in %s:", folder)
	case 1:
		s.say("Wrote 1 thing in %s:", folder)
	default:
		s.say("Wrote %d things in %s:", len(fresh), folder)
	}
	for _, w := range fresh {
		s.say("  %-17s %s", w.Name, w.Means)
	}
	for _, w := range kept {
		s.say("  %-17s is here already and stays as it is", w.Name)
	}
	s.say("\nNext: proofpack build --draft       builds the sample, about 4 s")
}

// sampleFiles are the files of the sample without the Go source that carries it.
func sampleFiles(sample fs.FS) ([]string, error) {
	var files []string
	err := fs.WalkDir(sample, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path.Ext(name) != ".go" {
			files = append(files, name)
		}
		return err
	})
	return files, err
}

// sampleSize counts months, which are folders, and the exports in them.
func sampleSize(sample fs.FS) (months, exports int, err error) {
	files, err := sampleFiles(sample)
	seen := map[string]bool{}
	for _, f := range files {
		month, _, inside := strings.Cut(f, "/")
		if !inside || strings.HasSuffix(f, ".intake.yml") || path.Base(f) == "summary.md" {
			continue // what is said about exports is none
		}
		seen[month] = true
		exports++
	}
	return len(seen), exports, err
}

// copySample writes the sample into a folder that is not there yet.
func copySample(sample fs.FS, to string) error {
	if err := os.Mkdir(to, 0o755); err != nil {
		return err
	}
	files, err := sampleFiles(sample)
	if err != nil {
		return err
	}
	for _, f := range files {
		data, err := fs.ReadFile(sample, f)
		if err != nil {
			return err
		}
		if err := writeNew(filepath.Join(to, filepath.FromSlash(f)), data, 0o644, 0o755); err != nil {
			return err
		}
	}
	return nil
}

// fillIn is the folder of the templates.
const fillIn = "fill-in"

// templated are the data sets that people keep themselves.
func templated() []intake.DataSet {
	return slices.DeleteFunc(intake.DataSets(), func(d intake.DataSet) bool { return !d.Template })
}

// writeTemplates writes a template for each data set into a folder that is not
// there yet.
func writeTemplates(sets []intake.DataSet, to string) error {
	if err := os.Mkdir(to, 0o755); err != nil {
		return err
	}
	for i := range sets {
		data, err := workbook.Template(&sets[i])
		if err != nil {
			return err
		}
		if err := writeNew(filepath.Join(to, strings.ReplaceAll(sets[i].Name, " ", "-")+".xlsx"), data, 0o644, 0o755); err != nil {
			return err
		}
	}
	return nil
}
