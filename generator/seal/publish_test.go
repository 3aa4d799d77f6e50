package seal

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	names "proofpack/generator/name"
	"proofpack/generator/sign"
)

func TestPublishWritesFolderArchiveAndIndex(t *testing.T) {
	out := t.TempDir()
	got := publish(t, may(t, out, someKey(t, 1, "Dana Ortiz")))
	archive := filepath.Join(out, "archive", "proofpack-halden-supply-co-2026-05.zip")
	if got.Folder != "2026-05" || got.Archive != archive || got.Revision != 1 || got.Files != 7 || len(got.Seal) != 64 {
		t.Errorf("got %+v", got)
	}
	want := []string{
		"2026-05/data/restore-tests.html", "2026-05/index.html", "2026-05/packet.pdf",
		"2026-05/seal/manifest-sha256.txt", "2026-05/seal/prepared.p7s", "2026-05/seal/verify.txt", "2026-05/systems/shipping.html",
		"archive/proofpack-halden-supply-co-2026-05.zip", "index.html",
	}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(content(t, out)))); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	bag := content(t, unpacked(t, archive))
	want = []string{
		"bag-info.txt", "bagit.txt", "data/config/proofpack.yml",
		"data/published/data/restore-tests.html", "data/published/index.html", "data/published/packet.pdf",
		"data/published/seal/manifest-sha256.txt", "data/published/seal/prepared.p7s", "data/published/seal/verify.txt", "data/published/systems/shipping.html",
		"data/records/findings.json", "data/records/used.csv", "data/sources/restore-tests.csv",
		"manifest-sha256.txt", "seal.json", "signatures/prepared.p7s", "tagmanifest-sha256.txt", "verify.txt",
	}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(bag))); diff != "" {
		t.Errorf("bag (-want +got):\n%s", diff)
	}
	if bag["data/sources/restore-tests.csv"] != restores {
		t.Error("the source was changed on its way into the archive")
	}
	if got.Seal != digestOf([]byte(bag["tagmanifest-sha256.txt"])) {
		t.Error("the seal's digest is not that of the tag manifest")
	}
	for _, line := range []string{"Source-Organization: Halden Supply Co.\n", "External-Identifier: proofpack-halden-supply-co-2026-05\n", "Bagging-Date: 2026-05-31\n"} {
		if !strings.Contains(bag["bag-info.txt"], line) {
			t.Errorf("bag-info.txt lacks %q:\n%s", line, bag["bag-info.txt"])
		}
	}
}

func TestACorrectionIsARevisionBesideTheFirst(t *testing.T) {
	out := t.TempDir()
	p := may(t, out, someKey(t, 1, "Dana Ortiz"))
	publish(t, p)
	first := content(t, filepath.Join(out, "2026-05"))
	for revision, name := range []string{2: "2026-05.r2", 3: "2026-05.r3"} {
		if name == "" {
			continue
		}
		got := publish(t, p)
		if got.Folder != name || got.Revision != revision {
			t.Errorf("got %s, revision %d, want %s", got.Folder, got.Revision, name)
		}
		if v := verify(t, got.Archive, VerifyOptions{}); !v.Verified() || v.Record.Revision != revision || v.Record.Supersedes != strings.Replace("2026-05.r"+string(rune('0'+revision-1)), ".r1", "", 1) {
			t.Errorf("%s: %s record %+v", name, failures(v), v.Record)
		}
	}
	if diff := cmp.Diff(first, content(t, filepath.Join(out, "2026-05"))); diff != "" {
		t.Errorf("the first revision was touched:\n%s", diff)
	}
	want := `2026-05 rev 1 draft false archive "proofpack-halden-supply-co-2026-05.zip": 34 bytes
2026-05.r2 rev 2 draft false archive "proofpack-halden-supply-co-2026-05.r2.zip": 34 bytes
2026-05.r3 rev 3 draft false archive "proofpack-halden-supply-co-2026-05.r3.zip": 34 bytes
`
	if diff := cmp.Diff(want, content(t, out)["index.html"]); diff != "" {
		t.Errorf("index (-want +got):\n%s", diff)
	}
}

