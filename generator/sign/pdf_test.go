package sign

import (
	"bytes"
	"crypto/sha256"
	mathrand "math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func sha(b []byte) [sha256.Size]byte { return sha256.Sum256(b) }

func TestPDFSaysWhoAndWhen(t *testing.T) {
	rsaKey, authority := issued(t)
	ec := ecKey(t, 1, "Dana Ortiz")
	for _, k := range []*Key{ec, rsaKey} {
		b := signedPDF(t, k, 3, 5)
		got, err := VerifyPDF(b, k.Certificate, checked)
		if err != nil {
			t.Fatal(err)
		}
		if got.Name() != "Dana Ortiz" || !got.At.Equal(signedAt) || !got.Pinned || got.Expired {
			t.Errorf("got %s at %v, pinned %v, expired %v", got.Name(), got.At, got.Pinned, got.Expired)
		}
		if got, err := VerifyPDF(b, nil, checked); err != nil || got.Pinned {
			t.Errorf("any signer: %v, pinned %v", err, got.Pinned)
		}
	}
	if _, err := VerifyPDF(signedPDF(t, rsaKey, 1, 1), authority, checked); err != nil {
		t.Errorf("the authority trusted: %v", err)
	}
	if got, err := VerifyPDF(signedPDF(t, ec, 1, 1), authority, checked); reasonOf(t, err) != Untrusted || got.Name() == "" {
		t.Errorf("another authority trusted: %v", err)
	}
}

func TestTheUnsignedPDFIsAPrefixOfTheSigned(t *testing.T) {
	base := blankPDF(3, 5)
	signed := signedPDF(t, ecKey(t, 1, "Dana Ortiz"), 3, 5)
	if !bytes.HasPrefix(signed, base) {
		t.Error("the signed file does not begin with the unsigned one")
	}
	got, err := Base(signed)
	if err != nil || !bytes.Equal(got, base) {
		t.Errorf("Base gives %d bytes, want %d: %v", len(got), len(base), err)
	}
	if _, err := Base(base); reasonOf(t, err) != Container {
		t.Errorf("Base of an unsigned file: %v", err)
	}
}

func TestSamePDFGivesTheSameBytes(t *testing.T) {
	k := ecKey(t, 1, "Dana Ortiz")
	first, second := signedPDF(t, k, 3, 5), signedPDF(t, k, 3, 5)
	if !bytes.Equal(first, second) {
		t.Error("two signings of one file at one second differ")
	}
	later, err := PDF(k, blankPDF(3, 5), signedAt.Add(time.Hour), cover)
	if err != nil {
		t.Fatal(err)
	}
	if len(later) != len(first) {
		t.Errorf("an hour later the file has %d bytes, not %d", len(later), len(first))
	}
}

func TestPDFRefusesWhatItCannotSign(t *testing.T) {
	k := ecKey(t, 1, "Dana Ortiz")
	good := blankPDF(2, 2)
	with := func(old, new string) []byte {
		if !bytes.Contains(good, []byte(old)) {
			t.Fatalf("the blank PDF has no %q", old)
		}
		return bytes.Replace(good, []byte(old), []byte(new), 1)
	}
	field := func(page int) Field { f := cover; f.Page = page; return f }
	for _, c := range []struct {
		fact  string
		pdf   []byte
		field Field
		want  string // part of the error; "" for none
	}{
		{"the first page", good, field(0), ""},
		{"the last page", good, field(1), ""},
		{"a page too many", good, field(2), "2 pages, and page 3"},
		{"a page before the first", good, field(-1), "page 0"},
		{"signed already", signedPDF(t, k, 2, 2), cover, "already"},
		{"encrypted", with("/Info 3 0 R", "/Encrypt 33"), cover, "Encrypt"},
		{"a cross reference stream", with("/Info 3 0 R", "/XRefStm 33"), cover, "XRefStm"},
		{"no catalog", with("/Root 1 0 R", "/Boot 1 0 R"), cover, "Root"},
		{"no size", with("/Size", "/Fize"), cover, "Size"},
		{"junk at the end", append(bytes.Clone(good), '\n'), cover, "does not end"},
		{"cut", good[:len(good)-7], cover, "does not end"},
		{"not a PDF", []byte("hello"), cover, "does not end"},
		{"nothing", nil, cover, "does not end"},
		{"a page tree that bites its tail", with("/Kids [4 0 R ", "/Kids [2 0 R "), cover, "knot"},
	} {
		t.Run(c.fact, func(t *testing.T) {
			_, err := PDF(k, c.pdf, signedAt, c.field)
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestAnUnsignedPDFHasNoSignature(t *testing.T) {
	signed := signedPDF(t, ecKey(t, 1, "Dana Ortiz"), 3, 5)
	base, err := Base(signed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := VerifyPDF(base, nil, checked); reasonOf(t, err) != Missing {
		t.Errorf("the file with its signature cut away: %v", err)
	}
}

func TestEveryChangedByteOfAPDFIsRefused(t *testing.T) {
	rsaKey, _ := issued(t)
	for _, k := range []*Key{ecKey(t, 1, "Dana Ortiz"), rsaKey} {
		b := signedPDF(t, k, 2, 2)
		for i := range b {
			for _, mask := range []byte{0x01, 0x20} {
				b[i] ^= mask
				if _, err := VerifyPDF(b, nil, time.Time{}); reasonOf(t, err) == "" {
					t.Fatalf("byte %d of %d with mask %#x was accepted", i, len(b), mask)
				}
				b[i] ^= mask
			}
		}
		if _, err := VerifyPDF(b, nil, time.Time{}); err != nil {
			t.Fatalf("the test left the file changed: %v", err)
		}
	}
}

func TestRandomChangesOfALargePDFAreRefused(t *testing.T) {
	b := signedPDF(t, ecKey(t, 1, "Dana Ortiz"), 12, 400)
	r := mathrand.New(mathrand.NewPCG(7, 7))
	for range 2000 {
		i, mask := r.IntN(len(b)), byte(1+r.IntN(255))
		b[i] ^= mask
		if _, err := VerifyPDF(b, nil, time.Time{}); reasonOf(t, err) == "" {
			t.Fatalf("byte %d of %d with mask %#x was accepted", i, len(b), mask)
		}
		b[i] ^= mask
	}
}

func TestCutAndLengthenedPDFsAreRefused(t *testing.T) {
	b := signedPDF(t, ecKey(t, 1, "Dana Ortiz"), 2, 2)
	for i := range b {
		if _, err := VerifyPDF(b[:i], nil, time.Time{}); reasonOf(t, err) == "" {
			t.Fatalf("the first %d of %d bytes were accepted", i, len(b))
		}
	}
	tail := b[bytes.LastIndex(b, []byte("xref\n0 1")):]
	for fact, more := range map[string][]byte{
		"a newline": []byte("\n"), "a NUL": {0}, "a comment": []byte("%junk\n"), "a second end": []byte("\n%%EOF\n"),
		"the same tables again": tail, "the whole file again": b,
	} {
		if _, err := VerifyPDF(append(bytes.Clone(b), more...), nil, time.Time{}); reasonOf(t, err) == "" {
			t.Errorf("%s at the end was accepted", fact)
		}
	}
}

// An attacker who can't sign writes a further revision, or hides bytes in the
// gap; pdfsig still calls the signature valid in the first case.
func TestForgeriesAreRefused(t *testing.T) {
	k := ecKey(t, 1, "Dana Ortiz")
	good := signedPDF(t, k, 2, 2)
	d, err := open(good)
	if err != nil {
		t.Fatal(err)
	}
	root, err := d.root()
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := d.dictionary(root)
	if err != nil {
		t.Fatal(err)
	}
	revise := func(set map[string]string) []byte {
		out := bytes.NewBuffer(bytes.Clone(good))
		at := out.Len()
		out.WriteString("1 0 obj\n" + d.with(catalog, set) + "\nendobj\n")
		u := &update{base: d}
		if err := u.finish(out, map[int]int{root: at}); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	if out := revise(map[string]string{"Lang": "(de)"}); !bytes.HasPrefix(out, good) {
		t.Fatal("not a revision")
	} else if _, err := VerifyPDF(out, nil, checked); reasonOf(t, err) != Container {
		t.Errorf("a later revision: %v", err)
	}
	hidden := bytes.Clone(good)
	copy(hidden[bytes.Index(good, []byte("00>>>")):], "41>>>")
	if _, err := VerifyPDF(hidden, nil, checked); reasonOf(t, err) != Invalid {
		t.Errorf("a byte behind the signature, in the gap: %v", err)
	}
	upper := bytes.Clone(good)
	m := regexp.MustCompile(`/Contents <[0-9a-f]+`).FindIndex(upper)
	copy(upper[m[0]:m[1]], bytes.ToUpper(upper[m[0]:m[1]]))
	copy(upper[m[0]:], "/Contents <")
	if _, err := VerifyPDF(upper, nil, checked); reasonOf(t, err) != Invalid {
		t.Errorf("the signature in capitals: %v", err)
	}
	stranger := signedPDF(t, ecKey(t, 2, "Dana Ortiz"), 2, 2)
	if _, err := VerifyPDF(stranger, k.Certificate, checked); reasonOf(t, err) != Untrusted {
		t.Errorf("signed by another key under the same name: %v", err)
	}
}

func TestOtherProgramsAcceptTheSignedPDF(t *testing.T) {
	rsaKey, _ := issued(t)
	for fact, k := range map[string]*Key{"ECDSA": ecKey(t, 1, "Dana Ortiz"), "RSA with a chain": rsaKey} {
		t.Run(fact, func(t *testing.T) {
			dir := t.TempDir()
			signed := signedPDF(t, k, 3, 40)
			writeFile(t, dir, "packet.pdf", signed)
			writeFile(t, dir, "junk.pdf", append(bytes.Clone(signed), "\n%junk\n"...))

			out, err := run(t, dir, "pdfsig", "packet.pdf")
			if err != nil {
				t.Errorf("pdfsig: %v", err)
			}
			for _, want := range []string{"Signature Validation: Signature is Valid.", "Total document signed", "ETSI.CAdES.detached", "Signer Certificate Common Name: Dana Ortiz", "SHA-256"} {
				if !strings.Contains(out, want) {
					t.Errorf("pdfsig does not say %q:\n%s", want, out)
				}
			}
			if out, _ := run(t, dir, "pdfsig", "junk.pdf"); strings.Contains(out, "Total document signed") {
				t.Errorf("pdfsig says that the junk is signed:\n%s", out)
			}
			if out, err := run(t, dir, "qpdf", "--check", "packet.pdf"); err != nil {
				t.Errorf("qpdf: %v\n%s", err, out)
			}

			d, err := open(signed)
			if err != nil {
				t.Fatal(err)
			}
			objects, err := d.signatures()
			if err != nil {
				t.Fatal(err)
			}
			sig, err := d.certified(objects[0])
			if err != nil {
				t.Fatal(err)
			}
			gap, err := d.gap(sig)
			if err != nil {
				t.Fatal(err)
			}
			der, err := contents(signed[gap.At:gap.End])
			if err != nil {
				t.Fatal(err)
			}
			trust := k.Certificate
			if len(k.Chain) > 0 {
				trust = k.Chain[0]
			}
			writeFile(t, dir, "signer.pem", certPEM(trust))
			writeFile(t, dir, "packet.p7s", der)
			writeFile(t, dir, "signed-range", append(bytes.Clone(signed[:gap.At]), signed[gap.End:]...))
			if out, err := run(t, dir, "openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "packet.p7s", "-content", "signed-range",
				"-CAfile", "signer.pem", "-attime", "1793697120", "-out", "/dev/null"); err != nil {
				t.Errorf("openssl: %v\n%s", err, out)
			}
		})
	}
}

func TestTheLexerFindsTheBordersOfValues(t *testing.T) {
	for _, c := range []struct {
		fact, text, want string
	}{
		{"a number", " 12 ", "12"},
		{"a reference", "12 0 R/x", "12 0 R"},
		{"a number before a number", "12 0 Rx", "12"},
		{"a name", "/Type/Page", "/Type"},
		{"a string with parentheses", `(a(b)\)c) d`, `(a(b)\)c)`},
		{"a hex string", "<00ff>>", "<00ff>"},
		{"an array", "[1 0 R [/x] (])] ]", "[1 0 R [/x] (])]"},
		{"a dictionary", "<</a <</b (>>)>>>> >>", "<</a <</b (>>)>>>>"},
		{"a comment first", "% no\n true", "true"},
		{"a key that stands twice", "<</a 1/a 2>>", ""},
		{"a key written in code", "<</#61 1>>", ""},
		{"an open array", "[1", ""},
		{"an open string", "(a", ""},
		{"too deep", strings.Repeat("[", maxDepth+2), ""},
	} {
		t.Run(c.fact, func(t *testing.T) {
			l := lexer(c.text)
			got := ""
			if s, err := l.value(0, 0); err == nil {
				got = l.text(s)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func FuzzVerifyPDF(f *testing.F) {
	f.Add(signedPDF(f, ecKey(f, 1, "Dana Ortiz"), 1, 1))
	f.Add(blankPDF(1, 1))
	trust := ecKey(f, 3, "Nobody").Certificate
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := VerifyPDF(b, trust, checked); reasonOf(t, err) == "" {
			t.Error("a forgery was accepted")
		}
	})
}
