// Package prose turns commentary that people write in Markdown into safe HTML
// for pages and plain blocks for the packet. Nothing in it can reach outside
// its folder: an outside address is printed as text.
package prose

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"proofpack/generator/diag"
)

// MaxBytes is how large a commentary may be: some 25 printed pages.
const MaxBytes = 64 << 10

// A Document is one commentary as it may be published.
type Document struct {
	Name string // the file, as the user knows it

	html string // safe, headings at their own level
}

// Parse reads Markdown: CommonMark and simple tables. known tells which paths
// links and images may lead to, relative to the page. Problems say what was
// printed as text although more was meant; the document is whole all the same,
// and empty when the file cannot be read at all.
func Parse(name string, md []byte, known func(path string) bool) (*Document, []*diag.Problem) {
	doc := &Document{Name: name}
	w := &writer{name: name, known: known}
	md = bytes.TrimPrefix(md, []byte("\xef\xbb\xbf"))
	switch {
	case len(md) > MaxBytes:
		w.say(0, "too-large", fmt.Sprintf("the commentary has %d bytes; %d is the most, so it was left out", len(md), MaxBytes), "write a shorter one")
		return doc, w.problems
	case !utf8.Valid(md):
		w.say(0, "not-utf8", "the commentary is not written in UTF-8, so it was left out", "save the file as UTF-8")
		return doc, w.problems
	}
	w.source = []byte(visible(strings.ReplaceAll(string(md), "\r\n", "\n")))
	if line := deep(w.source); line > 0 {
		w.say(line, "too-deep", fmt.Sprintf("more than %d quotes and lists stand in one another, so the commentary was left out", maxNesting), "write it flatter")
		return doc, w.problems
	}
	if line := wide(w.source); line > 0 {
		w.say(line, "too-wide", fmt.Sprintf("the table has more than %d columns, so the commentary was left out", maxColumns), "make it narrower")
		return doc, w.problems
	}
	markdown := goldmark.New(goldmark.WithExtensions(
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone))))
	root := markdown.Parser().Parse(text.NewReader(w.source))
	w.nameHeadings(root)
	w.disarm(root)
	var b bytes.Buffer
	if err := markdown.Renderer().Render(&b, w.source, root); err != nil {
		w.say(0, "not-rendered", "the commentary cannot be printed, so it was left out", "write it in plain paragraphs")
		return doc, w.problems
	}
	doc.html = visible(allowed.Sanitize(b.String()))
	slices.SortStableFunc(w.problems, func(a, b *diag.Problem) int { return a.Row - b.Row })
	return doc, w.problems
}

// A writer holds what is known while one commentary is read.
type writer struct {
	name     string
	source   []byte
	known    func(path string) bool
	anchors  map[string]string // slug of a heading -> its id on the page
	problems []*diag.Problem
}

func (w *writer) say(line int, code, message, fix string) {
	w.problems = append(w.problems, diag.At(diag.Pos{File: w.name, Row: line}, code, message, fix))
}

// line is the line of a node: its own place, else that of what is around it.
func (w *writer) line(n ast.Node) int {
	for ; n != nil; n = n.Parent() {
		if at := n.Pos(); at >= 0 && at <= len(w.source) && n.Kind() != ast.KindDocument {
			return 1 + bytes.Count(w.source[:at], []byte("\n"))
		}
	}
	return 0
}
