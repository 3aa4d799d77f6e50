package main

import (
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"proofpack/generator"
	"proofpack/generator/diag"
	"proofpack/generator/seal"
	"proofpack/generator/sign"
)

// verifyOptions are the options of verify.
type verifyOptions struct {
	trust, at string
	rebuild   bool // build the archive again from what is in it
	draft     bool // an unsigned draft will do
}

func verifyCommand(s *session) *command {
	o := &verifyOptions{}
	return &command{
		name: "verify", group: forAuditors, words: 1,
		summary: "Check that a packet is complete, unchanged and signed",
		usage:   []string{"verify PATH [options]"},
		examples: []example{
			{"proofpack verify packets/2026-10", "check a packet, on any computer", true},
			{"proofpack verify proofpack-acme-2026-10.zip --trust dana-ortiz.pem", "check an archive, signed by whom you know", false},
			{"proofpack verify packet.pdf", "check the board packet alone", false},
			{"proofpack verify proofpack-acme-2026-10.zip --rebuild", "see that its pages follow from its exports", false},
		},
		options: []option{
			{"", "trust", "FILE", "certificate of the signer you expect; another signer is not verified", &o.trust},
			{"", "at", "TIME", "check as of TIME (default: now)", &o.at},
			{"", "rebuild", "", "build the archive again from the exports in it, and compare every byte", &o.rebuild},
		},
		after: "PATH is a published folder, an archive (zip or unpacked), or a packet's PDF.",
		run:   func(args []string) int { return s.verify(args, o) },
	}
}

// verify checks a packet and prints what it found, whole.
func (s *session) verify(args []string, o *verifyOptions) int {
	if len(args) == 0 {
		return s.usage("verify needs what to check: a folder, an archive or a PDF.", "verify")
	}
	opts := seal.VerifyOptions{At: s.now()}
	if o.at != "" {
		at, err := instant(o.at)
		if err != nil {
			return s.usage(fmt.Sprintf("--at is a day or a time, 2033-01-31 or 2033-01-31T12:00:00Z; %q was given.", o.at), "verify")
		}
		opts.At = at
	}
	if o.trust != "" {
		cert, err := s.certificate(o.trust)
		if err != nil {
			return s.fail(err)
		}
		opts.Trust = cert
	}
	v, err := generator.Verify(s.path(args[0]), opts)
	if err != nil {
		var f *sign.Failure
		if errors.As(err, &f) {
			s.refuse(diag.At(diag.Pos{File: filepath.ToSlash(args[0])}, string(f.Reason), f.Error(), "ask for a fresh copy from whoever published it"))
			return exitNotVerified
		}
		return s.fail(err)
	}
	s.verified(v)
	answer, code := verificationJSON(v), exitOK
	if o.rebuild && len(v.Failures) == 0 {
		answer["rebuild"], code = s.rebuild(args[0], v)
	}
	s.answer(answer)
	s.concluded(v, o.rebuild, code)
	if len(v.Failures) > 0 || v.Draft && !o.draft && code == exitOK {
		return exitNotVerified
	}
	return code
}

func (s *session) certificate(file string) (*x509.Certificate, error) {
	data, err := os.ReadFile(s.path(file))
	if err != nil {
		return nil, diag.At(diag.Pos{File: filepath.ToSlash(file)}, "not-read", "the certificate cannot be read: "+reason(err), "name a certificate in PEM")
	}
	c, _, err := certificateOf(data, nil)
	return c, err
}

func instant(text string) (time.Time, error) {
	if t, err := time.Parse("2006-01-02", text); err == nil {
		return t, nil
	}
	return time.Parse(time.RFC3339, text)
}

// mostListed is how many damaged files are listed by name.
const mostListed = 20

// verified prints what was found, in the form of the manual.
func (s *session) verified(v *seal.Verification) {
	head := "Packet " + orWord(v.Packet, "of unknown month")
	if v.Company != "" {
		head += ", " + v.Company
	}
	if len(v.Signatures) > 0 {
		head += ", signed " + v.Signatures[0].At.UTC().Format("2 Jan 2006 15:04") + " UTC"
	}
	if v.Tool != "" {
		head += ", by " + v.Tool
	}
	s.say("%s", head)
	if v.Files > 0 {
		s.say("  files        %d of %d present and unchanged", v.Unchanged, v.Files)
	}
	for i, f := range v.Failures {
		if i == mostListed {
			s.say("               and %d more", len(v.Failures)-mostListed)
			break
		}
		s.say("               %-9s  %s", f.Reason, failureText(f))
	}
	if len(v.Ignored) > 0 {
		s.say("  extra files  %d ignored: %s (written by file managers, not part of the packet)", len(v.Ignored), strings.Join(v.Ignored, ", "))
	}
	for _, g := range v.Signatures {
		pinned := ", not compared with a certificate you trust (--trust)"
		if g.Pinned {
			pinned = ", the signer you trust"
		}
		s.say("  signature    good, %s, key %s, %s%s", g.Signer.Subject.CommonName, sign.Fingerprint(g.Signer), g.File, pinned)
	}
	if line := chainWords(v.Chain); line != "" {
		s.say("  chain        %s", line)
	}
}

