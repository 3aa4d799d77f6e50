package name_test

import (
	"strings"
	"testing"

	"proofpack/generator/name"
)

func TestSlug(t *testing.T) {
	for _, c := range []struct {
		words string
		max   int
		want  string
	}{
		{"Halden Supply Co.", 32, "halden-supply-co"},
		{"  --A__B  c/d\\e:", 32, "a-b-c-d-e"},
		{"Müller & Søn, Łódź", 32, "muller-son-lodz"},
		{"Straße Æther", 32, "strasse-aether"},
		{"Cafe\u0301", 32, "cafe"}, // an accent of its own
		{"ΑΒΓ", 32, "x06b24ec0"},
		{"", 32, "xe3b0c442"},
		{"日本 2", 32, "2"},
		{"CON", 32, "x-con"},
		{"aux.", 32, "x-aux"},
		{"com1", 32, "x-com1"},
		{"com10", 32, "com10"},
		{"console", 32, "console"},
		{"abcdefgh", 8, "abcdefgh"},
		{"abcdefghi", 8, "abcdefgh"},
		{"abcdefg hi", 8, "abcdefg"}, // no dash at the end
	} {
		got := name.Slug(c.words, c.max)
		if got != c.want {
			t.Errorf("name.Slug(%q, %d) = %q, want %q", c.words, c.max, got, c.want)
		}
		if err := name.Check(got); err != nil {
			t.Errorf("name.Slug(%q): %v", c.words, err)
		}
	}
}

func TestFileKeepsTheExtension(t *testing.T) {
	for given, want := range map[string]string{
		"Restore Tests.csv":                  "restore-tests.csv",
		"Access Review Oct.XLSX":             "access-review-oct.xlsx",
		"sign-ins.2026-05.json.gz":           "sign-ins-2026-05-json.gz",
		"no extension":                       "no-extension",
		"v1.2 of it":                         "v1-2-of-it",
		".gitignore":                         "gitignore",
		"nul.csv":                            "x-nul.csv",
		"name.":                              "name",
		strings.Repeat("long ", 20) + ".csv": "long-long-long-long-long-long-long-long-long.csv",
	} {
		got := name.File(given, 48)
		if got != want {
			t.Errorf("name.File(%q) = %q, want %q", given, got, want)
		}
		if err := name.Check(got); err != nil || len(got) > 48 {
			t.Errorf("name.File(%q): %v", given, err)
		}
	}
}

func TestCheck(t *testing.T) {
	for _, good := range []string{"a", "index.html", "systems/a-b_c.9.html", "0/1", strings.Repeat("a", name.MaxPath), "console/com10.txt", "a..b"} {
		if err := name.Check(good); err != nil {
			t.Error(err)
		}
	}
	for _, bad := range []string{
		"", ".", "..", "/", "/a", "a/", "a//b", "../a", "a/../b", "./a", "A", "a b", "é", "a\\b", "a:b", "a\x00", "a\n", ".a", "-a", "_a", "a/.b",
		"con", "con.txt", "a/nul", "a/aux.b.c", "com1", "lpt9.txt", "a.", "a./b", strings.Repeat("a", name.MaxPath+1),
	} {
		if name.Check(bad) == nil {
			t.Errorf("%q is allowed", bad)
		}
	}
}
