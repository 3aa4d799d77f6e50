package source

import "bytes"

// A tagWalker finds the tags of a part as they pass by, from its own reading of
// where they begin and end. It shares no code with xmlReader and trusts it to
// refuse what is not well-formed; what it is told it does not check.
type tagWalker struct {
	open  func(name, tag []byte)
	close func()
	text  func([]byte)
	leap  func([]byte) int // how much that says nothing may be left out here; nil for nothing

	state walkerState
	tag   []byte  // begun: at most its first tagBytes
	size  int     // bytes of it so far
	quote byte    // open in it
	last  [2]byte // bytes before the next one
}

type walkerState int

const (
	betweenTags walkerState = iota
	inTag
	inComment
	inSection
	inInstruction
)

// tagBytes is how much of a tag is kept: cells have short ones.
const tagBytes = 512

func (k *tagWalker) add(b []byte) {
	for len(b) > 0 {
		switch k.state {
		case betweenTags:
			if k.leap != nil {
				b = b[k.leap(b):]
			}
			at := bytes.IndexByte(b, '<')
			if at < 0 {
				k.text(b)
				return
			}
			if at > 0 {
				k.text(b[:at])
			}
			if b = b[at+1:]; k.plainTag(b) {
				b = b[k.size+1:]
				continue
			}
			k.state, k.tag, k.size, k.quote, k.last = inTag, k.tag[:0], 0, 0, [2]byte{}
		case inTag:
			b = k.inTag(b)
		default:
			b = k.skip(b)
		}
	}
}

// plainTag tells of the tag at the start of b when it is all there and is one
// whose first > ends it: quotes before it come in pairs. It sets its size.
func (k *tagWalker) plainTag(b []byte) bool {
	at := bytes.IndexByte(b, '>')
	if at < 1 || at > tagBytes || b[0] == '!' || b[0] == '?' || bytes.Count(b[:at], []byte{'"'})%2 != 0 || bytes.IndexByte(b[:at], '\'') >= 0 {
		return false
	}
	k.size, k.last[1] = at, b[at-1]
	k.ended(b[:at])
	return true
}

// inTag takes bytes up to the end of a tag, or until it is something else.
func (k *tagWalker) inTag(b []byte) []byte {
	for i, c := range b {
		switch {
		case k.quote != 0:
			if c == k.quote {
				k.quote = 0
			}
		case c == '>':
			k.state = betweenTags
			k.ended(k.tag)
			return b[i+1:]
		case c == '"' || c == '\'':
			k.quote = c
		}
		if k.size < tagBytes {
			k.tag = append(k.tag, c)
		}
		k.last[1] = c
		if k.size++; k.size > 8 {
			continue
		}
		switch string(k.tag) {
		case "?":
			k.state = inInstruction
		case "!--":
			k.state = inComment
		case "![CDATA[":
			k.state = inSection
		default:
			continue
		}
		k.last = [2]byte{}
		return b[i+1:]
	}
	return nil
}

// ended tells of a tag.
func (k *tagWalker) ended(t []byte) {
	if len(t) == 0 {
		return
	}
	if t[0] == '/' {
		k.close()
		return
	}
	name, from := t, 0
	for i, c := range t {
		if c == ':' {
			from = i + 1
		} else if c <= ' ' || c == '/' {
			name = t[:i]
			break
		}
	}
	name = name[from:]
	k.open(name, t)
	if k.last[1] == '/' {
		k.close()
	}
}

// skip takes bytes up to the end of what is no tag; a section is text.
func (k *tagWalker) skip(b []byte) []byte {
	for i, c := range b {
		end := false
		switch k.state {
		case inComment:
			end = c == '>' && k.last == [2]byte{'-', '-'}
		case inSection:
			end = c == '>' && k.last == [2]byte{']', ']'}
			if c != ']' && !end || c == ']' && k.last == [2]byte{']', ']'} {
				k.text(b[i : i+1])
			}
		default:
			end = c == '>' && k.last[1] == '?'
		}
		if k.last = [2]byte{k.last[1], c}; end {
			k.state = betweenTags
			return b[i+1:]
		}
	}
	return nil
}
