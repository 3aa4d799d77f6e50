package generator_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"proofpack/generator"
	"proofpack/generator/diag"
	"proofpack/generator/report"
	"proofpack/generator/seal"
	"proofpack/templates"
	"proofpack/themes"
)

// rebuilt builds an archive again, as another person on another machine would:
// from the archive alone, with the options that its command names.
func rebuilt(t *testing.T, archive string, change ...func(*generator.Options)) (*generator.Rebuilt, error) {
	t.Helper()
	alone := filepath.Join(t.TempDir(), filepath.Base(archive))
	data, err := os.ReadFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	write(t, alone, string(data))
	v, err := seal.Verify(alone, seal.VerifyOptions{At: signedAt.AddDate(1, 0, 0), Alone: true})
	if err != nil {
		t.Fatal(err)
	}
	o := generator.Options{Templates: templates.FS, Themes: themes.FS, At: signedAt.AddDate(1, 0, 0), Tool: report.Tool{Name: "proofpack", Version: "another"}, Go: "go9"}
	for _, c := range change {
		c(&o)
	}
	return generator.Rebuild(alone, v, o, t.TempDir())
}

// same fails unless a rebuild gave every byte again.
func same(t *testing.T, archive string, change ...func(*generator.Options)) {
	t.Helper()
	r, err := rebuilt(t, archive, change...)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Problems {
		t.Errorf("not built: %v", p)
	}
	for _, d := range r.Differences {
		t.Errorf("%s: archived %.8s, rebuilt %.8s", d.Path, d.First, d.Other)
	}
	if r.Same < 20 || r.Sources == 0 {
		t.Errorf("%d files are the same, from %d", r.Same, r.Sources)
	}
}

func TestAnArchiveIsBuiltAgainFromWhatIsInIt(t *testing.T) {
	c := threeMonths(t)
	for _, packet := range []string{"2026-04", "2026-05", "2026-05.r2", "2026-06"} {
		month, _, _ := strings.Cut(packet, ".")
		c.build(t, month)
		same(t, c.archive(packet))
	}
	c.build(t, "2026-06", asDraft)
	same(t, c.archive("2026-06-draft"))
}

