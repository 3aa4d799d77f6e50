package main

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"proofpack/generator/seal"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"proofpack": main})
}

// Every promise that a user can see is a script: files of a user, commands,
// and what must come of them.
func TestScripts(t *testing.T) {
	acceptance, err := filepath.Abs(filepath.Join("..", "..", "..", "shared"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(acceptance); err != nil {
		t.Fatalf("the acceptance data must lie beside the project: %v", err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		UpdateScripts:       os.Getenv("UPDATE") != "",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("SHARED", acceptance)
			for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "AppData"} { // where key create puts a key
				e.Setenv(name, filepath.Join(e.WorkDir, ".home"))
			}
			return os.Mkdir(filepath.Join(e.WorkDir, ".home"), 0o755)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":     exits,
			"copyfiles": copyFiles,
			"edit":      edit,
			"folded":    folded,
			"everypage": everyPage,
			"onejson":   oneJSON,
			"same":      same,
			"hashes":    hashes,
			"locked":    locked,
			"fates":     fates,
			"workbook":  packWorkbook,
			"sayalike":  sayAlike,
		},
	})
}

// exits runs a program that must end with a code: exits 4 proofpack build.
// Its output is there for stdout, stderr and cmp.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM [ARGUMENT...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	switch {
	case err == nil && want != 0:
		ts.Fatalf("exit 0, want %d", want)
	case errors.As(err, &exit) && exit.ExitCode() != want:
		ts.Fatalf("exit %d, want %d", exit.ExitCode(), want)
	case err != nil && !errors.As(err, &exit):
		ts.Check(err)
	}
}

// copyFiles copies the files of a folder that no folder is, also those of its
// folders with -all: copyfiles [-all] [-shuffle SEED] FROM TO. Shuffled files
// are made in another order, so that a folder lists them in another.
func copyFiles(ts *testscript.TestScript, neg bool, args []string) {
	all, seed := false, uint64(0)
	for len(args) > 2 {
		switch args[0] {
		case "-all":
			all, args = true, args[1:]
		case "-shuffle":
			n, err := strconv.ParseUint(args[1], 10, 64)
			ts.Check(err)
			seed, args = n, args[2:]
		default:
			ts.Fatalf("unknown option %s", args[0])
		}
	}
	if neg || len(args) != 2 {
		ts.Fatalf("usage: copyfiles [-all] [-shuffle SEED] FROM TO")
	}
	from, to := ts.MkAbs(args[0]), ts.MkAbs(args[1])
	ts.Check(os.MkdirAll(to, 0o755))
	pattern := []string{"*"}
	if all {
		pattern = append(pattern, filepath.Join("*", "*"))
	}
	var files []string
	for _, p := range pattern {
		matches, err := filepath.Glob(filepath.Join(from, p))
		ts.Check(err)
		files = append(files, matches...)
	}
	if seed > 0 {
		r := rand.New(rand.NewPCG(seed, seed))
		r.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
	}
	n := 0
	for _, f := range files {
		if info, err := os.Stat(f); err != nil || info.IsDir() {
			continue
		}
		data, err := os.ReadFile(f)
		ts.Check(err)
		ts.Check(os.WriteFile(filepath.Join(to, filepath.Base(f)), data, 0o644))
		n++
	}
	if n == 0 {
		ts.Fatalf("%s holds no file", from)
	}
}

// edit replaces words in a file, which must be there: edit FILE OLD NEW.
func edit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: edit FILE OLD NEW")
	}
	unquote := strings.NewReplacer(`\n`, "\n", `\t`, "\t")
	text, old := ts.ReadFile(args[0]), unquote.Replace(args[1])
	if !strings.Contains(text, old) {
		ts.Fatalf("%s does not hold %q", args[0], old)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.ReplaceAll(text, old, unquote.Replace(args[2]))), 0o644))
}

// folded tells whether words stand in a text, wherever its lines are broken:
// [!] folded FILE WORDS.
func folded(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: folded FILE WORDS")
	}
	text := strings.Join(strings.Fields(ts.ReadFile(args[0])), " ")
	if strings.Contains(text, args[1]) == neg {
		ts.Fatalf("%s: want %q: %v, it says:\n%s", args[0], args[1], !neg, text)
	}
}

