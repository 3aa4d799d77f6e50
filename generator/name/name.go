// Package name makes and checks the names of files that we write: names that
// every file share keeps and every system unpacks.
package name

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"regexp"
	"strings"
	"unicode"
)

// MaxPath bounds a path inside a published folder, in characters, so that a
// share prefix of 150 fits the 260 of Windows (MAX_PATH).
const MaxPath = 100

var (
	// namePattern is the form of every path we write: lower case, so that no
	// two names differ by case only, and nothing that any shell or share treats apart.
	namePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*$`)
	// devicePattern are the names that Windows keeps for devices, with or
	// without an extension, and a dot at the end of a name, which it drops.
	devicePattern = regexp.MustCompile(`(^|/)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|/|$)|\.(/|$)`)
)

// Check says what is wrong with a path inside a published folder; nil when
// it can be written on every file share and unpacked on every system.
func Check(name string) error { return CheckWithin(name, MaxPath) }

// CheckWithin is Check for a path that may be longer or must be shorter.
func CheckWithin(name string, longest int) error {
	switch {
	case !namePattern.MatchString(name):
		return fmt.Errorf("name %q: only a-z, 0-9, dot, dash and underscore, in parts that begin with a letter or digit", name)
	case devicePattern.MatchString(name):
		return fmt.Errorf("name %q: Windows keeps or changes this name", name)
	case len(name) > longest:
		return fmt.Errorf("name %q: %d characters, %d are the most", name, len(name), longest)
	}
	return nil
}

// folds are the letters that have a plain spelling, the plain one first.
var folds = strings.Fields("aàáâãäåāăą cçćĉċč dďđð eèéêëēĕėęě gĝğġģ hĥħ iìíîïĩīĭįı jĵ kķ lĺļľŀł nñńņňŋ oòóôõöøōŏő rŕŗř sśŝşšș tţťŧț uùúûüũūŭůűų wŵ yýÿŷ zźżž")

// Slug makes a name for files out of words: a-z, 0-9 and dashes, at most max
// characters, never empty and never a name of Windows. Two texts may give one
// slug; where that matters the caller adds a number.
func Slug(words string, max int) string {
	var b strings.Builder
	for _, r := range strings.ToLower(words) {
		b.WriteString(plain(r))
	}
	parts := strings.FieldsFunc(b.String(), func(r rune) bool { return r == '-' })
	s := strings.Join(parts, "-")
	if len(s) > max {
		s = strings.TrimRight(s[:max], "-")
	}
	if s == "" { // no letter of this alphabet in it
		sum := sha256.Sum256([]byte(words))
		s = "x" + hex.EncodeToString(sum[:4])
	}
	if devicePattern.MatchString(s) {
		s = "x-" + s
	}
	return s[:min(len(s), max)]
}

// plain is a rune in a-z and 0-9; "-" where there is no such spelling.
func plain(r rune) string {
	switch {
	case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
		return string(r)
	case r == 'ß':
		return "ss"
	case r == 'æ':
		return "ae"
	case r == 'œ':
		return "oe"
	case r == 'þ':
		return "th"
	case unicode.Is(unicode.Mn, r): // an accent that stands behind its letter
		return ""
	}
	for _, f := range folds {
		if strings.ContainsRune(f, r) {
			return f[:1]
		}
	}
	return "-"
}

// File is Slug for a file name: the extension stays one. The name of a
// source as received may hold anything; in the archive it stands under its slug.
func File(name string, max int) string {
	ext := path.Ext(name)
	if e := Slug(ext, 8); len(ext) > 1 && len(ext) <= 9 && e == strings.ToLower(ext[1:]) && max > len(e)+1 {
		return Slug(strings.TrimSuffix(name, ext), max-len(e)-1) + "." + e
	}
	return Slug(name, max)
}
