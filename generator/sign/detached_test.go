package sign

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"fmt"
	"io"
	"testing"
	"time"
)

var content = []byte("5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef  index.html\n")

func detached(t testing.TB, k *Key) []byte {
	t.Helper()
	der, err := Detached(k, content, signedAt)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func TestDetachedSaysWhoAndWhen(t *testing.T) {
	rsaKey, authority := issued(t)
	ec := ecKey(t, 1, "Dana Ortiz")
	for _, c := range []struct {
		fact   string
		key    *Key
		trust  *x509.Certificate
		pinned bool
	}{
		{"a key of its own, any signer", ec, nil, false},
		{"a key of its own, pinned", ec, ec.Certificate, true},
		{"an issued RSA key, any signer", rsaKey, nil, false},
		{"an issued RSA key, pinned", rsaKey, rsaKey.Certificate, true},
		{"an issued RSA key, its authority trusted", rsaKey, authority, true},
	} {
		t.Run(c.fact, func(t *testing.T) {
			got, err := VerifyDetached(detached(t, c.key), content, c.trust, checked)
			if err != nil {
				t.Fatal(err)
			}
			if got.Name() != "Dana Ortiz" || !got.At.Equal(signedAt) || got.Pinned != c.pinned || got.Expired || got.Fingerprint() != c.key.Fingerprint() {
				t.Errorf("got %s at %v, pinned %v, expired %v", got.Name(), got.At, got.Pinned, got.Expired)
			}
		})
	}
}

func TestSameContentGivesTheSameSignature(t *testing.T) {
	rsaKey, _ := issued(t)
	for _, k := range []*Key{ecKey(t, 1, "Dana Ortiz"), rsaKey} {
		inOtherZone := signedAt.In(time.FixedZone("", -8*3600)).Add(300 * time.Millisecond)
		other, err := Detached(k, content, inOtherZone)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(detached(t, k), other) {
			t.Errorf("%T: two signatures of one content at one second differ", k.Signer)
		}
	}
}

func TestAnotherSignerIsUntrustedButNamed(t *testing.T) {
	dana, lee := ecKey(t, 1, "Dana Ortiz"), ecKey(t, 2, "Lee Park")
	_, authority := issued(t)
	for _, trust := range []*x509.Certificate{lee.Certificate, authority} {
		got, err := VerifyDetached(detached(t, dana), content, trust, checked)
		if reasonOf(t, err) != Untrusted || got.Name() != "Dana Ortiz" || got.Pinned {
			t.Errorf("%v, signer %q, pinned %v", err, got.Name(), got.Pinned)
		}
	}
}

func TestTheCertificateMustHaveBeenGood(t *testing.T) {
	k := ecKey(t, 1, "Dana Ortiz")
	ends := k.Certificate.NotAfter
	for _, c := range []struct {
		fact    string
		signed  time.Time
		checked time.Time
		reason  Reason
		expired bool
	}{
		{"signed in the first second", made, checked, "", false},
		{"signed a second too early", made.Add(-time.Second), checked, Expired, false},
		{"signed in the last second", ends, ends, "", false},
		{"signed a second too late", ends.Add(time.Second), ends.AddDate(1, 0, 0), Expired, true},
		{"checked in the last second", signedAt, ends, "", false},
		{"checked after the certificate ran out", signedAt, ends.Add(time.Second), "", true},
		{"dated as far ahead as clocks differ", checked.Add(clockSkew), checked, "", false},
		{"dated later than the time of checking", checked.Add(clockSkew + time.Second), checked, Expired, false},
		{"time of checking not asked for", signedAt, time.Time{}, "", false},
	} {
		t.Run(c.fact, func(t *testing.T) {
			// Detached refuses to sign outside the validity, so go beneath it.
			der, err := k.sign(statement{digest: sha(content), at: c.signed})
			if err != nil {
				t.Fatal(err)
			}
			got, err := VerifyDetached(der, content, k.Certificate, c.checked)
			if r := reasonOf(t, err); r != c.reason {
				t.Errorf("reason %q, want %q: %v", r, c.reason, err)
			}
			if err == nil && got.Expired != c.expired {
				t.Errorf("expired %v, want %v", got.Expired, c.expired)
			}
		})
	}
}

func TestAnExpiredKeySignsNothing(t *testing.T) {
	k := ecKey(t, 1, "Dana Ortiz")
	for _, at := range []time.Time{made.Add(-time.Second), k.Certificate.NotAfter.Add(time.Second)} {
		if _, err := Detached(k, content, at); problem(t, err) != "expired-certificate" {
			t.Errorf("signing at %v: %v", at, err)
		}
		if _, err := PDF(k, blankPDF(1, 1), at, cover); problem(t, err) != "expired-certificate" {
			t.Errorf("signing a PDF at %v: %v", at, err)
		}
	}
}

// wrongKey answers with signatures of another key, as a card in the wrong reader does.
type wrongKey struct{ crypto.Signer }

func (w wrongKey) Sign(io.Reader, []byte, crypto.SignerOpts) ([]byte, error) {
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	return k.Sign(rand.Reader, make([]byte, 32), crypto.SHA256)
}

func TestAKeyThatIsNotTheCertificatesSignsNothing(t *testing.T) {
	k := ecKey(t, 1, "Dana Ortiz")
	k.Signer = wrongKey{k.Signer}
	if _, err := Detached(k, content, signedAt); err == nil {
		t.Error("a signature by another key was handed out")
	}
}

func TestEveryChangedByteOfASignatureIsRefused(t *testing.T) {
	rsaKey, _ := issued(t)
	for _, k := range []*Key{ecKey(t, 1, "Dana Ortiz"), rsaKey} {
		der := detached(t, k)
		for i := range der {
			for _, mask := range []byte{1, 0x20, 0x80, 0xff} {
				der[i] ^= mask
				if _, err := VerifyDetached(der, content, nil, time.Time{}); reasonOf(t, err) == "" {
					t.Fatalf("%T: byte %d with mask %#x was accepted", k.Signer, i, mask)
				}
				der[i] ^= mask
			}
		}
		for i := range der {
			if _, err := VerifyDetached(der[:i], content, nil, time.Time{}); reasonOf(t, err) == "" {
				t.Fatalf("%T: the first %d bytes were accepted", k.Signer, i)
			}
		}
		for _, more := range []string{"\x00", "x", string(der)} {
			if _, err := VerifyDetached(append(bytes.Clone(der), more...), content, nil, time.Time{}); reasonOf(t, err) == "" {
				t.Fatalf("%T: %d bytes behind the signature were accepted", k.Signer, len(more))
			}
		}
	}
}

func TestEveryChangedByteOfContentIsNoticed(t *testing.T) {
	der := detached(t, ecKey(t, 1, "Dana Ortiz"))
	for i := range content {
		other := bytes.Clone(content)
		other[i] ^= 1
		if _, err := VerifyDetached(der, other, nil, time.Time{}); reasonOf(t, err) != Changed {
			t.Fatalf("byte %d: %v", i, err)
		}
	}
}

func TestASignatureWithoutItsTimeIsNotAFile(t *testing.T) {
	k := ecKey(t, 1, "Dana Ortiz")
	der, err := k.sign(statement{digest: sha(content)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := VerifyDetached(der, content, nil, checked); reasonOf(t, err) != Invalid {
		t.Errorf("accepted: %v", err)
	}
}

func TestACertificateThatProvesNothingIsRefused(t *testing.T) {
	k := ecKey(t, 1, "Dana Ortiz")
	k.Chain = []*x509.Certificate{ecKey(t, 2, "Lee Park").Certificate}
	if _, err := VerifyDetached(detached(t, k), content, nil, checked); reasonOf(t, err) != Invalid {
		t.Errorf("accepted: %v", err)
	}
}

func TestOpenSSLAcceptsTheSignature(t *testing.T) {
	rsaKey, authority := issued(t)
	ec := ecKey(t, 1, "Dana Ortiz")
	for _, c := range []struct {
		fact  string
		key   *Key
		trust *x509.Certificate
	}{{"ECDSA", ec, ec.Certificate}, {"RSA with a chain", rsaKey, authority}} {
		t.Run(c.fact, func(t *testing.T) {
			dir := t.TempDir()
			writeFile(t, dir, "manifest.txt", content)
			writeFile(t, dir, "prepared.p7s", detached(t, c.key))
			writeFile(t, dir, "signer.pem", certPEM(c.trust))
			for _, more := range [][]string{nil, {"-cades"}} {
				args := append([]string{"cms", "-verify", "-binary", "-inform", "DER", "-in", "prepared.p7s", "-content", "manifest.txt",
					"-CAfile", "signer.pem", "-attime", fmt.Sprint(signedAt.Unix()), "-out", "/dev/null"}, more...)
				if out, err := run(t, dir, "openssl", args...); err != nil {
					t.Errorf("openssl %v: %v\n%s", args, err, out)
				}
			}
			writeFile(t, dir, "manifest.txt", append(bytes.Clone(content), '\n'))
			if out, err := run(t, dir, "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "prepared.p7s", "-content", "manifest.txt",
				"-CAfile", "signer.pem", "-attime", fmt.Sprint(signedAt.Unix()), "-out", "/dev/null"); err == nil {
				t.Errorf("openssl accepts other content:\n%s", out)
			}
		})
	}
}

func FuzzVerifyDetached(f *testing.F) {
	// Note: only keys that are the same in every process; RSA keys are not.
	f.Add(detached(f, ecKey(f, 1, "Dana Ortiz")))
	f.Add(detached(f, ecKey(f, 2, "Lee Park")))
	f.Fuzz(func(t *testing.T, der []byte) {
		if _, err := VerifyDetached(der, []byte("content that nobody signed"), nil, checked); reasonOf(t, err) == "" {
			t.Error("a forgery was accepted")
		}
	})
}
