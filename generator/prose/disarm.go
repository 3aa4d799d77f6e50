package prose

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// disarm leaves in the tree only links and images that stay inside: #anchors
// and known files. Everything else becomes the text it was written as.
func (w *writer) disarm(root ast.Node) {
	var found []ast.Node
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // our visitor returns no error
		if entering {
			switch n.Kind() {
			case ast.KindLink, ast.KindImage, ast.KindAutoLink, ast.KindRawHTML, ast.KindHTMLBlock:
				found = append(found, n)
			}
		}
		return ast.WalkContinue, nil
	})
	// Innermost first: what stands around a node is still in the tree then.
	for i := len(found) - 1; i >= 0; i-- {
		switch n := found[i].(type) {
		case *ast.Link:
			w.link(n)
		case *ast.Image:
			w.image(n)
		case *ast.AutoLink:
			replace(n, literal(string(n.Label(w.source))))
		case *ast.RawHTML:
			w.rawHTML(n)
		case *ast.HTMLBlock:
			w.htmlBlock(n)
		}
	}
}

func (w *writer) link(n *ast.Link) {
	n.Title = nil
	to := string(n.Destination)
	if anchor, found := strings.CutPrefix(to, "#"); found {
		if id := w.anchors[anchor]; id != "" {
			n.Destination = []byte("#" + id)
			return
		}
		if anchorForm.MatchString(anchor) {
			return
		}
	}
	if w.local(to) {
		return
	}
	shown := words(n, w.source)
	parts := children(n)
	if !strings.Contains(shown, to) && to != "" {
		parts = append(parts, literal(" ("+to+")"))
	}
	w.missing(n, to, "link", "page")
	replace(n, parts...)
}

func (w *writer) image(n *ast.Image) {
	n.Title = nil
	to := string(n.Destination)
	if w.local(to) && !strings.Contains(to, "#") {
		return
	}
	w.say(w.line(n), "no-image", fmt.Sprintf("the image %q is not a file of the report, so its words were printed instead", to), "name a picture that stands beside the commentary")
	replace(n, children(n)...)
}

// missing says that a link was meant to lead to a page of ours and does not; an
// outside address is printed as text by design, which is no problem.
func (w *writer) missing(n ast.Node, to, what, kind string) {
	if localForm.MatchString(to) && !strings.Contains(to, "..") {
		w.say(w.line(n), "no-target", fmt.Sprintf("the %s %q leads to no %s of the report, so it was printed as text", what, to, kind), "write the path of a page as the report names it")
	}
}

// Links are held to characters that mean the same to every browser and file
// system: no scheme, no host, no drive, no escape.
var (
	anchorForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)
	localForm  = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$`)
)

// local tells whether an address is a known file, with or without an #anchor.
func (w *writer) local(to string) bool {
	file, anchor, anchored := strings.Cut(to, "#")
	if !localForm.MatchString(file) || anchored && !anchorForm.MatchString(anchor) {
		return false
	}
	return w.known != nil && w.known(file)
}

// comment is a note to whoever edits the file: it is not printed.
var comment = regexp.MustCompile(`(?s)<!--.*?(-->|$)`)

func (w *writer) rawHTML(n *ast.RawHTML) {
	var b strings.Builder
	for i := range n.Segments.Len() {
		at := n.Segments.At(i)
		b.Write(at.Value(w.source))
	}
	shown := comment.ReplaceAllString(b.String(), "")
	if shown == "" {
		replace(n)
		return
	}
	w.html(n)
	replace(n, literal(shown))
}

func (w *writer) htmlBlock(n *ast.HTMLBlock) {
	var b bytes.Buffer
	for i := range n.Lines().Len() {
		at := n.Lines().At(i)
		b.Write(at.Value(w.source))
	}
	if n.HasClosure() {
		b.Write(n.ClosureLine.Value(w.source))
	}
	shown := strings.TrimSpace(comment.ReplaceAllString(b.String(), ""))
	if shown == "" {
		replace(n)
		return
	}
	w.html(n)
	p := ast.NewParagraph()
	p.AppendChild(p, literal(shown))
	replace(n, p)
}

func (w *writer) html(n ast.Node) {
	w.say(w.line(n), "html", "HTML has no effect in a commentary; it was printed as text", "write Markdown")
}

// literal is text that is printed letter by letter.
func literal(s string) ast.Node {
	n := ast.NewString([]byte(s))
	n.SetRaw(true) // escaped when rendered, and nothing in it is resolved
	return n
}

func children(n ast.Node) []ast.Node {
	var all []ast.Node
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		all = append(all, c)
	}
	return all
}

// replace puts nodes in the place of n.
func replace(n ast.Node, with ...ast.Node) {
	parent := n.Parent()
	for _, c := range with {
		parent.InsertBefore(parent, n, c)
	}
	parent.RemoveChild(parent, n)
}
