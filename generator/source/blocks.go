package source

import "io"

// blocks hands out a window over decoded text that grows until it holds a whole
// record. Every byte passes through tap exactly once.
type blocks struct {
	src        io.Reader
	size       int // bytes of a block; 0 means blockBytes
	buf        []byte
	start, end int
	tap        func([]byte)
	err        error // why no more comes; io.EOF at a plain end
}

// window is what is read and not yet taken.
func (b *blocks) window() []byte { return b.buf[b.start:b.end] }

// last says that nothing comes after the window.
func (b *blocks) last() bool { return b.err == io.EOF }

// take gives up the first n bytes of the window.
func (b *blocks) take(n int) { b.start += n }

// more makes the window longer by a block, or says that there is no more. It
// ends only with a failure: an end of the file is seen by last.
func (b *blocks) more() error {
	if b.err != nil {
		if b.err == io.EOF {
			return nil
		}
		return b.err
	}
	if b.start > 0 {
		b.end = copy(b.buf, b.window())
		b.start = 0
	}
	size := b.size
	if size == 0 {
		size = blockBytes
	}
	if len(b.buf)-b.end < size {
		b.buf = append(b.buf[:b.end], make([]byte, max(size, b.end))...)
	}
	from := b.end
	for b.err == nil && b.end-from < size {
		var n int
		n, b.err = b.src.Read(b.buf[b.end : from+size])
		b.end += n
	}
	if b.tap != nil {
		b.tap(b.buf[from:b.end])
	}
	if b.err != io.EOF {
		return b.err
	}
	return nil
}

// listen sets the tap, and shows it what was read before.
func (b *blocks) listen(tap func([]byte)) {
	b.tap = tap
	tap(b.window())
}
