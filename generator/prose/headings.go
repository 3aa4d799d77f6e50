package prose

import (
	"fmt"
	"path"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// nameHeadings gives each heading an id made of the file's name and its own
// words, so that several commentaries can stand on one page.
func (w *writer) nameHeadings(root ast.Node) {
	base := path.Base(w.name)
	prefix := slug(strings.TrimSuffix(base, path.Ext(base))) + "-"
	w.anchors = map[string]string{}
	seen := map[string]int{}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // our visitor returns no error
		if n.Kind() != ast.KindHeading || !entering {
			return ast.WalkContinue, nil
		}
		s := slug(words(n, w.source))
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

// slug is words as lower-case ASCII letters and digits between hyphens.
func slug(words string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(words) {
		switch {
		case b.Len() >= maxSlug:
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	if s := strings.Trim(b.String(), "-"); s != "" {
		return s
	}
	return "section"
}
