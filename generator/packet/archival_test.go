package packet

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/packet/packettest"
	"proofpack/generator/report/reporttest"
)

func TestPreflightFindsNoFault(t *testing.T) {
	draft := everything()
	draft.Draft, draft.Paper = true, "a4"
	for fact, p := range map[string]*Packet{"every kind of block": rendered(t, everything()), "a draft on A4": rendered(t, draft)} {
		if diff := cmp.Diff(map[string]string{}, packettest.Faults(t, p.PDF)); diff != "" {
			t.Errorf("%s: faults (-want +got):\n%s", fact, diff)
		}
	}
}

// TestOnlyTheAttachmentNeedsPartThree holds that what PDF/A-1 forbids and PDF/A-3
// allows, files inside the file, is the only thing that keeps the packet from
// being PDF/A-1b.
func TestOnlyTheAttachmentNeedsPartThree(t *testing.T) {
	want := map[string]string{
		"1.2.9": "Body Syntax error, EmbeddedFile entry is present in a FileSpecification dictionary",
		"1.4.7": "Trailer Syntax error, EmbeddedFile entry is present in the Names dictionary",
	}
	got := packettest.Faults(t, rendered(t, reporttest.Sample(), attachments[0]).PDF)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}