// TestWhateverDecidesAPacketIsInItsArchive builds months in which much is
// configured, called or named in an unusual way.
func TestWhateverDecidesAPacketIsInItsArchive(t *testing.T) {
	dir := client(t, "A-storage", map[string]func(string) string{
		"summary.md":            func(string) string { return "We moved *one* volume.\n" },
		"jobs.csv.intake.yml":   func(string) string { return "system: Veeam\nrows-expected: 101\n" },
		"Notes of the Month.md": func(string) string { return "not an export\n" },
	})
	exports := filepath.Join(dir, "exports", "2026-05")
	for from, to := range map[string]string{"restores.csv": "Restore Tests (May).CSV", "jobs.csv": "jobs.csv"} {
		if err := os.Rename(filepath.Join(exports, from), filepath.Join(exports, to)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(exports, "Notes of the Month.md")); err != nil {
		t.Fatal(err)
	}
	// Two exports whose names make one slug, and a theme of the company's own.
	text, err := os.ReadFile(filepath.Join(exports, "alerts.csv"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(exports, "Alerts.csv"), string(text))
	tokens, err := fs.ReadFile(themes.FS, "plain/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "themes", "Our Own", "tokens.css"), string(tokens)+"/* ours */\n")
	write(t, filepath.Join(dir, "Halden.yml"), "company: Halden Supply Co.\ncurrency: USD\ntime-zone: America/Los_Angeles\ntheme: themes/Our Own\npublish:\n  inventory: {owner: pseudonym}\nsources:\n  tickets:\n    data-set: tasks\n    file: exports/{month}/none*.csv\n    required: true\n")
	o := options(dir, t.TempDir())
	called := func(o *generator.Options) {
		percent := 12.5
		o.Config, o.AsOf, o.Paper, o.AllowMissing, o.MaxRejected = "", "2026-05-30", "a4", true, &percent
		o.PseudonymKey = func() ([]byte, error) { return bytes.Repeat([]byte("k"), 32), nil }
	}
	called(&o)
	o.Config, o.Key, o.Draft = "Halden.yml", testKey(t), false
	b, err := generator.Build(o)
	var refused *generator.Refused
	if errors.As(err, &refused) {
		t.Fatalf("%v", refused.Problems)
	}
	if err != nil {
		t.Fatal(err)
	}
	same(t, b.Archive, called)

	// Called otherwise, or with another key of pseudonyms, other bytes come out.
	for fact, change := range map[string]func(*generator.Options){
		"another day":   func(o *generator.Options) { o.AsOf = "2026-05-31" },
		"another paper": func(o *generator.Options) { o.Paper = "letter" },
		"another key of pseudonyms": func(o *generator.Options) {
			o.PseudonymKey = func() ([]byte, error) { return bytes.Repeat([]byte("x"), 32), nil }
		},
	} {
		if r, err := rebuilt(t, b.Archive, called, change); err != nil || len(r.Differences) == 0 || r.OtherNames != (fact == "another key of pseudonyms") {
			t.Errorf("%s: %d differences, %v", fact, len(r.Differences), err)
		}
	}
	// Unpacked, the archive is as good.
	folder := unpackedFolder(t, b.Archive)
	v, err := seal.Verify(folder, seal.VerifyOptions{Alone: true})
	if err != nil {
		t.Fatal(err)
	}
	o = generator.Options{Templates: templates.FS, Themes: themes.FS}
	called(&o)
	r, err := generator.Rebuild(folder, v, o, t.TempDir())
	if err != nil || len(r.Differences) > 0 {
		t.Errorf("unpacked: %v, %v", r, err)
	}
}

// TestPagesThatDoNotFollowAreNamed signs pages that a doctored program wrote:
// the archive verifies, and the rebuild names what is not from its exports.
func TestPagesThatDoNotFollowAreNamed(t *testing.T) {
	doctored := fstest.MapFS{}
	err := fs.WalkDir(templates.FS, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(templates.FS, p)
		doctored[p] = &fstest.MapFile{Data: bytes.ReplaceAll(data, []byte("exposure"), []byte("luck"))}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	o := options(client(t, "A-storage", nil), t.TempDir())
	o.Key, o.Draft, o.Templates = testKey(t), false, doctored
	b, err := generator.Build(o)
	if err != nil {
		t.Fatal(err)
	}
	r, err := rebuilt(t, b.Archive)
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, d := range r.Differences {
		named[d.Path] = true
	}
	for _, want := range []string{"data/published/method.html", "seal.json", "manifest-sha256.txt", "tagmanifest-sha256.txt"} {
		if !named[want] {
			t.Errorf("%s is not named among %v", want, r.Differences)
		}
	}
	if named["data/published/rejected.csv"] || r.Same == 0 {
		t.Errorf("files that are the same are named: %v", r.Differences)
	}
}

func TestWhatCannotBeBuiltAgainIsSaid(t *testing.T) {
	o := options(client(t, "A-storage", nil), t.TempDir())
	o.Key, o.Draft, o.DigestOnly = testKey(t), false, true
	b, err := generator.Build(o)
	if err != nil {
		t.Fatal(err)
	}
	_, err = rebuilt(t, b.Archive)
	var p *diag.Problem
	if !errors.As(err, &p) || p.Code != "no-sources" || p.Fix == "" {
		t.Errorf("an archive of hashes: %v", err)
	}
	if _, err := generator.Rebuild(b.Archive, &seal.Verification{}, o, t.TempDir()); err == nil {
		t.Error("an archive that nobody verified was built again")
	}
}

// unpackedFolder is the folder in an archive.
func unpackedFolder(t *testing.T, archive string) string {
	t.Helper()
	z, err := zip.OpenReader(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	dir := t.TempDir()
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, filepath.FromSlash(f.Name)), string(data))
	}
	return filepath.Join(dir, strings.TrimSuffix(filepath.Base(archive), ".zip"))
}
