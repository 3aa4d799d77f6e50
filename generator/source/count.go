package source

import "bytes"

// A counter counts the records of a CSV without cutting them, from its own
// reading of where quotes open and close. What the splitter delivers and rejects
// must come to the same number, or the file is not read at all.
//
// It shares no code with the splitter, and keeps to the other side of every
// doubt: where a closing quote is followed by text, it goes by whether the
// quotes up to the line's end are even in number.
type counter struct {
	delim   byte
	lines   int  // records that ended with a line end, blank ones included
	begun   bool // bytes came after the last of them
	state   counterState
	before  byte // the byte before the next one while between cells; a line end at first
	started bool
}

type counterState int

const (
	outside counterState = iota // in no quotes
	inside                      // in quotes
	closing                     // behind a quote that ends a cell or is doubled
	broken                      // behind a closing quote that text followed, quotes even
	torn                        // the same, quotes odd
)

func (c *counter) add(b []byte) {
	if len(b) == 0 {
		return
	}
	if !c.started {
		c.started, c.before = true, '\n'
	}
	end := b[len(b)-1]
	for len(b) > 0 {
		switch c.state {
		case outside:
			b = c.skipOutside(b)
		case inside, torn:
			at := bytes.IndexByte(b, '"')
			if at < 0 {
				b = nil
				break
			}
			b = b[at+1:]
			if c.state == inside {
				c.state = closing
			} else {
				c.state = broken
			}
		case closing:
			switch b[0] {
			case '"':
				c.state = inside
			case '\r': // part of the line end, or the splitter will say otherwise
			case '\n':
				c.lines++
				c.state, c.before = outside, '\n'
			case c.delim:
				c.state, c.before = outside, c.delim
			default:
				c.state = broken
			}
			b = b[1:]
		case broken:
			at := bytes.IndexAny(b, "\"\n")
			if at < 0 {
				b = nil
				break
			}
			if b[at] == '"' {
				c.state = torn
			} else {
				c.lines++
				c.state, c.before = outside, '\n'
			}
			b = b[at+1:]
		}
	}
	c.begun = end != '\n' || c.state != outside
}

// skipOutside goes to behind the next quote that opens a cell.
func (c *counter) skipOutside(b []byte) []byte {
	at := bytes.IndexByte(b, '"')
	if at < 0 {
		c.lines += bytes.Count(b, []byte{'\n'})
		c.before = b[len(b)-1]
		return nil
	}
	if at > 0 {
		c.lines += bytes.Count(b[:at], []byte{'\n'})
		c.before = b[at-1]
	}
	if c.before == c.delim || c.before == '\n' {
		c.state = inside
	}
	c.before = '"'
	return b[at+1:]
}

// records is the number of records, blank ones included.
func (c *counter) records() int {
	if c.begun {
		return c.lines + 1
	}
	return c.lines
}
