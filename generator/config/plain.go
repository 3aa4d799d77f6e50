package config

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxBytes bounds the file: 256 KiB hold some 500 sources.
const maxBytes = 256 << 10

// maxOpen bounds brackets that are open at once, before the parser, which
// recurses into each, sees them.
const maxOpen = 64

// plain is the text of the file when it is safe to give to the parser; else it
// says what is wrong and answers false.
func (r *reader) plain(data []byte) (string, bool) {
	said := len(r.problems)
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	switch {
	case len(data) > maxBytes:
		r.say(0, "too-large", fmt.Sprintf("the file has %d bytes; %d is the most", len(data), maxBytes), "facts belong in exports, not here")
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		r.say(0, "not-utf8", "the file is written in UTF-16", "save it as UTF-8: Notepad, Save As, Encoding; PowerShell, Out-File -Encoding utf8")
	case !utf8.Valid(data):
		r.say(lineOfInvalid(data), "not-utf8", "this line is not written in UTF-8", "save the file as UTF-8")
	case bytes.IndexByte(data, 0) >= 0:
		r.say(1+bytes.Count(data[:bytes.IndexByte(data, 0)], []byte("\n")), "not-text", "this line holds a NUL byte", "write the file again with a text editor")
	}
	if len(r.problems) > said {
		return "", false
	}
	text := strings.ReplaceAll(string(data), "\r\n", "\n")
	if strings.Contains(text, "\r") {
		r.say(0, "line-ends", "lines end in a lone carriage return", "save the file with Windows or Unix line ends")
		return "", false
	}
	open := 0
	for i, line := range strings.Split(text, "\n") {
		content := strings.TrimLeft(line, " \t")
		if strings.HasPrefix(content, "#") {
			continue
		}
		if content != "" && strings.Contains(line[:len(line)-len(content)], "\t") {
			r.say(i+1, "tab", "this line is indented with a tab", "indent with spaces")
		}
		// A run of "- - -" or "? ? ?" nests as deep as it is long.
		indicators := len(content) - len(strings.TrimLeft(content, "-? "))
		open += strings.Count(content, "[") + strings.Count(content, "{")
		open -= strings.Count(content, "]") + strings.Count(content, "}")
		open = max(open, 0)
		if open > maxOpen || strings.Count(content, "[")+strings.Count(content, "{") > 20*maxOpen || indicators > 2*maxOpen {
			r.say(i+1, "too-deep", "too many open brackets or dashes", "write it flatter")
			return "", false
		}
	}
	return text, len(r.problems) == said
}

func lineOfInvalid(data []byte) int {
	line := 1
	for len(data) > 0 {
		c, size := utf8.DecodeRune(data)
		if c == utf8.RuneError && size == 1 {
			break
		}
		if c == '\n' {
			line++
		}
		data = data[size:]
	}
	return line
}
