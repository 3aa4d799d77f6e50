package sign

import (
	"bytes"
	"cmp"
	"crypto/x509"
	"encoding/asn1"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// VerifyPDF checks the one signature of a PDF that this program signed. The
// signed range must be the whole file but the Contents string, that string
// must hold the one form of the signature and zeros, and nothing may follow.
// trust, at and errors are those of VerifyDetached.
//
// Note: pdfsig and other readers call a signature valid when bytes follow the
// signed range; here that is a failure.
func VerifyPDF(pdf []byte, trust *x509.Certificate, at time.Time) (Signature, error) {
	s, err := signatureIn(pdf)
	if err != nil {
		return Signature{}, err
	}
	return s.accept(trust, at)
}

// signatureIn is the one signature of a PDF, which holds over the whole of it.
func signatureIn(pdf []byte) (*statement, error) {
	d, err := open(pdf)
	if err != nil {
		return nil, fail(Container, "the PDF is not one that this program wrote: %v", err)
	}
	signed, err := d.signatures()
	if err != nil {
		return nil, fail(Container, "the PDF is damaged: %v", err)
	}
	if len(signed) == 0 {
		return nil, fail(Missing, "the PDF carries no signature")
	}
	if len(signed) > 1 {
		return nil, fail(Container, "the PDF carries %d signatures; a packet has one", len(signed))
	}
	sig, err := d.certified(signed[0])
	if err != nil {
		return nil, fail(Container, "the signature is not set into the PDF as this program does it: %v", err)
	}
	gap, err := d.gap(sig)
	if err != nil {
		return nil, fail(Container, "%v", err)
	}
	if _, err := d.base(); err != nil {
		return nil, fail(Container, "%v", err)
	}
	der, err := contents(pdf[gap.At:gap.End])
	if err != nil {
		return nil, fail(Invalid, "the signature in the PDF cannot be read: %v", err)
	}
	s, err := verified(der, digestAround(pdf, gap))
	if err != nil {
		return nil, err
	}
	if !s.at.IsZero() {
		return nil, fail(Invalid, "the signature in the PDF says its time twice")
	}
	if s.at, err = time.Parse("(D:20060102150405+00'00')", d.text(sig.values["M"])); err != nil {
		return nil, fail(Invalid, "the signature in the PDF does not say when it was made")
	}
	return s, nil
}

// Base is the PDF as it was before it was signed: the part of a signed PDF
// that a rebuild without the key must equal byte by byte. It does not verify.
func Base(signed []byte) ([]byte, error) {
	d, err := open(signed)
	if err != nil {
		return nil, fail(Container, "the PDF is not one that this program wrote: %v", err)
	}
	b, err := d.base()
	if err != nil {
		return nil, fail(Container, "%v", err)
	}
	return b, nil
}

func (d *document) base() ([]byte, error) {
	if d.revs < 2 || len(d.newest) == 0 {
		return nil, errors.New("the PDF has no signed revision")
	}
	first := slices.Min(slices.Collect(maps.Values(d.newest)))
	base, err := open(d.lexer[:min(first, len(d.lexer))])
	if err != nil {
		return nil, fmt.Errorf("the PDF before its signature is damaged: %w", err)
	}
	if prev, ok := d.numberAt(d.trailer, "Prev"); !ok || prev != base.table {
		return nil, errors.New("the signed revision does not follow the PDF before it")
	}
	return base.lexer, nil
}

// signatures are the objects that have a ByteRange. Every object is looked at,
// so no form field, known or hidden, can bring a second one.
func (d *document) signatures() ([]int, error) {
	var found []int
	for _, n := range sortedKeys(d.offsets) {
		at, err := d.object(n)
		if err != nil {
			return nil, err
		}
		if !bytes.HasPrefix(d.lexer[at:], []byte("<<")) {
			continue
		}
		v, err := d.dict(at, 0)
		if err != nil {
			return nil, fmt.Errorf("object %d: %w", n, err)
		}
		if d.says(v, "Type", "/ObjStm") || d.says(v, "Type", "/XRef") {
			return nil, errors.New("it hides objects in a stream")
		}
		if _, has := v.values["ByteRange"]; has {
			found = append(found, n)
		}
	}
	return found, nil
}

// certified is the signature dictionary of object n, which must be the one
// that the catalog certifies the document with, by its only form field.
func (d *document) certified(n int) (dict, error) {
	root, err := d.root()
	if err != nil {
		return dict{}, err
	}
	catalog, err := d.dictionary(root)
	if err != nil {
		return dict{}, err
	}
	form, err := d.follow(catalog, "AcroForm")
	if err != nil {
		return dict{}, err
	}
	fields, err := d.items(form, "Fields")
	if err != nil {
		return dict{}, err
	}
	if len(fields) != 1 {
		return dict{}, fmt.Errorf("its form has %d fields", len(fields))
	}
	widget, _, ok := d.reference(fields[0].At)
	if !ok {
		return dict{}, errPDF
	}
	field, err := d.dictionary(widget)
	if err != nil {
		return dict{}, err
	}
	if v, ok := d.referenceAt(field, "V"); !ok || v != n || !d.says(field, "FT", "/Sig") {
		return dict{}, errors.New("its form field is not the signature's")
	}
	perms, err := d.follow(catalog, "Perms")
	if err != nil {
		return dict{}, err
	}
	if v, ok := d.referenceAt(perms, "DocMDP"); !ok || v != n {
		return dict{}, errors.New("it is not certified by its signature")
	}
	sig, err := d.dictionary(n)
	if err != nil {
		return dict{}, err
	}
	if !d.says(sig, "Type", "/Sig") || !d.says(sig, "Filter", "/Adobe.PPKLite") || !d.says(sig, "SubFilter", "/ETSI.CAdES.detached") {
		return dict{}, errors.New("its signature is of another kind")
	}
	return sig, d.forbidsChanges(sig)
}

// forbidsChanges wants the signature to certify with DocMDP P=1.
func (d *document) forbidsChanges(sig dict) error {
	refs, err := d.items(sig, "Reference")
	if err != nil {
		return err
	}
	if len(refs) != 1 {
		return errors.New("its signature has not exactly one reference")
	}
	ref, err := d.dict(refs[0].At, 0)
	if err != nil {
		return err
	}
	params, err := d.follow(ref, "TransformParams")
	if err != nil {
		return err
	}
	if !d.says(ref, "TransformMethod", "/DocMDP") || !d.says(params, "P", "1") {
		return errors.New("its signature does not forbid changes")
	}
	return nil
}

// gap is the Contents string, if the ByteRange leaves out that and nothing else.
func (d *document) gap(sig dict) (span, error) {
	numbers, err := d.items(sig, "ByteRange")
	if err != nil || len(numbers) != 4 {
		return span{}, errors.New("the signed range cannot be read")
	}
	var r [4]int
	for i, s := range numbers {
		n, end, ok := d.number(s.At)
		if !ok || end != s.End {
			return span{}, errors.New("the signed range cannot be read")
		}
		r[i] = n
	}
	gap, has := sig.values["Contents"]
	if !has || d.lexer[gap.At] != '<' || bytes.HasPrefix(d.lexer[gap.At:], []byte("<<")) {
		return span{}, errors.New("the signature has no Contents string")
	}
	if r != [4]int{0, gap.At, gap.End, len(d.lexer) - gap.End} {
		return span{}, errors.New("the signed range is not the whole file but the signature")
	}
	return gap, nil
}

// contents is the DER in a Contents string: lower-case hex, then zeros only.
func contents(s []byte) ([]byte, error) {
	digits := s[1 : len(s)-1]
	padded := make([]byte, hex.DecodedLen(len(digits)))
	if _, err := hex.Decode(padded, digits); err != nil || !bytes.Equal(hex.AppendEncode(nil, padded), digits) {
		return nil, errors.New("it is not in lower-case hex digits")
	}
	var outer asn1.RawValue
	rest, err := asn1.Unmarshal(padded, &outer)
	if err != nil {
		return nil, errors.New("it is not DER")
	}
	if len(bytes.Trim(rest, "\x00")) > 0 {
		return nil, errors.New("something follows it")
	}
	return outer.FullBytes, nil
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