func TestOtherThingsInTheOutputFolderAreNotListed(t *testing.T) {
	out := t.TempDir()
	write(t, filepath.Join(out, "2026-03"), "a file with the name of a month")
	write(t, filepath.Join(out, "2026-04", "notes.txt"), "a folder of somebody's own")
	write(t, filepath.Join(out, "2026-04.r1", publishedList), "")
	p := may(t, out, someKey(t, 1, "Dana Ortiz"))
	publish(t, p)
	if index := content(t, out)["index.html"]; !strings.HasPrefix(index, "2026-05 ") || strings.Count(index, "\n") != 1 {
		t.Errorf("index:\n%s", index)
	}
}

func TestAnArchiveAloneStillCountsAsARevision(t *testing.T) {
	out, archive := t.TempDir(), t.TempDir()
	p := may(t, out, someKey(t, 1, "Dana Ortiz"))
	p.Archive = archive
	publish(t, p)
	p.Out = t.TempDir()
	if got := publish(t, p); got.Folder != "2026-05.r2" {
		t.Errorf("published as %s, over an archive that was kept", got.Folder)
	}
}

func TestADraftReplacesADraftAndNothingElse(t *testing.T) {
	out := t.TempDir()
	signed := may(t, out, someKey(t, 1, "Dana Ortiz"))
	publish(t, signed)
	before := content(t, filepath.Join(out, "2026-05"))
	p := may(t, out, nil)
	publish(t, p)
	p.Write = func(f *Folder) error { return f.Write("index.html", []byte("second draft")) }
	got := publish(t, p)
	if got.Folder != "2026-05-draft" {
		t.Errorf("published as %s", got.Folder)
	}
	want := []string{"index.html", "seal/manifest-sha256.txt", "seal/verify.txt"}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(content(t, filepath.Join(out, "2026-05-draft"))))); diff != "" {
		t.Errorf("draft (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(before, content(t, filepath.Join(out, "2026-05"))); diff != "" {
		t.Errorf("the signed month was touched:\n%s", diff)
	}
	if names := visible(t, out); strings.Join(names, " ") != "2026-05 2026-05-draft archive index.html" {
		t.Errorf("left in the output folder: %v", names)
	}
	if index := content(t, out)["index.html"]; strings.Count(index, "draft true") != 1 || !strings.Contains(index, "12 bytes") {
		t.Errorf("index:\n%s", index)
	}
}

