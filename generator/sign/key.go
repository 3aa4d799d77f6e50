// Package sign makes signing keys and signatures (detached CMS and PAdES), and
// checks them strictly: whatever is not exactly what this package would have
// written for the same content, certificate and time is refused.
//
// It writes no algorithm but SHA-256 with ECDSA on P-256 or RSA PKCS#1 v1.5,
// and both deterministically: the same input gives the same bytes.
package sign

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"time"
)

// RSA key sizes that are accepted, in bits. 2048 is the least that NIST
// SP 800-131A allows; 4096 is the most that issuers of document certificates sell.
const (
	minRSABits = 2048
	maxRSABits = 4096
)

// goodKey is what to do about a certificate that may not sign.
const goodKey = "use a certificate for digital signatures with ECDSA P-256 or RSA of 2048 to 4096 bits, or make one with: proofpack key create"

// A Key is who signs: a private key and the certificate that names its owner.
type Key struct {
	Signer      crypto.Signer       // called with a nil random source: ECDSA must then sign as in RFC 6979
	Certificate *x509.Certificate   // its public key is Signer's
	Chain       []*x509.Certificate // issuers of Certificate, nearest first; empty when it is self-signed
}

// Name is the common name of the certificate, the one a reader knows the
// signer by; the whole subject when there is no common name.
func (k *Key) Name() string { return nameOf(k.Certificate) }

// Fingerprint is the short fingerprint of the certificate.
func (k *Key) Fingerprint() string { return Fingerprint(k.Certificate) }

// Fingerprint is the first 8 bytes of the certificate's SHA-256 as four groups
// of four hex digits, short enough to be read aloud: "7f3a 91c4 0be2 5d18".
func Fingerprint(c *x509.Certificate) string {
	h := FullFingerprint(c)
	return h[:4] + " " + h[4:8] + " " + h[8:12] + " " + h[12:16]
}

// FullFingerprint is the SHA-256 of the certificate in 64 lower-case hex digits.
func FullFingerprint(c *x509.Certificate) string {
	sum := sha256.Sum256(c.Raw)
	return hex.EncodeToString(sum[:])
}

func nameOf(c *x509.Certificate) string {
	if c.Subject.CommonName != "" {
		return c.Subject.CommonName
	}
	return c.Subject.String()
}

// usable says why a certificate can't sign a packet; nil when it can.
func usable(c *x509.Certificate) error {
	switch k := c.PublicKey.(type) {
	case *ecdsa.PublicKey:
		if k.Curve != elliptic.P256() {
			return fmt.Errorf("its key is on curve %s; P-256 is the only one in use here", k.Curve.Params().Name)
		}
	case *rsa.PublicKey:
		if bits := k.N.BitLen(); bits < minRSABits || bits > maxRSABits {
			return fmt.Errorf("its RSA key has %d bits; %d to %d are accepted", bits, minRSABits, maxRSABits)
		}
	default:
		return fmt.Errorf("its key is of kind %s; ECDSA P-256 and RSA are accepted", c.PublicKeyAlgorithm)
	}
	// A certificate without the extension may be used for anything (RFC 5280, 4.2.1.3).
	if u := c.KeyUsage; u != 0 && u&(x509.KeyUsageDigitalSignature|x509.KeyUsageContentCommitment) == 0 {
		return fmt.Errorf("its key usage allows neither digital signatures nor non-repudiation")
	}
	return nil
}

// Ready says why the key can't sign at a time: a *diag.Problem, or nil when it can.
func (k *Key) Ready(at time.Time) error {
	if err := usable(k.Certificate); err != nil {
		return badKey("bad-certificate", fmt.Sprintf("the certificate of %q cannot sign: %v.", k.Name(), err), goodKey)
	}
	for _, c := range append([]*x509.Certificate{k.Certificate}, k.Chain...) {
		if !at.Before(c.NotBefore) && !at.After(c.NotAfter) {
			continue
		}
		return badKey("expired-certificate",
			fmt.Sprintf("the certificate of %q is good from %s to %s, and now is %s; nothing was signed.", nameOf(c), day(c.NotBefore), day(c.NotAfter), day(at)),
			"have it renewed, or make a new key with: proofpack key create, and give its certificate to whoever checks your packets")
	}
	return nil
}

func day(t time.Time) string { return t.UTC().Format("2 January 2006") }
