package sign

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"
)

// Detached signs content at a time: CMS SignedData in DER without the content,
// SHA-256, with the attributes content-type, message-digest, signing-time and
// signing-certificate-v2. at is kept to the second, in UTC.
func Detached(k *Key, content []byte, at time.Time) ([]byte, error) {
	at = at.UTC().Truncate(time.Second)
	if err := k.Ready(at); err != nil {
		return nil, err
	}
	return k.sign(statement{digest: sha256.Sum256(content), at: at})
}

// sign completes the statement with the key's certificates and signature.
func (k *Key) sign(s statement) ([]byte, error) {
	s.cert, s.chain = k.Certificate, k.Chain
	signed, err := s.toSign()
	if err != nil {
		return nil, fmt.Errorf("sign: attributes: %w", err)
	}
	sum := sha256.Sum256(signed)
	// Without a random source ECDSA signs as in RFC 6979, and PKCS#1 v1.5 never
	// needs one: the same content gives the same bytes.
	if s.signature, err = k.Signer.Sign(nil, sum[:], crypto.SHA256); err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	// A key that lives elsewhere (a card, a module) may not be the certificate's.
	// One that repeats signatures has none for other content, and is not published.
	if _, repeats := k.Signer.(*repeater); !repeats && !s.holds(sum) {
		return nil, errors.New("sign: the key answered with a signature that does not fit the certificate")
	}
	der, err := s.encode()
	if err != nil {
		return nil, fmt.Errorf("sign: encode: %w", err)
	}
	return der, nil
}

// holds says whether the signature is one over sum by the certificate's key.
func (s *statement) holds(sum [sha256.Size]byte) bool {
	switch pub := s.cert.PublicKey.(type) {
	case *ecdsa.PublicKey:
		return ecdsa.VerifyASN1(pub, sum[:], s.signature)
	case *rsa.PublicKey:
		return rsa.VerifyPKCS1v15(pub, crypto.SHA256, sum[:], s.signature) == nil
	}
	return false
}
