package seal

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"proofpack/generator/diag"
)

// Names of the lock in the output folder. While a run takes over the lock of
// one that died, it holds takeoverName, so that no two take it over.
const (
	lockName     = ".proofpack.lock"
	takeoverName = ".proofpack.lock-takeover"
)

// maxLock bounds a lock file that is read, in bytes.
const maxLock = 4 << 10

// A Holder is a run of the program: who has the output folder for itself.
type Holder struct {
	Host  string    `json:"host"`
	PID   int       `json:"pid"`
	Since time.Time `json:"since"`
}

// acquire takes the lock of a folder, or says who holds it. The lock of a
// process of this host that is no longer alive is taken over. With alive nil
// every holder counts as alive.
func acquire(d Disk, me Holder, alive func(pid int) bool) (release func() error, err error) {
	text, err := json.Marshal(me)
	if err != nil {
		return nil, fmt.Errorf("seal: lock: %w", err)
	}
	release = func() error {
		if err := d.Remove(lockName); err != nil {
			return fmt.Errorf("seal: the lock %s could not be removed: %w", lockName, err)
		}
		return nil
	}
	for range 3 {
		if err = take(d, lockName, text); err == nil {
			return release, nil
		} else if !errors.Is(err, fs.ErrExist) {
			return nil, fmt.Errorf("seal: lock: %w", err)
		}
		holder, known, err := held(d)
		if errors.Is(err, fs.ErrNotExist) {
			continue // just given back
		}
		if err != nil {
			return nil, fmt.Errorf("seal: lock: %w", err)
		}
		if !known || holder.Host != me.Host || alive == nil || alive(holder.PID) {
			return nil, locked(holder, known)
		}
		if err := takeOver(d, holder, text); err != nil {
			return nil, err
		}
	}
	return nil, locked(Holder{}, false)
}

// take makes a lock file that is complete from its first moment: it is written
// under a name of its own and then linked. Where a share has no links it is
// made exclusively and written after.
func take(d Disk, name string, text []byte) error {
	draft := name + "." + digestOf(text)[:16]
	if err := d.Remove(draft); err != nil {
		return err
	}
	if err := create(d, draft, text); err != nil {
		return errors.Join(err, d.Remove(draft))
	}
	err := d.Link(draft, name)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		// Note: errors.ErrUnsupported does not cover all that shares answer here.
		if err = create(d, name, text); err != nil && !errors.Is(err, fs.ErrExist) {
			err = errors.Join(err, d.Remove(name))
		}
	}
	if rest := d.Remove(draft); rest != nil && err == nil {
		return errors.Join(rest, d.Remove(name))
	}
	return err
}

// held is who holds the lock; not known when the lock has no readable text.
func held(d Disk) (h Holder, known bool, err error) {
	text, err := read(d, lockName, maxLock)
	if err != nil {
		return h, false, err
	}
	return h, json.Unmarshal(text, &h) == nil && h.PID > 0, nil
}

// takeOver removes the lock of a dead run, unless somebody else just did.
func takeOver(d Disk, dead Holder, text []byte) (err error) {
	if err := take(d, takeoverName, text); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return diag.At(diag.Pos{File: takeoverName}, "locked",
				"another build is just taking over the lock of one that was killed; nothing was written.",
				fmt.Sprintf("build again in a moment; if that does not help, delete %s and %s in the output folder", takeoverName, lockName))
		}
		return fmt.Errorf("seal: lock: %w", err)
	}
	defer func() {
		if e := d.Remove(takeoverName); e != nil {
			err = errors.Join(err, fmt.Errorf("seal: lock: %w", e))
		}
	}()
	now, known, err := held(d)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("seal: lock: %w", err)
	}
	if known && now.PID == dead.PID && now.Host == dead.Host && now.Since.Equal(dead.Since) {
		if err := d.Remove(lockName); err != nil {
			return fmt.Errorf("seal: lock: %w", err)
		}
	}
	return nil
}

func locked(h Holder, known bool) error {
	who := "by a run that does not say its name"
	if known {
		who = fmt.Sprintf("by process %d on %s, since %s", h.PID, h.Host, h.Since.Format(time.RFC3339))
	}
	return diag.At(diag.Pos{File: lockName}, "locked",
		fmt.Sprintf("another build is running here: the output folder is held %s. Nothing was written.", who),
		fmt.Sprintf("wait until it is done; if that run is gone, delete %s in the output folder", lockName))
}

// isLockDraft says whether a name in the folder is what take leaves when it is killed.
func isLockDraft(name string) bool {
	return strings.HasPrefix(name, lockName+".") || strings.HasPrefix(name, takeoverName+".")
}
