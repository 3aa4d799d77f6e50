package sign

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"software.sslmate.com/src/go-pkcs12"

	"proofpack/generator/diag"
)

// secretWord has letters beyond ASCII, which PKCS#12 writes in another way than PKCS#8.
const secretWord = "Größe 27 & more"

// keyKinds are the keys that customers have, made by openssl from a private
// key and a certificate, and whether a passphrase opens them.
var keyKinds = []struct {
	fact, made string
	locked     bool
}{
	{"plain PKCS#8", "cp k8.pem KEY", false},
	{"locked PKCS#8, as openssl writes it", "openssl pkcs8 -topk8 -v2 aes-256-cbc -in k8.pem -out KEY -passout file:word", true},
	{"locked PKCS#8, AES-128 and HMAC-SHA1", "openssl pkcs8 -topk8 -v2 aes-128-cbc -v2prf hmacWithSHA1 -in k8.pem -out KEY -passout file:word", true},
	{"locked PKCS#8, AES-192 and HMAC-SHA512", "openssl pkcs8 -topk8 -v2 aes-192-cbc -v2prf hmacWithSHA512 -in k8.pem -out KEY -passout file:word", true},
	{"PKCS#12, as openssl writes it", "openssl pkcs12 -export -inkey k8.pem -in cert.pem -out KEY -passout file:word", true},
	{"PKCS#12 of Windows before 2019", "openssl pkcs12 -export -legacy -inkey k8.pem -in cert.pem -out KEY -passout file:word", true},
	{"PKCS#12 without a passphrase", "openssl pkcs12 -export -inkey k8.pem -in cert.pem -out KEY -passout pass:", false},
}

// algorithms are the openssl commands that make a private key.
var algorithms = map[string]string{
	"RSA 2048": "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out k8.pem",
	"RSA 4096": "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:4096 -out k8.pem",
	"P-256":    "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out k8.pem",
	"RSA 1024": "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out k8.pem",
	"P-384":    "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out k8.pem",
}

// certify makes a certificate of the key for itself.
const certify = `openssl req -x509 -new -key k8.pem -out cert.pem -subj "/CN=Dana Ortiz" -days 3650 -addext keyUsage=digitalSignature,nonRepudiation -addext extendedKeyUsage=emailProtection`

// workshop is a folder with a private key and its certificate.
func workshop(t *testing.T, algorithm string) string {
	t.Helper()
	dir := t.TempDir()
	writeFile(t, dir, "word", []byte(secretWord))
	shell(t, dir, algorithms[algorithm]+"\n"+certify)
	return dir
}

func shell(t *testing.T, dir, script string) {
	t.Helper()
	if out, err := run(t, dir, "openssl", "version"); err != nil {
		t.Fatalf("openssl: %v\n%s", err, out)
	}
	if out, err := run(t, dir, "bash", "-euc", script); err != nil {
		t.Fatalf("%s: %v\n%s", script, err, out)
	}
}

