package sign

import (
	"bytes"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// A Field is the place of the signature in a PDF and what it says there.
type Field struct {
	Page   int        // page that carries it, the first being 0
	Rect   [4]float64 // left, bottom, right, top in points from the lower left corner: over the block that the packet draws
	Name   string     // signer's name; "" for the name in the certificate
	Reason string     // why it was signed; may be empty
}

// reserveStep rounds up the room kept for the signature, in bytes, so that
// the length of the file does not depend on the signature's.
const reserveStep = 1 << 10

// PDF signs and certifies a PDF that this program wrote (PAdES B-B, DocMDP
// P=1: no later change is allowed) by an incremental update: the file that is
// given stays a byte prefix of the file that is returned.
func PDF(k *Key, pdf []byte, at time.Time, field Field) ([]byte, error) {
	at = at.UTC().Truncate(time.Second)
	if err := k.Ready(at); err != nil {
		return nil, err
	}
	if field.Name == "" {
		field.Name = k.Name()
	}
	u, err := prepare(pdf, field)
	if err != nil {
		return nil, fmt.Errorf("sign: the PDF cannot be signed: %w", err)
	}
	room, err := k.room()
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	b, gap, err := u.write(field, at, room)
	if err != nil {
		return nil, fmt.Errorf("sign: the PDF cannot be signed: %w", err)
	}
	der, err := k.sign(statement{digest: digestAround(b, gap)})
	if err != nil {
		return nil, err
	}
	if len(der) > room {
		return nil, fmt.Errorf("sign: the signature has %d bytes, %d were kept free", len(der), room)
	}
	hex.Encode(b[gap.At+1:], der)
	return b, nil
}

// digestAround is the SHA-256 of everything but the gap.
func digestAround(b []byte, gap span) (sum [sha256.Size]byte) {
	h := sha256.New()
	h.Write(b[:gap.At])
	h.Write(b[gap.End:])
	copy(sum[:], h.Sum(nil))
	return sum
}

// room is the number of bytes to keep for a signature by this key.
func (k *Key) room() (int, error) {
	longest := 72 // ECDSA P-256: two integers of up to 33 bytes, in a sequence
	if pub, ok := k.Certificate.PublicKey.(*rsa.PublicKey); ok {
		longest = pub.Size()
	}
	s := statement{cert: k.Certificate, chain: k.Chain, signature: make([]byte, longest)}
	der, err := s.encode()
	if err != nil {
		return 0, err
	}
	return (len(der) + reserveStep - 1) / reserveStep * reserveStep, nil
}

// An update is an incremental update of a document under way.
type update struct {
	base    *document
	root    int
	catalog dict
	page    int
	sheet   dict // of the page
}

func prepare(pdf []byte, field Field) (*update, error) {
	d, err := open(pdf)
	if err != nil {
		return nil, err
	}
	u := &update{base: d}
	if u.root, err = d.root(); err != nil {
		return nil, err
	}
	if u.catalog, err = d.dictionary(u.root); err != nil {
		return nil, err
	}
	for _, k := range []string{"AcroForm", "Perms"} {
		if _, has := u.catalog.values[k]; has {
			return nil, errors.New("it has a form or a signature already")
		}
	}
	signed, err := d.signatures()
	if err != nil {
		return nil, err
	}
	if len(signed) > 0 {
		return nil, errors.New("it has a form or a signature already")
	}
	if u.page, err = d.page(field.Page); err != nil {
		return nil, err
	}
	u.sheet, err = d.dictionary(u.page)
	return u, err
}

// write appends the signature with room for its bytes, and returns the whole
// file and the gap: the Contents string, which alone is not signed.
func (u *update) write(field Field, at time.Time, room int) ([]byte, span, error) {
	d := u.base
	sig, widget, face := d.size, d.size+1, d.size+2
	out := bytes.NewBuffer(bytes.Clone(d.lexer))
	offsets := map[int]int{}
	object := func(n int, body string) {
		offsets[n] = out.Len()
		fmt.Fprintf(out, "%d 0 obj\n%s\nendobj\n", n, body)
	}

	annots, err := u.annotations(widget)
	if err != nil {
		return nil, span{}, err
	}
	object(u.root, d.with(u.catalog, map[string]string{
		"AcroForm": fmt.Sprintf("<</Fields [%d 0 R]/SigFlags 3>>", widget),
		"Perms":    fmt.Sprintf("<</DocMDP %d 0 R>>", sig),
	}))
	object(u.page, d.with(u.sheet, map[string]string{"Annots": annots}))

	const blank = "[0 0000000000 0000000000 0000000000]"
	head := "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached" +
		"/Name " + textString(field.Name) + "/Reason " + textString(field.Reason) + "/M " + date(at) +
		"/Reference [<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/P 1/V/1.2>>>>]/ByteRange "
	const between = "/Contents "
	object(sig, head+blank+between+"<"+strings.Repeat("0", 2*room)+">>>")
	byteRange := offsets[sig] + len(fmt.Sprintf("%d 0 obj\n", sig)) + len(head)
	gap := span{At: byteRange + len(blank) + len(between)}
	gap.End = gap.At + 2*room + len("<>")

	r := field.Rect
	object(widget, fmt.Sprintf("<</Type/Annot/Subtype/Widget/FT/Sig/T (Signature)/TU %s/F 132/Rect [%.2f %.2f %.2f %.2f]/P %d 0 R/V %d 0 R/AP<</N %d 0 R>>>>",
		textString("Signature of "+field.Name), r[0], r[1], r[2], r[3], u.page, sig, face))
	// The face draws nothing: the packet has drawn the block beneath it, in its own fonts.
	object(face, fmt.Sprintf("<</Type/XObject/Subtype/Form/BBox [0 0 %.2f %.2f]/Resources<<>>/Length 0>>\nstream\n\nendstream", r[2]-r[0], r[3]-r[1]))

	if err := u.finish(out, offsets); err != nil {
		return nil, span{}, err
	}
	b := out.Bytes()
	says := fmt.Sprintf("[0 %d %d %d]", gap.At, gap.End, len(b)-gap.End)
	copy(b[byteRange:], says+strings.Repeat(" ", len(blank)-len(says)))
	return b, gap, nil
}

// annotations are those of the page and the widget.
func (u *update) annotations(widget int) (string, error) {
	own := fmt.Sprintf("%d 0 R", widget)
	if _, has := u.sheet.values["Annots"]; !has {
		return "[" + own + "]", nil
	}
	items, err := u.base.items(u.sheet, "Annots")
	if err != nil {
		return "", err
	}
	all := make([]string, 0, len(items)+1)
	for _, s := range items {
		all = append(all, u.base.text(s))
	}
	return "[" + strings.Join(append(all, own), " ") + "]", nil
}

// with writes a dictionary again with some keys set.
func (d *document) with(old dict, set map[string]string) string {
	var b strings.Builder
	b.WriteString("<<")
	for _, k := range old.keys {
		if _, replaced := set[k]; !replaced {
			b.WriteString("/" + k + " " + d.text(old.values[k]))
		}
	}
	for _, k := range sortedKeys(set) {
		b.WriteString("/" + k + " " + set[k])
	}
	return b.String() + ">>"
}

// finish appends the cross reference table and the trailer.
func (u *update) finish(out *bytes.Buffer, offsets map[int]int) error {
	d := u.base
	table := out.Len()
	out.WriteString("xref\n0 1\n0000000000 65535 f \n")
	for _, n := range sortedKeys(offsets) {
		fmt.Fprintf(out, "%d 1\n%010d 00000 n \n", n, offsets[n])
	}
	first, err := d.firstID()
	if err != nil {
		return err
	}
	second := sha256.Sum256(out.Bytes())
	keep := map[string]string{
		"Size": strconv.Itoa(d.size + 3),
		"Prev": strconv.Itoa(d.table),
		"ID":   fmt.Sprintf("[%s <%x>]", first, second[:16]),
	}
	fmt.Fprintf(out, "trailer\n%s\nstartxref\n%d\n%%%%EOF\n", d.with(d.trailer, keep), table)
	return nil
}

// firstID is the part of the file identifier that stays the same for ever.
func (d *document) firstID() (string, error) {
	if _, has := d.trailer.values["ID"]; !has {
		sum := sha256.Sum256(d.lexer)
		return fmt.Sprintf("<%x>", sum[:16]), nil
	}
	ids, err := d.items(d.trailer, "ID")
	if err != nil || len(ids) != 2 {
		return "", errors.New("its trailer has a damaged ID")
	}
	return d.text(ids[0]), nil
}

// textString is text in UTF-16, in hex digits: every character, no escapes.
func textString(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, c := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", c)
	}
	return b.String() + ">"
}

// date is a time as a PDF string, in UTC.
func date(t time.Time) string { return t.UTC().Format("(D:20060102150405+00'00')") }
