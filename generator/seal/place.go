package seal

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// journalName is the note of what is being moved into place. With it the next
// run of the program can take back, or complete, what a killed run began.
const journalName = ".publishing.json"

// renameTries is how often a rename is tried while somebody (a virus scanner,
// a preview pane) has a file open, and renamePause the wait after the first
// try, doubled each time: 1.5 s in all.
const (
	renameTries = 5
	renamePause = 100 * time.Millisecond
)

// A journal is what is being moved into place.
type journal struct {
	Folder  string `json:"folder"`
	Archive string `json:"archive"` // file name
}

// partial is the name of something while it is written, and retired that of a
// draft that is being replaced.
func partial(name string) string { return "." + name + ".partial" }
func retired(name string) string { return "." + name + ".old" }

// leftover is what a killed run leaves.
var leftover = regexp.MustCompile(`^\.(index\.html|[0-9]{4}-[0-9]{2}(?:\.r[0-9]+|-draft)?|proofpack-[a-z0-9.-]+\.zip)\.(partial|old)$`)

// place moves archive, folder and index into place, in this order: until the
// last rename readers see the months that were.
func (w *press) place() error {
	text, err := json.Marshal(journal{w.folder, w.bag + ".zip"})
	if err != nil {
		return fmt.Errorf("seal: journal: %w", err)
	}
	if err := create(w.out, journalName, text); err != nil {
		return fmt.Errorf("seal: journal: %w", err)
	}
	if err := w.out.Sync("."); err != nil {
		return fmt.Errorf("seal: journal: %w", err)
	}
	if err := w.move(w.archive, w.bag+".zip"); err != nil {
		return err
	}
	if err := w.move(w.out, w.folder); err != nil {
		return err
	}
	if w.Index == nil {
		return nil
	}
	return w.rename(w.out, partial(indexFile), indexFile)
}

// move takes something to its name. Only a draft finds something there.
func (w *press) move(d Disk, name string) error {
	there, err := d.Exists(name)
	if err != nil {
		return fmt.Errorf("seal: publish %s: %w", name, err)
	}
	if there {
		if w.Key != nil {
			return fmt.Errorf("seal: publish %s: it appeared while the month was written", name)
		}
		if err := w.rename(d, name, retired(name)); err != nil {
			return err
		}
	}
	if err := w.rename(d, partial(name), name); err != nil {
		return err
	}
	if err := d.Sync("."); err != nil {
		return fmt.Errorf("seal: publish %s: %w", name, err)
	}
	return nil
}

// rename tries again while somebody has a file open.
func (w *press) rename(d Disk, from, to string) error {
	var err error
	for try := range renameTries {
		if err = d.Rename(from, to); err == nil {
			return nil
		}
		if !inUse(err) {
			return fmt.Errorf("seal: rename %s to %s: %w", from, to, err)
		}
		if w.Sleep != nil && try < renameTries-1 {
			w.Sleep(renamePause << try)
		}
	}
	return fmt.Errorf("seal: rename %s to %s: someone has %s open: %w", from, to, opened(from), err)
}

// opened is the file that is likely to be open.
func opened(name string) string {
	for _, s := range []string{indexFile, ".zip"} {
		if strings.Contains(name, s) {
			return "it"
		}
	}
	return packetFile
}

// settle ends a publication that is in place.
func (w *press) settle() error {
	return errors.Join(
		w.out.Sync("."),
		w.out.Remove(journalName),
		w.archive.Remove(retired(w.bag+".zip")),
		w.out.RemoveAll(retired(w.folder)),
	)
}

// undo takes back what place did, however far it came.
func (w *press) undo() error {
	if err := w.takeBack(journal{w.folder, w.bag + ".zip"}); err != nil {
		return fmt.Errorf("seal: take back: %w", err)
	}
	return w.discard()
}

// takeBack moves things from their place to their partial names again, and
// drafts that were replaced back into theirs. Done twice it does no harm.
func (w *press) takeBack(j journal) error {
	for _, m := range []struct {
		disk Disk
		name string
	}{{w.out, j.Folder}, {w.archive, j.Archive}} {
		pending, err := m.disk.Exists(partial(m.name))
		if err != nil {
			return err
		}
		there, err := m.disk.Exists(m.name)
		if err != nil {
			return err
		}
		if !pending && there {
			if err := w.rename(m.disk, m.name, partial(m.name)); err != nil {
				return err
			}
		}
		if err := w.restore(m.disk, m.name); err != nil {
			return err
		}
	}
	return w.out.Remove(journalName)
}

// restore brings a draft back that was to be replaced, where nothing took its place.
func (w *press) restore(d Disk, name string) error {
	old, err := d.Exists(retired(name))
	if err != nil || !old {
		return err
	}
	there, err := d.Exists(name)
	if err != nil {
		return err
	}
	if there {
		return d.RemoveAll(retired(name))
	}
	return w.rename(d, retired(name), name)
}

// discard removes what was staged.
func (w *press) discard() error {
	err := errors.Join(
		w.out.RemoveAll(partial(w.folder)),
		w.archive.Remove(partial(w.bag+".zip")),
		w.out.Remove(partial(indexFile)),
	)
	if err != nil {
		return fmt.Errorf("seal: remove what was begun: %w", err)
	}
	return nil
}

// heal puts in order what killed runs left. Whoever calls it has the lock, so
// nothing of what it finds is in use.
func (w *press) heal() error {
	text, err := w.unfinished()
	if err != nil {
		return err
	}
	var j journal
	// A journal that was not written to its end belongs to a run that moved nothing.
	if text != nil && json.Unmarshal(text, &j) == nil {
		if err := w.conclude(j); err != nil {
			return err
		}
	}
	if err := w.out.Remove(journalName); err != nil {
		return err
	}
	for _, d := range []Disk{w.out, w.archive} {
		if err := w.sweep(d); err != nil {
			return err
		}
	}
	return nil
}

// unfinished is the journal of a killed run; nil when there is none.
func (w *press) unfinished() ([]byte, error) {
	there, err := w.out.Exists(journalName)
	if err != nil || !there {
		return nil, err
	}
	return read(w.out, journalName, maxLock)
}

// conclude takes back what a killed run moved, or, where the folder is in
// place already, does the little that was left.
func (w *press) conclude(j journal) error {
	if _, _, _, ok := parseFolder(j.Folder); !ok || !leftover.MatchString(partial(j.Archive)) {
		return nil
	}
	pending, err := w.out.Exists(partial(j.Folder))
	if err != nil {
		return err
	}
	if pending {
		return w.takeBack(j)
	}
	index, err := w.out.Exists(partial(indexFile))
	if err != nil || !index {
		return err
	}
	return w.rename(w.out, partial(indexFile), indexFile)
}

// sweep removes the leftovers of a folder, and brings back drafts.
func (w *press) sweep(d Disk) error {
	names, err := d.Names(".")
	if err != nil {
		return err
	}
	for _, name := range names {
		if isLockDraft(name) {
			if err := d.Remove(name); err != nil {
				return err
			}
		}
		m := leftover.FindStringSubmatch(name)
		switch {
		case m == nil:
		case m[2] == "partial":
			err = d.RemoveAll(name)
		default:
			err = w.restore(d, m[1])
		}
		if err != nil {
			return err
		}
	}
	return nil
}
