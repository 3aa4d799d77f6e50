package source

import "bytes"

// An xmlSpace is a namespace as far as we know it.
type xmlSpace int

const (
	spaceNone     xmlSpace = iota // no namespace
	spaceOther                    // one that we don't know
	spaceMain                     // of sheets, workbook, strings and styles
	spaceRef                      // of attributes that refer to relationships
	spaceRelation                 // of relationships
	spaceTypes                    // of content types
	spaceXML                      // xml: itself
)

// spaces are the namespaces of ECMA-376, transitional and strict.
var spaces = map[string]xmlSpace{
	"http://schemas.openxmlformats.org/spreadsheetml/2006/main":           spaceMain,
	"http://purl.oclc.org/ooxml/spreadsheetml/main":                       spaceMain,
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships": spaceRef,
	"http://purl.oclc.org/ooxml/officeDocument/relationships":             spaceRef,
	"http://schemas.openxmlformats.org/package/2006/relationships":        spaceRelation,
	"http://schemas.openxmlformats.org/package/2006/content-types":        spaceTypes,
}

// A binding is a prefix that stands for a namespace as long as an element is
// open; "" is the default.
type binding struct {
	prefix string
	space  xmlSpace
	depth  int
}

// bind takes a declaration on the element that will be the depth-th open one.
func (x *xmlReader) bind(a xmlAttr, depth int) error {
	b := binding{depth: depth, space: spaceOther}
	if len(a.prefix) > 0 {
		b.prefix = string(a.local)
		if len(a.value) == 0 || b.prefix == "xml" || b.prefix == "xmlns" {
			return x.fail("the prefix %.60s can't stand for %.60q", b.prefix, a.value)
		}
	}
	if s, known := spaces[string(a.value)]; known {
		b.space = s
	} else if len(a.value) == 0 {
		b.space = spaceNone
	}
	x.bindings = append(x.bindings, b)
	if b.prefix == "" {
		x.plain = b.space
	}
	return nil
}

// unbind takes back what the closed element declared.
func (x *xmlReader) unbind() {
	n := len(x.bindings)
	if n == 0 || x.bindings[n-1].depth <= len(x.open) {
		return
	}
	for n > 0 && x.bindings[n-1].depth > len(x.open) {
		n--
	}
	x.bindings = x.bindings[:n]
	x.plain = spaceNone
	for _, b := range x.bindings {
		if b.prefix == "" {
			x.plain = b.space
		}
	}
}

// spaceOf is what a prefix stands for.
func (x *xmlReader) spaceOf(prefix []byte) (xmlSpace, error) {
	for i := len(x.bindings) - 1; i >= 0; i-- {
		if x.bindings[i].prefix == string(prefix) {
			return x.bindings[i].space, nil
		}
	}
	if bytes.Equal(prefix, []byte("xml")) {
		return spaceXML, nil
	}
	return spaceOther, x.fail("nothing says what the prefix %.60s: stands for", prefix)
}
