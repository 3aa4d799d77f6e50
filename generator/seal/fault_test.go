package seal

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var errFault = errors.New("no space left on device")

// A fault fails the operation of some number, on all disks together.
type fault struct {
	at    int64        // number of the operation that fails, from 1
	on    bool         // every later operation fails too: the machine died
	what  atomic.Value // name of the operation that failed
	count atomic.Int64
}

func (f *fault) next(operation string) error {
	if n := f.count.Add(1); n == f.at || f.on && n > f.at {
		f.what.Store(operation)
		return errFault
	}
	return nil
}

func (f *fault) open(dir string) (Disk, error) {
	d, err := OpenDisk(dir)
	if err != nil {
		return nil, err
	}
	return faulty{d, f}, f.next("open disk")
}

type faulty struct {
	Disk
	f *fault
}

func (d faulty) Create(name string) (File, error) {
	if err := d.f.next("create"); err != nil {
		return nil, err
	}
	file, err := d.Disk.Create(name)
	return faultyFile{file, d.f}, err
}
func (d faulty) Open(name string) (io.ReadCloser, error) {
	if err := d.f.next("open"); err != nil {
		return nil, err
	}
	return d.Disk.Open(name)
}
func (d faulty) Names(dir string) ([]string, error) {
	if err := d.f.next("names"); err != nil {
		return nil, err
	}
	return d.Disk.Names(dir)
}
func (d faulty) Exists(name string) (bool, error) {
	if err := d.f.next("exists"); err != nil {
		return false, err
	}
	return d.Disk.Exists(name)
}
func (d faulty) before(operation string, do func() error) error {
	if err := d.f.next(operation); err != nil {
		return err
	}
	return do()
}
func (d faulty) MkdirAll(n string) error {
	return d.before("mkdirall", func() error { return d.Disk.MkdirAll(n) })
}
func (d faulty) Rename(a, b string) error {
	return d.before("rename", func() error { return d.Disk.Rename(a, b) })
}
func (d faulty) Link(a, b string) error {
	return d.before("link", func() error { return d.Disk.Link(a, b) })
}
func (d faulty) Remove(n string) error {
	return d.before("remove", func() error { return d.Disk.Remove(n) })
}
func (d faulty) RemoveAll(n string) error {
	return d.before("removeall", func() error { return d.Disk.RemoveAll(n) })
}

// Sync does nothing: nothing in a test has to survive a power failure.
func (d faulty) Sync(string) error { return d.f.next("sync") }
func (d faulty) Close() error      { return errors.Join(d.f.next("close disk"), d.Disk.Close()) }

type faultyFile struct {
	File
	f *fault
}

// Write writes half of it before it fails, as a full disk does.
func (w faultyFile) Write(p []byte) (int, error) {
	if err := w.f.next("write"); err != nil {
		n, _ := w.File.Write(p[:len(p)/2])
		return n, err
	}
	return w.File.Write(p)
}
func (w faultyFile) Sync() error {
	return w.f.next("sync file")
}
func (w faultyFile) Close() error { return errors.Join(w.f.next("close file"), w.File.Close()) }

// The states of an output folder that a fault is tried on.
var faultCases = []struct {
	fact  string
	draft bool // what is published into it
	first func(t *testing.T, out string)
}{
	{"the first month", false, func(*testing.T, string) {}},
	{"a correction", false, func(t *testing.T, out string) { quickly(t, may(t, out, someKey(t, 1, "Dana Ortiz"))) }},
	{"a draft over a draft", true, func(t *testing.T, out string) {
		quickly(t, may(t, out, someKey(t, 1, "Dana Ortiz")))
		quickly(t, may(t, out, nil))
	}},
}

