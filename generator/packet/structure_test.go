package packet

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"proofpack/generator/report"
	"proofpack/generator/report/reporttest"
)

// contents are the drawing instructions of each page of a finished packet.
func contents(t *testing.T, p *Packet) (objects, []string) {
	t.Helper()
	all, err := readObjects(p.PDF)
	if err != nil {
		t.Fatal(err)
	}
	f := &finisher{objects: all, provider: &provider{page: p.Pages - 1}}
	if err := f.findPages(); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, n := range f.pages {
		m, ok := numberAfter(all[n], "/Contents ")
		if !ok {
			t.Fatalf("page object %d has no contents", n)
		}
		_, packed, _ := strings.Cut(all[m], ">>\nstream\n")
		z, err := zlib.NewReader(strings.NewReader(packed))
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(b))
	}
	return all, out
}

var (
	drawnText = regexp.MustCompile(`(?s)\((?:[^()\\]|\\.)*\)`)
	paints    = regexp.MustCompile(`(?:^|\s)(Tj|TJ|f|F|f\*|S|s|B|b|b\*|B\*|Do|sh)(?:\s|$)`)
	markOpens = regexp.MustCompile(`/(\w+) (?:<</MCID (\d+)>> BDC|BMC)`)
)

func TestEverythingDrawnIsTaggedOrAnArtifact(t *testing.T) {
	r := everything()
	r.Draft = true
	p := rendered(t, r)
	all, pages := contents(t, p)
	tree := ""
	for _, o := range all {
		if strings.HasPrefix(o, "<</Type/StructTreeRoot") {
			tree = o
		}
	}
	for n, page := range pages {
		page = drawnText.ReplaceAllString(page, "()")
		open, next := false, 0
		for _, row := range strings.Split(page, "\n") {
			if m := markOpens.FindStringSubmatch(row); m != nil {
				if open {
					t.Fatalf("page %d: a stretch begins inside another: %s", n+1, row)
				}
				open = true
				if m[1] != "Artifact" {
					if m[2] != fmt.Sprint(next) {
						t.Errorf("page %d: stretch %s, not %d", n+1, m[2], next)
					}
					next++
				}
				continue
			}
			if row == "EMC" {
				if !open {
					t.Fatalf("page %d: a stretch ends that did not begin", n+1)
				}
				open = false
				continue
			}
			if !open && paints.MatchString(row) {
				t.Fatalf("page %d: drawn outside of any stretch: %s", n+1, row)
			}
		}
		if open {
			t.Errorf("page %d: a stretch does not end", n+1)
		}
		parents := regexp.MustCompile(fmt.Sprintf(`(?:\[| )%d \[([^\]]*)\]`, n)).FindStringSubmatch(tree)
		if parents == nil {
			t.Fatalf("page %d has no entry in the tree of parents", n+1)
		}
		if got := strings.Count(parents[1], " 0 R"); got != next {
			t.Errorf("page %d: %d stretches, %d parents", n+1, next, got)
		}
	}
}

func TestTheStructureIsReadInOrder(t *testing.T) {
	// A small packet: the program that lists the structure draws a page anew for
	// each element.
	r := reporttest.Sample()
	r.Packet = append(r.Packet[:2:2], plainPage(report.Prose{Name: "n.md", Markdown: "### Heading\n\n- entry\n"}))
	out := tool(t, rendered(t, r), "pdfinfo", "-struct-text", "FILE")
	at := 0
	for _, want := range []string{
		"Document", "Sect", "P (block)", `"Halden Supply Co."`, "H1 (block)", "Sect", "L (block)", "LI (block)", "LBody (block)",
		"H2 (block)", "Figure", "Table (block)", "THead", "TR", "TH", "TBody", "TD", "Figure", "TFoot",
		`"Decision"`, "TBody", `"1. Buy storage for VMH-01`, "H3 (block)", "Lbl",
	} {
		i := strings.Index(out[at:], want)
		if i < 0 {
			t.Fatalf("%s does not follow; after it stands:\n%.1500s", want, out[at:])
		}
		at += i + len(want)
	}
	if strings.Contains(out, "IT operations evidence\"\n        \"Board packet") {
		t.Error("the header is read aloud")
	}
}

func TestEveryFigureIsSaidInWords(t *testing.T) {
	all, _ := contents(t, rendered(t, everything()))
	figures := 0
	for _, o := range all {
		if strings.HasPrefix(o, "<</S/Figure") {
			figures++
			if !strings.Contains(o, "/Alt <FEFF") {
				t.Errorf("a figure without words: %s", o)
			}
		}
	}
	if figures < 60 {
		t.Errorf("%d figures", figures)
	}
}

func TestARepeatedHeadIsReadOnce(t *testing.T) {
	table := report.Table{Columns: []report.Column{{Title: "Head"}, {Title: "Other"}}}
	for n := range 70 {
		table.Rows = append(table.Rows, report.TableRow{Cells: []report.Text{words(fmt.Sprint("row ", n)), words("x")}})
	}
	p := rendered(t, only(plainPage(table)))
	if n := strings.Count(tool(t, p, "pdfinfo", "-struct-text", "FILE"), `"Head"`); n != 1 {
		t.Errorf("the head is read %d times", n)
	}
	for n, text := range textOf(t, p) {
		if !strings.Contains(text, "Head Other") {
			t.Errorf("page %d lacks the head", n+1)
		}
	}
}

func TestTheOutlineListsEveryPage(t *testing.T) {
	r := reporttest.Sample()
	p := rendered(t, r)
	for _, title := range []string{"Cover", "Summary", "Recovery", "Signatures", "Shipping comes back in five waves"} {
		if !bytes.Contains(p.PDF, []byte("/Title "+pdfText(title))) {
			t.Errorf("the outline lacks %q", title)
		}
	}
	counts := regexp.MustCompile(`<</Type/Outlines/First \d+ 0 R/Last \d+ 0 R/Count (\d+)>>`).FindSubmatch(p.PDF)
	if counts == nil || string(counts[1]) != "4" {
		t.Errorf("the outline's root: %s", counts)
	}
	if bytes.Contains(p.PDF, []byte("/Count 0")) || !bytes.Contains(p.PDF, []byte("/Count -2")) {
		t.Error("the entries' own counts are not as they should be")
	}
}

func TestLinksLeadInsideThePacketOnly(t *testing.T) {
	there := plainPage(report.Paragraph{Text: words("there")})
	there.Path = "there"
	here := plainPage(report.Paragraph{Text: report.Text{
		{Text: "to "}, {Text: "the other page", Href: "there#s"}, {Text: ", to "}, {Text: "the site", Href: "ranking.html"}, {Text: ", to "}, {Text: "outside", Href: "https://example.org/"},
	}})
	p := rendered(t, only(here, there))
	all, _ := contents(t, p)
	links := 0
	for _, o := range all {
		if strings.Contains(o, "/Subtype/Link") {
			links++
			if !strings.Contains(o, "/F 4") || !strings.Contains(o, "/Contents "+pdfText("the other page")) {
				t.Errorf("link %s", o)
			}
		}
	}
	if links != 1 {
		t.Errorf("%d links, not 1", links)
	}
	if out := tool(t, p, "pdfinfo", "-struct-text", "FILE"); !strings.Contains(out, "Link") || !strings.Contains(out, `"the other page"`) {
		t.Error(out)
	}
	if all := strings.Join(textOf(t, p), ""); !strings.Contains(all, "to the other page, to the site, to outside") {
		t.Error(all)
	}
}
