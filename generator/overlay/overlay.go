// Package overlay lays a user's files over the built-in ones: a theme or a
// template is changed by a file of the same path, one file at a time.
package overlay

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"proofpack/generator/diag"
)

// MaxBytes is how large one of the user's files may be. The largest built-in
// one, the chart library, has less than 2 MB.
const MaxBytes = 16 << 20

// An FS is the built-in files with some replaced. It lists the built-in files
// only: a user's file that replaces none is no part of it.
type FS struct {
	builtIn, user fs.FS
	replaced      []string
}

// Lay lays the files of user over those of builtIn. folder is the user's folder
// as the user knows it. A file that would replace nothing, or cannot, is a
// problem; an error is of the machine. Without a user's folder user is nil.
func Lay(builtIn, user fs.FS, folder string) (*FS, []*diag.Problem, error) {
	over := &FS{builtIn: builtIn, user: user}
	if user == nil {
		return over, nil, nil
	}
	known, err := files(builtIn)
	if err != nil {
		return nil, nil, fmt.Errorf("overlay: built-in files: %w", err)
	}
	var problems []*diag.Problem
	say := func(name, code, message, fix string) {
		problems = append(problems, diag.At(diag.Pos{File: path.Join(folder, name)}, code, message, fix))
	}
	err = fs.WalkDir(user, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && hidden(name):
			return fs.SkipDir
		case d.IsDir() || hidden(name):
			return nil
		case !slices.Contains(known, name):
			say(name, "replaces-nothing", "this file replaces no built-in file"+nearest(name, known), "rename it, or take it away")
			return nil
		case !d.Type().IsRegular():
			say(name, "not-a-file", "this is a link or a device, not a file", "put a copy of the file here")
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if info.Size() > MaxBytes {
			say(name, "too-large", fmt.Sprintf("this file has %d bytes, the limit is %d", info.Size(), MaxBytes), "use a smaller file")
			return nil
		}
		over.replaced = append(over.replaced, name)
		return nil
	})
	if err != nil {
		return nil, problems, fmt.Errorf("overlay: %s: %w", folder, err)
	}
	return over, problems, nil
}

// Replaced lists the built-in files that the user's replace, sorted.
func (over *FS) Replaced() []string { return slices.Clone(over.replaced) }

// Open opens the user's file where there is one, else the built-in file.
func (over *FS) Open(name string) (fs.File, error) {
	if slices.Contains(over.replaced, name) {
		return over.user.Open(name)
	}
	return over.builtIn.Open(name)
}

func files(of fs.FS) ([]string, error) {
	var names []string
	err := fs.WalkDir(of, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	return names, err
}

// nearest says which built-in path was most likely meant: one of the same name
// in another folder, else one that is written nearly alike.
func nearest(name string, known []string) string {
	meant := diag.Nearest(name, known)
	for _, k := range known {
		if path.Base(k) == path.Base(name) {
			meant = k
			break
		}
	}
	if meant == "" {
		return ""
	}
	return fmt.Sprintf(". Did you mean %q?", meant)
}

// hidden tells the files that systems and editors leave behind from a user's.
func hidden(name string) bool {
	base := path.Base(name)
	return base != "." && strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$") ||
		strings.EqualFold(base, "Thumbs.db") || strings.EqualFold(base, "desktop.ini")
}
