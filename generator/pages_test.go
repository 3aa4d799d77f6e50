package generator_test

import (
	"bytes"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// A webpage is a page of the site as a browser reads it.
type webpage struct {
	name     string // from the folder of the site
	elements []*html.Node
	ids      map[string]bool
}

// website reads every page of a built month, and the list of months over it.
func website(t *testing.T, b *built) map[string]*webpage {
	t.Helper()
	pages := map[string]*webpage{}
	for _, name := range append(b.pages(t), "../index.html") {
		data, err := os.ReadFile(filepath.Join(b.dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		root, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		p := &webpage{name: name, ids: map[string]bool{}}
		for n := range root.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			p.elements = append(p.elements, n)
			if id := attribute(n, "id"); id != "" {
				if p.ids[id] {
					t.Errorf("%s: two elements have the id %s", name, id)
				}
				p.ids[id] = true
			}
		}
		pages[name] = p
	}
	return pages
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// textOf is the text in an element, white space folded.
func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return folded(b.String())
}

// interactive tells whether a page is one of those that run a script.
func (p *webpage) interactive() bool { return strings.HasPrefix(p.name, "explore/") }

// TestPages holds every page of the scenarios, of the sample and of a month of
// nothing to what was promised of pages, and their packets to the same words.
func TestPages(t *testing.T) {
	for name, dir := range monthsOfTests(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := build(t, dir)
			pages := website(t, b)
			for _, p := range pages {
				standsAlone(t, b, pages, p)
			}
			figuresAgree(t, b, pages)
			wordsArePrinted(t, b)
		})
	}
}

// standsAlone fails a test when a page needs something outside its folder, runs
// something, or leads to what is not there.
func standsAlone(t *testing.T, b *built, pages map[string]*webpage, p *webpage) {
	policed := false
	for _, n := range p.elements {
		if n.Data == "meta" && strings.EqualFold(attribute(n, "http-equiv"), "Content-Security-Policy") {
			policed = strings.HasPrefix(attribute(n, "content"), "default-src 'none'")
		}
		if n.Data == "script" && !p.interactive() {
			t.Errorf("%s has a script", p.name)
		}
		if n.Data == "script" && attribute(n, "src") == "" && attribute(n, "type") != "application/json" {
			t.Errorf("%s has a script of its own", p.name)
		}
		for _, a := range n.Attr {
			switch {
			case a.Key == "style", strings.HasPrefix(a.Key, "on"):
				t.Errorf("%s: <%s %s=%q>", p.name, n.Data, a.Key, a.Val)
			case n.Data == "link" && attribute(n, "rel") == "icon" && a.Val == "data:,": // no icon is asked for
			case a.Key == "href", a.Key == "src", a.Key == "xlink:href", a.Key == "srcset", a.Key == "action":
				leads(t, b, pages, p, a.Val)
			}
		}
	}
	if !policed {
		t.Errorf("%s has no content security policy that begins with nothing", p.name)
	}
}

// leads fails a test when an address does not lead to a file of the month, or to
// an anchor that is on its page.
func leads(t *testing.T, b *built, pages map[string]*webpage, from *webpage, address string) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || strings.HasPrefix(address, "/") || strings.Contains(address, `\`) {
		t.Errorf("%s leads out of its folder: %q", from.name, address)
		return
	}
	to := from.name
	if u.Path != "" {
		to = path.Join(path.Dir(from.name), u.Path)
	}
	page := pages[to]
	if page == nil {
		if _, err := os.Stat(filepath.Join(b.dir, filepath.FromSlash(to))); err != nil {
			t.Errorf("%s leads to %s, which is not there", from.name, address)
		}
		return
	}
	if u.Fragment != "" && !page.ids[u.Fragment] {
		t.Errorf("%s leads to %s: there is no %s", from.name, address, u.Fragment)
	}
}

// figuresAgree fails a test when a number on a page is not the one that
// report.json says, by the same address.
func figuresAgree(t *testing.T, b *built, pages map[string]*webpage) {
	figures := map[string]string{}
	for _, f := range b.doc.Figures {
		figures[f.ID] = folded(f.Text)
	}
	n := 0
	for _, p := range pages {
		for _, e := range p.elements {
			id := attribute(e, "data-figure")
			if id == "" {
				continue
			}
			n++
			if text, known := figures[id]; !known || text != textOf(e) {
				t.Errorf("%s prints %s as %q, report.json says %q", p.name, id, textOf(e), text)
			}
		}
	}
	if n < 20 || len(b.doc.Services) > 0 && n < 200 {
		t.Errorf("only %d figures on all pages", n)
	}
}

// monthsOfTests are folders to build: the scenarios and the sample.
func monthsOfTests(t *testing.T) map[string]string {
	t.Helper()
	sample := t.TempDir()
	if err := os.CopyFS(sample, os.DirFS(filepath.Join("..", "sample-data"))); err != nil {
		t.Fatal(err)
	}
	return map[string]string{"A-storage": client(t, "A-storage", nil), "B-hidden-control": client(t, "B-hidden-control", nil), "sample": sample, "nothing": client(t, "", nil)}
}
