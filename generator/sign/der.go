package sign

import (
	"bytes"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"slices"
	"time"
)

// Object identifiers of RFC 5652 (CMS), RFC 5035 (signing-certificate-v2) and RFC 5754 (SHA-256).
var (
	oidData        = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	oidSignedData  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidContentType = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidDigest      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidSigningTime = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 5}
	oidCertV2      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	oidSHA256      = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidRSASHA256   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 11}
	oidECDSASHA256 = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}
)

type contentInfo struct {
	Type    asn1.ObjectIdentifier
	Content asn1.RawValue `asn1:"explicit,optional,tag:0"`
}

type signedData struct {
	Version int
	Digests []pkix.AlgorithmIdentifier `asn1:"set"`
	Content contentInfo
	Certs   asn1.RawValue
	Signers []signerInfo `asn1:"set"`
}

type issuerSerial struct {
	Issuer asn1.RawValue
	Serial *big.Int
}

type signerInfo struct {
	Version   int
	Signer    issuerSerial
	Digest    pkix.AlgorithmIdentifier
	Attrs     asn1.RawValue
	Algorithm pkix.AlgorithmIdentifier
	Signature []byte
}

type attribute struct {
	Type   asn1.ObjectIdentifier
	Values asn1.RawValue // SET of one
}

// certID is ESSCertIDv2 with its hash algorithm left out: SHA-256 is the default.
type certID struct {
	Hash   []byte
	Issuer struct {
		Names  []asn1.RawValue
		Serial *big.Int
	}
}

// A statement is everything that one signature says. Its encoding is a
// function of these fields alone, so a verifier can rebuild it and compare.
type statement struct {
	cert      *x509.Certificate
	chain     []*x509.Certificate // its issuers that are carried, nearest first
	digest    [sha256.Size]byte   // of the content
	at        time.Time           // signing time, whole seconds; zero for none (a PDF says it in /M)
	signature []byte
}

// attributes are the signed attributes, as the inside of a DER SET.
func (s *statement) attributes() ([]byte, error) {
	// The signer comes first; the issuers are named too, or bytes of their
	// certificates that no other certificate signs could be changed.
	var ids []certID
	for _, c := range append([]*x509.Certificate{s.cert}, s.chain...) {
		sum := sha256.Sum256(c.Raw)
		id := certID{Hash: sum[:]}
		id.Issuer.Serial = c.SerialNumber
		id.Issuer.Names = []asn1.RawValue{{Class: asn1.ClassContextSpecific, Tag: 4, IsCompound: true, Bytes: c.RawIssuer}}
		ids = append(ids, id)
	}
	says := []struct {
		id    asn1.ObjectIdentifier
		value any
	}{
		{oidContentType, oidData},
		{oidDigest, s.digest[:]},
		{oidCertV2, struct{ Certs []certID }{ids}},
	}
	if !s.at.IsZero() {
		says = append(says, struct {
			id    asn1.ObjectIdentifier
			value any
		}{oidSigningTime, s.at.UTC()})
	}
	var encoded [][]byte
	for _, a := range says {
		v, err := asn1.Marshal(a.value)
		if err != nil {
			return nil, err
		}
		b, err := asn1.Marshal(attribute{a.id, asn1.RawValue{Tag: asn1.TagSet, IsCompound: true, Bytes: v}})
		if err != nil {
			return nil, err
		}
		encoded = append(encoded, b)
	}
	return setOf(encoded), nil
}

// toSign are the bytes whose SHA-256 is signed: the attributes as a SET.
func (s *statement) toSign() ([]byte, error) {
	attrs, err := s.attributes()
	if err != nil {
		return nil, err
	}
	return asn1.Marshal(asn1.RawValue{Tag: asn1.TagSet, IsCompound: true, Bytes: attrs})
}

// encode is the one DER form of the statement as CMS SignedData.
func (s *statement) encode() ([]byte, error) {
	attrs, err := s.attributes()
	if err != nil {
		return nil, err
	}
	algorithm := pkix.AlgorithmIdentifier{Algorithm: oidECDSASHA256}
	if _, ok := s.cert.PublicKey.(*rsa.PublicKey); ok {
		algorithm = pkix.AlgorithmIdentifier{Algorithm: oidRSASHA256, Parameters: asn1.NullRawValue}
	}
	certs := [][]byte{s.cert.Raw}
	for _, c := range s.chain {
		certs = append(certs, c.Raw)
	}
	digest := pkix.AlgorithmIdentifier{Algorithm: oidSHA256}
	data, err := asn1.Marshal(signedData{
		Version: 1, // RFC 5652, 5.1: signer named by issuer and serial, content of type data
		Digests: []pkix.AlgorithmIdentifier{digest},
		Content: contentInfo{Type: oidData},
		Certs:   asn1.RawValue{Class: asn1.ClassContextSpecific, IsCompound: true, Bytes: setOf(certs)},
		Signers: []signerInfo{{
			Version:   1,
			Signer:    issuerSerial{asn1.RawValue{FullBytes: s.cert.RawIssuer}, s.cert.SerialNumber},
			Digest:    digest,
			Attrs:     asn1.RawValue{Class: asn1.ClassContextSpecific, IsCompound: true, Bytes: attrs},
			Algorithm: algorithm,
			Signature: s.signature,
		}},
	})
	if err != nil {
		return nil, err
	}
	return asn1.Marshal(contentInfo{oidSignedData, asn1.RawValue{Class: asn1.ClassContextSpecific, IsCompound: true, Bytes: data}})
}

// setOf joins encodings in the order DER demands of a SET OF.
func setOf(encoded [][]byte) []byte {
	slices.SortFunc(encoded, bytes.Compare)
	return bytes.Join(encoded, nil)
}
