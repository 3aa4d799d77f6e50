package sign

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"io"
	"time"
)

// Repeat is a key that can only repeat signatures, without the private key:
// over the content that they were made of it gives the same bytes again, over
// any other a blank. With it a packet is built again to see whether the same
// bytes come out; what it signs is never to be published. signed holds detached
// signatures and signed PDFs, verified before, of one certificate. The time is
// that of the detached ones.
func Repeat(signed ...[]byte) (*Key, time.Time, error) {
	r := &repeater{made: map[[sha256.Size]byte][]byte{}}
	var key *Key
	var at time.Time
	for _, file := range signed {
		s, err := anySignature(file)
		if err != nil {
			return nil, at, err
		}
		if key == nil {
			key = &Key{Signer: r, Certificate: s.cert, Chain: s.chain}
			r.cert = s.cert
		}
		if !s.cert.Equal(key.Certificate) {
			return nil, at, errors.New("sign: repeat: the signatures are of several certificates")
		}
		text, err := s.toSign()
		if err != nil {
			return nil, at, err
		}
		r.made[sha256.Sum256(text)] = s.signature
		if !bytes.HasPrefix(file, []byte("%PDF")) {
			at = s.at
		}
	}
	if key == nil || at.IsZero() {
		return nil, at, errors.New("sign: repeat: there is no detached signature to repeat")
	}
	return key, at, nil
}

// anySignature is the statement of a detached signature, or of the one in a PDF
// as it was signed, without the time that the PDF says elsewhere.
func anySignature(file []byte) (*statement, error) {
	if bytes.HasPrefix(file, []byte("%PDF")) {
		s, err := signatureIn(file)
		if err == nil {
			s.at = time.Time{}
		}
		return s, err
	}
	s, digest, err := parse(file)
	if err == nil {
		copy(s.digest[:], digest)
	}
	return s, err
}

// A repeater answers with signatures that were made before.
type repeater struct {
	cert *x509.Certificate
	made map[[sha256.Size]byte][]byte // by SHA-256 of what was signed
}

// Public is the key of the certificate.
func (r *repeater) Public() crypto.PublicKey { return r.cert.PublicKey }

// Sign repeats the signature of a digest. A blank stands for one that was never
// made, so that the file around it can be compared all the same.
func (r *repeater) Sign(_ io.Reader, digest []byte, _ crypto.SignerOpts) ([]byte, error) {
	if len(digest) == sha256.Size {
		if s, ok := r.made[[sha256.Size]byte(digest)]; ok {
			return s, nil
		}
	}
	return make([]byte, 64), nil // shorter than any signature, so that it fits
}
