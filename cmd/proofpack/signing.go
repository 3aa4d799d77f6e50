package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"golang.org/x/term"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/sign"
)

// passphraseOption names the file of a passphrase. The passphrase itself is
// never an argument: every user of a machine can list those.
func passphraseOption(to *string) option {
	return option{"", "passphrase-file", "FILE", "file with the key's passphrase (default: you are asked, on a terminal)", to}
}

// signingKey reads the key of --key or of the configuration. Without one, and
// without --draft, the build is refused with the words that say how to make one.
func (s *session) signingKey(o *buildOptions) (*sign.Key, int) {
	if o.draft {
		return nil, exitOK
	}
	key, err := s.readKey(o)
	var p *diag.Problem
	switch {
	case err == nil:
		return key, exitOK
	case errors.As(err, &p):
		s.refuse(p)
	default:
		s.fail(err)
	}
	return nil, exitRefused
}

// readKey reads the key and the certificates beside it.
func (s *session) readKey(o *buildOptions) (*sign.Key, error) {
	keyFile, certFile := s.keyFiles(o)
	if keyFile == "" {
		return nil, diag.At(diag.Pos{}, "no-key", "Not built: there is no key to sign with.", `make one with: proofpack key create --name "Your Name", and name it under sign: in proofpack.yml or with --key; or build an unsigned draft with --draft`)
	}
	data, err := os.ReadFile(keyFile)
	var more []byte
	if err == nil && certFile != "" {
		more, err = os.ReadFile(certFile)
	}
	if err != nil {
		return nil, diag.At(diag.Pos{File: filepath.ToSlash(keyFile)}, "no-key", "Not built: the signing key cannot be read: "+reason(err)+".", "name the key with --key, or build an unsigned draft with --draft")
	}
	if problem := guardedKey(keyFile, "the key"); problem != nil {
		return nil, problem
	}
	key, err := sign.Parse(data, more, s.passphraseOf(o.passphrase, keyFile))
	if err == nil {
		err = key.Ready(s.now()) // said before the exports are read, not after
	}
	var p *diag.Problem
	if errors.As(err, &p) && p.File == "" {
		p.File = filepath.ToSlash(keyFile)
	}
	return key, err
}

// keyFiles are the files of the key and of its certificate; "" where none is named.
func (s *session) keyFiles(o *buildOptions) (key, certificate string) {
	if o.key != "" {
		return s.path(o.key), ""
	}
	data, err := os.ReadFile(s.configFile())
	if err != nil {
		return "", ""
	}
	c, _ := config.Parse(s.configName(), data)
	if c.Sign.Key != "" {
		key = s.beside(c.Sign.Key)
	}
	if c.Sign.Certificate != "" {
		certificate = s.beside(c.Sign.Certificate)
	}
	return key, certificate
}

// guardedKey refuses a private key, or what opens it, that others on this
// machine can read. Windows keeps rights elsewhere.
func guardedKey(file, what string) *diag.Problem {
	info, err := os.Stat(file)
	if err != nil || runtime.GOOS == "windows" || info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	return diag.At(diag.Pos{File: filepath.ToSlash(file)}, "key-readable", fmt.Sprintf("Not built: %s can be read by others on this machine (mode %04o).", what, info.Mode().Perm()), "chmod 600 "+file)
}

// maxPassphrase bounds the file of a passphrase, in bytes.
const maxPassphrase = 4096

// passphraseOf answers with the passphrase of a key: from a file, or asked for
// on a terminal; nil when neither can be had.
func (s *session) passphraseOf(file, key string) sign.Passphrase {
	if file != "" {
		return func() ([]byte, error) { return passphraseIn(s.path(file)) }
	}
	if s.ask == nil {
		return nil
	}
	return func() ([]byte, error) {
		fmt.Fprintf(s.stderr, "Passphrase of %s: ", key)
		word, err := s.ask()
		fmt.Fprintln(s.stderr)
		if err != nil {
			return nil, fmt.Errorf("ask for the passphrase: %w", err)
		}
		return word, nil
	}
}

// passphraseIn is the first line of a file.
func passphraseIn(file string) ([]byte, error) {
	at := diag.Pos{File: filepath.ToSlash(file)}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, diag.At(at, "no-passphrase", "Not built: the passphrase cannot be read: "+reason(err)+".", "name the file that holds it: --passphrase-file FILE")
	}
	if problem := guardedKey(file, "the passphrase"); problem != nil {
		return nil, problem
	}
	line, rest, _ := bytes.Cut(bytes.TrimPrefix(data, []byte("\uFEFF")), []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	if len(line) == 0 || len(data) > maxPassphrase || len(bytes.TrimSpace(rest)) > 0 {
		return nil, diag.At(at, "no-passphrase", "Not built: the file does not hold a passphrase on its first line, and nothing else.", "write the passphrase alone into it, on one line")
	}
	return line, nil
}

// secretLine reads a line from the terminal without showing it; nil when
// standard input or standard error is none, as in a scheduled task.
func secretLine() func() ([]byte, error) {
	in := int(os.Stdin.Fd())
	if !term.IsTerminal(in) || !term.IsTerminal(int(os.Stderr.Fd())) {
		return nil
	}
	return func() ([]byte, error) { return term.ReadPassword(in) }
}
