package packet

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"proofpack/generator/assess"
	"proofpack/generator/report"
	"proofpack/generator/report/reporttest"
)

// fontFolder is where make assets puts the fonts of the built-in theme.
const fontFolder = "../../themes/plain/assets/fonts"

var readFonts = sync.OnceValues(func() (Fonts, error) { return ReadFonts(os.DirFS(fontFolder)) })

// testFonts are the fonts of the built-in theme.
func testFonts(t testing.TB) Fonts {
	t.Helper()
	f, err := readFonts()
	switch {
	case errors.Is(err, fs.ErrNotExist) && os.Getenv("CI") != "true":
		t.Skip("run make assets: the fonts of the packet are not there")
	case err != nil:
		t.Fatalf("run make assets: %v", err)
	}
	return f
}

// rendered is the packet of a report.
func rendered(t testing.TB, r *report.Report, attached ...Attachment) *Packet {
	t.Helper()
	p, err := Render(r, testFonts(t), attached...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// tool runs a program that reads a packet and returns what it says.
func tool(t testing.TB, p *Packet, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is needed to check packets: %v", name, err)
		}
		t.Skipf("%s is not installed", name)
	}
	file := filepath.Join(t.TempDir(), "packet.pdf")
	if err := os.WriteFile(file, p.PDF, 0o644); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		if a == "FILE" {
			args[i] = file
		}
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

// textOf is the text of each page, in the order in which it was written.
func textOf(t testing.TB, p *Packet) []string {
	t.Helper()
	all := tool(t, p, "pdftotext", "-raw", "-enc", "UTF-8", "FILE", "-")
	return strings.Split(strings.TrimSuffix(all, "\f"), "\f")
}

// everything is a packet with every kind of block and drawing: the sample's
// pages of the site follow those of its packet.
func everything() *report.Report {
	r := reporttest.Sample()
	r.Packet = append(r.Packet, r.Pages...)
	r.Packet = append(r.Packet, register())
	return r
}

// register is an exceptions register: what to do is written in by hand.
func register() *report.Page {
	t := report.Table{Caption: "Exceptions", Columns: []report.Column{
		{Title: "What"}, {Title: "Why"}, {Title: "Approved by"}, {Title: "Ends", Num: true}, {Title: "State"}, {Title: "Renew / End + initials"},
	}}
	for _, name := range []string{"WMS-01, August update", "EDI-01, legacy protocol", "FILE-01, vendor certification"} {
		t.Rows = append(t.Rows, report.TableRow{Cells: []report.Text{
			words(name), words("The vendor certifies the update in the next quarter."), words("Marco Reyes"), words("28 Feb 2026"),
			{{Kind: report.KindState, State: assess.Failed}},
		}})
	}
	return &report.Page{Path: "exceptions", Kicker: "Exceptions register", Title: words("1 of 3 exceptions has run out"),
		Sections: []report.Section{{ID: "register", Blocks: []report.Block{t}}}}
}

// plainPage is a page of one section.
func plainPage(blocks ...report.Block) *report.Page {
	return &report.Page{Path: "page", Kicker: "Page", Title: words("A page"), Sections: []report.Section{{ID: "s", Title: words("A finding"), Blocks: blocks}}}
}

// only is a report whose packet has just these pages.
func only(pages ...*report.Page) *report.Report {
	r := reporttest.Sample()
	r.Packet = pages
	return r
}
