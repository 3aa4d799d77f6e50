package site_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"proofpack/generator/report"
	"proofpack/generator/report/reporttest"
	"proofpack/templates"
)

// payloads are what an attacker would put into a cell, one of each kind that
// has broken pages before.
var payloads = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `" autofocus onfocus=alert(1) x="`,
	`javascript:alert(1)`, `</title><svg onload=alert(1)>`, `</style><script>alert(1)</script>`, `<!--`, `-->`, `]]>`, `<![CDATA[`,
	`</q></td></tr></table><h1>`, "<a href=\"//host/share\">x</a>", `&lt;script&gt;`, `&#60;b&#62;`, "<\x00script>", "\u202egpj.exe",
	"a\u200bb", "\xff\xfe<b>", `{{.}}`, `{{template "base.html"}}`, "`${alert(1)}`", `__f__alert(1)__f__`, `\";alert(1);//`,
	`</svg><text onclick=alert(1)>`, `" style="position:fixed`, "\r\n\r\n<b>", `<svg><use href="data:image/svg+xml,x"/></svg>`,
}

// TestHostileWordsChangeNoElement puts each payload into every string of the
// report that comes from outside, and compares the elements and attributes with
// those of harmless words in the same places.
func TestHostileWordsChangeNoElement(t *testing.T) {
	calm := skeletons(t, poisoned("harmless"))
	for _, p := range payloads {
		for path, got := range skeletons(t, poisoned(p)) {
			if want := calm[path]; got != want {
				at := 0
				for at < min(len(got), len(want)) && got[at] == want[at] {
					at++
				}
				t.Errorf("%s: %q changed the page at: %s", path, p, got[max(0, at-60):min(len(got), at+120)])
			}
		}
	}
}

// poisoned is the sample with the payload in every word that a source can hold:
// all strings but paths, links, anchors and figure ids.
func poisoned(payload string) *report.Report {
	r := reporttest.Sample()
	r.Packet, r.Document = nil, nil
	poison(reflect.ValueOf(r), payload)
	return r
}

// ours are the fields that this program makes itself, never a source.
var ours = map[string]bool{
	"Path": true, "Href": true, "Figure": true, "ID": true, "Explore": true, "Month": true, "MonthName": true, "BuildID": true,
	"Figures": true, "Markdown": true, "Name": true, "Edges": true, "Unit": true, "Status": true,
}

func poison(v reflect.Value, payload string) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return
		}
		if v.Kind() == reflect.Interface { // what stands in an interface can't be set: copy, change, put back
			c := reflect.New(v.Elem().Type()).Elem()
			c.Set(v.Elem())
			poison(c, payload)
			v.Set(c)
			return
		}
		poison(v.Elem(), payload)
	case reflect.Struct:
		if v.Type().PkgPath() == "time" {
			return
		}
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && !ours[f.Name] {
				poison(v.Field(i), payload)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			poison(v.Index(i), payload)
		}
	case reflect.String:
		if v.String() != "" {
			v.SetString(payload)
		}
	}
}

// skeletons are the elements and attributes of every page, without their text.
func skeletons(t *testing.T, r *report.Report) map[string]string {
	t.Helper()
	out := map[string]string{}
	for path, data := range rendered(t, r) {
		if strings.HasSuffix(path, ".html") {
			out[path] = skeleton(t, data)
		}
	}
	return out
}

// spoken are attributes that hold words, or places that go by the width of words.
var spoken = map[string]bool{"aria-label": true, "transform": true, "x": true, "y": true, "dx": true, "width": true, "height": true, "viewbox": true, "d": true, "x1": true, "x2": true, "y1": true, "y2": true}

func skeleton(t *testing.T, page []byte) string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			if n.Data == "text" { // how often a line in a picture breaks goes by its words
				return
			}
			b.WriteString("<" + n.Data)
			for _, a := range n.Attr {
				b.WriteString(" " + a.Key)
				if !spoken[strings.ToLower(a.Key)] {
					b.WriteString("=" + a.Val)
				}
			}
			b.WriteString(">")
		}
		if n.Type == html.CommentNode {
			b.WriteString("<!>")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	return b.String()
}

// TestTemplatesHoldNoScript reads the templates for what html/template can't be
// trusted with: an action inside script, style or a handler.
func TestTemplatesHoldNoScript(t *testing.T) {
	forbidden := regexp.MustCompile(`(?i)<script|<style|\son[a-z]+\s*=|\sstyle\s*=|javascript:`)
	err := fs.WalkDir(templates.FS, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(path, "explore/") {
			return err
		}
		data, err := fs.ReadFile(templates.FS, path)
		if m := forbidden.FindString(string(data)); m != "" {
			t.Errorf("%s holds %q", path, m)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestOneTrustedPlace reads this package's own source: words become HTML without
// being escaped in one function, and never script, address, attribute or style.
func TestOneTrustedPlace(t *testing.T) {
	conversion := regexp.MustCompile(`template\.(HTML|HTMLAttr|JS|JSStr|CSS|URL|Srcset)\(`)
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no source to read", err)
	}
	found := 0
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range conversion.FindAllString(string(data), -1) {
			if found++; f != "text.go" || m != "template.HTML(" {
				t.Errorf("%s: %s", f, m)
			}
		}
	}
	if found != 1 {
		t.Errorf("%d conversions, want the one in text.go", found)
	}
}

// overlaid is the built-in templates with some replaced.
type overlaid map[string]string

func (o overlaid) Open(name string) (fs.File, error) {
	if text, ok := o[name]; ok {
		return fstest.MapFS{name: {Data: []byte(text)}}.Open(name)
	}
	return templates.FS.Open(name)
}
