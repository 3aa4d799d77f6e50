package seal

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// An Archived is an archive of a company by its file name; nothing of what is
// in it was looked at.
type Archived struct {
	File     string // file name, with .zip
	Packet   string // name of the published month: 2026-04.r2
	Month    string // 2026-04
	Revision int    // 1, or more for a corrected month
	Draft    bool   // nobody signed it
}

// Archives lists the archives of a company in a folder: by month, revisions in
// order, a draft behind them. A folder that does not exist holds none.
func Archives(dir, company string) ([]Archived, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list archives: %w", err)
	}
	var all []Archived
	for _, e := range entries {
		packet, is := strings.CutPrefix(e.Name(), bagName(company, ""))
		if packet, is = cutZip(packet, is); !is {
			continue
		}
		a := Archived{File: e.Name(), Packet: packet}
		if a.Month, a.Revision, a.Draft, is = parseFolder(packet); is {
			all = append(all, a)
		}
	}
	slices.SortFunc(all, func(a, b Archived) int {
		return cmp.Or(strings.Compare(a.Month, b.Month), compareDraft(a.Draft, b.Draft), cmp.Compare(a.Revision, b.Revision))
	})
	return all, nil
}

func cutZip(name string, is bool) (string, bool) {
	base, zipped := strings.CutSuffix(name, ".zip")
	return base, is && zipped
}

func compareDraft(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
