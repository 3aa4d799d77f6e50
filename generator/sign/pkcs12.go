package sign

import (
	"bytes"
	"crypto"
	"encoding/asn1"
	"errors"

	"software.sslmate.com/src/go-pkcs12"
)

// isPKCS12 tells a PKCS#12, which begins as a DER sequence, from PEM.
func isPKCS12(data []byte) bool {
	return len(data) > 0 && data[0] == 0x30 && !bytes.Contains(data, []byte("-----BEGIN"))
}

// pkcs12 takes the key and the certificates of a PKCS#12.
func (k *keyring) pkcs12(data []byte) error {
	if laborious(data, 0) {
		return badKey("bad-key", "the lock of the PKCS#12 asks for more work than any program writes.", anyKey)
	}
	key, first, others, err := pkcs12.DecodeChain(data, "")
	if errors.Is(err, pkcs12.ErrIncorrectPassword) || errors.Is(err, pkcs12.ErrDecryption) {
		var word []byte
		if word, err = k.passphrase(); err != nil {
			return err
		}
		key, first, others, err = pkcs12.DecodeChain(data, string(word))
	}
	var unknown pkcs12.NotImplementedError
	switch {
	case errors.Is(err, pkcs12.ErrIncorrectPassword), errors.Is(err, pkcs12.ErrDecryption):
		return wrongPassphrase()
	case errors.As(err, &unknown):
		return badKey("key-locked", "the PKCS#12 is locked in a way that is not read here.",
			"write it anew: openssl pkcs12 -in KEY -legacy -out key.pem, then openssl pkcs12 -export -in key.pem -out NEWKEY, and name the new file")
	case err != nil:
		// Note: the cause is left out, it could quote bytes of the key.
		return badKey("bad-key", "the file is no PKCS#12 with one private key and its certificate, or it is damaged.",
			"export the key again with its certificate, or turn it into PEM: openssl pkcs12 -in KEY -out key.pem")
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return badKey("bad-key", "the private key of the PKCS#12 cannot sign.", anyKey)
	}
	k.add(first)
	for _, c := range others {
		k.add(c)
	}
	return k.hold(signer)
}

// maxNesting bounds nesting in a PKCS#12; those of openssl and Windows are some
// fifteen deep, with what stands in strings.
const maxNesting = 40

// laborious says whether somewhere in DER a salt is followed by a number of
// rounds, or by a length, beyond maxRounds: the library would set out on them.
func laborious(der []byte, depth int) bool {
	if depth > maxNesting {
		return true
	}
	counted := false
	for len(der) > 0 {
		var v asn1.RawValue
		rest, err := asn1.Unmarshal(der, &v)
		if err != nil {
			return false
		}
		der = rest
		universal := v.Class == asn1.ClassUniversal
		switch {
		case universal && v.Tag == asn1.TagInteger:
			if counted && beyond(v.Bytes) {
				return true
			}
			continue // a length may follow the rounds
		case v.IsCompound, universal && v.Tag == asn1.TagOctetString && whole(v.Bytes, new(asn1.RawValue)):
			if laborious(v.Bytes, depth+1) {
				return true
			}
		}
		counted = universal && v.Tag == asn1.TagOctetString
	}
	return false
}

// beyond says whether an integer in DER is more than maxRounds, or negative.
func beyond(b []byte) bool {
	n := 0
	for _, c := range b {
		if n = n<<8 | int(c); n > maxRounds {
			return true
		}
	}
	return len(b) > 0 && b[0] >= 0x80
}