// everyPage tells whether words stand on every page of a PDF, or of the site in
// a folder; with ! whether they stand on none: [!] everypage FILE|DIR WORDS.
func everyPage(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: everypage FILE|DIR WORDS")
	}
	pages := sitePages(ts, args[0])
	if strings.HasSuffix(args[0], ".pdf") {
		out, err := exec.Command("pdftotext", "-layout", ts.MkAbs(args[0]), "-").Output()
		if errors.Is(err, exec.ErrNotFound) {
			ts.Fatalf("pdftotext is needed: run make tools")
		}
		ts.Check(err)
		for i, page := range strings.Split(strings.TrimSuffix(string(out), "\f"), "\f") {
			pages[fmt.Sprintf("page %d", i+1)] = page
		}
	}
	if len(pages) == 0 {
		ts.Fatalf("%s has no page", args[0])
	}
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		if strings.Contains(pages[name], args[1]) == neg {
			ts.Fatalf("%s, %s: want %q: %v", args[0], name, args[1], !neg)
		}
	}
}

// sitePages is the text of every page below a folder; none for a file.
func sitePages(ts *testscript.TestScript, dir string) map[string]string {
	pages := map[string]string{}
	for name := range tree(ts, dir) {
		if strings.HasSuffix(name, ".html") {
			pages[name] = ts.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		}
	}
	return pages
}

// oneJSON tells whether a file is one JSON document and nothing else: onejson stdout.
func oneJSON(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: onejson FILE")
	}
	if text := ts.ReadFile(args[0]); !json.Valid([]byte(text)) {
		ts.Fatalf("not one JSON document:\n%s", text)
	}
}

// same compares two folders byte by byte: same A B.
func same(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: same A B")
	}
	a, b := tree(ts, args[0]), tree(ts, args[1])
	var differ []string
	for _, name := range slices.Sorted(maps.Keys(a)) {
		if a[name] != b[name] {
			differ = append(differ, name)
		}
		delete(b, name)
	}
	for _, name := range slices.Sorted(maps.Keys(b)) {
		differ = append(differ, name+" (only in "+args[1]+")")
	}
	if len(differ) > 0 {
		ts.Fatalf("%d files differ: %s", len(differ), strings.Join(differ, ", "))
	}
	if len(a) == 0 {
		ts.Fatalf("%s holds no file", args[0])
	}
}

// hashes writes what a folder holds, as sha256sum does: hashes DIR FILE.
func hashes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: hashes DIR FILE")
	}
	all, text := tree(ts, args[0]), ""
	for _, name := range slices.Sorted(maps.Keys(all)) {
		text += all[name] + "  " + name + "\n"
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o644))
}

// tree is every file below a folder with its hash. Files of the test's own,
// which begin with a dot, stay out.
func tree(ts *testscript.TestScript, dir string) map[string]string {
	all := map[string]string{}
	root := ts.MkAbs(dir)
	ts.Check(filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		if rel != "." && strings.HasPrefix(rel, ".") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		data, err := os.ReadFile(path)
		all[filepath.ToSlash(rel)] = fmt.Sprintf("%x", sha256.Sum256(data))
		return err
	}))
	return all
}

// locked puts the lock of a run that is alive, this one, into a folder:
// locked DIR; its host and number are in $HOLDER.
func locked(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: locked DIR")
	}
	host, err := os.Hostname()
	ts.Check(err)
	h := seal.Holder{Host: host, PID: os.Getpid(), Since: time.Date(2026, 6, 2, 9, 12, 0, 0, time.UTC)}
	text, err := json.Marshal(h)
	ts.Check(err)
	ts.Check(os.MkdirAll(ts.MkAbs(args[0]), 0o755))
	ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[0]), ".proofpack.lock"), text, 0o644))
	ts.Setenv("HOLDER", fmt.Sprintf("process %d on %s, since 2026-06-02T09:12:00Z", h.PID, host))
}

// fates writes a line for each source of check --json: file, status, data set or
// what it looks like, rows: fates FILE TO.
func fates(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: fates FILE TO")
	}
	var doc struct {
		Sources []struct {
			File      string
			Status    string
			DataSet   *string `json:"data_set"`
			LooksLike string  `json:"looks_like"`
			Reason    string
			Rows      int `json:"rows_read"`
		}
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &doc))
	text := ""
	for _, s := range doc.Sources {
		what := "unknown"
		switch {
		case s.DataSet != nil:
			what = *s.DataSet
		case s.LooksLike != "":
			what = "looks like " + s.LooksLike
		}
		text += fmt.Sprintf("%s: %s, %s, %d rows", filepath.Base(s.File), s.Status, what, s.Rows)
		if s.Reason != "" {
			text += ": " + s.Reason
		}
		text += "\n"
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o644))
}
