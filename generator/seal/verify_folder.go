package seal

import (
	"crypto/x509"
	"errors"

	"proofpack/generator/sign"
)

// maxHelp bounds verify.txt and other small files of a seal, in bytes.
const maxHelp = 1 << 20

// published checks a published folder, which in a bag stands behind a prefix.
// It returns who signed it; nil when nobody did or the signature is not good.
func (v *inspection) published(t *tree, prefix string) *x509.Certificate {
	text, list := v.list(t, prefix, publishedList)
	if list != nil {
		v.compare(t, prefix, list, publishedList, publishedSign)
	}

	draft, help := v.help(t, prefix, list, publishedHelp)
	var signer *x509.Certificate
	if text != nil {
		signer = v.signedBy(t, prefix, publishedSign, text, draft, help)
	}
	if list.has(packetFile) && t.has(packetFile) && !draft {
		v.packetIn(t, prefix, signer)
	}
	return signer
}

// list reads a list of files; both are nil when there is none.
func (v *inspection) list(t *tree, prefix, name string) (text []byte, list Manifest) {
	if !t.has(name) {
		v.fail(sign.Missing, prefix+name, "the list of files is missing")
		return nil, nil
	}
	text, err := t.read(name, maxManifest)
	if err != nil {
		v.fail(sign.Container, prefix+name, "it cannot be read: %v", err)
		return nil, nil
	}
	if list, err = ParseManifest(text); err != nil {
		v.fail(sign.Container, prefix+name, "%v", err)
	}
	return text, list
}

func (m Manifest) has(path string) bool { return m.sha256(path) != "" }

// sha256 is the digest of a file in the manifest; "" when it is not listed.
func (m Manifest) sha256(path string) string {
	for _, e := range m {
		if e.Path == path {
			return e.SHA256
		}
	}
	return ""
}

// compare holds the files of a tree against a list, both ways. Some files
// stand beside the list. Files behind a prefix were counted with the whole bag.
func (v *inspection) compare(t *tree, prefix string, list Manifest, beside ...string) {
	known := map[string]bool{}
	for _, name := range beside {
		known[name] = true
	}
	for _, e := range list {
		known[e.Path] = true
		unchanged := v.entry(t, prefix, e)
		if prefix == "" {
			v.Files++
			if unchanged {
				v.Unchanged++
			}
		}
	}
	for _, name := range t.names() {
		what, odd := t.odd[name]
		switch {
		case known[name] && odd:
			v.fail(sign.Container, prefix+name, "it %s", what)
		case known[name]:
		case odd:
			v.fail(sign.Extra, prefix+name, "it is not listed, and %s", what)
		case t.tolerant && leftByFileManagers(name):
			if prefix == "" {
				v.Ignored = append(v.Ignored, name)
			}
		default:
			v.fail(sign.Extra, prefix+name, "it is not listed: somebody added it")
		}
	}
}

// entry says whether a listed file is there and unchanged, and notes why not.
func (v *inspection) entry(t *tree, prefix string, e Entry) bool {
	if _, odd := t.odd[e.Path]; odd {
		return false // compare says what it is
	}
	if !t.has(e.Path) {
		v.fail(sign.Missing, prefix+e.Path, "it is listed, but it is not there")
		return false
	}
	found, err := t.sha256(e.Path)
	switch {
	case err != nil && !errors.Is(err, errChecksum):
		v.fail(sign.Container, prefix+e.Path, "it cannot be read: %v", err)
	case found != e.SHA256:
		v.add(&sign.Failure{Reason: sign.Changed, Path: prefix + e.Path, Message: "it is not the file that was signed", Expected: e.SHA256, Found: found})
	case err != nil:
		v.fail(sign.Container, prefix+e.Path, "%v", err)
	default:
		return true
	}
	return false
}

// help reads what verify.txt says about the packet, if it is the file that is
// listed, and whether that is a draft.
func (v *inspection) help(t *tree, prefix string, list Manifest, name string) (draft bool, in *instructions) {
	if !list.has(name) {
		if list != nil {
			v.fail(sign.Missing, prefix+name, "it is not among the files that are listed")
		}
		return false, nil
	}
	if !t.has(name) {
		return false, nil
	}
	text, err := t.read(name, maxHelp)
	if err != nil || digestOf(text) != list.sha256(name) {
		return false, nil // entry has noted it
	}
	head, ok := parseHead(text)
	if !ok {
		v.fail(sign.Container, prefix+name, "it does not say whose packet it is")
		return false, nil
	}
	draft = head.signed == unsigned
	if prefix == "" {
		v.Packet, v.Company, v.Tool, v.AsOf, v.Draft = head.packet, head.company, head.tool, head.asOf, draft
	}
	return draft, &head
}

// signedBy checks the signature over a list, which must be there unless the
// packet says of itself that it is a draft.
func (v *inspection) signedBy(t *tree, prefix, p7s string, text []byte, draft bool, help *instructions) *x509.Certificate {
	switch {
	case draft && t.has(p7s):
		v.fail(sign.Extra, prefix+p7s, "the packet says that it is an unsigned draft")
		return nil
	case draft && v.Trust != nil:
		v.fail(sign.Missing, prefix+p7s, "nobody signed this draft, and a signature by a trusted certificate was asked for")
		return nil
	case draft:
		return nil
	case !t.has(p7s):
		v.fail(sign.Missing, prefix+p7s, "the signature is missing")
		return nil
	}
	der, err := t.read(p7s, maxHelp)
	if err != nil {
		v.fail(sign.Container, prefix+p7s, "it cannot be read: %v", err)
		return nil
	}
	sig, err := sign.VerifyDetached(der, text, v.Trust, v.At)
	v.signature("prepared", prefix+p7s, sig, err)
	if sig.Signer == nil {
		return nil
	}
	if help != nil && help.signed != signedLine(sig.Name(), sig.Fingerprint(), sig.At) {
		v.fail(sign.Container, prefix+p7s, "signed %s; verify.txt says: signed %s", signedLine(sig.Name(), sig.Fingerprint(), sig.At), help.signed)
	}
	return sig.Signer
}

// packetIn checks the signature in the board packet, which must be by the
// signer of the list.
func (v *inspection) packetIn(t *tree, prefix string, signer *x509.Certificate) {
	name := prefix + packetFile
	pdf, err := t.read(packetFile, maxPacket)
	if err != nil {
		v.fail(sign.Container, name, "it cannot be read: %v", err)
		return
	}
	sig, err := sign.VerifyPDF(pdf, v.Trust, v.At)
	v.signature("packet", name, sig, err)
	if err == nil && signer != nil && !sig.Signer.Equal(signer) {
		v.fail(sign.Untrusted, name, "signed by %s, key %s; the list of files is signed by %s, key %s",
			sig.Name(), sig.Fingerprint(), sign.Signature{Signer: signer}.Name(), sign.Fingerprint(signer))
	}
}
