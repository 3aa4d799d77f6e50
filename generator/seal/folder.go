package seal

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	names "proofpack/generator/name"
)

// syncers is how many files are synced at a time: a disk orders eight requests
// better than one, and a share does not drop the connection.
const syncers = 8

// A Folder is the published folder while it is written, under a name that no
// reader sees. It may be written from several goroutines.
type Folder struct {
	disk Disk
	dir  string // its name while it is written

	mu    sync.Mutex
	files map[string]stat // closed files by path
	open  map[string]bool // files being written
	dirs  map[string]bool // folders there are, with dir itself
}

// A stat is what is known of the content of a file.
type stat struct {
	size   int64
	sha256 string
	crc    uint32 // IEEE, which a zip wants
}

func newFolder(d Disk, dir string) (*Folder, error) {
	if err := d.MkdirAll(dir); err != nil {
		return nil, err
	}
	return &Folder{disk: d, dir: dir, files: map[string]stat{}, open: map[string]bool{}, dirs: map[string]bool{dir: true}}, nil
}

// Write makes a file of the published folder. name is from the folder, with
// "/" separators; names.Check says which names there can be. Each is made once.
func (f *Folder) Write(name string, data []byte) error {
	w, err := f.Create(name)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return errors.Join(err, w.Close())
}

// Create makes a file of the published folder that is written bit by bit. It
// must be closed before Publication.Write returns, and the error looked at.
func (f *Folder) Create(name string) (io.WriteCloser, error) {
	if name == sealDir || strings.HasPrefix(name, sealDir+"/") {
		return nil, fmt.Errorf("seal: publish %s: the folder %s is written by the seal alone", name, sealDir)
	}
	return f.create(name)
}

func (f *Folder) create(name string) (io.WriteCloser, error) {
	if err := names.Check(name); err != nil {
		return nil, fmt.Errorf("seal: publish: %w", err)
	}
	if err := f.reserve(name); err != nil {
		return nil, fmt.Errorf("seal: publish %s: %w", name, err)
	}
	file, err := f.disk.Create(f.dir + "/" + name)
	if err != nil {
		return nil, fmt.Errorf("seal: publish %s: %w", name, err)
	}
	w := &measured{folder: f, name: name, file: file, sum: newSum()}
	w.buffer = bufio.NewWriterSize(io.MultiWriter(file, w.sum), 64<<10)
	return w, nil
}

// reserve makes the folder for a file and sees to it that each is made once.
func (f *Folder) reserve(name string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, done := f.files[name]; done || f.open[name] {
		return errors.New("it is written twice")
	}
	f.open[name] = true
	if dir := path.Dir(f.dir + "/" + name); !f.dirs[dir] {
		if err := f.disk.MkdirAll(dir); err != nil {
			return err
		}
		for ; !f.dirs[dir]; dir = path.Dir(dir) {
			f.dirs[dir] = true
		}
	}
	return nil
}

// A measured is a file of a Folder being written.
type measured struct {
	folder *Folder
	name   string
	file   File
	buffer *bufio.Writer
	sum    *sum
}

func (m *measured) Write(p []byte) (int, error) { return m.buffer.Write(p) }

func (m *measured) Close() error {
	if err := errors.Join(m.buffer.Flush(), m.file.Close()); err != nil {
		return fmt.Errorf("seal: publish %s: %w", m.name, err)
	}
	m.folder.mu.Lock()
	defer m.folder.mu.Unlock()
	delete(m.folder.open, m.name)
	m.folder.files[m.name] = m.sum.stat()
	return nil
}

// complete says whether every file that was begun was also closed.
func (f *Folder) complete() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(f.open)) {
		return fmt.Errorf("seal: publish %s: it was not written to its end", name)
	}
	return nil
}

// manifest lists the files there are.
func (f *Folder) manifest() Manifest {
	var m Manifest
	for _, name := range slices.Sorted(maps.Keys(f.files)) {
		m = append(m, Entry{f.files[name].sha256, name})
	}
	return m
}

// sync brings every file to the disk, and then the folders, the deepest first.
func (f *Folder) sync() error {
	var files []string
	for _, name := range slices.Sorted(maps.Keys(f.files)) {
		files = append(files, f.dir+"/"+name)
	}
	next := make(chan string)
	failed := make(chan error, syncers)
	for range syncers {
		go func() {
			var first error
			for name := range next {
				if err := f.disk.Sync(name); err != nil && first == nil {
					first = fmt.Errorf("seal: publish %s: %w", name, err)
				}
			}
			failed <- first
		}()
	}
	for _, name := range files {
		next <- name
	}
	close(next)
	var err error
	for range syncers {
		err = errors.Join(err, <-failed)
	}
	if err != nil {
		return err
	}
	dirs := slices.Sorted(maps.Keys(f.dirs))
	for _, dir := range slices.Backward(dirs) {
		if err := f.disk.Sync(dir); err != nil {
			return fmt.Errorf("seal: publish %s: %w", dir, err)
		}
	}
	return nil
}

// A sum measures what is written to it.
type sum struct {
	size   int64
	sha256 hash.Hash
	crc    hash.Hash32
}

func newSum() *sum { return &sum{sha256: sha256.New(), crc: crc32.NewIEEE()} }

func (s *sum) Write(p []byte) (int, error) {
	s.size += int64(len(p))
	s.sha256.Write(p) // a hash never fails
	s.crc.Write(p)
	return len(p), nil
}

func (s *sum) stat() stat {
	return stat{s.size, hex.EncodeToString(s.sha256.Sum(nil)), s.crc.Sum32()}
}

func statOf(data []byte) stat {
	s := newSum()
	s.Write(data)
	return s.stat()
}
