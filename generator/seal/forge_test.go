package seal

import (
	"errors"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"proofpack/generator/sign"
)

func TestTwoThousandChangedBytesOfAFolderAreNoticed(t *testing.T) {
	s := sealedMay(t)
	files := content(t, s.folder)
	var names []string
	for name := range files {
		names = append(names, name)
	}
	r := mathrand.New(mathrand.NewPCG(7, 7))
	for range 2000 {
		name := names[r.IntN(len(names))]
		b := []byte(files[name])
		i := r.IntN(len(b))
		b[i] ^= byte(1 + r.IntN(255))
		path := filepath.Join(s.folder, filepath.FromSlash(name))
		write(t, path, string(b))
		if v := verify(t, s.folder, VerifyOptions{}); v.Verified() {
			t.Fatalf("%s: byte %d was changed and nobody noticed", name, i)
		}
		write(t, path, files[name])
	}
	if v := verify(t, s.folder, VerifyOptions{}); !v.Verified() {
		t.Fatalf("the test left the folder changed: %s", failures(v))
	}
}

func TestEveryChangedByteOfAZipIsNoticed(t *testing.T) {
	key := someKey(t, 1, "Dana Ortiz")
	p := may(t, t.TempDir(), key)
	p.Index = nil
	p.Write = func(f *Folder) error { return f.Write("index.html", []byte("x")) }
	zip := readFile(t, publish(t, p).Archive)
	r := mathrand.New(mathrand.NewPCG(7, 7))
	b := []byte(zip)
	refused := func(b []byte) bool {
		v := &inspection{}
		t, top, err := zipTree(strings.NewReader(string(b)), int64(len(b)))
		if err != nil {
			return true
		}
		v.bag(t, top)
		return !v.Verified()
	}
	if refused(b) {
		t.Fatal("the archive itself is refused")
	}
	for i := range b {
		mask := byte(1 + r.IntN(255))
		b[i] ^= mask
		if !refused(b) {
			t.Fatalf("byte %d with mask %#x was changed and nobody noticed", i, mask)
		}
		b[i] ^= mask
	}
	for i := 0; i < len(b); i += 1 + i/200 {
		if !refused(b[:i]) || !refused(b[i+1:]) {
			t.Fatalf("cut at %d of %d, and nobody noticed", i, len(b))
		}
	}
	for _, more := range []string{"\x00", "x", zip} {
		if !refused([]byte(zip + more)) {
			t.Fatalf("%d bytes were added, and nobody noticed", len(more))
		}
	}
}

func TestTwoThousandChangedBytesOfAPacketAreNoticed(t *testing.T) {
	s := sealedMay(t)
	pdf := readFile(t, s.pdf)
	r := mathrand.New(mathrand.NewPCG(7, 7))
	path := filepath.Join(t.TempDir(), "packet.pdf")
	for range 2000 {
		b := []byte(pdf)
		i := r.IntN(len(b))
		b[i] ^= byte(1 + r.IntN(255))
		write(t, path, string(b))
		if v := verify(t, path, VerifyOptions{}); v.Verified() {
			t.Fatalf("byte %d was changed and nobody noticed", i)
		}
	}
}

func TestARenamedZipVerifiesAndARenamedFolderInItDoesNot(t *testing.T) {
	s := sealedMay(t)
	zip := readFile(t, s.zip)
	path := filepath.Join(t.TempDir(), "Copy (2).zip")
	write(t, path, zip)
	if v := verify(t, path, VerifyOptions{}); !v.Verified() {
		t.Errorf("renamed: %s", failures(v))
	}
	write(t, path, strings.ReplaceAll(zip, "proofpack-halden-supply-co-2026-05/", "proofpack-halden-supply-co-2026-04/"))
	if v := verify(t, path, VerifyOptions{}); v.Verified() || v.Failures[0].Reason != sign.Container {
		t.Errorf("the folder in it renamed: %s", failures(v))
	}
}

// relist writes the digest of a file into a list again, or takes its line out
// when the file is gone: what a forger does first.
func relist(t *testing.T, dir, list, name string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(list))
	var lines []string
	for line := range strings.Lines(readFile(t, path)) {
		if strings.HasSuffix(line, "  "+name+"\n") {
			data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
			if errors.Is(err, os.ErrNotExist) {
				continue
			}
			line = digestOf(data) + "  " + name + "\n"
		}
		lines = append(lines, line)
	}
	write(t, path, strings.Join(lines, ""))
}

func readFile(t testing.TB, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

func rename(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

func link(t *testing.T, to, path string) {
	t.Helper()
	if err := os.Symlink(to, path); err != nil {
		t.Skipf("SKIPPED: no links here: %v", err)
	}
}
