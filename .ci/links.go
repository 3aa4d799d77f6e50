// Links reads every page and style sheet below a folder and says which links
// lead nowhere or outside: go run .ci/links.go FOLDER. Names are compared as
// they stand, so that what works on Windows works on Linux.
package main

import (
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A link is one address and the file it stands in.
type link struct{ from, to string }

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run .ci/links.go FOLDER")
		os.Exit(2)
	}
	links, anchors, err := read(os.DirFS(os.Args[1]))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var wrong []string
	for _, l := range links {
		if why := broken(l, anchors); why != "" {
			wrong = append(wrong, fmt.Sprintf("%s: %q %s", l.from, l.to, why))
		}
	}
	for _, w := range wrong {
		fmt.Fprintln(os.Stderr, w)
	}
	if len(wrong) > 0 || len(links) == 0 {
		fmt.Fprintf(os.Stderr, "%d of %d links are wrong\n", len(wrong), len(links))
		os.Exit(1)
	}
	fmt.Printf("links: %d, in %d files, lead to a file and a place inside the folder\n", len(links), len(anchors))
}

// read collects the links, and for each file of the folder its anchors.
func read(fsys fs.FS) (links []link, anchors map[string][]string, err error) {
	anchors = map[string][]string{}
	err = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		anchors[name] = nil
		switch path.Ext(name) {
		case ".html":
			f, err := fsys.Open(name)
			if err != nil {
				return err
			}
			root, err := html.Parse(f)
			f.Close()
			if err != nil {
				return err
			}
			for n := range root.Descendants() {
				for _, a := range n.Attr {
					switch a.Key {
					case "id":
						if slices.Contains(anchors[name], a.Val) {
							return fmt.Errorf("%s: two elements have the id %q", name, a.Val)
						}
						anchors[name] = append(anchors[name], a.Val)
					case "href", "src", "srcset", "poster", "action", "formaction", "data", "background", "cite", "ping":
						links = append(links, link{name, a.Val})
					}
				}
			}
		case ".css":
			text, err := fs.ReadFile(fsys, name)
			if err != nil {
				return err
			}
			for _, m := range address.FindAllStringSubmatch(string(text), -1) {
				links = append(links, link{name, strings.Trim(m[1]+m[2], `"' `)})
			}
		}
		return nil
	})
	return links, anchors, err
}

// address finds what a style sheet refers to.
var address = regexp.MustCompile(`url\(([^)]*)\)|@import\s+("[^"]*"|'[^']*')`)

// broken says what is wrong with a link; "" when nothing is.
func broken(l link, anchors map[string][]string) string {
	if strings.HasPrefix(l.to, "data:,") {
		return "" // the empty icon, which keeps a browser from asking for one
	}
	u, err := url.Parse(l.to)
	switch {
	case err != nil:
		return "is no address"
	case u.Scheme != "" || u.Host != "" || strings.HasPrefix(u.Path, "/"):
		return "leads outside"
	case u.Path == "" && u.Fragment == "":
		return "is empty"
	}
	target := l.from
	if u.Path != "" {
		target = path.Join(path.Dir(l.from), u.Path)
	}
	found, ok := anchors[target]
	switch {
	case !ok:
		return "leads to no file"
	case u.Fragment != "" && path.Ext(target) == ".html" && !slices.Contains(found, u.Fragment):
		return "leads to no place in " + target
	}
	return ""
}
