package seal

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
)

// maxFiles bounds the files of a folder that is verified; a zip holds fewer.
const maxFiles = 200_000

// errChecksum is a content that is not the one its zip was made with.
var errChecksum = errors.New("its check sum in the zip is wrong")

// A tree is the files to be verified, in a folder or in a zip.
type tree struct {
	files    map[string]int64  // size of every regular file, by path
	odd      map[string]string // what else there is, in words: a link, a device
	tolerant bool              // on a share, where file managers leave files of their own
	open     func(name string) (io.ReadCloser, error)
	crc      map[string]uint32 // check sums that contents must have; nil for a folder
	measured map[string]stat   // contents that were measured before
}

func newTree() *tree {
	return &tree{files: map[string]int64{}, odd: map[string]string{}, measured: map[string]stat{}}
}

// sha256 measures a file. The digest is given even with errChecksum.
func (t *tree) sha256(name string) (string, error) {
	s, done := t.measured[name]
	if !done {
		r, err := t.open(name)
		if err != nil {
			return "", err
		}
		m := newSum()
		_, err = io.Copy(m, r)
		if err = errors.Join(err, r.Close()); err != nil {
			return "", err
		}
		s = m.stat()
		t.measured[name] = s
	}
	return s.sha256, t.checksum(name, s.crc)
}

func (t *tree) checksum(name string, crc uint32) error {
	if want, has := t.crc[name]; has && want != crc {
		return errChecksum
	}
	return nil
}

// read is the whole of a file of at most some bytes.
func (t *tree) read(name string, most int64) ([]byte, error) {
	if t.files[name] > most {
		return nil, fmt.Errorf("it has %d bytes, %d are the most", t.files[name], most)
	}
	r, err := t.open(name)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(r, most))
	if err = errors.Join(err, r.Close()); err != nil {
		return nil, err
	}
	return data, t.checksum(name, statOf(data).crc)
}

func (t *tree) has(name string) bool {
	_, regular := t.files[name]
	return regular
}

// under is the part of a tree in one of its folders, which ends in "/".
func (t *tree) under(folder string) *tree {
	u := newTree()
	u.tolerant = t.tolerant
	u.open = func(name string) (io.ReadCloser, error) { return t.open(folder + name) }
	if t.crc != nil {
		u.crc = map[string]uint32{}
	}
	for name, size := range t.files {
		if inside, ok := strings.CutPrefix(name, folder); ok {
			u.files[inside] = size
			if s, done := t.measured[name]; done {
				u.measured[inside] = s
			}
			if t.crc != nil {
				u.crc[inside] = t.crc[name]
			}
		}
	}
	for name, what := range t.odd {
		if inside, ok := strings.CutPrefix(name, folder); ok {
			u.odd[inside] = what
		}
	}
	return u
}

// names are all paths there are, sorted.
func (t *tree) names() []string {
	all := slices.AppendSeq(slices.Collect(maps.Keys(t.files)), maps.Keys(t.odd))
	slices.Sort(all)
	return all
}

// folderTree is the tree of a folder. Links are named, never followed.
func folderTree(root *os.Root) (*tree, error) {
	t := newTree()
	t.tolerant = true
	t.open = func(name string) (io.ReadCloser, error) { return root.Open(name) }
	err := fs.WalkDir(root.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			t.odd[name] = "cannot be read"
			if e != nil && e.IsDir() {
				return fs.SkipDir
			}
			return nil
		case e.IsDir():
			return nil
		case e.Type()&fs.ModeSymlink != 0:
			t.odd[name] = "is a link, not a file"
		case !e.Type().IsRegular():
			t.odd[name] = "is not a file"
		default:
			info, err := e.Info()
			if err != nil {
				t.odd[name] = "cannot be read"
				return nil
			}
			t.files[name] = info.Size()
		}
		if len(t.files)+len(t.odd) > maxFiles {
			return fmt.Errorf("it has more than %d files", maxFiles)
		}
		return nil
	})
	return t, err
}

// zipTree is the tree of the one folder in a zip, and the name of that folder.
func zipTree(r io.ReaderAt, size int64) (*tree, string, error) {
	entries, err := readZip(r, size)
	if err != nil {
		return nil, "", err
	}
	top, err := oneFolder(entries)
	if err != nil {
		return nil, "", err
	}
	t := newTree()
	t.crc = map[string]uint32{}
	at := map[string]zipped{}
	for _, e := range entries {
		name := strings.TrimPrefix(e.name, top+"/")
		t.files[name], t.crc[name], at[name] = e.size, e.crc, e
	}
	t.open = func(name string) (io.ReadCloser, error) {
		e, has := at[name]
		if !has {
			return nil, fs.ErrNotExist
		}
		return io.NopCloser(io.NewSectionReader(r, e.offset, e.size)), nil
	}
	return t, top, nil
}

// leftByFileManagers says whether a file was written by the Windows Explorer,
// the Finder or Word beside the files of a folder that somebody looked at.
func leftByFileManagers(name string) bool {
	last := strings.ToLower(name[strings.LastIndexByte(name, '/')+1:])
	return last == "thumbs.db" || last == "desktop.ini" || last == ".ds_store" || strings.HasPrefix(last, "~$")
}