// concluded prints what it comes to; code is what came of a rebuild.
func (s *session) concluded(v *seal.Verification, rebuild bool, code int) {
	switch {
	case code == exitDiffers:
		fmt.Fprintln(s.stderr, "DIFFERS: every file is as it was written, but what is in the archive does not give these pages again.")
	case v.Verified() && code != exitOK:
		s.say("Verified, but not rebuilt.")
	case v.Verified() && rebuild:
		s.say("Verified, and rebuilt: the pages follow from the exports in the archive.")
	case v.Verified():
		s.say("Verified.")
	case v.Draft && len(v.Failures) == 0:
		s.say("NOT VERIFIED: this is an unsigned draft. Its files are as they were written; nobody signed them.")
	default:
		fmt.Fprintf(s.stderr, "NOT VERIFIED: %s\n", conclusion(v))
	}
}

// chainWords say which month an archive follows; "" for what is no archive.
func chainWords(c *seal.Link) string {
	if c == nil {
		return ""
	}
	line := ""
	switch {
	case c.First:
		return "the first month: there was no earlier archive"
	case c.Period == "":
		return "follows no month: no earlier archive could be used when it was built"
	case !c.There:
		line = fmt.Sprintf("follows %s, whose archive %s is not beside this one", c.Period, c.File)
	case !c.Good:
		line = fmt.Sprintf("follows %s, and the archive beside this one is not the one that it follows", c.Period)
	default:
		line = fmt.Sprintf("follows %s (good)", c.Period)
	}
	if len(c.Gaps) > 0 {
		return line + "; no packet of " + strings.Join(c.Gaps, ", ")
	}
	if c.Good {
		line += fmt.Sprintf(", %d months unbroken since %s", c.Months, c.Since)
	}
	return line
}

// conclusion is what the failures come to.
func conclusion(v *seal.Verification) string {
	damaged := 0
	for _, f := range v.Failures {
		switch f.Reason {
		case sign.Changed, sign.Missing, sign.Extra:
			damaged++
		case sign.Invalid, sign.Untrusted, sign.Expired, sign.Chain, sign.Container:
		}
	}
	if len(v.Signatures) > 0 && damaged == len(v.Failures) {
		if damaged == 1 {
			return "the list is genuine, but 1 file is not the one that was signed."
		}
		return fmt.Sprintf("the list is genuine, but %d files are not the ones that were signed.", damaged)
	}
	if len(v.Failures) == 1 {
		return failureText(v.Failures[0]) + "."
	}
	return fmt.Sprintf("%d things are wrong, listed above.", len(v.Failures))
}

func failureText(f *sign.Failure) string {
	text := f.Message
	if f.Path != "" {
		text = filepath.FromSlash(f.Path) + "  " + text
	}
	if f.Expected != "" && f.Found != "" {
		text += "  expected " + short(f.Expected) + ", found " + short(f.Found)
	}
	return text
}

// short is the beginning of a hash, as it is read aloud.
func short(hash string) string {
	if len(hash) < 8 {
		return hash
	}
	return hash[:4] + " " + hash[4:8]
}

func verificationJSON(v *seal.Verification) map[string]any {
	failures := []map[string]string{}
	for _, f := range v.Failures {
		failures = append(failures, map[string]string{"reason": string(f.Reason), "text": f.Error()})
	}
	signatures := []map[string]any{}
	for _, g := range v.Signatures {
		signatures = append(signatures, map[string]any{"part": g.Part, "file": g.File, "name": g.Signer.Subject.CommonName, "fingerprint": sign.Fingerprint(g.Signer), "sha256": sign.FullFingerprint(g.Signer), "at": g.At.UTC().Format(time.RFC3339), "pinned": g.Pinned})
	}
	return map[string]any{"chain": chainJSON(v.Chain), "kind": string(v.Kind), "packet": v.Packet, "company": v.Company, "draft": v.Draft, "verified": v.Verified(), "files": v.Files, "unchanged": v.Unchanged, "ignored": append([]string{}, v.Ignored...), "failures": failures, "signatures": signatures}
}

func chainJSON(c *seal.Link) any {
	if c == nil {
		return nil
	}
	return map[string]any{"first": c.First, "previous": c.Period, "archive": c.File, "beside": c.There, "good": c.Good, "months": c.Months, "since": c.Since, "gaps": append([]string{}, c.Gaps...)}
}
