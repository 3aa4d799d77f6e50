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

// maxKey bounds a key file, in bytes: a key and a chain of ten certificates take 30 KB.
const maxKey = 1 << 20

// maxChain bounds the issuers of a certificate; public ones have two or three.
const maxChain = 10

// A Passphrase answers with the passphrase of a key. It is asked at most once,
// and only for a key that is locked.
type Passphrase func() ([]byte, error)

// ParsePEM reads a private key that is not locked, and its certificates; Parse
// says the rest.
func ParsePEM(data []byte) (*Key, error) { return Parse(data, nil, nil) }

// Parse reads a private key and its certificates: PEM blocks in any order
// (PKCS#8, locked or not, EC or RSA), or a PKCS#12. more holds further
// certificates in PEM, such as the key's own from a file beside it; it may be
// empty. The certificate of the key is found by its public key; the others must
// be its issuers. With a nil ask a locked key is refused.
//
// Every error is a *diag.Problem without a place, which the caller that read
// the file adds, or what ask answered; none quotes the key.
func Parse(data, more []byte, ask Passphrase) (*Key, error) {
	if len(data) > maxKey || len(more) > maxKey {
		return nil, badKey("key-too-long", fmt.Sprintf("the key file has %d bytes, more than any key and its certificates.", max(len(data), len(more))), anyKey)
	}
	found := &keyring{ask: ask}
	var err error
	if isPKCS12(data) {
		err = found.pkcs12(data)
	} else {
		err = found.pem(data)
	}
	if err == nil {
		err = found.pem(more)
	}
	if err != nil {
		return nil, err
	}
	if found.signer == nil {
		return nil, badKey("no-key", "no private key was found in the key file.",
			"name the file that holds the private key; a certificate alone cannot sign")
	}
	return match(found.signer, found.certs)
}

// A keyring is what the files of a key hold.
type keyring struct {
	ask    Passphrase
	signer crypto.Signer
	certs  []*x509.Certificate
}

// add takes a certificate, once: it may stand in the key file and in one of its own.
func (k *keyring) add(c *x509.Certificate) {
	if !slices.ContainsFunc(k.certs, c.Equal) {
		k.certs = append(k.certs, c)
	}
}

// hold takes the private key.
func (k *keyring) hold(s crypto.Signer) error {
	if k.signer != nil {
		return badKey("two-keys", "the key file holds more than one private key, so it is not clear who signs.", "leave one private key in the file")
	}
	k.signer = s
	return nil
}

// pem takes what PEM blocks hold.
func (k *keyring) pem(data []byte) error {
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		switch block.Type {
		case "CERTIFICATE":
			c, err := x509.ParseCertificate(block.Bytes)
			if err != nil {
				return badKey("bad-certificate", fmt.Sprintf("certificate %d of the key file cannot be read: %v.", len(k.certs)+1, err), "export the certificate again, as X.509 in PEM")
			}
			k.add(c)
		case "PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY":
			s, err := k.key(block)
			if err == nil {
				err = k.hold(s)
			}
			if err != nil {
				return err
			}
		case "EC PARAMETERS": // written by openssl before an EC key; the key repeats it
		default:
			return badKey("bad-pem", fmt.Sprintf("the key file holds a block %q that is neither a private key nor a certificate.", block.Type), anyKey)
		}
	}
	return nil
}

// key is the private key of a block, unlocked where it must be.
func (k *keyring) key(block *pem.Block) (crypto.Signer, error) {
	if block.Headers["DEK-Info"] != "" {
		return nil, oldLock("the private key is locked in the old way of OpenSSL, which is weak and not read here.")
	}
	if block.Type == "ENCRYPTED PRIVATE KEY" {
		der, err := k.unlock(block.Bytes)
		if err != nil {
			return nil, err
		}
		block = &pem.Block{Type: "PRIVATE KEY", Bytes: der}
	}
	s, err := parseKey(block)
	if err != nil {
		// Note: the cause is left out, it could quote bytes of the key.
		return nil, badKey("bad-key", "the private key cannot be read; it is not PKCS#8, EC or RSA, or it is damaged.", anyKey)
	}
	return s, nil
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
		return nil, badKey("bad-key", fmt.Sprintf("a private key of kind %T cannot sign.", signer.Public()), anyKey)
	}
	for i, c := range certs {
		if !pub.Equal(c.PublicKey) {
			continue
		}
		rest := append(append([]*x509.Certificate{}, certs[:i]...), certs[i+1:]...)
		chain, err := path(c, rest)
		if err != nil {
			return nil, badKey("bad-chain", fmt.Sprintf("the certificates of the key file do not form one chain: %v.", err),
				"leave in the file the certificate of the key and those of its issuers, and no other")
		}
		k := &Key{Signer: signer, Certificate: c, Chain: chain}
		if err := usable(c); err != nil {
			return nil, badKey("bad-certificate", fmt.Sprintf("the certificate of %q cannot sign: %v.", k.Name(), err), goodKey)
		}
		return k, nil
	}
	if len(certs) == 0 {
		return nil, badKey("no-certificate", "the key file holds a private key, but no certificate that says whose it is.",
			"put its certificate behind it in the file, or name it in proofpack.yml under sign: certificate:")
	}
	said := fmt.Sprintf("none of the %d certificates belongs to the private key.", len(certs))
	if len(certs) == 1 {
		said = fmt.Sprintf("the certificate of %q does not belong to the private key: it was made for another.", nameOf(certs[0]))
	}
	return nil, badKey("other-certificate", said, "name the certificate that was made for this key; `openssl x509 -in CERTIFICATE -noout -pubkey` and `openssl pkey -in KEY -pubout` must print the same")
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

// anyKey is what to do where nothing better is known.
const anyKey = "give a PEM or PKCS#12 file with one private key and its certificate (proofpack key create makes both)"

func badKey(code, message, fix string) error { return diag.At(diag.Pos{}, code, message, fix) }
