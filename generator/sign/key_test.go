package sign

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/diag"
)

func TestCreateMakesACertificateForDocuments(t *testing.T) {
	k := ecKey(t, 1, "Dana Ortiz")
	c := k.Certificate
	if got := c.NotAfter; !got.Equal(time.Date(2036, 1, 15, 8, 0, 0, 0, time.UTC)) {
		t.Errorf("good until %v, want ten years", got)
	}
	if want := x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment; c.KeyUsage != want {
		t.Errorf("key usage %b, want %b", c.KeyUsage, want)
	}
	if c.IsCA {
		t.Error("the certificate could issue others")
	}
	if len(c.ExtKeyUsage) != 1 || c.ExtKeyUsage[0] != x509.ExtKeyUsageEmailProtection || len(c.UnknownExtKeyUsage) != 1 || !c.UnknownExtKeyUsage[0].Equal(oidDocumentSigning) {
		t.Errorf("extended key usage %v %v", c.ExtKeyUsage, c.UnknownExtKeyUsage)
	}
	if err := c.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature); err != nil {
		t.Errorf("the certificate is not signed by itself: %v", err)
	}
	if k.Name() != "Dana Ortiz" {
		t.Errorf("name %q", k.Name())
	}
}

func TestCreateTakesAllRandomnessFromTheSource(t *testing.T) {
	key1, cert1, _ := Create("A", "", made, seeded(1))
	key2, cert2, _ := Create("A", "", made, seeded(1))
	if !bytes.Equal(key1, key2) || !bytes.Equal(cert1, cert2) {
		t.Error("the same random bytes gave two keys")
	}
	if key3, _, _ := Create("A", "", made, seeded(2)); bytes.Equal(key1, key3) {
		t.Error("other random bytes gave the same key")
	}
	if _, _, err := Create("A", "", made, strings.NewReader("too short")); err == nil {
		t.Error("a random source that ends made a key")
	}
	if _, _, err := Create(" ", "", made, seeded(1)); problem(t, err) != "no-name" {
		t.Errorf("no name: %v", err)
	}
}

func TestFingerprintIsReadAloudInFourGroups(t *testing.T) {
	c := ecKey(t, 1, "Dana Ortiz").Certificate
	short, full := Fingerprint(c), FullFingerprint(c)
	if !regexp.MustCompile(`^[0-9a-f]{4}( [0-9a-f]{4}){3}$`).MatchString(short) {
		t.Errorf("fingerprint %q", short)
	}
	if !strings.HasPrefix(full, strings.ReplaceAll(short, " ", "")) || len(full) != 64 {
		t.Errorf("full fingerprint %q does not begin with %q", full, short)
	}
}

func TestParsePEM(t *testing.T) {
	key, cert, err := Create("Dana Ortiz", "", made, seeded(1))
	if err != nil {
		t.Fatal(err)
	}
	_, other, _ := Create("Lee Park", "", made, seeded(2))
	sec1 := func(curve elliptic.Curve) []byte {
		k, err := ecdsa.GenerateKey(curve, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		der, err := x509.MarshalECPrivateKey(k)
		if err != nil {
			t.Fatal(err)
		}
		return pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der})
	}
	parts := func(p ...[]byte) []byte { return bytes.Join(p, []byte("\n")) }
	block := func(kind, inside string) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: []byte(inside)})
	}
	for _, c := range []struct {
		fact string
		pem  []byte
		code string // "" for a good key
	}{
		{"a key and its certificate", parts(key, cert), ""},
		{"a certificate before its key", parts(cert, key), ""},
		{"the certificate twice", parts(key, cert, cert), ""},
		{"text between the blocks", parts([]byte("Bag Attributes\n"), key, []byte("subject=/CN=Dana\n"), cert), ""},
		{"no key", cert, "no-key"},
		{"no certificate", key, "no-certificate"},
		{"a certificate of somebody else", parts(key, other), "other-certificate"},
		{"one more certificate that issued nothing", parts(key, cert, other), "bad-chain"},
		{"two keys", parts(key, key, cert), "two-keys"},
		{"a key for another certificate", parts(sec1(elliptic.P256()), cert), "other-certificate"},
		{"a damaged key", parts(block("PRIVATE KEY", "garbage"), cert), "bad-key"},
		{"a damaged certificate", parts(key, block("CERTIFICATE", "garbage")), "bad-certificate"},
		{"a damaged key under a passphrase", parts(block("ENCRYPTED PRIVATE KEY", "x"), cert), "bad-key"},
		{"a block of another kind", parts(key, cert, block("OPENSSH PRIVATE KEY", "x")), "bad-pem"},
		{"nothing", nil, "no-key"},
		{"far too much", bytes.Repeat([]byte("x"), maxKey+1), "key-too-long"},
	} {
		t.Run(c.fact, func(t *testing.T) {
			k, err := ParsePEM(c.pem)
			if diff := cmp.Diff(c.code, problem(t, err)); diff != "" {
				t.Errorf("problem (-want +got):\n%s%v", diff, err)
			}
			if (k == nil) == (err == nil) {
				t.Errorf("key %v with error %v", k, err)
			}
		})
	}
}

func TestParsePEMOrdersTheChain(t *testing.T) {
	k, authority := issued(t)
	der, err := x509.MarshalPKCS8PrivateKey(k.Signer)
	if err != nil {
		t.Fatal(err)
	}
	key := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	got, err := ParsePEM(bytes.Join([][]byte{certPEM(authority), certPEM(k.Certificate), key}, nil))
	if err != nil {
		t.Fatal(err)
	}
	if !got.Certificate.Equal(k.Certificate) || len(got.Chain) != 1 || !got.Chain[0].Equal(authority) {
		t.Errorf("certificate %q, chain of %d", nameOf(got.Certificate), len(got.Chain))
	}
}

func TestOnlyKnownKeysSign(t *testing.T) {
	k, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if err := usable(&x509.Certificate{PublicKey: &k.PublicKey}); err == nil {
		t.Error("P-384 was accepted")
	}
	good := ecKey(t, 1, "A").Certificate
	for usage, want := range map[x509.KeyUsage]bool{
		0:                              true, // no such extension: any use
		x509.KeyUsageDigitalSignature:  true,
		x509.KeyUsageContentCommitment: true,
		x509.KeyUsageKeyEncipherment:   false,
		x509.KeyUsageCertSign:          false,
	} {
		if got := usable(&x509.Certificate{PublicKey: good.PublicKey, KeyUsage: usage}) == nil; got != want {
			t.Errorf("key usage %b: usable %v, want %v", usage, got, want)
		}
	}
}

func FuzzParsePEM(f *testing.F) {
	key, cert, err := Create("Dana Ortiz", "", made, seeded(1))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(append(key, cert...))
	f.Add([]byte("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := ParsePEM(data)
		problem(t, err)
	})
}

// problem is the code of a problem; "" for no error.
func problem(t testing.TB, err error) string {
	t.Helper()
	var p *diag.Problem
	if err != nil && !errors.As(err, &p) {
		t.Fatalf("%v (%T): not a *diag.Problem", err, err)
	}
	if p == nil {
		return ""
	}
	if p.Message == "" || p.Fix == "" {
		t.Errorf("problem %q lacks a message or a fix", p.Code)
	}
	return p.Code
}
