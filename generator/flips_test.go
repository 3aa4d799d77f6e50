package generator_test

import (
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"proofpack/generator"
	"proofpack/generator/seal"
)

// flips is how many bytes are changed, one at a time, in each of folder,
// archive and packet.
const flips = 667

// TestEveryChangedByteIsNoticed changes 2,000 bytes at random in a month as it
// was built: in its folder, its archive and its packet. None may pass.
func TestEveryChangedByteIsNoticed(t *testing.T) {
	o := options(client(t, "A-storage", nil), t.TempDir())
	o.Draft, o.Key = false, testKey(t)
	b, err := generator.Build(o)
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(o.Out, b.Folder)
	packet := filepath.Join(t.TempDir(), "packet.pdf")
	files := tree(t, folder)
	write(t, packet, string(files["packet.pdf"]))
	archive, err := os.ReadFile(b.Archive)
	if err != nil {
		t.Fatal(err)
	}
	if verification := verified(t, folder, o); !verification.Verified() {
		t.Fatalf("as it was built: %v", verification.Failures)
	}
	var all sync.WaitGroup
	for i, whole := range []struct {
		path  string            // that is verified
		files map[string][]byte // in which a byte is changed, by path from it
	}{{folder, files}, {b.Archive, map[string][]byte{"": archive}}, {packet, map[string][]byte{"": files["packet.pdf"]}}} {
		all.Go(func() {
			r := rand.New(rand.NewPCG(2000, uint64(i)))
			names, sizes := slices.Sorted(maps.Keys(whole.files)), 0
			for _, f := range whole.files {
				sizes += len(f)
			}
			for range flips {
				at := r.IntN(sizes) // every byte is as likely as every other
				for _, name := range names {
					data := whole.files[name]
					if at >= len(data) {
						at -= len(data)
						continue
					}
					path := filepath.Join(whole.path, filepath.FromSlash(name))
					flip(t, path, data, at, byte(1+r.IntN(255)))
					if v, err := generator.Verify(whole.path, seal.VerifyOptions{At: o.At}); err == nil && v.Verified() {
						t.Errorf("byte %d of %s is changed, and nobody notices", at, path)
					}
					flip(t, path, data, at, 0)
					break
				}
			}
			if v := verified(t, whole.path, o); !v.Verified() {
				t.Errorf("%s, mended again: %v", whole.path, v.Failures)
			}
		})
	}
	all.Wait()
}

// flip writes one byte of a file, changed by a mask.
func flip(t *testing.T, path string, data []byte, at int, mask byte) {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Error(err)
		return
	}
	if _, err := f.WriteAt([]byte{data[at] ^ mask}, int64(at)); err != nil {
		t.Error(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}

func verified(t *testing.T, path string, o generator.Options) *seal.Verification {
	t.Helper()
	v, err := generator.Verify(path, seal.VerifyOptions{At: o.At})
	if err != nil {
		t.Error(err)
		return &seal.Verification{}
	}
	return v
}
