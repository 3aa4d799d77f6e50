package site

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"path"
	"sort"
	"strings"

	"proofpack/generator/name"
)

// maxName is how long one part of a path may be.
const maxName = 48

// mostLinkErrors bounds how many links that lead nowhere are listed.
const mostLinkErrors = 20

// Links checks a folder of pages while it is written: every path can be a file
// everywhere, and every link leads to a file and an anchor that are there.
type Links struct {
	files   map[string]string          // path folded to lower case -> path as given
	anchors map[string]map[string]bool // page -> ids
	wanted  map[string]string          // file or file#anchor -> the first page that links there
}

// NewLinks starts a check of a folder into which others write the files named.
func NewLinks(beside ...string) *Links {
	l := &Links{files: map[string]string{}, anchors: map[string]map[string]bool{}, wanted: map[string]string{}}
	for _, p := range beside {
		l.files[strings.ToLower(p)] = p
	}
	return l
}

// Add takes a file into the check: its path, and when it is a page the anchors
// it has and the links it makes.
func (l *Links) Add(file string, data []byte) error {
	if err := name.Check(file); err != nil {
		return err
	}
	for part := range strings.SplitSeq(file, "/") {
		if len(part) > maxName {
			return fmt.Errorf("name %q: %d characters, %d are the most", part, len(part), maxName)
		}
	}
	folded := strings.ToLower(file)
	if other, taken := l.files[folded]; taken {
		return fmt.Errorf("two files are named %q and %q", other, file)
	}
	l.files[folded] = file
	if path.Ext(file) != ".html" {
		return nil
	}
	return l.read(file, data)
}

// read finds the ids and links of a page. Our pages write every attribute in
// double quotes, with a space before its name, and no text can hold one.
func (l *Links) read(file string, data []byte) error {
	ids := map[string]bool{}
	l.anchors[file] = ids
	var errs error
	each(data, ` id="`, func(id string) {
		if ids[id] {
			errs = errors.Join(errs, fmt.Errorf("%s: two elements have the id %q", file, id))
		}
		ids[id] = true
	})
	folder := path.Dir(file)
	link := func(to string) {
		to = html.UnescapeString(to)
		switch {
		case to == "" || to == "data:,":
			return
		case strings.HasPrefix(to, "#"):
			to = file + to
		default:
			to = path.Join(folder, to) // an anchor is part of the last name
		}
		if _, known := l.wanted[to]; !known {
			l.wanted[to] = file
		}
	}
	each(data, ` href="`, link)
	each(data, ` src="`, link)
	return errs
}

// each calls f with every value of an attribute.
func each(data []byte, attribute string, f func(string)) {
	start := []byte(attribute)
	for {
		i := bytes.Index(data, start)
		if i < 0 {
			return
		}
		data = data[i+len(start):]
		end := bytes.IndexByte(data, '"')
		if end < 0 {
			return
		}
		f(string(data[:end]))
		data = data[end:]
	}
}

// Check says which links lead nowhere, once every file is there.
func (l *Links) Check() error {
	var lost []string
	for to, from := range l.wanted {
		file, anchor, _ := strings.Cut(to, "#")
		switch {
		case l.files[strings.ToLower(file)] != file:
			lost = append(lost, fmt.Sprintf("%s links to %s, and there is no such file", from, to))
		case anchor != "" && l.anchors[file] != nil && !l.anchors[file][anchor]:
			lost = append(lost, fmt.Sprintf("%s links to %s, and there is no such place on that page", from, to))
		}
	}
	if len(lost) == 0 {
		return nil
	}
	sort.Strings(lost)
	more := ""
	if n := len(lost) - mostLinkErrors; n > 0 {
		more = fmt.Sprintf("\nand %d more", n)
		lost = lost[:mostLinkErrors]
	}
	return errors.New(strings.Join(lost, "\n") + more)
}
