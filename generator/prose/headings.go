package prose

import (
	"fmt"
	"path"
	"strings"

	"github.com/yuin/goldmark/ast"

	"proofpack/generator/name"
)

// nameHeadings gives each heading an id made of the file's name and its own
// words, so that several commentaries can stand on one page.
func (w *writer) nameHeadings(root ast.Node) {
	base := path.Base(w.name)
	prefix := name.Slug(strings.TrimSuffix(base, path.Ext(base)), maxSlug) + "-"
	w.anchors = map[string]string{}
	seen := map[string]int{}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // our visitor returns no error
		if n.Kind() != ast.KindHeading || !entering {
			return ast.WalkContinue, nil
		}
		s := name.Slug(words(n, w.source), maxSlug)
		unique := s
		for w.anchors[unique] != "" {
			seen[s]++
			unique = fmt.Sprintf("%s-%d", s, seen[s]+1)
		}
		w.anchors[unique] = prefix + unique
		n.SetAttributeString("id", []byte(prefix+unique))
		return ast.WalkContinue, nil
	})
}

// words is the text under a node.
func words(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			b.Write(t.Segment.Value(source))
			b.WriteByte(' ')
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// maxSlug is how long the part of an id that comes from words may be.
const maxSlug = 48
