package source

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
)

// received hashes and counts the bytes of a file as they arrive, before
// anything is unpacked or decoded, and remembers a failure of the machine so
// that it is never taken for a fault of the file.
type received struct {
	file string
	src  io.Reader
	hash hash.Hash
	size int64
	err  error // failure of src; nil at a plain end
}

func newReceived(file string, src io.Reader) *received {
	return &received{file: file, src: src, hash: sha256.New()}
}

func (r *received) Read(p []byte) (int, error) {
	if r.err != nil {
		return 0, r.err
	}
	n, err := r.src.Read(p)
	r.hash.Write(p[:n])
	r.size += int64(n)
	if err != nil && err != io.EOF {
		r.err = fmt.Errorf("source: %s: %w", r.file, err)
		return n, r.err
	}
	return n, err
}

// sum is the size and the lower-case hex SHA-256 of all that was read.
func (r *received) sum() (int64, string) {
	return r.size, hex.EncodeToString(r.hash.Sum(nil))
}