// visible are all names in a folder, those with a dot too.
func visible(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestSameInputGivesTheSameBytes(t *testing.T) {
	key := someKey(t, 1, "Dana Ortiz")
	build := func(change func(*Publication)) map[string]string {
		out := t.TempDir()
		p := may(t, out, key)
		change(&p)
		publish(t, p)
		return content(t, out)
	}
	first := build(func(*Publication) {})
	shuffled := build(func(p *Publication) {
		slices.Reverse(p.Records)
		write := p.Write
		p.Write = func(f *Folder) error { return write(f) }
		p.At = signedAt.In(time.FixedZone("", 12*3600)).Add(time.Millisecond)
		p.Holder = Holder{"fs-02", 1, keyMade}
	})
	if diff := cmp.Diff(first, shuffled); diff != "" {
		t.Errorf("order, zone or host changed the bytes:\n%s", diff)
	}
}

func TestOnlySignaturesAndTheirEpochsDependOnTheClock(t *testing.T) {
	key := someKey(t, 1, "Dana Ortiz")
	build := func(at time.Time) (folder, bag map[string]string) {
		p := may(t, t.TempDir(), key)
		p.At = at
		pdf := packetPDF(t, key, signedAt) // the packet's own signature is not the seal's
		p.Write = func(f *Folder) error {
			return errors.Join(f.Write("packet.pdf", pdf), f.Write("index.html", []byte("x")))
		}
		r := publish(t, p)
		return content(t, filepath.Join(p.Out, r.Folder)), content(t, unpacked(t, r.Archive))
	}
	folder1, bag1 := build(signedAt)
	folder2, bag2 := build(signedAt.Add(time.Hour))
	differ := func(a, b map[string]string) (names []string) {
		for name := range a {
			if a[name] != b[name] {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		return names
	}
	if diff := cmp.Diff([]string{"seal/manifest-sha256.txt", "seal/prepared.p7s", "seal/verify.txt"}, differ(folder1, folder2)); diff != "" {
		t.Errorf("folder (-want +got):\n%s", diff)
	}
	// An ECDSA signature has 70 to 72 bytes, so the count of bytes may differ too.
	inBag := slices.DeleteFunc(differ(bag1, bag2), func(name string) bool { return name == "bag-info.txt" })
	if diff := cmp.Diff([]string{"data/published/seal/manifest-sha256.txt", "data/published/seal/prepared.p7s", "data/published/seal/verify.txt",
		"manifest-sha256.txt", "signatures/prepared.p7s", "tagmanifest-sha256.txt", "verify.txt"}, inBag); diff != "" {
		t.Errorf("bag (-want +got):\n%s", diff)
	}
	// In the lists only the digests of the files above differ, in verify.txt only lines with the time of signing.
	for _, pair := range [][3]string{
		{folder1["seal/verify.txt"], folder2["seal/verify.txt"], "1780477920"},
		{bag1["verify.txt"], bag2["verify.txt"], "1780477920"},
		{folder1["seal/manifest-sha256.txt"], folder2["seal/manifest-sha256.txt"], "seal/verify.txt"},
		{bag1["manifest-sha256.txt"], bag2["manifest-sha256.txt"], "data/published/seal/"},
		{bag1["tagmanifest-sha256.txt"], bag2["tagmanifest-sha256.txt"], ""},
		{bag1["bag-info.txt"], bag2["bag-info.txt"], "Payload-Oxum"},
	} {
		a, b := strings.Split(pair[0], "\n"), strings.Split(pair[1], "\n")
		if len(a) != len(b) {
			t.Fatalf("%d and %d lines", len(a), len(b))
		}
		for i := range a {
			if a[i] != b[i] && !strings.Contains(a[i], pair[2]) {
				t.Errorf("the line %q depends on the clock", a[i])
			}
		}
	}
}

func TestPublishRefuses(t *testing.T) {
	key := someKey(t, 1, "Dana Ortiz")
	for _, c := range []struct {
		fact   string
		change func(*Publication)
		want   string // part of the error
	}{
		{"a month that is none", func(p *Publication) { p.Month = "2026-13" }, "not a month"},
		{"a signature without a time", func(p *Publication) { p.At = time.Time{} }, "a time"},
		{"a time before the key", func(p *Publication) { p.At = keyMade.Add(-time.Second) }, "nothing was signed"},
		{"a source that changed", func(p *Publication) { p.Sources[0].SHA256 = digestOf(nil) }, "changed while the packet"},
		{"a source that changes", func(p *Publication) {
			calls := 0
			p.Sources[0].Open = func() (io.ReadCloser, error) {
				if calls++; calls > 1 {
					return opens(strings.ToUpper(restores))()
				}
				return opens(restores)()
			}
		}, "changed while it was put"},
		{"two sources of one name", func(p *Publication) { p.Sources = append(p.Sources, p.Sources[0]) }, "two files"},
		{"a source name with a space", func(p *Publication) { p.Sources[0].Path = "Restore Tests.csv" }, "only a-z"},
		{"a page name of Windows", writes("con.html"), "Windows"},
		{"a page outside the folder", writes("../index.html"), "only a-z"},
		{"a page name that is too long", writes(strings.Repeat("a", names.MaxPath+1)), "are the most"},
		{"a page in the seal's folder", writes("seal/verify.txt"), "the seal alone"},
		{"a page written twice", writes("a.html", "a.html"), "twice"},
		{"a page under a page", writes("a.html", "a.html/b.html"), "a.html"},
		{"a page not written to its end", func(p *Publication) {
			p.Write = func(f *Folder) error { _, err := f.Create("a.html"); return err }
		}, "to its end"},
		{"a page that fails", func(p *Publication) {
			p.Write = func(f *Folder) error { return errors.New("no such template") }
		}, "no such template"},
		{"an index that fails", func(p *Publication) {
			p.Index = func([]Month) ([]byte, error) { return nil, errors.New("no such template") }
		}, "no such template"},
	} {
		t.Run(c.fact, func(t *testing.T) {
			out := t.TempDir()
			p := may(t, out, key)
			c.change(&p)
			got, err := Publish(p)
			if err == nil || !strings.Contains(err.Error(), c.want) || got != (Result{}) {
				t.Errorf("got %+v, %v; want %q", got, err, c.want)
			}
			if left := content(t, out); len(left) > 0 {
				t.Errorf("left behind: %v", slices.Collect(maps.Keys(left)))
			}
		})
	}
}

func writes(names ...string) func(*Publication) {
	return func(p *Publication) {
		p.Write = func(f *Folder) error {
			for _, n := range names {
				if err := f.Write(n, []byte("x")); err != nil {
					return err
				}
			}
			return nil
		}
	}
}

func TestADigestStandsForASourceThatIsNotArchived(t *testing.T) {
	p := may(t, t.TempDir(), someKey(t, 1, "Dana Ortiz"))
	p.Sources[0].Open = nil
	r := publish(t, p)
	v := verify(t, r.Archive, VerifyOptions{})
	if !v.Verified() || v.Record.Sources[0].Archived || v.Record.Sources[0].SHA256 == "" {
		t.Errorf("%s, archived %v", failures(v), v.Record.Sources[0].Archived)
	}
	if _, there := content(t, unpacked(t, r.Archive))["data/sources/restore-tests.csv"]; there {
		t.Error("the source is in the archive")
	}
}

func TestManyPagesFromManyWriters(t *testing.T) {
	p := may(t, t.TempDir(), nil)
	p.Write = func(f *Folder) error {
		var group sync.WaitGroup
		failed := make([]error, 8)
		for g := range failed {
			group.Go(func() {
				for i := range 100 {
					failed[g] = errors.Join(failed[g], f.Write(fmt.Sprintf("systems/%d/%03d.html", g, i), make([]byte, i)))
				}
			})
		}
		group.Wait()
		return errors.Join(append(failed, f.Write("index.html", nil))...)
	}
	r := publish(t, p)
	if v := verify(t, filepath.Join(p.Out, r.Folder), VerifyOptions{}); len(v.Failures) > 0 || v.Files != 802 {
		t.Errorf("%d files: %s", v.Files, failures(v))
	}
}

func TestOneOfTwoRunsWins(t *testing.T) {
	out := t.TempDir()
	inside, done := make(chan bool), make(chan bool)
	p := may(t, out, someKey(t, 1, "Dana Ortiz"))
	write := p.Write
	p.Write = func(f *Folder) error { inside <- true; <-done; return write(f) }
	first := make(chan error)
	go func() { _, err := Publish(p); first <- err }()
	<-inside
	for pid := range 8 {
		other := may(t, out, nil)
		other.Holder = Holder{"fs-02", 100 + pid, signedAt}
		other.Alive = func(int) bool { return false }
		_, err := Publish(other)
		if problem(err) != "locked" || !strings.Contains(err.Error(), "process 4242 on fs-01, since 2026-06-03T09:12:00Z") {
			t.Errorf("the second run says: %v", err)
		}
	}
	done <- true
	if err := <-first; err != nil {
		t.Errorf("the first run: %v", err)
	}
	if names := visible(t, out); strings.Join(names, " ") != "2026-05 archive index.html" {
		t.Errorf("left in the output folder: %v", names)
	}
}

func TestTheSignerOfTheListIsTheSignerOfThePacket(t *testing.T) {
	p := may(t, t.TempDir(), someKey(t, 1, "Dana Ortiz"))
	pdf := packetPDF(t, someKey(t, 2, "Lee Park"), signedAt)
	p.Write, p.Index = func(f *Folder) error { return f.Write("packet.pdf", pdf) }, nil
	r := publish(t, p)
	v := verify(t, filepath.Join(p.Out, r.Folder), VerifyOptions{})
	if len(v.Failures) != 1 || v.Failures[0].Reason != sign.Untrusted || v.Failures[0].Path != "packet.pdf" {
		t.Errorf("got %s", failures(v))
	}
}
