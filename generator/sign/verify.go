package sign

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"time"
)

// maxCMS bounds a signature file: one signature with a long chain takes 20 KB.
const maxCMS = 256 << 10

// clockSkew is how far in the future a signature may be dated: clocks of a
// domain may differ by five minutes, the default limit of Kerberos.
const clockSkew = 5 * time.Minute

// A Signature is what a verified signature says.
type Signature struct {
	Signer  *x509.Certificate // nil when nothing was verified
	At      time.Time         // when it was signed by the signer's own word, UTC
	Pinned  bool              // the signer is the trusted certificate, or was issued by it
	Expired bool              // good when signed; the certificate has run out by the time of checking
}

// Name is the name of the signer.
func (s Signature) Name() string {
	if s.Signer == nil {
		return ""
	}
	return nameOf(s.Signer)
}

// Fingerprint is the short fingerprint of the signer's certificate.
func (s Signature) Fingerprint() string {
	if s.Signer == nil {
		return ""
	}
	return Fingerprint(s.Signer)
}

// VerifyDetached checks a signature file over content. trust is the
// certificate that must have signed or issued the signer; with nil, any signer
// is accepted and not Pinned. at is the time of checking; zero leaves out the
// questions that depend on it. Every error is a *Failure; when the signature
// holds but its signer or time is not accepted, it comes with the error.
func VerifyDetached(der, content []byte, trust *x509.Certificate, at time.Time) (Signature, error) {
	if len(der) > maxCMS {
		return Signature{}, fail(Invalid, "the signature has %d bytes, more than any this program writes", len(der))
	}
	s, err := verified(der, sha256.Sum256(content))
	if err != nil {
		return Signature{}, err
	}
	if s.at.IsZero() {
		return Signature{}, fail(Invalid, "the signature does not say when it was made")
	}
	return s.accept(trust, at)
}

// verified reads DER and returns what it says if, and only if, the statement
// encodes to the same DER again and its signature holds over digest.
func verified(der []byte, digest [sha256.Size]byte) (*statement, error) {
	s, said, err := parse(der)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(said, digest[:]) {
		return nil, fail(Changed, "the content is not what was signed")
	}
	s.digest = digest
	again, err := s.encode()
	if err != nil || !bytes.Equal(again, der) {
		return nil, fail(Invalid, "the signature is not in its one form, or names another certificate")
	}
	signed, err := s.toSign()
	if err != nil || !s.holds(sha256.Sum256(signed)) {
		return nil, fail(Invalid, "the signature was not made by the key of %q", nameOf(s.cert))
	}
	return s, nil
}

// parse takes apart SignedData with one signer. It returns what the encoding
// can be rebuilt from, and the content's digest as the signer saw it.
func parse(der []byte) (s *statement, digest []byte, err error) {
	bad := func(what string) (*statement, []byte, error) {
		return nil, nil, fail(Invalid, "the signature cannot be read: %s", what)
	}
	var outer contentInfo
	if rest, err := asn1.Unmarshal(der, &outer); err != nil || len(rest) > 0 || !outer.Type.Equal(oidSignedData) {
		return bad("it is not CMS SignedData")
	}
	var data signedData
	if rest, err := asn1.Unmarshal(outer.Content.Bytes, &data); err != nil || len(rest) > 0 {
		return bad("its SignedData is damaged")
	}
	if len(data.Signers) != 1 {
		return bad("it has not exactly one signer")
	}
	signer := data.Signers[0]
	s = &statement{signature: signer.Signature}

	certs, err := x509.ParseCertificates(data.Certs.Bytes)
	if err != nil {
		return bad("a certificate is damaged")
	}
	for _, c := range certs {
		if s.cert == nil && signer.Signer.Serial.Cmp(c.SerialNumber) == 0 && bytes.Equal(signer.Signer.Issuer.FullBytes, c.RawIssuer) {
			s.cert = c
		} else {
			s.chain = append(s.chain, c)
		}
	}
	if s.cert == nil {
		return bad("the signer's certificate is not in it")
	}
	if s.chain, err = path(s.cert, s.chain); err != nil {
		return bad("a certificate is not on the signer's chain: " + err.Error())
	}
	for rest := signer.Attrs.Bytes; len(rest) > 0; {
		var a attribute
		if rest, err = asn1.Unmarshal(rest, &a); err != nil {
			return bad("its attributes are damaged")
		}
		switch {
		case a.Type.Equal(oidDigest):
			_, err = asn1.Unmarshal(a.Values.Bytes, &digest)
		case a.Type.Equal(oidSigningTime):
			_, err = asn1.Unmarshal(a.Values.Bytes, &s.at)
		}
		if err != nil {
			return bad("its attributes are damaged")
		}
	}
	return s, digest, nil
}

// accept judges who signed and when, of a statement whose signature holds.
func (s *statement) accept(trust *x509.Certificate, at time.Time) (Signature, error) {
	sig := Signature{Signer: s.cert, At: s.at.UTC()}
	if err := usable(s.cert); err != nil {
		return sig, fail(Invalid, "the certificate of %q cannot sign: %v", nameOf(s.cert), err)
	}
	for _, c := range append([]*x509.Certificate{s.cert}, s.chain...) {
		if s.at.Before(c.NotBefore) || s.at.After(c.NotAfter) {
			return sig, fail(Expired, "signed on %s; the certificate of %q is good from %s to %s", day(s.at), nameOf(c), day(c.NotBefore), day(c.NotAfter))
		}
		sig.Expired = sig.Expired || !at.IsZero() && at.After(c.NotAfter)
	}
	if !at.IsZero() && s.at.After(at.Add(clockSkew)) {
		return sig, fail(Expired, "dated %s, which is later than the time of checking", s.at.UTC().Format(time.RFC3339))
	}
	if trust != nil {
		if sig.Pinned = pinned(s.cert, s.chain, trust, s.at); !sig.Pinned {
			return sig, fail(Untrusted, "signed by %q, key %s; the trusted certificate is %q, key %s", nameOf(s.cert), Fingerprint(s.cert), nameOf(trust), Fingerprint(trust))
		}
	}
	return sig, nil
}

// pinned says whether trust is the signer's certificate or issued it, directly
// or through the carried chain.
func pinned(cert *x509.Certificate, chain []*x509.Certificate, trust *x509.Certificate, at time.Time) bool {
	if cert.Equal(trust) {
		return true
	}
	if !trust.IsCA {
		return false
	}
	roots, between := x509.NewCertPool(), x509.NewCertPool()
	roots.AddCert(trust)
	for _, c := range chain {
		between.AddCert(c)
	}
	_, err := cert.Verify(x509.VerifyOptions{Roots: roots, Intermediates: between, CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	return err == nil
}
