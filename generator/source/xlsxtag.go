package source

import (
	"bytes"
	"slices"
)

// An xmlAttr is an attribute of a start tag; its value is decoded.
type xmlAttr struct {
	prefix []byte
	local  []byte
	value  []byte
}

// maxXMLDepth is how deep elements may be nested; sheets need 8.
const maxXMLDepth = 64

// startTag reads a start tag. Where the window ends before it does, it is read
// anew from a longer one.
func (x *xmlReader) startTag(w []byte) (xmlKind, error) {
	size, colon, ok := xmlName(w[1:])
	i := 1 + size
	if i == len(w) {
		return xmlDone, x.more()
	}
	if !ok {
		return xmlDone, x.fail("there is a < that begins no tag")
	}
	name := w[1:i]
	x.attrs, x.values = x.attrs[:0], x.values[:0]
	for {
		from := i
		for i < len(w) && isXMLSpace(w[i]) {
			i++
		}
		if i == len(w) || w[i] == '/' && i+1 == len(w) {
			return xmlDone, x.more()
		}
		if w[i] == '>' || w[i] == '/' && w[i+1] == '>' {
			break
		}
		if i == from || len(x.attrs) == maxAttributes {
			return xmlDone, x.fail("the tag <%.60s> can't be read", name)
		}
		end, err := x.attribute(w, i)
		if err != nil || end == 0 {
			return xmlDone, err
		}
		i = end
	}
	x.ended = w[i] == '/'
	if x.ended {
		i++
	}
	if err := x.enter(name, colon); err != nil {
		return xmlDone, err
	}
	x.take(i + 1)
	return xmlStart, nil
}

// attribute reads the attribute at w[i] and is the offset behind it; 0 without
// an error means that the window was too short and is longer now.
func (x *xmlReader) attribute(w []byte, i int) (int, error) {
	n, colon, ok := xmlName(w[i:])
	end := i + n
	if end == len(w) {
		return 0, x.more()
	}
	name := w[i:end]
	if !ok {
		return 0, x.fail("the name of an attribute can't be read")
	}
	for end < len(w) && isXMLSpace(w[end]) {
		end++
	}
	if end < len(w) && w[end] != '=' {
		return 0, x.fail("the attribute %.60s has no value", name)
	}
	end++
	for end < len(w) && isXMLSpace(w[end]) {
		end++
	}
	if end >= len(w) {
		return 0, x.more()
	}
	quote := w[end]
	if quote != '"' && quote != '\'' {
		return 0, x.fail("the value of the attribute %.60s is not in quotes", name)
	}
	size := bytes.IndexByte(w[end+1:], quote)
	if size < 0 {
		if bytes.IndexByte(w[end+1:], '<') >= 0 {
			return 0, x.fail("a quote is missing behind the attribute %.60s", name)
		}
		return 0, x.more()
	}
	value, err := x.value(w[end+1 : end+1+size])
	if err != nil {
		return 0, err
	}
	a := xmlAttr{local: name, value: value}
	if colon > 0 {
		a.prefix, a.local = name[:colon], name[colon+1:]
	}
	for _, b := range x.attrs {
		if len(a.local) == len(b.local) && a.local[0] == b.local[0] && bytes.Equal(a.local, b.local) && bytes.Equal(a.prefix, b.prefix) {
			return 0, x.fail("the attribute %.60s is there twice", name)
		}
	}
	x.attrs = append(x.attrs, a)
	return end + size + 2, nil
}

// xmlName is the length of the name at the start of w, and where the colon in
// it is, 0 for none. Only names of ASCII are read: the formats of office
// documents have no other.
func xmlName(w []byte) (size, colon int, ok bool) {
	start := 0
	for size < len(w) {
		switch c := w[size]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_':
		case size > start && (c >= '0' && c <= '9' || c == '-' || c == '.'):
		case c == ':' && colon == 0 && size > 0:
			colon, start = size, size+1
		default:
			return size, colon, size > start
		}
		size++
	}
	return size, colon, size > start
}

