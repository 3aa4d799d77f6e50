package seal

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"

	"proofpack/generator/diag"
)

// The zip of an archive has one form, so that it can be written again and
// compared: names sorted, contents stored as they are (deflate's output may
// change between versions of a library), no folders, no comments, no extra
// fields, no flags, 1 January 1980 as the date of everything.
const (
	localMark   = 0x04034b50
	centralMark = 0x02014b50
	endMark     = 0x06054b50
	zipVersion  = 10   // 1.0: stored files, no folders
	zipDay      = 0x21 // 1 January 1980, day 1 of the format
	endSize     = 22
	localSize   = 30
	centralSize = 46
)

// Limits of the zip format without its 64-bit extension, which is written by
// extra fields and read by fewer programs.
const (
	maxZipBytes = 1<<32 - 2
	maxZipFiles = 1<<16 - 2
)

// A packed is one file of an archive.
type packed struct {
	name string // from the top of the zip
	stat
	open func() (io.ReadCloser, error)
}

// inMemory is a packed file whose content is at hand.
func inMemory(name string, data []byte) packed {
	return packed{name, statOf(data), func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }}
}

// writeZip writes the archive, whatever the order of files. Content that is
// not what was measured before is an error.
func writeZip(w io.Writer, files []packed) error {
	files = slices.SortedFunc(slices.Values(files), func(a, b packed) int { return strings.Compare(a.name, b.name) })
	if err := fits(files); err != nil {
		return err
	}
	var directory []byte
	offset := int64(0)
	for _, f := range files {
		directory = append(directory, centralHeader(f.name, f.stat, offset)...)
		head := localHeader(f.name, f.stat)
		if _, err := w.Write(head); err != nil {
			return err
		}
		if err := copyAsMeasured(w, f); err != nil {
			return err
		}
		offset += int64(len(head)) + f.size
	}
	if _, err := w.Write(directory); err != nil {
		return err
	}
	_, err := w.Write(endRecord(len(files), len(directory), offset))
	return err
}

func copyAsMeasured(w io.Writer, f packed) error {
	r, err := f.open()
	if err != nil {
		return err
	}
	s := newSum()
	_, err = io.Copy(io.MultiWriter(w, s), r)
	if e := r.Close(); err == nil {
		err = e
	}
	if err != nil {
		return fmt.Errorf("%s: %w", f.name, err)
	}
	if s.stat() != f.stat {
		return diag.At(diag.Pos{File: f.name}, "changed-while-read", "the file changed while it was put into the archive; nothing was published.",
			"build again when nobody writes in the exports folder")
	}
	return nil
}

// fits says whether the files can be one zip.
func fits(files []packed) error {
	total := int64(endSize)
	for _, f := range files {
		total += f.size + int64(localSize+centralSize+2*len(f.name))
	}
	if total > maxZipBytes || len(files) > maxZipFiles {
		return diag.At(diag.Pos{}, "archive-too-large",
			fmt.Sprintf("the archive would have %d files and %d bytes; a zip that every program reads has at most %d and %d.", len(files), total, maxZipFiles, maxZipBytes),
			"archive the digests of the sources instead of the sources: --sources digest-only")
	}
	return nil
}

func localHeader(name string, s stat) []byte {
	b := make([]byte, 0, localSize+len(name))
	b = binary.LittleEndian.AppendUint32(b, localMark)
	b = commonHeader(b, name, s)
	return append(b, name...)
}

func centralHeader(name string, s stat, offset int64) []byte {
	b := make([]byte, 0, centralSize+len(name))
	b = binary.LittleEndian.AppendUint32(b, centralMark)
	b = binary.LittleEndian.AppendUint16(b, zipVersion) // made by
	b = commonHeader(b, name, s)
	b = append(b, make([]byte, 2+2+2+4)...) // comment, disk, attributes
	b = binary.LittleEndian.AppendUint32(b, uint32(offset))
	return append(b, name...)
}

// commonHeader are the fields that both headers of a file have.
func commonHeader(b []byte, name string, s stat) []byte {
	b = binary.LittleEndian.AppendUint16(b, zipVersion) // needed to extract
	b = append(b, make([]byte, 2+2+2)...)               // flags, stored, time of day
	b = binary.LittleEndian.AppendUint16(b, zipDay)
	b = binary.LittleEndian.AppendUint32(b, s.crc)
	b = binary.LittleEndian.AppendUint32(b, uint32(s.size))
	b = binary.LittleEndian.AppendUint32(b, uint32(s.size))
	b = binary.LittleEndian.AppendUint16(b, uint16(len(name)))
	return append(b, 0, 0) // extra field
}

func endRecord(files, directory int, offset int64) []byte {
	b := make([]byte, 0, endSize)
	b = binary.LittleEndian.AppendUint32(b, endMark)
	b = append(b, make([]byte, 2+2)...) // disks
	b = binary.LittleEndian.AppendUint16(b, uint16(files))
	b = binary.LittleEndian.AppendUint16(b, uint16(files))
	b = binary.LittleEndian.AppendUint32(b, uint32(directory))
	b = binary.LittleEndian.AppendUint32(b, uint32(offset))
	return append(b, 0, 0) // comment
}
