package seal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	names "proofpack/generator/name"
)

// maxZipName bounds a name in a zip: a bag's path behind its folder.
const maxZipName = maxBagPath + 80

// A zipped is a file in a zip: where its content stands and what it must be.
type zipped struct {
	name   string
	offset int64 // of the content
	size   int64
	crc    uint32
}

// readZip reads the table of a zip and compares every byte that is not content
// with what writeZip would have written. The contents' check sums are left to
// the caller, who reads them anyway.
func readZip(r io.ReaderAt, size int64) ([]zipped, error) {
	bad := errors.New("it is not in the one form of an archive: bytes were changed, added or cut off outside its files")
	if size < endSize || size > maxZipBytes {
		return nil, bad
	}
	end := make([]byte, endSize)
	if _, err := r.ReadAt(end, size-endSize); err != nil {
		return nil, err
	}
	count := int(binary.LittleEndian.Uint16(end[10:]))
	length := int64(binary.LittleEndian.Uint32(end[12:]))
	start := int64(binary.LittleEndian.Uint32(end[16:]))
	if start+length != size-endSize || length > int64(count*(centralSize+maxZipName)) {
		return nil, bad
	}
	directory := make([]byte, length)
	if _, err := r.ReadAt(directory, start); err != nil {
		return nil, err
	}
	var files []zipped
	var again []byte // the directory as it must be
	offset := int64(0)
	names := map[string]bool{}
	for rest := directory; len(rest) > 0; {
		f, n, err := centralEntry(rest)
		if err != nil {
			return nil, err
		}
		rest = rest[n:]
		if len(files) > 0 && files[len(files)-1].name >= f.name {
			return nil, fmt.Errorf("%q stands in it twice or out of order", f.name)
		}
		names[f.name] = true
		for i := range f.name {
			if f.name[i] == '/' && names[f.name[:i]] {
				return nil, fmt.Errorf("%q stands in it as a file and as a folder", f.name[:i])
			}
		}
		s := stat{size: f.size, crc: f.crc}
		again = append(again, centralHeader(f.name, s, offset)...)
		want := localHeader(f.name, s)
		f.offset = offset + int64(len(want))
		if offset = f.offset + f.size; offset > start {
			return nil, bad
		}
		have := make([]byte, len(want))
		if _, err := r.ReadAt(have, f.offset-int64(len(want))); err != nil {
			return nil, err
		}
		if !bytes.Equal(have, want) {
			return nil, bad
		}
		files = append(files, f)
	}
	if offset != start || !bytes.Equal(directory, again) || !bytes.Equal(end, endRecord(len(files), len(again), offset)) {
		return nil, bad
	}
	return files, nil
}

// centralEntry reads one entry of the table and its length.
func centralEntry(b []byte) (f zipped, n int, err error) {
	bad := errors.New("its table of files is damaged")
	if len(b) < centralSize || binary.LittleEndian.Uint32(b) != centralMark {
		return f, 0, bad
	}
	n = centralSize + int(binary.LittleEndian.Uint16(b[28:]))
	if n > len(b) {
		return f, 0, bad
	}
	f = zipped{
		name: string(b[centralSize:n]),
		size: int64(binary.LittleEndian.Uint32(b[24:])),
		crc:  binary.LittleEndian.Uint32(b[16:]),
	}
	return f, n, names.CheckWithin(f.name, maxZipName)
}

// oneFolder is the folder that all files of a zip stand in.
func oneFolder(files []zipped) (string, error) {
	top := ""
	for _, f := range files {
		dir, _, inside := strings.Cut(f.name, "/")
		if !inside || top != "" && dir != top {
			return "", errors.New("its files do not stand in one folder")
		}
		top = dir
	}
	if top == "" {
		return "", errors.New("it is empty")
	}
	return top, nil
}
