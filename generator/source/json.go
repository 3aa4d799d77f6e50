package source

import (
	"bytes"
	"fmt"
	"slices"
)

// isJSON goes by the name, and without one by how JSON of records must begin:
// no CSV without errors begins like that.
func isJSON(in *input) bool {
	switch in.ending {
	case ".json", ".jsonl", ".ndjson":
		return true
	}
	h := in.head[:min(len(in.head), 512)]
	h = bytes.TrimPrefix(h, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(h, []byte("\xff\xfe")) || bytes.HasPrefix(h, []byte("\xfe\xff")) {
		h = bytes.ReplaceAll(h[2:], []byte{0}, nil)
	}
	h = bytes.TrimLeft(h, jsonSpace)
	if len(h) < 2 {
		return false
	}
	next := bytes.TrimLeft(h[1:], jsonSpace)
	switch {
	case len(next) == 0:
		return false
	case h[0] == '{':
		return next[0] == '"' || next[0] == '}'
	case h[0] == '[':
		return bytes.IndexByte([]byte(`{["]`), next[0]) >= 0
	}
	return false
}

// jsonSpace is all the white space that JSON knows.
const jsonSpace = " \t\r\n"

// readJSON reads one document, or JSON lines: values on lines of their own.
func readJSON(in *input, each RowFunc) (*Table, error) {
	text, err := in.decode(false)
	if err != nil {
		return nil, err
	}
	b := &blocks{src: text}
	if err := b.more(); err != nil {
		return nil, err
	}
	var t *Table
	if startsWithLine(b) || (in.ending == ".jsonl" || in.ending == ".ndjson") && !startsOverLines(b) {
		t, err = readLines(in, b, each)
	} else {
		t, err = readDocument(in, b, each)
	}
	if err != nil {
		return nil, err
	}
	t.Encoding = text.label
	return t, nil
}

// startsWithLine says that the first line is a whole object and more follows.
func startsWithLine(b *blocks) bool {
	w := bytes.TrimLeft(b.window(), jsonSpace)
	line, rest, found := bytes.Cut(w, []byte{'\n'})
	if !found || len(bytes.TrimLeft(rest, jsonSpace)) == 0 || line[0] != '{' && line[0] != '"' {
		return false
	}
	values, fault := checkJSON(line)
	return fault == nil && len(values) == 1
}

// startsOverLines says that the first value can't be on one line with its end.
func startsOverLines(b *blocks) bool {
	w := bytes.TrimLeft(b.window(), jsonSpace)
	line, _, _ := bytes.Cut(w, []byte{'\n'})
	line = bytes.TrimRight(line, jsonSpace)
	return bytes.HasPrefix(line, []byte("[")) || string(line) == "{"
}

// readDocument reads a file that is one value, or several that follow one
// another without a line for each.
func readDocument(in *input, b *blocks, each RowFunc) (*Table, error) {
	for {
		if int64(len(b.window())) > in.opts.MaxBytes {
			return nil, in.problem(0, "document-too-large", fmt.Sprintf("The JSON document is larger than %d MB and has to be held whole; nothing of it was used.", in.opts.MaxBytes>>20),
				"Export it as JSON lines or CSV, or split it.")
		}
		if b.last() {
			break
		}
		if err := b.more(); err != nil {
			return nil, err
		}
	}
	doc := b.window()
	values, f := checkJSON(doc)
	if f != nil {
		return nil, in.notJSON(doc, f)
	}
	if len(values) == 0 {
		return nil, in.problem(0, "empty-file", "The file holds no value: it shows neither that there is something nor that there is nothing.",
			"Export it again; an export of nothing is [].")
	}
	j := newJSONReader(in, "json", each)
	if len(values) > 1 {
		j.table.Format = "json lines"
		j.note("%d values one after the other", len(values))
		for _, v := range values {
			if err := j.element(v); err != nil {
				return nil, err
			}
		}
		return j.close(countJSON(doc, 0))
	}
	if err := j.document(values[0], 0); err != nil {
		return nil, err
	}
	return j.close(j.counted)
}

// notJSON is a document that is not strict JSON.
func (in *input) notJSON(doc []byte, f *jsonFault) error {
	return in.problem(0, "bad-json", fmt.Sprintf("At %s: %s; nothing of the file was used.", linePlace(0, doc[:f.at]), f.reason),
		"Export the file again with a tool that writes strict JSON.")
}

// readLines reads JSON lines as a stream: a line that can't be read is
// rejected, and the next begins anew.
func readLines(in *input, b *blocks, each RowFunc) (*Table, error) {
	j := newJSONReader(in, "json lines", each)
	var count lineCounter
	b.listen(count.add)
	for line := 0; ; line++ {
		w, err := nextLine(b)
		if err != nil {
			return nil, err
		}
		if len(w) == 0 {
			break
		}
		text := bytes.Trim(w, jsonSpace)
		switch values, f := checkJSON(text); {
		case len(w) > maxRecord:
			err = j.rejectLine(line, w[:0], "the record is longer than 1 MiB")
		case len(text) == 0:
		case f != nil:
			before := len(w) - len(bytes.TrimLeft(w, jsonSpace)) + f.at
			err = j.rejectLine(line, w[:before], f.reason)
		case len(values) != 1:
			err = j.rejectLine(line, w[:0], "the line holds several values")
		default:
			err = j.element(text)
		}
		if err != nil {
			return nil, err
		}
		b.take(len(w))
	}
	if count.lines() == 0 {
		return nil, in.problem(0, "empty-file", "The file holds no record: it shows neither that there is something nor that there is nothing.", "Export it again.")
	}
	return j.close(count.lines())
}

// nextLine is the next physical line with its end. Of one that is longer than
// maxRecord it gives more than that, takes the rest, and leaves it to the caller
// to say so.
func nextLine(b *blocks) ([]byte, error) {
	for from := 0; ; {
		w := b.window()
		if at := bytes.IndexByte(w[from:], '\n'); at >= 0 {
			return w[:from+at+1], nil
		}
		if b.last() {
			return w, nil
		}
		if from = len(w); from > maxRecord {
			b.take(from - maxRecord - 1)
			from = maxRecord + 1
		}
		if err := b.more(); err != nil {
			return nil, err
		}
	}
}

// A lineCounter counts the lines that hold anything.
type lineCounter struct {
	full int
	some bool // the line begun holds something
}

func (c *lineCounter) add(b []byte) {
	for {
		at := bytes.IndexByte(b, '\n')
		line := b
		if at >= 0 {
			line = b[:at]
		}
		c.some = c.some || slices.ContainsFunc(line, func(ch byte) bool { return ch != ' ' && ch != '\t' && ch != '\r' })
		if at < 0 {
			return
		}
		if c.some {
			c.full++
		}
		c.some = false
		b = b[at+1:]
	}
}

func (c *lineCounter) lines() int {
	if c.some {
		return c.full + 1
	}
	return c.full
}
