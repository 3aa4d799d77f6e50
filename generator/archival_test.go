package generator_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator"
	"proofpack/generator/packet/packettest"
)

// TestASignedPacketIsArchival holds that the signature and report.json, which
// are added last, leave the packet as archival as it was: what Apache Preflight
// finds is the file inside it, which part 3 of the standard allows.
func TestASignedPacketIsArchival(t *testing.T) {
	o := options(client(t, "A-storage", nil), t.TempDir())
	o.Draft, o.Key = false, testKey(t)
	b, err := generator.Build(o)
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := os.ReadFile(filepath.Join(o.Out, b.Folder, "packet.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"1.2.9": "Body Syntax error, EmbeddedFile entry is present in a FileSpecification dictionary",
		"1.4.7": "Trailer Syntax error, EmbeddedFile entry is present in the Names dictionary",
	}
	if diff := cmp.Diff(want, packettest.Faults(t, pdf)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}
