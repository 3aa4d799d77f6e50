package packet

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"proofpack/generator/report"
)

// language is the language that the report's sentences are written in.
const language = "en-US"

// A finisher makes the file archival: structure, outline, links, metadata and
// the marks of PDF/A-3b.
type finisher struct {
	*provider
	report  *report.Report
	root    *element
	objects objects

	attached []Attachment
	pages    []int // object numbers of the pages
}

// finish rewrites what the PDF library wrote. The result is in the classic
// form, without object streams, so that a signature can be appended.
func (f *finisher) finish(raw []byte) ([]byte, error) {
	var err error
	if f.objects, err = readObjects(raw); err != nil {
		return nil, err
	}
	if err := f.findPages(); err != nil {
		return nil, err
	}
	if err := f.finishFonts(); err != nil {
		return nil, err
	}
	annotations, parents := f.annotate()
	tree := f.structure(annotations, parents)
	outline := f.outline()
	f.finishPages(annotations)

	files := f.attach()
	meta := f.stream("/Type/Metadata/Subtype/XML", f.xmp(), false)
	profile := f.stream("/N 3", srgb(), true)
	// The library's own catalog and description are its last two objects.
	info, catalog, err := f.ends()
	if err != nil {
		return nil, err
	}
	f.objects[info] = f.description()
	f.objects[catalog] = "<</Type/Catalog/Version/1.7/Pages 1 0 R/Lang " + pdfPlain(language) +
		"/Metadata " + reference(meta) +
		"/MarkInfo<</Marked true>>/StructTreeRoot " + reference(tree) +
		"/ViewerPreferences<</DisplayDocTitle true>>" + outline + files +
		"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)/DestOutputProfile " + reference(profile) + ">>]>>"
	return f.write(catalog, info), nil
}

// findPages lists the pages in order.
func (f *finisher) findPages() error {
	if len(f.objects) < 2 {
		return errRaw
	}
	_, kids, ok := strings.Cut(f.objects[1], "/Kids [")
	if !ok {
		return errRaw
	}
	kids, _, _ = strings.Cut(kids, "]")
	for _, k := range strings.Split(strings.TrimSpace(kids), " 0 R") {
		if k = strings.TrimSpace(k); k == "" {
			continue
		}
		n, ok := numberAfter(k, "")
		if !ok || n >= len(f.objects) || !strings.HasPrefix(f.objects[n], "<</Type /Page\n") {
			return errRaw
		}
		f.pages = append(f.pages, n)
	}
	if len(f.pages) != f.page+1 {
		return errRaw
	}
	return nil
}

// ends are the numbers of the library's description and catalog.
func (f *finisher) ends() (info, catalog int, err error) {
	for n, s := range f.objects {
		switch {
		case strings.Contains(s, "/Type /Catalog"):
			catalog = n
		case strings.HasPrefix(s, "<<\n/Producer"):
			info = n
		}
	}
	if info == 0 || catalog == 0 {
		return 0, 0, errRaw
	}
	return info, catalog, nil
}

// finishPages adds to the pages what the library left out.
func (f *finisher) finishPages(annotations [][]int) {
	for n, number := range f.pages {
		more := fmt.Sprintf("/StructParents %d/Tabs/S", n)
		if len(annotations[n]) > 0 {
			more += "/Annots ["
			for k, a := range annotations[n] {
				if k > 0 {
					more += " "
				}
				more += reference(a)
			}
			more += "]"
		}
		f.objects[number] = with(f.objects[number], more)
	}
}

// stream adds a stream.
func (f *finisher) stream(entries string, b []byte, packed bool) int {
	if packed {
		var z bytes.Buffer
		w := zlib.NewWriter(&z)
		_, _ = w.Write(b) // writing to memory does not fail
		_ = w.Close()
		b, entries = z.Bytes(), entries+"/Filter/FlateDecode"
	}
	return f.objects.add(fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", entries, len(b), b))
}

// maker names the program.
func (f *finisher) maker() string {
	return printable(strings.TrimSpace(f.report.Tool.Name + " " + f.report.Tool.Version))
}

// subject is the finding of the month in one line.
func (f *finisher) subject() string { return printable(f.report.Headline.Plain()) }

// moment is the only time in the file: the last instant of the data.
func (f *finisher) moment() time.Time { return f.report.AsOf.UTC() }

// description is the document's information, the same as in the metadata.
func (f *finisher) description() string {
	at := f.moment().Format("(D:20060102150405Z)")
	return "<</Title " + pdfText(title(f.report)) + "/Author " + pdfText(printable(f.report.Company)) + "/Subject " + pdfText(f.subject()) +
		"/Creator " + pdfText(f.maker()) + "/Producer " + pdfText(f.maker()) + "/CreationDate " + at + "/ModDate " + at + ">>"
}

// write puts the objects into a file. Its identifier follows from its content.
func (f *finisher) write(catalog, info int) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	offsets := make([]int, len(f.objects))
	for n := 1; n < len(f.objects); n++ {
		offsets[n] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n, f.objects[n])
	}
	id := sha256.Sum256(b.Bytes())
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(f.objects))
	for _, at := range offsets[1:] {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root %s/Info %s/ID [<%x><%x>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(f.objects), reference(catalog), reference(info), id[:16], id[:16], table)
	return b.Bytes()
}
