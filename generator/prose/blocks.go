package prose

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A Kind says what a block is.
type Kind int

// The kinds of blocks.
const (
	Paragraph Kind = iota
	Heading        // Level 1 to 6, as written
	Item           // one entry of a list, with its Marker; Level is the depth of the list from 1
	Quote          // a paragraph that is quoted
	Code           // lines as they are
	Row            // one row of a table, in Cells
)

// A Block is a piece of the document for the packet, in plain words.
type Block struct {
	Kind   Kind
	Level  int
	Marker string   // of an Item: a bullet, or its number with a full stop; "" when it goes on from the one before
	Text   string   // plain; lines of Code and forced breaks are parted by "\n"
	Cells  []string // of a Row
	Head   bool     // the Row names the columns
}

// Blocks is the document for the packet, from the same HTML as the page, so
// that the two cannot differ in a word.
func (d *Document) Blocks() []Block {
	root, err := html.Parse(strings.NewReader(d.html))
	if err != nil { // reading from a string does not fail
		return nil
	}
	b := &blocks{}
	b.walk(root)
	b.flush()
	return b.all
}

// blocks is what is gathered on the way through the tree.
type blocks struct {
	all    []Block
	open   Block // the block that words go to
	text   strings.Builder
	lists  []list
	quotes int
	pre    bool
}

type list struct {
	next   int  // number of the next item
	number bool // numbered
}

func (b *blocks) walk(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		b.words(n.Data)
		return
	case n.Type == html.ElementNode:
		b.enter(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.walk(c)
	}
	if n.Type == html.ElementNode {
		b.leave(n)
	}
}

func (b *blocks) words(s string) {
	if !b.pre {
		s = spaces.Replace(s)
	}
	b.text.WriteString(s)
}

var spaces = strings.NewReplacer("\n", " ", "\t", " ")

func (b *blocks) enter(n *html.Node) {
	switch n.DataAtom {
	case atom.P:
		b.flush()
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		b.flush()
		b.open = Block{Kind: Heading, Level: int(n.Data[1] - '0')}
	case atom.Pre:
		b.flush()
		b.pre = true
	case atom.Blockquote:
		b.flush()
		b.quotes++
	case atom.Ul, atom.Ol:
		b.flush()
		l := list{next: 1, number: n.DataAtom == atom.Ol}
		for _, a := range n.Attr {
			if a.Key == "start" {
				_, _ = fmt.Sscanf(a.Val, "%d", &l.next) // the wall lets digits through only
			}
		}
		b.lists = append(b.lists, l)
	case atom.Li:
		b.flush()
		b.open = Block{Kind: Item, Level: len(b.lists), Marker: "•"}
		if i := len(b.lists) - 1; i >= 0 && b.lists[i].number {
			b.open.Marker = fmt.Sprintf("%d.", b.lists[i].next)
			b.lists[i].next++
		}
	case atom.Tr:
		b.flush()
		b.open = Block{Kind: Row}
	case atom.Th:
		b.open.Head = true
	case atom.Br:
		b.text.WriteByte('\n')
	case atom.Img:
		for _, a := range n.Attr {
			if a.Key == "alt" {
				b.words(a.Val)
			}
		}
	}
}

func (b *blocks) leave(n *html.Node) {
	switch n.DataAtom {
	case atom.P:
		b.flush()
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li:
		b.flush()
		b.open = Block{} // an empty item leaves no marker behind
	case atom.Pre:
		b.open.Kind, b.open.Level, b.open.Marker = Code, len(b.lists), ""
		b.flush()
		b.pre = false
	case atom.Blockquote:
		b.flush()
		b.quotes--
	case atom.Ul, atom.Ol:
		b.flush()
		b.lists = b.lists[:len(b.lists)-1]
	case atom.Th, atom.Td:
		b.open.Cells = append(b.open.Cells, strings.TrimSpace(b.text.String()))
		b.text.Reset()
	case atom.Tr:
		b.all = append(b.all, b.open)
		b.open = Block{}
	}
}

// flush ends the block that words went to. One without words is none, but its
// marker waits for the paragraph that follows inside the same item.
func (b *blocks) flush() {
	text := b.text.String()
	b.text.Reset()
	if b.open.Kind == Code || b.pre {
		text = strings.TrimRight(text, "\n")
	} else {
		text = tidy(text)
	}
	if text == "" {
		return
	}
	open := b.open
	open.Text = text
	if open.Kind == Paragraph && len(b.lists) > 0 {
		open.Kind, open.Level = Item, len(b.lists)
	}
	if open.Kind == Paragraph && b.quotes > 0 {
		open.Kind = Quote
	}
	b.all = append(b.all, open)
	b.open = Block{}
}

// tidy leaves single spaces between words and none at the ends of lines.
func tidy(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.Join(strings.Fields(line), " ")
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
