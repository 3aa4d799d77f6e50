package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"proofpack/generator/diag"
)

// pseudonymFile is where the key of pseudonyms stands, beside the
// configuration. The same key gives the same pseudonyms every month.
const pseudonymFile = "keys/pseudonym.key"

// pseudonymBytes is how long a key is that we make: the block of HMAC-SHA256's hash.
const pseudonymBytes = 32

// pseudonymKey reads the key of pseudonyms, and makes it when there is none yet.
func (s *session) pseudonymKey() ([]byte, error) {
	file := s.beside(pseudonymFile)
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return s.newPseudonymKey(file)
	}
	if err != nil {
		return nil, fmt.Errorf("key of pseudonyms: %w", err)
	}
	if problem := guardedKey(file, "the key"); problem != nil {
		return nil, problem
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) < pseudonymBytes {
		return nil, diag.At(diag.Pos{File: filepath.ToSlash(file)}, "pseudonym-key", "Not built: this is no key of pseudonyms; it holds 64 hexadecimal digits.",
			"bring the file back from a copy; without it the pseudonyms of earlier months can't be made again")
	}
	return key, nil
}

// knownPseudonymKey reads the key of pseudonyms and never makes one: a new one
// could not give the names again.
func (s *session) knownPseudonymKey() ([]byte, error) {
	file := s.beside(pseudonymFile)
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return nil, diag.At(diag.Pos{File: filepath.ToSlash(file)}, "no-pseudonym-key", "names in the archive are pseudonyms, and the key that they were made with is not here.",
			"rebuild where keys/pseudonym.key is kept, or name that folder with --dir")
	}
	return s.pseudonymKey()
}

func (s *session) newPseudonymKey(file string) ([]byte, error) {
	key := make([]byte, pseudonymBytes)
	if _, err := io.ReadFull(s.random, key); err != nil {
		return nil, fmt.Errorf("key of pseudonyms: %w", err)
	}
	if err := writeNew(file, []byte(hex.EncodeToString(key)+"\n"), 0o600, 0o700); err != nil {
		return nil, fmt.Errorf("key of pseudonyms: %w", err)
	}
	ignore := filepath.Join(filepath.Dir(file), ".gitignore")
	if err := writeNew(ignore, []byte(ignored), 0o644, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("key of pseudonyms: %w", err)
	}
	s.say("Made the key of pseudonyms, %s: keep it, and back it up. Who has it can tell the names.", filepath.FromSlash(pseudonymFile))
	return key, nil
}
