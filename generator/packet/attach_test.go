package packet

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"proofpack/generator/report/reporttest"
)

// attachments have bytes that a careless writer would change.
var attachments = []Attachment{
	{Name: "report.json", Says: "The figures (all of them)", Media: "application/json", Data: []byte("{\"text\": \"café \\u2028 endstream endobj\"}\r\n\x00\xff\n")},
	{Name: "a.txt", Says: "A text", Media: "text/plain", Data: nil},
}

func TestAnAttachmentComesOutAsItWentIn(t *testing.T) {
	p := rendered(t, reporttest.Sample(), attachments...)
	if list := tool(t, p, "qpdf", "--list-attachments", "FILE"); !strings.Contains(list, "a.txt") || strings.Index(list, "a.txt") > strings.Index(list, "report.json") {
		t.Errorf("qpdf lists\n%s", list)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "packet.pdf")
	if err := os.WriteFile(file, p.PDF, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("pdfdetach", "-saveall", "-o", dir, file).CombinedOutput(); err != nil {
		t.Fatalf("pdfdetach: %v\n%s", err, out)
	}
	for _, a := range attachments {
		if got := tool(t, p, "qpdf", "--show-attachment="+a.Name, "FILE"); got != string(a.Data) {
			t.Errorf("qpdf takes %q out of it, not %q", got, a.Data)
		}
		if got, err := os.ReadFile(filepath.Join(dir, a.Name)); err != nil || !bytes.Equal(got, a.Data) {
			t.Errorf("pdfdetach takes %q out of it, not %q: %v", got, a.Data, err)
		}
	}
	if out := tool(t, p, "qpdf", "--check", "FILE"); strings.Contains(out, "WARNING") {
		t.Error(out)
	}
}

// TestAnAttachmentIsAssociatedWithTheDocument holds what PDF/A-3 asks of one
// (ISO 19005-3, 6.8): its relationship, both names, its type and its date.
func TestAnAttachmentIsAssociatedWithTheDocument(t *testing.T) {
	p := rendered(t, reporttest.Sample(), attachments[0])
	all, _ := contents(t, p)
	spec, stream, catalog := "", "", ""
	number := 0
	for n, o := range all {
		switch {
		case strings.HasPrefix(o, "<</Type/Filespec"):
			spec, number = o, n
		case strings.HasPrefix(o, "<</Type/EmbeddedFile"):
			stream, _, _ = strings.Cut(o, "stream\n")
		case strings.HasPrefix(o, "<</Type/Catalog"):
			catalog = o
		}
	}
	for _, want := range []string{"/AF[" + reference(number) + "]", "/Names<</EmbeddedFiles<</Names[(report.json) " + reference(number) + "]>>>>"} {
		if !strings.Contains(catalog, want) {
			t.Errorf("the catalogue lacks %s: %s", want, catalog)
		}
	}
	for _, want := range []string{"/AFRelationship/Data", "/F (report.json)", "/UF " + pdfText("report.json"), "/Desc "} {
		if !strings.Contains(spec, want) {
			t.Errorf("the file's entry lacks %s: %s", want, spec)
		}
	}
	for _, want := range []string{"/Subtype/application#2Fjson", "/ModDate (D:20260531235959Z)"} {
		if !strings.Contains(stream, want) {
			t.Errorf("the file lacks %s: %s", want, stream)
		}
	}
	if plain := rendered(t, reporttest.Sample()); bytes.Contains(plain.PDF, []byte("/AF")) {
		t.Error("a packet without attachments names some")
	}
}
