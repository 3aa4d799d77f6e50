package generator_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"proofpack/generator"
	"proofpack/generator/report"
	"proofpack/generator/sign"
	"proofpack/templates"
	"proofpack/themes"
)

// shared is the folder of acceptance data beside the project.
func shared(t *testing.T, parts ...string) string {
	t.Helper()
	dir := filepath.Join(append([]string{"..", "..", "shared"}, parts...)...)
	if _, err := os.Stat(dir); err != nil {
		t.Fatalf("the acceptance data must lie beside the project: %v", err)
	}
	return dir
}

// client lays out a folder as a user would: three lines of configuration and
// the exports of one month, some left out or changed.
func client(t *testing.T, scenario string, change map[string]func(string) string) string {
	t.Helper()
	dir := t.TempDir()
	exports := filepath.Join(dir, "exports", "2026-05")
	if err := os.MkdirAll(exports, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "proofpack.yml"), "company: Halden Supply Co.\ncurrency: USD\ntime-zone: America/Los_Angeles\n")
	if scenario == "" {
		return dir
	}
	from := shared(t, "scenarios", scenario)
	entries, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() == "incidents-june.csv" { // a later month's
			continue
		}
		data, err := os.ReadFile(filepath.Join(from, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if edit := change[e.Name()]; edit != nil {
			if text = edit(text); text == "" {
				continue
			}
		}
		write(t, filepath.Join(exports, e.Name()), text)
	}
	for name, edit := range change {
		if _, err := os.Stat(filepath.Join(from, name)); err != nil {
			write(t, filepath.Join(exports, name), edit(""))
		}
	}
	return dir
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// signedAt is when the tests sign; the clock of the machine is not asked.
var signedAt = time.Date(2026, 6, 2, 9, 12, 0, 0, time.UTC)

// testKey is a key made from fixed random bytes.
func testKey(t *testing.T) *sign.Key {
	t.Helper()
	keyPEM, certPEM, err := sign.Create("Dana Ortiz", "Halden Supply Co.", signedAt.AddDate(0, -1, 0), &counter{})
	if err != nil {
		t.Fatal(err)
	}
	key, err := sign.ParsePEM(append(keyPEM, certPEM...))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// counter reads as bytes that never repeat for long.
type counter struct{ n uint64 }

func (c *counter) Read(p []byte) (int, error) {
	for i := range p {
		c.n = c.n*6364136223846793005 + 1442695040888963407
		p[i] = byte(c.n >> 33)
	}
	return len(p), nil
}

func options(dir, out string) generator.Options {
	return generator.Options{
		Dir: dir, Month: "2026-05", Out: out, Draft: true, At: signedAt, Tool: report.Tool{Name: "proofpack", Version: "test", Commit: "0123456789ab"}, Go: "go1.26",
		Command: "proofpack build --month 2026-05", Templates: templates.FS, Themes: themes.FS,
	}
}

// accepted is a month that builds; every problem of one that does not is said.
func accepted(t *testing.T, o generator.Options) *generator.Built {
	t.Helper()
	b, err := generator.Build(o)
	var refused *generator.Refused
	if errors.As(err, &refused) {
		for _, p := range refused.Problems {
			t.Error(p)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func build(t *testing.T, dir string, change ...func(*generator.Options)) *built {
	t.Helper()
	o := options(dir, t.TempDir())
	for _, c := range change {
		c(&o)
	}
	b := accepted(t, o)
	month := open(t, filepath.Join(o.Out, b.Folder))
	month.model = b.Report
	return month
}

func open(t *testing.T, dir string) *built {
	t.Helper()
	b := &built{dir: dir}
	data, err := os.ReadFile(filepath.Join(dir, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &b.doc); err != nil {
		t.Fatal(err)
	}
	b.packet = folded(tool(t, "pdftotext", "-layout", filepath.Join(dir, "packet.pdf"), "-"))
	return b
}
