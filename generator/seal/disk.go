package seal

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"runtime"
	"syscall"
)

// A Disk is a folder that Publish writes in, and every operation it needs
// there. Names are relative, with "/" separators; none leaves the folder.
// Tests put a Disk between that fails where they want.
type Disk interface {
	// Create makes a file that must not exist yet.
	Create(name string) (File, error)
	// Open opens a file for reading.
	Open(name string) (io.ReadCloser, error)
	// Names are the names in a folder, sorted; none when the folder is absent.
	Names(dir string) ([]string, error)
	// Exists says whether there is a file or folder of that name.
	Exists(name string) (bool, error)
	// MkdirAll makes a folder and those above it, where they are missing.
	MkdirAll(name string) error
	// Rename moves a file over another, or a folder to a name not in use.
	Rename(from, to string) error
	// Link gives a file a second name that must not exist yet.
	Link(from, to string) error
	// Remove removes a file. It is no error when it is gone.
	Remove(name string) error
	// RemoveAll removes a folder and all in it. It is no error when it is gone.
	RemoveAll(name string) error
	// Sync returns when a file or folder will survive a power failure.
	Sync(name string) error
	// FS is the folder for reading.
	FS() fs.FS
	// Close ends the use of the folder.
	Close() error
}

// A File is a file being written.
type File interface {
	io.WriteCloser
	Sync() error
}

// OpenDisk opens a folder, and makes it when it is missing.
func OpenDisk(dir string) (Disk, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	r, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return disk{r}, nil
}

type disk struct{ *os.Root }

func (d disk) Create(name string) (File, error) {
	return d.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
}

func (d disk) Open(name string) (io.ReadCloser, error) { return d.Root.Open(name) }

func (d disk) Names(dir string) ([]string, error) {
	entries, err := fs.ReadDir(d.Root.FS(), dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names, err
}

func (d disk) Exists(name string) (bool, error) {
	_, err := d.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return false, nil
	}
	return err == nil, err
}

func (d disk) MkdirAll(name string) error { return d.Root.MkdirAll(name, 0o755) }

func (d disk) Remove(name string) error {
	if err := d.Root.Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (d disk) Sync(name string) error {
	info, err := d.Lstat(name)
	if err != nil {
		return err
	}
	flag := os.O_RDWR
	if info.IsDir() {
		if runtime.GOOS == "windows" {
			return nil // a folder can't be flushed there; NTFS keeps its journal itself
		}
		flag = os.O_RDONLY
	}
	f, err := d.OpenFile(name, flag, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// create writes a whole file and syncs it.
func create(d Disk, name string, data []byte) error {
	f, err := d.Create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// read reads a whole file of at most some bytes.
func read(d Disk, name string, most int64) ([]byte, error) {
	f, err := d.Open(name)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(f, most))
	return data, errors.Join(err, f.Close())
}
