package generator_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"proofpack/generator"
)

// recordSuffix is how an intake record is named, behind the name of its export.
const recordSuffix = ".intake.yml"

// An intake record is a promise that there is an export. When the export goes
// and the record stays, nothing is built as if there had never been one.
func TestAnIntakeRecordWithoutItsExport(t *testing.T) {
	dir := client(t, "A-storage", map[string]func(string) string{"jobs-of-tapes.csv" + recordSuffix: func(string) string { return "system: Tape robot\nrows-expected: 12\n" }})
	record := filepath.Join(dir, "exports", "2026-05", "jobs-of-tapes.csv"+recordSuffix)
	o := options(dir, t.TempDir())
	_, err := generator.Build(o)
	var refused *generator.Refused
	if !errors.As(err, &refused) || len(refused.Problems) != 1 || refused.Problems[0].Code != "record-alone" || refused.Problems[0].File != "exports/2026-05/jobs-of-tapes.csv"+recordSuffix {
		t.Errorf("refused: %v", err)
	}
	nothing(t, o.Out)

	allow := func(o *generator.Options) { o.AllowMissing = true }
	short := build(t, dir, allow)
	has(t, "page 1", short.page(t, "index.html"), "Declared and absent")
	has(t, "page 1", short.page(t, "index.html"), "exports/2026-05/jobs-of-tapes.csv")
	proofs := func(b *built, checks ...string) int {
		n := 0
		for _, f := range b.doc.Findings {
			if slices.Contains(checks, f.Check) && f.State == "proven" {
				n++
			}
		}
		return n
	}
	if n := proofs(short, "BKP-04", "BKP-05"); n > 0 {
		t.Errorf("%d proofs of backup jobs, of which 12 rows are not here", n)
	}

	// A count that nobody declared takes nothing away, and is still said.
	write(t, record, "system: Tape robot\n")
	uncounted := build(t, dir, allow)
	has(t, "page 1", uncounted.page(t, "index.html"), "exports/2026-05/jobs-of-tapes.csv")
	// Where nothing says what the export held, it may be missing from any data set.
	if err := os.Rename(record, filepath.Join(filepath.Dir(record), "q3.csv"+recordSuffix)); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(filepath.Dir(record), "q3.csv"+recordSuffix), "rows-expected: 3\n")
	unknown := build(t, dir, allow)
	has(t, "page 1", unknown.page(t, "index.html"), "an export of unknown content")
	for _, f := range unknown.doc.Findings {
		if f.State == "proven" {
			t.Errorf("proven although any export may be short: %s", f.ID)
		}
	}
	if err := os.Remove(filepath.Join(filepath.Dir(record), "q3.csv"+recordSuffix)); err != nil {
		t.Fatal(err)
	}
	if whole := build(t, dir); proofs(whole, "BKP-04", "BKP-05") == 0 {
		t.Error("the scenario has no proof to take away")
	}
}
