// Package seal publishes a month: the folder that readers open, the archive
// that auditors keep, and the seal over both. It also verifies them, so
// strictly that every byte of what was sealed counts.
//
// A published folder carries a manifest of its files and a signature over
// that. The archive is a BagIt bag (RFC 8493) in a canonical zip, sealed by
// signatures over its tag manifest; the published folder is part of it.
package seal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"proofpack/generator/diag"
	names "proofpack/generator/name"
)

// maxManifest bounds a manifest that is read, in bytes: 300,000 files.
const maxManifest = 64 << 20

// An Entry is one file of a manifest.
type Entry struct {
	SHA256 string // of the file, 64 lower-case hex digits
	Path   string // from the folder that is sealed, with "/" separators
}

// A Manifest lists files with their digests, in the order of their paths. Its
// text is what sha256sum reads and writes, and what BagIt wants.
type Manifest []Entry

// Bytes is the text of the manifest: a line "digest  path" for each file.
func (m Manifest) Bytes() []byte {
	sorted := slices.SortedFunc(slices.Values(m), func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	var b bytes.Buffer
	for _, e := range sorted {
		b.WriteString(e.SHA256 + "  " + e.Path + "\n")
	}
	return b.Bytes()
}

// ParseManifest reads the text of a manifest. It accepts only what Bytes
// writes: digest in lower case, two spaces, a path that names.Check allows
// (longer in a bag), sorted, none twice, a newline after each. Every error is
// a *diag.Problem whose row is the line.
func ParseManifest(text []byte) (Manifest, error) {
	if len(text) > maxManifest {
		return nil, badManifest(0, fmt.Sprintf("the list of files has %d bytes, more than any packet's", len(text)))
	}
	var m Manifest
	for line := 1; len(text) > 0; line++ {
		row, rest, ended := bytes.Cut(text, []byte("\n"))
		digest, name, spaced := strings.Cut(string(row), "  ")
		switch {
		case !ended:
			return nil, badManifest(line, "the list of files is cut off")
		case !spaced || !isDigest(digest):
			return nil, badManifest(line, "this line of the list of files is not a SHA-256, two spaces and a name")
		case names.CheckWithin(name, maxBagPath) != nil:
			return nil, badManifest(line, names.CheckWithin(name, maxBagPath).Error())
		case len(m) > 0 && m[len(m)-1].Path >= name:
			return nil, badManifest(line, fmt.Sprintf("%q is listed twice or not in order", name))
		}
		m, text = append(m, Entry{digest, name}), rest
	}
	return m, nil
}

func badManifest(line int, message string) error {
	return diag.At(diag.Pos{Row: line}, "bad-manifest", message+".", "get the packet again from whoever published it")
}

func isDigest(s string) bool {
	return len(s) == hex.EncodedLen(sha256.Size) && strings.Trim(s, "0123456789abcdef") == ""
}

func digestOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
