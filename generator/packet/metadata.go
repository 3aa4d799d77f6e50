package packet

import (
	"encoding/binary"
	"math"
	"strings"
)

// xmp is the metadata of the file: the same facts as its description, and the
// claim of PDF/A-3b.
func (f *finisher) xmp() []byte {
	at := f.moment().Format("2006-01-02T15:04:05Z")
	var b strings.Builder
	b.WriteString("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n")
	b.WriteString(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` + "\n")
	b.WriteString(`<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>` + "\n")
	b.WriteString(`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:format>application/pdf</dc:format>` +
		`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + xmlText(title(f.report)) + `</rdf:li></rdf:Alt></dc:title>` +
		`<dc:creator><rdf:Seq><rdf:li>` + xmlText(printable(f.report.Company)) + `</rdf:li></rdf:Seq></dc:creator>` +
		`<dc:description><rdf:Alt><rdf:li xml:lang="x-default">` + xmlText(f.subject()) + `</rdf:li></rdf:Alt></dc:description>` +
		`<dc:language><rdf:Bag><rdf:li>` + language + `</rdf:li></rdf:Bag></dc:language></rdf:Description>` + "\n")
	b.WriteString(`<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><pdf:Producer>` + xmlText(f.maker()) + `</pdf:Producer></rdf:Description>` + "\n")
	b.WriteString(`<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:CreatorTool>` + xmlText(f.maker()) + `</xmp:CreatorTool>` +
		`<xmp:CreateDate>` + at + `</xmp:CreateDate><xmp:ModifyDate>` + at + `</xmp:ModifyDate></rdf:Description>` + "\n")
	b.WriteString("</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>")
	return []byte(b.String())
}

func xmlText(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// srgb is a small ICC profile (version 2, a display) of the sRGB colour space:
// its white and primaries adapted to D50 and its transfer curve, from
// IEC 61966-2-1.
func srgb() []byte {
	be := binary.BigEndian
	fixed := func(b []byte, v float64) []byte { return be.AppendUint32(b, uint32(int32(math.Round(v*65536)))) }
	xyz := func(x, y, z float64) []byte {
		return fixed(fixed(fixed([]byte("XYZ \x00\x00\x00\x00"), x), y), z)
	}
	const steps = 1024
	curve := be.AppendUint32([]byte("curv\x00\x00\x00\x00"), steps)
	for i := range steps {
		v := float64(i) / (steps - 1)
		if v <= .04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+.055)/1.055, 2.4)
		}
		curve = be.AppendUint16(curve, uint16(math.Round(v*65535)))
	}
	const name = "sRGB IEC61966-2.1"
	described := be.AppendUint32([]byte("desc\x00\x00\x00\x00"), uint32(len(name)+1))
	described = append(append(described, name...), make([]byte, 1+4+4+2+1+67)...) // no Unicode and no Macintosh name

	entries := []struct {
		tag  string
		body []byte // nil: the same as the one before
	}{
		{"desc", described},
		{"cprt", []byte("text\x00\x00\x00\x00No copyright is claimed.\x00")},
		{"wtpt", xyz(.9642, 1, .8249)},
		{"rXYZ", xyz(.4360747, .2225045, .0139322)},
		{"gXYZ", xyz(.3850649, .7168786, .0971045)},
		{"bXYZ", xyz(.1430804, .0606169, .7141733)},
		{"rTRC", curve}, {"gTRC", nil}, {"bTRC", nil},
	}
	const header = 128
	var index, bodies []byte
	index = be.AppendUint32(index, uint32(len(entries)))
	start := header + 4 + 12*len(entries)
	at, size := 0, 0
	for _, e := range entries {
		if e.body != nil {
			at, size = start+len(bodies), len(e.body)
			bodies = append(bodies, e.body...)
			bodies = append(bodies, make([]byte, (4-len(bodies)%4)%4)...)
		}
		index = append(index, e.tag...)
		index = be.AppendUint32(be.AppendUint32(index, uint32(at)), uint32(size))
	}
	h := make([]byte, header)
	be.PutUint32(h[0:], uint32(start+len(bodies)))
	be.PutUint32(h[8:], 0x02100000) // version 2.1
	copy(h[12:], "mntrRGB XYZ ")
	for i, v := range []uint16{1999, 10, 18, 0, 0, 0} { // when the standard was published
		be.PutUint16(h[24+2*i:], v)
	}
	copy(h[36:], "acsp")
	copy(h[68:], fixed(fixed(fixed(nil, .9642), 1), .8249)) // D50
	return append(append(h, index...), bodies...)
}
