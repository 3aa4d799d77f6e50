package packet

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"proofpack/generator/report/reporttest"
)

func TestSameInputSameBytes(t *testing.T) {
	first := rendered(t, everything()).PDF
	old := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(old)
	time.Sleep(1100 * time.Millisecond) // another second of the clock
	second := rendered(t, everything()).PDF
	runtime.GOMAXPROCS(4)
	third := rendered(t, everything()).PDF
	if !bytes.Equal(first, second) || !bytes.Equal(first, third) {
		t.Error("the same report gave different bytes")
	}
	other := everything()
	other.Packet[0].Kicker += "x"
	if bytes.Equal(first, rendered(t, other).PDF) {
		t.Error("another report gave the same bytes")
	}
}

// idOf is the identifier in the trailer.
var idOf = regexp.MustCompile(`/ID \[<([0-9a-f]{32})><([0-9a-f]{32})>\]`)

func TestTheFileIsOfTheClassicForm(t *testing.T) {
	pdf := rendered(t, everything()).PDF
	if !bytes.HasPrefix(pdf, []byte("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")) || !bytes.HasSuffix(pdf, []byte("\n%%EOF\n")) {
		t.Error("the header or the end is not as it should be")
	}
	trailer := pdf[bytes.LastIndex(pdf, []byte("trailer")):]
	id := idOf.FindSubmatch(trailer)
	if id == nil || !bytes.Equal(id[1], id[2]) {
		t.Errorf("trailer %s", trailer)
	}
	for _, forbidden := range []string{"/ObjStm", "/Type/XRef", "/JS", "/JavaScript", "/Launch", "/URI", "/EmbeddedFile", "/Encrypt", "/AA"} {
		if bytes.Contains(pdf, []byte(forbidden)) {
			t.Errorf("the file holds %s", forbidden)
		}
	}
}

func TestReadersFindNoFault(t *testing.T) {
	for _, paper := range []string{"letter", "a4"} {
		r := everything()
		r.Paper = paper
		p := rendered(t, r)
		if out := tool(t, p, "qpdf", "--check", "FILE"); strings.Contains(out, "WARNING") || !strings.Contains(out, "No syntax or stream encoding errors found") {
			t.Errorf("qpdf: %s", out)
		}
		for n, row := range strings.Split(strings.TrimSpace(tool(t, p, "pdffonts", "FILE")), "\n") {
			if n < 2 {
				continue
			}
			if !strings.Contains(row, "CID TrueType") || !strings.Contains(row, " yes yes yes ") {
				t.Errorf("font not embedded in part with its characters: %s", row)
			}
		}
		if rows := strings.Split(strings.TrimSpace(tool(t, p, "pdfimages", "-list", "FILE")), "\n"); len(rows) > 2 {
			t.Errorf("the packet holds pictures: %v", rows)
		}
		want := map[string]string{"letter": "612 x 792 pts (letter)", "a4": "595.28 x 841.89 pts (A4)"}[paper]
		info := tool(t, p, "pdfinfo", "FILE")
		for _, s := range []string{want, fmt.Sprintf("Pages:           %d\n", p.Pages), "Tagged:          yes", "Halden Supply Co.: IT operations evidence, board packet, May 2026\n", "JavaScript:      no"} {
			if !strings.Contains(info, s) {
				t.Errorf("pdfinfo lacks %q:\n%s", s, info)
			}
		}
	}
}

func TestAllTimesAreTheDataS(t *testing.T) {
	pdf := string(rendered(t, reporttest.Sample()).PDF)
	for _, want := range []string{"/CreationDate (D:20260531235959Z)", "/ModDate (D:20260531235959Z)", "<xmp:CreateDate>2026-05-31T23:59:59Z<", "<xmp:ModifyDate>2026-05-31T23:59:59Z<", "<pdfaid:part>3<", "<pdfaid:conformance>B<"} {
		if !strings.Contains(pdf, want) {
			t.Errorf("the file lacks %s", want)
		}
	}
	start := strings.Index(pdf, "<x:xmpmeta")
	end := strings.Index(pdf, "</x:xmpmeta>")
	if err := xml.Unmarshal([]byte(pdf[start:end+len("</x:xmpmeta>")]), new(struct{})); err != nil {
		t.Errorf("metadata: %v", err)
	}
}

func TestMetadataEscapes(t *testing.T) {
	r := reporttest.Sample()
	r.Company = `A & B <Ltd> (x) \ "q"` + "\u202e\U0001F600"
	p := rendered(t, r)
	if info := tool(t, p, "pdfinfo", "FILE"); !strings.Contains(info, `A & B <Ltd> (x) \ "q"[U+202E]`) {
		t.Error(info)
	}
}

func TestDraftStandsOnEveryPage(t *testing.T) {
	for _, draft := range []bool{true, false} {
		r := everything()
		r.Draft = draft
		pages := textOf(t, rendered(t, r))
		for n, text := range pages {
			if got := strings.Contains(text, "DRAFT, UNSIGNED"); got != draft {
				t.Errorf("page %d of a packet with draft %v: DRAFT stands there: %v", n+1, draft, got)
			}
			for _, want := range []string{"Halden Supply Co. IT operations evidence", "Board packet, May 2026", "Data to 31 May 2026 · Build 7f3a 91c4 0be2 5d18", fmt.Sprintf("%d of %d", n+1, len(pages))} {
				if !strings.Contains(text, want) {
					t.Errorf("page %d lacks %q", n+1, want)
				}
			}
		}
		if signed := strings.Contains(pages[0], "Signed by Dana Ortiz"); signed == draft {
			t.Errorf("draft %v: the block says signed: %v", draft, signed)
		}
	}
}

func TestTheSummaryIsOneSheet(t *testing.T) {
	for _, paper := range []string{"letter", "a4"} {
		r := reporttest.Sample()
		r.Paper = paper
		pages := textOf(t, rendered(t, r))
		if !strings.Contains(pages[1], "Leadership’s answer") || !strings.Contains(pages[1], "Chair, risk committee, date") || strings.Count(pages[1], "Approve") != 5 {
			t.Errorf("page 2 on %s:\n%s", paper, pages[1])
		}
	}
}

func TestTheSignatureBoxIsOnTheCover(t *testing.T) {
	p := rendered(t, reporttest.Sample())
	b := p.Signature
	if b.Page != 0 || b.Rect[0] < marginSide-1 || b.Rect[1] < marginBottom || b.Rect[2]-b.Rect[0] < 200 || b.Rect[3]-b.Rect[1] < 60 || b.Rect[3] > 792 {
		t.Errorf("box %+v", b)
	}
	// What is said in the block stands inside it.
	out := tool(t, p, "pdftotext", "-f", "1", "-l", "1", "-x", fmt.Sprint(int(b.Rect[0])), "-y", fmt.Sprint(int(792-b.Rect[3])),
		"-W", fmt.Sprint(int(b.Rect[2]-b.Rect[0])), "-H", fmt.Sprint(int(b.Rect[3]-b.Rect[1])), "FILE", "-")
	if !strings.Contains(out, "Signed by Dana Ortiz") || !strings.Contains(out, "7f3a 91c4 0be2 5d18") || !strings.Contains(out, "read aloud to you.") {
		t.Errorf("inside the block: %q", out)
	}
}

func BenchmarkTwentyPages(b *testing.B) {
	f := testFonts(b)
	r := everything()
	r.Packet = r.Packet[:20]
	for b.Loop() {
		if _, err := Render(r, f); err != nil {
			b.Fatal(err)
		}
	}
}
