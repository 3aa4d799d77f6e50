package sign

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"
	"time"

	"proofpack/generator/diag"
)

// keyYears is how long a certificate made here is good: a packet is kept six
// years (45 CFR 164.316(b)(2)(i)) and should be checkable without -attime meanwhile.
const keyYears = 10

// oidDocumentSigning is id-kp-documentSigning of RFC 9336. emailProtection
// stands beside it: some viewers refuse documentSigning alone.
var oidDocumentSigning = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 36}

// Create makes an ECDSA P-256 key and a certificate signed by itself, good for
// ten years from a time. org may be empty. All randomness is read from random.
func Create(name, org string, from time.Time, random io.Reader) (keyPEM, certPEM []byte, err error) {
	if name = strings.TrimSpace(name); name == "" {
		return nil, nil, diag.At(diag.Pos{}, "no-name", "a signing key needs the name of the person who signs; none was given.",
			`say whose key it is: proofpack key create --name "First Last"`)
	}
	key, err := newKey(random)
	if err != nil {
		return nil, nil, fmt.Errorf("sign: make key: %w", err)
	}
	serial := make([]byte, 16)
	if _, err := io.ReadFull(random, serial); err != nil {
		return nil, nil, fmt.Errorf("sign: make key: %w", err)
	}
	serial[0] = serial[0]&0x7f | 0x40 // positive, and always as long
	subject := pkix.Name{CommonName: name}
	if org = strings.TrimSpace(org); org != "" {
		subject.Organization = []string{org}
	}
	from = from.UTC().Truncate(time.Second)
	template := &x509.Certificate{
		SerialNumber:          new(big.Int).SetBytes(serial),
		Subject:               subject,
		NotBefore:             from,
		NotAfter:              from.AddDate(keyYears, 0, 0),
		KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection},
		UnknownExtKeyUsage:    []asn1.ObjectIdentifier{oidDocumentSigning},
		BasicConstraintsValid: true,
	}
	// Note: no random source, so that the certificate signs itself as in RFC 6979.
	cert, err := x509.CreateCertificate(nil, template, template, key.Public(), key)
	if err != nil {
		return nil, nil, fmt.Errorf("sign: make certificate: %w", err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, nil, fmt.Errorf("sign: write key: %w", err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}),
		pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert}), nil
}

// newKey draws a private scalar from random, as ecdsa.GenerateKey ignores its
// source since Go 1.26. A draw outside the group happens once in 2^32.
func newKey(random io.Reader) (*ecdsa.PrivateKey, error) {
	scalar := make([]byte, 32)
	for range 8 {
		if _, err := io.ReadFull(random, scalar); err != nil {
			return nil, err
		}
		if key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), scalar); err == nil {
			return key, nil
		}
	}
	return nil, errors.New("the random source gives no usable numbers")
}
