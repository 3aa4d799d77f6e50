package generator_test

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
)

// Changes of the text of an export.

// gone leaves the export out.
func gone(string) string { return "" }

// headerOnly leaves the header.
func headerOnly(s string) string { return s[:strings.Index(s, "\n")+1] }

// twice has every row twice.
func twice(s string) string { return s + s[strings.Index(s, "\n")+1:] }

func swap(from, to string) func(string) string {
	return func(s string) string { return strings.ReplaceAll(s, from, to) }
}

func added(rows string) func(string) string {
	return func(s string) string { return s + rows }
}

// dropLines leaves out every line that holds some words.
func dropLines(words string) func(string) string {
	return func(s string) string {
		var kept []string
		for l := range strings.Lines(s) {
			if !strings.Contains(l, words) {
				kept = append(kept, l)
			}
		}
		return strings.Join(kept, "")
	}
}

// changed fails a test whose change changes nothing.
func changed(t *testing.T, file string, change func(string) string) func(string) string {
	return func(s string) string {
		out := change(s)
		if out == s {
			t.Errorf("%s is as it was", file)
		}
		return out
	}
}

// nothing fails a test when something is in a folder.
func nothing(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	for _, e := range entries {
		t.Errorf("%s was written", e.Name())
	}
}
