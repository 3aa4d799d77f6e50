package packet

import (
	"encoding/xml"
	"strings"
	"testing"
)

// within checks that every word lies between the margins of its page: none is
// cut off at an edge.
func within(t *testing.T, p *Packet) {
	t.Helper()
	var doc struct {
		Pages []struct {
			Width  float64 `xml:"width,attr"`
			Height float64 `xml:"height,attr"`
			Words  []struct {
				XMin float64 `xml:"xMin,attr"`
				XMax float64 `xml:"xMax,attr"`
				YMin float64 `xml:"yMin,attr"`
				YMax float64 `xml:"yMax,attr"`
				Text string  `xml:",chardata"`
			} `xml:"word"`
		} `xml:"body>doc>page"`
	}
	out := tool(t, p, "pdftotext", "-bbox", "-enc", "UTF-8", "FILE", "-")
	d := xml.NewDecoder(strings.NewReader(out))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	if err := d.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Pages) != p.Pages {
		t.Fatalf("%d pages of %d", len(doc.Pages), p.Pages)
	}
	for n, page := range doc.Pages {
		for _, w := range page.Words {
			if w.XMin < marginSide-1 || w.XMax > page.Width-marginSide+1.5 || w.YMin < marginTop-6 || w.YMax > page.Height-marginBottom+10 {
				t.Errorf("page %d: %q lies at %.1f to %.1f, %.1f to %.1f", n+1, w.Text, w.XMin, w.XMax, w.YMin, w.YMax)
			}
		}
	}
}

func TestNoWordIsCutOffAtAnEdge(t *testing.T) {
	for _, paper := range []string{"letter", "a4"} {
		r := everything()
		r.Paper = paper
		within(t, rendered(t, r))
	}
}
