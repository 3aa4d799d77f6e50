// Package packet writes the report as the board packet: a PDF that is printed,
// signed and kept. Maroto composes rows, columns and components; this package
// renders them, spreads them over pages without losing a word, tags them for
// readers' machines and makes the file archival.
package packet

import (
	"fmt"

	"proofpack/generator/report"
)

// A Packet is the finished file.
type Packet struct {
	PDF       []byte
	Pages     int          // sheets
	Signature SignatureBox // where the signature block is drawn
}

// A SignatureBox is the place of the signature block, over which the
// signature's own field is laid.
type SignatureBox struct {
	Page int        // the first being 0
	Rect [4]float64 // left, bottom, right, top in points from the lower left corner
}

// An Attachment is a file inside the packet, which readers can take out again
// byte by byte.
type Attachment struct {
	Name  string // file name, in ASCII
	Says  string // what it is, in a few words
	Media string // media type
	Data  []byte
}

// Render writes the packet of a report: the base revision, to which a signature
// is added by an incremental update. Nothing but the report, the fonts, the
// attachments and the version of this package decides its bytes.
func Render(r *report.Report, fonts Fonts, attached ...Attachment) (*Packet, error) {
	types, err := readTypeface(fonts)
	if err != nil {
		return nil, err
	}
	sheet, err := paperOf(r.Paper)
	if err != nil {
		return nil, err
	}
	b := &binder{report: r, types: types, paper: sheet, root: &element{role: "Document"}, attached: attached}
	if err := b.compose(); err != nil {
		return nil, err
	}
	return b.bind()
}

// title is the title of the document.
func title(r *report.Report) string {
	s := fmt.Sprintf("%s: IT operations evidence, board packet, %s", r.Company, r.MonthName)
	if r.Draft {
		s += " (DRAFT, unsigned)"
	}
	return printable(s)
}
