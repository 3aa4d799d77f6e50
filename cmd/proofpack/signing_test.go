package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestThePassphraseIsAskedForOnATerminalOnly(t *testing.T) {
	var stderr bytes.Buffer
	s := &session{stderr: &stderr, ask: func() ([]byte, error) { return []byte("word"), nil }}
	word, err := s.passphraseOf("", "own/dana.p12")()
	if err != nil || string(word) != "word" || stderr.String() != "Passphrase of own/dana.p12: \n" {
		t.Errorf("%q, %v, said %q", word, err, stderr.String())
	}
	gone := errors.New("the terminal is gone")
	s.ask = func() ([]byte, error) { return nil, gone }
	if _, err := s.passphraseOf("", "k")(); !errors.Is(err, gone) {
		t.Errorf("the terminal is gone: %v", err)
	}
	if s.ask = nil; s.passphraseOf("", "k") != nil {
		t.Error("without a terminal somebody is asked")
	}
	if secretLine() != nil {
		t.Error("a test has a terminal to ask on")
	}
}

func TestTheFileOfAPassphraseHoldsOneLine(t *testing.T) {
	dir := t.TempDir()
	for text, want := range map[string]string{
		"word":                   "word",
		"word\n":                 "word",
		"two words\r\n":          "two words",
		"\uFEFFword\r\n":         "word", // as the Windows editor may write it
		" word \n\n":             " word ",
		"":                       "",
		"\nword\n":               "",
		"word\nanother\n":        "",
		strings.Repeat("x", 5e3): "",
	} {
		file := filepath.Join(dir, "word")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := passphraseIn(file)
		if string(got) != want || (err == nil) == (want == "") {
			t.Errorf("%.20q: %q, %v", text, got, err)
		}
	}
}
