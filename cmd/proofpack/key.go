package main

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/name"
	"proofpack/generator/sign"
)

// keyOptions are the options of key create.
type keyOptions struct{ name, org, out, passphrase string }

// keyCommand makes and shows signing keys.
func keyCommand(s *session) *command {
	o := &keyOptions{}
	return &command{
		name: "key", group: once, words: 2,
		summary: "Create or show the signing key",
		usage: []string{
			"key create --name NAME [options]",
			"key show FILE",
		},
		examples: []example{
			{`proofpack key create --name "Dana Ortiz"`, "make a key and its certificate", false},
			{"proofpack key show keys/dana-ortiz.pem", "print name, dates and fingerprint", false},
		},
		options: []option{
			{"", "name", "NAME", "person who signs; stands in every signature", &o.name},
			{"", "org", "NAME", "company of that person (default: company of proofpack.yml)", &o.org},
			{"", "out", "DIR", "folder of the private key (default: proofpack in your own settings)", &o.out},
			passphraseOption(&o.passphrase),
		},
		after: "The private key stays with you; the certificate, keys/<name>.pem, is for your auditor.\nNothing is ever overwritten.",
		run: func(args []string) int {
			switch {
			case len(args) == 0:
				return s.usage("key needs a word more: create or show.", "key")
			case args[0] == "create" && len(args) == 1:
				return s.createKey(o)
			case args[0] == "show" && len(args) == 2:
				return s.showKey(args[1], o)
			case args[0] == "show":
				return s.usage("key show needs a file.", "key")
			case args[0] == "create":
				return s.usage(fmt.Sprintf("%q is one argument too many.", args[1]), "key")
			}
			return s.unknown("word after key", args[0], []string{"create", "show"}, "key")
		},
	}
}

// createKey makes a key, writes it and its certificate, and says where.
func (s *session) createKey(o *keyOptions) int {
	if strings.TrimSpace(o.name) == "" {
		return s.usage(`key create needs the person who signs: --name "Dana Ortiz".`, "key")
	}
	private, public, err := s.keyPaths(o)
	if err != nil {
		return s.fail(err)
	}
	org := o.org
	if org == "" {
		org = s.company()
	}
	keyPEM, certPEM, err := sign.Create(o.name, org, s.now(), s.random)
	if err != nil {
		return s.fail(err)
	}
	key, err := sign.ParsePEM(append(keyPEM, certPEM...))
	if err != nil {
		return s.fail(err)
	}
	if err := writeNew(public, certPEM, 0o644, 0o755); err != nil {
		return s.keep(err, public)
	}
	if err := writeNew(private, append(keyPEM, certPEM...), 0o600, 0o700); err != nil {
		code := s.keep(err, private)
		if err := os.Remove(public); err != nil { // half a pair would be taken for a whole one
			return s.fail(fmt.Errorf("key: %w", err))
		}
		return code
	}
	s.answer(map[string]string{"private": private, "public": public, "name": key.Name(),
		"fingerprint": key.Fingerprint(), "sha256": sign.FullFingerprint(key.Certificate)})
	at := max(len(private), len(public)) + 4
	s.say("Created an ECDSA P-256 signing key and a self-signed certificate, good for 10 years.")
	s.say("  %-13s%-*s%s", "private", at, private, "keep this, back it up")
	s.say("  %-13s%-*s%s", "public", at, public, "give this certificate to your auditor")
	s.say("  %-13s%s", "fingerprint", key.Fingerprint())
	s.say("Read the fingerprint aloud to the auditor once; it is printed on every packet.")
	s.say("\nNext: write under sign: in proofpack.yml\n      key: %s", filepath.ToSlash(private))
	return exitOK
}

// keyPaths are the files of a new key.
func (s *session) keyPaths(o *keyOptions) (private, public string, err error) {
	folder := s.path(o.out)
	if o.out == "" {
		own, err := os.UserConfigDir()
		if err != nil {
			return "", "", diag.At(diag.Pos{}, "no-settings", "this account has no folder for settings of its own, so the key was not made", "name a folder for it: --out DIR")
		}
		folder = filepath.Join(own, "proofpack")
	}
	file := name.Slug(o.name, 40)
	if private, err = filepath.Abs(filepath.Join(folder, file+".key")); err != nil {
		return "", "", fmt.Errorf("key: %w", err)
	}
	if public, err = filepath.Abs(filepath.Join(s.path("keys"), file+".pem")); err != nil {
		return "", "", fmt.Errorf("key: %w", err)
	}
	return private, public, nil
}

