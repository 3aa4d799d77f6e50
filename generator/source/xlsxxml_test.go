package source

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"proofpack/generator/diag"
)

// readXML reads a text with ours; the lines are its tags and texts.
func readXML(content string) ([]string, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.CreateHeader(&zip.FileHeader{Name: "x.xml", Method: zip.Store})
	if err == nil {
		_, err = io.WriteString(f, content)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		return nil, err
	}
	in, err := open("x.xlsx", &b, Options{})
	if err != nil {
		return nil, err
	}
	p, err := openPack(in)
	if err != nil {
		return nil, err
	}
	x, err := p.xml("x.xml", nil)
	if err != nil {
		return nil, err
	}
	defer x.close()
	var lines []string
	text := ""
	flush := func(line string) {
		if text != "" {
			lines = append(lines, fmt.Sprintf("%q", text))
		}
		text = ""
		lines = append(lines, line)
	}
	for {
		kind, err := x.next()
		switch {
		case err != nil:
			return nil, err
		case kind == xmlDone:
			return lines, nil
		case kind == xmlText:
			text += string(x.chars)
		case kind == xmlEnd:
			flush("/")
		default:
			line := "<" + string(x.name)
			for _, a := range x.attrs {
				if string(a.prefix) != "xmlns" && string(a.local) != "xmlns" {
					line += fmt.Sprintf(" %s=%q", a.local, a.value)
				}
			}
			flush(line)
		}
	}
}

// oracleXML reads it with the standard library.
func oracleXML(content string) ([]string, error) {
	d := xml.NewDecoder(strings.NewReader(strings.TrimPrefix(content, "\ufeff")))
	var lines []string
	text, depth := "", 0
	flush := func(line string) {
		if text != "" && depth > 0 {
			lines = append(lines, fmt.Sprintf("%q", text))
		}
		text = ""
		lines = append(lines, line)
	}
	for {
		t, err := d.Token()
		if err == io.EOF {
			return lines, nil
		}
		if err != nil {
			return nil, err
		}
		switch e := t.(type) {
		case xml.StartElement:
			line := "<" + e.Name.Local
			for _, a := range e.Attr {
				if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
					line += fmt.Sprintf(" %s=%q", a.Name.Local, a.Value)
				}
			}
			flush(line)
			depth++
		case xml.EndElement:
			flush("/")
			depth--
		case xml.CharData:
			text += string(e)
		case xml.Directive:
			return nil, errors.New("DTD")
		}
	}
}

var goodXML = []string{
	`<a/>`,
	xmlHead + `<a b="1" c='2'><d>x</d> <e/> </a>`,
	"\ufeff" + xmlHead + "<!-- c --><?pi x?><a>\r\n<b>1\r2\r\n3</b></a>\n<!-- end -->",
	`<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x41;&#x1F600;</a>`,
	`<a><![CDATA[<x>&amp;]]]]><![CDATA[>]]></a>`,
	`<a b="&lt;&#10;x&amp;y>z"/>`,
	`<p:a xmlns:p="http://x" xmlns="http://y"><p:b/><c xmlns=""><d p:e="f"/></c></p:a >`,
	`<a  b = "1"   ></a  >`,
	`<a>łódź 漢字 𝄞 ﬃ ]] ] > "'</a>`,
	`<?xml version='1.0'?><a/>`,
	`<?xml version="1.0" encoding="us-ascii"?><a/>`,
	`<a xml:space="preserve"> x </a>`,
}

func TestStrictXMLAgreesWithTheStandardLibrary(t *testing.T) {
	for _, content := range goodXML {
		want, err := oracleXML(strings.Replace(content, "us-ascii", "utf-8", 1))
		if err != nil {
			t.Fatalf("%s: %v", content, err)
		}
		got, err := readXML(content)
		if err != nil {
			t.Errorf("%s: %v", content, err)
		}
		same(t, content, want, got)
	}
}

func TestUTF16PartsAreRead(t *testing.T) {
	text := `<?xml version="1.0" encoding="UTF-16"?><a>Łódź 𝄞</a>`
	want := []string{"<a", `"Łódź 𝄞"`, "/"}
	for name, content := range map[string]string{
		"little end": toUTF16(text, false), "big end": toUTF16(text, true),
		"little end without a mark": toUTF16(text, false)[2:], "big end without a mark": toUTF16(text, true)[2:],
	} {
		got, err := readXML(content)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		same(t, name, want, got)
	}
}

