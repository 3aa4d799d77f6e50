package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"proofpack/generator/diag"
)

// openCommand shows a built packet in the browser.
func openCommand(s *session) *command {
	out := "packets"
	return &command{
		name: "open", group: everyMonth, words: 1,
		summary: "Open a built packet in the browser",
		usage:   []string{"open [MONTH | PATH] [options]"},
		examples: []example{
			{"proofpack open", "the list of months", false},
			{"proofpack open 2026-10", "one month", false},
			{"proofpack open 2026-10/packet.pdf", "its board packet", false},
		},
		options: []option{{"", "out", "DIR", "parent folder of packets (default: packets)", &out}},
		after:   "The path of what is opened is printed on standard output.",
		run: func(args []string) int {
			word := "."
			if len(args) > 0 {
				word = args[0]
			}
			return s.open(s.path(out), word)
		},
	}
}

// open finds what a word means, as a packet of the folder or as a path, and
// shows it.
func (s *session) open(out, word string) int {
	for _, at := range []string{filepath.Join(out, word), s.path(word)} {
		info, err := os.Stat(at)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return s.fail(fmt.Errorf("open: %w", err))
		}
		if info.IsDir() {
			at = filepath.Join(at, "index.html")
			if _, err := os.Stat(at); err != nil {
				continue
			}
		}
		return s.show(at)
	}
	s.refuse(diag.At(diag.Pos{File: filepath.ToSlash(filepath.Join(out, word))}, "no-packet", "there is no packet here",
		"build one first: proofpack build, or name the folder of packets with --out"))
	return exitFailed
}

func (s *session) show(path string) int {
	whole, err := filepath.Abs(path)
	if err != nil {
		return s.fail(fmt.Errorf("open: %w", err))
	}
	if s.json {
		s.answer(map[string]string{"opened": whole})
	} else {
		fmt.Fprintln(s.stdout, whole)
	}
	if err := s.browse(whole); err != nil {
		s.flat([]*diag.Problem{diag.At(diag.Pos{}, "no-browser", "no browser could be started: "+err.Error(), "open the file yourself: it needs no server")})
		return exitFailed
	}
	return exitOK
}

// browse hands a file to the desktop. It is the only place that starts another
// program, and it does not wait for it.
func browse(path string) error {
	name, args := "xdg-open", []string{path}
	switch runtime.GOOS {
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", path}
	case "darwin":
		name = "open"
	}
	c := exec.Command(name, args...)
	if err := c.Start(); err != nil {
		return err
	}
	return c.Process.Release()
}