func read(t *testing.T, dir, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func said(word string) Passphrase { return func() ([]byte, error) { return []byte(word), nil } }

func TestEveryKindOfKeyIsRead(t *testing.T) {
	for _, algorithm := range []string{"RSA 2048", "RSA 4096", "P-256"} {
		dir := workshop(t, algorithm)
		now := signedAt.AddDate(5, 0, 0) // the certificates begin today
		for _, k := range keyKinds {
			t.Run(algorithm+", "+k.fact, func(t *testing.T) {
				shell(t, dir, strings.ReplaceAll(k.made, "KEY", "key"))
				data, cert := read(t, dir, "key"), read(t, dir, "cert.pem")
				key, err := Parse(data, cert, said(secretWord))
				if err != nil {
					t.Fatal(err)
				}
				if key.Name() != "Dana Ortiz" || len(key.Chain) != 0 {
					t.Errorf("%q with %d issuers", key.Name(), len(key.Chain))
				}
				first, err := Detached(key, content, now)
				if err != nil {
					t.Fatal(err)
				}
				if again, err := Detached(key, content, now); err != nil || !bytes.Equal(first, again) {
					t.Errorf("signed twice the bytes differ: %v", err)
				}
				if _, err := VerifyDetached(first, content, key.Certificate, now); err != nil {
					t.Errorf("not verified: %v", err)
				}
				want, asked := "", "" // what a wrong passphrase, and none, come to
				if k.locked {
					want, asked = "wrong-passphrase", "key-locked"
				}
				if _, err := Parse(data, cert, said(secretWord+"x")); problem(t, err) != want {
					t.Errorf("a wrong passphrase: %v", err)
				}
				if _, err := Parse(data, cert, nil); problem(t, err) != asked {
					t.Errorf("no passphrase: %v", err)
				}
				broken := errors.New("the passphrase file is gone")
				if _, err := Parse(data, cert, func() ([]byte, error) { return nil, broken }); k.locked != errors.Is(err, broken) {
					t.Errorf("the passphrase can't be had: %v", err)
				}
			})
		}
	}
}

func TestWhatCannotSignSaysHowToMendIt(t *testing.T) {
	other := workshop(t, "P-256")
	for _, c := range []struct {
		fact, algorithm, made string
		code                  string
		says                  []string // in the message and the fix
	}{
		{"RSA of 1024 bits", "RSA 1024", "cp k8.pem KEY", "bad-certificate", []string{"1024 bits", "2048 to 4096"}},
		{"RSA of 1024 bits in a PKCS#12", "RSA 1024", "openssl pkcs12 -export -inkey k8.pem -in cert.pem -out KEY -passout file:word", "bad-certificate", []string{"1024 bits", "key create"}},
		{"another curve", "P-384", "cp k8.pem KEY", "bad-certificate", []string{"P-384", "P-256"}},
		{"the certificate of another key", "RSA 2048", "cp k8.pem KEY; cp " + other + "/cert.pem cert.pem", "other-certificate", []string{`"Dana Ortiz" does not belong`, "-pubkey"}},
		{"the old lock of openssl", "RSA 2048", "openssl rsa -traditional -aes128 -in k8.pem -out KEY -passout file:word", "key-locked", []string{"openssl pkcs8 -topk8"}},
		{"a lock with triple DES", "RSA 2048", "openssl pkcs8 -topk8 -v1 PBE-SHA1-3DES -in k8.pem -out KEY -passout file:word -provider legacy -provider default", "key-locked", []string{"openssl pkcs8 -topk8"}},
		{"a lock with scrypt", "RSA 2048", "openssl pkcs8 -topk8 -scrypt -in k8.pem -out KEY -passout file:word", "key-locked", []string{"PBKDF2"}},
		{"a lock that nobody can open", "RSA 2048", "openssl pkcs8 -topk8 -v2 aes-256-cbc -iter 2000001 -in k8.pem -out KEY -passout file:word", "bad-key", []string{"more work"}},
		{"a PKCS#12 that nobody can open", "RSA 2048", "openssl pkcs12 -export -inkey k8.pem -in cert.pem -iter 2000001 -nomac -out KEY -passout file:word", "bad-key", []string{"more work"}},
		{"a PKCS#12 without a key", "RSA 2048", "openssl pkcs12 -export -nokeys -in cert.pem -out KEY -passout file:word", "bad-key", []string{"openssl pkcs12"}},
		{"a PKCS#12 cut off", "RSA 2048", "openssl pkcs12 -export -inkey k8.pem -in cert.pem -passout file:word | head -c 900 > KEY", "bad-key", []string{"damaged"}},
		{"the certificate alone", "RSA 2048", "cp cert.pem KEY", "no-key", []string{"a certificate alone"}},
		{"no certificate", "RSA 2048", "cp k8.pem KEY; : > cert.pem", "no-certificate", []string{"certificate:"}},
	} {
		t.Run(c.fact, func(t *testing.T) {
			dir := workshop(t, c.algorithm)
			shell(t, dir, strings.ReplaceAll(c.made, "KEY", "key"))
			_, err := Parse(read(t, dir, "key"), read(t, dir, "cert.pem"), said(secretWord))
			if got := problem(t, err); got != c.code {
				t.Fatalf("%q, not %q: %v", got, c.code, err)
			}
			for _, want := range c.says {
				if !strings.Contains(inFull(t, err), want) {
					t.Errorf("it does not say %q: %s", want, inFull(t, err))
				}
			}
		})
	}
}

func TestAnExpiredCertificateSignsNothing(t *testing.T) {
	k := ecKey(t, 1, "Dana Ortiz")
	for at, want := range map[string]string{
		"2026-01-15T08:00:00Z": "", "2036-01-15T08:00:00Z": "", // first and last second
		"2026-01-15T07:59:59Z": "expired-certificate", "2036-01-15T08:00:01Z": "expired-certificate",
	} {
		if got := problem(t, k.Ready(instant(t, at))); got != want {
			t.Errorf("at %s: %q, not %q", at, got, want)
		}
	}
	issued, authority := issued(t)
	authority.NotAfter = signedAt.AddDate(0, -1, 0)
	err := issued.Ready(signedAt)
	if problem(t, err) != "expired-certificate" || !strings.Contains(err.Error(), "Halden authority") {
		t.Errorf("an issuer that has run out: %v", err)
	}
}

// TestFlipsInASignatureOfEachKind changes every byte of a signature in turn.
func TestFlipsInASignatureOfEachKind(t *testing.T) {
	rsaKey, _ := issued(t)
	for fact, k := range map[string]*Key{"RSA": rsaKey, "ECDSA": ecKey(t, 1, "Dana Ortiz")} {
		der := detached(t, k)
		for i := range der {
			for _, mask := range []byte{0x01, 0x80} {
				der[i] ^= mask
				if _, err := VerifyDetached(der, content, k.Certificate, checked); err == nil {
					t.Errorf("%s: byte %d changed by %#x is accepted", fact, i, mask)
				}
				der[i] ^= mask
			}
		}
	}
}

// FuzzParse holds that no key file makes the reader panic, set out on endless
// work or answer with anything but a problem.
func FuzzParse(f *testing.F) {
	key, cert, err := Create("Dana Ortiz", "", made, seeded(1))
	if err != nil {
		f.Fatal(err)
	}
	k, err := ParsePEM(append(key, cert...))
	if err != nil {
		f.Fatal(err)
	}
	for _, e := range []*pkcs12.Encoder{pkcs12.Modern, pkcs12.LegacyDES, pkcs12.LegacyRC2, pkcs12.Passwordless} {
		word := "word"
		if e == pkcs12.Passwordless {
			word = ""
		}
		data, err := e.WithRand(seeded(2)).WithIterations(1).Encode(k.Signer, k.Certificate, nil, word)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add(append(key, cert...))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := Parse(data, nil, said("word"))
		problem(t, err)
	})
}

// inFull is all that a problem says.
func inFull(t *testing.T, err error) string {
	t.Helper()
	var p *diag.Problem
	if !errors.As(err, &p) {
		t.Fatalf("%v: not a *diag.Problem", err)
	}
	return p.Message + " " + p.Fix
}

func instant(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