func TestBrokenXMLIsRefused(t *testing.T) {
	for _, c := range []struct{ name, content, says string }{
		{"nothing", "", "no element"},
		{"white space alone", " \n ", "no element"},
		{"cut off in a tag", "<a><b", "cut off"},
		{"cut off in a value", `<a b="`, "cut off"},
		{"cut off between tags", "<a><b></b>", "before <a> is closed"},
		{"cut off in a comment", "<a><!-- ", "cut off"},
		{"closed crosswise", "<a><b></a></b>", "</a>"},
		{"closed by another case", "<a></A>", "</A>"},
		{"closed by another prefix", `<p:a xmlns:p="x" xmlns:q="x"></q:a>`, "</q:a>"},
		{"closed twice", "<a></a></a>", "</a>"},
		{"two roots", "<a/><b/>", "second element"},
		{"text before the root", "x<a/>", "outside the root"},
		{"text behind the root", "<a/>x", "outside the root"},
		{"a DTD", `<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`, "DTD"},
		{"a DTD in the middle", "<a><!ENTITY x></a>", "DTD"},
		{"an unknown entity", "<a>&x;</a>", "&x;"},
		{"a bare ampersand", "<a>x & y</a>", "&"},
		{"a bare ampersand in a value", `<a b="x&y"/>`, "&"},
		{"a character that is none", "<a>&#0;</a>", "&#0;"},
		{"half a surrogate", "<a>&#xD800;</a>", "xD800"},
		{"a number too large", "<a>&#x110000;</a>", "x110000"},
		{"a control character", "<a>\x01</a>", "control character (0x01)"},
		{"a control character in a value", "<a b=\"\x01\"/>", "in an attribute"},
		{"a control character in a comment", "<a><!-- \x01 --></a>", "comment"},
		{"a character that is kept free", "<a>\ufffe</a>", "does not have"},
		{"bytes that are not UTF-8", "<a>\xff</a>", "not UTF-8"},
		{"half a character", "<a>\xc3</a>", "not UTF-8"},
		{"NUL", "<a>\x00</a>", "NUL"},
		{"a value without quotes", "<a b=c/>", "not in quotes"},
		{"an attribute without a value", "<a b/>", "no value"},
		{"attributes without a space between", `<a b="1"c="2"/>`, "can't be read"},
		{"an attribute twice", `<a b="1" b="2"/>`, "twice"},
		{"< in a value", `<a b="<"/>`, "attribute"},
		{"a quote missing", `<a b="1><c d="2"/></a>`, "attribute"},
		{"no name", "<a>< b/></a>", "begins no tag"},
		{"a name with a number first", "<1a/>", "begins no tag"},
		{"a prefix that stands for nothing", "<p:a/>", "prefix p:"},
		{"a prefix of an attribute that stands for nothing", `<a p:b="1"/>`, "prefix p:"},
		{"a prefix out of its scope", `<a><b xmlns:p="x"/><p:c/></a>`, "prefix p:"},
		{"a prefix without a namespace", `<a xmlns:p=""/>`, "can't stand"},
		{"]]> in text", "<a>]]></a>", "]]>"},
		{"-- in a comment", "<a><!-- -- --></a>", "comment"},
		{"a declaration not at the start", " " + xmlHead + "<a/>", "not at the start"},
		{"a second declaration", xmlHead + xmlHead + "<a/>", "not at the start"},
		{"XML 1.1", `<?xml version="1.1"?><a/>`, "not XML 1.0"},
		{"another encoding", `<?xml version="1.0" encoding="ISO-8859-1"?><a/>`, "iso-8859-1"},
		{"UTF-16 that is UTF-8", `<?xml version="1.0" encoding="UTF-16"?><a/>`, "is not"},
		{"UTF-8 that is UTF-16", toUTF16(`<?xml version="1.0" encoding="UTF-8"?><a/>`, false), "UTF-16 LE"},
		{"UTF-16 cut off", toUTF16(`<a/>`, false) + "x", "cut off"},
		{"a declaration that can't be read", `<?xml version=1.0?><a/>`, "not in quotes"},
		{"nested too deeply", strings.Repeat("<a>", 65) + strings.Repeat("</a>", 65), "64"},
		{"too many attributes", "<a " + attributes(129) + "/>", "can't be read"},
		{"a tag too long", `<a b="` + strings.Repeat("x", maxMarkup+xmlBlock) + `"/>`, "1 MiB"},
		{"CDATA outside the root", "<![CDATA[x]]><a/>", "CDATA"},
	} {
		t.Run(c.name, func(t *testing.T) {
			lines, err := readXML(c.content)
			var p *diag.Problem
			if !errors.As(err, &p) || p.Code != "bad-workbook" || !strings.Contains(p.Message, c.says) {
				t.Errorf("got %q and %v, want a problem with %q", lines, err, c.says)
			}
		})
	}
}

func attributes(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " a%d='x'", i)
	}
	return b.String()
}

func TestNestingAndAttributesUpToTheLimit(t *testing.T) {
	for _, content := range []string{strings.Repeat("<a>", 64) + strings.Repeat("</a>", 64), "<a" + attributes(128) + "/>"} {
		if _, err := readXML(content); err != nil {
			t.Error(err)
		}
	}
}

// FuzzXML holds that whatever is accepted is well-formed for the standard
// library too, and has the same tags and texts.
func FuzzXML(f *testing.F) {
	for _, seed := range goodXML {
		f.Add(seed)
	}
	f.Add(`<!DOCTYPE a><a>&x;</a>`)
	f.Add(`<a b="1" b="2">]]></a>`)
	f.Fuzz(func(t *testing.T, content string) {
		if strings.Contains(content, "us-ascii") || strings.HasPrefix(content, "\xff\xfe") || strings.HasPrefix(content, "\xfe\xff") || strings.Contains(content, "\x00") {
			return
		}
		got, err := readXML(content)
		if err != nil {
			var p *diag.Problem
			if !errors.As(err, &p) {
				t.Errorf("%v: not a *diag.Problem", err)
			}
			return
		}
		want, err := oracleXML(content)
		if err != nil {
			t.Fatalf("accepted, though %v", err)
		}
		for i := range want {
			want[i] = strings.NewReplacer(`\t`, " ", `\n`, " ").Replace(want[i])
		}
		for i := range got {
			got[i] = strings.NewReplacer(`\t`, " ", `\n`, " ").Replace(got[i])
		}
		same(t, "tags and texts", want, got)
	})
}
