package seal

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
)

// Unpack hands out files of an archive, zip or unpacked, by their names inside
// it: those that wanted says. It does not verify: Verify does.
func Unpack(path string, wanted func(name string) bool, each func(name string, r io.Reader) error) (err error) {
	t, closed, err := archiveTree(path)
	if err != nil {
		return fmt.Errorf("unpack: %w", err)
	}
	defer func() { err = errors.Join(err, closed()) }()
	for _, name := range t.names() {
		if !t.has(name) || !wanted(name) {
			continue
		}
		r, err := t.open(name)
		if err != nil {
			return fmt.Errorf("unpack %s: %w", name, err)
		}
		err = each(name, r)
		if err = errors.Join(err, r.Close()); err != nil {
			return fmt.Errorf("unpack %s: %w", name, err)
		}
	}
	return nil
}

// archiveTree is the tree of an archive, and what gives it up.
func archiveTree(path string) (t *tree, closed func() error, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, err
	}
	if info.IsDir() {
		root, err := os.OpenRoot(path)
		if err != nil {
			return nil, nil, err
		}
		if t, err = folderTree(root); err != nil {
			return nil, nil, errors.Join(err, root.Close())
		}
		return t, root.Close, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	if t, _, err = zipTree(f, info.Size()); err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	return t, f.Close, nil
}

// A Difference is a file that two archives do not have alike.
type Difference struct {
	Path         string // inside the archive
	First, Other string // SHA-256 in each; "" where it is not there
}

// Compare names the files, signatures aside, in which two archives differ, in
// order of their names; files is how many both have alike. It goes by their
// lists, which Verify holds against the files.
func Compare(first, other string) (differences []Difference, files int, err error) {
	var lists [2]map[string]string
	for i, path := range []string{first, other} {
		lists[i] = map[string]string{}
		err := Unpack(path, func(name string) bool { return name == bagList || name == bagTagList }, func(name string, r io.Reader) error {
			text, err := io.ReadAll(io.LimitReader(r, maxManifest+1))
			if err != nil {
				return err
			}
			m, err := ParseManifest(text)
			if err != nil {
				return err
			}
			for _, e := range m {
				lists[i][e.Path] = e.SHA256
			}
			if name == bagTagList {
				lists[i][name] = digestOf(text)
			}
			return nil
		})
		if err != nil {
			return nil, 0, err
		}
	}
	all := maps.Clone(lists[0])
	maps.Copy(all, lists[1])
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if lists[0][name] == lists[1][name] {
			files++
			continue
		}
		differences = append(differences, Difference{name, lists[0][name], lists[1][name]})
	}
	return differences, files, nil
}
