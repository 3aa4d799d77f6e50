package sign

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var (
	made     = time.Date(2026, 1, 15, 8, 0, 0, 0, time.UTC) // when test keys begin
	signedAt = time.Date(2026, 11, 3, 9, 12, 0, 0, time.UTC)
	checked  = time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
)

// seeded is a random source that gives the same bytes on every run.
func seeded(seed byte) *mathrand.ChaCha8 {
	return mathrand.NewChaCha8([32]byte{seed})
}

// ecKey is a key as `proofpack key create` makes it.
func ecKey(t testing.TB, seed byte, name string) *Key {
	t.Helper()
	key, cert, err := Create(name, "Halden Supply Co.", made, seeded(seed))
	if err != nil {
		t.Fatal(err)
	}
	k, err := ParsePEM(append(key, cert...))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// issued is an RSA key whose certificate was issued by an authority that is in its chain.
func issued(t testing.TB) (k *Key, authority *x509.Certificate) {
	t.Helper()
	make2048 := func() *rsa.PrivateKey {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			t.Fatal(err)
		}
		return key
	}
	certify := func(name string, ca bool, parent *x509.Certificate, pub *rsa.PublicKey, by *rsa.PrivateKey) *x509.Certificate {
		c := &x509.Certificate{
			SerialNumber: big.NewInt(int64(len(name))), Subject: pkix.Name{CommonName: name}, NotBefore: made, NotAfter: made.AddDate(5, 0, 0),
			KeyUsage: x509.KeyUsageDigitalSignature, IsCA: ca, BasicConstraintsValid: true,
		}
		if ca {
			c.KeyUsage = x509.KeyUsageCertSign
		} else {
			c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection}
		}
		if parent == nil {
			parent = c
		}
		der, err := x509.CreateCertificate(rand.Reader, c, parent, pub, by)
		if err != nil {
			t.Fatal(err)
		}
		if c, err = x509.ParseCertificate(der); err != nil {
			t.Fatal(err)
		}
		return c
	}
	caKey, key := make2048(), make2048()
	authority = certify("Halden authority", true, nil, &caKey.PublicKey, caKey)
	cert := certify("Dana Ortiz", false, authority, &key.PublicKey, caKey)
	return &Key{Signer: key, Certificate: cert, Chain: []*x509.Certificate{authority}}, authority
}

// blankPDF is a PDF in the form of the packet, written by hand: some pages,
// each with its own content, the first with a link and a block for the signature.
func blankPDF(pages, wordsAPage int) []byte {
	var b bytes.Buffer
	var offsets []int
	object := func(format string, a ...any) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), fmt.Sprintf(format, a...))
	}
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	object("<</Type /Catalog\n/Pages 2 0 R /Lang (en \\(US\\))>>")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 4+2*i)
	}
	object("<</Type /Pages /Kids [%s] /Count %d /MediaBox [0 0 612 792]>>", kids.String(), pages)
	object("<</Producer (proofpack) /Title <FEFF0050>>>")
	for i := range pages {
		annots := ""
		if i == 0 {
			annots = "/Annots [<</Type /Annot /Subtype /Link /Rect [0 0 9 9] /Border [0 0 0] /Dest [4 0 R /Fit]>>]"
		}
		object("<</Type /Page /Parent 2 0 R /Resources <</ProcSet [/PDF]>> %s /Contents %d 0 R>>", annots, 5+2*i)
		var draw strings.Builder
		for j := range wordsAPage {
			fmt.Fprintf(&draw, "%d %d 10 4 re f\n", 20+j%50*11, 20+j/50*6%700)
		}
		object("<</Length %d>>\nstream\n%s\nendstream", draw.Len(), draw.String())
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<<\n/Size %d\n/Root 1 0 R\n/Info 3 0 R\n/ID [<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]\n>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, table)
	return b.Bytes()
}

var cover = Field{Page: 0, Rect: [4]float64{72, 90, 300, 150}, Reason: "Evidence for October 2026"}

func signedPDF(t testing.TB, k *Key, pages, wordsAPage int) []byte {
	t.Helper()
	b, err := PDF(k, blankPDF(pages, wordsAPage), signedAt, cover)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// reasonOf is the reason of a failure; "" for no error.
func reasonOf(t testing.TB, err error) Reason {
	t.Helper()
	var f *Failure
	if err != nil && !errors.As(err, &f) {
		t.Fatalf("%v (%T): not a *Failure", err, err)
	}
	if f == nil {
		return ""
	}
	return f.Reason
}

// run calls a program that users have, in a folder, and returns what it says.
// A program that is missing is a failure in CI and a skip elsewhere.
func run(t *testing.T, dir, name string, args ...string) (string, error) {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed", name)
		}
		t.Skipf("SKIPPED: %s is not installed, nothing of this test was checked", name)
	}
	c := exec.Command(name, args...)
	c.Dir = dir
	out, err := c.CombinedOutput()
	return string(out), err
}

func writeFile(t *testing.T, dir, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func certPEM(c *x509.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})
}
