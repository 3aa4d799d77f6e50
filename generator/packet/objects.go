package packet

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// errRaw says that the PDF library wrote something else than what its pinned
// version is known to write.
var errRaw = errors.New("the PDF library wrote a file of a form that is not known")

// objects are the objects of a file by number; 0 is unused.
type objects []string

// readObjects takes apart the file that the PDF library wrote.
func readObjects(raw []byte) (objects, error) {
	tail := bytes.LastIndex(raw, []byte("startxref\n"))
	if tail < 0 {
		return nil, errRaw
	}
	at, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(string(raw[tail+len("startxref\n"):])), "%%EOF")))
	if err != nil || at < 0 || at >= len(raw) {
		return nil, errRaw
	}
	lines := strings.Split(string(raw[at:tail]), "\n")
	if len(lines) < 3 || lines[0] != "xref" {
		return nil, errRaw
	}
	var first, count int
	if _, err := fmt.Sscanf(lines[1], "%d %d", &first, &count); err != nil || first != 0 || count > len(lines)-2 {
		return nil, errRaw
	}
	out := make(objects, count)
	for n := 1; n < count; n++ {
		var offset int
		if _, err := fmt.Sscanf(lines[2+n], "%d", &offset); err != nil || offset < 0 || offset >= len(raw) {
			return nil, errRaw
		}
		if out[n], err = readObject(raw[offset:], n); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// readObject is the body of one object. A stream holds any bytes, so its end is
// found by its length.
func readObject(b []byte, n int) (string, error) {
	head := fmt.Sprintf("%d 0 obj\n", n)
	if !bytes.HasPrefix(b, []byte(head)) {
		return "", errRaw
	}
	b = b[len(head):]
	end := bytes.Index(b, []byte("\nendobj"))
	if end < 0 {
		return "", errRaw
	}
	const open, closed = ">>\nstream\n", "\nendstream"
	if s := bytes.Index(b, []byte(open)); s >= 0 && s < end {
		length, ok := numberAfter(string(b[:s]), "/Length ")
		if !ok {
			return "", errRaw
		}
		end = s + len(open) + length + len(closed)
		if end > len(b) || !bytes.HasSuffix(b[:end], []byte(closed)) {
			return "", errRaw
		}
	}
	return string(b[:end]), nil
}

// numberAfter is the number that follows a key in a dictionary.
func numberAfter(dict, key string) (int, bool) {
	i := strings.Index(dict, key)
	if i < 0 {
		return 0, false
	}
	rest := dict[i+len(key):]
	end := 0
	for end < len(rest) && rest[end] >= '0' && rest[end] <= '9' {
		end++
	}
	n, err := strconv.Atoi(rest[:end])
	return n, err == nil
}

// add appends an object and returns its number.
func (o *objects) add(body string) int {
	*o = append(*o, body)
	return len(*o) - 1
}

// with is a dictionary with more entries.
func with(dict, entries string) string {
	return strings.TrimSuffix(strings.TrimSpace(dict), ">>") + entries + ">>"
}

// reference leads to an object.
func reference(n int) string { return strconv.Itoa(n) + " 0 R" }
