package seal

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/diag"
)

var digest = digestOf(nil)

func TestAManifestIsWhatSha256sumReads(t *testing.T) {
	m := Manifest{{digest, "b.txt"}, {digest, "a/b.txt"}, {digest, "a.txt"}}
	want := digest + "  a.txt\n" + digest + "  a/b.txt\n" + digest + "  b.txt\n"
	if diff := cmp.Diff(want, string(m.Bytes())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	again, err := ParseManifest(m.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(again.Bytes())); diff != "" {
		t.Errorf("read and written again (-want +got):\n%s", diff)
	}
}

func TestParseManifestTakesOneForm(t *testing.T) {
	for _, c := range []struct {
		fact, text string
		line       int // of the problem; 0 for a good one
	}{
		{"nothing", "", 0},
		{"one file", digest + "  a\n", 0},
		{"two files", digest + "  a\n" + digest + "  b\n", 0},
		{"out of order", digest + "  b\n" + digest + "  a\n", 2},
		{"the same twice", digest + "  a\n" + digest + "  a\n", 2},
		{"no newline at the end", digest + "  a\n" + digest + "  b", 2},
		{"an empty line", digest + "  a\n\n", 2},
		{"a Windows line end", digest + "  a\r\n", 1},
		{"one space", digest + " a\n", 1},
		{"binary mode", digest + " *a\n", 1},
		{"three spaces", digest + "   a\n", 1},
		{"a digest in capitals", strings.ToUpper(digest) + "  a\n", 1},
		{"a digest too short", digest[1:] + "  a\n", 1},
		{"a digest of other letters", "g" + digest[1:] + "  a\n", 1},
		{"a way out", digest + "  ../a\n", 1},
		{"a name too long", digest + "  " + strings.Repeat("a", maxBagPath+1) + "\n", 1},
		{"the longest name", digest + "  " + strings.Repeat("a", maxBagPath) + "\n", 0},
	} {
		t.Run(c.fact, func(t *testing.T) {
			_, err := ParseManifest([]byte(c.text))
			line := 0
			var p *diag.Problem
			if errors.As(err, &p) {
				line = p.Row
			}
			if line != c.line || (err != nil) != (c.line > 0) {
				t.Errorf("problem in line %d, want %d: %v", line, c.line, err)
			}
		})
	}
}

func TestARecordHasOneForm(t *testing.T) {
	r := may(t, "", nil).Record
	r.Format = recordFormat
	text, err := r.bytes()
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(text, []byte("null")) {
		t.Errorf("an empty list is written as null:\n%s", text)
	}
	again, err := parseRecord(text)
	if err != nil {
		t.Fatal(err)
	}
	if *again.Sources[0].RowsExpected != 2 {
		t.Error("rows_expected is lost")
	}
	r.Sources[0].RowsExpected = nil
	if text, err = r.bytes(); err != nil || !bytes.Contains(text, []byte(`"rows_expected": null`)) {
		t.Errorf("a count that nobody attested: %v\n%s", err, text)
	}
	for fact, bad := range map[string]string{
		"another form": strings.Replace(string(text), recordFormat, "proofpack-seal/2", 1), "more space": string(text) + "\n", "a key twice": strings.Replace(string(text), `"org"`, `"org": "A", "org"`, 1),
		"a key of other case": strings.Replace(string(text), `"org"`, `"Org"`, 1), "an unknown key": strings.Replace(string(text), `"org"`, `"orgs": "", "org"`, 1), "nothing": "", "null": "null\n",
	} {
		if _, err := parseRecord([]byte(bad)); err == nil {
			t.Errorf("%s was accepted", fact)
		}
	}
}

func TestTheCompanyCannotBreakOutOfItsLine(t *testing.T) {
	p := may(t, t.TempDir(), someKey(t, 1, "Dana Ortiz"))
	p.Record.Org = "Halden\nsigned    by everybody\r\n\u2028Payload-Oxum: 0.0"
	r := publish(t, p)
	for _, path := range []string{r.Archive, filepath.Join(p.Out, r.Folder)} {
		v := verify(t, path, VerifyOptions{})
		if !v.Verified() || v.Company != "Halden signed by everybody Payload-Oxum: 0.0" {
			t.Errorf("company %q: %s", v.Company, failures(v))
		}
	}
}

func TestALockOfADeadRunIsTakenOver(t *testing.T) {
	me := Holder{"fs-01", 10, signedAt}
	for _, c := range []struct {
		fact  string
		lock  string // what is in the lock file; "" for none
		alive func(int) bool
		want  string // part of the error; "" when the lock is taken
	}{
		{"no lock", "", nil, ""},
		{"a run of this host that is dead", `{"host":"fs-01","pid":9,"since":"2026-06-01T00:00:00Z"}`, func(int) bool { return false }, ""},
		{"a run of this host that is alive", `{"host":"fs-01","pid":9,"since":"2026-06-01T00:00:00Z"}`, func(int) bool { return true }, "process 9 on fs-01, since 2026-06-01T00:00:00Z"},
		{"nobody to ask who is alive", `{"host":"fs-01","pid":9,"since":"2026-06-01T00:00:00Z"}`, nil, "process 9 on fs-01"},
		{"a run of another host", `{"host":"fs-02","pid":9,"since":"2026-06-01T00:00:00Z"}`, func(int) bool { return false }, "process 9 on fs-02"},
		{"an empty lock", "\n", func(int) bool { return false }, "does not say its name"},
		{"a lock of another program", "12345", func(int) bool { return false }, "does not say its name"},
	} {
		t.Run(c.fact, func(t *testing.T) {
			dir := t.TempDir()
			if c.lock != "" {
				write(t, filepath.Join(dir, lockName), c.lock)
			}
			d, err := OpenDisk(dir)
			if err != nil {
				t.Fatal(err)
			}
			release, err := acquire(d, me, c.alive)
			if c.want != "" {
				if problem(err) != "locked" || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), lockName) {
					t.Errorf("got %v, want %q", err, c.want)
				}
				if got := readFile(t, filepath.Join(dir, lockName)); got != c.lock {
					t.Errorf("the lock was touched: %q", got)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if _, err := acquire(d, Holder{"fs-01", 11, signedAt}, func(int) bool { return true }); problem(err) != "locked" {
				t.Errorf("a second run got the lock: %v", err)
			}
			if err := release(); err != nil {
				t.Error(err)
			}
			if names := visible(t, dir); len(names) > 0 {
				t.Errorf("left behind: %v", names)
			}
		})
	}
}

// A noLinks is a share without hard links.
type noLinks struct{ Disk }

func (noLinks) Link(string, string) error { return errors.ErrUnsupported }

func TestALockWorksWithoutLinks(t *testing.T) {
	inner, err := OpenDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	d := noLinks{inner}
	release, err := acquire(d, Holder{"fs-01", 10, signedAt}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := acquire(d, Holder{"fs-01", 11, signedAt}, nil); problem(err) != "locked" || !strings.Contains(err.Error(), "process 10") {
		t.Errorf("a second run: %v", err)
	}
	if err := release(); err != nil {
		t.Error(err)
	}
}

func TestThisProcessIsAlive(t *testing.T) {
	if !ProcessAlive(os.Getpid()) {
		t.Error("this process counts as dead")
	}
	if ProcessAlive(1 << 22) { // above pid_max of 64-bit Linux
		t.Error("a process that can't be counts as alive")
	}
}

func TestTheZipIsReadByOthers(t *testing.T) {
	var b bytes.Buffer
	if err := writeZip(&b, []packed{inMemory("a/b.txt", []byte("bee")), inMemory("a/a.txt", []byte("ay"))}); err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.File) != 2 || r.File[0].Name != "a/a.txt" || r.File[1].UncompressedSize64 != 3 || r.File[0].Modified.Year() != 1980 || len(r.File[0].Extra) > 0 {
		t.Errorf("read %+v", r.File)
	}
}

func TestAZipThatIsTooLargeIsRefusedBefore(t *testing.T) {
	for _, c := range []struct {
		fact  string
		files []packed
		code  string
	}{
		{"as large as can be", []packed{{name: "a/a", stat: stat{size: maxZipBytes - endSize - localSize - centralSize - 6}}}, ""},
		{"a byte more", []packed{{name: "a/a", stat: stat{size: maxZipBytes - endSize - localSize - centralSize - 5}}}, "archive-too-large"},
		{"as many as can be", make([]packed, maxZipFiles), ""},
		{"one more", make([]packed, maxZipFiles+1), "archive-too-large"},
	} {
		if got := problem(fits(c.files)); got != c.code {
			t.Errorf("%s: %q, want %q", c.fact, got, c.code)
		}
	}
}

func FuzzParseManifest(f *testing.F) {
	f.Add([]byte(digest + "  a\n" + digest + "  a/b.txt\n"))
	f.Add([]byte(digest + " *a\r\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := ParseManifest(text)
		if err != nil && problem(err) == "" {
			t.Errorf("%v: not a *diag.Problem", err)
		}
		if err == nil && !bytes.Equal(m.Bytes(), text) {
			t.Error("it is accepted and would be written otherwise")
		}
	})
}

func FuzzReadZip(f *testing.F) {
	for _, files := range [][]packed{{inMemory("a/b.txt", []byte("bee")), inMemory("a/a.txt", nil)}, nil} {
		var b bytes.Buffer
		if err := writeZip(&b, files); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		entries, err := readZip(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		// What is accepted is what would be written, but for contents and their check sums.
		var files []packed
		for _, e := range entries {
			p := inMemory(e.name, b[e.offset:e.offset+e.size])
			if p.crc != e.crc {
				return
			}
			files = append(files, p)
		}
		var again bytes.Buffer
		if err := writeZip(&again, files); err != nil || !bytes.Equal(again.Bytes(), b) {
			t.Errorf("it is accepted and would be written otherwise (%v)", err)
		}
	})
}

func FuzzParseRecord(f *testing.F) {
	r := may(f, "", nil).Record
	r.Format = recordFormat
	text, err := r.bytes()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Fuzz(func(t *testing.T, text []byte) {
		if r, err := parseRecord(text); err == nil {
			if again, err := r.bytes(); err != nil || !bytes.Equal(again, text) {
				t.Error("it is accepted and would be written otherwise")
			}
		}
	})
}