// copied is a copy of a folder.
func copied(t testing.TB, dir string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

// quickly publishes on a disk that does not wait for anything.
func quickly(t *testing.T, p Publication) {
	t.Helper()
	p.Open = (&fault{}).open
	publish(t, p)
}

// next is what is published while faults happen.
func next(t *testing.T, out string, draft bool) Publication {
	p := may(t, out, someKey(t, 1, "Dana Ortiz"))
	if draft {
		p = may(t, out, nil)
	}
	p.Write = func(f *Folder) error {
		return errors.Join(f.Write("index.html", []byte("the next one")), f.Write("systems/a.html", nil))
	}
	return p
}

func TestAnyFailingOperationLeavesTheStateBefore(t *testing.T) {
	for _, c := range faultCases {
		t.Run(c.fact, func(t *testing.T) {
			t.Parallel()
			start := t.TempDir()
			c.first(t, start)
			for n := int64(1); ; n++ {
				out := copied(t, start)
				before := content(t, out)
				f := &fault{at: n}
				p := next(t, out, c.draft)
				p.Open = f.open
				got, err := Publish(p)
				after := content(t, out)
				switch {
				case f.count.Load() < n: // the fault was not reached: all operations were tried
					if err != nil || n < 60 {
						t.Fatalf("%d operations: %v", n, err)
					}
					return
				case err == nil:
					// Only a share without links is no reason to fail.
					if f.what.Load() != "link" || after["index.html"] == before["index.html"] || !sound(t, out) {
						t.Fatalf("operation %d (%v) failed in silence", n, f.what.Load())
					}
				case !errors.Is(err, errFault):
					t.Fatalf("operation %d: the cause is lost: %v", n, err)
				case got != (Result{}): // published, but not tidied
					if _, there := after[got.Folder+"/index.html"]; !there || !sound(t, out) {
						t.Fatalf("operation %d: %s is not whole: %v", n, got.Folder, err)
					}
				default:
					unlock(after)
					if diff := cmp.Diff(before, after); diff != "" {
						t.Fatalf("operation %d (%v) changed what was (-before +after):\n%s", n, err, diff)
					}
				}
				heals(t, out, c.draft)
			}
		})
	}
}

func TestADyingMachineLeavesTheStateBeforeAndTheNextRunHeals(t *testing.T) {
	for _, c := range faultCases {
		t.Run(c.fact, func(t *testing.T) {
			t.Parallel()
			start := t.TempDir()
			c.first(t, start)
			for n := int64(1); ; n++ {
				out := copied(t, start)
				before := content(t, out)
				f := &fault{at: n, on: true}
				p := next(t, out, c.draft)
				p.Open = f.open
				_, err := Publish(p)
				if f.count.Load() < n {
					if err != nil || n < 60 {
						t.Fatalf("%d operations: %v", n, err)
					}
					return
				}
				after := content(t, out)
				for name, was := range before {
					signed := strings.HasPrefix(name, "2026-05/") || strings.HasSuffix(name, "2026-05.zip")
					if signed && after[name] != was {
						t.Fatalf("operation %d: %s of a published month was changed", n, name)
					}
				}
				if index, was := after["index.html"], before["index.html"]; index != was && !strings.Contains(index, "12 bytes") {
					t.Fatalf("operation %d: the index is neither the old nor the new one: %q", n, index)
				}
				heals(t, out, c.draft)
			}
		})
	}
}

// heals publishes once more after a run that is dead, and wants everything
// that is then in the output folder to be whole, and nothing else there.
func heals(t *testing.T, out string, draft bool) {
	t.Helper()
	p := next(t, out, draft)
	p.Holder.PID = 4343
	p.Alive = func(pid int) bool { return pid == 4343 }
	p.Open = (&fault{}).open
	got, err := Publish(p)
	if err != nil {
		t.Fatalf("the next run: %v", err)
	}
	for name := range content(t, out) {
		if strings.HasPrefix(name, ".") || strings.Contains(name, "/.") {
			t.Fatalf("the next run left %s", name)
		}
	}
	if !sound(t, out) {
		t.Fatal("after the next run something is not whole")
	}
	if !strings.Contains(content(t, out)["index.html"], got.Folder+" ") {
		t.Fatalf("the index does not list %s", got.Folder)
	}
}

// sound says whether every month and archive verifies, and each month has its archive.
func sound(t *testing.T, out string) bool {
	t.Helper()
	for _, pattern := range []string{"2026-*", "archive/*.zip"} {
		paths, err := filepath.Glob(filepath.Join(out, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range paths {
			v := verify(t, p, VerifyOptions{})
			if len(v.Failures) > 0 || v.Draft != strings.Contains(filepath.Base(p), "draft") {
				t.Errorf("%s: draft %v\n%s", p, v.Draft, failures(v))
				return false
			}
			if v.Kind == KindFolder {
				if _, err := os.Stat(filepath.Join(out, "archive", bagName("Halden Supply Co.", filepath.Base(p))+".zip")); err != nil {
					t.Error(err)
					return false
				}
			}
		}
	}
	return true
}

// unlock leaves out a lock that could not be removed, as the fault was there.
func unlock(files map[string]string) {
	for name := range files {
		if strings.HasPrefix(path.Base(name), lockName) {
			delete(files, name)
		}
	}
}

// A disk on which somebody has a file open for a while.
type inUseDisk struct {
	Disk
	name  string // that can't be renamed
	times *int   // how often it still can't
}

func (d inUseDisk) Rename(from, to string) error {
	if from == d.name && *d.times > 0 {
		*d.times--
		return &fs.PathError{Op: "rename", Path: from, Err: syscall.EBUSY}
	}
	return d.Disk.Rename(from, to)
}

func TestARenameIsTriedAgainWhileAFileIsOpen(t *testing.T) {
	for _, c := range []struct {
		fact  string
		times int
		good  bool
	}{{"closed after four tries", 4, true}, {"open for too long", 5, false}} {
		t.Run(c.fact, func(t *testing.T) {
			out := t.TempDir()
			publish(t, may(t, out, nil))
			before := content(t, out)
			p := next(t, out, true)
			times := c.times
			var slept time.Duration
			p.Sleep = func(d time.Duration) { slept += d }
			p.Open = func(dir string) (Disk, error) {
				d, err := OpenDisk(dir)
				return inUseDisk{d, "2026-05-draft", &times}, err
			}
			_, err := Publish(p)
			if (err == nil) != c.good || err != nil && !strings.Contains(err.Error(), "someone has packet.pdf open") {
				t.Errorf("got %v", err)
			}
			if slept != 1500*time.Millisecond {
				t.Errorf("waited %v", slept)
			}
			if diff := cmp.Diff(before, content(t, out)); !c.good && diff != "" {
				t.Errorf("the draft before was touched:\n%s", diff)
			}
		})
	}
}
