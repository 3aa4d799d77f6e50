package seal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/sign"
)

var (
	keyMade  = time.Date(2026, 1, 15, 8, 0, 0, 0, time.UTC)
	signedAt = time.Date(2026, 6, 3, 9, 12, 0, 0, time.UTC)
	checked  = time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
)

// someKey is a key of a person; the same seed gives the same key.
func someKey(t testing.TB, seed byte, name string) *sign.Key {
	t.Helper()
	key, cert, err := sign.Create(name, "", keyMade, mathrand.NewChaCha8([32]byte{seed}))
	if err != nil {
		t.Fatal(err)
	}
	k, err := sign.ParsePEM(append(key, cert...))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// packetPDF is a packet of one page, signed when there is a key.
func packetPDF(t testing.TB, k *sign.Key, at time.Time) []byte {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var offsets []int
	for _, o := range []string{"<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [3 0 R] /Count 1>>", "<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources <<>>>>"} {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 4\n0000000000 65535 f \n")
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size 4 /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", table)
	if k == nil {
		return b.Bytes()
	}
	pdf, err := sign.PDF(k, b.Bytes(), at, sign.Field{Rect: [4]float64{72, 90, 300, 150}, Reason: "Evidence"})
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

const restores = "system,tested_on,result\npayroll,2026-05-20,success\nshipping,2026-05-21,failed\n"

// may is a small month to be published in a folder.
func may(t testing.TB, out string, key *sign.Key) Publication {
	t.Helper()
	pdf := packetPDF(t, key, signedAt)
	expected := int64(2)
	return Publication{
		Out: out, Month: "2026-05", Key: key, At: signedAt,
		Write: func(f *Folder) error {
			return errors.Join(
				f.Write("index.html", []byte("<!doctype html><title>May</title>\n")),
				f.Write("systems/shipping.html", []byte("<!doctype html><title>Shipping</title>\n")),
				f.Write("data/restore-tests.html", []byte(strings.Repeat("<tr><td>x\n", 40))),
				f.Write("packet.pdf", pdf),
			)
		},
		Sources: []Source{{Path: "restore-tests.csv", SHA256: digestOf([]byte(restores)), Open: opens(restores)}},
		Config:  []Document{{"proofpack.yml", []byte("company: Halden Supply Co.\n")}},
		Records: []Document{{"used.csv", []byte("finding,file,row\nF-1,restore-tests.csv,2\n")}, {"findings.json", []byte("[]\n")}},
		Record: Record{
			Org: "Halden Supply Co.", Period: Period{"2026-05-01", "2026-05-31", "America/Los_Angeles"}, AsOf: "2026-05-31T23:59:59-07:00",
			Tool: Tool{"proofpack", "1.0.0", "abc", "go1.26"}, First: true,
			Sources: []SourceRecord{{
				Logical: "restores", Path: "restore-tests.csv", NameAsReceived: "Restore Tests.csv", Bytes: int64(len(restores)), SHA256: digestOf([]byte(restores)),
				RowsRead: 2, RowsUsed: 1, RowsRejected: 1, RowsExpected: &expected,
			}},
			Limits: []string{"Alerts are not covered."},
		},
		Index: func(months []Month) ([]byte, error) {
			var b strings.Builder
			for _, m := range months {
				page, err := fs.ReadFile(m.Files, "index.html")
				if err != nil {
					return nil, err
				}
				fmt.Fprintf(&b, "%s rev %d draft %v archive %q: %d bytes\n", m.Name, m.Revision, m.Draft, m.Archive, len(page))
			}
			return []byte(b.String()), nil
		},
		Holder: Holder{"fs-01", 4242, signedAt},
	}
}

func opens(text string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
}

func publish(t testing.TB, p Publication) Result {
	t.Helper()
	r, err := Publish(p)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func verify(t testing.TB, path string, o VerifyOptions) *Verification {
	t.Helper()
	v, err := Verify(path, o)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// content is every file below a folder.
func content(t testing.TB, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		all[filepath.ToSlash(rel)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// unpacked is the bag of an archive, unpacked with unzip.
func unpacked(t testing.TB, archive string) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := run(t, dir, "unzip", "-q", archive); err != nil {
		t.Fatalf("unzip: %v\n%s", err, out)
	}
	return filepath.Join(dir, strings.TrimSuffix(filepath.Base(archive), ".zip"))
}

// run calls a program that users have, in a folder, and returns what it says.
// A program that is missing is a failure in CI and a skip elsewhere.
func run(t testing.TB, dir, name string, args ...string) (string, error) {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed", name)
		}
		t.Skipf("SKIPPED: %s is not installed, nothing of this test was checked", name)
	}
	c := exec.Command(name, args...)
	c.Dir = dir
	c.Env = append(os.Environ(), "HOME="+filepath.Dir(dir))
	out, err := c.CombinedOutput()
	return string(out), err
}

func write(t testing.TB, path, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

// failures are reason and path of each failure, one a line.
func failures(v *Verification) string {
	var b strings.Builder
	for _, f := range v.Failures {
		fmt.Fprintf(&b, "%s %s\n", f.Reason, f.Path)
	}
	return b.String()
}

// problem is the code of a problem; "" for another error or none.
func problem(err error) string {
	var p *diag.Problem
	if errors.As(err, &p) {
		return p.Code
	}
	return ""
}
