package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"proofpack/generator/diag"
)

// A session is one call of the program: where it works, where it speaks, and
// what it takes from the machine.
type session struct {
	stdout, stderr io.Writer
	dir, config    string // as given; "" for the default
	json, quiet    bool
	noColour, help bool
	version        bool
	colour         bool // standard error is a terminal that wants colour

	now    func() time.Time
	random io.Reader
	browse func(path string) error // shows a page in the browser
	ask    func() ([]byte, error)  // reads a line that is not shown; nil when there is no terminal to ask on
	sample fs.FS                   // the example exports that init writes; nil when none are built in
}

// path is a path of the user's, seen from the folder of --dir.
func (s *session) path(p string) string {
	if s.dir == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(s.dir, p)
}

// configFile is the configuration, seen from here.
func (s *session) configFile() string {
	if s.config != "" {
		return s.path(s.config)
	}
	return s.path("proofpack.yml")
}

// say is talk: standard error, and nothing when only problems are wanted or
// the result goes out as JSON.
func (s *session) say(format string, args ...any) {
	if !s.quiet && !s.json {
		fmt.Fprintf(s.stderr, format+"\n", args...)
	}
}

// answer is the result for scripts, with --json only.
func (s *session) answer(v any) {
	if !s.json {
		return
	}
	e := json.NewEncoder(s.stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		fmt.Fprintf(s.stderr, "standard output: %v\n", err)
	}
}

// jsonProblem is a problem as --json prints it.
type jsonProblem struct {
	Code    string `json:"code"`
	File    string `json:"file,omitempty"`
	Sheet   string `json:"sheet,omitempty"`
	Row     int    `json:"row,omitempty"`
	Column  string `json:"column,omitempty"`
	Message string `json:"message"`
	Fix     string `json:"fix,omitempty"`
}

func asJSON(problems []*diag.Problem) []jsonProblem {
	out := []jsonProblem{}
	for _, p := range problems {
		out = append(out, jsonProblem{p.Code, p.File, p.Sheet, p.Row, p.Heading, p.Message, p.Fix})
	}
	return out
}

// refuse says what is wrong, for people and, with --json, for scripts.
func (s *session) refuse(problems ...*diag.Problem) {
	s.flat(problems)
	s.answer(map[string]any{"problems": asJSON(problems)})
}

// fail says why the work could not be finished. A problem of the user's own
// keeps its place and fix; anything else is of the machine.
func (s *session) fail(err error) int {
	var p *diag.Problem
	if !errors.As(err, &p) {
		p = diag.At(diag.Pos{}, "failed", err.Error(), "")
	}
	s.refuse(p)
	return exitFailed
}

// isTerminal tells whether w shows colour. Windows needs a terminal that says so.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 || os.Getenv("TERM") == "dumb" {
		return false
	}
	return runtime.GOOS != "windows" || os.Getenv("WT_SESSION") != "" || os.Getenv("TERM") != ""
}