// company is the company of the configuration, where there is one.
func (s *session) company() string {
	data, err := os.ReadFile(s.configFile())
	if err != nil {
		return ""
	}
	c, _ := config.Parse(s.configFile(), data)
	return c.Company
}

// keep says that a file was not written because it is there already.
func (s *session) keep(err error, path string) int {
	if !errors.Is(err, fs.ErrExist) {
		return s.fail(fmt.Errorf("key: %w", err))
	}
	s.refuse(diag.At(diag.Pos{File: filepath.ToSlash(path)}, "exists", "a file of this name is here already; nothing was written",
		"use that key, or give another --name; a lost or stolen key is moved away by hand"))
	return exitFailed
}

// writeNew writes a file that is not there yet, and its folder.
func writeNew(path string, data []byte, mode, folder fs.FileMode) error {
	if err := os.MkdirAll(filepath.Dir(path), folder); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		return errors.Join(err, f.Close(), os.Remove(path))
	}
	return errors.Join(f.Sync(), f.Close())
}

// showKey prints whose key or certificate a file holds; never the key.
func (s *session) showKey(file string, o *keyOptions) int {
	data, err := os.ReadFile(s.path(file))
	if err != nil {
		return s.fail(diag.At(diag.Pos{File: filepath.ToSlash(file)}, "not-read", "the file cannot be read: "+reason(err), "name a key or certificate in PEM, or a PKCS#12"))
	}
	c, private, err := certificateOf(data, s.passphraseOf(o.passphrase, file))
	if err != nil {
		var p *diag.Problem
		if errors.As(err, &p) && p.File == "" {
			p.File = filepath.ToSlash(file)
		}
		return s.fail(err)
	}
	kind := "certificate"
	if private {
		kind = "private key and certificate"
	}
	const day = "2 January 2006"
	s.answer(map[string]string{"name": c.Subject.CommonName, "from": c.NotBefore.UTC().Format("2006-01-02"),
		"until": c.NotAfter.UTC().Format("2006-01-02"), "fingerprint": sign.Fingerprint(c), "sha256": sign.FullFingerprint(c)})
	s.say("%s: %s", filepath.FromSlash(file), kind)
	s.say("  %-13s%s", "name", c.Subject.CommonName)
	if len(c.Subject.Organization) > 0 {
		s.say("  %-13s%s", "company", strings.Join(c.Subject.Organization, ", "))
	}
	s.say("  %-13s%s to %s", "good", c.NotBefore.UTC().Format(day), c.NotAfter.UTC().Format(day))
	s.say("  %-13s%s", "fingerprint", sign.Fingerprint(c))
	s.say("  %-13s%s", "SHA-256", sign.FullFingerprint(c))
	return exitOK
}

// certificateOf is the certificate of a key file, or the first of one that holds
// certificates only, and whether there is a private key beside it.
func certificateOf(data []byte, ask sign.Passphrase) (c *x509.Certificate, private bool, err error) {
	for block, rest := pem.Decode(data); block != nil && !private; block, rest = pem.Decode(rest) {
		if block.Type == "CERTIFICATE" && c == nil {
			if first, err := x509.ParseCertificate(block.Bytes); err == nil {
				c = first
			}
		}
		private = strings.HasSuffix(block.Type, "PRIVATE KEY")
	}
	if private || c == nil && len(data) > 0 && data[0] == 0x30 { // a PKCS#12 is DER
		key, err := sign.Parse(data, nil, ask)
		if err != nil {
			return nil, false, err
		}
		return key.Certificate, true, nil
	}
	if c == nil {
		err = diag.At(diag.Pos{}, "no-certificate", "no certificate was found in the file", "name a key or certificate in PEM, or a PKCS#12")
	}
	return c, false, err
}

// reason is the reason of a file error without its path, which stands before it.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}
