package generator_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"proofpack/generator"
)

// tree is every file below a folder, by path.
func tree(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		all[name], err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		return err
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("%d files in %s: %v", len(all), dir, err)
	}
	return all
}

// unzipped is every file of an archive, by path.
func unzipped(t *testing.T, path string) map[string][]byte {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := z.Close(); err != nil {
			t.Error(err)
		}
	}()
	all := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if all[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// differing are the paths that two trees do not hold alike, sorted.
func differing(a, b map[string][]byte) []string {
	var all []string
	for name := range a {
		if data, here := b[name]; !here || !bytes.Equal(a[name], data) {
			all = append(all, name)
		}
	}
	for name := range b {
		if _, here := a[name]; !here {
			all = append(all, name)
		}
	}
	return slices.Sorted(slices.Values(all))
}

// TestTheSameInputIsTheSameBytes builds a month with other numbers of cores, on
// machines of other zones, from other folders: M19. The scripts do it again
// with other languages and clocks.
func TestTheSameInputIsTheSameBytes(t *testing.T) {
	cores, zone := runtime.GOMAXPROCS(0), time.Local
	defer func() { runtime.GOMAXPROCS(cores); time.Local = zone }()
	out := func(cores int, zone string, at time.Time) map[string][]byte {
		runtime.GOMAXPROCS(cores)
		var err error
		if time.Local, err = time.LoadLocation(zone); err != nil {
			t.Fatal(err)
		}
		o := options(client(t, "A-storage", nil), t.TempDir())
		o.At = at
		if _, err := generator.Build(o); err != nil {
			t.Fatal(err)
		}
		return tree(t, o.Out)
	}
	first := out(1, "UTC", signedAt)
	for _, name := range []string{"index.html", "2026-05-draft/index.html", "2026-05-draft/packet.pdf", "2026-05-draft/evidence.xlsx", "2026-05-draft/report.json", "archive/proofpack-halden-supply-co-2026-05-draft.zip"} {
		if len(first[name]) == 0 {
			t.Errorf("%s is not among the files compared: %v", name, slices.Sorted(maps.Keys(first)))
		}
	}
	for _, other := range []struct {
		cores int
		zone  string
		at    time.Time
	}{{2, "Asia/Kolkata", signedAt.Add(1500 * time.Millisecond)}, {8, "Pacific/Chatham", signedAt.AddDate(1, 2, 3)}, {8, "America/Los_Angeles", time.Time{}}} {
		if d := differing(first, out(other.cores, other.zone, other.at)); len(d) > 0 {
			t.Errorf("%d cores, %s, %s: these differ: %v", other.cores, other.zone, other.at, d)
		}
	}
}

// TestAnotherTimeOfSigningChangesSignaturesOnly: what is reported stays the
// same byte by byte.
func TestAnotherTimeOfSigningChangesSignaturesOnly(t *testing.T) {
	dir, key := client(t, "A-storage", nil), testKey(t)
	signed := func(at time.Time) (folder, bag map[string][]byte) {
		o := options(dir, t.TempDir())
		o.Draft, o.Key, o.At = false, key, at
		b, err := generator.Build(o)
		if err != nil {
			t.Fatal(err)
		}
		return tree(t, filepath.Join(o.Out, b.Folder)), unzipped(t, b.Archive)
	}
	folder, bag := signed(signedAt)
	laterFolder, laterBag := signed(signedAt.Add(26 * time.Hour))

	const name = "packet.pdf"
	if want, got := []string{name, "seal/manifest-sha256.txt", "seal/prepared.p7s", "seal/verify.txt"}, differing(folder, laterFolder); !slices.Equal(got, want) {
		t.Errorf("in the folder these differ: %v, want %v", got, want)
	}
	a, b := folder[name], laterFolder[name]
	end := bytes.Index(a, []byte("%%EOF")) + len("%%EOF\n")
	if end < 10_000 || end >= len(a) || !bytes.Equal(a[:end], b[:min(end, len(b))]) {
		t.Errorf("the packet differs within its first %d bytes, which were there before it was signed", end)
	}
	for _, name := range differing(bag, laterBag) {
		_, inner, _ := strings.Cut(name, "/")
		switch {
		case inner == "data/published/packet.pdf", strings.HasPrefix(inner, "data/published/seal/"), strings.HasPrefix(inner, "signatures/"):
		case inner == "seal.json" && bytes.Equal(without(bag[name], a), without(laterBag[name], b)): // it lists the packet's hash
		case inner == "bag-info.txt" && bytes.Equal(oxum.ReplaceAll(bag[name], nil), oxum.ReplaceAll(laterBag[name], nil)): // a signature is a byte longer or shorter
		case inner == "manifest-sha256.txt", inner == "tagmanifest-sha256.txt", inner == "verify.txt":
		default:
			t.Errorf("in the archive %s differs", inner)
		}
	}
	again, _ := signed(signedAt)
	if d := differing(folder, again); len(d) > 0 {
		t.Errorf("signed again at the same time, these differ: %v", d)
	}
}

// oxum is the line of a bag that counts the bytes of its payload.
var oxum = regexp.MustCompile(`(?m)^Payload-Oxum: \d+\.\d+$`)

// without is a text without the hash and the size of some file.
func without(text, file []byte) []byte {
	text = bytes.ReplaceAll(text, fmt.Appendf(nil, "%x", sha256.Sum256(file)), []byte("hash"))
	return bytes.ReplaceAll(text, fmt.Appendf(nil, "%d", len(file)), []byte("size"))
}
