package generator_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"proofpack/generator"
)

// recordSuffix is how an intake record is named, behind the name of its export.
const recordSuffix = ".intake.yml"

// An intake record is a promise that there is an export. When the export goes
// and the record stays, nothing is built as if there had never been one.
func TestAnIntakeRecordWithoutItsExportIsRefused(t *testing.T) {
	dir := client(t, "A-storage", map[string]func(string) string{"jobs-of-tapes.csv" + recordSuffix: func(string) string { return "system: Tape robot\nrows-expected: 12\n" }})
	for _, allow := range []bool{false, true} {
		o := options(dir, t.TempDir())
		o.AllowMissing = allow
		_, err := generator.Build(o)
		var refused *generator.Refused
		if !errors.As(err, &refused) || len(refused.Problems) != 1 || refused.Problems[0].Code != "record-alone" || refused.Problems[0].File != "exports/2026-05/jobs-of-tapes.csv"+recordSuffix {
			t.Errorf("allow missing %v: %v", allow, err)
		}
		nothing(t, o.Out)
	}
	if err := os.Remove(filepath.Join(dir, "exports", "2026-05", "jobs-of-tapes.csv"+recordSuffix)); err != nil {
		t.Fatal(err)
	}
	build(t, dir)
}
