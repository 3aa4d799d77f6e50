package config

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// A node is a piece of the file with its line: words, a list, keys, or nothing.
type node struct {
	line  int
	shape shapeOf
	words string // of words: as written, without quotes
	keys  []entry
	items []*node
}

// An entry is one key of a node with what stands under it.
type entry struct {
	key   string
	line  int
	value *node
}

type shapeOf int

const (
	isNothing shapeOf = iota
	isWords
	isList
	isKeys
	isSaid // cannot be read, which a problem says already
)

// maxDepth is how deep keys and lists may nest; the deepest key of ours is 5.
const maxDepth = 16

// tree reads the text of the file. Everything that can be wrong with it as YAML
// is said by r; nil means there is nothing to read on.
func (r *reader) tree(text string) *node {
	file, err := parseYAML(text)
	if err != nil {
		line, message := 1, err.Error()
		var at interface {
			GetToken() *token.Token
			GetMessage() string
		}
		if errors.As(err, &at) {
			message = at.GetMessage()
			if t := at.GetToken(); t != nil && t.Position != nil {
				line = t.Position.Line
			}
		}
		r.say(line, "not-yaml", "this is not YAML: "+firstLine(message),
			"check indentation, quotes and brackets on this line and the one below; text that holds \": \" or \" #\" stands in quotes")
		return nil
	}
	var root *node
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		if _, ok := doc.Body.(*ast.DirectiveNode); ok {
			continue
		}
		if root != nil {
			r.say(lineOf(doc.Body), "second-document", "a second document begins here, after \"---\"", "keep one document in the file")
			break
		}
		root = r.node(doc.Body, 0)
	}
	if root == nil {
		return &node{line: 1}
	}
	return root
}

// parseYAML keeps a fault of the parser from ending the program: the file is
// the user's, and any bytes may stand in it.
func parseYAML(text string) (file *ast.File, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			file, err = nil, errors.New("it cannot be taken apart")
		}
	}()
	return parser.ParseBytes([]byte(text), 0, parser.AllowDuplicateMapKey())
}

// node turns a node of the parser into one of ours.
func (r *reader) node(n ast.Node, depth int) *node {
	if n == nil {
		return &node{}
	}
	out := &node{line: lineOf(n)}
	if depth > maxDepth {
		r.say(out.line, "too-deep", fmt.Sprintf("more than %d levels of keys and lists", maxDepth), "write it flatter")
		out.shape = isSaid
		return out
	}
	switch x := n.(type) {
	case *ast.NullNode:
	case *ast.StringNode:
		out.shape, out.words = isWords, x.Value
	case *ast.LiteralNode:
		out.shape, out.words = isWords, strings.TrimSpace(x.Value.Value)
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		out.shape, out.words = isWords, strings.TrimSpace(n.GetToken().Value)
	case *ast.SequenceNode:
		out.shape = isList
		for _, v := range x.Values {
			out.items = append(out.items, r.node(v, depth+1))
		}
	case *ast.MappingNode:
		out.shape = isKeys
		for _, v := range x.Values {
			r.entry(out, v, depth)
		}
	case *ast.MappingValueNode:
		out.shape = isKeys
		r.entry(out, x, depth)
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode:
		r.say(out.line, "not-plain", "anchors (&), aliases (*), merges (<<) and tags (!) are not used in this file", "write the value out; text that begins with one of these signs stands in quotes")
		out.shape = isSaid
	default:
		out.shape = isSaid
		r.say(out.line, "not-plain", "this cannot be read here", "write a value, a list or keys")
	}
	return out
}

// entry adds a key to a node unless it stands there already.
func (r *reader) entry(to *node, v *ast.MappingValueNode, depth int) {
	key := r.node(v.Key, depth+1)
	name := key.words
	if key.shape == isNothing {
		name = strings.TrimSpace(v.Key.GetToken().Value) // a key written null or ~
	}
	if key.shape == isSaid {
		return
	}
	if key.shape == isList || key.shape == isKeys {
		r.say(key.line, "not-plain", "a key must be words, not a list or keys", "write the key as words")
		return
	}
	for _, e := range to.keys {
		if e.key == name {
			r.say(key.line, "twice", fmt.Sprintf("the key %q stands here a second time; the first is on line %d", name, e.line), "keep one of the two")
			return
		}
	}
	value := r.node(v.Value, depth+1)
	if value.line == 0 {
		value.line = key.line
	}
	to.keys = append(to.keys, entry{key: name, line: key.line, value: value})
}

func lineOf(n ast.Node) int {
	switch x := n.(type) {
	case *ast.MappingNode:
		if len(x.Values) > 0 {
			return lineOf(x.Values[0])
		}
	case *ast.MappingValueNode:
		n = x.Key
	}
	if t := n.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 0
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
