package sign

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509/pkix"
	"encoding/asn1"
	"hash"
)

// maxRounds bounds the rounds of deriving a key from a passphrase: OWASP asks
// for 600,000 with SHA-256, and two million take a second.
const maxRounds = 2_000_000

// Object identifiers of RFC 8018 (PBES2) and of AES in CBC mode.
var (
	oidPBES2      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 13}
	oidPBKDF2     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 12}
	oidHMACSHA1   = asn1.ObjectIdentifier{1, 2, 840, 113549, 2, 7}
	oidHMACSHA256 = asn1.ObjectIdentifier{1, 2, 840, 113549, 2, 9}
	oidHMACSHA512 = asn1.ObjectIdentifier{1, 2, 840, 113549, 2, 11}
	oidAES128CBC  = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 1, 2}
	oidAES192CBC  = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 1, 22}
	oidAES256CBC  = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 1, 42}
)

// A lock is how a PKCS#8 key is encrypted.
type lock struct {
	hash   func() hash.Hash
	salt   []byte
	rounds int
	size   int // of the AES key, in bytes
	vector []byte
}

// unlock is the PKCS#8 inside an EncryptedPrivateKeyInfo (RFC 5958) of the kind
// that openssl writes: PBES2 with PBKDF2 and AES in CBC mode.
func (k *keyring) unlock(der []byte) ([]byte, error) {
	var outer struct {
		Algorithm pkix.AlgorithmIdentifier
		Locked    []byte
	}
	if rest, err := asn1.Unmarshal(der, &outer); err != nil || len(rest) > 0 {
		return nil, badKey("bad-key", "the locked private key is damaged.", anyKey)
	}
	l, ok := lockOf(outer.Algorithm)
	if !ok {
		return nil, oldLock("the private key is locked with a cipher that is not read here; AES with PBKDF2 is.")
	}
	if l.rounds > maxRounds {
		return nil, badKey("bad-key", "the lock of the private key asks for more work than any program writes.", anyKey)
	}
	if len(outer.Locked) == 0 || len(outer.Locked)%aes.BlockSize != 0 {
		return nil, badKey("bad-key", "the locked private key is damaged.", anyKey)
	}
	word, err := k.passphrase()
	if err != nil {
		return nil, err
	}
	key, err := pbkdf2.Key(l.hash, string(word), l.salt, l.rounds, l.size)
	if err != nil {
		return nil, badKey("bad-key", "the lock of the private key is of no known form.", anyKey)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, badKey("bad-key", "the lock of the private key is of no known form.", anyKey)
	}
	text := make([]byte, len(outer.Locked))
	cipher.NewCBCDecrypter(block, l.vector).CryptBlocks(text, outer.Locked)
	n := int(text[len(text)-1])
	if n == 0 || n > aes.BlockSize || !bytes.Equal(text[len(text)-n:], bytes.Repeat([]byte{byte(n)}, n)) {
		return nil, wrongPassphrase()
	}
	text = text[:len(text)-n]
	// One wrong passphrase in 256 leaves padding that looks right, and no key.
	var inside asn1.RawValue
	if rest, err := asn1.Unmarshal(text, &inside); err != nil || len(rest) > 0 || inside.Tag != asn1.TagSequence {
		return nil, wrongPassphrase()
	}
	return text, nil
}

// lockOf reads the parameters of PBES2.
func lockOf(a pkix.AlgorithmIdentifier) (l lock, ok bool) {
	var scheme struct{ Derive, Cipher pkix.AlgorithmIdentifier }
	if !a.Algorithm.Equal(oidPBES2) || !whole(a.Parameters.FullBytes, &scheme) || !scheme.Derive.Algorithm.Equal(oidPBKDF2) {
		return l, false
	}
	var derive struct {
		Salt   []byte
		Rounds int
		Length int                      `asn1:"optional"`
		Hash   pkix.AlgorithmIdentifier `asn1:"optional"`
	}
	if !whole(scheme.Derive.Parameters.FullBytes, &derive) || derive.Rounds < 1 ||
		!whole(scheme.Cipher.Parameters.FullBytes, &l.vector) || len(l.vector) != aes.BlockSize {
		return l, false
	}
	l.salt, l.rounds = derive.Salt, derive.Rounds
	switch h := derive.Hash.Algorithm; {
	case len(h) == 0, h.Equal(oidHMACSHA1): // openssl before 1.1; HMAC does not suffer from what broke SHA-1
		l.hash = sha1.New
	case h.Equal(oidHMACSHA256):
		l.hash = sha256.New
	case h.Equal(oidHMACSHA512):
		l.hash = sha512.New
	default:
		return l, false
	}
	switch c := scheme.Cipher.Algorithm; {
	case c.Equal(oidAES128CBC):
		l.size = 16
	case c.Equal(oidAES192CBC):
		l.size = 24
	case c.Equal(oidAES256CBC):
		l.size = 32
	default:
		return l, false
	}
	return l, derive.Length == 0 || derive.Length == l.size
}

// whole reads DER to its end.
func whole(der []byte, to any) bool {
	rest, err := asn1.Unmarshal(der, to)
	return err == nil && len(rest) == 0
}

// passphrase asks for the passphrase of the key.
func (k *keyring) passphrase() ([]byte, error) {
	if k.ask == nil {
		return nil, badKey("key-locked", "the private key is locked with a passphrase, and none was given.",
			"name a file that holds it and that you alone can read: --passphrase-file FILE; on a terminal you are asked for it")
	}
	return k.ask()
}

func wrongPassphrase() error {
	return badKey("wrong-passphrase", "the passphrase does not open the private key.",
		"try the passphrase by itself: openssl pkey -in KEY -noout, or openssl pkcs12 -in KEY -noout for PKCS#12; the passphrase file holds it on its first line, and nothing else")
}

func oldLock(message string) error {
	return badKey("key-locked", message, "lock it anew and name the new file: openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY -out NEWKEY; put its certificate behind it")
}
