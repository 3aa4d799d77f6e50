package source

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// fixWorkbook is what to do about a workbook that is broken in any way.
const fixWorkbook = "Open it in Excel and save it again as .xlsx, or export the table again, as CSV if you can."

// held is a file kept in memory in pieces, so that it is never copied as it
// grows: the directory of a zip stands at its end.
type held struct {
	pieces [][]byte
	size   int64
	marks  int // how often the mark of a directory entry stands in it
}

const heldPiece = 256 << 10

// hold reads the file to its end.
func (in *input) hold() (*held, error) {
	h := &held{}
	mark := []byte("PK\x01\x02")
	var seam []byte
	for {
		piece := make([]byte, heldPiece)
		n, err := io.ReadFull(in.raw, piece)
		piece = piece[:n]
		h.size += int64(n)
		if h.size > in.opts.MaxBytes {
			return nil, in.problem(0, "workbook-too-large", fmt.Sprintf("The workbook is larger than %d MB and has to be held whole; nothing of it was used.", in.opts.MaxBytes>>20),
				"Export the table as CSV, or split it.")
		}
		h.pieces = append(h.pieces, piece)
		h.marks += bytes.Count(piece, mark)
		if seam = append(seam, piece[:min(n, len(mark)-1)]...); bytes.Contains(seam, mark) {
			h.marks++
		}
		seam = append(seam[:0], piece[max(0, n-len(mark)+1):]...)
		switch err {
		case nil:
		case io.EOF, io.ErrUnexpectedEOF:
			return h, nil
		default:
			return nil, err
		}
	}
}

// ReadAt is that of io.ReaderAt.
func (h *held) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	for n < len(p) && off >= 0 && off < h.size {
		c := copy(p[n:], h.pieces[off/heldPiece][off%heldPiece:])
		n += c
		off += int64(c)
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// A pack is the zip of a workbook, looked through before any of it is unpacked.
type pack struct {
	in       *input
	size     int64
	parts    map[string]*zip.File // by lower-case name without a leading "/"
	unpacked int64                // bytes of all parts so far
}

// openPack looks at the directory of a zip: nothing may stand in it twice, and
// no two parts may share their bytes.
func openPack(in *input) (*pack, error) {
	h, err := in.hold()
	if err != nil {
		return nil, err
	}
	p := &pack{in: in, size: h.size, parts: map[string]*zip.File{}}
	if h.marks > maxParts {
		return nil, p.damaged("it has %d parts or more, the limit is 10,000", h.marks)
	}
	z, err := zip.NewReader(h, h.size)
	if err != nil {
		return nil, p.damaged("its directory can't be read, as when a file is cut off (%v)", err)
	}
	type span struct{ from, to int64 }
	var spans []span
	for _, f := range z.File {
		name, err := p.partName(f)
		if err != nil {
			return nil, err
		}
		if name == "" {
			continue
		}
		if p.parts[name] != nil {
			return nil, p.damaged("the part %q is in it twice", f.Name)
		}
		p.parts[name] = f
		from, err := f.DataOffset()
		if err != nil {
			return nil, p.damaged("the part %q is not where its directory says (%v)", f.Name, err)
		}
		spans = append(spans, span{from, from + int64(min(f.CompressedSize64, 1<<62))})
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	for i, s := range spans {
		if s.to > h.size || i > 0 && spans[i-1].to > s.from {
			return nil, p.damaged("parts of it overlap or reach beyond its end")
		}
	}
	return p, nil
}

// partName is the name under which a part is found, "" for a folder.
func (p *pack) partName(f *zip.File) (string, error) {
	name := strings.ReplaceAll(f.Name, `\`, "/")
	switch {
	case strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == ':' || r == '\ufffd' }),
		strings.HasPrefix(name, "/"), path.Clean("/"+name) != "/"+strings.TrimSuffix(name, "/"):
		return "", p.damaged("a part has the unsafe name %q", f.Name)
	case strings.HasSuffix(name, "/"):
		return "", nil
	case f.Flags&1 != 0:
		return "", p.in.problem(0, "encrypted-workbook", "The zip is protected with a password and can't be read.", "Unpack it, or take the password off and save it again.")
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return "", p.damaged("the part %q is packed in a way that workbooks are not (method %d)", f.Name, f.Method)
	}
	return strings.ToLower(name), nil
}

// damaged is a zip that is not as it should be.
func (p *pack) damaged(format string, args ...any) error {
	return p.in.problem(0, "bad-zip", "The workbook is damaged: "+fmt.Sprintf(format, args...)+". Nothing of it was used.", fixWorkbook)
}

// A part unpacks one part of a workbook, and ends with a problem where it grows
// out of proportion or is not what its checksum says.
type part struct {
	pack   *pack
	name   string
	file   *zip.File
	zip    io.ReadCloser
	size   int64
	limit  int64
	failed error
}

// has says that a part exists.
func (p *pack) has(name string) bool { return p.parts[strings.ToLower(name)] != nil }

// open begins to unpack a part.
func (p *pack) open(name string) (*part, error) {
	f := p.parts[strings.ToLower(name)]
	if f == nil {
		return nil, p.damaged("it names the part %q and does not hold it", name)
	}
	r := &part{pack: p, name: f.Name, file: f, limit: maxPart}
	if loose := f.CompressedSize64; loose > maxPart/looseRatio {
		r.limit = int64(min(loose*looseRatio, maxLoosePart))
	}
	if f.UncompressedSize64 > uint64(r.limit) {
		return nil, r.tooLarge()
	}
	if r.dense(f.UncompressedSize64) {
		return nil, r.tooDense()
	}
	z, err := f.Open()
	if err != nil {
		return nil, p.damaged("the part %q can't be unpacked (%v)", f.Name, err)
	}
	r.zip = z
	return r, nil
}

func (r *part) Read(b []byte) (int, error) {
	if r.failed != nil {
		return 0, r.failed
	}
	n, err := r.zip.Read(b)
	r.size += int64(n)
	r.pack.unpacked += int64(n)
	switch {
	case r.size > r.limit || r.pack.unpacked > maxUnzipped:
		err = r.tooLarge()
	case r.dense(uint64(r.size)):
		err = r.tooDense()
	case err != nil && !errors.Is(err, io.EOF):
		err = r.pack.damaged("the part %q can't be unpacked (%v)", r.name, err)
	}
	if r.failed = err; err != nil && err != io.EOF {
		n = 0
	}
	return n, err
}

func (r *part) dense(unpacked uint64) bool {
	return unpacked > ratioFrom && unpacked/maxRatio > r.file.CompressedSize64
}

func (r *part) tooLarge() error {
	return r.pack.in.problem(0, "zip-too-large", fmt.Sprintf("The part %q of the workbook unpacks to more than %d MB; nothing of it was used.", r.name, r.limit>>20),
		"Export the table as CSV, or split it.")
}

func (r *part) tooDense() error {
	return r.pack.in.problem(0, "zip-too-dense", fmt.Sprintf("The part %q of the workbook unpacks to more than 200 times its size, which no export does; nothing of it was used.", r.name),
		"Open it in Excel and look at what it is; export the table as CSV if it is one.")
}

// close gives up what unpacking holds.
func (r *part) close() { _ = r.zip.Close() }
