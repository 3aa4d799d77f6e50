package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// parsed parses a page of a share.
func (p *published) parsed(t *testing.T, page string) *html.Node {
	t.Helper()
	f, err := os.Open(filepath.Join(p.share, filepath.FromSlash(page)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	root, err := html.Parse(f)
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func attribute(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// wordsOf is the text under a node, white space folded.
func wordsOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// elements are the descendants that have a name, and a class when one is given.
func elements(root *html.Node, name, class string) []*html.Node {
	var all []*html.Node
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != name {
			continue
		}
		has, _ := attribute(n, "class")
		if class == "" || strings.Contains(" "+has+" ", " "+class+" ") {
			all = append(all, n)
		}
	}
	return all
}

// TestEveryLinkLeadsSomewhere follows every relative link of every page to its
// file, whose name must be the same letter by letter, and to its anchor.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	for _, p := range sites(t) {
		t.Run(p.name, func(t *testing.T) {
			anchors, links := map[string]bool{}, map[string]string{}
			for _, page := range p.pages(t) {
				anchors[page] = true
				for n := range p.parsed(t, page).Descendants() {
					if id, ok := attribute(n, "id"); ok {
						if anchors[page+"#"+id] {
							t.Errorf("%s: two elements are called %s", page, id)
						}
						anchors[page+"#"+id] = true
					}
					for _, key := range []string{"href", "src", "xlink:href"} {
						if to, ok := attribute(n, key); ok && to != "data:," {
							links[page+"\x00"+to] = page
						}
					}
				}
			}
			for link, page := range links {
				to := strings.TrimPrefix(link, page+"\x00")
				file, anchor, _ := strings.Cut(to, "#")
				target := page
				if file != "" {
					target = path.Join(path.Dir(page), file)
				}
				switch _, err := os.Stat(filepath.Join(p.share, filepath.FromSlash(target))); {
				case strings.Contains(file, ":") || strings.HasPrefix(file, "/") || strings.HasPrefix(target, ".."):
					t.Errorf("%s leads out of the folder: %s", page, to)
				case err != nil || strings.HasSuffix(file, "/"):
					t.Errorf("%s leads to no file: %s", page, to)
				case anchor != "" && !anchors[target+"#"+anchor]:
					t.Errorf("%s leads to no anchor: %s", page, to)
				}
			}
			if len(links) < 500 {
				t.Errorf("only %d links were followed", len(links))
			}
		})
	}
}

// TestNumbersOnPagesAreThoseOfTheReport compares every figure of every page
// with report.json, and every headline that counts with what it counts.
func TestNumbersOnPagesAreThoseOfTheReport(t *testing.T) {
	for _, p := range sites(t) {
		t.Run(p.name, func(t *testing.T) {
			text := map[string]string{}
			for _, f := range p.doc.Figures {
				text[f.ID] = f.Text
			}
			printed := map[string]bool{}
			for _, page := range p.pages(t) {
				root := p.parsed(t, page)
				for n := range root.Descendants() {
					id, ok := attribute(n, "data-figure")
					if !ok {
						continue
					}
					printed[id] = true
					if got, want := wordsOf(n), strings.Join(strings.Fields(text[id]), " "); got != want || want == "" {
						t.Errorf("%s: %s reads %q, report.json has %q", page, id, got, want)
					}
				}
			}
			if len(printed) < 100 {
				t.Errorf("only %d figures stand on pages", len(printed))
			}
			headlines(t, &p)
		})
	}
}

// headlines compares what the headlines count with report.json and with the
// tables beneath them.
func headlines(t *testing.T, p *published) {
	t.Helper()
	head := func(page string) string {
		h := elements(p.parsed(t, page), "h1", "")
		if len(h) != 1 {
			t.Fatalf("%s has %d headlines", page, len(h))
		}
		return wordsOf(h[0])
	}
	month, d := filepath.Base(p.month), &p.doc
	if got := head(month + "/index.html"); got != d.Headline {
		t.Errorf("the Summary says %q, report.json %q", got, d.Headline)
	}

	complete, short, alerts, can, recovered := 0, 0, 0, 0, 0
	for _, s := range d.Sources {
		switch s.Completeness {
		case "complete":
			complete++
		case "short":
			short++
		}
		if s.DataSet == "alerts" {
			alerts += s.Used
		}
	}
	for _, q := range d.Questions {
		if q.Can {
			can++
		}
	}
	for _, r := range d.Recovery {
		if r.State == "proven" {
			recovered++
		}
	}
	c := d.Cells
	tally := fmt.Sprintf("%d proven, %d failed, %d not proven", c["proven"], c["failed"], c["missing"]+c["stale"])
	for page, want := range map[string]string{
		"coverage.html":        tally,
		"contradictions.html":  fmt.Sprintf("%d contradiction", len(d.Contradictions)),
		"questions.html":       fmt.Sprintf("%d of %d questions", can, len(d.Questions)),
		"recovery.html":        fmt.Sprintf("%d of %d service", recovered, len(d.Services)),
		"data-quality.html":    fmt.Sprintf("%d of %d exports", complete, len(d.Sources)),
		"alerts-capacity.html": fmt.Sprintf(" of %d alert", alerts),
		"explore/ranking.html": fmt.Sprintf("%d service", len(d.Services)),
	} {
		if got := head(month + "/" + page); !strings.Contains(got, want) {
			t.Errorf("%s: the headline is %q, want %q in it", page, got, want)
		}
	}
	if got, want := head(month+"/data-quality.html"), fmt.Sprintf(", %d %s short", short, map[bool]string{true: "is", false: "are"}[short == 1]); !strings.Contains(got, want) {
		t.Errorf("data-quality.html: the headline is %q, want %q in it", got, want)
	}
	if got := len(elements(p.parsed(t, month+"/contradictions.html"), "article", "contrast")); got != len(d.Contradictions) {
		t.Errorf("contradictions.html shows %d, report.json has %d", got, len(d.Contradictions))
	}
	matrix(t, p, month+"/coverage.html", tally)
	rowPages(t, p, head)
}

// matrix counts the cells of the first matrix of a page by their glyphs.
func matrix(t *testing.T, p *published, page, want string) {
	t.Helper()
	tables := elements(p.parsed(t, page), "table", "matrix")
	if len(tables) == 0 {
		t.Fatalf("%s has no matrix", page)
	}
	n := map[string]int{}
	for _, svg := range elements(tables[0], "svg", "") {
		class, _ := attribute(svg, "class")
		n[class]++
	}
	if got := fmt.Sprintf("%d proven, %d failed, %d not proven", n["proven"], n["failed"], n["missing"]+n["stale"]); got != want {
		t.Errorf("%s: the matrix shows %s, the headline says %s", page, got, want)
	}
}

// rowPages counts the rows shown of every source: all of them, or of a log of
// which only cited rows are kept as many as the page says.
func rowPages(t *testing.T, p *published, head func(string) string) {
	t.Helper()
	shown, said := map[string]int{}, map[string]string{}
	for _, page := range p.pages(t) {
		if path.Base(path.Dir(page)) != "data" {
			continue
		}
		name, _, _ := strings.Cut(head(page), ": ")
		for _, h := range elements(p.parsed(t, page), "h2", "") {
			said[name] = wordsOf(h)
		}
		for _, row := range elements(p.parsed(t, page), "tr", "") {
			if id, ok := attribute(row, "id"); ok && strings.HasPrefix(id, "r") {
				shown[name]++
			}
		}
		for _, s := range p.doc.Sources {
			if want := fmt.Sprintf("%d row", s.Read); sourceName(s.File, s.Sheet) == name && (!strings.Contains(head(page), want) || !strings.Contains(head(page), fmt.Sprintf("%d rejected", s.Rejected))) {
				t.Errorf("%s: the headline is %q, report.json has %d rows, %d rejected", page, head(page), s.Read, s.Rejected)
			}
		}
	}
	for _, s := range p.doc.Sources {
		name := sourceName(s.File, s.Sheet)
		partly := s.DataSet == "sign-ins" && strings.HasSuffix(said[name], fmt.Sprintf(": %d of %d", shown[name], s.Read))
		if shown[name] != s.Read && !partly {
			t.Errorf("%d rows of %s are shown under %q, report.json has %d", shown[name], s.File, said[name], s.Read)
		}
	}
}

// sourceName is how a page of rows names its source.
func sourceName(file, sheet string) string {
	if sheet == "" {
		return path.Base(file)
	}
	return path.Base(file) + " sheet " + sheet
}
