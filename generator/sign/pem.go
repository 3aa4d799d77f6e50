package sign

import (
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"

	"proofpack/generator/diag"
)

// maxPEM bounds a key file: a key and a chain of ten certificates take 30 KB.
const maxPEM = 1 << 20

// maxChain bounds the issuers of a certificate; public ones have two or three.
const maxChain = 10

// ParsePEM reads a private key (PKCS#8, EC or RSA) and its certificates from
// PEM blocks in any order. The certificate of the key is found by its public
// key; the others must be its issuers. Every error is a *diag.Problem without
// a place, which the caller that read the file adds, and none quotes the key.
func ParsePEM(data []byte) (*Key, error) {
	if len(data) > maxPEM {
		return nil, badKey("key-too-long", fmt.Sprintf("the key file has %d bytes, more than any key and its certificates.", len(data)))
	}
	var signer crypto.Signer
	var certs []*x509.Certificate
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		switch block.Type {
		case "CERTIFICATE":
			c, err := x509.ParseCertificate(block.Bytes)
			if err != nil {
				return nil, badKey("bad-certificate", fmt.Sprintf("certificate %d of the key file cannot be read: %v.", len(certs)+1, err))
			}
			// The certificate may stand in the key file and in one of its own.
			if !slices.ContainsFunc(certs, c.Equal) {
				certs = append(certs, c)
			}
		case "PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY":
			if signer != nil {
				return nil, badKey("two-keys", "the key file holds more than one private key, so it is not clear who signs.")
			}
			if block.Headers["DEK-Info"] != "" {
				return nil, lockedKey()
			}
			s, err := parseKey(block)
			if err != nil {
				// Note: the cause is left out, it could quote bytes of the key.
				return nil, badKey("bad-key", "the private key cannot be read; it is not PKCS#8, EC or RSA, or it is damaged.")
			}
			signer = s
		case "ENCRYPTED PRIVATE KEY":
			return nil, lockedKey()
		case "EC PARAMETERS": // written by openssl before an EC key; the key repeats it
		default:
			return nil, badKey("bad-pem", fmt.Sprintf("the key file holds a block %q that is neither a private key nor a certificate.", block.Type))
		}
	}
	if signer == nil {
		return nil, badKey("no-key", "no private key was found in the key file.")
	}
	return match(signer, certs)
}

func parseKey(block *pem.Block) (crypto.Signer, error) {
	switch block.Type {
	case "EC PRIVATE KEY":
		return x509.ParseECPrivateKey(block.Bytes)
	case "RSA PRIVATE KEY":
		return x509.ParsePKCS1PrivateKey(block.Bytes)
	}
	k, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	s, ok := k.(crypto.Signer)
	if !ok {
		return nil, errors.New("a key that cannot sign")
	}
	return s, nil
}

// match puts the certificate of the key first and its issuers behind it.
func match(signer crypto.Signer, certs []*x509.Certificate) (*Key, error) {
	pub, ok := signer.Public().(interface{ Equal(crypto.PublicKey) bool })
	if !ok {
		return nil, badKey("bad-key", fmt.Sprintf("a private key of kind %T cannot sign.", signer.Public()))
	}
	for i, c := range certs {
		if !pub.Equal(c.PublicKey) {
			continue
		}
		rest := append(append([]*x509.Certificate{}, certs[:i]...), certs[i+1:]...)
		chain, err := path(c, rest)
		if err != nil {
			return nil, badKey("bad-chain", fmt.Sprintf("the certificates of the key file do not form one chain: %v.", err))
		}
		k := &Key{Signer: signer, Certificate: c, Chain: chain}
		if err := usable(c); err != nil {
			return nil, badKey("bad-certificate", fmt.Sprintf("the certificate of %q cannot sign: %v.", k.Name(), err))
		}
		return k, nil
	}
	if len(certs) == 0 {
		return nil, badKey("no-certificate", "the key file holds a private key, but no certificate that says whose it is.")
	}
	return nil, badKey("other-certificate", fmt.Sprintf("none of the %d certificates belongs to the private key.", len(certs)))
}

// path orders carried certificates from the issuer of leaf upwards. Each must
// be on the way: a certificate that proves nothing is refused.
func path(leaf *x509.Certificate, carried []*x509.Certificate) ([]*x509.Certificate, error) {
	if len(carried) > maxChain {
		return nil, fmt.Errorf("%d issuers, and %d are the most", len(carried), maxChain)
	}
	left := append([]*x509.Certificate{}, carried...)
	var chain []*x509.Certificate
	for at := leaf; len(left) > 0; {
		found := -1
		for i, c := range left {
			if at.CheckSignatureFrom(c) == nil && string(at.RawIssuer) == string(c.RawSubject) {
				found = i
				break
			}
		}
		if found < 0 {
			return nil, fmt.Errorf("%q did not issue %q", nameOf(left[0]), nameOf(at))
		}
		at = left[found]
		chain = append(chain, at)
		left = append(left[:found], left[found+1:]...)
	}
	return chain, nil
}

func badKey(code, message string) error {
	return diag.At(diag.Pos{}, code, message,
		"give a PEM file with one private key and its certificate (proofpack key create makes both)")
}

func lockedKey() error {
	return diag.At(diag.Pos{}, "key-locked", "the private key is protected by a passphrase, which this reader does not take.",
		"unlock a copy with: openssl pkcs8 -in KEY -out UNLOCKED, keep it readable by you alone, and name that file")
}
