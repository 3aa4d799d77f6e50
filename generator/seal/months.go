package seal

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"
)

// indexFile lists the months: the only file of the output folder that changes.
const indexFile = "index.html"

// A Month is one published month, as the index lists it.
type Month struct {
	Name     string // of its folder
	Month    string // 2026-05
	Revision int    // 1, or more for a corrected month
	Draft    bool   // nobody signed it
	Archive  string // file name of its archive; "" when it is not in the archive folder
	Files    fs.FS  // its folder, as long as Publication.Index runs
}

// months are the published months and this one, the oldest first, revisions in
// order, a draft behind them.
func (w *press) months() ([]Month, error) {
	names, err := w.out.Names(".")
	if err != nil {
		return nil, err
	}
	var all []Month
	for _, name := range names {
		if _, _, _, ok := parseFolder(name); !ok || name == w.folder {
			continue // something else, or the draft that this one replaces
		}
		sealed, err := w.out.Exists(name + "/" + publishedList)
		if err != nil {
			return nil, err
		}
		if !sealed {
			continue // a folder of somebody's own
		}
		m, err := w.month(name, name)
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	m, err := w.month(w.folder, partial(w.folder))
	if err != nil {
		return nil, err
	}
	m.Archive = w.bag + ".zip"
	all = append(all, m)
	slices.SortFunc(all, func(a, b Month) int {
		return cmp.Or(strings.Compare(a.Month, b.Month), cmp.Compare(rank(a), rank(b)))
	})
	return all, nil
}

func rank(m Month) int {
	if m.Draft {
		return 1 << 20
	}
	return m.Revision
}

// month describes the folder of a name that is (or is still) in a directory.
func (w *press) month(name, dir string) (m Month, err error) {
	m.Name = name
	m.Month, m.Revision, m.Draft, _ = parseFolder(name)
	archive := bagName(w.Record.Org, name) + ".zip"
	there, err := w.archive.Exists(archive)
	if err != nil {
		return m, err
	}
	if there {
		m.Archive = archive
	}
	m.Files, err = fs.Sub(w.out.FS(), dir)
	return m, err
}

// published are the names of months that a folder or an archive has.
func (w *press) published() ([]string, error) {
	names, err := w.out.Names(".")
	if err != nil {
		return nil, err
	}
	archives, err := w.archive.Names(".")
	if err != nil {
		return nil, err
	}
	prefix := bagName(w.Record.Org, "")
	for _, a := range archives {
		if name, ok := strings.CutSuffix(a, ".zip"); ok && strings.HasPrefix(name, prefix) {
			names = append(names, strings.TrimPrefix(name, prefix))
		}
	}
	return slices.DeleteFunc(names, func(n string) bool { _, _, _, ok := parseFolder(n); return !ok }), nil
}
