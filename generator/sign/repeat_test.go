package sign

import (
	"bytes"
	"testing"
)

func TestRepeatGivesTheSameBytesForTheSameContentOnly(t *testing.T) {
	rsaKey, _ := issued(t)
	for fact, k := range map[string]*Key{"ECDSA": ecKey(t, 1, "Dana Ortiz"), "RSA with a chain": rsaKey} {
		t.Run(fact, func(t *testing.T) {
			der, pdf := detached(t, k), signedPDF(t, k, 2, 2)
			again, at, err := Repeat(der, pdf)
			if err != nil {
				t.Fatal(err)
			}
			if !at.Equal(signedAt) || again.Name() != "Dana Ortiz" || len(again.Chain) != len(k.Chain) {
				t.Errorf("%v by %s with %d issuers", at, again.Name(), len(again.Chain))
			}
			if got := detached(t, again); !bytes.Equal(got, der) {
				t.Error("the detached signature has other bytes")
			}
			if got := signedPDF(t, again, 2, 2); !bytes.Equal(got, pdf) {
				t.Error("the signed PDF has other bytes")
			}
			// Of other content there is no signature, and nobody takes it for one.
			other, err := Detached(again, append(bytes.Clone(content), 'x'), signedAt)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := VerifyDetached(other, append(bytes.Clone(content), 'x'), nil, checked); reasonOf(t, err) != Invalid {
				t.Errorf("a blank signature: %v", err)
			}
			if got := signedPDF(t, again, 3, 2); bytes.Equal(got, pdf) {
				t.Error("another PDF has the same bytes")
			} else if _, err := VerifyPDF(got, nil, checked); reasonOf(t, err) != Invalid {
				t.Errorf("a blank signature in a PDF: %v", err)
			}
		})
	}
	if _, _, err := Repeat(); err == nil {
		t.Error("a key of no signature")
	}
	if _, _, err := Repeat(detached(t, ecKey(t, 1, "A")), detached(t, ecKey(t, 2, "A"))); err == nil {
		t.Error("a key of two certificates")
	}
	if _, _, err := Repeat([]byte("no signature")); err == nil {
		t.Error("a key of something else")
	}
}
