package source

import (
	"compress/gzip"
	"fmt"
	"io"

	"proofpack/generator/diag"
)

func isGzip(head []byte) bool {
	return len(head) >= 2 && head[0] == 0x1f && head[1] == 0x8b
}

// unpacked reads the inside of a gzip file, of all its members, and refuses one
// that grows out of proportion before it is used.
type unpacked struct {
	in     *input
	packed io.Reader
	gz     *gzip.Reader
	size   int64
	err    error
}

func (u *unpacked) Read(p []byte) (int, error) {
	if u.err != nil {
		return 0, u.err
	}
	if u.gz == nil {
		gz, err := gzip.NewReader(u.packed)
		if err != nil {
			u.err = u.failure(err)
			return 0, u.err
		}
		u.gz = gz
	}
	n, err := u.gz.Read(p)
	u.size += int64(n)
	if err != nil && err != io.EOF {
		err = u.failure(err)
	} else if p := u.bomb(); p != nil {
		n, err = 0, p
	}
	u.err = err
	return n, err
}

// failure tells a broken archive from a disk that failed.
func (u *unpacked) failure(err error) error {
	if u.in.received.err != nil {
		return u.in.received.err
	}
	return u.in.problem(0, "bad-gzip", fmt.Sprintf("The gzip file is damaged or cut off (%v); nothing of it was used.", err),
		"Copy the file again from where it was made, or unpack it yourself.")
}

func (u *unpacked) bomb() *diag.Problem {
	switch {
	case u.size > maxUnpacked:
		return u.in.problem(0, "gzip-too-large", "The gzip file unpacks to more than 64 GB; nothing of it was used.",
			"Split the export by month and give the parts.")
	case u.size > ratioFrom && u.size > maxRatio*u.in.received.size:
		return u.in.problem(0, "gzip-too-dense", "The gzip file unpacks to more than 200 times its size, which no export does; nothing of it was used.",
			"Unpack the file, look at what it is, and give the unpacked file if it is an export.")
	}
	return nil
}
