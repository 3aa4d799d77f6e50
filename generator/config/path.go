package config

import (
	"fmt"
	"path"
	"regexp"
	"strings"
)

// braced is anything in braces in a path.
var braced = regexp.MustCompile(`\{[^}]*\}?`)

// globField is a path with wild cards inside the folder of the configuration.
func globField(name, means string, to *string) field {
	return field{name, means, schema{"type": "string"}, func(r *reader, e entry) {
		w, ok := r.words(e)
		if !ok || !r.inside(w, e) || !r.monthOnly(w, e) {
			return
		}
		if _, err := path.Match(w, ""); err != nil {
			r.say(e.value.line, "bad-path", fmt.Sprintf("%q has a [ without its ]", w), "close the bracket, or match the sign with ?")
			return
		}
		*to = path.Clean(w)
	}}
}

// themeField is the name of a built-in theme or a path inside the folder.
func themeField(name, means string, to *string) field {
	return field{name, means, schema{"type": "string"}, func(r *reader, e entry) {
		if w, ok := r.words(e); ok && r.inside(w, e) {
			*to = path.Clean(w)
		}
	}}
}

// folderField is a folder, here or on a share.
func folderField(name, means string, to *string) field {
	return field{name, means, schema{"type": "string", "default": DefaultExports}, func(r *reader, e entry) {
		if w, ok := r.words(e); ok && r.monthOnly(w, e) && r.slashes(w, e) {
			*to = path.Clean(w)
		}
	}}
}

// inside tells whether a path stays in the folder of the configuration, so that
// an archive holds all that a rebuild needs.
func (r *reader) inside(w string, e entry) bool {
	if !r.slashes(w, e) {
		return false
	}
	if clean := path.Clean(w); path.IsAbs(w) || clean == ".." || strings.HasPrefix(clean, "../") || len(w) > 1 && w[1] == ':' {
		r.say(e.value.line, "bad-path", fmt.Sprintf("%q leaves the folder of this file", w), "write a path from this folder; bring the file here, or set exports: to the folder that holds it")
		return false
	}
	return true
}

func (r *reader) slashes(w string, e entry) bool {
	if strings.Contains(w, `\`) {
		r.say(e.value.line, "bad-path", fmt.Sprintf("%q has backslashes", w), "write "+strings.ReplaceAll(w, `\`, "/")+", which Windows reads too")
		return false
	}
	return true
}

func (r *reader) monthOnly(w string, e entry) bool {
	for _, p := range braced.FindAllString(w, -1) {
		if p != "{month}" {
			r.say(e.value.line, "bad-path", fmt.Sprintf("%s in %q stands for nothing", p, w), "the only one is {month}, the month as YYYY-MM")
			return false
		}
	}
	return true
}