// enter opens an element whose attributes are read.
func (x *xmlReader) enter(name []byte, colon int) error {
	if len(x.open) == 0 && x.rooted {
		return x.fail("there is a second element behind the root")
	}
	if len(x.open) == maxXMLDepth {
		return x.fail("elements are nested more than 64 deep")
	}
	x.rooted = true
	tag := openTag{name: len(x.names), local: len(x.names)}
	var prefix []byte
	if colon > 0 {
		prefix = name[:colon]
		tag.local += colon + 1
	}
	x.names = append(x.names, name...)
	depth := len(x.open) + 1
	for _, a := range x.attrs {
		if string(a.prefix) == "xmlns" || len(a.prefix) == 0 && string(a.local) == "xmlns" {
			if err := x.bind(a, depth); err != nil {
				return err
			}
		}
	}
	for _, a := range x.attrs {
		if len(a.prefix) > 0 && string(a.prefix) != "xmlns" {
			if _, err := x.spaceOf(a.prefix); err != nil {
				return err
			}
		}
	}
	if tag.space = x.plain; prefix != nil {
		space, err := x.spaceOf(prefix)
		if err != nil {
			return err
		}
		tag.space = space
	}
	x.open = append(x.open, tag)
	x.name, x.space = x.names[tag.local:], tag.space
	return nil
}

// is says that the last start tag is this element of a sheet's namespace.
func (x *xmlReader) is(name string) bool {
	return x.space == spaceMain && string(x.name) == name
}

// attr is the value of an attribute without prefix, nil when it is not there.
// It is valid until the next call of next.
func (x *xmlReader) attr(name string) []byte {
	for _, a := range x.attrs {
		if len(a.prefix) == 0 && string(a.local) == name {
			return a.value
		}
	}
	return nil
}

// attrIn is the same for an attribute of a namespace.
func (x *xmlReader) attrIn(space xmlSpace, name string) string {
	for _, a := range x.attrs {
		if len(a.prefix) > 0 && string(a.local) == name {
			if s, err := x.spaceOf(a.prefix); err == nil && s == space {
				return string(a.value)
			}
		}
	}
	return ""
}

// only refuses attributes without prefix that the last start tag can't have.
func (x *xmlReader) only(names []string) error {
	for _, a := range x.attrs {
		if len(a.prefix) == 0 && string(a.local) != "xmlns" && !slices.Contains(names, string(a.local)) {
			return x.fail("<%s> has the unknown attribute %.40q", x.name, a.local)
		}
	}
	return nil
}

// each calls f at the start of every child of the element just entered, skips
// what f leaves of it, and ends behind the element's own end.
func (x *xmlReader) each(f func() error) error {
	depth := x.depth()
	for {
		kind, err := x.next()
		if err != nil {
			return err
		}
		switch {
		case kind == xmlEnd && x.depth() < depth:
			return nil
		case kind == xmlStart:
			if err := f(); err != nil {
				return err
			}
			if err := x.leave(depth); err != nil {
				return err
			}
		}
	}
}

// leave reads on until no more than so many elements are open.
func (x *xmlReader) leave(depth int) error {
	for x.depth() > depth {
		if _, err := x.next(); err != nil {
			return err
		}
	}
	return nil
}

// root reads the root element, which must be the one named.
func (x *xmlReader) root(space xmlSpace, name string) error {
	kind, err := x.next()
	if err != nil {
		return err
	}
	if kind != xmlStart || x.space != space || string(x.name) != name {
		return x.fail("the root is <%.60s>, not <%s> of its kind", x.name, name)
	}
	return nil
}

// end reads behind the root to the end of the part.
func (x *xmlReader) end() error {
	for {
		kind, err := x.next()
		if kind == xmlDone || err != nil {
			return err
		}
	}
}
